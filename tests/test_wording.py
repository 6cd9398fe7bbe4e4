"""schemas/wording: entries as lists or one alternative, references, and mistakes told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SchemaError
from kg.resources import schemas_dir
from kg.wording import Wording, load_wording


def _written(folder: Path, text: str) -> Wording:
    (folder / "wording").mkdir()
    (folder / "wording" / "tours.yaml").write_text(text, encoding="utf-8")
    return load_wording(folder, "tours")


def test_alternatives_in_their_order(tmp_path: Path) -> None:
    """The first alternative that fits wins, as it is written; a lone one is a list of one."""
    words = _written(tmp_path, "goes: [来, 来到]\nthen: '随后，?'\n")
    found = words["goes"].match("来到某村")
    assert found is not None
    assert found.group() == "来"
    assert words.words("goes") == ("来", "来到")
    assert words["then"].fullmatch("随后，")
    assert list(words) == ["goes", "then"]


def test_entries_refer_to_entries_before(tmp_path: Path) -> None:
    """{goes} stands for the entry above, all its alternatives together."""
    words = _written(tmp_path, "goes: [来到, 前往]\nsets out: '{goes}[^，]{1,4}村'\n")
    assert words["sets out"].search("一行前往大湾村")
    assert not words["sets out"].search("一行离开大湾村")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("goes: [来到]\nbad: '(来'\n", "tours.yaml:2: not a regular expression"),
        ("sets out: '{goes}村'\ngoes: 来到\n", 'tours.yaml:1: no entry "goes" before this one'),
        ("goes:\n  - 来到\n  - ''\n", 'tours.yaml:3: an item of "goes" must be text'),
        ("goes: 来到\ngoes: 前往\n", 'tours.yaml:2: key "goes" comes twice'),
    ],
)
def test_mistakes_name_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    """What is wrong and where, in one line."""
    with pytest.raises(SchemaError, match=r"tours\.yaml") as error:
        _written(tmp_path, text)
    assert message in str(error.value)


def test_the_entries_that_list_a_word(tmp_path: Path) -> None:
    """What a word is, told by the lists that it stands in."""
    words = _written(tmp_path, "goes: [来, 来到]\nlooks: [来, 察看]\n")
    assert words.listing("来") == {"goes", "looks"}
    assert words.listing("到") == set()


def test_a_missing_entry_is_named(tmp_path: Path) -> None:
    """A step that needs an entry which was taken out says which."""
    words = _written(tmp_path, "goes: 来到\n")
    with pytest.raises(SchemaError, match=r'tours\.yaml:1: lacks "looks"'):
        words["looks"]
    with pytest.raises(SchemaError, match=r'lacks "looks"'):
        words.words("looks")


@pytest.mark.parametrize("path", sorted((schemas_dir() / "wording").glob("*.yaml")), ids=lambda p: p.stem)
def test_what_comes_with_the_program_is_read(path: Path) -> None:
    """Every file compiles, and no entry fits the empty stretch by mistake where a word is meant."""
    words = load_wording(schemas_dir(), path.stem)
    assert words
    assert all(w for name in words for w in words.words(name))
