from __future__ import annotations

import importlib.util
from pathlib import Path
from time import perf_counter

import pytest

from kg.errors import InputError
from kg.gazetteer import Division, Gazetteer, Match
from kg.lexicon import load_lexicon
from kg.place_names import middle_name, short_name
from kg.resources import schemas_dir


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def names(matches: list[Match]) -> list[str]:
    return [match[2] for match in matches]


def test_levels_have_about_as_many_divisions_as_the_country(gazetteer: Gazetteer) -> None:
    """Groupings of the statistical tables are left out, so the counts are near the official ones."""
    counts = dict.fromkeys(("country", "province", "prefecture", "county", "township"), 0)
    for division in gazetteer.by_code.values():
        counts[division.level] += 1
    assert counts["province"] == 34
    assert counts["prefecture"] == 333
    assert 2840 <= counts["county"] <= 2860
    assert 38_500 <= counts["township"] <= 39_000
    assert counts["country"] > 80


def test_every_parent_exists_and_is_one_level_or_more_higher(gazetteer: Gazetteer) -> None:
    """Only provinces and countries stand alone."""
    order = ["country", "province", "prefecture", "county", "township"]
    for division in gazetteer.by_code.values():
        if division.parent is None:
            assert division.level in ("country", "province"), division
        else:
            assert order.index(gazetteer.by_code[division.parent].level) < order.index(division.level), (
                division
            )


def test_no_grouping_or_office_is_left_as_a_name(gazetteer: Gazetteer) -> None:
    """市辖区 and 街道办事处 are wording of the tables, not names."""
    all_names = {division.name for division in gazetteer.by_code.values()}
    assert not all_names & {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "街道"}
    assert not [name for name in all_names if name.endswith(("办事处", "管委会", "农场", "开发区"))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("331124105", ["新兴镇", "松阳县", "丽水市", "浙江省"]),
        ("110105", ["朝阳区", "北京市"]),
        ("500229", ["城口县", "重庆市"]),
        ("419001101", ["五龙口镇", "济源市", "河南省"]),
        ("441900101", ["石碣镇", "东莞市", "广东省"]),
        ("429021", ["神农架林区", "湖北省"]),
    ],
)
def test_ancestors(gazetteer: Gazetteer, code: str, expected: list[str]) -> None:
    """Parents skip the levels that a place does not have."""
    assert [gazetteer.by_code[code].name, *(d.name for d in gazetteer.ancestors(code))] == expected


def test_homonyms_are_all_found_and_told_apart_by_their_county(gazetteer: Gazetteer) -> None:
    """新兴镇 alone is eleven towns; within 松阳县 it is one."""
    assert len(gazetteer.named("新兴镇")) == 11
    assert len(gazetteer.named("城关镇")) >= 88
    assert [d.code for d in gazetteer.named("新兴镇", within="331124")] == ["331124105"]
    assert [d.level for d in gazetteer.named("吉林", levels={"province", "prefecture"})] == [
        "province",
        "prefecture",
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("松阳县", "松阳"),
        ("江华瑶族自治县", "江华"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("太仆寺旗", "太仆寺"),
        ("阿拉善左旗", "阿拉善左旗"),
        ("新疆维吾尔自治区", "新疆"),
        ("内蒙古自治区", "内蒙古"),
        ("延边朝鲜族自治州", "延边"),
        ("恩施土家族苗族自治州", "恩施"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("万柏林区", "万柏林"),
        ("清新区", "清新"),
        ("浦东新区", "浦东"),
        ("管城回族区", "管城"),
        ("滨江区", "滨江"),
        ("唐县", "唐县"),
        ("城区", "城区"),
        ("香港特别行政区", "香港"),
        ("大兴安岭地区", "大兴安岭"),
        ("西屏街道", "西屏"),
        ("板桥畲族乡", "板桥"),
        ("巴彦鄂温克民族乡", "巴彦"),
        ("城东社区", "城东"),
        ("易沟村", "易沟"),
        ("德国", "德国"),
    ],
)
def test_short_name(name: str, short: str) -> None:
    """The kind and the peoples go, unless too little is left."""
    assert short_name(name) == short


def test_middle_names_of_autonomous_divisions(gazetteer: Gazetteer) -> None:
    """News writes 江华县 and 延边州."""
    assert middle_name("江华瑶族自治县") == "江华县"
    assert middle_name("延边朝鲜族自治州") == "延边州"
    assert middle_name("板桥畲族乡") == "板桥乡"
    assert middle_name("松阳县") is None
    assert [d.name for d in gazetteer.named("江华县")] == ["江华瑶族自治县"]


def test_former_names_lead_to_their_successors(gazetteer: Gazetteer) -> None:
    """Each former division has the code of one that exists, and another name."""
    assert gazetteer.by_code[gazetteer.named("萧山市")[0].code].name == "萧山区"
    assert len(gazetteer.former) > 150
    for division in gazetteer.former:
        successor = gazetteer.by_code[division.code]
        assert successor.level == division.level
        assert successor.name != division.name


def test_villages_are_read_by_county(gazetteer: Gazetteer) -> None:
    """Villages have plain names, twelve digits and their township as parent."""
    villages = gazetteer.villages("331124")
    assert len(villages) > 150
    assert villages[0].name == "城东社区"
    assert all(v.parent in gazetteer.by_code and len(v.code) == 12 for v in villages)
    assert all(v.name.endswith(("村", "社区", "嘎查")) for v in villages)
    assert len({v.code for v in villages}) == len(villages)
    assert [v.parent for v in gazetteer.named(villages[0].name, within="331124", levels={"village"})]
    assert gazetteer.villages("4419"), "a prefecture without counties has villages of its own"
    assert gazetteer.villages("710000") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江省松阳县古市镇", ["浙江省", "松阳县", "古市镇"]),
        ("湖北京山市", ["湖北", "京山市"]),
        ("江西安义县", ["江西", "安义县"]),
        ("云南通海县", ["云南", "通海县"]),
        ("中山东路", ["中山"]),
        ("湖南江华瑶族自治县与江华县", ["湖南", "江华瑶族自治县", "江华县"]),
        ("来自德国的企业落户余姚", ["德国", "余姚"]),
        ("赵县长和代县长到唐县", ["唐县"]),
        ("松阳县长陈某", ["松阳县"]),
        ("春天来了", []),
    ],
)
def test_matches_cover_most_and_do_not_overlap(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    """北京 is not read out of 湖北京山市."""
    found = list(gazetteer.iter_matches(text))
    assert names(found) == expected
    assert all(text[start:end] == name for start, end, name, _ in found)


def test_matches_carry_all_codes(gazetteer: Gazetteer) -> None:
    """Which of the homonyms is meant is left to the caller."""
    ((*_, codes),) = gazetteer.iter_matches("吉林")
    assert codes[:2] == ("22", "2202")


def test_ambiguous_names_are_flagged() -> None:
    """Every listed name is one of the gazetteer, and plain ones are not listed."""
    gazetteer = Gazetteer.load()
    assert all(gazetteer.ambiguous(name) for name in ("公安", "高明", "合作", "城区", "左权"))
    assert not any(gazetteer.ambiguous(name) for name in ("松阳", "松阳县", "杭州", "浙江", "海南"))
    sections = load_lexicon(schemas_dir() / "lexicons" / "ambiguous_places.txt")
    unknown = [name for terms in sections.values() for name in terms if not gazetteer.named(name)]
    assert unknown == []


def test_rows_of_the_tables_become_plain_names() -> None:
    """The script that makes the files mends what the package has as the office writes it."""
    path = Path(__file__).parent.parent / "scripts" / "make_gazetteer.py"
    spec = importlib.util.spec_from_file_location("make_gazetteer", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    parents = ("焦作市", "博爱县")
    for raw, plain in {
        "鸿昌街道办事处": "鸿昌街道",
        "博爱县磨头镇": "磨头镇",
        "经济开发区（马棚街道）": "马棚街道",
        "化学新材料产业园-沿江街道": "沿江街道",
        "郑州经济技术开发区明湖街道": "明湖街道",
        "幸福农场": "",
        "永吉经济开发区特殊乡镇": "",
    }.items():
        assert script.township_name(raw, parents=parents) == plain
    assert script.township_name("芒市镇", parents=("芒市",)) == "芒市镇"
    for raw, plain in {
        "易沟村民委员会": "易沟村",
        "东北村村民委员会": "东北村",
        "铁路社区居委会": "铁路社区",
        "贾庄居委会": "贾庄社区",
        "一连生活区": "",
    }.items():
        assert script.village_name(raw) == plain


def test_a_division_cannot_be_changed(gazetteer: Gazetteer) -> None:
    """Divisions are values."""
    assert gazetteer.by_code["331124"] == Division("331124", "county", "松阳县", "松阳", "3311")


def test_zones_are_kept_apart(gazetteer: Gazetteer) -> None:
    """A development zone has a code in the tables but is no region."""
    assert gazetteer.zones()["320576"] == "苏州工业园区"
    assert gazetteer.named("苏州工业园区") == ()


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    """The error names the file and the script that makes it."""
    with pytest.raises(InputError, match=r"countries\.tsv: missing; make it with scripts/make_gazetteer\.py"):
        Gazetteer.load(tmp_path)


def test_loading_is_quick() -> None:
    """A bound that holds on a slow, busy machine; it is about a quarter of a second there."""
    start = perf_counter()
    gazetteer = Gazetteer.load()
    list(gazetteer.iter_matches("松阳县"))
    assert perf_counter() - start < 3
