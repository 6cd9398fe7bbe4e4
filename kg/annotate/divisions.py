"""The divisions a document names, once it is known where it speaks from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.annotate.lac import Token
from kg.annotate.locale import LocaleFinder
from kg.annotate.own_places import OwnPlaces
from kg.annotate.places import PlaceFinder, Words, part_of
from kg.annotated import Locale, Place, common_digits
from kg.gazetteer import Division, Gazetteer
from kg.wording import load_wording

_COUNTIES = 4  # of so many counties the townships are known by their short names


class DivisionFinder:
    """Finds names of divisions and keeps those that fit the document; holds the gazetteer and the wording."""

    def __init__(self, gazetteer: Gazetteer, schemas: Path) -> None:
        words = load_wording(schemas, "places")
        self._gazetteer = gazetteer
        self._places = PlaceFinder(gazetteer, words)
        self._own = OwnPlaces(gazetteer, words)
        self._locale = LocaleFinder(gazetteer, load_wording(schemas, "locale"))
        self._bodies = words.words("bodies")
        self._verb_first = words.words("verb first")

    def find(self, text: str, tokens: Sequence[Token]) -> tuple[list[Place], Locale]:
        """Division names in a text, in order, and where it speaks from.

        Args:
            text: The text the offsets speak of.
            tokens: LAC's words, in order.
        """
        words = Words(len(text), tokens)
        places = self._places.find(text, words)
        locale = self._locale.find(text, places)
        ends, starts = {p.end: p for p in places}, {p.start for p in places if p.full}
        places = [
            p
            for p in places
            if (p.sure and part_of(ends.get(p.start), p.codes))
            or self._likely(p, locale, text, p.start in ends or p.end in starts)
        ]
        near = self._near(locale, [p.codes for p in places if (p.full or p.sure) and len(p.codes) == 1])
        places = self._own.with_towns(places, near)
        places += self._own.other_kinds(text, places, near)
        if locale.division is not None and locale.division.level == "county":
            places += self._own.known_villages(text, words, places, locale.division.code)
        own = {d.short for d in near if d.level == "township"}
        places = [p for p in places if p.codes or p.name not in own]  # 车村 of 车村镇
        places = [p for p in places if p.full or p.name not in own or p.codes[0] in {d.code for d in near}]
        short = self._own.short_forms(text, words, places, near)
        return sorted([*places, *short], key=lambda p: p.start), locale

    def _likely(self, place: Place, locale: Locale, text: str, beside: bool) -> bool:
        """富县 and 和县 are counties, and words and chance meetings of words more often."""
        if locale.division is None:
            return True
        if not place.full and not any(
            self._fits_short(code, locale.division.code, text) for code in place.codes
        ):
            return False
        if not place.full and self._chance(place, locale.division, text):
            return False
        if len(place.codes) != 1 or len(place.codes[0]) != 6:
            return True
        near = common_digits(place.codes[0], locale.division.code)
        if not place.full and place.name[-1] == "湖" and place.codes[0] != locale.division.code:
            return beside or self._gazetteer.by_code[place.codes[0]].name in text  # 太湖, 巢湖: the lake
        if not place.full:
            return near >= 2 or self._gazetteer.by_code[place.codes[0]].name in text
        if place.name in self._verb_first:
            return near >= 4
        if len(place.name) == 2:
            body = text.startswith(self._bodies, place.end)
            return near >= 4 or text.count(place.name) > 1 or body or beside
        if near < 2 and place.name.endswith("区"):  # 革命老区振兴区
            return place.sure and not self._gazetteer.ambiguous(place.name[:-1])
        return near >= 2 or place.sure

    def _chance(self, place: Place, local: Division, text: str) -> bool:
        """Whether a word that is a far prefecture's short name as well is likely no more than a word: 来宾, 海西."""
        division = self._gazetteer.by_code[place.codes[0]]
        far = len(place.codes[0]) == 4 and common_digits(place.codes[0], local.code) < 2
        return far and self._gazetteer.ambiguous(place.name) and division.name not in text

    def _fits_short(self, code: str, local: str, text: str) -> bool:
        """Whether a short name may mean this division: a district is called so in its own city (西湖, 开平)."""
        division = self._gazetteer.by_code[code]
        if len(code) != 6 or not division.name.endswith("区") or division.name in text:
            return True
        return common_digits(code, local) >= 4

    def _near(self, locale: Locale, named: Sequence[tuple[str, ...]]) -> list[Division]:
        """Divisions that the document may call by their short names: its own, and what it names in full."""
        codes = [code for (code,) in named]
        if locale.division is not None:
            codes += [
                locale.division.code,
                *(a.code for a in self._gazetteer.ancestors(locale.division.code)),
            ]
        counties = list(dict.fromkeys(code for code in codes if len(code) == 6))
        for county in counties[:_COUNTIES]:
            codes += self._gazetteer.children.get(county, [])
        return [self._gazetteer.by_code[code] for code in dict.fromkeys(codes)]
