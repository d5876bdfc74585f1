"""The offline store: the last good answer per server, user, kind and year, and the work a server cannot list again.

Holds no cookie and no token, never blocks the event loop, and never fails because of what the disk does to it.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from yearadmin.cache.database import CacheNotice, Database

__all__ = ["Cache", "CacheNotice", "Kept", "KeptYear", "Kind", "WorkItem"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
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


class Cache:
    """The store of one file, worked by one thread; what it can't keep on disk it keeps for this run.

    ``notice`` says what the operator should know about the file.
    """

    def __init__(self, path: Path, *, max_bytes: int = 500 * 1024 * 1024) -> None:
        self._database = Database(path, max_bytes)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cache")

    @property
    def notice(self) -> CacheNotice:
        """Whether the file was set aside, is newer, or can't be written."""
        return self._database.notice

    async def open(self) -> None:
        """Open the file, or make it."""
        await self._on_thread(self._database.open)

    async def close(self) -> None:
        """Write what is pending and close; may be called twice."""
        try:
            await self._on_thread(self._database.close)
        except RuntimeError:
            return  # its thread has ended already
        self._thread.shutdown(wait=True)

    async def keep(self, server: str, user: str, kind: Kind, year: int | None, raw: str, fetched_at: datetime) -> None:
        """Keep an answer in place of the one before; an older one than what is kept changes nothing."""
        at = _stamp(fetched_at)
        seal = _seal(server, user, kind, year, at, raw)

        def write(db: sqlite3.Connection) -> None:
            key = (server, user, str(kind), year)
            where = "server = ? AND user = ? AND kind = ? AND year IS ?"
            if db.execute(f"SELECT 1 FROM answer WHERE {where} AND fetched_at > ?", (*key, at)).fetchone():
                return
            db.execute(f"DELETE FROM answer WHERE {where}", key)
            db.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)", (*key, at, raw, seal))

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
        text = json.dumps({**asdict(item), "started_at": _stamp(item.started_at)})
        row = (server, user, item.key, text, _seal(server, user, item.key, text))
        await self._run(lambda db: _done(db.execute("INSERT OR REPLACE INTO work VALUES (?, ?, ?, ?, ?)", row)))

    async def forget_work(self, server: str, user: str, key: str) -> None:
        """Forget work that has ended."""
        query = "DELETE FROM work WHERE server = ? AND user = ? AND key = ?"
        await self._run(lambda db: _done(db.execute(query, (server, user, key))))

    async def work(self, server: str, user: str) -> tuple[WorkItem, ...]:
        """The work remembered, oldest first."""

        def read(db: sqlite3.Connection) -> tuple[WorkItem, ...]:
            rows = db.execute("SELECT key, item, seal FROM work WHERE server = ? AND user = ?", (server, user))
            return tuple(_work_item(text) for key, text, seal in rows if seal == _seal(server, user, key, text))

        return tuple(sorted(await self._run(read), key=lambda item: item.started_at))

    async def _run(self, action: Callable[[sqlite3.Connection], T]) -> T:
        return await self._on_thread(lambda: self._database.run(action))

    async def _on_thread(self, action: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, action)


def _answers(db: sqlite3.Connection, server: str, user: str, more: str, *values: object) -> tuple[KeptYear, ...]:
    query = f"SELECT kind, year, fetched_at, raw, seal FROM answer WHERE server = ? AND user = ? {more} ORDER BY rowid"
    return tuple(
        KeptYear(Kind(kind), year, raw, _EPOCH + at * _MICROSECOND)
        for kind, year, at, raw, seal in db.execute(query, (server, user, *values))
        # A row that a failing disk has altered is as good as none: nothing wrong may be shown as known.
        if kind in set(Kind) and seal == _seal(server, user, kind, year, at, raw)
    )


def _work_item(text: str) -> WorkItem:
    fields = json.loads(text)
    return WorkItem(**{**fields, "started_at": _EPOCH + fields["started_at"] * _MICROSECOND})


def _seal(*parts: object) -> int:
    return zlib.crc32("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"))


def _stamp(moment: datetime) -> int:
    """Microseconds since 1970 (UTC)."""
    return (moment.astimezone(UTC) - _EPOCH) // _MICROSECOND


def _text(row: tuple[str] | None) -> str | None:
    return row[0] if row else None


def _done(_: sqlite3.Cursor) -> None:
    return None
