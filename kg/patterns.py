"""Relation patterns: regular expressions over sentences in which each mention is one character.

A template is a Python regular expression with slots in braces: ``{head:Company}``, ``{tail:Project}``,
``{head:Official/Person}`` (one of several types), ``{Company}`` (a mention of the type, not kept) and ``{*}``
(any mention at all). A ``+`` before the closing brace takes a list: A、B和C. Inside a character class a slot
stands for its types, so ``[^，。{*}]`` is a character that is neither punctuation nor a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FIRST = 0xE000  # mentions are written in Unicode's private use area
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SLOT = re.compile(r"\{(?:(head|tail):)?(\*|[A-Za-z]+(?:/[A-Za-z]+)*)(\+)?\}")
_MEANT_AS_SLOT = re.compile(r"\{[^{}]*[A-Za-z*][^{}]*\}")
_JOINER = "(?:[、，和与及]|以及)"
_MARKED = re.compile(r"\[([^\[\]|]+)\|([A-Za-z]+)(?:\|(head|tail))?\]")

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence with one character a mention.

    Attributes:
        text: The characters.
        mentions: For each character the index of its mention among the spans, or -1.
        offsets: For each character where it begins in the sentence, and the sentence's length at the end.
    """

    text: str
    mentions: tuple[int, ...]
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern fired.

    Attributes:
        head_mentions: Indices of spans; several where the slot takes a list.
        tail_mentions: The same for the tail.
        start: First code point of the matching stretch in the sentence.
        end: One past its last.
    """

    head_mentions: tuple[int, ...]
    tail_mentions: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A marked-up sentence of a pattern file.

    Attributes:
        text: The sentence without its marks.
        spans: Start, end and type of each mention.
        heads: Indices of the spans marked ``|head``; empty when none is.
        tails: Indices of the spans marked ``|tail``.
        where: ``file:line``, for messages.
    """

    text: str
    spans: tuple[Span, ...]
    heads: tuple[int, ...]
    tails: tuple[int, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which texts state a relation.

    Attributes:
        id: Unique; evidence names it.
        relations: The relation types that it states, one or more.
        template: As written in the file.
        regex: Compiled, with groups ``head`` and ``tail``.
        types: All entity types, sorted; the alphabet of the regex.
        heads: Types of which its head may be.
        tails: Types of which its tail may be.
        modality: fact, planned, negated or former.
        score: Confidence in [0, 1].
        examples: Sentences where it must fire.
        counter: Sentences where it must not.
        where: ``file:line``, for messages.
    """

    id: str
    relations: tuple[str, ...]
    template: str
    regex: re.Pattern[str]
    types: tuple[str, ...]
    heads: frozenset[str]
    tails: frozenset[str]
    modality: str = "fact"
    score: float = 0.9
    examples: tuple[Example, ...] = ()
    counter: tuple[Example, ...] = ()
    where: str = ""

    def matches(self, encoded: Encoded) -> Iterator[Match]:
        """All matches, from left to right; the search goes on right behind the head of the last one."""
        position = 0
        while position <= len(encoded.text) and (found := self.regex.search(encoded.text, position)):
            heads, tails = (
                tuple(m for m in encoded.mentions[slice(*found.span(role))] if m >= 0)
                for role in ("head", "tail")
            )
            if heads and tails:  # a slot in an optional group may be empty
                yield Match(heads, tails, encoded.offsets[found.start()], encoded.offsets[found.end()])
            # Always onwards, also where the head is looked up behind the match.
            position = max(found.end("head"), found.start() + 1)

    def failures(self) -> Iterator[str]:
        """One message, led by file and line, for each example it misses and each counter it fires on."""
        for example in self.examples:
            matches = list(self.matches(encode(example.text, example.spans, self.types)))
            if not matches:
                yield f'{example.where}: pattern "{self.id}" does not match its example: {example.text}'
            elif not any(
                example.heads in ((), match.head_mentions) and example.tails in ((), match.tail_mentions)
                for match in matches
            ):
                yield f'{example.where}: pattern "{self.id}" takes other ends than marked: {example.text}'
        for example in self.counter:
            if any(self.matches(encode(example.text, example.spans, self.types))):
                yield f'{example.where}: pattern "{self.id}" matches its counter-example: {example.text}'


def compile_template(template: str, types: Sequence[str]) -> re.Pattern[str]:
    """The regular expression of a template, with groups ``head`` and ``tail``.

    Args:
        template: See the module.
        types: All entity types, in any order.

    Raises:
        ValueError: When a slot names an unknown type, head or tail are not there once, or the rest is no
            regular expression.
    """
    source = _expand(template, sorted(types))
    try:
        return re.compile(source)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error.msg}") from None


def slot_types(template: str, types: Sequence[str], role: str) -> frozenset[str]:
    """The types that may stand in the ``head`` or ``tail`` slot."""
    return frozenset(
        name
        for found, names, _ in _SLOT.findall(template)
        if found == role
        for name in (types if names == "*" else names.split("/"))
    )


def mention_signs(types: Sequence[str]) -> str:
    """The characters that mentions of these types are written as, in the order of the types' names."""
    return "".join(chr(FIRST + index) for index in range(len(types)))


def encode(text: str, spans: Sequence[Span], types: Sequence[str]) -> Encoded:
    """Writes each mention of a sentence as one character.

    Args:
        text: The sentence.
        spans: Start, end and type of each mention, without overlap, in any order; types that are not
            among ``types`` stay as they are written.
        types: All entity types, in any order.

    Raises:
        ValueError: When mentions overlap or are empty.
    """
    number = dict(zip(sorted(types), mention_signs(types), strict=True))
    text = _PRIVATE.sub("\ufffd", text)
    kept = sorted((start, end, index) for index, (start, end, name) in enumerate(spans) if name in number)
    characters: list[str] = []
    mentions: list[int] = []
    offsets: list[int] = []
    position = 0
    for start, end, index in [*kept, (len(text), len(text), -1)]:
        if start < position or (index >= 0 and end <= start):
            raise ValueError(f"mention {spans[index]} overlaps another or is empty")
        characters.append(text[position:start])
        mentions += [-1] * (start - position)
        offsets += range(position, start)
        if index >= 0:
            characters.append(number[spans[index][2]])
            mentions.append(index)
            offsets.append(start)
        position = end
    return Encoded("".join(characters), tuple(mentions), (*offsets, len(text)))


def read_example(marked: str, where: str, types: Sequence[str]) -> Example:
    """Reads a sentence with mentions marked ``[text|Type]`` or ``[text|Type|head]``.

    Raises:
        ValueError: When a mark names an unknown type or is not closed.
    """
    text = ""
    spans: list[Span] = []
    ends: dict[str, list[int]] = {"head": [], "tail": []}
    position = 0
    for mark in _MARKED.finditer(marked):
        text += marked[position : mark.start()]
        position = mark.end()
        name, type_, role = mark.groups()
        if type_ not in types:
            raise ValueError(f'example marks an unknown entity type "{type_}"')
        if role:
            ends[role].append(len(spans))
        spans.append((len(text), len(text) + len(name), type_))
        text += name
    text += marked[position:]
    if any(character in text for character in "[]|"):
        raise ValueError(f"example has a mark that is not [text|Type]: {marked}")
    return Example(text, tuple(spans), tuple(ends["head"]), tuple(ends["tail"]), where)


def _expand(template: str, types: Sequence[str]) -> str:
    parts: list[str] = []
    roles: list[str] = []
    in_class = False
    position = 0
    while position < len(template):
        character = template[position]
        slot = _SLOT.match(template, position) if character == "{" else None
        if slot:
            role, names, many = slot.groups()
            members = _members(names, types)
            position = slot.end()
            if in_class:
                parts.append(members)
                continue
            one = f"[{members}]"
            whole = f"{one}(?:{_JOINER}{one})*" if many else one
            parts.append(f"(?P<{role}>{whole})" if role else f"(?:{whole})")
            roles += [role] if role else []
            continue
        wrong = _MEANT_AS_SLOT.match(template, position) if character == "{" else None
        if wrong:
            raise ValueError(
                f"{wrong.group()} is no slot; write {{head:Type}}, {{tail:Type}}, {{Type}} or {{*}}"
            )
        step = 2 if character == "\\" else 1
        if in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
            step = 2 if template.startswith("[^", position) else 1
            step += template.startswith("]", position + step)  # the first ] of a class is a plain character
        parts.append(template[position : position + step])
        position += step
    if sorted(roles) != ["head", "tail"]:
        raise ValueError("a pattern needs {head:…} and {tail:…}, each once")
    return "".join(parts)


def _members(names: str, types: Sequence[str]) -> str:
    wanted = list(types) if names == "*" else names.split("/")
    for name in wanted:
        if name not in types:
            raise ValueError(f'slot names an unknown entity type "{name}"')
    return "".join(chr(FIRST + types.index(name)) for name in wanted)
