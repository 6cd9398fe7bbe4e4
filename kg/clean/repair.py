"""Mends text and keeps a map from every code point of the result to the original.

What is mended: full- and half-width forms, traditional characters, spaces inside Chinese text and
padded names (王 强), lines wrapped by a newspaper's columns, glyphs doubled by PDF extraction.
Chinese punctuation comes out full-width wherever it touches a Chinese character, so that patterns
have one form to write.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

_HALF_TO_FULL = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_PUNCTUATION = frozenset("，。、；：！？（）“”‘’《》〈〉「」『』【】〔〕—…·")
_KEPT = _PUNCTUATION | frozenset("　")
_END_OF_SENTENCE = tuple("。！？；：…”」）")
_READING = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]")
_TWICE = re.compile(r"(?:(.)\1){3,}")
_DOUBLED = 4
_POINT = re.compile(r"(?<=[\u4e00-\u9fff”）])\.(?![A-Za-z.])")
_COLUMN = "\t"
_WRAP_WIDTH = 11
_TRADITIONAL_SHARE = 0.03

Pairs = list[tuple[str, int]]


def is_chinese(char: str) -> bool:
    """Whether the character is a Chinese ideograph (CJK unified or its extension A, or 〇)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"


def repair(text: str) -> tuple[str, tuple[int, ...]]:
    """Mends a text.

    Args:
        text: As read; any line ends.

    Returns:
        The mended text, paragraphs separated by a newline and wide gaps inside a line kept as a tab,
        and for each of its code points the index in ``text``.
    """
    pairs = _without_readings(_widths(text))
    pairs = _simplified(pairs)
    lines = _undoubled(_split(pairs))
    lines = _joined(lines)
    mended: Pairs = []
    for line in lines:
        tight = _tight(line)
        if tight:
            mended += tight
            mended.append(("\n", tight[-1][1] + 1))
    if mended:
        mended.pop()
    return "".join(c for c, _ in mended), tuple(i for _, i in mended)


def _widths(text: str) -> Pairs:
    pairs: Pairs = []
    for index, char in enumerate(text):
        if char == "\r":
            if text[index + 1 : index + 2] != "\n":
                pairs.append(("\n", index))
        elif char < "\x7f" or is_chinese(char) or char in _KEPT:
            pairs.append((char, index))
        elif unicodedata.category(char) not in ("Cf", "Cc", "So", "Mn", "Co"):
            pairs += [(c, index) for c in unicodedata.normalize("NFKC", char)]
    for position, (char, index) in enumerate(pairs):
        full = _HALF_TO_FULL.get(char)
        if full and _touches_chinese(pairs, position):
            pairs[position] = (full, index)
    return _with_full_stops(pairs)


def _with_full_stops(pairs: Pairs) -> Pairs:
    """A point behind a Chinese character ends the line, or stands for 。 in a text that has none."""
    text = "".join(c for c, _ in pairs)
    points = {m.start() for m in _POINT.finditer(text)}
    if "。" in text or len(points) < 2:
        points = {at for at in points if text[at + 1 : at + 2] in ("", "\n")}
    if not points:
        return pairs
    return [("。" if at in points else char, index) for at, (char, index) in enumerate(pairs)]


def _without_readings(pairs: Pairs) -> Pairs:
    """鎮(zhèn): a reading in brackets behind its character goes."""
    text = "".join(c for c, _ in pairs)
    if not _READING.search(text):
        return pairs
    kept: Pairs = []
    position = 0
    for match in _READING.finditer(text):
        kept += pairs[position : match.start()]
        position = match.end()
    return kept + pairs[position:]


def _touches_chinese(pairs: Pairs, position: int) -> bool:
    around = []
    for step in (-1, 1):
        there = position + step
        while 0 <= there < len(pairs) and pairs[there][0] == " ":
            there += step
        if 0 <= there < len(pairs):
            around.append(pairs[there][0])
    return any(is_chinese(c) or c in _PUNCTUATION for c in around) and not all(c.isdigit() for c in around)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(pairs: Pairs) -> Pairs:
    text = "".join(c for c, _ in pairs)
    converted = _converter().convert(text)
    if len(converted) != len(text):
        converted = "".join(_converter().convert(c)[:1] or c for c in text)
    chinese = sum(map(is_chinese, text)) or 1
    if sum(a != b for a, b in zip(text, converted, strict=True)) / chinese < _TRADITIONAL_SHARE:
        return pairs
    return [(new, index) for new, (_, index) in zip(converted, pairs, strict=True)]


def _split(pairs: Pairs) -> list[Pairs]:
    lines: list[Pairs] = [[]]
    for pair in pairs:
        if pair[0] == "\n":
            lines.append([])
        else:
            lines[-1].append(pair)
    return lines


def _undoubled(lines: list[Pairs]) -> list[Pairs]:
    """Stretches in which every glyph stands twice (农农信信) keep one of each."""
    return [_once(line) for line in lines]


def _once(line: Pairs) -> Pairs:
    text = "".join(c for c, _ in line)
    kept: Pairs = []
    position = 0
    for run in _TWICE.finditer(text):
        whole = run.end() - run.start() == len(text)
        distinct = len({c for c in run.group() if is_chinese(c)})
        # 高高兴兴 is a word; longer runs of many characters only come from a faulty extraction.
        if whole or distinct >= _DOUBLED:
            kept += line[position : run.start()] + line[run.start() : run.end() : 2]
            position = run.end()
    return kept + line[position:]


def _joined(lines: list[Pairs]) -> list[Pairs]:
    """Lines wrapped by a column's width become one paragraph; blank lines end one, but not mid-sentence."""
    result: list[Pairs] = []
    block: list[Pairs] = []
    for line in [*lines, []]:
        if _bare(line):
            block.append(line)
            continue
        paragraphs = _unwrapped(block)
        block = []
        if paragraphs and result and _goes_on(result[-1], paragraphs[0]):
            result[-1] = result[-1] + paragraphs.pop(0)
        result += paragraphs
    return result


def _unwrapped(block: list[Pairs]) -> list[Pairs]:
    widths = [_width(line) for line in block]
    full = max(widths, default=0)
    # A column is narrow, several of its lines are nearly as long as the longest, and it holds sentences.
    wrapped = (
        len(block) >= 2
        and 2 * _WRAP_WIDTH <= full <= 120
        and sum(w >= full - 8 for w in widths) >= len(block) / 2
        and any("。" in _bare(line) for line in block)
    )
    result: list[Pairs] = []
    for position, line in enumerate(block):
        if position and _continues(block[position - 1], line, full if wrapped else None):
            result[-1] = result[-1] + line
        else:
            result.append(line)
    return result


def _width(line: Pairs) -> int:
    """Columns on the page: a Chinese character takes two."""
    return sum(2 if c > "\u2e00" or c in "“”‘’—…·" else 1 for c, _ in line)


def _continues(before: Pairs, line: Pairs, full: int | None) -> bool:
    end = _bare(before)
    if end.endswith(("、", "，")):
        return True
    if full is None or end.endswith(_END_OF_SENTENCE) or re.match(r"[ 　]{2,}", "".join(c for c, _ in line)):
        return False
    return _width(before) >= full - 8 or bool(re.search("[，。；]", end))


def _goes_on(before: Pairs, after: Pairs) -> bool:
    """A column break in mid-sentence: prose that stops without a stop, and goes on after a blank line."""
    end, start = _bare(before), _bare(after)
    if len(end) <= 20 or not re.search("[，。；]", end) or end.endswith((*_END_OF_SENTENCE, "】", "》", "!")):
        return False
    return bool(re.match(r"[\u4e00-\u9fff0-9“]", start)) and len(start) > 3 and "：" not in start[:12]


def _bare(line: Pairs) -> str:
    return "".join(c for c, _ in line).strip(" \t　")


def _tight(line: Pairs) -> Pairs:
    """Drops spaces that touch Chinese text; two or more become a column mark."""
    text = "".join(c for c, _ in line)
    start = len(text) - len(text.lstrip(" \t　"))
    end = len(text.rstrip(" \t　"))
    spread = re.match(r"[\u4e00-\u9fff](?:[ 　]+[\u4e00-\u9fff]){1,4}(?=[ 　]*：)", text[start:end])
    label_end = start + spread.end() if spread else start
    result: Pairs = []
    position = start
    while position < end:
        char, index = line[position]
        if char not in " \t　":
            result.append((char, index))
            position += 1
            continue
        stop = position
        while text[stop] in " \t　":
            stop += 1
        before, after = result[-1][0], text[stop]
        latin = not (_is_east(before) or _is_east(after)) and not (before.isdigit() and after == "%")
        wide = (stop - position >= 2 or "\t" in text[position:stop]) and position >= label_end
        if latin:
            result.append((" ", index))
        elif wide and before not in _PUNCTUATION and after not in _PUNCTUATION:
            result.append((_COLUMN, index))
        position = stop
    return result


def _is_east(char: str) -> bool:
    return is_chinese(char) or char in _PUNCTUATION
