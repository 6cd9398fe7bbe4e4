"""Parks that other names imply: the park of a committee, the zone a section lies in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.annotated import Name
from kg.link.entities import Registry
from kg.link.variants import shortens

_WORD = re.compile(r"(?:经济技术|经济|高新技术产业|高新)?(?:开发区|园区|经开区|高新区|集聚区|产业园|工业园)")
_COMMITTEE = re.compile(r"(.{3,}?(?:区|园|平台))(?:管委会|党工委)")
_SECTION = re.compile(
    r"(.{2,}?(?:开发区|高新区|经开区|产业园|工业园区?))(?=[^区园]{2,10}(?:片区|园区|组团|区块|分园|园|集聚区)$|.{3,}产业园$)"
)


def park_word(name: str) -> str:
    """The general word for a park that a name begins with (开发区管委会 → 开发区), or ""."""
    match = _WORD.match(name)
    return match.group() if match and match.end() < len(name) else ""


def park_named(word: str, text: str, names: Iterable[Name], position: int) -> str | None:
    """The full name of the park that 开发区 or 园区 stands for.

    Args:
        word: The general word; "" for any park.
        text: The document's text.
        names: The names found in it.
        position: Where the word stands; what was named before it comes first.
    """
    found = []
    for name in sorted(names, key=lambda n: n.start > position):
        spelled = text[name.start : name.end]
        if name.type == "Park" or (name.type == "Organization" and spelled.endswith(("管委会", "党工委"))):
            found.append(re.sub("(?:管委会|党工委)$", "", spelled))
    longer = [f for f in found if len(f) > len(word) + 1]
    fits = [f for f in longer if f.endswith(word) or shortens(word, f, "Park")]
    return next(iter(fits or [f for f in longer if word in f]), None)


def add_parks_of_committees(text: str, names: Iterable[Name], registry: Registry) -> None:
    """A committee names its park where the text speaks of the park as well (园区, 开发区)."""
    inside = bytearray(len(text))
    for name in names:
        if text[name.start : name.end].endswith(("管委会", "党工委")):
            inside[name.start : name.end] = b"\1" * (name.end - name.start)
    for draft in list(registry.drafts.values()):
        owner = _COMMITTEE.fullmatch(draft.name)
        if draft.type != "Organization" or not owner:
            continue
        word = _WORD.search(owner.group(1))
        alone = re.compile(rf"{word.group() if word else re.escape(owner.group(1))}(?!管委会|党工委|管理)")
        spoken = any(not inside[m.start()] for m in alone.finditer(text))
        if draft.name.endswith("党工委") or spoken:
            registry.named("Park", owner.group(1), owner.group(1), draft.first)


def add_outer_parks(registry: Registry) -> list[tuple[str, str]]:
    """柳河经济开发区温泉园区 names 柳河经济开发区 as well: ids of the inner and the outer park."""
    zones = []
    for draft in [d for d in registry.drafts.values() if d.type == "Park"]:
        outer = _SECTION.match(draft.name)
        if outer:
            above = registry.named("Park", outer.group(1), outer.group(1), draft.first)
            zones.append((draft.id, above.id))
    return zones
