"""What people decided about doubtful pairs: a text file, one line a decision, to be compared, shared and undone."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import InputError
from kg.lock import FileLock

FILE = "decisions.tsv"
VERDICTS = ("same", "different", "unsure")
_HEAD = (
    "# Decisions of people on pairs of names, made with kg review; kg build applies them. Columns, split by tabs:\n"
    "# verdict (same, different, unsure), kind, name, context, other name, its context, day. Delete a line to undo it.\n"
)
_COLUMNS = 7
_WAIT_SECONDS = 5
_AGAIN_SECONDS = 0.01

FormKey = tuple[str, str, str]
"""Kind, name and context of a form; it follows from what a document says, so it outlives a rebuild."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision.

    Attributes:
        verdict: ``same``, ``different`` or ``unsure``.
        left: One side; the lower key.
        right: The other.
        day: When it was made, ISO, or "".
    """

    verdict: str
    left: FormKey
    right: FormKey
    day: str = ""

    @property
    def pair(self) -> tuple[FormKey, FormKey]:
        """What it is about."""
        return self.left, self.right

    @property
    def told(self) -> str:
        """In words, for messages."""
        sides = (f"{name} ({context})" if context else name for _, name, context in self.pair)
        return f"{self.verdict}: " + " / ".join(sides)


def verdict(word: str, one: FormKey, other: FormKey, *, day: str | None = None) -> Verdict:
    """A decision on two forms, of today unless another day is given.

    Raises:
        InputError: When the word is no verdict, the sides are one or of two kinds, or do not fit into a line.
    """
    if word not in VERDICTS:
        raise InputError(f'"{word}" is no verdict; legal: {", ".join(VERDICTS)}')
    if one == other:
        raise InputError(f"both sides are the same: {one[1]} ({one[2]})")
    if one[0] != other[0]:
        raise InputError(f"{one[1]} is of kind {one[0]}, {other[1]} of kind {other[0]}: they cannot be one")
    if any("\t" in part or part.splitlines() not in ([], [part]) for part in (*one, *other)):
        raise InputError(f"{one[1]!r}, {other[1]!r}: names with tabs or line breaks do not fit into the file")
    left, right = sorted((one, other))
    return Verdict(word, left, right, date.today().isoformat() if day is None else day)


def read_decisions(path: Path, *, required: bool = False) -> tuple[Verdict, ...]:
    """The decisions of a file, in its order; none when there is no file.

    Args:
        path: The file.
        required: Whether a missing file is an error.

    Raises:
        InputError: With file and line, when a line is no decision, or two lines decide one pair differently.
    """
    if not path.is_file():
        if required:
            raise InputError(f"{path}: no such file; kg review OUT --decisions {path} makes it")
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a readable UTF-8 file: {error}") from None
    found: dict[tuple[FormKey, FormKey], tuple[int, Verdict]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) not in (_COLUMNS - 1, _COLUMNS):
            raise InputError(f"{path}:{number}: {len(cells)} columns instead of {_COLUMNS}, split by tabs")
        word, kind, *sides = (cell.strip() for cell in cells)
        try:
            made = verdict(
                word, (kind, sides[0], sides[1]), (kind, sides[2], sides[3]), day="".join(sides[4:])
            )
        except InputError as error:
            raise InputError(f"{path}:{number}: {error}") from None
        before = found.get(made.pair)
        if before is not None and before[1].verdict != made.verdict:
            raise InputError(
                f"{path}:{number}: says {made.told}, but line {before[0]} says {before[1].verdict}; keep one"
            )
        found.setdefault(made.pair, (number, made))
    return tuple(made for _, made in found.values())


def write_decisions(path: Path, decisions: Iterable[Verdict]) -> None:
    """Writes a file anew, whole or not at all.

    Raises:
        InputError: When it cannot be written.
    """
    rows = ["\t".join((d.verdict, d.left[0], *d.left[1:], *d.right[1:], d.day)) for d in decisions]
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(_HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None


def with_decision(decisions: Sequence[Verdict], made: Verdict) -> tuple[Verdict, ...]:
    """The decisions with a new one, which replaces an earlier one on the same pair."""
    return (*(d for d in decisions if d.pair != made.pair), made)


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """While it lasts nobody else changes a file, so that decisions made at one time in two places are both kept.

    Raises:
        InputError: When the folder cannot be written, or somebody else does not come to an end.
    """
    lock = _lock(path)
    try:
        yield
    finally:
        lock.release()


def _lock(path: Path) -> FileLock:
    latest = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            # not the file itself, which every change replaces
            return FileLock(path.with_name(f".{path.name}.lock"))
        except BlockingIOError as error:
            if time.monotonic() > latest:
                raise InputError(f"{path}: process {error} is changing it; try again") from None
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror})") from None
        time.sleep(_AGAIN_SECONDS)
