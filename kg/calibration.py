"""Whether confidence keeps its word: of the finds of each score band, how many are right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.evaluate import KINDS, Kind, Scores

_EDGES = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Band:
    """The finds of a range of scores.

    Attributes:
        kind: Entities or relations.
        least: The lowest score in it.
        most: Scores in it are below this, in the last band at most this.
        found: How many were predicted with such a score.
        correct: How many of them are in the gold.
    """

    kind: Kind
    least: float
    most: float
    found: int
    correct: int

    @property
    def precision(self) -> float:
        """The share that is right; 0 for an empty band."""
        return self.correct / self.found if self.found else 0.0


def calibration(scores: Scores) -> tuple[Band, ...]:
    """The bands of entities, then of relations, from doubtful to sure; empty ones included."""
    return tuple(band for kind in KINDS for band in _bands(scores, kind))


def _bands(scores: Scores, kind: Kind) -> Iterator[Band]:
    found = [(o.score, o.verdict) for o in scores.outcomes if o.kind == kind and o.verdict != "missed"]
    for least, most in pairwise(_EDGES):
        verdicts = [v for score, v in found if least <= score < most or score == most == 1.0]
        yield Band(kind, least, most, len(verdicts), verdicts.count("correct"))


def format_calibration(scores: Scores) -> str:
    """The bands in columns, a line a band; empty ones are left out."""
    lines = [f"{'':11}{'score':>12}{'found':>8}{'right':>8}{'P':>8}"]
    lines += [
        f"{band.kind:11}{f'{band.least:.2f}–{band.most:.2f}':>12}{band.found:8d}{band.correct:8d}{band.precision:8.3f}"
        for band in calibration(scores)
        if band.found
    ]
    return "\n".join(lines)
