"""The worker: a process of its own that runs the jobs, several at once, and ends when the backend that started it does.

Told through its standard input that there may be work; tells through its standard output that it has committed.
"""

from __future__ import annotations

import logging
import math
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from yearadmin import __version__
from yearadmin.contract.enums import JobType
from yearadmin.embedded import queue
from yearadmin.embedded.database import WorkerDatabase
from yearadmin.embedded.engines import kind_of
from yearadmin.embedded.errors import NO_ROOM, tells_full_disk
from yearadmin.embedded.files import FileStore
from yearadmin.embedded.housekeeping import keep_house
from yearadmin.embedded.jobs import Job
from yearadmin.embedded.run import Run, StoppedError
from yearadmin.embedded.settings import Settings
from yearadmin.embedded.tables import now

log = logging.getLogger("yearadmin.worker")

THREADS = 4
HEARTBEAT = 10.0  # seconds
LOOK_AGAIN = 1.0  # seconds after which the queue is looked at even if nobody said so


class Worker:
    """Claims jobs and runs each in a thread of its own until the process ends."""

    def __init__(self, settings: Settings, backend: str) -> None:
        self.owner = f"{backend}/{os.getpid()}"
        self._settings = settings
        self._database = WorkerDatabase(kind_of(settings), self._tell)
        self._files = FileStore(settings.files_dir)
        self._wake = threading.Event()
        self._running: dict[int, Run] = {}
        self._guard = threading.Lock()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="job")
        self._started_at = now()
        self._beaten = self._looked = -math.inf

    def work(self) -> None:
        """Run for ever; only the end of the process ends it."""
        threading.Thread(target=self._listen, name="listen", daemon=True).start()
        threading.Thread(target=keep_house, args=(self._database, self._files), name="house", daemon=True).start()
        self._database.kind.attend(self.owner, self._wake.set)
        while True:
            self._wake.clear()
            try:
                self._turn()
            except SQLAlchemyError:
                log.exception("the queue could not be read; trying again")
            self._wake.wait(LOOK_AGAIN)

    def _turn(self) -> None:
        if time.monotonic() - self._beaten >= HEARTBEAT:
            with self._database.writing() as connection:
                queue.beat(connection, self.owner, __version__, self._started_at)
            self._beaten = time.monotonic()
        self._stop_lost()
        self._look_after_others()
        while self._free() and (job := self._claim()) is not None:
            self._start(job)

    def _look_after_others(self) -> None:
        """Put the jobs of workers that are gone back, those of a worker that died a moment ago too."""
        if time.monotonic() - self._looked < LOOK_AGAIN:
            return
        with self._database.reading() as connection:
            others = queue.owners(connection) - {self.owner}
            silent = queue.silent(connection, others)
        if others:
            backends = {queue.backend_of(other) for other in others} - {queue.backend_of(self.owner)}
            with self._database.writing() as connection:
                gone = self._database.kind.gone(connection, others) | silent
                stopped = self._database.kind.gone(connection, backends)
                queue.put_back(connection, gone, stopped)
        self._looked = time.monotonic()

    def _listen(self) -> None:
        while sys.stdin.buffer.readline():
            self._wake.set()
        # The backend is gone; what is not committed is as if it had never been. Where others may go on with the work,
        # they are told; an only worker would just make its backend's end take longer.
        if self._database.kind.shared:
            with suppress(Exception), self._database.writing() as connection:
                queue.leave(connection, self.owner)
        os._exit(0)

    def _tell(self) -> None:
        with suppress(OSError):
            os.write(sys.stdout.fileno(), b"\n")

    def _free(self) -> bool:
        with self._guard:
            return len(self._running) < THREADS

    def _stop_lost(self) -> None:
        with self._guard:
            held = dict(self._running)
        if held:
            with self._database.reading() as connection:
                for job_id in queue.lost(connection, self.owner, set(held)):
                    held[job_id].stop.set()

    def _claim(self) -> Job | None:
        with self._database.reading() as connection:  # most looks find nothing, and reading disturbs nobody
            if not queue.has_waiting(connection):
                return None
        with self._database.writing() as connection:
            return queue.claim(connection, self.owner)

    def _start(self, job: Job) -> None:
        run = Run(job, self.owner, self._database, self._files, self._settings)
        with self._guard:
            self._running[job.id] = run
        self._threads.submit(self._run, run)

    def _run(self, run: Run) -> None:
        try:
            try:
                _handler(run)
            except StoppedError:
                log.info("job %s was stopped", run.job.id)
            except Exception as error:
                log.exception("job %s failed", run.job.id)
                with suppress(StoppedError):
                    run.fail(_told(error))
        except Exception:
            # Not even the failure could be written (a full disk, say): start afresh, the job is tried again.
            log.exception("job %s could not be ended", run.job.id)
            os._exit(1)
        finally:
            with self._guard:
                self._running.pop(run.job.id, None)
            self._wake.set()


def _told(error: Exception) -> str:
    if tells_full_disk(error):
        return NO_ROOM
    # A database error's own text holds the statement and the rows.
    return f"The work failed unexpectedly: {error.orig if isinstance(error, DBAPIError) else error}"


def _handler(run: Run) -> None:
    # Each kind of work loads what it needs when it is first needed: the worker is ready sooner.
    kind = run.job.job_type
    if kind == JobType.UNIT_SYNC:
        from yearadmin.embedded.unit_sync import sync_units

        sync_units(run)
        return
    from yearadmin.embedded import ingest_jobs

    if kind in (JobType.EMISSION_RECALC, JobType.MODULE_EMISSION_RECALC):
        ingest_jobs.recalculate(run)
    elif kind == JobType.AGGREGATION:
        ingest_jobs.aggregate(run)
    else:
        ingest_jobs.ingest_file(run)


def main(settings: Settings, backend: str) -> int:
    """Run a worker of that backend; does not return while it lives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the backend's to handle
    Worker(settings, backend).work()
    return 0
