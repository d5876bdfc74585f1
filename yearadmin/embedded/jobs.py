"""Jobs as stored and how they come to be (contract section 7): one model, one way to create them.

Works on a plain connection inside the caller's transaction; runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, Select, insert, select

from yearadmin.contract.enums import (
    EntityType,
    IngestionMethod,
    JobResult,
    JobState,
    JobType,
    PipelineStatus,
    TargetType,
    UserProvider,
)
from yearadmin.embedded.tables import jobs, now, pipelines

ACTIVE = (JobState.NOT_STARTED, JobState.QUEUED, JobState.RUNNING)


@dataclass(slots=True, kw_only=True)
class Job:
    """One row of the jobs table (contract section 5.2.15)."""

    id: int
    job_type: str | None
    pipeline_id: str | None
    parent_id: int | None
    entity_type: int
    entity_id: int | None
    module_type_id: int | None
    data_entry_type_id: int | None
    year: int | None
    target_type: int | None
    ingestion_method: int
    provider: int
    state: int
    result: int | None
    status_message: str | None
    is_current: bool
    locked_by: str | None
    locked_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int
    max_attempts: int
    run_after: datetime | None
    meta: dict[str, Any] = field(default_factory=dict)  # empty when it was not asked for

    @property
    def is_active(self) -> bool:
        """Not finished."""
        return self.state in ACTIVE

    @property
    def has_failed(self) -> bool:
        """Finished with an error."""
        return self.state == JobState.FINISHED and self.result == JobResult.ERROR

    @property
    def scope(self) -> tuple[int | None, ...]:
        """What only one job may be current for (contract section 5.1.2)."""
        return (self.module_type_id, self.data_entry_type_id, self.target_type, self.ingestion_method, self.year)


_NAMES = tuple(item.name for item in fields(Job))


def job_query(*, with_meta: bool = True) -> Select[Any]:
    """Select whole jobs, to be read with :func:`job_of`. ``meta`` may be large: leave it out where nobody needs it."""
    return select(*(jobs.c[name] for name in _NAMES if with_meta or name != "meta"))


def job_of(row: RowMapping) -> Job:
    """A row of :func:`job_query` as a job."""
    return Job(**row)


def read_jobs(connection: Connection, query: Select[Any]) -> list[Job]:
    """The jobs of a query."""
    return [job_of(row) for row in connection.execute(query).mappings()]


def job_by_id(connection: Connection, job_id: int, *, to_change: bool = False) -> Job | None:
    """The job with that id, or None; one read ``to_change`` is changed by nobody else before the transaction ends."""
    query = job_query().where(jobs.c.id == job_id)
    found = read_jobs(connection, query.with_for_update(key_share=True) if to_change else query)
    return found[0] if found else None


def same_scope(job: Job) -> list[Any]:
    """Conditions that hold for the jobs of the same scope; null is a value like any other."""
    columns = (
        jobs.c.module_type_id,
        jobs.c.data_entry_type_id,
        jobs.c.target_type,
        jobs.c.ingestion_method,
        jobs.c.year,
    )
    return [column.is_not_distinct_from(value) for column, value in zip(columns, job.scope, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """What a job is made from."""

    job_type: JobType | None
    method: IngestionMethod
    provider: UserProvider
    year: int | None
    target: TargetType
    entity: EntityType = EntityType.MODULE_PER_YEAR
    module: int | None = None
    det: int | None = None
    parent_id: int | None = None
    message: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)


def create_pipeline(connection: Connection, kind: JobType) -> str:
    """A new pipeline; its id."""
    pipeline_id = str(uuid4())
    values = {"id": pipeline_id, "kind": kind.value, "status": PipelineStatus.NOT_STARTED.value, "created_at": now()}
    connection.execute(insert(pipelines).values(**values))
    return pipeline_id


def create_job(connection: Connection, new: NewJob, pipeline_id: str | None) -> int:
    """A new job waiting to be claimed; its id."""
    values = {
        "job_type": new.job_type.value if new.job_type else None,
        "pipeline_id": pipeline_id,
        "parent_id": new.parent_id,
        "entity_type": int(new.entity),
        "module_type_id": new.module,
        "data_entry_type_id": new.det,
        "year": new.year,
        "target_type": int(new.target),
        "ingestion_method": int(new.method),
        "provider": int(new.provider),
        "state": int(JobState.NOT_STARTED),
        "status_message": new.message,
        "meta": new.meta,
    }
    key = connection.execute(insert(jobs).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def unit_sync_job(year: int, provider: UserProvider) -> NewJob:
    """The job that provisions a year (contract sections 5.1.3 and 5.2.5)."""
    return NewJob(
        job_type=JobType.UNIT_SYNC,
        method=IngestionMethod.API,
        provider=provider,
        year=year,
        target=TargetType.REFERENCE_DATA,
        entity=EntityType.GLOBAL_PER_YEAR,
        meta={"config": {"target_year": year}},
    )


def active_jobs(connection: Connection, *conditions: Any) -> list[Job]:
    """Jobs that are not finished, newest first, without their ``meta``."""
    states: Sequence[int] = [int(state) for state in ACTIVE]
    query = job_query(with_meta=False).where(jobs.c.state.in_(states), *conditions).order_by(jobs.c.id.desc())
    return read_jobs(connection, query)


def first_per_pipeline(found: Iterable[Job]) -> list[str]:
    """The pipeline ids of jobs in their order, each once; jobs without one are left out."""
    return list(dict.fromkeys(job.pipeline_id for job in found if job.pipeline_id is not None))
