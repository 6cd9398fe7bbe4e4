"""Who agrees, pairs or works with whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations, product
from pathlib import Path

from kg.link.clauses import SIGNS, Masked, Piece
from kg.link.employers import employed
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.link.topics import Topics
from kg.screen import Screen
from kg.wording import load_wording

_SIDES = "ⒸⓄⓀⓇ"
_CROSS = ("both", "helped", "other", "joins", "is partner", "leans", "lends", "lends to")
_KINDS = (
    "couples",
    "both",
    "other",
    "joins",
    "is partner",
    "helped",
    "leans",
    "lends",
    "lends to",
    "all",
    "two",
)
_ALONE = ("other", "lends to", "two")  # hold one side or none
_FAR = 120
_FRONT = 8
_BODIES = ("Company", "Organization")


class Pacts:
    """Finds COOPERATES_WITH; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "pacts")
        self._topics = Topics(schemas)
        self._screen = Screen({name: self._words[name] for name in _KINDS}, ignoring=SIGNS)

    def read(self, found: Found, masked: Masked) -> None:
        """Adds COOPERATES_WITH."""
        headed = self._topics.headed(masked, _SIDES[:3])
        screened = self._screen.over(masked.text)
        for paragraph in masked.paragraphs:
            topic = headed
            earlier: Piece | None = None
            for sentence in paragraph:
                possible = screened.possible(*sentence)
                if possible:
                    self._sentence(found, masked, sentence, topic, earlier or sentence, possible)
                earlier = sentence
                first = masked.mentions(*sentence)
                if first and first[0].type in _BODIES:
                    subject = self._topics.subject(masked, sentence, sentence[1], _is_body)
                    topic = [subject] if subject else topic
                elif first and first[0].type in ("Official", "Person"):
                    topic = []

    def _sentence(
        self,
        found: Found,
        masked: Masked,
        sentence: Piece,
        topic: list[Mark],
        earlier: Piece,
        possible: Iterable[str],
    ) -> None:
        taken: list[Piece] = []
        pair = len(masked.mentions(*sentence, _SIDES)) > 1
        for name in possible:
            if name not in _ALONE and not pair:
                continue
            pattern = self._words[name]
            position = sentence[0]
            while match := pattern.search(masked.text, position, sentence[1]):
                position = max(match.start() + 1, match.end() - 1) if name == "all" else match.start() + 1
                groups = pattern.groupindex
                if self._dead(masked, sentence, match):
                    continue
                if any(low < match.end() and match.start() < high for low, high in taken) and name in (
                    "both",
                    "all",
                ):
                    continue
                with_all = name in ("all", "both") and self._words["joined before"].search(
                    masked.text, sentence[0], match.start("first")
                )
                if with_all and name == "all":
                    continue
                first = self._listed(masked, match, "first") if "first" in groups else []
                others = self._listed(masked, match, "sides") if "sides" in groups else []
                if with_all:  # 与甲、乙和丙签约: they are all of one side
                    first, others = self._before(masked, sentence, match.start(), topic), [*first, *others]
                if name == "other" or (name == "lends to" and not first):
                    first = self._we(found, masked, match) or self._before(
                        masked, sentence, match.start(), topic
                    )
                    before = masked.mentions(sentence[0], match.start())
                    if not first and all(m.type == "Region" and m.anaphor for m in before):
                        first = _own_division(found, match.start(), others)
                if name == "two":
                    since = sentence[0] if masked.mentions(sentence[0], match.start()) else earlier[0]
                    first = self._last_two(found, masked, since, match.start())
                    if since != sentence[0] and first and first[0].type == "Region":
                        first = []
                pairs = self._pairs(masked, name, first, others)
                for one, other in pairs:
                    self._add(found, one, other, match)
                if pairs or with_all:
                    position = match.end()
                    taken.append(match.span())

    def _pairs(
        self, masked: Masked, name: str, first: list[Mark], others: list[Mark]
    ) -> list[tuple[Mark, Mark]]:
        if name == "couples":
            return list(zip(others[::2], others[1::2], strict=False)) if len(others) % 2 == 0 else []
        if name not in _CROSS:
            return list(combinations(first, 2))
        if (
            name == "both"
            and len(first) > 1
            and others
            and masked.text[first[-1].end : others[0].start].strip("⓪")[:1] in "和及"
        ):
            one, *rest = [*first, *others]
            if masked.text[one.end : rest[0].start].strip("⓪")[:1] in ("与", "同"):
                return [(one, other) for other in rest]  # 甲与乙、丙和丁
            return list(combinations([one, *rest], 2))
        each = first and others and "分别" in masked.text[first[-1].end : others[0].start]
        if each and len(first) == len(others) > 1:
            return list(zip(first, others, strict=True))
        return list(product(first, others))

    def _we(self, found: Found, masked: Masked, match: re.Match[str]) -> list[Mark]:
        """The speaker's body for 我们与甲签订."""
        if not self._words["we"].search(match.group()):
            return []
        before = masked.mentions(max(0, match.start() - _FAR), match.start(), "Ⓝ")
        return [at for at in [employed(found, before[-1])] if at] if before else []

    def _dead(self, masked: Masked, sentence: Piece, match: re.Match[str]) -> bool:
        clause = max(masked.text.rfind(mark, sentence[0], match.start()) for mark in "，；：") + 1
        if self._words["only meant"].match(masked.text, match.end(), sentence[1]):
            return True
        return bool(self._words["not done"].search(masked.text, max(clause, sentence[0]), match.end()))

    def _listed(self, masked: Masked, match: re.Match[str], group: str) -> list[Mark]:
        """The sides in a list, without divisions that only say where something is."""
        marks = masked.mentions(*match.span(group), _SIDES)
        return [
            m
            for m in marks
            if m.type != "Region"
            or match.re is self._words["helped"]
            or self._words["free"].match(masked.text, m.end)
        ]

    def _before(self, masked: Masked, sentence: Piece, position: int, topic: list[Mark]) -> list[Mark]:
        """The side that an earlier clause or sentence is about."""

        def fits(mark: Mark, start: int) -> bool:
            at_front = mark.start - start < _FRONT
            free = mark.type == "Region" and at_front and self._words["free"].match(masked.text, mark.end)
            return mark.type in _BODIES or bool(free)

        subject = self._topics.subject(masked, sentence, position, fits)
        if subject:
            return [subject]
        others = [m for m in masked.mentions(sentence[0], position) if m.type not in _BODIES]
        return [] if others else topic

    def _last_two(self, found: Found, masked: Masked, since: int, position: int) -> list[Mark]:
        """The two sides of one kind that are named before 双方."""
        kept: list[Mark] = []
        marks = masked.mentions(since, position, _SIDES)
        if marks and marks[-1].type in _BODIES:
            marks = [m for m in marks if m.type in _BODIES]
        for mark in reversed(marks):
            if not any(mark.entity == m.entity or _around(found, mark, m) for m in kept):
                kept.append(mark)
            if len(kept) == 2:
                return kept if kept[0].type == kept[1].type or _both_bodies(kept) else []
        return []

    def _add(self, found: Found, one: Mark, other: Mark, match: re.Match[str]) -> None:
        if one.entity == other.entity:
            return
        if {one.type, other.type} == {"Region"} and _inside(found, one.entity, other.entity):
            return
        low, high = min(one.start, match.start()), max(other.end, match.end())
        found.add(Made("COOPERATES_WITH", one.entity, other.entity, low, high, "clause:pact", score=0.8))


def _is_body(mark: Mark, _start: int) -> bool:
    return mark.type in _BODIES


def _own_division(found: Found, position: int, others: list[Mark]) -> list[Mark]:
    """The division a text speaks from, which 与甲县签订 leaves out; not where it is one of its own bodies."""
    division = found.context.locale
    if division is None or any(
        found.registry.drafts[o.entity].name.startswith(division.name) for o in others
    ):
        return []
    own = found.registry.region(division, division.name, position)
    return [Mark(position, position, "Region", own.id, division.name, anaphor=True)]


def _both_bodies(sides: list[Mark]) -> bool:
    return all(m.type in _BODIES for m in sides)


def _around(found: Found, mark: Mark, other: Mark) -> bool:
    """Whether a division only says where another lies: 太原市迎泽区."""
    return {mark.type, other.type} == {"Region"} and _inside(found, mark.entity, other.entity)


def _inside(found: Found, one: str, other: str) -> bool:
    """Whether one division lies in the other."""
    codes = [found.registry.drafts[i].code or i for i in (one, other)]
    return codes[0].startswith(codes[1]) or codes[1].startswith(codes[0])
