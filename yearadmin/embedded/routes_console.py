"""What a server's operators look at (contract sections 5.2.9, 5.2.13 to 5.2.17, 5.4, 5.5): lists, health, recovery.

Shapes nothing itself: that is ``console``.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy import Connection, Select, select, update

from yearadmin.catalogue.modules import module_of
from yearadmin.contract.enums import JobState, PipelineStatus, TargetType
from yearadmin.embedded import console
from yearadmin.embedded.auth import Follower, PipelineEditor, PipelineViewer, Reporter, Viewer
from yearadmin.embedded.context import context_of
from yearadmin.embedded.entry_tables import factors
from yearadmin.embedded.errors import refused
from yearadmin.embedded.injected import current_jobs
from yearadmin.embedded.jobs import ACTIVE, Job, job_by_id, job_query, read_jobs
from yearadmin.embedded.params import LARGEST, JobId, Moment, YearNumber, YearQuery
from yearadmin.embedded.tables import carbon_reports, jobs, now

STALE_LOCK = timedelta(minutes=60)

router = APIRouter(tags=["console"])


@router.get("/sync/pipelines")
async def list_pipelines(
    request: Request,
    user: PipelineViewer,
    state: str | None = None,
    job_type: str | None = None,
    module_type_id: Annotated[int | None, Query(ge=-LARGEST, le=LARGEST)] = None,
    year: Annotated[int | None, Query(ge=-LARGEST, le=LARGEST)] = None,
    has_errors: bool | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
    q: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=LARGEST)] = 0,
) -> Response:
    """Pipelines, and jobs that belong to none, newest first."""
    status = None
    if state is not None:
        if state.upper() not in PipelineStatus.__members__:
            raise refused(422, f"There is no pipeline state {state!r}.")
        status = PipelineStatus(state.upper())
    wanted = console.Filters(
        status=status,
        has_errors=has_errors,
        job_type=job_type,
        module=module_type_id,
        year=year,
        since=since,
        until=until,
        text=q,
    )
    async with context_of(request).database.reading() as connection:
        items, total = await connection.run_sync(console.list_pipelines, wanted, limit, offset)
    return JSONResponse({"items": items, "total": total, "limit": limit, "offset": offset})


async def _jobs(request: Request, query: Select[Any]) -> list[Job]:
    async with context_of(request).database.reading() as connection:
        return await connection.run_sync(read_jobs, query)


@router.get("/sync/jobs/year/{year}")
async def jobs_of_year(request: Request, year: YearNumber, user: Follower) -> Response:
    """All jobs of a year, newest first; some fields are always null here (section 5.2.14)."""
    nothing = {"data_entry_type_id": None, "result": None, "locked_by": None, "is_current": None}
    found = await _jobs(request, job_query().where(jobs.c.year == year).order_by(jobs.c.id.desc()))
    return JSONResponse([console.sync_job(job, state=job.state or None, **nothing) for job in found])


@router.get("/sync/jobs/year/{year}/latest")
async def latest_jobs_of_year(request: Request, year: YearNumber, user: Follower) -> Response:
    """The current jobs of a year."""
    async with context_of(request).database.reading() as connection:
        found = await connection.run_sync(current_jobs, year)
    return JSONResponse([console.sync_job(job, locked_by=None, is_current=None) for job in found])


@router.get("/sync/jobs/by-status")
async def jobs_by_status(request: Request, user: PipelineViewer, filter_type: str = "completed") -> Response:
    """Jobs that are at work, or those that have finished, newest first."""
    states = [int(state) for state in ACTIVE] if filter_type == "active" else [int(JobState.FINISHED)]
    found = await _jobs(request, job_query().where(jobs.c.state.in_(states)).order_by(jobs.c.id.desc()))
    return JSONResponse([console.raw_job(job) for job in found])


@router.post("/sync/jobs/{job_id}/recover")
async def recover(request: Request, job_id: JobId, user: PipelineEditor) -> Response:
    """Put a job back whose worker has not been heard of for an hour; 409 in every other case."""
    context = context_of(request)

    def put_back(connection: Connection) -> Job | None:
        job = job_by_id(connection, job_id, to_change=True)
        if job is None or job.state != JobState.RUNNING:
            return None
        if job.locked_at is not None and job.locked_at > now() - STALE_LOCK:
            return None
        values = {"state": int(JobState.NOT_STARTED), "attempts": 0, "locked_by": None, "locked_at": None}
        connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))
        return job_by_id(connection, job_id)

    async with context.database.writing() as connection:
        job = await connection.run_sync(put_back)
    if job is None:
        raise refused(409, f"Job {job_id} is not one that a lost worker holds.")
    context.wake_worker()
    return JSONResponse(console.sync_job(job))


@router.get("/sync/workers")
async def list_workers(request: Request, user: PipelineViewer) -> Response:
    """Workers heard of lately."""
    async with context_of(request).database.reading() as connection:
        return JSONResponse(await connection.run_sync(console.living_workers))


@router.get("/sync/health/stale-stats")
async def stale_stats(
    request: Request, user: Follower, older_than_minutes: Annotated[int, Query(ge=1, le=10_000_000)] = 60
) -> Response:
    """Modules and years whose sums can't be relied on."""
    async with context_of(request).database.reading() as connection:
        found = await connection.run_sync(console.stale_sums, timedelta(minutes=older_than_minutes))
    return JSONResponse(found)


@router.get("/factors/stale")
async def stale_factors(request: Request, year: YearQuery, user: Viewer) -> Response:
    """Factors that the latest upload for their type no longer lists."""

    def read(connection: Connection) -> list[dict[str, Any]]:
        latest: dict[tuple[int | None, int | None], int] = {}
        for job in current_jobs(connection, year, with_meta=False):
            if job.target_type == TargetType.FACTORS and job.state == JobState.FINISHED:
                latest.setdefault((job.module_type_id, job.data_entry_type_id), job.id)
        stale = []
        for row in connection.execute(select(factors).where(factors.c.year == year).order_by(factors.c.id)).mappings():
            det = row["data_entry_type_id"]
            spec = module_of(det)
            module = int(spec.id) if spec else None
            covering = [latest[key] for key in ((module, det), (module, None)) if key in latest]
            if covering and row["last_seen_job_id"] != max(covering):
                stale.append(
                    {
                        "id": row["id"],
                        "data_entry_type_id": det,
                        "emission_type_id": row["emission_type_id"],
                        "year": row["year"],
                        "classification": json.loads(row["classification"]),
                        "last_seen_job_id": row["last_seen_job_id"],
                    }
                )
        return stale

    async with context_of(request).database.reading() as connection:
        return JSONResponse(await connection.run_sync(read))


@router.get("/backoffice/years")
async def reported_years(request: Request, user: Reporter) -> Response:
    """The years that have carbon reports, newest first."""
    query = select(carbon_reports.c.year).distinct().order_by(carbon_reports.c.year.desc())
    async with context_of(request).database.reading() as connection:
        found = [str(year) for year in (await connection.execute(query)).scalars()]
    return JSONResponse({"years": found, "latest": found[0] if found else ""})
