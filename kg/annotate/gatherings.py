"""Gatherings told by being held: 召开信访维稳工作会议, 新梅擂台赛同时开擂."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kg.annotate.grid import Grid
from kg.annotate.telling import Telling
from kg.annotated import Name
from kg.wording import Wording

_INNER = (
    r"(?:(?!——)[^，。；：、！？“”《》（）【】\n\t ]|“[^“”\n]{1,24}”|《[^《》\n]{1,40}》|（[^（）\n]{1,12}）)"
)
_SENTENCE = re.compile("[^。！\n]+")
_LONGEST = 46


class Gatherings:
    """Finds events by the verb of holding beside them.

    Args:
        telling: Tells names from general words.
        words: Wording of gatherings.
    """

    def __init__(self, telling: Telling, words: Wording) -> None:
        self._telling = telling
        self._no = words["no gathering"]
        self._common = words["common"]
        self._of_person = words["of a person"]
        kinds, at, manner = (words[name].pattern for name in ("kinds", "at", "manner"))
        name = rf"{_INNER}{{1,36}}?(?:{kinds})(?:暨{_INNER}{{1,24}}?(?:{kinds}))?"
        self._after_verb = re.compile(rf"(?:{words['holds'].pattern})({name})(?=[，。；！、\n]|并|时|$)")
        self._spoken_at = re.compile(rf"(?:{words['there'].pattern})({name})(?={words['speaks'].pattern})")
        self._is_held = words["is held"]
        self._before_verb = re.compile(
            rf"(?<![^，。；！\n])(?:{words['opens'].pattern})?(?:{words['by'].pattern})?"
            rf"({name})(?:{at})?(?:{manner})(?:{words['is held'].pattern})"
        )

    def find(self, grid: Grid) -> Iterator[Name]:
        """Events of a text, in no order.

        Args:
            grid: The text.
        """
        held = (
            self._before_verb.finditer(grid.text, match.start(), match.end() + 1)
            for match in _SENTENCE.finditer(grid.text)
            if self._is_held.search(match.group())
        )
        for match in chain(self._after_verb.finditer(grid.text), *held, self._spoken_at.finditer(grid.text)):
            start, end = match.span(1)
            if self._tells(grid, start, end):
                yield Name(start, end, "Event", "head:held", 0.7)

    def _tells(self, grid: Grid, start: int, end: int) -> bool:
        """Whether the words before the last one say which gathering it is."""
        text = grid.text[start:end]
        outside = re.sub(r"“[^”]*”|《[^》]*》|（[^）]*）|党的", "", text)
        if self._no.search(outside) or not 5 <= end - start <= _LONGEST:
            return False
        if self._acts(grid, start, end):
            return False
        kind = re.search(r"(?:会议|大会|活动|仪式|典礼|会|节|赛|展)$", text)
        core = text[: kind.start()] if kind else text
        if self._common.match(core):
            return False
        whole = core[:1] == "全" and len(core) > 3
        return whole or "“" in core or len(self._telling.rest(core)) > 1 or self._telling.numbered(core)

    def _acts(self, grid: Grid, start: int, end: int) -> bool:
        """Whether a person acts in a stretch (县委书记甲为比赛鸣枪), so that it is no name."""
        position = start
        while (token := grid.token_at(position)) is not None and token.start < end:
            acts = token.start == start or grid.title_ends(start, token.start)
            if token.tag == "PER" and acts and not self._of_person.match(grid.text, token.end):
                return True
            position = token.end
        return False
