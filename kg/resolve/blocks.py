"""Which forms are compared at all: those that share a key, so that the cost grows with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.resolve.body_names import BodyName, BodyNames
from kg.resolve.firm_names import FirmName
from kg.resolve.forms import Form, ThingName

WINDOW = 24
"""In a block of more forms than this, each is compared with so many that follow it in the order of their keys."""

_PREFECTURE = 4


class Blocks:
    """Finds the pairs of forms that are worth comparing.

    Args:
        bodies: Knows which bodies are one after renamings.
        common: Given names that many bear; the others are compared all over the country.
    """

    def __init__(self, bodies: BodyNames, common: frozenset[str]) -> None:
        self._bodies = bodies
        self._common = common

    def pairs(self, kind: str, forms: Sequence[Form]) -> Iterator[tuple[int, int]]:
        """Indices of two forms each, the lower first, no pair twice.

        Args:
            kind: Of all the forms.
            forms: In order of their keys.
        """
        keys = self._keys(kind)
        blocks: dict[str, list[int]] = {}
        for index, form in enumerate(forms):
            for key in set(keys(form)):
                blocks.setdefault(key, []).append(index)
        following: dict[int, set[int]] = {}
        for members in blocks.values():
            for position, index in enumerate(members[:-1]):
                following.setdefault(index, set()).update(members[position + 1 : position + 1 + WINDOW])
        for index in sorted(following):
            for other in sorted(following.pop(index)):
                yield index, other

    def _keys(self, kind: str) -> Callable[[Form], Iterable[str]]:
        if kind == "People":
            return self._person
        if kind == "Organization":
            return self._body
        return _firm if kind == "Company" else _region if kind == "Region" else _thing

    def _person(self, form: Form) -> Iterator[str]:
        name = min(form.known.keys)
        for place in (*form.known.places, *form.known.homes):
            yield f"{name} {place}"
        for place in form.known.places:
            yield f"{name} {place[:_PREFECTURE]}"
        for body in form.known.bodies:
            yield f"{name} {body}"
        if len(name) > 2 and name[1:] not in self._common:
            yield name

    def _body(self, form: Form) -> Iterator[str]:
        (name,) = {n for n in form.known.names if isinstance(n, BodyName)}
        place = min(form.known.places, default="")
        kind = self._bodies.last_name(name.kind)
        yield f"{place} {kind}"
        if place:
            yield f"{place} {name.kind[:3]}"
            yield f"{place} {name.kind[-4:]}"
            yield f"{place} {name.kind[:1]} {name.kind[-1:]}"


def _region(form: Form) -> Iterator[str]:
    yield form.name


def _firm(form: Form) -> Iterator[str]:
    (name,) = {n for n in form.known.names if isinstance(n, FirmName)}
    yield f"= {name.core}"
    for key in form.known.keys:
        yield f"= {key}"
    areas = {place[:_PREFECTURE] for place in (*form.known.places, *form.known.homes, *name.places)}
    for area in areas:
        yield f"{area} {name.stem}"
        yield f"{area} < {name.core[:2]}"
    if len(name.stem) > 2:
        yield name.stem


def _thing(form: Form) -> Iterator[str]:
    (name,) = {n for n in form.known.names if isinstance(n, ThingName)}
    place = min(form.known.places, default="")
    half = len(name.core) // 2
    if not name.codes or not place:
        yield f"= {name.core}"
    for key in (name.core, *form.known.keys):
        yield f"{place} = {key}"
    if half > 1:
        yield f"{place} < {name.core[:half]}"
        yield f"{place} > {name.core[-half:]}"
        yield f"{place} << {name.core[:4]}"
        yield f"{place} >> {name.core[-6:]}"
