"""Where the firms that a tour comes to are: in the place it goes through."""

from __future__ import annotations

from pathlib import Path

from kg.link.at_hand import first_of_list
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.wording import load_wording


class Stops:
    """Adds LOCATED_IN to firms that are visited and that the text places nowhere else; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._goes_to = load_wording(schemas, "visits")["goes to"]

    def read(self, found: Found) -> None:
        """Adds LOCATED_IN."""
        for visit in [m for m in found.made() if m.type == "VISITS"]:
            firm = found.marks.by_end.get(visit.end)
            if firm is None or firm.type != "Company" or firm.entity != visit.tail:
                continue
            if found.tails("LOCATED_IN", firm.entity):
                continue
            place = self._on_the_way(found, firm)
            first = first_of_list(found, firm)
            if place is not None and (first == firm or place.end != first.start):
                found.add(
                    Made(
                        "LOCATED_IN",
                        firm.entity,
                        place.entity,
                        visit.start,
                        firm.end,
                        "place:stop",
                        score=0.7,
                    )
                )
                found.wanted.add(place.entity)

    def _on_the_way(self, found: Found, firm: Mark) -> Mark | None:
        """The last place of the paragraph that the tour goes to."""
        drafts, paragraph = found.registry.drafts, found.text.rfind("\n", 0, firm.start) + 1
        place = found.marks.before(
            firm.start,
            lambda m: (
                m.type in ("Park", "Region")
                and not m.anaphor
                and self._goes_to.search(found.text, paragraph, m.start) is not None
            ),
            since=paragraph,
        )
        while place is not None and (inner := found.marks.by_start.get(place.end)) is not None:
            outer, within = drafts[place.entity].code, drafts[inner.entity].code if inner.entity else None
            if inner.end > firm.start or not outer or not within or not within.startswith(outer):
                break
            place = inner
        return place
