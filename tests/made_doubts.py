"""A queue of doubtful pairs written by hand, over the small graph."""

from __future__ import annotations

from pathlib import Path

from small_graph import small_graph

from kg.graph import KnowledgeGraph
from kg.resolution import FormRecord, NearRecord, ResolutionRecord
from kg.stores.open import build_embedded
from kg.types import Appearance, Entity
from kg.view.page import write_html

EVIL = "<img src=x onerror=alert(1)>公司"
REASON = "<b>one short name</b> +3"
REASONS = ("two trades -4", "in one county (331124) +2")


def with_doubts(out: Path, *, pairs: int = 3) -> Path:
    """A folder with the small graph, its viewer and a queue: the first pair of firms with sentences, one with HTML."""
    small = small_graph()
    graph = KnowledgeGraph(
        documents=small.documents.values(),
        entities=[*small.entities, Entity("evil", "Company", EVIL)],
        relations=small.relations,
        appearances=[
            *small.appearances,
            Appearance("company-a", "d1", ("甲公司", "甲钢管"), 2),
            Appearance("evil", "d2", (EVIL,), 1),
        ],
    )
    build_embedded(graph, out / "store")
    write_html(graph, out / "viewer.html")
    known = [
        FormRecord(
            "Company", "甲钢管", "松阳县 331124", "company-a", 1, ("d1",), "县长考察甲钢管的车间。", "d1"
        ),
        FormRecord("Company", EVIL, "", "evil", 2, ("d2", "gone"), f"有人说到{EVIL}。", "d2"),
    ]
    more = [FormRecord("Company", f"第{n}公司", "", f"company-{n}", 1, ("d3",)) for n in range(2, 2 * pairs)]
    forms = (*known, *more)
    near = [NearRecord(2 * n, 2 * n + 1, 9 - n / 2, (REASON, *REASONS), asked=True) for n in range(pairs)]
    near.append(NearRecord(0, 2, 0.5, (), asked=False))
    ResolutionRecord(forms, tuple(near), ()).save(out / "resolution.json")
    return out
