"""Places inside places: divisions in larger ones, and of two places of one thing the inner one only."""

from __future__ import annotations

from kg.link.found import Found, Made


def hierarchy(found: Found) -> None:
    """Divisions of the document inside the larger ones that it names too."""
    kept = found.kept()
    regions = [d for d in found.registry.drafts.values() if d.type == "Region" and d.id in kept]
    by_code = {d.code: d for d in regions if d.code}
    for draft in regions:
        above = [by_code[a.code] for a in found.context.ancestors(draft.code or "") if a.code in by_code]
        if not draft.code:
            near = [d for d in regions if d.name == draft.place]
            codes = {a.code for d in near for a in found.context.ancestors(d.code or "")}
            above = near + [d for d in regions if d.code in codes]
        for larger in above:
            found.add(Made("PART_OF", draft.id, larger.id, *found.stretch(draft.id), "gazetteer", score=0.9))


def only_nearest(found: Found) -> None:
    """Of two places of one thing, one inside the other, only the inner one says where it is."""
    drafts = found.registry.drafts
    for draft in list(drafts.values()):
        for whole in found.tails("PART_OF", draft.id) if draft.type == "Park" else ():
            found.remove("LOCATED_IN", draft.id, whole)
        tails = found.tails("LOCATED_IN", draft.id)
        for outer in tails:
            for inner in tails:
                if inner != outer and _inside(found, inner, outer):
                    found.remove("LOCATED_IN", draft.id, outer)
                    break


def _inside(found: Found, inner: str, outer: str) -> bool:
    a, b = found.registry.drafts[inner], found.registry.drafts[outer]
    if a.type == "Region" and b.type == "Region":
        return bool(a.code and b.code and a.code.startswith(b.code)) or (not a.code and a.place == b.name)
    if a.type == "Park":
        places = [*found.tails("LOCATED_IN", inner), *found.tails("PART_OF", inner)]
        return outer in places or any(
            _inside(found, p, outer)
            for p in places
            if p != inner and found.registry.drafts[p].type == "Region"
        )
    return False
