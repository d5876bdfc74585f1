"""The cache's SQLite file: opening, checking, setting aside what is damaged, and falling back to memory.

Runs on one thread only and never raises for a damaged, newer, full or read-only file: it says so in ``notice``.
"""

from __future__ import annotations

import glob
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from yearadmin.cache.schema import (
    FAILURES,
    PAGE,
    DamagedError,
    NewerError,
    create,
    is_whole,
    migrate,
    prepare,
    set_most_bytes,
)

_MAX_BYTES = 625 * 1024 * 1024  # the history's own limit and a quarter more, so that it is thinned out in time
_BUSY_SECONDS = 5.0
_COMPANIONS = ("-wal", "-journal")  # files SQLite keeps beside its own
_ASIDE_KEPT = 3  # damaged files kept for whoever wants to look into them
MEMORY_BYTES = 64 * 1024 * 1024  # of a file that can't be written, so much is carried over for this run
MEMORY_STATES = 2000  # and of a larger one, so many states

# Primary result codes of SQLite that speak of the disk or of another process, not of the file's content.
_DISK = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_AUTH,
}
# Reads past the end of a cut file come as I/O errors, too.
_CUT = {sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_READ}

T = TypeVar("T")


class CacheNotice(StrEnum):
    """What the operator should know about the cache."""

    NONE = "none"
    SET_ASIDE = "set_aside"  # the file was damaged: kept under another name, begun anew
    NEWER = "newer"  # a later version of this program wrote the file: left alone, this run keeps nothing
    READ_ONLY = "read_only"  # it can't be written (rights, full disk): known as it was, this run keeps nothing


class Database:
    """One open cache file, or its stand-in in memory. Use from one thread."""

    def __init__(self, path: Path, max_bytes: int | None = None) -> None:
        self.notice = CacheNotice.NONE
        self._path = path
        self._is_fixed = max_bytes is not None
        self._max_bytes = max_bytes or _MAX_BYTES
        self._db: sqlite3.Connection | None = None

    def open(self) -> None:
        """Open the file, make it, or find out why not. Never raises for what the disk holds."""
        try:
            try:
                self._db = self._connect()
            except DamagedError:
                self._set_aside()
                self._db = self._connect()
        except NewerError:
            self._db = _in_memory(None)
            self.notice = CacheNotice.NEWER
        except (OSError, *FAILURES, DamagedError):
            self._db = _copied(self._path)
            self.notice = CacheNotice.READ_ONLY

    def limit(self, max_bytes: int) -> None:
        """Let the file grow to ``max_bytes`` and no further, unless another size was fixed from the start."""
        if not self._is_fixed and max_bytes != self._max_bytes:
            self._max_bytes = max_bytes
            self.run(lambda db: set_most_bytes(db, max_bytes))

    def close(self) -> None:
        """Close the file; may be called twice."""
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
            self._db = None

    def run(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Do ``action`` in one transaction; once more after setting a damaged file aside or falling back to memory."""
        for _ in range(2):
            db = self._db
            if db is None:
                raise RuntimeError("the cache is not open")
            try:
                with db:
                    return action(db)
            except FAILURES as error:
                self._recover(db, error)
        if self._db is None:
            raise RuntimeError("the cache is not open")
        with self._db:
            return action(self._db)

    def _recover(self, db: sqlite3.Connection, error: Exception) -> None:
        if isinstance(error, (sqlite3.ProgrammingError, sqlite3.InterfaceError)):
            raise error  # a defect of this program, not of the file
        if _is_of_the_disk(error):
            memory = _in_memory(db)
            self.close()
            self._db = memory
            self.notice = CacheNotice.READ_ONLY
            return
        self.close()
        try:
            self._set_aside()
        except OSError:
            self._db = _in_memory(None)
            self.notice = CacheNotice.READ_ONLY
            return
        self.open()

    def _connect(self) -> sqlite3.Connection:
        """Open and check the file. Raises DamagedError, NewerError, OSError, or sqlite3.Error for the disk."""
        _make_private(self._path)
        with self._path.open("rb") as file:
            head = file.read(20)
        if head and set(head[18:20]) - {1, 2}:
            raise DamagedError  # SQLite would take these format numbers for "may only be read"
        db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        try:
            self._prepare(db)
        except BaseException as error:
            with suppress(sqlite3.Error):
                db.close()
            if isinstance(error, FAILURES) and not _is_of_the_disk(error):
                raise DamagedError from error
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        prepare(db, self._max_bytes)
        # A file that can be read but not written shows here, not at the operator's first save.
        with db:
            db.execute("INSERT OR REPLACE INTO about VALUES ('opened', ?)", (datetime.now(UTC).isoformat(),))

    def _set_aside(self) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        target = self._path.with_name(f"{self._path.name}.damaged-{stamp}")
        number = 1
        while target.exists():
            number += 1
            target = self._path.with_name(f"{self._path.name}.damaged-{stamp}-{number}")
        self._path.replace(target)
        for suffix in _COMPANIONS:
            with suppress(FileNotFoundError):
                Path(f"{self._path}{suffix}").replace(f"{target}{suffix}")
        with suppress(FileNotFoundError):
            Path(f"{self._path}-shm").unlink()
        _delete(self._aside()[:-_ASIDE_KEPT])
        self.notice = CacheNotice.SET_ASIDE

    def drop_aside(self) -> None:
        """Delete the damaged files that were set aside: they may hold what the operator wants forgotten."""
        _delete(self._aside())

    def _aside(self) -> list[Path]:
        found = self._path.parent.glob(f"{glob.escape(self._path.name)}.damaged-*")
        return sorted(
            (path for path in found if not path.name.endswith(_COMPANIONS)), key=lambda path: path.stat().st_mtime
        )


def _delete(files: list[Path]) -> None:
    for file in files:
        for suffix in ("", *_COMPANIONS):
            with suppress(OSError):
                Path(f"{file}{suffix}").unlink()


def _in_memory(source: sqlite3.Connection | None) -> sqlite3.Connection:
    """A database in memory, with what ``source`` still holds when that can be read whole."""
    if source is not None:
        memory = sqlite3.connect(":memory:")
        try:
            source.rollback()
            if source.execute("PRAGMA page_count").fetchone()[0] * PAGE > MEMORY_BYTES:
                _copy_newest(source, memory)
            else:
                source.backup(memory)
            if is_whole(memory):
                migrate(memory)
                with memory:  # the copy takes over the file's header: it must not be read-only, too
                    memory.execute("DELETE FROM about WHERE name = 'opened'")
                return memory
        except FAILURES:
            pass
        memory.close()
    memory = sqlite3.connect(":memory:")
    create(memory)
    return memory


def _copy_newest(source: sqlite3.Connection, memory: sqlite3.Connection) -> None:
    """Copy a large file's rows, of the history only the newest: all of it would not fit."""
    create(memory)
    limits = {
        "answer": "",
        "note": "",
        "work": "",
        "file": "",
        "state": f"ORDER BY last_seen DESC LIMIT {MEMORY_STATES}",
    }
    with memory:
        for table, limit in limits.items():
            rows = source.execute(f"SELECT * FROM {table} {limit}")
            marks = ", ".join("?" for _ in rows.description)
            memory.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _copied(path: Path) -> sqlite3.Connection:
    """What a file that can't be written still holds, in memory."""
    try:
        reader = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except FAILURES:
        return _in_memory(None)
    try:
        return _in_memory(reader)
    finally:
        reader.close()


def _is_of_the_disk(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code not in _CUT and (code & 0xFF) in _DISK


def _make_private(path: Path) -> None:
    """Make the folder (0700) and the file (0600) for this user alone; the file's companions inherit its mode."""
    folder = path.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name != "posix":
        return
    found = folder.stat()
    shared = bool(found.st_mode & stat.S_ISVTX) or folder == Path.home()
    if found.st_uid == os.geteuid() and found.st_mode & 0o077 and not shared:
        folder.chmod(0o700)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with suppress(PermissionError):
        path.chmod(0o600)
