"""How long a build takes after one document of many changed, beside a build from nothing.

    python scripts/bench_build.py                     500 documents
    python scripts/bench_build.py --documents 3000    the full measurement

The documents are the samples again and again, each copy in a folder of its own and with other surnames, so that
resolving and storing have a graph to deal with.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from kg.pipeline import BuildReport, build
from kg.resources import data_dir

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹"
_TURNED = str.maketrans(_SURNAMES, _SURNAMES[1:] + _SURNAMES[0])


def main() -> None:
    """Measures once and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--documents", type=int, default=500)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        texts, out = Path(folder) / "texts", Path(folder) / "out"
        paths = _write(texts, arguments.documents)
        whole = _timed("from nothing", texts, out)
        same = _timed("nothing changed", texts, out)
        paths[len(paths) // 2].write_text("今天，县委书记李汉勤到松阳经济开发区调研。", encoding="utf-8")
        one = _timed("one changed", texts, out)
    print(f"ratio: nothing changed {same / whole:.3f}, one changed {one / whole:.3f}")


def _write(texts: Path, count: int) -> list[Path]:
    samples = [path.read_text(encoding="utf-8") for path in sorted((data_dir() / "samples").glob("*.txt"))]
    paths = []
    for number in range(count):
        copy, which = divmod(number, len(samples))
        path = texts / f"{copy:03}" / f"{which:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = samples[which]
        for _ in range(copy % len(_SURNAMES)):
            text = text.translate(_TURNED)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def _timed(name: str, texts: Path, out: Path) -> float:
    begin = time.perf_counter()
    report: BuildReport = build([texts], out)
    spent = time.perf_counter() - begin
    steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in report.seconds.items())
    print(f"{name:<16} {spent:7.1f} s  {report.changes.read} read  ({steps})")
    return spent


if __name__ == "__main__":
    main()
