"""Names of peoples without family names: 才让多杰, 宝音德力格尔, 买买提江·卡德尔."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.lexicon import alternation, load_lexicon
from kg.wording import Wording

_CLAN = r"[\u4e00-\u9fff]{1,2}·"
_LONGEST = 12


class GivenNames:
    """Finds names by the parts that they are put together of.

    Args:
        schemas: Folder with the lexicons.
        words: Wording of people.
    """

    def __init__(self, schemas: Path, words: Wording) -> None:
        sections = load_lexicon(schemas / "lexicons" / "given_names.txt")
        parts = {part for kind in ("tibetan", "mongol", "turkic") for part in sections[kind]}
        part = alternation(sorted(parts, key=lambda w: (-len(w), w)))
        first = "".join(sorted({word[0] for word in parts}))  # spares most positions the long alternation
        last = words["last syllables"].pattern
        characters = "".join(sections["pointed"])
        self._whole = re.compile(rf"(?:{part}){{1,4}}(?:{last})?")
        self._several = re.compile(rf"(?=[{first}])(?:{part})(?:(?:{part}){{1,3}}(?:{last})?|(?:{last}))")
        self._pointed = re.compile(
            rf"[{characters}]{{2,7}}·[{characters}]{{2,7}}"
            rf"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{1,2}}·(?:{part}){{1,4}}(?:{last})?"
        )
        self._clan = re.compile(rf"{_CLAN}(?:{part}){{1,4}}(?:{last})?")
        self._next = words["begins the next"]

    def whole(self, name: str) -> bool:
        """Whether this is such a name and nothing else."""
        return self._whole.fullmatch(name) is not None or self._pointed.fullmatch(name) is not None

    def at(self, text: str, position: int) -> int | None:
        """The end of such a name that starts here."""
        pointed = self._pointed.match(text, position) or self._clan.match(text, position)
        match = pointed or self._whole.match(text, position)
        if match is None:
            return None
        end = self._end(text, match.end()) if pointed else match.end()
        return end if 2 <= end - position <= _LONGEST else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Stretches that are such names wherever they stand."""
        for match in self._pointed.finditer(text) if "·" in text else ():
            yield match.start(), self._end(text, match.end())
        for match in self._several.finditer(text):
            if len(match.group()) >= 4:
                yield match.span()

    def _end(self, text: str, end: int) -> int:
        """Without a last character that belongs to the next word."""
        following = text[end : end + 1]
        if "\u4e00" <= following <= "\u9fff" and self._next.match(text, end - 1):
            return end - 1
        return end
