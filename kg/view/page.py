"""KnowledgeGraph → one HTML file that needs nothing else: no server, no network, no other file.

The page draws itself (assets/*.js). The graph travels gzipped in elements that are never executed, the evidence
apart from the rest, and enters the page as text only.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import os
import re
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.schema import Schema, load_schema
from kg.view.bundle import asset, bundle
from kg.view.data import evidence_data, graph_data
from kg.view.layout import lay_out

TITLE = "县域知识图谱"
_FRAME_HEIGHT = 640
_LEVEL = 5
"""Of gzip: two thirds of the time of the usual 6, and a twentieth more to carry."""


class Page(str):
    """The text of a page, which a notebook shows in a frame."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which may run its script but reaches nothing round it."""
        return (
            f'<iframe srcdoc="{html.escape(self)}" sandbox="allow-scripts allow-downloads allow-popups" '
            f'style="width:100%;height:{_FRAME_HEIGHT}px;border:0"></iframe>'
        )


def to_html(
    graph: KnowledgeGraph, *, title: str = TITLE, schema: Schema | None = None, start: str = ""
) -> Page:
    """The page that shows a graph; the same graph gives the same page, byte for byte.

    Args:
        graph: Any knowledge graph, also an empty one.
        title: Heading of the page, plain text.
        schema: Whose names, colours and shapes to use; by default the one that comes with the program.
        start: What to show first, as the page writes it behind # (see `kg.view.start.start_state`).

    Returns:
        A str; as the last value of a notebook's cell it is shown.

    Raises:
        MissingError: When pypinyin is not installed.
        SchemaError: When schemas/ cannot be read.
    """
    relations = graph.relations
    data = graph_data(graph, relations, lay_out(graph), schema or load_schema())
    script = _script(bundle("app"))
    style = asset("page.css")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return Page(
        _fill(
            asset("page.html"),
            {
                "policy": policy,
                "title": html.escape(_printable(title)),
                "start": html.escape(_printable(start)),
                "style": f"<style>{style}</style>",
                "graph": _packed(data),
                "evidence": _packed(evidence_data(graph, relations)),
                "script": script,
            },
        )
    )


def write_html(
    graph: KnowledgeGraph, path: Path, *, title: str = TITLE, schema: Schema | None = None, start: str = ""
) -> None:
    """Writes `to_html` as UTF-8; the file is either the old one or whole.

    Raises:
        InputError: When the file cannot be written.
        MissingError: When pypinyin is not installed.
        SchemaError: When schemas/ cannot be read.
    """
    content = to_html(graph, title=title, schema=schema, start=start)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(content, encoding="utf-8", newline="\n")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot write the viewer: {error.strerror or error}") from None


def _script(code: str) -> str:
    """Code that cannot end its own script element."""
    return re.sub(r"<(?=/script|!--|script)", r"\\x3c", code, flags=re.IGNORECASE)


def _packed(data: Any) -> str:
    """JSON, gzipped, in base64: nothing in it can be markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    zipped = gzip.compress(text.encode("utf-8", "surrogatepass"), _LEVEL, mtime=0)
    return base64.b64encode(zipped).decode()


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _printable(text: str) -> str:
    return re.sub("[\x00-\x1f\ud800-\udfff]", " ", text)


def _fill(template: str, values: dict[str, str]) -> str:
    """Replaces each {{name}} once; what is put in is not looked at again."""
    return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], template)
