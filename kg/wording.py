"""Wording: the turns of phrase that a reading step looks for, in schemas/wording/*.yaml.

An entry is a list of alternatives, tried in their order, or one alternative. Each is a regular expression, mostly
a plain word; ``{name}`` stands for another entry of the file that comes before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from kg.errors import SchemaError
from kg.lexicon import alternation, where
from kg.resources import in_schemas, schemas_dir
from kg.screen import led
from kg.strict_yaml import Node, read_yaml, suggestion

_PLAIN = re.compile(r"\w+")
_REFERENCE = re.compile(r"\{([a-z][a-z ]*)\}")


class Wording(dict[str, re.Pattern[str]]):
    """The entries of one file, compiled; asking for one that the file lacks raises SchemaError.

    Args:
        path: The file, for messages.
        alternatives: Name of each entry to its alternatives, references filled in.
        patterns: Name to the compiled entry.
    """

    def __init__(
        self, path: Path, alternatives: dict[str, tuple[str, ...]], patterns: dict[str, re.Pattern[str]]
    ) -> None:
        super().__init__(patterns)
        self._path = path
        self._alternatives = alternatives
        listing: defaultdict[str, set[str]] = defaultdict(set)
        for name, words in alternatives.items():
            for word in words:
                listing[word].add(name)
        self._listing = {word: frozenset(names) for word, names in listing.items()}

    def __missing__(self, name: str) -> re.Pattern[str]:
        raise self._lacks(name)

    def words(self, name: str) -> tuple[str, ...]:
        """The alternatives of an entry that is a list of plain words.

        Raises:
            SchemaError: When the file has no such entry.
        """
        try:
            return self._alternatives[name]
        except KeyError:
            raise self._lacks(name) from None

    def listing(self, word: str) -> frozenset[str]:
        """The names of the entries that list a word."""
        return self._listing.get(word, frozenset())

    def _lacks(self, name: str) -> SchemaError:
        return SchemaError(f'{where(self._path, 1)}: lacks "{name}"')


def load_wording(schemas: Path, name: str) -> Wording:
    """Reads wording/NAME.yaml of a schema folder, the program's own where that folder has none.

    Raises:
        SchemaError: When the file cannot be read, an entry is no regular expression, or one that the
            program's own file has is missing; with file and line.
    """
    path = in_schemas(schemas, f"wording/{name}.yaml")
    words = _read(path)
    own = schemas_dir() / "wording" / path.name
    if path != own and own.is_file():
        for entry in _read(own):
            words[entry]  # raises when it is missing
    return words


def _read(path: Path) -> Wording:
    top = read_yaml(path)
    alternatives: dict[str, tuple[str, ...]] = {}
    sources: dict[str, str] = {}
    patterns: dict[str, re.Pattern[str]] = {}
    for key, node in (top.mapping() if top else {}).items():
        alternatives[key] = tuple(_filled(item, sources) for item in node.items_or_one())
        sources[key] = _joined(alternatives[key])
        patterns[key] = _compiled(node, sources[key])
    return Wording(path, alternatives, patterns)


def _filled(node: Node, before: Mapping[str, str]) -> str:
    """An alternative with the entries that it refers to in their places."""

    def entry(reference: re.Match[str]) -> str:
        name = reference.group(1)
        if name not in before:
            raise node.error(f'no entry "{name}" before this one{suggestion(name, before)}')
        return f"(?:{before[name]})"

    alternative = _REFERENCE.sub(entry, node.text())
    if not _PLAIN.fullmatch(alternative):
        _compiled(node, alternative)  # so that a mistake is told with its line
    return alternative


def _joined(alternatives: Sequence[str]) -> str:
    """All alternatives in one; those that are plain words side by side are put together."""
    runs = groupby(alternatives, key=lambda alternative: _PLAIN.fullmatch(alternative) is not None)
    return "|".join(alternation(run) if plain else "|".join(run) for plain, run in runs)


def _compiled(node: Node, pattern: str) -> re.Pattern[str]:
    try:
        return led(pattern)
    except re.error as error:
        raise node.error(f"not a regular expression: {error}") from None
