"""KnowledgeGraph → a plain pyvis Network, for those who want to go on from one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import MissingError
from kg.graph import KnowledgeGraph
from kg.schema import Schema, load_schema
from kg.view.data import entity_type, relation_zh
from kg.view.layout import lay_out

if TYPE_CHECKING:
    from pyvis.network import Network

_PLAIN = {"ring": "dot"}
"""Shapes that vis-network lacks, and the nearest one that it has."""


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
            _PLAIN.get(kind.shape, kind.shape),
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
