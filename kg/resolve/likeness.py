"""How alike two names are: a slip of one character, a short form."""

from __future__ import annotations

_TELLING = frozenset("一二三四五六七八九十东西南北上下前后大小新老0123456789")


def one_edit(one: str, other: str) -> bool:
    """Whether two different names differ in one character replaced, left out, doubled or swapped with the next.

    A number, a direction or 大 and 小 are no slips.
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    end = 0
    while end < min(len(a), len(b)) and a[-1 - end] == b[-1 - end]:
        end += 1
    a, b = a[: len(a) - end], b[: len(b) - end]
    if set(a + b) & _TELLING:
        return False
    return (len(a) <= 1 and len(b) <= 1) or (len(a) == 2 and a == b[::-1])


def abbreviates(one: str, other: str) -> bool:
    """Whether the shorter name has the characters of the longer in their order, with its first and its last."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or len(short) == len(long) or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(c in rest for c in short)
