"""Running commands in tests, and three texts for them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.cli import main

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "samples"


def three_texts(folder: Path) -> Path:
    """Puts three of the samples into a new folder."""
    folder.mkdir()
    for name in ("d01", "s02", "s03"):
        shutil.copy(SAMPLES / f"{name}.txt", folder)
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err
