"""Mends text and keeps a map from every code point of the result to the original.

What is mended: full- and half-width forms, traditional characters, spaces inside Chinese text and
padded names (王 强), lines wrapped by a newspaper's columns, glyphs doubled by PDF extraction.
Chinese punctuation comes out full-width wherever it touches a Chinese character, so that patterns
have one form to write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import ne

import opencc

_HALF_TO_FULL = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_PUNCTUATION = frozenset("，。、；：！？（）“”‘’《》〈〉「」『』【】〔〕—…·")
_HALF = re.compile(f"[{''.join(_HALF_TO_FULL)}]")
_ODD = re.compile(rf"[^\x00-\x0c\x0e-\x7e\u4e00-\u9fff\u3400-\u4dbf〇　{''.join(sorted(_PUNCTUATION))}]")
_WIDE = re.compile(r"[\u2e01-\U0010ffff“”‘’—…·]")
_BLANK = " \t　"
_GAP = re.compile(f"[{_BLANK}]+")
_END_OF_SENTENCE = tuple("。！？；：…”」）")
_READING = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]")
_TWICE = re.compile(r"(?:(.)\1){3,}")
_DOUBLED = 4
_POINT = re.compile(r"(?<=[\u4e00-\u9fff”）])\.(?![A-Za-z.])")
_COLUMN = "\t"
_CREDITED = ("摄", "供图", "摄影", "报道")
_WRAP_WIDTH = 11
_YEAR = re.compile(r"[ 　]*(?:19|20)\d\d年")
_TRADITIONAL_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of mended text; ``at`` holds for each of its code points the index in the original."""

    text: str
    at: list[int]

    def __getitem__(self, part: slice) -> _Line:
        return _Line(self.text[part], self.at[part])


def _put_together(parts: Sequence[_Line]) -> _Line:
    return _Line("".join(part.text for part in parts), [index for part in parts for index in part.at])


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
    plain = _simplified(_without_readings(_with_full_stops(_widths(text))))
    lines = [_once(line) for line in _split(plain)]
    mended = [tight for line in _joined(lines) if (tight := _tight(line)).text]
    offsets: list[int] = []
    for line in mended:
        offsets += line.at
        offsets.append(line.at[-1] + 1)  # of the newline
    return "\n".join(line.text for line in mended), tuple(offsets[:-1])


def _widths(text: str) -> _Line:
    """Plain forms of full-width Latin and half-width Chinese signs; invisible characters go."""
    parts: list[str] = []
    at: list[int] = []
    position = 0
    for odd in _ODD.finditer(text):
        index, char = odd.start(), odd.group()
        parts.append(text[position:index])
        at += range(position, index)
        position = index + 1
        if char == "\r":
            plain = "" if text[position : position + 1] == "\n" else "\n"
        elif unicodedata.category(char) in ("Cf", "Cc", "So", "Mn", "Co"):
            plain = ""
        else:
            plain = unicodedata.normalize("NFKC", char)
        parts.append(plain)
        at += [index] * len(plain)
    parts.append(text[position:])
    at += range(position, len(text))
    plain = "".join(parts)
    chars = list(plain)
    for sign in _HALF.finditer(plain):
        if _touches_chinese(chars, sign.start()):
            chars[sign.start()] = _HALF_TO_FULL[sign.group()]
    return _Line("".join(chars), at)


def _with_full_stops(line: _Line) -> _Line:
    """A point behind a Chinese character ends the line, or stands for 。 in a text that has none."""
    text = line.text
    points = [m.start() for m in _POINT.finditer(text)]
    if "。" in text or len(points) < 2:
        points = [at for at in points if text[at + 1 : at + 2] in ("", "\n")]
    chars = list(text)
    for at in points:
        chars[at] = "。"
    return _Line("".join(chars), line.at)


def _without_readings(line: _Line) -> _Line:
    """鎮(zhèn): a reading in brackets behind its character goes."""
    kept: list[_Line] = []
    position = 0
    for match in _READING.finditer(line.text):
        kept.append(line[position : match.start()])
        position = match.end()
    return _put_together([*kept, line[position:]]) if kept else line


def _touches_chinese(chars: list[str], position: int) -> bool:
    for step in (-1, 1):
        there = position + step
        while 0 <= there < len(chars) and chars[there] == " ":
            there += step
        if 0 <= there < len(chars) and _is_east(chars[there]):
            return True
    return False


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(line: _Line) -> _Line:
    text = line.text
    converted = _converter().convert(text)
    if converted == text:
        return line
    if len(converted) != len(text):
        converted = "".join(_converter().convert(c)[:1] or c for c in text)
    chinese = sum(map(is_chinese, text)) or 1
    if sum(map(ne, text, converted)) / chinese < _TRADITIONAL_SHARE:
        return line
    return _Line(converted, line.at)


def _split(line: _Line) -> list[_Line]:
    lines = []
    position = 0
    for text in line.text.split("\n"):
        lines.append(_Line(text, line.at[position : position + len(text)]))
        position += len(text) + 1
    return lines


def _once(line: _Line) -> _Line:
    """A stretch in which every glyph stands twice (农农信信) keeps one of each."""
    kept: list[_Line] = []
    position = 0
    for run in _TWICE.finditer(line.text):
        whole = run.end() - run.start() == len(line.text)
        distinct = len({c for c in run.group() if is_chinese(c)})
        # 高高兴兴 is a word; longer runs of many characters only come from a faulty extraction.
        if whole or distinct >= _DOUBLED:
            kept += [line[position : run.start()], line[run.start() : run.end() : 2]]
            position = run.end()
    return _put_together([*kept, line[position:]]) if kept else line


def _joined(lines: list[_Line]) -> list[_Line]:
    """Lines wrapped by a column's width become one paragraph; blank lines end one, but not mid-sentence."""
    result: list[_Line] = []
    block: list[_Line] = []
    for line in [*lines, _Line("", [])]:
        if _bare(line):
            block.append(line)
            continue
        paragraphs = _unwrapped(block)
        block = []
        if paragraphs and result and _goes_on(result[-1], paragraphs[0]):
            result[-1] = _put_together([result[-1], paragraphs.pop(0)])
        result += paragraphs
    return result


def _unwrapped(block: list[_Line]) -> list[_Line]:
    if len(block) < 2:
        return block
    widths = [_width(line) for line in block]
    full = max(widths)
    # A column is narrow, several of its lines are nearly as long as the longest, and it holds sentences.
    wrapped = (
        2 * _WRAP_WIDTH <= full <= 120
        and sum(w >= full - 8 for w in widths) >= len(block) / 2
        and any("。" in line.text for line in block)
    )
    result: list[_Line] = []
    for position, line in enumerate(block):
        if position and _continues(block[position - 1], line, full if wrapped else None):
            result[-1] = _put_together([result[-1], line])
        else:
            result.append(line)
    return result


def _width(line: _Line) -> int:
    """Columns on the page: a Chinese character takes two."""
    return len(line.text) + len(_WIDE.findall(line.text))


def _continues(before: _Line, line: _Line, full: int | None) -> bool:
    end = _bare(before)
    if end.endswith(("、", "，")):
        return True
    if _chronicle(before, line):
        return False
    if full is None or end.endswith(_END_OF_SENTENCE) or re.match(r"[ 　]{2,}", line.text):
        return False
    return _width(before) >= full - 8 or bool(re.search("[，。；]", end))


def _goes_on(before: _Line, after: _Line) -> bool:
    """A column break in mid-sentence: prose that stops without a stop, and goes on after a blank line."""
    end, start = _bare(before), _bare(after)
    if (
        len(end) <= 20
        or _chronicle(before, after)
        or not re.search("[，。；]", end)
        or end.endswith((*_END_OF_SENTENCE, *_CREDITED, "】", "》", "!"))
    ):
        return False
    return bool(re.match(r"[\u4e00-\u9fff0-9“]", start)) and len(start) > 3 and "：" not in start[:12]


def _chronicle(before: _Line, line: _Line) -> bool:
    """Whether both lines begin with a year: entries of a chronicle, each of its own."""
    return _YEAR.match(before.text) is not None and _YEAR.match(line.text) is not None


def _bare(line: _Line) -> str:
    return line.text.strip(_BLANK)


def _tight(line: _Line) -> _Line:
    """Drops spaces that touch Chinese text; two or more become a column mark."""
    text = line.text
    start = len(text) - len(text.lstrip(_BLANK))
    end = len(text.rstrip(_BLANK))
    spread = re.match(r"[\u4e00-\u9fff](?:[ 　]+[\u4e00-\u9fff]){1,4}(?=[ 　]*：)", text[start:end])
    label_end = start + spread.end() if spread else start
    parts: list[str] = []
    at: list[int] = []
    position = start
    for gap in _GAP.finditer(text, start, end):
        parts.append(text[position : gap.start()])
        at += line.at[position : gap.start()]
        position = gap.end()
        before, after = text[gap.start() - 1], text[position]
        latin = not (_is_east(before) or _is_east(after)) and not (before.isdigit() and after == "%")
        wide = (len(gap.group()) >= 2 or "\t" in gap.group()) and gap.start() >= label_end
        if latin:
            parts.append(" ")
            at.append(line.at[gap.start()])
        elif wide and before not in _PUNCTUATION and after not in _PUNCTUATION:
            parts.append(_COLUMN)
            at.append(line.at[gap.start()])
    return _Line("".join([*parts, text[position:end]]), at + line.at[position:end])


def _is_east(char: str) -> bool:
    return is_chinese(char) or char in _PUNCTUATION
