from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import SchemaError
from kg.patterns import Pattern, compile_template, encode, read_example, slot_types
from kg.resources import schemas_dir
from kg.schema import Schema, load_lexicon, load_schema

TYPES = ("Company", "Event", "Official", "Person", "Project")

SUPPLIES = """\
SUPPLIES:
  zh: 供货
  description: Delivers goods to it.
  head: [Company]
  tail: [Company, Project]
"""
SUPPLIES_PATTERNS = """\
- id: company-supplies
  relation: SUPPLIES
  pattern: "{head:Company}[^，。；{*}]{0,6}?向{tail:Company/Project}供应"
  examples:
    - "[松阳某某茶叶有限公司|Company|head]常年向[丽水某某商贸有限公司|Company|tail]供应绿茶。"
  counter:
    - "[松阳某某茶叶有限公司|Company]向消费者供应绿茶，[丽水某某商贸有限公司|Company]退出。"
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of schemas/ without patterns, to be edited."""
    copy = tmp_path / "schemas"
    shutil.copytree(schemas_dir(), copy)
    for path in (copy / "patterns").glob("*.yaml"):
        path.unlink()
    (copy / "patterns").mkdir(exist_ok=True)
    return copy


def edit(path: Path, old: str, new: str) -> int:
    """Replaces a text that stands there once; returns the line it stands in."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def pattern(template: str) -> Pattern:
    ends = (slot_types(template, TYPES, role) for role in ("head", "tail"))
    return Pattern("p", ("R",), template, compile_template(template, TYPES), tuple(sorted(TYPES)), *ends)


def found(template: str, marked: str) -> list[tuple[list[str], list[str]]]:
    """The texts of heads and tails of each match."""
    example = read_example(marked, "here:1", TYPES)
    name = [example.text[start:end] for start, end, _ in example.spans]
    return [
        ([name[i] for i in match.head_mentions], [name[i] for i in match.tail_mentions])
        for match in pattern(template).matches(encode(example.text, example.spans, TYPES))
    ]


def test_the_schema_of_the_program_loads(schema: Schema) -> None:
    """Types, ends and flags are what the files say."""
    assert schema.types == tuple(sorted(schema.entities))
    assert schema.entities["Region"].levels["county"].label == "County"
    assert schema.relations["LEADS"].titled
    assert schema.relations["COOPERATES_WITH"].symmetric
    assert schema.relations["PART_OF"].allows("Region", "Region")
    assert not schema.relations["PART_OF"].allows("Park", "Region")
    assert not schema.relations["OWNS"].allows("Person", "Company")


def test_every_example_of_the_pattern_files_holds(schema: Schema) -> None:
    """Examples match, counter-examples do not."""
    assert [message for p in schema.patterns for message in p.failures()] == []


def test_every_lexicon_loads() -> None:
    """No term comes twice in a section."""
    paths = sorted((schemas_dir() / "lexicons").glob("*.txt"))
    assert paths
    assert all(load_lexicon(path) for path in paths)


def test_a_relation_is_added_by_yaml_alone(folder: Path) -> None:
    """A relation type and a pattern that the code has never seen load and match."""
    with (folder / "relations.yaml").open("a", encoding="utf-8") as file:
        file.write(SUPPLIES)
    (folder / "patterns" / "supplies.yaml").write_text(SUPPLIES_PATTERNS, encoding="utf-8")
    schema = load_schema(folder)
    assert schema.relations["SUPPLIES"].tail == {"Company", "Project"}
    (supplies,) = schema.patterns
    assert list(supplies.failures()) == []
    text = "甲公司已向乙公司供应茶叶"
    (match,) = supplies.matches(encode(text, [(5, 8, "Company"), (0, 3, "Company")], schema.types))
    assert (match.head_mentions, match.tail_mentions) == ((1,), (0,))
    assert text[match.start : match.end] == "甲公司已向乙公司供应"


def test_one_pattern_states_several_relations(folder: Path) -> None:
    """A list of relation types: each of them must exist and allow the ends."""
    with (folder / "relations.yaml").open("a", encoding="utf-8") as file:
        file.write(SUPPLIES)
    both = SUPPLIES_PATTERNS.replace("relation: SUPPLIES", "relation: [SUPPLIES, OWNS]")
    (folder / "patterns" / "supplies.yaml").write_text(both, encoding="utf-8")
    with pytest.raises(SchemaError, match=r"OWNS cannot have Project as tail"):
        load_schema(folder)
    (folder / "patterns" / "supplies.yaml").write_text(
        both.replace("{tail:Company/Project}", "{tail:Company}"), encoding="utf-8"
    )
    assert load_schema(folder).patterns[0].relations == ("SUPPLIES", "OWNS")


def test_an_example_that_fails_is_named_with_its_line(folder: Path) -> None:
    """Broken examples are told one by one."""
    with (folder / "relations.yaml").open("a", encoding="utf-8") as file:
        file.write(SUPPLIES)
    broken = SUPPLIES_PATTERNS.replace("常年", "常年，").replace("消费者", "[客户公司|Company]")
    (folder / "patterns" / "supplies.yaml").write_text(broken, encoding="utf-8")
    messages = list(load_schema(folder).patterns[0].failures())
    assert len(messages) == 2
    assert "supplies.yaml:5: " in messages[0]
    assert "does not match its example" in messages[0]
    assert "supplies.yaml:7: " in messages[1]
    assert "matches its counter-example" in messages[1]


def test_ends_marked_in_an_example_must_be_those_found(folder: Path) -> None:
    """A match of the wrong mentions is a failure too."""
    with (folder / "relations.yaml").open("a", encoding="utf-8") as file:
        file.write(SUPPLIES)
    swapped = SUPPLIES_PATTERNS.replace("|head]", "|x]").replace("|tail]", "|head]").replace("|x]", "|tail]")
    (folder / "patterns" / "supplies.yaml").write_text(swapped, encoding="utf-8")
    (message,) = load_schema(folder).patterns[0].failures()
    assert "takes other ends than marked" in message


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("relations.yaml", "  tail: [Event]", "  tial: [Event]", 'unknown key "tial"; did you mean "tail"?'),
        ("relations.yaml", "  tail: [Event]", "  qqq: 1", 'unknown key "qqq"; legal: zh, '),
        (
            "relations.yaml",
            "  tail: [Event]",
            "  tail: [Evnt]",
            'unknown entity type "Evnt"; did you mean "Event"?',
        ),
        ("relations.yaml", "  tail: [Event]", "  tail: Event", '"tail" must be a list'),
        ("relations.yaml", "  tail: [Event]", "  tail: [Event, Event]", '"tail" names "Event" twice'),
        ("relations.yaml", "  tail: [Event]", "  tail: []", '"tail" must name at least one entity type'),
        (
            "relations.yaml",
            "  titled: true",
            "  titled: maybe",
            '"titled" must be true or false, not "maybe"',
        ),
        ("relations.yaml", "  titled: true", "  zh: 又", 'key "zh" comes twice'),
        ("relations.yaml", "  zh: 领导", "  zh: [a]", '"zh" must be text'),
        ("relations.yaml", "  zh: 领导", "  zh: 1", '"zh" must be text, not "1"'),
        ("relations.yaml", "  zh: 领导", "  zh: [", "not valid YAML"),
        ("relations.yaml", "  zh: 领导", "  zh: ''", '"zh" must be text'),
        ("entities.yaml", '"#0072B2"', "blue", '"colour" must be like "#0072B2", not "blue"'),
        ("entities.yaml", "shape: star", "shape: starr", '"shape" is "starr"; did you mean "star"?'),
        ("entities.yaml", "label: Country", "lable: Country", 'unknown key "lable"; did you mean "label"?'),
        ("entities.yaml", "label: Country", "label: 国", "cannot be a label"),
    ],
)
def test_a_mistake_is_one_error_with_file_and_line(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    """The message starts with file:line and says what would be right."""
    line = edit(folder / file, old, new)
    with pytest.raises(SchemaError) as caught:
        load_schema(folder)
    if "not valid YAML" not in message:  # the parser names the line where it gave up
        assert f"schemas/{file}:{line}: " in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_key_is_named(folder: Path) -> None:
    """The error stands at the entry that lacks it."""
    line = edit(folder / "relations.yaml", "  tail: [Event]\n", "")
    with pytest.raises(SchemaError, match=r'relations\.yaml:\d+: "ATTENDS" lacks "tail"') as caught:
        load_schema(folder)
    assert int(str(caught.value).split(":")[-2]) < line


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("relations.yaml", "leads:\n  zh: x\n", r'relations\.yaml:2: "leads" cannot be a name here'),
        ("relations.yaml", "", r"relations\.yaml:1: the file is empty"),
        ("entities.yaml", "- a\n", r"entities\.yaml:1: the file must be a mapping"),
        ("entities.yaml", "1: a\n", r"entities\.yaml:1: a key must be plain text"),
    ],
)
def test_a_file_of_another_form_is_an_error(folder: Path, file: str, content: str, message: str) -> None:
    """Names are checked, because they stand in Cypher statements."""
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(SchemaError, match=message):
        load_schema(folder)


def test_a_missing_file_is_an_error(folder: Path) -> None:
    """The message names it."""
    (folder / "entities.yaml").unlink()
    with pytest.raises(SchemaError, match=r"entities\.yaml:1: not a readable UTF-8 file"):
        load_schema(folder)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('供应"', '(供应"', 3, "not a regular expression"),
        ("{head:Company}", "{head:Compny}", 3, 'slot names an unknown entity type "Compny"'),
        ("{head:Company}", "{haed:Company}", 3, "{haed:Company} is no slot"),
        ("{head:Company}", "{Company}", 3, "needs {head:…} and {tail:…}, each once"),
        ("{head:Company}", "{head:Person}", 3, "SUPPLIES cannot have Person as head; legal: Company"),
        ("{tail:Company/Project}", "{tail:*}", 3, "SUPPLIES cannot have Event, "),
        (
            "relation: SUPPLIES",
            "relation: SUPLIES",
            2,
            'unknown relation type "SUPLIES"; did you mean "SUPPLIES"?',
        ),
        ("|Company|head]", "|Firm]", 5, 'example marks an unknown entity type "Firm"'),
        ("|Company|head]", "|Company", 5, "example has a mark that is not [text|Type]"),
        (
            "  relation: SUPPLIES",
            "  relation: SUPPLIES\n  score: 2",
            3,
            '"score" must be a number from 0 to 1, not "2"',
        ),
        (
            "  relation: SUPPLIES",
            "  relation: SUPPLIES\n  modality: plan",
            3,
            '"modality" is "plan"; did you mean "planned"?',
        ),
        ("  examples:", "  exmaples:", 4, 'unknown key "exmaples"; did you mean "examples"?'),
    ],
)
def test_a_broken_pattern_is_one_error_with_file_and_line(
    folder: Path, old: str, new: str, line: int, message: str
) -> None:
    """Patterns are compiled and checked against their relation when they are loaded."""
    with (folder / "relations.yaml").open("a", encoding="utf-8") as file:
        file.write(SUPPLIES)
    path = folder / "patterns" / "supplies.yaml"
    path.write_text(SUPPLIES_PATTERNS, encoding="utf-8")
    edit(path, old, new)
    with pytest.raises(SchemaError) as caught:
        load_schema(folder)
    assert f"schemas/patterns/supplies.yaml:{line}: " in str(caught.value)
    assert message in str(caught.value)


def test_a_pattern_id_is_used_once(folder: Path) -> None:
    """The error names the other place."""
    with (folder / "relations.yaml").open("a", encoding="utf-8") as file:
        file.write(SUPPLIES)
    (folder / "patterns" / "a.yaml").write_text(SUPPLIES_PATTERNS, encoding="utf-8")
    (folder / "patterns" / "b.yaml").write_text(SUPPLIES_PATTERNS, encoding="utf-8")
    with pytest.raises(SchemaError, match=r'b\.yaml:1: pattern "company-supplies" is already at .*a\.yaml:1'):
        load_schema(folder)


def test_terms_are_handed_on_as_span_ruler_patterns(folder: Path) -> None:
    """Texts and token descriptions pass; anything else is an error."""
    path = folder / "patterns" / "terms.yaml"
    path.write_text("- {label: Park, pattern: 产业园}\n- label: Park\n  pattern: [{TEXT: 园}]\n  id: x\n")
    assert load_schema(folder).terms == (
        {"label": "Park", "pattern": "产业园"},
        {"label": "Park", "pattern": [{"TEXT": "园"}], "id": "x"},
    )
    path.write_text("- {label: Park, pattern: 3}\n")
    with pytest.raises(SchemaError, match=r'terms\.yaml:1: "pattern" must be text or a list'):
        load_schema(folder)


def test_lexicon_sections_keep_their_order(tmp_path: Path) -> None:
    """Comments and empty lines do not count; terms before a section are in section ""."""
    path = tmp_path / "words.txt"
    path.write_text("# all\n零\n[b]\n二  # why\n\n一\n[a]\n二\n", encoding="utf-8")
    assert load_lexicon(path) == {"": ("零",), "b": ("二", "一"), "a": ("二",)}
    path.write_text("[a]\n一\n二\n一\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r'words\.txt:4: "一" is already in section "a" \(line 2\)'):
        load_lexicon(path)
    path.write_text("[a]\n一\n[a]\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r'words\.txt:3: section "a" comes twice'):
        load_lexicon(path)
    with pytest.raises(SchemaError, match=r"none\.txt:1: not a readable UTF-8 term list"):
        load_lexicon(tmp_path / "none.txt")


def test_mentions_become_one_character_and_positions_lead_back() -> None:
    """Unknown types stay as text, and private-use characters of the text cannot pass for mentions."""
    text = "甲公司\ue000副县长投资乙项目。"
    encoded = encode(text, [(9, 12, "Project"), (4, 7, "Title"), (0, 3, "Company")], TYPES)
    assert encoded.text == "\ue000\ufffd副县长投资\ue004。"
    assert encoded.mentions == (2, -1, -1, -1, -1, -1, -1, 0, -1)
    assert encoded.offsets == (0, 3, 4, 5, 6, 7, 8, 9, 12, 13)
    with pytest.raises(ValueError, match="overlaps"):
        encode(text, [(0, 3, "Company"), (2, 4, "Company")], TYPES)


def test_plain_quantifiers_and_braces_in_classes_work() -> None:
    """Only braces with a letter or * are slots."""
    assert found("{head:Company}[^，{}]{0,2}投资{tail:Project}", "[甲|Company]拟投资[乙|Project]") == [
        (["甲"], ["乙"])
    ]
    assert found("{head:Company}.{3,}{tail:Project}", "[甲|Company]拟投[乙|Project]") == []
    assert found("{head:Company}[]a]{tail:Project}", "[甲|Company]a[乙|Project]") == [(["甲"], ["乙"])]
    assert found(r"{head:Company}\{{tail:Project}", "[甲|Company]{[乙|Project]") == [(["甲"], ["乙"])]


def test_slots_take_one_type_several_or_any() -> None:
    """{*} stands for any mention, also inside a class."""
    marked = "[甲|Company]、[丙|Event]和[王五|Person]参加[乙|Project]"
    assert found("{head:Official/Person}参加{tail:Project}", marked) == [(["王五"], ["乙"])]
    assert found("{head:Company}、{*}和{Person}参加{tail:Project}", marked) == [(["甲"], ["乙"])]
    assert found("{head:Company}[^{*}]+{tail:Project}", marked) == []
    assert slot_types("{head:Official/Person+}{tail:*}", TYPES, "head") == {"Official", "Person"}
    assert slot_types("{head:Official/Person+}{tail:*}", TYPES, "tail") == set(TYPES)


def test_a_list_is_one_match_with_all_its_heads() -> None:
    """、，和与及 join a list; the list is not matched again from its second member."""
    marked = "[甲|Official]、[乙|Person]，[丙|Official]和[丁|Person]出席[会议|Event]"
    assert found("{head:Official/Person+}出席{tail:Event}", marked) == [(["甲", "乙", "丙", "丁"], ["会议"])]


def test_matches_may_overlap_behind_the_head() -> None:
    """A tail may be the head of the next match."""
    marked = "[甲|Company]控股[乙|Company]控股[丙|Company]"
    assert found("{head:Company}控股{tail:Company}", marked) == [(["甲"], ["乙"]), (["乙"], ["丙"])]


def test_a_tail_may_stand_before_the_head() -> None:
    """The search goes on behind the head in either order and always ends."""
    marked = "[项目一|Project]由[甲|Company]承建，[项目二|Project]由[乙|Company]承建"
    assert found("{tail:Project}由{head:Company}承建", marked) == [(["甲"], ["项目一"]), (["乙"], ["项目二"])]
    assert found("(?<={head:Company})承建.*?{tail:Project}", "[甲|Company]承建[乙|Project]") == [
        (["甲"], ["乙"])
    ]
    assert found("(?:{head:Company})?承建{tail:Project}", "承建[乙|Project]") == []
