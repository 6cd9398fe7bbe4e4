"""Document graphs written by hand, for tests of resolution."""

from __future__ import annotations

from collections.abc import Sequence

from kg.types import Document, DocumentGraph, Entity, Evidence, Link

COUNTIES = {"松阳县": "331124", "遂昌县": "331123", "丽水市": "3311", "龙泉市": "331181", "眉县": "610326"}


def county(name: str) -> Entity:
    """A division as a document has it; its id is its name."""
    code = COUNTIES[name]
    return Entity(name, "Region", name, level="county" if len(code) == 6 else "prefecture", code=code)


def named(type: str, name: str, *aliases: str) -> Entity:
    """An entity whose id is its name."""
    return Entity(name, type, name, aliases=aliases, mentions=(name, *aliases))


def document(
    id: str,
    *entities: Entity,
    at: str | None = "松阳县",
    on: str | None = "2021-03-31",
    links: Sequence[tuple[str, ...]] = (),
) -> DocumentGraph:
    """A document: links are type, head, tail and, if there is one, the office; divisions come by themselves."""
    made = []
    for number, (type, head, tail, *title) in enumerate(links):
        evidence = Evidence(id, number, number + 1, f"{id}：{head}…{tail}", "手写", on)
        made.append(Link(type, head, tail, evidence, title=title[0] if title else ""))
    wanted = {tail for _, _, tail, *_ in links} | ({at} if at else set())
    places = [county(name) for name in COUNTIES if name in wanted]
    return DocumentGraph(Document(id, "", date=on, locale=at), (*entities, *places), tuple(made))


def official(
    id: str, name: str, title: str, place: str, *, on: str = "2021-03-31", at: str | None = None
) -> DocumentGraph:
    """A document in which somebody holds an office of a county."""
    head = title.endswith(("书记", "县长", "市长")) and "副" not in title
    link = ("LEADS" if head else "SERVES_IN", name, place, title)
    return document(id, named("Official", name), at=at or place, on=on, links=[link])
