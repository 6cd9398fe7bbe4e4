"""Names in lists whose type another word tells: 甲、乙等民宿; 两家茶厂甲、乙; firms in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.annotate.grid import Grid
from kg.annotate.reach import Reach
from kg.annotate.telling import Telling
from kg.annotated import Name

_FORMS = r"GmbH|AG|SE|KG|Inc|Ltd|LLC|Corp|Group|Holdings?|SpA|S\.A|B\.V|N\.V|PLC"
_LATIN = re.compile(rf"[A-Z][\w.&-]+(?: [\w.&-]+){{0,3}} (?:{_FORMS})(?![A-Za-z])")
_ITEM = re.compile(r"(?<=、)[^、，。；：“”的了]{2,12}$")
_ONE_IS = re.compile(r"一家(?:是|叫|为)([^，。；的]{3,10})(?=[，。；])")
_COUNTED_CLASS = re.compile(
    r"[两二三四五六七八九十几多\d]家[^，。；、“”的]{0,6}?(?:企业|公司|茶厂|民宿|工厂)(?=[\u4e00-\u9fff]{2,10}[、和])"
)
_NOUNS = frozenset({"n", "nz", "ORG", "LOC", "PER", "nw"})


class Lists:
    """Finds names by the word that sums them up; holds those words by type."""

    def __init__(self, classes: Mapping[str, Sequence[str]], reach: Reach, telling: Telling) -> None:
        groups = [
            f"(?P<{kind}>{'|'.join(sorted(words, key=len, reverse=True))})" for kind, words in classes.items()
        ]
        # 等企业, 等一批“好大高”项目, 等“五大工业平台”
        self._classes = re.compile(
            r"等(?:一批|一大批|多个|多家|[\d一二三四五六七八九十]+[家个大])?"
            r"(?:“[^”]{1,6}”|“?[一二三四五六七八九十]大)?"
            rf"(?:{'|'.join(groups)})(?=[^\u4e00-\u9fff]|[为相正的已建在陆纷])"
        )
        self._reach = reach
        self._telling = telling

    def find(self, grid: Grid) -> Iterator[Name]:
        """Names in lists, in no order."""
        yield from self._summed_up(grid)
        yield from self._counted(grid)
        yield from (Name(*m.span(), "Company", "latin", 0.8) for m in _LATIN.finditer(grid.text))

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
                items.append((left, end))
                if grid.text[left - 1 : left] != "、":
                    break
                end = left - 1
            if any(self._telling.is_thing(grid, a, b) for a, b in items):
                yield from (Name(a, b, kind, "list", 0.7) for a, b in items)

    def _item(self, grid: Grid, end: int) -> int:
        """Where the item of a list begins that ends here: after the 、 before it, else as far as a name can reach."""
        inner = _ITEM.search(grid.text, max(0, end - 16), end)
        return inner.start() if inner else self._reach.left(grid, end, "Company")

    def _counted(self, grid: Grid) -> Iterator[Name]:
        for match in _ONE_IS.finditer(grid.text):
            if self._telling.rest(match.group(1)):
                yield Name(*match.span(1), "Company", "counted", 0.65)
        for match in _COUNTED_CLASS.finditer(grid.text):
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
