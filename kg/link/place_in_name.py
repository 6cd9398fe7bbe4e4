"""Places that names tell: a body's division, the park of a committee, the towns that a road runs between."""

from __future__ import annotations

import re

from kg.gazetteer import Division
from kg.link.entities import Draft
from kg.link.found import Found
from kg.link.marks import Mark
from kg.link.parks import Parks
from kg.wording import Wording

_HOME = ("country",)
_SMALL = ("township", "village")
_SUFFIX = re.compile("(?:街道|社区|嘎查|苏木|[镇乡村])$")
_ENDS = "县市区旗镇乡道"  # a place in a name may follow the larger one that ends so


class PlaceInName:
    """Reads places out of names; holds the wording.

    Args:
        words: The wording of locations.
        parks: Knows what 高新区 stands for.
    """

    def __init__(self, words: Wording, parks: Parks) -> None:
        self._words = words
        self._in_full = parks.in_full

    def host_park(self, found: Found, draft: Draft) -> str | None:
        """A committee of a park, or a project named after it, is in the park."""
        if draft.type not in ("Organization", "Project", "Company"):
            return None
        parks = [d for d in found.registry.drafts.values() if d.type == "Park"]
        hosts = [
            d
            for d in parks
            if any(draft.name.startswith(n) and draft.name != n for n in (d.name, *d.aliases))
            or any(draft.name.startswith(d.name[i:]) for i in range(1, len(d.name) - 4))
        ]
        if hosts:
            return max(hosts, key=lambda d: len(d.name)).id
        zone = self._words["zone"].match(draft.name)
        if zone:
            word = zone.group()
            hosts = [d for d in parks if d.name.endswith((word, *self._in_full.get(word, ())))]
        return hosts[0].id if hosts else None

    def named(self, found: Found, draft: Draft) -> str | None:
        """The division in the name: 安吉县农业农村局, 浙江安吉经济开发区 → 安吉县."""
        own, inside = self._words["own"].match(draft.name), found.context.in_name(draft.name)
        if own and not (inside and draft.name.startswith(inside[0].short)):  # not 镇江市…
            division = found.context.resolve(own.group(1), draft.first)
            return found.region(division, draft) if division else None
        held = self._words["held in"].search(draft.name) if draft.type == "Event" else None
        if held and (there := found.context.in_name(held.group(1))):
            return found.region(there[-1], draft)
        stationed = self._words["stationed"].search(draft.name) if draft.type == "Organization" else None
        if stationed and (there := found.context.in_name(stationed.group(1))):
            return found.region(there[-1], draft)
        if draft.type == "Organization" and self._words["away"].search(draft.name):
            return None
        if draft.type == "Company":
            # 中国某银行某县支行 is in the county; its name says no more than that where it holds none.
            inside = [
                d
                for d in inside
                if d.name != "中国" and (d.level == "county" or not self._holds_locale(found, d))
            ]
        if not inside:
            return self._bare(found, draft)
        first = inside[0]
        if self._words["of one place"].search(draft.name):
            inside = inside[:1]
        if first.level in _HOME and draft.type == "Event":
            return None
        if first.level in _HOME and self.of_country_at(found, draft):
            inside = inside[1:] or inside
            return found.region(max(inside, key=lambda d: len(d.code)), draft)
        if first.level in _HOME or first.name.startswith(self._words.words("special")):
            return found.region(first, draft)
        # 苏州市建筑科学研究院, not 苏州大学, and no city that the text does not speak of
        own_name = draft.name.startswith(first.name)
        body = draft.type == "Organization" and (bool(self._words["public"].search(draft.name)) or own_name)
        if draft.type in ("Company", "Organization") and not body:
            named = {
                d.code for d in found.registry.drafts.values() if d.type == "Region" and d.id in found.kept()
            }
            university = self._words["university"].search(draft.name)
            city = (draft.type == "Organization" and not university) or found.heads("VISITS", draft.id)
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
                return found.region(max(local, key=lambda d: len(d.code)), draft)
            if len(inside) > 1 and len({d.level for d in inside}) == 1:
                return found.region(first, draft) if draft.name.startswith(first.name) else None
            if first == inside[-1] and self._is_brand(found, draft, first):
                return None
            firm = draft.type == "Project" and self._words["of a firm"].search(draft.name)
            # 庆阳某某养殖项目 is in the county of 庆阳市 that the text is on, 庆阳机场 is not.
            short = not draft.name.startswith(first.name) and not self._words["of all"].search(draft.name)
            above = ("province", "prefecture") if firm or short else ("province",)
            inside = [d for d in inside if d.level not in above or not self._holds_locale(found, d)]
        if not inside:
            return None
        return found.region(max(inside, key=lambda d: len(d.code)), draft)

    def _is_brand(self, found: Found, draft: Draft, division: Division) -> bool:
        """Whether a province or city far away only names the firm of a plant: 福建某某饲料厂 in another county."""
        locale = found.context.locale
        far = locale is not None and division.code[:2] != locale.code[:2]
        by_short_name = draft.name.startswith(division.short) and not draft.name.startswith(division.name)
        wide = division.level in ("province", "prefecture")
        plant = draft.type == "Project" and bool(self._words["plant"].search(draft.name))
        return far and by_short_name and wide and plant

    def of_country_at(self, found: Found, draft: Draft) -> bool:
        """Whether a name with 中国 before it tells a place below it: 中国某市…中心, 中国…党某市委员会."""
        rest = draft.name.removeprefix("中国")
        inside = [d for d in found.context.in_name(draft.name) if d.level not in _HOME]
        if draft.type != "Organization" or rest == draft.name:
            return False
        return any(rest.startswith(d.short) or f"{d.name}委员会" in rest for d in inside)

    def _bare(self, found: Found, draft: Draft) -> str | None:
        """A school, a reservoir's office or a committee whose name holds no division is where the text is."""
        if draft.type != "Organization" or not self._words["bare"].search(draft.name):
            return None
        division = found.context.focus(draft.first)
        return found.region(division, draft) if division else None

    def _holds_locale(self, found: Found, division: Division) -> bool:
        """Whether the text's own division lies in another."""
        locale = found.context.locale
        return locale is not None and locale != division and locale.code.startswith(division.code)

    def ends(self, found: Found, draft: Draft) -> list[str]:
        """The towns that a work's name tells it runs between (甲至乙段改造工程), or the one it is in (丙校区项目)."""
        if draft.type == "Event":
            return []
        for turn in ("between", "section") if draft.type in ("Project", "Park") else ("branch",):
            for match in self._words[turn].finditer(draft.name):
                places = [found.context.own_township(word) for word in match.groups()]
                if turn == "branch" and places[0] is not None:
                    # 桑壁支行 says where it is, but does not make a town that the text never names.
                    known = found.registry.find("Region", places[0].code)
                    return [known.id] if known is not None and known.id in found.kept() else []
                if all(places):
                    return [found.region(place, draft) for place in places if place]
        return []

    def village(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """The village or town that a firm's or a school's name begins with, or that stands right before it."""
        if draft.type not in ("Company", "Organization"):
            return None
        drafts = found.registry.drafts
        self._own_village(found, draft)
        begins = [
            d
            for d in drafts.values()
            if d.type == "Region" and d.level in _SMALL and len(d.name) > 2 and _begins(draft.name, d.name)
        ]
        if begins:
            found.wanted.update(d.id for d in begins)
            return max(begins, key=lambda d: (d.level == "village", len(d.name))).id
        before = found.marks.by_end.get(mark.start)
        small = before is not None and before.type == "Region" and drafts[before.entity].level in _SMALL
        return before.entity if before is not None and small else None

    def short_town(self, found: Found, draft: Draft) -> str | None:
        """The town or village of the text that a name begins with in short: 永和坡头风电场, 甲村's 甲合作社."""
        locale, name, rural = found.context.locale, draft.name, self._words["rural"].search(draft.name)
        large = draft.type == "Event" or self._words["of a county"].search(name)
        if locale is None or large or (draft.type == "Company" and not rural):
            return None
        county = next((n for n in (locale.name, locale.short) if name.startswith(n)), "")
        rest, kept = name[len(county) :], found.kept()
        fits = [
            d
            for d in found.registry.drafts.values()
            if d.type == "Region"
            and d.id in kept
            and (d.level == "township" or (d.level == "village" and rural))
            for short in [_SUFFIX.sub("", d.name)]
            if len(short) > 1 and rest.startswith(short) and short != locale.short
            if not self._words["longer word"].match(rest, len(short))
        ]
        return max(fits, key=lambda d: (d.level == "village", len(d.name), d.id)).id if fits else None

    def _own_village(self, found: Found, draft: Draft) -> None:
        """The village whose name a body's begins with, though the text names it nowhere else: 某某村|小学."""
        own = self._words["body of a village"].match(draft.name) if draft.type == "Organization" else None
        if own is None or found.context.in_name(own.group(2)):
            return
        inside = found.context.in_name(draft.name)
        above = inside[-1] if inside else found.context.local(draft.first)
        parent = above.name if above else ""
        if inside and inside[-1].level == "township":
            found.wanted.add(found.region(inside[-1], draft))
        elif own.group(1):
            parent = own.group(1)
        found.registry.unlisted_region(own.group(2), "village", parent, own.group(2), draft.first)


def _begins(name: str, place: str) -> bool:
    """Whether a name begins with a place, perhaps after the larger one that it lies in."""
    at = name.find(place)
    return at == 0 or (2 < at < 14 and name[at - 1] in _ENDS)
