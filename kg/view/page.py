"""KnowledgeGraph → one HTML file that needs nothing else: no server, no network, no other file.

The signs and edges are drawn by vis-network, taken from the installed pyvis; all round them is ours. The graph
travels as JSON in script elements that are never executed, and enters the page as text only.
"""

from __future__ import annotations

import base64
import hashlib
import html
import importlib.util
import json
import os
import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, MissingError
from kg.graph import KnowledgeGraph
from kg.schema import Schema, load_schema
from kg.view.data import entity_type, evidence_data, graph_data, relation_zh
from kg.view.layout import lay_out

if TYPE_CHECKING:
    from pyvis.network import Network

TITLE = "县域知识图谱"
_SCRIPTS = ("strings", "dom", "model", "labels", "picture", "panel", "search", "legend", "app")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def to_html(graph: KnowledgeGraph, *, title: str = TITLE, schema: Schema | None = None) -> str:
    """The page that shows a graph; the same graph gives the same page, byte for byte.

    Args:
        graph: Any knowledge graph, also an empty one.
        title: Heading of the page, plain text.
        schema: Whose names, colours and shapes to use; by default the one that comes with the program.

    Raises:
        MissingError: When pyvis, or the vis-network in it, is not installed.
        SchemaError: When schemas/ cannot be read.
    """
    scripts = [_script(_vis_network()), *(_script(_asset(f"{name}.js")) for name in _SCRIPTS)]
    style = _asset("page.css")
    policy = (
        "default-src 'none'; "
        f"script-src {' '.join(_hash(s) for s in scripts)}; "
        f"style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return _fill(
        _asset("page.html"),
        {
            "policy": policy,
            "title": html.escape(_printable(title)),
            "style": f"<style>{style}</style>",
            "graph": _json(graph_data(graph, lay_out(graph), schema or load_schema())),
            "evidence": _json(evidence_data(graph)),
            "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
        },
    )


def write_html(
    graph: KnowledgeGraph, path: Path, *, title: str = TITLE, schema: Schema | None = None
) -> None:
    """Writes `to_html` as UTF-8; the file is either the old one or whole.

    Raises:
        InputError: When the file cannot be written.
        MissingError: When pyvis, or the vis-network in it, is not installed.
    """
    content = to_html(graph, title=title, schema=schema)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(content, encoding="utf-8", newline="\n")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot write the viewer: {error.strerror or error}") from None


def to_pyvis(graph: KnowledgeGraph, *, schema: Schema | None = None) -> Network:
    """A plain pyvis Network with labels, colours, shapes and fixed places, to go on from.

    It carries no titles: one title with an "href" makes pyvis's page read all of them as HTML. That page also
    loads files from the web; `to_html` does not. Comfortable up to some 2,000 nodes.

    Raises:
        MissingError: When pyvis is not installed.
        SchemaError: When schemas/ cannot be read.
    """
    try:
        from pyvis.edge import Edge
        from pyvis.network import Network
        from pyvis.node import Node
    except ImportError as error:
        raise MissingError(
            f"pyvis cannot be imported ({error}); install it with: pip install pyvis"
        ) from None
    schema, layout = schema or load_schema(), lay_out(graph)
    network = Network(height="100vh", directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    # add_node and add_edge search all earlier nodes at every call; the lists they fill are the same.
    for entity in graph.entities:
        kind = entity_type(schema, entity.type)
        x, y = layout.positions[entity.id]
        node = Node(
            entity.id,
            kind.shape,
            entity.name,
            color=kind.colour,
            size=layout.sizes[entity.id],
            x=round(x, 1),
            y=round(y, 1),
            physics=False,
        )
        network.nodes.append(node.options)
        network.node_ids.append(entity.id)
        network.node_map[entity.id] = node.options
    for relation in graph.relations:
        label = relation.title or relation_zh(schema, relation.type)
        edge = Edge(relation.head, relation.tail, True, id=relation.id, label=label, kind=relation.type)
        network.edges.append(edge.options)
    return network


def _vis_network() -> str:
    spec = importlib.util.find_spec("pyvis")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise MissingError(
            "the viewer needs pyvis, which is not installed; install it with: pip install pyvis"
        )
    found = sorted(Path(folders[0]).glob("lib/vis-*/vis-network.min.js"), key=_version)
    if not found:
        raise MissingError(
            f"{folders[0]}: no lib/vis-*/vis-network.min.js in this pyvis; "
            'install one that has it with: pip install "pyvis==0.3.2"'
        )
    code = found[-1].read_text(encoding="utf-8")
    # A source map would be asked for by the browser's developer tools.
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", code)


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", path.parent.name))


def _asset(name: str) -> str:
    return resources.files("kg.view").joinpath("assets", name).read_text(encoding="utf-8")


def _script(code: str) -> str:
    """Code that cannot end its own script element, with the line ends that the browser will hash."""
    code = code.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"<(?=/script|!--)", r"<\\", code, flags=re.IGNORECASE)


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _printable(text: str) -> str:
    return re.sub("[\x00-\x1f\ud800-\udfff]", " ", text)


def _fill(template: str, values: dict[str, str]) -> str:
    """Replaces each {{name}} once; what is put in is not looked at again."""
    return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], template)
