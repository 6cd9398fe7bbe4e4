"""Stops of a tour that have no telling last word: 先后来到国际文博城、高铁南站广场、甲公司等地."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.annotate.grid import NAME_TAGS, Grid
from kg.annotated import Name

_STOPS = re.compile(
    r"(?:来到|前往|深入|走进|先后[到赴在]|实地[到赴]|(?:[察查]看|参观|考察|走访|观摩|视察|检查|慰问)+了?)"
    r"([^。；，：“”\n]{4,140}?)等(?:[\u4e00-\u9fff]{0,3}(?:单位|场所|景点|景区|村)|地|处|项目|企业|点位|现场|单位|\d+[个处家]|[一二三四五六七八九十]+[个处家]"
    r"|(?=[\u4e00-\u9fff]{0,8}(?:[，。；]|进行|开展|实地|详细|察看|查看|了解|调研|指导)))"
)
_ITEM = re.compile(r"[^、]+")
_END = re.compile(r"(?:项目|工程)?(?:建设|建筑|施工|生产|改造)?(?:现场|工地|车间|一线|展厅|厂区)$")
_GENERAL = re.compile(
    r"[的了和与及在]|情况|工作|重点|企业$|项目$|现场$|生产|建设$|公司$|[镇乡村县市区]$|街道$|社区$|[路街巷]$|大道$"
)
_FIRM = ("酒店", "宾馆", "超市", "商城", "商场", "茶庄", "酒庄", "民宿", "农庄")


def tour_sites(grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
    """Items of a tour's list that no other rule named.

    Args:
        grid: The text.
        names: Names found in it.
    """
    taken = bytearray(len(grid.text))
    firms = {grid.text[n.start : n.end] for n in names if n.type == "Company"}
    for name in names:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
    for tour in _STOPS.finditer(grid.text):
        items = list(_ITEM.finditer(grid.text, *tour.span(1)))
        if len(items) < 2:
            continue
        for item in items:
            start, end = item.span()
            place = grid.place_starting_at(start)
            end -= len(suffix.group()) if (suffix := _END.search(item.group())) else 0
            if not 4 <= end - start <= 14 or any(taken[start:end]) or _GENERAL.search(grid.text, start, end):
                continue
            if any(grid.text[start:end] in firm for firm in firms):
                continue
            named = place is not None or any(grid.tag_at(i) in NAME_TAGS for i in range(start, end))
            if named and (place is None or place.end < end):
                kind = "Company" if grid.text[start:end].endswith(_FIRM) else "Project"
                yield Name(start, end, kind, "site", 0.55)
