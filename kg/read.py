"""Paths → documents: text, web pages, Markdown, and records in JSON, JSON Lines and CSV."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from kg.encoding import decode
from kg.errors import InputError
from kg.records import Record, iso_date, read_records
from kg.types import Document
from kg.webpage import read_page

SUFFIXES = (".txt", ".html", ".htm", ".md", ".json", ".jsonl", ".csv")

_STAMPED = re.compile(r"(?:时间|日期)\s*[::]\s*(\S{4,11})")
_FRONT_MATTER = re.compile(r"---\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_MARKDOWN = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?|[-*+][ \t]+)", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
)


def find_documents(paths: Sequence[Path]) -> list[Path]:
    """Lists the files to read.

    Args:
        paths: Files, taken whatever their type, and folders, searched at any depth for files of a
            readable type; what is hidden below them is skipped.

    Returns:
        Each file once, sorted.

    Raises:
        InputError: When a path is missing, or a folder cannot be listed or holds no document.
    """
    if not paths:
        raise InputError("nothing to read: give files or folders")
    found: dict[str, Path] = {}
    for path in paths:
        if os.path.isdir(path):
            below = _below(path)
            if not below:
                raise InputError(f"{path}: no documents in this folder (looked for {' '.join(SUFFIXES)})")
        else:
            _check_file(path)
            below = [path]
        for file in below:
            found.setdefault(os.path.abspath(file), file)
    return sorted(found.values())


def common_root(paths: Sequence[Path]) -> Path:
    """The folder that document ids are relative to: the deepest one that holds all that was given."""
    folders = [os.path.abspath(path if path.is_dir() else path.parent) for path in paths]
    return Path(os.path.commonpath(folders))


def read_document(path: Path, *, root: Path | None = None) -> list[Document]:
    """Reads one file.

    Args:
        path: A file; one whose type is not known is read as plain text.
        root: The folder that ids are relative to; without it, the file's own.

    Returns:
        One document, or one a record, with ids like ``2023/d01``, ``d01.txt`` where another document of the
        folder is also called d01, and ``news#2`` for the second record of a file.

    Raises:
        InputError: When the file cannot be read, or its content is not what its type promises.
    """
    _check_file(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None
    text = decode(data, name=str(path))
    if not text.strip():
        raise InputError(f"{path}: empty file")
    name = document_id(path, path.parent if root is None else root)
    match path.suffix.lower():
        case ".json" | ".jsonl" | ".csv":
            return _from_records(text, path, name)
        case ".html" | ".htm":
            return [_from_page(text, path, name)]
        case ".md":
            return [_from_markdown(text, path, name)]
        case _:
            return [Document(id=name, text=text, source=str(path))]


def document_id(path: Path, root: Path) -> str:
    """The id of a file's document, or the beginning of its records' ids.

    Args:
        path: The file.
        root: The folder that ids are relative to.
    """
    place = Path(os.path.abspath(path))
    try:
        inside = place.relative_to(os.path.abspath(root))
    except ValueError:
        inside = Path(place.name)
    others = (path.with_suffix(suffix) for suffix in SUFFIXES if suffix != path.suffix)
    unique = path.suffix.lower() in SUFFIXES and not any(other.exists() for other in others)
    return (inside.with_suffix("") if unique else inside).as_posix()


def _below(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename}: cannot be listed ({error.strerror})") from None

    found: list[Path] = []
    for where, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                found.append(Path(where, name))
    return found


def _check_file(path: Path) -> None:
    try:
        if path.is_file():
            return
        if path.is_symlink() and not path.exists():
            reason = f"a link to {os.readlink(path)}, which does not exist"
        elif path.exists():
            reason = "not a file"
        else:
            reason = "no such file or folder"
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
    raise InputError(f"{path}: {reason}")


def _from_page(text: str, path: Path, name: str) -> Document:
    page = read_page(text)
    if not page.text:
        raise InputError(f"{path}: no text in this web page")
    stamp = _STAMPED.search(page.everything)
    day = page.date or (iso_date(stamp[1]) if stamp else None)
    return Document(id=name, text=page.text, source=str(path), title=page.title, date=day)


def _from_markdown(text: str, path: Path, name: str) -> Document:
    front = _FRONT_MATTER.match(text)
    lines = front[1].splitlines() if front else []
    pairs = (line.partition(":") for line in lines)
    fields = Record("", {key.strip(): value.strip(" \t\"'") for key, colon, value in pairs if colon})
    text = text[front.end() :] if front else text
    heading = _HEADING.search(text)
    for pattern, plain in _MARKDOWN:
        text = pattern.sub(plain, text)
    return Document(
        id=name,
        text=text.lstrip("\n"),
        source=fields.source or str(path),
        title=fields.title or (heading[1] if heading else ""),
        date=fields.date,
    )


def _from_records(text: str, path: Path, name: str) -> list[Document]:
    documents = [
        Document(
            id=f"{name}#{number}" if record.place else name,
            text=record.text,
            source=record.source or str(path),
            title=record.title,
            date=record.date,
        )
        for number, record in enumerate(read_records(text, path), start=1)
    ]
    if not any(document.text.strip() for document in documents):
        raise InputError(f"{path}: no record with text")
    return documents
