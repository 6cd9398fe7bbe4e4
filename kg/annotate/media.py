"""Newspapers, stations and agencies that a text tells of; those of its own byline are left out."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.grid import NAME_TAGS, Grid
from kg.annotated import Name
from kg.wording import Wording


class MediaFinder:
    """Finds media that do something in a sentence; holds the wording.

    Args:
        words: Wording of media.
    """

    def __init__(self, words: Wording) -> None:
        self._known = words["known"]
        self._ending = words["ending"]
        self._sends = words["sends it"]
        self._cited = words["cited"]
        self._site = words["site"]

    def find(self, grid: Grid) -> Iterator[Name]:
        """Media of a text, in no order.

        Args:
            grid: The text.
        """
        text = grid.text
        for match in self._known.finditer(text):
            if self._acts(grid, *match.span()):
                yield Name(*match.span(), "Organization", "medium", 0.8)
        for match in self._ending.finditer(text):
            start = self._start(grid, match.start())
            if start is not None and self._acts(grid, start, match.end()):
                yield Name(start, match.end(), "Organization", "medium", 0.7)
        for title in grid.titles:
            token = grid.token_before(title.start) if title.start else None
            if token is None or token.end != title.start or token.tag not in NAME_TAGS:
                continue
            if self._site.fullmatch(text, token.start, token.end):
                yield Name(token.start, token.end, "Organization", "medium", 0.7)

    def _start(self, grid: Grid, head: int) -> int | None:
        """Where the name of a newspaper begins: with its place, or with the word that the tagger takes for a name."""
        for length in range(2, 6):
            place = grid.place_starting_at(head - length) if head >= length else None
            if place is not None and place.end in (head, head - 2, head - 1):
                return place.start
        token = grid.token_at(head)
        whole = token is not None and token.start < head and token.end >= head + 2
        if token is not None and whole and token.tag in NAME_TAGS | {"n"}:
            return token.start
        return None

    def _acts(self, grid: Grid, start: int, end: int) -> bool:
        text = grid.text
        if grid.breaks_token(start) or self._sends.match(text, end) or self._cited.search(text, 0, start):
            return False
        line = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        return any(mark in text[line : last if last >= 0 else len(text)] for mark in "。，")
