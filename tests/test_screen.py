"""Expressions are only tried where they can match, and still match all that they would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.resources import data_dir, schemas_dir
from kg.screen import Screen, any_of, led, needed
from kg.wording import load_wording

_TEXT = "\n".join(path.read_text(encoding="utf-8") for path in sorted((data_dir() / "samples").glob("*.txt")))
_WORDING = sorted((schemas_dir() / "wording").glob("*.yaml"))


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("投资[^，]{0,4}建设了", {"建设了"}),
        ("(?:收购|控股).{0,9}公司", {"公司"}),
        ("(?:收购|控股)[ab]?", {"收购", "控股"}),
        ("(?:收购|[^，])公?", set()),
        ("(?<=由)[县市]里?", {"县", "市"}),
        ("(?:已经)?(?:签约){1,2}", {"签约"}),
        ("(?i:abc)", set()),
        (".*", set()),
    ],
)
def test_needed(pattern: str, strings: set[str]) -> None:
    assert needed(re.compile(pattern)) == strings


def test_ignored_letters_are_not_needed() -> None:
    assert needed(re.compile("Ⓒ[ⒸⓄ]由"), ignoring="ⒸⓄ") == {"由"}


@pytest.mark.parametrize("path", _WORDING, ids=lambda path: path.stem)
def test_what_comes_with_the_program_loses_no_match(path: Path) -> None:
    """Each entry finds what it would without the letters in front, with one of its strings in it."""
    words = load_wording(schemas_dir(), path.stem)
    for name, pattern in words.items():
        strings = needed(pattern)
        plain = re.compile("|".join(words.words(name)))
        matches = [match.span() for match in pattern.finditer(_TEXT)]
        assert matches == [match.span() for match in plain.finditer(_TEXT)], name
        for start, end in matches:
            assert not strings or any(string in _TEXT[start:end] for string in strings), name


def test_letters_are_told_where_alternatives_begin_differently() -> None:
    assert led("(?<=由)公司|(?:企业|集团)") == re.compile("(?=[企公集])(?:(?<=由)公司|(?:企业|集团))")
    assert led("(?:^|(?<=由))公司|[企团]业").pattern.startswith("(?=[企公团])")
    assert led("公司|企业") == re.compile("公司|企业")  # these are found quickly as they are
    assert led("[^，]公司|(?:企业)") == re.compile("[^，]公司|(?:企业)")


def test_expressions_whose_letters_cannot_be_told_are_tried_last() -> None:
    found = any_of(["(?<=由)[^，]{2}", "(?<=到)公司|企业", "集团"])
    assert found.pattern == "(?=[企公集])(?:(?<=到)公司|企业|集团)|(?<=由)[^，]{2}"
    assert any_of([".."]).pattern == ".."


def test_screen_tells_what_a_stretch_can_hold() -> None:
    screen = Screen({"buys": re.compile("收购"), "any": re.compile("."), "owns": re.compile("控股|全资")})
    text = "甲收购乙，丙控股丁"
    screened = screen.over(text)
    assert screened.possible(0, 4) == ("buys", "any")
    assert screened.possible(5, len(text)) == ("any", "owns")
    assert screened.possible(0, len(text)) == ("buys", "any", "owns")
    assert screened.possible(2, 5) == ("any",)  # 收购 begins before


def test_screen_of_nothing() -> None:
    assert Screen({}).over("甲收购乙").possible(0, 4) == ()
