"""The grammar of posts: who holds which office where.

A post is a body and an office (县农业农村局 + 局长); posts stand in chains before a name (县委副书记、
县长莫靓), after it (王川县长), behind a colon (县长：李春霞), are given or taken (任…, 免去…职务), or are
shared by a list of names (县领导A、B; A、B等县领导).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.link.careers import Careers
from kg.link.marks import PEOPLE, Mark, Marks
from kg.link.name_lists import NameLists
from kg.wording import Wording

_GAP = re.compile(r"”?(?:（[^）]{1,8}）)?[ \t　]?[：:]?[\t]?")
_GAP_LINE = re.compile(r"”?(?:（[^）\n]{1,8}）)?[ \t\n　]?[：:]?[\t\n]?")
_NEAR = 40
_OPEN_BODY = re.compile(r"、[\u4e00-\u9fff]{1,16}")


@dataclass(frozen=True, slots=True)
class Post:
    """An office with the body it belongs to.

    Attributes:
        start: Where body or office begins.
        end: Where the office ends.
        title: The office as written, with its body.
        leads: Whether it heads the body.
        tail: Entity id of the body, or "" when it stays open.
        head: The office's bare head (书记).
        former: Whether it is said to be past.
        candidate: Whether it is not held yet.
        practice: Whether it heads a part where the work of the body is done (某医院骨科主任).
    """

    start: int
    end: int
    title: str
    leads: bool
    tail: str
    head: str
    former: bool = False
    candidate: bool = False
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """A person's office, with the stretch that says so."""

    person: str
    post: Post
    start: int
    end: int
    rule: str


Bodies = Callable[[Mark, int], tuple[str, int]]


class PostReader:
    """Reads offices and their holders out of the marks of one document."""

    def __init__(
        self,
        text: str,
        marks: Marks,
        resolve: Callable[[Mark, Post | None], tuple[str, int]],
        words: Wording,
        careers: Careers,
        *,
        leads: Callable[[str, str], bool],
        former: Sequence[str],
        candidate: tuple[str, ...],
        shared: Callable[[str], bool],
    ) -> None:
        self._text = text
        self._marks = marks
        self._resolve = resolve
        self._careers = careers
        self._lists = NameLists(text, marks, words)
        self._leads = leads
        self._former = tuple(former)
        self._candidate = candidate
        self._shared = shared
        self._words = words
        self._parts = words.words("heads of parts")
        self._types = {m.entity: m.type for m in marks}
        self._named = bytearray(len(text))
        for mark in marks:
            if mark.type not in ("Title", *PEOPLE):
                self._named[mark.start : mark.end] = b"\1" * (mark.end - mark.start)

    def holdings(self) -> list[Holding]:
        """All offices held, in order of the text."""
        chains = [self._completed(chain) for chain in self._chains()]
        found: list[Holding] = []
        used: set[int] = set()
        self._held: dict[int, str] = {}
        previous = 0
        for chain in chains:
            new = list(self._holders(chain, used, previous))
            found += new
            for holding in new:
                self._held[holding.post.end] = holding.person
            if new and new[-1].rule in ("post:takes", "post:career"):
                previous = chain[-1].end
        return sorted(found, key=lambda h: (h.start, h.end))

    def _chains(self) -> Iterator[list[Post]]:
        """Runs of posts joined by 、: each shares the holder that follows or precedes."""
        chain: list[Post] = []
        for mark in self._marks:
            if mark.type != "Title" or all(self._named[mark.start : mark.end]):
                continue
            previous = chain[-1] if chain else None
            post = self._post(mark, previous)
            if (
                previous
                and not self._careers.given(chain[0].start, chain[0].end)
                and not self._careers.elected(chain[0].start, chain[0].end, mark)
                and (
                    self._words["joins offices"].fullmatch(self._text[previous.end : post.start])
                    or (not post.tail and _OPEN_BODY.fullmatch(self._text[previous.end : mark.start]))
                )
            ):
                chain.append(post)
            else:
                if chain:
                    yield chain
                chain = [self._post(mark, previous if self._follows(previous, mark) else None)]
        if chain:
            yield chain

    def _completed(self, chain: list[Post]) -> list[Post]:
        """党组成员、副局长: an office of the body's party group belongs where the one behind it does."""
        done = chain[:]
        for number in range(len(done) - 2, -1, -1):
            post, following = done[number], done[number + 1]
            if (
                not post.tail
                and self._types.get(following.tail) in ("Organization", "Company")
                and self._words["party group"].match(post.title)
                and not "\u4e00" <= self._text[post.start - 1 : post.start] <= "\u9fff"
            ):
                done[number] = replace(post, tail=following.tail)
        return done

    def _follows(self, previous: Post | None, mark: Mark) -> bool:
        """Whether only the holder of the last post stands between, or his next office: 某院院长甲、总工程师乙."""
        if previous is None:
            return False
        elected = self._marks.before(mark.start, lambda m: m.type in PEOPLE, since=max(0, mark.start - 12))
        if elected is not None and self._words["takes"].fullmatch(self._text, elected.end, mark.start):
            first = self._lists.before(elected)[0]
            if self._text[previous.end : first.start] in ("，", "；", "、"):
                return True
        verb = self._careers.serves(mark.start)
        if verb is not None and self._words["then"].fullmatch(self._text, previous.end, verb):
            return True
        holder = self._marks.by_start.get(previous.end)
        return (
            holder is not None
            and holder.type in PEOPLE
            and self._between_offices(previous, self._text[holder.end : mark.start])
        )

    def _between_offices(self, previous: Post, text: str) -> bool:
        """、 alone, or with the name of a department: 总经理甲、生产厂长乙; 某协会会长甲、办公室主任乙."""
        if text in ("、", "，"):
            return True
        kind = {"Company": "department", "Organization": "office"}.get(self._types.get(previous.tail, ""))
        return kind is not None and self._words[kind].fullmatch(text) is not None

    def _post(self, mark: Mark, previous: Post | None) -> Post:
        tail, start = self._resolve(mark, previous)
        text = self._text
        former = text.endswith(self._former, 0, start) or text.endswith(self._former, start, mark.start)
        candidate = text.startswith(self._candidate, mark.end)
        body = self._marks.by_start.get(start)
        # 某医院骨外科主任 heads a part of the hospital, not the hospital.
        firm = body is not None and body.type in ("Organization", "Company") and body.entity == tail
        whole = body is None or body.end == mark.start
        unit = whole and start < mark.start and text[mark.start - 1] == mark.kind[0]
        inner = text[body.end : mark.start] if firm and body is not None else ""
        part = (inner != "" and not self._words["of the body"].fullmatch(inner)) or (
            mark.kind in self._parts and not unit
        )
        part = part or (body is not None and body.entity != tail and mark.kind == "股长")
        if body is None and self._words["a part"].fullmatch(text, start, mark.start):
            part = (
                part
                or self._marks.by_end.get(start) is not None
                or (previous is not None and previous.tail == tail)
            )
        return Post(
            start,
            mark.end,
            text[start : mark.end],
            self._leads(mark.text, mark.kind) and not part,
            tail,
            mark.kind,
            former,
            candidate,
            self._words["of practice"].search(inner) is not None,
        )

    def _holders(self, chain: list[Post], used: set[int], career: int) -> Iterator[Holding]:
        start, end = chain[0].start, chain[-1].end
        column = self._marks.by_end.get(start - 1) if self._text[start - 1 : start] == "\t" else None
        if column is not None and column.type in PEOPLE:
            people: list[Mark] = []
            rule, stop = "", end
        else:
            people, rule, stop = self._people_after(start, end)
        if not people:
            people, rule, begin = self._people_before(start, end, used)
            start = begin if people else start
            stop = end
        if not people and (subject := self._subject(chain, career)) is not None:
            people, rule, stop = [subject], "career", end
            start = min(start, max(subject.start, self._text.rfind("\n", 0, start) + 1))
        each = len(people) == len(chain) > 1 and self._words["respectively"].search(
            self._text, max(0, chain[0].start - 6), chain[0].start
        )
        for number, person in enumerate(people):
            used.add(person.start)
            for post in [chain[number]] if each else chain:
                if post.candidate:
                    continue
                if number and not self._shared(post.title) and rule in ("before-list",):
                    continue
                stretch = (start, person.end if rule != "after" else end) if number == 0 else (start, stop)
                yield Holding(
                    person.entity,
                    post,
                    min(stretch[0], person.start),
                    max(stretch[1], person.end),
                    f"post:{rule}",
                )

    def _subject(self, chain: list[Post], career: int) -> Mark | None:
        """The holder of an office behind a verb, or in a list of offices behind one (历任甲乡乡长，乙局局长)."""
        start = chain[0].start
        if career and self._words["next office"].fullmatch(self._text, career, start):
            holder = self._held.get(career, "")
            return self._marks.before(start, lambda m: m.entity == holder)
        return self._careers.subject(start, chain[-1].end, self._held)

    def _people_after(self, start: int, end: int) -> tuple[list[Mark], str, int]:
        text = self._text
        alone = start == 0 or text[start - 1] in "\n"
        gap = (_GAP_LINE if alone else _GAP).match(text, end)
        position = gap.end() if gap else end
        have = self._words["have"].match(text, end)
        by = self._words["by"].match(text, end)
        who = self._words["who"].match(text, end) if self._careers.serves(start) is not None else None
        for at, rule in (
            (position, "before-list"),
            (self._over_posts(have.end()) if have else end, "list"),
            (self._over_posts(by.end()) if by else end, "by"),
            (self._over_posts(who.end()) if who else end, "who"),
        ):
            person = self._marks.by_start.get(at)
            if person is None or person.type not in PEOPLE:
                continue
            if rule == "who":
                if who and who.group().startswith("的"):
                    people = self._lists.after(person, text[end:at])
                    return people, rule, people[-1].end
                first = max(self._text.rfind(stop, 0, start) for stop in "。\n；") + 1
                if any(m.type in PEOPLE for m in self._marks.inside(first, start)):
                    continue
                return [person], rule, person.end
            if rule == "by" and not self._words["by whom"].match(text, person.end):
                continue
            people = self._lists.after(person, text[end:at])
            return people, rule, people[-1].end
        return [], "", end

    def _over_posts(self, position: int) -> int:
        """Past the offices before a name: 总指挥由|县委书记|某某担任."""
        at = position
        for _ in range(6):
            mark = self._marks.by_start.get(at)
            if mark is None or mark.type in PEOPLE:
                return at
            at = mark.end + (self._text[mark.end : mark.end + 1] == "、")
        return position

    def _outermost(self, start: int) -> int:
        """Where the divisions begin that stand before the body of an office: 任|天津市|津南区财政局|局长."""
        outer = self._marks.by_end.get(start)
        while outer is not None and outer.type == "Region":
            start = outer.start
            outer = self._marks.by_end.get(start)
        return start

    def _people_before(self, start: int, end: int, used: set[int]) -> tuple[list[Mark], str, int]:
        text = self._text
        start = self._outermost(start)
        person = self._marks.before(start, lambda m: m.type in PEOPLE, since=max(0, start - 60))
        if person is None:
            return [], "", start
        between = text[person.end : start]
        beside = self._words["not the subject"].search(text, max(0, person.start - 3), person.start)
        if beside and between:
            return [], "", start
        if between == "（" and text[end : end + 1] == "）":
            return [person], "brackets", person.start
        if between in ("", "\t", "，"):
            if between == "" or (between == "\t") or not self._marks.by_start.get(start):
                if between == "，" and not re.match(r"[，。；、\n]|$", text[end : end + 1]):
                    return [], "", start
                return [person], "after", person.start
            return ([person], "after", person.start) if between != "，" else ([], "", start)
        if self._words["courtesy"].fullmatch(between) and (
            self._words["appoints"].search(text, max(0, person.start - 4), person.start)
            or (text[person.start - 1] in "\n；：" and self._words["post itself"].match(text, end))
        ):
            return [person], "loses", person.start
        courtesy = self._words["courtesy"].match(between)
        rest = between[courtesy.end() :] if courtesy else between
        if self._words["takes"].fullmatch(rest) or (
            self._words["loses"].fullmatch(rest) and self._words["post itself"].match(text, end)
        ):
            people = self._lists.before(person)
            return people, "takes", people[0].start
        if self._words["moves"].fullmatch(rest) and self._words["moved"].match(text, end):
            return [person], "takes", person.start
        others = self._words["and others"].fullmatch(rest)
        if others and rest.startswith("等"):
            people = self._lists.before(person)
            return people, "others", people[0].start
        given = self._words["given"].search(text, max(0, start - _NEAR), start)
        if given and given.end() == start and "。" not in between and "\n" not in between:
            return [person], "takes", person.start
        dismissed = len(between) < 12 and self._words["dismisses"].search(between)
        if dismissed and self._words["post itself"].match(text, end):
            return [person], "loses", person.start
        return [], "", start
