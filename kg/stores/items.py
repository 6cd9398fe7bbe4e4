"""Nodes and relationships as a store holds them, made from the graph one at a time when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

_Source = TypeVar("_Source")
Shape = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A node as a store holds it.

    Attributes:
        shape: Its labels, sorted.
        properties: None of them None.
    """

    shape: Shape
    properties: dict[str, Any]

    def row(self, key: str) -> dict[str, Any]:
        """What the statements that find it need."""
        return {"key": key, "properties": self.properties}

    def new_row(self) -> dict[str, Any]:
        """What the statement that makes it needs."""
        return self.properties


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship as a store holds it.

    Attributes:
        shape: Its type and the ids of its head and tail.
        properties: None of them None.
    """

    shape: Shape
    properties: dict[str, Any]

    def new_row(self) -> dict[str, Any]:
        """What the statement that makes it needs."""
        _, head, tail = self.shape
        return {"head": head, "tail": tail, "properties": self.properties}

    def row(self, key: str) -> dict[str, Any]:
        """What the statements that find it need."""
        type, head, tail = self.shape
        own = self.properties.get("id")
        return {
            "key": key,
            "type": type,
            "head": head,
            "tail": tail,
            "id": own,
            "properties": self.properties,
        }


Item = Node | Edge


class Items(Mapping[str, Item], Generic[_Source]):
    """All items of a kind by key; each is made anew when it is asked for, so that they are never all in memory.

    Args:
        sources: What they are made of.
        shape: Gives the shape.
        make: Gives the item.
    """

    def __init__(
        self,
        sources: Mapping[str, _Source],
        shape: Callable[[_Source], Shape],
        make: Callable[[_Source], Item],
    ) -> None:
        self._sources = sources
        self._shape = shape
        self._make = make

    def __getitem__(self, key: str) -> Item:
        return self._make(self._sources[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def shape(self, key: str) -> Shape:
        """The shape of an item, without making it."""
        return self._shape(self._sources[key])
