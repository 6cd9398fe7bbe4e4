"""Bytes → text, for the encodings Chinese news comes in; anything that is not text is refused."""

from __future__ import annotations

import codecs
from functools import cache
from itertools import chain

from kg.errors import InputError

_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip archive, as docx and xlsx are"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip archive"),
    (b"Rar!", "rar archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"SQLite format 3", "SQLite database"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # starts with the mark of UTF-16, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be")
_NARROW = ("utf-8", "gb18030", "big5hkscs", *_WIDE)
_SAMPLE = 50_000
_DAMAGE = 20  # what a character that cannot be decoded weighs against one that is common
_ENOUGH = 0.5
_CONTROLS = frozenset(map(chr, chain(range(32), range(127, 160)))) - set("\t\n\r\x0b\x0c\x1a\x85")


def decode(data: bytes, *, name: str) -> str:
    """Decodes a text file.

    A byte order mark decides, then strict UTF-8. Otherwise the encoding is chosen (GB18030, Big5, UTF-16,
    damaged UTF-8) that yields the largest share of the characters of everyday Chinese; a few damaged
    bytes become U+FFFD.

    Args:
        data: The content of the file.
        name: The file's name, for messages.

    Returns:
        The text with ``\\n`` line ends and without a byte order mark.

    Raises:
        InputError: When it is not text, or not in one of these encodings.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name}: not a text file ({kind})")
    text = _decoded(data)
    if text is None:
        kind = "binary data" if b"\0" in data else "no UTF-8, GB18030, Big5 or UTF-16 text; save it as UTF-8"
        raise InputError(f"{name}: not a text file ({kind})")
    if "\0" in text or sum(map(_CONTROLS.__contains__, text)) > len(text) / 200:
        raise InputError(f"{name}: not a text file (control characters)")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = b"\0" in data  # only UTF-16 text holds this byte
    if not wide:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    texts = [data.decode(encoding, "replace") for encoding in (_WIDE if wide else _NARROW)]
    best = max(texts, key=_plausibility)
    return best if _plausibility(best) >= _ENOUGH else None


def _plausibility(text: str) -> float:
    """From 1, all everyday Chinese, downwards; ASCII does not count, except that none is a bad sign."""
    sample = text[:_SAMPLE]
    foreign = [character for character in sample if character > "\x7f"]
    if not foreign:
        return 1.0
    common = sum(map(_everyday().__contains__, foreign))
    return (2 * common - _DAMAGE * foreign.count("\ufffd")) / len(foreign) - 1


@cache
def _everyday() -> frozenset[str]:
    """The punctuation and first-level characters of GB 2312 and of Big5."""
    simplified = bytes(chain.from_iterable((a, b) for a in range(0xA1, 0xD8) for b in range(0xA1, 0xFF)))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(chain.from_iterable((a, b) for a in range(0xA1, 0xC7) for b in trails))
    both = simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore")
    return frozenset(character for character in both if character > "\x7f")
