"""A lock on a file that ends with the process that holds it."""

from __future__ import annotations

import os
import sys
from pathlib import Path


class FileLock:
    """Held by one owner at a time, also within one process; the file says which process that is.

    Args:
        path: The file, which is made when it is not there.

    Raises:
        BlockingIOError: When somebody else holds it; its text is the id of that process.
        OSError: When the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("a+", encoding="ascii")
        try:
            _lock(self._file.fileno())
        except OSError:
            self._file.seek(0)
            owner = self._file.read().strip()
            self._file.close()
            raise BlockingIOError(owner) from None
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Lets others have it."""
        self._file.truncate(0)
        # not by closing alone, as a forked child may still have the file open
        _unlock(self._file.fileno())
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # beyond the text, which Windows would lock too

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
