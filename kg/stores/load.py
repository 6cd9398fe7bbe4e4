"""Makes a store equal to a KnowledgeGraph, writing only what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kg.graph import KnowledgeGraph
from kg.schema import Schema
from kg.stores import cypher
from kg.stores.cypher import Edge, Item, Kind, Node

BATCH = 1000

Progress = Callable[[int, int], None]
Keyed = tuple[str, Item]


class Connection(Protocol):
    """What loading needs of a store."""

    def read(self, statement: str) -> list[dict[str, Any]]:
        """All rows of a statement."""

    def write(self, statement: str, rows: list[dict[str, Any]] | None = None) -> None:
        """Carries out a statement in a transaction of its own, with ``$rows``."""

    def make_indexes(self) -> None:
        """Makes constraints and indexes that are not there yet."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a store holds after loading, and what had to be written for it.

    Attributes:
        documents: Document nodes.
        entities: Entity nodes.
        relations: Relationships between entities.
        mentions: MENTIONED_IN relationships.
        created: Nodes and relationships that were not there.
        updated: Those whose properties were replaced.
        removed: Those that are no longer in the graph.
    """

    documents: int
    entities: int
    relations: int
    mentions: int
    created: int
    updated: int
    removed: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What must be written so that a store holds what it should, for one kind of node or relationship."""

    created: list[Keyed]
    updated: list[Keyed]
    removed: list[Keyed]

    @classmethod
    def between(cls, wanted: Mapping[str, Item], stored: list[Keyed]) -> Changes:
        """Compares; what is stored twice, or in another shape, is removed and made anew."""
        times = Counter(key for key, _ in stored)
        kept = {
            key: item
            for key, item in stored
            if times[key] == 1 and key in wanted and wanted[key].shape == item.shape
        }
        return cls(
            created=[(key, item) for key, item in wanted.items() if key not in kept],
            updated=[
                (key, item)
                for key, item in wanted.items()
                if key in kept and kept[key].properties != item.properties
            ],
            removed=[(key, item) for key, item in stored if key not in kept],
        )


def load(
    connection: Connection, graph: KnowledgeGraph, schema: Schema, *, progress: Progress | None = None
) -> LoadReport:
    """Writes a graph into a store, so that afterwards the store holds the graph and nothing else of its kind.

    Constraints come first. An interrupted load is resumed by loading again. Nodes without the labels Entity
    or Document, and relationships without an id, belong to the user and stay.

    Args:
        connection: The store.
        graph: What it shall hold.
        schema: Which types and levels there are.
        progress: Called with the number of items done and their total.

    Returns:
        Counts.

    Raises:
        StoreError: When the schema does not know a type of the graph, or the store refuses.
    """
    documents, entities = cypher.documents(graph), cypher.entities(graph, schema)
    relations, mentions = cypher.relations(graph, schema), cypher.mentions(graph)
    meter = _Meter(len(documents) + len(entities) + len(relations) + len(mentions), progress)
    connection.make_indexes()
    changes = [
        _load(connection, cypher.DOCUMENT_NODES, documents, meter),
        _load(connection, cypher.ENTITY_NODES, entities, meter),
        _load(connection, cypher.RELATION_EDGES, relations, meter),
        _load(connection, cypher.MENTION_EDGES, mentions, meter),
    ]
    return LoadReport(
        documents=len(documents),
        entities=len(entities),
        relations=len(relations),
        mentions=len(mentions),
        created=sum(len(c.created) for c in changes),
        updated=sum(len(c.updated) for c in changes),
        removed=sum(len(c.removed) for c in changes),
    )


def _load(connection: Connection, kind: Kind, wanted: Mapping[str, Item], meter: _Meter) -> Changes:
    changes = Changes.between(wanted, [_stored(row) for row in connection.read(kind.stored)])
    meter.add(len(wanted) - len(changes.created) - len(changes.updated))
    for statement, rows in _batches(changes.removed, lambda _: kind.delete):
        connection.write(statement, rows)
    for statement, rows in _batches(changes.created, kind.create):
        connection.write(statement, rows)
        meter.add(len(rows))
    for statement, rows in _batches(changes.updated, lambda _: kind.update):
        connection.write(statement, rows)
        meter.add(len(rows))
    return changes


def _stored(row: dict[str, Any]) -> Keyed:
    properties = row["properties"]
    if "labels" in row:
        return properties["id"], Node(tuple(sorted(row["labels"])), properties)
    type, head, tail = row["ends"]
    key = cypher.mention_key(head, tail) if type == cypher.MENTIONED_IN else properties["id"]
    return key, Edge((type, head, tail), properties)


def _batches(
    items: list[Keyed], statement: Callable[[Item], str]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What one statement can carry out at once."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for key, item in items:
        groups.setdefault(statement(item), []).append(item.row(key))
    for text, rows in groups.items():
        for start in range(0, len(rows), BATCH):
            yield text, rows[start : start + BATCH]


class _Meter:
    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def add(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._total)
