"""The command that joins columns of a user's table: enrich."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import Schemas, bars, say, write_json

_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Adds the command to the program."""
    app.command()(enrich)


def enrich(
    out: Annotated[Path, typer.Argument(help="Folder of kg build.")],
    with_: Annotated[
        Path,
        typer.Option("--with", help="CSV with a column name, optional ones place and type, and any others."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was joined and what was not as JSON.")
    ] = False,
    schemas: Schemas = None,
) -> None:
    """Add columns of your table to entities: credit codes, Wikidata ids, anything.

    Rows are joined by name and place, like names of two documents; a row that fits several entities, or none, is
    reported and not guessed. The columns become properties in graph.json, in the store and in exports. The table is
    kept in the folder, and every later kg build joins it again.

    \b
    Example: kg enrich out --with companies.csv
    """
    from kg.graph import KnowledgeGraph
    from kg.resolve.enrich import TABLES, enriched, join, read_table, without_columns
    from kg.schema import load_schema
    from kg.stores.open import open_store

    rows = read_table(with_)
    graph = KnowledgeGraph.load(out / "graph.json")
    kept = out / TABLES / f"{with_.stem}.csv"
    before = read_table(kept) if kept.is_file() else ()
    graph = without_columns(graph, {column for row in (*before, *rows) for column in row.values})
    joined = join(graph, rows, schemas=schemas)
    graph = enriched(graph, joined.values)
    with open_store(out, read_only=False, schema=load_schema(schemas)) as store, bars() as progress:
        store.load(graph, progress=lambda done, total: progress("store", done, total))
    part = out / ".graph.json.part"
    graph.save(part)
    part.replace(out / "graph.json")
    if kept.resolve() != with_.resolve():
        kept.parent.mkdir(exist_ok=True)
        shutil.copyfile(with_, kept)
    if as_json:
        write_json(
            {"joined": {id: dict(values) for id, values in joined.values.items()}, "left": list(joined.left)}
        )
    else:
        say(
            f"{len(joined.values)} entities have new properties; {len(joined.left)} of {len(rows)} rows not joined"
        )
        for line in joined.left[:_SHOWN]:
            say(line, style="yellow")
        if len(joined.left) > _SHOWN:
            say("… all with --json", style="dim")
