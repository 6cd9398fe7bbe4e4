"""The body of a bare office: that of the post before it, the last one named that fits, or one named after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.lexicon import by_first_word
from kg.link.found import Found, Made
from kg.link.marks import PEOPLE, Mark
from kg.link.posts import Post
from kg.wording import Wording


class Unnamed:
    """Finds the body of an office that has none beside it.

    Args:
        found: What linking knows of the document.
        titles: Sections of lexicons/titles.txt.
        words: Entries of wording/bodies.yaml.
    """

    def __init__(self, found: Found, titles: Mapping[str, Sequence[str]], words: Wording) -> None:
        self._words = words
        self._party = words.words("party seats")
        self._found = found
        self._drafts = found.registry.drafts
        self._region_members = frozenset(titles["region members"])
        self._members = frozenset(titles["members"])
        self._firm_heads = frozenset(titles["company heads"])
        self._lone_heads = self._firm_heads - {
            *titles["experts"],
            *titles["association heads"],
            *words.words("not of last firm"),
        }
        self._have_units = words.words("have units")
        self._public = tuple(titles["public bodies"])
        self._endings = by_first_word(tuple(titles["bodies of heads"]))

    def of(self, mark: Mark, previous: Post | None) -> str:
        """The entity a bare 局长 or 总经理 belongs to: the body of the post before it, or the last that fits; else "".

        Args:
            mark: The office.
            previous: The post before it in its chain.
        """
        if previous is not None and previous.tail:
            return self._from_chain(mark, previous.tail)
        text, marks = self._found.text, self._found.marks
        public = mark.kind not in self._firm_heads
        if public and previous is not None and "\u4e00" <= text[max(0, previous.start - 1)] <= "\u9fff":
            return ""  # the body of the post before it is named, and unknown
        paragraph = text.rfind("\n", 0, mark.start) + 1
        if mark.kind in self._words.words("of projects"):
            return self.last_named(mark, ("Project",), (), paragraph)
        if mark.kind in self._words.words("of staffs"):
            ahead = self._ahead(mark)
            if ahead:
                return ahead
            if mark.kind == "成员" and text[mark.end : mark.end + 1] != "：":
                return ""
            return self.last_named(mark, ("Organization",), self._words.words("staffs"), 0)
        if mark.kind in self._words.words("of assemblies"):
            sentence = self._found.sentence(mark.start)[0]
            return self.last_named(mark, ("Organization",), self._words.words("assemblies"), sentence)
        if text[mark.end : mark.end + 1] == "的" and self._words["serving"].search(
            text, max(0, mark.start - 12), mark.start
        ):
            headed = marks.by_start.get(mark.end + 1)
            if headed is not None and headed.type in ("Organization", "Company"):
                return headed.entity
        endings = self._endings.get(mark.kind)
        holder = marks.by_end.get(mark.start)
        if (
            holder is not None
            and holder.type in PEOPLE
            and endings
            and mark.kind in self._words.words("addressed")
        ):
            named = {
                m.entity
                for m in marks
                if m.type == "Organization" and self._drafts[m.entity].name.endswith(endings)
            }
            return named.pop() if len(named) == 1 else ""
        if mark.start and not self._words["before bare"].match(text, mark.start - 1):
            return ""
        if endings:
            body = self.last_named(mark, ("Organization", "Company"), endings, paragraph)
            fitting = {
                m.entity
                for m in marks
                if m.type == "Organization"
                and self._drafts[m.entity].name.endswith(endings)
                and not (mark.kind == "主任" and m.kind in self._party)
            }
            if mark.kind in self._members and len(fitting) != 1:
                return ""
            if body or len(fitting) == 1:
                return body or fitting.pop()
        if mark.kind in self._lone_heads:
            firm = marks.before(mark.start, lambda m: m.type == "Company", since=paragraph)
            return firm.entity if firm else ""
        return ""

    def listed(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """省供销社副主任甲、业务处|处长: an office of the body whose people a list names; where its name begins."""
        found, text = self._found, self._found.text
        unit = self._words["listed unit"].search(text, max(0, mark.start - 9), mark.start)
        if unit is None or previous is not None:
            return "", mark.start
        host = found.marks.before(
            unit.start(), lambda m: m.type == "Organization", since=found.sentence(mark.start)[0]
        )
        whole = found.tails("PART_OF", host.entity) if host is not None else []
        if host is not None and whole:
            host = replace(host, entity=whole[0])
        if host is None or host.kind or not self._drafts[host.entity].name.endswith(self._have_units):
            return "", mark.start
        between = found.marks.inside(host.end, unit.start())
        covered = sum(m.end - m.start for m in between if m.type in (*PEOPLE, "Title"))
        if not 0 < unit.start() - host.end - covered <= len(between):
            return "", mark.start
        full = self._drafts[host.entity].name + unit.group()
        body = found.registry.named("Organization", full, unit.group(), unit.start())
        found.add(Made("PART_OF", body.id, host.entity, host.start, mark.start, "name"))
        return body.id, unit.start()

    def _ahead(self, mark: Mark) -> str:
        """由某某任组长的某某领导小组: a staff that is named after its head."""
        first, last = self._found.sentence(mark.start)
        if not self._words["staff ahead"].search(self._found.text, first, mark.start):
            return ""
        staffs = self._words.words("staffs")
        return next(
            (
                m.entity
                for m in self._found.marks.inside(mark.end, last)
                if m.type == "Organization" and self._drafts[m.entity].name.endswith(staffs)
            ),
            "",
        )

    def _from_chain(self, mark: Mark, tail: str) -> str:
        draft = self._drafts[tail]
        if mark.kind in self._region_members or mark.kind == "书记":
            return tail
        if mark.kind in self._words.words("of villages"):
            return tail if draft.level == "village" else ""
        firm = draft.type == "Company" or not draft.name.endswith(self._public)
        if mark.kind in self._firm_heads and firm:
            return tail
        if draft.name.endswith(self._endings.get(mark.kind, ("\0",))):
            return tail
        if draft.type == "Park" and mark.kind == "主任":
            office = self._found.registry.find("Organization", f"{draft.name}管委会")
            return office.id if office else ""
        return ""

    def last_named(self, mark: Mark, types: Sequence[str], endings: Sequence[str], since: int) -> str:
        """The last entity of one of these types before an office whose name ends so; else ""."""
        last = self._found.marks.before(
            mark.start,
            lambda m: (
                m.type in types
                and (not endings or self._drafts[m.entity].name.endswith(tuple(endings)))
                and not (mark.kind == "主任" and m.kind in self._party)
            ),
            since=since,
        )
        return last.entity if last else ""
