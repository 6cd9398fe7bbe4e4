"""What resolution did, written down for people: forms, joins, near misses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.resolution import FormRecord, NearRecord, ResolutionRecord
from kg.resolve.clusters import Clusters
from kg.resolve.entities import all_known
from kg.resolve.forms import Form, Known
from kg.types import DocumentGraph, Entity

_DOCUMENTS = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """All of one kind: forms, the clusters they were divided into, and an entity for each cluster."""

    name: str
    forms: list[Form]
    clusters: Clusters
    entities: list[Entity]

    def known(self, index: int) -> Known:
        """What is known of an entity."""
        return all_known(self.forms[i] for i in self.clusters.members[index])

    def reason(self, form: int) -> str:
        """Why a form is where it is."""
        joint = self.clusters.joints.get(form)
        if joint is None:
            return "the first of this name"
        other = self.forms[joint.other]
        return f"{', '.join(joint.reasons)}: {other.name}{f' ({other.context})' if other.context else ''}"


def record(kinds: Sequence[Kind], graphs: Sequence[DocumentGraph], notes: Sequence[str]) -> ResolutionRecord:
    """The record of a resolution.

    Args:
        kinds: What was found.
        graphs: The documents, for sentences.
        notes: What else is to be told.
    """
    by_doc = {graph.document.id: graph for graph in graphs}
    forms: list[FormRecord] = []
    near: list[NearRecord] = []
    for kind in sorted(kinds, key=lambda k: k.name):
        offset = len(forms)
        entity_of = {
            form: entity.id
            for entity, members in zip(kind.entities, kind.clusters.members, strict=True)
            for form in members
        }
        for index, form in enumerate(kind.forms):
            joint = kind.clusters.joints.get(index)
            sentence, sentence_of = _sentence(form, by_doc)
            forms.append(
                FormRecord(
                    *form.key,
                    entity=entity_of[index],
                    count=len({doc_id for doc_id, _ in form.claims}),
                    documents=tuple(sorted({doc_id for doc_id, _ in form.claims})[:_DOCUMENTS]),
                    sentence=sentence,
                    sentence_of=sentence_of,
                    joined_to=None if joint is None else offset + joint.other,
                    score=None if joint is None else joint.score,
                    reasons=() if joint is None else joint.reasons,
                )
            )
        near += [replace(n, left=offset + n.left, right=offset + n.right) for n in kind.clusters.near]
    ordered = sorted(near, key=lambda n: (not n.asked, -n.score, n.left, n.right))
    return ResolutionRecord(tuple(forms), tuple(ordered), tuple(notes))


def _sentence(form: Form, graphs: dict[str, DocumentGraph]) -> tuple[str, str]:
    """A sentence that names the form, kept with the document or else the evidence of a relation; the document."""
    for doc_id, entity in sorted(form.claims, key=lambda claim: (claim[0], claim[1].id))[:_DOCUMENTS]:
        graph = graphs[doc_id]
        if entity.id in graph.quotes:
            return graph.quotes[entity.id], doc_id
        for link in graph.links:
            if entity.id in (link.head, link.tail):
                return link.evidence.quote, doc_id
    return "", ""
