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
        visitors: list[str] = []
        for a, b in found.cuts:
            text = found.text[a:b]
            if self._scenes["dateline"].search(text) or _is_headline(found.text, a, b):
                visitors = []
            marks = found.marks.inside(a, b)
            people = [m for m in marks if m.type in PEOPLE]
            sites = [m for m in marks if m.type in _SITES]
            begin, reached = self._stops(found, text, sites, a, b)
            if reached:
                group = self._party(found, people, begin, visitors, text)
                if group:
                    visitors = group
                elif people and not self._words["tour"].search(text):
                    continue
                for site in reached:
                    self._visit_site(found, visitors, site, a)
            else:
                visitors = visitors or self._setting_out(found, text, people, a)
                self._on_the_spot(found, visitors or self._at_work(text, people), sites, a, b)
            if (
                self._scenes["accompany"].search(text)
                and visitors
                and people
                and not self._words["part of it"].search(text)
            ):
                self._join(found, visitors, people, a, b)

    def _stops(
        self, found: Found, text: str, sites: Sequence[Mark], start: int, end: int
    ) -> tuple[int, list[Mark]]:
        """Where the first verb of visiting that leads to sites begins, and the sites of all."""
        begin = start
        stops: list[Mark] = []
        for verb in self._visit.finditer(text):
            reached = self._reached(found, sites, start + verb.end(), end) or self._looked_into(
                found, sites, start, start + verb.start()
            )
            if reached and not stops:
                begin = start + verb.start()
            stops += [site for site in reached if site not in stops]
        return begin, stops

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
        self, found: Found, people: Sequence[Mark], verb: int, visitors: list[str], text: str
    ) -> list[str]:
        """Who goes: the persons before the verb, or the tour under way when its leader goes on."""
        subjects = [
            p for p in people if p.end <= verb and not self._scenes["speech"].search(found.text, p.end, verb)
        ]
        group = list(dict.fromkeys(p.entity for p in subjects))
        if not group:
            return [] if people and not self._words["tour"].search(text) else visitors
        if self._words["led by hosts"].search(text) and visitors and self._words["tour"].search(text):
            return [*visitors, *(g for g in group if g not in visitors)]
        goes_on = bool(visitors) and group[0] == visitors[0] and len(visitors) > len(group)
        return visitors if goes_on and not self._words["alone"].search(text) else group

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
