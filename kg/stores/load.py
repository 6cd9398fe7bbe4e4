"""Makes a store equal to a KnowledgeGraph, writing only what differs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.schema import Schema
from kg.stores import cypher
from kg.stores.cypher import Edge, Item, Kind, Node

BATCH = 1000
WAITS = (1, 2, 4, 8, 15, 30)
"""Seconds to wait for a server that went away in the middle of a load, before each new attempt."""

Progress = Callable[[int, int], None]
Keyed = tuple[str, Item]
Row = dict[str, Any]


class Unreachable(StoreError):
    """A server that does not answer, or does not take a statement, at the moment; it may do so later."""


class Connection(Protocol):
    """What loading needs of a store; its methods raise `Unreachable` when trying again may help."""

    def read(self, statement: str) -> Iterator[dict[str, Any]]:
        """The rows of a statement, one by one."""

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
    def between(cls, wanted: Mapping[str, Item], stored: Iterable[Keyed]) -> Changes:
        """Compares; what is stored twice, or in another shape, is removed and made anew.

        What is stored is looked at one by one and not kept, unless it must go.
        """
        equal: dict[str, bool] = {}
        removed: list[Keyed] = []
        for key, item in stored:
            there = wanted.get(key)
            if there is None or there.shape != item.shape or key in equal:
                removed.append((key, item))
            else:
                equal[key] = there.properties == item.properties
        for key in sorted({key for key, _ in removed} & equal.keys()):
            removed.append((key, wanted[key]))
            del equal[key]
        return cls(
            created=[(key, item) for key, item in wanted.items() if key not in equal],
            updated=[(key, item) for key, item in wanted.items() if equal.get(key) is False],
            removed=removed,
        )


def load(
    connection: Connection, graph: KnowledgeGraph, schema: Schema, *, progress: Progress | None = None
) -> LoadReport:
    """Writes a graph into a store, so that afterwards the store holds the graph and nothing else of its kind.

    Constraints come first. An interrupted load is resumed by loading again, and resumes by itself when the
    server goes away for no longer than the sum of `WAITS`. Nodes without the labels Entity or Document, and
    relationships without an id, belong to the user and stay.

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
    patience = _Patience()
    patience.attempt(connection.make_indexes)
    changes = [
        _load(connection, kind, wanted, meter, patience)
        for kind, wanted in (
            (cypher.DOCUMENT_NODES, documents),
            (cypher.ENTITY_NODES, entities),
            (cypher.RELATION_EDGES, relations),
            (cypher.MENTION_EDGES, mentions),
        )
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


def _load(
    connection: Connection, kind: Kind, wanted: Mapping[str, Item], meter: _Meter, patience: _Patience
) -> Changes:
    """What had to be written, all of it written."""
    compared: list[Changes] = []

    def attempt() -> None:
        # A lost connection leaves open whether the last batch is there, so each attempt compares anew.
        changes = Changes.between(wanted, map(_stored, connection.read(kind.stored)))
        compared.append(changes)
        meter.at(len(wanted) - len(changes.created) - len(changes.updated))
        for rows in _batches([item.row(key) for key, item in changes.removed]):
            connection.write(kind.delete, rows)
        for statement, new in _by_statement(changes.created, kind.create).items():
            for rows in _batches(new):
                connection.write(statement, rows)
                meter.add(len(rows))
        for rows in _batches([item.row(key) for key, item in changes.updated]):
            connection.write(kind.update, rows)
            meter.add(len(rows))

    patience.attempt(attempt)
    meter.next(len(wanted))
    return compared[0]


class _Patience:
    """New attempts for all of a load, as many as there are `WAITS`."""

    def __init__(self) -> None:
        self._waits = iter(WAITS)

    def attempt(self, work: Callable[[], None]) -> None:
        while True:
            try:
                return work()
            except Unreachable as error:
                wait = next(self._waits, None)
                if wait is None:
                    raise StoreError(
                        f"{error}; tried {len(WAITS) + 1} times; what was loaded stays: when the store is "
                        "there again, run the same kg load again to finish"
                    ) from None
                time.sleep(wait)


def _stored(row: dict[str, Any]) -> Keyed:
    properties = row["properties"]
    if "labels" in row:
        return properties["id"], Node(tuple(sorted(row["labels"])), properties)
    type, head, tail = row["ends"]
    key = cypher.mention_key(head, tail) if type == cypher.MENTIONED_IN else properties["id"]
    return key, Edge((type, head, tail), properties)


def _by_statement(items: list[Keyed], statement: Callable[[Item], str]) -> dict[str, list[Row]]:
    """What one statement can carry out."""
    groups: dict[str, list[Row]] = {}
    statements: dict[str | tuple[str, ...], str] = {}
    for _, item in items:
        kind = item.shape if isinstance(item, Node) else item.shape[0]
        if kind not in statements:
            statements[kind] = statement(item)
        groups.setdefault(statements[kind], []).append(item.new_row())
    return groups


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


class _Meter:
    """Progress over the kinds of nodes and relationships; never goes back."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._before, self._here, self._told = 0, 0, 0
        self._total, self._progress = total, progress

    def at(self, count: int) -> None:
        """So many of the present kind are there."""
        self._here = count
        self._told = max(self._told, self._before + count)
        if self._progress is not None:
            self._progress(self._told, self._total)

    def add(self, count: int) -> None:
        """So many more."""
        self.at(self._here + count)

    def next(self, count: int) -> None:
        """The present kind, of so many, is done."""
        self._before, self._here = self._before + count, 0
