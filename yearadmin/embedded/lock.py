"""One backend per data directory: a lock the operating system takes back when its holder dies, however it dies.

Never waits and never breaks a lock.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


class InUseError(Exception):
    """Another backend works on the data directory; ``pid`` is its process when known."""

    def __init__(self, data_dir: Path, pid: int | None) -> None:
        super().__init__(str(data_dir))
        self.data_dir = data_dir
        self.pid = pid


class DirectoryLock:
    """Held from :meth:`take` until :meth:`release` or the end of the process."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock. Raises :class:`InUseError`, OSError when the directory can't be written."""
        handle = os.open(self._data_dir / "backend.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError as error:
            text = os.pread(handle, 20, 1).decode("ascii", "replace") if hasattr(os, "pread") else ""
            os.close(handle)
            raise InUseError(self._data_dir, int(text) if text.strip().isdigit() else None) from error
        os.ftruncate(handle, 0)
        os.write(handle, f" {os.getpid()}\n".encode())
        self._handle = handle

    def release(self) -> None:
        """Give the lock back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
