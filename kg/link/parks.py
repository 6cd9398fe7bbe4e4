"""Parks that other names imply: the park of a committee, the zone a section lies in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.annotated import Name
from kg.lexicon import by_first_word
from kg.link.entities import Registry
from kg.link.variants import Variants
from kg.wording import load_wording


class Parks:
    """Finds parks in other names; holds the wording."""

    def __init__(self, schemas: Path, variants: Variants) -> None:
        words = load_wording(schemas, "parks")
        self.committees = words.words("committees")
        """What the names of bodies that run a park end with."""
        self.in_full = by_first_word(words.words("zones in full"))
        """What the full name of a zone ends with that a general word stands for."""
        self._variants = variants
        self._word = words["word"]
        self._of_committee = words["of committee"]
        self._section = words["section"]
        self._of_work = words["of work"]
        self._of_zone = words["of zone"]
        self._committee_end = re.compile(rf"(?:{words['committees'].pattern})$")
        self._spoken_of = words["spoken of"].pattern
        self._not_alone = words["part of name"].pattern

    def word(self, name: str) -> str:
        """The general word for a park that a name begins with (开发区管委会 → 开发区), or ""."""
        match = self._word.match(name)
        return match.group() if match and match.end() < len(name) else ""

    def named(self, word: str, text: str, names: Sequence[Name], position: int) -> str | None:
        """The full name of the park that 开发区 or 园区 stands for.

        Args:
            word: The general word; "" for any park.
            text: The document's text.
            names: The names found in it.
            position: Where the word stands; what was named before it comes first.
        """
        found = []
        for name in sorted(names, key=lambda n: n.start > position):
            spelled = text[name.start : name.end]
            if name.type == "Park" or (name.type == "Organization" and spelled.endswith(self.committees)):
                found.append(self._committee_end.sub("", spelled))
        found += [
            zone.group(1)
            for name in names
            if name.type == "Project" and (zone := self._of_work.match(text, name.start, name.end))
        ]
        longer = [f for f in found if len(f) > len(word) + 1]
        ends = (word, *self.in_full.get(word, ()))
        fits = [f for f in longer if f.endswith(ends) or self._variants.shortens(word, f, "Park")]
        return next(iter(fits or [f for f in longer if word in f]), None)

    def add_of_committees(self, text: str, names: Iterable[Name], registry: Registry) -> None:
        """A committee names its park where the text speaks of the park as well (园区, 开发区)."""
        inside = bytearray(len(text))
        for name in names:
            if text[name.start : name.end].endswith(self.committees):
                inside[name.start : name.end] = b"\1" * (name.end - name.start)
        for draft in list(registry.drafts.values()):
            owner = self._of_committee.fullmatch(draft.name)
            if draft.type != "Organization" or not owner:
                continue
            word = self._word.search(owner.group(1))
            zone = rf"|{self._spoken_of}" if word and owner.group(1).endswith(word.group()) else ""
            alone = re.compile(
                rf"(?:{word.group() if word else re.escape(owner.group(1))}{zone})(?!{self._not_alone})"
            )
            spoken = any(not inside[m.start()] for m in alone.finditer(text))
            if draft.name.endswith("党工委") or spoken:
                registry.named("Park", owner.group(1), owner.group(1), draft.first)

    def add_outer(self, registry: Registry) -> list[tuple[str, str]]:
        """柳河经济开发区温泉园区 names 柳河经济开发区 as well: ids of the inner and the outer park."""
        zones = []
        parks = [d for d in registry.drafts.values() if d.type == "Park"]
        for draft in parks:
            short = self._of_zone.match(draft.name)
            if short:
                ends = (short.group(1), *self.in_full.get(short.group(1), ()))
                whole = [d for d in parks if d is not draft and d.name.endswith(ends)]
                zones += [(draft.id, d.id) for d in whole[:1]]
                continue
            outer = self._section.match(draft.name)
            if outer:
                above = registry.named("Park", outer.group(1), outer.group(1), draft.first)
                zones.append((draft.id, above.id))
        return zones
