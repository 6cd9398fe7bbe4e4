"""Names with a telling last word (…有限公司, …项目, …开发区, …大会, …局), found whole to their left end.

lexicons/heads.txt says which words end a name and of what type, lexicons/bodies.txt which bodies every
division has, lexicons/names.txt how far a name reaches and what is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.annotate.beside import Beside
from kg.annotate.bodies import BodyFinder
from kg.annotate.brands import Brands
from kg.annotate.gatherings import Gatherings
from kg.annotate.grid import Grid
from kg.annotate.lac import Token
from kg.annotate.lists import Lists
from kg.annotate.matching import automaton, longest, matches
from kg.annotate.media import MediaFinder
from kg.annotate.placed_firms import PlacedFirms
from kg.annotate.reach import Reach
from kg.annotate.sites import TourSites
from kg.annotate.slots import WorkSlots
from kg.annotate.telling import Telling
from kg.annotate.trades import Trades
from kg.annotated import DEICTIC, VENUE, Name, Place
from kg.lexicon import load_lexicon
from kg.wording import load_wording

_GOES_ON = (("roads", "section"), ("railways", "station"), ("works", "phase"), ("zones", "quarter"))
_ENDS_HEADING = ("。", "，", "：", "\n", "（", "")
_LONGEST = {"Event": 44, "Project": 36, "Company": 30, "Organization": 32, "Park": 26}


class NameFinder:
    """Finds organizations, companies, parks, projects and events by their last words."""

    def __init__(self, schemas: Path) -> None:
        lexicons = schemas / "lexicons"
        heads = load_lexicon(lexicons / "heads.txt")
        names = load_lexicon(lexicons / "names.txt")
        self._words = load_wording(schemas, "names")
        weak, never = heads.pop("weak"), heads.pop("never")
        self._reach = Reach(names, load_wording(schemas, "reach"))
        self._telling = Telling(names["generic"], weak, load_wording(schemas, "telling"))
        classes, trades = load_lexicon(lexicons / "classes.txt"), load_lexicon(lexicons / "trades.txt")
        self._lists = Lists(classes, load_wording(schemas, "lists"), self._reach, self._telling)
        self._trades = Trades(trades, load_wording(schemas, "trades"))
        self._placed = PlacedFirms(trades, load_wording(schemas, "trades"), self._telling)
        self._brands = Brands(self._words)
        self._sites = TourSites(load_wording(schemas, "sites"))
        self._slots = WorkSlots(load_wording(schemas, "slots"), self._reach, self._telling)
        self._gatherings = Gatherings(self._telling, load_wording(schemas, "gatherings"))
        typed = [(word, kind) for kind, words in heads.items() for word in words]
        self._heads = automaton([*typed, *((word, "") for word in never)])
        bodies = load_lexicon(lexicons / "bodies.txt")
        titles, acts = load_lexicon(lexicons / "titles.txt"), load_lexicon(lexicons / "ceremonies.txt")
        self._bodies = BodyFinder(bodies, load_wording(schemas, "body_names"))
        self._media = MediaFinder(load_wording(schemas, "media"))
        self._beside = Beside(titles, bodies, acts, self._telling, load_wording(schemas, "beside"))

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
        bodies = self._bodies.find(grid)
        found = [*bodies.values(), *self._bodies.national(grid)]
        found += [name for name in self._bodies.tagged(grid) if name.end not in bodies]
        found += self._media.find(grid)
        found += self._lists.find(grid)
        found += self._trades.find(grid)
        found += self._placed.find(grid, places)
        for name in self._head_names(grid):
            body = bodies.get(name.end)
            if body is None or (name.start > body.start and name.type == "Organization"):
                found.append(name)
        found += list(self._trades.listed(grid, found, self._telling))
        found += self._gatherings.find(grid)
        found += list(self._beside.find(grid, found))
        found += list(self._slots.find(grid, longest(found, len(text))))
        found += list(self._sites.find(grid, longest(found, len(text))))
        found += list(self._brands.whole(grid, found))
        return sorted(longest(found, len(text)), key=lambda n: n.start)

    def _head_names(self, grid: Grid) -> Iterator[Name]:
        text, words = grid.text, self._words
        for start, end, (head, kind) in matches(self._heads, text):
            if not kind:
                continue
            classes = words.listing(head)
            whole = self._whole_end(text, end, head, kind)
            torn = grid.breaks_token(end) and not grid.title_at(end) and text[end] not in "和与及、里内"
            # 某园区党工委|管委会 are two.
            torn = torn and not text.startswith(words.words("bodies of parks"), end)
            if (
                torn
                and whole == end
                and not head.endswith(words.words("legal forms"))
                and not self._run_on(grid, end)
                and not (kind == "Park" and words["firm in a park"].match(text, end))
            ):
                continue
            if "own works" in classes and text.startswith(words.words("works"), end):
                continue
            if head == "项目" and grid.title_covers(start, end):
                continue
            if "roads" in classes and words["on a road"].match(text, end):
                continue
            if "stations" in classes and words["square"].match(text, end):
                continue
            if kind == "Organization" and grid.inside_title(start, end):
                continue
            left = self._reach.left(grid, start, kind)
            if "bodies of parks" in classes and words["party committee"].search(text, left, start):
                yield Name(start, end, kind, "bare", 0.6)
                continue
            if kind in ("Project", "Park") and (heading := self._heading(grid.text, start, end)):
                left = min(left, heading)
            if kind == "Company" and head.endswith(words.words("legal forms")):
                firm = words["introduced"].search(text, max(0, start - 32), start)
                left = min(left, firm.start(1)) if firm else left
            if (
                kind == "Project"
                and "works" not in classes
                and (year := words["year"].match(grid.text, left, start))
            ):
                left = year.end()
            held = words["held"].search(text, max(0, start - 26), start) if kind == "Event" else None
            if held and held.start(1) < left and self._telling.rest(held.group(1)):
                left = held.start(1)
            if kind == "Event" and words["party"].search(text, max(0, left - 2), left):
                left -= 2
            if kind == "Company" and self._is_work(grid, left, end):
                kind = "Project"
            if kind == "Project":
                left = self._slots.opened(grid, left, end)
            stop = whole
            if left and text[left - 1] == "“" and text[end : end + 1] == "”" and kind == "Event":
                left, stop = left - 1, end + 1
                left = self._reach.left(grid, left, kind)
            if kind != "Event" and text[left - 1 : left] in words.words("any of many"):
                continue
            if kind == "Project" and "venues" in classes and self._venue(text, left, end):
                place = grid.place_starting_at(left)
                if place is None or not place.full:
                    yield Name(left, end, kind, VENUE, 0.75)
                continue
            if left >= end or end - left > _LONGEST[kind]:
                continue
            if "zones" in classes and left == start and stop > end:
                yield Name(start, stop, kind, "bare", 0.7)
                continue
            if "bodies of parks" in classes and left == start and not grid.breaks_token(start):
                yield Name(start, end, kind, "bare", 0.6)
                continue
            if not self._telling.tells(grid, left, start, head, kind):
                left = self._with_owner(grid, left, start) if "works" in classes else start
                if left == start:
                    continue
            if kind == "Company" and words["no company"].search(text, left, end):
                kind = "Organization"
            if "plants that run" in classes and self._runs(grid, left, start, end):
                kind = "Company"
            if "of counties" in classes and not self._of_county(grid, left, start):
                kind = "Project"
            if "buildings" in classes and words["built for money"].search(grid.text, max(0, left - 8), left):
                kind = "Project"
            score = 0.9 if grid.place_starting_at(left) else 0.75
            yield Name(left, stop, kind, f"head:{head}", score)

    def _venue(self, text: str, left: int, end: int) -> bool:
        """Whether something takes place in a building: 大会在某某大厦举行."""
        return text[left - 1 : left] == "在" and self._words["venue"].match(text, end) is not None

    def _heading(self, text: str, start: int, end: int) -> int:
        """Where the heading of an item begins that this is the end of (二、某地独立储能电站。), or 0."""
        if text[end : end + 1] not in _ENDS_HEADING:
            return 0
        heading = self._words["heading"].search(text, max(0, start - 36), start)
        return heading.start(1) if heading else 0

    def _whole_end(self, text: str, end: int, head: str, kind: str) -> int:
        """Where a name ends with what its last word is followed by: 某高铁|垫江段, 某铁路|霍邱站, 某项目|（一期）."""
        words = self._words
        classes = words.listing(head)
        for heads, more in _GOES_ON:
            if heads in classes and (found := words[more].match(text, end)):
                return found.end()
        if kind == "Project" and "works" not in classes:
            goes_on = words["goes on as a work"].match(text, end)
            return goes_on.end() if goes_on else end
        return end

    def _of_county(self, grid: Grid, left: int, start: int) -> bool:
        """Whether a centre is a county's or an office; any other 服务中心 of a township is a building."""
        place = grid.place_starting_at(left)
        if place is None:
            return grid.text[left] in DEICTIC
        if not (place.full and self._words["township"].search(place.name)):
            return True
        return self._words["office of a township"].fullmatch(grid.text, place.end, start) is not None

    def _is_work(self, grid: Grid, left: int, end: int) -> bool:
        """Whether a plant is a work: 某公司|新厂, 建设|番茄汁加工厂."""
        words = self._words
        if words["new plant"].search(grid.text, left, end):
            return True
        if words["plant by trade"].search(grid.text, left, end) and words["just built"].search(
            grid.text, max(0, left - 6), left
        ):
            return True
        by_trade = words["plant by trade"].search(grid.text, left, end) and not grid.place_starting_at(left)
        return bool(by_trade and words["is built"].search(grid.text, max(0, left - 10), left))

    def _runs(self, grid: Grid, left: int, start: int, end: int) -> bool:
        """Whether a plant told by its county alone is a firm, as it is not being built: 某县自来水厂."""
        words = self._words
        alone = grid.only_place(left, start) or (start == left + 1 and grid.text[left] in DEICTIC)
        built = words["is built"].search(grid.text, max(0, left - 10), left) or words["work on it"].match(
            grid.text, end
        )
        return alone and not built

    def _run_on(self, grid: Grid, end: int) -> bool:
        """Whether the tagger took the verb after an organization for its end: 某某研究会|采风."""
        token = grid.token_at(end)
        if token is None or token.tag not in ("ORG", "LOC", "nz"):
            return False
        if self._words["acts with"].match(grid.text, end, token.end):
            return True
        return token.end - end < 4 and self._words["runs on"].match(grid.text, end, token.end) is not None

    def _with_owner(self, grid: Grid, left: int, start: int) -> int:
        """Where 某有限公司全球总部项目 begins, whose last words tell nothing; ``start`` without a firm."""
        if work := self._words["own work"].search(grid.text, max(0, start - 4), start):
            left = work.start()  # 某公司扩建|项目
        firm = self._words["firm before"].search(grid.text, max(0, left - 8), left)
        if firm is None or start - left < 2:
            return start
        begin = self._reach.left(grid, firm.start(), "Company")
        return begin if firm.start() - begin > 3 and start - begin <= _LONGEST["Project"] else start
