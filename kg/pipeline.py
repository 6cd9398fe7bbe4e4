"""The straight line: read → clean → annotate → link → resolve → store → view."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from kg.confidence import above, graph_above
from kg.decisions import FILE as DECISIONS
from kg.decisions import read_decisions
from kg.errors import InputError
from kg.fingerprint import fingerprint
from kg.output import replacing
from kg.passages import without_text
from kg.read import common_root, document_id, find_documents
from kg.readings import NAME as READINGS
from kg.readings import Changes, Readings
from kg.resolution import FILE as RESOLUTION
from kg.resolve.enrich import with_kept_tables
from kg.resolve.resolve import Decision, resolve
from kg.schema import load_schema
from kg.shard import Batch, Line, batches
from kg.stores.embedded import build_embedded
from kg.stores.load import LoadReport
from kg.types import DocumentGraph, Dropped
from kg.view.page import write_html

Progress = Callable[[str, int, int], None]
"""Called with the step, the number of items done, and their total."""

_T = TypeVar("_T")
_MANY_FILES = 200
_MANY_BYTES = 1_200_000


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What `build` made.

    Attributes:
        out: The folder with graph.json, store/, viewer.html, report.json and readings.
        counts: Numbers of documents, of entities and of relations by type.
        changes: How the documents differ from those of the build before.
        stored: What the embedded store holds.
        dropped: What was found and not kept, with the reasons.
        different: Entities of one name that were kept apart, with the reasons.
        doubtful: How many pairs wait for a person (``kg review``).
        notes: Decisions of people that could not be applied, rows of tables that fit no entity or several.
        seconds: Step to its time; with several workers the sum over them.
        elapsed: Seconds from start to end.
    """

    out: Path
    counts: dict[str, dict[str, int]]
    changes: Changes
    stored: LoadReport
    dropped: tuple[Dropped, ...]
    different: tuple[Decision, ...]
    doubtful: int
    notes: tuple[str, ...]
    seconds: dict[str, float]
    elapsed: float

    def to_dict(self) -> dict[str, Any]:
        """Plain data for report.json."""
        return {**asdict(self), "out": str(self.out)}


def extract(
    paths: Sequence[Path | str],
    *,
    schemas: Path | None = None,
    ner: str | None = None,
    min_score: float = 0.0,
    workers: int | None = None,
    progress: Progress | None = None,
    skipped: Callable[[Dropped], None] | None = None,
) -> Iterator[DocumentGraph]:
    """Reads, cleans, annotates and links documents; yields the graph of each, in order of their paths.

    Args:
        paths: Files, and folders that are searched at any depth.
        schemas: Folder with the schema, by default the program's.
        ner: An installed spaCy pipeline that supplies the names instead of LAC.
        min_score: Entities and links of a lower confidence are left out and counted as dropped.
        workers: Processes; by default one for few documents and one a processor for many. A script
            that asks for several needs the ``if __name__ == "__main__"`` guard of multiprocessing.
        progress: Called with ``extract``, the files done and their number.
        skipped: Called with each file that cannot be read; without it the first one is an error.

    Raises:
        InputError: When a path is missing, a folder holds no documents, or a file cannot be read.
        SchemaError: When the schema does not hold.
        MissingError: When the spaCy pipeline is not installed.
    """
    done = _batches([Path(p) for p in paths], Line(schemas, ner), workers, progress)
    # Closed as soon as the caller stops, so that no worker goes on for nothing.
    with closing(done):
        for batch in done:
            for item in batch.dropped:
                if skipped is None:
                    raise InputError(item.reason)
                skipped(item)
            yield from (above(g, min_score) for g in batch.graphs)


def build(
    paths: Sequence[Path | str],
    out: Path | str,
    *,
    schemas: Path | None = None,
    ner: str | None = None,
    min_score: float = 0.0,
    decisions: Path | None = None,
    workers: int | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Builds the graph of all documents, its embedded store and its viewer.

    Everything is made in a folder beside ``out`` that takes its place at the end: ``out`` is either the old
    one or the new one. Documents that are as the last build, or one that was killed, read them are not read
    again. Neither that, nor the order of the documents, nor the number of workers changes the result.

    Args:
        paths: Files, and folders that are searched at any depth; files that cannot be read are
            reported and left out.
        out: Folder to make, or one that an earlier build made, to replace.
        schemas: Folder with the schema, by default the program's.
        ner: An installed spaCy pipeline that supplies the names instead of LAC.
        min_score: Entities and relations of a lower confidence, from all documents together, are left out
            and counted as dropped.
        decisions: File with decisions of people on doubtful pairs, by default decisions.tsv in ``out``.
        workers: Processes, see `extract`.
        fresh: Read every document, whatever was read before.
        progress: Called with the step (``extract``, ``store``), the items done and their number.

    Raises:
        InputError: When there is nothing to read, or ``out`` holds something else.
        SchemaError: When the schema does not hold.
        StoreError: When the store cannot be written.
    """
    begin = time.perf_counter()
    meter = _Meter()
    with replacing(Path(out), keep=READINGS) as folder:
        graphs: list[DocumentGraph] = []
        dropped: list[Dropped] = []
        line = Line(schemas, ner)
        readings = Readings(
            folder / READINGS, Path(out) / READINGS, fingerprint(line.schemas, ner), fresh=fresh
        )
        for batch in _batches([Path(p) for p in paths], line, workers, progress, readings):
            meter.add(batch.seconds)
            graphs += batch.graphs
            dropped += batch.dropped
        graphs.sort(key=lambda g: g.document.id)
        dropped += (d for g in graphs for d in g.dropped)
        if not graphs:
            reason = dropped[0].reason if dropped else "no documents"
            raise InputError(f"nothing could be read; the first reason: {reason}")
        decided = read_decisions(decisions or Path(out) / DECISIONS, required=decisions is not None)
        resolution = meter.timed("resolve", lambda: resolve(graphs, schemas=schemas, decisions=decided))
        graph, doubtful = graph_above(resolution.graph, min_score)
        graph, told = with_kept_tables(graph, Path(out), schemas=schemas)
        graph.save(folder / "graph.json")
        resolution.record.save(folder / RESOLUTION)
        meter_store = (lambda done, total: progress("store", done, total)) if progress else None
        schema = load_schema(schemas)
        stored = meter.timed(
            "store", lambda: build_embedded(graph, folder / "store", progress=meter_store, schema=schema)
        )
        meter.timed("view", lambda: write_html(graph, folder / "viewer.html", schema=schema))
        report = BuildReport(
            out=Path(out),
            counts=graph.counts(),
            changes=readings.finish(),
            stored=stored,
            dropped=(*dropped, *resolution.dropped, *doubtful),
            different=resolution.different,
            doubtful=sum(near.asked for near in resolution.record.near),
            notes=(*resolution.record.notes, *told),
            seconds=meter.seconds,
            elapsed=round(time.perf_counter() - begin, 2),
        )
        text = json.dumps(report.to_dict(), ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    return report


def _batches(
    paths: Sequence[Path],
    line: Line,
    workers: int | None,
    progress: Progress | None,
    readings: Readings | None = None,
) -> Generator[Batch, None, None]:
    """The batches of all files; what is in the readings comes first, and the rest is added to them."""
    found, root = find_documents(paths), common_root(paths)
    files = found
    if readings:
        begin = time.perf_counter()
        recalled = {file: readings.recall(file, document_id(file, root)) for file in found}
        files = [file for file in found if recalled[file] is None]
        line.known = readings.known
        known = tuple(graph for graphs in recalled.values() for graph in graphs or ())
        yield Batch(len(found) - len(files), (), known, (), {"recall": time.perf_counter() - begin})
    if workers is None:
        many = len(files) > _MANY_FILES or sum(f.stat().st_size for f in files) > _MANY_BYTES
        workers = (os.cpu_count() or 1) if many else 1
    done = len(found) - len(files)
    with closing(batches(files, root, line, workers=workers)) as results:
        for batch in results:
            done += batch.files
            if progress:
                progress("extract", done, len(found))
            yield _noted(batch, root, readings) if readings else batch


def _noted(batch: Batch, root: Path, readings: Readings) -> Batch:
    """A batch added to the readings, with the documents that were known."""
    bare = map(without_text, batch.graphs)
    files = [(path, document_id(path, root), keys) for path, keys in batch.contents]
    return replace(batch, graphs=tuple(readings.complete(files, bare)))


class _Meter:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def add(self, seconds: dict[str, float]) -> None:
        for step, spent in seconds.items():
            self.seconds[step] = round(self.seconds.get(step, 0.0) + spent, 4)

    def timed(self, step: str, work: Callable[[], _T]) -> _T:
        begin = time.perf_counter()
        result = work()
        self.add({step: time.perf_counter() - begin})
        return result
