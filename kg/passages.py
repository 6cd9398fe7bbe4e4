"""A document's graph without its text, but with a sentence for each entity: all that people need to judge it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from kg.sentences import sentences
from kg.types import DocumentGraph

_LONGEST = 160


def without_text(graph: DocumentGraph) -> DocumentGraph:
    """The graph with the text left out and the first sentence that names each entity kept.

    Args:
        graph: As linking made it.
    """
    text = graph.document.text
    spans = sentences(text)
    starts = [start for start, _ in spans]
    quotes: dict[str, str] = {}
    for entity in graph.entities:
        forms = sorted({entity.name, *entity.mentions}, key=lambda form: (-len(form), form))
        # 县 alone stands in every second word
        position = next((at for form in forms if len(form) > 1 and (at := text.find(form)) >= 0), -1)
        at = bisect_right(starts, position) - 1
        if position >= 0 and at >= 0:
            quote = text[slice(*spans[at])].strip()
            quotes[entity.id] = quote if len(quote) <= _LONGEST else _around(text, position)
    document = replace(graph.document, text="", original="", offsets=())
    return replace(graph, document=document, quotes=quotes)


def _around(text: str, position: int) -> str:
    start = max(0, position - _LONGEST // 2)
    return "…" + text[start : start + _LONGEST].replace("\n", " ").strip() + "…"
