"""The body that a person works for, where a turn of phrase stands for it: 总经理某说：再投…, 我们与甲签订…."""

from __future__ import annotations

from dataclasses import replace

from kg.link.found import Found
from kg.link.marks import Mark

_BODIES = ("Company", "Organization")


def employed(found: Found, person: Mark) -> Mark | None:
    """The firm or body of which a person holds an office, put where the person is named; None if it isn't one."""
    known = {t for kind in ("LEADS", "SERVES_IN") for t in found.tails(kind, person.entity)}
    if len(known) != 1:
        return None
    body = found.registry.drafts[known.pop()]
    return replace(person, entity=body.id, type=body.type) if body.type in _BODIES else None
