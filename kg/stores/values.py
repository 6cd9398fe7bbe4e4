"""Values of the Bolt protocol as plain Python that JSON can carry."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from neo4j.graph import Node, Path, Relationship


def plain(value: Any, ids: Mapping[str, str | None]) -> Any:
    """A value as dicts, lists, strings, numbers, booleans and None.

    Args:
        value: What the driver returned.
        ids: Element ids of nodes to their own ids, for the ends of relationships.

    Returns:
        A node as ``{"labels", "properties"}``, a relationship as ``{"type", "properties", "head", "tail"}``,
        a path as the list of its nodes and relationships in turn; dates, times, durations and points as text;
        a number that JSON cannot carry (NaN, infinity) as None.
    """
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": plain(dict(value), ids)}
    if isinstance(value, Relationship):
        head, tail = (ids.get(node.element_id) if node is not None else None for node in value.nodes)
        return {"type": value.type, "properties": plain(dict(value), ids), "head": head, "tail": tail}
    if isinstance(value, Path):
        steps: list[Any] = [value.start_node]
        for relationship, node in zip(value.relationships, value.nodes[1:], strict=True):
            steps += [relationship, node]
        return plain(steps, ids)
    if isinstance(value, Mapping):
        # sorted, as each server has its own order
        return {key: plain(item, ids) for key, item in sorted(value.items())}
    if isinstance(value, list | set | frozenset):
        return [plain(item, ids) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def node_ids(value: Any) -> dict[str, str | None]:
    """Element ids of all nodes in a value, to their own ids (None at a bare relationship's ends)."""
    found: dict[str, str | None] = {}
    for node in _nodes(value):
        found[node.element_id] = node.get("id") or found.get(node.element_id)
    return found


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, Relationship | Path):
        yield from (node for node in value.nodes if node is not None)
    elif isinstance(value, Mapping):
        yield from _nodes(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)
