"""Document graphs as they are compared: entities by type and name, relations by their ends."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError

Triple = tuple[str, str, str]
"""Head, type, tail."""

_IGNORED = re.compile(r"[\s\"'“”‘’「」『』《》〈〉·•・]+")
_EMPTY: Mapping[str, Any] = {"entities": [], "relations": []}
# Words that point at something instead of naming it: 我县, 全市, 该项目; a body without its division: 县委,
# 市经信局; a bare noun: 公司, 会上.
_POINTING = re.compile(
    r"(?:我|本|该|全|这|此|当地)\S{0,6}"
    r"|(?:中共)?(?:自治)?[省市县区州盟旗乡镇村](?:里|上|委|党委|政府|人民政府|人大|政协|两委|\S{1,12}[局委办厅院会室部队站中心])?"
    r"|公司|企业|集团|园区|开发区|经开区|高新区|项目|工程|会议|大会|全会|活动|仪式|会上|两地|双方"
)


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity of a gold graph or of a prediction.

    Attributes:
        id: In its document.
        type: Entity type.
        name: As written.
        keys: What its name and the accepted ones are compared by.
        deictic: Whether its text never names it but only points at it.
        score: The confidence of a prediction.
    """

    id: str
    type: str
    name: str
    keys: tuple[str, ...]
    deictic: bool
    score: float


@dataclass(frozen=True, slots=True)
class GoldGraph:
    """The entities by id, and the relations with their confidence."""

    entities: dict[str, GoldEntity]
    relations: dict[Triple, float]

    def above(self, least: float) -> GoldGraph:
        """Without what is less sure, and without relations that have such an end."""
        entities = {id: e for id, e in self.entities.items() if e.score >= least}
        relations = {
            (head, type_, tail): score
            for (head, type_, tail), score in self.relations.items()
            if score >= least and head in entities and tail in entities
        }
        return GoldGraph(entities, relations)


def read_folder(path: Path) -> Path:
    """The folder, which must be there.

    Raises:
        InputError: When it is not.
    """
    if not path.is_dir():
        raise InputError(f"{path}: no such folder")
    return path


def read_graph(path: Path) -> GoldGraph:
    """The document graph of a JSON file.

    Raises:
        InputError: When it does not hold one.
    """
    return _graph(_json(path), str(path))


def read_prediction(gold: Path, predicted: Path | Mapping[str, Mapping[str, Any]]) -> GoldGraph:
    """The prediction that belongs to a gold file, by its name; an empty graph when there is none.

    Raises:
        InputError: When it is no document graph.
    """
    if not isinstance(predicted, Path):
        return _graph(predicted.get(gold.stem, _EMPTY), f"prediction of {gold.stem}")
    path = predicted / gold.name
    return _graph(_json(path) if path.exists() else _EMPTY, str(path))


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not a readable document graph ({error})") from None


def _graph(data: Any, where: str) -> GoldGraph:
    entities: dict[str, GoldEntity] = {}
    relations: dict[Triple, float] = {}
    try:
        for item in data["entities"]:
            if item["id"] in entities:
                raise InputError(f"{where}: two entities have the id {item['id']}")
            entities[item["id"]] = _entity(item)
        for item in data["relations"]:
            triple = (item["head"], item["type"], item["tail"])
            relations[triple] = max(float(item.get("score", 1.0)), relations.get(triple, 0.0))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{where}: not a document graph ({type(error).__name__}: {error})") from None
    for head, type_, tail in relations:
        for end in (head, tail):
            if end not in entities:
                raise InputError(f"{where}: {head} {type_} {tail} names an unknown entity {end}")
    return GoldGraph(entities, relations)


def _entity(item: Mapping[str, Any]) -> GoldEntity:
    keys = tuple(dict.fromkeys(_key(name) for name in (item["name"], *(item.get("accept") or ()))))
    mentions = item.get("mentions") or ()
    return GoldEntity(
        id=item["id"],
        type=item["type"],
        name=item["name"],
        keys=keys,
        deictic=bool(mentions) and all(_POINTING.fullmatch(m) and _key(m) not in keys for m in mentions),
        score=float(item.get("score", 1.0)),
    )


def _key(name: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).lower()
