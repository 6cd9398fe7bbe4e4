"""How the schema's types look: names, colours and shapes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import SchemaError
from kg.resources import schemas_dir


@dataclass(frozen=True, slots=True)
class Kind:
    """The look of an entity type: Chinese name, CSS colour, vis-network shape."""

    zh: str
    colour: str
    shape: str


@dataclass(frozen=True, slots=True)
class Types:
    """Looks of entity types, Chinese names of levels of regions and of relation types."""

    entities: dict[str, Kind]
    levels: dict[str, str]
    relations: dict[str, str]

    def entity(self, name: str) -> Kind:
        """The look of a type; a plain grey dot for one the schema does not know."""
        return self.entities.get(name, Kind(name, "#7F7F7F", "dot"))

    def relation(self, name: str) -> str:
        """The Chinese name of a relation type, or the type itself when the schema does not know it."""
        return self.relations.get(name, name)


def load_types() -> Types:
    """Reads the looks from schemas/."""
    entities = _read(schemas_dir() / "entities.yaml")
    relations = _read(schemas_dir() / "relations.yaml")
    return Types(
        {name: Kind(e["zh"], e["colour"], e["shape"]) for name, e in entities.items()},
        {key: level["zh"] for e in entities.values() for key, level in e.get("levels", {}).items()},
        {name: r["zh"] for name, r in relations.items()},
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise SchemaError(f"{path}:1: cannot be read: {error}") from None
