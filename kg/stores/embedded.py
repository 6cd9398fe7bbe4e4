"""The store that needs no server: ArcadeDB inside the process, reached over Bolt on loopback like any other.

The folder holds the database alone. What the engine wants besides (users, settings, event logs) lives in a
temporary folder as long as the store is open, with a password that is made up each time.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import MissingError, StoreError
from kg.graph import KnowledgeGraph
from kg.lock import FileLock
from kg.schema import Schema
from kg.stores.bolt import Store
from kg.stores.cypher import CONSTRAINTS, ENTITY, NAMES_INDEX
from kg.stores.load import LoadReport, Progress
from kg.stores.readers import READER, write_users

DATABASE = "kg"
# Cypher's CREATE FULLTEXT INDEX is refused by the engine, and its SQL indexes strings alone, no lists.
_FULLTEXT = (
    f"CREATE PROPERTY {ENTITY}.names IF NOT EXISTS STRING",
    f"CREATE INDEX {NAMES_INDEX} IF NOT EXISTS ON {ENTITY} (names) FULL_TEXT "
    'METADATA {"analyzer": "org.apache.lucene.analysis.cjk.CJKAnalyzer"}',
)
_ATTEMPTS = 3
_starting = threading.Lock()


def build_embedded(
    graph: KnowledgeGraph, folder: Path, *, progress: Progress | None = None, schema: Schema | None = None
) -> LoadReport:
    """Makes a new embedded store with a graph in it, and closes it.

    The folder may be renamed or copied afterwards.

    Args:
        graph: What the store shall hold.
        folder: Where; it must not hold a store yet.
        progress: Called with the number of items done and their total.
        schema: Which types there are (default: the one that comes with the program).

    Returns:
        Counts.

    Raises:
        StoreError: When there is a store already, or the folder cannot be written.
    """
    if (folder / DATABASE).exists():
        raise StoreError(f"{folder}: there is a graph store already")
    with EmbeddedStore(folder, read_only=False, create=True, schema=schema) as store:
        return store.load(graph, progress=progress)


class EmbeddedStore(Store):
    """The store in a folder; while it is open no other process can open it.

    Args:
        folder: The folder that `build_embedded` made.
        read_only: Refuse to load and to write.
        create: Make an empty store when there is none.
        schema: Needed for loading (default: the one that comes with the program).
        shared: Let others on this machine in, who may read and nothing else; queries of this store are then asked
            with no more rights than theirs.
        port: Of the Bolt address; 0 for a free one.

    Attributes:
        address: A Bolt address, with user and password, for other programs on this machine while it is open.
        server: The same without user and password.
        user: The user name.
        password: Made up each time.

    Raises:
        StoreError: When there is no store, another process holds it, or it cannot be opened.
        MissingError: When the embedded store does not run on this machine.
    """

    def __init__(
        self,
        folder: Path,
        *,
        read_only: bool = True,
        create: bool = False,
        schema: Schema | None = None,
        shared: bool = False,
        port: int = 0,
    ) -> None:
        if shared and not read_only:
            raise ValueError("a shared store is for reading")
        if create:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"{folder}: cannot be made: {error.strerror}") from None
        elif not (folder / DATABASE).is_dir():
            raise StoreError(f"{folder}: no graph store here; build it first with: kg build TEXTS -o out")
        self.folder = folder
        self._lock = _lock(folder)
        self._engine_folder = tempfile.TemporaryDirectory(prefix="kg-store-", ignore_cleanup_errors=True)
        self._server: Any = None
        self._limits = threading.Condition()
        self._limited = 0
        try:
            self.user, self.password = READER if shared else "root", secrets.token_urlsafe(24)
            self.server = self._start(create, port)
            self._set_limit(0)  # the engine keeps the limit of a process that was killed
            super().__init__(
                self.server,
                auth=(self.user, self.password),
                database=DATABASE,
                read_only=read_only,
                schema=schema,
            )
        except BaseException:
            self._stop()
            raise
        self.uri = str(folder)
        self.address = self.server.replace("//", f"//{self.user}:{self.password}@")

    def close(self) -> None:
        """Closes the store and stops the engine; closing twice does nothing."""
        if self._server is None:
            return
        super().close()
        self._stop()

    def make_indexes(self) -> None:
        """Makes constraints and indexes that are not there yet; `load` does this first.

        Raises:
            StoreError: When the store refuses.
        """
        for statement in CONSTRAINTS:
            self.write(statement)
        for statement in _FULLTEXT:
            self._sql(statement)

    @contextlib.contextmanager
    def _within(self, timeout: float | None) -> Iterator[None]:
        """The engine knows one time limit, for all that runs: queries with different ones wait for each other."""
        if timeout is None:
            yield
            return
        limit = max(1, round(timeout * 1000))
        with self._limits:
            self._limits.wait_for(lambda: self._limited == 0 or self._limit == limit)
            if self._limited == 0:
                self._set_limit(limit)
            self._limited += 1
        try:
            yield
        finally:
            with self._limits:
                self._limited -= 1
                if self._limited == 0:
                    self._set_limit(0)
                self._limits.notify_all()

    def _set_limit(self, milliseconds: int) -> None:
        self._limit = milliseconds
        self._sql(f"ALTER DATABASE `arcadedb.command.timeout` {milliseconds}")

    def _sql(self, statement: str) -> None:
        try:
            self._server.get_database(DATABASE).command("sql", statement)
        except _engine().ArcadeDBError as error:
            raise StoreError(f"{self.folder}: the store cannot be set up: {error}") from None

    def _start(self, create: bool, wanted: int) -> str:
        arcadedb = _engine()
        root = self.password
        if self.user == READER:
            root = secrets.token_urlsafe(24)
            write_users(Path(self._engine_folder.name), root, self.password)
        for attempt in range(_ATTEMPTS):
            port = wanted or _free_port()
            server = arcadedb.create_server(
                self._engine_folder.name,
                root,
                config={
                    "host": "127.0.0.1",
                    "http_port": _free_port(),
                    "bolt_port": port,
                    "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
                    "server_databaseDirectory": str(self.folder.resolve()),
                    "bolt_defaultDatabase": DATABASE,
                    "mode": "development",  # production hides the text of errors
                },
            )
            try:
                with _starting, _quiet(Path(self._engine_folder.name)):
                    server.start()
                self._server = server
                (server.create_database if create else server.get_database)(DATABASE)
                return f"bolt://127.0.0.1:{port}"
            except arcadedb.ArcadeDBError as error:
                # another program may have taken the port since it was found free
                self._stop_server()
                if "Unable to listen" not in str(error) or wanted or attempt == _ATTEMPTS - 1:
                    raise StoreError(f"{self.folder}: the store cannot be opened: {error}") from None
        raise AssertionError("unreachable")

    def _stop_server(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.stop()

    def _stop(self) -> None:
        self._stop_server()
        self._engine_folder.cleanup()
        self._lock.release()


def _lock(folder: Path) -> FileLock:
    """Lets one store at a time have a folder; the engine's own lock does not hold within one process."""
    try:
        return FileLock(folder / "lock")
    except BlockingIOError as error:
        owner = str(error)
        who = f"this process ({owner})" if owner == str(os.getpid()) else f"process {owner or '?'}"
        raise StoreError(
            f"{folder}: the store is in use by {who}; wait for it to end, end it, or use another store"
        ) from None
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be opened: {error.strerror}") from None


def _engine() -> Any:
    try:
        import arcadedb
    except ImportError as error:
        raise MissingError(
            f"the embedded store does not run here ({error}); install a Neo4j and give its address, "
            "for example --store bolt://localhost:7687"
        ) from None
    return arcadedb


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def _quiet(folder: Path) -> Iterator[None]:
    """Keeps the engine from logging to the terminal or to the user's home.

    The engine reads where to log from the environment when its library is loaded, once a process.
    """
    config = folder / "quiet.properties"
    config.write_text("handlers=\n.level=OFF\n", encoding="ascii")
    arguments = os.environ.get("ARCADEDB_NATIVE_ISOLATE_ARGS", "")
    if " " not in str(config):  # arguments are split there; without this one the engine logs into the folder
        arguments = f"{arguments} -Djava.util.logging.config.file={config}"
    wanted = {
        "ARCADEDB_LOG_CONSOLE": "0",
        "ARCADEDB_LOG_DIR": str(folder),
        "ARCADEDB_NATIVE_ISOLATE_ARGS": arguments,
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
