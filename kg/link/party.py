"""Who is on a tour: who sets out, who goes on, who comes along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.wording import Wording


class Party:
    """Tells the party of a tour; holds the wording.

    Args:
        scenes: schemas/wording/scenes.yaml.
        words: schemas/wording/visits.yaml.
        attends: What stands before an event that a tour comes to.
    """

    def __init__(self, scenes: Wording, words: Wording, attends: re.Pattern[str]) -> None:
        self._speech = scenes["speech"]
        self._accompany = scenes["accompany"]
        self._looks_into = scenes["looks into"]
        self._words = words
        self._attends = attends

    def goes(self, found: Found, people: Sequence[Mark], verb: int, tour: list[str], text: str) -> list[str]:
        """Who goes: the persons before the verb, or the tour under way when its leader goes on.

        Args:
            found: The document.
            people: Persons of the verb's sentence before the verb.
            verb: Where the verb begins.
            tour: Ids of the tour under way, its leader first.
            text: The sentence.
        """
        subjects = [
            p
            for p in people
            if found.text[p.end] != "："
            and not self._speech.search(found.text, p.end, verb)
            and not self._words["sends"].match(found.text, p.end)
        ]
        group = list(dict.fromkeys(p.entity for p in subjects))
        if not group:
            return []
        if tour and self._words["led by hosts"].search(text) and self._words["tour"].search(text):
            unnamed = self._words["tour"].search(found.text, verb - len(text), subjects[0].start)
            if unnamed or group[0] in tour:
                return [*tour, *(g for g in group if g not in tour)]
        goes_on = bool(tour) and group[0] == tour[0] and len(tour) > len(group)
        together = self._words["tour"].search(found.text, subjects[-1].end, verb)
        return tour if goes_on and (together or not self._words["alone"].search(text)) else group

    def sets_out(self, found: Found, text: str, people: Sequence[Mark], start: int) -> list[str]:
        """Who goes, where the sites only follow: 县长甲察看污染防治工作，副县长乙参加; 甲带队，乙、丙一行一路向南."""
        events = (m for m in found.marks.inside(start, start + len(text)) if m.type == "Event")
        if (self._accompany.search(text) and self._words["hosts"].search(text)) or not all(
            m.anaphor for m in events
        ):
            return []
        led = None
        if not self._words["receives"].search(text):
            led = next(reversed(list(self._words["sets out"].finditer(text))), None)
        verb = led or self._looks_into.search(text)
        before = [p for p in people if p.end <= start + verb.start()] if verb else []
        if not verb or not before or self._speech.search(found.text, before[0].end, start + verb.end()):
            return []
        if led:
            # 甲率总社乙部副部长丙、处长丁等调研: those who are led stand before the verb.
            verb = self._looks_into.search(text, led.end()) if led.group().startswith("率") else None
            stop = verb.start() if verb and "，" not in text[led.start() : verb.start()] else led.end()
            before = [p for p in people if p.end <= start + stop]
        return list(dict.fromkeys(p.entity for p in before))

    def come_along(self, found: Found, tour: list[str], people: Sequence[Mark], start: int, end: int) -> None:
        """Those whom a clause says to come along see what the leader sees; hosts but the place itself.

        Args:
            found: The document.
            tour: Ids of the tour under way, which is added to.
            people: Persons of the sentence.
            start: Where the clause begins.
            end: Where it ends.
        """
        if not tour or not self._accompany.search(found.text, start, end):
            return
        for since, along, until in self._groups(found, start, end):
            text = found.text[since:until]
            if self._words["part of it"].search(text):
                continue
            hosts = self._words["hosts"].search(text)
            if not hosts and self._words["meets"].search(found.text, since, along):
                continue  # who takes part takes part in the meeting
            for person in people:
                if since <= person.start and person.end <= until and self._comes(found, tour, person, since):
                    tour.append(person.entity)
                    self._sees(found, tour, start, end, hosts=hosts is not None)

    def attends(self, found: Found, tour: Sequence[str], start: int, end: int) -> None:
        """考察团出席了某推介会: all of the tour are there."""
        if not tour or not self._words["tour"].search(found.text, start, end):
            return
        for event in found.marks.inside(start, end):
            if event.type == "Event" and self._attends.search(found.text, start, event.start):
                for person in tour:
                    found.add(
                        Made("ATTENDS", person, event.entity, start, event.end, "scene:attend", score=0.75)
                    )

    def _groups(self, found: Found, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """甲、乙全程参加，丙分段参加: the stretches of a clause, each with a verb of its own, and where the verb is."""
        verbs = [m.start() for m in self._accompany.finditer(found.text, start, end)]
        for number, verb in enumerate(verbs):
            stop = found.text.find("，", verb, end) if number + 1 < len(verbs) else -1
            stop = end if stop < 0 else stop
            if stop > start:
                yield start, verb, stop
            start = max(start, stop)

    def _comes(self, found: Found, tour: Sequence[str], person: Mark, since: int) -> bool:
        """Whether a person comes along, and is not who is met, or shows his own firm."""
        clause = max(since, found.text.rfind("，", since, person.start) + 1)
        met = self._words["met"].search(found.text, clause, person.start)
        talks = self._words["with"].search(found.text, clause, person.start)
        if (
            self._speech.search(found.text, person.end - 1, person.end + 3)
            or met
            or (talks and self._words["talks"].match(found.text, person.end))
        ):
            return False
        own = {t for kind in ("LEADS", "SERVES_IN") for t in found.tails(kind, person.entity)}
        seen = [t for t in found.tails("VISITS", tour[0]) if t in own]
        return person.entity not in tour and all(
            found.registry.drafts[t].type not in ("Company", "Project") for t in seen
        )

    def _sees(self, found: Found, tour: Sequence[str], start: int, end: int, *, hosts: bool) -> None:
        """The last who came along sees what the leader sees."""
        own = {t for kind in ("LEADS", "SERVES_IN") for t in found.tails(kind, tour[-1])}
        for tail in found.tails("VISITS", tour[0]):
            draft = found.registry.drafts[tail]
            if draft.type == "Region" and tail in own:
                continue
            if not hosts or draft.type != "Region" or draft.level in ("township", "village"):
                found.add(Made("VISITS", tour[-1], tail, start, end, "scene:accompany", score=0.75))
