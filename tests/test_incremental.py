"""Building again: only what changed is read, and the result is that of a build from nothing."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_graph import contents

from kg.fingerprint import fingerprint
from kg.graph import KnowledgeGraph
from kg.output import replacing
from kg.pipeline import BuildReport, build
from kg.readings import NAME, Changes
from kg.resources import schemas_dir
from kg.shard import Line
from kg.stores.open import open_store

_TEXTS = {
    "a": "松阳县委书记李汉勤主持会议。",
    "b": "会后，松阳县委书记李汉勤到遂昌县调研。",
    "c": "松阳县县长莫靓到松阳经济开发区调研。",
    "d": "浙江衢源硅材料股份有限公司位于遂昌县。",
}


@pytest.fixture(autouse=True, scope="module")
def models() -> Iterator[None]:
    """The models are loaded once for all builds with the program's own schema."""
    shared = Line()
    nlp, linker = shared.nlp, shared.linker
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("nlp", nlp), ("linker", linker)):
            own = getattr(Line, name).func

            def chosen(self: Line, value: object = value, own: Callable[[Line], object] = own) -> object:
                return value if self.schemas == shared.schemas else own(self)

            patch.setattr(Line, name, property(chosen))
        yield


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Four short documents."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in _TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that are annotated and linked, as they come."""
    seen: list[str] = []
    run = Line.run

    def noted(self: Line, files: tuple[Path, ...], root: Path) -> object:
        batch = run(self, files, root)
        seen.extend(g.document.id for g in batch.graphs)
        return batch

    monkeypatch.setattr(Line, "run", noted)
    return seen


def same(out: Path, texts: Path) -> bool:
    """Whether graph and store are those of a build from nothing, at another place."""
    fresh = out.with_name(f"{out.name}-fresh")
    build([texts], fresh)
    if (out / "graph.json").read_bytes() != (fresh / "graph.json").read_bytes():
        return False
    with open_store(out) as one, open_store(fresh) as other:
        return contents(one) == contents(other)


def test_nothing_changed(texts: Path, tmp_path: Path, read: list[str]) -> None:
    """A second build reads nothing and changes nothing but the times; the report and its file say so."""
    first = build([texts], tmp_path / "out")
    graph, readings = ((tmp_path / "out" / name).read_bytes() for name in ("graph.json", NAME))
    second = build([texts], tmp_path / "out")
    assert first.changes == Changes(new=4, changed=0, unchanged=0, removed=0, read=4)
    assert second.changes == Changes(new=0, changed=0, unchanged=4, removed=0, read=0)
    assert sorted(read) == sorted(_TEXTS)
    assert "annotate" not in second.seconds
    assert (tmp_path / "out" / "graph.json").read_bytes() == graph
    assert (tmp_path / "out" / NAME).read_bytes() == readings
    assert (first.counts, first.dropped) == (second.counts, second.dropped)
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["changes"] == {"new": 0, "changed": 0, "unchanged": 4, "removed": 0, "read": 0}


def test_only_what_changed_is_read(texts: Path, tmp_path: Path, read: list[str]) -> None:
    """A new, a changed and a removed document: two are read, and all is as if built from nothing."""
    build([texts], tmp_path / "out")
    read.clear()
    (texts / "a.txt").write_text("松阳县委书记王强主持会议。", encoding="utf-8")
    (texts / "c.txt").unlink()
    (texts / "e.txt").write_text("遂昌县县长毛建国主持会议。", encoding="utf-8")
    report = build([texts], tmp_path / "out")
    assert sorted(read) == ["a", "e"]
    assert report.changes == Changes(new=1, changed=1, unchanged=2, removed=1, read=2)
    assert same(tmp_path / "out", texts)


def leaders(out: Path) -> dict[str, list[str]]:
    """Who leads 松阳县, with the documents that say so."""
    with open_store(out) as store:
        rows = store.query(
            "MATCH (p)-[r:LEADS]->(:County {name: '松阳县'}) RETURN p.name, r.documents, r.evidence_json"
        ).rows
    assert all({e["doc_id"] for e in json.loads(text)} == set(ids) for _, ids, text in rows)
    return {name: ids for name, ids, _ in rows}


def test_facts_follow_their_documents(texts: Path, tmp_path: Path) -> None:
    """A changed document replaces its own facts, a removed one takes them along, others keep their evidence."""
    out = tmp_path / "out"
    build([texts], out)
    assert leaders(out) == {"李汉勤": ["a", "b"], "莫靓": ["c"]}
    (texts / "a.txt").write_text("松阳县委书记王强主持会议。", encoding="utf-8")
    build([texts], out)
    assert leaders(out) == {"李汉勤": ["b"], "王强": ["a"], "莫靓": ["c"]}
    (texts / "c.txt").unlink()
    (texts / "b.txt").unlink()
    build([texts], out)
    assert leaders(out) == {"王强": ["a"]}
    graph = KnowledgeGraph.load(out / "graph.json")
    assert not graph.find("莫靓")
    assert not graph.find("李汉勤")


def test_one_record_of_many(tmp_path: Path, read: list[str]) -> None:
    """Of a file of records only those are read that changed or were added."""
    file = tmp_path / "news.jsonl"
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in _TEXTS.values()]
    file.write_text("\n".join(lines), encoding="utf-8")
    build([file], tmp_path / "out")
    read.clear()
    lines[1] = json.dumps({"text": "遂昌县县长毛建国主持会议。"})
    file.write_text("\n".join([*lines, lines[0]]), encoding="utf-8")
    report = build([file], tmp_path / "out")
    assert read == ["news#2", "news#5"]
    assert report.changes == Changes(new=1, changed=1, unchanged=3, removed=0, read=2)
    assert same(tmp_path / "out", file)


def test_ids_that_depend_on_neighbours(texts: Path, tmp_path: Path) -> None:
    """When a second file takes the name of a first, the first is read again under its new id."""
    build([texts], tmp_path / "out")
    shutil.copy(texts / "a.txt", texts / "a.md")
    report = build([texts], tmp_path / "out")
    assert report.changes == Changes(new=2, changed=0, unchanged=3, removed=1, read=2)
    assert same(tmp_path / "out", texts)


def test_another_schema(texts: Path, tmp_path: Path) -> None:
    """With another lexicon everything is read again, though no document changed; and so with --fresh."""
    schemas = tmp_path / "schemas"
    shutil.copytree(schemas_dir(), schemas)
    build([texts], tmp_path / "out", schemas=schemas)
    with (schemas / "lexicons" / "deixis.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    report = build([texts], tmp_path / "out", schemas=schemas)
    assert report.changes == Changes(new=0, changed=0, unchanged=4, removed=0, read=4)
    assert build([texts], tmp_path / "out", schemas=schemas).changes.read == 0
    assert build([texts], tmp_path / "out", schemas=schemas, fresh=True).changes.read == 4


def test_the_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells schemas, pipelines of names, gazetteers and the program's code apart."""
    found = [fingerprint(schemas_dir(), ner) for ner in (None, "zh_core_web_sm", str(tmp_path))]
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")
    found += [fingerprint(schemas_dir(), str(tmp_path)), fingerprint(tmp_path, None)]
    for name, module in (("_PACKAGE", tmp_path), ("data_dir", lambda: tmp_path)):
        with monkeypatch.context() as patch:
            patch.setattr(f"kg.fingerprint.{name}", module)
            found.append(fingerprint(schemas_dir(), None))
    assert len(set(found)) == len(found)
    assert fingerprint(schemas_dir(), None) == found[0]


def _flipped(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(3):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def test_damaged_readings_are_read_again(texts: Path, tmp_path: Path) -> None:
    """Whatever happened to the readings, the graph is right and there is no error."""
    out = tmp_path / "out"
    build([texts], out)
    graph, whole = ((out / name).read_bytes() for name in ("graph.json", NAME))
    rng = random.Random(1)
    lines = whole.splitlines(keepends=True)
    damaged = [
        b"",
        b"\x00" * 500,
        whole[: len(whole) // 2],
        whole.replace(b"\n", b""),
        b"".join(lines[1:]),
        lines[0] + lines[0],
        *(_flipped(whole, rng) for _ in range(3)),
    ]
    for content in damaged:
        (out / NAME).write_bytes(content)
        report = build([texts], out)
        assert (out / "graph.json").read_bytes() == graph
        assert (out / NAME).read_bytes() == whole
        assert report.changes.read == report.changes.new > 0
    (out / NAME).unlink()
    (out / NAME).mkdir()
    assert build([texts], out).changes.read == 4


def test_a_killed_build_goes_on(texts: Path, tmp_path: Path, read: list[str]) -> None:
    """What a killed build had read is not read again, even if its last line is torn; its folder goes."""
    build([texts], tmp_path / "elsewhere")
    content = (tmp_path / "elsewhere" / NAME).read_bytes()
    left = tmp_path / ".out.x.new"
    left.mkdir()
    (left / NAME).write_bytes(content[: len(content) // 2])
    torn = content[: len(content) // 2].count(b'"id"')
    read.clear()
    report = build([texts], tmp_path / "out")
    assert 0 < report.changes.read == len(read) < 4
    assert report.changes.read >= 4 - torn
    assert report.changes.new == 4
    assert not left.exists()
    assert (tmp_path / "out" / NAME).read_bytes() == content


def test_an_interrupted_build_goes_on(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    """After Ctrl-C, too, nothing is read twice, and meanwhile the old graph is there."""

    def interrupt(*arguments: object, **more: object) -> BuildReport:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.pipeline.resolve", interrupt)
        with pytest.raises(KeyboardInterrupt):
            build([texts], tmp_path / "out")
    (left,) = tmp_path.glob(".out.*")
    assert [path.name for path in left.iterdir()] == [NAME]
    assert build([texts], tmp_path / "out").changes.read == 0
    assert len(read) == 4
    assert not list(tmp_path.glob(".out.*"))


def test_killed_while_replacing(tmp_path: Path) -> None:
    """A build that was killed between its two renames left the old folder beside: it comes back, or is emptied."""
    out = tmp_path / "out"
    with replacing(out) as folder:
        KnowledgeGraph().save(folder / "graph.json")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    out.rename(tmp_path / ".out.x.old")
    (tmp_path / ".out.x.new").mkdir()
    for _ in range(2):
        with replacing(out) as folder:
            assert (out / "notes.txt").exists()
            KnowledgeGraph().save(folder / "graph.json")
        assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        old = tmp_path / ".out.y.old"
        old.mkdir()
        (out / "notes.txt").rename(old / "notes.txt")
    with replacing(out) as folder:
        KnowledgeGraph().save(folder / "graph.json")
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_builds_at_the_same_time(tmp_path: Path) -> None:
    """A build leaves alone the folder of another that is going on."""
    with replacing(tmp_path / "out", keep=NAME) as one:
        (one / NAME).write_bytes(b"mine")
        KnowledgeGraph().save(one / "graph.json")
        with replacing(tmp_path / "out", keep=NAME) as other:
            KnowledgeGraph().save(other / "graph.json")
            assert not (other / NAME).exists()
        assert (one / NAME).read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
