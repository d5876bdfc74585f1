"""The files this program sent: what exactly, when, by whom, and what became of each.

Keeps a file's name, size and fingerprint, never its content.
"""

from __future__ import annotations

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from yearadmin.cache.rows import maybe_moment, maybe_stamp, moment, seal, stamp

T = TypeVar("T")


class FileResult(StrEnum):
    """What became of a file."""

    UNDER_WAY = "under_way"  # being sent or worked on when last heard of
    SUCCESS = "success"
    WARNING = "warning"  # read, with rows left out
    PARTIAL = "partial"  # read, but a later step of its work failed
    ERROR = "error"
    REFUSED = "refused"  # it never became a job
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # its end was not witnessed and the server can't tell any more


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file sent to a slot; ``key`` names the sending once, ``slot`` is the slot's stable name, times are UTC.

    ``size`` is in bytes and ``sha256`` the fingerprint of the bytes sent, in hexadecimal; ``sent_by`` is the user as
    the server names them. ``rows`` counts the rows read, where the server said so.
    """

    key: str
    year: int
    slot: str
    name: str
    size: int
    sha256: str
    sent_at: datetime
    sent_by: str
    job_id: int | None = None
    pipeline_id: str | None = None
    result: FileResult = FileResult.UNDER_WAY
    rows: int | None = None
    ended_at: datetime | None = None


class Files(ABC):
    """The part of the store that remembers the files sent."""

    @abstractmethod
    async def _run(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Do ``action`` on the store's thread, in one transaction."""

    async def remember_file(self, server: str, user: str, file: SentFile) -> None:
        """Remember a file, in place of what was remembered under the same key."""
        await self._run(lambda db: _write(db, server, user, file))

    async def file_became(self, server: str, user: str, key: str, *, job_id: int, pipeline_id: str | None) -> None:
        """The server has made a job of a file; nothing happens when the file is not known."""
        await self._change(
            server, user, key, lambda file: replace(file, job_id=job_id, pipeline_id=pipeline_id or file.pipeline_id)
        )

    async def finish_file(
        self, server: str, user: str, key: str, *, result: FileResult, ended_at: datetime, rows: int | None = None
    ) -> None:
        """What became of a file; nothing happens when the file is not known."""
        await self._change(server, user, key, lambda file: replace(file, result=result, ended_at=ended_at, rows=rows))

    async def files(self, server: str, user: str, year: int | None = None) -> tuple[SentFile, ...]:
        """The files sent to a year, or to all, oldest first."""

        def read(db: sqlite3.Connection) -> tuple[SentFile, ...]:
            query = "SELECT key, item, seal FROM file WHERE server = ? AND user = ? ORDER BY sent_at, rowid"
            found = (_read(server, user, *row) for row in db.execute(query, (server, user)))
            return tuple(file for file in found if file is not None and year in (None, file.year))

        return await self._run(read)

    async def _change(self, server: str, user: str, key: str, change: Callable[[SentFile], SentFile]) -> None:
        def write(db: sqlite3.Connection) -> None:
            db.execute("BEGIN IMMEDIATE")
            query = "SELECT key, item, seal FROM file WHERE server = ? AND user = ? AND key = ?"
            row = db.execute(query, (server, user, key)).fetchone()
            known = _read(server, user, *row) if row else None
            if known is not None:
                _write(db, server, user, change(known))

        await self._run(write)


def _write(db: sqlite3.Connection, server: str, user: str, file: SentFile) -> None:
    times = {"sent_at": stamp(file.sent_at), "ended_at": maybe_stamp(file.ended_at)}
    text = json.dumps({**asdict(file), **times})
    row = (server, user, file.key, file.year, times["sent_at"], text, seal(server, user, file.key, text))
    db.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _read(server: str, user: str, key: str, text: str, sealed: int) -> SentFile | None:
    if sealed != seal(server, user, key, text):
        return None
    fields = json.loads(text)
    fields["sent_at"] = moment(fields["sent_at"])
    fields["ended_at"] = maybe_moment(fields["ended_at"])
    fields["result"] = FileResult(fields["result"])
    return SentFile(**fields)
