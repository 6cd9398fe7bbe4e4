"""How sure a find is: base scores by rule, what agreeing finds add, and what is left out below a threshold."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.schema import Schema
from kg.strict_yaml import Node, read_yaml, suggestion
from kg.types import DocumentGraph, Dropped

HIGHEST = 0.99
"""No number of agreeing rules makes a find certain."""


def agree(scores: Iterable[float]) -> float:
    """The confidence of what several finds say: 1 - Π(1 - s), at most `HIGHEST`.

    Args:
        scores: Each in [0, 1]; the order does not matter.
    """
    doubt = math.prod(1 - score for score in sorted(scores))
    return round(min(HIGHEST, 1 - doubt), 4)


@dataclass(frozen=True)
class BaseScores:
    """What a single find of a rule is worth, as schemas/scores.yaml has it.

    Attributes:
        entities: Entity type to beginnings of rules and their scores, the longest first.
        relations: Relation type to the same.
    """

    entities: dict[str, tuple[tuple[str, float], ...]]
    relations: dict[str, tuple[tuple[str, float], ...]]
    _looked_up: dict[tuple[str, str], float | None] = field(default_factory=dict, compare=False, repr=False)

    def entity(self, type: str, rule: str, otherwise: float) -> float:
        """The score of a mention: that of the longest beginning of its rule, else what the rule itself says."""
        return self._known(self.entities, type, rule, otherwise)

    def relation(self, type: str, rule: str, otherwise: float) -> float:
        """The score of a link whose ends are right."""
        return self._known(self.relations, type, rule, otherwise)

    def _known(
        self, tables: dict[str, tuple[tuple[str, float], ...]], type: str, rule: str, otherwise: float
    ) -> float:
        if (type, rule) not in self._looked_up:  # entity and relation types differ
            table = tables.get(type, ())
            self._looked_up[type, rule] = next(
                (score for start, score in table if rule.startswith(start)), None
            )
        score = self._looked_up[type, rule]
        return otherwise if score is None else score


def load_scores(folder: Path, schema: Schema) -> BaseScores:
    """Reads scores.yaml; without the file every rule keeps its own score.

    Args:
        folder: The schemas folder.
        schema: What was read of it.

    Raises:
        SchemaError: When the file does not hold, with file and line.
    """
    path = folder / "scores.yaml"
    top = read_yaml(path) if path.exists() else None
    parts = top.fields(required=(), optional=("entities", "relations")) if top else {}
    return BaseScores(
        entities=_tables(parts.get("entities"), schema.entities),
        relations=_tables(parts.get("relations"), schema.relations),
    )


def _tables(part: Node | None, known: Collection[str]) -> dict[str, tuple[tuple[str, float], ...]]:
    tables = {}
    for type, rules in part.mapping().items() if part else ():
        if type not in known:
            raise rules.error(f'the schema has no type "{type}"{suggestion(type, known)}')
        pairs = ((rule, value.share()) for rule, value in rules.mapping().items())
        tables[type] = tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))
    return tables


def above(graph: DocumentGraph, least: float) -> DocumentGraph:
    """A document's graph without what is less sure, which is counted as dropped.

    Args:
        graph: As linking made it.
        least: Entities and links below it go, and links whose end goes.
    """
    if least <= 0:
        return graph
    doc_id = graph.document.id
    names = {e.id: e.name for e in graph.entities}
    gone = {e.id for e in graph.entities if e.score < least}
    dropped = [
        Dropped(doc_id, f"{e.type} {e.name}", "confidence", _below(least))
        for e in graph.entities
        if e.id in gone
    ]
    links = []
    for link in graph.links:
        reason = _reason(link.score, (link.head, link.tail), gone, least)
        if reason:
            item = f"{names[link.head]} {link.type} {names[link.tail]}"
            dropped.append(Dropped(doc_id, item, "confidence", reason))
        else:
            links.append(link)
    return replace(
        graph,
        entities=tuple(e for e in graph.entities if e.id not in gone),
        links=tuple(links),
        dropped=(*graph.dropped, *dropped),
    )


def graph_above(graph: KnowledgeGraph, least: float) -> tuple[KnowledgeGraph, list[Dropped]]:
    """A whole graph without what is less sure, and what was dropped.

    Args:
        graph: As resolving made it.
        least: Entities and relations below it go, and relations whose end goes.
    """
    if least <= 0:
        return graph, []
    entities = list(graph.entities)
    names = {e.id: e.name for e in entities}
    first: dict[str, str] = {}
    for appearance in graph.appearances:
        first.setdefault(appearance.entity, appearance.doc_id)
    gone = {e.id for e in entities if e.score < least}
    dropped = [
        Dropped(first.get(e.id, ""), f"{e.type} {e.name}", "confidence", _below(least))
        for e in entities
        if e.id in gone
    ]
    kept = []
    for relation in graph.relations:
        reason = _reason(relation.score, (relation.head, relation.tail), gone, least)
        if reason:
            item = f"{names[relation.head]} {relation.type} {names[relation.tail]}"
            dropped.append(Dropped(relation.evidence[0].doc_id, item, "confidence", reason))
        else:
            kept.append(relation)
    smaller = KnowledgeGraph(
        documents=graph.documents.values(),
        entities=(e for e in entities if e.id not in gone),
        relations=kept,
        appearances=(a for a in graph.appearances if a.entity not in gone),
    )
    return smaller, dropped


def _reason(score: float, ends: tuple[str, str], gone: set[str], least: float) -> str:
    if any(end in gone for end in ends):
        return f"an end has a confidence below {least:g}"
    return _below(least) if score < least else ""


def _below(least: float) -> str:
    return f"confidence below {least:g}"
