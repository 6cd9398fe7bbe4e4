"""Sessions of assemblies and committees: named in full and in short, and after the body that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.annotated import DEICTIC, Name
from kg.wording import load_wording

_KINDS = (
    "standing committee",
    "assembly",
    "standing committee of consultation",
    "consultation",
    "discipline",
    "congress",
    "committee",
    "government",
)
_FIGURE = re.compile(r"[一二三四五六七八九十\d]+")
_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九", 1)}


class Sessions:
    """Knows names of sessions; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "sessions")

    def whole(self, text: str, names: Sequence[Name]) -> Iterator[Name]:
        """Names in order; a session told by the body that holds it goes by both: 县委召开|常委会会议.

        Args:
            text: The document's text.
            names: Names found in it, in order.

        Yields:
            The names; those sessions as events of the rule ``ceremony:NAME``.
        """
        for name in names:
            holder = None
            if name.type == "Event" and self._words["session"].match(text, name.start, name.end):
                since = max(0, name.start - 26)
                holder = self._words["holder"].search(text, since, name.start)
            if holder is None or not self._words["holder opens"].search(text, 0, holder.start()):
                yield name
                continue
            body, session = holder.group(1), text[name.start : name.end]
            yield replace(name, rule=f"ceremony:{body}{session.removeprefix(body[-3:])}")

    def same(self, short: str, long: str) -> bool:
        """Whether two names of events are of one session or meeting."""
        if long.startswith(short) and self._words["goes on"].match(long, len(short)):
            return True
        bare, full = (self._words["left out"].sub("", name) for name in (short, long))
        if len(bare) > 4 and full.endswith(bare) and (bare == full or bare[0] in DEICTIC):
            return True
        if _abridged(bare, full):
            return True
        one, other = self._session(short), self._session(long)
        return one is not None and one == other and _one_place(bare, full)

    def _session(self, name: str) -> tuple[str, int, int] | None:
        """Whose session a name means, with its term and number."""
        number = self._words["number"].search(name)
        kind = next((kind for kind in _KINDS if self._words[kind].search(name)), None)
        if kind is None or number is None:
            return None
        term = self._words["term"].search(name)
        return kind, _number(term.group(1)) if term else 0, _number(number.group(1))


def _abridged(short: str, long: str) -> bool:
    """全国某某推进会 for 全国某某主题活动某某推进会: all its characters in their order, the same ends and figures."""
    if short[-1] in "展节赛演" and len(short) > 5 and short[:4] + short[-1] == long[:4] + long[-1]:
        return True  # 某某巡展—某市书画精品展 and 某某书画巡展
    ends = len(short) > 7 and short[:2] == long[:2] and short[-3:] == long[-3:]
    same = set(_FIGURE.findall(short)) <= set(_FIGURE.findall(long))
    return ends and same and in_order(short, long)


def _one_place(short: str, long: str) -> bool:
    """Whether a name beginning with 县 or a place may be of the place of the longer name."""
    if short[0] in DEICTIC or short[0] in "我全第":
        return short[0] in "第我全" or short[0] in long
    return short[:2] in long


def _number(word: str) -> int:
    """十五 and 15 as numbers."""
    if word.isdecimal():
        return int(word)
    total = digit = 0
    for char in word:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit


def in_order(short: str, long: str) -> bool:
    """Whether the characters of one string stand in the other in the same order."""
    rest = iter(long)
    return all(char in rest for char in short)
