"""Pairs of characters looked up at every position of a text at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

_CODE_POINTS = 0x110000


class Pairs:
    """Tells where one of many pairs of characters begins.

    Args:
        pairs: Strings of two characters.
    """

    def __init__(self, pairs: Iterable[str]) -> None:
        numbers = np.array([[ord(c) for c in pair] for pair in pairs], dtype=np.int64).reshape(-1, 2)
        # Each character's row and column in the table of pairs; 0 for those that stand in none.
        self._rows, self._columns = (np.zeros(_CODE_POINTS, dtype=np.int16) for _ in range(2))
        for line, ends in zip((self._rows, self._columns), numbers.T, strict=True):
            known = np.unique(ends)
            line[known] = np.arange(1, len(known) + 1)
        rows, columns = self._rows[numbers[:, 0]], self._columns[numbers[:, 1]]
        self._table = np.zeros((rows.max(initial=0) + 1, columns.max(initial=0) + 1), dtype=np.bool_)
        self._table[rows, columns] = True

    def starts(self, text: str) -> list[int]:
        """Where in a text the pairs begin, in order."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        found: list[int] = np.flatnonzero(
            self._table[self._rows[codes[:-1]], self._columns[codes[1:]]]
        ).tolist()
        return found
