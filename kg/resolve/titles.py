"""What the names of projects, parks and events are made of; and how high an office is."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.gazetteer import Gazetteer
from kg.ids import name_key
from kg.resolve.forms import ThingName
from kg.types import Entity

_SHORTEST = 2
_EVERYWHERE = re.compile(r"全国|中国|世界|国际|党的|中共中央")
# These run through many counties, and there is one of each name.
_LINE = re.compile(r"(?:铁路|高铁|高速|高速公路|公路|国道|省道|运河)(?:项目|工程)?$")
_POINTING = re.compile(r"^(?:[全我本该][县市区省州旗镇乡]|[县市区](?![委政人区域级场]))")
_KIND = re.compile(r"(?:建设|改造|扩建|提升)?(?:项目|工程)$")
_NUMBER = re.compile(
    r"第?[一二三四五六七八九十百零〇两\d]+(?=[期届次轮批号中季年月]|标段|车间|水厂)|[东西南北](?=[片区段线环站岸路城门]|片区)|[一二三四五六七八九十]届[一二三四五六七八九十]+次|\d+"
)
_CHINESE = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}


class Titles:
    """Takes names of projects, parks and events apart.

    Args:
        gazetteer: For places in them.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.read = lru_cache(maxsize=1 << 18)(self._read)

    def _read(self, name: str) -> ThingName:
        """The parts of a name."""
        start, where = 0, bool(_EVERYWHERE.match(name) or _LINE.search(name))
        bare = name.removeprefix("中共")
        places: tuple[str, ...] = ()
        for first, last, word, codes in self._gazetteer.iter_matches(bare):
            inner = tuple(c for c in codes if not places or any(c.startswith(p) for p in places))
            if first != start or len(bare) - last < _SHORTEST or not inner or self._gazetteer.ambiguous(word):
                break
            start, places = last, inner
        rest = _POINTING.sub("", bare[start:]) or bare
        key = name_key(rest) or rest
        core = _KIND.sub("", key)
        return ThingName(core if len(core) > 2 else key, numbers(key), places, where or len(places) == 1)


def numbers(text: str) -> str:
    """The numbers, phases and directions in a name, joined: 二期东片区 gives ``二 东``."""
    return " ".join(_digits(found.group()) for found in _NUMBER.finditer(text))


def _digits(number: str) -> str:
    return "".join(_CHINESE.get(c, c) for c in number.removeprefix("第"))


_BY_LEVEL = {"country": 8, "province": 7, "prefecture": 6, "county": 5, "township": 3, "village": 1}


def rank(type: str, body: Entity, division: str) -> int:
    """How high an office is: 5 for the heads of a county, 4 for its deputies, 3 for the head of a bureau or town.

    Args:
        type: LEADS or SERVES_IN.
        body: What it is held in.
        division: Code of the division that a body belongs to, "" when it is not known.

    Returns:
        1 to 8, or 0 for what is no public body or of no known level.
    """
    if body.type == "Region":
        top = _BY_LEVEL.get(body.level or "", 0)
    elif body.type == "Organization" and division:
        top = {2: 6, 4: 4, 6: 3, 9: 2}.get(len(division), 0)
    else:
        return 0
    return top if type == "LEADS" or not top else max(1, top - 1)
