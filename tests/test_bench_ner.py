"""The yardstick of names: two formats read, stretches and types compared."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.errors import InputError

_SCRIPT = Path(__file__).parent.parent / "scripts" / "bench_ner.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("bench_ner", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_ner"] = module
    spec.loader.exec_module(module)
    return module


def bmes(text: str, names: list[tuple[str, str]]) -> str:
    """A sentence in ResumeNER's format."""
    labels = ["O"] * len(text)
    for name, kind in names:
        start, end = text.index(name), text.index(name) + len(name)
        labels[start:end] = [f"M-{kind}"] * len(name)
        labels[start], labels[end - 1] = f"B-{kind}", f"E-{kind}"
        if len(name) == 1:
            labels[start] = f"S-{kind}"
    return "".join(f"{char} {label}\n" for char, label in zip(text, labels, strict=True)) + "\n"


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "test.char.bmes"
    first = bmes(
        "王小川，浙江青禾茶业有限公司董事长。",
        [("王小川", "NAME"), ("浙江青禾茶业有限公司", "ORG"), ("董事长", "TITLE")],
    )
    second = bmes("李大海，男，汉族。", [("李大海", "NAME"), ("汉", "RACE")])
    path.write_text(first + second, encoding="utf-8")
    return path


@pytest.fixture
def cluener(tmp_path: Path) -> Path:
    path = tmp_path / "dev.json"
    text = "松阳县农业农村局局长王小川到浙江青禾茶业有限公司调研。"

    def at(name: str) -> dict[str, list[list[int]]]:
        start = text.index(name)
        return {name: [[start, start + len(name) - 1]]}

    label = {
        "government": at("松阳县农业农村局"),
        "position": at("局长"),
        "name": at("王小川"),
        "company": at("浙江青禾茶业有限公司"),
        "scene": at("调研"),
    }
    path.write_text(json.dumps({"text": text, "label": label}, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_columns_are_read(bench: ModuleType, resume: Path) -> None:
    """Sentences end at empty lines, stretches are half-open, and labels without a counterpart are left out."""
    first, second = bench.read_resume(resume)
    assert first.text == "王小川，浙江青禾茶业有限公司董事长。"
    assert first.names == {(0, 3, "person"), (4, 14, "organization"), (14, 17, "post")}
    assert second.names == {(0, 3, "person")}


def test_json_lines_are_read(bench: ModuleType, cluener: Path) -> None:
    """The last character of a CLUENER stretch is included, and scenes are left out."""
    (sentence,) = bench.read_cluener(cluener)
    assert {(sentence.text[a:b], kind) for a, b, kind in sentence.names} == {
        ("松阳县农业农村局", "organization"),
        ("局长", "post"),
        ("王小川", "person"),
        ("浙江青禾茶业有限公司", "company"),
    }


def test_figures(bench: ModuleType, resume: Path, cluener: Path) -> None:
    """What the pipeline finds in plain sentences is right in both sets; a missed name lowers recall alone."""
    rows = {row.name: row for row in bench.measure(bench.read_resume(resume), companies=False)}
    assert (rows["person"].f1, rows["organization"].f1, rows["post"].f1) == (1, 1, 1)
    rows = {row.name: row for row in bench.measure(bench.read_cluener(cluener), companies=True)}
    assert rows["company"].f1 == rows["person"].f1 == rows["all"].f1 == 1
    absent = bench.Labelled("今天天气晴朗。", frozenset({(0, 2, "person")}))
    *_, total = bench.measure([*bench.read_cluener(cluener), absent], companies=True)
    assert (total.precision, total.recall) == (1, 0.8)


def test_tables(bench: ModuleType, resume: Path, cluener: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table for each file; without any file the usage."""
    assert bench.main(["--resume", str(resume), "--cluener", str(cluener)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if "gold" in line] == ["ResumeNER", "CLUENER"]
    assert sum(line.startswith("all ") for line in lines) == 2
    with pytest.raises(SystemExit):
        bench.main([])


def test_other_formats_are_refused(
    bench: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line that is neither is told with its number; a missing file too."""
    path = tmp_path / "wrong"
    path.write_text("王 B-NAME\n小川\n", encoding="utf-8")
    with pytest.raises(InputError, match="wrong:2: expected a character"):
        list(bench.read_resume(path))
    path.write_text('{"text": "王"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="wrong:1: expected"):
        list(bench.read_cluener(path))
    assert bench.main(["--resume", str(tmp_path / "none")]) == 1
    assert "none" in capsys.readouterr().err
