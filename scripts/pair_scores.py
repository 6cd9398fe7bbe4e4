"""Pairwise and B-cubed precision and recall of a division into entities."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

Row = tuple[str, str, str]
"""Type, true entity, found entity: one for each mention."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one type.

    Attributes:
        mentions: How many.
        entities: True entities.
        precision: Of pairs of mentions that were joined, how many are of one entity.
        recall: Of pairs of mentions of one entity, how many were joined.
        b3_precision: The same, for each mention the share of its found entity, averaged.
        b3_recall: For each mention the share of its true entity, averaged.
    """

    mentions: int
    entities: int
    precision: float
    recall: float
    b3_precision: float
    b3_recall: float

    @property
    def line(self) -> str:
        """Figures in columns."""
        shares = (self.precision, self.recall, self.b3_precision, self.b3_recall)
        return f"{self.mentions:9,} {self.entities:9,}  " + "  ".join(f"{share:.3f}" for share in shares)


HEAD = f"{'':14}{'mentions':>9} {'entities':>9}  pairs P/R     B-cubed P/R"


def scores(rows: Iterable[Row]) -> dict[str, Scores]:
    """Figures by type, and for ``all``."""
    by_type: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for type, true, found in rows:
        by_type[type].append((true, found))
        by_type["all"].append((true, found))
    return {
        type: _scores(pairs)
        for type, pairs in sorted(by_type.items(), key=lambda kv: (kv[0] == "all", kv[0]))
    }


def _scores(pairs: list[tuple[str, str]]) -> Scores:
    both, true, found = Counter(pairs), Counter(t for t, _ in pairs), Counter(f for _, f in pairs)
    right = sum(n * (n - 1) // 2 for n in both.values())
    said = sum(n * (n - 1) // 2 for n in found.values())
    real = sum(n * (n - 1) // 2 for n in true.values())
    total = len(pairs)
    return Scores(
        total,
        len(true),
        right / said if said else 1.0,
        right / real if real else 1.0,
        sum(n * n / found[f] for (_, f), n in both.items()) / total,
        sum(n * n / true[t] for (t, _), n in both.items()) / total,
    )
