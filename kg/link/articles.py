"""Several articles in one text: where each begins, and the county it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.gazetteer import Division

# A headline, then a line that opens like news: 本报讯, a dateline, a day.
_OPENING = re.compile(
    r"(?:^|\n)([^\n。！？；]{4,44})\n"
    r"(?=(?:本报|本网|本台|[\u4e00-\u9fff]{2,8}(?:网|报|台|融媒|发布))?[^\n。，]{0,8}(?:讯|电|消息)|(?:20\d\d年)?\d{1,2}月\d{1,2}日[，上下晚至]|(?:近日|日前|昨日|今日|连日来)，)"
)
_LEAD = 120


def article_starts(text: str) -> list[tuple[int, int]]:
    """Where articles begin, each with the end of what says where it plays: headline and first sentence.

    Args:
        text: As cleaned.
    """
    found = []
    for opening in _OPENING.finditer(text):
        stop = text.find("。", opening.end())
        end = min(stop if stop >= 0 else len(text), opening.end() + _LEAD)
        found.append((opening.start(1), end))
    return found


def article_counties(
    text: str, locale: Division | None, named: Sequence[tuple[int, Division]]
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
    starts = article_starts(text)
    if locale is None or locale.level != "county" or len(starts) < 2:
        return
    for start, end in starts:
        counties = {d.code: d for at, d in named if start <= at < end and d.level == "county"}
        other = len(counties) == 1 and locale.code not in counties
        yield start, next(iter(counties.values())) if other else locale
