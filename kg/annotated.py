"""What an annotated text carries from annotate to link: names, places and where the text speaks from."""

from __future__ import annotations

from dataclasses import dataclass

from kg.gazetteer import Division

DEICTIC = "县市省区州旗盟镇乡"
STREET = "街道"
# The rule of names of buildings that something only takes place in; they are no entities.
VENUE = "venue"

# Keys of spaCy's ``Doc.user_data``.
TEXT = "kg.text"
WORDS = "kg.words"
PLACES = "kg.places"
LOCALE = "kg.locale"
SEEN = "kg.seen"
TITLES = "kg.titles"
NAMES = "kg.names"
PEOPLE = "kg.people"
MENTIONS = "kg.mentions"


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of text that names something.

    Attributes:
        start: First code point.
        end: One past the last.
        type: Entity type.
        rule: What found it.
        score: Confidence in [0, 1].
    """

    start: int
    end: int
    type: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """A name of a division in a text.

    Attributes:
        start: First code point.
        end: One past the last.
        name: As it stands there.
        codes: Gazetteer codes it may mean; empty for a village or township that is not listed.
        full: Whether it is written with its suffix (松阳县, not 松阳).
        sure: Whether the words around it leave no doubt that it is a place here.
    """

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    full: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A division named at a position of the text, in the reading that fits the document."""

    start: int
    end: int
    division: Division
    full: bool


@dataclass(frozen=True, slots=True)
class Locale:
    """Where a document speaks from.

    Attributes:
        division: The county or city, or None when the text leaves it open.
        letter: The kind it speaks of itself as (县, 市, 区, 旗 …), or "".
        reason: What decided.
        divided: Whether it names a county or city elsewhere nearly as often.
    """

    division: Division | None
    letter: str
    reason: str
    divided: bool = False


def common_digits(code: str, other: str) -> int:
    """How much of an administrative code two divisions share: 0, 2 (province), 4, 6 or 9 digits."""
    if code[:2] != other[:2]:  # most are in different provinces
        return 0
    return next((n for n in (9, 6, 4, 2) if len(code) >= n and len(other) >= n and code[:n] == other[:n]), 0)
