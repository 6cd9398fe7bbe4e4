"""What 我县 and 我局 mean in a speaker's mouth: the county and the body of the speaker's own office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.lexicon import by_first_word
from kg.link.found import Found
from kg.link.marks import PEOPLE, Mark, Marks
from kg.wording import load_wording

_QUOTE = re.compile(r"“([^“”]{4,600})”")


class Speakers:
    """Ties what speakers call their own; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = words = load_wording(schemas, "speakers")
        self._ends = by_first_word(words.words("name ends"))

    def read(self, found: Found) -> None:
        """Points 我县, 我局 in speech to the region or body of the speaker's office; the notes say so."""
        taken = bytearray(len(found.text))
        for mark in found.marks:
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        moved: dict[int, Mark] = {}
        added: list[Mark] = []
        for speaker, start, end in self._speeches(found):
            tails = [t for kind in ("LEADS", "SERVES_IN") for t in found.tails(kind, speaker.entity)]
            for mark in found.marks.inside(start, end):
                deictic = mark.anaphor and mark.type == "Region"
                own = self._words["own region"].fullmatch(mark.text) if deictic else None
                region = _region(found, tails, next(filter(None, own.groups()))) if own else ""
                if region and region != mark.entity:
                    moved[mark.start] = replace(mark, entity=region)
                    _note(found, mark.text, mark.start, region, speaker)
            for match in self._words["own body"].finditer(found.text, start, end):
                body = self._body(found, tails, match.group(1) or "司")
                if body and not any(taken[match.start() : match.end()]):
                    kind = found.registry.drafts[body].type
                    added.append(
                        Mark(
                            *match.span(), kind, body, match.group(), anaphor=True, score=0.8, rule="speaker"
                        )
                    )
                    taken[match.start() : match.end()] = b"\1" * len(match.group())
                    found.registry.drafts[body].surfaces[match.group()] += 1
                    _note(found, match.group(), match.start(), body, speaker)
        if moved or added:
            found.marks = Marks([*(moved.get(m.start, m) for m in found.marks), *added])

    def _speeches(self, found: Found) -> Iterator[tuple[Mark, int, int]]:
        """Speaker, start and end of each stretch of direct or reported speech."""
        text = found.text
        for quote in _QUOTE.finditer(text):
            start = found.sentence(quote.start())[0]
            before = found.marks.before(quote.start(), lambda m: m.type in PEOPLE, since=start)
            after = next(
                (m for m in found.marks.inside(quote.end(), quote.end() + 60) if m.type in PEOPLE), None
            )
            if before is not None and self._words["says"].match(text, before.end, quote.start() + 1):
                yield before, quote.start(1), quote.end(1)
            elif (
                after is not None
                and "。" not in text[quote.end() : after.start]
                and self._words["says"].match(text, after.end)
            ):
                yield after, quote.start(1), quote.end(1)
        for start, end in found.cuts:
            people = [m for m in found.marks.inside(start, end) if m.type in PEOPLE]
            says = next(
                (m for p in people if (m := self._words["says"].match(text, p.end, end)) is not None), None
            )
            if says is not None and "“" not in text[start:end]:
                speaker = next(p for p in people if p.end == says.start())
                yield speaker, says.end(), end

    def _body(self, found: Found, tails: list[str], word: str) -> str:
        drafts = found.registry.drafts
        fits = {t for t in tails if drafts[t].name.endswith(self._ends.get(word, (word,)))}
        return fits.pop() if len(fits) == 1 else ""


def _region(found: Found, tails: list[str], letter: str) -> str:
    """The only region of this kind in which the speaker holds an office."""
    drafts = found.registry.drafts
    regions = {t for t in tails if drafts[t].type == "Region" and drafts[t].name.endswith(letter)}
    return regions.pop() if len(regions) == 1 else ""


def _note(found: Found, word: str, position: int, entity: str, speaker: Mark) -> None:
    name = found.registry.drafts[entity].name
    found.context.notes.append(f"{word} at {position}: {name}, the speaker {speaker.text}'s own")
