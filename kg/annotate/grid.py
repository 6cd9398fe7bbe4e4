"""The words, places and offices of a text by position."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.lac import Token
from kg.annotated import Name, Place

NAME_TAGS = frozenset({"LOC", "ORG", "nz", "PER"})


class Grid:
    """The words, places and offices of a text, by position."""

    def __init__(
        self, text: str, tokens: Sequence[Token], places: Sequence[Place], titles: Sequence[Name]
    ) -> None:
        self.text = text
        self.titles = titles
        self.tokens = tokens
        self._at = [-1] * (len(text) + 1)
        for number, (start, end, _) in enumerate(tokens):
            self._at[start:end] = [number] * (end - start)
        self._place_end = {p.end: p for p in places}
        self._place_start = {p.start: p for p in places}
        self._places = bytearray(len(text))
        for place in places:
            self._places[place.start : place.end] = b"\1" * (place.end - place.start)
        self._title_start = {t.start for t in titles}
        self._title = [-1] * (len(text) + 1)
        for number, title in enumerate(titles):
            for position in range(title.start, title.end):
                self._title[position] = number

    def token_at(self, position: int) -> Token | None:
        number = self._at[position]
        return self.tokens[number] if number >= 0 else None

    def token_before(self, position: int) -> Token | None:
        return self.token_at(position - 1)

    def tag_at(self, position: int) -> str:
        token = self.token_at(position)
        return token.tag if token else ""

    def breaks_token(self, position: int) -> bool:
        """Whether a word goes on over this position."""
        number = self._at[position]
        return position > 0 and number >= 0 and number == self._at[position - 1]

    def title_at(self, position: int) -> bool:
        """Whether an office begins here."""
        return position in self._title_start

    def title_covers(self, start: int, end: int) -> bool:
        """Whether an office holds this stretch."""
        return self._title[start] >= 0 and self._title[start] == self._title[end - 1]

    def title_ends(self, start: int, end: int) -> bool:
        """Whether an office ends with this stretch or inside its last word."""
        return self._title[end - 1] >= 0 and self.titles[self._title[end - 1]].end == end > start

    def inside_title(self, start: int, end: int) -> bool:
        """Whether an office holds this stretch and goes on after it (党委 in 党委书记)."""
        return self.title_covers(start, end) and self._title[end] == self._title[start]

    def only_place(self, start: int, end: int) -> bool:
        """Whether a stretch is one division's name."""
        place = self._place_start.get(start)
        return place is not None and place.end == end

    def place_ending_at(self, position: int) -> Place | None:
        return self._place_end.get(position)

    def place_starting_at(self, position: int) -> Place | None:
        return self._place_start.get(position)

    def place_covering(self, position: int) -> bool:
        return bool(self._places[position])
