"""Bodies of divisions: 县农业农村局, 某某县人民政府, and those told by the office after them.

lexicons/bodies.txt says which bodies every division has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.annotate.grid import Grid
from kg.annotate.matching import automaton, matches
from kg.annotated import DEICTIC, Name

_OF_DIVISIONS = ("seats", "party", "departments")
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
_NOT_OURS = ("国家", "中国", "全国", "各", "某", "该", "省", "总")
_NOT_A_KIND = re.compile(r"[新社园校景林库地山片]区|[城超门都]市|[乡村城小古]镇")
# 区住房和城市建设局 and others that no list of bodies has
_BUREAU = re.compile(
    r"(?:(?<=[、，。；：由和与及从对在率\n])|^)[县市区旗州省](?![场民级直里内外域城属政委])"
    r"(?:(?![局改为的了])[\u4e00-\u9fff]){2,13}局(?=[、，。；等和与及党主相有副负牵组会局]|$)",
    re.M,
)
# 县卫计委 before its 主任
_HEADED = re.compile(
    r"(?:(?<=[、，。；：由和与及请\n])|^)[县市区旗州省](?![场民级直里内外域城属政委领])"
    r"(?:(?![局委改为的了和])[\u4e00-\u9fff]){2,8}(?:[委办局社站校院队所馆会科]|中心|支队|大队)$"
)
_JOINT_BODY = re.compile(r"(?:[县市区旗州省镇乡]委|党委|党工委)、?(人民政府|政府)(?!工作|部门|办|和|各)")


class BodyFinder:
    """Finds bodies by their division and their kind; holds the kinds."""

    def __init__(self, bodies: Mapping[str, Sequence[str]]) -> None:
        self._seats = frozenset(bodies["seats"])
        self._departments = frozenset(bodies["departments"])
        self._national = automaton((word, "Organization") for word in bodies["national"])
        stems = {word for kind in _OF_DIVISIONS for word in bodies[kind]} | {"政府办公室"}
        stems |= {f"委{word}" for word in (*bodies["party"], "办公室", "办")}
        stems |= {f"{word[:-1]}厅" for word in bodies["departments"] if word.endswith("局") and len(word) > 2}
        self._bodies = automaton((word, "Organization") for word in stems)

    def find(self, grid: Grid) -> dict[int, Name]:
        """The longest body that ends at each position where one ends."""
        found: dict[int, Name] = {}
        for name in self._names(grid):
            if name.end not in found or name.start < found[name.end].start:
                found[name.end] = name
        return found

    def national(self, grid: Grid) -> Iterator[Name]:
        """Bodies of the whole country, which need no division."""
        for start, end, _ in matches(self._national, grid.text):
            if not grid.breaks_token(start) and not grid.place_ending_at(start):
                yield Name(start, end, "Organization", "term", 0.95)

    def _names(self, grid: Grid) -> Iterator[Name]:
        """县农业农村局, 某某县人民政府, 中共某某县委: a division (or 县, 市 …) and a body that all have."""
        for start, end, (stem, _) in matches(self._bodies, grid.text):
            torn = grid.breaks_token(end) and grid.tag_at(end - 1) not in ("ORG", "LOC")
            # 公安局长: the body's last character is the office's first.
            shared = grid.title_at(end - 1)
            if torn and not shared and stem not in self._seats and len(stem) < 5:
                continue
            if grid.inside_title(start, end):
                continue
            left = self._division_before(grid, start)
            if left is None:
                score = self._bare(grid, start, end, stem)
                if score:
                    yield Name(start, end, "Organization", "bare-body", score)
                continue
            if stem in self._seats and _TEAM.match(grid.text, end):
                continue
            if stem in ("委", "党委") and grid.text[end : end + 1] in "员托派会办":
                continue
            yield Name(left, end, "Organization", "body", 0.95)
        for bureau in _BUREAU.finditer(grid.text):
            if not grid.title_covers(bureau.start(), bureau.start() + 1) and not grid.place_covering(
                bureau.start()
            ):
                yield Name(*bureau.span(), "Organization", "body", 0.85)
        for title in grid.titles:
            body = _HEADED.search(grid.text, max(0, title.start - 15), title.start)
            # 永和县…: its 和 does not join.
            inside = body is None or grid.place_covering(body.start())
            if body and not inside and not grid.title_covers(body.start(), body.start() + 1):
                yield Name(*body.span(), "Organization", "body", 0.8)
        # 镇党委、政府: the second body is of the same division.
        for joint in _JOINT_BODY.finditer(grid.text):
            yield Name(joint.start(1), joint.end(1), "Organization", "joint", 0.8)

    def _bare(self, grid: Grid, start: int, end: int, stem: str) -> float:
        """How sure it is that a body without its division (听取经信局汇报) is that of the text's own; 0 when it is none."""
        if len(stem) < 3 or grid.text[max(0, start - 2) : start].endswith(_NOT_OURS):
            return 0.0
        if stem in self._departments - _COMMON or stem == "人大常委会":
            if grid.title_at(end) and not grid.breaks_token(start):
                return 0.7
            if stem.endswith(("局", "委")) and not grid.breaks_token(start) and not grid.breaks_token(end):
                return 0.6
        listed = grid.text[end : end + 1] == "、" == grid.text[start - 1 : start]
        return 0.6 if stem in self._departments and listed else 0.0

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
