"""Writes a graph in the formats that other programs read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import InputError
from kg.export.files import Writer, writable
from kg.export.rdf import json_ld, n_quads
from kg.export.tables import neo4j_admin, plain_tables
from kg.graph import KnowledgeGraph
from kg.schema import Schema, load_schema
from kg.stores.cypher import entities, relations

_Format = Callable[[KnowledgeGraph, Schema, Writer], None]


def export(graph: KnowledgeGraph, target: Path, format: str, *, schema: Schema | None = None) -> list[Path]:
    """Writes a graph for another program; the same graph always gives the same bytes.

    ``graphml`` (Gephi, yEd, networkx) and ``node-link`` (networkx, D3) hold entities and relations;
    ``json-ld`` and ``n-quads`` (RDF) also documents, and say in which document a relation is stated;
    ``csv`` is nodes, edges, evidence and documents as tables; ``neo4j-admin`` is what
    ``neo4j-admin database import`` reads, with the command in import.sh.

    Args:
        graph: What to write.
        target: A folder for the tables; a folder or a file for the others.
        format: One of `FORMATS`.
        schema: Which labels there are (default: the one that comes with the program).

    Returns:
        The files, in the order in which they were written.

    Raises:
        InputError: When the format is unknown or the target cannot be written.
        StoreError: When the schema does not know a type of the graph.
    """
    if format not in FORMATS:
        raise InputError(f'no format "{format}"; there are: {", ".join(FORMATS)}')
    single, write = FORMATS[format]
    writer = Writer(target, single=single)
    with writer:
        write(graph, schema or load_schema(), writer)
    return writer.paths


def _node_link(graph: KnowledgeGraph, schema: Schema, writer: Writer) -> None:
    data = nx.node_link_data(_plain_graph(graph, schema), edges="edges")
    with writer.open("graph.json") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
        file.write("\n")


def _graphml(graph: KnowledgeGraph, schema: Schema, writer: Writer) -> None:
    plain = _plain_graph(graph, schema)
    for *_, attributes in (*plain.nodes(data=True), *plain.edges(data=True)):
        attributes.pop("evidence_json", None)
        for key, value in attributes.items():
            # the format has no lists and XML no control characters
            if isinstance(value, list):
                value = ("\n" if key == "evidence" else ";").join(map(str, value))
            attributes[key] = writable(value) if isinstance(value, str) else value
    with writer.open("graph.graphml") as file:
        for line in nx.generate_graphml(plain, encoding="utf-8"):
            file.write(f"{line}\n")


def _plain_graph(graph: KnowledgeGraph, schema: Schema) -> nx.MultiDiGraph[str]:
    """Entities and relations with the properties that they have in a store."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, node in entities(graph, schema).items():
        plain.add_node(key, labels=list(node.shape), **_without(node.properties, "id", "names"))
    for key, edge in relations(graph, schema).items():
        type, head, tail = edge.shape
        plain.add_edge(head, tail, key=key, type=type, **_without(edge.properties, "id"))
    return plain


def _without(properties: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key not in keys}


FORMATS: dict[str, tuple[str | None, _Format]] = {
    "csv": (None, plain_tables),
    "graphml": ("graph.graphml", _graphml),
    "json-ld": ("graph.jsonld", json_ld),
    "n-quads": ("graph.nq", n_quads),
    "neo4j-admin": (None, neo4j_admin),
    "node-link": ("graph.json", _node_link),
}
"""Format to the name of its file (None where there are several) and what writes it."""
