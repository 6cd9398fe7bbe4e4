"""Who builds a work, told by a label in a sentence of its own: 施工单位鼎力建设集团要求…."""

from __future__ import annotations

from pathlib import Path

from kg.link.found import Found, Made
from kg.wording import load_wording

_WITHIN = 160


class Roles:
    """Adds BUILDS for firms behind a builder's label, to the work spoken of last; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._builder = load_wording(schemas, "roles")["builder"]

    def read(self, found: Found) -> None:
        """Adds BUILDS."""
        for firm in found.marks:
            if firm.type not in ("Company", "Organization") or firm.anaphor:
                continue
            if not self._builder.search(found.text, max(0, firm.start - 12), firm.start):
                continue
            paragraph = found.text.rfind("\n", 0, firm.start) + 1
            work = found.marks.before(
                firm.start, lambda m: m.type == "Project", since=max(paragraph, firm.start - _WITHIN)
            )
            if work is not None:
                found.add(
                    Made("BUILDS", firm.entity, work.entity, work.start, firm.end, "role:builder", score=0.75)
                )
