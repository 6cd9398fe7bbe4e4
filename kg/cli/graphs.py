"""Commands that work on a built graph: query, load, view."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.terminal import Schemas, bars, say, table, write_json
from kg.errors import InputError, QueryError, StoreError

_TABLE_ROWS = 100


def register(app: typer.Typer) -> None:
    """Adds the commands to the program."""
    for command in (query, load, view, export):
        app.command()(command)


def query(
    cypher: Annotated[str | None, typer.Argument(help="A Cypher statement.")] = None,
    store: Annotated[
        str,
        typer.Option(envvar="KG_STORE", help="Folder of kg build, or the address of a Neo4j (bolt://…)."),
    ] = "out",
    named: Annotated[str | None, typer.Option(help="A query of the cookbook instead, see --list.")] = None,
    search: Annotated[str | None, typer.Option(help="Find entities by a part of a name instead.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the cookbook.")] = False,
    param: Annotated[
        list[str] | None,
        typer.Option(help="Value of a $name: name=text, or name:=JSON for a number or a list."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list with an object a row.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Let the statement change the store.")] = False,
    limit: Annotated[
        int | None,
        typer.Option(min=0, help="Most rows; 0 for all. By default 100 in a table, all in JSON."),
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds after which the query is given up.")
    ] = None,
) -> None:
    """Ask a graph in Cypher. Nothing is changed without --write.

    \b
    Example: kg query "MATCH (o:Official)-[r:LEADS]->(c:County {name:'松阳县'}) RETURN o.name, r.title"

    \b
    Example: kg query --named county-offices --param county=松阳县 --json

    \b
    Example: kg query --search 竹源

    \b
    Example: kg query 'MATCH (e:Entity {name: $n}) RETURN e' --param n=松阳县 --store bolt://localhost:7687
    """
    from kg.stores.open import named_queries, open_store

    if list_:
        _cookbook(as_json=as_json)
        return
    given = dict(_parameter(text) for text in param or ())
    if named is not None:
        if cypher is not None:
            raise typer.BadParameter("give either a statement or --named")
        book = named_queries()
        if named not in book:
            raise QueryError(f'no query "{named}" in the cookbook; there are: {", ".join(book)}')
        cypher, defaults = book[named].cypher, book[named].parameters
        unknown = given.keys() - defaults.keys()
        if unknown:
            known = ", ".join(defaults) or "none"
            raise QueryError(f'"{named}" has no parameter {", ".join(sorted(unknown))}; it has: {known}')
        given = defaults | given
    if (cypher is None) == (search is None):
        raise typer.BadParameter("give one of a Cypher statement, --named NAME, --search TEXT or --list")
    most = limit if limit is not None else 0 if as_json else _TABLE_ROWS
    with open_store(store, read_only=not write) as opened:
        if cypher is None:
            result = opened.search(search or "", limit=most or _TABLE_ROWS)
        else:
            result = opened.query(cypher, given, write=write, limit=most or None, timeout=timeout)
    if as_json:
        write_json([dict(zip(result.columns, row, strict=True)) for row in result.rows])
    else:
        # The embedded store names no columns when a label or type of the statement does not occur.
        if result.columns:
            table(result.columns, result.rows)
        say(f"{len(result.rows)} row{'' if len(result.rows) == 1 else 's'}", style="dim")
    if result.truncated:
        say(f"only the first {most} rows; see more with --limit", style="yellow")
    for note in result.notes:
        say(f"note: {note}", style="yellow")


def load(
    graph: Annotated[Path, typer.Argument(help="Folder of kg build, or a graph.json.")] = Path("out"),
    to: Annotated[
        str, typer.Option(envvar="NEO4J_URI", help="Address of the Neo4j (bolt://…, neo4j+s://…).")
    ] = "bolt://localhost:7687",
    schemas: Schemas = None,
) -> None:
    """Load a built graph into Neo4j.

    Loading again writes only what differs; an interrupted load is resumed. User and password come from
    NEO4J_USER and NEO4J_PASSWORD or from the address.

    Example: NEO4J_PASSWORD=secret kg load out --to bolt://localhost:7687
    """
    from kg.graph import KnowledgeGraph
    from kg.schema import load_schema
    from kg.stores.open import open_store

    if "://" not in to:
        raise StoreError(f"{to}: not an address of a graph store, such as bolt://localhost:7687")
    loaded = KnowledgeGraph.load(_graph_file(graph))
    with open_store(to, read_only=False, schema=load_schema(schemas)) as store, bars() as progress:
        report = store.load(loaded, progress=lambda done, total: progress("store", done, total))
        place = store.uri
    say(
        f"{place} holds {report.documents} documents, {report.entities} entities, "
        f"{report.relations} relations and {report.mentions} mentions; "
        f"{report.created} created, {report.updated} updated, {report.removed} removed"
    )


def view(
    graph: Annotated[Path, typer.Argument(help="Folder of kg build, or a graph.json.")] = Path("out"),
    focus: Annotated[
        str | None, typer.Option(help="Open with the neighbourhood of this entity (name, alias or id).")
    ] = None,
    depth: Annotated[int, typer.Option(min=1, max=3, help="How many steps it reaches.")] = 1,
    types: Annotated[
        str | None, typer.Option(help="Show these entity types only, with commas: Official,Region.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Show what was seen on or after a day.")] = None,
    until: Annotated[str | None, typer.Option(help="Show what was seen on or before a day.")] = None,
    title: Annotated[str | None, typer.Option(help="Heading of the page.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; viewer.html beside the graph by default.")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only write the page.")] = False,
    schemas: Schemas = None,
) -> None:
    """Write the viewer, one page that works offline, and open it in a browser.

    The page always carries the whole graph; --focus, --types and the days say what it shows first.

    \b
    Example: kg view out

    \b
    Example: kg view out --focus 松阳县 --depth 2 --types Official,Region,Organization --since 2021

    \b
    Example: kg view out --title 松阳县工业 -o songyang.html --no-open
    """
    import webbrowser

    from kg.graph import KnowledgeGraph
    from kg.schema import load_schema
    from kg.view.page import TITLE, write_html
    from kg.view.start import start_state

    file = _graph_file(graph)
    page = output or file.with_name("viewer.html")
    loaded = KnowledgeGraph.load(file)
    wanted = [name.strip() for name in (types or "").split(",") if name.strip()]
    start = start_state(loaded, focus=focus, depth=depth, types=wanted, since=since, until=until)
    write_html(loaded, page, title=title or TITLE, schema=load_schema(schemas), start=start)
    say(f"viewer: {page}")
    if not no_open and not webbrowser.open(page.resolve().as_uri()):
        say("no browser could be started; open the file in one", style="yellow")


def export(
    graph: Annotated[Path, typer.Argument(help="Folder of kg build, or a graph.json.")] = Path("out"),
    format_: Annotated[
        str, typer.Option("--format", "-f", help="csv, graphml, json-ld, n-quads, neo4j-admin or node-link.")
    ] = "graphml",
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File, or folder for formats of several.")
    ] = Path("export"),
    schemas: Schemas = None,
) -> None:
    """Write a built graph in a format of other programs.

    \b
    Example: kg export out --format graphml -o county.graphml

    \b
    Example: kg export out --format neo4j-admin -o import/
    """
    from kg.export.formats import export as write_export
    from kg.graph import KnowledgeGraph
    from kg.schema import load_schema

    loaded = KnowledgeGraph.load(_graph_file(graph))
    for path in write_export(loaded, output, format_, schema=load_schema(schemas)):
        say(str(path))


def _cookbook(*, as_json: bool) -> None:
    from kg.stores.open import named_queries

    book = named_queries().values()
    if as_json:
        write_json([{"name": q.name, "question": q.question, "parameters": q.parameters} for q in book])
        return
    parameters = (", ".join(f"{name}={value}" for name, value in q.parameters.items()) for q in book)
    table(
        ("name", "answers", "parameters"),
        [(q.name, q.question, values) for q, values in zip(book, parameters, strict=True)],
    )


def _parameter(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip(":"):
        raise typer.BadParameter(f"--param {text}: must be name=text or name:=JSON")
    if not name.endswith(":"):
        return name, value
    try:
        return name[:-1], json.loads(value)
    except ValueError as error:
        raise typer.BadParameter(f"--param {text}: not JSON ({error})") from None


def _graph_file(path: Path) -> Path:
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; build a graph with: kg build TEXTS -o {path}")
    return path / "graph.json" if path.is_dir() else path
