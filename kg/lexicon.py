"""Term lists in plain text: one term a line, `#` comments, `[section]` lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kg.errors import SchemaError


def where(path: Path, line: int) -> str:
    """``schemas/relations.yaml:12``: relative to the working folder where it lies in it."""
    here = Path.cwd()
    shown = path.absolute().relative_to(here) if path.absolute().is_relative_to(here) else path
    return f"{shown.as_posix()}:{line}"


def load_lexicon(path: Path) -> dict[str, tuple[str, ...]]:
    """Section to its terms, in the order of the file; terms before the first section are in section "".

    Raises:
        SchemaError: When the file is missing, or a section or a term of a section comes twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(f"{where(path, 1)}: not a readable UTF-8 term list: {error}") from None
    sections: dict[str, dict[str, int]] = {}
    name = ""
    for number, line in enumerate(text.splitlines(), start=1):
        term = line.partition("#")[0].strip()
        if not term:
            continue
        if term.startswith("[") and term.endswith("]"):
            name = term[1:-1].strip()
            if name in sections:
                raise SchemaError(
                    f'{where(path, number)}: section "{name}" comes twice; keep its terms together'
                )
            sections[name] = {}
            continue
        terms = sections.setdefault(name, {})
        if term in terms:
            raise SchemaError(
                f'{where(path, number)}: "{term}" is already in section "{name}" '
                f"(line {terms[term]}); leave out one"
            )
        terms[term] = number
    return {section: tuple(terms) for section, terms in sections.items()}


@cache
def by_first_word(lines: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Terms of several words, by the first one of each: ``校 大学 学院`` is 校 → 大学, 学院."""
    return {word: tuple(others) for word, *others in map(str.split, lines)}


def alternation(words: Iterable[str]) -> str:
    """A regular expression for one of some plain words, tried in their order.

    Words that begin alike share their beginning, so that a long list costs little where none of it stands.
    """
    parts: list[str] = []
    rests: dict[str, list[str]] = {}

    def close() -> None:
        parts.extend(re.escape(first) + alternation(rest) for first, rest in rests.items())
        rests.clear()

    for word in words:
        if not word:  # it fits everywhere, so what stands before it must be tried before it
            close()
            parts.append("")
        else:
            rests.setdefault(word[0], []).append(word[1:])
    close()
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
