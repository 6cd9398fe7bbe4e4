"""Whose a body is that stands without its division: of the list or post before it, or of the town last named."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotated import DEICTIC, STREET, Name, Place
from kg.gazetteer import Division
from kg.link.context import Context

_TOWN_LETTERS = "镇乡"


class Owners:
    """Finds the division of a body by what stands before it in one document.

    Args:
        text: The document's text.
        names: The names found in it.
        places: Names of divisions, in order.
        context: The divisions and what deictic forms mean.
    """

    def __init__(self, text: str, names: Sequence[Name], places: Sequence[Place], context: Context) -> None:
        self._text = text
        self._names = names
        self._places = places
        self._context = context
        self._seen_at = {s.start: s for s in context.seen}

    def of_post_before(self, name: Name) -> Division | None:
        """自治区党委书记、人大常委会主任: the second body is of the first one's division."""
        position = name.start
        for title in reversed([n for n in self._names if n.type == "Title" and n.end < name.start]):
            if self._text[title.end : position] != "、":
                break
            position = title.start
            body = next((n for n in self._names if n.type == "Organization" and n.end == position), None)
            if body is not None:
                surface = self._text[body.start : body.end]
                seen = self._seen_at.get(body.start)
                if seen is not None:
                    return seen.division
                if surface[:3] == "自治区":
                    return self._context.resolve("省", body.start)
                return self._context.resolve(surface[0], body.start) if surface[0] in DEICTIC else None
            if self._text[:position].endswith("自治区"):
                return self._context.resolve("省", position)
        return None

    def of_list(self, name: Name) -> Division | None:
        """省水利厅、林草局、工信厅: the division of the body that a list begins with."""
        first = name
        while self._text[first.start - 1 : first.start] == "、":
            before = next((n for n in self._names if n.end == first.start - 1), None)
            if before is None or before.type != "Organization":
                return None
            first = before
            surface = self._text[first.start : first.end]
            if seen := self._seen_at.get(first.start):
                return seen.division
            if surface[0] in DEICTIC and first.rule == "body":
                return self._context.host(surface[0], first.start) or self._context.resolve(
                    surface[0], first.start
                )
        return None

    def unlisted_town(self, letter: str, position: int) -> str:
        """The town that 镇 or 乡 stands for where the last one named is none of the gazetteer's."""
        named = (
            p for p in reversed(self._places) if p.end <= position and p.full and p.name.endswith(letter)
        )
        last = next(named, None) if letter in _TOWN_LETTERS else None
        return last.name if last is not None and not last.codes else ""

    def town_before(self, letter: str, position: int) -> str:
        """The town last named before a position, also where no list tells which one it is; else ""."""
        if letter not in (*_TOWN_LETTERS, STREET):
            return ""
        before = (p for p in reversed(self._places) if p.end <= position and p.full)
        return next((p.name for p in before if p.name.endswith(letter)), "")
