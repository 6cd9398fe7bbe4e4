"""Time, memory and figures of resolving made-up documents: python scripts/bench_resolve.py --mentions 1000000."""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus_rates import Rates, measure
from made_documents import Documents
from pair_scores import HEAD, Row, scores
from world_maker import Maker

from kg.gazetteer import Gazetteer
from kg.resolve.resolve import Resolution, resolve

HOMONYMS = 0.08
"""Share of officials who get the name of somebody in their province; names drawn twice by chance come on top."""

PER_COUNTY = 100
"""About so many entities in a county."""


def rates() -> Rates:
    """Those of the gold graphs, and never below a floor where the few documents show none."""
    found = measure()
    return replace(
        found,
        person_bare=max(found.person_bare, 0.05),
        typo=max(found.typo, 0.003),
        no_locale=max(found.no_locale, 0.01),
    )


def run(mentions: int, entities: int, seed: int = 1) -> tuple[Resolution, list[Row], float]:
    """Makes documents and resolves them.

    Args:
        mentions: Entities of documents, but for regions.
        entities: Of the world, about.
        seed: The same seed gives the same documents.

    Returns:
        The resolution, type, true and found entity of each mention, and the seconds of one
        processor that resolving took.
    """
    gazetteer = Gazetteer.load()
    known = rates()
    counties = [d for d in gazetteer.by_code.values() if d.level == "county" and len(d.name) > 2]
    some = sorted(counties, key=lambda d: d.code)[: max(12, round(entities / PER_COUNTY))]
    world = Maker(gazetteer, some, seed, homonyms=HOMONYMS, single=known.single_given).world(
        firms=24, works=7, meetings=5
    )
    made = list(Documents(world, known, seed + 1).some(mentions))
    truth = {(m.graph.document.id, entity): thing for m in made for entity, thing in m.truth.items()}
    graphs = [m.graph for m in made]
    del made
    gc.collect()
    gc.freeze()
    begin = time.process_time()
    result = resolve(graphs, gazetteer=gazetteer)
    seconds = time.process_time() - begin
    rows = [(world.things[thing].type, thing, result.ids[key]) for key, thing in truth.items()]
    return result, rows, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--entities", type=int, default=0, help="by default a fifth of the mentions")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    begin = time.perf_counter()
    result, rows, seconds = run(given.mentions, given.entities or given.mentions // 5, given.seed)
    print(HEAD)
    for type, figures in scores(rows).items():
        print(f"{type:14}{figures.line}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    whole = time.perf_counter() - begin
    asked = sum(near.asked for near in result.record.near)
    print(
        f"{seconds:.0f} s of one processor to resolve, {whole:.0f} s by the clock with making them up; "
        f"{peak:.1f} GB at most; {asked:,} pairs to be decided by people"
    )


if __name__ == "__main__":
    main()
