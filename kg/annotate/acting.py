"""Firms that only their deeds tell: 甲某智行 of 甲某智行投资5亿元, 引进了甲某智行, 与甲某智行签订协议."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.annotate.grid import Grid
from kg.annotated import Name
from kg.wording import Wording

_NOUNS = frozenset({"n", "nz", "vn", "ORG", "LOC", "nw"})


class Acting:
    """Finds what the tagger takes for an organization and acts like a firm; holds the wording."""

    def __init__(self, words: Wording) -> None:
        self._acts = words["firm acts"]
        self._won = words["firm won"]
        self._with = words["with"]
        self._signs = words["signs"]
        self._bodies_end = words["bodies end"]

    def find(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """All mentions of such firms, in order.

        Args:
            grid: The text.
            names: Names found in it.
        """
        taken = bytearray(len(grid.text))
        for name in names:
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
        free = [span for span in _stretches(grid) if not any(taken[span[0] : span[1]])]
        acting = {grid.text[a:b] for a, b in free if self._is_firm(grid, a, b)}
        yield from (Name(a, b, "Company", "tagged", 0.6) for a, b in free if grid.text[a:b] in acting)

    def _is_firm(self, grid: Grid, start: int, end: int) -> bool:
        text = grid.text
        if grid.place_starting_at(start) is not None or self._bodies_end.search(text, start, end):
            return False
        if self._acts.match(text, end) or self._won.search(text, max(0, start - 4), start):
            return True
        return bool(self._with.search(text, max(0, start - 2), start) and self._signs.match(text, end))


def _stretches(grid: Grid) -> Iterator[tuple[int, int]]:
    """Words for organizations with the noun that belongs to them (百川|智行), whole."""
    for token, after in pairwise([*grid.tokens, None]):
        if token is None or token.tag != "ORG" or not 1 < token.end - token.start < 7:
            continue
        end = token.end
        if after is not None and after.tag in ("n", "nz") and after.end - after.start == 2:
            end = after.end
        following = grid.token_at(end) if end < len(grid.text) else None
        if following is None or following.tag not in _NOUNS:
            yield token.start, end
