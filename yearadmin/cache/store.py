"""The offline store: the last good answer per server, user, kind and year, its history, and the work a server cannot
list again.

Holds no cookie and no token, never blocks the event loop, and never fails because of what the disk does to it.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from dataclasses import fields as fields_of
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from yearadmin.cache import limits as limiting
from yearadmin.cache.database import CacheNotice, Database
from yearadmin.cache.files import FileResult, Files, SentFile
from yearadmin.cache.history import History, KeptState, KeptText, Seen, see
from yearadmin.cache.limits import Limits, Size
from yearadmin.cache.rows import moment, seal, stamp

__all__ = [
    "Cache",
    "CacheNotice",
    "FileResult",
    "Kept",
    "KeptState",
    "KeptText",
    "KeptYear",
    "Kind",
    "Limits",
    "Seen",
    "SentFile",
    "Size",
    "WorkItem",
]

_CLOCKS_DIFFER = timedelta(days=1)  # what is stamped further ahead comes from a clock that was wrong
T = TypeVar("T")


class Kind(StrEnum):
    """What an answer is about."""

    YEARS = "years"
    YEAR = "year"
    USER = "user"
    PIPELINES = "pipelines"


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept answer: its JSON text and when the server gave it (UTC)."""

    raw: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class KeptYear:
    """A kept answer with what it is about; ``year`` is None for answers that belong to no year."""

    kind: Kind
    year: int | None
    raw: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Work under way that the server cannot list again (contract sections 5.2.5 and 11.3); ``key`` names it once."""

    key: str
    year: int
    module: int | None
    submodule: int | None
    kind: str
    job_id: int | None
    pipeline_id: str | None
    file_name: str
    started_at: datetime
    path: str = ""  # of a file sent whose job is not known yet: where the server put it
    newest_before: int = 0  # the slot's newest job when the dispatch was sent


def _now() -> datetime:
    return datetime.now(UTC)


class Cache(History, Files):
    """The store of one file, worked by one thread; what it can't keep on disk it keeps for this run.

    ``notice`` says what the operator should know about the file. ``max_bytes`` is where the file stops growing for
    good, by default a quarter above the limit its history is thinned out at.
    """

    def __init__(self, path: Path, *, max_bytes: int | None = None, clock: Callable[[], datetime] = _now) -> None:
        self._database = Database(path, max_bytes)
        self._clock = clock
        self._limits = Limits()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cache")

    @property
    def notice(self) -> CacheNotice:
        """Whether the file was set aside, is newer, or can't be written."""
        return self._database.notice

    async def open(self) -> None:
        """Open the file, or make it, and delete from its history what is past its time."""

        def work() -> None:
            self._database.open()
            self._thin(None)

        await self._on_thread(work)

    async def close(self) -> None:
        """Write what is pending and close; may be called twice."""
        try:
            await self._on_thread(self._database.close)
        except RuntimeError:
            return  # its thread has ended already
        self._thread.shutdown(wait=True)

    async def keep(self, server: str, user: str, kind: Kind, year: int | None, raw: str, fetched_at: datetime) -> None:
        """Keep an answer in place of the one before, a year's in its history too; a late, older one changes nothing."""
        at = stamp(fetched_at)
        sealed = seal(server, user, kind, year, at, raw)
        horizon = self._horizon()

        def write(db: sqlite3.Connection) -> None:
            db.execute("BEGIN IMMEDIATE")
            key = (server, user, str(kind), year)
            where = "server = ? AND user = ? AND kind = ? AND year IS ?"
            if db.execute(
                f"SELECT 1 FROM answer WHERE {where} AND fetched_at > ? AND fetched_at <= ?", (*key, at, horizon)
            ).fetchone():
                return
            db.execute(f"DELETE FROM answer WHERE {where}", key)
            db.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)", (*key, at, raw, sealed))
            if kind is Kind.YEAR and year is not None:
                see(db, (server, user, Seen.YEAR, str(year)), year, raw, at, horizon)

        await self._run(write)

    async def recall(self, server: str, user: str, kind: Kind, year: int | None) -> Kept | None:
        """The kept answer, or None."""
        found = await self._run(lambda db: _answers(db, server, user, "AND kind = ? AND year IS ?", str(kind), year))
        return Kept(found[0].raw, found[0].fetched_at) if found else None

    async def recall_all(self, server: str, user: str) -> tuple[KeptYear, ...]:
        """Everything kept for this user of this server, in one read: what a start without a network shows."""
        return await self._run(lambda db: _answers(db, server, user, ""))

    async def last_user(self, server: str) -> str | None:
        """The user whose answers of this server are the newest."""
        query = "SELECT user FROM answer WHERE server = ? ORDER BY fetched_at DESC, rowid DESC LIMIT 1"
        return await self._run(lambda db: _text(db.execute(query, (server,)).fetchone()))

    async def get_note(self, server: str, key: str) -> str | None:
        """A small note about a server, such as the year selected last."""
        query = "SELECT value FROM note WHERE server = ? AND name = ?"
        return await self._run(lambda db: _text(db.execute(query, (server, key)).fetchone()))

    async def set_note(self, server: str, key: str, value: str) -> None:
        """Write such a note."""
        await self._run(
            lambda db: _done(db.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (server, key, value)))
        )

    async def remember_work(self, server: str, user: str, item: WorkItem) -> None:
        """Remember work under way, in place of what was remembered under the same key."""
        text = json.dumps({**asdict(item), "started_at": stamp(item.started_at)})
        row = (server, user, item.key, text, seal(server, user, item.key, text))
        await self._run(lambda db: _done(db.execute("INSERT OR REPLACE INTO work VALUES (?, ?, ?, ?, ?)", row)))

    async def forget_work(self, server: str, user: str, key: str) -> None:
        """Forget work that has ended."""
        query = "DELETE FROM work WHERE server = ? AND user = ? AND key = ?"
        await self._run(lambda db: _done(db.execute(query, (server, user, key))))

    async def work(self, server: str, user: str) -> tuple[WorkItem, ...]:
        """The work remembered, oldest first."""

        def read(db: sqlite3.Connection) -> tuple[WorkItem, ...]:
            rows = db.execute("SELECT key, item, seal FROM work WHERE server = ? AND user = ?", (server, user))
            return tuple(_work_item(text) for key, text, sealed in rows if sealed == seal(server, user, key, text))

        return tuple(sorted(await self._run(read), key=lambda item: item.started_at))

    async def limits(self, days: int = 400, megabytes: int = 500) -> Limits:
        """Set how long (days after the last sighting) and how much (MB) the history keeps, and thin it out now."""
        wanted = Limits(max(days, 1), max(megabytes, 1))
        await self._on_thread(lambda: self._thin(wanted))
        return wanted

    async def present_limits(self) -> Limits:
        """The limits in force."""
        return await self._run(limiting.read_limits)

    async def size(self) -> Size:
        """What the store holds."""
        return await self._run(limiting.size_of)

    async def forget_server(self, server: str) -> bool:
        """Forget everything about a server: answers, history, files, notes and work, and overwrite it on the disk.

        False when the file can't be written or is a later version's: then it still holds what it held.

        Damaged files that were set aside are deleted, too: nobody can tell any more what they hold.
        """

        def forget(db: sqlite3.Connection) -> None:
            for table in ("answer", "state", "file", "note", "work"):
                db.execute(f"DELETE FROM {table} WHERE server = ?", (server,))

        def work() -> None:
            self._database.run(lambda db: _done(db.execute("PRAGMA secure_delete = ON")))
            self._database.run(forget)
            self._database.run(_tidy)
            self._database.drop_aside()

        await self._on_thread(work)
        return self.notice in (CacheNotice.NONE, CacheNotice.SET_ASIDE)

    def _thin(self, wanted: Limits | None) -> None:
        """Set ``wanted`` limits, or keep those in force, and delete what is beyond them."""

        def thin(db: sqlite3.Connection) -> int:
            if wanted is not None:
                limiting.write_limits(db, wanted)
            limits = limiting.read_limits(db)
            self._limits = limits
            return limiting.thin_by_age(db, limits, self._clock()) + limiting.thin_by_size(db, limits)

        gone = self._database.run(thin)
        self._database.limit(self._limits.megabytes * limiting.MEGABYTE * 5 // 4)
        if gone:
            self._database.run(limiting.give_back)

    def _horizon(self) -> int:
        return stamp(self._clock() + _CLOCKS_DIFFER)

    async def _run(self, action: Callable[[sqlite3.Connection], T]) -> T:
        def work(db: sqlite3.Connection) -> T:
            before = db.total_changes
            result = action(db)
            if db.total_changes != before:
                limiting.thin_by_size(db, self._limits)
            return result

        return await self._on_thread(lambda: self._database.run(work))

    async def _on_thread(self, action: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, action)


def _answers(db: sqlite3.Connection, server: str, user: str, more: str, *values: object) -> tuple[KeptYear, ...]:
    query = f"SELECT kind, year, fetched_at, raw, seal FROM answer WHERE server = ? AND user = ? {more} ORDER BY rowid"
    return tuple(
        KeptYear(Kind(kind), year, raw, moment(at))
        for kind, year, at, raw, sealed in db.execute(query, (server, user, *values))
        # A row that a failing disk has altered is as good as none: nothing wrong may be shown as known.
        if kind in set(Kind) and sealed == seal(server, user, kind, year, at, raw)
    )


def _work_item(text: str) -> WorkItem:
    known = {item.name for item in fields_of(WorkItem)}  # another version may have written more
    fields = {name: value for name, value in json.loads(text).items() if name in known}
    return WorkItem(**{**fields, "started_at": moment(fields["started_at"])})


def _text(row: tuple[str] | None) -> str | None:
    return row[0] if row else None


def _done(_: sqlite3.Cursor) -> None:
    return None


def _tidy(db: sqlite3.Connection) -> None:
    """Give freed room back and empty the journal, so that deleted text is nowhere on the disk."""
    limiting.give_back(db)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.execute("PRAGMA secure_delete = OFF")
