"""Which jobs follow a job that ended (contract section 7.2), made in the transaction that ends it.

Runs nothing and never looks at how a job did its work.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select, update

from yearadmin.catalogue.modules import module_spec
from yearadmin.contract.enums import (
    IngestionMethod,
    JobResult,
    JobState,
    JobType,
    TargetType,
    UserProvider,
)
from yearadmin.embedded.jobs import ACTIVE, Job, NewJob, active_jobs, create_job
from yearadmin.embedded.tables import jobs, pipelines

_WITH_EMISSIONS = (JobType.CSV_INGEST, JobType.API_INGEST, JobType.FACTOR_INGEST)


def add_children(connection: Connection, job: Job, result: JobResult) -> int:
    """Insert what follows ``job``, which is about to be FINISHED with ``result``; how many jobs that were."""
    if job.job_type == JobType.EMISSION_RECALC and job.parent_id is not None:
        return _aggregate_after_last(connection, job)
    if result is JobResult.ERROR or job.module_type_id is None:
        return 0
    if job.job_type in _WITH_EMISSIONS:
        return _recalculations(connection, job)
    if job.job_type in (JobType.EMISSION_RECALC, JobType.MODULE_EMISSION_RECALC):
        return _aggregation(connection, job)
    return 0


def _recalculations(connection: Connection, job: Job) -> int:
    spec = module_spec(job.module_type_id or 0)
    if job.data_entry_type_id is not None:
        dets = [job.data_entry_type_id]
    else:
        dets = sorted(int(sub.id) for sub in spec.submodules) if spec else []
    busy = {
        other.data_entry_type_id
        for other in active_jobs(
            connection,
            jobs.c.job_type == JobType.EMISSION_RECALC.value,
            jobs.c.module_type_id == job.module_type_id,
            jobs.c.year == job.year,
        )
    }
    wanted = [det for det in dets if det not in busy]
    for det in wanted:
        create_job(connection, _follower(job, JobType.EMISSION_RECALC, det), job.pipeline_id)
    connection.execute(
        update(pipelines).where(pipelines.c.id == job.pipeline_id).values(expected_recalculations=len(wanted))
    )
    return len(wanted)


def _aggregate_after_last(connection: Connection, job: Job) -> int:
    left = select(func.count()).where(
        jobs.c.pipeline_id == job.pipeline_id,
        jobs.c.job_type == JobType.EMISSION_RECALC.value,
        jobs.c.state.in_([int(state) for state in ACTIVE]),
        jobs.c.id != job.id,
    )
    if connection.execute(left).scalar_one():
        return 0
    return _aggregation(connection, job)


def _aggregation(connection: Connection, job: Job) -> int:
    present = select(func.count()).where(
        jobs.c.pipeline_id == job.pipeline_id,
        jobs.c.job_type == JobType.AGGREGATION.value,
        jobs.c.state != int(JobState.FINISHED),
    )
    if connection.execute(present).scalar_one():
        return 0
    create_job(connection, _follower(job, JobType.AGGREGATION, None), job.pipeline_id)
    return 1


def _follower(job: Job, job_type: JobType, det: int | None) -> NewJob:
    return NewJob(
        job_type=job_type,
        method=IngestionMethod.COMPUTED,
        provider=UserProvider(job.provider),
        year=job.year,
        target=TargetType.DATA_ENTRIES,
        module=job.module_type_id,
        det=det,
        parent_id=job.id,
    )
