"""Document graphs of a made-up world, as linking would make them, with the truth beside them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_rates import Rates
from world_maker import SHORT
from world_model import YEARS, Thing, World

from kg.types import Document, DocumentGraph, Entity, Evidence, Link

_SLIPS = "己已未末日曰土士人入干千天夫大太目自白百木本米来力方万亿广厂"
_AT_EVENTS = 0.3
_PEOPLE, _FIRMS, _BODIES, _WORKS = 3, 2, 1, 1


@dataclass(frozen=True, slots=True)
class Made:
    """A document graph and, for its entity ids, the ids in the world."""

    graph: DocumentGraph
    truth: dict[str, str]


class Documents:
    """Makes documents about a world.

    Args:
        world: What they tell of.
        rates: How often they use short names, leave out offices and so on.
        seed: The same seed gives the same documents.
    """

    def __init__(self, world: World, rates: Rates, seed: int) -> None:
        self._world, self._rates, self._rng = world, rates, random.Random(seed)
        self._codes = sorted(world.counties)
        self._active: dict[tuple[str, str], list[Thing]] = {}
        self._holders: dict[str, list[Thing]] = {}
        for thing in world.things.values():
            for county in {t.county for t in thing.tenures}:
                self._holders.setdefault(county, []).append(thing)

    def some(self, mentions: int) -> Iterator[Made]:
        """Documents until they hold so many entities in all, but for regions."""
        done = number = 0
        while done < mentions:
            made = self._document(f"m{number:07}")
            done += len(made.truth)
            number += 1
            yield made

    def _document(self, id: str) -> Made:
        rng, world, rates = self._rng, self._world, self._rates
        code = rng.choice(self._codes)
        county = world.counties[code]
        month = f"{rng.randint(*YEARS)}-{rng.randint(1, 12):02}"
        if rng.random() < _AT_EVENTS:
            month = rng.choice(world.of(code, "Event")).start
        date = f"{month}-{rng.randint(1, 28):02}"
        here = Entity("c", "Region", county.name, level="county", code=code, mentions=(county.name,))
        entities, links, truth = [here], [], {}

        def add(thing: Thing, type: str, name: str) -> Entity:
            entity = Entity(f"e{len(entities)}", type, self._slip(name), mentions=(name,))
            entities.append(entity)
            truth[entity.id] = thing.id
            return entity

        def link(type: str, head: str, tail: str, title: str = "") -> None:
            links.append(Link(type, head, tail, Evidence(id, 0, 1, "", "made", date), title))

        bodies: dict[str, Entity] = {}
        people = [
            p
            for p in self._sample(self._holders.get(code, []), _PEOPLE * 4)
            if any(t.county == code for t in p.offices(month))
        ]
        for person in people[:_PEOPLE]:
            entity = add(person, "Official", person.name)
            if rng.random() < rates.person_bare:
                continue
            for office in person.offices(month):
                if office.county != code:
                    continue
                if not office.body:
                    link(office.relation, entity.id, "c", office.title)
                    continue
                body = world.things[office.body]
                if body.id not in bodies:
                    bodies[body.id] = add(body, "Organization", self._body_name(body, month))
                link(office.relation, entity.id, bodies[body.id].id, office.title)
        for body in self._there(code, "Organization", month, _BODIES):
            if body.id not in bodies:
                bodies[body.id] = add(body, "Organization", self._body_name(body, month))
        for named in bodies.values():
            link("LOCATED_IN", named.id, "c")
        firms = {}
        for firm in self._there(code, "Company", month, _FIRMS):
            short = rng.random() < rates.firm_short
            firms[firm.id] = add(firm, "Company", rng.choice(firm.shorts) if short else firm.name)
            if rng.random() < rates.firm_located:
                link("LOCATED_IN", firms[firm.id].id, "c")
        for type in ("Project", "Park", "Event"):
            for thing in self._there(code, type, month, _WORKS):
                entity = add(thing, type, rng.choice((thing.name, *thing.shorts)))
                if rng.random() < rates.thing_located:
                    link("LOCATED_IN", entity.id, "c")
                if thing.parent in firms:
                    link("BUILDS", firms[thing.parent].id, entity.id)
        locale = None if rng.random() < rates.no_locale else county.name
        document = Document(id, "", date=date, locale=locale)
        return Made(DocumentGraph(document, tuple(entities), tuple(links)), truth)

    def _there(self, code: str, type: str, month: str, count: int) -> list[Thing]:
        return [t for t in self._sample(self._world.of(code, type), count * 3) if t.there(month)][:count]

    def _sample(self, things: list[Thing], count: int) -> list[Thing]:
        return self._rng.sample(things, min(count, len(things)))

    def _body_name(self, body: Thing, month: str) -> str:
        name = body.name_at(month)
        kind = next((k for k in SHORT if name.endswith(k)), "")
        if kind and self._rng.random() < self._rates.body_short:
            return name.removesuffix(kind) + SHORT[kind]
        return name

    def _slip(self, name: str) -> str:
        """The name, now and then with one character wrong."""
        if len(name) < 5 or self._rng.random() >= self._rates.typo:
            return name
        at = self._rng.randrange(1, len(name) - 2)
        return name[:at] + self._rng.choice(_SLIPS) + name[at + 1 :]
