"""Short names of firms that end with their trade: 桐荣纸业, 三谦电子."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.annotate.grid import Grid
from kg.annotate.telling import Telling
from kg.annotated import Name
from kg.lexicon import alternation
from kg.wording import Wording

_LONGEST = 8
_BRANDS = frozenset({"ORG", "nz", "PER", "LOC", "n"})
_NOUNS = frozenset({"n", "nz", "ORG", "LOC", "PER", "nw", "vn", "an"})


class Trades:
    """Finds short names of firms.

    Args:
        trades: Sections of lexicons/trades.txt.
        words: Wording of short names.
    """

    def __init__(self, trades: Mapping[str, Sequence[str]], words: Wording) -> None:
        builders = alternation(trades["state builders"])
        division = words["division of a builder"].pattern
        self._builders = re.compile(f"(?:{builders})(?:{division})")
        self._visited = words.words("visited")
        self._role = words["role"]
        self._has = words.words("has")
        self._goes_on = words.words("goes on")
        self._whole_country = words.words("whole country")
        self._always = tuple(trades["always"])
        every = alternation(sorted((*trades["always"], *trades["organization"]), key=len, reverse=True))
        self._item = re.compile(rf"、([\u4e00-\u9fff]{{2,3}}(?:{every}))(?={words['item ends'].pattern})")
        self._organization = tuple(sorted(trades["organization"], key=len, reverse=True))

    def find(self, grid: Grid) -> Iterator[Name]:
        """Firms in a text, in order."""
        yield from (Name(*m.span(), "Company", "builder", 0.85) for m in self._builders.finditer(grid.text))
        position = 0
        for start, end, tag in grid.tokens:
            if start >= position and tag in _BRANDS and (stop := self._firm(grid, start, end, tag)):
                role = self._role.match(grid.text, start, stop)
                yield Name(role.end() if role else start, stop, "Company", "trade", 0.7)
                position = stop

    def listed(self, grid: Grid, names: Sequence[Name], telling: Telling) -> Iterator[Name]:
        """Brands with a trade next to firms in a list: 甲力纺织、东方机械, however the tagger cut them.

        Args:
            grid: The text.
            names: Names found in it.
            telling: Tells names from general words.
        """
        taken = bytearray(len(grid.text))
        for name in names:
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
        for firm in [n for n in names if n.type == "Company"]:
            end = firm.end
            while item := self._item.match(grid.text, end):
                brand = self._brand(item.group(1))
                if any(taken[item.start(1) : item.end(1)]) or len(telling.rest(brand)) < 2:
                    break
                yield Name(*item.span(1), "Company", "trade", 0.6)
                end = item.end(1)

    def _firm(self, grid: Grid, start: int, end: int, tag: str) -> int:
        """Where a firm's name that begins with this word ends, or 0."""
        text = grid.text
        if grid.only_place(start, end):
            return 0
        word = text[start:end]
        if tag == "n":
            whole = len(word) > 3 and word.endswith(self._always)
            return end if whole and not text.startswith(self._goes_on, end) else 0
        visited = tag in ("nz", "LOC", "PER") and grid.text.endswith(self._visited, 0, start)
        trades = self._always + (self._organization if tag == "ORG" or visited else ())
        whole = tag == "ORG" and word.endswith(trades) and len(self._brand(word)) > 1
        if not whole:
            if len(word) > 4:
                return 0
            if not text.startswith(trades, end):
                return 0
            trade = next(t for t in trades if text.startswith(t, end))
            if grid.breaks_token(end + len(trade)):
                return 0
            end += len(trade)
            if tag == "ORG" and (
                more := next((t for t in self._organization if text.startswith(t, end)), "")
            ):
                end += len(more) if not grid.breaks_token(end + len(more)) else 0
        brand = self._brand(text[start:end])
        if end - start > _LONGEST or len(brand) < 2 or text.startswith(self._goes_on, end):
            return 0
        if (
            brand.startswith(self._whole_country)
            or grid.only_place(start, start + len(brand))
            or not self._ends(grid, end)
        ):
            return 0
        return end

    def _ends(self, grid: Grid, end: int) -> bool:
        """Whether a name can end here: before punctuation, a verb, a joint, or what a firm has (车间, 项目)."""
        token = grid.token_at(end) if end < len(grid.text) else None
        return (
            token is None
            or token.tag not in _NOUNS
            or grid.title_at(end)
            or grid.text.startswith(self._has, end)
        )

    def _brand(self, name: str) -> str:
        """What stands before the trades: 三谦 of 三谦电子科技, nothing of 智能科技."""
        trade = next((t for t in (*self._organization, *self._always) if name.endswith(t)), "")
        return self._brand(name.removesuffix(trade)) if trade else name
