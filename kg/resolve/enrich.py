"""Columns of a user's table joined to entities by name and place, compared like names of documents."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.encoding import decode
from kg.errors import InputError
from kg.gazetteer import Gazetteer
from kg.graph import KnowledgeGraph
from kg.ids import name_key
from kg.resolve.forms import Form
from kg.resolve.parts import Parts
from kg.resources import schemas_dir
from kg.types import Document, DocumentGraph, Entity, Evidence, Link

TABLES = "tables"
"""Folder in a build's folder with the tables that every build joins again."""

_NAME = ("name", "名称", "企业名称", "单位名称")
_PLACE = ("place", "地区", "所在地", "county")
_TYPE = ("type", "类型")
_OWN = frozenset(
    ["id", "name", "names", "aliases", "level", "code", "place", "mentions", "type", "score", "labels"]
)
_TAKEN = _OWN | {"properties", "formerly", "renamed_on", "merged_into", "merged_on"}
_PEOPLE = ("Official", "Person")
_TYPES = ("Company", "Organization", "Park", "Project", "Event", *_PEOPLE)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table.

    Attributes:
        line: Its number in the file.
        name: Whom or what it is about.
        place: A division's name or code, or "".
        type: An entity type, or "" when any may fit.
        values: Column to value, without empty ones.
    """

    line: int
    name: str
    place: str
    type: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of a table.

    Attributes:
        values: Entity id to its new properties.
        left: Lines that fit no entity, or several, or contradict each other, in words.
    """

    values: Mapping[str, Mapping[str, str]]
    left: tuple[str, ...]


def read_table(path: Path) -> tuple[Row, ...]:
    """The rows of a CSV file with a header; a column must be ``name``, others may be ``place`` and ``type``.

    Raises:
        InputError: With file and line, when it is no such table.
    """
    try:
        text = decode(path.read_bytes(), name=str(path))
    except OSError as error:
        raise InputError(f"{path}: not readable ({error.strerror})") from None
    delimiter = max(",\t;", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = [cell.strip() for cell in next(reader, [])]
    name, place, type = (next((c for c in names if c in header), "") for names in (_NAME, _PLACE, _TYPE))
    if not name:
        raise InputError(f"{path}:1: no column {' or '.join(_NAME)}; found: {', '.join(header) or 'nothing'}")
    columns = [c for c in header if c not in (name, place, type)]
    for column in columns:
        if column in _TAKEN or not column.isidentifier() or header.count(column) > 1:
            raise InputError(
                f'{path}:1: column "{column}" cannot be a property: use letters, digits and _, each name once, '
                f"and none of {', '.join(sorted(_TAKEN))}"
            )
    rows = []
    for cells in reader:
        if len(cells) != len(header):
            raise InputError(
                f"{path}:{reader.line_num}: {len(cells)} fields where the header has {len(header)}"
            )
        fields = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
        kind = fields.get(type, "")
        if kind and kind not in _TYPES:
            raise InputError(f'{path}:{reader.line_num}: type "{kind}"; legal: {", ".join(_TYPES)}')
        if fields[name]:
            values = {c: fields[c] for c in columns if fields[c]}
            rows.append(Row(reader.line_num, fields[name], fields.get(place, ""), kind, values))
    return tuple(rows)


def join(graph: KnowledgeGraph, rows: Sequence[Row], *, schemas: Path | None = None) -> Joined:
    """Finds the entity of each row; none is guessed.

    A row is compared with entities as names of two documents are. It is joined where it scores enough for one
    entity and clearly less for all others.
    """
    parts = Parts.load(schemas or schemas_dir(), Gazetteer.load(schemas=schemas or schemas_dir()))
    by_kind: dict[str, list[tuple[Form, str | Row]]] = defaultdict(list)
    located: dict[str, list[Entity]] = defaultdict(list)
    for relation in graph.relations:
        tail = graph.entity(relation.tail)
        if relation.type in ("LOCATED_IN", "LEADS", "SERVES_IN") and tail.type == "Region":
            located[relation.head].append(tail)
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for seen in graph.appearances:
        homes[seen.entity][graph.documents[seen.doc_id].locale or ""] += 1
    kinds = {row.type for row in rows}
    wanted = _TYPES if "" in kinds else (*kinds, *(_PEOPLE if kinds & set(_PEOPLE) else ()))
    for entity in graph.entities:
        if entity.type in wanted:
            form = parts.reader.forms(_as_document(entity, located[entity.id], _most(homes[entity.id])))[0]
            by_kind[form.kind].append((form, entity.id))
    for row in rows:
        for type in (row.type,) if row.type else _TYPES[:-1]:
            place = _place(row.place, parts.gazetteer)
            named = Entity("row", type, row.name, mentions=(row.name,))
            form = parts.reader.forms(_as_document(named, [place] if place else []))[0]
            by_kind[form.kind].append((form, row))
    fits: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    for kind, members in by_kind.items():
        members.sort(key=lambda member: (member[0].key, str(member[1])))
        table, forms = parts.tables[kind], [form for form, _ in members]
        for left, right in parts.blocks.pairs(kind, forms):
            sides = (members[left][1], members[right][1])
            of_rows = [side for side in sides if isinstance(side, Row)]
            of_graph = [side for side in sides if isinstance(side, str)]
            if not (of_rows and of_graph):
                continue
            score = table.sum(parts.compare.features(kind, forms[left].known, forms[right].known))
            if score >= table.doubtful:
                fits[of_rows[0].line].append((score - table.same, table.margin, of_graph[0]))
    fits |= _by_name_alone(graph, rows)
    return _joined(graph, rows, fits)


def _by_name_alone(graph: KnowledgeGraph, rows: Iterable[Row]) -> dict[int, list[tuple[float, float, str]]]:
    """For rows without a place: all entities that bear the name, none more likely than the others."""
    bearers: dict[str, list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        for key in {name_key(name) for name in (entity.name, *entity.aliases)}:
            bearers[key].append(entity)
    found: dict[int, list[tuple[float, float, str]]] = {}
    for row in rows:
        kinds = _PEOPLE if row.type in _PEOPLE else (row.type,) if row.type else _TYPES
        fitting = [e.id for e in bearers.get(name_key(row.name), ()) if e.type in kinds]
        if fitting and not row.place:
            found[row.line] = [(0.0, 1.0, id) for id in fitting]
    return found


def _joined(
    graph: KnowledgeGraph, rows: Iterable[Row], fits: Mapping[int, list[tuple[float, float, str]]]
) -> Joined:
    values: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    left: list[str] = []
    for row in rows:
        best = sorted(fits.get(row.line, ()), key=lambda fit: (-fit[0], fit[2]))
        what = f"line {row.line}, {row.name}{f' ({row.place})' if row.place else ''}"
        if not best:
            left.append(f"{what}: no entity of this name")
        elif (best[0][0] < 0 and not _only_one(graph, row, best)) or (
            len(best) > 1 and best[0][0] - best[1][0] < best[0][1]
        ):
            shown = ", ".join(f"{graph.entity(id).name} {id}" for *_, id in best[:4])
            left.append(f"{what}: not sure which; near: {shown}")
        else:
            id = best[0][2]
            known = values.get(id, {})
            contrary = sorted(c for c in row.values if known.get(c, row.values[c]) != row.values[c])
            if contrary:
                left.append(f"{what}: says otherwise than line {lines[id]} in {', '.join(contrary)}")
                values[id] = {c: v for c, v in known.items() if c not in contrary}
            else:
                values[id] = {**known, **row.values}
                lines.setdefault(id, row.line)
    return Joined(values, tuple(left))


def _only_one(graph: KnowledgeGraph, row: Row, fits: Sequence[tuple[float, float, str]]) -> bool:
    """Whether a row has the very name of the only entity that is near."""
    return len(fits) == 1 and name_key(graph.entity(fits[0][2]).name) == name_key(row.name)


def enriched(graph: KnowledgeGraph, values: Mapping[str, Mapping[str, str]]) -> KnowledgeGraph:
    """The graph with further properties of its entities."""
    entities = (
        replace(e, properties=tuple(sorted({**dict(e.properties), **values.get(e.id, {})}.items())))
        for e in graph.entities
    )
    return KnowledgeGraph(
        documents=graph.documents.values(),
        entities=entities,
        relations=graph.relations,
        appearances=graph.appearances,
    )


def without_columns(graph: KnowledgeGraph, columns: Iterable[str]) -> KnowledgeGraph:
    """The graph without some properties."""
    gone = set(columns)
    entities = (
        replace(e, properties=tuple((k, v) for k, v in e.properties if k not in gone)) for e in graph.entities
    )
    return KnowledgeGraph(
        documents=graph.documents.values(),
        entities=entities,
        relations=graph.relations,
        appearances=graph.appearances,
    )


def with_kept_tables(
    graph: KnowledgeGraph, out: Path, *, schemas: Path | None = None
) -> tuple[KnowledgeGraph, tuple[str, ...]]:
    """The graph with the columns of all tables kept in a build's folder, and what could not be joined.

    Raises:
        InputError: When a table does not hold.
    """
    told: list[str] = []
    for path in sorted((out / TABLES).glob("*.csv")):
        joined = join(graph, read_table(path), schemas=schemas)
        graph = enriched(graph, joined.values)
        told += (f"{TABLES}/{path.name}: {left}" for left in joined.left)
    return graph, tuple(told)


def _most(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _as_document(entity: Entity, places: Sequence[Entity], home: str = "") -> DocumentGraph:
    """What is known of an entity as if a document said so."""
    # of nested places the nearest counts: a town, then its county
    nearest = sorted({p.id: p for p in places}.values(), key=lambda p: (-len(p.code or ""), p.id))
    people = entity.type in _PEOPLE
    links = [
        Link("SERVES_IN" if people else "LOCATED_IN", entity.id, place.id, Evidence("", 0, 0, "", "table"))
        for place in (nearest if people else nearest[:1])
    ]
    locale = home or (nearest[0].name if nearest else None)
    return DocumentGraph(Document("", "", locale=locale), (entity, *nearest), tuple(links))


def _place(name: str, gazetteer: Gazetteer) -> Entity | None:
    """The division that a cell names, by name or code; None when it names none, or one of several."""
    if name in gazetteer.by_code:
        found = [gazetteer.by_code[name]]
    else:
        found = [d for d in gazetteer.named(name) if d.code in gazetteer.by_code]
    if len(found) != 1:
        return None
    return Entity(
        f"region-{found[0].code}", "Region", found[0].name, level=found[0].level, code=found[0].code
    )
