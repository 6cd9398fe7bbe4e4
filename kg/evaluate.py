"""How well predicted document graphs agree with gold ones: precision, recall, F1, and what went wrong why.

A document graph is the JSON that `kg extract` writes; of a prediction only the entities' id, type and name
and the relations' head, type and tail count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.errors import InputError
from kg.gold import GoldEntity, GoldGraph, Triple, read_folder, read_graph, read_prediction

Kind = Literal["entities", "relations"]

KINDS: tuple[Kind, ...] = ("entities", "relations")
_SYMMETRIC = frozenset({"COOPERATES_WITH"})


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one type, or of all entities or relations together.

    Attributes:
        name: The type, or ``entities`` or ``relations`` for a total.
        correct: How many of the gold ones were predicted.
        gold: How many there are in the gold graphs.
        predicted: How many were predicted.
    """

    name: str
    correct: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """The share of the predicted ones that are right; 0 when nothing was predicted."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold ones that were predicted; 0 when there are none."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One entity or relation that was found, missed or wrongly predicted.

    Attributes:
        doc: The document's id.
        kind: Whether it is an entity or a relation.
        type: Its type.
        verdict: ``correct``, ``missed`` (in the gold alone) or ``wrong`` (in the prediction alone).
        text: Type and name, or head, type and tail.
        cause: What lies behind a miss or a wrong prediction, see `causes`; else "".
        score: The confidence of a prediction; 1 where it gives none, and for misses.
    """

    doc: str
    kind: Kind
    type: str
    verdict: Literal["correct", "missed", "wrong"]
    text: str
    cause: str = ""
    score: float = 1.0

    def __str__(self) -> str:
        return f"{self.doc}  {self.verdict:6}  {self.text}"


@dataclass(frozen=True, slots=True)
class Scores:
    """The result of an evaluation.

    Attributes:
        rows: Entity types by falling number in the gold, their total, then the same for relations.
        outcomes: Everything that was found, missed or wrongly predicted, by document.
        dropped: How many predicted entities and relations were left out for their confidence.
    """

    rows: tuple[Row, ...]
    outcomes: tuple[Outcome, ...]
    dropped: int = 0

    @property
    def errors(self) -> tuple[Outcome, ...]:
        """Every miss and every wrong prediction, by document; as strings, lines of a report."""
        return tuple(outcome for outcome in self.outcomes if outcome.verdict != "correct")

    def row(self, name: str) -> Row:
        """The figures of a type, of ``entities`` or of ``relations``; all 0 for one that never occurs."""
        return next((row for row in self.rows if row.name == name), Row(name, 0, 0, 0))


def score_folder(
    gold: Path, predicted: Path | Mapping[str, Mapping[str, Any]], *, min_score: float = 0.0
) -> Scores:
    """Compares predictions with all gold graphs of a folder.

    Entities match one to one by type and name (or an accepted name), relations by type and matched ends,
    in either direction where the type is symmetric. A predicted PART_OF between two regions that
    the gold does not list is left out of account: the hierarchy of regions is true of itself.

    Args:
        gold: A folder with one ``<document id>.json`` a document.
        predicted: Such a folder, or document graphs by document id; a document without one counts as
            an empty prediction.
        min_score: Predicted entities and relations of a lower ``score`` are left out, and relations that
            have such an end.

    Raises:
        InputError: When a folder is missing, or something in it is not a document graph.
    """
    files = sorted(read_folder(gold).glob("*.json"))
    if not files:
        raise InputError(f"{gold}: no gold graphs (*.json) in this folder")
    if isinstance(predicted, Path):
        read_folder(predicted)
    outcomes: list[Outcome] = []
    dropped = 0
    for file in files:
        truth = read_graph(file)
        whole = read_prediction(file, predicted)
        guess = whole.above(min_score)
        dropped += len(whole.entities) - len(guess.entities) + len(whole.relations) - len(guess.relations)
        matches = _match(truth, guess)
        outcomes += _compare_entities(file.stem, truth, guess, matches)
        outcomes += _compare_relations(file.stem, truth, guess, matches)
    return Scores(
        rows=tuple(row for kind in KINDS for row in _rows(kind, outcomes)),
        outcomes=tuple(outcomes),
        dropped=dropped,
    )


def format_table(scores: Scores) -> str:
    """The figures in columns, a line a row."""
    lines = [f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'pred':>7}"]
    lines += [
        f"{row.name:18}{row.precision:7.3f}{row.recall:7.3f}{row.f1:7.3f}{row.gold:7d}{row.predicted:7d}"
        for row in scores.rows
    ]
    return "\n".join(lines)


def causes(scores: Scores) -> dict[tuple[Kind, str], tuple[int, int]]:
    """How many errors have which cause.

    Entities: ``deixis`` (the text only points at it: 我县, 市经信局, 该项目), ``other type`` (the name is
    right), ``boundary`` (one name contains the other), or ``not found`` (``not in gold`` for a wrong one).
    Relations: ``end not found`` (``end not in gold``), ``direction``, ``other type``, ``other tail``,
    ``other head``, or ``not found`` (``not in gold``).

    Returns:
        By kind and cause the numbers of misses and of wrong predictions, the most frequent first.
    """
    missed, wrong = (
        Counter((e.kind, e.cause) for e in scores.errors if e.verdict == verdict)
        for verdict in ("missed", "wrong")
    )
    both = missed + wrong
    order = sorted(both, key=lambda key: (KINDS.index(key[0]), -both[key], key[1]))
    return {key: (missed[key], wrong[key]) for key in order}


def format_causes(scores: Scores) -> str:
    """The causes of the errors in columns, with the types they hit most."""
    lines = [f"{'':11}{'cause':16}{'missed':>7}{'wrong':>7}  most often"]
    for (kind, cause), (missed, wrong) in causes(scores).items():
        hit = Counter(e.type for e in scores.errors if (e.kind, e.cause) == (kind, cause))
        ranked = sorted(hit.items(), key=lambda item: (-item[1], item[0]))
        often = ", ".join(f"{name} {count}" for name, count in ranked[:3])
        lines.append(f"{kind:11}{cause:16}{missed:7d}{wrong:7d}  {often}")
    return "\n".join(lines)


def _match(truth: GoldGraph, guess: GoldGraph) -> dict[str, str]:
    """Predicted ids → gold ids, one to one; who comes first in the gold is matched first."""
    matches: dict[str, str] = {}
    free = dict(truth.entities)
    for entity in guess.entities.values():
        name = entity.keys[0]
        fitting = (g.id for g in free.values() if g.type == entity.type and name in g.keys)
        found = next(fitting, None)
        if found is not None:
            matches[entity.id] = found
            del free[found]
    return matches


def _compare_entities(
    doc: str, truth: GoldGraph, guess: GoldGraph, matches: Mapping[str, str]
) -> Iterator[Outcome]:
    hit = set(matches.values())
    found = {matches[e.id]: e.score for e in guess.entities.values() if e.id in matches}
    missed = [e for e in truth.entities.values() if e.id not in hit]
    wrong = [e for e in guess.entities.values() if e.id not in matches]
    for entity in truth.entities.values():
        text = f"{entity.type} {entity.name}"
        if entity.id in hit:
            yield Outcome(doc, "entities", entity.type, "correct", text, score=found[entity.id])
        else:
            cause = "deixis" if entity.deictic else _entity_cause(entity, wrong) or "not found"
            yield Outcome(doc, "entities", entity.type, "missed", text, cause)
    for entity in wrong:
        cause = _entity_cause(entity, missed) or "not in gold"
        text = f"{entity.type} {entity.name}"
        yield Outcome(doc, "entities", entity.type, "wrong", text, cause, entity.score)


def _entity_cause(entity: GoldEntity, others: Iterable[GoldEntity]) -> str | None:
    """What tells an unmatched entity from the unmatched ones of the other side."""
    others = list(others)
    if any(set(entity.keys) & set(other.keys) for other in others if other.type != entity.type):
        return "other type"
    pairs = ((a, b) for o in others if o.type == entity.type for a in entity.keys for b in o.keys)
    return "boundary" if any(a in b or b in a for a, b in pairs) else None


def _compare_relations(
    doc: str, truth: GoldGraph, guess: GoldGraph, matches: Mapping[str, str]
) -> Iterator[Outcome]:
    def text(graph: GoldGraph, relation: Triple) -> str:
        head, type_, tail = relation
        return f"{graph.entities[head].name} {type_} {graph.entities[tail].name}"

    def in_gold(relation: Triple) -> Triple:
        head, type_, tail = relation
        return _canonical((matches.get(head, f"?{head}"), type_, matches.get(tail, f"?{tail}")))

    want = {_canonical(relation): relation for relation in truth.relations}
    got = {in_gold(relation): relation for relation in guess.relations}
    missed, wrong = want.keys() - got.keys(), got.keys() - want.keys()
    known = set(matches.values())
    for key, relation in want.items():
        type_ = relation[1]
        if key in got:
            score = guess.relations[got[key]]
            yield Outcome(doc, "relations", type_, "correct", text(truth, relation), score=score)
            continue
        ends = {relation[0], relation[2]} <= known
        cause = (_relation_cause(key, wrong) or "not found") if ends else "end not found"
        yield Outcome(doc, "relations", type_, "missed", text(truth, relation), cause)
    for key, relation in got.items():
        if key in want or _is_hierarchy(relation, guess):
            continue
        ends = relation[0] in matches and relation[2] in matches
        cause = (_relation_cause(key, missed) or "not in gold") if ends else "end not in gold"
        score = guess.relations[relation]
        yield Outcome(doc, "relations", relation[1], "wrong", text(guess, relation), cause, score)


def _canonical(relation: Triple) -> Triple:
    head, type_, tail = relation
    return (tail, type_, head) if type_ in _SYMMETRIC and tail < head else relation


def _is_hierarchy(relation: Triple, graph: GoldGraph) -> bool:
    head, type_, tail = relation
    return type_ == "PART_OF" and graph.entities[head].type == graph.entities[tail].type == "Region"


def _relation_cause(relation: Triple, others: Iterable[Triple]) -> str | None:
    """What tells an unmatched relation from the nearest unmatched one of the other side."""
    head, type_, tail = relation
    others = set(others)
    if (tail, type_, head) in others:
        return "direction"
    if any((h, t) in ((head, tail), (tail, head)) for h, _, t in others):
        return "other type"
    if any((h, k) == (head, type_) for h, k, _ in others):
        return "other tail"
    return "other head" if any((k, t) == (type_, tail) for _, k, t in others) else None


def _rows(kind: Kind, outcomes: Iterable[Outcome]) -> Iterator[Row]:
    counts: Counter[tuple[str, str]] = Counter((o.type, o.verdict) for o in outcomes if o.kind == kind)
    types = dict.fromkeys(type_ for type_, _ in counts)
    rows = [_row(name, counts, (name,)) for name in types]
    yield from sorted(rows, key=lambda row: -row.gold)
    if rows:
        yield _row(kind, counts, types)


def _row(name: str, counts: Mapping[tuple[str, str], int], types: Iterable[str]) -> Row:
    correct, missed, wrong = (
        sum(counts[type_, verdict] for type_ in types) for verdict in ("correct", "missed", "wrong")
    )
    return Row(name, correct, gold=correct + missed, predicted=correct + wrong)
