"""Offices (副县长, 党组书记、局长): heads with their modifiers; which body they belong to is left to linking."""

from __future__ import annotations

import re
from pathlib import Path

from kg.annotated import Name
from kg.lexicon import alternation, load_lexicon
from kg.wording import load_wording


class TitleFinder:
    """Finds the head of every office with the modifiers before it."""

    def __init__(self, schemas: Path) -> None:
        titles = load_lexicon(schemas / "lexicons" / "titles.txt")
        self.heads = frozenset(titles["heads"])
        self.members = frozenset(titles["members"])
        heads = alternation(sorted({*self.heads, *self.members}, key=lambda w: (-len(w), w)))
        modifiers = alternation(sorted(titles["modifier"], key=lambda w: (-len(w), w)))
        self._no_office = load_wording(schemas, "titles")["no office"]
        first = "".join(sorted({re.escape(w[0]) for w in (*self.heads, *self.members, *titles["modifier"])}))
        # Most characters begin no office; without the class each would be tried as every modifier.
        self._pattern = re.compile(f"(?=[{first}])(?:{modifiers})*{heads}(?!助理)")

    def find(self, text: str) -> list[Name]:
        """Offices in a text, in order, without overlap; ``rule`` is the head without its modifiers."""
        found = []
        for match in self._pattern.finditer(text):
            word = match.group()
            head = next(
                word[i:] for i in range(len(word)) if word[i:] in self.heads or word[i:] in self.members
            )
            cut = word.endswith(("常委", "委员")) and text.startswith("会", match.end())
            if not cut and not self._no_office.match(text, match.end()):
                found.append(Name(match.start(), match.end(), "Title", f"title:{head}", 0.9))
        return found
