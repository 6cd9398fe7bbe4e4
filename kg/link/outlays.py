"""Who pays for a work that is a firm's own: 甲公司总投资3亿元的乙项目; 乙项目（甲公司）; 双方共建丙基地."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from kg.link.clauses import Masked, Piece
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.wording import load_wording

_SIDES = ("Organization", "Company")
_BEFORE = 40
_NEAR = 30


class Outlays:
    """Finds BUILDS and INVESTS_IN; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "outlays")

    def read(self, found: Found, masked: Masked) -> None:
        """Adds BUILDS and INVESTS_IN."""
        for mark in found.marks:
            if mark.type in ("Project", "Park") and not mark.anaphor:
                self._in_brackets(found, masked, mark)
                self._own(found, masked, mark)
        for paragraph in masked.paragraphs:
            if masked.letters(paragraph) & set("ⓅⓀ"):
                for sentence in paragraph:
                    self._together(found, masked, paragraph[0][0], sentence)

    def _costs(self, masked: Masked, work: Mark, *, behind: bool) -> bool:
        """Whether the text tells what a work costs, before it or also behind it."""
        text, words = masked.text, self._words
        before = words["sum before"].search(text, max(0, work.start - _NEAR), work.start)
        if before or (behind and words["sum behind"].match(text, work.start + 1)):
            return True
        sentence = max(text.rfind(mark, 0, work.start) for mark in "。！？\n") + 1
        listed = words["sum next"].match(text, work.start + 1)
        return bool(listed and words["signed"].search(text, sentence, work.start))

    def _own(self, found: Found, masked: Masked, work: Mark) -> None:
        """甲公司总投资3亿元的乙项目."""
        builders = set(found.heads("BUILDS", work.entity))
        if work.type != "Project" or not builders or not self._costs(masked, work, behind=False):
            return
        firms = [m for m in masked.mentions(max(0, work.start - _BEFORE), work.start) if m.type in _SIDES]
        whole = found.registry.drafts[work.entity].name
        for entity in sorted(builders):
            draft = found.registry.drafts[entity]
            if draft.type != "Company":
                continue
            named = any(whole.startswith(name) for name in (draft.name, *draft.aliases) if len(name) > 2)
            last = firms[-1] if firms and firms[-1].entity == entity else None
            if named or (last and self._words["own"].fullmatch(masked.text, last.end, work.start)):
                start = min(work.start, last.start) if last else work.start
                self._add(found, entity, work.entity, (start, work.end), pays=True, builds=False)

    def _in_brackets(self, found: Found, masked: Masked, work: Mark) -> None:
        """乙项目（甲公司）, 乙项目（建设单位：甲公司）."""
        text = found.text
        if text[work.end : work.end + 1] not in ("（", "("):
            return
        end = min((p for mark in "）)" if (p := text.find(mark, work.end)) > 0), default=-1)
        firms = [m for m in found.marks.inside(work.end, end) if m.type in _SIDES] if end > 0 else []
        if not firms or not self._words["does"].fullmatch(text, firms[-1].end, end):
            return
        owner = self._words["owner"].fullmatch(text, work.end + 1, firms[0].start)
        builder = self._words["builder"].fullmatch(text, work.end + 1, firms[0].start)
        between = [text[a.end : b.start] for a, b in pairwise(firms)]
        if not (owner or builder) or any(each not in "、和与及" for each in between):
            return
        told = self._words["puts in"].search(text, work.end, end)
        for firm in firms:
            pays = bool(told) or (
                owner is not None and firm.type == "Company" and self._costs(masked, work, behind=True)
            )
            builds = not self._words["pays only"].fullmatch(text, work.end + 1, firms[0].start)
            self._add(found, firm.entity, work.entity, (work.start, end), pays=pays, builds=builds)

    def _together(self, found: Found, masked: Masked, since: int, sentence: Piece) -> None:
        """双方共建丙基地, after a pact of the same paragraph."""
        match = self._words["together"].match(masked.text, *sentence)
        if match is None or self._words["not done"].search(masked.text, *match.span()):
            return
        pacts = [
            m
            for m in found.made()
            if m.type == "COOPERATES_WITH" and since <= m.start and m.end <= sentence[0]
        ]
        works = masked.mentions(*match.span("works"))
        for side in (pacts[-1].head, pacts[-1].tail) if pacts else ():
            if found.registry.drafts[side].type in _SIDES:
                for work in works:
                    self._add(
                        found, side, work.entity, (pacts[-1].start, match.end()), pays=False, builds=True
                    )

    def _add(self, found: Found, firm: str, work: str, span: Piece, *, pays: bool, builds: bool) -> None:
        for relation, holds in (("INVESTS_IN", pays), ("BUILDS", builds)):
            if holds:
                found.add(Made(relation, firm, work, *span, "clause:outlay", score=0.75))
