"""What may be in the graph: schemas/ read strictly, with file and line for every mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import SchemaError
from kg.lexicon import load_lexicon, where
from kg.patterns import Example, Pattern, compile_template, mention_signs, read_example, slot_types
from kg.resources import schemas_dir
from kg.screen import Screen
from kg.strict_yaml import Node, read_yaml, suggestion

__all__ = ["EntityType", "Level", "RelationType", "Schema", "load_lexicon", "load_schema"]

MODALITIES = ("fact", "planned", "negated", "former")
SHAPES = ("dot", "ring", "square", "triangle", "triangleDown", "diamond", "star", "hexagon")
# Names stand in Cypher statements, so nothing but these letters may be in them.
_LABEL = re.compile(r"[A-Z][A-Za-z]*")
_RELATION = re.compile(r"[A-Z]+(_[A-Z]+)*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an entity type: its Cypher label and Chinese name."""

    label: str
    zh: str


@dataclass(frozen=True, slots=True)
class EntityType:
    """A kind of thing in the graph.

    Attributes:
        name: Also its Cypher label.
        zh: Chinese name.
        description: One sentence.
        colour: ``#RRGGBB``, for the viewer.
        shape: A shape of the viewer.
        levels: Level name to level; empty for all but regions.
    """

    name: str
    zh: str
    description: str
    colour: str
    shape: str
    levels: dict[str, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of edge.

    Attributes:
        name: Also its Cypher type.
        zh: Chinese name.
        description: One sentence.
        head: Entity types that may stand at its head.
        tail: Entity types that may stand at its tail.
        titled: Whether it keeps the office.
        symmetric: Whether it holds in either direction.
        same_type: Whether both ends must be of one type.
    """

    name: str
    zh: str
    description: str
    head: frozenset[str]
    tail: frozenset[str]
    titled: bool = False
    symmetric: bool = False
    same_type: bool = False

    def allows(self, head: str, tail: str) -> bool:
        """Whether entities of these types may be its ends."""
        return head in self.head and tail in self.tail and (head == tail or not self.same_type)


@dataclass(frozen=True)
class Schema:
    """Everything in schemas/ but the lexicons.

    Attributes:
        entities: Entity types by name, in the order of the file.
        relations: Relation types by name, in the order of the file.
        patterns: By file name, then in the order of the file.
        terms: Patterns for spaCy's SpanRuler (``label``, ``pattern``, ``id``).
        folder: Where it was read; the lexicons lie below.
    """

    entities: dict[str, EntityType]
    relations: dict[str, RelationType]
    patterns: tuple[Pattern, ...]
    terms: tuple[dict[str, Any], ...]
    folder: Path
    _among: dict[tuple[frozenset[str], tuple[str, ...]], tuple[Pattern, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def types(self) -> tuple[str, ...]:
        """Names of the entity types, sorted: the alphabet of the patterns."""
        return tuple(sorted(self.entities))

    @cached_property
    def screen(self) -> Screen:
        """Tells by its words which patterns a sentence can hold."""
        return Screen({p.id: p.regex for p in self.patterns}, ignoring=mention_signs(self.types))

    def patterns_among(self, types: frozenset[str], ids: tuple[str, ...]) -> tuple[Pattern, ...]:
        """Those of some patterns whose ends entities of these types can be, in their order."""
        if (types, ids) not in self._among:
            self._among[types, ids] = tuple(
                p
                for p in self.patterns
                if p.id in ids and not (types.isdisjoint(p.heads) or types.isdisjoint(p.tails))
            )
        return self._among[types, ids]


def load_schema(folder: Path | None = None) -> Schema:
    """Reads entities.yaml, relations.yaml and patterns/*.yaml.

    Args:
        folder: By default the one that comes with the program.

    Raises:
        SchemaError: At the first mistake, with file and line.
    """
    folder = folder or schemas_dir()
    entities = {name: _entity(name, node) for name, node in _named(folder / "entities.yaml", _LABEL)}
    relations = {
        name: _relation(name, node, entities) for name, node in _named(folder / "relations.yaml", _RELATION)
    }
    patterns: dict[str, Pattern] = {}
    terms: list[dict[str, Any]] = []
    for path in sorted((folder / "patterns").glob("*.yaml")):
        top = read_yaml(path)
        for node in top.items() if top else ():
            if path.name == "terms.yaml":
                terms.append(_term(node))
                continue
            pattern = _pattern(node, relations, tuple(sorted(entities)))
            if pattern.id in patterns:
                raise node.error(f'pattern "{pattern.id}" is already at {patterns[pattern.id].where}')
            patterns[pattern.id] = pattern
    return Schema(entities, relations, tuple(patterns.values()), tuple(terms), folder)


def _named(path: Path, form: re.Pattern[str]) -> list[tuple[str, Node]]:
    top = read_yaml(path)
    if top is None:
        raise SchemaError(f"{where(path, 1)}: the file is empty")
    nodes = top.mapping()
    for name, node in nodes.items():
        if not form.fullmatch(name):
            raise node.error(f'"{name}" cannot be a name here; it must match {form.pattern}')
    return list(nodes.items())


def _entity(name: str, node: Node) -> EntityType:
    values = node.fields(required=("zh", "description", "colour", "shape"), optional=("levels",))
    if not _COLOUR.fullmatch(values["colour"].text()):
        raise values["colour"].error(f'"colour" must be like "#0072B2", not "{values["colour"].text()}"')
    levels: dict[str, Level] = {}
    for level, item in values["levels"].mapping().items() if "levels" in values else ():
        parts = item.fields(required=("label", "zh"))
        label = parts["label"].text()
        if not _LABEL.fullmatch(label):
            raise parts["label"].error(f'"{label}" cannot be a label; it must match {_LABEL.pattern}')
        levels[level] = Level(label, parts["zh"].text())
    return EntityType(
        name=name,
        zh=values["zh"].text(),
        description=values["description"].text(),
        colour=values["colour"].text(),
        shape=values["shape"].one_of(SHAPES),
        levels=levels,
    )


def _relation(name: str, node: Node, entities: dict[str, EntityType]) -> RelationType:
    values = node.fields(
        required=("zh", "description", "head", "tail"), optional=("titled", "symmetric", "same_type")
    )
    flags = {key: values[key].flag() for key in ("titled", "symmetric", "same_type") if key in values}
    return RelationType(
        name=name,
        zh=values["zh"].text(),
        description=values["description"].text(),
        head=_ends(values["head"], entities),
        tail=_ends(values["tail"], entities),
        **flags,
    )


def _ends(node: Node, entities: dict[str, EntityType]) -> frozenset[str]:
    names: set[str] = set()
    for item in node.items():
        name = item.text()
        if name not in entities:
            raise item.error(f'{node.what} names an unknown entity type "{name}"{suggestion(name, entities)}')
        if name in names:
            raise item.error(f'{node.what} names "{name}" twice')
        names.add(name)
    if not names:
        raise node.error(f"{node.what} must name at least one entity type")
    return frozenset(names)


def _pattern(node: Node, relations: dict[str, RelationType], types: tuple[str, ...]) -> Pattern:
    values = node.fields(
        required=("id", "relation", "pattern", "examples"), optional=("modality", "score", "counter")
    )
    names = [_relation_named(item, relations) for item in values["relation"].items_or_one()]
    template = values["pattern"].text()
    try:
        regex = compile_template(template, types)
    except ValueError as error:
        raise values["pattern"].error(f"{error}: {template}") from None
    for name in names:
        for role, legal in (("head", relations[name].head), ("tail", relations[name].tail)):
            wrong = sorted(slot_types(template, types, role) - legal)
            if wrong:
                raise values["pattern"].error(
                    f"{name} cannot have {', '.join(wrong)} as {role}; legal: {', '.join(sorted(legal))}"
                )
    examples, counter = (
        tuple(_example(item, types) for item in values[key].items()) if key in values else ()
        for key in ("examples", "counter")
    )
    if not examples:
        raise values["examples"].error('"examples" must hold at least one sentence')
    return Pattern(
        id=values["id"].text(),
        relations=tuple(names),
        template=template,
        regex=regex,
        types=types,
        heads=slot_types(template, types, "head"),
        tails=slot_types(template, types, "tail"),
        modality=values["modality"].one_of(MODALITIES) if "modality" in values else "fact",
        score=values["score"].share() if "score" in values else 0.9,
        examples=examples,
        counter=counter,
        where=where(node.path, node.line),
    )


def _relation_named(node: Node, relations: dict[str, RelationType]) -> str:
    name = node.text()
    if name not in relations:
        raise node.error(f'unknown relation type "{name}"{suggestion(name, relations)}')
    return name


def _example(node: Node, types: tuple[str, ...]) -> Example:
    try:
        return read_example(node.text(), where(node.path, node.line), types)
    except ValueError as error:
        raise node.error(str(error)) from None


def _term(node: Node) -> dict[str, Any]:
    values = node.fields(required=("label", "pattern"), optional=("id",))
    term: dict[str, Any] = {"label": values["label"].text()}
    pattern = values["pattern"].plain()
    words = isinstance(pattern, list) and pattern and all(isinstance(token, dict) for token in pattern)
    if not words and not (isinstance(pattern, str) and pattern):
        raise values["pattern"].error('"pattern" must be text or a list of token descriptions')
    term["pattern"] = pattern
    if "id" in values:
        term["id"] = values["id"].text()
    return term
