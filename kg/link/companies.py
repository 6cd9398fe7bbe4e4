"""Short names of the companies of one document, found by the names they shorten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.annotated import Name
from kg.wording import load_wording

_STOCK = "股份"  # a firm called so by its short name is one by law


class Companies:
    """Finds short names; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        words = load_wording(schemas, "companies")
        self._defined = words["defined"]
        self._legal_form = words["legal form"]
        self._ends = words.words("ends")

    def without_aliased_regions(self, text: str, names: Sequence[Name]) -> list[Name]:
        """Names without the regions inside a short name that the text gives a firm: 以下简称“山西桐柏”."""
        held = bytearray(len(text))
        for company in names:
            defined = self._defined.match(text, company.end) if company.type == "Company" else None
            if defined:
                for match in re.finditer(re.escape(defined.group(1)), text):
                    held[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        return [n for n in names if n.type != "Region" or not held[n.start]]

    def aliases(
        self, text: str, companies: Iterable[Name], taken: bytearray, shorts: frozenset[str]
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
            defined = self._defined.match(text, company.end)
            if defined:
                alias, full = defined.group(1), text[company.start : company.end]
                for match in re.finditer(re.escape(alias), text):
                    if not any(taken[match.start() : match.end()]):
                        take(*match.span(), full)
        for full in names:
            for start, end in self._short_forms(text, self.brand(full, shorts), taken):
                if _STOCK in full or not text[start:end].endswith(_STOCK):
                    take(start, end, full)
        return found

    def brand(self, company: str, shorts: frozenset[str]) -> str:
        """What is left of a company's name without its place and its legal form: 北溪源新材料.

        Args:
            company: Full name, without brackets' content.
            shorts: Names of divisions, full and short.
        """
        name = re.sub(r"（[^）]*）", "", company)
        name = self._legal_form.sub("", name)
        for length in range(min(6, len(name) - 2), 1, -1):
            if name[:length] in shorts:
                name = name[length:]
                break
        return name.removeprefix("省").removeprefix("市").removeprefix("县")

    def _short_forms(self, text: str, core: str, taken: bytearray) -> list[tuple[int, int]]:
        """Where a company's short name stands: its first two characters, then others of its name in order.

        北溪源新材 and 北陵电子 are short for 北溪源新材料 and 北陵电子材料, 云峰科技 for 云岭精密科技.

        Args:
            text: Where to look.
            core: What `brand` left of the full name.
            taken: Positions that other names hold already.
        """
        if len(core) < 3:
            return []
        found = []
        at = text.find(core[:2])
        while at >= 0:
            rest, end = 2, at + 2
            while end < len(text):
                there = core.find(text[end], rest)
                if there < 0:
                    break
                rest, end = there + 1, end + 1
            for tail in self._ends:
                if text.startswith(tail, end):
                    end += len(tail)
                    break
            quoted = text[at - 1 : at] == "“" and text[end : end + 1] == "”"
            if not any(taken[at:end]) and (
                end - at >= 4 or (end - at == 3 and (quoted or core[2] == text[at + 2]))
            ):
                found.append((at, end))
            at = text.find(core[:2], max(end, at + 1))
        return found
