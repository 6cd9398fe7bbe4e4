"""Which firm owns which, and who founded it together with whom."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

from kg.link.clauses import Masked, Piece
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.wording import load_wording

_JOINT = ("joint part", "joint founded", "joint founded by", "founded by both", "founded with")
_PAID = ("bought", "bought later", "bought by", "founded", "founded by", "founded as", "held by")
_OWNED = (
    "controls",
    "sets up",
    "in brackets",
    "has part",
    "has parts",
    "wholly",
    "under",
    "is part",
    "owned by",
    "has parent",
    "is parent",
    "named part",
    "has listed",
    "holds",
    "own part",
    "own parent",
)
_PARENTS = ("公司", "集团")
_SHORTEST = 4


class Ventures:
    """Finds OWNS, and INVESTS_IN and COOPERATES_WITH where firms are founded; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "ventures")

    def read(self, found: Found, masked: Masked) -> None:
        """Adds OWNS, INVESTS_IN and COOPERATES_WITH."""
        _branches(found)
        for paragraph in masked.paragraphs:
            before: list[Mark] = []
            for sentence in paragraph:
                firms = masked.mentions(*sentence, "Ⓒ")
                if firms:
                    self._sentence(found, masked, sentence, before)
                    before = firms[:1]

    def _sentence(self, found: Found, masked: Masked, sentence: Piece, before: list[Mark]) -> None:
        for name in (*_JOINT, *_PAID, *_OWNED, "funds"):
            for match in self._words[name].finditer(masked.text, *sentence):
                groups = self._words[name].groupindex
                owners = masked.mentions(*match.span("owners"), "ⒸⓄ") if "owners" in groups else []
                firms = masked.mentions(*match.span("firm"), "Ⓒ") if "firm" in groups else []
                clause = max(masked.text.rfind(mark, sentence[0], match.start()) for mark in "，；：") + 1
                owners = [o for o in owners if not self._words["never owns"].search(o.text)]
                if self._words["not done"].search(masked.text, max(clause, sentence[0]), match.end()):
                    continue
                topic = self._topic(masked, sentence, match.start(), before)
                if name in ("founded with", "own part"):
                    owners = [*topic, *owners]
                elif name == "held by":
                    firms = masked.mentions(sentence[0], match.start(), "Ⓒ")[-1:] or before
                elif not owners and "owners" in groups:
                    owners = topic
                elif not firms:
                    firms = topic
                joint = name in _JOINT and len(owners) > 1
                if name in _JOINT and not joint:
                    continue
                owned = name != "funds"
                paid = joint or not owned or name in _PAID or self._words["puts in"].search(match.group())
                self._add(found, owners, firms, match.span(), owned=owned, paid=bool(paid))
                if joint:
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

    def _topic(self, masked: Masked, sentence: Piece, position: int, before: list[Mark]) -> list[Mark]:
        """The firm a sentence is about before a position: its first one that is no subsidiary."""
        for firm in masked.mentions(sentence[0], position, "Ⓒ"):
            if not re.search(self._words["part"].pattern + "$", masked.text[sentence[0] : firm.start]):
                return [firm]
        return before

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
