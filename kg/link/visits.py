"""Who visits which place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kg.lexicon import load_lexicon
from kg.link.found import Found, Made
from kg.link.marks import PEOPLE, Mark
from kg.wording import load_wording

_SITES = ("Company", "Project", "Park", "Region", "Organization")


class Visits:
    """Finds VISITS; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._scenes = load_wording(schemas, "scenes")
        self._words = load_wording(schemas, "visits")
        verbs = load_lexicon(schemas / "lexicons" / "speech.txt")["visit"]
        every = "|".join(sorted(map(re.escape, verbs), key=len, reverse=True))
        noun, comes = self._words["is a noun"].pattern, self._words["comes to look"].pattern
        self._visit = re.compile(rf"(?:{every})(?!{noun})|{comes}")

    def read(self, found: Found) -> None:
        """Visitors of a tour, carried from sentence to sentence, and the sites named after the verbs."""
        tour: list[str] = []
        spoken_of = ""  # whom 他 and 她 stand for
        for a, b in found.cuts:
            text = found.text[a:b]
            if self._scenes["dateline"].search(text) or _is_headline(found.text, a, b):
                tour = []
            people = [m for m in found.marks.inside(a, b) if m.type in PEOPLE]
            if spoken_of and spoken_of not in tour and self._words["pronoun"].match(text):
                tour = [spoken_of]
            tour = self._sentence(found, tour, people, a, b)
            start = a
            for clause in text.split("；"):
                self._come_along(found, tour, people, start, start + len(clause))
                start += len(clause) + 1
            spoken_of = people[0].entity if people else spoken_of

    def _sentence(
        self, found: Found, tour: list[str], people: Sequence[Mark], start: int, end: int
    ) -> list[str]:
        """Adds the visits of a sentence; gives the tour that goes on after it."""
        text = found.text[start:end]
        sites = [m for m in found.marks.inside(start, end) if m.type in _SITES]
        since, seen = start, False
        for verb in self._visit.finditer(text):
            begin = start + verb.start()
            reached = self._reached(found, sites, start + verb.end(), end)
            reached = reached or self._looked_into(found, sites, since, begin)
            if not reached or self._words["to a post"].match(text, verb.start()):
                continue
            if self._words["not yet"].search(text, 0, verb.start()):
                continue
            subjects = [p for p in people if since <= p.start and p.end <= begin]
            if seen:
                subjects = [p for p in subjects if self._opens_clause(found, p, since, begin)]
            group = self._party(found, subjects, begin, tour, text)
            if not group and not (people and not self._words["tour"].search(text)):
                group = tour
            if not group and self._goes_on(found, since, begin):
                group = tour
            if not group:
                continue
            tour, seen = group, True
            since = max(begin, *(site.end for site in reached))
            for site in reached:
                self._visit_site(found, tour, site, start)
        if seen:
            return tour
        tour = tour or self._setting_out(found, text, people, start)
        self._on_the_spot(found, tour or self._at_work(text, people), sites, start, end)
        return tour

    def _opens_clause(self, found: Found, person: Mark, start: int, verb: int) -> bool:
        """Whether a person, with the offices before the name, is the subject of a clause: …，副县长乙到丙镇."""
        clause = max(found.text.rfind(mark, start, person.start) for mark in "，；") + 1
        between = list(found.marks.inside(max(clause, start), person.start))
        first = between[0].start if between else person.start
        return bool(clause) and first - clause <= 4 and "的" not in found.text[person.end : person.end + 1]

    def _goes_on(self, found: Found, start: int, verb: int) -> bool:
        """Whether the clause of a verb has no subject of its own, so that the tour's goes on."""
        clause = max([start, *(found.text.rfind(mark, start, verb) + 1 for mark in "，；")])
        subject = [m for m in found.marks.inside(clause, verb) if m.type != "Event"]
        return not subject or bool(self._words["tour"].search(found.text, clause, verb))

    def _come_along(
        self, found: Found, tour: list[str], people: Sequence[Mark], start: int, end: int
    ) -> None:
        """Adds those whom a clause says to come along."""
        text = found.text[start:end]
        inside = [p for p in people if start <= p.start and p.end <= end]
        along = self._scenes["accompany"].search(text)
        if along is None or not tour or not inside or self._words["part of it"].search(text):
            return
        if not self._words["hosts"].search(text) and self._words["meets"].search(text, 0, along.start()):
            return  # who takes part takes part in the meeting
        self._join(found, tour, inside, start, end)

    def _setting_out(self, found: Found, text: str, people: Sequence[Mark], start: int) -> list[str]:
        """Who goes, where the sites only follow: 县长甲察看污染防治工作，副县长乙参加。"""
        verb = self._scenes["looks into"].search(text)
        events = (m for m in found.marks.inside(start, start + len(text)) if m.type == "Event")
        if (
            verb is None
            or (self._scenes["accompany"].search(text) and self._words["hosts"].search(text))
            or not all(m.anaphor for m in events)
        ):
            return []
        before = [p for p in people if p.end <= start + verb.start()]
        if not before or self._scenes["speech"].search(found.text, before[0].end, start + verb.end()):
            return []
        return list(dict.fromkeys(p.entity for p in before))

    def _looked_into(self, found: Found, sites: Sequence[Mark], start: int, verb: int) -> list[Mark]:
        """就甲项目情况进行现场考察, 对乙项目、丙项目进行了考察: the works before the verb."""
        object_ = self._words["object"].search(found.text, start, verb)
        if object_ is None:
            return []
        return [
            s
            for s in sites
            if object_.start(1) <= s.start < verb and s.type in ("Project", "Park", "Company")
        ]

    def _party(
        self, found: Found, people: Sequence[Mark], verb: int, tour: list[str], text: str
    ) -> list[str]:
        """Who goes: the persons before the verb, or the tour under way when its leader goes on."""
        subjects = [p for p in people if not self._scenes["speech"].search(found.text, p.end, verb)]
        group = list(dict.fromkeys(p.entity for p in subjects))
        if not group:
            return []
        if self._words["led by hosts"].search(text) and tour and self._words["tour"].search(text):
            return [*tour, *(g for g in group if g not in tour)]
        goes_on = bool(tour) and group[0] == tour[0] and len(tour) > len(group)
        return tour if goes_on and not self._words["alone"].search(text) else group

    def _at_work(self, text: str, people: Sequence[Mark]) -> list[str]:
        """Who looks or asks, where no tour is under way: 在某公司，县委书记甲详细了解生产情况."""
        return [people[0].entity] if people and self._words["looks"].search(text) else []

    def _visit_site(self, found: Found, visitors: Sequence[str], site: Mark, start: int) -> None:
        for visitor in visitors:
            found.add(Made("VISITS", visitor, site.entity, start, site.end, "scene:visit", score=0.75))

    def _join(self, found: Found, visitors: list[str], people: Sequence[Mark], start: int, end: int) -> None:
        """Those who come along see what the leader sees; hosts but the place itself (it is theirs)."""
        leader, hosts = visitors[0], self._words["hosts"].search(found.text, start, end)
        for person in people:
            if person.entity in visitors:
                continue
            visitors.append(person.entity)
            for tail in found.tails("VISITS", leader):
                draft = found.registry.drafts[tail]
                if not hosts or draft.type != "Region" or draft.level in ("township", "village"):
                    found.add(Made("VISITS", person.entity, tail, start, end, "scene:accompany", score=0.75))

    def _on_the_spot(
        self, found: Found, visitors: Sequence[str], sites: Sequence[Mark], start: int, end: int
    ) -> None:
        """在位于甲镇的某项目现场，…: a stop of the tour under way."""
        for site in sites:
            if site.type == "Region" or not visitors:
                continue
            lead, after = found.text[start : site.start], found.text[site.end : end]
            if self._words["on the spot"].fullmatch(lead) and self._words["there"].match(after):
                self._visit_site(found, visitors, site, start)
                return

    def _reached(self, found: Found, sites: Sequence[Mark], verb_end: int, end: int) -> list[Mark]:
        """The sites that the words after a verb only list or place."""
        reached: list[Mark] = []
        position = verb_end
        for site in sites:
            if site.start < verb_end:
                continue
            between = found.text[position : site.start]
            persons = any(m.type in PEOPLE for m in found.marks.inside(position, site.start))
            if len(between) > 45 or persons or self._words["no longer"].search(between):
                break
            position = site.end
            after = found.text[site.end : site.end + 2]
            following = found.marks.by_start.get(site.end)
            # 甲省乙市丙县, 古城镇任河村: only the last of a chain is the stop.
            chain = site.type == "Region" and following is not None and following.type in _SITES
            placed = site.type == "Region" and after.startswith(("的", "举行"))
            posted = site.type == "Organization" and following is not None and following.type == "Title"
            owner = site.type == "Company" and following is not None and following.type == "Project"
            if not (chain or placed or posted or owner):
                reached.append(site)
        return reached


def _is_headline(text: str, start: int, end: int) -> bool:
    """A short line of its own without a full stop."""
    alone = (start == 0 or text[start - 1] == "\n") and (end >= len(text) or text[end] == "\n")
    return alone and end - start <= 44 and text[end - 1] not in "。！？；"
