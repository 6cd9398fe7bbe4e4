"""Work in processes of its own that can be killed at any moment.

A parent imports everything, loads the models and makes two graphs once; each piece of work is done by a fork of it,
so that the time until the kill is spent on the work and not on starting Python.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent


class Killable:
    """The processes.

    Args:
        folder: For temporary files, which killed processes leave behind.
        nodes: Size of the graphs to load.
    """

    def __init__(self, folder: Path, nodes: int) -> None:
        path = os.pathsep.join(str(_ROOT / name) for name in (".", "tests", "scripts"))
        self._parent = subprocess.Popen(
            [sys.executable, __file__, str(nodes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": path, "TMPDIR": str(folder)},
        )
        assert self._line() == "ready"

    def run(self, work: str, *arguments: str, kill_after: float | None = None) -> float:
        """Seconds that the work took, or until it was killed."""
        assert self._parent.stdin is not None
        print(json.dumps([work, *arguments]), file=self._parent.stdin, flush=True)
        pid = int(self._line())
        begin = time.perf_counter()
        if kill_after is not None:
            time.sleep(kill_after)
            # the parent reaps it only when told, so the id is still its own
            os.kill(pid, signal.SIGKILL)
        print("wait", file=self._parent.stdin, flush=True)
        code = int(self._line())
        assert code in ((0, -signal.SIGKILL) if kill_after is not None else (0,))
        return time.perf_counter() - begin

    def close(self) -> None:
        """Ends the parent."""
        with self._parent:
            assert self._parent.stdin is not None
            self._parent.stdin.close()
            assert self._parent.wait(timeout=30) == 0

    def _line(self) -> str:
        assert self._parent.stdout is not None
        return self._parent.stdout.readline().strip()


@contextlib.contextmanager
def killable(folder: Path, nodes: int) -> Iterator[Killable]:
    """The processes, ended in the end."""
    works = Killable(folder, nodes)
    try:
        yield works
    finally:
        works.close()


def moments(whole: float, count: int) -> list[float]:
    """Random moments, spread over the time that the work takes; the same each time."""
    rng = random.Random(4)
    return [whole * (i + rng.random()) / count for i in range(count)]


def _serve(nodes: int) -> None:
    from synthetic_graph import synthetic_graph

    from kg import shard
    from kg.gazetteer import Gazetteer
    from kg.pipeline import build
    from kg.stores.open import open_store

    graphs = {str(seed): synthetic_graph(nodes, seed=seed) for seed in (1, 2)}
    line = shard.Line()
    models = {name: getattr(line, name) for name in ("nlp", "linker")}
    for name, model in models.items():
        setattr(shard.Line, name, model)
    gazetteer = Gazetteer.load()
    Gazetteer.load = lambda **_: gazetteer  # type: ignore[method-assign]

    def load(target: str, seed: str) -> None:
        with open_store(target, read_only=False) as store:
            store.load(graphs[seed])

    def build_texts(texts: str, out: str) -> None:
        build([texts], out)

    works: dict[str, Any] = {"load": load, "build": build_texts}
    print("ready", flush=True)
    for line in sys.stdin:
        work, *arguments = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                works[work](*arguments)
                code = 0
            finally:
                os._exit(code)  # never on into the parent's loop
        print(pid, flush=True)
        sys.stdin.readline()
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
