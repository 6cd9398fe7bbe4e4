"""Names with a telling last word (…有限公司, …项目, …开发区, …大会, …局), found whole to their left end.

lexicons/heads.txt says which words end a name and of what type, lexicons/bodies.txt which bodies every
division has, lexicons/names.txt how far a name reaches and what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import ahocorasick

from kg.annotate.grid import Grid
from kg.annotate.lac import Token
from kg.annotate.lists import Lists
from kg.annotate.reach import Reach
from kg.annotate.telling import Telling
from kg.annotated import DEICTIC, Name, Place
from kg.lexicon import load_lexicon

_LONGEST = {"Event": 44, "Project": 36, "Company": 30, "Organization": 32, "Park": 26}
_TEAM = re.compile(r"(?:联合)?(?:[督巡]察|[督指]导|调研|考察|视察|巡视|检查|工作|督查|代表)[组团]")
_COMMON = frozenset(
    {
        "派出所",
        "财政所",
        "司法所",
        "供电所",
        "卫生院",
        "中心校",
        "办公室",
        "研究室",
        "图书馆",
        "档案馆",
        "文化馆",
        "博物馆",
        "人民医院",
        "中医院",
        "党校",
    }
)
_NOT_A_KIND = re.compile(r"[新社园校景林库地山片]区|[城超门都]市|[乡村城小古]镇")
_JOINT_BODY = re.compile(r"(?:[县市区旗州省镇乡]委|党委|党工委)、(人民政府|政府)(?!工作|部门|办|和|各)")


class NameFinder:
    """Finds organizations, companies, parks, projects and events by their last words."""

    def __init__(self, schemas: Path) -> None:
        lexicons = schemas / "lexicons"
        heads = load_lexicon(lexicons / "heads.txt")
        names = load_lexicon(lexicons / "names.txt")
        bodies = load_lexicon(lexicons / "bodies.txt")
        weak, never = heads.pop("weak"), heads.pop("never")
        self._reach = Reach(names)
        self._telling = Telling(names["generic"], weak)
        self._lists = Lists(load_lexicon(lexicons / "classes.txt"), self._reach, self._telling)
        typed = [(word, kind) for kind, words in heads.items() for word in words]
        self._heads = _automaton([*typed, *((word, "") for word in never)])
        self._seats = frozenset(bodies["seats"])
        self._departments = frozenset(bodies["departments"])
        stems = {word for words in bodies.values() for word in words} | {"政府办公室"}
        stems |= {f"委{word}" for word in (*bodies["party"], "办公室", "办")}
        self._bodies = _automaton((word, "Organization") for word in stems)

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
        grid = Grid(text, tokens, places, titles)
        bodies = {name.end: name for name in self._body_names(grid)}
        found = list(bodies.values())
        found += self._lists.find(grid)
        for name in self._head_names(grid):
            body = bodies.get(name.end)
            if body is None or (name.start > body.start and name.type == "Organization"):
                found.append(name)
        return sorted(longest(found, len(text)), key=lambda n: n.start)

    def _body_names(self, grid: Grid) -> Iterator[Name]:
        """县农业农村局, 某某县人民政府, 中共某某县委: a division (or 县, 市 …) and a body that all have."""
        for start, end, (stem, _) in _longest(self._bodies, grid.text):
            torn = grid.breaks_token(end) and grid.tag_at(end - 1) not in ("ORG", "LOC")
            # 公安局长: the body's last character is the office's first.
            shared = grid.title_at(end - 1)
            if torn and not shared and stem not in self._seats and len(stem) < 5:
                continue
            if grid.inside_title(start, end):
                continue
            left = self._division_before(grid, start)
            if left is None:
                if (
                    len(stem) > 2
                    and (stem in self._departments - _COMMON or stem == "人大常委会")
                    and grid.title_at(end)
                    and not grid.breaks_token(start)
                ):
                    yield Name(start, end, "Organization", "bare-body", 0.7)
                elif (
                    stem in self._departments
                    and len(stem) > 2
                    and grid.text[end : end + 1] == "、" == grid.text[start - 1 : start]
                ):
                    yield Name(start, end, "Organization", "bare-body", 0.6)
                continue
            if stem in self._seats and _TEAM.match(grid.text, end):
                continue
            if stem in ("委", "党委") and grid.text[end : end + 1] in "员托派会办":
                continue
            yield Name(left, end, "Organization", "body", 0.95)
        # 镇党委、政府: the second body is of the same division.
        for joint in _JOINT_BODY.finditer(grid.text):
            yield Name(joint.start(1), joint.end(1), "Organization", "joint", 0.8)

    def _division_before(self, grid: Grid, position: int) -> int | None:
        text = grid.text
        place = grid.place_ending_at(position)
        if place is not None:
            left = place.start
        elif position and text[position - 1] in DEICTIC:
            left = position - 1
            doubled = grid.place_ending_at(left)
            if doubled is not None and doubled.full and doubled.name[-1] == text[left]:
                return doubled.start
            if left and text[left - 1] in "全我本各该每多跨":
                return None
            if left and text[left - 1] == "团" and text[position] == "委":
                return left - 1
            if left and _NOT_A_KIND.fullmatch(text, left - 1, position):
                return None
            if left and grid.breaks_token(left) and grid.tag_at(left) not in ("ORG", "LOC"):
                return None
        else:
            return None
        return left - 2 if text[max(0, left - 2) : left] == "中共" else left

    def _head_names(self, grid: Grid) -> Iterator[Name]:
        text = grid.text
        for start, end, (head, kind) in _longest(self._heads, text):
            if not kind:
                continue
            torn = grid.breaks_token(end) and not grid.title_at(end) and text[end] not in "和与及、"
            if torn and not head.endswith("有限公司") and head != "有限责任公司":
                continue
            if head == "项目" and grid.title_covers(start, end):
                continue
            if kind == "Organization" and grid.inside_title(start, end):
                continue
            left = self._reach.left(grid, start, kind)
            stop = end
            if left and text[left - 1] == "“" and text[end : end + 1] == "”" and kind == "Event":
                left, stop = left - 1, end + 1
                left = self._reach.left(grid, left, kind)
            if left >= end or end - left > _LONGEST[kind]:
                continue
            if head in ("管委会", "党工委") and left == start and not grid.breaks_token(start):
                yield Name(start, end, kind, "bare", 0.6)
                continue
            if not self._telling.tells(grid, left, start, head, kind):
                continue
            if kind == "Company" and "人民银行" in text[left:end]:
                kind = "Organization"
            score = 0.9 if grid.place_starting_at(left) else 0.75
            yield Name(left, stop, kind, f"head:{head}", score)


def longest(names: Iterable[Name], length: int) -> list[Name]:
    """Names without overlap: the longer first, then the more certain, then the earlier."""
    taken = bytearray(length)
    kept = []
    for name in sorted(names, key=lambda n: (n.start - n.end, -n.score, n.start)):
        if not any(taken[name.start : name.end]):
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
            kept.append(name)
    return kept


def _automaton(words: Iterable[tuple[str, str]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, kind in words:
        automaton.add_word(word, (word, kind))
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
        if not any(
            s <= start and e > end for e, (s, _) in best.items() if end < e <= end + 12 and s <= start
        ):
            yield start, end, value
