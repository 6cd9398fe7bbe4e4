"""Who may come in: requests of this machine's own pages, by those who have the password.

Another page in the same browser can send requests to loopback, under another host name, too; therefore Host and
Origin are looked at before anything else.
"""

from __future__ import annotations

import secrets
import threading
from http.cookies import CookieError, SimpleCookie

_HOSTS = ("127.0.0.1", "localhost")
_SESSIONS = 100


class Gate:
    """Checks requests.

    Args:
        port: Of the server.
        password: Opens it.
    """

    def __init__(self, port: int, password: str) -> None:
        self._hosts = frozenset(f"{host}:{port}" for host in _HOSTS)
        self._origins = frozenset(f"http://{host}" for host in self._hosts)
        self._cookie = f"kg-{port}"  # cookies are for all ports of a host
        self._password = password.encode()
        self._sessions: list[str] = []
        self._lock = threading.Lock()

    def refusal(self, host: str | None, origin: str | None, *, writes: bool) -> str | None:
        """Why a request is not from a page of this server, or None.

        Args:
            host: Its Host header.
            origin: Its Origin header.
            writes: Whether it is a POST, which must say where it comes from.
        """
        if host not in self._hosts:
            return "wrong Host header: use the address that kg serve printed"
        if origin is None and writes:
            return "no Origin header"
        if origin is not None and origin not in self._origins:
            return "wrong Origin header: requests of other pages are not answered"
        return None

    def log_in(self, password: str) -> str | None:
        """The Set-Cookie header for a right password, or None."""
        if not secrets.compare_digest(password.strip().encode(errors="replace"), self._password):
            return None
        session = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions = [*self._sessions[-_SESSIONS + 1 :], session]
        return f"{self._cookie}={session}; HttpOnly; SameSite=Strict; Path=/"

    def knows(self, cookies: str | None) -> bool:
        """Whether a Cookie header is of somebody who logged in."""
        try:
            given = SimpleCookie(cookies or "").get(self._cookie)
        except CookieError:
            return False
        if given is None:
            return False
        value = given.value.encode(errors="replace")
        return any(secrets.compare_digest(value, session.encode()) for session in self._sessions)
