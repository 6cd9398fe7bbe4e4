"""Names told by what stands beside them: a body by the office after it, a work by its ceremony."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.annotate.acting import Acting
from kg.annotate.grid import Grid
from kg.annotate.telling import Telling
from kg.annotated import Name
from kg.lexicon import alternation
from kg.screen import led
from kg.wording import Wording

_LONGEST_EVENT = 44


class Beside:
    """Finds names by the offices and ceremonies beside them.

    Args:
        titles: Sections of lexicons/titles.txt.
        bodies: Sections of lexicons/bodies.txt.
        acts: Sections of lexicons/ceremonies.txt.
        telling: Tells names from general words.
        words: Wording of what stands beside names.
    """

    def __init__(
        self,
        titles: Mapping[str, Sequence[str]],
        bodies: Mapping[str, Sequence[str]],
        acts: Mapping[str, Sequence[str]],
        telling: Telling,
        words: Wording,
    ) -> None:
        self._firm_titles = frozenset((*titles["firm only"], *words.words("offices of firms")))
        self._telling = telling
        self._body = words["body of a place"]
        self._acting = Acting(words)
        self._have_units = tuple(bodies["have units"])
        self._endings = tuple(bodies["endings"])
        units = alternation(bodies["units"])
        self._unit = re.compile(rf"[\u4e00-\u9fff]{{1,10}}(?:{units})$")
        self._whole_unit = re.compile(rf"(?:(?![和与及等的])[\u4e00-\u9fff]){{1,10}}(?:{units})")
        works = alternation(sorted(acts["works"], key=len, reverse=True))
        every = alternation(
            sorted((*acts["works"], *acts["bodies"], *acts["signings"]), key=len, reverse=True)
        )
        self._held_for = led(rf"(?:{words['manner'].pattern})*(?:{every})*({words['gathering'].pattern})")
        self._celebrated_by = re.compile(
            rf"([\u4e00-\u9fffA-Za-z\d·]{{4,20}}?)(?:{works})(?:{words['ceremony'].pattern})"
        )

    def find(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Further names of a text, in no order.

        Args:
            grid: The text.
            names: Names found in it, in any order.
        """
        found = [*names, *self._named_after(grid, names)]
        found += list(self._before_titles(grid, found))
        found += list(self._acting.find(grid, found))
        yield from found[len(names) :]
        yield from self._celebrated(grid, found)

    def _before_titles(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Bodies told by the office after them: 省交通运输厅综合运输处处长, 乐山市港航中心主任, 甬航董事长."""
        ends: dict[int, Name] = {}
        for name in names:
            if name.end not in ends or name.start < ends[name.end].start:
                ends[name.end] = name
        for title in grid.titles:
            covered = ends.get(title.start)
            unit = self._unit.search(grid.text, max(0, title.start - 13), title.start)
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
        if any(grid.title_at(i) for i in range(host.end, title.start)):
            return False
        body, unit = grid.text[host.start : host.end], grid.text[host.end : title.start]
        return (
            body.endswith(self._have_units) and len(unit) > 1 and self._whole_unit.fullmatch(unit) is not None
        )

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
        elif len(word) > 3 and word.endswith(self._endings):
            yield Name(token.start, token.end, "Organization", "tagged", 0.6)

    def _placed_body(self, grid: Grid, title: Name) -> re.Match[str] | None:
        """乐山市港航中心 before its 主任."""
        for length in range(4, 17):
            place = grid.place_starting_at(title.start - length) if title.start >= length else None
            if place is not None and place.end < title.start - 1:
                return self._body.fullmatch(grid.text, place.start, title.start)
        return None

    def _celebrated(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Works told by their ceremony: 国际山水名城 of 国际山水名城奠基仪式, wherever it stands alone."""
        for event in [n for n in names if n.type == "Event"]:
            work = self._celebrated_by.fullmatch(grid.text, event.start, event.end)
            if not work or any(n.end == work.end(1) and n.type != "Event" for n in names):
                continue
            for match in re.finditer(re.escape(work.group(1)), grid.text):
                if match.start() != event.start and self._telling.rest(work.group(1)):
                    yield Name(*match.span(), "Project", "celebrated", 0.7)

    def _named_after(self, grid: Grid, names: Sequence[Name]) -> Iterator[Name]:
        """Events called after what they are held for: 某联盟成立大会, 某项目签约仪式."""
        ends = {name.end: name for name in sorted(names, key=lambda n: n.start, reverse=True)}
        for match in self._held_for.finditer(grid.text):
            host = ends.get(match.start())
            if host is not None and host.type != "Event" and match.end() - host.start <= _LONGEST_EVENT:
                yield Name(host.start, match.end(), "Event", "head:" + match.group(1), 0.8)
