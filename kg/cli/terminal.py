"""What commands share: an option, consoles, tables, progress bars."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

err = Console(stderr=True)
Schemas = Annotated[
    Path | None, typer.Option("--schemas", help="Folder with your own schema instead of the program's.")
]
_PATIENCE = 1.0
_LABELS = {"extract": "reading texts", "store": "filling the store"}


def out() -> Console:
    """Standard output; where it is not a terminal, lines are as long as they need to be."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=10_000)


def say(message: str, *, style: str = "") -> None:
    """A line on stderr, as it is."""
    err.print(message, style=style, markup=False, highlight=False, soft_wrap=True)


def write_json(data: Any) -> None:
    """JSON on stdout, one value."""
    print(json.dumps(data, ensure_ascii=False, indent=1), flush=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> None:
    """A table on stdout; cells are shown as text, whatever is in them."""
    grid = Table(*columns, title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for row in rows:
        grid.add_row(*(cell if isinstance(cell, Text) else Text(shown(cell)) for cell in row))
    out().print(grid)


def shown(value: object) -> str:
    """A value of a query for a table: names for nodes, types for relationships, commas for lists."""
    match value:
        case None:
            return ""
        case {"labels": list(labels), "properties": dict(properties)}:
            own = [label for label in labels if label != "Entity"]
            return f"({':'.join(['', *own])} {properties.get('name') or properties.get('id') or ''})"
        case {"type": str(kind), "properties": dict(properties)}:
            title = properties.get("title")
            return f"[:{kind} {title}]" if title else f"[:{kind}]"
        case list(items):
            return ", ".join(map(shown, items))
        case dict(items):
            return json.dumps(items, ensure_ascii=False)
        case bool(flag):
            return str(flag).lower()
    return str(value)


@contextmanager
def bars() -> Iterator[_Bars]:
    """Progress on stderr: on a terminal only, and only for what takes longer than a second."""
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
    )
    shown = _Bars(progress if err.is_terminal and sys.stderr.isatty() else None)
    try:
        yield shown
    finally:
        if shown.started:
            progress.stop()


class _Bars:
    """Called by the line with step, done and total."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}
        self._begin = time.monotonic()
        self.started = False

    def __call__(self, step: str, done: int, total: int) -> None:
        if self._progress is None:
            return
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(_LABELS.get(step, step), total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)
        if not self.started and time.monotonic() - self._begin > _PATIENCE:
            self.started = True
            self._progress.start()
