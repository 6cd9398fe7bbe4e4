"""The graph as a page that opens in any browser, offline: `to_html`, `write_html`.

`to_pyvis` gives a plain Network, `renderer` the drawing part as a script for other pages.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.view.bundle import renderer
    from kg.view.network import to_pyvis
    from kg.view.page import to_html, write_html

__all__ = ["renderer", "to_html", "to_pyvis", "write_html"]

# pyvis is imported only by those who ask for it.
_HOMES = {
    "renderer": "kg.view.bundle",
    "to_html": "kg.view.page",
    "to_pyvis": "kg.view.network",
    "write_html": "kg.view.page",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module kg.view has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
