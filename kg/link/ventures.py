"""Which firm owns which, and who founded it together with whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from kg.link.clauses import FILL, SIGNS, Masked, Piece
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.link.topics import Topics
from kg.screen import Screen
from kg.wording import load_wording

_JOINT = (
    "joint part",
    "joint founded",
    "joint founded by",
    "joint of",
    "founded by both",
    "founded by two",
    "founded with",
)
_PAID = ("bought", "completes", "takes", "bought by", "founded", "founded by", "founded as", "held by")
_SHARES = ("held by", "shares", "rest", "holders", "holds it")
_OWN = ("own part", "own firm", "of share", "its part")
_OWNED = (
    "controls",
    "sets up",
    "in brackets",
    "has part",
    "has parts",
    "wholly",
    "under",
    "is part",
    "its part",
    "owned by",
    "has parent",
    "is parent",
    "named part",
    "has listed",
    "holds",
    "own part",
    "own parent",
    "own firm",
    "of share",
    "shares",
    "rest",
    "holders",
    "holds it",
)
_MONEY = ("funds", "funded by")
_EVERY = (*_JOINT, *_PAID, *_OWNED, *_MONEY)
_PAIRS = frozenset(  # turns of phrase that hold both the owner and the firm
    {
        "joint part",
        "joint founded",
        "joint founded by",
        "joint of",
        "founded by both",
        "founded",
        "in brackets",
        "has part",
        "wholly",
        "under",
        "has parent",
        "is parent",
        "named part",
        "has listed",
        "holds",
    }
)
_PARENTS = ("公司", "集团")
_SHORTEST = 4


class Ventures:
    """Finds OWNS, and INVESTS_IN and COOPERATES_WITH where firms are founded; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "ventures")
        self._topics = Topics(schemas)
        self._screen = Screen({name: self._words[name] for name in _EVERY}, ignoring=SIGNS)

    def read(self, found: Found, masked: Masked) -> None:
        """Adds OWNS, INVESTS_IN and COOPERATES_WITH."""
        _branches(found)
        headed = self._topics.headed(masked, "Ⓒ")
        screened = self._screen.over(masked.text)
        for paragraph in masked.paragraphs:
            before = headed
            for sentence in paragraph:
                firms = masked.mentions(*sentence, "Ⓒ")
                if firms:
                    self._sentence(found, masked, sentence, before, screened.possible(*sentence))
                    before = self._topic(masked, sentence, sentence[1], before)

    def _sentence(
        self, found: Found, masked: Masked, sentence: Piece, before: list[Mark], possible: Iterable[str]
    ) -> None:
        pair = len(masked.mentions(*sentence, "ⒸⓄ")) > 1
        for name in possible:
            if name in _PAIRS and not pair:
                continue
            for match in self._words[name].finditer(masked.text, *sentence):
                groups = self._words[name].groupindex
                owners = masked.mentions(*match.span("owners"), "ⒸⓄ") if "owners" in groups else []
                firms = masked.mentions(*match.span("firm"), "Ⓒ") if "firm" in groups else []
                clause = max(masked.text.rfind(mark, sentence[0], match.start()) for mark in "，；：") + 1
                owners = [o for o in owners if not self._words["never owns"].search(o.text)]
                if self._words["not done"].search(masked.text, max(clause, sentence[0]), match.end()):
                    continue
                topic = self._topic(masked, sentence, match.start(), before)
                if name in _OWN:
                    owners = masked.mentions(clause, match.start("firm"), "Ⓒ")[-1:] or topic
                elif name == "founded with":
                    owners = [*topic, *owners]
                elif name == "founded by two":
                    owners = masked.mentions(sentence[0], match.start(), "ⒸⓄ")[-2:]
                elif name in _SHARES:
                    firms = self._held(masked, sentence, match.start("owners"), before)
                elif not owners and "owners" in groups:
                    owners = topic
                elif not firms:
                    firms = topic
                joint = name in _JOINT and len(owners) > 1
                if name in _JOINT and not joint:
                    continue
                owned = name not in _MONEY
                paid = joint or not owned or name in _PAID or self._words["puts in"].search(match.group())
                self._add(found, owners, firms, match.span(), owned=owned, paid=bool(paid))
                if joint and self._agreed(masked, name, match):
                    for one, other in combinations(owners, 2):
                        found.add(
                            Made(
                                "COOPERATES_WITH",
                                one.entity,
                                other.entity,
                                *match.span(),
                                "clause:venture",
                                score=0.8,
                            )
                        )

    def _agreed(self, masked: Masked, name: str, match: re.Match[str]) -> bool:
        """Whether founding a firm is told as what two do with each other: 甲与乙合资成立丙."""
        told = masked.text[match.start() : match.start("firm")].rstrip(FILL)
        return name in ("joint founded", "founded with") and ("，" in told or not told.endswith("的"))

    def _held(self, masked: Masked, sentence: Piece, position: int, before: list[Mark]) -> list[Mark]:
        """The firm whose shares are told: the last one before that is no shareholder itself."""
        for firm in reversed(masked.mentions(sentence[0], position, "Ⓒ")):
            if not self._words["holds some"].match(masked.text, firm.end):
                return [firm]
        return before

    def _topic(self, masked: Masked, sentence: Piece, position: int, before: list[Mark]) -> list[Mark]:
        """The firm a sentence is about before a position, else the one that the sentences before are about."""
        subject = self._topics.subject(masked, sentence, position, _is_firm)
        return [subject] if subject else before

    def _add(
        self, found: Found, owners: list[Mark], firms: list[Mark], span: Piece, *, owned: bool, paid: bool
    ) -> None:
        for owner in owners:
            for firm in firms:
                low, high = min(span[0], owner.start, firm.start), max(span[1], owner.end, firm.end)
                for relation, holds in (("OWNS", owned), ("INVESTS_IN", paid)):
                    if holds:
                        found.add(
                            Made(relation, owner.entity, firm.entity, low, high, "clause:venture", score=0.8)
                        )


def _is_firm(mark: Mark, _start: int) -> bool:
    return mark.type == "Company"


def _branches(found: Found) -> None:
    """A firm whose name begins with the whole name of another is a part of it."""
    firms = [d for d in found.registry.drafts.values() if d.type == "Company"]
    for firm in firms:
        parents = [
            d
            for d in firms
            if len(d.name) >= _SHORTEST
            and d.name.endswith(_PARENTS)
            and firm.name.startswith(d.name)
            and firm.name != d.name
        ]
        if parents:
            parent = max(parents, key=lambda d: (len(d.name), d.name))
            found.add(Made("OWNS", parent.id, firm.id, *found.stretch(firm.id), "name", score=0.7))
