"""Names with a telling last word (…有限公司, …项目, …开发区, …大会, …局): found whole, to their left end.

The words of LAC say how far a name can reach; lexicons/names.txt says which words never belong to
one, lexicons/heads.txt which words end one and of what type, lexicons/bodies.txt which bodies every
division has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ahocorasick

from kg.annotate.lac import Token
from kg.annotate.places import Place
from kg.lexicon import load_lexicon

DEICTIC = "县市省区州旗盟镇乡"
_STOP_TAGS = frozenset({"p", "u", "r", "xc", "d", "f", "c"})
_EVENT_STOP_TAGS = frozenset({"p", "u", "r", "xc", "f"})
_OPEN, _CLOSE = "“（《", "”）》"
_LONGEST = {"Event": 44, "Project": 36, "Company": 30, "Organization": 32, "Park": 26}
_QUANTITY = re.compile(r"^[约近超逾]?[\d一二两三四五六七八九十百千万亿几数多余]+(?:\.\d+)?(?:余|多)?(?:个|家|项|座|条|批|场|次|处|宗|大|名|位|亿元|万元|元)")
_LEADING = re.compile(
    r"^(?:(?:19|20)\d\d年(?!第|度|.{0,4}季度)(?=[^\d]{0,3}(?:县|市|省|区|开工|新建))|[、，。；：\-—·和与及等的了将各该本]+)"
)
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_PER_BREAK = frozenset({"PER"})


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
        self._weak = frozenset(heads.pop("weak", ()))
        self._stop = frozenset(names["stop"])
        self._event_stop = frozenset(names["event-stop"])
        self._keep = frozenset(names["keep"])
        self._generic = _splitter(names["generic"])
        self._heads = _automaton((word, (word, kind)) for kind, words in heads.items() for word in words)
        self._seats = frozenset(bodies["seats"])
        self._party = frozenset(bodies["party"])
        stems = {*bodies["seats"], *bodies["party"], *bodies["departments"]}
        stems |= {f"委{word}" for word in (*bodies["party"], "办公室", "办")}
        stems |= {f"政府{word}" for word in ("办公室",)}
        self._bodies = _automaton((word, (word, "Organization")) for word in stems)

    def find(self, text: str, tokens: Sequence[Token], places: Sequence[Place]) -> list[Name]:
        """Names in a text, longest first where they overlap, in order of their start.

        Args:
            text: The text the offsets of tokens and places speak of.
            tokens: LAC's words, in order.
            places: Names of divisions, in order.
        """
        grid = _Grid(text, tokens, places)
        found = [*self._body_names(grid), *self._head_names(grid)]
        found.sort(key=lambda n: (n.start - n.end, -n.score, n.start))
        taken = bytearray(len(text))
        kept = []
        for name in found:
            if not any(taken[name.start : name.end]):
                taken[name.start : name.end] = b"\1" * (name.end - name.start)
                kept.append(name)
        return sorted(kept, key=lambda n: n.start)

    def _body_names(self, grid: _Grid) -> Iterator[Name]:
        """县农业农村局, 松阳县人民政府, 中共崇义县委: a division (or 县, 市 …) and a body that all have."""
        for start, end, (stem, _) in _longest(self._bodies, grid.text):
            if grid.breaks_token(end) and grid.tag_at(end - 1) not in ("ORG", "LOC") and stem not in self._seats:
                continue
            left = self._division_before(grid, start)
            if left is None:
                continue
            if stem in ("委", "党委") and grid.text[end : end + 1] in "员托派会办":
                continue
            yield Name(left, end, "Organization", "body", 0.95)

    def _division_before(self, grid: _Grid, position: int) -> int | None:
        text = grid.text
        place = grid.place_ending_at(position)
        if place is not None:
            left = place.start
            while (outer := grid.place_ending_at(left)) is not None:
                left = outer.start
        elif position and text[position - 1] in DEICTIC:
            left = position - 1
            if left and text[left - 1] in "全我本各该每多跨":
                return None
            if left and grid.inside_word(left) and not grid.tag_at(left) == "ORG":
                return None
        else:
            return None
        return left - 2 if text[max(0, left - 2) : left] == "中共" else left

    def _head_names(self, grid: _Grid) -> Iterator[Name]:
        for start, end, (head, kind) in _longest(self._heads, grid.text):
            if grid.breaks_token(end):
                continue
            left = self._walk(grid, start, kind)
            left = self._trimmed(grid, left, start, kind)
            if left is None or left >= end or end - left > _LONGEST[kind]:
                continue
            core = grid.text[left:start]
            if not self._tells(core, head, grid, left, start):
                continue
            score = 0.9 if grid.place_starting_at(left) else 0.75
            yield Name(left, end, kind, f"head:{head}", score)

    def _walk(self, grid: _Grid, start: int, kind: str) -> int:
        """The leftmost position a name that goes on to the right of ``start`` can begin at."""
        event = kind == "Event"
        stop = self._event_stop if event else self._stop
        stop_tags = _EVENT_STOP_TAGS if event else _STOP_TAGS
        left = start
        while left > 0:
            token = grid.token_before(left)
            if token is None:
                break
            word = grid.text[token.start : left]
            whole = token.end == left or token.start < left
            if token.tag == "w" or not word.strip():
                inner = self._bracketed(grid, left)
                if inner is not None:
                    left = inner
                    continue
                if word in "-—－·" and left < start:
                    left = token.start
                    continue
                break
            if token.tag == "PER" and kind != "Event" and not grid.place_covering(token.start):
                break
            if word in self._keep or (event and token.tag == "d"):
                left = token.start
                continue
            if token.tag in stop_tags and not (event and word in ("暨", "和", "及", "与")):
                if not self._joins(grid, token, left, kind):
                    break
            if word in stop and token.tag not in ("vn", "nz", "LOC", "ORG"):
                break
            if token.tag == "TIME" and not (event or kind == "Project") :
                break
            if token.tag == "TIME" and not _YEAR.match(word) and "季度" not in word:
                break
            if token.tag == "v" and not event and word in stop:
                break
            left = token.start
            if not whole:
                break
        return left

    def _joins(self, grid: _Grid, token: Token, left: int, kind: str) -> bool:
        """和 / 与 inside a name: 福清市与彭阳县…会议, 中国科学院…与…研究所 are rare; bodies come from the lexicon."""
        word = grid.text[token.start : token.end]
        if kind == "Event" and word in ("暨", "和", "与", "及"):
            return True
        if kind in ("Project", "Park") and word in ("至", "—", "－"):
            return True
        return False

    def _bracketed(self, grid: _Grid, left: int) -> int | None:
        """A short bracketed or quoted stretch that belongs to the name: （扩大）, “西拓”, （浙江）."""
        text = grid.text
        if text[left - 1] not in _CLOSE:
            return None
        opening = text.rfind(_OPEN[_CLOSE.index(text[left - 1])], max(0, left - 14), left)
        if opening <= 0 or re.search("[，。；：、]", text[opening:left]):
            return None
        return opening

    def _trimmed(self, grid: _Grid, left: int, start: int, kind: str) -> int | None:
        """Takes leading verbs, numbers and joints off a candidate."""
        text = grid.text
        while left < start:
            core = text[left:start]
            quantity = _QUANTITY.match(core)
            if quantity and kind != "Event":
                left += quantity.end()
                continue
            leading = _LEADING.match(core)
            if leading and leading.end():
                left += leading.end()
                continue
            token = grid.token_at(left)
            if token is None or token.end > start:
                break
            word = text[left : token.end]
            if word in self._keep:
                break
            following = grid.token_at(token.end)
            if kind != "Event" and token.tag in ("v", "d", "ad", "vd", "p", "c", "u", "r", "f", "xc"):
                left = token.end
            elif kind == "Event" and (word in self._event_stop or token.tag in ("p", "u", "r", "xc")):
                left = token.end
            elif word in self._stop and token.tag not in ("LOC", "ORG", "PER", "nz") and following is not None and kind != "Event":
                left = token.end
            elif token.tag == "TIME" and not _YEAR.match(word):
                left = token.end
            else:
                break
        return left

    def _tells(self, core: str, head: str, grid: _Grid, left: int, start: int) -> bool:
        """Whether a name says which one it is: 重点项目 does not, 第三水厂工程 does."""
        bare = re.sub(r"[“”（）《》\-—·、]", "", core)
        if bare in ("", "全县", "全市", "全省", "我县", "本县"):
            return False
        if not self._generic.sub("", bare):
            return False
        if len(bare) == 1:
            return False
        if head in self._weak:
            placed = grid.place_starting_at(left) is not None
            return placed or core[0] in DEICTIC or "“" in core or grid.tag_at(left) in ("ORG", "LOC", "nz", "PER")
        return True


class _Grid:
    """The words and places of a text, by position."""

    def __init__(self, text: str, tokens: Sequence[Token], places: Sequence[Place]) -> None:
        self.text = text
        self._tokens = tokens
        self._at = [-1] * (len(text) + 1)
        for number, token in enumerate(tokens):
            for position in range(token.start, token.end):
                self._at[position] = number
        self._place_end = {p.end: p for p in places}
        self._place_start = {p.start: p for p in places}
        self._places = places

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

    inside_word = breaks_token

    def place_ending_at(self, position: int) -> Place | None:
        return self._place_end.get(position)

    def place_starting_at(self, position: int) -> Place | None:
        return self._place_start.get(position)

    def place_covering(self, position: int) -> bool:
        return any(p.start <= position < p.end for p in self._places)


def _automaton(words: Iterator[tuple[str, tuple[str, str]]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, value in words:
        automaton.add_word(word, value)
    automaton.make_automaton()
    return automaton


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
