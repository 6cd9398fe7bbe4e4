"""YAML read node by node, so that every mistake is one error with file and line."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from kg.errors import SchemaError
from kg.lexicon import where

_STR = "tag:yaml.org,2002:str"


class Node:
    """A value of a YAML file that knows where it stands.

    Args:
        path: The file.
        raw: What yaml.compose gives.
        what: What it is, for messages (``relation "LEADS"``).
    """

    def __init__(self, path: Path, raw: yaml.Node, what: str) -> None:
        self.path = path
        self.raw = raw
        self.what = what

    @property
    def line(self) -> int:
        """Line in the file, from 1."""
        return int(self.raw.start_mark.line) + 1

    def error(self, message: str) -> SchemaError:
        """An error at this place."""
        return SchemaError(f"{where(self.path, self.line)}: {message}")

    def mapping(self) -> dict[str, Node]:
        """The values of a mapping by key, in order.

        Raises:
            SchemaError: When this is no mapping, or a key is no string or comes twice.
        """
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.error(f"{self.what} must be a mapping (key: value)")
        values: dict[str, Node] = {}
        for key, value in self.raw.value:
            at = Node(self.path, key, "key")
            if not isinstance(key, yaml.ScalarNode) or key.tag != _STR:
                raise at.error("a key must be plain text; put quotation marks around it")
            if key.value in values:
                raise at.error(f'key "{key.value}" comes twice; keep one')
            values[key.value] = Node(self.path, value, f'"{key.value}"')
        return values

    def fields(self, *, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """The values of a mapping that may only have these keys.

        Raises:
            SchemaError: At the unknown key, or at the mapping that lacks a key.
        """
        values = self.mapping()
        for key, _ in self.raw.value:
            if key.value not in required and key.value not in optional:
                hint = suggestion(key.value, [*required, *optional])
                raise Node(self.path, key, "key").error(f'unknown key "{key.value}"{hint}')
        for name in required:
            if name not in values:
                raise self.error(f'{self.what} lacks "{name}"')
        return values

    def items(self) -> list[Node]:
        """The items of a list."""
        if not isinstance(self.raw, yaml.SequenceNode):
            raise self.error(f"{self.what} must be a list")
        return [Node(self.path, item, f"an item of {self.what}") for item in self.raw.value]

    def items_or_one(self) -> list[Node]:
        """The items of a list; a value that is no list stands for a list of one."""
        return self.items() if isinstance(self.raw, yaml.SequenceNode) else [self]

    def text(self) -> str:
        """A string that is not empty."""
        if not isinstance(self.raw, yaml.ScalarNode) or self.raw.tag != _STR or not self.raw.value:
            raise self.error(f"{self.what} must be text{self._found()}")
        return str(self.raw.value)

    def flag(self) -> bool:
        """True or false."""
        value = self.plain()
        if not isinstance(value, bool):
            raise self.error(f"{self.what} must be true or false{self._found()}")
        return value

    def share(self) -> float:
        """A number from 0 to 1."""
        value = self.plain()
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.error(f"{self.what} must be a number from 0 to 1{self._found()}")
        return float(value)

    def one_of(self, legal: Collection[str]) -> str:
        """A string out of a few."""
        value = self.text()
        if value not in legal:
            raise self.error(f'{self.what} is "{value}"{suggestion(value, legal)}')
        return value

    def plain(self) -> Any:
        """The value as Python data."""
        constructor = yaml.constructor.SafeConstructor()
        try:
            return constructor.construct_object(self.raw, deep=True)
        except yaml.constructor.ConstructorError as error:
            raise self.error(f"{self.what} cannot be read: {error.problem}") from None

    def _found(self) -> str:
        return f', not "{self.raw.value}"' if isinstance(self.raw, yaml.ScalarNode) else ""


def read_yaml(path: Path) -> Node | None:
    """The top value of a YAML file, or None when it is empty.

    Raises:
        SchemaError: When the file is missing, not UTF-8 or not YAML.
    """
    try:
        raw = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(f"{where(path, 1)}: not a readable UTF-8 file: {error}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SchemaError(f"{where(path, line)}: not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise SchemaError(f"{where(path, 1)}: not valid YAML: {error}") from None
    return None if raw is None else Node(path, raw, "the file")


def suggestion(word: str, legal: Collection[str]) -> str:
    """``; did you mean "tail"?``, or the legal words where none is near."""
    near = get_close_matches(word, legal, n=1)
    return f'; did you mean "{near[0]}"?' if near else f"; legal: {', '.join(legal)}"
