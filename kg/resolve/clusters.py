"""Which forms are one entity: the best pairs are joined first, and every join is weighed with all that is known by then."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.resolution import NearRecord
from kg.resolve.features import Compare, Features
from kg.resolve.forms import Form, Known
from kg.resolve.weights import Table

DECIDED = "decided by a person"


@dataclass(frozen=True, slots=True)
class Joint:
    """Why a form, with those it stood for by then, was joined to another.

    Attributes:
        other: Index of the form it was joined to.
        score: The score of the pair, None for a person's decision.
        reasons: In words.
    """

    other: int
    score: float | None
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Decided:
    """What people decided, in indices of forms."""

    same: list[tuple[int, int]] = field(default_factory=list)
    different: set[tuple[int, int]] = field(default_factory=set)
    unsure: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class Clusters:
    """The entities of a kind.

    Attributes:
        members: Indices of forms, for each entity, in order.
        joints: Form to why it was joined, but for the first of each entity.
        near: Pairs that were not joined, the highest scores first.
    """

    members: list[list[int]]
    joints: dict[int, Joint]
    near: list[NearRecord]


def clusters(
    kind: str,
    forms: Sequence[Form],
    pairs: Iterable[tuple[int, int]],
    compare: Compare,
    table: Table,
    decided: Decided,
) -> Clusters:
    """Divides forms into entities; the order in which documents came does not matter.

    What people decided comes first. Then the pair with the highest score is joined, and so on while there is one
    that scores enough; what forms joined know counts together. Weak forms (a person without office, a firm's short
    name) come last: each joins the one entity that it fits clearly better than all others, or stays apart.

    Args:
        kind: Of all the forms.
        forms: In order of their keys.
        pairs: Indices of forms to compare.
        compare: Finds the features.
        table: Weighs them.
        decided: By people.
    """
    return _Joining(kind, forms, compare, table, decided).run(pairs)


class _Joining:
    def __init__(
        self, kind: str, forms: Sequence[Form], compare: Compare, table: Table, decided: Decided
    ) -> None:
        self._kind, self._forms = kind, forms
        self._compare, self._table, self._decided = compare, table, decided
        self._of = list(range(len(forms)))
        self._members: dict[int, list[int]] = {i: [i] for i in range(len(forms))}
        self._known: dict[int, Known] = {i: form.known for i, form in enumerate(forms)}
        self._around: dict[int, set[int]] = {}
        self._joints: dict[int, Joint] = {}
        self._apart: dict[int, set[int]] = {}

    def run(self, pairs: Iterable[tuple[int, int]]) -> Clusters:
        for left, right in self._decided.different:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)
        for left, right in sorted(self._decided.same):
            one, other = self._pair(left, right)
            if one != other:
                self._join(one, other, Joint(one, None, (DECIDED,)))
        weak_pairs: list[tuple[int, int]] = []
        strong: list[tuple[float, int, int]] = []
        close = self._table.doubtful - 2
        kept: list[tuple[int, int]] = []
        for left, right in pairs:
            score, _ = self._score(left, right)
            if score <= close:
                continue
            kept.append((left, right))
            if self._forms[left].weak or self._forms[right].weak:
                weak_pairs.append((left, right))
            else:
                strong.append((score, left, right))
        self._agglomerate(strong)
        self._place_weak(weak_pairs)
        near = self._near(kept)
        members = [sorted(group) for group in self._members.values()]
        return Clusters(sorted(members), self._joints, near)

    def _score(self, left: int, right: int) -> tuple[float, Features]:
        """The score of two groups, by any member of each."""
        one, other = self._of[left], self._of[right]
        features = self._compare.features(self._kind, self._known[one], self._known[other])
        return self._table.sum(features), features

    def _agglomerate(self, scored: list[tuple[float, int, int]]) -> None:
        around = self._around
        for _, left, right in scored:
            one, other = self._of[left], self._of[right]
            if one != other:
                around.setdefault(one, set()).add(other)
                around.setdefault(other, set()).add(one)
        least = self._table.same
        heap = [(-score, *self._pair(left, right)) for score, left, right in scored if score >= least]
        heapq.heapify(heap)
        while heap:
            negative, one, other = heapq.heappop(heap)
            if one not in self._members or other not in self._members or one == other:
                continue
            score, features = self._score(one, other)
            if score != -negative:
                # The groups have grown since: a pair that still scores enough waits for its turn.
                if score >= least:
                    heapq.heappush(heap, (-score, one, other))
                continue
            if not self._may(one, other):
                continue
            self._join(one, other, Joint(one, score, self._table.reasons(features)))
            for third in sorted(around.get(one, ())):
                again, _ = self._score(one, third)
                if again >= least:
                    heapq.heappush(heap, (-again, min(one, third), max(one, third)))

    def _place_weak(self, pairs: list[tuple[int, int]]) -> None:
        """Joins weak forms to the entity they fit best; those that fit none, or several, to each other."""
        beside: dict[int, set[int]] = {}
        rest: list[tuple[float, int, int]] = []
        for left, right in pairs:
            for weak, other in ((left, right), (right, left)):
                alone = self._of[weak] == weak and len(self._members[weak]) == 1
                settled = not self._forms[other].weak or len(self._members[self._of[other]]) > 1
                if self._forms[weak].weak and alone and settled:
                    beside.setdefault(weak, set()).add(self._of[other])
        chosen: list[tuple[int, int, float, Features]] = []
        torn: set[int] = set()
        for weak in sorted(beside):
            fits = []
            for group in sorted(beside[weak]):
                score, features = self._score(weak, group)
                if score >= self._table.doubtful and self._may(group, weak):
                    fits.append((score, group, features))
            fits.sort(key=lambda fit: (-fit[0], fit[1]))
            if not fits or fits[0][0] < self._table.same:
                continue
            if len(fits) > 1 and fits[0][0] - fits[1][0] < self._table.margin:
                torn.add(weak)
                continue
            chosen.append((weak, fits[0][1], fits[0][0], fits[0][2]))
        for weak, group, score, features in chosen:
            if self._may(self._of[group], weak):  # another weak one may be there by now
                self._join(self._of[group], weak, Joint(group, score, self._table.reasons(features)))
        for left, right in pairs:
            both_weak = self._forms[left].weak and self._forms[right].weak
            # what fits several entities must not lend itself to others that fit none
            alike = (left in torn) == (right in torn)
            if both_weak and alike and self._of[left] == left and self._of[right] == right:
                rest.append((self._score(left, right)[0], left, right))
        self._around = {}
        self._agglomerate([pair for pair in rest if pair[0] >= self._table.same])

    def _may(self, one: int, other: int) -> bool:
        """Whether nobody decided that two groups are different."""
        if not self._apart:
            return True
        return not any(
            self._apart.get(form, _NONE) & set(self._members[other]) for form in self._members[one]
        )

    def _join(self, one: int, other: int, joint: Joint) -> None:
        """Takes the second group into the first."""
        members = self._members.pop(other)
        for form in members:
            self._of[form] = one
        self._members[one] += members
        self._known[one] = self._known[one].with_(self._known.pop(other))
        self._joints[other] = joint
        around = self._around
        if other in around or one in around:
            mine = (around.get(one, set()) | around.pop(other, set())) - {one, other}
            around[one] = mine
            for third in mine:
                around[third].discard(other)
                around[third].add(one)

    def _pair(self, left: int, right: int) -> tuple[int, int]:
        """The groups of two forms, the lower first."""
        one, other = self._of[left], self._of[right]
        return (one, other) if one < other else (other, one)

    def _pairs(self, pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        return {self._pair(left, right) for left, right in pairs}

    def _near(self, pairs: list[tuple[int, int]]) -> list[NearRecord]:
        unsure, apart = map(self._pairs, (self._decided.unsure, self._decided.different))
        best: dict[tuple[int, int], NearRecord] = {}
        for left, right in pairs:
            one, other = self._pair(left, right)
            if one == other or (one, other) in best:
                continue
            score, features = self._score(one, other)
            if score <= self._table.doubtful - 2:
                continue
            asked = score >= self._table.doubtful and (one, other) not in unsure and (one, other) not in apart
            reasons = self._table.reasons(features)
            if (one, other) in apart:
                reasons = (f"{DECIDED}: different", *reasons)
            best[one, other] = NearRecord(left, right, score, reasons, asked)
        return sorted(best.values(), key=lambda n: (-n.score, n.left, n.right))


_NONE: frozenset[int] = frozenset()
