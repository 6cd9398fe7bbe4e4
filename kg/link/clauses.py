"""The text of a document with each mention written as a letter of its type, by paragraph, sentence and clause.

Patterns of turns of phrase that look past the mentions work on it, at the same offsets as the text: Ⓒ for a
firm, Ⓞ a body, Ⓟ a work, Ⓚ a park, Ⓡ a division, Ⓝ a person, Ⓔ an event, followed by as many ⓪ as the name has
further characters; quotation marks around it and what stands in brackets behind it belong to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from kg.link.found import Found
from kg.link.marks import Mark

FILL = "⓪"
LETTERS = {
    "Company": "Ⓒ",
    "Organization": "Ⓞ",
    "Project": "Ⓟ",
    "Park": "Ⓚ",
    "Region": "Ⓡ",
    "Official": "Ⓝ",
    "Person": "Ⓝ",
    "Event": "Ⓔ",
}
SIGNS = FILL + "".join(sorted(set(LETTERS.values())))
_LETTER = re.compile(f"[{SIGNS[1:]}]")
_OWN = re.compile(f"[{SIGNS}]")
_BRACKETS = re.compile(
    rf"(?<={FILL})[”》]?[（(](?![^（）()\n]{{0,28}}(?:公司|控股|旗下|全资)[）)])[^（）()\n]{{0,30}}[）)]|(?<={FILL})[”》]"
)
_QUOTE = re.compile("[“《](?=[ⒸⓄⓅⓀ])")
_PARAGRAPH, _SENTENCE, _CLAUSE = map(re.compile, (r"[^\n]+", "[^。！？]+", "[^，；：—。！？]+"))
_HEADING = 44

Piece = tuple[int, int]


class Masked:
    """A document's text in letters.

    Args:
        found: The document.
    """

    def __init__(self, found: Found) -> None:
        self.marks = {m.start: m for m in found.marks if m.type in LETTERS and m.start not in found.consumed}
        text = _OWN.sub("□", found.text)
        parts: list[str] = []
        position = 0
        for start, mark in sorted(self.marks.items()):
            parts.append(text[position:start])
            parts.append(LETTERS[mark.type] + FILL * (mark.end - start - 1))
            position = mark.end
        parts.append(text[position:])
        masked = _QUOTE.sub(FILL, "".join(parts))
        self.text = _BRACKETS.sub(lambda m: FILL * len(m.group()), masked)
        told = [m for m in _LETTER.finditer(self.text) if m.start() in self.marks]
        self._starts = [m.start() for m in told]
        self._letters = [(m.group(), self.marks[m.start()]) for m in told]

    @cached_property
    def paragraphs(self) -> tuple[list[Piece], ...]:
        """The sentences of each paragraph; a heading goes with the paragraph below it."""
        return tuple(self._paragraphs())

    def _paragraphs(self) -> Iterator[list[Piece]]:
        held: list[Piece] = []
        for start, end in _split(self.text, 0, len(self.text), _PARAGRAPH):
            sentences = list(_split(self.text, start, end, _SENTENCE))
            if len(sentences) == 1 and end - start <= _HEADING and self.text[end - 1] not in "。！？，；":
                held = [] if held and held[-1][1] < start - 1 else held
                held = [*held[-1:], *sentences]
                continue
            yield [*held, *sentences]
            held = []
        if held:
            yield held

    def clauses(self, sentence: Piece) -> Iterator[Piece]:
        """The clauses of a sentence, without the mark at the end."""
        return _split(self.text, *sentence, _CLAUSE)

    def letters(self, paragraph: list[Piece]) -> set[str]:
        """The letters that stand in a paragraph."""
        return set(_LETTER.findall(self.text, paragraph[0][0], paragraph[-1][1]))

    def mentions(self, start: int, end: int, letters: str = "") -> list[Mark]:
        """The mentions that begin in a stretch, of the types with these letters."""
        low = bisect_left(self._starts, start)
        inside = self._letters[low : bisect_left(self._starts, end, low)]
        return [mark for letter, mark in inside if not letters or letter in letters]


def _split(text: str, start: int, end: int, marks: re.Pattern[str]) -> Iterator[Piece]:
    for match in marks.finditer(text, start, end):
        if not match.group().isspace():
            yield match.span()
