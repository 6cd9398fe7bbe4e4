"""What 县, 市, 镇 and 我县 stand for: the document's own county, its parents, and the places in focus."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from kg.annotated import Locale, Seen, common_digits
from kg.gazetteer import Division, Gazetteer
from kg.link.articles import Articles
from kg.wording import Wording

_CITY = ("市", "州", "盟")


class Context:
    """The divisions of one document and what its deictic forms mean.

    Attributes:
        locale: The division that 我县 / 本市 stand for, or None.
        seen: Every division named, with one reading each, by position.
        notes: How the locale was found.
    """

    def __init__(
        self,
        text: str,
        locale: Locale,
        seen: Sequence[Seen],
        gazetteer: Gazetteer,
        articles: Articles,
        words: Wording,
    ) -> None:
        self._words = words
        self._text = text
        self._gazetteer = gazetteer
        self._in_names: dict[str, list[Division]] = {}
        self.locale = locale.division
        self._divided = locale.divided
        self.seen = list(seen)
        self.notes = [f"locale: {locale.reason}"]
        self._starts = [s.start for s in self.seen]
        named = [(s.start, s.division) for s in self.seen]
        self._articles = list(articles.counties(text, locale.division, named))
        self.notes += [
            f"article at {start}: {county.name}, the only county of its headline and first sentence"
            for start, county in self._articles
            if county != self.locale
        ]

    def local(self, position: int) -> Division | None:
        """The locale, or where a text holds several articles the county of the one at a position."""
        article = bisect_right(self._articles, position, key=lambda article: article[0])
        return self._articles[article - 1][1] if article else self.locale

    def resolve(self, letter: str, position: int) -> Division | None:
        """The division that 县, 市, 镇 … stands for at a position.

        Args:
            letter: 县, 市, 区, 旗, 州, 盟, 省, 镇, 乡, 村 or 街道.
            position: Where it stands in the text.

        Returns:
            None when the document leaves it open.
        """
        if letter in self._words.words("small"):
            return self.before(position, lambda d: d.name.endswith(letter))
        if letter == "省":
            province = self._ancestor("province")
            return province if province is not None and not province.name.endswith("市") else None
        elsewhere = self._elsewhere(letter, position)
        if elsewhere is not None:
            return elsewhere
        local = self.local(position)
        if local is not None and local.name.endswith(letter):
            return self._own(letter, position) or self._at_hand(letter, position) or local
        named = self.before(
            position, lambda d: d.name.endswith(letter) and d.level in ("county", "prefecture")
        )
        if letter in _CITY:
            above = self._ancestor("prefecture")
            if above is not None and above.name.endswith(letter):
                return above if named is None or named.level == "prefecture" or self._names(above) else named
            province = self._ancestor("province")
            if above is None and province is not None and province.name.endswith(letter):
                return province
        if letter == "区" and named is None:
            province = self._ancestor("province")
            return province if province is not None and province.name.endswith("自治区") else None
        return named

    def _elsewhere(self, letter: str, position: int) -> Division | None:
        """In a paragraph that only tells of another province, the place there whose bodies it names."""
        if self.locale is None:
            return None
        start = self._text.rfind("\n", 0, position) + 1
        first = bisect_left(self._starts, start)
        here = self.seen[first : bisect_left(self._starts, position)]
        if any(s.division.code[:2] == self.locale.code[:2] for s in here):
            return None
        bodies = self._words["bodies"]
        fitting = {
            s.division.code: s.division
            for s in here
            if s.division.name.endswith(letter) and bodies.match(self._text, s.end)
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _own(self, letter: str, position: int) -> Division | None:
        """Where a city's text tells of one of its counties in a paragraph, 市委 there is the county's."""
        if self.locale is None or self.locale.level != "prefecture":
            return None
        start = self._text.rfind("\n", 0, position) + 1
        end = self._text.find("\n", position)
        here = [s.division for s in self.seen if start <= s.start < (end if end >= 0 else len(self._text))]
        if any(d == self.locale for d in here):
            return None
        inside = {d for d in here if d.level == "county" and d.name.endswith(letter)}
        return inside.pop() if len(inside) == 1 else None

    def _at_hand(self, letter: str, position: int) -> Division | None:
        """In a text on several counties alike, the one whose body its paragraph named last."""
        if not self._divided:
            return None
        paragraph = self._text.rfind("\n", 0, position) + 1
        for seen in reversed(self.seen[: bisect_left(self._starts, position)]):
            if seen.start < paragraph:
                return None
            if seen.division.name.endswith(letter) and self._words["bodies"].match(self._text, seen.end):
                return seen.division
        return None

    def host(self, letter: str, position: int) -> Division | None:
        """The division whose bodies were named just before in the sentence: 铜仁市委组织部…、市科协 is 铜仁's."""
        since = max(self._text.rfind(end, 0, position) for end in "。\n") + 1
        for seen in reversed(self.seen[: bisect_left(self._starts, position)]):
            if seen.start < since:
                break
            if seen.division.name.endswith(letter) and self._words["bodies"].match(self._text, seen.end):
                # 甲县水利局局长某某，县委书记某某: behind another county's bureau come the text's own leaders.
                own = self._words["leaders"].match(self._text, position)
                seat = self._words["seats"].match(self._text, seen.end)
                local = self.local(position) if own and not seat else None
                other = local is not None and local != seen.division and local.name.endswith(letter)
                return None if other else seen.division
        return None

    def in_sentence(self, letter: str, start: int, position: int) -> Division | None:
        """The last division of a kind named in a stretch of the text."""
        return self.before(position, lambda d: d.name.endswith(letter), since=start)

    def before(self, position: int, fits: Callable[[Division], bool], *, since: int = 0) -> Division | None:
        """The last division named before a position that fits."""
        for seen in reversed(self.seen[: bisect_left(self._starts, position)]):
            if seen.start < since:
                return None
            if fits(seen.division):
                return seen.division
        return None

    def named(self, name: str) -> Division | None:
        """A division of this full name: of several the one nearest to the locale."""
        found = self._gazetteer.named(name)
        local = self.locale.code if self.locale else ""
        return max(found, key=lambda d: (common_digits(d.code, local), -len(d.code)), default=None)

    def own_township(self, word: str) -> Division | None:
        """The township of the locale that a name without its kind stands for: 周嘉 → 周嘉镇."""
        if self.locale is None or self.locale.level != "county" or word == self.locale.short:
            return None
        own = self._gazetteer.named(word, within=self.locale.code, levels={"township"})
        if own:
            return own[0]
        below = (self._gazetteer.by_code[c] for c in self._gazetteer.children.get(self.locale.code, []))
        return next((d for d in below if d.short == word), None)

    def in_name(self, name: str) -> list[Division]:
        """The divisions a name begins with or holds, from left to right: 浙江安吉经济开发区 → 浙江省, 安吉县."""
        if name not in self._in_names:
            self._in_names[name] = self._read_name(name)
        return list(self._in_names[name])

    def _read_name(self, name: str) -> list[Division]:
        found = []
        for seen in self.seen:
            short = seen.division.short
            own = self.locale is not None and self.locale.short == short
            if seen.full and seen.division.level == "township" and name.startswith(short) and not own:
                return [seen.division]
        for start, end, word, codes in self._gazetteer.iter_matches(name):
            reading = [s.division for s in self.seen if s.division.code in codes]
            if self.locale is not None and self.locale.code in codes:
                reading.insert(0, self.locale)
            if reading:
                found.append(reading[0])
            elif start == 0 and not self._gazetteer.ambiguous(word):
                local = self.locale.code if self.locale else ""
                code = min(codes, key=lambda c: (-common_digits(c, local), len(c), c))
                division = self._gazetteer.by_code[code]
                if len(code) <= 4 or (len(code) == 6 and division.name == word and end - start > 2):
                    found.append(division)
        return found

    def is_local(self, division: Division) -> bool:
        """Whether a division is the locale or lies in it."""
        return self.locale is not None and division.code.startswith(self.locale.code)

    def focus(self, position: int) -> Division | None:
        """Where things without a place of their own are: the locale, or in a city's text the county at hand.

        In a text on several counties alike it is the one at hand or none.
        """
        alone = self.locale is not None and not self._divided
        if self.locale is None or (alone and self.locale.level == "county"):
            return self.local(position)
        paragraph = self._text.rfind("\n", 0, position) + 1
        near = self.before(position, lambda d: d.level == "county", since=paragraph)
        return near or (None if self._divided and self.locale.level == "county" else self.local(position))

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """All larger divisions, nearest first."""
        return self._gazetteer.ancestors(code) if code in self._gazetteer.by_code else ()

    def _ancestor(self, level: str) -> Division | None:
        if self.locale is None:
            return None
        line = (self.locale, *self._gazetteer.ancestors(self.locale.code))
        return next((d for d in line if d.level == level), None)

    def _names(self, division: Division) -> bool:
        return any(s.division == division for s in self.seen)
