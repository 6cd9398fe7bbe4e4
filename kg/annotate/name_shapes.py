"""What a personal name looks like: its characters, and the words around it."""

from __future__ import annotations

import re
from pathlib import Path

from kg.annotate.given_names import GivenNames
from kg.annotate.lac import Token
from kg.lexicon import load_lexicon
from kg.wording import Wording

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}")
_LONG = re.compile(r"[\u4e00-\u9fff]{2,}(?:·[\u4e00-\u9fff]{2,})*")


class NameShapes:
    """Tells personal names from other words; holds the family names.

    Args:
        schemas: Folder with the lexicons.
        words: Wording of people.
    """

    def __init__(self, schemas: Path, words: Wording) -> None:
        surnames = load_lexicon(schemas / "lexicons" / "surnames.txt")
        self._double = frozenset(surnames["double"])
        self._single = frozenset(surnames["single"])
        self._rare = frozenset(surnames["rare"])
        self._not_names = frozenset(load_lexicon(schemas / "lexicons" / "not_names.txt")["words"])
        self.given_names = GivenNames(schemas, words)
        self._words = words
        self._no_name = words["no name"]
        self._speaks = words["speaks"]
        self._given = words["given"]
        self._seldom_last = words["seldom last"]
        self._too_much = frozenset(words.words("too much"))

    def plausible(self, name: str) -> bool:
        """Whether this looks like a personal name: a family name and one or two characters, or known parts."""
        if self._excluded(name):
            return False
        if self.given_names.whole(name):
            return True
        if not _CHINESE.fullmatch(name):
            return False
        if name[:2] in self._double:
            return len(name) in (3, 4)
        return name[0] in self._single and len(name) in (2, 3)

    def usual(self, name: str) -> bool:
        """Whether the family name is no word of the language, or what follows it is a usual given name."""
        return name[0] not in self._rare or self.usually_given(name)

    def usually_given(self, name: str) -> bool:
        """Whether two characters after the family name are such as given names are made of, or it is all parts."""
        given = name[1:]
        return (len(given) == 2 and all(self._given.match(c) for c in given)) or self.given_names.whole(name)

    def ends_name(self, name: str) -> bool:
        """Whether the last character is such as given names end with and words seldom begin with."""
        return self._given.match(name[-1]) is not None and not self._seldom_last.match(name[-1])

    def too_long(self, name: str) -> bool:
        """Whether the last character belongs to what follows (王某和)."""
        return name[-1] in self._too_much

    def speaks(self, text: str, position: int) -> bool:
        """Whether somebody who is named before this position acts."""
        return self._speaks.match(text, position) is not None

    def fit(self, text: str, token: Token) -> tuple[int, int] | None:
        """The name in a word that LAC takes for one, with what it left outside and without what it took too much."""
        name = text[token.start : token.end]
        if len(name) == 2:
            longer = text[token.start : token.end + 1]
            if self._words["third character"].match(text, token.end) and self.plausible(longer):
                return token.start, token.end + 1
            if self._always(text, name, longer) and self.speaks(text, token.end + 1):
                return token.start, token.end + 1
            if text.startswith(("和", "与"), token.end) and self.speaks(text, token.end + 1):
                return (token.start, token.end + 1) if self.plausible(name) else None
        more = self._words["run on"].match(name)
        if more and self.plausible(more.group(1)):
            return token.start, token.start + len(more.group(1))
        says = self._words.words("comes and says")
        if (
            len(name) == 3
            and name[2] == "来"
            and text.startswith(says, token.end)
            and self.plausible(name[:2])
        ):
            return token.start, token.start + 2
        if len(name) == 3 and self._words["takes office"].match(text, token.end - 1):
            return (token.start, token.end - 1) if self.plausible(name[:2]) else None
        if self._words["half an office"].match(text, token.end - 1):
            whole = len(name) > 2 and self.plausible(name[:-1])
            return (token.start, token.end - 1) if whole else None
        # 刘家和主持: nobody follows the 和.
        joined = name[-1] in "和与" and self.speaks(text, token.end)
        if len(name) == 3 and self.too_long(name) and self.plausible(name[:2]) and not joined:
            return token.start, token.start + 2
        if self.plausible(name):
            return token.start, token.end
        if len(name) >= 4 and self.plausible(name[:3]) and name[:2] not in self._double:
            part = text.count(name[:3]) > text.count(name)
            if part or name[3] in self._words.words("more than a name"):
                return token.start, token.start + 3
        return (token.start, token.end) if self._foreign(name) else None

    def _always(self, text: str, name: str, longer: str) -> bool:
        """Whether the same character follows a name wherever it stands, more than once: 李明|三."""
        if self._words["two sides"].match(text, text.find(name) + len(name)):
            return False
        same = text.count(longer) == text.count(name) > 1
        return same and self.plausible(longer) and not self.too_long(longer)

    def _foreign(self, name: str) -> bool:
        """Whether a name without a listed family name may be one; only offices beside it make it a person."""
        if len(name) >= 4:
            return _LONG.fullmatch(name) is not None and not self._excluded(name)
        return (
            len(name) in (2, 3)
            and name[0] not in self._single
            and _CHINESE.fullmatch(name) is not None
            and not self._excluded(name)
        )

    def _excluded(self, name: str) -> bool:
        return self._no_name.search(name) is not None or name in self._not_names
