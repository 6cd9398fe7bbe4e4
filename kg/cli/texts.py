"""Commands that read texts: build, extract, explain, evaluate, schema check."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from kg.cli.terminal import Schemas, bars, out, say, table, write_json
from kg.errors import InputError, SchemaError

if TYPE_CHECKING:
    from kg.pipeline import BuildReport
    from kg.types import DocumentGraph, Dropped

Paths = Annotated[list[Path], typer.Argument(help="Files, or folders that are searched at any depth.")]
Ner = Annotated[
    str | None,
    typer.Option("--ner", help="An installed spaCy pipeline that supplies the names, e.g. zh_core_web_trf."),
]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes; by default as many as the work deserves.")
]
MinScore = Annotated[
    float,
    typer.Option("--min-score", min=0.0, max=1.0, help="Leave out what is less sure than this, from 0 to 1."),
]
_DOUBTFUL = "entities and relations with a confidence below {:g}, or with such an end"


def register(app: typer.Typer) -> None:
    """Adds the commands to the program."""
    for command in (build, extract, explain, evaluate):
        app.command()(command)
    schema = typer.Typer(help="The schema: what may be in the graph.", rich_markup_mode=None)
    schema.command("check")(schema_check)
    schema.callback()(_schema)
    app.add_typer(schema, name="schema")


def build(
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to make or replace.")] = Path("out"),
    schemas: Schemas = None,
    ner: Ner = None,
    min_score: MinScore = 0.0,
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", help="File of kg review; by default decisions.tsv in the folder."),
    ] = None,
    workers: Workers = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read every document anew, not only what changed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Build the graph of a folder of texts, its store and its viewer.

    Reads .txt, .html, .md, .json, .jsonl and .csv in any common encoding. What cannot be read is
    reported and left out. The folder gets graph.json, store/, viewer.html, report.json,
    resolution.json (what was joined and why, for kg why and kg review) and readings,
    by which the next build reads only what changed; the result is the same as from nothing.

    \b
    Example: kg build data/samples -o out

    \b
    Example: kg build news -o out --decisions shared/decisions.tsv
    """
    from kg.pipeline import build

    with bars() as progress:
        report = build(
            paths,
            output,
            schemas=schemas,
            ner=ner,
            min_score=min_score,
            decisions=decisions,
            workers=workers,
            fresh=fresh,
            progress=progress,
        )
    if as_json:
        write_json(report.to_dict())
    else:
        _summary(report)


def extract(
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the JSON files.")],
    schemas: Schemas = None,
    ner: Ner = None,
    min_score: MinScore = 0.0,
    workers: Workers = None,
) -> None:
    """Write one JSON file a document: its entities and relations.

    Nothing is resolved across documents; entities are called e1, e2 … in each.

    \b
    Example: kg extract news/2024 report.txt -o graphs
    """
    from kg.document_json import document_dict

    count = doubtful = 0
    for graph in _extract(paths, schemas, ner, workers, min_score):
        doubtful += sum(item.step == "confidence" for item in graph.dropped)
        target = output / f"{graph.document.id}.json"
        text = json.dumps(document_dict(graph), ensure_ascii=False, indent=1)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"{target}: cannot be written ({error.strerror})") from None
        count += 1
    say(f"{count} documents → {output}")
    if doubtful:
        say(f"dropped: {doubtful} {_DOUBTFUL.format(min_score)}")


def explain(
    paths: Paths,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page instead.")] = None,
    schemas: Schemas = None,
    ner: Ner = None,
) -> None:
    """Show a text with its entities marked and its relations below.

    \b
    Example: kg explain data/samples/s03.txt

    \b
    Example: kg explain data/samples/s03.txt --html s03.html
    """
    from kg.explain import explain_html, facts, marked
    from kg.schema import load_schema

    graphs = list(_extract(paths, schemas, ner, None))
    schema = load_schema(schemas)
    if html is not None:
        try:
            html.write_text(explain_html(graphs, schema), encoding="utf-8")
        except OSError as error:
            raise InputError(f"{html}: cannot be written ({error.strerror})") from None
        say(f"{len(graphs)} documents → {html}")
        return
    for graph in graphs:
        document = graph.document
        text = Text()
        for stretch in marked(graph):
            kind = schema.entities.get(stretch.entity.type) if stretch.entity else None
            text.append(stretch.text, style=f"bold {kind.colour}" if kind else "")
        console = out()
        console.print(Text(f"{document.id}  {document.date or 'no date'}  {document.locale or ''}", "dim"))
        console.print(text, soft_wrap=not console.is_terminal)
        present = {e.type for e in graph.entities}
        kinds = [kind for kind in schema.entities.values() if kind.name in present]
        legend = Text("  ").join(Text(f"{k.zh} {k.name}", f"bold {k.colour}") for k in kinds)
        console.print(legend, soft_wrap=True)
        table(("head", "relation", "tail", "office", "evidence"), facts(graph))
        for note in graph.notes:
            console.print(Text(note, "dim"), soft_wrap=True)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder with one <document>.json a gold graph.")],
    docs: Annotated[
        Path | None, typer.Option(help="Folder of the texts; by default docs or samples beside the gold.")
    ] = None,
    predicted: Annotated[
        Path | None, typer.Option(help="Graphs of kg extract to score instead of extracting now.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every error and count the causes.")] = False,
    calibrated: Annotated[
        bool, typer.Option("--calibration", help="Show how many finds of each confidence are right.")
    ] = False,
    min_score: MinScore = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    schemas: Schemas = None,
    ner: Ner = None,
) -> None:
    """Precision, recall and F1 by type against gold graphs.

    \b
    Example: kg evaluate data/gold --errors
    """
    from kg.calibration import calibration, format_calibration
    from kg.document_json import document_dict
    from kg.evaluate import format_causes, format_table, score_folder

    if predicted is not None:
        scores = score_folder(gold, predicted, min_score=min_score)
    else:
        folder = docs or _docs_beside(gold)
        found = {g.document.id: document_dict(g) for g in _extract([folder], schemas, ner, None)}
        scores = score_folder(gold, found, min_score=min_score)
    if as_json:
        figures = {
            row.name: {
                "precision": round(row.precision, 4),
                "recall": round(row.recall, 4),
                "f1": round(row.f1, 4),
                "gold": row.gold,
                "predicted": row.predicted,
            }
            for row in scores.rows
        }
        wrong = [
            {"document": e.doc, "verdict": e.verdict, "what": e.text, "cause": e.cause} for e in scores.errors
        ]
        bands = [asdict(band) | {"precision": round(band.precision, 4)} for band in calibration(scores)]
        extra = ({"errors": wrong} if errors else {}) | ({"calibration": bands} if calibrated else {})
        write_json(figures | extra)
        return
    lines = [format_table(scores)]
    if errors:
        lines = [*map(str, scores.errors), "", format_causes(scores), "", *lines]
    if calibrated:
        lines += ["", format_calibration(scores)]
    out().print("\n".join(lines), markup=False, soft_wrap=True)
    if scores.dropped:
        say(f"dropped: {scores.dropped} {_DOUBTFUL.format(min_score)}")


def schema_check(schemas: Schemas = None) -> None:
    """Check entity types, relation types, patterns with their examples, lexicons and wording.

    \b
    Example: kg schema check --schemas my-schemas
    """
    from kg.annotate.pipeline import nlp
    from kg.confidence import load_scores
    from kg.lexicon import load_lexicon
    from kg.link.steps import Steps
    from kg.resources import schemas_dir
    from kg.schema import load_schema
    from kg.wording import load_wording

    folder = schemas or schemas_dir()
    schema = load_schema(folder)
    load_scores(folder, schema)
    lexicons = [load_lexicon(path) for path in sorted((folder / "lexicons").glob("*.txt"))]
    wording = [load_wording(folder, path.stem) for path in sorted((folder / "wording").glob("*.yaml"))]
    nlp(schemas=folder)  # every step finds the entries it needs
    Steps(folder)
    failures = [failure for pattern in schema.patterns for failure in pattern.failures()]
    for failure in failures:
        say(failure)
    if failures:
        raise SchemaError(f"{folder}: {len(failures)} examples do not hold")
    examples = sum(len(p.examples) + len(p.counter) for p in schema.patterns)
    out().print(
        f"{folder}: {len(schema.entities)} entity types, {len(schema.relations)} relation types, "
        f"{len(schema.patterns)} patterns with {examples} examples that hold, {len(lexicons)} lexicons, "
        f"{sum(map(len, wording))} turns of phrase in {len(wording)} files",
        markup=False,
        soft_wrap=True,
    )


def _schema() -> None:
    """Keeps `check` a subcommand of its own."""


def _extract(
    paths: list[Path], schemas: Path | None, ner: str | None, workers: int | None, min_score: float = 0.0
) -> Iterator[DocumentGraph]:
    from kg.pipeline import extract

    skipped: list[Dropped] = []
    read = 0
    with bars() as progress:
        for graph in extract(
            paths,
            schemas=schemas,
            ner=ner,
            min_score=min_score,
            workers=workers,
            progress=progress,
            skipped=skipped.append,
        ):
            read += 1
            yield graph
    if not read:
        raise InputError(skipped[0].reason if skipped else "no documents")
    for item in skipped:
        say(f"skipped: {item.reason}", style="yellow")


def _docs_beside(gold: Path) -> Path:
    if not gold.is_dir():
        raise InputError(f"{gold}: no such folder")
    names = ("docs", "samples")
    for name in names:
        folder = gold.resolve().parent / name
        if folder.is_dir():
            return folder
    raise InputError(f"{gold}: no folder {' or '.join(names)} beside it; give the texts with --docs")


def _summary(report: BuildReport) -> None:
    from kg.cli.summary import queries

    counts = report.counts
    console = out()
    rows = [
        *(("entities", kind, number) for kind, number in counts["entities"].items()),
        *(("relations", kind, number) for kind, number in counts["relations"].items()),
    ]
    changes = report.changes
    console.print(f"{counts['documents']['Document']} documents", style="bold")
    console.print(
        f"{changes.new} new, {changes.changed} changed, {changes.unchanged} unchanged, "
        f"{changes.removed} removed; {changes.read} read"
    )
    table(("", "type", "number"), rows)
    if report.dropped:
        console.print(f"\ndropped: {len(report.dropped)} (all in report.json)", style="bold")
        reasons = Counter((d.step, d.item if d.step == "read" else "", d.reason) for d in report.dropped)
        ranked = sorted(reasons.items(), key=lambda item: (item[0][0] != "read", -item[1], item[0]))
        table(("times", "step", "reason"), [(n, step, reason) for (step, _, reason), n in ranked[:10]])
    if report.different:
        console.print(f"\n{len(report.different)} pairs of one name kept apart (in report.json)")
    if report.doubtful:
        console.print(
            f"{report.doubtful} doubtful pairs wait for a person: kg review {report.out}", markup=False
        )
    for note in report.notes:
        say(note, style="yellow")
    times = ", ".join(f"{step} {seconds:.1f}" for step, seconds in report.seconds.items())
    console.print(f"\nseconds: {times}; {report.elapsed:.1f} in all", soft_wrap=True)
    console.print(
        f"viewer:  {report.out / 'viewer.html'}  (or: kg view {report.out})", markup=False, soft_wrap=True
    )
    console.print("\nTry:", style="bold")
    for query in queries(report):
        console.print(f"  {query}", markup=False, soft_wrap=True)
