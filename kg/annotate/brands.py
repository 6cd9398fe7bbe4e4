"""Names of works that begin with the brand of a firm named in full, which the tagger cut through: 华|盛泽源光伏项目."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.annotate.grid import Grid
from kg.annotated import Name
from kg.wording import Wording

_SHORTEST, _LONGEST = 3, 6


class Brands:
    """Gives works the whole brand that they begin with.

    Args:
        words: Wording of telling names.
    """

    def __init__(self, words: Wording) -> None:
        self._forms = words.words("legal forms")

    def whole(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Works that begin inside a brand, from its beginning on.

        Args:
            grid: The text.
            names: Names found in it.
        """
        text = grid.text
        firms = sorted(
            {
                text[n.start : n.end]
                for n in names
                if n.type == "Company" and text.endswith(self._forms, n.start, n.end)
            }
        )
        ends = {n.end for n in names}
        for name in names if firms else ():
            if name.type != "Project" or name.start in ends:
                continue
            for start in range(max(0, name.start - _LONGEST + 2), name.start):
                brand = text[start : name.start + 2]
                inside = len(brand) >= _SHORTEST and any(brand in firm for firm in firms)
                if inside and not grid.breaks_token(start):
                    yield replace(name, start=start)
                    break
