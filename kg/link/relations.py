"""Relation patterns of the schema, matched against the sentences of a document."""

from __future__ import annotations

from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.patterns import encode
from kg.schema import Schema


def pattern_links(found: Found, schema: Schema) -> None:
    """Adds what the schema's patterns find; planned and negated matches keep others from being facts."""
    for start, end in found.cuts:
        marks = [m for m in found.marks.inside(start, end) if m.type != "Title"]
        if not marks:
            continue
        text = found.text[start:end]
        encoded = encode(text, [(m.start - start, m.end - start, m.type) for m in marks], schema.types)
        matched: list[tuple[str, str, float, Mark, Mark, int, int, str]] = []
        for pattern in schema.patterns:
            for match in pattern.matches(encoded):
                for h in match.head_mentions:
                    for t in match.tail_mentions:
                        matched.append(
                            (
                                pattern.relation,
                                pattern.modality,
                                pattern.score,
                                marks[h],
                                marks[t],
                                match.start + start,
                                match.end + start,
                                pattern.id,
                            )
                        )
        blocked = {
            (r, h.entity, t.entity)
            for r, modality, _, h, t, *_ in matched
            if modality in ("planned", "negated")
        }
        for relation, modality, score, head, tail, a, b, rule in matched:
            if (relation, head.entity, tail.entity) in blocked:
                modality = "planned"
            if modality in ("fact", "former"):
                found.add(Made(relation, head.entity, tail.entity, a, b, f"pattern:{rule}", score=score))
