"""Nothing is lost when a program is killed in the middle of its work, or the server goes away."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flaky_proxy import FlakyProxy, flaky_proxy
from killable import Killable, killable, moments
from small_graph import contents
from synthetic_graph import synthetic_graph

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.resources import data_dir
from kg.stores import bolt, load
from kg.stores.open import Store, build_embedded, open_store

_NODES = 100
_KILLS = 20


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killable]:
    """Processes that build and load, and can be killed."""
    with killable(tmp_path_factory.mktemp("killed"), _NODES) as processes:
        yield processes


def _kill_loads(works: Killable, target: str) -> None:
    """Loads one graph and the other in turn, kills each, and lets the last one end."""
    whole = min(works.run("load", target, seed) for seed in "121")
    for number, moment in enumerate(moments(whole, _KILLS)):
        works.run("load", target, "21"[number % 2], kill_after=moment)
    works.run("load", target, "2")


def test_killed_load_into_the_embedded_store(works: Killable, tmp_path: Path) -> None:
    """Loads killed at random moments leave a store that opens, and that the next load makes right."""
    build_embedded(synthetic_graph(_NODES, seed=2), tmp_path / "fresh" / "store")
    build_embedded(KnowledgeGraph(), tmp_path / "out" / "store")
    _kill_loads(works, str(tmp_path / "out"))
    with open_store(tmp_path / "out") as store, open_store(tmp_path / "fresh") as fresh:
        assert contents(store) == contents(fresh)


def test_killed_build(works: Killable, tmp_path: Path) -> None:
    """Builds killed at random moments leave the old graph or the new one, and the next one ends as if nothing was."""
    texts, out = tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    samples = sorted((data_dir() / "samples").glob("*.txt"))
    shutil.copy(samples[0], texts)
    works.run("build", str(texts), str(out))
    for sample in samples[1:4]:
        shutil.copy(sample, texts)
    whole = min(works.run("build", str(texts), str(tmp_path / name)) for name in ("fresh", "again"))
    shutil.rmtree(tmp_path / "again")
    graphs = [(tmp_path / name / "graph.json").read_bytes() for name in ("out", "fresh")]
    for moment in moments(whole, _KILLS):
        works.run("build", str(texts), str(out), kill_after=moment)
        if out.exists():
            assert (out / "graph.json").read_bytes() in graphs
    works.run("build", str(texts), str(out))
    assert {path.name for path in tmp_path.iterdir()} == {"texts", "out", "fresh"}
    assert {path.name for path in out.iterdir()} == {path.name for path in (tmp_path / "fresh").iterdir()}
    for name in ("graph.json", "viewer.html", "readings"):
        assert (out / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()
    with open_store(out) as store, open_store(tmp_path / "fresh") as fresh:
        assert contents(store) == contents(fresh)


@pytest.fixture
def neo4j(neo4j_uri: str) -> Iterator[Store]:
    """A Neo4j, empty before and after."""
    with open_store(neo4j_uri, read_only=False) as store:
        store.query("MATCH (n) DETACH DELETE n", write=True)
        yield store
        store.query("MATCH (n) DETACH DELETE n", write=True)


def test_killed_load_into_neo4j(neo4j: Store, works: Killable) -> None:
    """Loads killed at random moments are finished by the next one, with nothing twice."""
    neo4j.load(synthetic_graph(_NODES, seed=2))
    fresh = contents(neo4j)
    _kill_loads(works, neo4j.uri)
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
