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
from kg.annotate.sites import tour_sites
from kg.annotate.telling import Telling
from kg.annotate.trades import Trades
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
_NOT_OURS = ("国家", "中国", "全国", "各", "某", "该", "省", "总")
_NOT_A_KIND = re.compile(r"[新社园校景林库地山片]区|[城超门都]市|[乡村城小古]镇")
_HELD_FOR = re.compile(
    r"(?:集中|正式|首批|第[一二三四五六]批|战略|合作|框架|协议|及)*(?:成立|揭牌|授牌|挂牌|签约|签字|开工|奠基|开业|启动|启用|竣工|投产|通车|开园|开馆|落成|动工|封顶|开幕|捐赠|捐建|挂职)*(大会|仪式|典礼|活动|会议)"
)
_UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,10}(?:处|司|科|股|支队|大队|中队|分局|工作站|管理站|服务站|中心|办|组)$"
)
_WHOLE_UNIT = re.compile(
    r"(?:(?![和与及等的])[\u4e00-\u9fff]){1,10}(?:处|司|科|股|支队|大队|中队|分局|工作站|管理站|服务站|中心|办|组)"
)
_WITH_UNITS = ("局", "厅", "委", "部", "署", "办", "政府", "委员会", "中心", "联合会", "研究院")
_BODY_ENDS = (
    "中心",
    "局",
    "委",
    "办",
    "处",
    "司",
    "会",
    "院",
    "所",
    "站",
    "社",
    "队",
    "馆",
    "校",
    "网",
    "部",
    "组",
    "团",
    "报",
)
_ROADS = frozenset({"高速", "高速公路", "公路", "铁路", "高铁"})
_EXIT = re.compile(r"(?:出口|入口|出入口|路口|互通|收费站|沿线|两侧|口|站)")
_HELD = re.compile(r"(?:召开|举行|举办|召集)了?([^，。；：、“”（）\n的一]{2,16})$")
_CELEBRATED = re.compile(
    r"([\u4e00-\u9fffA-Za-z\d·]{4,20}?)(?:开工奠基|开工|奠基|竣工|落成|通车|封顶)(?:仪式|典礼)"
)
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
_PLACED = re.compile(
    r"(?:(?![局委改为的了和与及公大学])[\u4e00-\u9fff])+(?:[委办局社站校院队所馆会]|中心|支队|大队|联盟|平台)"
)
_JOINT_BODY = re.compile(r"(?:[县市区旗州省镇乡]委|党委|党工委)、?(人民政府|政府)(?!工作|部门|办|和|各)")


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
        self._trades = Trades(load_lexicon(lexicons / "trades.txt"))
        typed = [(word, kind) for kind, words in heads.items() for word in words]
        self._heads = _automaton([*typed, *((word, "") for word in never)])
        titles = load_lexicon(lexicons / "titles.txt")
        self._firm_titles = frozenset((*titles["firm only"], "副总裁", "执行董事"))
        self._seats = frozenset(bodies["seats"])
        self._departments = frozenset(bodies["departments"])
        stems = {word for words in bodies.values() for word in words} | {"政府办公室"}
        stems |= {f"委{word}" for word in (*bodies["party"], "办公室", "办")}
        stems |= {f"{word[:-1]}厅" for word in bodies["departments"] if word.endswith("局") and len(word) > 3}
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
        bodies: dict[int, Name] = {}
        for name in self._body_names(grid):
            if name.end not in bodies or name.start < bodies[name.end].start:
                bodies[name.end] = name
        found = list(bodies.values())
        found += self._lists.find(grid)
        found += self._trades.find(grid)
        for name in self._head_names(grid):
            body = bodies.get(name.end)
            if body is None or (name.start > body.start and name.type == "Organization"):
                found.append(name)
        found += list(self._named_after(grid, found))
        found += list(self._before_titles(grid, found))
        found += list(self._celebrated(grid, found))
        found += list(tour_sites(grid, longest(found, len(text))))
        return sorted(longest(found, len(text)), key=lambda n: n.start)

    def _celebrated(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Works told by their ceremony: 国际山水名城 of 国际山水名城奠基仪式, wherever it stands alone."""
        for event in [n for n in names if n.type == "Event"]:
            work = _CELEBRATED.fullmatch(grid.text, event.start, event.end)
            if not work or any(n.end == work.end(1) and n.type != "Event" for n in names):
                continue
            for match in re.finditer(re.escape(work.group(1)), grid.text):
                if match.start() != event.start and self._telling.rest(work.group(1)):
                    yield Name(*match.span(), "Project", "celebrated", 0.7)

    def _before_titles(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Bodies told by the office after them: 省交通运输厅综合运输处处长, 乐山市港航中心主任, 厦航董事长."""
        ends: dict[int, Name] = {}
        for name in names:
            if name.end not in ends or name.start < ends[name.end].start:
                ends[name.end] = name
        for title in grid.titles:
            covered = ends.get(title.start)
            unit = _UNIT.search(grid.text, max(0, title.start - 13), title.start)
            hosts = (ends[e] for e in range(unit.start(), title.start - 1) if e in ends) if unit else ()
            host = next(
                (h for h in hosts if h.type == "Organization" and self._has_units(grid, h, title)), None
            )
            if host is not None:
                yield Name(host.start, title.start, "Organization", "unit", 0.75)
            elif covered is None and not grid.place_ending_at(title.start):
                placed = self._placed_body(grid, title)
                if placed:
                    yield Name(*placed.span(), "Organization", "placed", 0.7)
                else:
                    yield from self._tagged(grid, title, names)

    def _has_units(self, grid: Grid, host: Name, title: Name) -> bool:
        """Whether offices of this body have a name of their own (处, 司, 科), and one stands before the title."""
        body, unit = grid.text[host.start : host.end], grid.text[host.end : title.start]
        return body.endswith(_WITH_UNITS) and len(unit) > 1 and _WHOLE_UNIT.fullmatch(unit) is not None

    def _tagged(self, grid: Grid, title: Name, names: Sequence[Name]) -> Iterator[Name]:
        """The word that the tagger takes for an organization right before an office."""
        token = grid.token_before(title.start)
        if token is None or token.end != title.start or token.tag != "ORG":
            return
        head = title.rule.removeprefix("title:")
        word = grid.text[token.start : token.end]
        if any(n.start < token.end and token.start < n.end for n in names):
            return
        if any(n.type == "Company" and word in grid.text[n.start : n.end] for n in names):
            return
        if head in self._firm_titles and len(word) > 1:
            for match in re.finditer(re.escape(word), grid.text):
                if not grid.breaks_token(match.start()) and not grid.breaks_token(match.end()):
                    yield Name(*match.span(), "Company", "tagged", 0.6)
        elif len(word) > 3 and word.endswith(_BODY_ENDS):
            yield Name(token.start, token.end, "Organization", "tagged", 0.6)

    def _named_after(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Events called after what they are held for: 某联盟成立大会, 某项目签约仪式."""
        ends = {name.end: name for name in sorted(names, key=lambda n: n.start, reverse=True)}
        for match in _HELD_FOR.finditer(grid.text):
            host = ends.get(match.start())
            if host is not None and host.type != "Event" and match.end() - host.start <= _LONGEST["Event"]:
                yield Name(host.start, match.end(), "Event", "head:" + match.group(1), 0.8)

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
            if not grid.title_covers(bureau.start(), bureau.start() + 1):
                yield Name(*bureau.span(), "Organization", "body", 0.85)
        for title in grid.titles:
            body = _HEADED.search(grid.text, max(0, title.start - 15), title.start)
            if body and not grid.title_covers(body.start(), body.start() + 1):
                yield Name(*body.span(), "Organization", "body", 0.8)
        # 镇党委、政府: the second body is of the same division.
        for joint in _JOINT_BODY.finditer(grid.text):
            yield Name(joint.start(1), joint.end(1), "Organization", "joint", 0.8)

    def _placed_body(self, grid: Grid, title: Name) -> re.Match[str] | None:
        """乐山市港航中心 before its 主任."""
        for length in range(4, 17):
            place = grid.place_starting_at(title.start - length) if title.start >= length else None
            if place is not None and place.end < title.start - 1:
                return _PLACED.fullmatch(grid.text, place.start, title.start)
        return None

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
            if head in _ROADS and _EXIT.match(text, end):
                continue
            if kind == "Organization" and grid.inside_title(start, end):
                continue
            left = self._reach.left(grid, start, kind)
            held = _HELD.search(text, max(0, start - 26), start) if kind == "Event" else None
            if held and held.start(1) < left and self._telling.rest(held.group(1)):
                left = held.start(1)
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
