"""Stops of a tour that have no telling last word: 先后来到国际文博城、高铁南站广场、甲公司等地."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.annotate.grid import NAME_TAGS, Grid
from kg.annotated import Name
from kg.wording import Wording

_ITEM = re.compile(r"[^、]+")


class TourSites:
    """Finds stops of tours; holds the wording."""

    def __init__(self, words: Wording) -> None:
        self._stops = words["stops"]
        self._end = words["end of a stop"]
        self._general = words["general"]
        self._of_firms = words["of firms"]
        self._firms = words.words("firms")

    def find(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Items of a tour's list that no other rule named.

        Args:
            grid: The text.
            names: Names found in it.
        """
        taken = bytearray(len(grid.text))
        firms = {grid.text[n.start : n.end] for n in names if n.type == "Company"}
        for name in names:
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
        for tour in self._stops.finditer(grid.text):
            items = list(_ITEM.finditer(grid.text, *tour.span(1)))
            if len(items) < 2:
                continue
            for item in items:
                start, end = item.span()
                place = grid.place_starting_at(start)
                end -= len(suffix.group()) if (suffix := self._end.search(item.group())) else 0
                if (
                    not 4 <= end - start <= 14
                    or any(taken[start:end])
                    or self._general.search(grid.text, start, end)
                ):
                    continue
                if any(grid.text[start:end] in firm for firm in firms):
                    continue
                named = place is not None or any(grid.tag_at(i) in NAME_TAGS for i in range(start, end))
                if named and (place is None or place.end < end):
                    firm = grid.text[start:end].endswith(self._firms) or self._of_firms.match(
                        grid.text, tour.end(1)
                    )
                    kind = "Company" if firm else "Project"
                    yield Name(start, end, kind, "site", 0.55)
