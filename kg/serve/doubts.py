"""Doubtful pairs as the page takes them: one at a time with what documents say of both sides, and decisions on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from kg.decisions import FormKey, Verdict, read_decisions
from kg.errors import InputError, KgError, QueryError
from kg.resolution import FILE, FormRecord
from kg.review import Question, asked, decide, decisions_file, form_id, key_id, undo
from kg.stores.bolt import Store

_DOCUMENTS = (
    "MATCH (e:Entity {id: $id})-[m:MENTIONED_IN]->(d:Document) WHERE d.id IN $documents "
    "RETURN d.id, d.title, d.date, m.surfaces"
)
_SENTENCES = (
    "MATCH (e:Entity {id: $id})-[r]-(:Entity) WHERE any(d IN r.documents WHERE d IN $documents) "
    "RETURN r.evidence_json ORDER BY r.id"
)
_MOST_RELATIONS = 50
_MOST_SENTENCES = 3  # of a document
_MOST_MADE = 50
_SECONDS = 5

Answer = tuple[HTTPStatus, bytes]
"""Status and UTF-8 JSON: a state, or ``error``."""


class Doubts:
    """The queue of a build.

    Args:
        store: Tells what documents say; it is only read.
        out: The folder of the build.
        decisions: File with decisions, by default decisions.tsv in ``out``.
    """

    def __init__(self, store: Store, out: Path, *, decisions: Path | None = None) -> None:
        self._store = store
        self._out = out
        self._decisions = decisions

    def state(self) -> Answer:
        """What waits and what was decided.

        Returns:
            ``question`` (the next pair, or null), ``all`` and ``waiting`` (how many pairs), ``made`` (the latest
            decisions, newest first), ``file``; status 404 when the build left no queue.
        """
        if not (self._out / FILE).is_file():
            return _fault(HTTPStatus.NOT_FOUND, f"{self._out / FILE}: missing; build the graph again")
        return self._answered(lambda: None)

    def decide(self, content: Any) -> Answer:
        """Keeps a decision, ``{"left": …, "right": …, "verdict": …}``; gives the new state."""

        def keep() -> None:
            left, right, word = _texts(content, "left", "right", "verdict")
            decide(self._out, left, right, word, decisions=self._decisions)

        return self._answered(keep)

    def undo(self, content: Any) -> Answer:
        """Takes a decision back, ``{"left": …, "right": …}``; gives the new state, its pair first."""

        def take_back() -> Verdict:
            left, right = _texts(content, "left", "right")
            return undo(self._out, left, right, decisions=self._decisions)

        return self._answered(take_back)

    def _answered(self, act: Callable[[], Verdict | None]) -> Answer:
        try:
            undone = act()
            return HTTPStatus.OK, _json(self._state(undone))
        except KgError as error:
            return _fault(HTTPStatus.BAD_REQUEST, str(error))

    def _state(self, undone: Verdict | None) -> dict[str, Any]:
        file = decisions_file(self._out, self._decisions)
        made = read_decisions(file)
        decided = {each.pair for each in made}
        pairs = asked(self._out)
        waiting = [question for question in pairs if question.pair not in decided]
        if undone is not None:
            waiting.sort(key=lambda question: question.pair != undone.pair)
        return {
            "file": str(file),
            "all": len(pairs),
            "waiting": len(waiting),
            "question": self._shown(waiting[0]) if waiting else None,
            "made": [_made(each) for each in made[: -_MOST_MADE - 1 : -1]],
        }

    def _shown(self, question: Question) -> dict[str, Any]:
        return question.to_dict() | {
            "left": self._side(question.left),
            "right": self._side(question.right),
        }

    def _side(self, form: FormRecord) -> dict[str, Any]:
        asking = {"id": form.entity, "documents": list(form.documents)}
        told, relations = self._rows(_DOCUMENTS, asking), self._rows(_SENTENCES, asking)
        names = {form.name, *(name for *_, surfaces in told for name in surfaces)}
        said: dict[str, list[str]] = {id: [] for id in form.documents}
        if form.sentence:
            said.setdefault(form.sentence_of, []).append(form.sentence)
        for evidence in (each for (found,) in relations for each in json.loads(found)):
            known, quote = said.get(evidence["doc_id"]), evidence["quote"]
            if known is not None and quote not in names and not any(quote in each for each in known):
                known.append(quote)
        about = {id: (date or "", title) for id, title, date, _ in told}
        return {
            "id": form_id(form),
            "name": form.name,
            "context": form.context,
            "entity": form.entity,
            "count": form.count,
            "names": sorted(names),
            "documents": [
                {"id": id, "date": date, "title": title, "sentences": said[id][:_MOST_SENTENCES]}
                for (date, title), id in sorted((about.get(id, ("", "")), id) for id in said)
            ],
        }

    def _rows(self, statement: str, asking: dict[str, Any]) -> list[list[Any]]:
        try:
            return self._store.query(statement, asking, limit=_MOST_RELATIONS, timeout=_SECONDS).rows
        except QueryError:
            return []  # took too long; what the record tells is enough to decide


def _made(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.verdict,
        "day": verdict.day,
        "left": _named(verdict.left),
        "right": _named(verdict.right),
    }


def _named(key: FormKey) -> dict[str, str]:
    return {"id": key_id(key), "name": key[1], "context": key[2]}


def _texts(content: Any, *keys: str) -> list[str]:
    given = content if isinstance(content, dict) else {}
    values = [value for key in keys if isinstance(value := given.get(key), str)]
    if len(values) < len(keys):
        raise InputError(f"must be a JSON object with the texts {', '.join(keys)}")
    return values


def _fault(status: HTTPStatus, message: str) -> Answer:
    return status, _json({"error": {"message": message}})


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
