"""Works named where texts name a work, whatever word the name ends in: 某某分拣车间 of 某某分拣车间总投资3亿元."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.annotate.grid import NAME_TAGS, Grid
from kg.annotate.lac import Token
from kg.annotate.reach import Reach
from kg.annotate.telling import Telling
from kg.annotated import DEICTIC, Name
from kg.screen import led
from kg.wording import Wording

_LAST = frozenset({"n", "nz", "vn", "LOC", "ORG", "nw", "v", "s", "an", "m", "q", "a", "f", "PER"})
_NOMINAL = frozenset({"n", "nz", "vn", "LOC", "ORG", "nw", "PER", "u"})
_BETWEEN = frozenset({"d", "TIME", "ad", "t", "vd"})
_TORN = frozenset({"f", "PER", "nz", "a", "LOC", "n"})
_LOOSE = frozenset({"m", "r", "p", "u", "c", "d"})
_JOINTS = frozenset("至和与及")
_LONGEST = 28
_SURE, _LIKELY, _NONE = 2, 1, 0


class WorkSlots:
    """Finds works by their place in the sentence.

    Args:
        words: Wording of these places.
        reach: Tells how far a name reaches.
        telling: Tells names from general words.
    """

    def __init__(self, words: Wording, reach: Reach, telling: Telling) -> None:
        self._words = words
        self._endings = words.words("endings")
        self._final = frozenset(ending[-1] for ending in self._endings) | {"段"}
        self._reach = reach
        self._telling = telling
        every = ("|".join(words.words(entry)) for entry in ("sum", "told", "built", "builds"))
        self._openings = [led(pattern.removesuffix("$")) for pattern in every]

    def find(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Works that no other rule named, wherever they stand.

        Args:
            grid: The text.
            names: Names found in it.
        """
        taken = bytearray(len(grid.text))
        for name in names:
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
        found: dict[str, None] = {
            grid.text[n.start : n.end]: None for n in names if self._being_built(grid, n)
        }
        yield from _everywhere(grid, found, 0.95)
        edges = {e for n in names if n.type == "Project" for e in (n.start - 1, n.end)}
        found = {}
        last = [t for t in grid.tokens if t.tag in _LAST and self._ends(grid, t.end)]
        for token in (*last, *reversed(last)):  # a list has one kind, whichever of its names tells it
            if taken[token.end - 1]:
                continue
            if span := self._span(grid, token, edges):
                taken[slice(*span)] = b"\1" * (span[1] - span[0])
                found[grid.text[slice(*span)]] = None
                edges |= {span[0] - 1, span[1]}
                yield Name(*span, "Project", "slot", 0.55)
        yield from _everywhere(grid, found, 0.5)

    def _being_built(self, grid: Grid, name: Name) -> bool:
        """Whether a plant or a school is put up here, which makes a work of it: 捐资300万元建设某某小学."""
        put_up = self._words["put up"].search(grid.text, max(name.start, name.end - 4), name.end)
        if not put_up and not (name.rule == "tagged" and self._ends(grid, name.end)):
            return False
        if name.type not in ("Company", "Organization") or name.rule == "slot":
            return False
        sized = self._words["sized"].match(grid.text, name.end) or self._words["labelled"].match(
            grid.text, name.end
        )
        return not sized and self._slot(grid, name.start, name.end) == _SURE

    def opened(self, grid: Grid, left: int, end: int) -> int:
        """Where a name begins that a verb of building, a sum or a clause opens: 建设|竹缠绕管材项目.

        Args:
            grid: The text.
            left: Where it begins by its own words.
            end: Where it ends.
        """
        text, words = grid.text, self._words
        since, begins = max(0, left - 14), []
        for opening in self._openings:
            for match in opening.finditer(text, since, left):
                if words["aspires"].search(match.group()):
                    continue
                one = words["one of"].match(text, match.end(), left)
                begins.append(one.end() if one else match.end())
        begin = max(begins, default=left)
        return begin if begin < left and self._fills(grid, begin, left) else left

    def _fills(self, grid: Grid, begin: int, left: int) -> bool:
        """Whether what stands between an opening and a name can belong to the name."""
        text, words = grid.text, self._words
        if grid.breaks_token(begin) or words["shut"].search(text, begin, left):
            return False
        if (joint := words["joint"].search(text, begin, left)) and words["ends in"].search(
            text, begin, joint.start()
        ):
            return False
        if any(grid.title_at(i) for i in range(begin, left)):
            return False
        position = begin
        while position < left and (token := grid.token_at(position)) is not None:
            if token.tag in ("p", "c", "v") and text[position : token.end] in _JOINTS:
                position = token.end
                continue
            stops = position == begin or self._reach.stops(text[position : token.end])
            if token.tag in _LOOSE or (token.tag == "v" and stops):
                return False
            position = token.end
        return True

    def _ends(self, grid: Grid, end: int) -> bool:
        """Whether a word is one of the class that works end in."""
        if grid.text[end - 1] not in self._final:
            return False
        if grid.text.endswith(self._endings, 0, end):
            return True
        section = self._words["section"]
        return grid.text[end - 1] == "段" and section.search(grid.text, max(0, end - 6), end) is not None

    def _span(self, grid: Grid, token: Token, edges: set[int]) -> tuple[int, int] | None:
        """The work whose last word this is."""
        text, words, end = grid.text, self._words, token.end
        if words["counted after"].match(text, end):
            return None
        after = grid.token_at(end) if end < len(text) else None
        if (
            after is not None
            and after.tag in _NOMINAL
            and text[end] != "的"
            and not (words["sized"].match(text, end) or words["being built"].match(text, end))
            and not self._happens(grid, end)
        ):
            return None
        if words["goes on"].match(text, end):
            return None
        left = self._reach.left(grid, token.start, "Project")
        left = self.opened(grid, left, end)
        if (own := words["own"].match(text, left, end)) and text[left - 1 : left] in ("该", "本", "此"):
            left = own.end()
        output = words["output"].search(text, max(0, left - 16), left)
        left = output.start() if output else left
        if (
            text[end : end + 1] == "”"
            and (quote := text.rfind("“", max(0, end - 16), end)) >= 0
            and not self._words["broken"].search(text, quote, end)
        ):
            left, end = min(left, quote), end + 1
        if not 4 <= end - left <= _LONGEST or grid.only_place(left, end):
            return None
        slot = self._slot(grid, left, end)
        if slot == _NONE and (left - 1 in edges or end in edges):
            listed = text[left - 1 : left] == "、" or text[end : end + 1] == "、"
            slot = _LIKELY if listed and not words["road"].search(text, left, end) else _NONE
        return (left, end) if slot and self._tells(grid, left, end, slot) else None

    def _slot(self, grid: Grid, left: int, end: int) -> int:
        """How surely a work is named here: sure, likely when the name tells which one, or not."""
        text, words = grid.text, self._words
        before = text[max(0, left - 30) : left]
        if words["where"].search(before):
            return _NONE
        whole = self._begins(grid, left)
        if whole and any(words[entry].match(text, end) for entry in ("sized", "made by", "labelled")):
            return _SURE
        if words["sum"].search(before) or words["told"].search(before):
            return _SURE
        one = words["one"].search(before)
        if built := words["built"].search(before[: one.start()] if one else before):
            if words["aspires"].search(built.group()) and not self._paid(grid, left, "money"):
                return _NONE
            if words["suits"].search(before[: built.start()]):
                return _NONE
            return _SURE if one or self._paid(grid, left - len(built.group())) else _LIKELY
        if words["builds"].search(before) or words["numbered"].search(before):
            return _LIKELY
        if words["sees"].search(before) and not words["road"].search(text, left, end):
            return _LIKELY
        return _LIKELY if whole and self._happens(grid, end) else _NONE

    def _begins(self, grid: Grid, left: int) -> bool:
        """Whether no word stands before a name that it may go on to."""
        token = grid.token_before(left) if left else None
        return token is None or token.tag not in _TORN or grid.place_ending_at(left) is not None

    def _happens(self, grid: Grid, end: int) -> bool:
        """Whether what stands behind a name happens to works: 主体结构已封顶, 建设现场."""
        text, words, position = grid.text, self._words, end
        while position < len(text) and (token := grid.token_at(position)) is not None:
            if token.tag not in _BETWEEN and not words["between"].fullmatch(text, position, token.end):
                break
            position = token.end
        return bool(words["happens"].match(text, position) or words["spot"].match(text, end))

    def _paid(self, grid: Grid, position: int, entry: str = "payer") -> bool:
        """Whether the sentence before tells who pays, or how much."""
        since = max(_sentence(grid.text, position), position - 60)
        return self._words[entry].search(grid.text, since, position) is not None

    def _tells(self, grid: Grid, left: int, end: int, slot: int) -> bool:
        """Whether the name tells which work it is: by a place, a name, a number, or in a sure place by itself."""
        text, words = grid.text, self._words
        last = end - 1 if text[end - 1] == "”" else end
        if words["general"].search(text[left:last]) or words["part"].search(text[left:last]):
            return False
        ends = words["ends in"].search(text, max(left, last - 6), last)
        core = text[left : ends.start() if ends else last]
        quoted = text[left] == "“" and last < end
        if quoted and (ends is None or len(ends.group()) < 2 or words["slogan"].search(text, left, last)):
            return False
        place = grid.place_starting_at(left)
        owned = words["owner"].match(text, left, last) is not None or (core[:1] in DEICTIC and len(core) > 3)
        if len(self._telling.rest(core)) < 2 and not (owned and len(core) > 3):
            return False
        named = owned or (place is not None and len(core) > 2)
        tags = {grid.tag_at(i) for i in range(left, end)}
        if not named and "LOC" not in tags and words["being built"].match(text, end):
            return False
        named = named or bool(tags & NAME_TAGS)
        if named or words["mark"].search(text, left, end):
            return True
        listed = text[left - 1 : left] == "、" or text[end : end + 1] in ("、", "和", "及")
        since = max(_sentence(text, left), left - 30)
        return slot == _SURE and not listed and not words["wish"].search(text, since, left)


def _sentence(text: str, position: int) -> int:
    return max(text.rfind(mark, 0, position) for mark in "。；\n") + 1


def _everywhere(grid: Grid, forms: Iterable[str], score: float) -> Iterator[Name]:
    for form in forms:
        yield from (
            Name(*there.span(), "Project", "slot", score) for there in re.finditer(re.escape(form), grid.text)
        )
