"""Cuts text into sentences."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]*[”’」）]*")
# 某工程。建设单位：某公司。 is one statement.
_LABEL = re.compile(r"[\u4e00-\u9fff]{0,4}(?:单位|主体|地点|领导|业主|方|规模|内容|投资|工期|负责人)：")
_PIECE = re.compile(r"[^。！？\n\t]+[。！？]*[”’」）]*")


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences of a text; a line break always ends one."""
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        if found and found[-1][1] == start and _LABEL.match(text, start):
            found[-1] = (found[-1][0], end)
        elif match.group().strip():
            found.append((start, end))
    return found


def pieces(text: str) -> list[tuple[int, int]]:
    """Sentences cut again at the tabs that columns leave: what a tagger should read at once."""
    return [m.span() for m in _PIECE.finditer(text)]
