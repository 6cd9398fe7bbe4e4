"""Relation patterns of the schema, matched against the sentences of a document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kg.link.found import Found, Made
from kg.patterns import encode
from kg.schema import Schema


def pattern_links(found: Found, schema: Schema) -> None:
    """Adds what the schema's patterns find; what a sentence plans or denies is kept from being a fact."""
    screened = schema.screen.over(found.text)
    for start, end in found.cuts:
        matches = list(_matches(found, schema, start, end, screened.possible(start, end)))
        refused = {(m.type, m.head, m.tail) for m in matches if m.modality in ("planned", "negated")}
        for made in matches:
            if (made.type, made.head, made.tail) not in refused:
                found.add(made)
            elif made.modality in ("planned", "negated"):
                found.refuse(made)


def _matches(found: Found, schema: Schema, start: int, end: int, possible: tuple[str, ...]) -> Iterator[Made]:
    if not possible:
        return
    marks = [m for m in found.marks.inside(start, end) if m.type != "Title"]
    patterns = schema.patterns_among(frozenset(m.type for m in marks), possible)
    if not patterns:
        return
    spans = [(m.start - start, m.end - start, m.type) for m in marks]
    encoded = encode(found.text[start:end], spans, schema.types)
    for pattern in patterns:
        for match in pattern.matches(encoded):
            stretch = (match.start + start, match.end + start, f"pattern:{pattern.id}")
            dated = pattern.modality != "former"
            modality = "fact" if pattern.modality == "former" else pattern.modality
            for relation, h, t in product(pattern.relations, match.head_mentions, match.tail_mentions):
                head, tail = marks[h], marks[t]
                if schema.relations[relation].allows(head.type, tail.type):
                    yield Made(
                        relation,
                        head.entity,
                        tail.entity,
                        *stretch,
                        modality=modality,
                        score=pattern.score,
                        dated=dated,
                    )
