"""How long and how much the history keeps: thinned out by age and by size, oldest first.

Never takes the newest state of a year, nor the answers a start without a network shows.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from yearadmin.cache.rows import stamp

MEGABYTE = 1024 * 1024
_AT_ONCE = 500  # rows
_THINNED_TO = 0.9  # of the limit, so that not every answer has to make room for itself

# Whether a newer state of the same year is kept. Pipelines and jobs may go altogether.
_REPLACEABLE = """(kind <> 'year' OR EXISTS (
    SELECT 1 FROM state AS later WHERE later.server = state.server AND later.user = state.user
    AND later.kind = state.kind AND later.key = state.key AND (later.last_seen, later.id) > (state.last_seen, state.id)
))"""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a state is kept after its last sighting (days), and how large the store may grow (MB)."""

    days: int = 400
    megabytes: int = 500


@dataclass(frozen=True, slots=True)
class Size:
    """What the store holds: bytes in use, states of years, pipelines and jobs, and files sent."""

    bytes: int
    states: int
    files: int


def read_limits(db: sqlite3.Connection) -> Limits:
    """The limits set, or the usual ones."""
    rows = dict(db.execute("SELECT name, value FROM about WHERE name IN ('days', 'megabytes')"))
    usual = Limits()
    return Limits(_number(rows.get("days"), usual.days), _number(rows.get("megabytes"), usual.megabytes))


def write_limits(db: sqlite3.Connection, limits: Limits) -> None:
    """Set the limits."""
    values = [("days", str(limits.days)), ("megabytes", str(limits.megabytes))]
    db.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values)


def used_bytes(db: sqlite3.Connection) -> int:
    """Bytes in use within the file; freed room not counted."""
    size, pages, free = (
        int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_size", "page_count", "freelist_count")
    )
    return size * (pages - free)


def size_of(db: sqlite3.Connection) -> Size:
    """What the store holds."""
    states, files = (db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("state", "file"))
    return Size(used_bytes(db), states, files)


def thin_by_age(db: sqlite3.Connection, limits: Limits, now: datetime) -> int:
    """Delete what was last seen longer ago than the limit; the number of rows deleted."""
    oldest = stamp(now - timedelta(days=limits.days))
    gone = db.execute(f"DELETE FROM state WHERE last_seen < ? AND {_REPLACEABLE}", (oldest,)).rowcount
    return gone + db.execute("DELETE FROM file WHERE sent_at < ?", (oldest,)).rowcount


def thin_by_size(db: sqlite3.Connection, limits: Limits) -> int:
    """When the store is larger than its limit, delete the oldest until it is a tenth below; the number of rows deleted.

    First states of years, pipelines and jobs alike, then the list of files sent.
    """
    most = limits.megabytes * MEGABYTE
    if used_bytes(db) <= most:
        return 0
    gone = 0
    for table, age, may_go in (("state", "last_seen", _REPLACEABLE), ("file", "sent_at", "1")):
        query = (
            f"DELETE FROM {table} WHERE rowid IN"
            f" (SELECT rowid FROM {table} WHERE {may_go} ORDER BY {age}, rowid LIMIT {_AT_ONCE})"
        )
        while used_bytes(db) > most * _THINNED_TO:
            count = db.execute(query).rowcount
            gone += count
            if count == 0:
                break
    return gone


def give_back(db: sqlite3.Connection) -> None:
    """Return freed room to the disk."""
    db.executescript("PRAGMA incremental_vacuum")  # execute() would do its first step only: one page


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() else otherwise
