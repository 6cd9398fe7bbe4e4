"""Who attends which event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kg.lexicon import load_lexicon
from kg.link.found import Found, Made
from kg.link.marks import PEOPLE, Mark
from kg.wording import load_wording


class Attendance:
    """Finds ATTENDS; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._scenes = load_wording(schemas, "scenes")
        self._words = load_wording(schemas, "attendance")
        verbs = load_lexicon(schemas / "lexicons" / "speech.txt")["attend"]
        self._attend = re.compile("|".join(sorted(map(re.escape, verbs), key=len, reverse=True)))

    def read(self, found: Found) -> None:
        """Persons in the sentences of a scene: where its event is held, and those after it that act in it."""
        current: Mark | None = None
        for a, b in found.cuts:
            text = found.text[a:b]
            if self._scenes["dateline"].search(text) or self._words["new day"].match(text):
                current = None
            marks = found.marks.inside(a, b)
            people = [m for m in marks if m.type in PEOPLE]
            events = [m for m in marks if m.type == "Event" and self._is_scene(found, m, a, b)]
            for number, event in enumerate(events):
                stop = events[number + 1].start if number + 1 < len(events) else b
                since = events[number - 1].end if number else a
                self._attendance(found, event, [p for p in people if since <= p.start < stop], a, stop)
            if events:
                current = events[-1]
                found.tour = bool(self._scenes["looks into"].search(text))
            elif current is not None and people and not any(m.type == "Event" for m in marks):
                self._act(found, current, people, a, b)

    def _is_scene(self, found: Found, event: Mark, start: int, end: int) -> bool:
        before, after = found.text[start : event.start], found.text[event.end : end]
        if (
            self._words["called off"].search(before[-12:])
            or self._words["called off"].match(after)
            or self._words["put off"].match(after)
        ):
            return False
        if (
            self._words["only spoken of"].search(before)
            or self._words["spirit"].match(after)
            or self._words["national"].match(found.registry.drafts[event.entity].name)
        ):
            return False
        return (
            event.anaphor
            or bool(self._words["takes place"].match(after))
            or bool(self._words["is at"].search(before))
            or not after.strip("。！\n")
        )

    def _attendance(self, found: Found, event: Mark, people: Sequence[Mark], start: int, end: int) -> None:
        text = found.text
        before_event = text[max(start, event.start - 8) : event.start]
        comes = bool(self._words["comes to"].search(before_event))
        for person in people:
            if person.end <= event.start:
                near = text[person.end : event.start]
                fits = len(near) < 70 and bool(
                    self._attend.search(near) or self._words["leads to"].search(near)
                )
                fits = fits or (comes and not self._scenes["speech"].search(near))
                fits = fits or (bool(self._words["upon it"].match(text[event.end : end])) and len(near) < 12)
            else:
                fits = (
                    comes
                    or bool(self._attend.search(text, person.end, end))
                    or bool(self._words["at meeting"].search(text, start, person.start))
                    or bool(self._words["invites"].search(text[event.end : person.start]))
                )
                fits = fits or bool(self._words["at meeting"].match(text, person.end))
            if fits:
                self._add(found, person, event, min(start, person.start), end)

    def _act(self, found: Found, event: Mark, people: Sequence[Mark], start: int, end: int) -> None:
        """In the sentences after: who speaks or is listed there with a verb of attendance."""
        text = found.text[start:end]
        at_meeting = self._words["at meeting"].search(text)
        verb = self._attend.search(text)
        for person in people:
            if self._words["quoted"].search(found.text, start, person.start):
                continue
            rest = found.text[person.end : end]
            acts = self._attend.match(self._words["passing"].sub("", rest)) or self._attend.search(rest)
            along = self._scenes["accompany"].search(text) and (
                self._scenes["looks into"].search(text) or found.tour
            )
            if (verb and acts and not along) or (
                at_meeting
                and (self._scenes["speech"].search(rest[:24]) or self._words["signs"].search(rest[:60]))
            ):
                self._add(found, person, event, start, end)

    def _add(self, found: Found, person: Mark, event: Mark, start: int, end: int) -> None:
        found.add(Made("ATTENDS", person.entity, event.entity, start, end, "scene:attend", score=0.8))
