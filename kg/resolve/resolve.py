"""The graphs of single documents → one graph: the same entity over all of them, homonyms kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.decisions import Verdict
from kg.gazetteer import Gazetteer
from kg.graph import KnowledgeGraph
from kg.resolution import ResolutionRecord
from kg.resolve.clusters import clusters
from kg.resolve.decided import apply_decisions
from kg.resolve.entities import Maker
from kg.resolve.forms import Form
from kg.resolve.merge import appearances, relations
from kg.resolve.parts import Parts
from kg.resolve.reader import Reader
from kg.resolve.record import Kind, record
from kg.resources import schemas_dir
from kg.schema import load_schema
from kg.types import DocumentGraph, Dropped, Entity


@dataclass(frozen=True, slots=True)
class Decision:
    """That two things are the same, or are not although they have one name.

    Attributes:
        left: Id of an entity of the graph.
        right: For ``same`` the entity in a document (``d03#e5``), for ``different`` another entity's id.
        verdict: ``same`` or ``different``.
        reason: Why.
    """

    left: str
    right: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The result of resolving.

    Attributes:
        graph: The one graph.
        different: For each pair of neighbours among the entities of one name, why they are two.
        dropped: Relations that do not hold between the resolved entities.
        record: Which forms each entity was joined of and why, what was nearly joined, and which decisions of
            people could not be applied.
        kinds: The forms and clusters by kind.
        ids: Document id and entity id in it, to the id of the resolved entity.
    """

    graph: KnowledgeGraph
    different: tuple[Decision, ...]
    dropped: tuple[Dropped, ...]
    record: ResolutionRecord
    kinds: tuple[Kind, ...]
    ids: dict[tuple[str, str], str]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """`different`, and one decision for each entity of a document that was joined to others."""
        made = []
        for kind in self.kinds:
            for entity, members in zip(kind.entities, kind.clusters.members, strict=True):
                claims = [(form, claim) for form in members for claim in kind.forms[form].claims]
                if len(claims) > 1:
                    made += [
                        Decision(entity.id, f"{doc_id}#{named.id}", "same", kind.reason(form))
                        for form, (doc_id, named) in claims
                    ]
        return (*made, *self.different)


def resolve(
    graphs: Iterable[DocumentGraph],
    *,
    schemas: Path | None = None,
    gazetteer: Gazetteer | None = None,
    decisions: Sequence[Verdict] = (),
) -> Resolution:
    """Joins document graphs; the same graphs in any order give the same result.

    Whatever documents call by one name in one context is a form. Forms that share a key are compared, feature by
    feature; schemas/resolution.yaml says what each feature weighs, from which score on two are one, and in which
    case a person is asked.

    Args:
        graphs: One a document; document ids must differ.
        schemas: Folder with the schema, by default the program's.
        gazetteer: By default the program's.
        decisions: Of people; they come before all features. Those that cannot be applied are in the record's notes.

    Raises:
        SchemaError: When the schema does not hold.
    """
    folder = schemas or schemas_dir()
    known = gazetteer or Gazetteer.load(schemas=folder)
    parts = Parts.load(folder, known)
    maker = Maker(known, parts.bodies, parts.names)
    ordered = sorted(graphs, key=lambda g: g.document.id)
    entities: dict[str, Entity] = {}
    ids: dict[tuple[str, str], str] = {}
    kinds: list[Kind] = []
    forms = _forms(ordered, parts.reader)
    decided, notes = apply_decisions(decisions, forms)
    for name, of_kind in forms.items():
        pairs = parts.blocks.pairs(name, of_kind)
        found = clusters(name, of_kind, pairs, parts.compare, parts.tables[name], decided[name])
        made = maker.entities(of_kind, found.members)
        entities |= {entity.id: entity for entity in made}
        for entity, members in zip(made, found.members, strict=True):
            for form in members:
                ids |= {(doc_id, named.id): entity.id for doc_id, named in of_kind[form].claims}
        kinds.append(Kind(name, of_kind, found, made))
    edges, dropped = relations(ordered, ids, entities, load_schema(folder))
    graph = KnowledgeGraph(
        documents=(g.document for g in ordered),
        entities=entities.values(),
        relations=edges,
        appearances=appearances(ordered, ids),
    )
    different = tuple(d for kind in kinds for d in _different(kind, maker))
    return Resolution(graph, different, tuple(dropped), record(kinds, ordered, notes), tuple(kinds), ids)


def _forms(graphs: Sequence[DocumentGraph], reader: Reader) -> dict[str, list[Form]]:
    """The forms of all documents by kind, in order of their keys."""
    for graph in graphs:
        reader.learn(graph)
    found: dict[tuple[str, str, str], Form] = {}
    for graph in graphs:
        for form in reader.forms(graph):
            key = form.key
            if key in found:
                found[key].add(form)
            else:
                found[key] = form
    by_kind: dict[str, list[Form]] = defaultdict(list)
    for key in sorted(found):
        found[key].finish()
        by_kind[key[0]].append(found[key])
    return dict(by_kind)


def _different(kind: Kind, maker: Maker) -> list[Decision]:
    """Neighbours among the entities of one name, by what tells them apart."""
    named: dict[str, list[int]] = defaultdict(list)
    for index, entity in enumerate(kind.entities):
        named[entity.name].append(index)
    made = []
    for _, indices in sorted(named.items()):
        ordered = sorted((maker.scope(kind.known(i)), i) for i in indices)
        for (_, left), (_, right) in pairwise(ordered):
            reason = f"one name, but {_places(kind, left)} and {_places(kind, right)}"
            made.append(Decision(kind.entities[left].id, kind.entities[right].id, "different", reason))
    return made


def _places(kind: Kind, index: int) -> str:
    known = kind.known(index)
    return ", ".join(sorted((*known.places, *known.bodies)) or sorted(known.homes)) or "no known place"
