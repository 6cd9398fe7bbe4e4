"""Full and short names of one thing in one text: 北城水厂工程 and 柳河县北城水厂工程."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kg.link.companies import Companies
from kg.link.entities import Draft, Registry
from kg.link.marks import Mark
from kg.link.sessions import Sessions, in_order
from kg.wording import load_wording

_JOINED = ("Project", "Park", "Event", "Organization", "Company")
_GROUP = "集团"


class Variants:
    """Knows names that are variants of each other; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        words = load_wording(schemas, "variants")
        self._sessions = Sessions(schemas)
        self._abbreviated, self._only_managed = words["abbreviated"], words["only managed"]
        self._seat = words["seat"]
        self._endings_in_full = {e[0]: (e,) for e in words.words("endings in full")}
        self._plenary, self._plenary_in_full = words["plenary"], words["plenary in full"]
        self._project_end, self._project_ends = words["project end"], words.words("project ends")
        self._bodies, self._firms = words.words("shortened bodies"), words.words("shortened firms")
        self._branches = words.words("branches")
        self._bracket = words["bracket"]
        self._firm, self._firm_in_full = words["firm"], words.words("firm in full")
        self._brief_firms = words.words("brief firms")
        self._companies = Companies(schemas)

    def join(self, registry: Registry, place_names: frozenset[str]) -> dict[str, str]:
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
            longer = [d for d in drafts if d.type == short.type and len(d.name) > len(short.name)]
            long = next((d for d in longer if self.shortens(short.name, d.name, short.type)), None)
            if long is None and short.type == "Organization":
                long = self._body_in_full(short.name, longer, place_names)
            if long is None and short.type == "Company":
                long = self._by_brand(short.name, longer, place_names)
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

    def shortens(self, short: str, long: str, kind: str) -> bool:
        """Whether one name is a variant of a longer one of its type in the same text."""
        if kind == "Company":
            return self._same_firm(short, long)
        plenary = self._plenary.search(short) if kind == "Event" and len(short) < 8 else None
        if plenary:
            return long.startswith(short[: plenary.start()]) and bool(self._plenary_in_full.search(long))
        if kind == "Event" and self._sessions.same(short, long):
            return True
        if long.startswith(short):
            return kind == "Project" and long[len(short) :] in self._project_ends
        if long.endswith(short) and not long[: -len(short)].endswith(("“", "（", "第")):
            return kind != "Organization" or len(short) > 5
        if kind == "Event" or short[-1] != long[-1] or len(short) < 4:
            return False
        if kind == "Organization" and not short.endswith(self._bodies):
            return False
        # 柳河高新区, 青岭电站, 省二医院: characters of the long name in their order.
        brief = kind == "Organization" and short[0] == long[0]
        return (short[:2] in long or brief) and in_order(short, long)

    def _body_in_full(self, short: str, longer: Sequence[Draft], place_names: frozenset[str]) -> Draft | None:
        """The one body that a shorter name means: 果品协会 for 某县果品协会, 某县经信局 for 某县经济和信息化局."""
        found = [d for d in longer if self._abbreviates(short, d.name, place_names)]
        return found[0] if len(found) == 1 else None

    def _abbreviates(self, short: str, long: str, place_names: frozenset[str]) -> bool:
        if long.endswith(short):
            return long[: -len(short)] in place_names
        begins = (short[:n] for n in range(len(short), 0, -1) if long.startswith(short[:n]))
        place = next((name for name in begins if name in place_names), "")
        brief, full = short[len(place) :], self._seat.sub("", long[len(place) :])
        if not place or len(brief) < 3 or brief[0] != full[0] or not in_order(brief, full):
            return False
        ending = self._abbreviated.search(brief)
        if ending is None or not self._ends_alike(ending.group(), full):
            return False
        # 农业局 is none of 农业机械管理局, 盐务局 is 盐务管理局.
        word = brief[: ending.start()]
        return not full.startswith(word) or self._only_managed.fullmatch(full, len(word)) is not None

    def _ends_alike(self, ending: str, full: str) -> bool:
        return full.endswith((ending, *self._endings_in_full.get(ending, ())))

    def _same_firm(self, short: str, long: str) -> bool:
        if len(short) < 4 or self._lacks_bracket(short, long):
            return False
        if long.startswith(short) and not long.endswith(self._branches):
            return True
        if long.endswith(short) and len(long) - len(short) <= 3:
            return True
        firm = self._firm.search(short)
        if firm and short[: firm.start()] in long and long.endswith(self._firm_in_full):
            return True
        return short.endswith(self._firms) and short[-2:] == long[-2:] and in_order(short, long)

    def _lacks_bracket(self, short: str, long: str) -> bool:
        """Whether a name has a place in brackets that the other has not: 甲（越南）有限公司 is a firm of its own."""
        bracket = self._bracket.search(short)
        return bracket is not None and bracket.group() not in long

    def _by_brand(self, short: str, longer: Sequence[Draft], place_names: frozenset[str]) -> Draft | None:
        """The one firm whose brand a short name has: 甲某集团 for 合肥甲某电气集团, 开投集团 for 某县开发投资集团."""
        ending = next((e for e in self._brief_firms if short.endswith(e)), "")
        brief = self._companies.brand(short, place_names)
        # A place, a brand and a legal form are a name in full, of another firm than one of another place.
        place = short[: max(short.find(brief), 0)] if short.endswith("有限公司") else ""
        found = []
        for draft in longer:
            if (
                self._lacks_bracket(short, draft.name)
                or not draft.name.startswith(place)
                or draft.name.endswith(self._branches)
                or not draft.name.endswith(self._firm_in_full)
            ):
                continue
            if _GROUP in short and _GROUP not in draft.name:
                continue  # a group is not one of its firms
            brand = self._companies.brand(draft.name, place_names)
            inside = brief == short and len(brief) > 3 and 0 <= brand.find(brief) < 4
            begins = brand.startswith(brief) or (brand[:1] == brief[:1] and in_order(brief, brand))
            if len(brief) > 1 and (inside or (ending and begins and ending in draft.name)):
                found.append(draft)
        return found[0] if len(found) == 1 else None

    def projects(self, text: str, registry: Registry, taken: bytearray) -> list[Mark]:
        """Later mentions of a project by the end of its name: 民宿聚落 for 青溪湿地民宿聚落项目.

        Args:
            text: The document's text.
            registry: Its entities.
            taken: Positions of names; those found are marked in it.
        """
        found = []
        for draft in [d for d in registry.drafts.values() if d.type == "Project"]:
            core = self._project_end.sub("", draft.name)
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
