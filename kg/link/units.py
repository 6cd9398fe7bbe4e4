"""What names tell: a body inside a body (省交通运输厅综合运输处), a work of a firm (某公司光谷产业园)."""

from __future__ import annotations

import re

from kg.link.entities import Registry

_FIRM = re.compile(r"([^，。]{4,24}?(?:有限责任公司|有限公司))(?=.{2,})")

_HAVE_PARTS = (
    "局",
    "厅",
    "部",
    "司",
    "署",
    "大学",
    "学院",
    "指挥部",
    "领导小组",
    "研究院",
    "集团",
    "中心",
    "扶贫办",
    "总会",
)
_BUILDERS = ("大学", "学院", "医院", "学校", "中学", "小学")
_OTHERS = ("附属", "管委会", "家属")


def units(registry: Registry) -> list[tuple[str, str]]:
    """Ids of inner and outer bodies, each inner one with the longest outer one that its name begins with."""
    bodies = [d for d in registry.drafts.values() if d.type == "Organization"]
    pairs = []
    for inner in bodies:
        outer = [
            d
            for d in bodies
            if d.name.endswith(_HAVE_PARTS)
            and inner.name.startswith(d.name)
            and len(inner.name) > len(d.name) + 1
            and not inner.name[len(d.name) :].startswith(_OTHERS)
        ]
        if outer:
            pairs.append((inner.id, max(outer, key=lambda d: len(d.name)).id))
    return pairs


def owners(registry: Registry) -> list[tuple[str, str]]:
    """Ids of firms (or schools, hospitals) and of the works whose names begin with theirs: 厦华光电第8.5代面板项目."""
    for work in [d for d in registry.drafts.values() if d.type == "Project"]:
        firm = _FIRM.match(work.name)
        if firm:
            registry.named("Company", firm.group(1), firm.group(1), work.first)
    drafts = list(registry.drafts.values())
    holders = [
        d for d in drafts if d.type == "Company" or (d.type == "Organization" and d.name.endswith(_BUILDERS))
    ]
    pairs = []
    for work in drafts:
        if work.type not in ("Project", "Park"):
            continue
        begins = [
            (len(name), d.id)
            for d in holders
            for name in (d.name, *d.aliases)
            if len(name) > 2 and work.name.startswith(name) and len(work.name) > len(name) + 1
        ]
        if begins:
            pairs.append((max(begins)[1], work.id))
    return pairs
