"""Where things are when no pattern says so: bodies in their division, firms and parks by their names,
projects and events in the place in focus; divisions inside larger ones."""

from __future__ import annotations

import re
from pathlib import Path

from kg.gazetteer import Division
from kg.link.entities import Draft
from kg.link.focus import Focus
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.link.parks import Parks
from kg.wording import load_wording

_PLACED = ("Company", "Park", "Project", "Organization", "Event")
_HOME = ("country",)
_SMALL = ("township", "village")
_LOCAL_RULES = ("list", "counted")  # firms named by a short name alone, in a list of the place's own


class Locations:
    """Finds where things are; holds the wording.

    Args:
        schemas: Folder with wording.
        parks: Knows what 高新区 stands for.
    """

    def __init__(self, schemas: Path, parks: Parks) -> None:
        self._words = load_wording(schemas, "locations")
        self._in_focus = Focus(schemas)
        self._in_full = parks.in_full

    def read(self, found: Found) -> None:
        """Adds LOCATED_IN where none was found, and PART_OF between the divisions of the document."""
        kept = found.kept()
        for kind in _PLACED:
            for draft in sorted(found.registry.drafts.values(), key=lambda d: (d.first, d.id)):
                if draft.type == kind and draft.id in kept and not found.tails("LOCATED_IN", draft.id):
                    self._place(found, draft)
        _hierarchy(found)
        _only_nearest(found)

    def _place(self, found: Found, draft: Draft) -> None:
        mark = next((m for m in found.marks if m.entity == draft.id and not m.anaphor), None)
        mark = mark or next((m for m in found.marks if m.entity == draft.id), None)
        named = [m for m in found.marks if m.entity == draft.id and not m.anaphor] or ([mark] if mark else [])
        start, end = found.stretch(draft.id)
        target = self._host_park(found, draft)
        if self._words["national"].match(draft.name):
            return
        for end_ in self._ends(found, draft) if target is None else ():
            found.add(Made("LOCATED_IN", draft.id, end_, start, end, "place:name", score=0.7))
            found.wanted.add(end_)
        if found.tails("LOCATED_IN", draft.id):
            return
        target = (
            target
            or _of_host(found, draft)
            or self._village(found, draft, mark)
            or next((p for m in named if (p := self._venue(found, draft, m))), None)
            or next((p for m in named if (p := self._at_hand(found, draft, m))), None)
            or self._of_works(found, draft, mark)
            or self._named(found, draft)
            or _of_builder(found, draft)
            or self._focus(found, draft, mark)
            or self._local(found, draft, mark)
        )
        if draft.type == "Park" and found.tails("PART_OF", draft.id):
            here = self._in_focus.at(found, draft.first)
            if target is None or found.registry.drafts[target].level not in _SMALL:
                target = here.entity if here is not None and here.type == "Region" else None
        if target:
            found.add(Made("LOCATED_IN", draft.id, target, start, end, "place:name", score=0.7))
            found.wanted.add(target)

    def _host_park(self, found: Found, draft: Draft) -> str | None:
        """A committee of a park, or a project named after it, is in the park."""
        if draft.type not in ("Organization", "Project", "Company"):
            return None
        parks = [d for d in found.registry.drafts.values() if d.type == "Park"]
        hosts = [
            d
            for d in parks
            if any(draft.name.startswith(n) and draft.name != n for n in (d.name, *d.aliases))
        ]
        if hosts:
            return max(hosts, key=lambda d: len(d.name)).id
        zone = self._words["zone"].match(draft.name)
        if zone:
            word = zone.group()
            hosts = [d for d in parks if d.name.endswith((word, *self._in_full.get(word, ())))]
        return hosts[0].id if hosts else None

    def _named(self, found: Found, draft: Draft) -> str | None:
        """The division in the name: 安吉县农业农村局, 浙江安吉经济开发区 → 安吉县."""
        own = self._words["own"].match(draft.name)
        if own:
            division = found.context.resolve(own.group(1), draft.first)
            return _region(found, division, draft) if division else None
        inside = found.context.in_name(draft.name)
        if not inside:
            return None
        first = inside[0]
        if self._words["of one place"].search(draft.name):
            inside = inside[:1]
        if first.level in _HOME and draft.type == "Event":
            return None
        if first.level in _HOME or first.name.startswith(self._words.words("special")):
            return _region(found, first, draft)
        # 苏州市建筑科学研究院, not 苏州大学, and no city that the text does not speak of
        own_name = draft.name.startswith(first.name)
        body = draft.type == "Organization" and (bool(self._words["public"].search(draft.name)) or own_name)
        if draft.type in ("Company", "Organization") and not body:
            named = {
                d.code for d in found.registry.drafts.values() if d.type == "Region" and d.id in found.kept()
            }
            city = draft.type == "Organization"
            inside = [
                d
                for d in inside
                if d.level not in ("province", "prefecture")
                or (city and d.level == "prefecture" and d.code in named)
                or (found.context.locale is not None and d.code == found.context.locale.code)
            ]
        if draft.type in ("Project", "Park"):
            local = [d for d in inside if found.context.is_local(d)]
            if local:
                return _region(found, max(local, key=lambda d: len(d.code)), draft)
            if len(inside) > 1 and len({d.level for d in inside}) == 1:
                return None
            inside = [d for d in inside if d.level != "province"] if draft.type == "Park" else inside
        if not inside:
            return None
        return _region(found, max(inside, key=lambda d: len(d.code)), draft)

    def _ends(self, found: Found, draft: Draft) -> list[str]:
        """The towns that a work's name tells it runs between (甲至乙段改造工程), or the one it is in (丙校区项目)."""
        if draft.type not in ("Project", "Park"):
            return []
        for turn in ("between", "section"):
            for match in self._words[turn].finditer(draft.name):
                places = [found.context.own_township(word) for word in match.groups()]
                if all(places):
                    return [_region(found, place, draft) for place in places if place]
        return []

    def _village(self, found: Found, draft: Draft, mark: Mark | None) -> str | None:
        """The village or town that a firm's or a school's name begins with, or that stands right before it."""
        if draft.type not in ("Company", "Organization") or mark is None:
            return None
        small = [
            d for d in found.registry.drafts.values() if d.type == "Region" and d.level in ("village", "township")
        ]
        begins = [
            d for d in small if len(d.name) > 2 and re.match(rf"(?:.{{2,12}}[县市区旗镇乡道])?{re.escape(d.name)}", draft.name)
        ]
        if begins:
            found.wanted.update(d.id for d in begins)
            return max(begins, key=lambda d: (d.level == "village", len(d.name))).id
        before = found.marks.by_end.get(mark.start)
        return before.entity if before and before.entity in {d.id for d in small} else None

    def _venue(self, found: Found, draft: Draft, mark: Mark | None) -> str | None:
        """在县会议中心召开…: the division whose hall a meeting is held in."""
        if draft.type != "Event" or mark is None:
            return None
        start, end = found.sentence(mark.start)
        before = self._words["venue before"].search(found.text, start, mark.start)
        after = self._words["venue after"].match(found.text, mark.end, end)
        if self._words["held here"].match(found.text, mark.end, end):
            here = self._in_focus.at(found, mark.start)
            return here.entity if here is not None else None
        hall = before or after
        division = found.context.resolve(hall.group(1), hall.start()) if hall else None
        return _region(found, division, draft) if division else None

    def _local(self, found: Found, draft: Draft, mark: Mark | None) -> str | None:
        """本土企业甲公司: a firm that the text calls one of its own."""
        if draft.type != "Company" or mark is None:
            return None
        first = self._first_of_list(found, mark)
        if not self._words["local firm"].search(found.text, max(0, first.start - 16), first.start):
            return None
        division = found.context.focus(mark.start)
        return _region(found, division, draft) if division else None

    def _of_works(self, found: Found, draft: Draft, mark: Mark | None) -> str | None:
        """A firm that is set up for a work is where the work is."""
        if draft.type != "Company" or mark is None:
            return None
        start, _ = found.sentence(mark.start)
        if not self._words["set up"].search(found.text, start, mark.start):
            return None
        works = sorted(m.tail for m in found.made() if m.type == "BUILDS" and m.head == draft.id)
        places = {t for work in works for t in found.tails("LOCATED_IN", work)}
        return places.pop() if len(places) == 1 else None

    def _first_of_list(self, found: Found, mark: Mark) -> Mark:
        """The first name of a list 甲、乙、丙 that a name is in."""
        while (before := found.marks.by_end.get(mark.start - 1)) and before.type in _PLACED:
            if found.text[before.end] not in "、和及与":
                break
            mark = before
        return mark

    def _at_hand(self, found: Found, draft: Draft, mark: Mark | None) -> str | None:
        """The town or park in focus, where a tour comes to a firm or a sentence begins with it there."""
        if draft.type == "Project" and mark is not None:
            named = found.context.in_name(draft.name)
            if named and named[-1] == found.context.locale:
                here = self._in_focus.at(found, mark.start)
                return here.entity if here is not None and here.start >= found.sentence(mark.start)[0] else None
            return None
        if draft.type not in ("Company", "Organization", "Park") or mark is None:
            return None
        if draft.type == "Organization":
            inside = found.context.in_name(draft.name)
            if self._words["of a city"].search(draft.name) or (inside and not found.context.is_local(inside[0])):
                return None
        here = self._in_focus.at(found, mark.start, far=True)
        if here is None or here.entity == draft.id:
            return None
        visited = any(m.end == mark.end for m in found.made() if m.type == "VISITS" and m.tail == draft.id)
        begins = self._words["first thing"].match(found.text, here.end, mark.start)
        first = self._first_of_list(found, mark)
        owns = found.marks.by_start.get(mark.end)  # 了解甲集团乙项目: the project is here
        looked_at = not (owns and owns.type == "Project") and self._words["looks at"].match(
            found.text, here.end, first.start
        )
        if here.type == "Park" and self._words["list of firms"].search(found.text, here.end, first.start):
            return here.entity
        next_door = self._words["next door"].search(found.text, here.end, mark.start)
        if visited or begins or next_door or looked_at:
            return here.entity
        return None

    def _focus(self, found: Found, draft: Draft, mark: Mark | None) -> str | None:
        """The place named just before, else the document's own."""
        if draft.type == "Company" and mark is not None and mark.rule in _LOCAL_RULES:
            return _town(found, mark.start)
        if (
            draft.type in ("Organization", "Company")
            or mark is None
            or self._words["linear"].search(draft.name)
        ):
            return None
        if draft.type in ("Project", "Park"):
            start = found.sentence(mark.start)[0]
            near = found.marks.before(mark.start, lambda m: m.type == "Region" and not m.anaphor, since=start)
            listed = near is not None and (
                "、" in found.text[near.end : mark.start] or found.text[near.start - 1 : near.start] in ("、", "和")
            )  # a stop of its own
            if (
                near is not None
                and found.registry.drafts[near.entity].level in ("township", "village")
                and not listed
            ):
                return near.entity
            if near is not None and self._words["goes to"].search(found.text, start, near.start):
                between = found.marks.inside(near.end, mark.start)
                if all(m.type == mark.type for m in between) and not re.search(
                    "[。；]", found.text[near.end : mark.start]
                ):
                    return near.entity
            signed = found.marks.before(mark.start, lambda m: m.type == "Organization", since=start)
            if signed is not None and found.registry.drafts[signed.entity].name.endswith(
                self._words.words("town government")
            ):
                place = found.tails("LOCATED_IN", signed.entity) or [
                    self._named(found, found.registry.drafts[signed.entity]) or ""
                ]
                if place[0]:
                    return place[0]
            park = found.marks.before(mark.start, lambda m: m.type == "Park" and not m.anaphor, since=start)
            if (
                park is not None
                and park.entity != draft.id
                and self._words["goes to"].search(found.text, start, park.start)
            ):
                between = found.marks.inside(park.end, mark.start)
                if all(m.type in ("Project", "Park", "Company") for m in between):
                    return park.entity
            here = self._in_focus.at(found, mark.start)
            if here is not None and here.entity != draft.id:
                return here.entity
        division = found.context.focus(mark.start)
        return _region(found, division, draft) if division is not None else None


def _of_host(found: Found, draft: Draft) -> str | None:
    """A ceremony is held where the work it is named after stands."""
    if draft.type != "Event":
        return None
    drafts = found.registry.drafts.values()
    hosts = [d for d in drafts if d.type in ("Project", "Park") and draft.name.startswith(d.name)]
    places = found.tails("LOCATED_IN", max(hosts, key=lambda d: len(d.name)).id) if hosts else []
    return places[0] if places else None


def _spoken_of(found: Found, division: Division) -> bool:
    """Whether the text names a division for its own sake."""
    return any(
        d.type == "Region" and d.code == division.code and d.id in found.kept()
        for d in found.registry.drafts.values()
    )


def _of_builder(found: Found, draft: Draft) -> str | None:
    """A project without a place of its own stands where the firm that builds it does."""
    if draft.type != "Project":
        return None
    places = {t for builder in found.heads("BUILDS", draft.id) for t in found.tails("LOCATED_IN", builder)}
    parks = [p for p in places if found.registry.drafts[p].type == "Park"]
    return parks[0] if len(parks) == 1 else None


def _town(found: Found, position: int) -> str | None:
    """The township a text tells of (its workshops and inns are there), else the locale."""
    drafts = found.registry.drafts
    town = found.marks.before(position, lambda m: m.type == "Region" and drafts[m.entity].level == "township")
    locale = found.context.locale
    if town is not None:
        return town.entity
    return found.registry.region(locale, locale.name, position).id if locale else None


def _region(found: Found, division: Division, draft: Draft) -> str:
    return found.registry.region(division, division.name, draft.first).id


def _hierarchy(found: Found) -> None:
    """Divisions of the document inside the larger ones that it names too."""
    kept = found.kept()
    regions = [d for d in found.registry.drafts.values() if d.type == "Region" and d.id in kept]
    by_code = {d.code: d for d in regions if d.code}
    for draft in regions:
        above = [by_code[a.code] for a in found.context.ancestors(draft.code or "") if a.code in by_code]
        if not draft.code:
            near = [d for d in regions if d.name == draft.place]
            codes = {a.code for d in near for a in found.context.ancestors(d.code or "")}
            above = near + [d for d in regions if d.code in codes]
        for larger in above:
            found.add(Made("PART_OF", draft.id, larger.id, *found.stretch(draft.id), "gazetteer", score=0.9))


def _only_nearest(found: Found) -> None:
    """Of two places of one thing, one inside the other, only the inner one says where it is."""
    drafts = found.registry.drafts
    for draft in list(drafts.values()):
        tails = found.tails("LOCATED_IN", draft.id)
        for outer in tails:
            for inner in tails:
                if inner != outer and _inside(found, inner, outer):
                    found.remove("LOCATED_IN", draft.id, outer)
                    break


def _inside(found: Found, inner: str, outer: str) -> bool:
    a, b = found.registry.drafts[inner], found.registry.drafts[outer]
    if a.type == "Region" and b.type == "Region":
        return bool(a.code and b.code and a.code.startswith(b.code)) or (not a.code and a.place == b.name)
    if a.type == "Park":
        places = [*found.tails("LOCATED_IN", inner), *found.tails("PART_OF", inner)]
        return outer in places or any(
            _inside(found, p, outer)
            for p in places
            if p != inner and found.registry.drafts[p].type == "Region"
        )
    return False
