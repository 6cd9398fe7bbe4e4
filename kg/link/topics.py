"""What a clause without a subject is about: the firm or body that the sentence tells of before it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from kg.link.clauses import FILL, Masked, Piece
from kg.link.marks import PEOPLE, Mark
from kg.wording import load_wording


class Topics:
    """Finds the subject of clauses that have none; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "topics")

    def subject(
        self, masked: Masked, sentence: Piece, position: int, fits: Callable[[Mark, int], bool]
    ) -> Mark | None:
        """The first mention that can be a subject, in the part of the sentence before a position, semicolons apart.

        Args:
            masked: The document's text.
            sentence: Where to look.
            position: Before which.
            fits: Whether a mention can be it, given where that part of the sentence begins.
        """
        cuts = [m.end() for m in self._words["begins anew"].finditer(masked.text, sentence[0], position)]
        for start, end in reversed(list(pairwise([sentence[0], *cuts, position]))):
            told_of, since = False, start
            for mark in masked.mentions(start, end):
                listed = masked.text[since : mark.start].lstrip(FILL) == "、"
                told_of, since = (told_of and listed) or self.told_of(masked, start, mark), mark.start + 1
                if fits(mark, start) and not told_of:
                    return self._part(masked, mark, position)
        return self._founded(masked, sentence[0], position, fits)

    def headed(self, masked: Masked, letters: str) -> list[Mark]:
        """The one that a whole text is about: the only firm, body or park in its headings."""
        first = max(masked.text.find("。"), 0)
        named = {m.entity: m for m in masked.mentions(0, masked.text.rfind("\n", 0, first) + 1, "ⒸⓄⓀ")}
        return [
            m for m in named.values() if len(named) == 1 and m in masked.mentions(m.start, m.end, letters)
        ]

    def _founded(
        self, masked: Masked, start: int, position: int, fits: Callable[[Mark, int], bool]
    ) -> Mark | None:
        """The firm that a person founded: 王某注册了甲公司，又跟乙合股."""
        by_person = False
        for mark in masked.mentions(start, position):
            by_person = by_person or mark.type in PEOPLE
            if (
                by_person
                and fits(mark, start)
                and self._words["founds"].search(masked.text, start, mark.start)
            ):
                return mark
        return None

    def told_of(self, masked: Masked, since: int, mark: Mark) -> bool:
        """Whether what is around a mention shows that it is no subject: 由甲承建, 甲持股20%."""
        if self.behind(masked, since, mark.start):
            return True
        return self._words["not the subject"].match(masked.text, mark.end) is not None

    def behind(self, masked: Masked, since: int, position: int) -> bool:
        """Whether a mention at a position is tied to a word before it: 由甲, 与乙."""
        return self._words["not first"].search(masked.text, since, position) is not None

    def _part(self, masked: Masked, mark: Mark, position: int) -> Mark:
        """The firm that is the subject where another only says whose it is: 甲集团旗下的乙公司."""
        while part := self._words["part of it"].match(masked.text, mark.start, position):
            inner = masked.marks.get(part.end())
            if inner is None or inner.start >= position:
                break
            mark = inner
        return mark
