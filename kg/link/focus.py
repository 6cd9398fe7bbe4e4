"""The place that a text speaks of at a point: 在X镇，…; 一行来到Y园区。…; a heading that begins with a town."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.link.found import Found
from kg.link.marks import Mark
from kg.wording import load_wording

_SMALL = ("township", "village")
_LARGE = ("county", "prefecture")


class Focus:
    """Finds the place in focus; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        words = load_wording(schemas, "focus")
        self._goes_to = words["goes to"]
        self._first = words["first words"]
        self._venue = words["venue"]
        self._with_others = sorted(words.words("not alone"), key=len, reverse=True)
        self._inside = words.words("inside")
        self._committees = load_wording(schemas, "parks").words("committees")
        self._speaks = words["speaks"]
        self._inner = words["inner"]
        self._heading = words["heading"]

    def at(self, found: Found, position: int, *, far: bool = False) -> Mark | None:
        """The town, village or park in focus at a position, else None.

        The last one before it in its paragraph that a movement or the beginning of a sentence brings in;
        none where the text's own county was named so after it.

        Args:
            found: The reading so far.
            position: Where a thing is named.
            far: Whether other counties and cities count, which a tour goes to and in which nothing is built.
        """
        paragraph = found.text.rfind("\n", 0, position) + 1
        kinds = ("Region", "Park", "Organization")
        marks = [m for m in found.marks.inside(paragraph, position) if m.type in kinds]
        for mark in reversed(marks):
            if mark.type == "Organization":
                if (park := self._park_of_speaker(found, mark)) is not None:
                    return park
                continue
            if not self._brings_in(found, mark):
                continue
            small = self._is_small(found, mark) or (far and self._is_elsewhere(found, mark))
            return mark if small and not self._with_another(found, mark) else None
        return self._headed(found, paragraph)

    def _park_of_speaker(self, found: Found, mark: Mark) -> Mark | None:
        """The park of a committee whose director speaks: 甲开发区管委会主任乙说，…."""
        title = found.marks.by_start.get(mark.end)
        if title is None or title.type != "Title" or not self._speaks.match(found.text, title.end):
            return None
        committee = found.registry.drafts[mark.entity]
        end = next((c for c in self._committees if committee.name.endswith(c)), "")
        park = found.registry.find("Park", committee.name.removesuffix(end)) if end else None
        return replace(mark, type="Park", entity=park.id) if park is not None else None

    def _is_small(self, found: Found, mark: Mark) -> bool:
        draft = found.registry.drafts[mark.entity]
        return mark.type == "Park" or draft.level in _SMALL

    def _is_elsewhere(self, found: Found, mark: Mark) -> bool:
        """Whether a county or city that a clause ends with is not the text's own."""
        draft, locale = found.registry.drafts[mark.entity], found.context.locale
        return (
            draft.level in _LARGE
            and found.text[mark.end : mark.end + 1] in ("，", "。", "；")
            and locale is not None
            and not locale.code.startswith(draft.code or "")
        )

    def _brings_in(self, found: Found, mark: Mark) -> bool:
        """Whether a mention makes its place the one that is spoken of from there on."""
        following = found.marks.by_start.get(mark.end)
        if following is not None and following.type in ("Region", "Park") and not following.anaphor:
            return False
        if self._venue.match(found.text, mark.end) or self._holds_next(found, mark):
            return False
        start = mark.start
        while (before := self._outer(found, start)) is not None:
            start = before.start
        if self._goes_to.search(found.text, max(0, start - 14), start):
            return True
        if found.text.startswith(self._inside, mark.end) and found.text[start - 1 : start] in (
            "，",
            "。",
            "；",
            "\n",
        ):
            return True
        if not self._first.search(found.text, max(0, start - 14), start):
            return False
        if (
            following is not None
            and following.type == "Title"
            and self._speaks.match(found.text, following.end)
        ):
            return True
        return following is None or following.type not in ("Title", "Organization")

    def _holds_next(self, found: Found, mark: Mark) -> bool:
        """Whether the next place is inside one: 甲开发区里的乙产业园."""
        inner = self._inner.match(found.text, mark.end)
        after = found.marks.by_start.get(inner.end()) if inner else None
        return after is not None and after.type in ("Region", "Park") and not after.anaphor

    def _outer(self, found: Found, start: int) -> Mark | None:
        """The place that the one beginning at a point lies in, named before it."""
        before = found.marks.by_end.get(start)
        if before is None and found.text[start - 1 : start] == "的":
            ends = (start - 1, start - 2, start - 3)
            before = next((m for end in ends if (m := found.marks.by_end.get(end))), None)
            if before is not None and not self._inner.fullmatch(found.text, before.end, start):
                return None
        return before if before is not None and before.type in ("Region", "Park") else None

    def _with_another(self, found: Found, mark: Mark) -> bool:
        """Whether the place is one of several: 甲园区及乙县."""
        joiner = next((w for w in self._with_others if found.text.startswith(w, mark.end)), "")
        after = found.marks.by_start.get(mark.end + len(joiner))
        return bool(joiner) and after is not None and after.type in ("Region", "Park")

    def _headed(self, found: Found, paragraph: int) -> Mark | None:
        """The town that the nearest heading above begins with."""
        end = paragraph - 1
        while end > 0:
            start = found.text.rfind("\n", 0, end) + 1
            if self._heading.fullmatch(found.text, start, end):
                mark = found.marks.by_start.get(start)
                while mark and (inner := found.marks.by_start.get(mark.end)) and inner.type == "Region":
                    mark = inner
                fits = mark is not None and mark.type in ("Region", "Park") and self._is_small(found, mark)
                return mark if fits else None
            end = start - 1
        return None
