"""Names with a telling last word (…有限公司, …项目, …开发区, …大会, …局): found whole, to their left end.

The words of LAC say how far a name can reach; lexicons/names.txt says which words never belong to
one, lexicons/heads.txt which words end one and of what type, lexicons/bodies.txt which bodies every
division has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ahocorasick

from kg.annotate.lac import Token
from kg.annotate.places import Place
from kg.lexicon import load_lexicon

DEICTIC = "县市省区州旗盟镇乡"
_STOP_TAGS = frozenset({"p", "u", "r", "xc", "d", "f", "c"})
_LOOSE_TAGS = _STOP_TAGS | {"v", "ad", "vd"}
_EVENT_STOP_TAGS = frozenset({"p", "u", "r", "xc", "f"})
_NAME_TAGS = frozenset({"LOC", "ORG", "nz", "PER"})
_JOINTS = frozenset({"暨", "和", "与", "及"})
_DASHES = "-—－·"
_OPEN, _CLOSE = "“（《", "”）》"
_LONGEST = {"Event": 44, "Project": 36, "Company": 30, "Organization": 32, "Park": 26}
_MEASURES = "份|个|家|项|座|条|批|场|次|处|宗|大|名|位|栋|幢|套|台|辆|间|亩|余亩|亿元|万元|元|吨的|多"
_QUANTITY = re.compile(rf"[约近超逾]?[\d一二两三四五六七八九十百千万亿几数多余]+(?:\.\d+)?[余多]?(?:{_MEASURES})")
_LEADING = re.compile(r"[、，。；：\-—·和与及等的了将各该本]+|以及|此次|本次|首届(?=全)")
_DATE = re.compile(r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日")
_CLOCK = re.compile(r"[上下中]午|早上|晚上|凌晨|今[天日年]|昨[天日]|明[天年]|近日|日前|当[天日]|\d[日时]|月[底初]|年[底初中]|目前|去年|前年|期间|时候")
_NEW_BODY = re.compile(r".*[和与及、](?=[县市区镇乡省旗](?![场区域民政]))")
_ZONE = re.compile(r"(?:开发区|园区|高新区|经开区|集聚区|产业园|度假区|工业园)$")
_NEW_EVENT = re.compile(r".*[和与及](?=全[省市县区国]|[省市县区]委|[省市县区]第|第[一二三四五六七八九十]+[届次])")
_OWNERS = {
    "Company": re.compile(r".*(?:(?:有限责任|有限|集团|分|总)公司|集团|合作社|银行)[和与及、]|.*(?:全资|控股|下属|旗下)*子公司|.*企业(?=[^业])"),
    "Park": re.compile(r".*(?:园区|开发区|高新区|产业园|集聚区|片区|分区)[和与及、]"),
    "Project": re.compile(r".*(?:控制性|标志性|重点|关键性?|先导)(?:工程|项目)(?=.)|.*(?:有限公司|集团|局)(?=..)(?!部)"),
}
_BODY_START = re.compile(r"[县市省区旗](?:委|政府|人大|政协|第[一二三四五六七八九十])|全[县市省区旗]")
_RANK = re.compile(r"(?:[省市县]|国家)级$")
_WHOLE = re.compile(r"全[省市县区旗州]")
_NOT_DEICTIC = ("乡镇", "乡村", "市民", "市场", "县域", "区域", "省市", "市县", "区块", "省级", "市级", "县级", "区级", "州县", "镇村", "镇级", "省内", "县内", "市内")
_STAFF = ("领导小组", "指挥部", "工作专班")
_COUNTED = re.compile(r"^\d+次|[二三四五六七八九十两]大$|^[一二三四五六七八九十两]个")
_MANY = re.compile(r"(?:引进|招引|引来|一批|更多|各类|等|系列|储备|谋划|盯引|优选)[的了]?$")
_WATER = re.compile(r"[引抽输调治][^进导入领用荐来配研送出理]")
_LATIN = re.compile(r"[A-Z][\w.&-]+(?: [\w.&-]+){0,3} (?:GmbH|AG|SE|KG|Inc|Ltd|LLC|Corp|Group|Holding|Holdings|SpA|S\.A|B\.V|N\.V|PLC)\b")
_ONE_IS = re.compile(r"一家(?:是|叫|为)([^，。；的]{3,10})(?=[，。；])")
_COUNTED_CLASS = re.compile(r"[两二三四五六七八九十几多\d]家[^，。；、“”的]{0,6}?(?:企业|公司|茶厂|民宿|工厂)(?=[\u4e00-\u9fff]{2,10}[、和])")
_JOINT_BODY = re.compile(r"(?:[县市区旗州省镇乡]委|党委|党工委)、(人民政府|政府)(?!工作|部门|办|和|各)")
_MARKS = re.compile(r"[“”（）《》\-—·、]")
_CLASS = re.compile(r"(?:产业|制造业|服务业|经济|实体|以上|型|类|性|级|等)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of text that names something.

    Attributes:
        start: First code point.
        end: One past the last.
        type: Entity type.
        rule: What found it.
        score: Confidence in [0, 1].
    """

    start: int
    end: int
    type: str
    rule: str
    score: float


class NameFinder:
    """Finds organizations, companies, parks, projects and events by their last words."""

    def __init__(self, schemas: Path) -> None:
        lexicons = schemas / "lexicons"
        heads = load_lexicon(lexicons / "heads.txt")
        names = load_lexicon(lexicons / "names.txt")
        bodies = load_lexicon(lexicons / "bodies.txt")
        self._weak = frozenset(heads.pop("weak"))
        self._never = frozenset(heads.pop("never"))
        self._stop = frozenset(names["stop"])
        self._event_stop = frozenset(names["event-stop"])
        self._keep = frozenset(names["keep"])
        self._generic = _splitter(names["generic"])
        self._heads = _automaton(
            [(word, (word, kind)) for kind, words in heads.items() for word in words]
            + [(word, (word, "")) for word in self._never]
        )
        self._classes = _classes(load_lexicon(lexicons / "classes.txt"))
        self._seats = frozenset(bodies["seats"])
        self._party = frozenset(bodies["party"])
        stems = {*bodies["seats"], *bodies["party"], *bodies["departments"]}
        stems |= {f"委{word}" for word in (*bodies["party"], "办公室", "办")}
        stems |= {f"政府{word}" for word in ("办公室",)}
        self._bodies = _automaton((word, (word, "Organization")) for word in stems)

    def find(
        self, text: str, tokens: Sequence[Token], places: Sequence[Place], titles: Sequence[Name]
    ) -> list[Name]:
        """Names in a text, the longest where they overlap, in order.

        Args:
            text: The text the offsets speak of.
            tokens: LAC's words, in order.
            places: Names of divisions, in order.
            titles: Offices, in order.
        """
        grid = _Grid(text, tokens, places, titles)
        bodies = {name.end: name for name in self._body_names(grid)}
        found = list(bodies.values())
        found += self._listed(grid)
        found += [Name(*m.span(), "Company", "latin", 0.8) for m in _LATIN.finditer(text)]
        for name in self._head_names(grid):
            body = bodies.get(name.end)
            if body is None or (name.start > body.start and name.type == "Organization"):
                found.append(name)
        found.sort(key=lambda n: (n.start - n.end, -n.score, n.start))
        taken = bytearray(len(text))
        kept = []
        for name in found:
            if not any(taken[name.start : name.end]):
                taken[name.start : name.end] = b"\1" * (name.end - name.start)
                kept.append(name)
        return sorted(kept, key=lambda n: n.start)

    def _listed(self, grid: _Grid) -> Iterator[Name]:
        """甲、乙等民宿: what follows 等 tells the type of names that end in no telling word."""
        text = grid.text
        for match in self._classes.finditer(text):
            kind = next(k for k, v in match.groupdict().items() if v)
            end = match.start()
            items: list[tuple[int, int]] = []
            while end > 0:
                left = self._trimmed(grid, self._walk(grid, end, "Company"), end, "Company")
                if not self._generic.sub("", text[left:end]) or grid.only_place(left, end) or end - left > 14:
                    break
                items.append((left, end))
                if text[left - 1 : left] != "、":
                    break
                end = left - 1
            if any(self._names_thing(grid, a, b) for a, b in items):
                yield from (Name(a, b, kind, "list", 0.7) for a, b in items)
        yield from self._counted(grid)

    def _counted(self, grid: _Grid) -> Iterator[Name]:
        """两家茶厂甲、乙; 一家是甲，一家是乙."""
        text = grid.text
        for match in _ONE_IS.finditer(text):
            if self._generic.sub("", match.group(1)):
                yield Name(*match.span(1), "Company", "counted", 0.65)
        for match in _COUNTED_CLASS.finditer(text):
            start = match.end()
            while True:
                end = start
                token = grid.token_at(end) if end < len(text) else None
                while token is not None and token.tag in ("n", "nz", "ORG", "LOC", "PER", "nw") and token.start == end:
                    end = token.end
                    token = grid.token_at(end) if end < len(text) else None
                if not 2 < end - start <= 10:
                    break
                yield Name(start, end, "Company", "counted", 0.65)
                if text[end : end + 1] not in "、和":
                    break
                start = end + 1

    def _names_thing(self, grid: _Grid, start: int, end: int) -> bool:
        """Whether a stretch looks like a proper name: 天诺制动, not 茶叶 or 不锈钢."""
        core = grid.text[start:end]
        shortest = 2 if grid.tag_at(start) == "ORG" else 3
        if not shortest <= end - start <= 14 or grid.only_place(start, end) or not self._generic.sub("", core):
            return False
        tags = {grid.tag_at(i) for i in range(start, end)}
        return bool(tags & _NAME_TAGS) or grid.place_starting_at(start) is not None

    def _body_names(self, grid: _Grid) -> Iterator[Name]:
        """县农业农村局, 松阳县人民政府, 中共崇义县委: a division (or 县, 市 …) and a body that all have."""
        for start, end, (stem, _) in _longest(self._bodies, grid.text):
            torn = grid.breaks_token(end) and grid.tag_at(end - 1) not in ("ORG", "LOC")
            if torn and stem not in self._seats and len(stem) < 5:
                continue
            if grid.inside_title(start, end):
                continue
            left = self._division_before(grid, start)
            if left is None:
                continue
            if stem in ("委", "党委") and grid.text[end : end + 1] in "员托派会办":
                continue
            yield Name(left, end, "Organization", "body", 0.95)
        # 镇党委、政府: the second body is of the same division.
        for joint in _JOINT_BODY.finditer(grid.text):
            yield Name(joint.start(1), joint.end(1), "Organization", "joint", 0.8)

    def _division_before(self, grid: _Grid, position: int) -> int | None:
        text = grid.text
        place = grid.place_ending_at(position)
        if place is not None:
            left = place.start
        elif position and text[position - 1] in DEICTIC:
            left = position - 1
            if left and text[left - 1] in "全我本各该每多跨":
                return None
            if left and grid.breaks_token(left) and grid.tag_at(left) not in ("ORG", "LOC"):
                return None
        else:
            return None
        return left - 2 if text[max(0, left - 2) : left] == "中共" else left

    def _head_names(self, grid: _Grid) -> Iterator[Name]:
        text = grid.text
        for start, end, (head, kind) in _longest(self._heads, text):
            if not kind:
                continue
            if grid.breaks_token(end) and not grid.title_at(end) and text[end] not in "和与及、":
                continue
            if head == "项目" and grid.title_covers(start, end):
                continue
            if kind == "Organization" and grid.inside_title(start, end):
                continue
            left = self._walk(grid, start, kind)
            left = self._trimmed(grid, left, start, kind)
            stop = end
            if left and text[left - 1] == "“" and text[end : end + 1] == "”" and kind == "Event":
                left, stop = left - 1, end + 1
                left = self._trimmed(grid, self._walk(grid, left, kind), left, kind)
            if left >= end or end - left > _LONGEST[kind]:
                continue
            if head in ("管委会", "党工委") and left == start and not grid.breaks_token(start):
                yield Name(start, end, kind, "bare", 0.6)
                continue
            if not self._tells(text[left:start], head, kind, grid, left, start):
                continue
            score = 0.9 if grid.place_starting_at(left) else 0.75
            yield Name(left, stop, kind, f"head:{head}", score)

    def _walk(self, grid: _Grid, start: int, kind: str) -> int:
        """The leftmost position a name that goes on to the right of ``start`` can begin at."""
        left = start
        while left > 0:
            token = grid.token_before(left)
            if token is None:
                break
            word = grid.text[token.start : left]
            if token.tag == "w" or not word.strip():
                bracketed = self._bracketed(grid, left)
                if bracketed is not None:
                    left = bracketed
                elif word in _DASHES and left < start:
                    left = token.start
                else:
                    break
                continue
            if self._ends_name(grid, token, word, left, start, kind):
                break
            left = token.start
        return left

    def _ends_name(self, grid: _Grid, token: Token, word: str, left: int, start: int, kind: str) -> bool:
        """Whether a word cannot belong to a name that goes on to its right."""
        event = kind == "Event"
        if word in self._keep:
            return False
        if token.tag == "TIME":
            return not (event or kind == "Project") or bool(_CLOCK.search(word)) or (word in self._stop)
        if token.tag == "PER":
            return (event or left != start) and not grid.place_covering(token.start)
        if event:
            if word in _JOINTS:
                return False
            return token.tag in _EVENT_STOP_TAGS or (word in self._event_stop and token.tag not in _NAME_TAGS)
        if token.tag in _STOP_TAGS:
            return True
        if grid.place_covering(token.start):
            return False
        if token.tag == "v" and (left != start or kind == "Organization") and not _WATER.fullmatch(word):
            staff = left == start and grid.text.startswith(_STAFF, start)
            return not staff and (word in self._stop or not self._follows_name(grid, token))
        if word == "至" and kind == "Project" and grid.place_ending_at(token.start):
            return False
        if word in self._stop and token.tag not in _NAME_TAGS:
            # 新厂房建设项目, but 建设高端轴承项目: a verb that is a noun here stands right before the head.
            return token.tag != "vn" or left != start
        return False

    def _follows_name(self, grid: _Grid, token: Token) -> bool:
        """Whether a word that LAC takes for a verb may be part of a name: 彭阳|融盛|针织项目, 共建|重载|齿轮实验室."""
        before = grid.token_before(token.start)
        if before is None or token.end - token.start != 2:
            return False
        word = grid.text[before.start : before.end]
        return grid.place_covering(before.start) or word in self._stop

    def _bracketed(self, grid: _Grid, left: int) -> int | None:
        """A short bracketed or quoted stretch that belongs to the name: （扩大）, “西拓”, （浙江）."""
        text = grid.text
        if text[left - 1] not in _CLOSE:
            return None
        opening = text.rfind(_OPEN[_CLOSE.index(text[left - 1])], max(0, left - 14), left)
        if opening < 0 or re.search("[，。；：、]|^（[一二三四五六七八九十\\d]+）$", text[opening:left]):
            return None
        return opening

    def _trimmed(self, grid: _Grid, left: int, start: int, kind: str) -> int:
        """Takes leading verbs, numbers, dates and joints off a candidate."""
        text = grid.text
        event = kind == "Event"
        for cut in (_NEW_EVENT if event else _NEW_BODY, _OWNERS.get(kind)):
            split = cut.match(text, left, start) if cut else None
            if split:
                left = split.end()
        left = self._after_verb(grid, left, start)
        while left < start:
            dated = _DATE.match(text, left, start) or _LEADING.match(text, left, start)
            if dated is None and not event:
                dated = _QUANTITY.match(text, left, start)
            if dated and dated.end() > left:
                left = dated.end()
                continue
            token = grid.token_at(left)
            if token is None or token.end > start:
                break
            word = text[left : token.end]
            if word in self._keep or token.tag in _NAME_TAGS or _WATER.fullmatch(word):
                break
            loose = token.tag in (_EVENT_STOP_TAGS if event else _LOOSE_TAGS)
            if loose or (word in (self._event_stop if event else self._stop)) or _CLOCK.fullmatch(word):
                left = token.end
            else:
                break
        return left

    def _after_verb(self, grid: _Grid, left: int, start: int) -> int:
        """A verb right before a place or a body's 县, 市 … cannot belong to the name after it."""
        token = grid.token_at(left)
        while token is not None and token.end < start:
            begins = grid.place_starting_at(token.end) is not None or _BODY_START.match(grid.text, token.end)
            word = grid.text[token.start : token.end]
            if begins and token.tag in ("v", "vd", "p", "d") and token.start >= left and word not in "暨和与及至":
                left = token.end
            token = grid.token_at(token.end)
        return left

    def _tells(self, core: str, head: str, kind: str, grid: _Grid, left: int, start: int) -> bool:
        """Whether a name says which one it is: 重点项目 does not, 第三水厂工程 does."""
        bare = _MARKS.sub("", core)
        if _RANK.search(grid.text, max(0, left - 3), left):
            return False
        deictic = core[:1] in tuple(DEICTIC) and not core.startswith(_NOT_DEICTIC)
        placed = grid.place_starting_at(left) is not None or deictic
        if kind == "Event" and len(core) > 5 and (deictic or _WHOLE.match(core)):
            return True
        if head == "局" and re.search(r"[一二三四五六七八九十]$", core):
            return False
        if head in ("小镇", "综合体") and grid.text[left - 1 : left] == "“":
            return False
        if _COUNTED.search(core):
            return False
        if kind == "Company" and head in ("工厂", "公司", "集团", "厂") and grid.only_place(left, start):
            return False
        if placed and kind in ("Park", "Organization", "Company") and len(head) > 2 + (kind == "Company"):
            return True
        if head == "管委会" and _ZONE.search(core):
            return True
        if len(bare) < 2 or bare in ("全县", "全市", "全省", "全区", "我县", "本县", "全旗"):
            return False
        outside = _MARKS.sub("", re.sub("“[^”]*”", "", core))
        rest = self._generic.sub("", bare)
        numbered = head in ("一期", "二期", "三期") or bare.endswith(("一期", "二期", "三期"))
        if not rest and not (numbered and len(bare) > 4):
            return False
        # A name all in quotes is a slogan (“煤改气”工程) unless it is an event's.
        if core.startswith("“") and not self._generic.sub("", outside) and kind != "Event":
            return False
        named = placed or grid.tag_at(left) in ("ORG", "LOC", "nz", "PER")
        if head in self._weak:
            return named
        if kind == "Event":
            if grid.text[left - 1 : left] == "、" and not placed:
                return False
            return placed or len(bare) >= 5 or bool(re.search(r"第?[\d一二三四五六七八九十]+[届次]|(?:19|20)\d\d|“", core))
        if kind == "Project" and head == "项目" and not named:
            return len(rest) >= 2 and not _CLASS.search(bare) and not _MANY.search(grid.text, max(0, left - 6), left)
        return True


class _Grid:
    """The words, places and offices of a text, by position."""

    def __init__(
        self, text: str, tokens: Sequence[Token], places: Sequence[Place], titles: Sequence[Name]
    ) -> None:
        self.text = text
        self._tokens = tokens
        self._at = [-1] * (len(text) + 1)
        for number, token in enumerate(tokens):
            for position in range(token.start, token.end):
                self._at[position] = number
        self._place_end = {p.end: p for p in places}
        self._place_start = {p.start: p for p in places}
        self._places = bytearray(len(text))
        for place in places:
            self._places[place.start : place.end] = b"\1" * (place.end - place.start)
        self._title_start = {t.start for t in titles}
        self._title = [-1] * (len(text) + 1)
        for number, title in enumerate(titles):
            for position in range(title.start, title.end):
                self._title[position] = number

    def token_at(self, position: int) -> Token | None:
        number = self._at[position]
        return self._tokens[number] if number >= 0 else None

    def token_before(self, position: int) -> Token | None:
        return self.token_at(position - 1)

    def tag_at(self, position: int) -> str:
        token = self.token_at(position)
        return token.tag if token else ""

    def breaks_token(self, position: int) -> bool:
        """Whether a word goes on over this position."""
        number = self._at[position]
        return position > 0 and number >= 0 and number == self._at[position - 1]

    def title_at(self, position: int) -> bool:
        """Whether an office begins here."""
        return position in self._title_start

    def title_covers(self, start: int, end: int) -> bool:
        """Whether an office holds this stretch."""
        return self._title[start] >= 0 and self._title[start] == self._title[end - 1]

    def inside_title(self, start: int, end: int) -> bool:
        """Whether an office holds this stretch and goes on after it (党委 in 党委书记)."""
        return self.title_covers(start, end) and self._title[end] == self._title[start]

    def only_place(self, start: int, end: int) -> bool:
        """Whether a stretch is one division's name."""
        place = self._place_start.get(start)
        return place is not None and place.end == end

    def place_ending_at(self, position: int) -> Place | None:
        return self._place_end.get(position)

    def place_starting_at(self, position: int) -> Place | None:
        return self._place_start.get(position)

    def place_covering(self, position: int) -> bool:
        return bool(self._places[position])


def _automaton(words: Iterable[tuple[str, tuple[str, str]]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, value in words:
        automaton.add_word(word, value)
    automaton.make_automaton()
    return automaton


def _classes(sections: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    """等企业, 等一批“好大高”项目, 等“五大工业平台”: one named group a type."""
    groups = (f"(?P<{kind}>{'|'.join(sorted(words, key=len, reverse=True))})" for kind, words in sections.items())
    return re.compile(rf"等(?:一批|一大批|多个|多家|[\d一二三四五六七八九十]+[家个大])?(?:“[^”]{{1,6}}”|“?[一二三四五六七八九十]大)?(?:{'|'.join(groups)})(?=[^\u4e00-\u9fff]|[为相正的已建在陆纷])")


def _longest(automaton: ahocorasick.Automaton, text: str) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """For each end the longest word that ends there, unless a longer one goes on over it."""
    best: dict[int, tuple[int, tuple[str, str]]] = {}
    for last, value in automaton.iter(text):
        start = last + 1 - len(value[0])
        if last + 1 not in best or start < best[last + 1][0]:
            best[last + 1] = (start, value)
    for end, (start, value) in sorted(best.items()):
        if not any(s <= start and e > end for e, (s, _) in best.items() if end < e <= end + 12 and s <= start):
            yield start, end, value


def _splitter(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r"|\d+|[一二三四五六七八九十百千万亿多余第]")
