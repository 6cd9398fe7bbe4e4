"""Places of firms that neither their names nor the words around them tell: where their works are, where they are seen."""

from __future__ import annotations

from pathlib import Path

from kg.link.at_hand import first_of_list, from_elsewhere
from kg.link.entities import Draft
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.wording import load_wording

_SMALL = ("township", "village")


class FirmPlaces:
    """Adds LOCATED_IN to firms by what they build and by who comes to see them; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "locations")

    def read(self, found: Found) -> None:
        """Adds LOCATED_IN."""
        made = found.made()
        builds = [m for m in made if m.type == "BUILDS"]
        visits = [m for m in made if m.type == "VISITS"]
        for firm in sorted(found.registry.drafts.values(), key=lambda d: (d.first, d.id)):
            if firm.type != "Company" or firm.id not in found.kept() or found.tails("LOCATED_IN", firm.id):
                continue
            if self._words["national"].match(firm.name):
                continue
            target = self._of_works(found, firm, [m for m in builds if m.head == firm.id])
            target = target or self._of_visit(found, firm, [m for m in visits if m.tail == firm.id])
            if target is not None:
                place = Made("LOCATED_IN", firm.id, target, *found.stretch(firm.id), "place:firm", score=0.6)
                found.add(place)
                found.wanted.add(target)

    def _of_works(self, found: Found, firm: Draft, built: list[Made]) -> str | None:
        """The one park of all works that a firm of the place's own builds for itself, as parts of its plant."""
        if from_elsewhere(found, firm) or self._words["contractor"].search(firm.name):
            return None
        if any(self._words["for another"].search(found.text, max(0, m.start - 6), m.end + 8) for m in built):
            return None
        drafts, owned = found.registry.drafts, bool(found.heads("OWNS", firm.id))
        works = [m.tail for m in built if drafts[m.tail].type == "Project"]
        if not owned and any(self._words["on its own"].search(drafts[work].name) for work in works):
            return None
        places = {t for work in works for t in found.tails("LOCATED_IN", work)}
        parks = sorted(p for p in places if drafts[p].type == "Park")
        return parks[0] if len(places) == 1 and parks else None

    def _of_visit(self, found: Found, firm: Draft, visits: list[Made]) -> str | None:
        """Who goes to see a firm in his own county, and says no other place, sees it there."""
        seen = next((m for v in visits if (m := found.marks.by_end.get(v.end)) and m.entity == firm.id), None)
        if seen is None:
            return None
        paragraph, first = found.text.rfind("\n", 0, seen.start) + 1, first_of_list(found, seen)
        if self._words["next door"].search(found.text, paragraph, first.start):
            return self._beside(found, first, paragraph)
        if self._is_away(found, seen) or self._is_builder(found, seen):
            return None
        division = found.context.focus(seen.start)
        return found.region(division, firm) if division else None

    def _beside(self, found: Found, seen: Mark, since: int) -> str | None:
        """The place of what was seen before a firm that is next door to it."""
        before = found.marks.before(seen.start, lambda m: m.type in ("Company", "Project"), since=since)
        places = found.tails("LOCATED_IN", before.entity) if before is not None else []
        return places[0] if len(places) == 1 else None

    def _is_builder(self, found: Found, seen: Mark) -> bool:
        """Whether it is the work of a firm that is seen: 查看甲公司投资建设的乙项目."""
        work = next(iter(found.marks.inside(seen.end, found.sentence(seen.start)[1])), None)
        return (
            work is not None
            and work.type == "Project"
            and self._words["seen for its work"].fullmatch(found.text, seen.end, work.start) is not None
        )

    def _is_away(self, found: Found, seen: Mark) -> bool:
        """Whether a paragraph has gone to another county or city before it comes to a firm, or to a smaller place."""
        locale, drafts = found.context.locale, found.registry.drafts
        paragraph = found.text.rfind("\n", 0, seen.start) + 1
        before = [drafts[m.entity] for m in found.marks.inside(paragraph, seen.start) if m.entity]
        return locale is None or any(
            d.type == "Park" or d.level in _SMALL or not locale.code.startswith(d.code or "")
            for d in before
            if d.type in ("Park", "Region")
        )
