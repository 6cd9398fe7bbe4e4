"""Who builds a work and who pays for it, read clause by clause in one paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.link.clauses import Masked, Piece
from kg.link.employers import employed
from kg.link.found import Found, Made
from kg.link.marks import PEOPLE, Mark
from kg.screen import Screened
from kg.wording import Wording

_FIRMS = "ⒸⓄ"
_SUBJECTS = ("Company", "Organization")
_PLACES = ("Region", "Park")
_FAR = 160
_LABEL = 40
_FRONT = 10
_HEAD = 6
_LONG = 60
TOLD = ("told", "told to pay", "told with sum")


@dataclass(slots=True)
class WorkClauses:
    """A paragraph as far as it has been read.

    Attributes:
        found: The document.
        masked: Its text.
        words: The wording.
        tellings: Where the ways of `TOLD` can stand.
        sentence: The sentence at hand.
        paragraph: Where its paragraph begins.
        firms: The subject that puts up works.
        paid: Whether that subject was said, in this sentence, to put in money.
        work: The work spoken of last.
    """

    found: Found
    masked: Masked
    words: Wording
    tellings: Screened
    sentence: Piece = (0, 0)
    paragraph: int = 0
    firms: list[Mark] = field(default_factory=list)
    paid: bool = False
    work: list[Mark] = field(default_factory=list)

    def clause(self, start: int, end: int) -> None:
        """Reads one clause, then notes what it is about."""
        dead = self.words["not done"].search(self.masked.text, start, end)
        alive = dead.start() if dead else end  # what is told before those words holds
        self._given(start, alive)
        by_another = self._passive(start, alive)
        self._told(start, alive)
        if self.firms and self.words["elided"].fullmatch(self.masked.text, start, alive):
            self._add(self.firms, self._spoken_of(start), (self.firms[0].start, alive), pays=False)
        if not by_another:
            self._signed(start, alive)
            self._worth(start, alive)
            self._with_object(start, alive)
        self._note(start, end, alive=dead is None)

    def matched(self, match: re.Match[str], *, pays: bool) -> None:
        """Adds what a pattern with firms and works found."""
        firms = self.masked.mentions(*match.span("firms"), _FIRMS)
        firms = [f for f in firms if not self.words["sees to"].search(f.text)]
        self._add(firms, self.masked.mentions(*match.span("works"), "ⓅⓀ"), match.span(), pays=pays)

    def _given(self, start: int, end: int) -> None:
        """项目由王某捐资建设: a person's money for the work spoken of."""
        match = self.words["person by"].search(self.masked.text, start, end)
        for person in self.masked.mentions(*match.span("person")) if match else ():
            works = self.masked.mentions(start, person.start, "Ⓟ")[-1:] or self._spoken_of(person.start)
            if person.type == "Person":
                self._add([person], works, (person.start, end), pays=True, builds=False)

    def copula(self) -> None:
        """项目是甲投资建设的; also over a comma: 项目，是甲代建的."""
        text = self.masked.text
        for match in self.words["of"].finditer(text, *self.sentence):
            clause = max(self.sentence[0], *(text.rfind(mark, 0, match.start()) + 1 for mark in "，；："))
            if not self.words["not done"].search(text, clause, match.end()):
                self.matched(match, pays=bool(self.words["puts in"].search(match.group("does"))))

    def _topic(self, start: int, end: int, marks: list[Mark]) -> list[Mark]:
        """The work that a clause leaves the next ones to speak of."""
        text = self.masked.text
        named = [m for m in marks if m.type == "Project"][-1:]
        if named:
            return named
        zone = self.words["heading"].fullmatch(text, start, end)
        if zone is None and not self.words["settles"].search(text, start, end):
            zone = self.words["zone topic"].search(text, start, end)
        return self.masked.mentions(*zone.span(zone.lastgroup or 0)) if zone else self.work

    def _note(self, start: int, end: int, *, alive: bool) -> None:
        text, marks = self.masked.text, self.masked.mentions(start, end)
        self.work = self._topic(start, end, marks)
        founded = self.words["new firm"].search(text, start, end) if alive else None
        part = self.words["by part"].search(text, start, end) if alive else None
        if founded:
            self.firms, self.paid = self.masked.mentions(*founded.span("firm"), "Ⓒ"), False
            return
        if part and self.firms:
            self.firms = self.masked.mentions(*part.span("firm"), _FIRMS)
            return
        both = self.words["both"].match(text, start, end)
        if both and not self.masked.mentions(start, end, _FIRMS):
            self.firms = self._pair(start, both.group("kind"))
            self.paid = bool(self.words["puts in"].search(text, start, end))
            return
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
                works = self.masked.mentions(*behind.span(), "Ⓟ") or self.masked.mentions(*behind.span(), "Ⓚ")
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
            if pays and match.group("firms"):
                parents = self.masked.mentions(match.start(), match.start("firms"), "Ⓒ")
                between = self.masked.text[match.start() : match.start("firms")]
                if self.words["parent pays"].search(between):
                    self._add(parents, works, match.span(), pays=True, builds=False)
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
        if not self.masked.mentions(start, end, "ⓅⓀ"):
            return
        for verb in self.words["verb"].finditer(text, start, end):
            paid = paid or bool(self.words["puts in"].match(text, verb.start()))
            works = self.words["object"].match(text, verb.end(), end)
            relative = works and text.find("的", verb.end(), works.start("works")) >= 0
            firms = self._subject(start, verb.start(), relative=bool(relative)) if works else []
            if works and firms:
                pays = paid or (self.paid and firms is self.firms)
                span = (firms[0].start, works.end("works"))
                marks = self.masked.mentions(*works.span("works"), "ⓅⓀ")
                owner = not self.words["only works"].match(text, verb.start())
                told = self.words["sum before"].search(text, verb.end(), works.start("works"))
                told = told or self.words["sum behind"].match(text, works.end("works"), self.sentence[1])
                pays = pays or bool(owner and told and firms[0].type == "Company")
                self._add(firms, marks, span, pays=pays)
                if pays:
                    self._add(self._parents(firms, verb.start()), marks, span, pays=True, builds=False)
                return

    def _parents(self, firms: list[Mark], position: int) -> list[Mark]:
        """The firm that does it through a subsidiary: 甲出资3亿元，通过子公司乙，建起丙项目."""
        for part in self.words["by part"].finditer(self.masked.text, self.sentence[0], position):
            if part.start("firm") <= firms[0].start < part.end("firm"):
                return self.masked.mentions(self.sentence[0], part.start(), "Ⓒ")[-1:]
        return []

    def _subject(self, start: int, verb: int, *, relative: bool) -> list[Mark]:
        """The firms that do what a verb says; the topic where the clause names none.

        Args:
            start: Where the clause begins.
            verb: Where the verb does.
            relative: Whether it stands before its work: 在甲承建的乙大桥.
        """
        text = self.masked.text
        before = self.masked.mentions(start, verb)
        firms = [m for m in before if m.type in _SUBJECTS]
        if not firms:
            both = self.words["both"].match(text, start, verb)
            since = both.end() if both else start
            alone = verb - start < _LONG and self.words["no subject"].fullmatch(text, since, verb)
            if both and alone:
                return self._pair(start, both.group("kind"))
            if not alone:
                return []
            quoted = self.words["speaker behind"].match(text, verb) if "我们" in text[start:verb] else None
            if relative and self.firms and self.firms[0].start < self.sentence[0]:
                return [
                    f for f in self.firms if f.type == "Company"
                ]  # 正在建设的项目 is nobody's in particular
            return self.masked.mentions(*quoted.span("firms")) if quoted else self.firms
        last = first = firms[-1]
        if any(m.start > last.start and m.type not in _PLACES for m in before):
            return []
        no_subject = self.words["not first relative" if relative else "not first"]
        if self.words["speaks of it"].match(text, last.end):
            return []
        if verb - last.end > _LABEL or no_subject.search(text, start, last.start):
            return []
        for firm in reversed(firms[:-1]):
            if self.words["joined"].fullmatch(text, firm.end, first.start):
                first = firm
        return [f for f in firms if f.start >= first.start]

    def _pair(self, position: int, kind: str | None) -> list[Mark]:
        """The two firms that 双方 or 两家合作社 stands for."""
        for since in (self.sentence[0], self.paragraph):
            marks = self.masked.mentions(since, position, _FIRMS)
            firms = {m.entity: m for m in marks if not kind or m.text.endswith(kind)}
            if len(firms) > 1:
                return list(firms.values())[-2:]
        return []

    def _told(self, start: int, end: int) -> None:
        """项目…，乙施工; 施工单位：乙; 承建的乙."""
        if not self.masked.mentions(start, min(end + _LABEL, self.sentence[1]), _FIRMS):
            return
        reach = min(end + _LABEL, self.sentence[1])  # a label and its firm are two clauses
        for name in self.tellings.possible(start, reach):
            for match in self.words[name].finditer(self.masked.text, start, reach):
                if match.start() >= end:
                    break
                works = self.masked.mentions(start, match.start(), "Ⓟ")[-1:]
                works = works or self._zone(match.start()) or self._spoken_of(match.start())
                firms = self.masked.mentions(*match.span(match.lastgroup or 0), _FIRMS)
                if name == "told with sum" and self._has_object(match.end()):
                    continue
                handed = match.lastgroup == "handed"
                and_pays = self.words["puts in"].match(self.masked.text, match.end() + 1)
                does = self.words["puts in"].search(match.group()) or and_pays
                pays = name != "told" or (match.lastgroup == "alone" and bool(does))
                if handed and self.words["own part"].search(match.group()):
                    self._parent_pays(firms, works, match.span())
                    continue
                self._add(firms, works, match.span(), pays=pays, builds=name != "told to pay")

    def _zone(self, position: int) -> list[Mark]:
        """The park right before a label: 园区建设方甲."""
        zone = self.words["zone before"].search(self.masked.text, self.sentence[0], position)
        return self.masked.mentions(*zone.span(), "Ⓚ") if zone else []

    def _has_object(self, position: int) -> bool:
        """Whether the rest of the sentence names what is built."""
        text, end = self.masked.text, self.sentence[1]
        verbs = self.words["verb"].finditer(text, position, end)
        return any(self.words["object"].match(text, verb.end(), end) for verb in verbs)

    def _parent_pays(self, firms: list[Mark], works: list[Mark], span: Piece) -> None:
        """甲投资的项目，交给旗下的乙建设: the parent does not build it."""
        self._add(firms, works, span, pays=True)
        for work in works:
            for payer in self.found.heads("INVESTS_IN", work.entity):
                if payer not in {f.entity for f in firms}:
                    self.found.remove("BUILDS", payer, work.entity)

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
