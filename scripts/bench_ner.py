"""Names and posts found in two public test sets, which you must have: a yardstick that kg was not made with.

    python scripts/bench_ner.py --resume test.char.bmes --cluener dev.json

ResumeNER is a character and its label (B-NAME, M-NAME, E-NAME, S-NAME, O) a line, sentences apart by an empty
line. CLUENER is one JSON object a line: ``{"text": …, "label": {type: {name: [[first, last], …]}}}``, both ends
included. A name counts when its stretch and its type agree; labels without a counterpart here (game, book, EDU)
are left out, and so are our projects, parks and events.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.annotate.pipeline import nlp
from kg.errors import InputError, KgError
from kg.evaluate import Row

RESUME = {"NAME": "person", "ORG": "organization", "TITLE": "post"}
CLUENER = {
    "name": "person",
    "government": "organization",
    "organization": "organization",
    "company": "company",
    "position": "post",
    "address": "place",
}
OURS = {
    "Person": "person",
    "Official": "person",
    "Organization": "organization",
    "Company": "company",
    "Title": "post",
    "Region": "place",
}


class Labelled(NamedTuple):
    """A sentence with its names: half-open stretches and their kinds."""

    text: str
    names: frozenset[tuple[int, int, str]]


def read_resume(path: Path) -> Iterator[Labelled]:
    """The sentences of a file in ResumeNER's format; its ORG is an organization or a company here.

    Raises:
        InputError: When a line is no character and label.
    """
    characters: list[str] = []
    labels: list[str] = []
    for number, line in enumerate([*_lines(path), ""], start=1):
        if line.strip():
            parts = line.split()
            if len(parts) != 2 or (parts[1] != "O" and parts[1][:2] not in ("B-", "M-", "E-", "S-")):
                raise InputError(f"{path}:{number}: expected a character and its label, such as: 王 B-NAME")
            characters.append(parts[0])
            labels.append(parts[1])
        elif characters:
            yield Labelled("".join(characters), frozenset(_spans(labels)))
            characters, labels = [], []


def _spans(labels: list[str]) -> Iterator[tuple[int, int, str]]:
    start = 0
    for at, label in enumerate(labels):
        place, _, kind = label.partition("-")
        if place in ("B", "S"):
            start = at
        if place in ("E", "S") and kind in RESUME:
            yield start, at + 1, RESUME[kind]


def read_cluener(path: Path) -> Iterator[Labelled]:
    """The sentences of a file in CLUENER's format.

    Raises:
        InputError: When a line is no such object.
    """
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            names = {
                (int(first), int(last) + 1, CLUENER[label])
                for label, found in record["label"].items()
                if label in CLUENER
                for spans in found.values()
                for first, last in spans
            }
            yield Labelled(str(record["text"]), frozenset(names))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f'{path}:{number}: expected {{"text": …, "label": {{type: {{name: [[first, last]]}}}}}} '
                f"({type(error).__name__}: {error})"
            ) from None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a readable UTF-8 file ({error})") from None


def measure(sentences: Iterable[Labelled], *, companies: bool) -> list[Row]:
    """Precision, recall and F1 by kind, and of all together.

    Args:
        sentences: As labelled.
        companies: Whether the labels tell companies from other organizations.
    """
    labelled = list(sentences)
    kinds = {kind for sentence in labelled for *_, kind in sentence.names}
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    docs = nlp().pipe(sentence.text for sentence in labelled)
    for sentence, doc in zip(labelled, docs, strict=True):
        ours = set()
        for span in doc.spans["mentions"]:
            kind = OURS.get(span.label_, "")
            kind = "organization" if kind == "company" and not companies else kind
            if kind in kinds:
                ours.add((span.start_char, span.end_char, kind))
        gold.update(kind for *_, kind in sentence.names)
        found.update(kind for *_, kind in ours)
        right.update(kind for *_, kind in ours & sentence.names)
    rows = [Row(kind, right[kind], gold[kind], found[kind]) for kind in sorted(kinds)]
    return [*rows, Row("all", right.total(), gold.total(), found.total())]


def main(arguments: list[str] | None = None) -> int:
    """Measures what is given and prints a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--resume", type=Path, help="a file of ResumeNER")
    parser.add_argument("--cluener", type=Path, help="a file of CLUENER")
    given = parser.parse_args(arguments)
    if given.resume is None and given.cluener is None:
        parser.error("give at least one: --resume FILE, --cluener FILE (make bench-ner RESUME=… CLUENER=…)")
    try:
        if given.resume is not None:
            _print("ResumeNER", measure(read_resume(given.resume), companies=False))
        if given.cluener is not None:
            _print("CLUENER", measure(read_cluener(given.cluener), companies=True))
    except KgError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _print(title: str, rows: list[Row]) -> None:
    print(f"{title:14}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}")
    for row in rows:
        figures = f"{row.precision:7.3f}{row.recall:7.3f}{row.f1:7.3f}{row.gold:7d}{row.predicted:7d}"
        print(f"{row.name:14}{figures}")


if __name__ == "__main__":
    sys.exit(main())
