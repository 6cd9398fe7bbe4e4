"""Deals: who builds, pays, owns and works with whom, read clause by clause."""

from __future__ import annotations

from pathlib import Path

from kg.link.clauses import Masked
from kg.link.found import Found
from kg.link.pacts import Pacts
from kg.link.ventures import Ventures
from kg.link.works import Works


class Deals:
    """The readers of deals, over one masked text; hold the wording."""

    def __init__(self, schemas: Path) -> None:
        self._works = Works(schemas)
        self._ventures = Ventures(schemas)
        self._pacts = Pacts(schemas)

    def read(self, found: Found) -> None:
        """Adds BUILDS, INVESTS_IN, OWNS and COOPERATES_WITH."""
        masked = Masked(found)
        self._works.read(found, masked)
        self._ventures.read(found, masked)
        self._pacts.read(found, masked)
