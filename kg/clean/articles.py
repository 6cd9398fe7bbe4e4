"""Sets the article apart from its page: navigation, bylines, related news and junk go, the date stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path

from kg.clean.dates import Dates
from kg.clean.repair import repair
from kg.errors import SchemaError
from kg.lexicon import load_lexicon, where
from kg.screen import any_of
from kg.types import Document

_HEADLINE = 44


@dataclass(frozen=True, slots=True)
class PagePatterns:
    """What of a page is not the article: compiled from the sections of lexicons/page.txt."""

    tail: re.Pattern[str]
    line: re.Pattern[str]
    after: re.Pattern[str]
    byline: re.Pattern[str]
    dateline: re.Pattern[str]
    caption: re.Pattern[str]
    author: re.Pattern[str]
    below_author: re.Pattern[str]
    credit: re.Pattern[str]
    opening: re.Pattern[str]


@cache
def page_patterns(schemas: Path) -> PagePatterns:
    """Reads lexicons/page.txt below a schemas folder; each section becomes one alternation.

    Raises:
        SchemaError: When the file is missing or lacks a section.
    """
    path = schemas / "lexicons" / "page.txt"
    sections = load_lexicon(path)
    for name in PagePatterns.__slots__:
        if name not in sections:
            raise SchemaError(f"{where(path, 1)}: lacks the section [{name}]")
    return PagePatterns(**{name: _section(sections[name]) for name in PagePatterns.__slots__})


def _section(terms: Sequence[str]) -> re.Pattern[str]:
    """One expression for some; those for the beginning of a line are tried there only."""
    first = "|".join(term[1:] for term in terms if term.startswith("^"))
    return any_of([f"^(?:{first})"] * bool(first) + [term for term in terms if not term.startswith("^")])


@cache
def _dates(schemas: Path) -> Dates:
    return Dates(schemas)


@cache
def _slips(schemas: Path) -> tuple[tuple[str, str], ...]:
    path = schemas / "lexicons" / "slips.txt"
    pairs = []
    for line in load_lexicon(path)["slips"] if path.exists() else ():
        wrong, _, right = line.partition(" ")
        if len(wrong) != len(right):
            raise SchemaError(f'{path}: "{line}" must be two words of one length, so that offsets stay')
        pairs.append((wrong, right))
    return tuple(pairs)


def unslipped(text: str, schemas: Path) -> str:
    """Mends what character recognition misreads in telling endings (有限公同); no offset moves.

    Args:
        text: As `repair` gives it.
        schemas: The folder with lexicons/slips.txt.

    Raises:
        SchemaError: When a line of the file does not hold two words of one length.
    """
    for wrong, right in _slips(schemas):
        text = text.replace(wrong, right)
    return text


def clean(document: Document, schemas: Path) -> Document:
    """Mends a document's text and takes away what is not the article.

    Args:
        document: As read.
        schemas: The folder with lexicons/page.txt.

    Returns:
        The document with ``text`` mended, ``original`` and ``offsets`` to come back to the text as
        read, ``title`` (the headline, when none was known) and ``date``.
    """
    patterns = page_patterns(schemas)
    mended, offsets = repair(document.text)
    mended = unslipped(mended, schemas)
    kept: list[tuple[int, int]] = []
    dropped: list[str] = []
    position = 0
    lines = mended.split("\n")
    prose = 0
    for number, line in enumerate(lines):
        start, position = position, position + len(line) + 1
        if prose > 60 and patterns.tail.search(line):
            break
        if prose > 60 and patterns.after.search(line):
            continue
        furniture = _is_credited(line, number, lines, patterns) or patterns.line.search(line)
        if furniture or patterns.tail.search(line):
            credits = _credits_end(line, patterns)
            dropped.append(line[:credits])
            if credits < len(line):
                prose += len(line) - credits
                kept.append((start + credits, start + len(line)))
        elif line:
            prose += len(line) if "。" in line else 0
            kept.append((start, start + len(line)))
    spans = [span for start, end in kept for span in _without_bylines(mended, start, end, patterns, dropped)]
    text = "".join(mended[a:b] for a, b in spans)
    offsets = (*offsets, len(document.text))  # of the newline that the last line lacks
    places = tuple(chain.from_iterable(offsets[a:b] for a, b in spans))
    text, places = text.rstrip("\n"), places[: len(text.rstrip("\n"))]
    title = document.title or _headline(text)
    date = document.date or _dates(schemas).of(text, dropped)
    return replace(document, text=text, original=document.text, offsets=places, title=title, date=date)


def _is_credited(line: str, number: int, lines: list[str], patterns: PagePatterns) -> bool:
    """A name that stands alone near the top, below the article or above its credits is the author's."""
    if 0 < number <= 3 and patterns.author.fullmatch(line):
        return True
    if len(line) <= 16 and number + 1 < len(lines) and patterns.below_author.match(lines[number + 1]):
        return True
    last = number > 3 and not any(lines[number + 1 :])
    return last and bool(re.fullmatch(r"[（(]?[\u4e00-\u9fff]{2,4}[）)]?", line))


def _credits_end(line: str, patterns: PagePatterns) -> int:
    """Where the article begins in a line that opens with its credits: 来源：…责任编辑：李某12月2日，…"""
    if "。" not in line:
        return len(line)
    label = max((m.end() for m in patterns.credit.finditer(line, 0, 160)), default=0)
    opening = patterns.opening.search(line, label, label + 60) if label else None
    return opening.start() if opening else len(line)


def _without_bylines(
    text: str, start: int, end: int, patterns: PagePatterns, dropped: list[str]
) -> list[tuple[int, int]]:
    spans = []
    for found in patterns.byline.finditer(text, start, end):
        dropped.append(found.group())
        spans.append((start, found.start()))
        start = found.end()
    # The newline after the line is kept with its last stretch.
    spans.append((start, min(end + 1, len(text))))
    return [s for s in spans if s[0] < s[1]]


def _headline(text: str) -> str:
    first = text.split("\n", 1)[0]
    return first if len(first) <= _HEADLINE and not first.endswith("。") else ""
