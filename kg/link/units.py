"""What names tell: a body inside a body (省交通运输厅综合运输处), a work of a firm (某公司光谷产业园)."""

from __future__ import annotations

from pathlib import Path

from kg.link.entities import Registry
from kg.wording import load_wording


class Units:
    """Reads names of bodies and works; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        words = load_wording(schemas, "units")
        self._have_parts = words.words("have parts")
        self._not_parts = words.words("not a part")
        self._posts = [tuple(pair.split()) for pair in words.words("posts of")]
        self._builders = words.words("builders")
        self._firm = words["firm"]

    def parts(self, registry: Registry) -> list[tuple[str, str]]:
        """Ids of inner and outer bodies, each inner one with the longest outer one that its name begins with."""
        bodies = [d for d in registry.drafts.values() if d.type == "Organization"]
        pairs = []
        for inner in bodies:
            outer = [
                (len(name), d.id)
                for d in bodies
                if d.name.endswith(self._have_parts) and d is not inner
                for name in (d.name, *d.aliases)
                if inner.name.startswith(name)
                and len(inner.name) > len(name) + 1
                and not inner.name[len(name) :].startswith(self._not_parts)
            ]
            if outer:
                pairs.append((inner.id, max(outer)[1]))
                continue
            offices = [o for end, office in self._posts if inner.name.endswith(end) for o in (office,)]
            above = [d.id for d in bodies if offices and d.name.endswith(offices[0]) and d is not inner]
            if len(above) == 1:
                pairs.append((inner.id, above[0]))
        return pairs

    def owners(self, registry: Registry) -> list[tuple[str, str]]:
        """Ids of firms (or schools, hospitals) and of the works whose names begin with theirs: 厦华光电第8.5代面板项目."""
        for work in [d for d in registry.drafts.values() if d.type == "Project"]:
            firm = self._firm.match(work.name)
            if firm:
                registry.named("Company", firm.group(1), firm.group(1), work.first)
        drafts = list(registry.drafts.values())
        holders = [
            d
            for d in drafts
            if d.type == "Company" or (d.type == "Organization" and d.name.endswith(self._builders))
        ]
        pairs = []
        for work in drafts:
            if work.type not in ("Project", "Park"):
                continue
            begins = [
                (len(name), d.id)
                for d in holders
                for name in (d.name, *d.aliases)
                if len(name) > 2 and work.name.startswith(name) and len(work.name) > len(name) + 1
            ]
            if begins:
                pairs.append((max(begins)[1], work.id))
        return pairs
