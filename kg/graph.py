"""The knowledge graph in memory: a networkx MultiDiGraph with documents beside it, and its JSON form."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import InputError
from kg.types import Appearance, Document, Entity, Evidence, Relation

FORMAT = "kg-graph"
VERSION = 1


class KnowledgeGraph:
    """Documents, entities and relations; the entities and relations as a networkx MultiDiGraph.

    Attributes:
        nx: Nodes are entity ids with attribute ``entity`` (an Entity); edges have the relation id as
            key and attribute ``relation`` (a Relation).
        documents: Document id to Document, without its text.
        appearances: Which entity is named in which document.
    """

    def __init__(
        self,
        *,
        documents: Iterable[Document] = (),
        entities: Iterable[Entity] = (),
        relations: Iterable[Relation] = (),
        appearances: Iterable[Appearance] = (),
    ) -> None:
        self.nx: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.documents = {
            d.id: replace(d, text="", original="", offsets=()) for d in sorted(documents, key=lambda d: d.id)
        }
        for entity in sorted(entities, key=lambda e: e.id):
            self.nx.add_node(entity.id, entity=entity)
        for relation in sorted(relations, key=lambda r: r.id):
            for end in (relation.head, relation.tail):
                if end not in self.nx:
                    raise InputError(f"relation {relation.id} names an unknown entity {end}")
            self.nx.add_edge(relation.head, relation.tail, key=relation.id, relation=relation)
        self.appearances = tuple(sorted(appearances, key=lambda a: (a.entity, a.doc_id)))

    @property
    def entities(self) -> Iterator[Entity]:
        """All entities, by id."""
        return (data["entity"] for _, data in self.nx.nodes(data=True))

    @property
    def relations(self) -> list[Relation]:
        """All relations, by id."""
        return sorted((data["relation"] for *_, data in self.nx.edges(data=True)), key=lambda r: r.id)

    def entity(self, entity_id: str) -> Entity:
        """The entity of this id.

        Raises:
            KeyError: When there is none.
        """
        found: Entity = self.nx.nodes[entity_id]["entity"]
        return found

    def find(self, name: str, *, type: str | None = None) -> list[Entity]:
        """Entities with this name or alias, optionally of one type, by id."""
        return [
            e
            for e in self.entities
            if (name == e.name or name in e.aliases) and (type is None or e.type == type)
        ]

    def counts(self) -> dict[str, dict[str, int]]:
        """Numbers of documents, of entities by type and of relations by type."""
        return {
            "documents": {"Document": len(self.documents)},
            "entities": dict(sorted(Counter(e.type for e in self.entities).items())),
            "relations": dict(sorted(Counter(r.type for r in self.relations).items())),
        }

    def to_dict(self) -> dict[str, Any]:
        """Plain data, sorted by id: equal graphs give equal data."""
        document_keys = ("id", "title", "source", "date", "locale")
        return {
            "format": FORMAT,
            "version": VERSION,
            "documents": [{k: getattr(d, k) for k in document_keys} for d in self.documents.values()],
            "entities": [_plain(e) for e in self.entities],
            "relations": [_plain(r) for r in self.relations],
            "appearances": [_plain(a) for a in self.appearances],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> KnowledgeGraph:
        """The inverse of `to_dict`.

        Raises:
            InputError: When the data is not a graph of a version this program reads.
        """
        if data.get("format") != FORMAT or data.get("version") != VERSION:
            raise InputError(f'not a graph: expected "format": "{FORMAT}", "version": {VERSION}')
        return cls(
            documents=(Document(text="", **d) for d in data["documents"]),
            entities=(Entity(**_tuples(e)) for e in data["entities"]),
            relations=(
                Relation(**{**r, "evidence": tuple(Evidence(**v) for v in r["evidence"])})
                for r in data["relations"]
            ),
            appearances=(Appearance(**_tuples(a)) for a in data["appearances"]),
        )

    def save(self, path: Path) -> None:
        """Writes the graph as UTF-8 JSON; the same graph always gives the same bytes."""
        path.write_text(json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> KnowledgeGraph:
        """Reads what `save` wrote.

        Raises:
            InputError: When the file is missing or is not a graph.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise InputError(
                f"{path}: no graph here; build one with: kg build TEXTS -o {path.parent}"
            ) from None
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: not a readable graph: {error}") from None
        return cls.from_dict(data)


def _plain(value: Any) -> dict[str, Any]:
    data = {k: v for k, v in asdict(value).items() if v not in (None, ())}
    if isinstance(value, Relation):
        data |= {"first_seen": value.first_seen, "last_seen": value.last_seen}
    elif isinstance(value, Entity) and value.properties:
        data["properties"] = dict(value.properties)
    return data


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    if "properties" in plain:
        plain["properties"] = tuple(sorted(plain["properties"].items()))
    return plain
