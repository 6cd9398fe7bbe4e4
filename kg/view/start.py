"""What the page shows first: the part of its address behind #, as assets/state.js reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from urllib.parse import quote, urlencode

from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.types import Entity

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_STEPS = (1, 2, 3)


def start_state(
    graph: KnowledgeGraph,
    *,
    focus: str | None = None,
    depth: int = 1,
    types: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
) -> str:
    """The address of a view.

    Args:
        graph: The graph that the page is made of.
        focus: Name, alias or id of the entity whose neighbourhood to show; of several with one name the best
            connected.
        depth: How many steps the neighbourhood reaches, 1 to 3.
        types: Entity types to show; all when empty.
        since: First day of what to show (2021, 2021-03 or 2021-03-31).
        until: Last day.

    Raises:
        InputError: When nothing bears the name, a type does not occur, or a day or depth is none.
    """
    if depth not in _STEPS:
        raise InputError(f"a depth of {depth}: must be 1, 2 or 3")
    words: dict[str, str] = {}
    if focus is not None:
        found = entity_named(graph, focus)
        words |= {"node": found.id, "near": found.id, "depth": str(depth)}
    present = sorted({e.type for e in graph.entities})
    for name in types:
        if name not in present:
            raise InputError(f'no entity of type "{name}" in this graph; there are: {", ".join(present)}')
    if types:
        words["hide"] = ",".join(quote(name, safe="") for name in present if name not in types)
    for key, day in (("since", since), ("until", until)):
        if day is not None and not _DAY.fullmatch(day):
            raise InputError(f'"{day}" is no day; write it as 2021, 2021-03 or 2021-03-31')
        words[key] = day or ""
    return urlencode({key: value for key, value in words.items() if value})


def entity_named(graph: KnowledgeGraph, name: str) -> Entity:
    """The entity of this name, alias or id; of several the one with most relations.

    Raises:
        InputError: When there is none, with names that are like it.
    """
    if name in graph.nx:
        return graph.entity(name)
    found = graph.find(name)
    if not found:
        near = get_close_matches(name, sorted({e.name for e in graph.entities}), n=3, cutoff=0.5)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise InputError(f'no entity called "{name}" in this graph{hint}')
    degrees = graph.nx.degree
    return max(found, key=lambda e: (degrees[e.id], e.name == name))
