"""The cache's SQLite file: opening, checking, setting aside what is damaged, and falling back to memory.

Runs on one thread only and never raises for a damaged, newer, full or read-only file: it says so in ``notice``.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

SCHEMA = 1
_MAX_BYTES = 500 * 1024 * 1024
_CHECKED_IN_FULL = 64 * 1024 * 1024  # bytes
_PAGE = 4096
_BUSY_SECONDS = 5.0

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE answer (
    server TEXT NOT NULL, user TEXT NOT NULL, kind TEXT NOT NULL, year INTEGER,
    fetched_at INTEGER NOT NULL, raw TEXT NOT NULL, seal INTEGER NOT NULL
);
CREATE INDEX answer_key ON answer (server, user, kind, year);
CREATE TABLE note (server TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (server, name));
CREATE TABLE work (
    server TEXT NOT NULL, user TEXT NOT NULL, key TEXT NOT NULL, item TEXT NOT NULL, seal INTEGER NOT NULL,
    PRIMARY KEY (server, user, key)
);
"""

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

# What a damaged file makes sqlite3 raise: a broken name in a message can't be decoded, an absurd length not allocated.
_FAILURES = (sqlite3.Error, UnicodeDecodeError, MemoryError)

T = TypeVar("T")


class CacheNotice(StrEnum):
    """What the operator should know about the cache."""

    NONE = "none"
    SET_ASIDE = "set_aside"  # the file was damaged: kept under another name, begun anew
    NEWER = "newer"  # a later version of this program wrote the file: left alone, this run keeps nothing
    READ_ONLY = "read_only"  # it can't be written (rights, full disk): known as it was, this run keeps nothing


class _DamagedError(Exception):
    """The file is not a cache this program wrote, or no longer."""


class _NewerError(Exception):
    """The file has a later schema."""


class Database:
    """One open cache file, or its stand-in in memory. Use from one thread."""

    def __init__(self, path: Path, max_bytes: int = _MAX_BYTES) -> None:
        self.notice = CacheNotice.NONE
        self._path = path
        self._max_bytes = max_bytes
        self._db: sqlite3.Connection | None = None

    def open(self) -> None:
        """Open the file, make it, or find out why not. Never raises for what the disk holds."""
        try:
            try:
                self._db = self._connect()
            except _DamagedError:
                self._set_aside()
                self._db = self._connect()
        except _NewerError:
            self._db = _in_memory(None)
            self.notice = CacheNotice.NEWER
        except (OSError, *_FAILURES, _DamagedError):
            self._db = _copied(self._path)
            self.notice = CacheNotice.READ_ONLY

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
            except _FAILURES as error:
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
        """Open and check the file. Raises _DamagedError, _NewerError, OSError, or sqlite3.Error for the disk."""
        _make_private(self._path)
        with self._path.open("rb") as file:
            head = file.read(20)
        if head and set(head[18:20]) - {1, 2}:
            raise _DamagedError  # SQLite would take these format numbers for "may only be read"
        db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        try:
            self._prepare(db)
        except BaseException as error:
            with suppress(sqlite3.Error):
                db.close()
            if isinstance(error, _FAILURES) and not _is_of_the_disk(error):
                raise _DamagedError from error
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version > SCHEMA and _version_inside(db) != str(SCHEMA):
            raise _NewerError
        if tables and version != SCHEMA:
            raise _DamagedError  # the number in the header is not the one we wrote inside
        if tables:
            if not _is_whole(db):
                raise _DamagedError
        elif version:
            raise _DamagedError
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute(f"PRAGMA max_page_count = {max(self._max_bytes // _PAGE, 16)}")
        if not tables:
            _create(db)
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
        for suffix in ("-wal", "-journal"):
            with suppress(FileNotFoundError):
                Path(f"{self._path}{suffix}").replace(f"{target}{suffix}")
        with suppress(FileNotFoundError):
            Path(f"{self._path}-shm").unlink()
        self.notice = CacheNotice.SET_ASIDE


def _in_memory(source: sqlite3.Connection | None) -> sqlite3.Connection:
    """A database in memory, with what ``source`` still holds when that can be read whole."""
    if source is not None:
        memory = sqlite3.connect(":memory:")
        try:
            source.rollback()
            source.backup(memory)
            if _is_whole(memory):
                with memory:  # the copy takes over the file's header: it must not be read-only, too
                    memory.execute("DELETE FROM about WHERE name = 'opened'")
                return memory
        except _FAILURES:
            pass
        memory.close()
    memory = sqlite3.connect(":memory:")
    _create(memory)
    return memory


def _copied(path: Path) -> sqlite3.Connection:
    """What a file that can't be written still holds, in memory."""
    try:
        reader = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except _FAILURES:
        return _in_memory(None)
    try:
        return _in_memory(reader)
    finally:
        reader.close()


def _create(db: sqlite3.Connection) -> None:
    db.executescript(
        f"BEGIN IMMEDIATE; {_TABLES} INSERT INTO about VALUES ('schema', '{SCHEMA}');"
        f"PRAGMA user_version = {SCHEMA}; COMMIT;"
    )


def _is_whole(db: sqlite3.Connection) -> bool:
    """Whether the pages hold together and the tables are defined as we define them.

    A flipped byte in a definition may leave valid SQL that means something else.
    """
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    # Only the full check compares indexes with their tables; beyond that size it would be felt at every start.
    check = "integrity_check" if pages * _PAGE <= _CHECKED_IN_FULL else "quick_check"
    if db.execute(f"PRAGMA {check}(1)").fetchone()[0] != "ok" or _version_inside(db) != str(SCHEMA):
        return False
    with closing(sqlite3.connect(":memory:")) as model:
        _create(model)
        return _definitions(db) == _definitions(model)


def _definitions(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    return db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()


def _version_inside(db: sqlite3.Connection) -> str | None:
    """The schema as written into a table: tells a newer file from one whose header is damaged."""
    try:
        row = db.execute("SELECT value FROM about WHERE name = 'schema'").fetchone()
    except _FAILURES:
        return None
    return str(row[0]) if row else None


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
