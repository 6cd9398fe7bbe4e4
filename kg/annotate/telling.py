"""Whether a name says which one it is: 重点项目 does not, 北城水厂工程 does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.annotate.grid import NAME_TAGS, Grid
from kg.annotated import DEICTIC
from kg.lexicon import alternation
from kg.wording import Wording

_MARKS = re.compile(r"[“”（）《》\-—·、]")
_QUOTED = re.compile("“[^”]*”")


class Telling:
    """Tells names from general words.

    Args:
        generic: Words that tell nothing.
        weak: Last words that need a name before them.
        words: Wording of telling names.
    """

    def __init__(self, generic: Sequence[str], weak: Sequence[str], words: Wording) -> None:
        self._words = words
        counts = "0123456789一二三四五六七八九十百千万亿多余第"
        self._generic = re.compile(alternation([*sorted(generic, key=len, reverse=True), *counts]))
        self._weak = frozenset(weak)

    def rest(self, core: str) -> str:
        """What is left of a stretch without the words that tell nothing."""
        return self._generic.sub("", core)

    def numbered(self, core: str) -> bool:
        """Whether an edition, a year or a quotation tells an event: 第三届, 2023."""
        return self._words["edition"].search(core) is not None

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
        words, classes = self._words, self._words.listing(head)
        core = grid.text[left:start]
        if words["rank"].search(grid.text, max(0, left - 3), left):
            return False
        if kind == "Company" and words["one of several"].search(grid.text, max(0, left - 2), left):
            return "公司" in head and len(head) > 3
        deictic = core[:1] in tuple(DEICTIC) and not core.startswith(words.words("not our own"))
        placed = grid.place_starting_at(left) is not None or deictic
        far = deictic or words["whole"].match(core) or words["in parks"].match(core)
        if kind == "Event" and len(core) > 5 and far:
            return True
        if self._says_nothing(grid, left, core, head, kind):
            return False
        if kind == "Company" and words["several"].search(core):
            return False
        one = kind == "Company" and words["is one"].search(grid.text, max(0, left - 60), left)
        if one and not placed and grid.tag_at(left) not in ("ORG", "LOC", "PER"):
            return False
        if kind == "Company" and self._only_owned(grid, left, start, head):
            return False
        if kind == "Park" and core.endswith(words.words("works")):
            return False
        # 医疗卫生“山海”提升工程 is a programme; a place or a park before the quotation makes a work of it.
        if head == "工程" and "“" in core and not placed and not words["zone"].search(core.partition("“")[0]):
            return False
        if placed and kind in ("Park", "Organization", "Company") and len(head) > 2 + (kind == "Company"):
            return True
        own = (
            core[1:] if deictic else core[len(place.name) if (place := grid.place_starting_at(left)) else 0 :]
        )
        if placed and (
            "told by county" in classes or ("firms" in classes and words["firm of a county"].fullmatch(own))
        ):
            return True
        if placed and "told by place" in classes and len(core) > 2:
            return True
        if placed and kind == "Company" and len(core) > 5:
            return True
        if deictic and kind == "Project" and len(head) > 3:
            return True
        if "committees" in classes and words["zone"].search(core):
            return True
        bare = _MARKS.sub("", core)
        if kind == "Project" and words["only in brackets"].fullmatch(core):
            return False
        if len(bare) < 2 or bare in words.words("only whole"):
            return False
        year = words["year"].match(grid.text, left, start)
        position = year.end() if year else left
        while (place := grid.place_starting_at(position)) is not None and place.end <= start:
            position = place.end
        if kind == "Project" and position > (year.end() if year else left) and "works" in classes:
            beyond = _MARKS.sub("", grid.text[position:start])
            if not self.rest(beyond) or len(beyond) < 2:
                return False
        outside = _MARKS.sub("", _QUOTED.sub("", core))
        rest = self.rest(bare)
        phases = words.words("phases")
        numbered = head in phases or bare.endswith(phases)
        if not rest and not (numbered and len(bare) > 4):
            return False
        # A name all in quotes is a slogan (“煤改气”工程) unless it is an event's.
        if core.startswith("“") and not self.rest(outside) and kind != "Event":
            return False
        of_place = grid.text[left - 1 : left] == "的" and grid.place_ending_at(left - 1) is not None
        placed = placed or (of_place and kind == "Project" and len(rest) > 1)
        named = placed or grid.tag_at(left) in ("ORG", "LOC", "nz", "PER")
        if not placed and self._of_a_class(grid, left, head, kind, named=named):
            return False
        if head in self._weak:
            made = (
                kind == "Project"
                and len(rest) > 1
                and len(bare) + len(head) > 4
                and not words["class"].search(bare)
                and bool(words["made"].search(grid.text, max(0, left - 10), left))
            )
            made = made or (head in phases and len(rest) > 1)
            joined = kind == "Event" and "暨" in core[2:]
            return named or made or joined or bool(words["output"].match(core))
        if kind == "Event":
            if grid.text[left - 1 : left] == "、" and not placed:
                return False
            return placed or len(bare) + len(head) >= 7 or bool(words["edition"].search(core))
        if kind == "Project" and head == "项目" and not named:
            return (
                len(rest) >= 2
                and not words["class"].search(bare)
                and not words["papers"].match(grid.text, start + len(head))
            )
        return True

    def _of_a_class(self, grid: Grid, left: int, head: str, kind: str, *, named: bool) -> bool:
        """Whether what stands before a work or a park shows that it is one of many, or what another is to be."""
        words, classes = self._words, self._words.listing(head)
        if kind not in ("Project", "Park"):
            return False
        counted = words["counted before"].search(grid.text, max(0, left - 4), left)
        if kind == "Project" and counted and grid.tag_at(left) not in ("ORG", "LOC", "PER"):
            return True
        if named:
            return False
        if words["aimed at"].search(grid.text, max(0, left - 24), left):
            return True
        if kind == "Project" and words["said to be"].search(grid.text, max(0, left - 36), left):
            return True
        of_many = words["one of many"].search(grid.text, max(0, left - 6), left)
        return "works" in classes and of_many is not None

    def _says_nothing(self, grid: Grid, left: int, core: str, head: str, kind: str) -> bool:
        """Whether a core only counts or describes, or its last word needs more than it has."""
        words, classes = self._words, self._words.listing(head)
        end = left + len(core) + len(head)
        if "works" in classes and (
            words["class of works"].search(core)
            or words["programme"].fullmatch(core)
            or words["no construction"].search(core)
            or words["honour"].match(grid.text, end)
        ):
            return True
        if kind in ("Project", "Company") and words["counted after"].match(grid.text, end):
            return True
        if "railways" in classes and words["no railway"].search(core):
            return True
        if "streets" in classes:
            return not words["made"].search(grid.text, max(0, left - 10), left)
        if "weak of output" in classes and core.endswith("的"):
            return True
        if core.endswith("副") or words["recent"].search(core) or words["counted"].search(core):
            return True
        if "phases" in classes:
            return core.endswith("第")
        if "honours" in classes:
            return words["awarded"].search(grid.text, max(0, left - 16), left) is not None
        if "bases" in classes:
            place = grid.place_starting_at(left)
            of_trade = words["base of a trade"].search(core) and not (place is not None and place.full)
            made = words["made"].search(grid.text, max(0, left - 10), left) and len(self.rest(core)) > 3
            return bool(of_trade and not made) or grid.only_place(left, left + len(core))
        if head == "局":
            return words["numbered office"].search(core) is not None
        if "plans" in classes:
            return grid.text[left - 1 : left] == "“"
        if "districts" in classes:
            return not (words["of trade"].search(core) or words["in parks"].search(grid.text))
        return False

    def _only_owned(self, grid: Grid, left: int, start: int, head: str) -> bool:
        """Whether a firm is only told by its owner or its place: 旗下公司, 某县工厂."""
        if grid.text.endswith(self._words.words("only related"), left, start):
            return True
        if head not in self._words.words("firms"):
            return False
        place = grid.place_starting_at(left)
        beyond = left if place is None else place.end
        vague = place is None or not place.full
        trade = vague and self._words["only a trade"].fullmatch(grid.text, beyond, start)
        return grid.only_place(left, start) or bool(trade)
