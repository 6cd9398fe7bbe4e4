"""Who attends which event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kg.lexicon import alternation, load_lexicon
from kg.link.found import Found, Made
from kg.link.marks import PEOPLE, Mark
from kg.link.scenes import Scenes
from kg.wording import load_wording

_CLAUSE = re.compile("[，；。！\n]")


class Attendance:
    """Finds ATTENDS; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._held = Scenes(schemas)
        self._scenes = load_wording(schemas, "scenes")
        self._words = load_wording(schemas, "attendance")
        self._says = re.compile(f"{self._scenes['speech'].pattern}|{self._words['tells'].pattern}")
        verbs = load_lexicon(schemas / "lexicons" / "speech.txt")["attend"]
        plain = alternation(sorted(verbs, key=len, reverse=True))
        self._attend = re.compile(rf"(?<![不未没])(?<!没有)(?:{plain}|{self._words['acts'].pattern})")

    def read(self, found: Found) -> None:
        """Persons in the sentences of a scene: where its event is held, and those after it that act in it."""
        current: Mark | None = None
        listed = False
        for a, b in found.cuts:
            text = found.text[a:b]
            if self._scenes["dateline"].search(text) or self._words["new day"].match(text):
                current = None
            marks = found.marks.inside(a, b)
            people = [m for m in marks if m.type in PEOPLE and not self._away(found.text, a, m, b)]
            named = [m for m in marks if m.type == "Event"]
            events = [m for m in named if self._is_scene(found, m, b)]
            for number, event in enumerate(events):
                stop = events[number + 1].start if number + 1 < len(events) else b
                since = events[number - 1].end if number else a
                self._attendance(found, event, [p for p in people if since <= p.start < stop], a, stop)
            self._speeches(found, named, people)
            if events:
                current = events[-1]
                found.tour = bool(self._scenes["looks into"].search(text))
            elif (
                current is not None
                and all(m.entity == current.entity for m in named)
                and not self._words["aside"].match(text.lstrip())
            ):
                self._act(found, current, people, a, b)
            if current is not None:
                listed = self._listed(found, current, people, a, b, listed=listed)

    def _away(self, text: str, start: int, person: Mark, end: int) -> bool:
        """Whether a person is only quoted or an owner, or said not to be here."""
        absent = self._words["absent"].match(text, person.end, end)
        sends = absent and self._words["sends"].search(text, start, person.start)
        others = absent and absent.group().endswith("委托") and not sends
        reporter = self._words["reporter"].search(text, start, person.start)
        owner = self._words["his own"].match(text, person.end)
        away = owner or reporter or (absent and not others)
        return bool(away or _in_speech(text, start, person.start))

    def _is_scene(self, found: Found, event: Mark, end: int) -> bool:
        name = found.registry.drafts[event.entity].name
        if event.anaphor:
            return not self._held.spoken_of(found.text, event.start, event.end, name)
        return self._held.held(found.text, event.start, event.end, name, end)

    def _speeches(self, found: Found, events: Sequence[Mark], people: Sequence[Mark]) -> None:
        """甲在某大会上的讲话; and the heading of a speech with its speaker below."""
        text, words = found.text, self._words
        for event in events:
            if not words["speech given"].match(text, event.end):
                continue
            speaker = next((p for p in reversed(people) if p.end <= event.start), None)
            if speaker is not None and words["speaker"].match(text[speaker.end : event.start]):
                self._add(found, speaker, event, speaker.start, event.end)
                continue
            below = words["below"].match(text, event.end)
            near = found.marks.inside(event.end, event.end + 90) if below else []
            speaker = next((m for m in near if m.type in PEOPLE), None)
            if below and speaker is not None and words["below"].fullmatch(text, event.end, speaker.start):
                self._add(found, speaker, event, speaker.start, speaker.end)

    def _attendance(self, found: Found, event: Mark, people: Sequence[Mark], start: int, end: int) -> None:
        text = found.text
        before_event = text[max(start, event.start - 8) : event.start]
        comes = bool(self._words["comes to"].search(before_event))
        cuts = self._words["cut"].match(text, event.end) is not None
        upon = bool(self._words["upon it"].match(text[event.end : end]))
        for person in people:
            if self._words["quoted"].search(text, event.end, person.start):
                continue
            if person.end <= event.start:
                near = text[person.end : event.start]
                if "；" in near:
                    continue
                fits = len(near) < 70 and bool(
                    self._attend.search(near) or self._words["leads to"].search(near)
                )
                fits = fits or ((comes or cuts) and not self._scenes["speech"].search(near))
                fits = fits or (upon and len(near) < 12)
            else:
                fits = (
                    comes
                    or bool(self._attend.search(text, person.end, end))
                    or bool(self._words["at meeting"].search(text, start, person.start))
                    or bool(self._words["invites"].search(text[event.end : person.start]))
                    or (upon and self._acts_in_clause(text, event.end, person))
                )
                fits = fits or bool(self._words["at meeting"].match(text, person.end))
            if fits:
                self._add(found, person, event, min(start, person.start), end)

    def _act(self, found: Found, event: Mark, people: Sequence[Mark], start: int, end: int) -> None:
        """In the sentences after: who speaks or is listed there with a verb of attendance."""
        text = found.text[start:end]
        at_meeting = self._words["at meeting"].search(found.text, start, end)
        along = self._scenes["accompany"].search(text) and (
            self._scenes["looks into"].search(text) or found.tour
        )
        for person in people:
            if self._words["quoted"].search(found.text, start, person.start):
                continue
            rest = found.text[person.end : end]
            invited = self._words["invited"].search(found.text, start, person.start)
            heard = self._words["heard"].search(found.text, start, person.start)
            gives = heard and self._words["gives"].match(rest)
            there = at_meeting is not None and (
                self._scenes["speech"].search(rest[:24])
                or self._words["signs"].search(rest[:60])
                or self._acts_in_clause(found.text, at_meeting.end(), person)
            )
            won = self._words["won by"].search(found.text, start, person.start)
            if there or invited or gives or won or (self._does(found, person, end) and not along):
                self._add(found, person, event, start, end)

    def _listed(
        self, found: Found, event: Mark, people: Sequence[Mark], start: int, end: int, *, listed: bool
    ) -> bool:
        """Adds those named after 出席大会的领导有：, and on the lines below; whether the list may go on below."""
        head = self._words["listed"].search(found.text, start, end)
        if head is None and not listed:
            return False
        since = head.end() if head else start
        line = found.text[since:end].rstrip()
        if head is None:
            if not people:
                return len(line) < 30 and not _CLAUSE.search(line)  # an office, the name is below
            others = len(re.sub(r"\s", "", line)) - sum(p.end - p.start for p in people)
            whole = people[-1].end >= since + len(line) or others < 9
            if not whole or line.endswith("。"):
                return False
        for person in people:
            if person.start >= since:
                self._add(found, person, event, start, end)
        return not line.endswith("。")

    def _does(self, found: Found, person: Mark, end: int) -> bool:
        """Whether a verb of attendance follows a person: in the same clause, the next, or after more persons."""
        text, at, gap = found.text, person.end, 0
        while at < end:
            mark = _CLAUSE.search(text, at, end)
            stop = mark.start() if mark else end
            verb = self._attend.search(text, at, stop)
            speech = self._says.search(text, at, stop)
            other = verb and self._words["another event"].match(text, verb.start(), end)
            if other and not any(m.type == "Event" for m in found.marks.inside(other.start(), other.end())):
                return False
            if verb and (not speech or verb.start() <= speech.start()):
                return "书面" not in verb.group()
            if (speech and stop - speech.end() < 3) or gap > 1:
                return False
            at = stop + 1
            listed = any(m.type in PEOPLE for m in found.marks.inside(person.end, stop))
            gap = gap + (not listed)
        return False

    def _acts_in_clause(self, text: str, since: int, person: Mark) -> bool:
        """Whether a person begins a clause after a position as its subject."""
        if person.start < since:
            return False
        clause = max([m.end() for m in _CLAUSE.finditer(text, since, person.start)] or [since])
        return not self._words["no subject"].search(text, clause, person.start)

    def _add(self, found: Found, person: Mark, event: Mark, start: int, end: int) -> None:
        found.add(Made("ATTENDS", person.entity, event.entity, start, end, "scene:attend", score=0.8))


def _in_speech(text: str, start: int, position: int) -> bool:
    """Whether a position lies in a quotation that is longer than a name."""
    opening = text.rfind("“", start, position)
    if opening < 0 or "”" in text[opening:position]:
        return False
    return text.find("”", position, position + 300) > opening + 20 or "，" in text[opening:position]
