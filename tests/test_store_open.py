"""Opening stores: the embedded one among processes, and addresses of servers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_graph import small_graph

from kg.errors import QueryError, StoreError
from kg.stores import embedded
from kg.stores.embedded import EmbeddedStore
from kg.stores.open import build_embedded, open_store


def test_read_only_store(tmp_path: Path) -> None:
    """A store opened for reading refuses to load and to write."""
    build_embedded(small_graph(), tmp_path / "store")
    with open_store(tmp_path) as store:
        with pytest.raises(StoreError, match="open for reading only"):
            store.load(small_graph())
        with pytest.raises(QueryError, match="use --write"):
            store.query("CREATE (n)", write=True)


def test_missing_store(tmp_path: Path) -> None:
    """Where no store is, the message says how to build one."""
    with pytest.raises(StoreError, match="build it first with: kg build"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="build it first with: kg build"):
        open_store(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_existing_store(tmp_path: Path) -> None:
    """Building never writes into a store that is already there."""
    build_embedded(small_graph(), tmp_path / "store")
    with pytest.raises(StoreError, match="there is a graph store already"):
        build_embedded(small_graph(), tmp_path / "store")


def test_store_can_be_moved(tmp_path: Path) -> None:
    """A store that was built elsewhere and renamed opens, by its folder or by the folder around it."""
    build_embedded(small_graph(), tmp_path / "building" / "store")
    (tmp_path / "building").rename(tmp_path / "松阳 out")
    for target in (tmp_path / "松阳 out", str(tmp_path / "松阳 out" / "store")):
        with open_store(target) as store:
            assert store.query("MATCH (n:Entity) RETURN count(n)").rows == [[19]]


def test_locked_store(tmp_path: Path) -> None:
    """A store in use names the process that has it, and opens once that one is done."""
    build_embedded(small_graph(), tmp_path / "store")
    code = (
        "from kg.stores.open import open_store\n"
        f"with open_store({str(tmp_path)!r}):\n    print('open', flush=True)\n    input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    with pytest.raises(StoreError, match=f"in use by process {other.pid};"):
        open_store(tmp_path)
    other.communicate("\n", timeout=20)
    with open_store(tmp_path), pytest.raises(StoreError, match="in use by this process"):
        open_store(tmp_path)


def test_killed_process(tmp_path: Path) -> None:
    """What was written before a kill -9 is there when the store is opened again."""
    build_embedded(small_graph(), tmp_path / "store")
    code = (
        "import time\nfrom kg.stores.open import open_store\n"
        f"store = open_store({str(tmp_path)!r}, read_only=False)\n"
        "store.query(\"CREATE (:Note {text: '记'})\", write=True)\nprint('done', flush=True)\ntime.sleep(60)"
    )
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    other = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
        env=os.environ | {"TMPDIR": str(scratch)},
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "done\n"
    other.send_signal(signal.SIGKILL)
    other.wait()
    other.stdout.close()
    with open_store(tmp_path) as store:
        assert store.query("MATCH (n:Note) RETURN n.text").rows == [["记"]]
        assert store.query("MATCH (n:Entity) RETURN count(n)").rows == [[19]]


def test_silent_and_clean(tmp_path: Path) -> None:
    """The engine writes nothing to the terminal, no file outside the store, and lets the process end."""
    for name in ("home", "work", "tmp"):
        (tmp_path / name).mkdir()
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom small_graph import small_graph\n"
        "from kg.stores.open import build_embedded, open_store\n"
        f"build_embedded(small_graph(), Path({str(tmp_path / 'out' / 'store')!r}))\n"
        f"with open_store({str(tmp_path / 'out')!r}) as store:\n"
        "    print(store.query('MATCH (n:Nothing) RETURN n').rows)\n"
        "    try:\n        store.query('RETURN oops')\n"
        "    except Exception as error:\n        print(type(error).__name__)\n"
        "print(time.time(), file=sys.stderr)"
    )
    root = Path(__file__).parent.parent
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ARCADEDB", "XDG"))}
    environment |= {
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        cwd=tmp_path / "work",
        env=environment,
        timeout=60,
    )
    ended = time.time()
    assert done.stdout == b"[]\nQueryError\n"
    assert ended - float(done.stderr) < 3
    assert done.returncode == 0
    left = {p.name for name in ("home", "work", "tmp") for p in (tmp_path / name).rglob("*")}
    assert left == set()
    assert {p.name for p in (tmp_path / "out" / "store").iterdir()} == {"kg", "lock", ".instance.id"}


def test_unreachable_server() -> None:
    """A server that is not there is one clear line, soon."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    before = time.time()
    with pytest.raises(StoreError, match=f"bolt://127.0.0.1:{port}: no graph store answers") as caught:
        open_store(f"bolt://somebody:secret@127.0.0.1:{port}")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert time.time() - before < 10


@pytest.mark.parametrize("target", ["http://localhost:7474", "bolt://", "ftp://u:secret@x", "bolt://x:port"])
def test_wrong_address(target: str) -> None:
    """An address that is none of a Bolt server is refused, without showing its password."""
    with pytest.raises(StoreError, match="not an address of a graph store") as caught:
        open_store(target)
    assert "secret" not in str(caught.value)


def test_address_of_the_embedded_store(tmp_path: Path) -> None:
    """While a store is open, other programs reach it over Bolt, with the password and not without."""
    build_embedded(small_graph(), tmp_path / "store")
    with EmbeddedStore(tmp_path / "store") as store:
        with open_store(store.address) as other:
            assert other.query("MATCH (n:County) RETURN count(n)").rows == [[2]]
            assert "root" not in other.uri
        bare = f"bolt://{store.address.rpartition('@')[2]}"
        with pytest.raises(StoreError, match="set NEO4J_USER and NEO4J_PASSWORD"):
            open_store(bare, password="wrong")


def test_credentials_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """User and password come from NEO4J_USER and NEO4J_PASSWORD when they are not given."""
    build_embedded(small_graph(), tmp_path / "store")
    with EmbeddedStore(tmp_path / "store") as store:
        credentials, _, host = store.address.removeprefix("bolt://").rpartition("@")
        user, _, password = credentials.partition(":")
        monkeypatch.setenv("NEO4J_USER", user)
        monkeypatch.setenv("NEO4J_PASSWORD", password)
        with open_store(f"bolt://{host}") as other:
            assert other.query("RETURN 1").rows == [[1]]


def test_temporary_folder_with_a_space(tmp_path: Path) -> None:
    """The engine starts, silently, where the temporary folder's name has a space."""
    (tmp_path / "my tmp").mkdir()
    build_embedded(small_graph(), tmp_path / "store")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from kg.stores.open import open_store\nopen_store({str(tmp_path)!r}).close()",
        ],
        capture_output=True,
        cwd=Path(__file__).parent.parent,
        env=os.environ | {"TMPDIR": str(tmp_path / "my tmp")},
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list((tmp_path / "my tmp").iterdir()) == []


def test_port_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another port is tried when a program takes the one that was found free."""
    build_embedded(small_graph(), tmp_path / "store")
    free = embedded._free_port
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        ports = [busy.getsockname()[1]]
        monkeypatch.setattr(embedded, "_free_port", lambda: ports.pop() if ports else free())
        with open_store(tmp_path) as store:
            assert store.query("MATCH (n:County) RETURN count(n)").rows == [[2]]
    assert ports == []
