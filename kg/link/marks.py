"""Mentions tied to entities: what posts, scenes and patterns work on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

PEOPLE = ("Official", "Person")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text tied to an entity, or an office (then ``entity`` is "").

    Attributes:
        start: First code point.
        end: One past the last.
        type: Entity type, or ``Title``.
        entity: Id of the entity in the document.
        text: The stretch.
        kind: For an office its head (书记); for a body what it is (县委 → 委), else "".
        anaphor: Whether it points back (该项目, 公司) instead of naming.
        score: Confidence in [0, 1].
        rule: What found it, else "".
    """

    start: int
    end: int
    type: str
    entity: str
    text: str
    kind: str = ""
    anaphor: bool = False
    score: float = 1.0
    rule: str = ""


class Marks:
    """Marks of one document in order, without overlap, by position."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.all = sorted(marks, key=lambda m: (m.start, m.end))
        self._starts = [m.start for m in self.all]
        self.by_start = {m.start: m for m in self.all}
        self.by_end = {m.end: m for m in self.all}

    def __iter__(self) -> Iterator[Mark]:
        return iter(self.all)

    @cached_property
    def _by_entity(self) -> dict[str, list[Mark]]:
        marks: dict[str, list[Mark]] = {}
        for mark in self.all:
            marks.setdefault(mark.entity, []).append(mark)
        return marks

    def of(self, entity: str) -> list[Mark]:
        """The marks of an entity."""
        return self._by_entity.get(entity, [])

    def inside(self, start: int, end: int) -> list[Mark]:
        """Marks that lie wholly in a stretch of the text."""
        inside = self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        if inside and inside[-1].end > end:  # only the last one can go on, as they do not overlap
            inside.pop()
        return inside

    def before(self, position: int, fits: Callable[[Mark], bool], *, since: int = 0) -> Mark | None:
        """The last mark that ends before a position and fits, not earlier than ``since``."""
        for mark in reversed(self.all[: bisect_left(self._starts, position)]):
            if mark.start < since:
                return None
            if mark.end <= position and fits(mark):
                return mark
        return None
