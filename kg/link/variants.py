"""Full and short names of one thing in one text: 北城水厂工程 and 柳河县北城水厂工程."""

from __future__ import annotations

import re

from kg.link.entities import Registry
from kg.link.marks import Mark

_JOINED = ("Project", "Park", "Event", "Organization", "Company")


def join_variants(registry: Registry, place_names: frozenset[str]) -> dict[str, str]:
    """Joins entities whose names are variants of each other; the longer name stays.

    Args:
        registry: The document's entities; it is changed.
        place_names: Names of divisions.

    Returns:
        Id of each entity that is gone to the one it is now part of.
    """
    forward: dict[str, str] = {}
    drafts = sorted(registry.drafts.values(), key=lambda d: (-len(d.name), d.id))
    for short in drafts:
        if short.type not in _JOINED or len(short.name) < 3:
            continue
        longer = (d for d in drafts if d.type == short.type and len(d.name) > len(short.name))
        long = next((d for d in longer if shortens(short.name, d.name, short.type)), None)
        if long is None:
            continue
        target = registry.drafts[forward.get(long.id, long.id)]
        # 海东市互助县…大会 is 互助县…大会 where the text says both.
        if short.type == "Event" and target.name.removesuffix(short.name) in place_names:
            target.name = short.name
        forward[short.id] = target.id
        target.surfaces.update(short.surfaces)
        registry.alias(target, short.name)
        target.first = min(target.first, short.first)
    for gone in forward:
        del registry.drafts[gone]
    return forward


def shortens(short: str, long: str, kind: str) -> bool:
    """Whether one name is a variant of a longer one of its type in the same text."""
    if kind == "Company":
        return _same_firm(short, long)
    if kind == "Event" and short.endswith("全会") and len(short) < 8:
        return long.startswith(short[:-2]) and ("全会" in long or "全体" in long)
    if kind == "Project" and long in (f"{short}项目", f"{short}工程", f"{short}建设项目"):
        return True
    if long.startswith(short):
        return False
    if long.endswith(short) and not long[: -len(short)].endswith(("“", "（", "第")):
        return kind != "Organization" or len(short) > 5
    if kind == "Event" or short[-1] != long[-1] or len(short) < 4:
        return False
    if kind == "Organization" and not short.endswith(("医院", "大学")):
        return False
    # 柳河高新区, 青岭电站, 省二医院: characters of the long name in their order.
    brief = kind == "Organization" and short[0] == long[0]
    return (short[:2] in long or brief) and in_order(short, long)


def _same_firm(short: str, long: str) -> bool:
    if len(short) < 4:
        return False
    if long.startswith(short) and not long.endswith("分公司"):
        return True
    if long.endswith(short) and len(long) - len(short) <= 3:
        return True
    if short.endswith("公司") and short[:-2] in long and long.endswith("有限公司"):
        return True
    return short.endswith(("合作社", "银行")) and short[-2:] == long[-2:] and in_order(short, long)


def in_order(short: str, long: str) -> bool:
    """Whether the characters of one string stand in the other in the same order."""
    rest = iter(long)
    return all(char in rest for char in short)


def project_variants(text: str, registry: Registry, taken: bytearray) -> list[Mark]:
    """Later mentions of a project by the end of its name: 民宿聚落 for 青溪湿地民宿聚落项目.

    Args:
        text: The document's text.
        registry: Its entities.
        taken: Positions of names; those found are marked in it.
    """
    found = []
    for draft in [d for d in registry.drafts.values() if d.type == "Project"]:
        core = re.sub("(?:建设)?(?:项目|工程)$", "", draft.name)
        for length in range(len(core) - 1, 3, -1):
            tail = core[-length:]
            spots = [m.start() for m in re.finditer(re.escape(tail), text)]
            free = [at for at in spots if not any(taken[at : at + length])]
            for at in free:
                taken[at : at + length] = b"\1" * length
                draft.surfaces[tail] += 1
                found.append(Mark(at, at + length, "Project", draft.id, tail, anaphor=True))
            if free:
                break
    return found
