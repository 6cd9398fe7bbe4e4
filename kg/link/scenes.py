"""Scenes: who attends which event, who visits which place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.lexicon import load_lexicon
from kg.link.found import Found, Made
from kg.link.marks import Mark

_PEOPLE = ("Official", "Person")
_SITES = ("Company", "Project", "Park", "Region", "Organization")
_PARTY = re.compile(r"一行|率队|率领|带队|率.{0,12}?(?:代表团|考察团|考察组|调研组|一行)")
_CLAUSE = re.compile(r"[，。；！？]")
_ACCOMPANY = re.compile(r"陪同|(?:参加|一同|一起|随同|参与)(?:了)?(?:调研|考察|走访|检查|活动|察看)?(?=[。；，]|$)")
_PART = re.compile(r"分段陪同|分别陪同")
_NEGATED = re.compile(r"(?:因故|原计划|原定|取消|推迟|未能|没有|不再|拟|计划于|将于|即将|定于)")


class Scenes:
    """Finds ATTENDS and VISITS; holds the verbs."""

    def __init__(self, schemas: Path) -> None:
        speech = load_lexicon(schemas / "lexicons" / "speech.txt")
        self._attend = re.compile("|".join(sorted(map(re.escape, speech["attend"]), key=len, reverse=True)))
        self._visit = re.compile("|".join(sorted(map(re.escape, speech["visit"]), key=len, reverse=True)))

    def read(self, found: Found) -> None:
        """Adds ATTENDS and VISITS."""
        self._events(found)
        self._visits(found)

    def _events(self, found: Found) -> None:
        """A person in a sentence about an event, with a verb of attendance."""
        for paragraph, (start, end) in _paragraphs(found.text):
            current: Mark | None = None
            for a, b in _sentences(found, start, end):
                marks = found.marks.inside(a, b)
                events = [m for m in marks if m.type == "Event"]
                people = [m for m in marks if m.type in _PEOPLE]
                text = found.text[a:b]
                if events and _NEGATED.search(text) and "举行" not in text and "召开" not in text:
                    current = None
                    continue
                for number, event in enumerate(events):
                    stop = events[number + 1].start if number + 1 < len(events) else b
                    self._attendance(found, event, [p for p in people if p.start < stop], a, stop)
                if events:
                    current = events[-1]
                elif current is not None and people and self._attend.search(text):
                    self._attendance(found, current, people, a, b)

    def _attendance(self, found: Found, event: Mark, people: Iterable[Mark], start: int, end: int) -> None:
        text = found.text
        clause_start = start
        for person in people:
            after = text[person.end : end]
            if person.end <= event.start:
                near = text[person.end : event.start]
                fits = len(near) < 60 and bool(self._attend.search(near) or re.search(r"在[^，。]{0,6}$|代表", near))
            else:
                near = text[event.end : person.start]
                fits = bool(self._attend.search(after)) or bool(re.search(r"(?:出席|参加|列席|由)[^。]*$", near))
            if fits:
                found.add(Made("ATTENDS", person.entity, event.entity, min(clause_start, person.start), end, "scene:attend", score=0.8))

    def _visits(self, found: Found) -> None:
        """Visitors of a tour, carried from sentence to sentence, and the sites named after the verbs."""
        for _, (start, end) in _articles(found.text):
            visitors: list[str] = []
            leader = ""
            for a, b in _sentences(found, start, end):
                text = found.text[a:b]
                marks = found.marks.inside(a, b)
                verb = self._visit.search(text)
                people = [m for m in marks if m.type in _PEOPLE]
                if _ACCOMPANY.search(text) and leader and people and not _PART.search(text):
                    joiners = [p.entity for p in people if p.entity not in visitors]
                    for joiner in joiners:
                        visitors.append(joiner)
                        for tail in found.tails("VISITS", leader):
                            found.add(Made("VISITS", joiner, tail, a, b, "scene:accompany", score=0.75))
                    if not verb or not any(m.type in _SITES for m in marks if m.start > a + verb.end()):
                        continue
                if not verb:
                    continue
                subjects = [p for p in people if p.end <= a + verb.start() and not _CLAUSE.search(re.sub("，(?=[^，]{0,3}$)", "", found.text[p.end : a + verb.start()]).replace("，", "", 1))]
                sites = [m for m in marks if m.type in _SITES and m.start >= a + verb.end() and self._reached(found, m, a + verb.end(), b)]
                if not sites:
                    continue
                if subjects:
                    group = [p.entity for p in subjects]
                    if group[-1] not in visitors:
                        visitors = group
                    leader = visitors[0]
                elif not visitors or (people and not _PARTY.search(text)):
                    continue
                for site in sites:
                    for visitor in visitors:
                        found.add(Made("VISITS", visitor, site.entity, a, site.end, "scene:visit", score=0.75))

    def _reached(self, found: Found, site: Mark, verb_end: int, end: int) -> bool:
        """Whether the words between the verb and a site only list or place it."""
        between = found.text[verb_end : site.start]
        if len(between) > 60 or "。" in between:
            return False
        after = found.text[site.end : site.end + 2]
        if site.type == "Region" and (after.startswith("的") or after.startswith("举行")):
            return False
        if site.type == "Organization" and after.startswith(("局长", "主任", "书记")):
            return False
        if any(m.type in _PEOPLE for m in found.marks.inside(verb_end, site.start)):
            return False
        return not re.search(r"[，；](?!.{0,6}(?:来到|走进|深入|到|在|察看|前往))|指出|强调|表示|说", between)


def _paragraphs(text: str) -> Iterable[tuple[int, tuple[int, int]]]:
    start = 0
    for number, line in enumerate(text.split("\n")):
        yield number, (start, start + len(line))
        start += len(line) + 1


def _articles(text: str) -> Iterable[tuple[int, tuple[int, int]]]:
    """The whole text: a tour goes on over paragraphs until another leader starts one."""
    yield 0, (0, len(text))


def _sentences(found: Found, start: int, end: int) -> list[tuple[int, int]]:
    return [(a, b) for a, b in found.cuts if start <= a < end]
