"""What the name of a public body is made of: the division it belongs to, and which body of it it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.gazetteer import Gazetteer
from kg.ids import name_key
from kg.resources import in_schemas
from kg.strict_yaml import Node, read_yaml

_NO_CODES: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """That bodies became another one.

    Attributes:
        before: What they were called; one was renamed, several were merged.
        after: What came of them.
        on: Since when, as ``2019-01``.
    """

    before: tuple[str, ...]
    after: str
    on: str


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name, taken apart.

    Attributes:
        codes: The division it begins with; several where divisions share a name, none where it names none.
        kind: Which body of a division, in its full form (经济和信息化局).
        bare: Without the division, as written.
    """

    codes: tuple[str, ...]
    kind: str
    bare: str


class BodyNames:
    """Takes names of bodies apart and knows how they changed.

    Args:
        gazetteer: For the divisions they begin with.
        schemas: Folder with bodies.yaml; the program's where it has none.

    Raises:
        SchemaError: With file and line, when the file does not hold.
    """

    def __init__(self, gazetteer: Gazetteer, schemas: Path) -> None:
        self._gazetteer = gazetteer
        top = read_yaml(in_schemas(schemas, "bodies.yaml"))
        fields = top.fields(required=("short", "changes")) if top else {}
        shorts = fields["short"].mapping() if top else {}
        self._full = {short: node.text() for short, node in shorts.items()}
        self.changes = tuple(_change(node) for node in fields["changes"].items()) if top else ()
        self._renamed = {c.before[0]: c for c in self.changes if len(c.before) == 1}
        self.read = lru_cache(maxsize=1 << 18)(self._read)

    def renaming(self, one: str, other: str) -> Change | None:
        """The renaming, over several steps the last of them, that leads from one kind of body to another."""
        return self.leads(one, other) or self.leads(other, one)

    def leads(self, start: str, goal: str) -> Change | None:
        """The last renaming on the way from one name to a later one."""
        step = self._renamed.get(start)
        for _ in self._renamed:
            if step is None or step.after == goal:
                return step
            step = self._renamed.get(step.after)
        return None

    def last_name(self, kind: str) -> str:
        """What a kind of body is called after all renamings."""
        for _ in self._renamed:
            if kind not in self._renamed:
                break
            kind = self._renamed[kind].after
        return kind

    def merger(self, kind: str) -> tuple[Change, ...]:
        """The mergers that a kind of body may have ended in."""
        return tuple(c for c in self.changes if len(c.before) > 1 and kind in c.before)

    def _read(self, name: str) -> BodyName:
        """The parts of a name."""
        bare = name.removeprefix("中共").removeprefix("中国共产党")
        end, codes = 0, _NO_CODES
        for first, last, word, found in self._gazetteer.iter_matches(bare):
            if first != end or last == len(bare) or self._gazetteer.ambiguous(word):
                break
            inner = tuple(c for c in found if any(c.startswith(p) for p in codes)) if codes else found
            if not inner:
                break
            end, codes = last, inner
        rest = bare[end:]
        key = name_key(rest) or rest
        return BodyName(codes, self._full.get(rest) or self._full.get(key, key), rest)


def _change(node: Node) -> Change:
    fields = node.fields(required=("from", "to", "since"))
    before = tuple(item.text() for item in fields["from"].items())
    if not before:
        raise fields["from"].error('"from" must name at least one body')
    return Change(before, fields["to"].text(), fields["since"].text())
