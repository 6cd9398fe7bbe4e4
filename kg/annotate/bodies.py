"""Bodies of divisions: 县农业农村局, 某某县人民政府, and those told by the office after them.

lexicons/bodies.txt says which bodies every division has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.annotate.grid import Grid
from kg.annotate.matching import automaton, matches
from kg.annotated import DEICTIC, STREET, Name
from kg.wording import Wording

_OF_DIVISIONS = ("seats", "party", "departments")


class BodyFinder:
    """Finds bodies by their division and their kind.

    Args:
        bodies: Sections of lexicons/bodies.txt, the kinds.
        words: Wording of bodies.
    """

    def __init__(self, bodies: Mapping[str, Sequence[str]], words: Wording) -> None:
        self._words = words
        self._seats = frozenset(bodies["seats"])
        self._departments = frozenset(bodies["departments"])
        self._own = self._departments - frozenset(words.words("common")) | {"人大常委会"}
        self._assemblies = words.words("assemblies")
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
        for listed in self._words["listed"].finditer(grid.text):
            start, end = listed.span()
            torn = grid.breaks_token(start) or grid.breaks_token(end) or grid.place_covering(start)
            word = grid.token_before(end)
            acts = word is not None and word.tag == "v" and word.end - word.start > 1  # 承办, 督办
            if start - 1 in found and end not in found and not torn and not acts:
                found[end] = Name(start, end, "Organization", "bare-body", 0.6)
        return found

    def national(self, grid: Grid) -> Iterator[Name]:
        """Bodies of the whole country, which need no division."""
        for start, end, _ in matches(self._national, grid.text):
            # 文化部|门
            other = grid.text.endswith("部", start, end) and grid.text.startswith("门", end)
            if not grid.breaks_token(start) and not grid.place_ending_at(start) and not other:
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
            place = grid.place_starting_at(left) if stem in self._words.words("of full divisions") else None
            if place is not None and not place.full:
                continue
            if inspects := self._words["inspection"].match(grid.text, end):
                yield Name(left, inspects.end(), "Organization", "body", 0.85)
                continue
            if stem in self._seats and self._words["team"].match(grid.text, end):
                continue
            if stem in ("委", "党委") and self._words["goes on"].match(grid.text, end):
                continue
            yield Name(left, self._unit_end(grid, end), "Organization", "body", 0.95)
        for bureau in self._words["bureau"].finditer(grid.text):
            if not grid.title_covers(bureau.start(), bureau.start() + 1) and not grid.place_covering(
                bureau.start()
            ):
                yield Name(*bureau.span(), "Organization", "body", 0.85)
        for entry in ("inspectors", "stationed alone"):
            for team in self._words[entry].finditer(grid.text):
                yield Name(*team.span(), "Organization", "body", 0.85)
        for team in self._words["sent in turn"].finditer(grid.text):
            home = grid.place_ending_at(team.start())
            if home is not None:
                yield Name(home.start, team.end(), "Organization", "body", 0.85)
        for title in grid.titles:
            since = max(0, title.start - 15)
            body = self._words["headed"].search(grid.text, since, title.start)
            body = body or self._words["headed and joined"].search(grid.text, since, title.start)
            # 永和县…: its 和 does not join.
            inside = body is None or grid.place_covering(body.start())
            if body and not inside and not grid.title_covers(body.start(), body.start() + 1):
                yield Name(*body.span(), "Organization", "body", 0.8)
        # 镇党委、政府: the second body is of the same division.
        for joint in self._words["joint"].finditer(grid.text):
            yield Name(joint.start(1), joint.end(1), "Organization", "joint", 0.8)

    def tagged(self, grid: Grid) -> Iterator[Name]:
        """清河县河道管理处: an organization to the tagger, with a division before and a body's last character."""
        for token in grid.tokens:
            place = grid.place_starting_at(token.start) if token.tag == "ORG" else None
            if place is None or not place.full or place.end > token.end - 3:
                continue
            if self._words["tagged"].fullmatch(grid.text, place.end, token.end) and not grid.title_covers(
                token.end - 1, token.end
            ):
                yield Name(token.start, token.end, "Organization", "tagged", 0.65)

    def _unit_end(self, grid: Grid, end: int) -> int:
        """Where a body's unit at a place ends: 某县市场监督管理局|葛仙庄所."""
        committee = self._words["committee of an assembly"].match(grid.text, end)
        if committee and grid.title_at(committee.end()) and grid.text.endswith(self._assemblies, 0, end):
            return committee.end()
        posted = self._words["posted"].match(grid.text, end)
        if posted and grid.text[end - 1] == "委":
            return posted.end()
        place = grid.place_starting_at(end)
        unit = self._words["unit at a place"].match(grid.text, place.end) if place else None
        return unit.end() if unit else end

    def _bare(self, grid: Grid, start: int, end: int, stem: str) -> float:
        """How sure it is that a body without its division (听取经信局汇报) is that of the text's own; 0 when it is none."""
        if len(stem) < 3 or grid.text[max(0, start - 2) : start].endswith(self._words.words("not ours")):
            return 0.0
        if stem in self._own:
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
            if left and text[left - 1] in self._words.words("any division"):
                return None
            if left and text[left - 1] == "团" and text[position] == "委":
                return left - 1
            if left and self._words["other word"].fullmatch(text, left - 1, position):
                return None
            ours = left and text[left - 1] in self._words.words("this division")
            if left and not ours and grid.breaks_token(left) and grid.tag_at(left) not in ("ORG", "LOC"):
                return None
        elif text.endswith(STREET, 0, position):
            left = position - len(STREET)
            if text[left - 1 : left] in self._words.words("any division"):
                return None
        else:
            return None
        party = next((p for p in self._words.words("parties") if text.endswith(p, 0, left)), "")
        return left - len(party)
