"""Commands on what was joined and what was not: review, why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import out as console
from kg.cli.terminal import say, table, write_json

if TYPE_CHECKING:
    from kg.resolution import FormRecord
    from kg.review import Question
    from kg.why import Grounds

_KEYS = {"s": "same", "d": "different", "u": "unsure"}
Built = Annotated[Path, typer.Argument(help="Folder of kg build.")]
Decisions = Annotated[
    Path | None,
    typer.Option("--decisions", help="File with decisions; by default decisions.tsv in the folder."),
]


def register(app: typer.Typer) -> None:
    """Adds the commands to the program."""
    app.command()(review)
    app.command()(why)


def review(
    out: Built = Path("out"),
    decisions: Decisions = None,
    list_: Annotated[bool, typer.Option("--list", help="Only list the pairs that wait.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the pairs that wait as JSON.")] = False,
    set_: Annotated[
        tuple[str, str, str] | None,
        typer.Option("--set", help="Decide one pair: two names or ids, and same, different or unsure."),
    ] = None,
    undo: Annotated[
        tuple[str, str] | None, typer.Option("--undo", help="Take back the decision on two names or ids.")
    ] = None,
) -> None:
    """Decide what the program could not: whether two names are one. The next kg build applies it.

    Keys: s same, d different, u unsure, q quit. Decisions are kept in a text file, one line each, which can be
    edited, shared and undone; a build never overrides them silently.

    \b
    Example: kg review out

    \b
    Example: kg review out --list

    \b
    Example: kg review out --set 云中马公司 浙江云中马股份有限公司 same
    """
    from kg import review as doubts

    if set_ is not None:
        made = doubts.decide(out, *set_, decisions=decisions)
        say(f"{made.told}; kept in {doubts.decisions_file(out, decisions)}; apply it with kg build")
        return
    if undo is not None:
        say(f"undone: {doubts.undo(out, *undo, decisions=decisions).told}; apply it with kg build")
        return
    waiting = doubts.questions(out, decisions=decisions)
    if as_json:
        write_json([question.to_dict() for question in waiting])
    elif list_:
        rows = [
            (
                q.left.kind,
                doubts.form_id(q.left),
                _called(q.left),
                doubts.form_id(q.right),
                _called(q.right),
                q.score,
            )
            for q in waiting
        ]
        table(("kind", "one", "", "other", "", "score"), rows)
        say(f"{len(waiting)} pairs wait", style="dim")
    else:
        _ask(out, decisions, waiting)


def why(
    out: Built,
    entity: Annotated[str, typer.Argument(help="A name, or an entity's id.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show why an entity is one: the names it was joined of, on what grounds, and the nearest left apart.

    A wrong join is undone with kg review --set and the form-… ids shown here.

    \b
    Example: kg why out 莫靓
    """
    from kg.why import why as grounds_of

    found = grounds_of(out, entity)
    if as_json:
        write_json([grounds.to_dict() for grounds in found])
        return
    for number, grounds in enumerate(found):
        if number:
            _line("")
        _show(grounds)


def _ask(out: Path, decisions: Path | None, waiting: list[Question]) -> None:
    from kg import review as doubts

    made = 0
    for number, question in enumerate(waiting, start=1):
        _line(f"{number} of {len(waiting)} · {question.left.kind} · score {question.score:g}")
        for mark, form in (("A", question.left), ("B", question.right)):
            _line(f"  {mark}  {_called(form)} · {_documents(form)}")
            if form.sentence:
                _line(f"     {form.sentence}")
        _line(f"  {'; '.join(question.reasons)}")
        key = _key()
        if key == "q":
            break
        left, right = doubts.form_id(question.left), doubts.form_id(question.right)
        doubts.decide(out, left, right, _KEYS[key], decisions=decisions)
        made += 1
        _line(f"  → {_KEYS[key]}\n")
    place = doubts.decisions_file(out, decisions)
    if made:
        say(f"{made} decided, kept in {place}; apply them with kg build")
    elif not waiting:
        say("nothing to decide")


def _key() -> str:
    """s, d, u or q; the end of the input is q."""
    while True:
        say("same (s), different (d), unsure (u), quit (q)?")
        if sys.stdin.isatty():
            import click

            answer = click.getchar()
        else:
            answer = sys.stdin.readline()
            if not answer:
                return "q"
        key = answer.strip().lower()[:1]
        if key in _KEYS or key == "q":
            return key


def _show(grounds: Grounds) -> None:
    from kg.review import form_id

    entity = grounds.entity
    place = f" · {entity.place}" if entity.place else ""
    _line(f"{entity.name} · {entity.type}{place} · {entity.id}")
    _line("joined:")
    for form, to in grounds.forms:
        _line(f"  {_called(form)} · {form_id(form)} · {_documents(form)}")
        if to is not None:
            score = "" if form.score is None else f", score {form.score:g}"
            _line(f"    to {_called(to)}{score}: {'; '.join(form.reasons)}")
    _line("not joined:" if grounds.candidates else "not joined: nothing came near")
    for near in grounds.candidates:
        asked = ", waits in kg review" if near.asked else ""
        called = f"{_called(near.other)} · {form_id(near.other)} of {near.entity.id}"
        _line(f"  {called}, score {near.score:g}{asked}: {'; '.join(near.reasons)}")


def _called(form: FormRecord) -> str:
    return f"{form.name}（{form.context}）" if form.context else form.name


def _documents(form: FormRecord) -> str:
    more = f" and {form.count - len(form.documents)} more" if form.count > len(form.documents) else ""
    return ", ".join(form.documents) + more


def _line(text: str) -> None:
    console().print(text, markup=False, soft_wrap=True)
