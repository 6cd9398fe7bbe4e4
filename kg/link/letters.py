"""Who comes to a place that is only named by its letter: 来鄞调研, 赴川考察, 抵津访问."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.gazetteer import Division
from kg.lexicon import by_first_word
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.wording import load_wording


class Letters:
    """Adds VISITS to places named by a letter; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        words = load_wording(schemas, "letters")
        self._comes = words["comes"]
        self._not_yet = load_wording(schemas, "visits")["not yet"]
        self._provinces = by_first_word(words.words("provinces"))

    def read(self, found: Found, people: Sequence[Mark], start: int, end: int) -> None:
        """Adds VISITS.

        Args:
            found: The document.
            people: Persons of the sentence.
            start: Where the sentence begins.
            end: Where it ends.
        """
        come = self._comes.search(found.text, start, end)
        if come is None or self._not_yet.search(found.text, start, come.start()):
            return
        visitors = dict.fromkeys(p.entity for p in people if p.end <= come.start())
        place = self._place(found, come.group(1)) if visitors else None
        if place is None:
            return
        region = found.registry.region(place, come.group(1), come.start(1)).id
        for visitor in visitors:
            if not any(region in found.tails(kind, visitor) for kind in ("LEADS", "SERVES_IN")):
                found.add(Made("VISITS", visitor, region, start, come.end(), "scene:letter", score=0.7))
                found.wanted.add(region)

    def _place(self, found: Found, letter: str) -> Division | None:
        """The text's own division or one around it with this letter in its name, else a province."""
        own = found.context.locale
        if own is not None:
            around = next((d for d in (own, *found.context.ancestors(own.code)) if letter in d.short), None)
            if around is not None:
                return around
        return next(map(found.context.named, self._provinces.get(letter, ())), None)
