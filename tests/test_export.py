"""Exports: each format is read back by a reader of its own, with nothing lost."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx as nx
import pytest
from cookbook_graph import cookbook_graph
from rdflib import XSD, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from small_graph import HARSH, small_graph

from kg.errors import InputError
from kg.export.formats import FORMATS, export
from kg.graph import KnowledgeGraph
from kg.types import Document, Entity, Evidence, Relation

# rdflib's own parsers use what rdflib says is old
pytestmark = pytest.mark.filterwarnings(r"ignore:(Dataset|ConjunctiveGraph)\b:DeprecationWarning")

_EVIL = 'a"b\\n\\"c,;|\t"\n\r\n\'`{}$ \\'
"""What breaks tables, with a backslash at the end."""


def harsh_graph() -> KnowledgeGraph:
    """Names, ids and sentences that break formats."""
    documents = [Document('新 闻/"1".txt', "", _EVIL, "C:\\news\\", "2021"), Document("d2", "", "")]
    entities = [
        Entity("a b<>", "Official", _EVIL, ("x;y", HARSH), score=0.9876),
        Entity("c", "Company", "\x01控制\x0b符" + "长" * 100_000),
    ]
    evidence = (
        Evidence('新 闻/"1".txt', 0, 3, _EVIL, "r", "2021", 0.1 + 0.2),
        Evidence("d2", 0, 3, "\x00\x1f", "r"),
    )
    relations = [
        Relation("r1", "LEADS", "a b<>", "c", HARSH, "2021", "2021", evidence, 1e-7),
        Relation("r2", "VISITS", "a b<>", "c", "", None, None, evidence[1:]),
    ]
    return KnowledgeGraph(documents=documents, entities=entities, relations=relations)


GRAPHS = pytest.mark.parametrize("graph", [cookbook_graph(), harsh_graph()], ids=["cookbook", "harsh"])


@pytest.mark.parametrize("format", FORMATS)
def test_same_bytes(tmp_path: Path, format: str) -> None:
    """Exporting twice gives the same files, and says which; nothing else is left behind."""
    first = export(small_graph(), tmp_path / "one", format)
    second = export(small_graph(), tmp_path / "two", format)
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert set(first) == set((tmp_path / "one").iterdir())


@pytest.mark.parametrize("format", FORMATS)
def test_empty_graph(tmp_path: Path, format: str) -> None:
    """A graph with nothing in it can be exported."""
    assert export(KnowledgeGraph(), tmp_path, format)


@GRAPHS
def test_graphml(tmp_path: Path, graph: KnowledgeGraph) -> None:
    """networkx reads the GraphML back: nodes, parallel edges, names, offices."""
    [path] = export(graph, tmp_path / "g.graphml", "graphml")
    read = nx.read_graphml(path, force_multigraph=True)
    assert path == tmp_path / "g.graphml"
    assert set(read.nodes) == set(graph.nx.nodes)
    assert {key for *_, key in read.edges(keys=True)} == {r.id for r in graph.relations}
    for entity in graph.entities:
        found = read.nodes[entity.id]["name"]
        assert found == _xml(entity.name) or len(entity.name) > 1000
        assert entity.type in read.nodes[entity.id]["labels"].split(";")
        assert read.nodes[entity.id]["score"] == entity.score
    edges = {key: data for *_, key, data in read.edges(keys=True, data=True)}
    assert {k: d["score"] for k, d in edges.items()} == {r.id: r.score for r in graph.relations}
    assert {k: d["evidence_scores"].split(";") for k, d in edges.items()} == {
        r.id: [str(e.score) for e in r.evidence] for r in graph.relations
    }
    titles = {key: data.get("title", "") for *_, key, data in read.edges(keys=True, data=True)}
    # the reader knows no empty text
    assert {k: v or "" for k, v in titles.items()} == {r.id: _xml(r.title) for r in graph.relations}


def _xml(text: str) -> str:
    for sign in "\x01\x0b\x00\x1f":
        text = text.replace(sign, "\ufffd")
    return text.replace("\r\n", "\n")


@GRAPHS
def test_node_link(tmp_path: Path, graph: KnowledgeGraph) -> None:
    """networkx reads the node-link JSON back with every property."""
    [path] = export(graph, tmp_path, "node-link")
    data = json.loads(path.read_text(encoding="utf-8"))
    read = nx.node_link_graph(data, edges="edges")
    assert read.is_multigraph()
    assert read.is_directed()
    assert {n: d["aliases"] for n, d in read.nodes(data=True)} == {
        e.id: list(e.aliases) for e in graph.entities
    }
    assert {k: (h, t, d["type"], d["title"]) for h, t, k, d in read.edges(keys=True, data=True)} == {
        r.id: (r.head, r.tail, r.type, r.title) for r in graph.relations
    }
    assert {n: d["score"] for n, d in read.nodes(data=True)} == {e.id: e.score for e in graph.entities}
    edges = {k: d for *_, k, d in read.edges(keys=True, data=True)}
    assert {k: (d["score"], d["evidence_scores"]) for k, d in edges.items()} == {
        r.id: (r.score, [e.score for e in r.evidence]) for r in graph.relations
    }
    quotes = {k: json.loads(d["evidence_json"]) for k, d in edges.items()}
    assert all([e["score"] for e in quotes[r.id]] == [e.score for e in r.evidence] for r in graph.relations)
    assert all([e["quote"] for e in quotes[r.id]] == [e.quote for e in r.evidence] for r in graph.relations)


@GRAPHS
def test_rdf(tmp_path: Path, graph: KnowledgeGraph) -> None:
    """rdflib reads the same statements from JSON-LD and N-Quads, document by document."""
    one, other = Dataset(), Dataset()
    [path] = export(graph, tmp_path / "a", "json-ld")
    one.parse(data=path.read_text(encoding="utf-8"), format="json-ld")
    [path] = export(graph, tmp_path / "b", "n-quads")
    other.parse(data=path.read_text(encoding="utf-8"), format="nquads")
    names = {g.identifier for g in one.graphs()}
    assert names == {g.identifier for g in other.graphs()}
    for name in names:
        assert isomorphic(_only(one, name), _only(other, name))
    for relation in graph.relations:
        node = URIRef(f"urn:kg:relation:{quote(relation.id, safe='')}")
        assert list(other.default_graph.objects(node, URIRef("urn:kg:vocab:title"))) == [
            Literal(relation.title)
        ]
        assert _score(other, node) == [relation.score]
        scores = [
            _score(other, URIRef(f"urn:kg:evidence:{quote(f'{relation.id}:{n}', safe='')}"))
            for n in range(1, len(relation.evidence) + 1)
        ]
        assert scores == [[e.score] for e in relation.evidence]
    for entity in graph.entities:
        assert _score(one, URIRef(f"urn:kg:entity:{quote(entity.id, safe='')}")) == [entity.score]
    quotes = set(other.default_graph.objects(predicate=URIRef("urn:kg:vocab:quote")))
    assert quotes == {Literal(e.quote) for r in graph.relations for e in r.evidence}


def _score(data: Dataset, node: URIRef) -> list[float]:
    found = list(data.default_graph.objects(node, URIRef("urn:kg:vocab:score")))
    assert {literal.datatype for literal in found} == {XSD.double}
    return [literal.value for literal in found]


def _only(data: Dataset, name: Any) -> Graph:
    found = Graph()
    for triple in data.graph(name):
        found.add(triple)
    return found


def test_rdf_tells_where_it_is_said(tmp_path: Path) -> None:
    """A statement stands in the named graph of each document that makes it."""
    [path] = export(small_graph(), tmp_path, "n-quads")
    data = Dataset()
    data.parse(data=path.read_text(encoding="utf-8"), format="nquads")
    statement = tuple(
        URIRef(f"urn:kg:{name}") for name in ("entity:official-mo", "vocab:LEADS", "entity:region-331124")
    )
    graphs = {str(name) for *_, name in data.quads((*statement, None))}
    assert graphs == {"urn:kg:document:d1", "urn:kg:document:d2"}


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@GRAPHS
def test_csv(tmp_path: Path, graph: KnowledgeGraph) -> None:
    """The csv module reads nodes, edges, evidence and documents back."""
    paths = export(graph, tmp_path, "csv")
    assert [p.name for p in paths] == ["nodes.csv", "edges.csv", "evidence.csv", "documents.csv"]
    nodes, edges, evidence, documents = (_table(path) for path in paths)
    assert [(n["id"], json.loads(n["aliases"] or "[]"), float(n["score"])) for n in nodes] == [
        (e.id, list(e.aliases), e.score) for e in graph.entities
    ]
    assert [(e["id"], e["type"], e["head"], e["tail"], e["title"], float(e["score"])) for e in edges] == [
        (r.id, r.type, r.head, r.tail, r.title, r.score) for r in graph.relations
    ]
    assert [
        (e["relation"], e["doc_id"], int(e["start"]), e["quote"], float(e["score"])) for e in evidence
    ] == [(r.id, e.doc_id, e.start, e.quote, e.score) for r in graph.relations for e in r.evidence]
    assert [(d["id"], d["title"], d["source"]) for d in documents] == [
        (d.id, d.title, d.source) for d in graph.documents.values()
    ]


@GRAPHS
def test_neo4j_admin(tmp_path: Path, graph: KnowledgeGraph) -> None:
    """The files have the headers of neo4j-admin, ids that join, and every value."""
    paths = {p.name: p for p in export(graph, tmp_path, "neo4j-admin")}
    assert list(paths) == ["documents.csv", "entities.csv", "relations.csv", "mentions.csv", "import.sh"]
    script = paths["import.sh"].read_text(encoding="utf-8")
    assert all(f"={name}" in script for name in list(paths)[:4])
    entities, relations = _table(paths["entities.csv"]), _table(paths["relations.csv"])
    assert list(entities[0])[:3] == ["id:ID(Entity)", ":LABEL", "name"]
    assert list(relations[0])[:4] == [":START_ID(Entity)", ":END_ID(Entity)", ":TYPE", "id"]
    assert [e["id:ID(Entity)"] for e in entities] == [e.id for e in graph.entities]
    for row, entity in zip(entities, graph.entities, strict=True):
        assert float(row["score:double"]) == entity.score
        assert {"Entity", entity.type} <= set(row[":LABEL"].split("\x1f"))
        assert tuple(filter(None, row["aliases:string[]"].split("\x1f"))) == entity.aliases
    for row, relation in zip(relations, graph.relations, strict=True):
        ends = (row[":START_ID(Entity)"], row[":END_ID(Entity)"], row[":TYPE"], row["title"])
        assert ends == (relation.head, relation.tail, relation.type, relation.title)
        assert [e["quote"] for e in json.loads(row["evidence_json"])] == [e.quote for e in relation.evidence]
        assert float(row["score:double"]) == relation.score
        sure = [float(each) for each in row["evidence_scores:double[]"].split("\x1f")]
        assert sure == [e.score for e in relation.evidence]
    mentions = _table(paths["mentions.csv"])
    assert len(mentions) == len(graph.appearances)
    assert {m[":END_ID(Document)"] for m in mentions} <= graph.documents.keys()


def test_missing_is_not_empty(tmp_path: Path) -> None:
    """An empty office is an empty text, a missing date is nothing: neo4j-admin tells them apart by quotes."""
    export(harsh_graph(), tmp_path, "neo4j-admin")
    lines = (tmp_path / "relations.csv").read_text(encoding="utf-8").splitlines()
    assert any(',"VISITS","r2","",,,,,1.0,"' in line for line in lines)


def test_ends_are_exported(tmp_path: Path) -> None:
    """That an office passed on is in the tables as in the stores."""
    export(cookbook_graph(), tmp_path, "csv")
    ended = [
        (e["title"], e["ended_on"], e["ended_by"]) for e in _table(tmp_path / "edges.csv") if e["ended_on"]
    ]
    assert ("县长", "2022-03-01", "official-wu") in ended


def test_unknown_format(tmp_path: Path) -> None:
    """An unknown format names those there are."""
    with pytest.raises(InputError, match=r'no format "xlsx"; there are: csv, graphml'):
        export(small_graph(), tmp_path, "xlsx")


def test_target_in_the_way(tmp_path: Path) -> None:
    """A file where a folder must be, or a folder that cannot be made, is one clear error."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="give a folder"):
        export(small_graph(), tmp_path / "file", "csv")
    with pytest.raises(InputError, match="cannot be made"):
        export(small_graph(), tmp_path / "file" / "below", "csv")


def test_failed_export_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails half-way, the older files stay as they were."""
    export(small_graph(), tmp_path, "csv")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def broken(graph: KnowledgeGraph) -> None:
        raise InputError("broken")

    monkeypatch.setattr("kg.stores.cypher.documents", broken)
    with pytest.raises(InputError, match="broken"):
        export(cookbook_graph(), tmp_path, "csv")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
