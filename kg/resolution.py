"""resolution.json: which forms each entity was joined of, on what grounds, and what was nearly joined."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.decisions import FormKey
from kg.errors import InputError

FILE = "resolution.json"
_FORMAT = {"format": "kg-resolution", "version": 1}


@dataclass(frozen=True, slots=True)
class FormRecord:
    """A name with its context, as documents have it.

    Attributes:
        kind: ``People`` for Official and Person, else the entity type.
        name: The name.
        context: Offices, place or year by which it is known.
        entity: Id of the entity it belongs to.
        count: How many documents have it.
        documents: Ids of the first of them.
        sentence: A sentence that names it, or "".
        sentence_of: Id of the document that has the sentence, or "".
        joined_to: Index of the form it was joined to, None for the first of an entity.
        score: The score of the join, None for the first and for a person's decision.
        reasons: Why it was joined.
    """

    kind: str
    name: str
    context: str
    entity: str
    count: int
    documents: tuple[str, ...]
    sentence: str = ""
    sentence_of: str = ""
    joined_to: int | None = None
    score: float | None = None
    reasons: tuple[str, ...] = ()

    @property
    def key(self) -> FormKey:
        """What decisions call it."""
        return (self.kind, self.name, self.context)


@dataclass(frozen=True, slots=True)
class NearRecord:
    """Two forms of different entities that are not far from being one.

    Attributes:
        left: Index of a form.
        right: Index of a form of another entity.
        score: Of the two entities together.
        reasons: What speaks for and against.
        asked: Whether a person should decide.
    """

    left: int
    right: int
    score: float
    reasons: tuple[str, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class ResolutionRecord:
    """All of it.

    Attributes:
        forms: Sorted by kind, name and context.
        near: The highest scores first.
        notes: Decisions that could not be applied, and the like.
    """

    forms: tuple[FormRecord, ...]
    near: tuple[NearRecord, ...]
    notes: tuple[str, ...] = ()

    def of_entity(self, entity: str) -> list[int]:
        """Indices of the forms of an entity."""
        return [i for i, form in enumerate(self.forms) if form.entity == entity]

    def index(self) -> Mapping[FormKey, int]:
        """Key to index."""
        return {form.key: i for i, form in enumerate(self.forms)}

    def save(self, path: Path) -> None:
        """Writes it as JSON, an item a line; equal records give equal bytes."""
        lists: dict[str, list[Any]] = {
            "forms": [_plain(form) for form in self.forms],
            "near": [_plain(near) for near in self.near],
            "notes": list(self.notes),
        }
        head = json.dumps(_FORMAT)[:-1]
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(head)
            for name, items in lists.items():
                lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
                file.write(f',\n"{name}": [\n{lines}\n]')
            file.write("}\n")

    @classmethod
    def load(cls, path: Path) -> ResolutionRecord:
        """Reads what `save` wrote.

        Raises:
            InputError: When the file is missing or something else.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if any(data.get(key) != value for key, value in _FORMAT.items()):
                raise InputError(f"{path}: not a resolution of this program's version; build the graph again")
            return cls(
                tuple(FormRecord(**_tuples(form)) for form in data["forms"]),
                tuple(NearRecord(**_tuples(near)) for near in data["near"]),
                tuple(data["notes"]),
            )
        except FileNotFoundError:
            raise InputError(
                f"{path}: missing; build the graph again with: kg build TEXTS -o {path.parent}"
            ) from None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise InputError(f"{path}: not readable: {error}") from None


def _plain(record: Any) -> dict[str, Any]:
    return {k: v for k, v in asdict(record).items() if v not in (None, "", ())}


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    defaults: dict[str, Any] = {"context": "", "documents": ()} if "entity" in data else {"reasons": ()}
    return defaults | {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
