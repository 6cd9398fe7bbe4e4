"""Which of many regular expressions can match in a stretch of a text, told by the strings they need.

Most expressions for turns of phrase need a word that few sentences have. All those words are looked up in one
pass over the text, so that an expression is only tried where one of its words stands. What an expression needs
is read from its structure as Python's own parser of expressions gives it, which has no public name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import ahocorasick

_NO_WIDTH = (op.ASSERT, op.ASSERT_NOT, op.AT)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_WIDE = 64
_ONE_OF = 12  # letters of a class that are still looked up one by one


def needed(pattern: re.Pattern[str], *, ignoring: str = "") -> frozenset[str]:
    """Strings of which every match of an expression holds at least one, or none when none can be told.

    Args:
        pattern: The expression.
        ignoring: Characters that are not in the text the strings are looked up in.
    """
    if pattern.flags & re.IGNORECASE:
        return frozenset()
    return _of_sequence(parser.parse(pattern.pattern, pattern.flags), frozenset(ignoring))


def led(pattern: str) -> re.Pattern[str]:
    """Compiles an expression, told first which letters a match can begin with where that saves time.

    Alternatives that do not all begin with a plain letter are else all tried at every position.

    Raises:
        re.error: When it is no regular expression.
    """
    items = parser.parse(pattern)
    letters = _first(items) if _branches(items) and items.state.flags == re.UNICODE else frozenset()
    led_by = f"(?=[{''.join(sorted(letters))}])"
    return re.compile(f"{led_by}(?:{pattern})" if letters else pattern)


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compiles some expressions into one; those whose first letters can be told are tried before the others.

    Raises:
        re.error: When one is no regular expression.
    """
    told: list[str] = []
    others: list[str] = []
    for pattern in patterns:
        (told if _first(parser.parse(pattern)) else others).append(pattern)
    return re.compile("|".join([led("|".join(told)).pattern] * bool(told) + others))


def _branches(items: Sequence[tuple[Any, Any]]) -> bool:
    """Whether an expression begins with alternatives, some of them with more than a plain letter."""
    if not items:
        return False
    code, value = items[0]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return _branches(items[1:])
    if code is op.SUBPATTERN or code in _REPEATS:
        return _branches(value[-1])
    return code is op.BRANCH and not all(branch and branch[0][0] is op.LITERAL for branch in value[1])


def _first(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """The letters that a sequence can begin with, as in a class, or none when they cannot be told."""
    begins: frozenset[str] = frozenset()
    for code, value in items:
        if _has_no_width(code, value):
            continue
        letters = _first_of(code, value)
        if not letters:
            break
        begins |= letters
        if code not in _REPEATS or value[0]:
            return begins
    return frozenset()


def _has_no_width(code: Any, value: Any) -> bool:
    """Whether a part only looks around: (?:^|(?<=由))."""
    branches = value[1] if code is op.BRANCH else [value[-1]] if code is op.SUBPATTERN else []
    inner = bool(branches) and all(_has_no_width(*item) for branch in branches for item in branch)
    return code in _NO_WIDTH or (inner and all(branches))


def _first_of(code: Any, value: Any) -> frozenset[str]:
    if code is op.LITERAL:
        return frozenset({re.escape(chr(value))})
    if code is op.IN:
        letters = frozenset(_in_class(*item) for item in value)
        return frozenset() if "" in letters else letters
    if code is op.BRANCH:
        firsts = [_first(branch) for branch in value[1]]
        return frozenset().union(*firsts) if all(firsts) else frozenset()
    if code is op.SUBPATTERN:
        _, flags, _, inner = value
        return frozenset() if flags & re.IGNORECASE else _first(inner)
    return _first(value[2]) if code in _REPEATS else frozenset()


def _in_class(kind: Any, value: Any) -> str:
    """What stands for part of a class, or nothing when it is all but some letters or very many."""
    if kind is op.LITERAL:
        return re.escape(chr(value))
    if kind is op.RANGE and value[1] - value[0] < _WIDE:
        return "-".join(re.escape(chr(end)) for end in value)
    return r"\d" if (kind, value) == (op.CATEGORY, op.CATEGORY_DIGIT) else ""


def _of_sequence(items: Iterable[tuple[Any, Any]], ignored: frozenset[str]) -> frozenset[str]:
    """The best strings of a sequence: any one of its parts must be there."""
    choices: list[frozenset[str]] = []
    run = ""
    for code, value in items:
        if code is op.LITERAL and chr(value) not in ignored:
            run += chr(value)
            continue
        choices += [frozenset({run})] if run else []
        run = ""
        choices.append(_of_part(code, value, ignored))
    choices += [frozenset({run})] if run else []
    # The longer the rarer; of two as long, the fewer.
    return max(filter(None, choices), key=lambda c: (min(map(len, c)), -len(c)), default=frozenset())


def _of_part(code: Any, value: Any, ignored: frozenset[str]) -> frozenset[str]:
    if code is op.SUBPATTERN:
        _, flags, _, inner = value
        return frozenset() if flags & re.IGNORECASE else _of_sequence(inner, ignored)
    if code is op.ATOMIC_GROUP:
        return _of_sequence(value, ignored)
    if code in _REPEATS:
        least, _, inner = value
        return _of_sequence(inner, ignored) if least else frozenset()
    if code is op.BRANCH:
        branches = [_of_sequence(branch, ignored) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    if code is op.IN and len(value) <= _ONE_OF and all(kind is op.LITERAL for kind, _ in value):
        letters = frozenset(chr(letter) for _, letter in value)
        return frozenset() if letters & ignored else letters
    return frozenset()


class Screen:
    """Tells where the strings that some expressions need stand.

    Args:
        patterns: Name to expression.
        ignoring: Characters of the expressions that are not in the texts.
    """

    def __init__(self, patterns: Mapping[str, re.Pattern[str]], *, ignoring: str = "") -> None:
        self._names = tuple(patterns)
        self._always = 0
        owners: dict[str, int] = {}
        for number, pattern in enumerate(patterns.values()):
            strings = needed(pattern, ignoring=ignoring)
            self._always |= 0 if strings else 1 << number
            for string in strings:
                owners[string] = owners.get(string, 0) | 1 << number
        self._words = ahocorasick.Automaton()
        for string, mask in owners.items():
            self._words.add_word(string, (len(string), mask))
        self._words.make_automaton()
        self._sets: dict[int, tuple[str, ...]] = {}

    def over(self, text: str) -> Screened:
        """Looks the strings up in a text."""
        return Screened(list(self._words.iter(text)) if len(self._words) else [], self)

    def names(self, mask: int) -> tuple[str, ...]:
        """The names of the expressions of a set of strings found, in their order."""
        mask |= self._always
        if mask not in self._sets:
            self._sets[mask] = tuple(name for i, name in enumerate(self._names) if mask >> i & 1)
        return self._sets[mask]


class Screened:
    """A text in which the strings were looked up."""

    def __init__(self, hits: list[tuple[int, tuple[int, int]]], screen: Screen) -> None:
        self._hits, self._screen = hits, screen  # last character, then length and expressions
        self._lasts = [last for last, _ in hits]

    def possible(self, start: int, end: int) -> tuple[str, ...]:
        """The expressions that can match wholly inside a stretch of the text, in their order."""
        mask = 0
        for last, (length, of_word) in self._hits[
            bisect_left(self._lasts, start) : bisect_left(self._lasts, end)
        ]:
            if last + 1 - length >= start:
                mask |= of_word
        return self._screen.names(mask)
