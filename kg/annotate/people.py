"""Personal names: LAC's, checked against family names, and those that a post announces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.annotate.lac import Token
from kg.annotate.names import Name
from kg.lexicon import load_lexicon

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{2,}(?:·[\u4e00-\u9fff]{2,})*")
_NOT_A_NAME = re.compile(r"[县市区镇乡村局部委省国党会]$|(?:书记|县长|同志|主任|之问|之干|之赞|先生|女士)$")
_AFTER_TITLE = re.compile(r"[\t\n ：]?(?=[\u4e00-\u9fff])")


class PeopleFinder:
    """Finds personal names."""

    def __init__(self, schemas: Path) -> None:
        surnames = load_lexicon(schemas / "lexicons" / "surnames.txt")
        self._double = frozenset(surnames["double"])
        self._single = frozenset(surnames["single"])
        not_names = load_lexicon(schemas / "lexicons" / "not_names.txt")
        self._not_names = frozenset(not_names["words"])

    def plausible(self, name: str) -> bool:
        """Whether this looks like a Chinese personal name: a family name and one or two characters."""
        if not _CHINESE.fullmatch(name) or _NOT_A_NAME.search(name) or name in self._not_names:
            return False
        if name[:2] in self._double:
            return len(name) in (3, 4)
        return name[0] in self._single and len(name) in (2, 3)

    def find(self, text: str, tokens: Sequence[Token], titles: Iterable[Name]) -> list[Name]:
        """Personal names in a text.

        Args:
            text: The text the offsets speak of.
            tokens: LAC's words, in order.
            titles: Offices already found; a name next to one is more certain.
        """
        beside = {t.end for t in titles} | {t.start for t in titles}
        by_start = {t.start: n for n, t in enumerate(tokens)}
        found: dict[int, Name] = {}
        for token in tokens:
            if token.tag != "PER":
                continue
            start, end = token.start, token.end
            name = text[start:end]
            near = start in beside or end in beside or text[start - 1 : start] in "、：\t" and bool(start)
            if self.plausible(name):
                found[start] = Name(start, end, "Person", "lac", 0.9 if near else 0.8)
            elif len(name) >= 4 and _FOREIGN.fullmatch(name) and not _NOT_A_NAME.search(name):
                found[start] = Name(start, end, "Person", "lac:long", 0.85 if near else 0.6)
            elif near and len(name) in (2, 3) and _CHINESE.fullmatch(name) and not _NOT_A_NAME.search(name):
                found[start] = Name(start, end, "Person", "lac:post", 0.7)
            elif len(name) == 4 and self.plausible(name[:3]):
                found[start] = Name(start, start + 3, "Person", "lac:cut", 0.6)
        for title in titles:
            gap = _AFTER_TITLE.match(text, title.end)
            start = gap.end() if gap else title.end
            if gap and start in by_start and start not in found:
                name_end = self._announced(text, tokens, by_start[start])
                if name_end:
                    found[start] = Name(start, name_end, "Person", "post", 0.75)
        return sorted(found.values(), key=lambda n: n.start)

    def _announced(self, text: str, tokens: Sequence[Token], number: int) -> int | None:
        """The end of a name that LAC cut into words: the words after a post up to a stop or a verb."""
        start = end = tokens[number].start
        for token in tokens[number : number + 3]:
            if token.tag in ("w", "p", "c", "u", "d", "r") or (token.tag == "v" and end - start >= 2):
                break
            if token.end - start > 3:
                break
            end = token.end
        return end if self.plausible(text[start:end]) else None
