"""What is left over is removed: entries that no longer count, and uploads that nobody ever used.

Every step is short and may be interrupted and repeated; nothing that a job still needs is touched.
"""

from __future__ import annotations

import logging
import shutil
import time

from sqlalchemy.exc import SQLAlchemyError

from yearadmin.embedded.database import WorkerDatabase
from yearadmin.embedded.files import FileStore
from yearadmin.embedded.ingest import loads
from yearadmin.embedded.jobs import ACTIVE, job_query, read_jobs
from yearadmin.embedded.tables import jobs

log = logging.getLogger("yearadmin.worker")

BREATH = 0.01  # seconds between two of many short transactions, in which the web side gets its turn
UPLOADS_WAIT = 7 * 24 * 3600.0  # seconds an upload waits for a dispatch
_EVERY = 6 * 3600.0  # seconds


def keep_house(database: WorkerDatabase, files: FileStore) -> None:
    """Clear up now and every few hours; never returns."""
    while True:
        clear_away(database)
        try:
            forget_uploads(database, files)
        except (OSError, SQLAlchemyError):
            log.exception("old uploads could not be removed yet")
        time.sleep(_EVERY)


def clear_away(database: WorkerDatabase) -> None:
    """Delete entries that no longer count, bit by bit."""
    try:
        while True:
            with database.reading() as connection:
                if not loads.has_leftovers(connection):
                    return
            with database.writing() as connection:
                loads.sweep(connection)
            time.sleep(BREATH)
    except SQLAlchemyError:  # a full disk, say: nobody sees these entries, and the next job tries again
        log.exception("entries that no longer count could not be deleted yet")


def forget_uploads(database: WorkerDatabase, files: FileStore, older_than: float = UPLOADS_WAIT) -> int:
    """Remove uploads of that many seconds ago that no job is about to take; how many folders."""
    folder = files.root / "tmp"
    if not folder.is_dir():
        return 0
    with database.reading() as connection:
        waiting = read_jobs(connection, job_query().where(jobs.c.state.in_([int(state) for state in ACTIVE])))
    paths = [(job.meta.get("config") or {}).get("file_path") for job in waiting]
    needed = {path.split("/")[1] for path in paths if isinstance(path, str) and path.startswith("tmp/")}
    before = time.time() - older_than
    old = [item for item in folder.iterdir() if item.name not in needed and item.stat().st_mtime < before]
    for item in old:
        shutil.rmtree(item, ignore_errors=True)
    return len(old)
