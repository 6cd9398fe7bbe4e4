"""The HTTP server: a login, the page with the Cypher box, the viewer, the page of doubtful pairs, and answers."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kg.errors import StoreError
from kg.schema import Schema
from kg.serve.answers import Limits, answer
from kg.serve.doubts import Answer, Doubts
from kg.serve.gate import Gate
from kg.stores.bolt import Store
from kg.stores.queries import NamedQuery

_LARGEST = 1_000_000  # bytes of a request
_MOST_READ_OFF = 16_000_000
_CHUNK = 65_536
_LINGER_SECONDS = 1.0
_WRONG_PASSWORD_SECONDS = 0.5
_IDLE_SECONDS = 60
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
_JSON = "application/json; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_PAGES = {"/": "page.html", "/review": "review.html"}
_ASSETS = frozenset(
    {
        "page.css",
        "strings.js",
        "dom.js",
        "layout.js",
        "picture.js",
        "table.js",
        "page.js",
        "pair.js",
        "review.js",
    }
)
_OPEN_ASSETS = frozenset({"page.css"})  # the login page has no more
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# the viewer carries a stricter policy of its own, by the hashes of its scripts
_VIEWER_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class PageServer(ThreadingHTTPServer):
    """Serves one store on 127.0.0.1; `serve_forever` until `shutdown` or an exception.

    Args:
        store: What is asked; it must be open for reading only.
        password: Opens the page.
        viewer: The page of the whole graph.
        cookbook: Questions to choose from.
        schema: Colours of the drawn nodes, and names of kinds.
        reasons: What speaks for and against a pair, in English, and the same in Chinese.
        doubts: The queue of the build; decisions on it are the only thing that the page can change.
        limits: What a question may cost.
        port: 0 for a free one.

    Raises:
        StoreError: When the port is taken, or the store may be written to.
    """

    daemon_threads = True
    allow_reuse_address = False  # else two of them could share a port on Windows

    def __init__(
        self,
        store: Store,
        *,
        password: str,
        viewer: Path,
        cookbook: dict[str, NamedQuery],
        schema: Schema,
        reasons: Mapping[str, str],
        doubts: Doubts,
        limits: Limits | None = None,
        port: int = 0,
    ) -> None:
        if not store.read_only:
            raise StoreError(f"{store.uri}: only a store that is open for reading can be served")
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            raise StoreError(f"port {port}: cannot be used ({error.strerror}); choose another") from None
        self.store = store
        self.viewer = viewer
        self.doubts = doubts
        self.limits = limits or Limits()
        self.gate = Gate(self.server_port, password)
        self.about = _about(cookbook, schema, reasons, self.limits)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: a browser that hangs up is no trouble."""


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    server_version = "kg"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if self._refused(writes=False):
            return
        if path.startswith("/assets/") and path[8:] in _OPEN_ASSETS:
            self._asset(path[8:])
        elif not self.server.gate.knows(self.headers["Cookie"]):
            if path in _PAGES:
                self._asset("login.html", status=HTTPStatus.UNAUTHORIZED)
            else:
                self._say(HTTPStatus.UNAUTHORIZED, "log in first")
        elif path in _PAGES:
            self._asset(_PAGES[path])
        elif path == "/viewer":
            self._viewer()
        elif path == "/about":
            self._send(HTTPStatus.OK, _JSON, self.server.about)
        elif path == "/review/state":
            status, content = self.server.doubts.state()
            self._send(status, _JSON, content)
        elif path.startswith("/assets/") and path[8:] in _ASSETS:
            self._asset(path[8:])
        else:
            self._say(HTTPStatus.NOT_FOUND, "no such page")

    def do_POST(self) -> None:
        body = self._body()
        if body is None or self._refused(writes=True):
            return
        path = urlsplit(self.path).path
        handlers: dict[str, tuple[str, Callable[[bytes], None]]] = {
            "/login": ("application/x-www-form-urlencoded", self._log_in),
            "/query": ("application/json", self._query),
            "/review/decide": ("application/json", self._decide),
            "/review/undo": ("application/json", self._undo),
        }
        if path not in handlers:
            self._say(HTTPStatus.NOT_FOUND, "no such page")
            return
        kind, handle = handlers[path]
        if self.headers.get_content_type() != kind:
            self._say(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"must be {kind}")
        elif path != "/login" and not self.server.gate.knows(self.headers["Cookie"]):
            self._say(HTTPStatus.UNAUTHORIZED, "log in first")
        else:
            handle(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""

    def _refused(self, *, writes: bool) -> bool:
        reason = self.server.gate.refusal(self.headers["Host"], self.headers["Origin"], writes=writes)
        if reason:
            self._say(HTTPStatus.FORBIDDEN, reason)
        return reason is not None

    def _body(self) -> bytes | None:
        """What was sent; None, and an answer, when it is too long or its length is not told."""
        length = self.headers["Content-Length"]
        if length is None or not length.isascii() or not length.isdigit() or int(length) > _LARGEST:
            self.close_connection = True
            self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {_LARGEST} bytes, with Content-Length")
            self._read_off()
            return None
        return self.rfile.read(int(length))

    def _read_off(self) -> None:
        """Lets the rest of a request come in: closed before, the connection would take the answer along."""
        self.wfile.flush()
        self.connection.settimeout(_LINGER_SECONDS)
        with contextlib.suppress(OSError):
            for _ in range(_MOST_READ_OFF // _CHUNK):
                if not self.rfile.read1(_CHUNK):
                    break

    def _log_in(self, body: bytes) -> None:
        given = parse_qs(body.decode("utf-8", "replace")).get("password", [""])[0]
        cookie = self.server.gate.log_in(given)
        if cookie is None:
            time.sleep(_WRONG_PASSWORD_SECONDS)
            self._asset("login.html", status=HTTPStatus.UNAUTHORIZED)
        else:
            headers = {"Location": "/", "Set-Cookie": cookie}
            self._send(HTTPStatus.SEE_OTHER, _TEXT, b"", headers)

    def _query(self, body: bytes) -> None:
        self._json(body, self._asked)

    def _decide(self, body: bytes) -> None:
        self._json(body, self.server.doubts.decide)

    def _undo(self, body: bytes) -> None:
        self._json(body, self.server.doubts.undo)

    def _asked(self, question: Any) -> Answer:
        return HTTPStatus.OK, answer(self.server.store, question, self.server.limits)

    def _json(self, body: bytes, act: Callable[[Any], Answer]) -> None:
        try:
            content = json.loads(body)
        except (ValueError, RecursionError) as error:
            self._say(HTTPStatus.BAD_REQUEST, f"not JSON: {error}")
            return
        status, told = act(content)
        self._send(status, _JSON, told)

    def _viewer(self) -> None:
        try:
            content = self.server.viewer.read_bytes()
        except OSError:
            self._say(HTTPStatus.NOT_FOUND, "there is no viewer.html beside the store; make it with: kg view")
            return
        headers = {"Content-Security-Policy": _VIEWER_POLICY}
        self._send(HTTPStatus.OK, _TYPES[".html"], content, headers)

    def _asset(self, name: str, *, status: HTTPStatus = HTTPStatus.OK) -> None:
        content = resources.files("kg.serve").joinpath("assets", name).read_bytes()
        self._send(status, _TYPES[Path(name).suffix], content)

    def _say(self, status: HTTPStatus, text: str) -> None:
        self._send(status, _TEXT, f"{text}\n".encode())

    def _send(
        self, status: HTTPStatus, kind: str, content: bytes, headers: dict[str, str] | None = None
    ) -> None:
        given = {
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        } | (headers or {})
        self.send_response(status)
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _about(
    cookbook: dict[str, NamedQuery], schema: Schema, reasons: Mapping[str, str], limits: Limits
) -> bytes:
    content = {
        "cookbook": [
            {
                "name": q.name,
                "en": q.question,
                "zh": q.question_zh,
                "cypher": q.cypher,
                "parameters": q.parameters,
            }
            for q in cookbook.values()
        ],
        "colours": {name: kind.colour for name, kind in schema.entities.items()},
        "kinds": {name: kind.zh for name, kind in schema.entities.items()},
        "reasons": dict(reasons),
        "limits": {"seconds": limits.seconds, "rows": limits.rows},
    }
    return json.dumps(content, ensure_ascii=False).encode()
