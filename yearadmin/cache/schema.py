"""The store's tables by version: making them, recognising them, and bringing an older file up to date.

Works on an open connection; never opens, moves or deletes a file.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from yearadmin.cache.content import year_digest
from yearadmin.cache.rows import packed, seal

SCHEMA = 2
PAGE = 4096
_BUSY_SECONDS = 5.0
# Both checks read every page: 0.03 s for the 42 MB of 10,000 states and 0.16 s for 470 MB when the system has the file
# at hand, but as long as the disk takes when it has not. Beyond these sizes that would be felt at every start: the
# check that does not compare indexes with their tables has to do, and then each row's own seal.
_CHECKED_IN_FULL = 64 * 1024 * 1024  # bytes
_CHECKED_AT_ALL = 256 * 1024 * 1024  # bytes

# What a damaged file makes sqlite3 raise: a broken name in a message can't be decoded, an absurd length not allocated.
FAILURES = (sqlite3.Error, UnicodeDecodeError, MemoryError)

_FIRST = """
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

# ``state``: what a year, a pipeline or a job was (its kind and key say which), from when to when; ``body`` is its text
# as last seen, compressed. ``file``: what was sent, as one sealed item.
_SECOND = """
CREATE TABLE state (
    id INTEGER PRIMARY KEY, server TEXT NOT NULL, user TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    year INTEGER, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, digest BLOB NOT NULL,
    body_seal INTEGER NOT NULL, seal INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE INDEX state_key ON state (server, user, kind, key, last_seen);
CREATE INDEX state_age ON state (last_seen);
CREATE TABLE file (
    server TEXT NOT NULL, user TEXT NOT NULL, key TEXT NOT NULL, year INTEGER NOT NULL, sent_at INTEGER NOT NULL,
    item TEXT NOT NULL, seal INTEGER NOT NULL, PRIMARY KEY (server, user, key)
);
CREATE INDEX file_age ON file (sent_at);
"""

_TABLES = {1: _FIRST, 2: _FIRST + _SECOND}


class DamagedError(Exception):
    """The file is not a cache this program wrote, or no longer."""


class NewerError(Exception):
    """The file has a later schema."""


def prepare(db: sqlite3.Connection, max_bytes: int) -> None:
    """Check, make or migrate the tables of a file. Raises DamagedError, NewerError, or what sqlite3 raises."""
    with _one_view(db):
        version, has_tables = _recognised(db)
    if not has_tables:
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
    _use_journal(db)
    db.execute("PRAGMA synchronous = NORMAL")
    set_most_bytes(db, max_bytes)
    if not has_tables:
        create(db)
    elif version != SCHEMA:
        migrate(db)
    if db.execute("PRAGMA auto_vacuum").fetchone()[0] == 0:
        # Only a file written anew can give freed room back to the disk later.
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        with suppress(sqlite3.OperationalError):  # another program has it open: so it stays as it is for now
            db.execute("VACUUM")


def _recognised(db: sqlite3.Connection) -> tuple[int, bool]:
    """The version of a file and whether it has tables. Raises DamagedError, NewerError."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if version > SCHEMA and _version_inside(db) not in {str(known) for known in _TABLES}:
        raise NewerError
    if tables and version not in _TABLES:
        raise DamagedError  # the number in the header is not the one we wrote inside
    if (tables and not is_whole(db)) or (version and not tables):
        raise DamagedError
    return version, bool(tables)


@contextmanager
def _one_view(db: sqlite3.Connection) -> Iterator[None]:
    """One state of the file for all that is read: another program may just be bringing it up to date."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")


def _use_journal(db: sqlite3.Connection) -> None:
    """Switch to a write-ahead journal; SQLite itself does not wait for another program that switches, too."""
    end = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(0.02)


def create(db: sqlite3.Connection, version: int = SCHEMA) -> None:
    """Make the tables of ``version`` in a database that has none, unless another program did so meanwhile."""
    with _locked(db):
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            _run(db, _TABLES[version])
            db.execute("INSERT INTO about VALUES ('schema', ?)", (str(version),))
            db.execute(f"PRAGMA user_version = {version}")


def migrate(db: sqlite3.Connection) -> None:
    """Bring a whole database of an older version to this one, all or nothing."""
    with _locked(db):
        if _version_inside(db) == str(SCHEMA):
            return
        _run(db, _SECOND)
        # What is known of each year becomes the first state of its history.
        rows = db.execute("SELECT server, user, year, fetched_at, raw, seal FROM answer WHERE kind = 'year'").fetchall()
        for server, user, year, at, raw, sealed in rows:
            if year is not None and sealed == seal(server, user, "year", year, at, raw):
                insert_state(db, (server, user, "year", str(year)), year, (at, at), year_digest(raw), packed(raw))
        db.execute("UPDATE about SET value = ? WHERE name = 'schema'", (str(SCHEMA),))
        db.execute(f"PRAGMA user_version = {SCHEMA}")


@contextmanager
def _locked(db: sqlite3.Connection) -> Iterator[None]:
    """One transaction that no other program can come between, undone when it fails."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _run(db: sqlite3.Connection, script: str) -> None:
    for statement in filter(None, map(str.strip, script.split(";"))):
        db.execute(statement)


StateKey = tuple[str, str, str, str]  # server, user, kind, key


def insert_state(
    db: sqlite3.Connection, key: StateKey, year: int | None, seen: tuple[int, int], digest: bytes, body: bytes
) -> None:
    """Write one row of ``state``; ``seen`` is when first and when last, stamped."""
    body_seal = seal(body)
    sealed = seal(*key, year, *seen, digest.hex(), body_seal)
    db.execute(
        "INSERT INTO state (server, user, kind, key, year, first_seen, last_seen, digest, body_seal, seal, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*key, year, *seen, digest, body_seal, sealed, body),
    )


def is_whole(db: sqlite3.Connection) -> bool:
    """Whether the pages hold together and the tables are defined as one of our versions defines them.

    A flipped byte in a definition may leave valid SQL that means something else.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version not in _TABLES or _version_inside(db) != str(version):
        return False
    size = db.execute("PRAGMA page_count").fetchone()[0] * PAGE
    if size <= _CHECKED_AT_ALL:
        check = "integrity_check" if size <= _CHECKED_IN_FULL else "quick_check"
        if db.execute(f"PRAGMA {check}(1)").fetchone()[0] != "ok":
            return False
    with closing(sqlite3.connect(":memory:")) as model:
        create(model, version)
        return _definitions(db) == _definitions(model)


def set_most_bytes(db: sqlite3.Connection, max_bytes: int) -> None:
    """Never let the file grow beyond ``max_bytes``: the write that would fails as on a full disk."""
    db.execute(f"PRAGMA max_page_count = {max(max_bytes // PAGE, 16)}")


def _definitions(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    return db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()


def _version_inside(db: sqlite3.Connection) -> str | None:
    """The schema as written into a table: tells a newer file from one whose header is damaged."""
    try:
        row = db.execute("SELECT value FROM about WHERE name = 'schema'").fetchone()
    except FAILURES:
        return None
    return str(row[0]) if row else None
