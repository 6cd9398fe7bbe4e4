"""Makes a store equal to a KnowledgeGraph, writing only what differs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.schema import Schema
from kg.stores import cypher
from kg.stores.cypher import Kind
from kg.stores.items import Edge, Item, Items, Node, Shape

BATCH = 1000
WAITS = (1, 2, 4, 8, 15, 30)
"""Seconds to wait for a server that went away in the middle of a load, before each new attempt."""

Progress = Callable[[int, int], None]
Keyed = tuple[str, Item]
Row = dict[str, Any]
_T = TypeVar("_T")


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
    """What must be written so that a store holds what it should, for one kind of node or relationship.

    Attributes:
        created: Keys of what is to be made.
        updated: Keys of what gets other properties.
        removed: Rows for what goes.
    """

    created: list[str]
    updated: list[str]
    removed: list[Row]

    @classmethod
    def between(cls, wanted: Items[Any], stored: Iterable[Keyed]) -> Changes:
        """Compares; what is stored twice, or in another shape, is removed and made anew.

        What is stored, and what is wanted, is looked at one by one and not kept.
        """
        equal: dict[str, bool] = {}
        removed: list[Row] = []
        for key, item in stored:
            there = wanted.get(key)
            if there is None or there.shape != item.shape or key in equal:
                removed.append(_bare_row(key, item))
            else:
                equal[key] = there.properties == item.properties
        for key in sorted({row["key"] for row in removed} & equal.keys()):
            removed.append(_bare_row(key, wanted[key]))
            del equal[key]
        return cls(
            created=[key for key in wanted if key not in equal],
            updated=[key for key in wanted if equal.get(key) is False],
            removed=removed,
        )


def _bare_row(key: str, item: Item) -> Row:
    """What a statement that removes needs."""
    row = item.row(key)
    del row["properties"]
    return row


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
    wanted: tuple[tuple[Kind, Items[Any]], ...] = (
        (cypher.DOCUMENT_NODES, cypher.documents(graph)),
        (cypher.ENTITY_NODES, cypher.entities(graph, schema)),
        (cypher.RELATION_EDGES, cypher.relations(graph, schema)),
        (cypher.MENTION_EDGES, cypher.mentions(graph)),
    )
    sizes = [len(items) for _, items in wanted]
    meter = _Meter(sum(sizes), progress)
    patience = _Patience()
    patience.attempt(connection.make_indexes)
    counts = [_load(connection, kind, items, meter, patience) for kind, items in wanted]
    documents, entities, relations, mentions = sizes
    return LoadReport(
        documents=documents,
        entities=entities,
        relations=relations,
        mentions=mentions,
        created=sum(created for created, _, _ in counts),
        updated=sum(updated for _, updated, _ in counts),
        removed=sum(removed for _, _, removed in counts),
    )


def _load(
    connection: Connection, kind: Kind, wanted: Items[Any], meter: _Meter, patience: _Patience
) -> tuple[int, int, int]:
    """How many had to be made, changed and removed; all of it is done."""
    compared: list[tuple[int, int, int]] = []

    def attempt() -> None:
        # A lost connection leaves open whether the last batch is there, so each attempt compares anew.
        changes = Changes.between(wanted, map(_stored, connection.read(kind.stored)))
        compared.append((len(changes.created), len(changes.updated), len(changes.removed)))
        meter.at(len(wanted) - len(changes.created) - len(changes.updated))
        for rows in _batches(changes.removed):
            connection.write(kind.delete, rows)
        for statement, keys in _by_statement(changes.created, wanted, kind).items():
            for some in _batches(keys):
                connection.write(statement, [wanted[key].new_row() for key in some])
                meter.add(len(some))
        for some in _batches(changes.updated):
            connection.write(kind.update, [wanted[key].row(key) for key in some])
            meter.add(len(some))

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


def _by_statement(keys: Iterable[str], wanted: Items[Any], kind: Kind) -> dict[str, list[str]]:
    """The keys that one statement can carry out, for each."""
    groups: dict[str, list[str]] = {}
    statements: dict[Shape, str] = {}
    for key in keys:
        shape = wanted.shape(key)
        same = shape[:1] if kind.is_edge else shape
        if same not in statements:
            statements[same] = kind.create(shape)
        groups.setdefault(statements[same], []).append(key)
    return groups


def _batches(items: list[_T]) -> Iterator[list[_T]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


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
