"""Names of administrative divisions in a text, from the gazetteer and from LAC's place names."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.grid import NAME_TAGS
from kg.annotate.lac import Token
from kg.annotated import Place
from kg.gazetteer import Gazetteer
from kg.lexicon import by_first_word
from kg.wording import Wording


def part_of(above: Place | None, codes: Sequence[str]) -> tuple[str, ...]:
    """Those of the codes that lie in the place named right before: 乐清 in 浙江, 南海区 in 佛山市."""
    return tuple(
        c for c in codes if above and above.codes and c.startswith(above.codes) and c not in above.codes
    )


class Words:
    """LAC's words by position: which tags cover a stretch, and whether it begins and ends with words.

    Args:
        length: Of the text, in code points.
        tokens: The words, in order.
    """

    def __init__(self, length: int, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.tag: list[str] = [""] * (length + 1)
        self.starts = {token.start for token in tokens}
        self.ends = {token.end for token in tokens}
        for start, end, tag in tokens:
            self.tag[start:end] = [tag] * (end - start)

    def tags(self, start: int, end: int) -> set[str]:
        """The tags of the words that cover a stretch."""
        return set(self.tag[start:end])


class PlaceFinder:
    """Finds names of divisions; holds the gazetteer and the wording."""

    def __init__(self, gazetteer: Gazetteer, words: Wording) -> None:
        self._gazetteer = gazetteer
        self._villages = words.words("villages")
        self._townships = words.words("townships")
        self._suffixes = words.words("suffixes")
        self._unlisted_name = words["unlisted"]
        self._below = words["below a township"]
        self._of_village = words["of a village"]
        self._gone_to = words["gone to"]
        self._seat_of_village = words["seat of a village"]
        self._no_village = words["no village"]
        self._list_of_villages = words["list of villages"]
        self._within = words["within"]
        self._kind_of_village = words["kind of village"]
        self._other_word = frozenset(words.words("other word"))
        self._goes_on = words["goes on"]
        self._capital = words["capital"]
        self._capitals = by_first_word(words.words("capitals"))

    def find(self, text: str, words: Words) -> list[Place]:
        """All division names in a text, in order, without overlap.

        Args:
            text: The text the offsets speak of.
            words: LAC's words.
        """
        found: list[Place] = []
        taken = bytearray(len(text))
        for start, end, name, codes in self._gazetteer.iter_matches(text):
            above = found[-1] if found and found[-1].end == start else None
            place = self._place(text, start, end, name, codes, words)
            inside, full = part_of(above, codes), name.endswith(self._suffixes)
            if place is None and inside and (full or end in words.ends):
                place = Place(start, end, name, inside, full, True)
            if place is not None:
                found.append(place)
                taken[start:end] = b"\1" * (end - start)
        for visit in self._capital.finditer(text):
            start, end = visit.span(1)
            if not any(taken[start:end]):
                cities = map(self._gazetteer.named, self._capitals.get(visit.group(1), ()))
                codes = tuple(division.code for named in cities for division in named[:1])
                found.append(Place(start, end, visit.group(1), codes, False, True))
                taken[start:end] = b"\1"
        unlisted = [
            p for t in words.tokens if t.tag == "LOC" and (p := self._unlisted(text, t, taken)) is not None
        ]
        unlisted += self._below_townships(text, found, words, taken)
        unlisted += self._with_seats(text, words, taken)
        for place in [p for p in found if not p.full and self._in_list(text, p)]:
            found.remove(place)  # 平山 of 柳村、平山两个村 is no county
            taken[place.start : place.end] = bytes(place.end - place.start)
        found += self._listed_villages(text, words, taken)
        for match in self._gone_to.finditer(text):
            start, end = match.span(1)
            free = not any(taken[start:end]) and end in words.ends
            if free and not self._kind_of_village.search(match.group(1)):
                unlisted.append(Place(start, end, match.group(1), (), True, True))
        for name in sorted({p.name for p in unlisted}, key=lambda n: (-len(n), n)):
            start = text.find(name)
            while start >= 0:
                end = start + len(name)
                if not any(taken[start:end]):
                    taken[start:end] = b"\1" * len(name)
                    found.append(Place(start, end, name, (), True, True))
                start = text.find(name, end)
        return sorted(
            (p for p in found if not p.full or not self._goes_on.match(text, p.end - 1)),
            key=lambda p: p.start,
        )

    def _below_townships(
        self, text: str, places: Sequence[Place], words: Words, taken: bytearray
    ) -> list[Place]:
        """栖凤街道者贵社区: a village or community right after its township, whatever the tagger makes of it."""
        found = []
        for place in places:
            below = (
                self._below.match(text, place.end)
                if place.full and place.name.endswith(self._townships)
                else None
            )
            if below is None or any(taken[below.start() : below.end()]):
                continue
            if below.end() not in words.ends and not self._of_village.match(text, below.end()):
                continue
            if not self._kind_of_village.search(below.group()):
                found.append(Place(*below.span(), below.group(), (), True, True))
        return found

    def _with_seats(self, text: str, words: Words, taken: bytearray) -> list[Place]:
        """新庄村|村委会, 桐荫社区|居委会: a village before its committee, which the tagger takes for one body."""
        found = []
        for seat in self._seat_of_village.finditer(text):
            kind = next(group for group in seat.groups() if group)
            end = seat.start() + len(kind)
            for start in range(seat.start() - 1, max(-1, seat.start() - 5), -1):
                if taken[start] or self._no_village.match(text, start):
                    break
                begins = start in words.starts or (start and taken[start - 1])
                if not begins or seat.start() - start < 2 - (kind == "村"):
                    continue
                name = text[start:end]
                if words.tag[start] in NAME_TAGS and not self._kind_of_village.search(name):
                    found.append(Place(start, end, name, (), True, True))
                break
        return found

    def _in_list(self, text: str, place: Place) -> bool:
        """Whether a short name stands in a list of villages."""
        start = text.rfind("\n", 0, place.start) + 1
        lists = self._list_of_villages.finditer(text, max(start, place.start - 40), place.end + 40)
        return any(m.start(1) <= place.start and place.end <= m.end(1) for m in lists)

    def _listed_villages(self, text: str, words: Words, taken: bytearray) -> list[Place]:
        """石洼、柳泉等3个村: villages of a list that names their kind once, at its end."""
        found = []
        for match in self._list_of_villages.finditer(text):
            position = match.start(1)
            for item in match.group(1).split("、"):
                start, end = position, position + len(item)
                position = end + 1
                while start < end and taken[start]:
                    start += 1
                name = text[start:end]
                if (
                    len(name) < 2
                    or any(taken[start:end])
                    or start not in words.starts
                    or (end not in words.ends and end != match.end(1))
                ):
                    continue
                name = name if name.endswith(self._villages) else name + self._villages[0]
                if not self._kind_of_village.search(name):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(Place(start, end, name, (), True, True))
        return found

    def _place(
        self, text: str, start: int, end: int, name: str, codes: tuple[str, ...], words: Words
    ) -> Place | None:
        known = tuple(c for c in codes if c in self._gazetteer.by_code)
        if not known:
            return None
        full = (
            len(name) > 1
            and name.endswith(self._suffixes)
            and any(name in (d.name,) or d.short != name for d in (self._gazetteer.by_code[c] for c in known))
        )
        tags = words.tags(start, end)
        begins, ends = start in words.starts, end in words.ends
        if full:
            if len(name) == 2 and not (begins and (ends or tags == {"ORG"}) and tags <= NAME_TAGS):
                return None
            whole = (begins and ends) or (len(name) > 3 and (begins or ends))
            # 来都昌县中医院 as one verb: nobody says 都昌县 and means something else.
            county = (
                len(name) > 2
                and name[-1] in "县旗州"
                and not self._gazetteer.ambiguous(name)
                and text.count(name) > 1
            )
            if not tags & NAME_TAGS and ((not whole and not county) or self._kind_of_village.search(name)):
                return None
            return Place(start, end, name, known, True, bool(tags & NAME_TAGS))
        if self._gazetteer.ambiguous(name) and not (tags == {"LOC"} and begins and ends):
            return None
        if "PER" in tags and not (begins and ends):
            return None
        if (
            not begins
            or not (tags & NAME_TAGS or ends)
            or (text[end : end + 1] in self._other_word and not ends)
        ):
            return None
        return Place(start, end, name, known, False, tags <= {"LOC", "ORG"})

    def _unlisted(self, text: str, token: Token, taken: bytearray) -> Place | None:
        """A village, or a township of another time, that LAC sees and the gazetteer does not list."""
        start = token.start
        while start < token.end and taken[start]:
            start += 1
        within = self._within.match(text, start, token.end)
        start = within.end() if within else start
        word = text[start : token.end]
        if word.endswith("村村"):
            word = word[:-1]  # 上庄村|村主任
        if self._kind_of_village.search(word):
            return None
        below = start > 0 and (bool(taken[start - 1]) or text.count(word) > 1)
        if not word.endswith(self._villages) and not below:
            return None
        if (
            self._unlisted_name.fullmatch(word)
            and len(word) > 2 - word.endswith("村")
            and not any(taken[start : token.end])
        ):
            return Place(start, start + len(word), word, (), True, True)
        return None
