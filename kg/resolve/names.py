"""The canonical name of an entity and its other names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.place_names import middle_name, short_name
from kg.types import Entity
from kg.wording import Wording

_SEATS = frozenset("委长政人纪监领")
_TELLING = 5
_OWN_NAMES = frozenset({"Official", "Person", "Company"})


def canonical_name(entities: Iterable[Entity]) -> str:
    """The longest of the names, then the most frequent, then the first by code points."""
    names = Counter(e.name for e in entities)
    return min(names, key=lambda name: (-len(name), -names[name], name))


class Names:
    """Knows which names of an entity are told; holds the wording.

    Args:
        words: Entries of wording/aliases.yaml.
    """

    def __init__(self, words: Wording) -> None:
        self._pointing = words["pointing"]

    def aliases(self, type: str, name: str, entities: Iterable[Entity]) -> tuple[str, ...]:
        """Other names, sorted: full and short forms, but none that only points (我县, 该公司, 宣传部).

        Args:
            type: The entity type.
            name: The canonical name.
            entities: The entity as each document names it.
        """
        if type == "Region":
            middle = middle_name(name)
            return tuple(sorted({short_name(name), *([middle] if middle else [])} - {name}))
        forms = {form for e in entities for form in (e.name, *e.aliases, *e.mentions)} - {name}
        return tuple(sorted(form for form in forms if self._names(type, name, form)))

    def _names(self, type: str, name: str, form: str) -> bool:
        """Whether a form still names the thing when it stands in another text."""
        if len(form) < 2 or self._pointing.match(form):
            return False
        return type in _OWN_NAMES or len(form) >= _TELLING or form[:2] == name[:2]


def office(title: str, body: Entity) -> str:
    """An office without the name of its own region: 松阳县委书记 and 中共松阳县委书记 are 县委书记.

    Args:
        title: As written.
        body: What it is held in.
    """
    bare = title.removeprefix("中共")
    stem = short_name(body.name) if body.type == "Region" else ""
    full = body.name.removeprefix(stem)
    for kind in (full, full[-1:]) if stem else ():
        if kind and bare.startswith(stem + kind):
            own = bare.removeprefix(stem + kind)
            # 松阳县副县长 and 松阳县县长 lose their 松阳县, 松阳县委书记 keeps its 县.
            return kind[-1] + own if own[:1] in _SEATS else own or title
    return bare


def office_key(title: str, body: Entity) -> str:
    """Equal for the ways to write one office in one body: 丽水市经信局局长, 市经信局局长, 局长.

    Args:
        title: As `office` gives it.
        body: What it is held in.
    """
    for start in range(len(body.name) - 1):
        if title.startswith(body.name[start:]) and len(title) > len(body.name) - start:
            return title.removeprefix(body.name[start:])
    # 镇党委书记 is 党委书记 of a town.
    return title[1:] if title[1:3] == "党委" and body.name.endswith(title[0]) else title
