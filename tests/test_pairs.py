"""Pairs of characters are found wherever they stand."""

from __future__ import annotations

import pytest

from kg.pairs import Pairs


@pytest.mark.parametrize(
    ("text", "starts"),
    [("松阳县到松江", [0, 4]), ("阳松", []), ("松松阳", [1]), ("松", []), ("", []), ("𠮷松\ud800松阳", [3])],
)
def test_starts(text: str, starts: list[int]) -> None:
    assert Pairs(["松阳", "松江", "县城"]).starts(text) == starts


def test_both_ends_of_a_pair_must_fit() -> None:
    """松 begins one and 城 ends another, but 松城 is none."""
    assert Pairs(["松阳", "县城"]).starts("松城县阳县城") == [4]


def test_no_pairs() -> None:
    assert Pairs([]).starts("松阳县") == []
