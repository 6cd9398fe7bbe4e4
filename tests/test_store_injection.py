"""Only parameters carry data: no name, label, key or sentence changes what a statement does, on both stores."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from small_graph import contents

from kg.errors import QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.schema import EntityType, RelationType, load_schema
from kg.stores.open import Store, named_queries
from kg.types import Appearance, Document, Entity, Evidence, Relation

LONG = "长" * 100_000
HARSH = {
    "single quote": "'}) DETACH DELETE n //",
    "double quote": '"}) DETACH DELETE n //',
    "backtick": "`) DETACH DELETE n //",
    "double backtick": "``) DETACH DELETE n //",
    "braces": "{id: 1}} RETURN {{$rows}} ${x} {0} %s %(x)s",
    "parameter": "$rows",
    "backslash": "\\' \\\\ \\u0027 \\",
    "line ends": "甲\n乙\r\n丙\r丁\u2028戊\u2029己\x85庚",
    "directions": "\u202e松阳\u202c\u200f\u2066县\u2069\ufeff\u200b",
    "comment": "甲 /* 乙 */ // 丙",
    "semicolon": "甲; MATCH (n) DETACH DELETE n;",
    "separators": "\x1f\x1e\t|,;",
    "rare": "𠮷𡈽🀄️👨‍👩‍👧e\u0301",
    "lucene": '+-&|!(){}[]^"~*?:\\/ AND OR NOT',
    "long": LONG,
    "long words": "'`\"" * 33_334,
}
each = pytest.mark.parametrize("text", HARSH.values(), ids=HARSH.keys())


def harsh_graph(text: str) -> KnowledgeGraph:
    """A graph with the text wherever a graph has text."""
    document = Document("d", "", text, text, text[:50], text)
    entities = [
        Entity("a", "Official", text, (text,), place=text),
        Entity("b", "Region", "松阳县", level="county", code=text),
    ]
    evidence = Evidence("d", 0, len(text), text, text, text[:50])
    relation = Relation("r", "LEADS", "a", "b", text, text[:50], text[:50], (evidence,))
    return KnowledgeGraph(
        documents=[document],
        entities=entities,
        relations=[relation],
        appearances=[Appearance("a", "d", (text,), 1)],
    )


@each
def test_text_stays_text(store: Store, text: str) -> None:
    """Whatever a text says, it is stored and read back as it is, and loading it again changes nothing."""
    graph = harsh_graph(text)
    store.load(KnowledgeGraph(entities=[Entity("other", "Company", "甲")]))
    store.load(graph)
    assert store.query("MATCH (n) RETURN count(n)").rows == [[3]]
    [[official, leads, mentioned]] = store.query(
        "MATCH (d:Document)<-[m:MENTIONED_IN]-(a:Official)-[r:LEADS]->(:County) "
        "RETURN properties(a), properties(r), m.surfaces"
    ).rows
    assert official["name"] == (text if len(text) <= 1000 else text[:999] + "…")
    assert official["aliases"] == mentioned == [text]
    assert official["place"] == leads["title"] == text
    assert leads["evidence"] == [text]
    assert json.loads(leads["evidence_json"])[0]["quote"] == text
    report = store.load(graph)
    assert (report.created, report.updated, report.removed) == (0, 0, 0)


@each
def test_parameters_stay_data(shared: Store, text: str) -> None:
    """Named queries, searches and parameters take any text, find nothing wrong with it and change nothing."""
    before = contents(shared)
    assert shared.query("RETURN $text AS t, $map AS m", {"text": text, "map": {"k": [text]}}).rows == [
        [text, {"k": [text]}]
    ]
    queries = [query for query in named_queries().values() if query.parameters]
    for query in queries if len(text) < 1000 else queries[:4]:
        shared.query(query.cypher, dict.fromkeys(query.parameters, text))
    shared.search(text)
    assert contents(shared) == before


def test_search_finds_itself(store: Store) -> None:
    """An entity is found by its harsh name, however long."""
    entities = [Entity(f"e{i}", "Company", text) for i, text in enumerate(HARSH.values())]
    store.load(KnowledgeGraph(entities=entities))
    for entity in entities:
        assert entity.id in [row[0] for row in store.search(entity.name).rows], entity.name[:50]


def test_labels_and_types_are_the_schemas(store: Store) -> None:
    """A type or relation that is no plain name never gets into a statement, even from a schema."""
    schema = load_schema()
    people = [Entity("a", "Official", "甲"), Entity("b", "Official", "乙")]
    evidence = (Evidence("d", 0, 1, "", ""),)
    for text in (text for text in HARSH.values() if len(text) < 1000):
        typed = KnowledgeGraph(entities=[Entity("a", text, "甲")])
        store._schema = schema
        with pytest.raises(StoreError, match="does not define"):
            store.load(typed)
        store._schema = replace(
            schema,
            entities=schema.entities | {text: EntityType(text, "甲", "", "#000000", "dot")},
            relations=schema.relations | {text: RelationType(text, "甲", "", frozenset(), frozenset())},
        )
        related = KnowledgeGraph(
            documents=[Document("d", "")],
            entities=people,
            relations=[Relation("r", text, "a", "b", "", None, None, evidence)],
        )
        for graph in (typed, related):
            with pytest.raises(StoreError, match="cannot be a label"):
                store.load(graph)
    assert store.query("MATCH (n) RETURN count(n)").rows == [[0]]


@pytest.mark.parametrize("key", [k for k in HARSH if k not in ("long", "long words", "rare")])
def test_keys_of_parameters(shared: Store, key: str) -> None:
    """A parameter's own name is data as well: at worst it is not found."""
    before = contents(shared)
    shared.query("RETURN 1 AS one", {HARSH[key]: 1})
    with pytest.raises(QueryError):
        shared.query("RETURN $nothing", {HARSH[key]: 1})
    assert contents(shared) == before


@each
def test_written_parameters(shared: Store, text: str) -> None:
    """What a user writes through a parameter is what is read back."""
    shared.query("CREATE (:Note {text: $text})", {"text": text}, write=True)
    try:
        assert shared.query("MATCH (n:Note) RETURN n.text").rows == [[text]]
        assert shared.query("MATCH (n:Note {text: $text}) RETURN count(n)", {"text": text}).rows == [[1]]
    finally:
        shared.query("MATCH (n:Note) DELETE n", write=True)
