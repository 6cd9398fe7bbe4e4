"""The folder that a build makes: whole or not at all, and never in place of something else."""

from __future__ import annotations

import glob
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError
from kg.graph import FORMAT
from kg.lock import FileLock

OURS = frozenset({"graph.json", "store", "viewer.html", "report.json", "resolution.json", "readings"})
_LOCK = ".building"
_HEAD = 4096


@contextmanager
def replacing(out: Path, *, keep: str | None = None) -> Iterator[Path]:
    """A new folder that becomes ``out`` when the block ends, and vanishes when it fails.

    Files in an older ``out`` that no build wrote are carried over. What builds that were killed left beside
    ``out`` is put in order first.

    Args:
        out: A folder that does not exist, is empty, or was made by an earlier build.
        keep: A file of the new folder that is kept when the block is interrupted or killed, and is in the
            new folder of the next time.

    Raises:
        InputError: When ``out`` is something else, or cannot be written.
    """
    place = out.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _restore(place)
        _check(out, place)
        new = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=".new", dir=place.parent))
        new.chmod(0o755)  # mkdtemp's folders are for their owner alone
        lock = FileLock(new / _LOCK)
        _take_over(place, new, keep)
    except OSError as error:
        raise InputError(f"{out}: cannot be made ({error.strerror})") from None
    kept = False
    try:
        yield new
        lock.release()
        (new / _LOCK).unlink()
        _swap(out, place, new)
    except KeyboardInterrupt:
        kept = keep is not None and (new / keep).exists()
        raise
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror or error})") from None
    finally:
        if (new / _LOCK).exists():
            lock.release()
        _clear(new, keep if kept else None)


def _restore(place: Path) -> None:
    """Ends what a build was doing that was killed while it put the new folder in the place of the old one."""
    for old in sorted(place.parent.glob(f".{glob.escape(place.name)}.*.old")):
        if not old.with_suffix(".new").exists() and place.exists():
            _carry_over(old, place)
        elif not place.exists():
            old.rename(place)


def _take_over(place: Path, new: Path, keep: str | None) -> None:
    """Removes the folders of builds that were killed; one file of the fullest of them goes on."""
    best = 0
    for left in sorted(place.parent.glob(f".{glob.escape(place.name)}.*.new")):
        try:
            lock = FileLock(left / _LOCK) if left != new else None
        except OSError:
            continue  # of a build that is going on
        if lock is None:
            continue
        lock.release()
        rescued = left / keep if keep else None
        if rescued and rescued.is_file() and rescued.stat().st_size > best:
            best = rescued.stat().st_size
            rescued.replace(new / rescued.name)
        shutil.rmtree(left, ignore_errors=True)


def _clear(new: Path, keep: str | None) -> None:
    if keep is None:
        shutil.rmtree(new, ignore_errors=True)
        return
    for item in new.iterdir():
        if item.is_dir():
            shutil.rmtree(item, ignore_errors=True)
        elif item.name != keep:
            item.unlink(missing_ok=True)


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
            _carry_over(old, place)
    except OSError as error:
        raise InputError(f"{out}: cannot be replaced ({error.strerror}); is it open elsewhere?") from None


def _carry_over(old: Path, place: Path) -> None:
    """Moves what no build wrote, and removes the rest.

    What was written anew in the moment between (a decision on a page) stays, and the older file stands beside it.
    """
    for item in old.iterdir():
        if item.name not in OURS:
            there = place / item.name
            item.rename(there.with_name(f"{item.name}.before") if there.exists() else there)
    shutil.rmtree(old)
