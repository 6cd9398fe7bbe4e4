"""Short names of the companies of one document, found by the names they shorten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.annotated import Name
from kg.link.entities import brand, short_forms

_DEFINED = re.compile(r"[（(](?:以下|下文|下)?(?:统?简称|称)(?:为|：)?[“\"]?([^”\"（）()“]{2,14})[”\"]?[）)]")
_GLOSS = re.compile(r"（([\u4e00-\u9fff]{3,12})）")


def without_aliased_regions(text: str, names: Sequence[Name]) -> list[Name]:
    """Names without the regions inside a short name that the text gives a firm: 以下简称“山东镓数”."""
    held = bytearray(len(text))
    for company in names:
        defined = _DEFINED.match(text, company.end) if company.type == "Company" else None
        if defined:
            for match in re.finditer(re.escape(defined.group(1)), text):
                held[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return [n for n in names if n.type != "Region" or not held[n.start]]


def company_aliases(
    text: str, companies: Iterable[Name], taken: bytearray, shorts: frozenset[str]
) -> list[tuple[int, int, str]]:
    """Stretches that are short names of companies named in full.

    Args:
        text: The document's text.
        companies: Full company names found in it.
        taken: Positions held by other names; the stretches found are marked in it.
        shorts: Names of divisions.

    Returns:
        Start, end and the full name each stands for.
    """
    found: list[tuple[int, int, str]] = []
    names = sorted({text[c.start : c.end] for c in companies}, key=lambda n: (-len(n), n))

    def take(start: int, end: int, full: str) -> None:
        found.append((start, end, full))
        taken[start:end] = b"\1" * (end - start)

    for company in sorted(companies, key=lambda c: c.start):
        defined = _DEFINED.match(text, company.end)
        if defined:
            alias, full = defined.group(1), text[company.start : company.end]
            for match in re.finditer(re.escape(alias), text):
                if not any(taken[match.start() : match.end()]):
                    take(*match.span(), full)
    for full in names:
        for start, end in short_forms(text, brand(full, shorts), taken):
            take(start, end, full)
    return found
