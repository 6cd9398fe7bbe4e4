"""Places that the text around a name tells: where a tour stops, the hall of a meeting, the town at hand."""

from __future__ import annotations

import re

from kg.link.entities import Draft
from kg.link.focus import Focus
from kg.link.found import Found
from kg.link.marks import Mark
from kg.wording import Wording

_SMALL = ("township", "village")
_LOCAL_RULES = ("list", "counted")  # firms named by a short name alone, in a list of the place's own
_LISTED = ("Company", "Park", "Project", "Organization")


class AtHand:
    """Reads places out of the sentence and the paragraph; holds the wording.

    Args:
        words: The wording of locations.
        focus: Tells the place that the text speaks of.
    """

    def __init__(self, words: Wording, focus: Focus) -> None:
        self._words = words
        self._in_focus = focus

    def stop(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """Where a mention says that a thing is: the hall of a meeting, the stop of a tour."""
        if draft.type == "Event":
            return self._venue(found, draft, mark)
        if draft.type == "Project":
            return self._work(found, draft, mark)
        return self._visited(found, draft, mark)

    def _venue(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """在县会议中心召开…: the division whose hall a meeting is held in."""
        start, end = found.sentence(mark.start)
        before = self._words["venue before"].search(found.text, start, mark.start)
        after = self._words["venue after"].match(found.text, mark.end, end)
        if self._words["held here"].match(found.text, mark.end, end):
            here = self._in_focus.at(found, mark.start)
            return here.entity if here is not None else None
        hall = before or after
        if hall is None and (venue := self._venue_named(found, mark, start, end)) is not None:
            return venue
        division = found.context.resolve(hall.group(1), hall.start()) if hall else None
        return found.region(division, draft) if division else None

    def _venue_named(self, found: Found, mark: Mark, start: int, end: int) -> str | None:
        """Where the building or body is that a meeting is held in: 在甲镇政府召开…, …3月8日在乙中心举行."""
        ahead = next(iter(found.marks.inside(mark.end, end)), None)
        back = found.marks.before(mark.start, lambda m: True, since=start)
        text, words = found.text, self._words
        if ahead and words["held at"].fullmatch(text, mark.end, ahead.start):
            hall = ahead if words["takes place"].match(text, ahead.end, end) else None
        elif back and words["holds it"].fullmatch(text, back.end, mark.start):
            hall = back if words["at"].search(text, start, back.start) else None
        else:
            return None
        if hall is None or hall.type not in ("Organization", "Project", "Company", "Park", "Region"):
            return None
        places = [hall.entity] if hall.type in ("Park", "Region") else found.tails("LOCATED_IN", hall.entity)
        code, locale = found.registry.drafts[places[0]].code if places else None, found.context.locale
        larger = code and locale and locale.code.startswith(code)
        return places[0] if places and not larger else None

    def _work(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """A work named after the county is in the town or park that its sentence goes to."""
        named = found.context.in_name(draft.name)
        here = self._in_focus.at(found, mark.start) if named and named[-1] == found.context.locale else None
        return here.entity if here is not None and here.start >= found.sentence(mark.start)[0] else None

    def _visited(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """The place in focus, where a tour comes to a firm or a sentence begins with it there."""
        if draft.type == "Organization":
            inside = found.context.in_name(draft.name)
            elsewhere = bool(inside) and not found.context.is_local(inside[0])
            county = bool(inside) and inside[-1] == found.context.locale
            if elsewhere or county or self._words["of a city"].search(draft.name):
                return None
        village = self._of_villager(found, draft, mark)
        if village is not None:
            return village
        here = self._in_focus.at(found, mark.start, far=True)
        if here is None or here.entity == draft.id or self._only_builds(found, draft, mark):
            return None
        first, text = first_of_list(found, mark), found.text
        if self._leaves(found, here, first):
            return None
        if draft.type == "Park" and here.start < found.sentence(mark.start)[0]:
            return None
        if any(m.type == "VISITS" and m.tail == draft.id and m.end == mark.end for m in found.made()):
            return here.entity
        if self._words["first thing"].match(text, here.end, mark.start):
            return None if self._words["pays for it"].match(text, mark.end) else here.entity
        if self._words["next door"].search(text, here.end, mark.start):
            return here.entity
        if here.type == "Park" and self._words["things of firms"].fullmatch(text, here.end, mark.start):
            return here.entity
        if here.type == "Park" and self._words["list of firms"].search(text, here.end, first.start):
            return here.entity
        owns = found.marks.by_start.get(mark.end)  # 了解甲集团乙项目: the project is here
        if owns is not None and owns.type == "Project":
            return None
        return here.entity if self._words["looks at"].match(text, here.end, first.start) else None

    def _leaves(self, found: Found, here: Mark, first: Mark) -> bool:
        """Whether a tour has left a place before it comes to a firm: 到甲村、乙公司; 到甲村看望…，又到乙公司."""
        text, words = found.text, self._words
        if words["next stop"].fullmatch(text, here.end, first.start):
            return True
        on = words["moves on"].search(text, here.end, first.start)
        return on is not None and not words["next door"].search(text, here.end, first.start)

    def _of_villager(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """The village last named in the paragraph, where a cooperative is set up by one who lives there."""
        if draft.type != "Company" or not self._words["of a villager"].search(draft.name):
            return None
        start, drafts = found.sentence(mark.start)[0], found.registry.drafts
        if not self._words["sets up"].search(found.text, start, mark.start):
            if found.context.in_name(draft.name):
                return None
            here = self._in_focus.at(found, mark.start)
            near = here is not None and here.start >= start and drafts[here.entity].level == "village"
            return here.entity if here is not None and near else None
        since = found.text.rfind("\n", 0, mark.start) + 1
        place = found.marks.before(mark.start, lambda m: m.type == "Region", since=since)
        return place.entity if place is not None and drafts[place.entity].level == "village" else None

    def _only_builds(self, found: Found, draft: Draft, mark: Mark) -> bool:
        """Whether a firm is named only for the work that it builds there: 乙公司承建的丙工程."""
        ahead = found.marks.inside(mark.end, found.sentence(mark.start)[1])
        work = next(iter(ahead), None)
        return (
            draft.type == "Company"
            and work is not None
            and work.type == "Project"
            and self._words["builds it"].fullmatch(found.text, mark.end, work.start) is not None
        )

    def housed(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """The park last named, where a list of firms is said to be in it: 入园企业有甲、乙; 甲、乙等先期入驻."""
        if draft.type not in ("Company", "Project"):
            return None
        (start, end), text, words = found.sentence(mark.start), found.text, self._words
        first, last = first_of_list(found, mark), last_of_list(found, mark)
        invests = (
            from_elsewhere(found, draft)
            or found.tails("BUILDS", draft.id)
            or found.tails("INVESTS_IN", draft.id)
        )
        paragraph = text.rfind("\n", 0, mark.start) + 1
        if draft.type == "Project":
            since = 0 if words["works of a park"].search(text, start, first.start) else None
        elif words["firms of a park"].search(text, max(0, start - 1), first.start):
            since = 0
        elif words["firms inside"].search(text, start, first.start):
            topic = next((m for m in found.marks.inside(start, first.start) if m.type == "Park"), None)
            if topic is not None:
                return topic.entity
            since = paragraph
        else:
            since = paragraph if words["moves in"].match(text, last.end, end) else None
            if since is None and words["brings in"].search(text, start, first.start):
                place = found.marks.before(
                    first.start, lambda m: m.type in ("Park", "Region"), since=paragraph
                )
                if place is not None and not invests and self._brings_in(found, place, start):
                    return place.entity
                since = place.start if place is not None and place.type == "Park" else None
            if since is None and words["at work"].match(text, last.end, end):
                starts = range(paragraph, paragraph + 6)
                head = next((m for i in starts if (m := found.marks.by_start.get(i))), None)
                heads = head and head.type == "Park" and text[head.end : head.end + 1] in "。：\n"
                return head.entity if head and heads else None
        if since is None:
            return None
        park = found.marks.before(
            first.start, lambda m: m.type == "Park" and not found.tails("PART_OF", m.entity), since=since
        )
        park = park or found.marks.before(first.start, lambda m: m.type == "Park", since=since)
        return park.entity if park is not None else None

    def _brings_in(self, found: Found, place: Mark, start: int) -> bool:
        """Whether it is a town that a sentence begins with which brings firms in: 甲镇立足山水，引进乙公司."""
        small = found.registry.drafts[place.entity].level in _SMALL
        here = self._in_focus.at(found, place.end) if small else None
        return here is not None and here == place and place.start >= start

    def local(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """本土企业甲公司, 镇上引进的乙公司: a firm that the text calls one of its own."""
        if draft.type != "Company":
            return None
        first = first_of_list(found, mark)
        here = self._words["of the town"].search(found.text, max(0, first.start - 16), first.start)
        if here:
            small = found.context.resolve(here.group(1), here.start())
            return found.region(small, draft) if small else _town(found, first.start)
        if not self._words["local firm"].search(found.text, max(0, first.start - 16), first.start):
            return None
        division = found.context.focus(mark.start)
        return found.region(division, draft) if division else None

    def work_near(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """The town, the signing town's own, or the park before a work or a park in its sentence, or in focus."""
        start, drafts = found.sentence(mark.start)[0], found.registry.drafts
        item = self._words["item"].search(found.text, start, mark.start)
        start = item.end() if item else start
        near = found.marks.before(mark.start, lambda m: self._tells(found, m), since=start)
        if near is not None:
            first = first_of_list(found, mark)
            shared = first.start > near.end + 1  # 甲镇实施了乙项目、丙项目, not 甲镇乙项目、丙项目
            words = found.text[near.end : first.start if shared else mark.start]
            beside = found.text[max(0, near.start - 1) : near.start] in ("、", "和")
            listed = beside or "、" in words or first.start < near.start
            if drafts[near.entity].level in _SMALL and not listed:  # a list has stops of their own
                return near.entity
            same = all(m.type == mark.type for m in found.marks.inside(near.end, mark.start))
            if self._goes_to(found, start, near) and same and not re.search("[。；]", words):
                return near.entity
        among = found.text.startswith("其中", start)
        since = found.sentence(max(0, start - 2))[0] if among else start
        park = found.marks.before(
            mark.start, lambda m: m.type == "Park" and m.entity != draft.id, since=since
        )
        if among and park is not None and draft.type == "Project":
            counted = self._words["among them"].search(found.text, park.end, start + 3)
            return park.entity if counted else None
        park = found.marks.before(mark.start, lambda m: m.type == "Park" and not m.anaphor, since=start)
        if park is not None and draft.type == "Project" and self._goes_to(found, start, park):
            between = found.marks.inside(park.end, mark.start)
            if all(m.type in ("Project", "Park", "Company") for m in between):
                return park.entity
        here = self._in_focus.at(found, mark.start)
        if item and here is not None and here.start < start:
            return None
        fits = here is not None and (here.type == "Region" or draft.type == "Project")
        return here.entity if here is not None and fits else None

    def _tells(self, found: Found, mark: Mark) -> bool:
        """Whether a mention is of a place by its name, and not of one that something leaves."""
        left = found.text.startswith(self._words.words("away from"), max(0, mark.start - 1))
        return mark.type == "Region" and not mark.anaphor and not left

    def signing_town(self, found: Found, mark: Mark) -> Draft | None:
        """The town's government that signs for a work in its sentence."""
        start = found.sentence(mark.start)[0]
        body = found.marks.before(mark.start, lambda m: m.type == "Organization", since=start)
        draft = found.registry.drafts[body.entity] if body is not None else None
        return draft if draft and draft.name.endswith(self._words.words("town government")) else None

    def own(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """The document's own division; for workshops and inns of a list the town it tells of."""
        if draft.type == "Company" and mark.rule in _LOCAL_RULES:
            return None if self._are_guests(found, mark) else _town(found, mark.start)
        if draft.type == "Company" and self._words["firm in full"].search(draft.name):
            return self.of_feature(found)
        if draft.type in ("Organization", "Company") or self._words["linear"].search(draft.name):
            return None
        start, end = found.sentence(mark.start)
        start = max(start, found.text.rfind("；", start, mark.start))
        end = next((i for i in [found.text.find("；", mark.end, end)] if i > 0), end)
        if draft.type in ("Project", "Park") and self._words["not settled"].search(found.text, start, end):
            return None
        feature = self.of_feature(found)
        if feature and feature != draft.id and draft.type != "Event":
            return feature
        division = found.context.focus(mark.start)
        return found.region(division, draft) if division is not None else None

    def _are_guests(self, found: Found, mark: Mark) -> bool:
        """Whether the firms of a list only sent somebody: 邀请了甲、乙等50余家企业代表."""
        start, end = found.sentence(mark.start)
        first, last = first_of_list(found, mark), last_of_list(found, mark)
        guests = self._words["guests"].match(found.text, last.end, end)
        return bool(guests or self._words["invited"].search(found.text, start, first.start))

    def of_feature(self, found: Found) -> str | None:
        """The park that a whole text is about: its heading begins with it and a colon."""
        park = found.marks.by_start.get(0)
        if park is None or park.type != "Park":
            return None
        return park.entity if self._words["text on a park"].match(found.text, park.end) else None

    def _goes_to(self, found: Found, start: int, place: Mark) -> bool:
        return self._words["goes to"].search(found.text, start, place.start) is not None


def from_elsewhere(found: Found, firm: Draft) -> bool:
    """Whether the name of a firm holds a place that the text's own does not lie in."""
    locale = found.context.locale
    inside = found.context.in_name(firm.name)
    return locale is None or any(
        not locale.code.startswith(d.code) and not d.code.startswith(locale.code) for d in inside
    )


def first_of_list(found: Found, mark: Mark) -> Mark:
    """The first name of a list 甲、乙、丙 that a name is in."""
    while (before := found.marks.by_end.get(mark.start - 1)) and before.type in _LISTED:
        if found.text[before.end] not in "、和及与":
            break
        mark = before
    return mark


def last_of_list(found: Found, mark: Mark) -> Mark:
    """The last name of a list 甲、乙、丙 that a name is in."""
    while found.text[mark.end : mark.end + 1] in tuple("、和及与"):
        after = found.marks.by_start.get(mark.end + 1)
        if after is None or after.type not in _LISTED:
            break
        mark = after
    return mark


def _town(found: Found, position: int) -> str | None:
    """The township a text tells of: its workshops and inns are there."""
    drafts = found.registry.drafts
    town = found.marks.before(position, lambda m: m.type == "Region" and drafts[m.entity].level == "township")
    return town.entity if town is not None else None
