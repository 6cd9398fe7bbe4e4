"""Words that point back (该项目, 公司) or to the text's own place (我县, 全市), tied to what they stand for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kg.lexicon import by_first_word, load_lexicon
from kg.link.articles import Articles
from kg.link.context import Context
from kg.link.entities import Registry
from kg.link.marks import Mark, Marks
from kg.link.scenes import Scenes
from kg.screen import any_of
from kg.wording import load_wording


class Anaphora:
    """Ties pointing words to entities; holds the wording."""

    def __init__(self, schemas: Path, articles: Articles) -> None:
        words = load_wording(schemas, "anaphora")
        self._articles = articles
        self._scenes = Scenes(schemas)
        self._new_day = words["new day"]
        self._own_division = words["own division"]
        self._national = words.words("national")
        self._no_topic = words["no topic"]
        self._holds_shares = words["holds shares"]
        self._ends = by_first_word(words.words("name ends"))
        sections = load_lexicon(schemas / "lexicons" / "deixis.txt")
        self._pointing = {kind: any_of(terms) for kind, terms in sections.items() if terms}

    def own_divisions(
        self, text: str, context: Context, registry: Registry, taken: bytearray
    ) -> tuple[list[Mark], list[str]]:
        """我县, 全市, 县域: the division the text speaks from; marks them as taken.

        Returns:
            The marks, and the forms that stand for no division of the text.
        """
        marks, open_forms = [], []
        for match in self._own_division.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            division = context.resolve(match.group(1) or match.group()[0], match.start())
            if division is None:
                open_forms.append(match.group())
                continue
            draft = registry.region(division, match.group(), match.start())
            taken[match.start() : match.end()] = b"\1" * len(match.group())
            marks.append(Mark(match.start(), match.end(), "Region", draft.id, match.group(), anaphor=True))
        return marks, open_forms

    def find(self, text: str, marks: Marks, registry: Registry, taken: bytearray) -> list[Mark]:
        """Pointing words, each tied to the last entity of its article that it fits.

        Args:
            text: The document's text.
            marks: The names found in it.
            registry: The entities.
            taken: Positions of names.
        """
        found = []
        articles = [0, *(start for start, _ in self._articles.starts(text))]
        days = [match.start() for match in self._new_day.finditer(text)]
        scenes = self._held(text, marks, registry)
        there = {m.type for m in marks}
        firms = [m for m in marks if m.type == "Company" and not m.anaphor]
        for kind, pattern in self._pointing.items():
            if kind not in there:
                continue
            for match in pattern.finditer(text):
                start, end = match.span()
                if start == end or any(taken[start:end]):
                    continue
                word = match.group().removeprefix("该")
                since = articles[bisect_right(articles, start) - 1]
                if kind == "Event":
                    last = next(
                        filter(None, (m.before(start, lambda m: True, since=since) for m in scenes)), None
                    )
                    if last is not None and _day_between(days, since, last.start, start):
                        continue
                elif kind == "Company":
                    last = self._firm(text, firms, registry, word, start, since)
                else:
                    last = self._antecedent(marks, registry, kind, word, start, since)
                if last is not None:
                    found.append(Mark(start, end, kind, last.entity, match.group(), anaphor=True))
                    if kind == "Company":
                        insort(firms, found[-1], key=lambda m: m.start)
                    registry.drafts[last.entity].surfaces[match.group()] += 1
        return found

    def _antecedent(
        self, marks: Marks, registry: Registry, kind: str, word: str, position: int, since: int
    ) -> Mark | None:
        """The last entity that fits."""
        return marks.before(
            position,
            lambda m: m.type == kind and not m.anaphor and self._points(word, m, registry),
            since=since,
        )

    def _firm(
        self, text: str, firms: Sequence[Mark], registry: Registry, word: str, position: int, since: int
    ) -> Mark | None:
        """The last firm that fits in the same sentence, else what the last sentence on firms is about."""
        fitting = [m for m in firms if self._points(word, m, registry)]
        before = [m for m in fitting if since <= m.start and m.end <= position]
        if text.startswith("”", position - 1):
            # “…乙公司入股”，公司总经理说: whom the speaker names is not his own firm.
            quote = text.rfind("“", since, position)
            paragraph = text.rfind("\n", 0, max(0, quote)) + 1
            before = [m for m in before if paragraph <= m.start and m.end <= quote] or before
        if not before:
            # What a firm's own page calls 我公司 is the firm it names most.
            named = Counter(m.entity for m in fitting if not m.anaphor).most_common(1)
            return next((m for m in fitting if named[0][1] > 1 and m.entity == named[0][0]), None)
        last = next((m for m in reversed(before) if not m.anaphor), before[-1])
        own = self._own_firm(text, before)
        if own is not None and re.search("。[^\n]*\n", text[last.end : position]):
            return own
        if not re.search("[。\n]", text[last.end : position]):
            return last
        while before:
            start = max(text.rfind(end, 0, before[-1].start) for end in "。\n！？") + 1
            told = [m for m in before if m.start >= start]
            subject = next((m for m in told if not self._is_told_of(text, start, m)), None)
            if subject is not None:
                return subject
            before = before[: -len(told)]
        return last

    def _own_firm(self, text: str, firms: Sequence[Mark]) -> Mark | None:
        """The firm that a whole text is about: the only one in its headings, or the one it begins with."""
        stop = text.find("。")
        lead = text.rfind("\n", 0, stop) + 1
        headed = {m.entity: m for m in firms if m.end <= lead}
        first = next((m for m in firms if m.start <= lead + 1), None)
        return next(iter(headed.values())) if len(headed) == 1 else (None if headed else first)

    def _is_told_of(self, text: str, start: int, firm: Mark) -> bool:
        """Whether what is around a firm shows that its sentence is about another: 由甲承建, 甲持股20%."""
        if self._no_topic.search(text, start, firm.start):
            return True
        return self._holds_shares.match(text, firm.end) is not None

    def _held(self, text: str, marks: Marks, registry: Registry) -> tuple[Marks, Marks]:
        """Mentions of events that are held, and those that are not only spoken of."""
        held, here = [], []
        for mark in marks:
            name = registry.drafts[mark.entity].name if mark.type == "Event" else ""
            if not name or not self._points("", mark, registry):
                continue
            ends = (at for at in (text.find(end, mark.end, mark.end + 80) for end in "。\n") if at >= 0)
            if self._scenes.held(text, mark.start, mark.end, name, next(ends, mark.end + 80)):
                held.append(mark)
            if not self._scenes.spoken_of(text, mark.start, mark.end, name):
                here.append(mark)
        return Marks(held), Marks(here)

    def _points(self, word: str, mark: Mark, registry: Registry) -> bool:
        """Whether a pointing word fits the entity: 该局 points to a 局, 该院 to a 医院."""
        name = registry.drafts[mark.entity].name
        if word in self._ends:
            return name.endswith(self._ends[word])
        if mark.type == "Event":
            return not name.startswith(self._national)
        return not (mark.type == "Organization" and mark.kind)


def _day_between(days: Sequence[int], since: int, event: int, position: int) -> bool:
    """Whether an event was told of a day, and a paragraph on another day begins before a position."""
    told = bisect_right(days, event)
    return told > bisect_left(days, since) and bisect_left(days, position) > told
