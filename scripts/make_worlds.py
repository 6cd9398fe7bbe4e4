"""Makes data/worlds: made-up worlds told in news, with the truth beside them: python scripts/make_worlds.py."""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent))

from world_maker import SHORT, Maker
from world_model import YEARS, Tenure, Thing, World, choose_counties
from world_words import words

from kg.gazetteer import Gazetteer
from kg.resources import data_dir

WORLDS = {"tuned": 11, "held_out": 47}
"""Name, of its words and wordings too, to seed."""

DOCUMENTS = 300
_KINDS = {"visit": 5, "meeting": 4, "firm": 4, "work": 4, "bureau": 4, "move": 2, "reform": 1, "brief": 3}
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class Told:
    """What one document says, for the truth."""

    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    relations: list[dict[str, str]] = field(default_factory=list)

    def name(self, key: str, type: str, surface: str, *, full: str = "", world: str = "", **more: str) -> str:
        """Notes a mention; the entity's name is its fullest form."""
        entity = self.entities.setdefault(
            key,
            {
                "id": f"e{len(self.entities) + 1}",
                "type": type,
                "name": "",
                "mentions": [],
                "world": world or key,
            }
            | more,
        )
        full = full or surface
        entity["name"] = max(entity["name"], full, key=len)
        if surface not in entity["mentions"]:
            entity["mentions"].append(surface)
        return surface

    def link(self, type: str, head: str, tail: str, title: str = "") -> None:
        """Notes a relation between keys."""
        relation = {"type": type, "head": self.entities[head]["id"], "tail": self.entities[tail]["id"]}
        relation |= {"title": title} if title else {}
        if relation not in self.relations:
            self.relations.append(relation)


class Teller:
    """Tells a world.

    Args:
        world: What is told.
        wordings: Kinds of paragraphs to their wordings.
        rng: For all choices.
    """

    def __init__(self, world: World, wordings: dict[str, Any], rng: random.Random) -> None:
        self._world, self._wordings, self._rng = world, wordings, rng

    def document(
        self, number: int, code: str, kind: str, month: str
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """A document and its truth."""
        cast = _Cast(self._world, self._rng, code, month)
        words, rng = self._wordings, self._rng
        parts = [rng.choice(words[kind])]
        if f"{kind}_more" in words:
            parts += rng.sample(words[f"{kind}_more"], rng.choice((1, 2, 2)))
        if kind == "brief":
            parts = rng.sample(words["brief"], 3)
        parts.insert(rng.randint(1, len(parts)), rng.choice(words["fill"]))
        text = "\n".join(self._fill(part, cast) for part in parts)
        title = self._fill(rng.choice(words["titles"][kind]), cast)
        county = cast.county.name
        if county not in text and county not in title:
            text += (
                f"\n这是{county}狠抓落实的一个缩影。"  # every document of the corpus tells where it is from
            )
        name = f"w{number:03}"
        truth = {
            "doc": name, "date": cast.date, "locale": cast.county.name,
            "entities": list(cast.told.entities.values()), "relations": cast.told.relations,
        }  # fmt: skip
        return {"id": name, "title": title, "date": cast.date, "text": text}, truth

    def _fill(self, template: str, cast: _Cast) -> str:
        kind = cast.county.name[-1]
        if kind != "县":
            for word in ("我县", "全县"):
                template = template.replace(word, word[0] + kind)
            template = template.replace("县城", "城区").replace("县会展", "市会展")
        return _SLOT.sub(lambda m: cast.slot(m.group(1), self._wordings), template)


class _Cast:
    """Who and what a document is about."""

    def __init__(self, world: World, rng: random.Random, code: str, month: str) -> None:
        self._world, self._rng, self.code, self.month = world, rng, code, month
        self.county, self.told = world.counties[code], Told()
        self.date = f"{month}-{rng.randint(1, 28):02}"
        self.told.name("county", "Region", self.county.name, level="county", world=f"region-{code}")
        holders = [t for t in world.things.values() if t.type == "Official"]
        seats = [(p, o) for p in holders for o in p.offices(month) if o.county == code]
        leaders = [(p, o) for p, o in seats if not o.body and not o.title.endswith("副书记")]
        heads = [(p, o) for p, o in seats if o.body]
        rng.shuffle(leaders)
        self._leaders = leaders
        self._head = rng.choice([h for h in heads if h[1].title == "局长"] or heads)
        bodies = [b for b in world.of(code, "Organization") if b.there(month) and b.name.endswith("局")]
        self._body = world.things[self._head[1].body]
        self._other = rng.choice([b for b in bodies if b is not self._body])
        firms = world.of(code, "Company")
        self._firm = rng.choice([f for f in firms if not f.parent])
        self._daughter = next((f for f in firms if f.parent == self._firm.id), None)
        works = [w for w in world.of(code, "Project") if w.there(month)] or world.of(code, "Project")
        self._work = rng.choice(works)
        own = [w for w in works if w.parent == self._firm.id]
        self._work = own[0] if own else self._work
        if self._work.parent != self._firm.id and not world.things[self._work.parent].parent:
            self._firm = world.things[self._work.parent]
            self._daughter = next((f for f in firms if f.parent == self._firm.id), None)
        self._park = rng.choice(world.of(code, "Park"))
        near = [e for e in world.of(code, "Event") if e.start == month]
        events = near or [e for e in world.of(code, "Event") if e.start[:4] == month[:4]]
        self._event = rng.choice(events)
        if not near:
            self.month = self._event.start
            self.date = f"{self.month}-{rng.randint(1, 28):02}"

    def slot(self, slot: str, wordings: dict[str, Any]) -> str:
        """The words for a slot, noted in the truth."""
        simple: dict[str, Callable[[], str]] = {
            "C": lambda: self.county.name,
            "c": lambda: self.told.name("county", "Region", self.county.short, full=self.county.name),
            "D": self._day,
            "N1": lambda: self._person(self._leaders[0], titled=False),
            "h": lambda: self._person(self._head, titled=False),
            "H": lambda: self._person(self._head),
            "B": lambda: self._bureau(self._body, short=False),
            "b": lambda: self._bureau(self._body, short=True),
            "B2": lambda: self._bureau(self._other, short=self._rng.random() < 0.5),
            "F": lambda: self._firm_name(self._firm, self._firm.name),
            "f": lambda: self._firm_name(self._firm, self._rng.choice(self._firm.shorts)),
            "S": self._subsidiary,
            "G": self._boss,
            "W": lambda: self._thing(self._work, self._rng.choice((self._work.name, self._work.shorts[0]))),
            "w": lambda: self._thing(self._work, self._work.shorts[0]),
            "K": lambda: self._thing(self._park, self._park.name),
            "E": lambda: self._thing(self._event, self._event.name),
            "e": lambda: self._thing(self._event, self._rng.choice(self._event.shorts)),
            "P": lambda: self._appointed(wordings),
            "Q": lambda: self._former(wordings),
            "A": lambda: self._reformed(old=True),
            "Z": lambda: self._reformed(old=False),
        }  # fmt: skip
        if slot in ("L1", "L2", "L3"):
            number = min(int(slot[1]), len(self._leaders)) - 1
            return self._person(self._leaders[number])
        return str(simple[slot]())

    def _day(self) -> str:
        month, day = int(self.date[5:7]), int(self.date[8:10])
        return self._rng.choice(
            (f"{month}月{day}日", f"{day}日" if self._rng.random() < 0.3 else f"{month}月{day}日")
        )

    def _person(self, seat: tuple[Thing, Tenure], *, titled: bool = True) -> str:
        person, office = seat
        self.told.name(person.id, "Official", person.name)
        self._hold(person, office)
        if not titled:
            return person.name
        return f"{self._office(office)}{person.name}"

    def _hold(self, person: Thing, office: Tenure) -> None:
        if office.body:
            body = self._world.things[office.body]
            name = body.name_at(self.month)
            if body.id not in self.told.entities:
                self.told.name(body.id, "Organization", name)
                self.told.link("LOCATED_IN", body.id, "county")
            self.told.link(office.relation, person.id, body.id, office.title)
        elif office.county == self.code:
            self.told.link(office.relation, person.id, "county", office.title)
        else:
            other = self._world.counties[office.county]
            key = f"region-{office.county}"
            self.told.name(key, "Region", other.name, level="county", world=key)
            self.told.link(office.relation, person.id, key, office.title)

    def _office(self, office: Tenure) -> str:
        """An office in words: 县委书记, 松阳县委书记, 县水利局局长."""
        away = office.county != self.code
        county = self._world.counties[office.county].name
        if not office.body:
            full = county + office.title.removeprefix(county[-1])
            full = county + office.title if office.title.startswith("副") else full
            return full if away or self._rng.random() < 0.3 else office.title
        body = self._world.things[office.body]
        name = body.name_at(self.month)
        bare = name.removeprefix(county)
        if self._rng.random() < 0.3:
            bare = SHORT.get(bare, bare)
        name = county + bare if away or self._rng.random() < 0.4 else county[-1] + bare
        return name + office.title

    def _bureau(self, body: Thing, *, short: bool) -> str:
        bare = body.name_at(self.month).removeprefix(self.county.name)
        bare = SHORT.get(bare, bare) if short else bare
        full = self.county.name + bare
        surface = full if self._rng.random() < 0.4 else self.county.name[-1] + bare
        self.told.name(body.id, "Organization", surface, full=full)
        self.told.link("LOCATED_IN", body.id, "county")
        return surface

    def _firm_name(self, firm: Thing, surface: str) -> str:
        self.told.name(firm.id, "Company", surface)
        if surface == firm.name:
            self.told.link("LOCATED_IN", firm.id, "county")
        return surface

    def _subsidiary(self) -> str:
        if self._daughter is None:
            return self._firm_name(self._firm, self._firm.name)
        self._firm_name(self._daughter, self._daughter.name)
        self._firm_name(self._firm, self._firm.name)
        self.told.link("OWNS", self._firm.id, self._daughter.id)
        return self._daughter.name

    def _boss(self) -> str:
        boss = next(
            t for t in self._world.things.values() if t.type == "Person" and t.parent == self._firm.id
        )
        name = self._firm_name(self._firm, self._firm.name)
        self.told.name(boss.id, "Person", boss.name)
        self.told.link("LEADS", boss.id, self._firm.id, boss.tenures[0].title)
        return f"{name}{boss.tenures[0].title}{boss.name}"

    def _thing(self, thing: Thing, surface: str) -> str:
        self.told.name(thing.id, thing.type, surface)
        self.told.link("LOCATED_IN", thing.id, "county")
        return surface

    def _mover(self) -> tuple[Thing, Tenure, Tenure | None]:
        """Somebody whose office began lately, and the office before it."""
        found: list[tuple[bool, str, str, Thing, Tenure, Tenure | None]] = []
        for person, office in [*self._leaders, self._head]:
            earlier = [t for t in person.tenures[: person.tenures.index(office)] if t.end < office.start]
            last = earlier[-1] if earlier else None
            found.append((last is not None, office.start, person.id, person, office, last))
        _, _, _, person, office, last = max(found, key=lambda f: f[:3])
        return person, office, last

    def _appointed(self, wordings: dict[str, Any]) -> str:
        person, office, _ = self._mover()
        self.told.name(person.id, "Official", person.name)
        self._hold(person, office)
        return str(self._rng.choice(wordings["appointed"])).format(O=person.name, X=self._office(office))

    def _former(self, wordings: dict[str, Any]) -> str:
        person, _, before = self._mover()
        if before is None:
            return ""
        self._hold(person, before)
        county = self._world.counties[before.county].name
        full = self._office(before)
        if not full.startswith(county):
            full = county + full.removeprefix(county[-1])
        return str(self._rng.choice(wordings["former"])).format(O=person.name, X=full)

    def _reformed(self, *, old: bool) -> str:
        body = next(b for b in self._world.of(self.code, "Organization") if b.names)
        name = body.names[0 if old else 1][1]
        key = f"{body.id}-old" if old else body.id
        self.told.name(key, "Organization", name, world=body.id)
        self.told.link("LOCATED_IN", key, "county")
        return name


def make(name: str, gazetteer: Gazetteer, wordings: dict[str, Any], seed: int) -> tuple[list[Any], list[Any]]:
    """Documents and truths of a world."""
    rng = random.Random(seed)
    counties = choose_counties(gazetteer, rng, prefectures=4, each=3)
    world = Maker(gazetteer, counties, seed, homonyms=0.25, single=0.2, own=words(name)).world(
        people=12, firms=4, works=2, meetings=2, bosses=True
    )
    teller = Teller(world, wordings, rng)
    codes = sorted(world.counties)
    kinds = [kind for kind, count in _KINDS.items() for _ in range(count)]
    documents, truths = [], []
    for number in range(DOCUMENTS):
        code, kind = codes[number % len(codes)], rng.choice(kinds)
        month = f"{rng.randint(*YEARS)}-{rng.randint(1, 12):02}"
        if kind == "meeting":
            month = rng.choice(world.of(code, "Event")).start
        if kind == "reform":
            month = f"2019-{rng.randint(1, 4):02}"
        document, truth = teller.document(number, code, kind, month)
        documents.append(document)
        truths.append(truth)
    return documents, truths


def write(path: Path, rows: list[Any]) -> None:
    """One JSON object a line."""
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=data_dir() / "worlds")
    given = parser.parse_args()
    wordings = yaml.safe_load((data_dir() / "worlds" / "wordings.yaml").read_text(encoding="utf-8"))
    gazetteer = Gazetteer.load()
    for name, seed in WORLDS.items():
        documents, truths = make(name, gazetteer, wordings[name], seed)
        folder = given.output / name
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / "documents.jsonl", documents)
        write(folder / "truth.jsonl", truths)


if __name__ == "__main__":
    main()
