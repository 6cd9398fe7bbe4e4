"""Bodies inside bodies, told by their names: 省交通运输厅综合运输处 is part of 省交通运输厅."""

from __future__ import annotations

from kg.link.entities import Registry

_HAVE_PARTS = ("局", "厅", "部", "司", "署", "大学", "学院", "指挥部", "领导小组", "研究院", "集团", "中心", "扶贫办", "总会")
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
