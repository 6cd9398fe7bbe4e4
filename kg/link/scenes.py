"""Scenes: who attends which event, who visits which place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kg.lexicon import load_lexicon
from kg.link.found import Found, Made
from kg.link.marks import Mark

_PEOPLE = ("Official", "Person")
_SITES = ("Company", "Project", "Park", "Region", "Organization")
_TAKES_PLACE = re.compile(
    r"[^，。；]{0,30}?(?:召开|举行|举办|开幕|启动|拉开|启幕|开场|落幕|闭幕)|(?:上|现场|中)?，|(?:期间|会场)"
)
_IS_AT = re.compile(r"(?:出席|参加|列席|主持|召开|举行|举办|在|迎来|参加了|出席了|到)(?:了)?[^，。；]{0,8}$")
_QUOTED = re.compile(r"(?:传达|学习|宣读|贯彻|落实|转达|按照|根据)[^，。；]{0,16}$")
_NATIONAL = re.compile(r"^(?:党的|中国共产党第|全国)|十[一二三四五六七八九]?届.中全会")
_ONLY_SPOKEN_OF = re.compile(
    r"(?:贯彻|落实|学习|传达|按照|根据|围绕|筹备|自|回顾|重提|确定的?|定下的?)[^，。；]{0,14}$"
)
_SPIRIT = re.compile(r"精神|部署|以来|确定|报告|提出的|的部署|以后|定下|描绘")
_OFF = re.compile(r"原计划|原定|因故取消|推迟|取消|拟于|将于|计划于|定于|即将")
_DATELINE = re.compile(r"^(?:本报|本网|本台)[^，。]{0,12}讯|[^，。]{2,8}讯[（\d]")
_NEW_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_AT_MEETING = re.compile(
    r"(?:在)?会上|会议(?:现场|期间)|仪式上|活动现场|在讲话中|致辞中|在报告中|座谈会上|在大会上|会场"
)
_TOUR = re.compile(
    r"一行|考察团|代表团|调研组|考察组|督查组|督察组|率队|带队|率.{0,14}?(?:代表团|考察团|考察组|调研组)"
)
_ACCOMPANY = re.compile(
    r"陪同|(?:参加|一同|一起|随同|参与|一道)(?:了)?(?:前往|前去|相关|有关|此次|本次)?(?:调研|考察|走访|检查|活动|察看|督查|慰问|看望)?(?=[。；，]|$)"
)
_PART = re.compile(r"分段陪同|分别陪同|分头|陪同[^，。；]{0,6}或")
_SPEECH = re.compile(r"指出|强调|表示|要求|介绍|[^小传据听]说")
_SIGNS = re.compile(r"签订|签署|签约|签字")
_ON_THE_SPOT = re.compile(r"^(?:随后，|接着，|之后，)?(?:在|走进|来到)[^，。]{0,12}$")
_COMES = (
    r"[来赴到](?=[^，。]{1,12}"
    r"(?:调研|考察|视察|指导|检查|督查|参观|走访|慰问|考评|考核|验收|评估|观摩|督导|对接|洽谈|暗访))"
)
_ALONE = re.compile(r"[还又](?:来)?到|还前往|还察看|还走访")
_NO_LONGER = re.compile(r"[，；](?!.{0,8}(?:来到|走进|深入|到|在|察看|前往|了解))|指出|强调|表示|说|由|后，")
_LOOKS_INTO = re.compile(r"调研|考察|走访|检查|督查|督导|察看|查看|视察|巡查|慰问")
_OBJECT = re.compile(r"(?:对|就)([^。；]{2,200}?)进行了?(?:现场|实地|重点|全面|集中)*$")
_LOOKS = re.compile(r"了解|察看|查看|询问|察访|看望|慰问")
_THERE = re.compile(r"现场|里|内|车间|工地|施工|，|看到|了解|察看|详细|实地")


class Scenes:
    """Finds ATTENDS and VISITS; holds the verbs."""

    def __init__(self, schemas: Path) -> None:
        speech = load_lexicon(schemas / "lexicons" / "speech.txt")
        self._attend = _any(speech["attend"])
        words = "|".join(sorted(map(re.escape, speech["visit"]), key=len, reverse=True))
        self._visit = re.compile(rf"(?:{words})(?!小?组|团|员|工作|活动|座谈|会议)|{_COMES}")

    def read(self, found: Found) -> None:
        """Adds ATTENDS and VISITS."""
        self._events(found)
        self._visits(found)

    def _events(self, found: Found) -> None:
        """Persons in the sentences of a scene: where its event is held, and those after it that act in it."""
        current: Mark | None = None
        for a, b in found.cuts:
            text = found.text[a:b]
            if _DATELINE.search(text) or _NEW_DAY.match(text):
                current = None
            marks = found.marks.inside(a, b)
            people = [m for m in marks if m.type in _PEOPLE]
            events = [m for m in marks if m.type == "Event" and self._is_scene(found, m, a, b)]
            for number, event in enumerate(events):
                stop = events[number + 1].start if number + 1 < len(events) else b
                since = events[number - 1].end if number else a
                self._attendance(found, event, [p for p in people if since <= p.start < stop], a, stop)
            if events:
                current = events[-1]
                found.tour = bool(_LOOKS_INTO.search(text))
            elif current is not None and people and not any(m.type == "Event" for m in marks):
                self._act(found, current, people, a, b)

    def _is_scene(self, found: Found, event: Mark, start: int, end: int) -> bool:
        before, after = found.text[start : event.start], found.text[event.end : end]
        if _OFF.search(before[-12:]) or _OFF.match(after) or re.match(r"[^，。；]{0,6}(?:推迟|取消)", after):
            return False
        if (
            _ONLY_SPOKEN_OF.search(before)
            or _SPIRIT.match(after)
            or _NATIONAL.match(found.registry.drafts[event.entity].name)
        ):
            return False
        return (
            event.anaphor
            or bool(_TAKES_PLACE.match(after))
            or bool(_IS_AT.search(before))
            or not after.strip("。！\n")
        )

    def _attendance(self, found: Found, event: Mark, people: Sequence[Mark], start: int, end: int) -> None:
        text = found.text
        before_event = text[max(start, event.start - 8) : event.start]
        comes = bool(re.search(r"(?:出席|参加|列席|到会|主持|莅临)(?:了)?[^，。；]{0,6}$", before_event))
        for person in people:
            if person.end <= event.start:
                near = text[person.end : event.start]
                fits = len(near) < 70 and bool(
                    self._attend.search(near) or re.search(r"在[^，。]{0,6}$|代表|率", near)
                )
                fits = fits or (comes and not _SPEECH.search(near))
                fits = fits or (bool(re.match(r"[^，。；]{0,6}上", text[event.end : end])) and len(near) < 12)
            else:
                fits = (
                    comes
                    or bool(self._attend.search(text, person.end, end))
                    or bool(_AT_MEETING.search(text, start, person.start))
                    or bool(re.search(r"(?:出席|参加|列席|由|有)[^。]*$", text[event.end : person.start]))
                )
                fits = fits or bool(_AT_MEETING.match(text, person.end))
            if fits:
                self._add(found, person, event, min(start, person.start), end)

    def _act(self, found: Found, event: Mark, people: Sequence[Mark], start: int, end: int) -> None:
        """In the sentences after: who speaks or is listed there with a verb of attendance."""
        text = found.text[start:end]
        at_meeting = _AT_MEETING.search(text)
        verb = self._attend.search(text)
        for person in people:
            if _QUOTED.search(found.text, start, person.start):
                continue
            rest = found.text[person.end : end]
            acts = self._attend.match(
                re.sub(r"^[^，。]{0,12}?(?=出席|参加|作|先后|分别|就|在|介绍)", "", rest)
            ) or self._attend.search(rest)
            along = _ACCOMPANY.search(text) and (_LOOKS_INTO.search(text) or found.tour)
            if (verb and acts and not along) or (
                at_meeting and (_SPEECH.search(rest[:24]) or _SIGNS.search(rest[:60]))
            ):
                self._add(found, person, event, start, end)

    def _add(self, found: Found, person: Mark, event: Mark, start: int, end: int) -> None:
        found.add(Made("ATTENDS", person.entity, event.entity, start, end, "scene:attend", score=0.8))

    def _visits(self, found: Found) -> None:
        """Visitors of a tour, carried from sentence to sentence, and the sites named after the verbs."""
        visitors: list[str] = []
        for a, b in found.cuts:
            text = found.text[a:b]
            if _DATELINE.search(text) or _is_headline(found.text, a, b):
                visitors = []
            marks = found.marks.inside(a, b)
            people = [m for m in marks if m.type in _PEOPLE]
            sites = [m for m in marks if m.type in _SITES]
            begin, reached = self._stops(found, text, sites, a, b)
            if reached:
                group = self._party(found, people, begin, visitors, text)
                if group:
                    visitors = group
                elif people and not _TOUR.search(text):
                    continue
                for site in reached:
                    self._visit_site(found, visitors, site, a)
            else:
                visitors = visitors or self._setting_out(found, text, people, a)
                self._on_the_spot(found, visitors or self._at_work(text, people), sites, a, b)
            if _ACCOMPANY.search(text) and visitors and people and not _PART.search(text):
                self._join(found, visitors, people, a, b)

    def _stops(
        self, found: Found, text: str, sites: Sequence[Mark], start: int, end: int
    ) -> tuple[int, list[Mark]]:
        """Where the first verb of visiting that leads to sites begins, and the sites of all."""
        begin = start
        stops: list[Mark] = []
        for verb in self._visit.finditer(text):
            reached = self._reached(found, sites, start + verb.end(), end) or self._looked_into(
                found, sites, start, start + verb.start()
            )
            if reached and not stops:
                begin = start + verb.start()
            stops += [site for site in reached if site not in stops]
        return begin, stops

    def _setting_out(self, found: Found, text: str, people: Sequence[Mark], start: int) -> list[str]:
        """Who goes, where the sites only follow: 县长甲察看污染防治工作，副县长乙参加。"""
        verb = _LOOKS_INTO.search(text)
        events = (m for m in found.marks.inside(start, start + len(text)) if m.type == "Event")
        if verb is None or (_ACCOMPANY.search(text) and "陪同" in text) or not all(m.anaphor for m in events):
            return []
        before = [p for p in people if p.end <= start + verb.start()]
        if not before or _SPEECH.search(found.text, before[0].end, start + verb.end()):
            return []
        return list(dict.fromkeys(p.entity for p in before))

    def _looked_into(self, found: Found, sites: Sequence[Mark], start: int, verb: int) -> list[Mark]:
        """就甲项目情况进行现场考察, 对乙项目、丙项目进行了考察: the works before the verb."""
        object_ = _OBJECT.search(found.text, start, verb)
        if object_ is None:
            return []
        return [
            s
            for s in sites
            if object_.start(1) <= s.start < verb and s.type in ("Project", "Park", "Company")
        ]

    def _party(
        self, found: Found, people: Sequence[Mark], verb: int, visitors: list[str], text: str
    ) -> list[str]:
        """Who goes: the persons before the verb, or the tour under way when its leader goes on."""
        subjects = [p for p in people if p.end <= verb and not _SPEECH.search(found.text, p.end, verb)]
        group = list(dict.fromkeys(p.entity for p in subjects))
        if not group:
            return [] if people and not _TOUR.search(text) else visitors
        if "陪同下" in text and visitors and _TOUR.search(text):
            return [*visitors, *(g for g in group if g not in visitors)]
        goes_on = bool(visitors) and group[0] == visitors[0] and len(visitors) > len(group)
        return visitors if goes_on and not _ALONE.search(text) else group

    def _at_work(self, text: str, people: Sequence[Mark]) -> list[str]:
        """Who looks or asks, where no tour is under way: 在某公司，县委书记甲详细了解生产情况."""
        return [people[0].entity] if people and _LOOKS.search(text) else []

    def _visit_site(self, found: Found, visitors: Sequence[str], site: Mark, start: int) -> None:
        for visitor in visitors:
            found.add(Made("VISITS", visitor, site.entity, start, site.end, "scene:visit", score=0.75))

    def _join(self, found: Found, visitors: list[str], people: Sequence[Mark], start: int, end: int) -> None:
        """Those who come along see what the leader sees; hosts but the place itself (it is theirs)."""
        leader, hosts = visitors[0], "陪同" in found.text[start:end]
        for person in people:
            if person.entity in visitors:
                continue
            visitors.append(person.entity)
            for tail in found.tails("VISITS", leader):
                draft = found.registry.drafts[tail]
                if not hosts or draft.type != "Region" or draft.level in ("township", "village"):
                    found.add(Made("VISITS", person.entity, tail, start, end, "scene:accompany", score=0.75))

    def _on_the_spot(
        self, found: Found, visitors: Sequence[str], sites: Sequence[Mark], start: int, end: int
    ) -> None:
        """在位于甲镇的某项目现场，…: a stop of the tour under way."""
        for site in sites:
            if site.type == "Region" or not visitors:
                continue
            lead, after = found.text[start : site.start], found.text[site.end : end]
            if (
                re.match(r"(?:随后，|接着，|之后，)?在", lead)
                and "，" not in lead.removeprefix("随后，")
                and _THERE.match(after)
            ):
                self._visit_site(found, visitors, site, start)
                return

    def _reached(self, found: Found, sites: Sequence[Mark], verb_end: int, end: int) -> list[Mark]:
        """The sites that the words after a verb only list or place."""
        reached: list[Mark] = []
        position = verb_end
        for site in sites:
            if site.start < verb_end:
                continue
            between = found.text[position : site.start]
            persons = any(m.type in _PEOPLE for m in found.marks.inside(position, site.start))
            if len(between) > 45 or persons or _NO_LONGER.search(between):
                break
            position = site.end
            after = found.text[site.end : site.end + 2]
            following = found.marks.by_start.get(site.end)
            # 甲省乙市丙县, 古城镇任河村: only the last of a chain is the stop.
            chain = site.type == "Region" and following is not None and following.type in _SITES
            placed = site.type == "Region" and after.startswith(("的", "举行"))
            posted = site.type == "Organization" and following is not None and following.type == "Title"
            owner = site.type == "Company" and following is not None and following.type == "Project"
            if not (chain or placed or posted or owner):
                reached.append(site)
        return reached


def _is_headline(text: str, start: int, end: int) -> bool:
    """A short line of its own without a full stop."""
    alone = (start == 0 or text[start - 1] == "\n") and (end >= len(text) or text[end] == "\n")
    return alone and end - start <= 44 and text[end - 1] not in "。！？；"


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
