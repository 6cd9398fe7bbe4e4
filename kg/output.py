"""The folder that a build makes: whole or not at all, and never in place of something else."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError
from kg.graph import FORMAT

OURS = frozenset({"graph.json", "store", "viewer.html", "report.json", "resolution.json"})
_HEAD = 4096


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A new folder that becomes ``out`` when the block ends, and vanishes when it fails.

    Files in an older ``out`` that no build wrote are carried over.

    Args:
        out: A folder that does not exist, is empty, or was made by an earlier build.

    Raises:
        InputError: When ``out`` is something else, or cannot be written.
    """
    place = out.resolve()
    _check(out, place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=".new", dir=place.parent))
        new.chmod(0o755)  # mkdtemp's folders are for their owner alone
    except OSError as error:
        raise InputError(f"{out}: cannot be made ({error.strerror})") from None
    try:
        yield new
        _swap(out, place, new)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror or error})") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _check(out: Path, place: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir():
        raise InputError(f"{out}: there is a file of this name; choose another folder with -o")
    try:
        names = {path.name for path in place.iterdir()}
        if names and not _is_graph(place / "graph.json"):
            raise InputError(
                f"{out}: not empty and no earlier build (no graph.json of kg in it); choose another folder"
            )
    except OSError as error:
        raise InputError(f"{out}: cannot be read ({error.strerror})") from None


def _is_graph(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return f'"format": "{FORMAT}"'.encode() in file.read(_HEAD)


def _swap(out: Path, place: Path, new: Path) -> None:
    old = new.with_suffix(".old")
    try:
        if place.exists():
            place.rename(old)
        try:
            new.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
        if old.exists():
            for item in old.iterdir():
                if item.name not in OURS:
                    item.rename(place / item.name)
            shutil.rmtree(old)
    except OSError as error:
        raise InputError(f"{out}: cannot be replaced ({error.strerror}); is it open elsewhere?") from None
