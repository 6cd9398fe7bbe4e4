"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from kg.errors import InputError

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text with � for what XML cannot carry."""
    return _NOT_IN_XML.sub("\ufffd", text)


class Writer:
    """Opens the files of one export, and gives them their names when all of them are written.

    Args:
        target: A folder, which may be made, or the file itself.
        single: The name of the only file in a folder, or None when there are several.

    Attributes:
        paths: The files so far.

    Raises:
        InputError: When the target cannot be what is written.
    """

    def __init__(self, target: Path, *, single: str | None) -> None:
        self.paths: list[Path] = []
        self._parts: list[Path] = []
        is_file = single is not None and not target.is_dir() and bool(target.suffix)
        if not is_file and target.is_file():
            raise InputError(f"{target}: there is a file of this name; give a folder")
        self._target = target
        self._folder = target.parent if is_file else target
        self._single = target.name if is_file else None

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{self._folder}: cannot be made ({error.strerror})") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for part, path in zip(self._parts, self.paths, strict=True):
            if kind is None:
                os.replace(part, path)
            else:
                part.unlink(missing_ok=True)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[str]]:
        """A new text file of this name, UTF-8, its line ends as written.

        Raises:
            InputError: When it cannot be written.
        """
        path = self._folder / (self._single or name)
        part = path.with_name(f".{path.name}.part")
        try:
            # what UTF-8 cannot carry becomes ?, rather than that nothing is written
            with part.open("w", encoding="utf-8", errors="replace", newline="") as file:
                self.paths.append(path)
                self._parts.append(part)
                yield file
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror})") from None
