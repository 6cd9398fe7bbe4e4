"""Tables: plain CSV for spreadsheets and data frames, and CSV with headers for ``neo4j-admin database import``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from kg.export.files import Writer
from kg.graph import KnowledgeGraph
from kg.schema import Schema
from kg.stores import cypher
from kg.stores.items import Edge, Item, Node
from kg.types import Evidence

_ARRAY = "\x1f"  # between the elements of a list: it stands in no text
_ENTITY = ("name", "aliases", "level", "code", "place", "score", "names")
_DOCUMENT = ("title", "source", "date", "locale")
_RELATION = (
    "title", "first_seen", "last_seen", "ended_on", "ended_by", "score",
    "evidence", "evidence_scores", "documents", "evidence_json",
)  # fmt: skip
_MENTION = ("surfaces", "count")
_IMPORT_TYPES = {
    "aliases": "string[]", "evidence": "string[]", "documents": "string[]", "surfaces": "string[]",
    "count": "long", "score": "double", "evidence_scores": "double[]",
}  # fmt: skip
_IMPORT = """#!/bin/sh
# Run this in the folder of these files, where neo4j-admin is, with the server stopped. It replaces the database
# "neo4j". Afterwards, with the server started, `kg load` makes the constraints and indexes.
neo4j-admin database import full neo4j --overwrite-destination=true \\
  --multiline-fields=true --array-delimiter=U+001F \\
  --nodes=documents.csv --nodes=entities.csv \\
  --relationships=relations.csv --relationships=mentions.csv
"""


def plain_tables(graph: KnowledgeGraph, schema: Schema, writer: Writer) -> None:
    """nodes.csv, edges.csv, evidence.csv and documents.csv; lists are JSON."""
    nodes, edges = cypher.entities(graph, schema), cypher.relations(graph, schema)
    with writer.open("nodes.csv") as file:
        keys = (*_ENTITY[:-1], *_properties(graph))
        _rows(file, ("id", "labels", *keys), (_plain(k, list(n.shape), n, keys) for k, n in nodes.items()))
    with writer.open("edges.csv") as file:
        keys = _RELATION[:6]
        rows = ([key, *edge.shape, *_values(edge, keys)] for key, edge in edges.items())
        _rows(file, ("id", "type", "head", "tail", *keys), rows)
    with writer.open("evidence.csv") as file:
        fields = tuple(Evidence.__dataclass_fields__)
        evidence = ((r.id, e) for r in graph.relations for e in r.evidence)
        _rows(file, ("relation", *fields), ([id, *(getattr(e, f) for f in fields)] for id, e in evidence))
    with writer.open("documents.csv") as file:
        rows = ([key, *_values(d, _DOCUMENT)] for key, d in cypher.documents(graph).items())
        _rows(file, ("id", *_DOCUMENT), rows)


def neo4j_admin(graph: KnowledgeGraph, schema: Schema, writer: Writer) -> None:
    """The property graph as a store holds it, a file for each kind, and import.sh with the command."""
    _import_nodes(writer, "documents.csv", "Document", _DOCUMENT, cypher.documents(graph))
    _import_nodes(
        writer, "entities.csv", "Entity", (*_ENTITY, *_properties(graph)), cypher.entities(graph, schema)
    )
    relations, mentions = cypher.relations(graph, schema), cypher.mentions(graph)
    _import_edges(writer, "relations.csv", "Entity", ("id", *_RELATION), relations)
    _import_edges(writer, "mentions.csv", "Document", _MENTION, mentions)
    with writer.open("import.sh") as file:
        file.write(_IMPORT)


def _properties(graph: KnowledgeGraph) -> list[str]:
    """The names of the entities' further properties, sorted."""
    return sorted({name for entity in graph.entities for name, _ in entity.properties})


def _import_nodes(
    writer: Writer, name: str, space: str, keys: Sequence[str], items: Mapping[str, Item]
) -> None:
    with writer.open(name) as file:
        header = (f"id:ID({space})", ":LABEL", *map(_typed, keys))
        _rows(file, header, ([key, list(n.shape), *_values(n, keys)] for key, n in items.items()))


def _import_edges(
    writer: Writer, name: str, tail_space: str, keys: Sequence[str], items: Mapping[str, Item]
) -> None:
    with writer.open(name) as file:
        header = (":START_ID(Entity)", f":END_ID({tail_space})", ":TYPE", *map(_typed, keys))
        edges = ((item.shape, item) for item in items.values())
        _rows(file, header, ([head, tail, type, *_values(e, keys)] for (type, head, tail), e in edges))


def _typed(key: str) -> str:
    return f"{key}:{_IMPORT_TYPES[key]}" if key in _IMPORT_TYPES else key


def _values(item: Item, keys: Sequence[str]) -> list[Any]:
    return [item.properties.get(key) for key in keys]


def _plain(key: str, labels: list[str], node: Node | Edge, keys: Sequence[str]) -> list[Any]:
    values = [labels, *_values(node, keys)]
    return [key, *(json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for v in values)]


def _rows(file: IO[str], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    # not by the csv module, which cannot tell a missing value from an empty text
    file.write(",".join(header) + "\n")
    for row in rows:
        file.write(",".join(map(_field, row)) + "\n")


def _field(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        value = _ARRAY.join(str(each).replace(_ARRAY, " ") for each in value)
    return '"' + str(value).replace('"', '""') + '"'
