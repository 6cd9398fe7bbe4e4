"""The county (or city) a document speaks from, and one reading for each place it names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.annotated import Locale, Place, Seen, common_digits
from kg.gazetteer import Gazetteer
from kg.wording import Wording

_LEAST_WEIGHT = 0.25
_OTHERS = 0.4  # of the votes of a county: so many for its neighbours make the text one of the city
_RIVAL = 0.5


class LocaleFinder:
    """Tells where a document speaks from; holds the gazetteer and the wording."""

    def __init__(self, gazetteer: Gazetteer, words: Wording) -> None:
        self._gazetteer = gazetteer
        self._speaks_of = words["speaks of"]
        self._ours = words["ours"]
        self._official = words["official"]
        self._signature = words["signature"]

    def find(self, text: str, places: Sequence[Place]) -> Locale:
        """The division that 我县 or 本市 stand for: the one named most, in the kind the text speaks of.

        Args:
            text: The document's text; its first line counts more.
            places: Division names in it.
        """
        letters = Counter(next(g for g in m.groups() if g) for m in self._speaks_of.finditer(text))
        letter = letters.most_common(1)[0][0] if letters else ""
        ours = Counter(m.group(1) for m in self._ours.finditer(text))
        if ours:
            letter = ours.most_common(1)[0][0]
        title_end = text.find("\n") if "\n" in text else 0
        votes: defaultdict[str, float] = defaultdict(float)
        for place in places:
            counties = {c for c in place.codes if len(c) == 6}
            larger = tuple(c for c in place.codes if len(c) <= 4)
            if larger and not place.full:
                # 西安 and 河北 are the city and the province, not the districts of these names elsewhere.
                counties = {c for c in counties if c.startswith(larger)}
            weight = (
                (2.0 if place.full else 1.0)
                + (place.start < title_end)
                + bool(self._official.match(text, place.end))
            )
            if not place.sure or self._signature.match(text, place.start - 1):
                weight *= 0.3
            if place.full and self._gazetteer.ambiguous(place.name):
                weight *= 0.3
            for code in counties:
                votes[code] += weight / len(counties)
            townships = {c[:6] for c in place.codes if len(c) == 9} & self._gazetteer.by_code.keys()
            for code in townships:
                votes[code] += 0.8 / len(townships) if len(townships) < 9 else 0.02
            for code in place.codes:
                if len(code) == 4 or (len(code) == 2 and self._gazetteer.by_code[code].name.endswith("市")):
                    votes[code] += weight * (0.8 if letter in ("市", "州", "盟") else 0.2)
        if not votes:
            return Locale(None, letter, "no county or city is named")
        if letter:
            for code in votes:
                if not self._gazetteer.by_code[code].name.endswith(letter):
                    votes[code] *= 0.4
        best, weight = max(votes.items(), key=lambda item: (item[1], item[0]))
        if weight < _LEAST_WEIGHT:
            return Locale(None, letter, "the places named fit many counties alike")
        best = self._own_city(best, votes, letter, bool(ours))
        division = self._gazetteer.as_in(text, best)
        reason = (
            f"{division.name} is named most (weight {weight:.1f}); the text speaks of {letter or 'no kind'}"
        )
        return Locale(division, letter, reason, not ours and self._divided(best, votes))

    def _own_city(self, best: str, votes: Mapping[str, float], letter: str, ours: bool) -> str:
        """The city of a county that is named most, where the text says 我市 or names the city's others too."""
        city, fits = best[:4], self._gazetteer.by_code[best].name.endswith(letter or "-")
        if len(best) != 6 or fits or city not in votes:
            return best
        others = sum(v for c, v in votes.items() if len(c) == 6 and c != best and c.startswith(city))
        if letter and self._gazetteer.by_code[city].name.endswith(letter):
            return city if ours or others >= _OTHERS * votes[best] else best
        return city if min(others, votes[city]) >= _OTHERS * votes[best] else best

    @staticmethod
    def _divided(best: str, votes: Mapping[str, float]) -> bool:
        """Whether a text speaks of a county or city elsewhere nearly as often."""
        return any(
            v >= _RIVAL * votes[best]
            for c, v in votes.items()
            if not c.startswith(best) and not best.startswith(c)
        )


def read_places(text: str, places: Sequence[Place], locale: Locale, gazetteer: Gazetteer) -> Iterator[Seen]:
    """One reading for each place: near the locale, or near what the document names in full."""
    near = [locale.division.code] if locale.division else []
    chosen: dict[str, str] = {}
    for place in sorted(places, key=lambda p: (not p.full, p.start)):
        if place.codes and place.name not in chosen:
            code = _choose(place, near)
            if code is not None:
                chosen[place.name] = code
                if place.full and len(code) <= 6:
                    near.append(code)
    for place in sorted(places, key=lambda p: p.start):
        if place.codes and place.name in chosen:
            yield Seen(place.start, place.end, gazetteer.as_in(text, chosen[place.name]), place.full)


def _choose(place: Place, near: Sequence[str]) -> str | None:
    def shared(code: str) -> int:
        return max((common_digits(code, other) for other in near), default=0)

    local = near[0] if near else ""
    best = min(place.codes, key=lambda c: (-common_digits(c, local), -shared(c), len(c), c))
    if len(best) == 9 and len(place.codes) > 1 and shared(best) < 6:
        below_city = best[4:6] == "00" and best[:4] in near  # 东莞市 has no counties
        return best if below_city else None
    if len(best) == 6 and not place.full and len(place.codes) > 1 and shared(best) < 6:
        larger = [c for c in place.codes if len(c) == 4]
        return larger[0] if larger else best
    return best
