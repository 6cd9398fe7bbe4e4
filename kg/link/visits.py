"""Who visits which place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.lexicon import alternation, load_lexicon
from kg.link.found import Found, Made
from kg.link.letters import Letters
from kg.link.marks import PEOPLE, Mark
from kg.link.party import Party
from kg.wording import load_wording

_SITES = ("Company", "Project", "Park", "Region", "Organization")


class Visits:
    """Finds VISITS; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._scenes = load_wording(schemas, "scenes")
        self._words = load_wording(schemas, "visits")
        self._party = Party(self._scenes, self._words, load_wording(schemas, "attendance")["with the tour"])
        self._letters = Letters(schemas)
        verbs = load_lexicon(schemas / "lexicons" / "speech.txt")["visit"]
        every = alternation(sorted(verbs, key=len, reverse=True))
        noun, more = self._words["is a noun"].pattern, self._words["goes there"].pattern
        self._visit = re.compile(rf"(?:{every})(?!{noun})|{more}")

    def read(self, found: Found) -> None:
        """Visitors of a tour, carried from sentence to sentence, and the sites named after the verbs."""
        tour: list[str] = []
        left: list[Mark] = []  # sites of a sentence that names no visitor
        opened: Mark | None = None  # the site whose paragraph this is
        spoken_of = ""  # whom 他 and 她 stand for
        for a, b in found.cuts:
            text = found.text[a:b]
            if (
                self._scenes["dateline"].search(text)
                or _is_headline(found.text, a, b)
                or self._is_entry(found.text, a)
            ):
                tour, left = [], []
            if opened is not None and tour and self._hears(found, tour, a, b):
                self._visit_site(found, tour, opened, opened.start)
            opened = self._opening(found, a, b)
            for start, end in _clauses(text, a):
                clause = found.text[start:end]
                people = [m for m in found.marks.inside(start, end) if m.type in PEOPLE]
                own = [spoken_of] if spoken_of and spoken_of not in tour else []
                own = own if self._words["pronoun"].match(clause) else []
                spoken_of = people[0].entity if people else spoken_of
                after, unseen = self._clause(found, own or tour, people, spoken_of, start, end)
                tour = tour if tour and after == own else after
                left = unseen or left
                after = self._after(found, clause, people, start) if not tour and left else []
                if after:
                    tour = after
                    for site in left:
                        self._visit_site(found, tour, site, site.start)
                self._party.come_along(found, tour, people, start, end)
                self._party.attends(found, tour, start, end)
            if visitors := [m for m in found.marks.inside(a, b) if m.type in PEOPLE]:
                self._letters.read(found, visitors, a, b)

    def _opening(self, found: Found, start: int, end: int) -> Mark | None:
        """The firm or work that a paragraph begins with, where its first sentence tells of nothing else."""
        if start and found.text[start - 1] != "\n":
            return None
        named = found.marks.inside(start, end)
        site = next((m for m in named if m.type in ("Company", "Project")), None)
        if site is None or not self._stands_first(found, site, start):
            return None
        other = any(m.type in PEOPLE for m in named) or self._visit.search(found.text, start, end)
        return None if other else site

    def _hears(self, found: Found, tour: Sequence[str], start: int, end: int) -> bool:
        """Whether the leader of a tour looks or hears at the beginning of a sentence, and names no place."""
        person = found.marks.by_start.get(start)
        if person is None or person.entity != tour[0]:
            return False
        hears = self._words["hears"].match(found.text, person.end)
        return hears is not None and not any(
            m.type in _SITES and not m.anaphor for m in found.marks.inside(start, end)
        )

    def _is_entry(self, text: str, start: int) -> bool:
        """Whether the next entry of a chronicle begins here: its line and the one before begin with a year."""
        line = text.rfind("\n", 0, start) + 1
        before = text.rfind("\n", 0, max(0, line - 1)) + 1
        years = self._words["year"]
        return line == start > 0 and bool(years.match(text, start) and years.match(text, before))

    def _clause(
        self,
        found: Found,
        tour: list[str],
        people: Sequence[Mark],
        spoken_of: str,
        start: int,
        end: int,
    ) -> tuple[list[str], list[Mark]]:
        """Adds the visits of a clause; gives the tour that goes on after it, and the sites nobody is said to visit."""
        text = found.text[start:end]
        sites = [m for m in found.marks.inside(start, end) if m.type in _SITES and self._is_site(m)]
        since, seen = start, False
        unseen: list[Mark] = []
        named = [m for m in found.marks.inside(start, end) if m.type in ("Event", *_SITES)]
        for verb in self._visit.finditer(text):
            begin = start + verb.start()
            if any(m.start <= begin < m.end for m in named) or self._words["relative"].match(
                text, verb.end()
            ):
                continue  # 考察 of a name; 来某县考察的|某公司
            reached = self._reached(found, sites, start + verb.end(), end)
            reached = reached or self._looked_into(found, sites, since, begin)
            if reached and self._words["stays"].match(found.text, reached[-1].end):
                continue
            reached = [s for s in reached if not self._words["stays"].match(found.text, s.end)]
            if not reached or self._is_talk(text, verb.start()):
                continue
            subjects = [p for p in people if since <= p.start and p.end <= begin]
            if seen:
                subjects = [p for p in subjects if self._opens_clause(found, p, since, begin)]
            clause = max(found.text.rfind(mark, since, begin) for mark in "，；") + 1
            if self._words["receives"].search(found.text, since, max(since, clause)):
                subjects = [p for p in subjects if p.start >= clause] or subjects
            group = self._party.goes(found, subjects, begin, tour, text)
            told = self._scenes["speech"].search(text, 0, verb.start())
            if not group and not told and self._goes_on(found, since, begin, reached):
                group = tour or self._named_after(found, people, reached[-1].end)
            if not group or self._is_private(found, group, text):
                unseen += [] if group or any(p.end <= begin for p in people) else reached
                continue
            tour, seen = group, True
            since = max(begin, *(site.end for site in reached))
            self._stage(found, tour, sites, start)
            each = len(tour) == len(reached) and self._words["one each"].search(text, 0, verb.start())
            for number, site in enumerate(reached):
                self._visit_site(found, [tour[number]] if each else tour, site, start)
        if not seen:
            party = self._party.sets_out(found, text, people, start)
            # The headline only names the leader, the first sentence the others, too.
            more = party and tour and party[0] == tour[0] and len(party) > len(tour)
            tour = party if more else tour or party
            self._on_the_spot(found, tour or self._at_work(text, spoken_of), sites, start, end)
        return tour, unseen

    def _after(self, found: Found, clause: str, people: Sequence[Mark], start: int) -> list[str]:
        """Who took part in a visit that was told without naming anyone, or led it: 县领导甲、乙参加; 甲任团长."""
        led = self._words["leads it"].search(clause)
        if led is None and not self._scenes["accompany"].search(clause):
            return []
        return list(dict.fromkeys(p.entity for p in people if led is None or p.end <= start + led.start()))

    def _named_after(self, found: Found, people: Sequence[Mark], end: int) -> list[str]:
        """走进某公司，县长甲详细询问…: who goes is named in the next clause."""
        person = next((p for p in people if p.start > end), None)
        clause = found.text.find("，", end) + 1
        if person is None or not clause or clause > person.start or clause - end > 12:
            return []
        between = list(found.marks.inside(clause, person.start))
        first = between[0].start if between else person.start
        looks = self._words["looks"].search(found.text, person.end, found.sentence(person.end)[1])
        return [person.entity] if first == clause and looks else []

    def _stage(self, found: Found, tour: Sequence[str], sites: Sequence[Mark], start: int) -> None:
        """在甲市乙县，县长甲一行先后来到丙公司: the place of the stops, when the tour is from elsewhere."""
        place = sites[0] if sites else None
        for inner in sites[1:3]:
            place = inner if place is not None and inner.start == place.end else place
        if place is None or place.type != "Region":
            return
        before, after = found.text[start : sites[0].start], found.text[place.end : place.end + 1]
        if self._words["opens with"].fullmatch(before) and after == "，":
            self._visit_site(found, tour, place, start)

    def _is_site(self, mark: Mark) -> bool:
        """全市 and 全县 are talked of, not gone to."""
        return not (mark.anaphor and mark.type == "Region" and mark.text.startswith("全"))

    def _is_talk(self, text: str, verb: int) -> bool:
        """Whether a visit is quoted or only wished for."""
        quoted = text.count("“", 0, verb) > text.count("”", 0, verb)
        return quoted or self._words["not yet"].search(text, 0, verb) is not None

    def _is_private(self, found: Found, group: Sequence[str], text: str) -> bool:
        """Whether only people without an office go somewhere, and not to look at it."""
        drafts = found.registry.drafts
        return all(drafts[g].type == "Person" for g in group) and not self._scenes["looks into"].search(text)

    def _opens_clause(self, found: Found, person: Mark, start: int, verb: int) -> bool:
        """Whether a person, with the offices before the name, is the subject of a clause: …，副县长乙到丙镇."""
        clause = max(found.text.rfind(mark, start, person.start) for mark in "，；") + 1
        between = list(found.marks.inside(max(clause, start), person.start))
        first = between[0].start if between else person.start
        return bool(clause) and first - clause <= 4 and found.text[person.end] != "的"

    def _goes_on(self, found: Found, start: int, verb: int, reached: Sequence[Mark]) -> bool:
        """Whether the clause of a verb has no subject of its own, so that the tour's goes on."""
        clause = max([start, *(found.text.rfind(mark, start, verb) + 1 for mark in "，；")])
        named = found.marks.inside(clause, verb)
        subject = [m for m in named if m.type != "Event" and m not in reached]
        if self._words["tour"].search(found.text, start, verb):
            return True
        common = self._words["others"].finditer(found.text, clause, verb)
        return not subject and all(any(m.start <= c.start() < m.end for m in named) for c in common)

    def _looked_into(self, found: Found, sites: Sequence[Mark], start: int, verb: int) -> list[Mark]:
        """就甲项目情况进行现场考察, 对乙项目、丙项目进行了考察: the works before the verb."""
        object_ = self._words["object"].search(found.text, start, verb)
        place = self._words["where"].search(found.text, start, verb)
        if object_ is not None:
            return [s for s in sites if object_.start(1) <= s.start < verb and s.type != "Region"]
        if place is not None and found.text[place.start() - 1] == "正":
            place = place if found.marks.by_end.get(place.start()) is not None else None  # 韩正|在
        there = [s for s in sites if place is not None and place.start(1) <= s.start < verb]
        first = len(there) - 1
        while first > 0 and self._words["and"].fullmatch(
            found.text, there[first - 1].end, there[first].start
        ):
            first -= 1
        return there[max(first, 0) :]

    def _at_work(self, text: str, person: str) -> list[str]:
        """Who looks or asks, where no tour is under way: 在某公司，县委书记甲详细了解生产情况."""
        return [person] if person and self._words["looks"].search(text) else []

    def _visit_site(self, found: Found, visitors: Sequence[str], site: Mark, start: int) -> None:
        for visitor in visitors:
            if site.type == "Region" and self._is_own(found, visitor, site.entity):
                continue
            found.add(Made("VISITS", visitor, site.entity, start, site.end, "scene:visit", score=0.75))

    def _is_village(self, found: Found, region: Mark) -> bool:
        return found.registry.drafts[region.entity].level == "village"

    def _is_own(self, found: Found, visitor: str, region: str) -> bool:
        """Whether somebody holds an office of a division: it is no visit to be at home."""
        return any(region in found.tails(kind, visitor) for kind in ("LEADS", "SERVES_IN"))

    def _on_the_spot(
        self, found: Found, visitors: Sequence[str], sites: Sequence[Mark], start: int, end: int
    ) -> None:
        """在位于甲镇的某项目现场，…; 某项目正在吊装，县委书记甲…: a stop of the tour under way."""
        if not visitors:
            return
        goes_on = any(m.entity in visitors for m in found.marks.inside(start, end)) or self._words[
            "tour"
        ].search(found.text, start, end)
        leader = found.marks.by_start.get(start)
        since = leader.end if leader is not None and leader.entity == visitors[0] else start
        for number, site in enumerate(sites):
            stops = self._row(found, sites[number:])
            lead, after = found.text[since : site.start], found.text[stops[-1].end : end]
            small = site.type != "Region" or found.registry.drafts[site.entity].level in (
                "township",
                "village",
            )
            there = self._words["on the spot"].fullmatch(lead) and self._words["there"].match(after)
            first = site.type in ("Company", "Project") and goes_on and self._stands_first(found, site, start)
            if small and (there or first):
                for stop in stops if there else [site]:
                    self._visit_site(found, visitors, stop, start)
                return

    def _row(self, found: Found, sites: Sequence[Mark]) -> Sequence[Mark]:
        """The first site and those that a list joins to it."""
        last = 0
        while last + 1 < len(sites) and self._words["and"].fullmatch(
            found.text, sites[last].end, sites[last + 1].start
        ):
            last += 1
        return sites[: last + 1]

    def _stands_first(self, found: Found, site: Mark, start: int) -> bool:
        """Whether only names of its owner or place stand before a site."""
        following = found.marks.by_start.get(site.end)
        if following is not None and following.type in ("Title", "Project"):
            return False
        before = found.marks.by_end.get(site.start)
        while site.start > start and before is not None and before.start >= start and before.type in _SITES:
            site, before = before, found.marks.by_end.get(before.start)
        return site.start == start

    def _reached(self, found: Found, sites: Sequence[Mark], verb_end: int, end: int) -> list[Mark]:
        """The sites that the words after a verb only list or place."""
        reached: list[Mark] = []
        position = verb_end
        for site in sites:
            if site.start < verb_end:
                continue
            between = found.text[position : site.start]
            if site.type == "Company" and self._words["by"].search(between):
                built = self._words["builds"].match(found.text, site.end, end)
                if built and len(between) < 8:
                    position = built.end()
                    continue
            persons = any(m.type in PEOPLE for m in found.marks.inside(position, site.start))
            listed = bool(reached) and between == "，"
            if len(between) > 45 or persons or (not listed and self._words["no longer"].search(between)):
                break
            position = site.end
            after = found.text[site.end : site.end + 2]
            following = found.marks.by_start.get(site.end)
            # 甲省乙市丙县, 古城镇任河村: only the last of a chain is the stop.
            next_type = following.type if following is not None else ""
            chain = (site.type == "Region" and next_type in _SITES) or (
                site.type == "Park" and next_type == "Company"
            )
            whole = site.type != "Region" or (self._is_village(found, site) and site is sites[-1])
            placed = (after.startswith("的") and not whole) or (site.type == "Region" and after == "举行")
            placed = placed or after in ("里的", "内的")  # 甲园区里的乙公司
            posted = (
                site.type in ("Organization", "Region")
                and following is not None
                and following.type == "Title"
            )
            meets = self._words["meeting place"].match(found.text, site.end) and between.endswith("在")
            posted = posted or (site.type == "Organization" and meets is not None)
            owner = site.type == "Company" and following is not None and following.type == "Project"
            if not (chain or placed or posted or owner):
                reached.append(site)
        return reached


def _clauses(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Offsets of the parts of a sentence between semicolons."""
    for clause in text.split("；"):
        yield start, start + len(clause)
        start += len(clause) + 1


def _is_headline(text: str, start: int, end: int) -> bool:
    """A short line of its own without a full stop."""
    alone = (start == 0 or text[start - 1] == "\n") and (end >= len(text) or text[end] == "\n")
    return alone and end - start <= 44 and text[end - 1] not in "。！？；"
