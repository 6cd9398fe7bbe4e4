"""Several articles in one text: where each begins, and the county it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.gazetteer import Division
from kg.wording import load_wording

_LEAD = 120


class Articles:
    """Finds articles; holds the wording of their first lines."""

    def __init__(self, schemas: Path) -> None:
        words = load_wording(schemas, "articles")
        self._signed = words["signed"]
        first_line = words["opening"].pattern
        self._opening = re.compile(rf"(?:^|\n)([^\n。！？；]{{4,44}})\n(?={first_line})")

    def starts(self, text: str) -> list[tuple[int, int]]:
        """Where articles begin, each with the end of what says where it plays: headline and first sentence.

        Args:
            text: As cleaned.
        """
        found = []
        for opening in self._opening.finditer(text):
            stop = text.find("。", opening.end())
            end = min(stop if stop >= 0 else len(text), opening.end() + _LEAD)
            found.append((opening.start(1), end))
        return found

    def counties(
        self, text: str, locale: Division | None, named: Sequence[tuple[int, Division]]
    ) -> Iterator[tuple[int, Division]]:
        """The articles of a county's text that are about another county, and where each article begins.

        Args:
            text: As cleaned.
            locale: What the whole text speaks from.
            named: The divisions named, by position.

        Yields:
            For every article its start and its county: the one that its headline or first sentence names
            alone, else the locale.
        """
        signed = list(self._signed.finditer(text))
        if locale is not None and len(signed) > 1:
            yield from _senders(signed, locale, named)
            return
        starts = self.starts(text)
        if locale is None or locale.level != "county" or len(starts) < 2:
            return
        for start, end in starts:
            counties = {d.code: d for at, d in named if start <= at < end and d.level == "county"}
            other = len(counties) == 1 and locale.code not in counties
            yield start, next(iter(counties.values())) if other else locale


def _senders(
    signed: Sequence[re.Match[str]], locale: Division, named: Sequence[tuple[int, Division]]
) -> Iterator[tuple[int, Division]]:
    """The items of a bulletin, each of the county whose body signs it, and the text after the last."""
    start = 0
    for sender in signed:
        county = (d for at, d in named if at == sender.start() + 1 and d.level == "county")
        yield start, next(county, locale)
        start = sender.end()
    yield start, locale
