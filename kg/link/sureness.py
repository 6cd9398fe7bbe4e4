"""How sure the entities and links of one document are."""

from __future__ import annotations

from collections import defaultdict

from kg.confidence import BaseScores, agree
from kg.link.found import Found, Made

_STATING = ("post:", "scene:", "pattern:", "clause:")
_IMPLIED = 0.8  # an entity that no mention names: the county of a body, the park of a committee


def entity_scores(found: Found, base: BaseScores) -> dict[str, float]:
    """Entity id to its confidence: each rule that named it counts once, at its best.

    Words that point back (该公司) are no finds of their own. That a sentence says something of an entity
    (an office, a visit, an investment) counts as one, as most wrong names are in no relation.
    """
    finds: dict[str, dict[str, float]] = defaultdict(dict)
    for mark in found.marks:
        if mark.entity and not mark.anaphor:
            rules = finds[mark.entity]
            score = base.entity(found.registry.drafts[mark.entity].type, mark.rule, mark.score)
            rules[mark.rule] = max(score, rules.get(mark.rule, 0.0))
    for made in found.made():
        if made.rule.startswith(_STATING):
            for end in (made.head, made.tail):
                score = base.entity(found.registry.drafts[end].type, "stated", 0.0)
                finds[end]["stated"] = max(score, finds[end].get("stated", 0.0))
    return {
        draft.id: agree(
            finds[draft.id].values()
            if finds[draft.id].keys() - {"stated"}
            else [base.entity(draft.type, "implied", _IMPLIED), *finds[draft.id].values()]
        )
        for draft in found.registry.drafts.values()
    }


def link_score(made: Made, found: Found, base: BaseScores, ends: dict[str, float]) -> float:
    """A link's confidence: that of its rules, each sentence and rule once, with that of its less sure end."""
    finds = {
        (each.rule, found.sentence(each.start)): base.relation(each.type, each.rule, each.score)
        for each in found.finds(made)
    }
    return round(agree(finds.values()) * min(ends[made.head], ends[made.tail]), 4)
