"""The straight line: the same result whatever the order and the workers, and nothing half-written."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from view_graphs import packed

from kg.document_json import document_dict
from kg.errors import InputError, StoreError
from kg.graph import KnowledgeGraph
from kg.output import replacing
from kg.pipeline import build, extract
from kg.stores.open import open_store
from kg.types import Dropped

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty documents: more than one batch."""
    folder = tmp_path_factory.mktemp("line") / "texts"
    folder.mkdir()
    for path in sorted(SAMPLES.glob("*.txt"))[-20:]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def built(texts: Path) -> Path:
    """What a build of them makes."""
    build([texts], texts.parent / "out")
    return texts.parent / "out"


def left_over(folder: Path) -> Iterator[str]:
    """Temporary folders of builds."""
    return (path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_build_makes_graph_store_viewer_and_report(built: Path) -> None:
    """The folder holds its six parts, which agree, and nothing temporary stays beside it."""
    assert {path.name for path in built.iterdir()} == {
        *("graph.json", "store", "viewer.html", "report.json", "resolution.json", "readings"),
    }
    graph = KnowledgeGraph.load(built / "graph.json")
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert report["counts"] == graph.counts()
    steps = {"recall", "load", "read", "clean", "annotate", "link", "resolve", "store", "view"}
    assert set(report["seconds"]) == steps
    with open_store(built) as store:
        assert store.query("MATCH (n:Entity) RETURN count(n)").rows == [[len(list(graph.entities))]]
    assert "松阳县" in packed(built / "viewer.html", "graph-data")["nodes"]["name"]
    assert not list(left_over(built.parent))


def test_neither_order_nor_workers_change_the_graph(texts: Path, built: Path, tmp_path: Path) -> None:
    """Shuffled input and two processes give the same bytes."""
    files = sorted(texts.iterdir(), key=lambda path: (path.stem[::-1], path.stem))
    build(files, tmp_path / "shuffled")
    build([texts], tmp_path / "two", workers=2)
    expected = (built / "graph.json").read_bytes()
    assert (tmp_path / "shuffled" / "graph.json").read_bytes() == expected
    assert (tmp_path / "two" / "graph.json").read_bytes() == expected


def test_documents_come_in_order(texts: Path) -> None:
    """Graphs are yielded in order of the paths, and progress reaches the number of files."""
    steps: list[tuple[str, int, int]] = []
    graphs = extract([texts], progress=lambda *step: steps.append(step))
    assert [g.document.id for g in graphs] == sorted(path.stem for path in texts.iterdir())
    assert steps[-1] == ("extract", 20, 20)


def test_one_bad_file_is_told_and_left_out(texts: Path, tmp_path: Path) -> None:
    """A binary file among the texts is reported; the rest is built."""
    shutil.copy(texts / "s03.txt", tmp_path)
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 8)
    report = build([tmp_path / "s03.txt", tmp_path / "bad.txt"], tmp_path / "out")
    assert report.counts["documents"] == {"Document": 1}
    (bad,) = (d for d in report.dropped if d.step == "read")
    assert bad.item == "bad.txt"
    skipped: list[Dropped] = []
    assert len(list(extract([tmp_path / "s03.txt", tmp_path / "bad.txt"], skipped=skipped.append))) == 1
    assert [d.item for d in skipped] == ["bad.txt"]
    with pytest.raises(InputError, match=r"bad\.txt"):
        list(extract([tmp_path / "bad.txt"]))


def test_nothing_readable_makes_nothing(tmp_path: Path) -> None:
    """When no file can be read there is an error and no folder."""
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 8)
    with pytest.raises(InputError, match="nothing could be read"):
        build([tmp_path / "bad.txt"], tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.txt"]


def test_a_failed_build_leaves_the_old_one(
    texts: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a late step fails, the graph and store of the last build are as they were."""
    out = tmp_path / "out"
    shutil.copytree(built, out)

    def fail(*args: object, **more: object) -> None:
        raise StoreError("no space")

    monkeypatch.setattr("kg.pipeline.write_html", fail)
    with pytest.raises(StoreError, match="no space"):
        build([texts / "s03.txt"], out)
    assert (out / "graph.json").read_bytes() == (built / "graph.json").read_bytes()
    assert not list(left_over(tmp_path))


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """An error of the file system while writing is one about the folder, and leaves nothing."""
    with (
        pytest.raises(InputError, match=r"out: cannot be written \(No space left"),
        replacing(tmp_path / "out"),
    ):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_dies_is_told(texts: Path) -> None:
    """When a worker is killed there is an error that says what to do."""
    program = (
        "import os, sys, kg.shard\n"
        "class Dying(kg.shard.Line):\n"
        "    def __reduce__(self): return os._exit, (3,)\n"
        "from pathlib import Path\n"
        "from kg.errors import KgError\n"
        "files = sorted(Path(sys.argv[1]).iterdir())\n"
        "try: list(kg.shard.batches(files, Path(sys.argv[1]), Dying(), workers=2))\n"
        "except KgError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, texts], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("a worker process ended unexpectedly")


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    """A folder that no build made is not touched, nor is a file."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "graph.json").write_text('{"nodes": []}', encoding="utf-8")
    for out in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(InputError, match="choose another folder"), replacing(out):
            raise AssertionError("entered")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_files_that_no_build_wrote_are_kept(tmp_path: Path) -> None:
    """A rebuild replaces its own files and carries others over."""
    out = tmp_path / "out"
    for content in ("old", "new"):
        with replacing(out) as folder:
            KnowledgeGraph().save(folder / "graph.json")
            (folder / "viewer.html").write_text(content, encoding="utf-8")
        (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert (out / "viewer.html").read_text(encoding="utf-8") == "new"
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not list(left_over(tmp_path))


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    """A folder that was made beforehand but is empty is filled."""
    (tmp_path / "out").mkdir()
    with replacing(tmp_path / "out") as folder:
        (folder / "graph.json").write_text("{}", encoding="utf-8")
    assert (tmp_path / "out" / "graph.json").exists()


def test_former_offices_are_marked(tmp_path: Path) -> None:
    """A former office is a relation that says so, and one held today does not."""
    (tmp_path / "n.txt").write_text("永和县原县长任丽英和现任县长郭建平到会。\n", encoding="utf-8")
    (graph,) = extract([tmp_path / "n.txt"])
    leads = [r for r in document_dict(graph)["relations"] if r["type"] == "LEADS"]
    assert [r.get("modality", "fact") for r in leads] == ["former", "fact"]


def test_a_file_written_while_folders_change_places_loses_neither(tmp_path: Path) -> None:
    """A file of the user's that is there twice after a swap is kept twice."""
    old, place = tmp_path / ".out.x.old", tmp_path / "out"
    for folder, words in ((old, "first"), (place, "second")):
        folder.mkdir()
        (folder / "decisions.tsv").write_text(words, encoding="utf-8")
        (folder / "graph.json").write_text('{"format": "kg-graph"}', encoding="utf-8")
    with replacing(place) as folder:
        (folder / "graph.json").write_text("{}", encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in place.glob("decisions*")}
    assert kept == {"decisions.tsv": "second", "decisions.tsv.before": "first"}
