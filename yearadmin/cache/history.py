"""What a year was, and when: every distinct state the server has told, and every pipeline and job seen.

A state lasts from its first to its last sighting; one that returns after another is a state of its own. What happened
between two sightings nobody knows, and nothing here claims to.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from yearadmin.cache.content import work_digest, year_digest
from yearadmin.cache.rows import moment, packed, seal, stamp, unpacked
from yearadmin.cache.schema import StateKey, insert_state

T = TypeVar("T")


class Seen(StrEnum):
    """What a kept state is a state of."""

    YEAR = "year"
    PIPELINE = "pipeline"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class KeptState:
    """One state of a year, a pipeline or a job, from its first to its last sighting (UTC).

    ``number`` names it within this store; ``id`` is the year, the pipeline's or the job's.
    """

    number: int
    kind: Seen
    id: str
    year: int | None
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class KeptText:
    """A state with its JSON text as it was last seen."""

    state: KeptState
    raw: str


class History(ABC):
    """The part of the store that forgets nothing within its limits."""

    @abstractmethod
    async def _run(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Do ``action`` on the store's thread, in one transaction."""

    @abstractmethod
    def _horizon(self) -> int:
        """What is stamped later than this was stamped by a clock that was wrong."""

    async def history(self, server: str, user: str, year: int) -> tuple[KeptState, ...]:
        """Every state of a year, oldest first, without their texts."""
        return await self._run(lambda db: _states(db, (server, user, Seen.YEAR, str(year))))

    async def years_kept(self, server: str, user: str) -> tuple[int, ...]:
        """The years with at least one kept state, newest first."""
        query = "SELECT DISTINCT year FROM state WHERE server = ? AND user = ? AND kind = 'year' ORDER BY year DESC"
        return await self._run(lambda db: tuple(row[0] for row in db.execute(query, (server, user))))

    async def state_at(self, server: str, user: str, year: int, when: datetime) -> KeptText | None:
        """The year as it was last known at ``when``; None when it had not been seen by then."""

        def read(db: sqlite3.Connection) -> KeptText | None:
            before = [state for state in _states(db, (server, user, Seen.YEAR, str(year))) if state.first_seen <= when]
            # A state whose text the disk has altered is passed over for none before it: that one had ended by then.
            return _text(db, before[-1]) if before else None

        return await self._run(read)

    async def read_state(self, state: KeptState) -> KeptText | None:
        """A state with its text; None when it has been thinned out, or altered by a failing disk."""
        return await self._run(lambda db: _text(db, state))

    async def keep_pipeline(
        self, server: str, user: str, year: int | None, pipeline_id: str, raw: str, seen_at: datetime
    ) -> None:
        """Keep a pipeline's snapshot (contract section 6.1) as seen at ``seen_at``."""
        key = (server, user, Seen.PIPELINE, pipeline_id)
        await self._run(lambda db: see(db, key, year, raw, stamp(seen_at), self._horizon()))

    async def keep_job(
        self, server: str, user: str, year: int | None, job_id: int, raw: str, seen_at: datetime
    ) -> None:
        """Keep a message about a job (contract section 6.2) as seen at ``seen_at``."""
        await self._run(
            lambda db: see(db, (server, user, Seen.JOB, str(job_id)), year, raw, stamp(seen_at), self._horizon())
        )

    async def pipelines(self, server: str, user: str, year: int | None = None) -> tuple[KeptText, ...]:
        """The last known state of every pipeline seen, of ``year`` or of all, in the order of their first sighting.

        ``first_seen`` of each is when the pipeline itself was first seen.
        """
        return await self._run(lambda db: _newest(db, server, user, Seen.PIPELINE, year))

    async def jobs(self, server: str, user: str, year: int | None = None) -> tuple[KeptText, ...]:
        """The same for the jobs that were followed by themselves."""
        return await self._run(lambda db: _newest(db, server, user, Seen.JOB, year))

    async def snapshots(self, server: str, user: str, kind: Seen, key: str) -> tuple[KeptText, ...]:
        """Every distinct state of one pipeline or job, oldest first."""

        def read(db: sqlite3.Connection) -> tuple[KeptText, ...]:
            found = (_text(db, state) for state in _states(db, (server, user, kind, key)))
            return tuple(text for text in found if text is not None)

        return await self._run(read)


def see(db: sqlite3.Connection, key: StateKey, year: int | None, raw: str, at: int, horizon: int) -> None:
    """Note that ``key`` was ``raw`` at ``at``: a later sighting of the same state, or a new one.

    A sighting older than the newest changes nothing: when two answers overtake each other, which state held between
    them is not known. Sightings beyond ``horizon`` do not count: after a clock that was wrong, life goes on.
    """
    if not db.in_transaction:
        db.execute("BEGIN IMMEDIATE")  # another program must not note the same state between our look and our note
    digest = year_digest(raw) if key[2] == Seen.YEAR else work_digest(raw)
    where = "server = ? AND user = ? AND kind = ? AND key = ?"
    row = db.execute(
        f"SELECT id, year, first_seen, last_seen, digest, body_seal, seal FROM state WHERE {where}"
        " AND last_seen <= ? ORDER BY last_seen DESC, id DESC LIMIT 1",
        (*key, max(horizon, at)),
    ).fetchone()
    body = packed(raw)
    if row is None or not _fits(key, row):
        insert_state(db, key, year, (at, at), digest, body)
        return
    number, known_year, first, last, last_digest, body_seal, _ = row
    if at < last:
        return
    if digest != last_digest:
        insert_state(db, key, year, (at, at), digest, body)
        return
    # The text is kept as last seen: what does not count as another state (a running job's message) may have moved.
    new_seal = seal(body)
    sealed = seal(*key, known_year, first, at, digest.hex(), new_seal)
    if new_seal == body_seal:
        db.execute("UPDATE state SET last_seen = ?, seal = ? WHERE id = ?", (at, sealed, number))
    else:
        values = (at, new_seal, sealed, body, number)
        db.execute("UPDATE state SET last_seen = ?, body_seal = ?, seal = ?, body = ? WHERE id = ?", values)


Row = tuple[int, int | None, int, int, bytes, int, int]


def _fits(key: StateKey, row: Row) -> bool:
    _, year, first, last, digest, body_seal, sealed = row
    return isinstance(digest, bytes) and sealed == seal(*key, year, first, last, digest.hex(), body_seal)


def _states(db: sqlite3.Connection, key: StateKey) -> tuple[KeptState, ...]:
    rows = db.execute(
        "SELECT id, year, first_seen, last_seen, digest, body_seal, seal FROM state"
        " WHERE server = ? AND user = ? AND kind = ? AND key = ? ORDER BY last_seen, id",
        key,
    )
    return tuple(
        KeptState(row[0], Seen(key[2]), key[3], row[1], moment(row[2]), moment(row[3]))
        for row in rows
        if _fits(key, row)
    )


def _text(db: sqlite3.Connection, state: KeptState) -> KeptText | None:
    row = db.execute(
        "SELECT body, body_seal FROM state WHERE id = ? AND kind = ? AND key = ? AND first_seen = ?",
        (state.number, state.kind, state.id, stamp(state.first_seen)),
    ).fetchone()
    if row is None or not isinstance(row[0], bytes) or seal(row[0]) != row[1]:
        return None
    return KeptText(state, unpacked(row[0]))


def _newest(db: sqlite3.Connection, server: str, user: str, kind: Seen, year: int | None) -> tuple[KeptText, ...]:
    keys = db.execute(
        "SELECT key FROM state WHERE server = ? AND user = ? AND kind = ? AND (? IS NULL OR year = ?)"
        " GROUP BY key ORDER BY min(first_seen), min(id)",
        (server, user, kind, year, year),
    ).fetchall()
    found = []
    for (key,) in keys:
        states = _states(db, (server, user, kind, key))
        text = _text(db, states[-1]) if states else None
        if text is not None:
            last = text.state
            whole = KeptState(last.number, last.kind, last.id, last.year, states[0].first_seen, last.last_seen)
            found.append(KeptText(whole, text.raw))
    return tuple(found)
