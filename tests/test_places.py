"""Division names of a text: of two that overlap the longer, however a set happens to be ordered."""

from __future__ import annotations

from kg.annotate.lac import Token
from kg.annotate.places import PlaceFinder, Words
from kg.gazetteer import Gazetteer
from kg.resources import schemas_dir
from kg.wording import load_wording


def test_the_longer_village_wins_wherever_it_stands() -> None:
    """The tagger cuts 何石洼村 now whole, now short: every mention is the longer name, in every run."""
    villages = ["何石洼村", "上柳泉村", "东槐坪村", "段梨沟村", "后杏岔村", "小桑垣村"]
    text = "".join(f"他到{v}，又回{v}。" for v in villages)
    tokens = []
    for village in villages:
        first = text.index(village)
        second = text.index(village, first + 1)
        tokens.append(Token(first, first + len(village), "LOC"))
        tokens.append(Token(second + 1, second + len(village), "LOC"))
    finder = PlaceFinder(Gazetteer.load(), load_wording(schemas_dir(), "places"))
    found = finder.find(text, Words(len(text), sorted(tokens)))
    assert [p.name for p in found] == [v for v in villages for _ in range(2)]
