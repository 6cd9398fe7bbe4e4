"""Personal names: LAC's, checked against family names and the words around them, then found everywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.annotate.lac import Token
from kg.annotated import Name, Place
from kg.lexicon import load_lexicon

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}")
_LONG = re.compile(r"[\u4e00-\u9fff]{2,}(?:·[\u4e00-\u9fff]{2,})*")
_NOT_A_NAME = re.compile(
    r"[县市区镇乡村局部委省党会董总]$|书记|[县市区镇乡州旗局部院校行]长|同志|主任|先生|女士|老师|师傅|公司|工作"
)
_GAP = re.compile(r"(?:（[^）]{1,8}）)?[\t\n]?有?[：]?[\t\n]?")
_SPEAKS = re.compile(
    r"(?:在[^，。]{1,14}(?:时|中|上|后))?(?:还|也|进一步|最后|随后|首先|代表[^，。]{2,10})?"
    r"(?:说|表示|介绍|告诉|指出|强调|要求|认为|坦言|透露|提出|回忆|感慨|笑着|致辞|讲话|主持|宣布|出席|参加|率|陪同|带领|寄语|反映|回答|一行|来到|走进|先后|实地|谈|报告|传达|通报|发言|等\d*人|等(?:领导|县|市|区|参加|出席)|作|任|兼|担任|当选|为|深入|调研|到|前往|将|赶|负责|牵头)"
)
_COURTESY = re.compile(r"同志|先生|女士|（女[，）]|教授|老人|大爷|大妈|大姐|师傅|（[\u4e00-\u9fff]{2}族")
_APPOINTED = re.compile(
    r"(?:(?<=[\n；。：、])|^)([\u4e00-\u9fff]{2,4})(?=(?:同志)?(?:（女[^）]{0,8}）)?(?:同志)?(?:为|任|的[^，。]{4,24}职务))",
    re.M,
)
_ENDS_CLAUSE = re.compile(r"[，。；、\n\t]|$|扎根|[\u4e00-\u9fff]{0,2}说")
_RUN_ON = re.compile(r"(.{2,3})(?:会[后上]|边|告诉|一行|同志|等|在|和|率).*$")
# 范付中、: a third character of a name that the tagger left outside, in a list or before laughter
_THIRD = re.compile(
    r"[中来立明成正高清平安华国](?=介绍|说|告诉|表示)|(?<=、..)[中来立明成正高清平安和先前后](?=、)|[\u4e00-\u9fff](?=笑[呵眯着嘻]|乐呵)"
)
_TWO_SIDES = re.compile(r"[两三]地|[两三][省市县]|东西部|对口|扶贫协作|协作")
_TITLE_ENDS = {"主": ("任", "席"), "书": ("记",)} | dict.fromkeys("局县部校院", ("长",))
_BOOK = re.compile(r"《[^《》\n]{1,60}》")
_DOCTRINE = re.compile(
    r"(?:同志)?(?:新时代|生态文明|法治|经济|文化|强军|外交|关于)[^，。；]{0,14}?(?:思想|理论|论述)|思想|理论"
    r"|总书记[^，。；]{0,24}?(?:精神|批示|指示|论述)"
)
_ALONE = re.compile(r"[\u4e00-\u9fff]{3}(?=[，、。；\n]|等(?:领导|人|同志|出席|参加|陪同|一行))")
_ROW = re.compile(r"有?[：]?((?:[\u4e00-\u9fff]{2,4}、)+)")
_LINE = re.compile(r"\n([\u4e00-\u9fff]{2,3})(?=\n|$)")
_TOO_MUCH = frozenset("和与及等在率说就将")
_COLUMN = re.compile(r"(?:^|(?<=[\n\t：]))([\u4e00-\u9fff]{2,4})(?=[\t\n]|$)")
_STOP_TAGS = frozenset({"w", "p", "c", "u", "d", "r", "f", "m", "q", "TIME"})
_WORD_TAGS = frozenset({"v", "vn", "ad", "a", "an", "vd", "d", "m", "r", "TIME"})


class PeopleFinder:
    """Finds personal names; holds the lexicons."""

    def __init__(self, schemas: Path) -> None:
        surnames = load_lexicon(schemas / "lexicons" / "surnames.txt")
        self._double = frozenset(surnames["double"])
        self._single = frozenset(surnames["single"])
        self._rare = frozenset(surnames["rare"])
        self._not_names = frozenset(load_lexicon(schemas / "lexicons" / "not_names.txt")["words"])

    def plausible(self, name: str) -> bool:
        """Whether this looks like a Chinese personal name: a family name and one or two characters."""
        if not _CHINESE.fullmatch(name) or _NOT_A_NAME.search(name) or name in self._not_names:
            return False
        if name[:2] in self._double:
            return len(name) in (3, 4)
        return name[0] in self._single and len(name) in (2, 3)

    def find(
        self, text: str, tokens: Sequence[Token], titles: Sequence[Name], places: Iterable[Place]
    ) -> list[Name]:
        """Personal names in a text, in order, without overlap.

        Args:
            text: The text the offsets speak of.
            tokens: LAC's words, in order.
            titles: Offices already found; a name next to one is sure.
            places: Division names; they are no persons.
        """
        placed = bytearray(len(text))
        short_places: set[tuple[int, int]] = set()
        namesakes: set[str] = set()
        for place in places:
            placed[place.start : place.end] = b"\1" * (place.end - place.start)
            if not place.full:
                short_places.add((place.start, place.end))
        ends = {t.end for t in titles}
        starts = {t.start for t in titles}
        sure: dict[str, float] = {}
        weak: Counter[str] = Counter()
        for start, end, trusted in self._candidates(text, tokens, titles):
            name = text[start:end]
            beside = end in starts or any(
                start - n in ends and _GAP.fullmatch(text, start - n, start) for n in range(4)
            )
            if any(placed[start:end]):
                if not (beside and (start, end) in short_places):
                    continue
                namesakes.add(name)  # 区长吴忠: not the city of this name
            speaks = bool(_SPEAKS.match(text, end)) or bool(_COURTESY.match(text, end))
            usual = name[0] not in self._rare
            if beside or trusted:
                sure[name] = max(sure.get(name, 0), 0.95 if beside else 0.9)
            elif speaks and usual:
                sure[name] = max(sure.get(name, 0), 0.85)
            elif usual:
                weak[name] += 1
        self._listed(text, sure, weak)
        for name, times in weak.items():
            if self.plausible(name) and (times >= 2 or len(name) == 3):
                sure.setdefault(name, 0.7)
        for start, end in short_places:
            if text[start:end] in namesakes:
                placed[start:end] = bytes(end - start)
        return _everywhere(text, sure, placed)

    def _candidates(
        self, text: str, tokens: Sequence[Token], titles: Sequence[Name]
    ) -> Iterator[tuple[int, int, bool]]:
        """Start, end and whether the words around leave no doubt."""
        by_start = {t.start: n for n, t in enumerate(tokens)}
        for token in tokens:
            if token.tag == "PER":
                cut = self._cut(text, token)
                if cut:
                    yield (*cut, False)
        for dot in re.finditer("·", text):
            # 阿不力孜·吾布力: LAC's words on both sides of the point.
            given = next(
                (t for t in tokens if t.end == dot.start() and t.tag in ("PER", "LOC", "nz", "n")), None
            )
            family = next((t for t in tokens if t.start == dot.end() and t.end - t.start <= 5), None)
            named = given and family and {given.tag, family.tag} & {"PER", "nz", "LOC"}
            if given and family and family.tag not in _STOP_TAGS:
                yield given.start, family.end, bool(named)
        for match in _APPOINTED.finditer(text):
            if self.plausible(match.group(1)):
                yield (*match.span(1), True)
        for match in _COLUMN.finditer(text):
            if self.plausible(match.group(1)) and "\t" in text[match.start() - 1 : match.end() + 1]:
                yield (*match.span(1), True)
        for title in titles:
            line = _LINE.match(text, title.end)
            if line and self.plausible(line.group(1)):
                yield (*line.span(1), True)
            listed = _ROW.match(text, title.end)
            if listed and listed.group().count("、") >= 2:
                at = listed.start(1)
                usual = False
                for item in listed.group(1).rstrip("、").split("、"):
                    fits = self.plausible(item)
                    # 甲、党帅、乙: a family name that is a word, too, needs a usual one before it.
                    if fits and (usual or item[0] not in self._rare):
                        yield at, at + len(item), True
                    usual = fits and (usual or item[0] not in self._rare)
                    at += len(item) + 1
        for row in _rows([t for t in tokens if t.tag == "PER"], text):
            if len(row) >= 3:
                yield from ((t.start, t.end, True) for t in row if self.plausible(text[t.start : t.end]))
        for title in titles:
            gap = _GAP.match(text, title.end)
            start = gap.end() if gap else title.end
            alone = _ALONE.match(text, start)
            if (
                alone
                and self.plausible(alone.group())
                and not {alone.group()[0]} & self._rare
                and alone.group()[-1] not in _TOO_MUCH
            ):
                yield (*alone.span(), True)
            elif self._unsplit(text, start, tokens, by_start):
                yield start, start + 3, True
            elif start in by_start:
                end = self._announced(text, tokens, by_start[start])
                if end:
                    yield start, end, True

    def _unsplit(self, text: str, start: int, tokens: Sequence[Token], by_start: dict[int, int]) -> bool:
        """处长李中秋宣布: whether three characters after an office are a name, however the tagger cut them."""
        name = text[start : start + 3]
        number = by_start.get(start)
        if number is None or not self.plausible(name) or name[0] in self._rare or name[-1] in _TOO_MUCH:
            return False
        first = tokens[number]
        known = first.tag == "PER" and first.end - first.start > 1
        ends = any(t.end == start + 3 for t in tokens[number : number + 3])
        return ends and not known and bool(_SPEAKS.match(text, start + 3))

    def _cut(self, text: str, token: Token) -> tuple[int, int] | None:
        """LAC's name, without what it took too much."""
        name = text[token.start : token.end]
        if (
            len(name) == 2
            and _THIRD.match(text, token.end)
            and self.plausible(text[token.start : token.end + 1])
        ):
            return token.start, token.end + 1
        if (
            len(name) == 2
            and text[token.end : token.end + 1] in ("和", "与")
            and _SPEAKS.match(text, token.end + 1)
        ):
            return (token.start, token.end + 1) if self.plausible(name) else None
        more = _RUN_ON.match(name)
        if more and self.plausible(more.group(1)):
            return token.start, token.start + len(more.group(1))
        if (
            len(name) == 3
            and name[2] == "来"
            and text.startswith(("说", "讲", "看"), token.end)
            and self.plausible(name[:2])
        ):
            return token.start, token.start + 2
        if len(name) == 2 and text.startswith(_TITLE_ENDS.get(name[1], ("\0",)), token.end):
            return None  # 殷主任, 马书记
        joined = name[-1] in "和与" and _SPEAKS.match(text, token.end)  # 刘家和主持: nobody follows the 和
        if len(name) == 3 and name[2] in _TOO_MUCH and self.plausible(name[:2]) and not joined:
            return token.start, token.start + 2
        if self.plausible(name):
            return token.start, token.end
        if len(name) >= 4 and self.plausible(name[:3]) and name[:2] not in self._double:
            whole, part = text.count(name), text.count(name[:3])
            if part > whole or name[3] in "边称从向对会正还也":
                return token.start, token.start + 3
        if (
            len(name) >= 4
            and _LONG.fullmatch(name)
            and not _NOT_A_NAME.search(name)
            and name not in self._not_names
        ):
            return token.start, token.end
        if (
            len(name) in (2, 3)
            and name[0] not in self._single
            and _CHINESE.fullmatch(name)
            and not _NOT_A_NAME.search(name)
            and name not in self._not_names
        ):
            # A family name that is not listed: only offices beside it make it a person.
            return token.start, token.end
        return None

    def _announced(self, text: str, tokens: Sequence[Token], number: int) -> int | None:
        """The end of a name after an office that LAC cut into words."""
        start = end = tokens[number].start
        first = tokens[number]
        if first.tag == "PER" and first.end - first.start > 1:
            return None
        if first.tag in _STOP_TAGS and not (
            first.end - first.start > 2 and self.plausible(text[first.start : first.end])
        ):
            return None
        for token in tokens[number : number + 3]:
            if (token.tag in _STOP_TAGS and token is not first) or token.end - start > 3:
                break
            if end > start and end - start >= 2 and token.tag in _WORD_TAGS:
                break
            end = token.end
        name = text[start:end]
        if not self.plausible(name) or name[-1] in _TOO_MUCH or (first.tag == "v" and first.end - start == 1):
            return None
        # 董事长左站峰主持: a family name that is a word, too, needs a whole name and a verb of speech.
        if name[0] in self._rare and not (len(name) == 3 and _SPEAKS.match(text, end)):
            return None
        # One word of the language right after an office is no name (县长通报).
        if (
            end == first.end
            and first.tag in _WORD_TAGS | {"LOC", "ORG"}
            and not _ENDS_CLAUSE.match(text, end)
        ):
            return None
        following = text[end : end + 1]
        return (
            end
            if not following
            or not "\u4e00" <= following <= "\u9fff"
            or _SPEAKS.match(text, end)
            or any(t.start == end and t.tag in _STOP_TAGS | {"v", "ad"} for t in tokens[number : number + 4])
            else None
        )

    def _listed(self, text: str, sure: dict[str, float], weak: Counter[str]) -> None:
        """A name in a list with a sure one (A、B、C) is sure as well."""
        changed = True
        while changed:
            changed = False
            for name in [n for n in weak if n not in sure]:
                around = re.search(
                    rf"([\u4e00-\u9fff]{{2,4}})、{re.escape(name)}|{re.escape(name)}、([\u4e00-\u9fff]{{2,4}})",
                    text,
                )
                neighbours = [g for g in around.groups() if g] if around else []
                if any(n.startswith(s) or n.endswith(s) for n in neighbours for s in sure):
                    sure[name] = 0.85
                    changed = True


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


def _everywhere(text: str, sure: dict[str, float], placed: bytearray) -> list[Name]:
    """Every place where a sure name stands; of two that overlap the longer."""
    taken = bytearray(placed)
    for book in _BOOK.finditer(text):
        taken[book.start() : book.end()] = b"\1" * len(book.group())
    found = []
    for name in sorted(sure, key=lambda n: (-len(n), n)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if (
                not any(taken[start:end])
                and not _DOCTRINE.match(text, end)
                and not _TWO_SIDES.match(text, end)
            ):
                taken[start:end] = b"\1" * (end - start)
                found.append(Name(start, end, "Person", "person", sure[name]))
            start = text.find(name, end)
    return sorted(found, key=lambda n: n.start)
