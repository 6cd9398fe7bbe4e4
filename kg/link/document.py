"""One annotated document → its graph: mentions tied to entities, then posts, patterns, scenes, places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from spacy.tokens import Doc

from kg.annotated import LOCALE, MENTIONS, PLACES, SEEN, Name
from kg.confidence import BaseScores, load_scores
from kg.gazetteer import Gazetteer
from kg.link.context import Context
from kg.link.entities import Registry
from kg.link.found import Found, Made
from kg.link.marks import Mark, Marks
from kg.link.naming import Naming
from kg.link.relations import pattern_links
from kg.link.steps import Steps
from kg.link.sureness import entity_scores, link_score
from kg.schema import Schema
from kg.sentences import sentences
from kg.types import Document, DocumentGraph, Dropped, Evidence, Link

_SOFT = (
    "trade",
    "tagged",
    "builder",
)  # names of firms that give way to the short name of a firm named in full
_LINE_END = re.compile(r"\s*\n\s*")
_DATED = re.compile(r"(?<!到)(?<!至)((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?")


@dataclass(frozen=True)
class Linker:
    """Links annotated documents; holds what does not change from one to the next."""

    schema: Schema
    schemas: Path
    gazetteer: Gazetteer

    @cached_property
    def steps(self) -> Steps:
        """The steps that hold wording."""
        return Steps(self.schemas)

    @cached_property
    def scores(self) -> BaseScores:
        """What a find of a rule is worth."""
        return load_scores(self.schemas, self.schema)

    @cached_property
    def place_names(self) -> frozenset[str]:
        """All names of provinces to counties, full and short."""
        return frozenset(
            name for d in self.gazetteer.by_code.values() if len(d.code) <= 6 for name in (d.name, d.short)
        )

    def link(self, document: Document, doc: Doc) -> DocumentGraph:
        """The graph of one document.

        Args:
            document: As cleaned.
            doc: Its text as annotated by the pipeline of `kg.annotate.pipeline.nlp`.
        """
        text, registry, steps = document.text, Registry(), self.steps
        context = Context(
            text, doc.user_data[LOCALE], doc.user_data[SEEN], self.gazetteer, steps.articles, steps.context
        )
        names = list(steps.sessions.whole(text, doc.user_data[MENTIONS]))
        names = [*names, *steps.ceremonies.find(text, names)]
        naming = Naming(text, names, doc.user_data[PLACES], context, registry, self.gazetteer, steps.naming)
        marks, inside = self._marks(text, names, naming)
        found = Found(text, marks, sentences(text), registry, context)
        found.wanted |= naming.hosts
        for relation, head, tail in inside:
            found.add(Made(relation, head, tail, *found.stretch(head), "name"))
            found.wanted.add(tail)
        steps.offices.read(found)
        steps.speakers.read(found)
        pattern_links(found, self.schema)
        steps.roles.read(found)
        steps.signings.read(found)
        steps.deals.read(found)
        steps.attendance.read(found)
        steps.visits.read(found)
        steps.locations.read(found)
        steps.stops.read(found)
        steps.firm_places.read(found)
        return _graph(document, found, naming.open_forms, self.scores)

    def _marks(
        self, text: str, names: list[Name], naming: Naming
    ) -> tuple[Marks, list[tuple[str, str, str]]]:
        """All marks of a text, and the relations that lie in the names themselves."""
        registry, steps = naming.registry, self.steps
        names = steps.companies.without_aliased_regions(text, names)
        taken = bytearray(len(text))
        for name in names:
            if name.type != "Title" and name.rule not in _SOFT:
                taken[name.start : name.end] = b"\1" * (name.end - name.start)
        companies = [n for n in names if n.type == "Company" and n.rule not in _SOFT]
        aliases = steps.companies.aliases(text, companies, taken, self.place_names)
        names = [n for n in names if n.rule not in _SOFT or not any(taken[n.start : n.end])]
        for name in names:
            if name.rule in _SOFT:
                taken[name.start : name.end] = b"\1" * (name.end - name.start)
        marks = [
            mark
            for name in sorted(names, key=lambda n: (n.start, n.end))
            if (mark := naming.mark(name)) is not None
        ]
        for start, end, full in aliases:
            draft = registry.find("Company", full)
            if draft is not None:
                registry.alias(draft, text[start:end])
                draft.surfaces[text[start:end]] += 1
                marks.append(Mark(start, end, "Company", draft.id, text[start:end], score=0.8, rule="alias"))
        whole, open_forms = steps.anaphora.own_divisions(text, naming.context, registry, taken)
        naming.open_forms += [
            (form, "no division in the text that it could stand for") for form in open_forms
        ]
        steps.parks.add_of_committees(text, names, registry)
        zones = steps.parks.add_outer(registry)
        forward = steps.variants.join(registry, self.place_names)
        marks = [replace(m, entity=forward[m.entity]) if m.entity in forward else m for m in [*marks, *whole]]
        marks += steps.variants.projects(text, registry, taken)
        marks += steps.anaphora.find(text, Marks(marks), registry, taken)
        inside = [("LOCATED_IN", project, place) for project, place in naming.place_of.items()]
        inside += [("BUILDS", firm, work) for firm, work in steps.units.owners(registry)]
        inside += [("PART_OF", inner, outer) for inner, outer in [*zones, *steps.units.parts(registry)]]
        return Marks(marks), [(r, forward.get(h, h), forward.get(t, t)) for r, h, t in inside]


def _day(found: Found, made: Made, today: str | None) -> str | None:
    """The day a link is seen on: an earlier one that its sentence names, else the document's own.

    An office that is said to be past, in a sentence that does not say when, is seen on no day.
    """
    start, end = found.sentence(made.start)
    named = _DATED.search(found.text, start, end)
    if named:
        day = "-".join(part.zfill(2) for part in named.groups() if part)
        if today is None or day < today:
            return day
    return today if made.dated else None


def _graph(
    document: Document, found: Found, open_forms: list[tuple[str, str]], base: BaseScores
) -> DocumentGraph:
    context, registry = found.context, found.registry
    sure = entity_scores(found, base)
    links = []
    for made in found.made():
        first, last = document.offsets[made.start], document.offsets[made.end - 1] + 1
        quote = document.original[first:last]
        quote = _LINE_END.sub("", quote) if "\n" in quote else quote
        score = link_score(made, found, base, sure)
        day = _day(found, made, document.date)
        evidence = Evidence(document.id, first, last, quote, made.rule, day, score)
        modality = made.modality if made.dated else "former"
        links.append(Link(made.type, made.head, made.tail, evidence, made.title, modality, score))
    names = {d.id: d.name for d in registry.drafts.values()}
    refused = [(f"{names[m.head]} {m.type} {names[m.tail]}", m.modality) for m in found.refused()]
    return DocumentGraph(
        document=replace(document, locale=context.locale.name if context.locale else None),
        entities=registry.finished(found.kept(), sure),
        links=tuple(links),
        counts={d.id: sum(d.surfaces.values()) for d in registry.drafts.values()},
        dropped=tuple(Dropped(document.id, item, "link", reason) for item, reason in [*open_forms, *refused]),
        notes=tuple(context.notes),
    )
