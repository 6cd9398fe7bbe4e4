"""Names of divisions that are known once it is known where a text speaks from: short forms, villages, old kinds."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.grid import NAME_TAGS
from kg.annotate.places import Words
from kg.annotated import Place
from kg.gazetteer import Division, Gazetteer
from kg.place_names import middle_name
from kg.wording import Wording

_NATURAL = "山湖江河"  # 太湖 is a lake where no 太湖街道 is spoken of


class OwnPlaces:
    """Finds names of divisions of the text's own; holds the gazetteer and the wording."""

    def __init__(self, gazetteer: Gazetteer, words: Wording) -> None:
        self._gazetteer = gazetteer
        self._villages = words.words("villages")
        self._townships = words.words("townships")
        self._kind_of_village = words["kind of village"]
        self._other_word = frozenset(words.words("other word"))

    def short_forms(
        self, text: str, words: Words, places: Sequence[Place], divisions: Sequence[Division]
    ) -> list[Place]:
        """Divisions the document is about written without their suffix (王村口, 华埠, 龙泉).

        Args:
            text: The text the offsets speak of.
            words: LAC's words.
            places: What was found before; it is not touched.
            divisions: The document's own county, its townships, and what else it names in full.
        """
        taken = bytearray(len(text))
        for place in places:
            taken[place.start : place.end] = b"\1" * (place.end - place.start)
        found: list[Place] = []
        unsure: list[Place] = []
        for division in divisions:
            name = division.short
            if len(name) < 2 or name == division.name:
                continue
            natural = division.level == "township" and name[-1] in _NATURAL and division.name not in text
            start = text.find(name)
            while start >= 0:
                end = start + len(name)
                named = bool(words.tags(start, end) & NAME_TAGS)
                fits = start in words.starts and (end in words.ends or named or division.name in text)
                # 新兴产业, 平安稳定: a township's short name may be a common word.
                if division.level == "township" and not named and end in words.ends and start in words.starts:
                    fits = len(name) > 2 or division.name in text
                if (
                    fits
                    and not natural
                    and not any(taken[start:end])
                    and text[end : end + 1] not in self._other_word
                ):
                    found.append(Place(start, end, name, (division.code,), False, end in words.ends))
                elif division.level == "township" and start in words.starts and not any(taken[start:end]):
                    unsure.append(Place(start, end, name, (division.code,), False, True))
                start = text.find(name, end)
        return sorted([*found, *_in_line(text, [*places, *found], unsure)], key=lambda p: p.start)

    def with_towns(self, places: Sequence[Place], towns: Sequence[Division]) -> list[Place]:
        """芝河|桐柏村: a village that the tagger takes for one word with the short name of its town."""
        shorts = {d.short: d for d in towns if d.level == "township" and len(d.short) > 1}
        found = []
        for place in places:
            village = place.full and not place.codes and place.name.endswith(self._villages)
            ends = range(2, len(place.name) - 2) if village else range(0)
            town = next((shorts[place.name[:i]] for i in reversed(ends) if place.name[:i] in shorts), None)
            if town is None or self._is_village(town, place.name):
                found.append(place)
                continue
            middle = place.start + len(town.short)
            name = place.name[len(town.short) :]
            if self._kind_of_village.search(name):
                found.append(place)
                continue
            found.append(Place(place.start, middle, town.short, (town.code,), False, True))
            found.append(Place(middle, place.end, name, (), True, True))
        return found

    def _is_village(self, town: Division, name: str) -> bool:
        """Whether the gazetteer lists a village of this name in the county of a town."""
        return bool(self._gazetteer.named(name, within=town.code[:6], levels={"village"}))

    def other_kinds(self, text: str, places: Sequence[Place], divisions: Sequence[Division]) -> list[Place]:
        """Townships written with a kind they had before or have since: 英买里乡, today 英买里镇."""
        taken = bytearray(len(text))
        for place in places:
            taken[place.start : place.end] = b"\1" * (place.end - place.start)
        found = []
        for division in divisions:
            if division.level != "township" or division.short not in text:
                continue
            if len(division.short) < 2 or division.short == division.name:
                continue
            for kind in self._townships:
                name = division.short + kind
                codes = (division.code,) if name == middle_name(division.name) else ()
                start = -1 if name == division.name else text.find(name)
                while start >= 0:
                    if not any(taken[start : start + len(name)]):
                        found.append(Place(start, start + len(name), name, codes, True, True))
                    start = text.find(name, start + 1)
        return found

    def known_villages(self, text: str, words: Words, places: Sequence[Place], county: str) -> list[Place]:
        """Villages and communities that the gazetteer lists in a county, where LAC sees none."""
        if not any(kind in text for kind in self._villages):
            return []
        taken = bytearray(len(text))
        for place in places:
            taken[place.start : place.end] = b"\1" * (place.end - place.start)
        names = {v.name for v in self._gazetteer.villages(county) if len(v.name) > 2 and v.name in text}
        found = []
        for name in sorted(names, key=lambda n: (-len(n), n)):
            start = -1 if self._kind_of_village.search(name) else text.find(name)
            while start >= 0:
                end = start + len(name)
                if not any(taken[start:end]) and (start in words.starts or start - 1 in words.starts):
                    taken[start:end] = b"\1" * len(name)
                    found.append(Place(start, end, name, (), True, True))
                start = text.find(name, end)
        return found


def _in_line(text: str, sure: Sequence[Place], unsure: Sequence[Place]) -> list[Place]:
    """Those of the short names that stand in a list with a township of the same county: 甲、乙、丙三个镇."""
    found: list[Place] = []
    ends = {p.end: p for p in sure}
    for place in sorted(unsure, key=lambda p: p.start):
        before = ends.get(place.start - 1) if text[place.start - 1 : place.start] == "、" else None
        beside = before is not None and any(len(c) == 9 and c[:6] == place.codes[0][:6] for c in before.codes)
        if beside and text[place.end : place.end + 1] in "、和等两三四五六七八九十":
            found.append(place)
            ends[place.end] = place
    return found
