"""The jobs table as a queue: which job may run next, who holds it, and how it is given back or ended (section 7.1).

Works inside the caller's transaction. Only the holder of a job can change it; whoever lost it is told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from yearadmin.contract.enums import EntityType, JobResult, JobState, JobType
from yearadmin.embedded import pipelines
from yearadmin.embedded.chain import add_children
from yearadmin.embedded.engines import take_turns
from yearadmin.embedded.jobs import Job, active_jobs, job_by_id, job_query, read_jobs, same_scope
from yearadmin.embedded.tables import jobs, now, workers
from yearadmin.embedded.wire import offset

SILENT = timedelta(seconds=60)  # without a heartbeat, after which a worker counts as gone: its host hangs
KEPT_MESSAGES = 50  # of ``meta.status_history`` (contract section 7.4)
GIVEN_UP = "The work was interrupted too often and was given up. Upload the file again to retry."


class JobLostError(Exception):
    """The job is no longer this worker's: it was stopped by an operator or given to another worker."""


def collide(one: Job, other: Job) -> bool:
    """Whether two jobs must not run at once.

    Never two of the same scope (section 13); nor two that write or read the same entries and factors. Sums are made
    in one statement and need only be kept apart from each other.
    """
    if one.scope == other.scope:
        return True
    if one.module_type_id is None or (one.module_type_id, one.year) != (other.module_type_id, other.year):
        return False
    sums = (one.job_type == JobType.AGGREGATION, other.job_type == JobType.AGGREGATION)
    if any(sums):
        return all(sums)
    dets = (one.data_entry_type_id, other.data_entry_type_id)
    return None in dets or dets[0] == dets[1]


def has_waiting(connection: Connection) -> bool:
    """Whether any job waits to be claimed."""
    waiting = select(jobs.c.id).where(
        jobs.c.state == int(JobState.NOT_STARTED), jobs.c.job_type.is_not(None), jobs.c.locked_by.is_(None)
    )
    return connection.execute(waiting.limit(1)).first() is not None


def claim(connection: Connection, owner: str) -> Job | None:
    """Take the next job that may run; work that was begun comes before new work.

    One worker at a time looks and takes, so that no two take jobs that must not run at once.
    """
    take_turns(connection, "claim")
    moment = now()
    found = [job for job in active_jobs(connection, jobs.c.job_type.is_not(None)) if not _is_later(job, moment)]
    blocking = [job for job in found if job.state == JobState.RUNNING]
    waiting = [job for job in found if job.state == JobState.NOT_STARTED and job.locked_by is None]
    for job in sorted(waiting, key=lambda job: (job.parent_id is None, job.id)):
        if not any(collide(job, other) for other in blocking):
            taken = _take(connection, job, owner, moment)
            if taken is not None:
                return taken
        blocking.append(job)
    return None


def _is_later(job: Job, moment: datetime) -> bool:
    return job.run_after is not None and job.run_after > moment


def _take(connection: Connection, job: Job, owner: str, moment: datetime) -> Job | None:
    free = (jobs.c.id == job.id, jobs.c.state == int(JobState.NOT_STARTED), jobs.c.locked_by.is_(None))
    # One that is being stopped at this moment is left to whoever stops it.
    if connection.execute(select(jobs.c.id).where(*free).with_for_update(skip_locked=True)).first() is None:
        return None
    current = job.entity_type != EntityType.MODULE_UNIT_SPECIFIC
    if current:
        demote(connection, job)
    values: dict[str, Any] = {
        "state": int(JobState.RUNNING),
        "attempts": job.attempts + 1,
        "started_at": job.started_at or moment,
        "locked_by": owner,
        "locked_at": moment,
        "is_current": current,
    }
    connection.execute(update(jobs).where(jobs.c.id == job.id).values(**values))
    return job_by_id(connection, job.id)


def demote(connection: Connection, job: Job) -> None:
    """Let the earlier job of the same scope be current no more, unless it runs."""
    earlier = and_(*same_scope(job), jobs.c.is_current, jobs.c.id != job.id, jobs.c.state != int(JobState.RUNNING))
    connection.execute(update(jobs).where(earlier).values(is_current=False))


def update_held(connection: Connection, job_id: int, owner: str, values: dict[str, Any]) -> None:
    """Change a running job its worker still holds. Raises :class:`JobLostError`."""
    held = (jobs.c.id == job_id, jobs.c.locked_by == owner, jobs.c.state == int(JobState.RUNNING))
    if not connection.execute(update(jobs).where(*held).values(**values)).rowcount:
        raise JobLostError(job_id)


def finish(connection: Connection, job: Job, owner: str, result: JobResult, message: str, meta: dict[str, Any]) -> None:
    """End a job: its children, its FINISHED row and its pipeline's status in one transaction, or none of them.

    Raises :class:`JobLostError`, upon which the caller rolls back everything the job did.
    """
    moment = now()
    closing = {
        "completed_at": offset(moment),
        "status_message": message,
        "result": int(result),
        "state": int(JobState.FINISHED),
    }
    values = {
        "state": int(JobState.FINISHED),
        "result": int(result),
        "status_message": message,
        "finished_at": moment,
        "meta": {**meta, **closing},
    }
    pipelines.hold(connection, job.pipeline_id)
    update_held(connection, job.id, owner, values)
    add_children(connection, job, result)
    pipelines.settle(connection, job.pipeline_id)


def lost(connection: Connection, owner: str, held: set[int]) -> set[int]:
    """Which of the jobs a worker believes to hold are no longer its own."""
    if not held:
        return set()
    query = select(jobs.c.id).where(
        jobs.c.id.in_(held), jobs.c.locked_by == owner, jobs.c.state == int(JobState.RUNNING)
    )
    return held - set(connection.execute(query).scalars())


def owners(connection: Connection) -> set[str]:
    """Every worker that has told of itself or holds a job."""
    told = set(connection.execute(select(workers.c.pod_id)).scalars())
    holding = select(jobs.c.locked_by).where(jobs.c.state == int(JobState.RUNNING), jobs.c.locked_by.is_not(None))
    return told | {str(owner) for owner in connection.execute(holding.distinct()).scalars()}


def silent(connection: Connection, among: set[str]) -> set[str]:
    """Which of these workers have not been heard of for too long: their host hangs, whatever it says."""
    query = select(workers.c.pod_id).where(workers.c.last_heartbeat_at < now() - SILENT)
    return among & set(connection.execute(query).scalars())


def backend_of(owner: str) -> str:
    """The backend a worker belongs to, which is the first part of its name."""
    return owner.partition("/")[0]


def put_back(connection: Connection, gone: set[str], stopped: set[str]) -> int:
    """Give jobs whose worker is gone back to the queue; how many.

    A whole backend that was stopped (one of ``stopped``) does not count as an attempt; a worker that died alone may
    have died of the job, so a job that was tried ``max_attempts`` times is closed instead.
    """
    if not gone:
        return 0
    running = job_query().where(jobs.c.state == int(JobState.RUNNING), jobs.c.locked_by.in_(gone))
    found = read_jobs(connection, running.order_by(jobs.c.pipeline_id, jobs.c.id))
    for job in found:
        assert job.locked_by is not None
        died = backend_of(job.locked_by) not in stopped
        if died and job.attempts >= job.max_attempts:
            finish(connection, job, job.locked_by, JobResult.ERROR, GIVEN_UP, {**job.meta, "error": GIVEN_UP})
        else:
            give_back(connection, job, attempts=job.attempts if died else max(0, job.attempts - 1))
    connection.execute(delete(workers).where(workers.c.pod_id.in_(gone)))
    return len(found)


def give_back(connection: Connection, job: Job, *, attempts: int) -> None:
    """Let anybody claim a running job again, unless its holder has just ended it after all."""
    values = {"state": int(JobState.NOT_STARTED), "locked_by": None, "locked_at": None, "attempts": attempts}
    held = (jobs.c.id == job.id, jobs.c.state == int(JobState.RUNNING), jobs.c.locked_by == job.locked_by)
    connection.execute(update(jobs).where(*held).values(**values))


def leave(connection: Connection, owner: str) -> None:
    """Give all jobs back, as their worker ends in good order: that is no attempt."""
    put_back(connection, {owner}, {backend_of(owner)})


def beat(connection: Connection, owner: str, version: str, started_at: datetime) -> None:
    """Say that a worker lives, and renew its locks."""
    moment = now()
    changed = connection.execute(update(workers).where(workers.c.pod_id == owner).values(last_heartbeat_at=moment))
    if not changed.rowcount:
        values = {"pod_id": owner, "app_version": version, "started_at": started_at, "last_heartbeat_at": moment}
        connection.execute(insert(workers).values(**values))
    running = (jobs.c.locked_by == owner, jobs.c.state == int(JobState.RUNNING))
    # A job whose end is being written at this moment needs no renewal, and nobody is to wait for it.
    free = select(jobs.c.id).where(*running).with_for_update(skip_locked=True)
    connection.execute(update(jobs).where(jobs.c.id.in_(free)).values(locked_at=moment))
