"""The day a document speaks from, read out of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kg.wording import load_wording

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)[年\-./](\d{1,2})[月\-./](\d{1,2})日?(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[年\-./](\d{1,2})月?(?!\d)")
_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_CHINESE = re.compile(
    r"[一二三四五六七八九〇零]{4}年(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)?"
)
_OPENING = 400


class Dates:
    """Finds the days that documents speak from; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        words = load_wording(schemas, "dates")
        part = {name: pattern.pattern for name, pattern in words.items()}
        self._published = words["published"]
        self._year = re.compile(
            rf"(?<!\d)((?:19|20)\d\d)(?:年(?!{part['not a year']})|(?=[^\W\d_]{{2,14}}(?:{part['yearly']})))"
        )
        self._alone = re.compile(
            rf"^[（(]?(?:{part['before lone day']})[：:]?(\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?)[^，。]{{0,12}}[）)]?$"
        )
        self._last_year = re.compile(
            rf"(?:{part['looks back']})[^。]{{0,8}}?(20\d\d)年|(20\d\d)年度[^。]{{0,8}}?(?:{part['awards']})"
        )
        self._ahead = re.compile(rf"(?:{part['ahead']})了?(?:20\d\d)年")

    def of(self, text: str, furniture: Sequence[str] = ()) -> str | None:
        """The document's own date, as exactly as the text gives it.

        A publication date (in the page's furniture, or alone on a line) comes before a date in the
        dateline or the first sentences, that before the latest day without a year joined to the year
        of the text, that before a month, that before a year.

        Args:
            text: The mended text.
            furniture: Lines of the page that were set apart (bylines, navigation, publication notes).

        Returns:
            ``2021-03-31``, ``2022-10``, ``2019`` or None.
        """
        text = _CHINESE.sub(lambda m: _arabic(m.group()), text)
        for line in furniture:
            found = _FULL.search(line)
            if found and (self._published.search(line) or len(line) <= 24):
                return _iso(*found.groups())
        for line in text.split("\n"):
            alone = self._alone.match(line)
            if alone:
                return self._exact(alone.group(1))
        noted = re.findall(r"[（(][^（）()]{0,10}?(\d{4}年\d{1,2}月(?:\d{1,2}日)?)[^（）()]{0,12}[）)]", text)
        opening = _FULL.search(text[:_OPENING])
        if noted and (opening is None or noted[-1] in text[-60:]):
            return self._exact(noted[-1])
        if opening:
            return _iso(*opening.groups())
        year = self._context_year(text)
        days = [(int(m), int(d)) for m, d in _DAY.findall(text) if 1 <= int(m) <= 12 and 1 <= int(d) <= 31]
        if days and year:
            return f"{year}-{max(days)[0]:02d}-{max(days)[1]:02d}"
        return self._exact(text)

    def _exact(self, text: str) -> str | None:
        for pattern in (_FULL, _MONTH, self._year):
            found = pattern.search(text)
            if found and (len(found.groups()) < 2 or 1 <= int(found.group(2)) <= 12):
                return _iso(*found.groups())
        return None

    def _context_year(self, text: str) -> int | None:
        past = self._last_year.search(text)
        if past:
            return int(past.group(1) or past.group(2)) + 1
        years = [int(y) for y in self._year.findall(self._ahead.sub("", text))]
        return max(set(years), key=lambda y: (years.count(y), y)) if years else None


def _iso(*parts: str) -> str:
    return "-".join(part.zfill(2) for part in parts)


def _arabic(text: str) -> str:
    def number(word: str) -> str:
        if "十" not in word:
            return word.translate(_DIGITS)
        tens, ones = word.split("十")
        return str(
            (int(tens.translate(_DIGITS)) if tens else 1) * 10 + (int(ones.translate(_DIGITS)) if ones else 0)
        )

    return re.sub(r"[〇零一二三四五六七八九十]+", lambda m: number(m.group()), text)
