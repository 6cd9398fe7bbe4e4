"""Why an entity is one: the forms it was joined of, on what grounds, and the nearest that were not joined."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.resolution import FILE, FormRecord, ResolutionRecord
from kg.review import form_id
from kg.types import Entity

_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another entity that was nearly joined.

    Attributes:
        entity: The other.
        own: The form of this entity that comes nearest.
        other: The form of the other.
        score: Of both entities together.
        reasons: What speaks for and against.
        asked: Whether a person should decide.
    """

    entity: Entity
    own: FormRecord
    other: FormRecord
    score: float
    reasons: tuple[str, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an entity rests on.

    Attributes:
        entity: It.
        forms: Names with contexts, the first first; ``joined_to`` of each is an index into these.
        candidates: The nearest that were not joined, at most five.
    """

    entity: Entity
    forms: tuple[tuple[FormRecord, FormRecord | None], ...]
    candidates: tuple[Candidate, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "entity": {
                "id": self.entity.id,
                "type": self.entity.type,
                "name": self.entity.name,
                "place": self.entity.place,
            },
            "joined": [
                _form(form)
                | ({"to": {"name": to.name, "context": to.context}, "score": form.score} if to else {})
                | {"reasons": list(form.reasons)}
                for form, to in self.forms
            ],
            "not_joined": [
                {
                    "entity": c.entity.id,
                    "name": c.entity.name,
                    "place": c.entity.place,
                    "own": _form(c.own),
                    "other": _form(c.other),
                    "score": c.score,
                    "reasons": list(c.reasons),
                    "asked": c.asked,
                }
                for c in self.candidates
            ],
        }


def why(out: Path, wanted: str) -> list[Grounds]:
    """The grounds of every entity with an id, name or alias.

    Args:
        out: The folder of a build.
        wanted: An entity's id, or a name.

    Raises:
        InputError: When there is no build, or nothing is called so.
    """
    graph = KnowledgeGraph.load(out / "graph.json")
    record = ResolutionRecord.load(out / FILE)
    if wanted in graph.nx:
        found = [graph.entity(wanted)]
    else:
        named = {f.entity for f in record.forms if f.name == wanted}
        found = [e for e in graph.entities if wanted in (e.name, *e.aliases) or e.id in named]
    if not found:
        raise InputError(
            f"{wanted}: nothing in {out} is called so; look for it with: kg query --search {wanted}"
        )
    return [_grounds(graph, record, entity) for entity in found]


def _grounds(graph: KnowledgeGraph, record: ResolutionRecord, entity: Entity) -> Grounds:
    own = record.of_entity(entity.id)
    mine = set(own)
    forms = [
        (form, None if form.joined_to is None else record.forms[form.joined_to])
        for form in (
            record.forms[i] for i in sorted(own, key=lambda i: (record.forms[i].joined_to is not None, i))
        )
    ]
    candidates = []
    for near in record.near:
        if near.left in mine or near.right in mine:
            here, there = (near.left, near.right) if near.left in mine else (near.right, near.left)
            other = record.forms[there]
            if other.entity in graph.nx:
                candidates.append(
                    Candidate(
                        graph.entity(other.entity),
                        record.forms[here],
                        other,
                        near.score,
                        near.reasons,
                        near.asked,
                    )
                )
    nearest = sorted(candidates, key=lambda c: (-c.score, c.other.key))[:_NEAREST]
    return Grounds(entity, tuple(forms), tuple(nearest))


def _form(form: FormRecord) -> dict[str, Any]:
    return {
        "id": form_id(form),
        "name": form.name,
        "context": form.context,
        "documents": list(form.documents),
        "count": form.count,
        "sentence": form.sentence,
    }
