"""Places told away from a name: on the lines below a heading, in the signature at the end of an item."""

from __future__ import annotations

from kg.link.entities import Draft
from kg.link.found import Found
from kg.link.marks import Mark
from kg.wording import Wording

_BESIDE = 8  # characters that a line which is a heading has besides the name
_FAR = 240  # characters below a heading in which its place is told


class ToldPlaces:
    """Reads places out of other lines; holds the wording.

    Args:
        words: The wording of locations.
    """

    def __init__(self, words: Wording) -> None:
        self._words = words

    def below(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """The place that the lines below a heading tell: 某某项目 / 本工程位于某地; 建设地点：某地."""
        if draft.type not in ("Project", "Park") or not self._is_heading(found, mark):
            return None
        start = found.text.find("\n", mark.end)
        if start < 0:
            return None
        ahead = found.marks.inside(start, start + _FAR)
        others = (m.start for m in ahead if m.type in ("Project", "Park") and self._is_heading(found, m))
        end = min(next(others, len(found.text)), start + _FAR)
        told = self._words["told below"].search(found.text, start, end)
        return self._innermost(found, told.end(), draft) if told else None

    def signed(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """The division or park whose office sent in an item: …。（某县重点办）."""
        end = found.text.find("\n", mark.end)
        end = end if end >= 0 else len(found.text)
        signature = self._words["signature"].search(found.text, mark.end, end)
        signature = signature or self._words["signature below"].match(found.text, end)
        if signature is None:
            return None
        office = signature.group(1)
        parks = [d for d in found.registry.drafts.values() if d.type == "Park" and office.startswith(d.name)]
        if parks:
            park = max(parks, key=lambda d: len(d.name))
            return park.id if draft.type == "Project" else None
        counties = [d for d in found.context.in_name(office) if d.level == "county"]
        return found.region(counties[-1], draft) if counties else None

    def _is_heading(self, found: Found, mark: Mark) -> bool:
        start = found.text.rfind("\n", 0, mark.start) + 1
        end = found.text.find("\n", mark.end)
        return end >= 0 and end - start - (mark.end - mark.start) <= _BESIDE

    def _innermost(self, found: Found, position: int, draft: Draft) -> str | None:
        """The last of the places named one after the other from a position on."""
        place = None
        while (mark := found.marks.by_start.get(position)) and mark.type in ("Region", "Park"):
            place, position = mark, mark.end
        return place.entity if place is not None and place.entity != draft.id else None
