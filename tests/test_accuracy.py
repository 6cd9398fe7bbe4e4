"""Floors of accuracy: what has been reached must not be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.document_json import document_dict
from kg.evaluate import Scores, score_folder
from kg.pipeline import extract

# F1 on data/samples against data/gold; raise a floor when it has been passed for good.
FLOORS = {
    "entities": 0.95,
    "relations": 0.88,
}
# Who leads what is what the graph is trusted for.
LEADS_PRECISION = 0.95

_DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def scores() -> Scores:
    graphs = extract([_DATA / "samples"])
    return score_folder(_DATA / "gold", {g.document.id: document_dict(g) for g in graphs})


@pytest.mark.parametrize("kind", FLOORS)
def test_f1_is_above_its_floor(scores: Scores, kind: str) -> None:
    """Entities and relations of the samples are found at least as well as promised."""
    assert scores.row(kind).f1 >= FLOORS[kind]


def test_leads_is_precise(scores: Scores) -> None:
    """Of a hundred offices found, ninety-five are right."""
    assert scores.row("LEADS").precision >= LEADS_PRECISION
