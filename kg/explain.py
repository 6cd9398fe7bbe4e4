"""A document's text with its entities marked, for the terminal and as a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from kg.schema import Schema
from kg.types import DocumentGraph, Entity

_PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 17px/1.9 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; max-width: 46em;
  margin: 2em auto; padding: 0 1em; color: #222; background: #fff; }}
mark {{ color: inherit; background: none; border-bottom: 3px solid; padding: 0 1px; }}
table {{ border-collapse: collapse; font-size: 15px; }}
th, td {{ text-align: left; vertical-align: top; padding: 2px 12px 2px 0; border-bottom: 1px solid #ddd; }}
.legend span {{ margin-right: 1.2em; border-bottom: 3px solid; }}
{styles}
</style>
</head>
<body>
{documents}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a document's text.

    Attributes:
        text: The stretch.
        entity: What it names, or None.
    """

    text: str
    entity: Entity | None


def marked(graph: DocumentGraph) -> Iterator[Marked]:
    """The whole text of a document in stretches: every form of an entity, and what stands between.

    Forms of one character (the 县 of 县长) are not marked; of overlapping forms the longer one is.
    """
    forms: dict[str, Entity] = {}
    for entity in graph.entities:
        for form in (*entity.mentions, entity.name):
            if len(form) > 1:
                forms.setdefault(form, entity)
    text = graph.document.text
    position = 0
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    for match in re.finditer("|".join(map(re.escape, longest_first)), text) if forms else ():
        if match.start() > position:
            yield Marked(text[position : match.start()], None)
        yield Marked(match.group(), forms[match.group()])
        position = match.end()
    if position < len(text):
        yield Marked(text[position:], None)


def facts(graph: DocumentGraph) -> list[tuple[str, str, str, str, str]]:
    """The relations of a document as names: head, type, tail, office, evidence."""
    names = {e.id: e.name for e in graph.entities}
    return [
        (names[link.head], link.type, names[link.tail], link.title, link.evidence.quote)
        for link in graph.links
    ]


def explain_html(graphs: list[DocumentGraph], schema: Schema) -> str:
    """A page that stands alone, with all text escaped: each document marked, its relations below."""
    styles = "\n".join(f".{e.name} {{ border-color: {e.colour}; }}" for e in schema.entities.values())
    documents = "\n<hr>\n".join(_document(graph, schema) for graph in graphs)
    title = graphs[0].document.title or graphs[0].document.id if graphs else "kg"
    return _PAGE.format(title=escape(title), styles=styles, documents=documents)


def _document(graph: DocumentGraph, schema: Schema) -> str:
    document = graph.document
    present = {e.type for e in graph.entities}
    legend = "".join(
        f'<span class="{e.name}">{escape(e.zh)} {e.name}</span>'
        for e in schema.entities.values()
        if e.name in present
    )
    text = "".join(_mark(stretch) for stretch in marked(graph)).replace("\n", "<br>\n")
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{escape(value)}</td>" for value in fact) + "</tr>" for fact in facts(graph)
    )
    notes = "".join(f"<p>{escape(note)}</p>" for note in graph.notes)
    return (
        f"<p>{escape(document.id)} · {escape(document.date or 'no date')} · "
        f"{escape(document.locale or 'no locale')}</p>\n"
        f'<p class="legend">{legend}</p>\n<p>{text}</p>\n'
        "<table><tr><th>head</th><th>relation</th><th>tail</th><th>office</th><th>evidence</th></tr>\n"
        f"{rows}\n</table>\n{notes}"
    )


def _mark(stretch: Marked) -> str:
    text = escape(stretch.text)
    if stretch.entity is None:
        return text
    about = f"{stretch.entity.type} {stretch.entity.name}"
    return f'<mark class="{escape(stretch.entity.type)}" title="{escape(about)}">{text}</mark>'
