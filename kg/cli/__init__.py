"""The command line: the only part of the program that prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from kg import __version__
from kg.cli import doubts, enrich, graphs, serving, texts
from kg.cli.terminal import err
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    help="Chinese county news as a knowledge graph: who governs what, who builds what, where.\n\n"
    "Start with: kg build data/samples -o out",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
texts.register(app)
graphs.register(app)
doubts.register(app)
enrich.register(app)
serving.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and exit."),
    ] = False,
) -> None:
    """Options that belong to no command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program.

    Args:
        arguments: Those of the command line by default.

    Returns:
        0 when done, 1 for an error that the user can mend, 2 for wrong usage.
    """
    try:
        app(args=None if arguments is None else list(arguments), prog_name="kg")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except KgError as error:
        err.print(f"error: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        return 1
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python must not try to flush the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
