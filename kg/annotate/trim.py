"""The beginning of a name, without the verbs, amounts, dates and joints before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.annotate.grid import NAME_TAGS, Grid
from kg.wording import Wording

_EVENT_LOOSE_TAGS = frozenset({"p", "u", "r", "xc", "f"})
_LOOSE_TAGS = _EVENT_LOOSE_TAGS | {"d", "c", "v", "ad", "vd"}


class Trim:
    """Takes off the beginning of a name what does not belong to it.

    Args:
        names: Sections of lexicons/names.txt, the words that end the way to the left.
        words: Wording of the reach of names.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], words: Wording) -> None:
        self._stop = frozenset(names["stop"])
        self._event_stop = frozenset(names["event-stop"])
        self._keep = frozenset(names["keep"])
        self._words = words
        self._before = {
            "Event": words["before an event"],
            "Company": words["before a company"],
            "thing": words["before a thing"],
        }
        kinds = ("Company", "Park", "Project", "Organization")
        self._owners = {k: words[f"owner of {k.lower()}"] for k in kinds}

    def trimmed(self, grid: Grid, left: int, start: int, kind: str) -> int:
        """Takes leading verbs, numbers, dates and joints off a candidate."""
        text = grid.text
        event = kind == "Event"
        for cut in (self._words["new event" if event else "new body"], self._owners.get(kind)):
            split = cut.match(text, left, start) if cut else None
            # 永和县 holds no 和 that joins.
            if split and not grid.place_covering(split.end() - 1):
                left = split.end()
        left = self._after_verb(grid, left, start)
        if not event:
            for position in range(start - 1, left, -1):
                # 永和县和桐柏集团 are two.
                if (
                    text[position] in "和与及"
                    and grid.place_ending_at(position)
                    and not grid.place_covering(position)
                ):
                    left = position + 1
                    break
        if self._words["its own"].match(text, left):
            left += 1
        left = self._after_with(grid, left) if not event else left
        left = self._after_torn_verb(grid, left)
        if kind == "Company":
            left = self._after_seat(grid, left, start)
        if kind == "Company" and text.startswith("公司", start):
            left = self._after_township(grid, left, start)
        leading = self._before[kind if kind in self._before else "thing"]
        tags, stop = (_EVENT_LOOSE_TAGS, self._event_stop) if event else (_LOOSE_TAGS, self._stop)
        while left < start:
            if (before := leading.match(text, left, start)) and not grid.only_place(left, before.end() + 1):
                left = before.end()
                continue
            builds = self._words["builds"].match(text, left, start)
            if builds and not text.startswith(self._words.words("official"), start):
                left = builds.end()
                continue
            token = grid.token_at(left)
            whole = self._words["numbered"].match(text, left) or self._words["zone word"].match(text, left)
            torn = token is not None and (place := grid.place_starting_at(left)) and place.end > token.end
            if token is None or token.end > start or whole or torn:
                break
            word = text[left : token.end]
            if word in self._keep or token.tag in NAME_TAGS or self._words["water"].fullmatch(word):
                break
            if token.tag == "v" and len(word) > 3 and kind in ("Organization", "Company"):
                break
            if token.tag not in tags and word not in stop and not self._words["clock"].fullmatch(word):
                break
            left = self._after_with(grid, token.end) if not event else token.end
        return left

    def _after_with(self, grid: Grid, left: int) -> int:
        """同甘肃某公司 is 甘肃某公司."""
        joins = grid.text[left] in self._words.words("together with") and not grid.place_covering(left)
        return left + 1 if joins and grid.place_starting_at(left + 1) else left

    def _after_torn_verb(self, grid: Grid, left: int) -> int:
        """到|达某县某公司 is 某县某公司, reached."""
        torn = self._words["torn verb"].match(grid.text, max(0, left - 1))
        place = grid.place_starting_at(left + 1) if torn else None
        return left + 1 if place is not None and place.full else left

    def _after_seat(self, grid: Grid, left: int, start: int) -> int:
        """某县|山西某公司: a firm named by its province, after the county it stands in."""
        seat = grid.place_starting_at(left)
        home = grid.place_starting_at(seat.end) if seat is not None and seat.full else None
        if seat is None or home is None or home.end >= start:
            return left
        wider = any(s.startswith(h) and s != h for s in seat.codes for h in home.codes)
        return home.start if wider else left

    def _after_township(self, grid: Grid, left: int, start: int) -> int:
        """上湾乡神龙公司 is 神龙公司 of 上湾乡."""
        place = grid.place_starting_at(left)
        inner = place is not None and place.full and place.end < start - 1 and place.name[-1] in "镇乡村"
        if place is None or not inner or self._words["general firm"].fullmatch(grid.text, place.end, start):
            return left
        return place.end

    def _after_verb(self, grid: Grid, left: int, start: int) -> int:
        """A verb right before a place or a body's 县, 市 … cannot belong to the name after it."""
        # What is inside quotation marks at the beginning of a name is part of it.
        quoted = grid.text.find("”", left, start) if grid.text[left] == "“" else -1
        token = grid.token_at(max(left, quoted + 1))
        while token is not None and token.end < start:
            begins = grid.place_starting_at(token.end) is not None or self._words["body begins"].match(
                grid.text, token.end
            )
            word = grid.text[token.start : token.end]
            if (
                begins
                and token.tag in ("v", "vd", "p", "d")
                and token.start >= left
                and word not in "暨和与及至"
                and not self._words["water"].fullmatch(word)
            ):
                left = token.end
            token = grid.token_at(token.end)
        return left
