"""Loading: the contract of a graph store, held by the embedded one and by a real Neo4j."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from small_graph import HARSH, contents, relation, small_graph

from kg.errors import QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.schema import load_schema
from kg.stores import cypher
from kg.stores.open import Store, named_queries
from kg.types import Entity, Evidence, Relation


def test_load_counts(store: Store) -> None:
    """A first load creates everything and reports it."""
    report = store.load(small_graph())
    assert (report.documents, report.entities, report.relations, report.mentions) == (3, 19, 30, 4)
    assert (report.created, report.updated, report.removed) == (56, 0, 0)
    assert store.query("MATCH (n) RETURN count(n)").rows == [[22]]
    assert store.query("MATCH ()-[r]->() RETURN count(r)").rows == [[34]]


def test_load_twice(loaded: Store) -> None:
    """Loading the same graph again writes nothing and leaves the same nodes, relationships and properties."""
    before = contents(loaded)
    report = loaded.load(small_graph())
    assert (report.created, report.updated, report.removed) == (0, 0, 0)
    assert contents(loaded) == before


def test_load_equals_fresh(store: Store) -> None:
    """What was loaded over another graph is the same as what is loaded into an empty store."""
    store.load(small_graph())
    fresh = contents(store)
    store.load(
        small_graph(without=("official-mo", "park-1"), extra=(relation("OWNS", "company-a", "company-b"),))
    )
    assert contents(store) != fresh
    store.load(small_graph())
    assert contents(store) == fresh


def test_removal(loaded: Store) -> None:
    """Entities, relations and documents that are no longer in the graph leave the store."""
    report = loaded.load(small_graph(without=("official-wang-2",)))
    assert report.removed == 1
    assert loaded.query("MATCH (n {id: 'official-wang-2'}) RETURN n.id").rows == []
    assert loaded.query("MATCH ()-[r]->(:County {name: '遂昌县'}) RETURN type(r)").rows == [["INVESTS_IN"]]
    loaded.load(KnowledgeGraph())
    assert loaded.query("MATCH (n) RETURN count(n)").rows == [[0]]


def test_replaced_fact(loaded: Store) -> None:
    """A relation whose evidence changed is updated in place; one that is gone is removed."""
    graph = small_graph()
    changed = replace(relation("LEADS", "official-mo", "region-331124", "县长", "d2"))
    relations = [changed if r.id == changed.id else r for r in graph.relations if r.type != "VISITS"]
    graph = KnowledgeGraph(
        documents=graph.documents.values(),
        entities=graph.entities,
        relations=relations,
        appearances=graph.appearances,
    )
    report = loaded.load(graph)
    assert (report.created, report.updated, report.removed) == (0, 1, 2)
    answer = loaded.query(
        "MATCH (:Official {name: '莫靓'})-[r:LEADS]->() RETURN r.first_seen, r.documents, r.evidence"
    )
    assert answer.rows == [["2021-06-02", ["d2"], ["d2：LEADS“县长”"]]]
    assert loaded.query("MATCH ()-[r:VISITS]->() RETURN count(r)").rows == [[0]]


def test_vanished_property(store: Store) -> None:
    """A property that the graph no longer has is taken away, not left over."""
    store.load(KnowledgeGraph(entities=[Entity("c", "Company", "甲", code="1", place="松阳县")]))
    store.load(KnowledgeGraph(entities=[Entity("c", "Company", "乙")]))
    assert store.query("MATCH (n:Company) RETURN properties(n) AS p").rows == [
        [{"aliases": [], "id": "c", "name": "乙", "names": "乙", "score": 1.0}]
    ]


def test_changed_type(loaded: Store) -> None:
    """An entity that turns out to be of another type gets its labels and keeps its relations."""
    graph = small_graph()
    entities = [replace(e, type="Person") if e.id == "official-li" else e for e in graph.entities]
    loaded.load(
        KnowledgeGraph(
            documents=graph.documents.values(),
            entities=entities,
            relations=graph.relations,
            appearances=graph.appearances,
        )
    )
    answer = loaded.query("MATCH (n {id: 'official-li'})-[r]->() RETURN labels(n), count(r)")
    assert [[sorted(labels), count] for labels, count in answer.rows] == [[["Entity", "Person"], 4]]


def test_own_data_stays(loaded: Store) -> None:
    """Nodes and relationships that a user added are left alone by loading."""
    loaded.query("MATCH (c:County {name: '松阳县'}) CREATE (:Note {text: '核实'})-[:ABOUT]->(c)", write=True)
    loaded.load(small_graph(without=("company-a",)))
    assert loaded.query("MATCH (n:Note)-[:ABOUT]->(c) RETURN n.text, c.name").rows == [["核实", "松阳县"]]


def test_duplicates_are_mended(loaded: Store) -> None:
    """Relationships that someone doubled are single again after loading."""
    loaded.query(
        "MATCH (a)-[r:OWNS|BUILDS]->(b) CREATE (a)-[s:BUILDS]->(b) SET s = properties(r)", write=True
    )
    loaded.query("MATCH (a)-[r:MENTIONED_IN]->(b) CREATE (a)-[:MENTIONED_IN {count: 9}]->(b)", write=True)
    loaded.load(small_graph())
    assert loaded.query("MATCH ()-[r:BUILDS]->() RETURN count(r)").rows == [[2]]
    assert loaded.query("MATCH ()-[r:MENTIONED_IN]->() RETURN count(r), sum(r.count)").rows == [[4, 10]]


def test_interrupted_load_is_resumed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load that broke off half-way is finished by loading again, without doing the first half twice."""
    write, calls = Store.write, 0

    def failing(self: Store, statement: str, rows: list[dict[str, Any]] | None = None) -> None:
        nonlocal calls
        calls += 1
        if calls > 8:
            raise StoreError("gone")
        write(self, statement, rows)

    monkeypatch.setattr(Store, "write", failing)
    with pytest.raises(StoreError, match="gone"):
        store.load(small_graph())
    monkeypatch.undo()
    there = store.query("MATCH (n) RETURN count(n)").rows[0][0]
    assert 0 < there < 22
    assert store.load(small_graph()).created == 56 - there
    assert store.load(small_graph()).created == 0


def test_ids_are_unique(loaded: Store) -> None:
    """The constraints are there: a second node with an id is refused."""
    with pytest.raises(QueryError, match="official-mo"):
        loaded.query("CREATE (:Entity {id: 'official-mo'})", write=True)
    with pytest.raises(QueryError, match="d1"):
        loaded.query("CREATE (:Document {id: 'd1'})", write=True)


def test_labels(loaded: Store) -> None:
    """An entity is found by Entity, by its type and, for a region, by its level."""
    answer = loaded.query("MATCH (n:Region) RETURN n.name, labels(n) ORDER BY n.id")
    assert [[name, sorted(labels)] for name, labels in answer.rows] == [
        ["丽水市", ["Entity", "Prefecture", "Region"]],
        ["遂昌县", ["County", "Entity", "Region"]],
        ["松阳县", ["County", "Entity", "Region"]],
        ["西屏街道", ["Entity", "Region", "Township"]],
    ]
    assert loaded.query("MATCH (n:County) RETURN count(n)").rows == [[2]]
    assert loaded.query("MATCH (n:Entity) RETURN count(n)").rows == [[19]]


def test_properties(loaded: Store) -> None:
    """Entities, documents, relations and mentions carry what the property graph promises."""
    county = loaded.query("MATCH (n:County) WHERE '松阳' IN n.aliases RETURN properties(n)").rows[0][0]
    assert county == {
        "id": "region-331124",
        "name": "松阳县",
        "aliases": ["松阳"],
        "names": "松阳县\n松阳",
        "code": "331124",
        "level": "county",
        "place": "丽水市",
        "score": 1.0,
    }
    document = loaded.query("MATCH (n:Document {id: 'd1'}) RETURN properties(n)").rows[0][0]
    assert document == {
        "id": "d1",
        "title": "县委全会召开",
        "source": "news/d1.txt",
        "date": "2021-03-31",
        "locale": "松阳县",
    }
    leads = loaded.query("MATCH (:Official {name: '莫靓'})-[r:LEADS]->(:County) RETURN r").rows[0][0]
    assert (leads["head"], leads["tail"], leads["type"]) == ("official-mo", "region-331124", "LEADS")
    properties = leads["properties"]
    records = json.loads(properties.pop("evidence_json"))
    assert records[1] == {
        "doc_id": "d2",
        "start": 3,
        "end": 9,
        "quote": "d2：LEADS“县长”",
        "found_by": "手写",
        "date": "2021-06-02",
        "score": 0.8,
    }
    assert properties == {
        "id": "LEADS-official-mo-region-331124-县长",
        "title": "县长",
        "first_seen": "2021-03-31",
        "last_seen": "2021-06-02",
        "score": 0.98,
        "evidence": ["d1：LEADS“县长”", "d2：LEADS“县长”"],
        "evidence_scores": [0.9, 0.8],
        "documents": ["d1", "d2"],
    }
    mention = loaded.query("MATCH (:County)-[r:MENTIONED_IN]->(d) RETURN d.id, properties(r)").rows
    assert mention == [["d1", {"surfaces": ["我县", "松阳县"], "count": 5}]]


def test_scores(loaded: Store) -> None:
    """Entities, relations and sentences can be asked for by how sure they are."""
    assert loaded.query("MATCH (n:Entity) WHERE n.score < 1 RETURN n.name, n.score").rows == [["莫靓", 0.985]]
    answer = loaded.query(
        "MATCH (a)-[r]->() WHERE r.score < 0.75 RETURN a.name, type(r), r.score ORDER BY type(r)"
    )
    assert answer.rows == [["王强", "LEADS", 0.7], [HARSH, "SERVES_IN", 0.7]]
    answer = loaded.query(
        "MATCH (:Official {name: '莫靓'})-[r:VISITS]->() "
        "RETURN [i IN range(0, size(r.evidence) - 1) WHERE r.evidence_scores[i] > 0.85 | r.evidence[i]]"
    )
    assert answer.rows == [[["d1：VISITS“”"]]]


def test_one_sentence_in_two_documents(store: Store) -> None:
    """A sentence that two documents have is there once, as sure as its surest find."""
    evidence = tuple(Evidence(d, 0, 2, "同句", "r", None, score) for d, score in (("d1", 0.5), ("d2", 0.75)))
    graph = KnowledgeGraph(
        entities=[Entity("a", "Company", "甲"), Entity("b", "Company", "乙")],
        relations=[Relation("r", "OWNS", "a", "b", "", None, None, evidence, 0.875)],
    )
    store.load(graph)
    answer = store.query("MATCH ()-[r:OWNS]->() RETURN r.evidence, r.evidence_scores, r.score")
    assert answer.rows == [[["同句"], [0.75], 0.875]]
    assert store.load(graph).updated == 0


def test_homonyms(loaded: Store) -> None:
    """Two people of one name stay two nodes."""
    rows = loaded.query("MATCH (n:Official {name: '王强'}) RETURN n.id, n.place ORDER BY n.id").rows
    assert rows == [["official-wang-1", "松阳县"], ["official-wang-2", "遂昌县"]]


def test_harsh_names(loaded: Store) -> None:
    """Quotes, backticks, line breaks, right-to-left marks and injected Cypher travel unchanged, both ways."""
    rows = loaded.query(
        "MATCH (n {name: $name})-[r:SERVES_IN]->() RETURN n.id, n.name, r.title", {"name": HARSH}
    ).rows
    assert rows == [["person-harsh", HARSH, HARSH]]
    assert loaded.query("RETURN $value AS v", {"value": [HARSH, {"a": HARSH}]}).rows == [
        [[HARSH, {"a": HARSH}]]
    ]
    for named in named_queries().values():
        harsh = dict.fromkeys(named.parameters, HARSH)
        loaded.query(named.cypher, harsh)
    assert loaded.query("MATCH (n) RETURN count(n)").rows == [[22]]


def test_unknown_type(store: Store) -> None:
    """A type, level or relation that the schema does not know never becomes part of a statement."""
    for entity in (Entity("x", "X`) DETACH DELETE n //", "甲"), Entity("x", "Region", "甲", level="galaxy")):
        with pytest.raises(StoreError, match="which the schema does not define"):
            store.load(KnowledgeGraph(entities=[entity]))
    with pytest.raises(StoreError, match="which the schema does not define"):
        store.load(small_graph(extra=(relation("LIKES", "official-mo", "official-li"),)))
    assert store.query("MATCH (n) RETURN count(n)").rows == [[0]]


def test_schema_names() -> None:
    """A schema whose names cannot be labels, or are taken, is refused before anything is written."""
    schema = load_schema()
    for name in ("A`B", "Entity", "1"):
        odd = replace(schema, entities={name: schema.entities["Company"]})
        with pytest.raises(StoreError, match="cannot be a label"):
            cypher.entities(KnowledgeGraph(entities=[Entity("x", name, "甲")]), odd)


def test_progress(store: Store) -> None:
    """Progress counts up to the total, also when nothing needs writing."""
    for _ in range(2):
        seen: list[tuple[int, int]] = []
        store.load(small_graph(), progress=lambda done, total, seen=seen: seen.append((done, total)))
        assert seen[-1] == (56, 56)
        assert seen == sorted(seen)


def test_write(loaded: Store) -> None:
    """With write=True a statement changes the store."""
    loaded.query(
        "MATCH (n:Entity {id: $id}) SET n.name = $name", {"id": "park-2", "name": "新园区"}, write=True
    )
    assert loaded.query("MATCH (n {id: 'park-2'}) RETURN n.name").rows == [["新园区"]]
