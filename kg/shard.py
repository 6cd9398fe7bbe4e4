"""The part of the line that knows one document at a time, over many files, in one process or several."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.clean.articles import clean
from kg.errors import InputError, KgError
from kg.gazetteer import Gazetteer
from kg.read import read_document
from kg.readings import document_key
from kg.resources import schemas_dir
from kg.schema import load_schema
from kg.types import Document, DocumentGraph, Dropped

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.link.document import Linker

_Item = TypeVar("_Item")

_FILES = 16
_DOCUMENTS = 64


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of some files.

    Attributes:
        files: How many files.
        contents: The files that could be read, each with the keys of its documents.
        graphs: One a document that was not known, in order of the files.
        dropped: Files that could not be read.
        seconds: Step to its time.
    """

    files: int
    contents: tuple[tuple[Path, tuple[str, ...]], ...]
    graphs: tuple[DocumentGraph, ...]
    dropped: tuple[Dropped, ...]
    seconds: dict[str, float]


class Line:
    """Read → clean → annotate → link; loads its models when the first file comes.

    Args:
        schemas: Folder with the schema, by default the program's.
        ner: An installed spaCy pipeline that supplies the names instead of LAC.
        known: Keys of documents of which nothing need be found.
    """

    def __init__(
        self, schemas: Path | None = None, ner: str | None = None, known: frozenset[str] = frozenset()
    ) -> None:
        self.schemas = schemas or schemas_dir()
        self.ner = ner
        self.known = known

    def __reduce__(self) -> tuple[type[Line], tuple[Path, str | None, frozenset[str]]]:
        return Line, (self.schemas, self.ner, self.known)

    @cached_property
    def linker(self) -> Linker:
        """Loaded once a process."""
        from kg.link.document import Linker

        linker = Linker(load_schema(self.schemas), self.schemas, Gazetteer.load(schemas=self.schemas))
        gc.freeze()  # what stays for good need not be gone over by every collection of garbage
        return linker

    @cached_property
    def nlp(self) -> Language:
        """Loaded once a process."""
        from kg.annotate.pipeline import nlp

        pipeline = nlp(schemas=self.schemas, ner=self.ner)
        gc.freeze()
        return pipeline

    def run(self, files: Sequence[Path], root: Path) -> Batch:
        """The document graphs of some files; files that cannot be read are reported.

        Args:
            files: What to read.
            root: The folder that document ids are relative to.
        """
        seconds = dict.fromkeys(("load", "read", "clean", "annotate", "link"), 0.0)
        documents: list[Document] = []
        contents: list[tuple[Path, tuple[str, ...]]] = []
        dropped: list[Dropped] = []
        begin = time.perf_counter()
        for path in files:
            try:
                inside = read_document(path, root=root)
            except InputError as error:
                dropped.append(Dropped(str(path), path.name, "read", str(error)))
                continue
            keys = tuple(map(document_key, inside))
            contents.append((path, keys))
            documents += (d for d, key in zip(inside, keys, strict=True) if key not in self.known)
        seconds["read"] = time.perf_counter() - begin
        if not documents:
            return Batch(len(files), tuple(contents), (), tuple(dropped), seconds)
        begin = time.perf_counter()
        linker, nlp = self.linker, self.nlp
        seconds["load"] = time.perf_counter() - begin
        graphs: list[DocumentGraph] = []
        for some in _groups(documents, _DOCUMENTS):
            times = [time.perf_counter()]
            cleaned = [clean(document, self.schemas) for document in some]
            times.append(time.perf_counter())
            docs = list(nlp.pipe(document.text for document in cleaned))
            times.append(time.perf_counter())
            graphs += map(linker.link, cleaned, docs)
            times.append(time.perf_counter())
            for step, start, end in zip(("clean", "annotate", "link"), times, times[1:], strict=False):
                seconds[step] += end - start
        return Batch(len(files), tuple(contents), tuple(graphs), tuple(dropped), seconds)


def batches(files: Sequence[Path], root: Path, line: Line, *, workers: int) -> Generator[Batch, None, None]:
    """Runs the line over files; the results come in order of the files, whatever the number of workers.

    Args:
        files: What to read.
        root: The folder that document ids are relative to.
        line: What to do with them.
        workers: Processes; with one, everything happens in this one.

    Raises:
        KgError: When a worker process dies.
    """
    parts = list(_groups(files, _FILES))
    if workers < 2 or len(parts) < 2:
        for part in parts:
            yield line.run(part, root)
        return
    pool = ProcessPoolExecutor(
        min(workers, len(parts)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(line, root),
    )
    try:
        yield from pool.map(_run, parts)
    except BrokenProcessPool:
        raise KgError(
            "a worker process ended unexpectedly; memory may be short: use fewer workers. A script that calls "
            'this needs the line: if __name__ == "__main__":'
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _groups(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    rest = iter(items)
    while group := tuple(islice(rest, size)):
        yield group


_mine: tuple[Line, Path] | None = None


def _start(line: Line, root: Path) -> None:
    global _mine
    _mine = (line, root)


def _run(files: Sequence[Path]) -> Batch:
    assert _mine is not None
    line, root = _mine
    return line.run(files, root)
