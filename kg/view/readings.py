"""How Chinese characters are read in pinyin, for the page's search; family names by their own readings."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import MissingError
from kg.lexicon import load_lexicon
from kg.resources import schemas_dir

_MOST = 3
"""Readings kept for a character; those after are rare ones that would only bring wrong hits."""


def readings_of(texts: Iterable[str]) -> dict[str, str]:
    """Each Chinese character of some texts with its readings without tones, the usual one first: 长 → "zhang chang".

    Args:
        texts: Any names.

    Raises:
        MissingError: When pypinyin is not installed.
    """
    try:
        from pypinyin import Style, pinyin
    except ImportError as error:
        raise MissingError(
            f"pypinyin cannot be imported ({error}); install it with: pip install pypinyin"
        ) from None
    characters = sorted({c for text in texts for c in text if "\u3400" <= c <= "\u9fff"})
    found = {}
    for character in characters:
        tones = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
        sounds = [
            sound.replace("ü", "v") for sound in dict.fromkeys(tones) if sound.isascii() and sound.isalpha()
        ]
        if sounds:
            found[character] = " ".join(sounds[:_MOST])
    return found


def surname_readings(names: Iterable[str]) -> dict[str, str]:
    """The family names at the beginning of some persons' names that are read otherwise than usual: 单 → "shan".

    The list is schemas/lexicons/readings.txt. Names of two characters have their readings joined by a space.
    """
    known = {
        surname: reading
        for reading, surnames in load_lexicon(schemas_dir() / "lexicons" / "readings.txt").items()
        for surname in surnames
    }
    starts = {name[:n] for name in names for n in (1, 2)}
    return {surname: known[surname] for surname in sorted(known.keys() & starts)}
