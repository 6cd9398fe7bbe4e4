"""Who builds a work and who pays for it, also where the firm or the work was named in an earlier clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from kg.link.clauses import Masked, Piece
from kg.link.employers import employed
from kg.link.found import Found, Made
from kg.link.marks import PEOPLE, Mark
from kg.wording import Wording, load_wording

_FIRMS = "ⒸⓄ"
_SUBJECTS = ("Company", "Organization")
_PLACES = ("Region", "Park")
_FAR = 160
_LABEL = 40
_FRONT = 10
_HEAD = 6
_LONG = 60


class Works:
    """Finds BUILDS and INVESTS_IN; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "works")

    def read(self, found: Found, masked: Masked) -> None:
        """Adds BUILDS and INVESTS_IN."""
        self._persons(found, masked)
        for name in ("listed", "office first", "office of", "manager first"):
            for match in self._words[name].finditer(masked.text):
                _Reading(found, masked, self._words).matched(match, pays=name == "listed")
        for paragraph in masked.paragraphs:
            letters = masked.letters(paragraph)
            if not (letters & set("ⒸⓄ") and letters & set("ⓅⓀ")):
                continue
            reading = _Reading(found, masked, self._words)
            for sentence in paragraph:
                reading.sentence = sentence
                reading.paid = False
                for clause in masked.clauses(sentence):
                    reading.clause(*clause)

    def _persons(self, found: Found, masked: Masked) -> None:
        """王某投资80万元建起甲基地."""
        for match in self._words["person pays"].finditer(masked.text):
            if self._words["not done"].search(match.group()):
                continue
            for person in masked.mentions(*match.span("person"), "Ⓝ"):
                if person.type == "Official":
                    continue  # it is public money
                for work in masked.mentions(*match.span("works"), "ⓅⒸ"):
                    found.add(
                        Made(
                            "INVESTS_IN", person.entity, work.entity, *match.span(), "clause:work", score=0.8
                        )
                    )


@dataclass(slots=True)
class _Reading:
    """A paragraph as far as it has been read.

    Attributes:
        found: The document.
        masked: Its text.
        words: The wording.
        sentence: The sentence at hand.
        firms: The subject that puts up works.
        paid: Whether that subject was said, in this sentence, to put in money.
        work: The work spoken of last.
    """

    found: Found
    masked: Masked
    words: Wording
    sentence: Piece = (0, 0)
    firms: list[Mark] = field(default_factory=list)
    paid: bool = False
    work: list[Mark] = field(default_factory=list)

    def clause(self, start: int, end: int) -> None:
        """Reads one clause, then notes what it is about."""
        dead = self.words["not done"].search(self.masked.text, start, end)
        alive = dead.start() if dead else end  # what is told before those words holds
        for match in self.words["of"].finditer(self.masked.text, start, alive):
            self.matched(match, pays=bool(self.words["puts in"].search(match.group("does"))))
        by_another = self._passive(start, alive)
        self._told(start, alive)
        if not by_another:
            self._signed(start, alive)
            self._worth(start, alive)
            self._with_object(start, alive)
        self._note(start, end, alive=dead is None)

    def matched(self, match: re.Match[str], *, pays: bool) -> None:
        """Adds what a pattern with firms and works found."""
        firms = self.masked.mentions(*match.span("firms"), _FIRMS)
        self._add(firms, self.masked.mentions(*match.span("works"), "ⓅⓀ"), match.span(), pays=pays)

    def _note(self, start: int, end: int, *, alive: bool) -> None:
        marks = self.masked.mentions(start, end)
        named = [m for m in marks if m.type == "Project"][-1:]
        self.work = named or self.work
        first = next((m for m in marks if m.type not in _PLACES), None)
        if alive and first and first.type in _SUBJECTS:
            if not self.words["not first"].search(self.masked.text, start, first.start):
                whole = self.words["firms"].match(self.masked.text, first.start)
                firms = self.masked.mentions(*whole.span(), _FIRMS) if whole else [first]
                self.firms = [f for f in firms if f.type == "Company"] or firms
                self.paid = bool(self.words["puts in"].search(self.masked.text, first.end, end))
        elif first and (firm := self._speaker(first)):
            self.firms, self.paid = [firm], False
        elif first and first.start - start < (_FRONT if first.type == "Project" else _HEAD):
            self.firms, self.paid = [], False
        elif self.words["puts in"].search(self.masked.text, start, end):
            self.paid = True

    def _speaker(self, person: Mark) -> Mark | None:
        """The firm of a manager who speaks: 总经理某说，再投3亿元，上马甲项目."""
        firm = employed(self.found, person) if person.type in PEOPLE else None
        return firm if firm and firm.type == "Company" else None

    def _passive(self, start: int, end: int) -> bool:
        """项目由甲投资、乙承建; 由甲建设的项目."""
        text, done = self.masked.text, False
        for match in self.words["by"].finditer(text, start, end):
            does = match.group("does")
            firms = self._by_whom(match)
            behind = self.words["built by"].search(text, match.start("does"), end)
            if behind:
                works = self.masked.mentions(*behind.span(), "Ⓟ")
            elif "Ⓟ" in does:
                works = self.masked.mentions(*match.span("does"), "Ⓟ")
            elif self.words["of another"].search(does):
                works = []
            else:
                works = self.masked.mentions(start, match.start(), "ⓅⓀ")[-1:] or self._spoken_of(
                    match.start()
                )
            pays, builds = self.words["puts in"].search(does), self.words["does by"].search(does)
            if works and self.words["through"].search(does):
                self._add(firms, works, match.span(), pays=True, builds=False)
                firms = self.masked.mentions(match.end(), match.end() + 1, _FIRMS)
                pays = builds = self.words["verb"].search(text, match.end(), end)
            if not works or not (pays or builds) or self.words["founds"].search(does):
                continue
            firms = [f for f in firms if not self.words["sees to"].search(f.text)]
            self.work = works
            self._add(firms, works, match.span(), pays=bool(pays))
            done = True
        return done

    def _by_whom(self, match: re.Match[str]) -> list[Mark]:
        """The firms behind 由, or those that 它, 后者, 前者 or 双方 stand for."""
        if match.group("firms"):
            return self.masked.mentions(*match.span("firms"), _FIRMS)
        firms = self.masked.mentions(self.sentence[0], match.start(), "Ⓒ") or self.firms
        if match.group("it") in ("双方", "两家"):
            return firms[-2:]
        return firms[:1] if match.group("it") == "前者" else firms[-1:]

    def _spoken_of(self, position: int) -> list[Mark]:
        """The work that a stretch without one is about: the last one named, if no other seems to be meant."""
        if not self.work or self.work[0].start < position - _FAR:
            return []
        since = max(self.sentence[0], self.work[0].end)
        between = self.words["same work"].sub("", self.masked.text[since:position])
        return [] if self.words["other work"].search(between) else self.work

    def _with_object(self, start: int, end: int) -> None:
        """甲投资…建设项目, also with 甲 in an earlier clause."""
        text, paid = self.masked.text, False
        for verb in self.words["verb"].finditer(text, start, end):
            paid = paid or bool(self.words["puts in"].match(text, verb.start()))
            works = self.words["object"].match(text, verb.end(), end)
            firms = self._subject(start, verb.start()) if works else []
            if works and firms:
                pays = paid or (self.paid and firms is self.firms)
                span = (firms[0].start, works.end("works"))
                self._add(firms, self.masked.mentions(*works.span("works"), "ⓅⓀ"), span, pays=pays)
                return

    def _subject(self, start: int, verb: int) -> list[Mark]:
        """The firms that do what a verb says; the topic where the clause names none."""
        text = self.masked.text
        before = self.masked.mentions(start, verb)
        firms = [m for m in before if m.type in _SUBJECTS]
        if not firms:
            both = self.words["both"].match(text, start, verb)
            since = both.end() if both else start
            alone = verb - start < _LONG and self.words["no subject"].fullmatch(text, since, verb)
            if both and alone:
                return self.masked.mentions(self.sentence[0], start, _FIRMS)[-2:]
            return self.firms if alone else []
        last = first = firms[-1]
        if any(m.start > last.start and m.type not in _PLACES for m in before):
            return []
        if verb - last.end > _LABEL or self.words["not first"].search(text, start, last.start):
            return []
        for firm in reversed(firms[:-1]):
            if self.words["joined"].fullmatch(text, firm.end, first.start):
                first = firm
        return [f for f in firms if f.start >= first.start]

    def _told(self, start: int, end: int) -> None:
        """项目…，乙施工; 施工单位：乙; 承建的乙."""
        for name in ("told", "told to pay"):
            reach = min(end + _LABEL, self.sentence[1])  # a label and its firm are two clauses
            for match in self.words[name].finditer(self.masked.text, start, reach):
                if match.start() >= end:
                    break
                works = self.masked.mentions(start, match.start(), "Ⓟ")[-1:]
                works = works or self._spoken_of(match.start())
                firms = self.masked.mentions(*match.span(match.lastgroup or 0), _FIRMS)
                pays = name == "told to pay"
                self._add(firms, works, match.span(), pays=pays, builds=not pays)

    def _signed(self, start: int, end: int) -> None:
        """某县与甲公司签订乙项目投资协议; 就乙项目签约."""
        sign = self.words["signs"].search(self.masked.text, start, end)
        works = self.masked.mentions(start, end, "Ⓟ") if sign else []
        if sign and works:
            firms = {m.entity: m for m in self.masked.mentions(start, sign.start(), "Ⓒ")}
            firms = firms or {m.entity: m for m in self.firms if m.type == "Company"}
            if len(firms) == 1:
                self._add(list(firms.values()), works, (start, end), pays=True, builds=False)

    def _worth(self, start: int, end: int) -> None:
        """甲公司…，总投资3亿元的乙项目开工."""
        worth = self.words["worth"].search(self.masked.text, start, end)
        firms = [f for f in self.firms if f.type == "Company"]
        if worth and len(firms) == 1:
            self._add(firms, self.masked.mentions(*worth.span("works"), "Ⓟ"), worth.span(), pays=True)

    def _add(
        self, firms: list[Mark], works: list[Mark], span: Piece, *, pays: bool, builds: bool = True
    ) -> None:
        for firm in firms:
            for work in works:
                low, high = min(span[0], work.start, firm.start), max(span[1], work.end, firm.end)
                for relation, holds in (("INVESTS_IN", pays), ("BUILDS", builds)):
                    if holds:
                        self.found.add(
                            Made(relation, firm.entity, work.entity, low, high, "clause:work", score=0.8)
                        )
