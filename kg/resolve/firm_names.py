"""What the name of a firm is made of: place, brand, trade, role in its group, legal form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.gazetteer import Gazetteer
from kg.ids import name_key
from kg.lexicon import load_lexicon
from kg.resources import in_schemas

_SHORTEST = 2
_NO_CODES: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirmName:
    """A firm's name, taken apart.

    Attributes:
        key: The whole, made comparable.
        places: Codes of the division it begins with; several where divisions share a name.
        core: Without place and legal form.
        stem: The core without words of trade and role: the brand.
        roles: What it does for its group (销售, 物流).
        legal: Whether it has a legal form, so that it is a full name.
        group: Whether it is called a 集团.
    """

    key: str
    places: tuple[str, ...]
    core: str
    stem: str
    roles: frozenset[str]
    legal: bool
    group: bool


class FirmNames:
    """Takes names of firms apart.

    Args:
        gazetteer: For the places they begin with.
        schemas: Folder with lexicons/company_names.txt; the program's where it has none.
    """

    def __init__(self, gazetteer: Gazetteer, schemas: Path) -> None:
        words = load_lexicon(in_schemas(schemas, "lexicons/company_names.txt"))
        longest = {section: sorted(terms, key=lambda t: (-len(t), t)) for section, terms in words.items()}
        self._gazetteer = gazetteer
        self._legal, self._loose = tuple(longest["legal"]), tuple(longest["loose"])
        self._roles, self._trades = tuple(longest["roles"]), tuple(longest["trades"])
        self.no_brand = frozenset(words.get("no brand", ()))
        """What is left of names of firms that every county has."""
        self._words = frozenset((*self._roles, *self._trades))
        self.read = lru_cache(maxsize=1 << 18)(self._read)

    def _read(self, name: str) -> FirmName:
        """The parts of a name."""
        key = name_key(name)
        legal = next((end for end in self._legal if key.endswith(end) and key != end), "")
        loose = legal or next((end for end in self._loose if key.endswith(end) and key != end), "")
        body = key.removesuffix(loose) if loose else key
        group = "集团" in loose or body.endswith("集团")
        body = body.removesuffix("集团") or body
        start, places = self._place(body)
        if start and body[start:] in self._words:
            start, places = 0, ()  # 朝阳科技 is a brand and a trade
        core = body[start:] or body
        stem = core
        while True:
            word = next((w for w in (*self._roles, *self._trades) if stem.endswith(w)), "")
            if not word or len(stem) - len(word) < _SHORTEST:
                break
            stem = stem.removesuffix(word)
        roles = frozenset(role for role in self._roles if role in core)
        return FirmName(key, places, core, stem, roles, bool(legal), group)

    def _place(self, body: str) -> tuple[int, tuple[str, ...]]:
        """Where the division ends that a name begins with, and its codes."""
        end, places = 0, _NO_CODES
        for first, last, _, codes in self._gazetteer.iter_matches(body):
            rest = len(body) - last
            if first != end or rest < _SHORTEST:
                break
            inner = tuple(c for c in codes if any(c.startswith(p) for p in places)) if places else codes
            if not inner:
                break
            end, places = last, inner
        if end and body[end : end + 1] in "省市县" and len(body) - end > _SHORTEST:
            end += 1
        return end, places
