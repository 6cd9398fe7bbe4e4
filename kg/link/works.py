"""Who builds a work and who pays for it, also where the firm or the work was named in an earlier clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from kg.link.clauses import Masked, Piece
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.wording import load_wording

_FIRMS = "ⒸⓄ"
_FAR = 160


@dataclass(slots=True)
class _Topic:
    """What the clauses so far are about.

    Attributes:
        firms: The subject that puts up works.
        paid: Whether that subject was said, in this sentence, to put in money.
        work: The work spoken of last.
    """

    firms: list[Mark] = field(default_factory=list)
    paid: bool = False
    work: list[Mark] = field(default_factory=list)


class Works:
    """Finds BUILDS and INVESTS_IN; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        words = self._words = load_wording(schemas, "works")
        firms, does = words["firms"].pattern, words["does by"].pattern
        self._by = re.compile(
            rf"由(?:[^，。；：由ⒸⓄⓅⓃⓀ]{{0,10}})(?P<firms>{firms})(?P<does>[^，。；：由ⒸⓄ]*)"
        )
        self._does = re.compile(does)
        self._active = re.compile(rf"{words['puts in'].pattern}|{words['builds'].pattern}")
        self._object = re.compile(
            rf"[^，。；ⒸⓄⓅⓃ由]{{0,30}}?(?P<works>{words['work'].pattern}(?:(?:、|和|与|及|以及){words['work'].pattern})*)"
        )
        self._alone = re.compile(
            rf"(?:^|(?<=[，。；：、！？\n　—]))(?:并|而)?[^，。；：ⒸⓄⓅⓃⓇ]{{0,8}}(?P<firms>{firms}){words['alone'].pattern}(?:$|(?=[、，。；]))"
        )
        self._builder = re.compile(
            rf"(?:{words['builder'].pattern}){words['is'].pattern}[^，。；ⒸⓄⓅⓃ]{{0,14}}?(?P<firms>{firms})|{words['doing'].pattern}(?P<doing>{words['firm'].pattern})"
        )
        self._investor = re.compile(
            rf"(?:{words['investor'].pattern}){words['is'].pattern}[^，。；ⒸⓄⓅⓃ]{{0,14}}?(?P<firms>{firms})"
        )

    def read(self, found: Found, masked: Masked) -> None:
        """Adds BUILDS and INVESTS_IN."""
        for match in self._words["listed"].finditer(masked.text):
            self._add_match(found, masked, match, pays=True)
        for paragraph in masked.paragraphs():
            topic = _Topic()
            for sentence in paragraph:
                topic.paid = False
                for clause in masked.clauses(sentence):
                    self._clause(found, masked, sentence, clause, topic)

    def _clause(self, found: Found, masked: Masked, sentence: Piece, clause: Piece, topic: _Topic) -> None:
        start, end = clause
        text = masked.text
        dead = self._words["not done"].search(text, start, end)
        first = masked.mentions(start, end)
        if dead is None:
            for match in self._words["of"].finditer(masked.text, *clause):
                self._add_match(found, masked, match, pays=bool(self._words["puts in"].search(match.group("does"))))
            done = self._passive(found, masked, sentence, clause, topic)
            self._labelled(found, masked, sentence, clause, topic)
            if not done:
                self._signed(found, masked, clause, topic)
                self._worth(found, masked, clause, topic)
                self._with_object(found, masked, sentence, clause, topic)
                self._without_object(found, masked, sentence, clause, topic)
        works = [m for m in first if m.type == "Project"]
        if works:
            topic.work = works[-1:]
        first = [m for m in first if m.type not in ("Region", "Park")]
        if dead is None and first and first[0].type in ("Company", "Organization"):
            if text[first[0].start - 1] not in "由从据向对":
                firms = _list_from(masked, first[0], self._words["firms"])
                topic.firms = [f for f in firms if f.type == "Company"] or firms
                topic.paid = bool(self._words["puts in"].search(text, first[0].end, end))
        elif first and first[0].type in ("Official", "Person", "Event") and first[0].start - start < 6:
            topic.firms, topic.paid = [], False
        elif self._words["puts in"].search(text, start, end):
            topic.paid = True

    def _passive(self, found: Found, masked: Masked, sentence: Piece, clause: Piece, topic: _Topic) -> bool:
        """项目由甲投资、乙承建; 由甲建设的项目."""
        start, end = clause
        text = masked.text
        done = False
        for match in self._by.finditer(text, start, end):
            does = match.group("does")
            firms = masked.mentions(*match.span("firms"), _FIRMS)
            behind = re.compile("的[^ⒸⓄ]{0,16}?Ⓟ").search(text, match.start("does"), end)
            if behind:
                works = masked.mentions(behind.start(), behind.end(), "Ⓟ")
            else:
                works = masked.mentions(start, match.start(), "ⓅⓀ")[-1:] or self._spoken_of(
                    masked, sentence, match.start(), topic
                )
                if re.search("的(?!施工|建设|任务|方式|模式)", does):
                    works = []
            if not works:
                continue
            pays, builds = self._words["puts in"].search(does), self._does.search(does)
            through = self._words["through"].search(does)
            if through:
                self._add(found, firms, works, match.start(), match.end(), pays=True, builds=False)
                firms = masked.mentions(match.end(), match.end() + 1, _FIRMS)
                pays = builds = self._active.search(text, match.end(), end)
            if not (pays or builds) or self._words["founds"].search(does):
                continue
            firms = [f for f in firms if not self._words["sees to"].search(f.text)]
            done = True
            self._add(found, firms, works, match.start(), match.end(), pays=bool(pays), builds=True)
        return done

    def _spoken_of(self, masked: Masked, sentence: Piece, position: int, topic: _Topic) -> list[Mark]:
        """The work that a stretch without one is about: the last one named, if no other seems to be meant."""
        if not topic.work or topic.work[0].start < position - _FAR:
            return []
        since = max(sentence[0], topic.work[0].end)
        return [] if self._words["other work"].search(masked.text[since:position]) else topic.work

    def _with_object(
        self, found: Found, masked: Masked, sentence: Piece, clause: Piece, topic: _Topic
    ) -> None:
        """甲投资…建设项目, also with 甲 in an earlier clause."""
        start, end = clause
        text = masked.text
        paid = False
        for verb in self._active.finditer(text, start, end):
            pays = bool(self._words["puts in"].match(text, verb.start()))
            paid = paid or pays
            works = self._object.match(text, verb.end(), end)
            if not works:
                continue
            firms = self._subject(masked, start, verb.start(), topic)
            if not firms:
                continue
            own = firms is not topic.firms
            pays = paid or (topic.paid and not own)
            self._add(
                found,
                firms,
                masked.mentions(*works.span("works"), "Ⓟ"),
                firms[0].start,
                works.end("works"),
                pays=pays,
                builds=True,
            )
            return

    def _subject(self, masked: Masked, start: int, verb: int, topic: _Topic) -> list[Mark]:
        """The firms that do what a verb says; the topic where the clause names none."""
        before = masked.mentions(start, verb)
        firms = [m for m in before if m.type in ("Company", "Organization")]
        if firms:
            between = masked.text[firms[-1].end : verb]
            if any(m.type in ("Project", "Official", "Person") for m in before if m.start > firms[-1].start):
                return []
            if len(between) > 40 or masked.text[firms[-1].start - 1] in "由被给向对为从让请":
                return []
            first = firms[-1]
            for firm in reversed(firms[:-1]):
                if re.fullmatch("(?:⓪*(?:、|和|与|及|以及|同|跟))", masked.text[firm.end : first.start]):
                    first = firm
            return [f for f in firms if f.start >= first.start]
        if topic.firms and self._words["no subject"].fullmatch(masked.text, start, verb):
            return topic.firms
        return []

    def _add_match(self, found: Found, masked: Masked, match: re.Match[str], *, pays: bool) -> None:
        firms = masked.mentions(*match.span("firms"), _FIRMS)
        works = masked.mentions(*match.span("works"), "Ⓟ")
        self._add(found, firms, works, *match.span(), pays=pays, builds=True)

    def _worth(self, found: Found, masked: Masked, clause: Piece, topic: _Topic) -> None:
        """甲公司…，总投资3亿元的乙项目开工."""
        worth = self._words["worth"].search(masked.text, *clause)
        firms = [f for f in topic.firms if f.type == "Company"]
        if worth and len(firms) == 1:
            works = masked.mentions(*worth.span("works"), "Ⓟ")
            self._add(found, firms, works, *worth.span(), pays=True, builds=True)

    def _signed(self, found: Found, masked: Masked, clause: Piece, topic: _Topic) -> None:
        """某县与甲公司签订乙项目投资协议; 就乙项目签约."""
        sign = self._words["signs"].search(masked.text, *clause)
        works = masked.mentions(*clause, "Ⓟ") if sign else []
        if not sign or not works:
            return
        firms = {m.entity: m for m in masked.mentions(clause[0], sign.start(), "Ⓒ")}
        firms = firms or {m.entity: m for m in topic.firms if m.type == "Company"}
        if len(firms) == 1:
            self._add(found, list(firms.values()), works, *clause, pays=True, builds=False)

    def _without_object(
        self, found: Found, masked: Masked, sentence: Piece, clause: Piece, topic: _Topic
    ) -> None:
        """项目…，乙施工."""
        start, end = clause
        for match in (*self._alone.finditer(masked.text, start, end), *self._words["on the spot"].finditer(masked.text, start, end)):
            works = masked.mentions(start, match.start(), "Ⓟ")[-1:] or self._spoken_of(
                masked, sentence, match.start(), topic
            )
            if works:
                self._add(
                    found,
                    masked.mentions(*match.span("firms"), _FIRMS),
                    works,
                    match.start(),
                    match.end(),
                    pays=False,
                    builds=True,
                )

    def _labelled(self, found: Found, masked: Masked, sentence: Piece, clause: Piece, topic: _Topic) -> None:
        start, end = clause
        for pattern, pays in ((self._builder, False), (self._investor, True)):
            for match in pattern.finditer(masked.text, start, end):
                group = "firms" if match.group("firms") else "doing"
                works = masked.mentions(start, match.start(), "Ⓟ")[-1:] or self._spoken_of(
                    masked, sentence, match.start(), topic
                )
                if works:
                    self._add(
                        found,
                        masked.mentions(*match.span(group), _FIRMS),
                        works,
                        match.start(),
                        match.end(),
                        pays=pays,
                        builds=not pays,
                    )

    def _add(
        self,
        found: Found,
        firms: list[Mark],
        works: list[Mark],
        start: int,
        end: int,
        *,
        pays: bool,
        builds: bool,
    ) -> None:
        for firm in firms:
            for work in works:
                for relation, holds in (("INVESTS_IN", pays), ("BUILDS", builds)):
                    low, high = min(start, work.start, firm.start), max(end, work.end, firm.end)
                    if holds:
                        found.add(
                            Made(relation, firm.entity, work.entity, low, high, "clause:work", score=0.8)
                        )


def _list_from(masked: Masked, first: Mark, firms: re.Pattern[str]) -> list[Mark]:
    whole = firms.match(masked.text, first.start)
    return masked.mentions(*whole.span(), _FIRMS) if whole else [first]
