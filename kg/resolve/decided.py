"""Decisions of people, tied to the forms of a build; those that cannot be applied are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.decisions import FormKey, Verdict
from kg.resolve.clusters import Decided
from kg.resolve.forms import Form


def apply_decisions(
    decisions: Sequence[Verdict], forms: Mapping[str, Sequence[Form]]
) -> tuple[Mapping[str, Decided], list[str]]:
    """Decisions by kind, in indices of forms.

    A decision one of whose sides no document has any more is left out, and so are all decisions ``same`` that
    together join a pair decided to be different.

    Returns:
        Kind to its decisions, and a note for each that is left out.
    """
    decided: dict[str, Decided] = defaultdict(Decided)
    notes: list[str] = []
    if not decisions:
        return decided, notes
    index: dict[FormKey, int] = {form.key: i for of_kind in forms.values() for i, form in enumerate(of_kind)}
    applied: list[Verdict] = []
    for each in sorted(decisions, key=lambda d: d.pair):
        gone = [key for key in each.pair if key not in index]
        if gone:
            sides = " and ".join(f"{name} ({context})" if context else name for _, name, context in gone)
            notes.append(f"decision not applied ({each.told}): no document names {sides} any more")
        else:
            applied.append(each)
    contradicting = _contradicting(applied)
    for each in applied:
        if each in contradicting:
            notes.append(f"decision not applied ({each.told}): it contradicts others")
            continue
        of_kind, pair = decided[each.left[0]], (index[each.left], index[each.right])
        if each.verdict == "same":
            of_kind.same.append(pair)
        else:
            (of_kind.different if each.verdict == "different" else of_kind.unsure).add(pair)
    return decided, notes


def _contradicting(decisions: Sequence[Verdict]) -> set[Verdict]:
    """Decisions ``same`` that together join two sides of a ``different``."""
    group: dict[FormKey, FormKey] = {}

    def root(key: FormKey) -> FormKey:
        while group.get(key, key) != key:
            key = group[key]
        return key

    same = [d for d in decisions if d.verdict == "same"]
    for each in same:
        group[max(root(each.left), root(each.right))] = min(root(each.left), root(each.right))
    torn = {root(d.left) for d in decisions if d.verdict == "different" and root(d.left) == root(d.right)}
    return {d for d in same if root(d.left) in torn}
