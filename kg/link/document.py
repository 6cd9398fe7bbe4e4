"""One annotated document → its graph: mentions tied to entities, then posts, patterns, scenes, places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from spacy.tokens import Doc

from kg.annotate.grid import DEICTIC, Name
from kg.annotate.pipeline import LOCALE, PLACES, SEEN
from kg.annotate.places import Place
from kg.annotate.sentences import sentences
from kg.gazetteer import Division, Gazetteer
from kg.lexicon import load_lexicon
from kg.link.companies import company_aliases
from kg.link.context import Context
from kg.link.entities import Draft, Registry
from kg.link.found import Found, Made
from kg.link.locations import locations
from kg.link.marks import Mark, Marks
from kg.link.offices import Offices
from kg.link.relations import pattern_links
from kg.link.scenes import Scenes
from kg.schema import Schema
from kg.types import Document, DocumentGraph, Dropped, Evidence, Link

_PARK_WORD = re.compile(
    r"(?:经济技术|经济|高新技术产业|高新)?(?:开发区|园区|经开区|高新区|集聚区|产业园|工业园)"
)
_SUFFIXED = ("Project", "Park", "Event", "Organization", "Company")
_WHOLE = re.compile(r"[我全本]([县市区旗省州])|(县|市)域|[县市](?:里|上|内)(?=[\u4e00-\u9fff，])")


@dataclass(frozen=True)
class Linker:
    """Links annotated documents; holds what does not change from one to the next."""

    schema: Schema
    schemas: Path
    gazetteer: Gazetteer

    @cached_property
    def offices(self) -> Offices:
        """The lexicons of posts."""
        return Offices(self.schemas)

    @cached_property
    def scenes(self) -> Scenes:
        """The lexicons of attendance and visits."""
        return Scenes(self.schemas)

    @cached_property
    def deixis(self) -> dict[str, re.Pattern[str]]:
        """Type to the expressions that point back to an entity of it."""
        sections = load_lexicon(self.schemas / "lexicons" / "deixis.txt")
        return {kind: re.compile("|".join(words)) for kind, words in sections.items() if words}

    @cached_property
    def place_names(self) -> frozenset[str]:
        """All names of provinces to counties, full and short."""
        return frozenset(
            name for d in self.gazetteer.by_code.values() if len(d.code) <= 6 for name in (d.name, d.short)
        )

    def link(self, document: Document, doc: Doc) -> DocumentGraph:
        """The graph of one document.

        Args:
            document: As cleaned.
            doc: Its text as annotated by the pipeline of `kg.annotate.pipeline.nlp`.
        """
        return _Reading(self, document, doc).graph()


class _Reading:
    """One document while it is linked."""

    def __init__(self, linker: Linker, document: Document, doc: Doc) -> None:
        self.linker = linker
        self.document = document
        self.doc = doc
        self.text = document.text
        self.registry = Registry()
        self.places: list[Place] = doc.user_data[PLACES]
        self.place_at = {p.start: p for p in self.places}
        self.context = Context(self.text, doc.user_data[LOCALE], doc.user_data[SEEN], linker.gazetteer)
        self.seen_at = {s.start: s for s in self.context.seen}
        self.dropped: list[Dropped] = []
        self.place_of: dict[str, str] = {}

    def graph(self) -> DocumentGraph:
        names: list[Name] = self.doc.user_data["kg.mentions"]
        marks = self._marks(names)
        cuts = sentences(self.text)
        found = Found(self.text, marks, cuts, self.registry, self.context)
        for project, place in self.place_of.items():
            first = self.registry.drafts[self._forward.get(project, project)]
            found.add(Made("LOCATED_IN", first.id, place, first.first, first.first + 1, "place:before"))
            found.wanted.add(place)
        for inner, outer in self._zones:
            first = self.registry.drafts[self._forward.get(inner, inner)]
            found.add(
                Made(
                    "PART_OF",
                    first.id,
                    self._forward.get(outer, outer),
                    first.first,
                    first.first + len(first.name),
                    "place:zone",
                )
            )
            found.wanted.add(self._forward.get(outer, outer))
        self.linker.offices.read(found)
        pattern_links(found, self.linker.schema)
        self.linker.scenes.read(found)
        locations(found)
        return self._result(found)

    def _marks(self, names: list[Name]) -> Marks:
        marks: list[Mark] = []
        taken = bytearray(len(self.text))
        for name in names:
            if name.type != "Title":
                taken[name.start : name.end] = b"\1" * (name.end - name.start)
        companies = [n for n in names if n.type == "Company"]
        aliases = company_aliases(self.text, companies, taken, self.linker.place_names)
        order = sorted(names, key=lambda n: (n.start, n.end))
        for name in order:
            mark = self._mark(name)
            if mark is not None:
                marks.append(mark)
        for start, end, full in aliases:
            draft = self.registry.find("Company", full)
            if draft is not None:
                surface = self.text[start:end]
                self.registry.alias(draft, surface)
                draft.surfaces[surface] += 1
                marks.append(Mark(start, end, "Company", draft.id, surface))
        marks += self._whole_regions(taken)
        self._parks_of_committees(names)
        self._outer_parks()
        self._join_suffixes()
        joined = [self._forwarded(m) for m in marks]
        return Marks([*joined, *self._anaphors(Marks(joined), taken)])

    def _mark(self, name: Name) -> Mark | None:
        surface = self.text[name.start : name.end]
        if name.type == "Title":
            return Mark(name.start, name.end, "Title", "", surface, kind=name.rule.removeprefix("title:"))
        if name.type == "Region":
            return self._region_mark(name, surface)
        if name.type == "Organization":
            full, kind = self._organization(name, surface)
            if not full:
                self._drop(surface, "no division in the text for its 县 or 市")
                return None
            draft = self.registry.named("Organization", full, surface, name.start)
            return Mark(name.start, name.end, "Organization", draft.id, surface, kind=kind, score=name.score)
        full = surface
        if name.type in ("Park", "Company") and surface[0] in DEICTIC:
            division = self.context.resolve(surface[0], name.start)
            full = division.name + surface[1:] if division else surface
        draft = self.registry.named(name.type, full, surface, name.start)
        if name.type == "Project":
            self._place_before(name, draft)
        gloss = (
            re.match(r"（([\u4e00-\u9fff]{3,12})）", self.text[name.end :]) if name.rule == "latin" else None
        )
        if gloss:
            self.registry.alias(draft, gloss.group(1))
        return Mark(name.start, name.end, name.type, draft.id, surface, score=name.score)

    def _place_before(self, name: Name, draft: Draft) -> None:
        """木钵镇高寨村服务点 stands in 高寨村: full names before a project are its place (settled case 1)."""
        position, inner = name.start, None
        while (place := self.place_at.get(position)) is not None and place.full and place.end < name.end:
            inner = self._region_mark(Name(place.start, place.end, "Region", "place", 0.9), place.name)
            position = place.end
        if inner is not None:
            self.place_of[draft.id] = inner.entity

    def _region_mark(self, name: Name, surface: str) -> Mark | None:
        seen = self.seen_at.get(name.start)
        if seen is not None and seen.division.code == "CN":
            return None
        if seen is not None and seen.end == name.end:
            draft = self._region(seen.division, surface, name)
            return Mark(name.start, name.end, "Region", draft.id, surface, score=name.score)
        place = self.place_at.get(name.start)
        if place is None or not place.full:
            self._drop(surface, "several divisions have this name and none fits")
            return None
        level = "village" if surface.endswith(("村", "嘎查", "社区")) else "township"
        before = self.place_at.get(next((p.start for p in self.places if p.end == name.start), -1))
        adjacent = self.seen_at.get(before.start) if before else None
        above = (
            adjacent.division
            if adjacent
            else self.context.before(name.start, lambda d: d.level in ("township", "county"))
        )
        parent = self._parish(surface) if level == "village" and not adjacent else None
        above = parent or above
        draft = self.registry.unlisted_region(
            surface, level, above.name if above else "", surface, name.start
        )
        return Mark(name.start, name.end, "Region", draft.id, surface, score=name.score)

    def _parish(self, village: str) -> Division | None:
        """The township of a village of the document's own county, as the gazetteer lists it."""
        locale = self.context.locale
        if locale is None or locale.level != "county":
            return None
        gazetteer = self.linker.gazetteer
        found = gazetteer.named(village, within=locale.code, levels={"village"})
        parents = [p for v in found if v.parent and (p := gazetteer.by_code.get(v.parent))]
        spoken = [p for p in parents if any(s.division == p for s in self.context.seen)]
        return next(iter(spoken or (parents if len(parents) == 1 else [])), None)

    def _region(self, division: Division, surface: str, name: Name) -> Draft:
        """The division's entity; a township of a county that the text does not speak of is one of its own name here."""
        locale = self.context.locale
        county = division.code[:6]
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
            body = next((n for n in self.doc.user_data["kg.mentions"] if n.end == name.start - 1), None)
            owner, seat = self._organization(body, self.text[body.start : body.end]) if body else ("", "")
            return (owner.removesuffix(seat) + surface, surface) if seat else ("", "")
        if name.rule == "bare-body":
            here = max(self.text.rfind(end, 0, name.start) for end in "。\n") + 1
            division = self.context.before(
                name.start, lambda d: d.level in ("county", "prefecture"), since=here
            )
            division = division or self.context.locale
            return (division.name + surface, _seat(surface)) if division else ("", "")
        bare = surface.removeprefix("中共")
        offset = name.start + len(surface) - len(bare)
        seen = self.seen_at.get(offset)
        if seen is not None and seen.end <= name.end:
            rest = self.text[seen.end : name.end]
            if seen.full and rest[:1] in DEICTIC and seen.division.name.endswith(rest[:1]) and len(rest) > 1:
                rest = rest[1:]  # 叙永县县委
            inner = self.seen_at.get(seen.end)
            if inner is not None and inner.end < name.end and not rest.startswith(("经济", "高新")):
                # 浙江省松阳县…: the nearest division names the body.
                return self._organization(Name(seen.end, name.end, name.type, name.rule, name.score), rest)
            short = not seen.full and not rest.startswith(("县", "市", "区"))
            prefix = (
                seen.division.name if not short or name.rule == "body" else self.text[seen.start : seen.end]
            )
            return prefix + rest, _seat(rest)
        if (bare[0] in DEICTIC and name.rule == "body") or re.match(r"[县市区旗州省镇乡](?![场])", bare):
            division = self.context.host(bare[0], name.start) or self.context.resolve(bare[0], name.start)
            if division is None:
                return "", ""
            return division.name + bare[1:], _seat(bare[1:])
        park = _PARK_WORD.match(bare)
        if park and park.end() < len(bare):
            host = self._park_named(park.group(), name.start)
            if host:
                return host + bare[park.end() :], ""
        if bare in ("管委会", "党工委"):
            host = self._park_named("", name.start)
            return (host + bare, "") if host else ("", "")
        return bare, ""

    def _park_named(self, word: str, position: int) -> str | None:
        """The full name of the park that 开发区 or 园区 stands for: the last one named whose name ends so."""
        names = [n for n in self.doc.user_data["kg.mentions"] if n.type in ("Park", "Organization")]
        spelled = [
            (n.type, self.text[n.start : n.end]) for n in sorted(names, key=lambda n: n.start > position)
        ]
        found = [
            re.sub("(?:管委会|党工委)$", "", s)
            for t, s in spelled
            if t == "Park" or s.endswith(("管委会", "党工委"))
        ]
        longer = [f for f in found if len(f) > len(word) + 1]
        fits = [f for f in longer if f.endswith(word) or _shortens(word, f, "Park")] or [
            f for f in longer if word in f
        ]
        return fits[0] if fits else None

    def _whole_regions(self, taken: bytearray) -> list[Mark]:
        """我县, 全市, 县域: the division the text speaks from."""
        marks = []
        for match in _WHOLE.finditer(self.text):
            if any(taken[match.start() : match.end()]):
                continue
            letter = match.group(1) or match.group()[0]
            division = self.context.resolve(letter, match.start())
            if division is None:
                self._drop(match.group(), "no division in the text that it could stand for")
                continue
            draft = self.registry.region(division, match.group(), match.start())
            marks.append(Mark(match.start(), match.end(), "Region", draft.id, match.group(), anaphor=True))
        return marks

    def _parks_of_committees(self, names: list[Name]) -> None:
        """A committee names its park where the text speaks of the park as well (园区, 开发区)."""
        for draft in list(self.registry.drafts.values()):
            owner = re.fullmatch(r"(.{3,}?(?:区|园|平台))(?:管委会|党工委)", draft.name)
            if draft.type != "Organization" or not owner:
                continue
            word = _PARK_WORD.search(owner.group(1))
            alone = re.compile(rf"{word.group() if word else owner.group(1)}(?!管委会|党工委|管理)")
            inside = bytearray(len(self.text))
            for name in names:
                if self.text[name.start : name.end].endswith(("管委会", "党工委")):
                    inside[name.start : name.end] = b"\1" * (name.end - name.start)
            spoken = any(not inside[m.start()] for m in alone.finditer(self.text))
            if draft.name.endswith("党工委") or spoken:
                self.registry.named("Park", owner.group(1), owner.group(1), draft.first)

    def _outer_parks(self) -> None:
        """岳西经济开发区温泉园区 names 岳西经济开发区 as well."""
        self._zones: list[tuple[str, str]] = []
        for draft in [d for d in self.registry.drafts.values() if d.type == "Park"]:
            outer = re.match(
                r"(.{2,}?(?:开发区|高新区|经开区|产业园|工业园区?))(?=[^区园]{2,6}(?:片区|园区|组团|区块|分园|园)$)",
                draft.name,
            )
            if outer:
                above = self.registry.named("Park", outer.group(1), outer.group(1), draft.first)
                self._zones.append((draft.id, above.id))

    def _join_suffixes(self) -> None:
        """第三水厂工程 is 岳西县第三水厂工程 where both stand in one text."""
        self._forward: dict[str, str] = {}
        drafts = sorted(self.registry.drafts.values(), key=lambda d: (-len(d.name), d.id))
        for short in drafts:
            if short.type not in _SUFFIXED or len(short.name) < 3:
                continue
            for long in drafts:
                if long.type == short.type and len(long.name) > len(short.name) and long.id != short.id:
                    if _shortens(short.name, long.name, short.type):
                        self._forward[short.id] = self._forward.get(long.id, long.id)
                        target = self.registry.drafts[self._forward[short.id]]
                        target.surfaces.update(short.surfaces)
                        self.registry.alias(target, short.name)
                        target.first = min(target.first, short.first)
                        break
        for gone in self._forward:
            del self.registry.drafts[gone]

    def _forwarded(self, mark: Mark) -> Mark:
        entity = self._forward.get(mark.entity, mark.entity)
        return (
            mark
            if entity == mark.entity
            else Mark(mark.start, mark.end, mark.type, entity, mark.text, mark.kind, mark.anaphor, mark.score)
        )

    def _anaphors(self, marks: Marks, taken: bytearray) -> list[Mark]:
        found = []
        for kind, pattern in self.linker.deixis.items():
            for match in pattern.finditer(self.text):
                if any(taken[match.start() : match.end()]) or match.start() == match.end():
                    continue
                word = match.group().removeprefix("该")
                last = self._antecedent(marks, kind, word, match.start())
                if last is not None:
                    found.append(
                        Mark(match.start(), match.end(), kind, last.entity, match.group(), anaphor=True)
                    )
                    self.registry.drafts[last.entity].surfaces[match.group()] += 1
        return found

    def _antecedent(self, marks: Marks, kind: str, word: str, position: int) -> Mark | None:
        """What a pointing word stands for: the last that fits; for a firm the topic of the last sentence on firms."""

        def fits(mark: Mark) -> bool:
            return mark.type == kind and not mark.anaphor and _points(word, mark, self.registry)

        last = marks.before(position, fits)
        if last is None or kind != "Company":
            return last
        start = max(self.text.rfind(end, 0, last.start) for end in "。\n！？") + 1
        if self.text.find("。", last.end, position) < 0 and self.text.find("\n", last.end, position) < 0:
            return last
        return next((m for m in marks.inside(start, last.end) if fits(m)), last)

    def _drop(self, item: str, reason: str) -> None:
        self.dropped.append(Dropped(self.document.id, item, "link", reason))

    def _result(self, found: Found) -> DocumentGraph:
        document = self.document
        locale = self.context.locale
        links = []
        for made in found.made():
            quote, start, end = self._quote(made.start, made.end)
            evidence = Evidence(document.id, start, end, quote, made.rule, document.date)
            links.append(
                Link(made.type, made.head, made.tail, evidence, made.title, made.modality, made.score)
            )
        counts = {d.id: sum(d.surfaces.values()) for d in self.registry.drafts.values()}
        finished = Document(
            **{name: getattr(document, name) for name in Document.__slots__ if name != "locale"},
            locale=locale.name if locale else None,
        )
        return DocumentGraph(
            finished,
            self.registry.finished(found.kept()),
            tuple(links),
            counts,
            tuple(self.dropped),
            tuple(self.context.notes),
        )

    def _quote(self, start: int, end: int) -> tuple[str, int, int]:
        offsets = self.document.offsets
        first = offsets[start]
        last = offsets[end - 1] + 1
        return re.sub(r"\s*\n\s*", "", self.document.original[first:last]), first, last


def _shortens(short: str, long: str, kind: str) -> bool:
    """Whether one name is a short form of another of its type in the same text."""
    if kind == "Company":
        if len(short) >= 4 and long.startswith(short) and not long.endswith("分公司"):
            return True
        rest = iter(long)
        return (
            short.endswith(("合作社", "银行")) and short[-3:] == long[-3:] and all(c in rest for c in short)
        )
    if kind == "Event" and short.endswith("全会") and len(short) < 8:
        return long.startswith(short[:-2]) and ("全会" in long or "全体" in long)
    if kind == "Project" and long in (f"{short}项目", f"{short}工程", f"{short}建设项目"):
        return True
    if long.startswith(short):
        return False
    if long.endswith(short) and not long[: -len(short)].endswith(("“", "（", "第")):
        return kind != "Organization" or len(short) > 5
    if kind == "Event" or short[-1] != long[-1] or len(short) < 4:
        return False
    if kind == "Organization" and not short.endswith(("医院", "大学")):
        return False
    # 浙二医院, 泰兴高新区, 岑王电站: characters of the long name in their order.
    rest = iter(long)
    return (short[:2] in long.replace("大学", "") + long and all(c in rest for c in short)) or _initials(
        short, long
    )


def _initials(short: str, long: str) -> bool:
    rest = iter(long)
    return short.endswith("医院") and short[0] == long[0] and all(c in rest for c in short)


def _seat(rest: str) -> str:
    for seat in ("委", "党委", "政府", "人民政府", "党工委", "党支部", "党总支"):
        if rest.lstrip("县市区旗州镇乡") == seat or rest == seat:
            return seat
    return ""


def _points(word: str, mark: Mark, registry: Registry) -> bool:
    """Whether a pointing word fits the entity: 该局 points to a 局, 该院 to a 院, 仪式 to a 仪式."""
    name = registry.drafts[mark.entity].name
    if word in ("局", "校", "院", "中心", "协会", "商会", "委"):
        return name.endswith(
            {"校": ("校", "大学", "学院", "中学", "小学"), "院": ("院", "医院"), "委": ("委", "委员会")}.get(
                word, (word,)
            )
        )
    return not (mark.type == "Organization" and mark.kind)
