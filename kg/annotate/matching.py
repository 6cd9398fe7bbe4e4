"""Words of a lexicon in a text, and names without overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick

from kg.annotated import Name

_OVER = 12  # characters that a longer word may go on by


def longest(names: Iterable[Name], length: int) -> list[Name]:
    """Names without overlap: the longer first, then the more certain, then the earlier."""
    taken = bytearray(length)
    kept = []
    for name in sorted(names, key=lambda n: (n.start - n.end, -n.score, n.start)):
        if not any(taken[name.start : name.end]):
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
            kept.append(name)
    return kept


def automaton(words: Iterable[tuple[str, str]]) -> ahocorasick.Automaton:
    """An automaton of words, each with a type."""
    found = ahocorasick.Automaton()
    for word, kind in words:
        found.add_word(word, (word, kind))
    found.make_automaton()
    return found


def matches(words: ahocorasick.Automaton, text: str) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """For each end the longest word that ends there, unless a longer one goes on over it."""
    best: dict[int, tuple[int, tuple[str, str]]] = {}
    for last, value in words.iter(text):
        start = last + 1 - len(value[0])
        if last + 1 not in best or start < best[last + 1][0]:
            best[last + 1] = (start, value)
    found = sorted((end, start, value) for end, (start, value) in best.items())
    for number, (end, start, value) in enumerate(found, start=1):
        while number < len(found) and found[number][0] <= end + _OVER and found[number][1] > start:
            number += 1
        if number == len(found) or found[number][0] > end + _OVER:
            yield start, end, value
