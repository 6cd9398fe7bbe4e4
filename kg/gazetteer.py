"""The administrative divisions of China with codes and parents, read from data/gazetteer."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.errors import InputError
from kg.lexicon import load_lexicon
from kg.pairs import Pairs
from kg.place_names import middle_name, short_name
from kg.resources import data_dir, schemas_dir

_LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township", 12: "village"}
Match = tuple[int, int, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative division, or a country.

    Attributes:
        code: 2, 4, 6, 9 or 12 digits, by level; a code begins with the codes of all that it lies in.
            For a country its ISO 3166 code. A former division has the code of its successor.
        level: country, province, prefecture, county, township or village.
        name: Full name with its kind (松阳县).
        short: Name without it (松阳); the full name where too little would be left (唐县).
        parent: Code of the next higher division, None for provinces and countries.
    """

    code: str
    level: str
    name: str
    short: str
    parent: str | None


class Gazetteer:
    """All provinces, prefectures, counties and townships; villages are read by county when asked for.

    Attributes:
        by_code: Code to division, without villages and former names.
        former: Divisions that were renamed or dissolved, with the codes of their successors.
    """

    def __init__(
        self,
        folder: Path,
        schemas: Path,
        divisions: dict[str, Division],
        former: tuple[Division, ...],
        abbreviated: tuple[Division, ...] = (),
    ) -> None:
        self._folder = folder
        self._schemas = schemas
        self._villages: dict[str, tuple[Division, ...]] = {}
        self._village_names: dict[str, dict[str, list[Division]]] = {}
        self.by_code = divisions
        self.former = former
        self._former = frozenset((d.name, d.code) for d in former)
        self._abbreviated = abbreviated

    @classmethod
    def load(cls, folder: Path | None = None, *, schemas: Path | None = None) -> Gazetteer:
        """Reads the gazetteer.

        Args:
            folder: Where its files lie, by default those that come with the program.
            schemas: The folder with lexicons/ambiguous_places.txt, by default the program's.

        Raises:
            InputError: When a file of it is missing.
        """
        folder = folder or data_dir() / "gazetteer"
        codes: dict[str, Division] = {}
        for code, name in _rows(folder / "countries.tsv"):
            codes[code] = Division(code, "country", name, name, None)
        for code, name in _rows(folder / "divisions.tsv"):
            codes[code] = Division(code, _LEVELS[len(code)], name, short_name(name), _above(code, codes))
        former = tuple(
            Division(code, level, name, short_name(name), _above(code, codes))
            for name, level, code, _year in _rows(folder / "changes.tsv")
        )
        short = tuple(
            Division(code, codes[code].level, name, name, _above(code, codes))
            for name, code in _rows(folder / "abbreviations.tsv")
        )
        return cls(folder, schemas or schemas_dir(), codes, former, short)

    short = staticmethod(short_name)

    def parent(self, code: str) -> Division | None:
        """The next higher division."""
        above = _above(code, self.by_code)
        return self.by_code[above] if above else None

    def is_former(self, name: str, code: str) -> bool:
        """Whether a division had this full name before (京山县, today 京山市)."""
        return (name, code) in self._former

    def as_in(self, text: str, code: str) -> Division:
        """A division by the name that a text calls it by: a former one where it never says today's."""
        today = self.by_code[code]
        if code not in self._former_by_code or today.name in text:
            return today
        return next((d for d in self._former_by_code[code] if d.name in text), today)

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """All higher divisions, the nearest first."""
        found: list[Division] = []
        above = self.parent(code)
        while above:
            found.append(above)
            above = self.parent(above.code)
        return tuple(found)

    def named(
        self, name: str, *, within: str | None = None, levels: Container[str] | None = None
    ) -> tuple[Division, ...]:
        """Divisions with this full, middle or short name, from the highest level down, by code.

        Villages are found only where ``within`` is the code of a county or township.

        Args:
            name: 松阳县, 松阳, 江华县; former names too (萧山市).
            within: Code of a division that they must lie in.
            levels: Levels to look at; all when None.
        """
        found = list(self._names.get(name, ()))
        if within and len(within) >= 6 and (levels is None or "village" in levels):
            found += self._villages_named(within[:6]).get(name, ())
        return tuple(
            d
            for d in found
            if (within is None or (d.code.startswith(within) and d.code != within))
            and (levels is None or d.level in levels)
        )

    def villages(self, county: str) -> tuple[Division, ...]:
        """The villages and communities of a county (or of a prefecture without counties), by code."""
        if county not in self._villages:
            path = self._folder / "villages" / f"{county[:2]}.txt"
            lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
            self._villages[county] = tuple(
                village for line in lines if line.startswith(county) for village in _villages(line)
            )
        return self._villages[county]

    def _villages_named(self, county: str) -> dict[str, list[Division]]:
        if county not in self._village_names:
            names: dict[str, list[Division]] = {}
            for village in self.villages(county):
                for name in dict.fromkeys((village.name, village.short)):
                    names.setdefault(name, []).append(village)
            self._village_names[county] = names
        return self._village_names[county]

    def ambiguous(self, name: str) -> bool:
        """Whether this name is more often an ordinary word or a person than the place (公安, 高明)."""
        return name in self._ambiguous

    def zones(self) -> dict[str, str]:
        """Code to name of development zones, farms and the like that only have a division's code."""
        return {row[0]: row[1] for row in _rows(self._folder / "zones.tsv")}

    def iter_matches(self, text: str) -> Iterator[Match]:
        """The places named in a text, from left to right, without overlap.

        Where names overlap, those are taken that together cover most of the text, then the fewer, then
        the longer first, then the first: 湖北京山市 is 湖北 and 京山市, 中山东路 is 中山.

        Yields:
            Start, end (half-open, code points), the name as it stands there, codes in ascending order.
        """
        cluster: list[Match] = []
        reach = 0
        codes, lengths = self._written
        found = [
            (start, start + length, name, codes[name])
            for start in self._beginnings.starts(text)
            for length in lengths[text[start : start + 2]]
            if (name := text[start : start + length]) in codes
            and len(name) == length  # at the end of the text
            and not _is_a_head(text, start, name)
        ]
        for match in sorted(found):
            if match[0] >= reach:
                yield from _cover(cluster)
                cluster = []
            cluster.append(match)
            reach = max(reach, match[1])
        yield from _cover(cluster)

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """Code of a county (or of a prefecture without counties) to the codes of its townships."""
        below: dict[str, list[str]] = {}
        for division in self.by_code.values():
            if division.level == "township" and division.parent:
                below.setdefault(division.parent, []).append(division.code)
        return below

    @cached_property
    def _former_by_code(self) -> dict[str, list[Division]]:
        found: dict[str, list[Division]] = {}
        for division in self.former:
            found.setdefault(division.code, []).append(division)
        return found

    @cached_property
    def _names(self) -> dict[str, list[Division]]:
        names: dict[str, list[Division]] = {}
        for division in (*self.by_code.values(), *self.former, *self._abbreviated):
            for name in _forms(division):
                names.setdefault(name, []).append(division)
        for homonyms in names.values():
            if len(homonyms) > 1:
                homonyms.sort(key=lambda d: (len(d.code), d.code))
        return names

    @cached_property
    def _written(self) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[int, ...]]]:
        """The names that may stand in a text with their codes, and how long those with the same first two
        characters are: all of countries to counties in full, middle and short form, the full ones of townships."""
        codes: dict[str, set[str]] = {}
        lengths: dict[str, set[int]] = {}
        for division in (*self.by_code.values(), *self.former, *self._abbreviated):
            for name in (division.name,) if division.level == "township" else _forms(division):
                codes.setdefault(name, set()).add(division.code)
                lengths.setdefault(name[:2], set()).add(len(name))
        return (
            {name: tuple(sorted(of_name)) for name, of_name in codes.items()},
            {beginning: tuple(sorted(found)) for beginning, found in lengths.items()},
        )

    @cached_property
    def _beginnings(self) -> Pairs:
        return Pairs(beginning for beginning in self._written[1] if len(beginning) > 1)

    @cached_property
    def _ambiguous(self) -> frozenset[str]:
        sections = load_lexicon(self._schemas / "lexicons" / "ambiguous_places.txt")
        return frozenset(name for names in sections.values() for name in names)


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"{path}: missing; make it with scripts/make_gazetteer.py") from None
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))


def _above(code: str, codes: Container[str]) -> str | None:
    for length in (9, 6, 4, 2):
        if length < len(code) and code[:length] in codes:
            return code[:length]
    return None


def _forms(division: Division) -> tuple[str, ...]:
    name, short, middle = division.name, division.short, middle_name(division.name)
    # 市中区's 市中 would tear 定西市中部 apart.
    if short[0] in "市县区州":
        return (name,)
    forms = (name, middle) if middle else (name,)
    return forms if short in forms else (*forms, short)


def _villages(line: str) -> Iterator[Division]:
    """Reads what scripts/make_gazetteer.py writes: numbers only where they do not follow, 村 left out."""
    township, _, names = line.partition("\t")
    number = -1
    for item in names.split(" "):
        mark, _, name = item.rpartition(":")
        number = int(mark) if mark else number + 1
        if not name.endswith(("村", "社区", "嘎查")):
            name += "村"
        yield Division(f"{township}{number:03}", "village", name, short_name(name), township)


def _is_a_head(text: str, start: int, name: str) -> bool:
    """赵县长 is a person."""
    return len(name) == 2 and name[-1] in "县市区镇乡" and text.startswith("长", start + 2)


def _cover(cluster: list[Match]) -> list[Match]:
    """The matches without overlap that cover most; of equal ones the fewer, then the longer first."""
    if len(cluster) < 2:
        return cluster
    best: dict[int, tuple[int, int, int, list[Match]]] = {}
    ends = cluster[0][0], max(match[1] for match in cluster)
    best[ends[1]] = (0, 0, 0, [])
    for position in range(ends[1] - 1, ends[0] - 1, -1):
        choices = []
        for match in (m for m in cluster if m[0] == position):
            length = match[1] - match[0]
            covered, fewer, _, rest = best[match[1]]
            choices.append((covered + length, fewer - 1, length, [match, *rest]))
        best[position] = max([*choices, best[position + 1]], key=lambda choice: choice[:3])
    return best[ends[0]][3]
