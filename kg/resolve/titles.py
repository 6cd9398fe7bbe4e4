"""What the names of projects, parks and events are made of; and how high an office is."""

from __future__ import annotations

from functools import lru_cache

from kg.gazetteer import Gazetteer
from kg.ids import name_key
from kg.resolve.forms import ThingName
from kg.types import Entity
from kg.wording import Wording

_SHORTEST = 2
_NO_CODES: tuple[str, ...] = ()
_CHINESE = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}


class Titles:
    """Takes names of projects, parks and events apart.

    Args:
        gazetteer: For places in them.
        words: Entries of wording/works.yaml.
    """

    def __init__(self, gazetteer: Gazetteer, words: Wording) -> None:
        self._gazetteer = gazetteer
        self._everywhere, self._line = words["everywhere"], words["line"]
        self._pointing, self._kind, self._number = words["pointing"], words["kind"], words["number"]
        self._places = lru_cache(maxsize=1 << 18)(self._find_places)
        self.numbers = lru_cache(maxsize=1 << 18)(self._find_numbers)
        """The numbers, phases and directions in a name, joined: 二期东片区 gives ``二 东``."""
        self._taken_apart = lru_cache(maxsize=1 << 18)(self._take_apart)

    def read(self, name: str, known: frozenset[str]) -> ThingName:
        """The parts of a name.

        Args:
            name: As a document has it.
            known: Codes of the divisions that the document has to do with. 竹溪 at the start of a name is a county
                only where it is one of them; 竹溪县 is one anywhere.
        """
        end, codes = 0, _NO_CODES
        for last, found, full in self._places(name):
            near = tuple(c for c in found if any(c.startswith(k) or k.startswith(c) for k in known))
            nested = end > 0 and len(found) == 1  # 浙江松阳
            # where a document knows no place at all, a name that only one division has is taken for it
            alone = not known and len(found) == 1
            if not (near or full or nested or alone):
                break
            end, codes = last, near or found
        return self._taken_apart(name, end, codes)

    def _find_places(self, name: str) -> tuple[tuple[int, tuple[str, ...], bool], ...]:
        """The divisions that a name begins with: where each ends, its codes, whether it has its kind."""
        found: list[tuple[int, tuple[str, ...], bool]] = []
        end, places = 0, _NO_CODES
        for first, last, word, codes in self._gazetteer.iter_matches(name):
            inner = tuple(c for c in codes if not places or any(c.startswith(p) for p in places))
            if first != end or len(name) - last < _SHORTEST or not inner:
                break
            end, places = last, inner
            divisions = (self._gazetteer.by_code.get(code) for code in inner)
            found.append((end, places, any(d is not None and d.name == word for d in divisions)))
        return tuple(found)

    def _take_apart(self, name: str, start: int, codes: tuple[str, ...]) -> ThingName:
        where = len(codes) == 1 or bool(self._everywhere.match(name) or self._line.search(name))
        rest = self._pointing.sub("", name[start:]) or name
        key = name_key(rest) or rest
        core = self._kind.sub("", key)
        return ThingName(core if len(core) > _SHORTEST else key, self.numbers(key), codes, where)

    def _find_numbers(self, text: str) -> str:
        return " ".join(_digits(found.group()) for found in self._number.finditer(text))


def _digits(number: str) -> str:
    return "".join(_CHINESE.get(c, c) for c in number.removeprefix("第"))


_BY_LEVEL = {"country": 8, "province": 7, "prefecture": 6, "county": 5, "township": 3, "village": 1}


def rank(type: str, body: Entity, division: str, title: str) -> int:
    """How high an office is: 5 for the heads of a county, 4 for its deputies, 3 for the head of a bureau or town.

    Args:
        type: LEADS or SERVES_IN.
        body: What it is held in.
        division: Code of the division that a body belongs to, "" when it is not known.
        title: The office; committees and the like are headed by people of many ranks, a bureau by its 局长.

    Returns:
        1 to 8, or 0 for what is no public body or of no known level.
    """
    if body.type == "Region":
        top = _BY_LEVEL.get(body.level or "", 0)
    elif body.type == "Organization" and division and title.endswith("局长"):
        top = {2: 6, 4: 4, 6: 3, 9: 2}.get(len(division), 0)
    else:
        return 0
    return top if type == "LEADS" or not top else max(1, top - 1)
