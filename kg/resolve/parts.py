"""Everything that comparing names needs, read from the schema folder once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.gazetteer import Gazetteer
from kg.lexicon import load_lexicon
from kg.resolve.blocks import Blocks
from kg.resolve.body_names import BodyNames
from kg.resolve.features import Compare
from kg.resolve.firm_names import FirmNames
from kg.resolve.names import Names
from kg.resolve.reader import Reader
from kg.resolve.titles import Titles
from kg.resolve.weights import Table, load_weights
from kg.resources import in_schemas
from kg.wording import load_wording


@dataclass(frozen=True, slots=True)
class Parts:
    """What resolution is made of.

    Attributes:
        gazetteer: For codes.
        bodies: Takes names of bodies apart.
        names: Knows which names are told.
        reader: Reads the forms of documents.
        blocks: Finds pairs worth comparing.
        compare: Finds their features.
        tables: Kind to the weights of features.
    """

    gazetteer: Gazetteer
    bodies: BodyNames
    names: Names
    reader: Reader
    blocks: Blocks
    compare: Compare
    tables: Mapping[str, Table]

    @classmethod
    def load(cls, schemas: Path, gazetteer: Gazetteer) -> Parts:
        """Reads the schema folder.

        Raises:
            SchemaError: When a file of it does not hold.
        """
        generic, common = _terms(schemas, "bodies.txt"), _terms(schemas, "common_names.txt")
        bodies = BodyNames(gazetteer, schemas)
        firms = FirmNames(gazetteer, schemas)
        works = Titles(gazetteer, load_wording(schemas, "work_names"))
        return cls(
            gazetteer,
            bodies,
            Names(load_wording(schemas, "aliases")),
            Reader(gazetteer, bodies, firms, works, generic),
            Blocks(bodies, common),
            Compare(bodies, common, generic, firms.no_brand, works.numbers),
            load_weights(schemas),
        )


def _terms(schemas: Path, name: str) -> frozenset[str]:
    """All terms of a lexicon, of the program's own where a schema folder has none."""
    sections = load_lexicon(in_schemas(schemas, f"lexicons/{name}"))
    return frozenset(term for terms in sections.values() for term in terms)
