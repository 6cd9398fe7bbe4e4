"""What linking has found so far in one document: entities, links, and what consumed which mention."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from operator import attrgetter

from kg.gazetteer import Division
from kg.link.context import Context
from kg.link.entities import Draft, Registry
from kg.link.marks import Mark, Marks


@dataclass(frozen=True, slots=True)
class Made:
    """A link with offsets in the cleaned text; ``dated`` when the document's day is a day it held."""

    type: str
    head: str
    tail: str
    start: int
    end: int
    rule: str
    title: str = ""
    modality: str = "fact"
    score: float = 0.9
    dated: bool = True


class Found:
    """The reading of one document that posts, patterns, scenes and places add to.

    Attributes:
        text: The cleaned text.
        marks: Mentions tied to entities.
        cuts: Offsets of the sentences.
        registry: The entities.
        context: The divisions and deixis.
        tour: Whether the event under way is also a tour, so that who comes along visits.
        hidden: Ids of entities that only named a post (the 县委 of 县委书记), unless used otherwise.
    """

    def __init__(
        self, text: str, marks: Marks, cuts: list[tuple[int, int]], registry: Registry, context: Context
    ) -> None:
        self.text = text
        self.marks = marks
        self.cuts = cuts
        self.registry = registry
        self.context = context
        self.consumed: set[int] = set()
        self.wanted: set[str] = set()
        self.tour = False
        self._starts = [a for a, _ in cuts]
        self._made: dict[tuple[str, str, str], Made] = {}
        self._tails: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._heads: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._kept: tuple[tuple[int, ...], frozenset[str]] = ((), frozenset())
        self._changes = 0
        self._refused: dict[tuple[str, str, str], Made] = {}
        self._finds: dict[tuple[str, str, str], list[Made]] = {}

    def sentence(self, position: int) -> tuple[int, int]:
        """Offsets of the sentence that holds a position."""
        return self.cuts[max(0, bisect_right(self._starts, position) - 1)]

    def stretch(self, entity: str) -> tuple[int, int]:
        """Where an entity is first named: the evidence of what follows from its name."""
        marks = self.marks.of(entity)
        mark = next((m for m in marks if not m.anaphor), None) or next(iter(marks), None)
        first = self.registry.drafts[entity].first
        return (mark.start, mark.end) if mark else (first, first + 1)

    def add(self, made: Made) -> None:
        """Adds a link; a second one of the same type and ends adds its title only."""
        if made.head == made.tail or not made.head or not made.tail:
            return
        key = (made.type, made.head, made.tail)
        if made.type == "COOPERATES_WITH" and (made.type, made.tail, made.head) in self._made:
            self._finds[made.type, made.tail, made.head].append(made)
            return
        self._finds.setdefault(key, []).append(made)
        known = self._made.get(key)
        if known is None:
            self._made[key] = made
            self._tails[made.type, made.head][made.tail] = None
            self._heads[made.type, made.tail][made.head] = None
            self._changes += 1
        elif made.title and made.title not in known.title.split("、"):
            if known.title.endswith(made.title) or made.title.endswith(known.title):
                title = max(known.title, made.title, key=len)
            else:
                title = f"{known.title}、{made.title}"
            self._made[key] = replace(known, title=title)

    def tails(self, type: str, head: str) -> list[str]:
        """Where the links of a type that start at an entity end."""
        return list(self._tails.get((type, head), ()))

    def heads(self, type: str, tail: str) -> list[str]:
        """Where the links of a type that end at an entity start."""
        return list(self._heads.get((type, tail), ()))

    def remove(self, type: str, head: str, tail: str) -> None:
        """Takes a link back."""
        if self._made.pop((type, head, tail), None) is not None:
            del self._tails[type, head][tail], self._heads[type, tail][head]
            self._changes += 1
        self._finds.pop((type, head, tail), None)

    def finds(self, made: Made) -> list[Made]:
        """All that was added for a link, in order."""
        return [
            each for each in self._finds[made.type, made.head, made.tail] if each.modality == made.modality
        ]

    def region(self, division: Division, draft: Draft) -> str:
        """The entity of a division that the name of another entity, or what is around it, tells."""
        return self.registry.region(division, division.name, draft.first).id

    def refuse(self, made: Made) -> None:
        """Notes a link that the text only plans or denies."""
        self._refused.setdefault((made.type, made.head, made.tail), made)

    def refused(self) -> list[Made]:
        """Links that the text only plans or denies, and states nowhere as facts."""
        return [made for key, made in self._refused.items() if key not in self._made]

    def made(self) -> list[Made]:
        """Links that are facts, in order of their evidence, both ends kept."""
        kept = self.kept()
        facts = [m for m in self._made.values() if m.modality == "fact" and m.head in kept and m.tail in kept]
        return sorted(facts, key=attrgetter("start", "end", "type", "head", "tail"))

    def kept(self) -> frozenset[str]:
        """Entities of the document: all but those whose only mentions named a post."""
        state = (self._changes, len(self.consumed), len(self.wanted), len(self.registry.drafts))
        if self._kept[0] != state:  # what it follows from only grows, or is counted
            self._kept = (state, self._find_kept())
        return self._kept[1]

    def _find_kept(self) -> frozenset[str]:
        kept = {m.entity for m in self.marks if m.entity and m.start not in self.consumed} | self.wanted
        ends = {
            e
            for m in self._made.values()
            if m.modality == "fact" and m.type != "LOCATED_IN"
            for e in (m.head, m.tail)
        }
        return frozenset((kept | ends) & self.registry.drafts.keys())

    def last(self, position: int, *types: str, since: int = 0) -> Mark | None:
        """The last mark of one of these types before a position."""
        return self.marks.before(position, lambda m: m.type in types, since=since)
