"""How far a name reaches to the left of its last word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.annotate.grid import NAME_TAGS, Grid
from kg.annotate.lac import Token
from kg.annotate.trim import Trim
from kg.wording import Wording

_STOP_TAGS = frozenset({"p", "u", "r", "xc", "d", "f", "c"})
_EVENT_STOP_TAGS = frozenset({"p", "u", "r", "xc", "f"})
_LOOSE_FIRST = frozenset({"v", "vd", "d", "p", "c", "r", "u", "f", "ad", "m", "TIME", "xc"})
_JOINTS = frozenset({"暨", "和", "与", "及"})
_DASHES = "-—－·×"
_OPEN, _CLOSE = "“（《", "”）》"


class Reach:
    """Walks from the last word of a name to its first.

    Args:
        names: Sections of lexicons/names.txt, the words that end the way.
        words: Wording of the reach of names.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], words: Wording) -> None:
        self._stop = frozenset(names["stop"])
        self._event_stop = frozenset(names["event-stop"])
        self._keep = frozenset(names["keep"])
        self._words = words
        self._clock = words["clock"]
        self._clause = words["clause"]
        self._firm = words["firm"]
        self._theme = words["part of an event"]
        self._water = words["water"]
        self._begins_name = re.compile(f"{words['numbered'].pattern}|{words['zone word'].pattern}")
        self._output = words["output"]
        self._works = frozenset(words.words("works"))
        self._trim = Trim(names, words)

    def left(self, grid: Grid, start: int, kind: str) -> int:
        """Where a name of a type begins whose last word begins at ``start``."""
        left = self._trim.trimmed(grid, self._walk(grid, start, kind), start, kind)
        if kind in ("Project", "Park", "Company"):
            word = self._words["listed word"].search(grid.text, max(0, left - 2), left)
            left = word.start() if word and left < start else left
        if kind in ("Project", "Park"):
            left = self._item(grid, left, start)
        if kind == "Park":
            return self._shared(grid, left)
        return self._after_owner(grid, left, start) if kind == "Project" else left

    def _item(self, grid: Grid, left: int, start: int) -> int:
        """Where the item of a list begins that a name ends: 甲项目、|鑫某新材料收|储运一体化项目、乙项目."""
        item = self._words["item"].search(grid.text, max(0, start - 24), start) if left < start else None
        if item is None or item.start() >= left:
            return left
        first = grid.token_at(item.start())
        if first is None or grid.breaks_token(item.start()):
            return left
        if first.tag in _LOOSE_FIRST or grid.text[first.start : first.end] in self._stop:
            return left
        place = grid.place_starting_at(item.start())
        owned = self._words["owned"].search(grid.text, item.start(), left) is not None
        if owned or (place is not None and place.end >= left):
            return left
        before = self._words["work before"].search(grid.text, max(0, item.start() - 12), item.start() - 1)
        return item.start() if before else left

    def stops(self, word: str) -> bool:
        """Whether a word ends the way to the left."""
        return word in self._stop

    def _shared(self, grid: Grid, left: int) -> int:
        """Where 粤黔协作共建产业园 begins, the verb of whose founders ends the way elsewhere."""
        verb = self._words["shared"].search(grid.text, max(0, left - 4), left)
        if verb is None:
            return left
        provinces = self._words["two provinces"].search(grid.text, max(0, verb.start() - 5), verb.start())
        if provinces:
            return provinces.start()
        place, begin = grid.place_ending_at(verb.start()), left
        while place is not None:
            begin = place.start
            place = grid.place_ending_at(begin)
        return begin

    def _after_owner(self, grid: Grid, left: int, start: int) -> int:
        """A project's name goes back to the firm before it (…有限公司圆织生产线升级项目) or to its quotation mark."""
        text = grid.text
        opening = text.rfind("“", max(0, start - 34), start)
        if (
            opening >= 0
            and text.find("”", start, start + 12) > 0
            and not self._clause.search(text, opening + 1, start)
        ):
            return min(left, opening + 1)
        owners = [m.end() for m in self._firm.finditer(text, max(0, start - 46), start)]
        if owners and owners[-1] < left and not self._clause.search(text, owners[-1], start):
            return left if self._acts(grid, owners[-1], left) else owners[-1]
        return left

    def _acts(self, grid: Grid, start: int, end: int) -> bool:
        """Whether a stretch holds a verb that ends names: 某公司出资1.2亿元实施…工程."""
        position = start
        while position < end and (token := grid.token_at(position)) is not None:
            if token.tag in ("v", "p", "d") and grid.text[position : token.end] in self._stop:
                return True
            position = token.end
        return False

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
                elif (
                    (word in _DASHES and left < start and grid.text[left - 2 : left] != "——")
                    or (word == "、" and kind == "Event" and self._places_meet(grid, left))
                    or (word == "/" and kind == "Project" and grid.text[left : left + 1].isdigit())
                ):
                    left = token.start
                else:
                    break
                continue
            if self._ends_name(grid, token, word, left, start, kind):
                joined = self._beyond_joint(grid, token, start, kind)
                if joined is None:
                    joined = self._with_output(grid, left, start)
                if joined is None:
                    break
                left = joined
                continue
            left = token.start
        return left

    def _beyond_joint(self, grid: Grid, token: Token, start: int, kind: str) -> int | None:
        """Where a name begins that a 和 is part of (某公司养殖及饲料厂项目), or None when the 和 joins two things."""
        if kind not in ("Project", "Organization", "Park") or grid.text[token.start : token.end] not in (
            "和",
            "与",
            "及",
        ):
            return None
        before = grid.token_before(token.start)
        if before is None or before.tag not in ("n", "vn", "nz"):
            return None
        with_its_own = self._words["comes with"].match(grid.text, token.end) is not None
        if token.start == 0 or (
            (
                before.end - before.start < 2
                or self._words["ends a thing"].search(grid.text, before.start, before.end)
            )
            and not with_its_own
        ):
            return None
        left = self._walk(grid, token.start, kind)
        named = grid.place_starting_at(left) is not None or grid.tag_at(left) in NAME_TAGS
        owned = self._firm.search(grid.text, max(0, left - 4), left) is not None
        makes = self._output.match(grid.text, left) is not None
        heads = self._words["numbered line"].search(grid.text, max(0, left - 6), left) is not None
        return left if left < before.start and (named or owned or makes or heads) else None

    def _with_output(self, grid: Grid, left: int, start: int) -> int | None:
        """Where 日处理400吨鲜奶的 begins, which a project's name goes on after."""
        if not grid.text.startswith(self._words.words("made by output"), start):
            return None
        if grid.text[left].isdigit() and (
            makes := self._words["makes"].search(grid.text, max(0, left - 4), left)
        ):
            return makes.start()
        output = self._output.search(grid.text, max(0, left - 24), left)
        return output.start() if output and output.end() == left else None

    def _places_meet(self, grid: Grid, position: int) -> bool:
        """甲市、乙县合作…仪式: whether divisions stand on both sides of a 、."""
        return grid.place_ending_at(position - 1) is not None and grid.place_starting_at(position) is not None

    def _ends_name(self, grid: Grid, token: Token, word: str, left: int, start: int, kind: str) -> bool:
        """Whether a word cannot belong to a name that goes on to its right."""
        event = kind == "Event"
        if left == start < token.end and len(word) > 2 and token.tag == "f":
            return False  # one long word up to the end of the name: the tagger met an unknown one
        if word in self._keep or (len(word) == 4 and word[2:] in self._keep):
            return False
        if self._begins_name.match(grid.text, token.start):
            return False
        if token.tag == "TIME":
            if self._words["no time"].match(word):
                return False
            return not (event or kind == "Project") or bool(self._clock.search(word)) or (word in self._stop)
        if event and self._theme.match(grid.text, token.start):
            return False
        if token.tag == "PER":
            named = grid.place_ending_at(token.start) or grid.tag_at(token.start - 1) in ("LOC", "nz", "ORG")
            if word[0] == "段" and named:
                return False  # 某铁路松滋段平交道口: a section, not a family name
            if grid.text.startswith(self._words.words("districts"), left) or (
                kind == "Project" and self._words["water body"].search(word)
            ):
                return False
            brand = (
                kind in ("Project", "Company", "Park")
                and len(word) < (3 if kind == "Company" else 7)
                and self._after_stop(grid, token)
            )
            return (event or left != start) and not grid.place_covering(token.start) and not brand
        if event:
            if word in _JOINTS or grid.text[left : left + 1] == "暨":
                return False
            return token.tag in _EVENT_STOP_TAGS or (word in self._event_stop and token.tag not in NAME_TAGS)
        if (
            word == "至"
            and kind == "Project"
            and (grid.place_ending_at(token.start) or grid.tag_at(token.start - 1) in ("LOC", "PER", "nz"))
        ):
            return False
        if grid.only_place(token.start, left):
            return False
        if (token.tag == "v" and self._water.fullmatch(word)) or self._torn(grid, token, left):
            return False
        if token.tag == "f" and kind in ("Project", "Park") and self._words["direction"].fullmatch(word):
            return False
        if kind == "Project" and self._beside_building(grid, token, word):
            return False
        if token.tag == "f" and grid.place_starting_at(token.start) is not None:
            return False  # 上|杭: the short name of a county that the tagger cut in two
        if token.tag in _STOP_TAGS or (kind != "Organization" and grid.title_ends(token.start, left)):
            return True
        if grid.place_covering(token.start):
            return False
        if token.tag == "v" and token.end - token.start > 3 and kind in ("Organization", "Company"):
            return False  # no verb is so long: the tagger met an unknown name
        if word in self._works and self._words["contract"].match(grid.text, left):
            return False
        if (
            kind == "Project"
            and word in self._works
            and self._words["facility"].search(grid.text, max(0, token.start - 2), token.start)
        ):
            return False
        if token.tag == "v" and (left != start or kind == "Organization"):
            staff = left == start and grid.text.startswith(self._words.words("staff"), start)
            return not staff and (word in self._stop or not self._follows_name(grid, token))
        if word in self._stop and token.tag not in NAME_TAGS:
            # 新车间建设项目, but 建设高端轴承项目: a verb that is a noun here stands right before the head.
            return left != start or not (token.tag == "vn" or word in self._works)
        return False

    def _beside_building(self, grid: Grid, token: Token, word: str) -> bool:
        """某中心|南侧|停车场."""
        text, words = grid.text, self._words
        beside = words["side"].fullmatch(word) is not None
        return beside and words["building"].search(text, max(0, token.start - 2), token.start) is not None

    def _torn(self, grid: Grid, token: Token, left: int) -> bool:
        """裙|带|菜: whether the tagger cut an unknown word into single characters."""
        if token.end - token.start > 1:
            return False
        before, after = grid.token_before(token.start), grid.token_at(left)
        if before is None or after is None or before.end - before.start > 1:
            return False
        if before.tag in NAME_TAGS and token.tag in ("a", "v", "n"):
            return True
        return (
            token.tag == "v"
            and grid.text[token.start] not in self._stop
            and after.end - after.start == 1
            and before.tag in ("n", "a")
            and after.tag in ("n", "nz", "a")
        )

    def _after_stop(self, grid: Grid, token: Token) -> bool:
        """Whether a verb of building or a 的 stands before a word: then it is a brand, not a person."""
        before = grid.token_before(token.start)
        word = grid.text[before.start : before.end] if before is not None else ""
        return word == "的" or word in self._stop or before is None or word == "\n"

    def _follows_name(self, grid: Grid, token: Token) -> bool:
        """Whether a word that LAC takes for a verb may be part of a name: 彭阳|融盛|针织项目, 共建|重载|齿轮实验室."""
        before = grid.token_before(token.start)
        place = grid.place_ending_at(token.start)
        if (
            place is not None
            and place.full
            and self._words["no verb"].fullmatch(word := grid.text[token.start : token.end])
        ):
            return word not in self._stop
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
