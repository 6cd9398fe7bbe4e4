"""Chinese county news as a knowledge graph: texts in, officials, places, firms and their relations out.

Example:
    >>> import kg
    >>> report = kg.build(["data/samples"], "out")  # doctest: +SKIP
    >>> with kg.open_store("out") as store:  # doctest: +SKIP
    ...     store.query("MATCH (o:Official)-[r:LEADS]->(c:County) RETURN o.name, r.title, c.name").rows
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.annotate.pipeline import nlp
    from kg.errors import KgError
    from kg.evaluate import score_folder
    from kg.gazetteer import Gazetteer
    from kg.graph import KnowledgeGraph
    from kg.pipeline import BuildReport, build, extract
    from kg.schema import load_schema
    from kg.stores.open import named_queries, open_store
    from kg.types import (
        Appearance,
        Document,
        DocumentGraph,
        Dropped,
        Entity,
        Evidence,
        Link,
        Mention,
        Relation,
    )
    from kg.view.network import to_pyvis
    from kg.view.page import to_html, write_html

__version__ = "0.1.0"

# Where each public name lives; nothing is imported before it is asked for.
_HOMES = {
    "Appearance": "kg.types",
    "BuildReport": "kg.pipeline",
    "Document": "kg.types",
    "DocumentGraph": "kg.types",
    "Dropped": "kg.types",
    "Entity": "kg.types",
    "Evidence": "kg.types",
    "Gazetteer": "kg.gazetteer",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.graph",
    "Link": "kg.types",
    "Mention": "kg.types",
    "Relation": "kg.types",
    "build": "kg.pipeline",
    "extract": "kg.pipeline",
    "load_schema": "kg.schema",
    "named_queries": "kg.stores.open",
    "nlp": "kg.annotate.pipeline",
    "open_store": "kg.stores.open",
    "score_folder": "kg.evaluate",
    "to_html": "kg.view.page",
    "to_pyvis": "kg.view.network",
    "write_html": "kg.view.page",
}

__all__ = [
    "Appearance",
    "BuildReport",
    "Document",
    "DocumentGraph",
    "Dropped",
    "Entity",
    "Evidence",
    "Gazetteer",
    "KgError",
    "KnowledgeGraph",
    "Link",
    "Mention",
    "Relation",
    "__version__",
    "build",
    "extract",
    "load_schema",
    "named_queries",
    "nlp",
    "open_store",
    "score_folder",
    "to_html",
    "to_pyvis",
    "write_html",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module kg has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
