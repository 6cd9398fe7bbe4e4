"""The Neo4j that the tests run on: NEO4J_URI, or one that scripts/neo4j-test-server starts."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.stores.open import open_store

_SCRIPT = Path(__file__).parent.parent / "scripts" / "neo4j-test-server"


@contextmanager
def neo4j_server() -> Iterator[str]:
    """The address of a Neo4j whose data the tests may delete; skips, or fails when KG_REQUIRE names neo4j."""
    given = os.environ.get("NEO4J_URI")
    if given:
        with open_store(given) as store:
            nodes = store.query("MATCH (n) RETURN count(n)").rows[0][0]
        if nodes:
            _unavailable(
                f"NEO4J_URI holds {nodes} nodes; these tests delete everything: give an empty database"
            )
        yield given
        return
    with tempfile.TemporaryFile("w+") as messages:
        server = subprocess.Popen(
            [_SCRIPT, "--with-stdin"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=messages,
            text=True,
        )
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            uri = server.stdout.readline().strip()
            if not uri:
                messages.seek(0)
                _unavailable(f"{messages.read().strip()}; or set NEO4J_URI to an empty Neo4j")
            yield uri
        finally:
            server.stdin.close()
            server.stdout.close()
            server.wait(timeout=60)


def _unavailable(reason: str) -> None:
    if "neo4j" in re.split(r"[\s,]+", os.environ.get("KG_REQUIRE", "")):
        pytest.fail(f"KG_REQUIRE names neo4j, but: {reason}", pytrace=False)
    pytest.skip(reason)
