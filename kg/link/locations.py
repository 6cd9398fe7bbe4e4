"""Where things are when no pattern says so: by their names, by the place at hand, by the document's own."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

from kg.link.at_hand import AtHand
from kg.link.entities import Draft
from kg.link.focus import Focus
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.link.nesting import hierarchy, only_nearest
from kg.link.parks import Parks
from kg.link.place_in_name import PlaceInName
from kg.link.told_places import ToldPlaces
from kg.wording import load_wording

_PLACED = ("Company", "Park", "Project", "Organization", "Event")
_SMALL = ("township", "village")
_CEREMONY = 8  # characters that 集中开工奠基仪式 adds to the name of a work


class Locations:
    """Finds where things are; holds the wording.

    Args:
        schemas: Folder with wording.
        parks: Knows what 高新区 stands for.
    """

    def __init__(self, schemas: Path, parks: Parks) -> None:
        self._words = words = load_wording(schemas, "locations")
        self._focus = Focus(schemas)
        self._in_name = PlaceInName(words, parks)
        self._at_hand = AtHand(words, self._focus)
        self._told = ToldPlaces(words)

    def read(self, found: Found) -> None:
        """Adds LOCATED_IN where none was found, and PART_OF between the divisions of the document."""
        for kind in (*_PLACED, "Park"):  # parks again, that things were found to be in
            kept = found.kept()
            for draft in sorted(found.registry.drafts.values(), key=attrgetter("first", "id")):
                if draft.type == kind and draft.id in kept and not found.tails("LOCATED_IN", draft.id):
                    self._place(found, draft)
        self._villages_of_headings(found)
        hierarchy(found)
        only_nearest(found)

    def _villages_of_headings(self, found: Found) -> None:
        """A village under the heading of a town is in the town."""
        kept, drafts = found.kept(), found.registry.drafts
        for draft in [d for d in drafts.values() if d.level == "village" and d.id in kept]:
            above = next((d for d in drafts.values() if d.type == "Region" and d.name == draft.place), None)
            here = self._focus.at(found, draft.first) if above is None or above.level == "county" else None
            if here is not None and drafts[here.entity].level == "township":
                draft.place = drafts[here.entity].name

    def _place(self, found: Found, draft: Draft) -> None:
        if self._words["national"].match(draft.name) and not self._in_name.of_country_at(found, draft):
            return
        for target in self._targets(found, draft):
            if draft.type == "Park" and target == self._at_hand.of_feature(found):
                found.add(
                    Made("PART_OF", draft.id, target, *found.stretch(draft.id), "place:text", score=0.7)
                )
                continue
            found.add(Made("LOCATED_IN", draft.id, target, *found.stretch(draft.id), "place:name", score=0.7))
            found.wanted.add(target)

    def _targets(self, found: Found, draft: Draft) -> list[str]:
        """Where a thing is: the first of these that tells, the surest first."""
        park = self._in_name.host_park(found, draft)
        ends = [] if park else self._in_name.ends(found, draft)
        if ends:
            return ends
        marks = found.marks.of(draft.id)
        named = [m for m in marks if not m.anaphor] or marks[:1]
        target = park or _of_host(found, draft)
        if named and not target:
            target = self._at_mentions(found, draft, named)
        elif not target:
            target = self._in_name.named(found, draft)
            alone = draft.type == "Park" and not found.heads("PART_OF", draft.id)
            division = found.context.focus(draft.first) if alone else None
            target = target or (found.region(division, draft) if division else None)
        if draft.type == "Park" and found.tails("PART_OF", draft.id):
            target = self._town_of_part(found, draft, target)
        return [target] if target else []

    def _at_mentions(self, found: Found, draft: Draft, named: list[Mark]) -> str | None:
        """By the mentions of a thing, the first of which says most, and by its name."""
        first, hand = named[0], self._at_hand
        return (
            self._in_name.village(found, draft, first)
            or next((p for m in named if (p := self._told.below(found, draft, m))), None)
            or next((p for m in named if (p := hand.stop(found, draft, m))), None)
            or next((p for m in named if (p := hand.housed(found, draft, m))), None)
            or _of_ceremony(found, draft)
            or self._in_name.short_town(found, draft)
            or self._in_name.named(found, draft)
            or self._of_works(found, draft, first)
            or _of_builder(found, draft)
            or self._near(found, draft, first)
            or self._signed(found, draft, first)
            or hand.own(found, draft, first)
            or hand.local(found, draft, first)
        )

    def _signed(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """Where the office is that sent in the item on a work or a meeting."""
        fits = draft.type in ("Project", "Park", "Event") and not self._words["linear"].search(draft.name)
        return self._told.signed(found, draft, mark) if fits else None

    def _near(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """The place near a work or a park that is no line through many counties."""
        wide = self._words["linear"].search(draft.name) or self._words["wide"].search(draft.name)
        if draft.type not in ("Project", "Park") or wide:
            return None
        town = self._at_hand.signing_town(found, mark)
        if town is not None:
            places = found.tails("LOCATED_IN", town.id)
            place = places[0] if places else self._in_name.named(found, town)
            if place:
                return place
        named = [m for m in found.marks.of(draft.id) if not m.anaphor] or [mark]
        return next((p for m in named if (p := self._at_hand.work_near(found, draft, m))), None)

    def _town_of_part(self, found: Found, draft: Draft, target: str | None) -> str | None:
        """A section of a park is in no place of its own but a town."""
        if target and found.registry.drafts[target].level in _SMALL:
            return target
        here = self._focus.at(found, draft.first)
        return here.entity if here is not None and here.type == "Region" else None

    def _of_works(self, found: Found, draft: Draft, mark: Mark) -> str | None:
        """A firm that is set up for a work is where the work is."""
        if draft.type != "Company":
            return None
        start, _ = found.sentence(mark.start)
        if not self._words["set up"].search(found.text, start, mark.start):
            return None
        works = sorted(m.tail for m in found.made() if m.type == "BUILDS" and m.head == draft.id)
        places = {t for work in works for t in found.tails("LOCATED_IN", work)}
        return places.pop() if len(places) == 1 else None


def _of_host(found: Found, draft: Draft) -> str | None:
    """A ceremony is held where the work it is named after stands."""
    if draft.type != "Event":
        return None
    drafts = found.registry.drafts.values()
    hosts = [d for d in drafts if d.type in ("Project", "Park") and draft.name.startswith(d.name)]
    places = found.tails("LOCATED_IN", max(hosts, key=lambda d: len(d.name)).id) if hosts else []
    return places[0] if places else None


def _of_builder(found: Found, draft: Draft) -> str | None:
    """A project without a place of its own stands where the firm that builds it does."""
    if draft.type != "Project":
        return None
    places = {t for builder in found.heads("BUILDS", draft.id) for t in found.tails("LOCATED_IN", builder)}
    parks = [p for p in places if found.registry.drafts[p].type == "Park"]
    return parks[0] if len(parks) == 1 else None


def _of_ceremony(found: Found, draft: Draft) -> str | None:
    """A work is where the text says that the ceremony of its beginning is held."""
    if draft.type != "Project":
        return None
    drafts, most = found.registry.drafts.values(), len(draft.name) + _CEREMONY
    events = [
        d for d in drafts if d.type == "Event" and d.name.startswith(draft.name) and len(d.name) <= most
    ]
    places = [t for d in sorted(events, key=lambda d: d.first) for t in found.tails("LOCATED_IN", d.id)]
    return places[0] if places else None
