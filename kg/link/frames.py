"""Deals that no turn of phrase told: read from the order of the mentions and a few words of a sentence.

A sentence is reduced to the letters of its mentions, its marks and one letter for each word of the classes in
wording/frames.yaml; a frame is a pattern of that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from kg.link.clauses import Masked, Piece
from kg.link.found import Found, Made
from kg.screen import led, needed
from kg.wording import load_wording

_MARKS = {"，": ",", "：": ",", "—": ",", "；": ";", "、": "/"}
_LETTERS = {"BUILDS": "ⒸⓄⓅⓀⓃ", "INVESTS_IN": "ⒸⓄⓅⓀⓃ", "OWNS": "ⒸⓄⓃ", "COOPERATES_WITH": "ⒸⓄⓀⓃ"}
_ENDS = "ⒸⓄⓅⓀⓇ"
_MENTIONS = "ⒸⓄⓅⓀⓃⓇ"
_PAYERS = ("Company", "Person")
_UNSURE = 0.7
_PAIR = 2
_LONGEST = 120  # a list or a table, no sentence

Frame = tuple[list[str], re.Pattern[str], frozenset[str]]


class Frames:
    """Finds BUILDS, INVESTS_IN, OWNS and COOPERATES_WITH; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        words = load_wording(schemas, "frames")
        classes = "|".join(f"(?P<{name}>{p.pattern})" for name, p in words.items() if len(name) == 1)
        self._token = led(f"[{_MENTIONS}{''.join(_MARKS)}]|{classes}")
        frames = [(name.split(":")[0].split(" and "), p) for name, p in words.items() if name[0].isupper()]
        self._families: dict[str, list[Frame]] = defaultdict(list)
        for kinds, frame in frames:
            letters = _LETTERS[kinds[0]] + ("Ⓡ" if "Ⓡ" in frame.pattern else "")
            needs = frozenset(signs[0] for signs in needed(frame))
            self._families[letters].append((kinds, frame, needs))

    def read(self, found: Found, masked: Masked) -> None:
        """Adds BUILDS, INVESTS_IN, OWNS and COOPERATES_WITH."""
        for paragraph in masked.paragraphs:
            if not masked.letters(paragraph) & set("ⒸⓄⓇ"):
                continue
            for sentence in paragraph:
                if len(masked.mentions(*sentence, _ENDS)) >= _PAIR:
                    self._sentence(found, masked, sentence)

    def _sentence(self, found: Found, masked: Masked, sentence: Piece) -> None:
        tokens = list(self._token.finditer(masked.text, *sentence))
        whole = "".join(m.lastgroup or _MARKS.get(m.group(), m.group()) for m in tokens)
        for letters, frames in self._families.items():
            shape, others = whole, [sign for sign in _MENTIONS if sign not in letters]
            for sign in others:
                shape = shape.replace(sign, "")
            if len(shape) > _LONGEST or sum(map(shape.count, _ENDS)) < _PAIR:
                continue
            signs = frozenset(shape)
            for kinds, frame, needs in frames:
                if needs and signs.isdisjoint(needs):
                    continue
                for match in frame.finditer(shape):
                    if not _planned(shape, match):
                        kept = [
                            (sign, token.start())
                            for sign, token in zip(whole, tokens, strict=True)
                            if sign not in others
                        ]
                        heads, tails = (
                            [at for sign, at in kept[slice(*match.span(end))] if sign in _ENDS]
                            for end in ("head", "tail")
                        )
                        _add(found, masked, kinds, heads, tails)


def _planned(shape: str, match: re.Match[str]) -> bool:
    """Whether one of the clauses that a frame lies in tells that it is planned or did not come about."""
    first = max(shape.rfind(mark, 0, match.start()) for mark in ",;")
    last = min(at if at >= 0 else len(shape) for at in (shape.find(mark, match.end() - 1) for mark in ",;"))
    return "x" in shape[first + 1 : max(last, match.end())]


def _add(found: Found, masked: Masked, kinds: list[str], heads: list[int], tails: list[int]) -> None:
    for head in (masked.marks[at] for at in heads if at in masked.marks):
        for tail in (masked.marks[at] for at in tails if at in masked.marks):
            start, end = min(head.start, tail.start), max(head.end, tail.end)
            for kind in kinds:
                known = found.tails(kind, head.entity)
                back = kind == "OWNS" and head.entity in found.tails(kind, tail.entity)
                if tail.entity in known or back or (kind == "INVESTS_IN" and head.type not in _PAYERS):
                    continue
                if _around(found, head.entity, tail.entity):
                    continue
                listed = masked.text[max(0, head.start - 1) : head.start] == "、"
                if kind == "COOPERATES_WITH" and listed and masked.text[head.end : tail.start] in "和与及":
                    continue  # 与甲、乙和丙签约: 乙 and 丙 are of one side
                rule = f"frame:{kind.lower()}"
                found.add(Made(kind, head.entity, tail.entity, start, end, rule, score=_UNSURE))


def _around(found: Found, one: str, other: str) -> bool:
    """Whether both are divisions and one lies in the other."""
    first, second = (found.registry.drafts[end].code or "" for end in (one, other))
    return bool(first and second) and (first.startswith(second) or second.startswith(first))
