"""Who signs with whom where persons sign for their bodies, or where the ceremony's name says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from kg.link.found import Found, Made
from kg.link.marks import PEOPLE, Mark
from kg.wording import load_wording

_SIDES = ("Organization", "Company", "Region", "Park")
_AND = re.compile(r"[与和同跟]|、")


class Signings:
    """Finds COOPERATES_WITH at signings; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "signings")

    def read(self, found: Found) -> None:
        """Adds COOPERATES_WITH for 甲公司与乙县举行…签约仪式 and for 甲公司董事长某与乙县县长某签约."""
        for start, end in found.cuts:
            self._ceremony(found, start, end)
            position = start
            for clause in found.text[start:end].split("；"):
                self._through_persons(found, position, position + len(clause))
                position += len(clause) + 1

    def _ceremony(self, found: Found, start: int, end: int) -> None:
        for event in found.marks.inside(start, end):
            if event.type != "Event" or event.anaphor or not self._words["ceremony"].search(event.text):
                continue
            self._named(found, event)
            tail = found.marks.before(event.start, lambda m: m.type in _SIDES, since=start)
            if tail is None or not self._words["hold"].fullmatch(found.text, tail.end, event.start):
                continue
            head = found.marks.by_end.get(tail.start - 1)
            if head is None or head.type not in _SIDES or found.text[head.end] not in "与和同":
                continue
            while head is not None and head.type in _SIDES:
                _add(found, head.entity, tail.entity, head.start, event.end)
                joined = found.text[head.start - 1 : head.start] in ("、", "和")
                head = found.marks.by_end.get(head.start - 1) if joined else None

    def _named(self, found: Found, event: Mark) -> None:
        """The sides in the ceremony's own name: 甲县与乙大学校地合作签约仪式."""
        match = self._words["in name"].match(event.text)
        if match is None:
            return
        named: dict[str, str] = {}
        for mark in found.marks:
            if mark.type in _SIDES and not mark.anaphor:
                named[mark.text] = mark.entity
        one = named.get(match.group("one"))
        rest = [text for text in named if match.group("rest").startswith(text)]
        if one and rest:
            _add(found, one, named[max(rest, key=len)], event.start, event.end)

    def _through_persons(self, found: Found, start: int, end: int) -> None:
        text = found.text
        marks = found.marks.inside(start, end)
        signs = self._words["sign"].finditer(text, start, end)
        sign = next((m for m in signs if not _covered(marks, m.start())), None)
        if sign is None:
            return
        present = [m.end() for m in self._words["present"].finditer(text, start, sign.start())]
        since = next((end for end in reversed(present) if "，" in text[end : sign.start()]), start)
        people = [m for m in marks if m.type in PEOPLE and since <= m.start and m.end <= sign.start()]
        if len(people) < 2 or self._words["not done"].search(text, people[-1].end, sign.start()):
            return
        last = text[people[-1].end : sign.start()]
        speaks_for = self._words["speaks for"].search(text, people[0].end, sign.start())
        joined = _AND.search(text, people[-2].end, people[-1].start)
        if len(last) > 24 or not (speaks_for or (joined and joined.group() != "、")):
            return
        sides = list(
            dict.fromkeys(
                side for person in people if (side := self._side(found, person, start, sign.start()))
            )
        )
        if 2 <= len(sides) <= 4:
            each_with_each = self._words["all sides"].search(last)
            pairs = combinations(sides, 2) if each_with_each else ((sides[0], other) for other in sides[1:])
            for head, tail in pairs:
                _add(found, head, tail, people[0].start, sign.end())

    def _side(self, found: Found, person: Mark, start: int, end: int) -> str:
        """The body a person signs for: the one said after 代表, the one of the office here, the only one known."""
        for mark in found.marks.inside(person.end, min(person.end + 20, end)):
            speaks_for = self._words["speaks for"].fullmatch(found.text, person.end, mark.start)
            if mark.type in _SIDES and speaks_for:
                return mark.entity
        named = list(_posts(found, person, start))
        if named:
            return named[0]
        known = {t for kind in ("LEADS", "SERVES_IN") for t in found.tails(kind, person.entity)}
        return known.pop() if len(known) == 1 else ""


def _posts(found: Found, person: Mark, start: int) -> Iterator[str]:
    """Bodies of the offices right before a person, the government rather than its county."""
    office = found.marks.by_end.get(person.start)
    while office is not None and office.type == "Title" and office.start >= start:
        body = found.marks.by_end.get(office.start)
        if body is not None and body.type in _SIDES:
            yield body.entity
        office = (
            body if body is not None and body.type == "Title" else found.marks.by_end.get(office.start - 1)
        )
    for made in found.made():
        here = start <= made.start and made.end <= person.end
        if here and made.type in ("LEADS", "SERVES_IN") and made.head == person.entity:
            yield made.tail


def _covered(marks: list[Mark], position: int) -> bool:
    return any(m.start <= position < m.end for m in marks)


def _add(found: Found, head: str, tail: str, start: int, end: int) -> None:
    if ("COOPERATES_WITH", head, tail) not in {(m.type, m.head, m.tail) for m in found.refused()}:
        found.add(Made("COOPERATES_WITH", head, tail, start, end, "signing", score=0.75))
