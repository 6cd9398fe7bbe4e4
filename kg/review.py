"""Doubtful pairs and the decisions of people on them: plain functions for the terminal and for a web page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.decisions import (
    FILE,
    FormKey,
    Verdict,
    changing,
    read_decisions,
    verdict,
    with_decision,
    write_decisions,
)
from kg.errors import InputError
from kg.ids import stable_id
from kg.resolution import FILE as RESOLUTION
from kg.resolution import FormRecord, NearRecord, ResolutionRecord


@dataclass(frozen=True, slots=True)
class Question:
    """A pair that a person should decide.

    Attributes:
        left: One side, as documents have it.
        right: The other.
        score: How near they are; the table's thresholds tell what it means.
        reasons: What speaks for and against.
    """

    left: FormRecord
    right: FormRecord
    score: float
    reasons: tuple[str, ...]

    @property
    def pair(self) -> tuple[FormKey, FormKey]:
        """What a decision on it is about."""
        return self.left.key, self.right.key

    def to_dict(self) -> dict[str, Any]:
        """Plain data; ``id`` of a side is what `decide` takes."""
        return {
            "kind": self.left.kind,
            "score": self.score,
            "reasons": list(self.reasons),
            "left": _side(self.left),
            "right": _side(self.right),
        }


def form_id(form: FormRecord) -> str:
    """The id of a form; it follows from kind, name and context, so it outlives a rebuild."""
    return key_id(form.key)


def key_id(key: FormKey) -> str:
    """The id of a form of which only the key is known, as in the file of decisions."""
    return stable_id("form", *key)


def decisions_file(out: Path, decisions: Path | None = None) -> Path:
    """Where the decisions on a build are: decisions.tsv in its folder, unless another file is given."""
    return decisions or out / FILE


def questions(out: Path, *, decisions: Path | None = None) -> list[Question]:
    """The queue: doubtful pairs of a build that nobody has decided yet, the likeliest first.

    Args:
        out: The folder of the build.
        decisions: File with decisions, by default decisions.tsv in ``out``.

    Raises:
        InputError: When there is no build, or the file does not hold.
    """
    decided = {made.pair for made in read_decisions(decisions_file(out, decisions))}
    return [question for question in asked(out) if question.pair not in decided]


def asked(out: Path) -> list[Question]:
    """The doubtful pairs of a build, decided or not, the likeliest first.

    Raises:
        InputError: When there is no build, or the file does not hold.
    """
    return list(_asked(_record(out)))


def decide(
    out: Path, left: str, right: str, word: str, *, decisions: Path | None = None, day: str | None = None
) -> Verdict:
    """Keeps a decision; the next build applies it.

    Args:
        out: The folder of the build.
        left: One side: the id of a form (``form-3f2a…``), of an entity, or a name.
        right: The other side, likewise.
        word: ``same``, ``different`` or ``unsure``.
        decisions: File to keep it in, by default decisions.tsv in ``out``; made when it is not there.
        day: When it was made, by default today.

    Raises:
        InputError: When a side is unknown or stands for several, or the word is no verdict.
    """
    record = _record(out)
    one, other = _two_sides(record, left, right)
    made = verdict(word, one.key, other.key, day=day)
    path = decisions_file(out, decisions)
    with changing(path):
        write_decisions(path, with_decision(read_decisions(path), made))
    return made


def undo(out: Path, left: str, right: str, *, decisions: Path | None = None) -> Verdict:
    """Takes a decision back.

    Raises:
        InputError: When there is none on the two sides.
    """
    path = decisions_file(out, decisions)
    with changing(path):
        known = read_decisions(path)
        fitting = [
            made
            for made in known
            for one, other in (made.pair, made.pair[::-1])
            if _is(one, left) and _is(other, right)
        ]
        if len(fitting) != 1:
            raise InputError(
                f"{path}: {len(fitting) or 'no'} decision{'s' if fitting else ''} on {left} and {right}"
                + ("; name the sides by their form-… ids" if fitting else "")
            )
        write_decisions(path, [d for d in known if d != fitting[0]])
    return fitting[0]


def _record(out: Path) -> ResolutionRecord:
    path = out / RESOLUTION
    try:
        found = path.stat()
    except OSError:
        return ResolutionRecord.load(path)  # which says what is missing
    return _loaded(path, (found.st_mtime_ns, found.st_size, found.st_ino))


@lru_cache(maxsize=1)  # a decision each second need not read the record of a large build anew
def _loaded(path: Path, version: tuple[int, int, int]) -> ResolutionRecord:
    return ResolutionRecord.load(path)


def _is(key: FormKey, wanted: str) -> bool:
    return wanted in (key[1], key_id(key))


def _asked(record: ResolutionRecord) -> Iterator[Question]:
    return (_question(record, near) for near in record.near if near.asked)


def _question(record: ResolutionRecord, near: NearRecord) -> Question:
    left, right = sorted((record.forms[near.left], record.forms[near.right]), key=lambda f: f.key)
    return Question(left, right, near.score, near.reasons)


def _side(form: FormRecord) -> dict[str, Any]:
    return {
        "id": form_id(form),
        "name": form.name,
        "context": form.context,
        "entity": form.entity,
        "documents": list(form.documents),
        "count": form.count,
        "sentence": form.sentence,
        "sentence_of": form.sentence_of,
    }


def _two_sides(record: ResolutionRecord, left: str, right: str) -> tuple[FormRecord, FormRecord]:
    for question in _asked(record):  # quick, as the likeliest are asked and decided first
        if {form_id(question.left), form_id(question.right)} == {left, right}:
            return question.left, question.right
    ones, others = (_fitting(record, side) for side in (left, right))
    pairs = [
        pair
        for near in record.near
        for pair in (
            (record.forms[near.left], record.forms[near.right]),
            (record.forms[near.right], record.forms[near.left]),
        )
        if pair[0] in ones and pair[1] in others
    ]
    if pairs:
        return pairs[0]
    return _only(ones, left), _only(others, right)


def _fitting(record: ResolutionRecord, wanted: str) -> Sequence[FormRecord]:
    found = [f for f in record.forms if wanted in (f.name, f.entity) or form_id(f) == wanted]
    if not found:
        raise InputError(
            f"{wanted}: no name, entity or form of this build; see them with: kg review --list, kg why"
        )
    return found


def _only(forms: Sequence[FormRecord], wanted: str) -> FormRecord:
    if len({f.entity for f in forms}) > 1:
        shown = "; ".join(f"{form_id(f)} {f.name} ({f.context or 'no context'})" for f in forms[:6])
        raise InputError(f"{wanted}: stands for several; name one by its id: {shown}")
    return forms[0]
