"""Pipelines and jobs as clients follow and stop them (contract sections 5.2.5 to 5.2.12).

Starts ingestions nowhere: that is ``routes_dispatch``.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy import Connection, update

from yearadmin.contract.enums import EntityType, JobResult, JobState
from yearadmin.embedded import pipelines
from yearadmin.embedded.auth import Editor, Follower, PipelineEditor
from yearadmin.embedded.console import sync_job
from yearadmin.embedded.context import context_of
from yearadmin.embedded.errors import refused
from yearadmin.embedded.injected import current_jobs, recalculation_status
from yearadmin.embedded.jobs import active_jobs, create_job, first_per_pipeline, job_by_id, unit_sync_job
from yearadmin.embedded.params import LARGEST, JobId, YearNumber, YearQuery
from yearadmin.embedded.tables import jobs, now
from yearadmin.embedded.wire import offset

router = APIRouter(prefix="/sync", tags=["pipelines and jobs"])
may_router = APIRouter(prefix="/sync", tags=["pipelines and jobs"])  # what stopping was before the abort


class SyncUnits(BaseModel):
    """Body of ``POST /sync/units``."""

    target_year: int = Field(ge=-LARGEST, le=LARGEST)


def started(job_id: int, message: str, pipeline_id: str | None) -> Response:
    """The answer of everything that starts a job (section 5.2.1)."""
    body = {"job_id": job_id, "state": 0, "message": message, "progress": None, "pipeline_id": pipeline_id}
    return JSONResponse(body)


@router.post("/units")
async def sync_units(request: Request, user: Editor, body: SyncUnits) -> Response:
    """Run the unit sync again; its job has no pipeline (section 5.2.5)."""
    context = context_of(request)
    new = unit_sync_job(body.target_year, user.provider)
    async with context.database.writing() as connection:
        job_id = await connection.run_sync(create_job, new, None)
    context.wake_worker()
    return started(job_id, f"The unit sync of {body.target_year} was started", None)


@router.get("/active-pipelines")
async def active_module_pipelines(
    request: Request, year: YearQuery, user: Follower, modules: str = Query()
) -> Response:
    """The newest unfinished pipeline of each module that has one."""
    try:
        wanted = {int(token) for token in modules.split(",") if token.strip()}
    except ValueError as error:
        raise refused(400, "The modules must be numbers separated by commas.") from error
    if not wanted:
        return JSONResponse({})
    conditions = (jobs.c.year == year, jobs.c.pipeline_id.is_not(None), jobs.c.module_type_id.is_not(None))
    async with context_of(request).database.reading() as connection:
        found = await connection.run_sync(active_jobs, *conditions)
    newest: dict[str, str | None] = {}
    for job in found:
        if job.module_type_id in wanted:
            newest.setdefault(str(job.module_type_id), job.pipeline_id)
    return JSONResponse(newest)


@router.get("/active-pipelines/year/{year}")
async def active_year_pipelines(request: Request, year: YearNumber, user: Follower) -> Response:
    """Ids of the unfinished year-level pipelines, newest first."""
    conditions = (
        jobs.c.year == year,
        jobs.c.pipeline_id.is_not(None),
        jobs.c.entity_type == int(EntityType.GLOBAL_PER_YEAR),
    )
    async with context_of(request).database.reading() as connection:
        found = await connection.run_sync(active_jobs, *conditions)
    return JSONResponse(first_per_pipeline(found))


@router.get("/recalculation-status")
async def get_recalculation_status(request: Request, year: YearQuery, user: Follower) -> Response:
    """Whose emissions are older than their factors."""

    def read(connection: Connection) -> list[dict[str, Any]]:
        return recalculation_status(current_jobs(connection, year, with_meta=False), year)

    async with context_of(request).database.reading() as connection:
        return JSONResponse(await connection.run_sync(read))


@router.get("/pipelines/{pipeline_id}")
async def get_pipeline(request: Request, pipeline_id: UUID, user: Follower) -> Response:
    """One look at a pipeline."""
    key = str(pipeline_id)
    async with context_of(request).database.reading() as connection:
        found = await connection.run_sync(pipelines.read_pipelines, [key])
    if key not in found:
        raise refused(404, f"Pipeline {key} was not found.")
    return JSONResponse(found[key].answer())


@router.post("/pipelines/{pipeline_id}/abort")
async def abort_pipeline(request: Request, pipeline_id: UUID, user: PipelineEditor) -> Response:
    """Stop what of a pipeline is not finished; what its jobs have not committed is discarded."""
    key, context = str(pipeline_id), context_of(request)

    def abort(connection: Connection) -> list[int] | None:
        pipelines.hold(connection, key)
        if key not in pipelines.read_pipelines(connection, [key]):
            return None
        stopped = sorted(job.id for job in active_jobs(connection, jobs.c.pipeline_id == key))
        for job_id in stopped:
            _abort(connection, job_id, user.email)
        pipelines.settle(connection, key)
        return stopped

    async with context.database.writing() as connection:
        stopped = await connection.run_sync(abort)
    if stopped is None:
        raise refused(404, f"Pipeline {key} was not found.")
    if not stopped:
        raise refused(409, f"Pipeline {key} has nothing left to stop: all its jobs have finished.")
    context.wake_worker()
    return JSONResponse({"pipeline_id": key, "aborted_job_ids": stopped, "aborted_by": user.email})


@may_router.post("/jobs/{job_id}/cancel")
async def cancel_job(request: Request, job_id: JobId, user: Editor) -> Response:
    """Stop one job, as in May 2026 (contract section 14); 404 when it is finished or unknown."""
    context = context_of(request)

    def cancel(connection: Connection) -> dict[str, Any] | None:
        job = job_by_id(connection, job_id)
        if job is None or not job.is_active:
            return None
        pipelines.hold(connection, job.pipeline_id)
        _abort(connection, job_id, user.email)
        pipelines.settle(connection, job.pipeline_id)
        stopped = job_by_id(connection, job_id)
        assert stopped is not None
        meta = {key: value for key, value in stopped.meta.items() if not key.startswith("aborted")}
        return sync_job(stopped, locked_by=None, is_current=None, meta={**meta, "cancelled": True})

    async with context.database.writing() as connection:
        answer = await connection.run_sync(cancel)
    if answer is None:
        raise refused(404, f"Job {job_id} was not found or has finished.")
    context.wake_worker()
    return JSONResponse(answer)


def _abort(connection: Connection, job_id: int, by: str) -> None:
    job = job_by_id(connection, job_id)
    assert job is not None
    moment = now()
    meta = {**job.meta, "aborted": True, "aborted_by": by, "aborted_at": offset(moment)}
    values = {
        "state": int(JobState.FINISHED),
        "result": int(JobResult.ERROR),
        "status_message": f"Stopped by {by}",
        "finished_at": moment,
        "is_current": False,
        "locked_by": None,
        "locked_at": None,
        "meta": meta,
    }
    connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))
