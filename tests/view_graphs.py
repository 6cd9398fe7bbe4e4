"""Graphs for the viewer's tests: the written samples and a hostile one; what a page carries."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path
from typing import Any

from kg.graph import KnowledgeGraph
from kg.types import Appearance, Document, Entity, Evidence, Relation

_GOLD = Path(__file__).parent.parent / "data" / "gold"

HOSTILE = (
    '<img src=x onerror="globalThis.ran=1">',
    "</script><script>globalThis.ran=1</script>",
    "a\u2028b\u2029c",
    "\"'`${globalThis.ran=1}\\",
    "<!--<script>",
    "{{graph}} &lt;b&gt; href",
    "__proto__",
)
"""Texts that would run or vanish if they were ever read as markup or code."""


def packed(page: Path, name: str) -> Any:
    """The data that a page carries in the element of this id."""
    found = re.search(f'id="{name}">([^<]*)<', page.read_text(encoding="utf-8"))
    assert found
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


def gold_graph() -> KnowledgeGraph:
    """All written samples as one graph; an entity is what bears one name and type."""
    documents, entities, appearances = [], {}, []
    evidence: dict[tuple[str, str, str, str], list[Evidence]] = {}
    for path in sorted(_GOLD.glob("*.json")):
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        documents.append(Document(path.stem, "", title=path.stem, date=data["date"], locale=data["locale"]))
        ids = {e["id"]: f"{e['type']}-{e['name']}" for e in data["entities"]}
        for e in data["entities"]:
            entities[ids[e["id"]]] = Entity(
                ids[e["id"]], e["type"], e["name"], tuple(e["accept"]), level=e.get("level")
            )
            appearances.append(Appearance(ids[e["id"]], path.stem, tuple(e["mentions"]), len(e["mentions"])))
        for r in data["relations"]:
            key = (r["type"], ids[r["head"]], ids[r["tail"]], r.get("title") or "")
            quote = Evidence(path.stem, 0, len(r["evidence"]), r["evidence"], "gold", data["date"])
            evidence.setdefault(key, []).append(quote)
    relations = [
        Relation("|".join(key), *key, quotes[0].date, quotes[-1].date, tuple(quotes))
        for key, quotes in evidence.items()
    ]
    return KnowledgeGraph(
        documents=documents, entities=entities.values(), relations=relations, appearances=appearances
    )


def hostile_graph(text: str) -> KnowledgeGraph:
    """A graph that bears a text wherever text can stand."""
    document = Document(
        text, "", source=f"javascript:globalThis.ran=1//{text}", title=text, date=text, locale=text
    )
    ends = [
        Entity(f"{kind}{text}", kind, text, (text, f"又名{text}"), level=text, code=text, place=text)
        for kind in ("Region", "Official", text)
    ]
    quote = Evidence(text, 0, 1, f"句子{text}完", text, text)
    relations = [
        Relation(f"{type}{text}", type, ends[1].id, ends[0].id, text, text, f"{text}2", (quote,))
        for type in ("LEADS", text)
    ]
    appearances = [Appearance(end.id, text, (text,), 1) for end in ends]
    return KnowledgeGraph(documents=[document], entities=ends, relations=relations, appearances=appearances)
