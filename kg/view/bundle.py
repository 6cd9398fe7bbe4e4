"""The page's ES modules (assets/*.js) as one classic script, so that a page opened from a file can run them.

Each module becomes a function that is called once, in the order of the imports. Only two forms are understood,
and any other is an error: ``import { a, b } from "./module.js";`` and ``export`` before a declaration.
"""

from __future__ import annotations

import re
from importlib import resources

from kg.errors import KgError

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (async function|function|const|class) (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


def bundle(entry: str, *, name: str = "") -> str:
    """A script of the module ``entry`` with all that it imports.

    Args:
        entry: Name of a module in assets, without ``.js``.
        name: Global variable that gets the entry's exports; none when empty.

    Raises:
        KgError: When a module is written in a form that cannot be bundled, or imports run in a circle.
    """
    written: dict[str, str] = {}
    _add(entry, written, ())
    body = "\n".join(written.values())
    gift = f"globalThis.{name} = {_variable(entry)};\n" if name else ""
    return f'"use strict";\n(() => {{\n{body}\n{gift}}})();\n'


def renderer() -> str:
    """The drawing part alone, as a script for other pages: it gives them ``kgView.drawGraph``.

    ``kgView.drawGraph(canvas, {nodes, edges}, {on, colours})`` draws up to some hundreds of nodes on a canvas that
    can then be moved, zoomed and clicked; assets/small.js says what each part holds.
    """
    return bundle("small", name="kgView")


def asset(name: str) -> str:
    """The text of a file in assets, with line ends as the browser will hash them."""
    text = resources.files("kg.view").joinpath("assets", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _add(module: str, written: dict[str, str], above: tuple[str, ...]) -> None:
    if module in written:
        return
    if module in above:
        raise KgError(f"{module}.js: imports itself by way of {' → '.join((*above, module))}")
    code = asset(f"{module}.js")
    for found in _IMPORT.finditer(code):
        _add(found[2], written, (*above, module))
    exported = [found[2] for found in _EXPORT.finditer(code)]
    code = _IMPORT.sub(lambda m: f"const {{{m[1].replace(' as ', ': ')}}} = {_variable(m[2])};", code)
    code = _EXPORT.sub(r"\1 \2", code)
    if left := _LEFT.search(code):
        raise KgError(f"{module}.js: cannot be bundled: {left[0]}")
    gifts = f"return {{ {', '.join(exported)} }};" if exported else ""
    written[module] = f"const {_variable(module)} = (() => {{\n{code}\n{gifts}\n}})();"


def _variable(module: str) -> str:
    return f"module_{module.replace('-', '_')}"
