"""The command that lets others ask the graph: serve."""

from __future__ import annotations

import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from kg.cli.terminal import Schemas, say, write_json
from kg.errors import StoreError


def register(app: typer.Typer) -> None:
    """Adds the command to the program."""
    app.command()(serve)


def serve(
    graph: Annotated[Path, typer.Argument(help="Folder of kg build.")] = Path("out"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the page; 0 for a free one.")] = 0,
    bolt_port: Annotated[
        int, typer.Option(min=0, max=65535, help="For Neo4j clients; 0 for a free one.")
    ] = 0,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds that a question of the page may take.")
    ] = 30,
    limit: Annotated[int, typer.Option(min=1, help="Most rows of an answer on the page.")] = 1000,
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", help="File for decisions; by default decisions.tsv in the folder."),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the page in a browser.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print addresses and password as JSON.")] = False,
    schemas: Schemas = None,
) -> None:
    """Open a built graph for others on this machine, for reading only, until Ctrl-C.

    Prints the address of a page (a Cypher box, the viewer, and the doubtful pairs of kg review), a bolt://
    address for any Neo4j client, and the password that both need, a new one each time. Only programs on this
    machine can connect. Decisions on doubtful pairs go into a text file, as those of kg review do.

    \b
    Example: kg serve out

    \b
    Example: kg serve out --port 8080 --bolt-port 7687 --timeout 5 --no-open
    """
    import webbrowser

    from kg.resolve.weights import load_weights
    from kg.resources import schemas_dir
    from kg.schema import load_schema
    from kg.serve.answers import Limits
    from kg.serve.doubts import Doubts
    from kg.serve.server import PageServer
    from kg.stores.embedded import EmbeddedStore
    from kg.stores.open import named_queries, store_folder

    if "://" in str(graph):
        raise StoreError(f"{graph}: a server needs no serving; give the folder of a built graph")
    folder = store_folder(graph)
    schema = load_schema(schemas)
    tables = load_weights(schemas or schemas_dir()).values()
    reasons = {says: zh for each in tables for says, zh in each.chinese.items()}
    signal.signal(signal.SIGTERM, _stop)
    try:
        with (
            EmbeddedStore(folder, shared=True, port=bolt_port, schema=schema) as store,
            PageServer(
                store,
                password=store.password,
                viewer=folder.parent / "viewer.html",
                cookbook=named_queries(),
                schema=schema,
                reasons=reasons,
                doubts=Doubts(store, folder.parent, decisions=decisions),
                limits=Limits(seconds=timeout, rows=limit),
                port=port,
            ) as server,
        ):
            told = {
                "page": server.address,
                "bolt": store.server,
                "user": store.user,
                "password": store.password,
            }
            if as_json:
                write_json(told)
            else:
                for name, value in told.items():
                    typer.echo(f"{name + ':':<10}{value}")
                say("Ctrl-C stops it", style="dim")
            if not no_open:
                webbrowser.open(server.address)
            server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        say("stopped", style="dim")


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
