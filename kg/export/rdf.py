"""RDF: JSON-LD, and N-Quads with the same statements.

An entity, a document and a relation are resources ``urn:kg:<kind>:<id>``; types and properties are in
``urn:kg:vocab:``. A relation is told twice: as a statement (head, type, tail) in the named graph of each
document that says so, and as a resource with dates, office and evidence.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from kg.export.files import Writer
from kg.graph import KnowledgeGraph
from kg.schema import Schema
from kg.stores import cypher
from kg.types import Relation

VOCABULARY = "urn:kg:vocab:"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_DOUBLE = "http://www.w3.org/2001/XMLSchema#double"
# else a reader of JSON-LD takes a score of 1.0 for an integer
_CONTEXT = {"@vocab": VOCABULARY, "score": {"@id": f"{VOCABULARY}score", "@type": _DOUBLE}}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')

Record = dict[str, Any]


def json_ld(graph: KnowledgeGraph, schema: Schema, writer: Writer) -> None:
    """One JSON-LD document, a resource a line."""
    with writer.open("graph.jsonld") as file:
        file.write('{"@context": ' + json.dumps(_CONTEXT) + ', "@graph": [')
        for index, record in enumerate(_records(graph, schema)):
            file.write((",\n" if index else "\n") + json.dumps(record, ensure_ascii=False))
        file.write("\n]}\n")


def n_quads(graph: KnowledgeGraph, schema: Schema, writer: Writer) -> None:
    """A statement a line; those of a document in its graph, all others in none."""
    with writer.open("graph.nq") as file:
        for record in _records(graph, schema):
            if "@graph" not in record:
                file.writelines(f"{triple} .\n" for triple in _triples(record))
                continue
            name = _iri(record["@id"])
            for each in record["@graph"]:
                file.writelines(f"{triple} {name} .\n" for triple in _triples(each))


def _records(graph: KnowledgeGraph, schema: Schema) -> Iterator[Record]:
    stated: dict[str, list[Record]] = defaultdict(list)
    for key, document in cypher.documents(graph).items():
        yield _resource("document", key, document.shape, document.properties)
    for key, entity in cypher.entities(graph, schema).items():
        properties = {k: v for k, v in entity.properties.items() if k != "names"}
        yield _resource("entity", key, entity.shape, properties)
    edges = cypher.relations(graph, schema)
    for relation in graph.relations:
        properties = edges[relation.id].properties
        yield _relation(relation, properties)
        for doc_id in properties["documents"]:
            statement = {
                "@id": _name("entity", relation.head),
                relation.type: {"@id": _name("entity", relation.tail)},
            }
            stated[doc_id].append(statement)
    for appearance in graph.appearances:
        yield {
            "@id": _name("entity", appearance.entity),
            cypher.MENTIONED_IN: {"@id": _name("document", appearance.doc_id)},
        }
    for doc_id, statements in sorted(stated.items()):
        yield {"@id": _name("document", doc_id), "@graph": statements}


def _relation(relation: Relation, properties: Record) -> Record:
    keys = ("id", "title", "first_seen", "last_seen", "ended_on", "score")
    record = _resource(
        "relation", relation.id, ("Relation", relation.type), {k: properties.get(k) for k in keys}
    )
    record["head"] = {"@id": _name("entity", relation.head)}
    record["tail"] = {"@id": _name("entity", relation.tail)}
    if "ended_by" in properties:
        record["ended_by"] = {"@id": _name("entity", properties["ended_by"])}
    record["evidence"] = [
        _resource(
            "evidence",
            f"{relation.id}:{number}",
            ("Evidence",),
            {
                "quote": e.quote,
                "start": e.start,
                "end": e.end,
                "rule": e.found_by,
                "date": e.date,
                "score": e.score,
            },
        )
        | {"document": {"@id": _name("document", e.doc_id)}}
        for number, e in enumerate(relation.evidence, start=1)
    ]
    return record


def _resource(kind: str, id: str, types: tuple[str, ...], properties: Record) -> Record:
    record: Record = {"@id": _name(kind, id), "@type": [VOCABULARY + type for type in types]}
    return record | {k: v for k, v in properties.items() if v is not None and v != []}


def _name(kind: str, id: str) -> str:
    return f"urn:kg:{kind}:{quote(id, safe='', errors='replace')}"


def _triples(record: Record) -> Iterator[str]:
    subject = _iri(record["@id"])
    for key, value in record.items():
        if key == "@id":
            continue
        predicate = _iri(_TYPE if key == "@type" else VOCABULARY + key)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield f"{subject} {predicate} {_iri(each['@id'])}"
                yield from _triples(each)
            else:
                yield f"{subject} {predicate} {_iri(each) if key == '@type' else _literal(each)}"


def _iri(text: str) -> str:
    return f"<{text}>"


def _literal(value: str | float) -> str:
    if isinstance(value, float):
        return f'"{value!r}"^^{_iri(_DOUBLE)}'
    if isinstance(value, int):
        return f'"{value}"^^{_iri(_INTEGER)}'
    return '"' + _ESCAPED.sub(lambda m: _ESCAPES.get(m[0], f"\\u{ord(m[0]):04X}"), value) + '"'
