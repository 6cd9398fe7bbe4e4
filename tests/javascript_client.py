"""npm's neo4j-driver for the tests: in tests/javascript, installed by make."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parent / "javascript"


def ask(address: str, user: str, password: str) -> dict[str, Any]:
    """What the client was answered; skips without Node or its driver, or fails when KG_REQUIRE names node."""
    node = shutil.which("node")
    if node is None:
        _unavailable("no Node.js; install it with: apt-get install nodejs npm")
    elif not (_FOLDER / "node_modules" / "neo4j-driver").is_dir():
        _unavailable("no neo4j-driver for Node.js; install it with: npm ci --prefix tests/javascript")
    done = subprocess.run(
        [node or "", "client.mjs", address, user, password],
        cwd=_FOLDER,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def _unavailable(reason: str) -> None:
    if "node" in re.split(r"[\s,]+", os.environ.get("KG_REQUIRE", "")):
        pytest.fail(f"KG_REQUIRE names node, but: {reason}", pytrace=False)
    pytest.skip(reason)
