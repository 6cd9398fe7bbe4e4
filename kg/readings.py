"""What earlier builds read, so that the next one reads only what changed.

A file of lines, each with a checksum of its own: what a document was found to say, and which documents a file holds.
Lines are added while a build goes on, so that a build that was killed is not read again from the beginning; a
line that is torn or damaged in any other way is as if it were not there.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.types import Document, DocumentGraph, Dropped, Entity, Evidence, Link

NAME = "readings"
"""The file's name in the folder of a build."""
_VERSION = 1
_CHECK = 16


@dataclass(frozen=True, slots=True)
class Changes:
    """How the documents of a build differ from those of the build before.

    Attributes:
        new: Documents that were not there.
        changed: Documents whose text, title, date or source is another.
        unchanged: Documents that are as they were.
        removed: Documents that are there no more.
        read: Documents that had to be read; with another schema or version also unchanged ones.
    """

    new: int
    changed: int
    unchanged: int
    removed: int
    read: int


def document_key(document: Document) -> str:
    """Equal for documents in which the same is found."""
    fields = (document.id, document.source, document.title, document.date, document.text)
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()[:32]


class Readings:
    """The documents read by the last build and by this one.

    Args:
        path: The file that this build writes; it may have lines of a build that was killed.
        last: That of the last build, if there is one.
        mark: What reading depends on besides the documents, see `kg.fingerprint`.
        fresh: Use nothing of what was read before.
    """

    def __init__(self, path: Path, last: Path, mark: str, *, fresh: bool = False) -> None:
        self._path = path
        self._mark = f"{_VERSION}-{mark}"
        self._documents: dict[str, bytes] = {}
        self._files: dict[str, bytes] = {}
        self._used_files: set[str] = set()
        self._used: dict[str, str] = {}
        self._read: set[str] = set()
        self._before: dict[str, str] = {}
        for place in (last, path):
            for head, line in _lines(place):
                if "id" in head and place == last:
                    self._before[head["id"]] = head["key"]
                if head["mark"] == self._mark and not fresh:
                    (self._documents if "id" in head else self._files)[head["key"]] = line

    @property
    def known(self) -> frozenset[str]:
        """Keys of the documents that need not be read."""
        return frozenset(self._documents)

    def recall(self, path: Path, name: str) -> list[DocumentGraph] | None:
        """What is known of a file, or None when it must be read.

        Args:
            path: The file.
            name: The id of its documents, which depends on where it lies.
        """
        key = _file_key(path, name)
        line = self._files.get(key) if key else None
        keys = _content(line) if line else None
        if not isinstance(keys, list) or not all(isinstance(each, str) for each in keys):
            return None
        graphs = [self._graph(each) for each in keys]
        if key is None or None in graphs:
            return None
        self._used_files.add(key)
        return [self._use(each, graph) for each, graph in zip(keys, graphs, strict=True) if graph]

    def complete(
        self, files: Sequence[tuple[Path, str, Sequence[str]]], graphs: Iterable[DocumentGraph]
    ) -> list[DocumentGraph]:
        """Takes down what was read of some files.

        Args:
            files: Each file, the id of its documents, and their keys.
            graphs: The documents that were not in `known`, in order.

        Returns:
            All documents of the files, in order.
        """
        rest = iter(graphs)
        whole: list[DocumentGraph] = []
        lines: list[bytes] = []
        for path, name, keys in files:
            for key in keys:
                graph = self._graph(key)
                if graph is None:
                    graph = next(rest)
                    line = _line({"key": key, "id": graph.document.id, "mark": self._mark}, _plain(graph))
                    lines.append(line)
                    self._documents[key] = line
                    self._read.add(key)
                whole.append(self._use(key, graph))
            file_key = _file_key(path, name)
            if file_key:
                self._files[file_key] = _line({"key": file_key, "mark": self._mark}, list(keys))
                self._used_files.add(file_key)
                lines.append(self._files[file_key])
        with self._path.open("ab") as file:
            # begins with a line end, as that of a build that was killed may lack it
            file.write(b"\n" + b"".join(lines))
        return whole

    def finish(self) -> Changes:
        """Keeps what this build used and nothing else; the documents that differ from the last build's."""
        part = self._path.with_name(f".{self._path.name}.part")
        with part.open("wb") as file:
            file.writelines(self._documents[key] for key in sorted(self._used.values()))
            file.writelines(self._files[key] for key in sorted(self._used_files))
        os.replace(part, self._path)
        same = sum(self._before.get(id) == key for id, key in self._used.items())
        both = len(self._before.keys() & self._used.keys())
        return Changes(
            new=len(self._used) - both,
            changed=both - same,
            unchanged=same,
            removed=len(self._before) - both,
            read=len(self._read),
        )

    def _use(self, key: str, graph: DocumentGraph) -> DocumentGraph:
        self._used[graph.document.id] = key
        return graph

    def _graph(self, key: str) -> DocumentGraph | None:
        line = self._documents.get(key)
        return _document_graph(_content(line)) if line else None


def _file_key(path: Path, name: str) -> str | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None  # reading it will tell
    hashed = hashlib.sha256(json.dumps([name, str(path)]).encode())
    hashed.update(content)
    return hashed.hexdigest()[:32]


def _line(head: dict[str, str], content: Any) -> bytes:
    packed = base64.b64encode(zlib.compress(json.dumps(content).encode()))
    rest = b"%s\t%s\n" % (json.dumps(head).encode(), packed)
    return b"%s\t%s" % (_checksum(rest), rest)


def _lines(path: Path) -> Iterator[tuple[dict[str, str], bytes]]:
    """The heads of all lines that are whole, and the lines."""
    try:
        file = path.open("rb")
    except OSError:
        return
    with file:
        for line in file:
            check, _, rest = line.partition(b"\t")
            if check == _checksum(rest):
                yield json.loads(rest.partition(b"\t")[0]), line


def _checksum(rest: bytes) -> bytes:
    return hashlib.sha256(rest).hexdigest()[:_CHECK].encode()


def _content(line: bytes) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(line.rstrip(b"\n").rpartition(b"\t")[2])))


def _plain(graph: DocumentGraph) -> dict[str, Any]:
    return asdict(graph)


def _document_graph(data: dict[str, Any]) -> DocumentGraph:
    return DocumentGraph(
        document=Document(**_tuples(data["document"])),
        entities=tuple(_entity(each) for each in data["entities"]),
        links=tuple(Link(**{**each, "evidence": Evidence(**each["evidence"])}) for each in data["links"]),
        counts=data["counts"],
        dropped=tuple(Dropped(**each) for each in data["dropped"]),
        notes=tuple(data["notes"]),
        quotes=data["quotes"],
    )


def _entity(data: dict[str, Any]) -> Entity:
    properties = tuple((name, value) for name, value in data["properties"])
    return Entity(**{**_tuples(data), "properties": properties})


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
