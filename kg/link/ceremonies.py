"""Ceremonies that a text never names in full: …项目正式开工。县长甲出席开工仪式."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from kg.annotated import Name
from kg.lexicon import alternation, load_lexicon
from kg.wording import load_wording

_WORKS = ("Project", "Park")
_BODIES = ("Project", "Park", "Company", "Organization")
_SIDES = ("Organization", "Company", "Region", "Park")
_WITHIN = 400


class Ceremonies:
    """Finds them; holds the acts of lexicons/ceremonies.txt and the wording."""

    def __init__(self, schemas: Path) -> None:
        acts = load_lexicon(schemas / "lexicons" / "ceremonies.txt")
        self._opened = frozenset((*acts["bodies"], *acts["signings"]))
        self._signings = frozenset(acts["signings"])
        act = alternation(sorted((*acts["works"], *acts["bodies"], *acts["signings"]), key=len, reverse=True))
        agreement = alternation(acts["agreements"])
        words = load_wording(schemas, "ceremonies")
        self._no_host = words.words("no host")
        kinds, attends, goes_on = (words[name].pattern for name in ("kinds", "attends", "goes on"))
        self._ceremony = re.compile(
            rf"(?:{attends})((?:(?:(?!{attends})[^，。；：、“”的了在]){{2,8}})?(?:集中)?({act})(?:{kinds}))"
            rf"|(?<![^。，；\n])((?:集中)?({act})(?:{kinds}))(?={goes_on})"
        )
        self._together = words["together"]
        self._signed = re.compile(
            rf"(?:{words['signs'].pattern})(?:[“《])?([^，。；、“”《》了]{{0,14}}?(?:{agreement}))"
        )

    def find(self, text: str, names: Sequence[Name]) -> Iterator[Name]:
        """The first mention of each ceremony that has no name of its own.

        Args:
            text: The document's text.
            names: Names found in it, in order.

        Yields:
            Events of the rule ``ceremony:NAME``, where NAME is put together from what it is held for.
        """
        events = [n for n in names if n.type == "Event"]
        told: set[str] = set()
        for match in self._ceremony.finditer(text):
            group = 1 if match.group(1) else 3
            start, act = match.start(group), match.group(group + 1)
            word = match.group(group)
            covered = any(n.start < match.end(group) and start < n.end for n in names)
            named = any(n.start < start and act[:2] in text[n.start : n.end] for n in events)
            if covered or named or act in told:
                continue
            told.add(act)
            host = "" if word.startswith(self._no_host) else self._host(text, names, start, act)
            if host or len(word) > len(act) + 3:
                name = host + (word.removeprefix("集中") if host.endswith("集中") else word)
                yield Name(start, match.end(group), "Event", f"ceremony:{name}", 0.7)

    def _host(self, text: str, names: Sequence[Name], position: int, act: str) -> str:
        """What the ceremony is held for, as its name begins with it; "" when the text does not tell."""
        since = max(0, position - _WITHIN)
        if act in self._signings:
            return self._signers(text, names, since, position)
        for hit in reversed(list(re.finditer(act[:2], text[since:position]))):
            at = since + hit.start()
            clause = max(text.rfind(mark, 0, at) for mark in "，。；：\n！？") + 1
            types = _BODIES if act in self._opened else _WORKS
            hosts = [n for n in names if n.type in types and clause <= n.start and n.end <= at]
            works = [n for n in hosts if n.type == "Project"]
            if hosts:
                host = works[-1] if works else hosts[0]
                return text[host.start : host.end]
        together = list(self._together.finditer(text, since, position))
        return together[-1].group(1) if together and act[:2] in together[-1].group() else ""

    def _signers(self, text: str, names: Sequence[Name], since: int, position: int) -> str:
        for signed in reversed(list(self._signed.finditer(text, since, position))):
            clause = max(text.rfind(mark, 0, signed.start()) for mark in "，。；：\n！？") + 1
            sides = [n for n in names if n.type in _SIDES and clause <= n.start and n.end <= signed.start()]
            joined = next(
                ((a, b) for a, b in pairwise(sides) if text[a.end : b.start] in ("与", "和", "同")),
                None,
            )
            if joined:
                return text[joined[0].start : joined[1].end] + signed.group(1)
        return ""
