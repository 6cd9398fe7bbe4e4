"""A way to a server on loopback that breaks when a number of bytes has passed, and can be mended."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class FlakyProxy:
    """Passes bytes on between its own port and a server's, until it breaks.

    Args:
        host: The server's.
        port: The server's.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._sockets: list[socket.socket] = []
        self._left: int | None = None
        self._lock = threading.Lock()
        self.breaks = 0
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]

    def break_after(self, count: int) -> None:
        """Closes everything as soon as this many more bytes went to the server."""
        self._left = count

    def mend(self) -> None:
        """Takes connections again."""
        with self._lock:
            if self._listener.fileno() == -1:
                self._listener = self._listen(self.port)

    def close(self) -> None:
        """Closes everything."""
        with self._lock:
            for each in (self._listener, *self._sockets):
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
            self._sockets.clear()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(self._target)
                with self._lock:
                    self._sockets += [client, server]
                for ends in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if counted and self._left is not None:
                    self._left -= len(data)
                    if self._left < 0:
                        self._left = None
                        self.breaks += 1
                        self.close()
                        return
                sink.sendall(data)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def flaky_proxy(host: str, port: int) -> Iterator[FlakyProxy]:
    """A proxy that is closed in the end."""
    proxy = FlakyProxy(host, port)
    try:
        yield proxy
    finally:
        proxy.close()
