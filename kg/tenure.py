"""When an office that one person holds at a time passed on: the next holder seen later ends the earlier one.

News only shows that an office was held on a day, so the end is the first day that somebody else is seen in
it, or the day of a removal. Nothing is deleted: both relations stay, the earlier one with its end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.lexicon import load_lexicon
from kg.resources import in_schemas
from kg.types import Entity, Relation

LEADS = "LEADS"


@dataclass(frozen=True, slots=True)
class End:
    """That somebody no longer holds an office.

    Attributes:
        on: The first day on which this shows; as exact as the news.
        by: Entity id of the next holder, or None when the news only tells of the removal.
    """

    on: str
    by: str | None


@dataclass(frozen=True, slots=True)
class _Seen:
    date: str
    person: str


class Tenure:
    """Tells when offices passed on.

    Args:
        schemas: Folder with lexicons/tenure.txt; the program's where it has none.
    """

    def __init__(self, schemas: Path) -> None:
        sections = load_lexicon(in_schemas(schemas, "lexicons/tenure.txt"))
        words = {name: sorted(terms, key=lambda t: (-len(t), t)) for name, terms in sections.items()}
        self._heads, self._acting, self._own = words["heads"], words["acting"], words["own bodies"]
        self._first = frozenset((*words["first"], ""))
        self._lost = frozenset(words["lost"])

    def ends(self, graph: KnowledgeGraph) -> dict[str, End]:
        """The ends of all offices of the graph that are known to have passed on.

        Args:
            graph: Only LEADS relations with dated evidence are looked at.

        Returns:
            Relation id to its end.
        """
        offices: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        for relation in graph.relations:
            if relation.type == LEADS:
                kind = self.kind(relation.title, graph.entity(relation.tail))
                if kind is not None:
                    offices[relation.tail, kind].append(relation)
        return {id: end for relations in offices.values() for id, end in self._ends(relations)}

    def kind(self, title: str, body: Entity) -> str | None:
        """Equal for the titles of one single-holder office in a body: 县委书记, 松阳县委书记 and 书记.

        Args:
            title: The office as written; 代县长 is the office of 县长.
            body: What it is held in.

        Returns:
            The kind, or None when several may hold the office at once or it is not the body's own.
        """
        head = next((word for word in self._heads if title.endswith(word)), None)
        if head is None:
            return None
        rest = _without_end(title.removesuffix(head), self._acting)[0]
        rest, part = _without_end(rest, self._own)
        rest = _without_end(rest, self._acting)[0]
        if not _means(rest, body):
            return None
        return head if part in self._first else part + head

    def _ends(self, relations: Sequence[Relation]) -> Iterable[tuple[str, End]]:
        seen, left = [], defaultdict(list)
        for relation in relations:
            for evidence in relation.evidence:
                if evidence.date is not None and evidence.found_by in self._lost:
                    left[relation.head].append(evidence.date)
                elif evidence.date is not None:
                    seen.append(_Seen(evidence.date, relation.head))
        for relation in relations:
            end = _end(relation.head, seen, left)
            if end is not None:
                yield relation.id, end


def _end(person: str, seen: Sequence[_Seen], left: Mapping[str, list[str]]) -> End | None:
    """The end of a person's time: what comes first after he was last seen."""
    last = max((s.date for s in seen if s.person == person), default="")
    removals = [date for date in left.get(person, ()) if not _later(last, date)]
    others = [s for s in seen if s.person != person]
    if removals:
        on = min(removals)
        next_seen = [s for s in others if not _later(on, s.date)]
    else:
        next_seen = [s for s in others if last and _later(s.date, last)]
        on = min((s.date for s in next_seen), default="")
    if not on:
        return None
    first = min(next_seen, key=lambda s: (s.date, s.person), default=None)
    # two persons on one day say nothing of who came next
    sure = first is not None and len({s.person for s in next_seen if s.date == first.date}) == 1
    return End(on, first.person if first is not None and sure else None)


def _later(one: str, other: str) -> bool:
    """Whether a date is surely later than another: 2022-10 is not later than 2022-10-05."""
    exact = min(len(one), len(other))
    return one[:exact] > other[:exact]


def _means(rest: str, body: Entity) -> bool:
    """Whether what stands before an office names its body: 县, 松阳县, 市经信局, 江阴镇 of 福清市江阴镇."""
    return not rest or any(
        name.endswith(rest) or name.startswith(rest) or rest.endswith(name)
        for name in (body.name, *body.aliases)
    )


def _without_end(text: str, words: Iterable[str]) -> tuple[str, str]:
    word = next((w for w in words if text.endswith(w)), "")
    return text.removesuffix(word), word
