"""Who is on a tour: who sets out, who goes on, who comes along."""

from __future__ import annotations

from collections.abc import Sequence

from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.wording import Wording


class Party:
    """Tells the party of a tour; holds the wording.

    Args:
        scenes: schemas/wording/scenes.yaml.
        words: schemas/wording/visits.yaml.
    """

    def __init__(self, scenes: Wording, words: Wording) -> None:
        self._speech = scenes["speech"]
        self._accompany = scenes["accompany"]
        self._looks_into = scenes["looks into"]
        self._words = words

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
            if found.text[p.end] != "：" and not self._speech.search(found.text, p.end, verb)
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
            before = [p for p in people if p.end <= start + led.end()]
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
        text = found.text[start:end]
        inside = [p for p in people if start <= p.start and p.end <= end]
        along = self._accompany.search(text)
        if along is None or not tour or not inside or self._words["part of it"].search(text):
            return
        hosts = self._words["hosts"].search(text)
        if not hosts and self._words["meets"].search(text, 0, along.start()):
            return  # who takes part takes part in the meeting
        for person in inside:
            if person.entity in tour:
                continue
            tour.append(person.entity)
            for tail in found.tails("VISITS", tour[0]):
                draft = found.registry.drafts[tail]
                if not hosts or draft.type != "Region" or draft.level in ("township", "village"):
                    found.add(Made("VISITS", person.entity, tail, start, end, "scene:accompany", score=0.75))
