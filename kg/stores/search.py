"""Searching names: the statements that find a piece of Chinese text in them, with and without the index."""

from __future__ import annotations

import re

from kg.errors import QueryError
from kg.stores.cypher import ENTITY, NAMES_INDEX

LIMIT = 20
COLUMNS = ["id", "labels", "name", "aliases", "place"]
# The index cuts Chinese text into pairs of characters, so only pieces of two and more common characters are
# sure to be found by it; single characters, Latin words cut anywhere and rare characters are looked for
# in every name.
_INDEXED = re.compile(r"[一-鿿]{2,}")
_BY_INDEX = (
    f"CALL db.index.fulltext.queryNodes('{NAMES_INDEX}', $phrase) YIELD node AS n WITH n WHERE {{found}} "
)
_BY_SCAN = f"MATCH (n:{ENTITY}) WHERE {{found}} "
# each name for itself, as ``names`` may hold the text across two of them
_FOUND = "any(name IN split(toLower(n.names), '\\n') WHERE name CONTAINS $text)"
_ANSWER = (
    "WITH n, CASE WHEN toLower(n.name) = $text THEN 0 "
    "WHEN any(alias IN n.aliases WHERE toLower(alias) = $text) THEN 1 "
    "WHEN toLower(n.name) STARTS WITH $text THEN 2 ELSE 3 END AS rank "
    "RETURN n.id AS id, [label IN labels(n) WHERE label <> 'Entity' | label] AS labels, n.name AS name, "
    "n.aliases AS aliases, coalesce(n.place, '') AS place "
    "ORDER BY rank, size(n.name), name, id"
)


def needle(text: str) -> str:
    """The text to look for, in lower case, its white space as in the index.

    Raises:
        QueryError: When nothing is left.
    """
    found = " ".join(text.lower().split())
    if not found:
        raise QueryError("nothing to search for: give a piece of a name, such as 松阳")
    return found


def is_indexed(text: str) -> bool:
    """Whether the index finds every name that holds this text."""
    return _INDEXED.fullmatch(text) is not None


def statement(*, index: bool) -> str:
    """Cypher with the parameters ``$text`` and, by the index, ``$phrase``: id, labels, name, aliases, place.

    The best come first: the very name, the very alias, names that begin so, then the shortest.
    """
    return (_BY_INDEX if index else _BY_SCAN).format(found=_FOUND) + _ANSWER


def parameters(text: str) -> dict[str, str]:
    """The values of both statements' parameters."""
    return {"text": text, "phrase": f'"{text}"'}
