"""Imports run one way: cli → pipeline, stores, view, evaluate → the steps → what they share."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

_PACKAGE = Path(__file__).parent.parent / "kg"
_STEPS = {"read", "clean", "annotate", "link", "resolve"}
_TOP = {"cli"}
_LINES = {"pipeline", "shard"}
_ENDS = {"stores", "view", "export", "evaluate", "calibration", "explain", "output", "serve"}


def _modules() -> list[Path]:
    return sorted(path for path in _PACKAGE.rglob("*.py") if "resources" not in path.parts)


def _part(path: Path) -> str:
    return path.relative_to(_PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _parts(path: Path) -> set[str]:
    """The parts of the package that a file imports."""
    return {name.split(".")[1] for name in _imports(path) if name.startswith("kg.")} - {_part(path)}


MODULES = [pytest.param(path, id=str(path.relative_to(_PACKAGE))) for path in _modules()]


@pytest.mark.parametrize("path", MODULES)
def test_imports_run_one_way(path: Path) -> None:
    """No module imports what lies above it, and the steps do not know each other."""
    part, used = _part(path), _parts(path)
    if part in {"__init__", *_TOP}:
        return
    assert not used & _TOP
    if part in _LINES:
        return
    assert not used & _LINES
    if part in _ENDS:
        assert not used & _STEPS
        return
    assert not used & _ENDS
    if part not in _STEPS:
        assert not used & _STEPS
    assert not (part in _STEPS and used & _STEPS)


@pytest.mark.parametrize("path", MODULES)
def test_spacy_stays_in_its_steps(path: Path) -> None:
    """Only annotation and linking know spaCy; elsewhere it may only be named as a type."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if id(node) not in guarded and isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert "spacy" not in imported or _part(path) in {"annotate", "link"}


@pytest.mark.parametrize("path", MODULES)
def test_the_viewer_knows_no_store(path: Path) -> None:
    """Drawing needs no database, and a store draws nothing."""
    pairs = {"view": "stores", "stores": "view"}
    assert pairs.get(_part(path)) not in _parts(path)


@pytest.mark.parametrize("path", MODULES)
def test_only_the_command_line_prints(path: Path) -> None:
    """A library does not talk."""
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "print" not in calls or _part(path) == "cli"
