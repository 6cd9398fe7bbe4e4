"""The values that travel along the line: frozen, slotted, comparable, without behaviour.

Offsets are half-open indices of code points. Dates are ISO strings as exact as the text gives
them (``2021-03-31``, ``2022-10``, ``2019``) or None.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what is known about it.

    Attributes:
        id: Stable identifier, derived from the path relative to the input folder.
        text: The text, original as read, or mended once it has been cleaned.
        source: Where it came from (a path or URL), as given.
        title: The headline, or "" when none was found.
        date: The day the document speaks from, or None.
        locale: The name of the county or city that 我县 / 本市 stand for, or None.
        original: The text as read; empty until the document has been cleaned.
        offsets: For each code point of ``text`` its index in ``original``; empty when they are equal.
    """

    id: str
    text: str
    source: str = ""
    title: str = ""
    date: str | None = None
    locale: str | None = None
    original: str = ""
    offsets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of one document's text that names an entity (or a post, for titles).

    Attributes:
        doc_id: The document.
        start: First code point in the document's text.
        end: One past the last code point.
        text: The stretch itself.
        type: An entity type of the schema, or ``Title``.
        found_by: The rule or model that found it.
        score: Confidence in [0, 1].
    """

    doc_id: str
    start: int
    end: int
    text: str
    type: str
    found_by: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a relation is stated.

    Attributes:
        doc_id: The document.
        start: First code point of the quote in the document's original text.
        end: One past the last code point.
        quote: The stretch of text that supports the relation.
        found_by: The rule that fired.
        date: The document's date, or None.
        score: Confidence in [0, 1] that the document says so; the same stretch is the same evidence
            whatever its score.
    """

    doc_id: str
    start: int
    end: int
    quote: str
    found_by: str
    date: str | None = None
    score: float = field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two entities of one document.

    Attributes:
        type: A relation type of the schema.
        head: Id of an entity in the same document graph.
        tail: Id of an entity in the same document graph.
        evidence: The supporting stretch.
        title: The office as written, for LEADS and SERVES_IN, else "".
        modality: ``fact``, ``former``, ``planned`` or ``negated``; only the first two are stored.
        score: Confidence in [0, 1].
    """

    type: str
    head: str
    tail: str
    evidence: Evidence
    title: str = ""
    modality: str = "fact"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the world: in a document graph as one document names it, in a graph as all do.

    Attributes:
        id: Derived from content, never random (``region-331124``, ``company-3f2a…``).
        type: An entity type of the schema.
        name: Canonical name.
        aliases: Other names, sorted.
        level: For a Region one of country, province, prefecture, county, township, village.
        code: Administrative division code of a Region, or None.
        place: Name of the region that tells it from others of its name, or None.
        mentions: Surface forms in the text, deictic ones included, sorted.
        score: Confidence in [0, 1], from all rules that found it.
        properties: Further names and values, sorted by name: since when a body has its name, numbers and
            identifiers out of a user's table.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    level: str | None = None
    code: str | None = None
    place: str | None = None
    mentions: tuple[str, ...] = ()
    score: float = 1.0
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge of the graph with everything that supports it.

    Attributes:
        id: Derived from type, ends and title.
        type: A relation type of the schema.
        head: Entity id.
        tail: Entity id.
        title: The office, for LEADS and SERVES_IN, else "".
        first_seen: Earliest date of its evidence, or None.
        last_seen: Latest date of its evidence, or None.
        evidence: At least one, in order of date, document and offset.
        score: Confidence in [0, 1], from all evidence and the confidence of its ends.
    """

    id: str
    type: str
    head: str
    tail: str
    title: str
    first_seen: str | None
    last_seen: str | None
    evidence: tuple[Evidence, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Appearance:
    """That an entity is named in a document (MENTIONED_IN).

    Attributes:
        entity: Entity id.
        doc_id: Document id.
        surfaces: The forms used there, sorted.
        count: How many times.
    """

    entity: str
    doc_id: str
    surfaces: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was found and not kept, so that nothing vanishes silently.

    Attributes:
        doc_id: The document, or the path of a file that could not be read.
        item: What it was.
        step: The step that dropped it.
        reason: Why.
    """

    doc_id: str
    item: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """The graph of one document, before entities are resolved across documents.

    Attributes:
        document: The cleaned document with date and locale.
        entities: In order of first mention.
        links: In order of evidence.
        counts: Entity id to the number of its mentions.
        dropped: What was found and not kept.
        notes: Reasons of decisions worth showing (how a deictic form was resolved).
        quotes: Entity id to a sentence that names it, kept when the text is dropped.
    """

    document: Document
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    counts: dict[str, int] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    quotes: dict[str, str] = field(default_factory=dict)
