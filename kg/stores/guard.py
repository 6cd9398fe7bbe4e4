"""Keeps read-only queries read-only: refuses every Cypher keyword that writes, administers or reads files.

Servers cannot be relied on for this: the embedded store carries out writes in read transactions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import QueryError


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WRITING = _words(
    "CREATE MERGE SET DELETE DETACH NODETACH REMOVE DROP FOREACH INSERT ALTER GRANT DENY REVOKE RENAME "
    "TERMINATE DEALLOCATE DRYRUN TRUNCATE"
)
_OPENING = _words(
    "MATCH OPTIONAL UNWIND WITH RETURN CALL SHOW EXPLAIN PROFILE CYPHER USE USING FILTER LET ORDER FINISH "
    "UNION SKIP LIMIT OFFSET"
)
_SHOWN = _words("INDEX INDEXES CONSTRAINT CONSTRAINTS FUNCTION FUNCTIONS PROCEDURE PROCEDURES")
_PHRASES = frozenset({("LOAD", "CSV"), ("START", "DATABASE"), ("STOP", "DATABASE")})
_READING_PROCEDURES = _words(
    "db.labels db.relationshiptypes db.propertykeys db.schema.visualization db.schema.nodetypeproperties "
    "db.schema.reltypeproperties db.index.fulltext.querynodes db.index.fulltext.queryrelationships "
    "dbms.components"
)
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n\r]*|/\*.*?\*/)
      | (?P<quoted>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`)
      | (?P<open>/\*|['"`])
      | (?P<number>0[xX][\da-fA-F]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)
      | (?P<word>\w+)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int

    @property
    def upper(self) -> str:
        return self.text.upper() if self.kind == "word" else self.text


def check_read_only(cypher: str) -> None:
    """Passes a statement that only reads.

    Words in strings, comments and backticks, property names (``n.set``), labels (``:Set``), parameters
    (``$set``) and map keys (``{set: 1}``) are not keywords.

    Args:
        cypher: One statement, or several separated by semicolons.

    Raises:
        QueryError: When it may write, administer the server or read files; names the keyword and its place.
    """
    _check(cypher)
    # Neo4j replaces \uXXXX before it looks for quotes and keywords, the embedded store does not.
    decoded = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), cypher)
    if decoded != cypher:
        _check(decoded)


def _check(cypher: str) -> None:
    tokens = list(_tokens(cypher))
    opening = True
    for index, token in enumerate(tokens):
        if token.text == ";":
            opening = True
            continue
        following = tokens[index + 1].upper if index + 1 < len(tokens) else ""
        if token.kind != "word":
            opening = opening and token.text in "{("
        elif not _is_name(tokens, index):
            if (token.upper, following) in _PHRASES:
                raise _refusal(cypher, token, f"{token.upper} {following}")
            if token.upper in _WRITING:
                raise _refusal(cypher, token, token.upper)
            if opening and token.upper not in _OPENING:
                raise QueryError(
                    f"{place(cypher, token.start)}: a read-only query cannot begin with {token.text}, "
                    "but with MATCH, for example"
                )
            if index and tokens[index - 1].kind == "number" and tokens[index - 1].end == token.start:
                raise QueryError(f"{place(cypher, token.start)}: a space is missing before {token.text}")
            if token.upper == "CALL":
                _check_call(cypher, tokens, index)
            if token.upper == "SHOW":
                _check_show(cypher, tokens, index)
            opening = False


def _tokens(cypher: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(cypher):
        kind = match.lastgroup or ""
        if kind == "open":
            raise QueryError(f"{place(cypher, match.start())}: {match[0]} is opened and never closed")
        if kind != "space":
            yield _Token(kind, match[0], match.start(), match.end())


def _is_name(tokens: list[_Token], index: int) -> bool:
    token = tokens[index]
    if index + 1 < len(tokens) and tokens[index + 1].text == ":":
        return True
    if index == 0:
        return False
    before = tokens[index - 1]
    if before.text == ":":
        return True
    if before.end != token.start or before.text not in (".", "$"):
        return False
    return before.text == "$" or (
        index > 1 and tokens[index - 2].kind != "number" and tokens[index - 2].text != "."
    )


def _check_call(cypher: str, tokens: list[_Token], index: int) -> None:
    rest = tokens[index + 1 :]
    if rest and rest[0].text in ("{", "("):
        return  # a subquery: its own words are looked at like all others
    name = ""
    for token in rest:
        if token.kind not in ("word", "quoted") and token.text != ".":
            break
        if name and token.text != "." and not name.endswith("."):
            break
        name += token.text.strip("`")
    if name.lower() not in _READING_PROCEDURES:
        raise _refusal(cypher, tokens[index], f"CALL {name}")


def _check_show(cypher: str, tokens: list[_Token], index: int) -> None:
    words = [token.upper for token in tokens[index + 1 : index + 3]]
    if words[:1] == ["ALL"]:
        words = words[1:]
    if not _SHOWN.intersection(words[:1]):
        raise _refusal(cypher, tokens[index], " ".join(["SHOW", *words[:1]]))


def _refusal(cypher: str, token: _Token, what: str) -> QueryError:
    return QueryError(
        f"{place(cypher, token.start)}: {what} is not allowed in a read-only query; use --write "
        "(or, if it is only a name, put it in `backticks`)"
    )


def place(cypher: str, offset: int) -> str:
    """The offset as people count: ``line 1, column 5``."""
    before = cypher[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - (before.rfind(chr(10)) + 1) + 1}"


def name_place(cypher: str, name: str) -> str | None:
    """Where a variable or function stands first, as `place` tells it, or None."""
    try:
        tokens = list(_tokens(cypher))
    except QueryError:
        return None
    for index, token in enumerate(tokens):
        if token.kind == "word" and not _is_name(tokens, index):
            whole = "".join(t.text for t in tokens[index : index + 2 * name.count(".") + 1])
            if whole == name:
                return place(cypher, token.start)
    return None
