"""The viewer's scripts by themselves: their unit tests and their linter, where Node is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def need(found: bool, message: str) -> None:
    """Skips without a tool, unless KG_REQUIRE asks for it."""
    if found:
        return
    if "node" in os.environ.get("KG_REQUIRE", "").split(","):
        pytest.fail(message)
    pytest.skip(message)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """A command in the root of the repository."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_unit_tests_of_the_scripts() -> None:
    """`node --test` over tests/js; there must be some, and none may be skipped."""
    need(shutil.which("node") is not None, "no Node; install it with: apt-get install nodejs")
    files = sorted(str(path) for path in (ROOT / "tests" / "js").glob("*.test.js"))
    done = run("node", "--test", "--test-reporter=tap", *files)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    told = dict(
        line[2:].split(" ", 1)
        for line in done.stdout.splitlines()
        if line.startswith("# ") and " " in line[2:]
    )
    assert int(told["pass"]) >= 33
    assert told["skipped"] == told["todo"] == "0"


def test_the_linter_finds_nothing() -> None:
    """Biome, in the version that package.json pins."""
    tool = ROOT / "node_modules" / ".bin" / "biome"
    need(tool.exists(), "no linter for the scripts; install it with: make node_modules/installed")
    done = run(str(tool), "lint", "--error-on-warnings", "kg/view/assets", "tests/js")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
