"""kg serve in a process of its own, for the tests."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

_ROOT = Path(__file__).parent.parent
_MAIN = "import sys; from kg.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Served:
    """What `kg serve --json` printed, and ways to ask the page as a program."""

    page: str
    bolt: str
    user: str
    password: str

    @property
    def host(self) -> str:
        """Host and port of the page."""
        return self.page.removeprefix("http://").rstrip("/")

    def request(
        self, method: str, path: str, body: str | None = None, **headers: str | None
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of an answer; a header given as None is left out."""
        given = {"Host": self.host, "Origin": f"http://{self.host}"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(self.host, timeout=60)
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            content = body.encode() if body is not None else b""
            if method == "POST":
                given.setdefault("Content-Length", str(len(content)))
            for name, value in given.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(content)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()

    def cookie(self) -> str:
        """The cookie of somebody who logged in."""
        form = urlencode({"password": self.password})
        status, headers, _ = self.request(
            "POST", "/login", form, Content_Type="application/x-www-form-urlencoded"
        )
        assert status == 303
        assert headers["Set-Cookie"].endswith("; HttpOnly; SameSite=Strict; Path=/")
        return headers["Set-Cookie"].partition(";")[0]

    def ask(self, cypher: str, parameters: Any = None) -> Any:
        """The answer to a question."""
        body = json.dumps({"cypher": cypher, "parameters": parameters or {}})
        status, _, content = self.request(
            "POST", "/query", body, Cookie=self.cookie(), Content_Type="application/json"
        )
        assert status == 200, content
        return json.loads(content)


@contextlib.contextmanager
def served(out: Path, *options: str) -> Iterator[Served]:
    """kg serve of a folder; in the end Ctrl-C must stop it with exit code 0 and nothing but a word."""
    with subprocess.Popen(
        [sys.executable, "-c", _MAIN, "serve", str(out), "--no-open", "--json", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
    ) as process:
        assert process.stdout is not None
        lines = []
        while line := process.stdout.readline():
            lines.append(line)
            if line == "}\n":
                break
        try:
            yield Served(**json.loads("".join(lines)))
        finally:
            process.send_signal(signal.SIGINT)
            rest, errors = process.communicate(timeout=30)
    assert (process.returncode, rest, errors.strip()) == (0, "", "stopped")
