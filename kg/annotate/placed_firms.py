"""Short names of firms that begin with the place they come from: 深圳鼎某置业, 江苏森某家居."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.annotate.grid import NAME_TAGS, Grid
from kg.annotate.telling import Telling
from kg.annotated import Name, Place
from kg.wording import Wording


class PlacedFirms:
    """Finds firms by a short place name, a brand and a trade.

    Args:
        trades: Sections of lexicons/trades.txt.
        words: Wording of short names.
        telling: Tells brands from general words.
    """

    def __init__(self, trades: Mapping[str, Sequence[str]], words: Wording, telling: Telling) -> None:
        every = "|".join(sorted((*trades["always"], *trades["organization"]), key=len, reverse=True))
        brand = words["brand after a place"].pattern
        self._firm = re.compile(rf"({brand})((?:{every}){{1,2}})(?={words['item ends'].pattern})")
        self._telling = telling

    def find(self, grid: Grid, places: Sequence[Place]) -> Iterator[Name]:
        """Firms in a text, in order.

        Args:
            grid: The text.
            places: Names of divisions, in order.
        """
        for place in places:
            if place.full or grid.place_ending_at(place.start):
                continue
            firm = self._firm.match(grid.text, place.end)
            if firm and self._is_brand(grid, *firm.span(1)) and self._ends(grid, firm.end()):
                yield Name(place.start, firm.end(), "Company", "trade", 0.7)

    def _is_brand(self, grid: Grid, start: int, end: int) -> bool:
        """Whether a stretch is no word of the language: the tagger took it for a name or cut it in pieces."""
        if len(self._telling.rest(grid.text[start:end])) < 2:
            return False
        tokens = {grid.token_at(i) for i in range(start, end)}
        strange = any(t is not None and t.tag in NAME_TAGS for t in tokens)
        return strange or all(t is not None and t.end - t.start == 1 for t in tokens)

    def _ends(self, grid: Grid, end: int) -> bool:
        return not grid.breaks_token(end) or grid.tag_at(end) in NAME_TAGS
