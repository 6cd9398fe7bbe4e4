"""Answers to questions in Cypher, as the page takes them: a table, a graph, or an error with its place."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import KgError, QueryError
from kg.stores.bolt import Store

_PLACE = re.compile(r"line (\d+), column (\d+): ?(.*)", re.DOTALL)
_ENDS = "MATCH (n) WHERE n.id IN $ids RETURN n"
_LARGEST = 32_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may cost.

    Attributes:
        seconds: Time.
        rows: Rows.
        drawn: Nodes of the drawn graph.
    """

    seconds: float = 30
    rows: int = 1000
    drawn: int = 300


def answer(store: Store, question: Any, limits: Limits) -> bytes:
    """The answer as JSON.

    Args:
        store: What is asked.
        question: ``{"cypher": …, "parameters": {…}}`` as it came.
        limits: What it may cost.

    Returns:
        UTF-8: ``columns``, ``rows``, ``truncated``, ``notes``, ``seconds``, ``graph``, or ``error``.
    """
    cypher, begin = "", time.perf_counter()
    try:
        cypher, parameters = _parts(question)
        found = store.query(cypher, parameters, limit=limits.rows, timeout=limits.seconds)
        content = {
            "columns": found.columns,
            "rows": found.rows,
            "truncated": found.truncated,
            "notes": found.notes,
            "graph": _graph(store, found.rows, limits),
            "seconds": round(time.perf_counter() - begin, 3),
        }
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        if len(text) > _LARGEST:
            raise QueryError("the answer is too large for the page; ask for fewer values")
    except KgError as error:
        text = json.dumps({"error": _fault(str(error), cypher)}, ensure_ascii=False)
    return text.encode(errors="replace")


def _parts(question: Any) -> tuple[str, dict[str, Any]]:
    if not isinstance(question, dict):
        raise QueryError("the question must be a JSON object with cypher and parameters")
    cypher, parameters = question.get("cypher"), question.get("parameters", {})
    if not isinstance(cypher, str):
        raise QueryError("cypher must be a text")
    if not isinstance(parameters, dict):
        raise QueryError('the parameters must be a JSON object, such as {"county": "松阳县"}')
    return cypher, parameters


def _fault(message: str, cypher: str) -> dict[str, Any]:
    """What is wrong; with its place, the line of the statement and a caret below it where the place is known."""
    found = _PLACE.match(message)
    lines = cypher.split("\n")
    if not found or int(found[1]) > len(lines):
        return {"message": message}
    line, column = int(found[1]), int(found[2])
    source = lines[line - 1].replace("\t", " ")
    # as wide as what stands before it: Chinese characters take two columns
    caret = "".join("\u3000" if _is_wide(sign) else " " for sign in source[: column - 1]) + "^"
    return {"message": found[3], "line": line, "column": column, "source": source, "caret": caret}


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in ("W", "F")


def _graph(store: Store, rows: list[list[Any]], limits: Limits) -> dict[str, Any]:
    """The nodes and relationships among some values; ends that are not among them are looked up."""
    nodes: dict[str, Any] = {}
    edges: dict[str, Any] = {}
    for value in _graph_values(rows):
        if "labels" in value:
            nodes[_key(value)] = value
        else:
            edges[json.dumps(value, sort_keys=True)] = value
    ends = {end for edge in edges.values() for end in (edge["head"], edge["tail"]) if end is not None}
    missing = sorted(ends - nodes.keys())[: limits.drawn]
    if missing:
        for (node,) in store.query(_ENDS, {"ids": missing}, timeout=limits.seconds).rows:
            nodes[_key(node)] = node
    drawn = dict(list(nodes.items())[: limits.drawn])
    return {
        "nodes": [{"key": key, **node} for key, node in drawn.items()],
        "edges": [edge for edge in edges.values() if edge["head"] in drawn and edge["tail"] in drawn],
        "more": len(nodes) - len(drawn),
    }


def _graph_values(value: Any) -> Iterator[dict[str, Any]]:
    match value:
        case {"labels": list(), "properties": dict()} | {"type": str(), "properties": dict(), "head": _}:
            yield value
        case dict():
            for each in value.values():
                yield from _graph_values(each)
        case list():
            for each in value:
                yield from _graph_values(each)


def _key(node: dict[str, Any]) -> str:
    own = node["properties"].get("id")
    return own if isinstance(own, str) else json.dumps(node, sort_keys=True)
