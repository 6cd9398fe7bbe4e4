"""Opens a store by what the user calls it: a folder or a Bolt address."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from kg.errors import StoreError
from kg.schema import Schema
from kg.stores.bolt import QueryResult, Store
from kg.stores.embedded import DATABASE, EmbeddedStore, build_embedded
from kg.stores.load import LoadReport
from kg.stores.queries import NamedQuery, named_queries

__all__ = [
    "LoadReport",
    "NamedQuery",
    "QueryResult",
    "Store",
    "build_embedded",
    "named_queries",
    "open_store",
]

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def open_store(
    target: str | Path,
    *,
    read_only: bool = True,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    schema: Schema | None = None,
) -> Store:
    """Opens the embedded store in a folder, or connects to a Bolt server such as Neo4j.

    Args:
        target: The folder that ``kg build`` made (``out``, or ``out/store``), or an address such as
            ``bolt://localhost:7687`` or ``neo4j+s://user:password@host``.
        read_only: Refuse to load and to write.
        user: User name for a server; default: the one in the address, else NEO4J_USER, else ``neo4j`` when
            there is a password.
        password: Password for a server; default: the one in the address, else NEO4J_PASSWORD, else none.
        database: Database on the server; default: NEO4J_DATABASE, else the server's own default.
        schema: Needed for loading (default: the one that comes with the program).

    Returns:
        The store, a context manager.

    Raises:
        StoreError: When there is no store, it is in use, no server answers, or it does not let the user in.
    """
    if "://" not in str(target):
        return EmbeddedStore(store_folder(Path(target)), read_only=read_only, schema=schema)
    uri, in_uri = _split(str(target))
    password = password or in_uri[1] or os.environ.get("NEO4J_PASSWORD")
    user = user or in_uri[0] or os.environ.get("NEO4J_USER") or "neo4j"
    return Store(
        uri,
        auth=(user, password) if password else None,
        database=database or os.environ.get("NEO4J_DATABASE"),
        read_only=read_only,
        schema=schema,
    )


def store_folder(path: Path) -> Path:
    """The folder of the embedded store in a folder of ``kg build``, or that folder itself.

    Raises:
        StoreError: When there is none.
    """
    for folder in (path / "store", path):
        if (folder / DATABASE).is_dir():
            return folder
    raise StoreError(f"{path}: no graph store here; build it first with: kg build TEXTS -o {path}")


def _split(target: str) -> tuple[str, tuple[str | None, str | None]]:
    """An address without its user and password, which must not show up in messages."""
    scheme, _, rest = target.partition("://")
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError as error:
        raise StoreError(f"{scheme}://…: not an address of a graph store: {error}") from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        shown = f"{scheme}://{rest.rpartition('@')[2]}"
        raise StoreError(f"{shown}: not an address of a graph store, such as bolt://localhost:7687")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    address = urlunsplit((parts.scheme, f"{host}:{port or 7687}", "", parts.query, ""))
    return address, (
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
    )
