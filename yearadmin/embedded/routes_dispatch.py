"""What starts work on files and emissions (contract sections 5.2.1 to 5.2.4).

Checks and creates within one transaction; the worker does the rest.
"""

from __future__ import annotations

import shutil
import time
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from sqlalchemy import Connection

from yearadmin.catalogue.modules import module_spec
from yearadmin.contract.enums import DataEntryType, IngestionMethod, JobType, ModuleType, TargetType
from yearadmin.embedded import dispatching, years
from yearadmin.embedded.auth import Editor, SignedIn, User
from yearadmin.embedded.context import Context, context_of
from yearadmin.embedded.dispatching import Accepted, Dispatch, DispatchConfig, RefusedError
from yearadmin.embedded.engines import take_turns
from yearadmin.embedded.errors import invalid, refused
from yearadmin.embedded.files import FileStore
from yearadmin.embedded.injected import current_jobs, recalculation_status
from yearadmin.embedded.jobs import NewJob, active_jobs
from yearadmin.embedded.params import YearQuery
from yearadmin.embedded.routes_sync import started
from yearadmin.embedded.settings import MAY
from yearadmin.embedded.tables import jobs

router = APIRouter(prefix="/sync", tags=["starting work"])

Module = Annotated[ModuleType, Path()]
Det = Annotated[DataEntryType, Path()]


@router.post("/dispatch")
async def dispatch(request: Request, user: SignedIn, body: Dispatch) -> Response:
    """Start an ingestion."""
    context = context_of(request)
    files = FileStore(context.settings.files_dir)
    if body.filters is not None:
        try:
            years.check_plain(body.filters)
        except years.ConfigError as error:
            raise invalid(("body", "filters", *error.path), str(error), error.given) from error
    try:
        async with context.database.reading() as connection:
            accepted = await connection.run_sync(
                partial(dispatching.check, provisioned_only=context.settings.era != MAY), files, user, body
            )
        path = accepted.file_path
        if accepted.copy_from is not None:
            path = await run_in_threadpool(_copy, files, accepted.copy_from, body)
        async with context.database.writing() as connection:
            job_id, pipeline_id = await connection.run_sync(
                dispatching.create, user, body, accepted, path, "/v1/sync/dispatch"
            )
    except RefusedError as error:
        raise refused(error.status, str(error)) from error
    context.wake_worker()
    return started(job_id, "The work was started", pipeline_id)


def _copy(files: FileStore, kept: str, wish: Dispatch) -> str:
    source_id = wish.config.source_job_id if wish.config else None
    name = kept.rpartition("/")[2]
    path = f"tmp/copy-{source_id}-{time.time_ns() // 1_000_000}/{name}"
    target = files.place(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(files.place(kept), target)
    except FileNotFoundError as error:
        raise RefusedError(422, f"The file of the source job {source_id} is no longer there.") from error
    return path


@router.post("/factors/{module_type_id}/{data_entry_type_id}")
async def compute_factors(
    request: Request, module_type_id: Module, data_entry_type_id: Det, user: Editor, body: Dispatch
) -> Response:
    """Compute factors from what is known; there is no gate on provisioning here (section 5.2.2)."""
    if body.year is None:
        raise refused(400, "Factors need a year.")
    wanted = (int(module_type_id), int(data_entry_type_id))
    computed = body.ingestion_method is IngestionMethod.COMPUTED and body.target_type is TargetType.FACTORS
    if not computed or wanted not in {(6, 70), (6, 71)}:
        raise refused(400, "Factors of this submodule can't be computed.")
    config = DispatchConfig(module_type_id=wanted[0], data_entry_type_id=wanted[1])
    wish = body.model_copy(update={"config": config, "file_path": None})
    context = context_of(request)
    accepted = Accepted(JobType.FACTOR_INGEST, None, None)
    async with context.database.writing() as connection:
        route = f"/v1/sync/factors/{wanted[0]}/{wanted[1]}"
        job_id, pipeline_id = await connection.run_sync(dispatching.create, user, wish, accepted, None, route)
    context.wake_worker()
    return started(job_id, "The computation of factors was started", pipeline_id)


@router.post("/recalculate-emissions/{module_type_id}/{data_entry_type_id}")
async def recalculate_type(
    request: Request, module_type_id: Module, data_entry_type_id: Det, year: YearQuery, user: Editor
) -> Response:
    """Recalculate one type; a second wish while one is under way answers with that one."""
    new = _recalculation(user, JobType.EMISSION_RECALC, int(module_type_id), int(data_entry_type_id), year, [])
    route = f"/v1/sync/recalculate-emissions/{int(module_type_id)}/{int(data_entry_type_id)}"
    return await _recalculate(context_of(request), user, new, route)


@router.post("/recalculate-emissions/{module_type_id}")
async def recalculate_module(
    request: Request,
    module_type_id: Module,
    year: YearQuery,
    user: Editor,
    only_stale: Annotated[bool, Query()] = True,
) -> Response:
    """Recalculate a module's types: those older than their factors, or all."""
    module, context = int(module_type_id), context_of(request)
    spec = module_spec(module)
    assert spec is not None
    dets = sorted(int(sub.id) for sub in spec.submodules)
    if only_stale:

        def stale(connection: Connection) -> list[int]:
            found = recalculation_status(current_jobs(connection, year, with_meta=False), year)
            return [
                item["data_entry_type_id"]
                for group in found
                if group["module_type_id"] == module
                for item in group["data_entry_types"]
                if item["needs_recalculation"]
            ]

        async with context.database.reading() as connection:
            dets = await connection.run_sync(stale)
        if not dets:
            raise refused(400, "No submodule of this module needs a recalculation.")
    new = _recalculation(user, JobType.MODULE_EMISSION_RECALC, module, None, year, dets)
    return await _recalculate(context, user, new, f"/v1/sync/recalculate-emissions/{module}")


def _recalculation(user: User, kind: JobType, module: int, det: int | None, year: int, dets: list[int]) -> NewJob:
    config = {"module_type_id": module, "data_entry_type_id": det, "year": year, "data_entry_type_ids": dets}
    return NewJob(
        job_type=kind,
        method=IngestionMethod.COMPUTED,
        provider=user.provider,
        year=year,
        target=TargetType.DATA_ENTRIES,
        module=module,
        det=det,
        meta={"config": config, "created_by": {"user_id": user.id, "email": user.email, "name": user.name}},
    )


async def _recalculate(context: Context, user: User, new: NewJob, route: str) -> Response:
    kind = new.job_type
    assert kind is not None

    def begin(connection: Connection) -> tuple[int, str | None]:
        take_turns(connection, "recalculation", new.module, new.year)
        same = (
            jobs.c.job_type == kind.value,
            jobs.c.module_type_id == new.module,
            jobs.c.data_entry_type_id.is_not_distinct_from(new.det),
            jobs.c.year == new.year,
            jobs.c.pipeline_id.is_not(None),
        )
        under_way = active_jobs(connection, *same)
        if under_way:
            return under_way[0].id, under_way[0].pipeline_id
        return dispatching.start(connection, user, new, kind, route)

    async with context.database.writing() as connection:
        job_id, pipeline_id = await connection.run_sync(begin)
    context.wake_worker()
    return started(job_id, "The recalculation was started", pipeline_id)
