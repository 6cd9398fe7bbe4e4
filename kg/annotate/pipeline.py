"""The spaCy pipeline: LAC's words, divisions, names with telling endings, offices, people, fixed terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate.divisions import DivisionFinder
from kg.annotate.locale import read_places
from kg.annotate.matching import longest
from kg.annotate.names import NameFinder
from kg.annotate.people import PeopleFinder
from kg.annotate.tagging import Characters, Tagger
from kg.annotate.titles import TitleFinder
from kg.annotated import LOCALE, MENTIONS, NAMES, PEOPLE, PLACES, SEEN, TEXT, TITLES, WORDS, Name, Place
from kg.gazetteer import Gazetteer
from kg.resources import schemas_dir
from kg.schema import load_schema
from kg.wording import load_wording


def nlp(*, schemas: Path | None = None, ner: str | None = None) -> Language:
    """A Chinese spaCy pipeline whose Docs carry the mentions in ``doc.spans["mentions"]``.

    The spans' labels are entity types of the schema, and ``Title`` for offices; ``span.id_`` names
    the rule that found it. Texts should have been cleaned (`kg.clean`): the pipeline takes them as
    they are.

    Args:
        schemas: Folder with the schema; the one that comes with the program when None.
        ner: Name of an installed spaCy pipeline that shall supply the names of persons, places and
            organizations instead of LAC (``zh_core_web_trf``). Words still come from LAC.

    Raises:
        MissingError: When that pipeline is not installed.
        SchemaError: When the schema does not hold.
    """
    folder = schemas or schemas_dir()
    pipeline = spacy.blank("zh")
    pipeline.tokenizer = Characters(pipeline.vocab)
    config = {"schemas": str(folder)}
    pipeline.add_pipe("kg_words", config={"ner": ner or ""})
    pipeline.add_pipe("kg_places", config=config)
    ruler: Any = pipeline.add_pipe("span_ruler", name="kg_terms", config={"spans_key": "terms"})
    ruler.add_patterns([dict(term) for term in load_schema(folder).terms])
    pipeline.add_pipe("kg_titles", config=config)
    pipeline.add_pipe("kg_names", config=config)
    pipeline.add_pipe("kg_people", config=config)
    pipeline.add_pipe("kg_mentions", config=config)
    return pipeline


class Places:
    """Division names in ``doc.user_data["kg.places"]``."""

    def __init__(self, schemas: Path) -> None:
        self._finder = DivisionFinder(_gazetteer(), schemas)

    def __call__(self, doc: Doc) -> Doc:
        data = doc.user_data
        data[PLACES], data[LOCALE] = self._finder.find(data[TEXT], data[WORDS])
        data[SEEN] = list(read_places(data[TEXT], data[PLACES], data[LOCALE], _gazetteer()))
        return doc


class Titles:
    """Offices in ``doc.spans["titles"]``."""

    def __init__(self, schemas: Path) -> None:
        self._finder = TitleFinder(schemas)

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[TITLES] = self._finder.find(doc.user_data[TEXT], doc.user_data[WORDS])
        return doc


class Names:
    """Organizations, companies, parks, projects and events."""

    def __init__(self, schemas: Path) -> None:
        self._finder = NameFinder(schemas)

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[NAMES] = self._finder.find(
            doc.user_data[TEXT], doc.user_data[WORDS], doc.user_data[PLACES], doc.user_data[TITLES]
        )
        return doc


class People:
    """Personal names."""

    def __init__(self, schemas: Path) -> None:
        self._finder = PeopleFinder(schemas)

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[PEOPLE] = self._finder.find(
            doc.user_data[TEXT], doc.user_data[WORDS], doc.user_data[TITLES], doc.user_data[PLACES]
        )
        return doc


class Mentions:
    """Joins what the components found into ``doc.spans["mentions"]``; a longer name covers the shorter."""

    def __init__(self, schemas: Path) -> None:
        self._takes = load_wording(schemas, "people")["takes"]
        self._paper = load_wording(schemas, "places")["paper"]
        self._other_name = load_wording(schemas, "places")["other name"]

    def __call__(self, doc: Doc) -> Doc:
        people = {name.start: name for name in doc.user_data[PEOPLE]}
        found: list[Name] = [*doc.user_data[PEOPLE]]
        for name in doc.user_data[NAMES]:
            holder = people.get(name.start)
            verb = self._takes.match(doc.user_data[TEXT], holder.end, name.end - 2) if holder else None
            found.append(replace(name, start=verb.end()) if verb else name)
        found += [Name(s.start_char, s.end_char, s.label_, "term", 1.0) for s in doc.spans["terms"]]
        found += [
            _region(place)
            for place in doc.user_data[PLACES]
            if place.full
            or (
                (place.sure or len(place.codes[0]) < 9)
                and not self._other_name.match(doc.user_data[TEXT], place.end)
            )
        ]
        found = [name for name in found if not self._issues(doc.user_data[TEXT], name)]
        kept = longest(found, len(doc.user_data[TEXT]))
        kept += doc.user_data[TITLES]
        kept.sort(key=lambda n: (n.start, n.end))
        doc.user_data[MENTIONS] = kept
        doc.spans["mentions"] = SpanGroup(doc, name="mentions", spans=list(_spans(doc, kept)))
        return doc

    def _issues(self, text: str, name: Name) -> bool:
        """Whether a body of the whole country only stands in the title of a paper: 《国务院关于…》."""
        body = name.type == "Organization" and text[name.start - 1 : name.start] == "《"
        return body and self._paper.match(text, name.start) is not None


def _region(place: Place) -> Name:
    return Name(place.start, place.end, "Region", "place", 0.95 if place.full else 0.8 if place.sure else 0.5)


def _spans(doc: Doc, names: Sequence[Name]) -> Iterator[Span]:
    for name in names:
        yield Span(doc, name.start, name.end, label=name.type, span_id=name.rule)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


@Language.factory("kg_words", default_config={"ner": ""})
def _make_words(nlp: Language, name: str, ner: str) -> Tagger:
    return Tagger(ner)


@Language.factory("kg_places")
def _make_places(nlp: Language, name: str, schemas: str) -> Places:
    return Places(Path(schemas))


@Language.factory("kg_titles")
def _make_titles(nlp: Language, name: str, schemas: str) -> Titles:
    return Titles(Path(schemas))


@Language.factory("kg_names")
def _make_names(nlp: Language, name: str, schemas: str) -> Names:
    return Names(Path(schemas))


@Language.factory("kg_people")
def _make_people(nlp: Language, name: str, schemas: str) -> People:
    return People(Path(schemas))


@Language.factory("kg_mentions")
def _make_mentions(nlp: Language, name: str, schemas: str) -> Mentions:
    return Mentions(Path(schemas))
