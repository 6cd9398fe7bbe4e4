"""Nothing is lost when a program is killed in the middle of its work, or the server goes away."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flaky_proxy import FlakyProxy, flaky_proxy
from small_graph import contents
from synthetic_graph import synthetic_graph

from kg.errors import StoreError
from kg.stores import bolt, load
from kg.stores.open import Store, build_embedded, open_store

_ROOT = Path(__file__).parent.parent
_NODES = 250
_KILLS = int(os.environ.get("KG_KILLS", "4"))

_LOAD = """
import sys
from synthetic_graph import synthetic_graph
from kg.stores.open import open_store
graph = synthetic_graph({nodes}, seed=2)
with open_store({target!r}, read_only=False) as store:
    print("begin", flush=True)
    store.load(graph)
    print("done", flush=True)
"""
_BUILD = """
from pathlib import Path
from synthetic_graph import synthetic_graph
from kg.output import replacing
from kg.stores.open import build_embedded
graph = synthetic_graph({nodes}, seed=2)
print("begin", flush=True)
with replacing(Path({target!r})) as folder:
    graph.save(folder / "graph.json")
    build_embedded(graph, folder / "store")
print("done", flush=True)
"""


def _run(code: str, *, kill_after: float | None = None) -> float:
    """Seconds that the code took, or until it was killed."""
    path = os.pathsep.join(str(_ROOT / name) for name in (".", "tests", "scripts"))
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path}
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "begin\n"
        begin = time.perf_counter()
        if kill_after is not None:
            time.sleep(kill_after)
            other.send_signal(signal.SIGKILL)
        else:
            assert other.stdout.readline() == "done\n"
        spent = time.perf_counter() - begin
    assert kill_after is not None or other.returncode == 0
    return spent


def _moments(whole: float) -> list[float]:
    """Random moments, spread over the time that the work takes."""
    rng = random.Random(4)
    return [whole * (i + rng.random()) / _KILLS for i in range(_KILLS)]


def test_killed_load_into_the_embedded_store(tmp_path: Path) -> None:
    """Loads killed at random moments leave a store that opens, and that the next load makes right."""
    build_embedded(synthetic_graph(_NODES, seed=2), tmp_path / "fresh" / "store")
    with open_store(tmp_path / "fresh") as store:
        fresh = contents(store)
    build_embedded(synthetic_graph(_NODES), tmp_path / "timed" / "store")
    whole = _run(_LOAD.format(nodes=_NODES, target=str(tmp_path / "timed")))
    build_embedded(synthetic_graph(_NODES), tmp_path / "out" / "store")
    for moment in _moments(whole):
        _run(_LOAD.format(nodes=_NODES, target=str(tmp_path / "out")), kill_after=moment)
    with open_store(tmp_path / "out", read_only=False) as store:
        store.load(synthetic_graph(_NODES, seed=2))
        assert contents(store) == fresh


def test_killed_build(tmp_path: Path) -> None:
    """Builds killed at random moments never leave half a store, and the next one ends as if nothing was."""
    out = tmp_path / "out"
    whole = _run(_BUILD.format(nodes=_NODES, target=str(tmp_path / "timed")))
    for moment in _moments(whole):
        _run(_BUILD.format(nodes=_NODES, target=str(out)), kill_after=moment)
        if out.exists():
            with open_store(out) as store:
                assert store.query("MATCH (n) RETURN count(n)").rows == [[_NODES]]
    _run(_BUILD.format(nodes=_NODES, target=str(out)))
    assert (out / "graph.json").read_bytes() == (tmp_path / "timed" / "graph.json").read_bytes()
    with open_store(out) as store, open_store(tmp_path / "timed") as fresh:
        assert contents(store) == contents(fresh)


@pytest.fixture
def neo4j(neo4j_uri: str) -> Iterator[Store]:
    """A Neo4j, empty before and after."""
    with open_store(neo4j_uri, read_only=False) as store:
        store.query("MATCH (n) DETACH DELETE n", write=True)
        yield store
        store.query("MATCH (n) DETACH DELETE n", write=True)


def test_killed_load_into_neo4j(neo4j: Store) -> None:
    """Loads killed at random moments are finished by the next one, with nothing twice."""
    neo4j.load(synthetic_graph(_NODES, seed=2))
    fresh = contents(neo4j)
    neo4j.load(synthetic_graph(_NODES))
    whole = _run(_LOAD.format(nodes=_NODES, target=neo4j.uri))
    assert contents(neo4j) == fresh
    neo4j.load(synthetic_graph(_NODES))
    for moment in _moments(whole):
        _run(_LOAD.format(nodes=_NODES, target=neo4j.uri), kill_after=moment)
    neo4j.load(synthetic_graph(_NODES, seed=2))
    assert contents(neo4j) == fresh


@pytest.fixture
def proxy(neo4j: Store) -> Iterator[FlakyProxy]:
    """A way to the Neo4j that can break."""
    parts = urlsplit(neo4j.uri)
    assert parts.hostname is not None
    assert parts.port is not None
    with flaky_proxy(parts.hostname, parts.port) as flaky:
        yield flaky


def test_server_comes_back(neo4j: Store, proxy: FlakyProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that goes away twice in mid-load and comes back is waited for; nothing is missing or double."""
    monkeypatch.setattr(load, "WAITS", (0.2, 0.4, 0.8, 1.6, 3.2, 6.4))
    neo4j.load(synthetic_graph(_NODES))
    fresh = contents(neo4j)
    neo4j.query("MATCH (n) DETACH DELETE n", write=True)
    done: list[int] = []

    def progress(count: int, total: int) -> None:
        done.append(count)
        if proxy.breaks < 2 and count > proxy.breaks * total / 2:
            proxy.break_after(40_000)

    mending = threading.Event()

    def mend() -> None:
        while not mending.wait(0.6):
            proxy.mend()

    thread = threading.Thread(target=mend)
    thread.start()
    try:
        with open_store(f"bolt://127.0.0.1:{proxy.port}", read_only=False) as store:
            report = store.load(synthetic_graph(_NODES), progress=progress)
    finally:
        mending.set()
        thread.join()
    assert proxy.breaks == 2
    assert report.created == done[-1] == 6 * _NODES
    assert done == sorted(done)
    assert contents(neo4j) == fresh


def test_server_stays_away(neo4j: Store, proxy: FlakyProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a bounded number of attempts one clear line says how to resume; resuming ends with the whole graph."""
    monkeypatch.setattr(load, "WAITS", (0.05, 0.1))
    monkeypatch.setattr(bolt, "_RETRY_SECONDS", 0.5)
    with open_store(f"bolt://127.0.0.1:{proxy.port}", read_only=False) as store:
        proxy.break_after(200_000)
        begin = time.perf_counter()
        with pytest.raises(StoreError, match=r"tried 3 times; .*run the same kg load again") as caught:
            store.load(synthetic_graph(_NODES))
    assert time.perf_counter() - begin < 20
    assert "\n" not in str(caught.value)
    there = neo4j.query("MATCH (n) RETURN count(n)").rows[0][0]
    proxy.mend()
    with open_store(f"bolt://127.0.0.1:{proxy.port}", read_only=False) as store:
        report = store.load(synthetic_graph(_NODES))
        assert 0 < report.created < 6 * _NODES
        assert store.load(synthetic_graph(_NODES)).created == 0
    assert there > 0
    assert neo4j.query("MATCH (n) RETURN count(n)").rows == [[_NODES]]
