"""Which body an office belongs to: the one named before it, the post before it, or the text's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.annotated import DEICTIC, STREET
from kg.gazetteer import Division
from kg.lexicon import by_first_word
from kg.link.found import Found
from kg.link.marks import Mark
from kg.link.posts import Post
from kg.link.unnamed import Unnamed
from kg.wording import Wording

_NOT_A_BODY = ("Title", "Person", "Official", "Event")


class Bodies:
    """Finds the body of an office in one document.

    Args:
        found: What linking knows of the document.
        titles: Sections of lexicons/titles.txt.
        words: Entries of wording/offices.yaml.
    """

    def __init__(self, found: Found, titles: Mapping[str, Sequence[str]], words: Wording) -> None:
        self._words = words
        self._party = words.words("party seats")
        self._not_of_regions = words.words("not of regions")
        self._governments = words.words("governments")
        self._found = found
        self._drafts = found.registry.drafts
        self._unnamed = Unnamed(found, titles, words)
        self._of_regions = frozenset({*titles["region heads"], *titles["region members"]})
        self._of_seats = words.words("offices of seats")
        self._zones = by_first_word(words.words("zones in full"))
        self._endings = by_first_word(tuple(titles["bodies of heads"]))

    def of(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """The entity a post belongs to ("" when it stays open), and where the post begins.

        Args:
            mark: The office.
            previous: The post before it in its chain.
        """
        for reading in (
            self._of_park,
            self._named,
            self._around,
            self._part,
            self._unnamed.listed,
            self._party_unit,
            self._zone,
            self._short,
            self._lettered,
        ):
            body, start = reading(mark, previous)
            if body:
                return body, start
        if self._words["lettered"].search(mark.kind):
            return "", mark.start
        return self._unnamed.of(mark, previous), mark.start

    def _named(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """A body right before the office."""
        marks = self._found.marks
        before = marks.by_end.get(mark.start)
        if before is None and mark.kind in self._endings:
            # 公安局长: the body's last character is the office's first.
            overlap = marks.by_end.get(mark.start + 1)
            before = overlap if overlap is not None and overlap.type == "Organization" else None
        for kind in self._words.words("kinds of villages"):
            if before is None and mark.kind.startswith(kind):
                # 桐荫|社区居委会主任: the community's last word begins the office.
                shared = marks.by_end.get(mark.start + len(kind))
                before = shared if shared is not None and shared.type == "Region" else None
        if before is None:
            return self._further(mark)
        if before.type in _NOT_A_BODY or (before.type == "Region" and mark.kind in self._not_of_regions):
            return "", mark.start
        if before.kind in self._party and before.text[0] in DEICTIC:
            # 到某县任县委副书记: the committee of that county.
            verb = self._words["serving"].search(self._found.text, max(0, before.start - 12), before.start)
            place = marks.by_end.get(verb.start()) if verb else None
            if place is not None and self._drafts[place.entity].name.endswith(before.text[0]):
                return place.entity, before.start
        if before.type == "Region" and mark.text.startswith("驻村") and not self._is_village(before):
            return "", mark.start
        return self._desk(before) or self._headed(before, mark), self._outermost(before)

    def _is_village(self, region: Mark) -> bool:
        return self._drafts[region.entity].name.endswith(self._words.words("villages"))

    def _desk(self, unit: Mark) -> str:
        """县水利局财务股: the bureau, of which a desk is no body of its own."""
        found = self._found
        name = self._drafts[unit.entity].name
        whole = self._words["desk"].fullmatch(name) if unit.type == "Organization" else None
        if whole is None:
            return ""
        bureau = found.registry.named("Organization", whole.group(1), whole.group(1), unit.start)
        found.consumed.add(unit.start)
        found.remove("PART_OF", unit.entity, bureau.id)
        return bureau.id

    def _outermost(self, body: Mark) -> int:
        """Where the divisions begin that stand before a division: 某县|某镇|某村."""
        start = body.start
        outer = self._found.marks.by_end.get(start) if body.type == "Region" else None
        while outer is not None and outer.type == "Region":
            start = outer.start
            outer = self._found.marks.by_end.get(start)
        return start

    def _of_park(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """某园党工委书记、管委会|主任: the committee of the park that the post before heads."""
        park = self._drafts.get(previous.tail) if previous is not None else None
        word = self._words["park committee"].search(self._found.text, max(0, mark.start - 5), mark.start)
        if (
            previous is None
            or park is None
            or park.type != "Park"
            or word is None
            or word.start() > previous.end + 1
        ):
            return "", mark.start
        draft = self._found.registry.named("Organization", f"{park.name}管委会", word.group(), word.start())
        self._found.consumed.add(word.start())
        return draft.id, word.start()

    def _short(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """合作社|理事长, 联络处|主任: the last word of the name of a body spoken of before."""
        word = self._words["short body"].search(self._found.text, max(0, mark.start - 9), mark.start)
        if word is None and self._found.text.startswith("由", mark.end):
            word = self._words["its office"].search(self._found.text, max(0, mark.start - 4), mark.start)
        if word is None and mark.text.startswith(self._words.words("in its party")):
            word = self._words["own body"].search(self._found.text, max(0, mark.start - 2), mark.start)
        if word is None:
            return "", mark.start
        ending = word.group(1)

        def fits(other: Mark) -> bool:
            if other.type not in ("Organization", "Company", "Park"):
                return False
            name = self._words["legal form"].sub("", self._drafts[other.entity].name)
            return name != ending and name.endswith(ending) and not name.endswith(self._of_seats)

        body = self._found.marks.before(mark.start, fits)
        return (self._headed(body, mark), word.start(1)) if body is not None else ("", mark.start)

    def _further(self, mark: Mark) -> tuple[str, int]:
        """县水利局原|副局长, 某公司的|厂长, 在某局当过|局长, 某公司（|总经理: words between it and the office."""
        text, marks = self._found.text, self._found.marks
        since = max(0, mark.start - 12)
        between = self._words["between"].search(text, since, mark.start)
        verb = self._words["serving"].search(text, since, mark.start)
        found = between or verb
        body = marks.by_end.get(found.start()) if found else None
        if found is None or body is None or body.type in _NOT_A_BODY:
            return "", mark.start
        if "派" in found.group() and mark.kind == "书记":
            return "", mark.start  # 县水利局选派的第一书记 leads the village he is sent to
        if body.type == "Region" and mark.kind not in self._of_regions:
            return "", mark.start
        if found is verb or found.group() == "（":
            return self._headed(body, mark), mark.start
        return self._headed(body, mark), self._outermost(body)

    def _around(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """翁堵镇李向成书记, 市水利局刘叶军处长: the holder stands between the body and the office."""
        marks = self._found.marks
        holder = marks.by_end.get(mark.start)
        if holder is None or holder.type not in ("Person", "Official"):
            return "", mark.start
        the = self._words["the"].search(self._found.text, max(0, holder.start - 2), holder.start)
        body = marks.by_end.get(the.start() if the else holder.start)
        if body is None or body.type in _NOT_A_BODY:
            return "", mark.start
        return self._headed(body, mark), mark.start

    def _part(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """某医院骨外科主任: a part of a body between it and the office."""
        text = self._found.text
        inner = self._words["a part"].search(text, max(0, mark.start - 9), mark.start)
        if inner is not None:
            host = self._found.marks.by_end.get(inner.start())
            village = (
                host is not None
                and host.type == "Region"
                and host.text.endswith(self._words.words("villages"))
            )
            if host is not None and village:
                return host.entity, inner.start()
            if previous is not None and previous.tail and text[inner.start() - 1] in "、，兼":
                tail = self._drafts[previous.tail]
                firm = tail.type == "Company" or self._words["of any body"].search(inner.group()) is not None
                if (firm and tail.type != "Region") or tail.name.endswith(self._words.words("villages")):
                    return previous.tail, inner.start()
        for host in reversed(self._found.marks.inside(max(0, mark.start - 44), mark.start)):
            if host.type in ("Organization", "Company"):
                between = self._found.marks.inside(host.end, mark.start)
                others = any(m.type in ("Title", "Person", "Official") for m in between)
                fits = not others and self._words["part"].fullmatch(self._found.text, host.end, mark.start)
                return (host.entity, host.start) if fits else ("", mark.start)
        return "", mark.start

    def _party_unit(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """组织部部长, 县委办公室主任: a department of the committee without its county."""
        text = self._found.text
        unit = self._words["department"].search(text, max(0, mark.start - 8), mark.start)
        if unit is None and mark.kind == "部长":
            unit = self._words["short department"].search(text, max(0, mark.start - 4), mark.start)
        committee = previous is not None and previous.title.endswith("委常委")
        if unit is None or (unit.group(2) == "办公室" and not unit.group(1) and not committee):
            return "", mark.start
        region = self._region(unit.group(1) or "", mark.start, previous)
        if not region or (
            unit.group(2) == "人大" and (previous is None or previous.leads or previous.tail != region)
        ):
            return "", mark.start
        name = unit.group(2) + ("部" if unit.group(2) in self._words.words("short departments") else "")
        seat = "" if name in self._words.words("outside committee") else "委"
        full = f"{self._drafts[region].name}{seat}{name}"
        draft = self._found.registry.named("Organization", full, unit.group(), unit.start())
        return draft.id, unit.start()

    def _zone(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """高新区党工委书记: the zone named in full before, else a zone of this word."""
        word = self._words["zone"].search(self._found.text, max(0, mark.start - 7), mark.start)
        if word is None:
            return "", mark.start
        ends = (word.group(), *self._zones.get(word.group(), ()))
        parks = [d for d in self._drafts.values() if d.type == "Park" and d.name.endswith(ends)]
        before = [d for d in parks if d.first < mark.start]
        park = max(before, key=lambda d: d.first) if before else (parks[0] if len(parks) == 1 else None)
        return (park.id, word.start()) if park is not None else ("", word.start())

    def _lettered(self, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """县领导, 镇党委书记, 县长: the letter before the office, or in it, stands for a division."""
        if mark.kind in self._not_of_regions:
            return "", mark.start
        text = self._found.text
        if text[mark.start - 2 : mark.start] in self._words.words("two levels"):
            # 某市县领导: leaders of the city and of its counties.
            city = self._found.marks.by_end.get(mark.start - 1)
            if city is not None and city.type == "Region":
                return city.entity, city.start
        if self._words["zone"].search(text, max(0, mark.start - 4), mark.start):
            return "", mark.start  # 园区|党工委书记: not the 区
        street = text.endswith(STREET, 0, mark.start)
        letter = STREET if street else text[mark.start - 1 : mark.start]
        if letter in (*DEICTIC, "村", STREET):
            region = self._region(letter, mark.start, previous)
            if region:
                return region, mark.start - len(letter)
        kind = self._words["kind of village"].search(text, max(0, mark.start - 3), mark.start)
        if kind is not None:
            village = self._unnamed.last_named(mark, ("Region",), (kind.group(),), 0)
            if village:
                return village, kind.start()
        own = self._words["lettered"].search(mark.kind)
        if mark.text.startswith(("村", "驻村")) or own:
            return self._region(own.group(1) if own else "村", mark.start, previous), mark.start
        return "", mark.start

    def _headed(self, body: Mark, mark: Mark) -> str:
        """What the head of a body heads: the county for its committee, the park for its party committee."""
        name = self._drafts[body.entity].name
        if body.type != "Organization":
            return body.entity
        letter_head = body.kind in self._governments and self._words["lettered"].search(mark.kind)
        if body.kind in self._party or letter_head:
            region = self._owner(body, name)
            if region:
                return region
        if name.endswith("党工委"):
            park = self._found.registry.find("Park", name.removesuffix("党工委"))
            if park is not None:
                return park.id
        return body.entity

    def _owner(self, body: Mark, name: str) -> str:
        """The division whose seat this body is: 安吉县委 → 安吉县."""
        for seat in sorted((*self._party, *self._governments), key=len, reverse=True):
            if not name.endswith(seat):
                continue
            owner = name.removesuffix(seat)
            known = next((d for d in self._drafts.values() if d.type == "Region" and d.name == owner), None)
            if known is not None:
                return known.id
            division = self._division(owner)
            if division is not None:
                return self._found.registry.region(division, owner, body.start).id
        return ""

    def _division(self, name: str) -> Division | None:
        context = self._found.context
        if context.locale is not None and context.locale.name == name:
            return context.locale
        known = (s.division for s in context.seen if s.division.name == name)
        return next(known, None) or context.named(name)

    def _own_part(self, letter: str, first: int, position: int) -> int:
        """Where in a sentence the text's own leaders begin: behind the head of another county's bureau.

        甲市乙县水利局局长某某，县委书记某某: lists go from the higher to the lower, so that a new county begins.
        """
        local = self._found.context.local(position)
        if local is None or not local.name.endswith(letter):
            return first
        for body in reversed(self._found.marks.inside(first, position)):
            office = self._found.marks.by_start.get(body.end)
            if (
                body.type == "Organization"
                and not body.kind
                and office is not None
                and office.type == "Title"
            ):
                return body.end
            if body.type == "Region":
                return first
        return first

    def _region(self, letter: str, position: int, previous: Post | None) -> str:
        """The division a letter stands for: that of the post before it in the chain, else the context's."""
        context, registry = self._found.context, self._found.registry
        if previous is not None and previous.tail:
            draft = self._drafts[previous.tail]
            if draft.type == "Region" and draft.name.endswith(letter):
                return previous.tail
        if not letter:
            return registry.region(context.locale, context.locale.name, position).id if context.locale else ""
        first = max(self._found.sentence(position)[0], self._found.text.rfind("；", 0, position) + 1)
        here = context.in_sentence(letter, self._own_part(letter, first, position), position)
        if here is not None and here.level != "province":
            return registry.region(here, here.name, position).id
        division = context.resolve(letter, position)
        if division is not None:
            return registry.region(division, letter, position).id
        if letter not in ("镇", "乡", "村", STREET):
            return ""
        unlisted = self._found.marks.before(
            position, lambda m: m.type == "Region" and self._drafts[m.entity].name.endswith(letter)
        )
        return unlisted.entity if unlisted else ""
