"""What follows from whose a firm or a work is: subsidiaries put up what their parents pay for, works named after
their firm are its own."""

from __future__ import annotations

from pathlib import Path

from kg.link.clauses import Masked
from kg.link.entities import Draft
from kg.link.found import Found, Made
from kg.wording import load_wording

_SHARED = 2  # characters of a firm's name that its work begins with


class Affiliates:
    """Adds and takes back BUILDS and INVESTS_IN; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._put_up = load_wording(schemas, "deals")["put up"]
        self._planned = load_wording(schemas, "works")["planned"]
        self._legal_form = load_wording(schemas, "companies")["legal form"]

    def read(self, found: Found, masked: Masked) -> None:
        """Adds BUILDS and INVESTS_IN."""
        self._namesakes(found, masked)
        _through_parts(found)

    def _namesakes(self, found: Found, masked: Masked) -> None:
        for paragraph in masked.paragraphs:
            firms: dict[str, Draft] = {}
            for sentence in paragraph:
                for mark in masked.mentions(*sentence, "ⒸⓅⓀ"):
                    draft = found.registry.drafts[mark.entity]
                    if mark.type == "Company":
                        firms[draft.id] = draft
                        continue
                    if not firms or not self._put_up.search(masked.text, *sentence):
                        continue
                    if self._planned.search(masked.text, *sentence):
                        continue
                    own = [f for f in firms.values() if self._named_after(found, draft.name, f)]
                    if len(own) == 1 and not found.heads("BUILDS", draft.id):
                        found.add(
                            Made("BUILDS", own[0].id, draft.id, *sentence, "clause:namesake", score=0.7)
                        )

    def _named_after(self, found: Found, work: str, firm: Draft) -> bool:
        """Whether a work's name begins like that of a firm without its place: 桐岭光伏支架项目, 山西桐岭光伏科技."""
        brand = _without_place(found, self._legal_form.sub("", firm.name))
        start = _without_place(found, work)[:_SHARED]
        return len(brand) > _SHARED and brand.startswith(start)


def _without_place(found: Found, name: str) -> str:
    for division in found.context.in_name(name):
        for form in (division.name, division.short):
            if name.startswith(form) and len(name) > len(form) + 1:
                return name.removeprefix(form)
    return name


def _through_parts(found: Found) -> None:
    """What a parent pays for and its subsidiary builds, the subsidiary pays for and the parent does not build."""
    for owned in [m for m in found.made() if m.type == "OWNS"]:
        built = found.tails("BUILDS", owned.tail)
        for work in found.tails("INVESTS_IN", owned.head):
            if work in built:
                low, high = owned.start, owned.end
                found.add(Made("INVESTS_IN", owned.tail, work, low, high, "clause:part", score=0.7))
                found.remove("BUILDS", owned.head, work)
