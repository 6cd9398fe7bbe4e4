"""How far a name reaches to the left of its last word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.annotate.grid import NAME_TAGS, Grid
from kg.annotate.lac import Token

_STOP_TAGS = frozenset({"p", "u", "r", "xc", "d", "f", "c"})
_LOOSE_TAGS = _STOP_TAGS | {"v", "ad", "vd"}
_EVENT_STOP_TAGS = frozenset({"p", "u", "r", "xc", "f"})
_JOINTS = frozenset({"暨", "和", "与", "及"})
_DASHES = "-—－·×"
_OPEN, _CLOSE = "“（《", "”）》"
_MEASURES = "份|个|家|项|座|条|批|场|次|处|宗|大|名|位|栋|幢|套|台|辆|间|亿元|万元|元|吨的|多"
_QUANTITY = re.compile(
    rf"[约近超逾]?[\d一二两三四五六七八九十百千万亿几数多余]+(?:\.\d+)?[余多]?(?:{_MEASURES})"
)
_LEADING = re.compile(
    r"[甲乙丙]方|(?:施工|建设|监理|设计|承建|业主|参建|责任)?单位(?=..)|施工方|承建方|总包方|\d+余?亩|[、，。；：\-—·和与及等的了将各该本]+|以及|此次|本次|首届(?=全)"
)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日)?(?!份)|\d{1,2}日")
_CLOCK = re.compile(
    r"[上下中]午|早上|晚上|凌晨|今[天日年]|昨[天日]|明[天年]|近日|日前|当[天日]|\d[日时]|月[底初]|年[底初中]|目前|去年|前年|期间|时候"
)
_NEW_BODY = re.compile(r".*[和与及、](?=[县市区镇乡省旗](?![场区域民政]))")
_NEW_EVENT = re.compile(
    r".*[和与及](?=全[省市县区国]|[省市县区]委|[省市县区]第|第[一二三四五六七八九十]+[届次])"
)
_OWNERS = {
    "Company": re.compile(
        r".*人民政府|.*(?:旗下|下属)(?=.{2})|.*(?:政府|管委会|管理委员会|委员会)[和与及、]|.*(?:世界|中国|全国)(?:民营企业)?\d+强(?:企业)?|.*(?:(?:有限责任|有限|集团|分|总)公司|集团|合作社|银行)[和与及、]|.*上市公司|.*(?:开发区|集聚区|高新区)(?=.{5})|.*(?:控股|收购|参股|入股)(?=.{2,3}[县市区])|.*(?:全资|控股|下属|旗下)*子公司|.*企业(?=[^业])"
    ),
    "Park": re.compile(r".*(?:园区|开发区|高新区|产业园|集聚区|片区|分区)[和与及、]"),
    "Project": re.compile(
        r".*(?:控制性|标志性|重点|关键性?|先导)(?:工程|项目)(?=.)|.*(?:公司|集团|局)(?=..)(?!部)"
    ),
}
_BODY_START = re.compile(r"[县市省区旗](?:委|政府|人大|政协|第[一二三四五六七八九十])|全[县市省区旗]")
_FIRM = re.compile(r"公司(?!产|[部名])")
_CLAUSE = re.compile(r"[，。；：、“”（）的了在将为于由]|投资|承建|建设的|签约|签订|计划|董事|总经理|负责")
_WORKS = frozenset({"升级", "改造", "提升", "建设", "修复", "加固", "整治", "改建", "扩建", "修缮", "治理"})
_STAFF = ("领导小组", "指挥部", "工作专班")
_ENDS_THING = re.compile(
    r"(?:公司|局|委|项目|工程|[区县市镇乡村省]|会|院|校|厂|站|园|部|城|中心|政府|们|企业|单位|群众|干部|基地|厅|厦|路|桥|办|集团|银行)$"
)
_WATER = re.compile(r"[引抽输调治][^进导入领用荐来配研送出理]")


class Reach:
    """Walks from the last word of a name to its first; holds the words that end the way."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._stop = frozenset(names["stop"])
        self._event_stop = frozenset(names["event-stop"])
        self._keep = frozenset(names["keep"])

    def left(self, grid: Grid, start: int, kind: str) -> int:
        """Where a name of a type begins whose last word begins at ``start``."""
        left = self._trimmed(grid, self._walk(grid, start, kind), start, kind)
        return self._after_owner(grid, left, start) if kind == "Project" else left

    def _after_owner(self, grid: Grid, left: int, start: int) -> int:
        """A project's name goes back to the firm before it (…有限公司圆织生产线升级项目) or to its quotation mark."""
        text = grid.text
        opening = text.rfind("“", max(0, start - 34), start)
        if (
            opening >= 0
            and text.find("”", start, start + 12) > 0
            and not _CLAUSE.search(text, opening + 1, start)
        ):
            return min(left, opening + 1)
        owners = [m.end() for m in _FIRM.finditer(text, max(0, start - 46), start)]
        if owners and owners[-1] < left and not _CLAUSE.search(text, owners[-1], start):
            return owners[-1]
        return left

    def _walk(self, grid: Grid, start: int, kind: str) -> int:
        """The leftmost position a name that goes on to the right of ``start`` can begin at."""
        left = start
        while left > 0:
            token = grid.token_before(left)
            if token is None:
                break
            word = grid.text[token.start : left]
            pair = grid.text[max(0, left - 2) : left]
            if len(word) == 1 and pair in self._keep and not grid.breaks_token(left - 2):
                left -= 2  # 续建, which the tagger cuts in two
                continue
            if token.tag == "w" or not word.strip():
                bracketed = self._bracketed(grid, left, 44 if kind == "Event" else 14)
                if bracketed is not None:
                    left = bracketed
                elif (word in _DASHES and left < start and grid.text[left - 2 : left] != "——") or (
                    word == "、" and kind == "Event" and self._places_meet(grid, left)
                ):
                    left = token.start
                else:
                    break
                continue
            if self._ends_name(grid, token, word, left, start, kind):
                joined = self._beyond_joint(grid, token, start, kind)
                if joined is None:
                    break
                left = joined
                continue
            left = token.start
        return left

    def _beyond_joint(self, grid: Grid, token: Token, start: int, kind: str) -> int | None:
        """Where a name begins that a 和 is part of (某公司养殖及饲料厂项目), or None when the 和 joins two things."""
        if kind not in ("Project", "Organization") or grid.text[token.start : token.end] not in (
            "和",
            "与",
            "及",
        ):
            return None
        before = grid.token_before(token.start)
        if before is None or before.tag not in ("n", "vn", "nz") or before.end - before.start < 2:
            return None
        if _ENDS_THING.search(grid.text, before.start, before.end) or token.start == 0:
            return None
        left = self._walk(grid, token.start, kind)
        named = grid.place_starting_at(left) is not None or grid.tag_at(left) in NAME_TAGS
        owned = _FIRM.search(grid.text, max(0, left - 4), left) is not None
        return left if left < before.start and (named or owned) else None

    def _places_meet(self, grid: Grid, position: int) -> bool:
        """甲市、乙县合作…仪式: whether divisions stand on both sides of a 、."""
        return grid.place_ending_at(position - 1) is not None and grid.place_starting_at(position) is not None

    def _ends_name(self, grid: Grid, token: Token, word: str, left: int, start: int, kind: str) -> bool:
        """Whether a word cannot belong to a name that goes on to its right."""
        event = kind == "Event"
        if word in self._keep or (len(word) == 4 and word[2:] in self._keep):
            return False
        if token.tag == "TIME":
            return not (event or kind == "Project") or bool(_CLOCK.search(word)) or (word in self._stop)
        if token.tag == "PER":
            brand = kind in ("Project", "Company") and len(word) == 2 and self._after_stop(grid, token)
            return (event or left != start) and not grid.place_covering(token.start) and not brand
        if event:
            if word in _JOINTS or grid.text[left : left + 1] == "暨":
                return False
            return token.tag in _EVENT_STOP_TAGS or (word in self._event_stop and token.tag not in NAME_TAGS)
        if (
            word == "至"
            and kind == "Project"
            and (grid.place_ending_at(token.start) or grid.tag_at(token.start - 1) == "LOC")
        ):
            return False
        if token.tag in _STOP_TAGS or (kind != "Organization" and grid.title_ends(token.start, left)):
            return True
        if grid.place_covering(token.start):
            return False
        if token.tag == "v" and token.end - token.start > 3 and kind in ("Organization", "Company"):
            return False  # no verb is so long: the tagger met an unknown name
        if token.tag == "v" and (left != start or kind == "Organization") and not _WATER.fullmatch(word):
            staff = left == start and grid.text.startswith(_STAFF, start)
            return not staff and (word in self._stop or not self._follows_name(grid, token))
        if word in self._stop and token.tag not in NAME_TAGS:
            # 新车间建设项目, but 建设高端轴承项目: a verb that is a noun here stands right before the head.
            return left != start or not (token.tag == "vn" or word in _WORKS)
        return False

    def _after_stop(self, grid: Grid, token: Token) -> bool:
        """Whether a verb of building or a 的 stands before a word: then it is a brand, not a person."""
        before = grid.token_before(token.start)
        word = grid.text[before.start : before.end] if before is not None else ""
        return word == "的" or word in self._stop

    def _follows_name(self, grid: Grid, token: Token) -> bool:
        """Whether a word that LAC takes for a verb may be part of a name: 彭阳|融盛|针织项目, 共建|重载|齿轮实验室."""
        before = grid.token_before(token.start)
        if before is None or token.end - token.start != 2:
            return False
        word = grid.text[before.start : before.end]
        return grid.place_covering(before.start) or word in self._stop

    def _bracketed(self, grid: Grid, left: int, longest: int) -> int | None:
        """A short bracketed or quoted stretch that belongs to the name: （扩大）, “西拓”, （浙江）."""
        text = grid.text
        if text[left - 1] not in _CLOSE:
            return None
        quoted = longest > 14 and text[left - 1] == "”"
        since = left - longest if quoted else left - 14
        opening = text.rfind(_OPEN[_CLOSE.index(text[left - 1])], max(0, since), left)
        inner = "[。；\n]" if quoted else "[，。；：、]"
        if opening < 0 or re.search(inner + "|^（[一二三四五六七八九十\\d]+）$", text[opening:left]):
            return None
        return opening

    def _trimmed(self, grid: Grid, left: int, start: int, kind: str) -> int:
        """Takes leading verbs, numbers, dates and joints off a candidate."""
        text = grid.text
        event = kind == "Event"
        for cut in (_NEW_EVENT if event else _NEW_BODY, _OWNERS.get(kind)):
            split = cut.match(text, left, start) if cut else None
            # 永和县 holds no 和 that joins.
            if split and not grid.place_covering(split.end() - 1):
                left = split.end()
        left = self._after_verb(grid, left, start)
        if not event:
            for position in range(start - 1, left, -1):
                # 化德县和国草园集团 are two.
                if (
                    text[position] in "和与及"
                    and grid.place_ending_at(position)
                    and not grid.place_covering(position)
                ):
                    left = position + 1
                    break
        if left and text[left - 1] in "该本我" and text[left] in "行县市镇乡局院校村区厂社":
            left += 1
        if (
            text.startswith(("县“", "市“", "区“", "乡“", "镇“", "村“"), left)
            and text[left - 1 : left] in "该本我这"
        ):
            left += 1
        if kind == "Company" and text.startswith("公司", start):
            left = self._after_township(grid, left, start)
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
            if word in self._keep or token.tag in NAME_TAGS or _WATER.fullmatch(word):
                break
            if token.tag == "v" and len(word) > 3 and kind in ("Organization", "Company"):
                break
            loose = token.tag in (_EVENT_STOP_TAGS if event else _LOOSE_TAGS)
            if loose or (word in (self._event_stop if event else self._stop)) or _CLOCK.fullmatch(word):
                left = token.end
            else:
                break
        return left

    def _after_township(self, grid: Grid, left: int, start: int) -> int:
        """上湾乡神龙公司 is 神龙公司 of 上湾乡."""
        place = grid.place_starting_at(left)
        inner = place is not None and place.full and place.end < start - 1 and place.name[-1] in "镇乡村"
        return place.end if place is not None and inner else left

    def _after_verb(self, grid: Grid, left: int, start: int) -> int:
        """A verb right before a place or a body's 县, 市 … cannot belong to the name after it."""
        token = grid.token_at(left)
        while token is not None and token.end < start:
            begins = grid.place_starting_at(token.end) is not None or _BODY_START.match(grid.text, token.end)
            word = grid.text[token.start : token.end]
            if (
                begins
                and token.tag in ("v", "vd", "p", "d")
                and token.start >= left
                and word not in "暨和与及至"
            ):
                left = token.end
            token = grid.token_at(token.end)
        return left
