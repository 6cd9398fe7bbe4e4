"""Ties every name of a document to an entity: divisions read, bodies given their division."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.annotated import DEICTIC, STREET, VENUE, Name, Place
from kg.gazetteer import Division, Gazetteer
from kg.link.context import Context
from kg.link.entities import Draft, Registry
from kg.link.marks import Mark
from kg.link.owners import Owners
from kg.link.parks import Parks
from kg.wording import load_wording

_LISTED = ("head:局", "head:厅")
_TOWNS = ("镇",)
_CITY = 4  # digits of the code of a prefecture
_SMALL = ("township", "village")


class NamingWords:
    """The wording of naming.

    Args:
        schemas: Folder with wording.
        parks: Knows the parks that 开发区 and 园区 stand for.
    """

    def __init__(self, schemas: Path, parks: Parks) -> None:
        words, offices = load_wording(schemas, "naming"), load_wording(schemas, "offices")
        self.plain = words.words("plain")
        self.villages = words.words("villages")
        self.zones = words.words("zones")
        self.scope = words.words("scope")
        self.seats = (*offices.words("party seats"), *offices.words("governments"))
        self.host_of_work = words["host of a work"]
        self.town_of_work = words["town of a work"]
        self.park_of_work = words["park of a work"]
        self.general = words["general"]
        self.of_two_places = words.words("of two places")
        self.national = words.words("national")
        self.parks = parks


class Naming:
    """Gives names their entities.

    Attributes:
        place_of: Project to the division its name begins with.
        hosts: Bodies that only stand in the name of a work on them.
        open_forms: Forms that stand for no division of the text, with the reason.
    """

    def __init__(
        self,
        text: str,
        names: Sequence[Name],
        places: Sequence[Place],
        context: Context,
        registry: Registry,
        gazetteer: Gazetteer,
        words: NamingWords,
    ) -> None:
        self._words = words
        self.text = text
        self.names = names
        self.places = places
        self.place_at = {p.start: p for p in places}
        self.context = context
        self.seen_at = {s.start: s for s in context.seen}
        self._owners = Owners(text, names, places, context)
        self.registry = registry
        self.gazetteer = gazetteer
        self.place_of: dict[str, str] = {}
        self.hosts: set[str] = set()
        self.open_forms: list[tuple[str, str]] = []

    def mark(self, name: Name) -> Mark | None:
        """The mark of a name; None when it names nothing that can be told."""
        surface = self.text[name.start : name.end]
        if name.type == "Title":
            kind = name.rule.removeprefix("title:")
            return Mark(name.start, name.end, "Title", "", surface, kind=kind, rule=name.rule)
        if name.type == "Region":
            return self._region_mark(name, surface)
        if name.type == "Organization":
            full, kind = self._organization(name, surface)
            if not full:
                self.open_forms.append((surface, "no division in the text for its 县 or 市"))
                return None
            draft = self.registry.named("Organization", full, surface, name.start)
            self._place_before(name, draft)
            return _mark(name, draft, surface, kind)
        if name.rule == VENUE:
            return None
        full = surface
        if name.rule.startswith("ceremony:"):
            draft = self.registry.named("Event", name.rule.removeprefix("ceremony:"), surface, name.start)
            self.registry.alias(draft, surface)
            return _mark(replace(name, rule="ceremony"), draft, surface)
        deictic = surface[0] in DEICTIC and name.start not in self.place_at  # not 镇江经济开发区
        if name.type in ("Park", "Company") and deictic:
            division = self.context.resolve(surface[0], name.start)
            full = division.name + surface[1:] if division else surface
        full = self._without_parents(name) if name.type == "Park" and full == surface else full
        draft = self.registry.named(name.type, full, surface, name.start)
        if full != surface and surface.endswith(full):
            self.registry.alias(draft, surface)
        if name.type == "Project":
            self._place_before(name, draft)
            self._body_before(name)
        elif name.type == "Company" or (name.type == "Park" and any(surface.find(e) > 1 for e in _TOWNS)):
            self._place_before(name, draft)
        gloss = (
            re.match(r"（([\u4e00-\u9fff]{3,12})）", self.text[name.end :]) if name.rule == "latin" else None
        )
        if gloss:
            self.registry.alias(draft, gloss.group(1))
        return _mark(name, draft, surface)

    def _place_before(self, name: Name, draft: Draft) -> None:
        """木钵镇高寨村服务点 stands in 高寨村: full names before a project are its place (settled case 1)."""
        position, inner, chain = name.start, self._town_before(name), []
        if inner is not None:
            position += len(inner.name)
        while (place := self.place_at.get(position)) is not None and place.end < name.end:
            full = place.full or self._holds_next(place)
            if not full or (
                draft.type == "Park" and not place.name.endswith((*_TOWNS, *self._words.villages))
            ):
                break
            mark = self._region_mark(Name(place.start, place.end, "Region", "place", 0.9), place.name)
            inner = self.registry.drafts[mark.entity] if mark is not None else None
            chain += [inner] if inner is not None else []
            position = place.end
        locale = self.context.locale
        around = {locale.code, *(a.code for a in self.context.ancestors(locale.code))} if locale else set()
        small = inner is not None and inner.level in _SMALL
        if inner is not None and inner.code not in around and (small or draft.type in ("Project", "Park")):
            self.place_of[draft.id] = inner.id
            self.hosts.update(outer.id for outer in chain[:-1])

    def _without_parents(self, name: Name) -> str:
        """某市光伏园区 of 某省某市光伏园区."""
        start = name.start
        while (outer := self.place_at.get(start)) and outer.full and (inner := self.place_at.get(outer.end)):
            large = bool(outer.codes) and len(outer.codes[0]) <= _CITY
            if not (large and inner.full) or inner.end >= name.end:
                break
            start = outer.end
        return self.text[start : name.end]

    def _holds_next(self, place: Place) -> bool:
        """芝河|桐柏村: a town by its short name, right before one of its villages."""
        after = self.place_at.get(place.end)
        return after is not None and after.full and after.name.endswith(self._words.villages)

    def _town_before(self, name: Name) -> Draft | None:
        """The town that a name begins with where the tagger does not tell it: 某某镇|光伏制氢项目."""
        locale, town = self.context.locale, self._words.town_of_work.match(self.text, name.start, name.end)
        if town is None or locale is None or locale.level != "county" or name.start in self.place_at:
            return None
        spelled = town.group()
        for division in self.gazetteer.named(spelled, within=locale.code, levels={"township"}):
            return self.registry.region(division, spelled, name.start)
        ends = (p for p in self.places if name.start < p.start and p.end == town.end())
        if any(code.startswith(locale.code) for place in ends for code in place.codes):
            return None  # 先后到|某某镇
        return self.registry.unlisted_region(spelled, "township", locale.name, spelled, name.start)

    def _body_before(self, name: Name) -> None:
        """某县第二小学改扩建工程 names the school, too, 某产业园标准厂房 the park (settled case 1)."""
        park = self._words.park_of_work.match(self.text, name.start, name.end)
        if park:
            self.hosts.add(self.registry.named("Park", park.group(1), park.group(1), name.start).id)
        host = self._words.host_of_work.match(self.text, name.start, name.end)
        if host and not self.place_at.get(host.end(1)):
            full, _ = self._organization(
                Name(name.start, host.end(1), "Organization", "body", name.score), host.group(1)
            )
            if full:
                self.hosts.add(self.registry.named("Organization", full, host.group(1), name.start).id)

    def _region_mark(self, name: Name, surface: str) -> Mark | None:
        seen = self.seen_at.get(name.start)
        if seen is not None and seen.division.code == "CN":
            return None
        if seen is not None and seen.end == name.end:
            draft = self._region(seen.division, surface, name)
            if self.gazetteer.is_former(surface, seen.division.code) and seen.division.name not in self.text:
                draft.name = surface
            return _mark(name, draft, surface)
        place = self.place_at.get(name.start)
        if place is None or not place.full:
            self.open_forms.append((surface, "several divisions have this name and none fits"))
            return None
        level = "village" if place.name.endswith(self._words.villages) else "township"
        before = self.place_at.get(next((p.start for p in self.places if p.end == name.start), -1))
        adjacent = self.seen_at.get(before.start) if before else None
        above = (
            adjacent.division
            if adjacent
            else self.context.before(name.start, lambda d: d.level in ("township", "county"))
        )
        if level == "township" and adjacent is None:
            above = self.context.local(name.start) or above
        parent = self._parish(place.name) if level == "village" and not adjacent else None
        above = parent or above
        parent_name = before.name if before is not None and before.full and not before.codes else ""
        draft = self.registry.unlisted_region(
            place.name, level, parent_name or (above.name if above else ""), surface, name.start
        )
        return _mark(name, draft, surface)

    def _parish(self, village: str) -> Division | None:
        """The township of a village of the document's own county, as the gazetteer lists it."""
        locale = self.context.locale
        if locale is None or locale.level != "county":
            return None
        gazetteer = self.gazetteer
        found = gazetteer.named(village, within=locale.code, levels={"village"})
        parents = [p for v in found if v.parent and (p := gazetteer.by_code.get(v.parent))]
        spoken = [p for p in parents if any(s.division == p for s in self.context.seen)]
        return next(iter(spoken or (parents if len(parents) == 1 else [])), None)

    def _region(self, division: Division, surface: str, name: Name) -> Draft:
        """The division's entity; a township of a county that the text does not speak of is one of its own name here."""
        locale = self.context.locale
        county = next((a.code for a in self.context.ancestors(division.code)), "")  # 东莞市 has no counties
        spoken = any(s.division.code == county for s in self.context.seen)
        if (
            division.level != "township"
            or spoken
            or locale is None
            or locale.code.startswith(county[: len(locale.code)])
        ):
            return self.registry.region(division, surface, name.start)
        return self.registry.unlisted_region(surface, "township", locale.name, surface, name.start)

    def _organization(self, name: Name, surface: str) -> tuple[str, str]:
        """Full name of a body, its division filled in, and what kind of seat it is (委, 政府 …)."""
        if name.rule == "joint":
            body = next((n for n in self.names if n.end in (name.start - 1, name.start)), None)
            owner, seat = self._organization(body, self.text[body.start : body.end]) if body else ("", "")
            return (owner.removesuffix(seat) + surface, surface) if seat else ("", "")
        if name.rule == "bare-body":
            here = max(self.text.rfind(end, 0, name.start) for end in "。\n") + 1
            division = (
                self._owners.of_list(name)
                or self._owners.of_post_before(name)
                or self.context.before(name.start, lambda d: d.level in ("county", "prefecture"), since=here)
            )
            division = division or self.context.locale
            return (division.name + surface, self._seat_of(surface)) if division else ("", "")
        alone = name.rule in _LISTED and name.start not in self.seen_at and surface[0] not in DEICTIC
        if (
            alone
            and not surface.startswith(self._words.national)
            and (division := self._owners.of_list(name))
        ):
            return division.name + surface, ""
        league = re.fullmatch(r"团([县市区旗州省])委", surface)
        if league:
            division = self.context.resolve(league.group(1), name.start)
            return (f"共青团{division.name}委", "") if division else ("", "")
        bare = surface.removeprefix("中共")
        offset = name.start + len(surface) - len(bare)
        seen = self.seen_at.get(offset)
        if seen is not None and seen.end <= name.end:
            rest = self.text[seen.end : name.end]
            if (
                seen.full
                and rest[:1] in DEICTIC
                and seen.division.name.endswith(rest[:1])
                and len(rest) > 1
                and not rest[1:].startswith(self._words.scope)
            ):
                rest = rest[1:]  # 叙永县县委
            if rest == "地委" and seen.division.name.endswith("地区"):
                rest = "委"  # 阿克苏地委
            inner = self.seen_at.get(seen.end)
            home = seen.division.code == "CN"  # 中国某市…中心 keeps its 中国
            zone = rest.startswith(self._words.zones) or rest.endswith(self._words.of_two_places)
            if inner is not None and inner.end < name.end and not (zone or home):
                # 浙江省松阳县…: the nearest division names the body.
                if seen.full and inner.full:
                    outer = self.text[seen.start : seen.end]
                    self.hosts.add(self.registry.region(seen.division, outer, seen.start).id)
                return self._organization(Name(seen.end, name.end, name.type, name.rule, name.score), rest)
            short = not seen.full and not rest.startswith(("县", "市", "区"))
            keeps = rest in self._words.plain or self.gazetteer.is_former(
                self.text[seen.start : seen.end], seen.division.code
            )
            prefix = (
                self.text[seen.start : seen.end]
                if keeps
                else seen.division.name
                if not short or (name.rule == "body" and seen.division.level != "township")
                else self.text[seen.start : seen.end]
            )
            return prefix + rest, self._seat_of(rest)
        if bare.startswith(STREET):
            street = self.context.resolve(STREET, name.start)
            owner = street.name if street else self._owners.town_before(STREET, name.start)
            rest = bare.removeprefix(STREET)
            return (owner + rest, self._seat_of(rest)) if owner else ("", "")
        if (bare[0] in DEICTIC and name.rule == "body") or re.match(r"[县市区旗州省镇乡](?![场])", bare):
            division = self.context.host(bare[0], name.start) or self.context.resolve(bare[0], name.start)
            owner = self._owners.unlisted_town(bare[0], name.start) or (division.name if division else "")
            owner = owner or self._owners.town_before(bare[0], name.start)
            return (owner + bare[1:], self._seat_of(bare[1:])) if owner else ("", "")
        general = self._words.general.match(bare)
        if general is not None:
            whole = self.registry.last("Organization", general.group())
            return (whole + bare.removeprefix(general.group()), "") if whole else (bare, "")
        parks = self._words.parks
        word = "" if bare in parks.committees else parks.word(bare)
        if word or bare in parks.committees:
            host = parks.named(word, self.text, self.names, name.start)
            if host or not word:
                rest = bare[len(word) :]
                if rest.startswith("区") and host and host.endswith("区"):
                    rest = rest[1:]  # 工业园|区管委会 of 某某工业园区
                return (host + rest, "") if host else ("", "")
        return bare, ""

    def _seat_of(self, rest: str) -> str:
        """What seat of a division a body's name ends with (县委 → 委), or ""."""
        bare = rest.lstrip("县市区旗州镇乡")
        return next((seat for seat in self._words.seats if seat in (rest, bare)), "")


def _mark(name: Name, draft: Draft, surface: str, kind: str = "") -> Mark:
    return Mark(name.start, name.end, name.type, draft.id, surface, kind, score=name.score, rule=name.rule)
