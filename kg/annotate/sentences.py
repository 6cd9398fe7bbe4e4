"""Cuts text into sentences."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]*[”’」）]*")
_PIECE = re.compile(r"[^。！？\n\t]+[。！？]*[”’」）]*")


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences of a text; a line break always ends one."""
    return [m.span() for m in _SENTENCE.finditer(text) if m.group().strip()]


def pieces(text: str) -> list[tuple[int, int]]:
    """Sentences cut again at the tabs that columns leave: what a tagger should read at once."""
    return [m.span() for m in _PIECE.finditer(text)]
