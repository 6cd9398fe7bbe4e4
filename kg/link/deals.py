"""Deals: who builds, pays, owns and works with whom, read clause by clause."""

from __future__ import annotations

from pathlib import Path

from kg.link.affiliates import Affiliates
from kg.link.clauses import Masked
from kg.link.found import Found
from kg.link.frames import Frames
from kg.link.outlays import Outlays
from kg.link.pacts import Pacts
from kg.link.ventures import Ventures
from kg.link.works import Works
from kg.wording import load_wording

_DEALS = ("BUILDS", "INVESTS_IN", "COOPERATES_WITH")


class Deals:
    """The readers of deals, over one masked text; hold the wording."""

    def __init__(self, schemas: Path) -> None:
        self._works = Works(schemas)
        self._ventures = Ventures(schemas)
        self._pacts = Pacts(schemas)
        self._affiliates = Affiliates(schemas)
        self._outlays = Outlays(schemas)
        self._frames = Frames(schemas)
        words = load_wording(schemas, "deals")
        self._undone, self._others = words["undone"], words["others"]

    def read(self, found: Found) -> None:
        """Adds BUILDS, INVESTS_IN, OWNS and COOPERATES_WITH; takes back what came to nothing."""
        masked = Masked(found)
        self._works.read(found, masked)
        self._ventures.read(found, masked)
        self._pacts.read(found, masked)
        self._affiliates.read(found, masked)
        self._outlays.read(found, masked)
        self._frames.read(found, masked)
        self._take_back(found, masked)

    def _take_back(self, found: Found, masked: Masked) -> None:
        """Deals of a firm of which the same paragraph says that nothing came of them."""
        for paragraph in masked.paragraphs:
            firms: set[str] = set()
            for start, end in paragraph:
                firms = {m.entity for m in masked.mentions(start, end, "Ⓒ")} or firms
                undone = self._undone.search(masked.text, start, end)
                if not undone or self._others.search(masked.text, start, undone.start()):
                    continue
                for made in found.made():
                    inside = paragraph[0][0] <= made.start and made.end <= end
                    if made.type in _DEALS and inside and firms & {made.head, made.tail}:
                        found.remove(made.type, made.head, made.tail)
