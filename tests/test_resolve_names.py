"""Names taken apart: firms, bodies, works; slips and short forms; the tables that weigh what is compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import SchemaError
from kg.gazetteer import Gazetteer
from kg.resolve.body_names import BodyNames
from kg.resolve.firm_names import FirmNames
from kg.resolve.likeness import abbreviates, one_edit
from kg.resolve.titles import Titles
from kg.resolve.weights import NEVER, load_weights
from kg.resources import schemas_dir
from kg.wording import load_wording


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "places", "core", "stem", "legal"),
    [
        ("浙江云中马股份有限公司", ("33",), "云中马", "云中马", True),
        ("云中马公司", (), "云中马", "云中马", False),
        ("云中马", (), "云中马", "云中马", False),
        ("松阳县云中马茶业有限公司", ("331124",), "云中马茶业", "云中马", True),
        ("石楼华钰佳农业开发有限责任公司", ("141126",), "华钰佳农业开发", "华钰佳", True),
        ("朝阳科技有限公司", (), "朝阳科技", "朝阳", True),
    ],
)
def test_firm_names(
    gazetteer: Gazetteer, name: str, places: tuple[str, ...], core: str, stem: str, legal: bool
) -> None:
    """A firm's name is place, brand, trade and legal form; a place before a bare trade is the brand."""
    found = FirmNames(gazetteer, schemas_dir()).read(name)
    assert (found.places, found.core, found.stem, found.legal) == (places, core, stem, legal)


def test_roles_of_firms(gazetteer: Gazetteer) -> None:
    """The selling company of a group says so in its name."""
    names = FirmNames(gazetteer, schemas_dir())
    assert names.read("云中马销售有限公司").roles == {"销售"}
    assert names.read("云中马股份有限公司").roles == frozenset()


@pytest.mark.parametrize(
    ("name", "codes", "kind"),
    [
        ("丽水市经信局", ("3311",), "经济和信息化局"),
        ("丽水市经济和信息化局", ("3311",), "经济和信息化局"),
        ("浙江省松阳县住建局", ("331124",), "住房和城乡建设局"),
        ("中共松阳县委组织部", ("331124",), "委组织部"),
        ("公安局", (), "公安局"),
    ],
)
def test_body_names(gazetteer: Gazetteer, name: str, codes: tuple[str, ...], kind: str) -> None:
    """A body is a division and what it is of it, in full form."""
    found = BodyNames(gazetteer, schemas_dir()).read(name)
    assert (found.codes, found.kind) == (codes, kind)


def test_changes_of_bodies(gazetteer: Gazetteer) -> None:
    """One predecessor is a renaming with a date, several are a merger, and a merger renames nobody."""
    names = BodyNames(gazetteer, schemas_dir())
    change = names.renaming("农业局", "农业农村局")
    assert change is not None
    assert change.on == "2019-01"
    assert names.renaming("农业农村局", "农业局") == change
    assert names.renaming("国土资源局", "自然资源和规划局") is None
    assert [c.after for c in names.merger("国土资源局")] == ["自然资源和规划局"]
    assert names.last_name("安全生产监督管理局") == "应急管理局"


@pytest.mark.parametrize(
    ("name", "known", "core"),
    [
        ("松阳县老旧小区改造项目", set(), "老旧小区"),
        ("松阳经济开发区", {"331124"}, "经济开发区"),
        ("竹溪文化艺术中心", {"331124"}, "竹溪文化艺术中心"),
        ("全县农业农村工作会议", set(), "农业农村工作会议"),
        ("县工业园区", set(), "工业园区"),
    ],
)
def test_names_of_works(gazetteer: Gazetteer, name: str, known: set[str], core: str) -> None:
    """The place is taken off where it is one that the document knows; 竹溪 may be a village."""
    assert (
        Titles(gazetteer, load_wording(schemas_dir(), "work_names")).read(name, frozenset(known)).core == core
    )


def test_numbers_tell_works_apart(gazetteer: Gazetteer) -> None:
    """Phases, sessions and directions count, however they are written."""
    numbers = Titles(gazetteer, load_wording(schemas_dir(), "work_names")).numbers
    assert numbers("标准厂房二期") == numbers("标准厂房第2期") != numbers("标准厂房一期")
    assert numbers("县委十四届六次全会") != numbers("县委十四届七次全会")
    assert numbers("东片区") != numbers("西片区")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("经济和信息化局", "经济和信息话局", True),
        ("经济信息化局", "经济和信息化局", True),
        ("信息经济化局", "经济和信息化局", False),
        ("标准厂房", "标厂准房", True),
        ("第一中学", "第二中学", False),
        ("东城小学", "西城小学", False),
        ("一样", "一样", False),
    ],
)
def test_one_edit(one: str, other: str, expected: bool) -> None:
    """One slip; a number or a direction is none."""
    assert one_edit(one, other) is one_edit(other, one) is expected


def test_abbreviations() -> None:
    """A short form keeps first and last character and the order."""
    assert abbreviates("经信局", "经济和信息化局")
    assert not abbreviates("信经局", "经济和信息化局")
    assert not abbreviates("商务局", "经济商务局")


def test_weights_hold() -> None:
    """Every kind has a table, and what must never be joined is never."""
    tables = load_weights(schemas_dir())
    assert tables["Region"].weights["other-code"] == NEVER
    assert tables["People"].sum({"same-office": "", "common-name": ""}) == 5.5
    assert tables["Company"].reasons({"same-name": "", "same-county": "331124"}) == (
        "one full name +6",
        "in one county (331124) +2",
    )
    for kind, table in tables.items():
        assert set(table.says.values()) == set(table.chinese), f"{kind}: a reason without Chinese"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "same-code: {weight: 6,",
            "same-cod: {weight: 6,",
            'unknown feature "same-cod"; did you mean "same-code"?',
        ),
        ("same-code: {weight: 6,", "same-code: {weight: much,", "must be a number or never"),
        ("    same-code: {weight: 6, says: one code, zh: 区划代码相同}\n", "", "lacks same-code"),
        ("  same: 4\n  doubtful: 3\n", "  same: 2\n  doubtful: 3\n", '"doubtful" must not be above "same"'),
        ("Region:  #", "Regions:  #", 'unknown key "Regions"'),
    ],
)
def test_mistakes_in_the_weights(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A mistake is one error with file and line."""
    folder = shutil.copytree(schemas_dir(), tmp_path / "schemas")
    file = folder / "resolution.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"resolution\.yaml:\d+: ") as caught:
        load_weights(folder)
    assert message in str(caught.value)


def test_mistakes_in_the_bodies(tmp_path: Path, gazetteer: Gazetteer) -> None:
    """So is one in bodies.yaml."""
    folder = shutil.copytree(schemas_dir(), tmp_path / "schemas")
    (folder / "bodies.yaml").write_text("short: {}\nchanges:\n  - {from: [], to: 水利局, since: '2019'}\n")
    with pytest.raises(SchemaError, match=r"bodies\.yaml:3: .*at least one body"):
        BodyNames(gazetteer, folder)


def test_a_schema_folder_without_tables_uses_the_programs(tmp_path: Path, gazetteer: Gazetteer) -> None:
    """Schema folders of older versions keep working."""
    assert load_weights(tmp_path) == load_weights(schemas_dir())
    assert BodyNames(gazetteer, tmp_path).read("松阳县经信局").kind == "经济和信息化局"
