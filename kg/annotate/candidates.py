"""Where in a text a personal name may stand: what LAC takes for one, and what follows offices or fills lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.annotate.lac import Token
from kg.annotate.name_shapes import NameShapes
from kg.annotate.torn_names import cuts_words, torn_names
from kg.annotated import Name
from kg.wording import Wording

GAP = re.compile(r"”?(?:（[^）]{1,8}）)?[\t\n]?有?[：]?[\t\n]?")
_ITEM = re.compile(r"[\u4e00-\u9fff·]{2,14}(?=、)")
_LINE = re.compile(r"\n([\u4e00-\u9fff]{2,3})(?=\n|$)")
_COLUMN = re.compile(r"(?<![^\n\t：])([\u4e00-\u9fff]{2,4})(?=[\t\n]|$)")
_STOP_TAGS = frozenset({"w", "p", "c", "u", "d", "r", "f", "m", "q", "TIME"})
_WORD_TAGS = frozenset({"v", "vn", "ad", "a", "an", "vd", "d", "m", "r", "TIME"})

Candidate = tuple[int, int, bool]


class Candidates:
    """Finds stretches that may be names.

    Args:
        shapes: Tells names from other words.
        words: Wording of people.
    """

    def __init__(self, shapes: NameShapes, words: Wording) -> None:
        self._shapes = shapes
        self._appointed = words["appointed"]
        self._alone = words["alone"]
        self._decides = words["decides"]
        self._gets = words["gets"]
        self._verbs = words["ends in a verb"]
        self._comrade = words["comrade"]
        self._addresses = words["addresses"]
        self._bodies_end = words["bodies end"]
        self._bracket = words["bracket"]
        self._has = words["has"]
        self._common = words["common people"]
        self._beside = words["beside"]
        self._byline = words["byline"]
        self._clause_ends = words["clause ends"]
        self._sets_out = words["sets out"]

    def find(self, text: str, tokens: Sequence[Token], titles: Sequence[Name]) -> Iterator[Candidate]:
        """Start, end and whether the words around leave no doubt.

        Args:
            text: The text the offsets speak of.
            tokens: LAC's words, in order.
            titles: Offices, in order.
        """
        people = [t for t in tokens if t.tag == "PER"]
        called = {m.end() for m in self._common.finditer(text)}
        called |= {t.start for t in people if _begins_line(text, t)}
        yield from (
            (*fit, t.start in called)
            for t in self._without_bylines(text, people)
            if (fit := self._shapes.fit(text, t))
        )
        yield from torn_names(text, tokens, self._shapes)
        yield from _with_point(text, tokens)
        yield from ((*span, True) for span in self._shapes.given_names.find(text))
        starts = [t.start for t in tokens]
        yield from (c for c in self._set_apart(text) if not cuts_words(tokens, starts, *c[:2]))
        yield from self._below_titles(text, titles)
        for row in _rows(people, text):
            if len(row) >= 3:
                yield from (
                    (*fit, True)
                    for t in row
                    if (fit := self._shapes.fit(text, t)) and self._shapes.plausible(text[fit[0] : fit[1]])
                )
        yield from self._after_titles(text, tokens, titles)

    def _without_bylines(self, text: str, people: Sequence[Token]) -> Iterator[Token]:
        """Names but those of reporters: 记者甲、乙."""
        last = -2
        for token in people:
            goes_on = token.start - last < 2 and (
                token.start == last or not "\u4e00" <= text[last] <= "\u9fff"
            )
            if goes_on or self._byline.search(text, max(0, token.start - 6), token.start):
                last = token.end
            else:
                yield token

    def _set_apart(self, text: str) -> Iterator[Candidate]:
        """Names of those who get a post, and in the columns of a table."""
        for match in self._appointed.finditer(text):
            group = match.lastindex or 1
            if self._shapes.plausible(match.group(group)):
                yield (*match.span(group), True)
        for match in self._beside.finditer(text):
            name = match.group(1)
            if self._shapes.plausible(name) and self._shapes.usual(name) and not self._shapes.too_long(name):
                yield (*match.span(1), True)
        for match in self._decides.finditer(text):
            for length in (3, 2, 4):
                end = match.end() + length
                name = text[match.end() : end]
                if self._verbs.search(name):
                    continue
                if self._shapes.plausible(name) and self._gets.match(text, end):
                    yield match.end(), end, True
                    break
        for match in self._bracket.finditer(text):
            name = match.group(1)
            known = self._shapes.given_names.whole(name) or (len(name) < 4 and self._shapes.usual(name))
            if known and self._shapes.plausible(name):
                yield (*match.span(1), True)
        for match in self._comrade.finditer(text):
            name = match.group(1)
            if self._shapes.plausible(name) and self._shapes.usually_given(name):
                yield (*match.span(1), True)
        for match in self._common.finditer(text):
            last = self._last(text, match.end())
            if last and self._shapes.usually_given(text[match.end() : last]):
                yield match.end(), last, True
        for match in _COLUMN.finditer(text):
            in_table = "\t" in text[match.start() - 1 : match.end() + 1]
            if in_table and self._shapes.plausible(match.group(1)):
                yield (*match.span(1), True)

    def _below_titles(self, text: str, titles: Sequence[Name]) -> Iterator[Candidate]:
        """Names on the line below an office, and lists after it."""
        for title in titles:
            line = _LINE.match(text, title.end)
            if line and self._shapes.plausible(line.group(1)):
                yield (*line.span(1), True)
            yield from self._row_after(text, title.end)

    def _row_after(self, text: str, position: int) -> Iterator[Candidate]:
        """Names in a list after an office: 县领导甲、乙、丙参加."""
        has = self._has.match(text, position)
        at = has.end() if has else position
        items: list[tuple[int, int]] = []
        while item := _ITEM.match(text, at):
            if not self._shapes.plausible(item.group()):
                break
            items.append(item.span())
            at = item.end() + 1
        if not items:
            return
        final = self._last(text, at)
        if final:
            items.append((at, final))
        names = [text[a:b] for a, b in items]
        sure = [self._shapes.usual(name) for name in names]
        for number, span in enumerate(items):
            # 甲、党帅、乙: a family name that is a word, too, needs usual ones beside it.
            if sure[number] or (len(items) >= 3 and sum(sure) * 2 >= len(items)):
                yield (*span, len(items) >= 3)

    def _last(self, text: str, position: int) -> int | None:
        """The end of the last name of a list."""
        for length in (3, 2, 4):
            end = position + length
            name = text[position:end]
            if self._shapes.plausible(name) and not self._shapes.too_long(name) and self._ends(text, end):
                return end
        return self._shapes.given_names.at(text, position)

    def _ends(self, text: str, end: int) -> bool:
        return not "\u4e00" <= text[end : end + 1] <= "\u9fff" or self._shapes.speaks(text, end)

    def _after_titles(
        self, text: str, tokens: Sequence[Token], titles: Sequence[Name]
    ) -> Iterator[Candidate]:
        """One name right after an office, however the tagger cut it."""
        by_start = {t.start: n for n, t in enumerate(tokens)}
        for title in titles:
            yield from self._before_title(text, title)
            gap = GAP.match(text, title.end)
            start = gap.end() if gap else title.end
            alone = self._alone.match(text, start)
            if alone and self._certain(alone.group()):
                yield (*alone.span(), True)
            elif end := self._shapes.given_names.at(text, start):
                yield start, end, False
            elif start in by_start:
                following = tokens[by_start[start] : by_start[start] + 4]
                if (
                    self._leaves(text, following)
                    or self._unsplit(text, following)
                    or self._given_in_full(text, following)
                ):
                    yield start, start + 3, True
                elif end := self._announced(text, following):
                    yield start, end, True
            elif self._certain(name := text[start : start + 3]) and self._shapes.usually_given(name):
                yield start, start + 3, True  # the tagger cut through the office: 副区长良士|洪

    def _before_title(self, text: str, title: Name) -> Iterator[Candidate]:
        """行政服务中心保善花主任: a name between a body and the office."""
        if title.end - title.start > 3 or not self._addresses.fullmatch(text, title.start, title.end):
            return
        for length in (3, 2):
            start = title.start - length
            name = text[max(0, start) : title.start]
            if not self._shapes.plausible(name) or not self._bodies_end.match(text, start - 1):
                continue
            if (length == 3 and self._shapes.usually_given(name)) or (
                length == 2
                and self._shapes.usual(name)
                and self._shapes.ends_name(name)
                and self._ends(text, title.end)
            ):
                yield start, title.start, True
                return

    def _certain(self, name: str) -> bool:
        return self._shapes.plausible(name) and self._shapes.usual(name) and not self._shapes.too_long(name)

    def _leaves(self, text: str, tokens: Sequence[Token]) -> bool:
        """书记许大成率…, 书记昝大勇带队: three characters that a verb of setting out tells from words."""
        start = tokens[0].start
        name = text[start : start + 3]
        if not self._sets_out.match(text, start + 3) or not self._shapes.plausible(name):
            return False
        words = any(t.end == start + 3 and t.tag in _WORD_TAGS | _STOP_TAGS for t in tokens[1:3])
        usual = self._shapes.usual(name) and not words
        return not self._shapes.too_long(name) and (usual or self._shapes.usually_given(name))

    def _unsplit(self, text: str, tokens: Sequence[Token]) -> bool:
        """处长李中秋宣布: whether three characters after an office are a name, however the tagger cut them."""
        first = tokens[0]
        end = first.start + 3
        if not self._certain(text[first.start : end]):
            return False
        known = first.tag == "PER" and first.end - first.start > 1
        return not known and any(t.end == end for t in tokens[:3]) and self._shapes.speaks(text, end)

    def _given_in_full(self, text: str, tokens: Sequence[Token]) -> bool:
        """局长车立志被…, 书记覃启富家: three characters that make a name by themselves, whatever follows."""
        first = tokens[0]
        start, length = first.start, first.end - first.start
        name = text[start : start + 3]
        if not self._shapes.plausible(name) or self._shapes.too_long(name):
            return False
        if first.tag == "PER" and length == 2:
            alone = (len(tokens) > 1 and tokens[1].end == start + 3) or self._shapes.speaks(text, start + 3)
            sure = self._shapes.ends_name(name) or text.startswith("一行", start + 3)
            return alone and sure and not self._shapes.speaks(text, start + 2)
        if length == 3 and first.tag not in _WORD_TAGS | {"n"}:
            return self._shapes.usually_given(name)
        if length == 2 and first.tag in ("n", "nz", "LOC", "ORG"):
            cut = len(tokens) > 1 and tokens[1].end == start + 3
            return cut and self._shapes.usually_given(name) and self._shapes.ends_name(name)
        if length != 1 or not self._shapes.usually_given(name):
            return False
        word = len(tokens) > 1 and tokens[1].end > start + 2 and tokens[1].tag in ("n", "vn", "v", "ad", "d")
        return not (word and first.tag in _STOP_TAGS) and (len(tokens) < 2 or tokens[1].end <= start + 3)

    def _announced(self, text: str, tokens: Sequence[Token]) -> int | None:
        """The end of a name after an office that LAC cut into words."""
        first = tokens[0]
        start, length = first.start, first.end - first.start
        if first.tag == "PER" and length > 1:
            return None
        end = self._joined(tokens)
        name = text[start:end]
        # 县长齐放主持: an adverb that is a family name as well.
        adverb = first.tag == "d" and len(name) == 2 and self._shapes.speaks(text, end)
        whole = length > 2 and self._shapes.plausible(text[start : first.end])
        if first.tag in _STOP_TAGS and not whole and not adverb:
            return None
        if (
            not self._shapes.plausible(name)
            or self._shapes.too_long(name)
            or (first.tag == "v" and length == 1 and not self._shapes.usually_given(name))
        ):
            return None
        speaks = self._shapes.speaks(text, end)
        # 董事长左站峰主持: a family name that is a word, too, needs a whole name and a verb of speech.
        if not self._shapes.usual(name) and not (len(name) == 3 and speaks):
            return None
        # One word of the language right after an office is no name (县长通报).
        one_word = end == first.end and first.tag in _WORD_TAGS | {"LOC", "ORG"}
        if one_word and not self._clause_ends.match(text, end):
            return None
        following = text[end : end + 1]
        ends = (
            not "\u4e00" <= following <= "\u9fff"
            or speaks
            or any(t.start == end and t.tag in _STOP_TAGS | {"v", "ad"} for t in tokens)
        )
        return end if ends else None

    def _joined(self, tokens: Sequence[Token]) -> int:
        """Where the words end that may make up one name."""
        start = end = tokens[0].start
        for token in tokens[:3]:
            if (token.tag in _STOP_TAGS and token is not tokens[0]) or token.end - start > 3:
                break
            if end - start >= 2 and token.tag in _WORD_TAGS:
                break
            end = token.end
        return end


def _begins_line(text: str, token: Token) -> bool:
    """Whether a line begins with a name and a comma: 某某，某镇卫生院护士."""
    return text[token.start - 1 : token.start] in ("", "\n") and text.startswith("，", token.end)


def _with_point(text: str, tokens: Sequence[Token]) -> Iterator[Candidate]:
    """阿不力孜·吾布力: LAC's words on both sides of the point."""
    for dot in re.finditer("·", text):
        given = next((t for t in tokens if t.end == dot.start() and t.tag in ("PER", "LOC", "nz", "n")), None)
        family = next((t for t in tokens if t.start == dot.end() and t.end - t.start <= 5), None)
        if given and family and family.tag not in _STOP_TAGS:
            yield given.start, family.end, bool({given.tag, family.tag} & {"PER", "nz", "LOC"})


def _rows(people: Sequence[Token], text: str) -> Iterator[list[Token]]:
    """Runs of names joined by 、."""
    row: list[Token] = []
    for token in people:
        if row and text[row[-1].end : token.start] != "、":
            yield row
            row = []
        row.append(token)
    if row:
        yield row
