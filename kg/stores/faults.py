"""Where in a statement the fault is that a server complains of."""

from __future__ import annotations

import re

from kg.stores.guard import name_place

_PLACE = re.compile(
    r"\s*\(?\b(?:at )?line (\d+)(?:, column (\d+) \(offset: \d+\)\)|(?:, column |:)(\d+)(?: -)?)\s*"
)
_NAMED = re.compile(r"\b(?:Variable|Unknown (?:procedure/)?function):? ['`]?([\w.]+)")


def located(message: str, cypher: str = "") -> str:
    """The first line of a message, beginning with ``line 1, column 5:`` if the fault has a known place.

    Args:
        message: As the server gave it.
        cypher: The statement; in it a name is looked for of which a message says no place.
    """
    line = message.strip().splitlines()[0]
    found = _PLACE.search(line)
    if not found:
        named = _NAMED.search(line)
        where = name_place(cypher, named[1]) if named else None
        return f"{where}: {line}" if where else line
    # the embedded store counts columns from 0
    column = int(found[2]) if found[2] else int(found[3]) + 1
    rest = re.sub(r"^(Syntax error)\s*$|^Syntax error ", "", f"{line[: found.start()]} {line[found.end() :]}")
    return f"line {found[1]}, column {column}: {rest.strip()}"
