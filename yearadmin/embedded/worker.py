"""The worker: a process of its own that runs the jobs, several at once, and ends when the backend that started it does.

Told through its standard input that there may be work; tells through its standard output that it has committed.
"""

from __future__ import annotations

import logging
import os
import platform
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from yearadmin import __version__
from yearadmin.contract.enums import JobType
from yearadmin.embedded import queue
from yearadmin.embedded.database import WorkerDatabase
from yearadmin.embedded.files import FileStore
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

    def __init__(self, settings: Settings, *, follows_crash: bool) -> None:
        self.owner = f"{platform.node()[:50]}:{os.getpid()}:{uuid4().hex[:8]}"
        self._settings = settings
        self._follows_crash = follows_crash
        self._database = WorkerDatabase(settings.database_file, self._tell)
        self._files = FileStore(settings.files_dir)
        self._wake = threading.Event()
        self._running: dict[int, Run] = {}
        self._guard = threading.Lock()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="job")
        self._started_at = now()
        self._beaten = 0.0

    def work(self) -> None:
        """Run for ever; only the end of the process ends it."""
        threading.Thread(target=self._listen, name="listen", daemon=True).start()
        with self._database.writing() as connection:
            queue.beat(connection, self.owner, __version__, self._started_at)
            queue.forget_others(connection, self.owner)
            queue.put_back(connection, self.owner, worker_died=self._follows_crash)
        self._beaten = time.monotonic()
        while True:
            self._wake.clear()
            try:
                self._turn()
            except SQLAlchemyError:
                log.exception("the queue could not be read; trying again")
            self._wake.wait(LOOK_AGAIN)

    def _turn(self) -> None:
        self._stop_lost()
        while self._free() and (job := self._claim()) is not None:
            self._start(job)
        if time.monotonic() - self._beaten >= HEARTBEAT:
            with self._database.writing() as connection:
                queue.beat(connection, self.owner, __version__, self._started_at)
            self._beaten = time.monotonic()

    def _listen(self) -> None:
        while sys.stdin.buffer.readline():
            self._wake.set()
        os._exit(0)  # the backend is gone; what is not committed is as if it had never been

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
                    run.fail(f"The work failed unexpectedly: {error}")
        except Exception:
            # Not even the failure could be written (a full disk, say): start afresh, the job is tried again.
            log.exception("job %s could not be ended", run.job.id)
            os._exit(1)
        finally:
            with self._guard:
                self._running.pop(run.job.id, None)
            self._wake.set()


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


def main(settings: Settings, *, follows_crash: bool) -> int:
    """Run the worker; does not return while its backend lives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the backend's to handle
    Worker(settings, follows_crash=follows_crash).work()
    return 0
