"""Names in lists whose type another word tells: 甲、乙等民宿; 两家茶厂甲、乙; firms in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.annotate.grid import Grid
from kg.annotate.reach import Reach
from kg.annotate.telling import Telling
from kg.annotated import Name
from kg.wording import Wording

_ITEM = re.compile(r"(?<=、)[^、，。；：“”的了]{2,12}$")
_STRANGE = frozenset({"PER", "nw", "nz"})
_NOUNS = frozenset({"n", "nz", "ORG", "LOC", "PER", "nw"})


class Lists:
    """Finds names by the word that sums them up.

    Args:
        classes: Sections of lexicons/classes.txt, the words that sum up by type.
        words: Wording of lists.
        reach: Tells how far a name reaches.
        telling: Tells names from general words.
    """

    def __init__(
        self, classes: Mapping[str, Sequence[str]], words: Wording, reach: Reach, telling: Telling
    ) -> None:
        groups = [
            f"(?P<{kind}>{'|'.join(sorted(every, key=len, reverse=True))})" for kind, every in classes.items()
        ]
        before, after = words["sums up"].pattern, words["ends"].pattern
        self._classes = re.compile(rf"(?:{before})(?:{'|'.join(groups)})(?={after})")
        self._one_is = words["one is"]
        self._counted_class = words["counted"]
        self._latin = words["latin"]
        self._announces = words["announced"]
        self._tally, self._begins, self._no_firm = words["tally"], words["list begins"], words["no firm"]
        self._numbers = {sign: n for n, signs in enumerate(words.words("numbers"), 2) for sign in signs} | {
            "二": 2
        }
        self._reach = reach
        self._telling = telling

    def find(self, grid: Grid) -> Iterator[Name]:
        """Names in lists, in no order."""
        yield from self._summed_up(grid)
        yield from self._counted(grid)
        yield from self._tallied(grid)
        yield from self._announced(grid)
        yield from (Name(*m.span(), "Company", "latin", 0.8) for m in self._latin.finditer(grid.text))

    def _summed_up(self, grid: Grid) -> Iterator[Name]:
        for match in self._classes.finditer(grid.text):
            kind = next(k for k, v in match.groupdict().items() if v)
            items: list[tuple[int, int]] = []
            end = match.start()
            while end > 0:
                left = self._item(grid, end)
                if (
                    end - left > 14
                    or grid.only_place(left, end)
                    or not self._telling.rest(grid.text[left:end])
                ):
                    break
                items += self._joined(grid, left, end) if kind == "Company" else [(left, end)]
                if grid.text[left - 1 : left] != "、":
                    break
                end = left - 1
            if any(self._telling.is_thing(grid, a, b) for a, b in items):
                yield from (Name(a, b, kind, "list", 0.7) for a, b in items)

    def _joined(self, grid: Grid, start: int, end: int) -> list[tuple[int, int]]:
        """The two last items of a list: 甲某科技|和|乙某化工."""
        for position in range(start + 2, end - 2):
            token = grid.token_at(position)
            if (
                token is not None
                and token.tag == "c"
                and grid.text[token.start : token.end] in ("和", "与", "及")
            ):
                return [(start, token.start), (token.end, end)]
        return [(start, end)]

    def _item(self, grid: Grid, end: int) -> int:
        """Where the item of a list begins that ends here: after the 、 before it, else as far as a name can reach."""
        inner = _ITEM.search(grid.text, max(0, end - 16), end)
        return inner.start() if inner else self._reach.left(grid, end, "Company")

    def _tallied(self, grid: Grid) -> Iterator[Name]:
        """Firms told by their number, wherever they stand: 甲、乙、丙三家公司."""
        text = grid.text
        for match in self._tally.finditer(text):
            since, number = max(0, match.start() - 120), match.group("number")
            first = max((m.end() for m in self._begins.finditer(text, since, match.start())), default=since)
            items = self._firms(grid, first, match.start())
            fits = len(items) == self._numbers.get(number, 0) if number else len(items) > 1
            if fits and self._named(grid, items):
                yield from (Name(a, b, "Company", "list", 0.7) for a, b in items)
                for form in sorted({text[a:b] for a, b in items if b - a > 2}):
                    for there in re.finditer(re.escape(form), text):
                        yield Name(*there.span(), "Company", "list", 0.65)

    def _announced(self, grid: Grid) -> Iterator[Name]:
        """Firms after the word for them: 沪上企业甲、乙、丙达成合作."""
        for match in self._announces.finditer(grid.text):
            items = self._firms(grid, *match.span(1), announced=True)
            if len(items) > 1 and self._named(grid, items):
                yield from (Name(a, b, "Company", "list", 0.6) for a, b in items)

    def _named(self, grid: Grid, items: Sequence[tuple[int, int]]) -> bool:
        """Whether most of a list are no words of the language."""
        named = [i for i in items if self._telling.is_thing(grid, *i) or grid.tag_at(i[0]) in _STRANGE]
        return len(named) * 2 > len(items)

    def _firms(self, grid: Grid, first: int, end: int, *, announced: bool = False) -> list[tuple[int, int]]:
        """The items of a list of firms; none when one of them is something else."""
        text, items = grid.text, []
        while end > first:
            comma = text.rfind("、", first, end)
            begin = first if announced else max(first, self._reach.left(grid, end, "Company"))
            start = comma + 1 if comma >= 0 else begin
            item = text[start:end]
            general = self._no_firm.search(item) or not self._telling.rest(item)
            general = general or any(grid.title_covers(i, i + 1) for i in range(start, end))
            if not 2 <= len(item) <= 14 or general or grid.only_place(start, end):
                return []
            items += self._joined(grid, start, end)
            end = comma
        return items

    def _counted(self, grid: Grid) -> Iterator[Name]:
        for match in self._one_is.finditer(grid.text):
            if self._telling.rest(match.group(1)):
                yield Name(*match.span(1), "Company", "counted", 0.65)
        for match in self._counted_class.finditer(grid.text):
            start, end = match.end(), _nouns_end(grid, match.end())
            while 2 < end - start <= 10:
                yield Name(start, end, "Company", "counted", 0.65)
                if grid.text[end : end + 1] not in ("、", "和"):
                    break
                start, end = end + 1, _nouns_end(grid, end + 1)


def _nouns_end(grid: Grid, start: int) -> int:
    end = start
    while (token := grid.token_at(end)) is not None and token.start == end and token.tag in _NOUNS:
        end = token.end
    return end
