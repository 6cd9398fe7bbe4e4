"""What 我县 and 我局 mean in a speaker's mouth: the county and the body of the speaker's own office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.link.found import Found
from kg.link.marks import Mark, Marks

_PEOPLE = ("Official", "Person")
_SAYS = re.compile(r"(?:[^，。；“”]{0,16}?)(?:说|表示|介绍|告诉|指出|强调|坦言|透露|认为|称|道|谈到)")
_QUOTE = re.compile(r"“([^“”]{4,600})”")
_OWN_REGION = re.compile(r"[我本]([县市区旗州镇乡])|我们([县市区旗州镇乡村])")
_OWN_BODY = re.compile(
    r"(?:我|我们)(局|厅|委|院|校|公司|集团|厂|中心|站|所|社|行|园|镇|乡|村)(?![长们])|我司"
)
_KIND = {
    "校": ("校", "大学", "学院", "中学", "小学"),
    "司": ("公司", "集团", "厂"),
    "公司": ("公司", "集团", "厂"),
}


def speakers(found: Found) -> None:
    """Points 我县, 我局 in speech to the region or body of the speaker's office; the notes say so."""
    taken = bytearray(len(found.text))
    for mark in found.marks:
        taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    moved: dict[int, Mark] = {}
    added: list[Mark] = []
    for speaker, start, end in _speeches(found):
        tails = [t for kind in ("LEADS", "SERVES_IN") for t in found.tails(kind, speaker.entity)]
        for mark in found.marks.inside(start, end):
            own = _OWN_REGION.fullmatch(mark.text) if mark.anaphor and mark.type == "Region" else None
            region = _region(found, tails, next(filter(None, own.groups()))) if own else ""
            if region and region != mark.entity:
                moved[mark.start] = replace(mark, entity=region)
                _note(found, mark.text, mark.start, region, speaker)
        for match in _OWN_BODY.finditer(found.text, start, end):
            body = _body(found, tails, match.group(1) or "司")
            if body and not any(taken[match.start() : match.end()]):
                kind = found.registry.drafts[body].type
                added.append(
                    Mark(*match.span(), kind, body, match.group(), anaphor=True, score=0.8, rule="speaker")
                )
                taken[match.start() : match.end()] = b"\1" * len(match.group())
                found.registry.drafts[body].surfaces[match.group()] += 1
                _note(found, match.group(), match.start(), body, speaker)
    if moved or added:
        found.marks = Marks([*(moved.get(m.start, m) for m in found.marks), *added])


def _speeches(found: Found) -> Iterator[tuple[Mark, int, int]]:
    """Speaker, start and end of each stretch of direct or reported speech."""
    text = found.text
    for quote in _QUOTE.finditer(text):
        start = found.sentence(quote.start())[0]
        before = found.marks.before(quote.start(), lambda m: m.type in _PEOPLE, since=start)
        after = next(
            (m for m in found.marks.inside(quote.end(), quote.end() + 60) if m.type in _PEOPLE), None
        )
        if before is not None and _SAYS.match(text, before.end, quote.start() + 1):
            yield before, quote.start(1), quote.end(1)
        elif (
            after is not None and "。" not in text[quote.end() : after.start] and _SAYS.match(text, after.end)
        ):
            yield after, quote.start(1), quote.end(1)
    for start, end in found.cuts:
        people = [m for m in found.marks.inside(start, end) if m.type in _PEOPLE]
        says = next((m for p in people if (m := _SAYS.match(text, p.end, end)) is not None), None)
        if says is not None and "“" not in text[start:end]:
            speaker = next(p for p in people if p.end == says.start())
            yield speaker, says.end(), end


def _region(found: Found, tails: list[str], letter: str) -> str:
    """The only region of this kind in which the speaker holds an office."""
    drafts = found.registry.drafts
    regions = {t for t in tails if drafts[t].type == "Region" and drafts[t].name.endswith(letter)}
    return regions.pop() if len(regions) == 1 else ""


def _body(found: Found, tails: list[str], word: str) -> str:
    drafts = found.registry.drafts
    fits = {t for t in tails if drafts[t].name.endswith(_KIND.get(word, (word,)))}
    return fits.pop() if len(fits) == 1 else ""


def _note(found: Found, word: str, position: int, entity: str, speaker: Mark) -> None:
    name = found.registry.drafts[entity].name
    found.context.notes.append(f"{word} at {position}: {name}, the speaker {speaker.text}'s own")
