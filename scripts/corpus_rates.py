"""How often documents use short names, tell no office and so on: counted in gold graphs, used to make up documents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kg.gazetteer import Gazetteer
from kg.resolve.body_names import BodyNames
from kg.resolve.firm_names import FirmNames
from kg.resolve.likeness import one_edit
from kg.resources import data_dir, schemas_dir

_OFFICES = ("LEADS", "SERVES_IN")


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares, each of the documents that name such a thing.

    Attributes:
        single_given: People with one character after the surname.
        person_bare: People without an office.
        firm_short: Firms named without a legal form.
        firm_located: Firms said to be somewhere.
        body_short: Bodies named by a short form.
        thing_located: Projects and parks said to be somewhere.
        typo: Names of five characters or more that are also written with one character wrong.
        no_locale: Documents that do not tell where they are from.
        no_date: Documents without a day.
    """

    single_given: float
    person_bare: float
    firm_short: float
    firm_located: float
    body_short: float
    thing_located: float
    typo: float
    no_locale: float
    no_date: float


def measure(gold: Path | None = None) -> Rates:
    """The rates in a folder of gold graphs, by default the program's own."""
    gazetteer, schemas = Gazetteer.load(), schemas_dir()
    firms, bodies = FirmNames(gazetteer, schemas), BodyNames(gazetteer, schemas)
    counts = dict.fromkeys(Rates.__dataclass_fields__, (0, 0))

    def add(name: str, hit: bool) -> None:
        hits, of = counts[name]
        counts[name] = (hits + hit, of + 1)

    for path in sorted((gold or data_dir() / "gold").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        add("no_locale", not document["locale"])
        add("no_date", not document["date"])
        held = {r["head"] for r in document["relations"] if r["type"] in _OFFICES}
        located = {r["head"] for r in document["relations"] if r["type"] == "LOCATED_IN"}
        for entity in document["entities"]:
            name, id = entity["name"], entity["id"]
            if len(name) >= 5:
                add("typo", any(one_edit(name, form) for form in entity["mentions"]))
            if entity["type"] in ("Official", "Person"):
                add("single_given", len(name) == 2)
                add("person_bare", id not in held)
            elif entity["type"] == "Company":
                add("firm_short", not firms.read(name).legal)
                add("firm_located", id in located)
            elif entity["type"] == "Organization":
                read = bodies.read(name)
                add("body_short", read.kind != read.bare)
            elif entity["type"] in ("Project", "Park"):
                add("thing_located", id in located)
    return Rates(**{name: hits / max(1, of) for name, (hits, of) in counts.items()})


if __name__ == "__main__":
    for name in Rates.__dataclass_fields__:
        print(f"{name:14} {getattr(measure(), name):.3f}")
