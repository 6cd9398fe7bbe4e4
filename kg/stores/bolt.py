"""A Cypher store behind a Bolt server: Neo4j, or the one that `kg.stores.embedded` starts."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    Result,
    ResultSummary,
)
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError

from kg.errors import QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.schema import Schema, load_schema
from kg.stores import cypher as statements
from kg.stores import search
from kg.stores.faults import located
from kg.stores.guard import check_read_only
from kg.stores.load import LoadReport, Progress, Unreachable, load
from kg.stores.values import node_ids, plain

_CONNECT_SECONDS = 10
_RETRY_SECONDS = 5
# the codes of Neo4j, and the embedded store's message, which has no code of its own
_TIMED_OUT = re.compile(
    r"TransactionTimedOut|Transaction\.(?:Terminated|LockClientStopped)|arcadedb\.command\.timeout"
)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query.

    Attributes:
        columns: Names of the columns.
        rows: Values in the order of the columns, as plain Python that JSON can carry.
        truncated: Whether there were more rows than the limit.
        notes: What the server remarked, such as a label that no node has.
    """

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool = False
    notes: tuple[str, ...] = ()


class Store:
    """A graph store that answers Cypher; a context manager.

    Args:
        uri: A Bolt address without user and password, such as ``bolt://localhost:7687``.
        auth: User name and password, or None.
        database: The database on that server, or None for its default.
        read_only: Refuse to load and to write.
        schema: Needed for loading (default: the one that comes with the program).

    Raises:
        StoreError: When no store answers there, or it does not accept the password.
    """

    def __init__(
        self,
        uri: str,
        *,
        auth: tuple[str, str] | None = None,
        database: str | None = None,
        read_only: bool = True,
        schema: Schema | None = None,
    ) -> None:
        # without a handler the driver's remarks would end up on the user's terminal
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        self.uri = uri
        self.read_only = read_only
        self._database = database
        self._schema = schema
        try:
            self._driver: Driver = GraphDatabase.driver(
                uri,
                auth=auth,
                connection_timeout=_CONNECT_SECONDS,
                max_transaction_retry_time=_RETRY_SECONDS,
            )
        except (ConfigurationError, ValueError) as error:
            raise StoreError(f"{uri}: not an address of a graph store: {_first_line(error)}") from None
        try:
            # one attempt: the driver's own managed calls would try again for a long time
            with self._errors(StoreError), self._driver.session(database=database) as session:
                session.run("RETURN 1").consume()
        except StoreError:
            self._driver.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection; closing twice does nothing."""
        self._driver.close()

    def load(self, graph: KnowledgeGraph, *, progress: Progress | None = None) -> LoadReport:
        """Makes the store equal to the graph; loading again changes nothing or finishes the job.

        Args:
            graph: What the store shall hold.
            progress: Called with the number of items done and their total.

        Returns:
            What the store holds now and what had to be written.

        Raises:
            StoreError: When the store is open for reading only, refuses or cannot be reached any more, or the
                schema does not know a type of the graph.
        """
        if self.read_only:
            raise StoreError(f"{self.uri}: the store is open for reading only")
        return load(self, graph, self._schema or load_schema(), progress=progress)

    def query(
        self,
        cypher: str,
        parameters: dict[str, Any] | None = None,
        *,
        write: bool = False,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> QueryResult:
        """Carries out one Cypher statement.

        Args:
            cypher: The statement.
            parameters: Values of its ``$names``.
            write: Let it change the store; without it a statement that might is refused, and anything it
                changes all the same is rolled back.
            limit: Most rows to return.
            timeout: Seconds after which the store stops it (default: never).

        Returns:
            Columns and rows.

        Raises:
            QueryError: When the statement is wrong, is not allowed, lacks a parameter, or took too long.
            StoreError: When the store cannot be reached any more.
        """
        if not write:
            check_read_only(cypher)
        elif self.read_only:
            raise QueryError("the store is open for reading only; use --write")
        if not cypher.strip():
            raise QueryError("the query is empty")
        if timeout is not None and timeout <= 0:
            raise QueryError(f"the time limit must be more than 0 seconds, not {timeout:g}")
        with self._errors(QueryError, cypher), self._within(timeout):
            if write and timeout is None:
                # without a transaction of ours, as some statements make their own
                with self._driver.session(database=self._database) as session:
                    return self._fetch(session.run(cypher, parameters), limit)
            mode = WRITE_ACCESS if write else READ_ACCESS
            with (
                self._driver.session(database=self._database, default_access_mode=mode) as session,
                session.begin_transaction(timeout=timeout) as transaction,
            ):
                result = self._fetch(transaction.run(cypher, parameters), limit)
                if write:
                    transaction.commit()
                else:
                    transaction.rollback()
                return result

    def search(self, text: str, *, limit: int = search.LIMIT) -> QueryResult:
        """Entities whose name or an alias holds a piece of text, upper and lower case alike, the best first.

        Args:
            text: What to look for, one character or more.
            limit: Most entities to return.

        Returns:
            The columns id, labels, name, aliases and place.

        Raises:
            QueryError: When the text is empty.
            StoreError: When the store cannot be reached any more.
        """
        text = search.needle(text)
        parameters = search.parameters(text)
        if search.is_indexed(text):
            # a store that was made without the index is searched without it
            with suppress(QueryError):
                return self._search(search.statement(index=True), parameters, limit)
        return self._search(search.statement(index=False), parameters, limit)

    def make_indexes(self) -> None:
        """Makes constraints and indexes that are not there yet; `load` does this first.

        Raises:
            StoreError: When the store refuses.
        """
        for statement in (*statements.CONSTRAINTS, statements.FULLTEXT):
            self.write(statement)

    def read(self, statement: str) -> Iterator[dict[str, Any]]:
        """The rows of a statement one by one, as the driver gives them."""
        with (
            self._errors(StoreError),
            self._driver.session(database=self._database, default_access_mode=READ_ACCESS) as session,
            session.begin_transaction() as transaction,
        ):
            for record in transaction.run(statement):
                yield record.data()

    def write(self, statement: str, rows: list[dict[str, Any]] | None = None) -> None:
        """Carries out a statement with ``$rows`` in a transaction of its own, with retries."""

        def work(transaction: ManagedTransaction) -> None:
            transaction.run(statement, {"rows": rows or []}).consume()

        with self._errors(StoreError), self._driver.session(database=self._database) as session:
            session.execute_write(work)

    def _search(self, statement: str, parameters: dict[str, Any], limit: int) -> QueryResult:
        found = self.query(statement, parameters, limit=limit)
        for row in found.rows:
            row[1] = sorted(row[1])  # each server has its own order
        return replace(found, columns=search.COLUMNS)  # without rows the embedded store names no columns

    def _fetch(self, result: Result, limit: int | None) -> QueryResult:
        columns = list(result.keys())
        records = list(result) if limit is None else result.fetch(limit + 1)
        summary = result.consume()
        truncated = limit is not None and len(records) > limit
        values = [list(record.values()) for record in records[:limit]]
        ids = node_ids(values)
        unknown = [element_id for element_id, own in ids.items() if own is None]
        if unknown:
            ids |= self._own_ids(unknown)
        rows: list[list[Any]] = plain(values, ids)
        return QueryResult(columns, rows, truncated, _notes(summary))

    def _own_ids(self, element_ids: list[str]) -> dict[str, str | None]:
        statement = "UNWIND $ids AS id MATCH (n) WHERE elementId(n) = id RETURN id, n.id AS own"
        with self._driver.session(database=self._database, default_access_mode=READ_ACCESS) as session:
            return dict(session.run(statement, {"ids": element_ids}).values())

    def _within(self, timeout: float | None) -> AbstractContextManager[None]:
        """For stores that must be told of a time limit in another way than with the statement."""
        return nullcontext()

    @contextmanager
    def _errors(self, kind: type[QueryError | StoreError], cypher: str = "") -> Iterator[None]:
        try:
            yield
        except AuthError:
            raise StoreError(
                f"{self.uri}: user name or password not accepted; set NEO4J_USER and NEO4J_PASSWORD"
            ) from None
        except Neo4jError as error:
            if _TIMED_OUT.search(f"{error.code} {error.message}"):
                raise QueryError(
                    "the query took longer than its time limit and was stopped; "
                    "narrow it down, or allow more time"
                ) from None
            if kind is StoreError and error.is_retryable():
                raise Unreachable(f"{self.uri}: {_first_line(error)}") from None
            raise kind(located(error.message or str(error), cypher)) from None
        except (ConfigurationError, TypeError, ValueError, OverflowError, RecursionError) as error:
            raise kind(_first_line(error)) from None
        except DriverError as error:
            raise Unreachable(f"{self.uri}: no graph store answers: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _notes(summary: ResultSummary) -> tuple[str, ...]:
    return tuple(
        status.status_description.removeprefix("warn: ")
        for status in summary.gql_status_objects
        if status.is_notification
    )
