"""Where things are when no pattern says so: bodies in their division, firms and parks by their names,
projects and events in the place in focus; divisions inside larger ones."""

from __future__ import annotations

import re

from kg.link.entities import Draft
from kg.link.found import Found, Made
from kg.link.marks import Mark

_PLACED = ("Company", "Project", "Park", "Organization", "Event")
_NATIONAL = re.compile(r"^(?:党中央|国务院|中共中央|国家|全国|中央|中国|自然资源部|国土资源部|商务部|财政部|教育部|科技部|水利部)")
_WHOLE_PROVINCE = re.compile(r"^全省")
_WHOLE_PREFECTURE = re.compile(r"^全[市州盟]")
_AREA = re.compile(r"^(?:全|我|本)?([县市区旗州省镇乡])")


def locations(found: Found, place_names: frozenset[str]) -> None:
    """Adds LOCATED_IN where none was found, and PART_OF between the divisions of the document."""
    kept = found.kept()
    for draft in sorted(found.registry.drafts.values(), key=lambda d: (d.first, d.id)):
        if draft.type in _PLACED and draft.id in kept and not found.has("LOCATED_IN", draft.id):
            _place(found, draft)
    _hierarchy(found)


def _place(found: Found, draft: Draft) -> None:
    mark = next((m for m in found.marks if m.entity == draft.id and not m.anaphor), None)
    if mark is None:
        mark = next((m for m in found.marks if m.entity == draft.id), None)
    start, end = (mark.start, mark.end) if mark else (draft.first, draft.first + 1)
    target = _host_park(found, draft) or _named_region(found, draft) or _focus(found, draft, mark)
    if target:
        found.add(Made("LOCATED_IN", draft.id, target, start, end, "place:name", score=0.7))
        found.wanted.add(target)


def _host_park(found: Found, draft: Draft) -> str | None:
    """A committee of a park, or a project named after it, is in the park."""
    if draft.type not in ("Organization", "Project", "Company"):
        return None
    hosts = [
        d
        for d in found.registry.drafts.values()
        if d.type == "Park" and (draft.name.startswith(d.name) or any(draft.name.startswith(a) for a in d.aliases))
    ]
    return max(hosts, key=lambda d: len(d.name)).id if hosts else None


def _named_region(found: Found, draft: Draft) -> str | None:
    """The nearest division in the name: 松阳县农业农村局, 浙江松阳经济开发区 → 松阳县."""
    if _NATIONAL.match(draft.name):
        return None
    position = draft.first
    for pattern, letter in ((_WHOLE_PROVINCE, "省"), (_WHOLE_PREFECTURE, "市"), (_AREA, "")):
        match = pattern.match(draft.name)
        if match:
            division = found.context.resolve(letter or match.group(1), position)
            return found.registry.region(division, match.group(), position).id if division else None
    inside = found.context.in_name(draft.name)
    if not inside:
        return None
    if draft.type == "Company" and inside[-1].level in ("province", "prefecture"):
        return None
    if draft.type == "Project" and len(inside) > 1 and inside[0].level == inside[1].level:
        return None
    nearest = max(inside, key=lambda d: len(d.code)) if draft.type != "Park" else inside[-1]
    if draft.type == "Park":
        local = [d for d in inside if found.context.locale is not None and d.code == found.context.locale.code]
        nearest = local[0] if local else nearest
    return found.registry.region(nearest, nearest.name, position).id


def _focus(found: Found, draft: Draft, mark: Mark | None) -> str | None:
    """The place named just before, else the document's own."""
    if draft.type == "Organization" or mark is None:
        return None
    locale = found.context.locale
    a, b = found.sentence(mark.start)
    near = found.marks.before(mark.start, lambda m: m.type == "Region" and not m.anaphor, since=a)
    if near is not None and draft.type in ("Project", "Park", "Company") and _local(found, near):
        return near.entity
    if draft.type == "Company":
        return None
    if locale is None or draft.type == "Event" and not _own(draft.name):
        return None
    return found.registry.region(locale, locale.name, mark.start).id


def _own(name: str) -> bool:
    return not re.match(r"党的|全国|中国|世界|国际", name)


def _local(found: Found, mark: Mark) -> bool:
    draft = found.registry.drafts[mark.entity]
    locale = found.context.locale
    return bool(draft.level in ("township", "village") or (locale and draft.code and draft.code == locale.code))


def _hierarchy(found: Found) -> None:
    """Divisions of the document inside their nearest larger one that the document names too."""
    regions = [d for d in found.registry.drafts.values() if d.type == "Region" and d.id in found.kept()]
    by_code = {d.code: d for d in regions if d.code}
    for draft in regions:
        if draft.code and draft.level != "country":
            above = next((by_code[a.code] for a in found.context.ancestors(draft.code) if a.code in by_code), None)
        else:
            above = next((d for d in regions if d.name == draft.place), None) if draft.level != "country" else None
        if above is not None:
            found.add(Made("PART_OF", draft.id, above.id, draft.first, draft.first + len(draft.name), "gazetteer", score=0.9))

