"""Web pages → title, date and the article's text."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from logging import CRITICAL, getLogger

_UNSEEN = {"script", "style", "noscript", "template", "head"}
_INLINE = {"a", "abbr", "b", "big", "em", "font", "i", "ins", "label", "mark", "o:p", "small", "span"}
_INLINE |= {"strong", "sub", "sup", "u"}
_BLANKS = re.compile(r"[^\S\n]+")
_TABLE_MARKS = re.compile(r"[\s|]+")
_TELLING = 8  # a line of so many characters is not found in an article by chance
_SHORTEST_ARTICLE = 50  # trafilatura's 250 is meant for English; Chinese says as much in a fifth


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page says.

    Attributes:
        title: The headline, or "".
        date: ISO date from the page's metadata, or None.
        text: The article, a line a paragraph; the whole page's text when no article was found.
        everything: The whole page's text, menus and footers included.
    """

    title: str
    date: str | None
    text: str
    everything: str


def read_page(html: str) -> Page:
    """Reads the article out of a page's HTML."""
    import trafilatura
    from trafilatura.settings import Document, use_config

    everything = _visible_text(html)
    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORTEST_ARTICLE))
    with _silence():
        found = trafilatura.bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
            config=settings,
        )
    if not isinstance(found, Document):
        return Page(title="", date=None, text=everything, everything=everything)
    text = _as_laid_out(found.text or "", everything.split("\n"))
    return Page(title=found.title or "", date=found.date, text=text or everything, everything=everything)


def _as_laid_out(extracted: str, lines: list[str]) -> str:
    """The lines of the page that an extracted article consists of.

    Trafilatura knows best what belongs to the article, but where it is unsure it breaks lines within
    sentences, at every piece of bold type or link.
    """
    article = _TABLE_MARKS.sub("", extracted)
    inside = [_TABLE_MARKS.sub("", line) in article for line in lines]
    sure = [n for n, line in enumerate(lines) if inside[n] and len(line) >= _TELLING]
    if sure:
        kept = [line for n, line in enumerate(lines) if inside[n] and sure[0] <= n <= sure[-1]]
        if len(_TABLE_MARKS.sub("", "".join(kept))) >= 0.9 * len(article):
            return "\n".join(kept)
    return "\n".join(line.strip() for line in extracted.splitlines()).strip()


@contextmanager
def _silence() -> Iterator[None]:
    loggers = [getLogger(name) for name in ("trafilatura", "htmldate")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._hidden.append(tag)
        elif tag == "body":
            self._hidden.clear()
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(data.split("\n")))


def _visible_text(html: str) -> str:
    parser = _Visible()
    parser.feed(html)
    parser.close()
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
