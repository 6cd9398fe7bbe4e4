"""The small graph and what else the cookbook asks about: offices handed over, firms that own others, villages."""

from __future__ import annotations

from small_graph import small_graph

from kg.graph import KnowledgeGraph
from kg.types import Document, Entity, Evidence, Relation

_DOCUMENTS = [
    Document("d4", "", "任免名单", "新任", "2022-03-01"),
    Document("d5", "", "新县长调研", "news/d5.txt", "2023-05-04"),
]
_DATES = {"d1": "2021-03-31", "d2": "2021-06-02", "d4": "2022-03-01", "d5": "2023-05-04"}

_RENAMED = Entity(
    "organization-ny",
    "Organization",
    "遂昌县农业农村局",
    aliases=("遂昌县农业局",),
    place="遂昌县",
    properties=(("formerly", "农业局"), ("renamed_on", "2019-01")),
)
_MERGED = Entity(
    "organization-gt",
    "Organization",
    "遂昌县国土资源局",
    place="遂昌县",
    properties=(("merged_into", "organization-ny"), ("merged_on", "2019-01")),
)


def _held(
    type: str, head: str, tail: str, title: str = "", *, by: str = "手写", on: tuple[str, ...]
) -> Relation:
    evidence = tuple(Evidence(d, 0, 4, f"{d}：{title or type}", by, _DATES[d]) for d in on)
    return Relation(
        f"{type}-{head}-{tail}-{title}", type, head, tail, title, _DATES[on[0]], _DATES[on[-1]], evidence
    )


def cookbook_graph() -> KnowledgeGraph:
    """A graph in which every query of the cookbook has something to find."""
    small = small_graph()
    relations = [
        _held("LEADS", "official-wu", "region-331124", "代县长", on=("d4", "d5")),
        _held("LEADS", "official-wu", "park-1", "党工委书记", on=("d5",)),
        _held("LEADS", "official-li", "region-xp", "街道党工委书记", by="post:loses", on=("d4",)),
        _held("SERVES_IN", "official-wu", "region-331123", "副县长", on=("d1",)),
        _held("VISITS", "official-wu", "company-a", on=("d5",)),
        _held("OWNS", "company-c", "company-a", on=("d2",)),
        _held("OWNS", "company-a", "company-b", on=("d2",)),
        _held("LOCATED_IN", "company-c", "region-331123", on=("d2",)),
        _held("LOCATED_IN", "company-b", "park-1", on=("d2",)),
        _held("LOCATED_IN", "event-1", "region-331124", on=("d1",)),
        _held("COOPERATES_WITH", "company-c", "company-a", on=("d2",)),
    ]
    return KnowledgeGraph(
        documents=[*small.documents.values(), *_DOCUMENTS],
        entities=[
            *small.entities,
            Entity("official-wu", "Official", "吴伟", place="松阳县"),
            _RENAMED,
            _MERGED,
        ],
        relations=[*small.relations, *relations],
        appearances=small.appearances,
    )
