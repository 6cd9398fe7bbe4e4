"""Offices (副县长, 党组书记、局长): heads with their modifiers; which body they belong to is left to linking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from kg.annotate.lac import Token
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

    def find(self, text: str, tokens: Sequence[Token] = ()) -> list[Name]:
        """Offices in a text, in order, without overlap; ``rule`` is the head without its modifiers.

        Args:
            text: The text the offsets speak of.
            tokens: LAC's words, in order.
        """
        torn = {
            a.start: b for a, b in pairwise(tokens) if a.tag == "v" and b.tag == "LOC" and a.end == b.start
        }
        found = []
        for match in self._pattern.finditer(text):
            word = match.group()
            head = next(
                word[i:] for i in range(len(word)) if word[i:] in self.heads or word[i:] in self.members
            )
            cut = word.endswith(("常委", "委员", "理事", "监事")) and text.startswith("会", match.end())
            across = torn.get(match.start() - 1)  # 地|处长|江
            cut = cut or (across is not None and across.start < match.end() < across.end)
            if not cut and not self._no_office.match(text, match.end()):
                found.append(Name(match.start(), match.end(), "Title", f"title:{head}", 0.9))
        return found
