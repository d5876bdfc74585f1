"""One job being worked on: telling how far it is, and ending it (contract sections 7.1 and 7.4).

Never does the work itself; every write goes through while the worker still holds the job, or not at all.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from yearadmin.contract.enums import JobResult
from yearadmin.embedded import queue
from yearadmin.embedded.database import WorkerDatabase
from yearadmin.embedded.files import FileStore
from yearadmin.embedded.jobs import Job
from yearadmin.embedded.settings import Settings
from yearadmin.embedded.tables import now
from yearadmin.embedded.wire import offset

BETWEEN_REPORTS = 2.0  # seconds between two writes of the same step's count
WORTH_GUESSING = 0.5  # seconds of work before a speed means anything


class StoppedError(Exception):
    """The job was stopped; nothing more may be written for it."""


@dataclass(slots=True)
class Run:
    """A claimed job with all it needs. ``stop`` is set when the job was aborted or the worker ends."""

    job: Job
    owner: str
    database: WorkerDatabase
    files: FileStore
    settings: Settings
    stop: threading.Event = field(default_factory=threading.Event)
    _step: str = ""
    _begun: float = 0.0
    _written_at: float = 0.0

    @property
    def meta(self) -> dict[str, Any]:
        """The job's ``meta`` as this run has written it so far."""
        return self.job.meta

    def report(self, message: str, processed: int = 0, total: int = 0) -> None:
        """Tell which step the job is at and how many rows are done; written at once for a new step, else every 2 s.

        Raises :class:`StoppedError`.
        """
        self.go_on()
        fresh = message != self._step
        if not fresh and time.monotonic() - self._written_at < BETWEEN_REPORTS:
            return
        if fresh:
            self._step, self._begun = message, time.monotonic()
            self._remember(message)
        if processed or total:
            self.meta["progress"] = {"phase": message, "processed": processed, "total": total or None}
        self.write(counted(message, processed, total, time.monotonic() - self._begun))
        self._written_at = time.monotonic()
        if fresh:
            self.rest()

    def _remember(self, message: str) -> None:
        history = [*self.meta.get("status_history", []), {"message": message, "ts": offset(now())}]
        self.meta["status_history"] = history[-queue.KEPT_MESSAGES :]
        self.meta["message"] = message

    def write(self, status_message: str) -> None:
        """Write the message and the present ``meta`` in a short transaction of their own."""
        with self.holding() as connection:
            values = {"status_message": status_message, "meta": self.meta}
            queue.update_held(connection, self.job.id, self.owner, values)

    @contextmanager
    def holding(self) -> Iterator[Connection]:
        """A write transaction; losing the job inside it stops the run and rolls everything back."""
        try:
            with self.database.writing() as connection:
                yield connection
        except queue.JobLostError as error:
            self.stop.set()
            raise StoppedError from error

    def finish(self, connection: Connection, result: JobResult, message: str) -> None:
        """End the job within the transaction of its effects."""
        queue.finish(connection, self.job, self.owner, result, message, self.meta)

    def fail(self, message: str, extra: dict[str, Any] | None = None) -> None:
        """End the job with an error in a transaction of its own."""
        self.meta.update(extra or {}, error=message)
        with self.holding() as connection:
            self.finish(connection, JobResult.ERROR, message)

    def go_on(self) -> None:
        """Raise :class:`StoppedError` when the job is to stop."""
        if self.stop.is_set():
            raise StoppedError

    def rest(self) -> None:
        """Wait the time that ``--pace`` adds to each step; does nothing by default."""
        if self.settings.pace > 0 and self.stop.wait(self.settings.pace):
            raise StoppedError


def counted(step: str, done: int, total: int, spent: float) -> str:
    """How far a step is after so many seconds: rows done of all, how fast, and how long it may still take."""
    if not total:
        return f"{step}: {done:,} rows" if done else step
    text = f"{step}: {done:,} of {total:,} rows"
    if done and spent > WORTH_GUESSING:
        speed = done / spent
        text += f", {speed:,.0f} a second, about {(total - done) / speed:,.0f} s left"
    return text
