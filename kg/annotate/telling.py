"""Whether a name says which one it is: 重点项目 does not, 北城水厂工程 does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.annotate.grid import NAME_TAGS, Grid
from kg.annotated import DEICTIC

_RANK = re.compile(r"(?:[省市县]|国家)级$")
_WHOLE = re.compile(r"全[省市县区旗州]")
_NOT_DEICTIC = (
    "乡镇",
    "乡村",
    "市民",
    "市场",
    "县域",
    "区域",
    "省市",
    "市县",
    "区块",
    "省级",
    "市级",
    "县级",
    "区级",
    "州县",
    "镇村",
    "镇级",
    "省内",
    "县内",
    "市内",
)
_COUNTED = re.compile(
    r"^\d+次|^[一二三四五六七八九十\d]+次$|[\d二三四五六七八九十两]大$|[一二两三四五六七八九十\d]+个"
)
_MANY = re.compile(r"(?:引进|招引|引来|一批|更多|各类|等|系列|储备|谋划|盯引|优选)[的了]?$")
_IN_PARKS = re.compile(r"开发区|园区|集聚区|产业园|工业园|高新区|物流园")
_OUTPUT = re.compile(r"(?:年|日)(?:产|处理|加工)|\d")
_MADE = re.compile(r"(?:新建|建设|兴建|投建|上马)$")
_TRADE = re.compile(r"工业|产业|物流|高新|开发区|园区")
_ZONE = re.compile(r"(?:开发区|园区|高新区|经开区|集聚区|产业园|度假区|工业园)$")
_MARKS = re.compile(r"[“”（）《》\-—·、]")
_PHASES = ("一期", "二期", "三期")
_RECENT = re.compile(
    r"第一家|首家|[一两三四五]家|^我[校院]$|[几近多]年$|之一$|\d(?:米|公里|亩|平方米|平方公里)$"
)
_HONOURS = frozenset({"示范区", "示范园", "试验区", "示范园区", "教育基地", "实践基地"})
_AWARDED = re.compile(
    r"(?:确定为|列为|列入|评为|评选为|命名为|授予|入选|获评|创建|争创|成为|认定为|批准为|荣获)[^，。；]{0,12}$"
)
_CLASS = re.compile(r"(?:产业|制造业|服务业|经济|实体|以上|型|类|性|级|等)$")


class Telling:
    """Tells names from general words; holds the words that tell nothing."""

    def __init__(self, generic: Sequence[str], weak: Sequence[str]) -> None:
        words = "|".join(sorted(map(re.escape, generic), key=len, reverse=True))
        self._generic = re.compile(words + r"|\d+|[一二三四五六七八九十百千万亿多余第]")
        self._weak = frozenset(weak)

    def rest(self, core: str) -> str:
        """What is left of a stretch without the words that tell nothing."""
        return self._generic.sub("", core)

    def is_thing(self, grid: Grid, start: int, end: int) -> bool:
        """Whether a stretch without a telling last word looks like a name: 天元制动, not 茶叶 or 不锈钢."""
        shortest = 2 if grid.tag_at(start) == "ORG" else 3
        fits = shortest <= end - start <= 14 and not grid.only_place(start, end)
        if not fits or not self.rest(grid.text[start:end]):
            return False
        tags = {grid.tag_at(i) for i in range(start, end)}
        return bool(tags & NAME_TAGS) or grid.place_starting_at(start) is not None

    def tells(self, grid: Grid, left: int, start: int, head: str, kind: str) -> bool:
        """Whether a name tells which one it is.

        Args:
            grid: The text.
            left: Where the name begins.
            start: Where its last word begins.
            head: The last word.
            kind: The type.
        """
        core = grid.text[left:start]
        bare = _MARKS.sub("", core)
        if _RANK.search(grid.text, max(0, left - 3), left):
            return False
        deictic = core[:1] in tuple(DEICTIC) and not core.startswith(_NOT_DEICTIC)
        placed = grid.place_starting_at(left) is not None or deictic
        if kind == "Event" and len(core) > 5 and (deictic or _WHOLE.match(core) or _IN_PARKS.match(core)):
            return True
        if kind == "Company" and core.endswith(("核心", "下属", "旗下")):
            return False
        if core.endswith("副") or _RECENT.search(core):
            return False
        if head in _HONOURS and _AWARDED.search(grid.text, max(0, left - 16), left):
            return False
        if head == "局" and re.search(r"[一二三四五六七八九十]$", core):
            return False
        if head in ("小镇", "综合体") and grid.text[left - 1 : left] == "“":
            return False
        if _COUNTED.search(core) or (head in _PHASES and core.endswith("第")):
            return False
        if head in ("片区", "组团", "分区") and not (_TRADE.search(core) or _IN_PARKS.search(grid.text)):
            return False
        # 医疗卫生“山海”提升工程 is a programme; a place or a park before the quotation makes a work of it.
        if head == "工程" and "“" in core and not placed and not _ZONE.search(core[: core.index("“")]):
            return False
        if kind == "Company" and head in ("工厂", "公司", "集团", "厂") and grid.only_place(left, start):
            return False
        if placed and kind in ("Park", "Organization", "Company") and len(head) > 2 + (kind == "Company"):
            return True
        if head == "管委会" and _ZONE.search(core):
            return True
        if len(bare) < 2 or bare in ("全县", "全市", "全省", "全区", "我县", "本县", "全旗"):
            return False
        position = left
        while (place := grid.place_starting_at(position)) is not None and place.end <= start:
            position = place.end
        if kind == "Project" and position > left and head in ("项目", "工程"):
            beyond = _MARKS.sub("", grid.text[position:start])
            if not self.rest(beyond) or len(beyond) < 2:
                return False
        outside = _MARKS.sub("", re.sub("“[^”]*”", "", core))
        rest = self.rest(bare)
        numbered = head in _PHASES or bare.endswith(_PHASES)
        if not rest and not (numbered and len(bare) > 4):
            return False
        # A name all in quotes is a slogan (“煤改气”工程) unless it is an event's.
        if core.startswith("“") and not self.rest(outside) and kind != "Event":
            return False
        named = placed or grid.tag_at(left) in ("ORG", "LOC", "nz", "PER")
        if head in self._weak:
            made = (
                head == "生产线" and len(bare) >= 4 and bool(_MADE.search(grid.text, max(0, left - 3), left))
            )
            return named or made or bool(_OUTPUT.match(core))
        if kind == "Event":
            if grid.text[left - 1 : left] == "、" and not placed:
                return False
            return (
                placed
                or len(bare) + len(head) >= 7
                or bool(re.search(r"第?[\d一二三四五六七八九十]+[届次]|(?:19|20)\d\d|“", core))
            )
        if kind == "Project" and head == "项目" and not named:
            return (
                len(rest) >= 2
                and not _CLASS.search(bare)
                and not _MANY.search(grid.text, max(0, left - 6), left)
            )
        return True
