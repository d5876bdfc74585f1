"""The console's view of pipelines, jobs and sums (contract sections 5.2.9, 5.2.14 to 5.2.17), read and shaped.

Works on a plain connection inside the caller's transaction; changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, String, cast, func, select

from yearadmin.contract.enums import (
    DataEntryType,
    EntityType,
    JobResult,
    JobState,
    JobType,
    ModuleType,
    PipelineStatus,
    parse_enum,
)
from yearadmin.embedded.jobs import Job, job_query, read_jobs
from yearadmin.embedded.pipelines import Pipeline, orphan, read_pipelines
from yearadmin.embedded.tables import carbon_report_modules, carbon_reports, jobs, now, pipelines, units, workers
from yearadmin.embedded.wire import name_of, zulu

WORKER_ALIVE = timedelta(seconds=60)  # twice the heartbeat the contract names (section 5.2.16)
_SHOWN_META = ("provider_name", "filters", "status_history", "phases")
_FAILED = (PipelineStatus.PARTIAL.value, PipelineStatus.FAILED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list of pipelines is narrowed to; all of a job's conditions must hold for one and the same job."""

    status: PipelineStatus | None = None
    has_errors: bool | None = None
    job_type: str | None = None
    module: int | None = None
    year: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None


def list_pipelines(
    connection: Connection, wanted: Filters, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """One page of pipelines and single jobs, newest first, and how many there are in all."""
    key = func.coalesce(jobs.c.pipeline_id, cast(jobs.c.id, String)).label("key")
    matching = select(key).where(jobs.c.job_type.is_not(None), *_job_conditions(wanted))
    groups = (
        select(key, func.max(jobs.c.id).label("newest"), func.max(jobs.c.pipeline_id).label("pipeline_id"))
        .outerjoin(pipelines, pipelines.c.id == jobs.c.pipeline_id)
        .where(key.in_(matching), *_status_conditions(wanted))
        .group_by(key)
    )
    total = connection.execute(select(func.count()).select_from(groups.subquery())).scalar_one()
    page = connection.execute(groups.order_by(func.max(jobs.c.id).desc()).limit(limit).offset(offset)).all()
    found = read_pipelines(connection, [row.pipeline_id for row in page if row.pipeline_id], with_meta=True)
    single = [row.newest for row in page if row.pipeline_id is None]
    orphans = {job.id: orphan(job) for job in read_jobs(connection, job_query().where(jobs.c.id.in_(single)))}
    shown = [found[row.pipeline_id] if row.pipeline_id else orphans[row.newest] for row in page]
    return [_item(connection, pipeline) for pipeline in shown], int(total)


def _job_conditions(wanted: Filters) -> list[Any]:
    conditions: list[Any] = []
    if wanted.job_type is not None:
        conditions.append(jobs.c.job_type == wanted.job_type)
    if wanted.module is not None:
        conditions.append(jobs.c.module_type_id == wanted.module)
    if wanted.year is not None:
        conditions.append(jobs.c.year == wanted.year)
    if wanted.since is not None:
        conditions.append(jobs.c.started_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(jobs.c.started_at <= wanted.until)
    if wanted.text:
        conditions.append(jobs.c.status_message.icontains(wanted.text, autoescape=True))
    return conditions


def _status_conditions(wanted: Filters) -> list[Any]:
    conditions: list[Any] = []
    if wanted.status is not None:
        conditions.append(pipelines.c.status == wanted.status.value)
    if wanted.has_errors is True:
        conditions.append(pipelines.c.status.in_(_FAILED))
    elif wanted.has_errors is False:
        conditions.append(func.coalesce(pipelines.c.status, "").not_in(_FAILED))
    return conditions


def _item(connection: Connection, pipeline: Pipeline) -> dict[str, Any]:
    root, members = pipeline.root, pipeline.jobs
    author = root.meta.get("created_by") or {}
    ended = [job.finished_at for job in members if job.finished_at]
    began = [job.started_at for job in members if job.started_at]
    return {
        "pipeline_id": pipeline.id,
        "is_orphan": pipeline.id is None,
        "progress": pipeline.progress(),
        "job_type": root.job_type,
        "entity_type": name_of(EntityType, root.entity_type),
        "unit_institutional_id": _unit_of(connection, root),
        "module_type_id": root.module_type_id,
        "module_label": _label(ModuleType, root.module_type_id),
        "year": root.year,
        "status_message": root.status_message,
        "author": author.get("name") or author.get("email"),
        "started_at": zulu(min(began)) if began else None,
        "finished_at": zulu(max(ended)) if ended else None,
        "latest_job_id": members[-1].id,
        "job_count": len(members),
        "error_count": sum(job.has_failed for job in members),
        "jobs": [_item_job(job) for job in members],
    }


def _item_job(job: Job) -> dict[str, Any]:
    return {
        "job_id": job.id,
        "job_type": job.job_type,
        "state": name_of(JobState, job.state),
        "result": name_of(JobResult, job.result),
        "status_message": job.status_message,
        "module_type_id": job.module_type_id,
        "data_entry_type_id": job.data_entry_type_id,
        "data_entry_type_label": _label(DataEntryType, job.data_entry_type_id),
        "year": job.year,
        "started_at": zulu(job.started_at),
        "finished_at": zulu(job.finished_at),
        "attempts": job.attempts,
        "meta": {key: job.meta[key] for key in _SHOWN_META if key in job.meta},
    }


def _label(kind: type[ModuleType] | type[DataEntryType], number: int | None) -> str | None:
    known = parse_enum(kind, number)
    return None if known is None else known.name.lower()


def _unit_of(connection: Connection, job: Job) -> str | None:
    report_module = (job.meta.get("config") or {}).get("carbon_report_module_id")
    if job.entity_type != EntityType.MODULE_UNIT_SPECIFIC or report_module is None:
        return None
    query = (
        select(units.c.institutional_id)
        .join(carbon_reports, carbon_reports.c.unit_id == units.c.id)
        .join(carbon_report_modules, carbon_report_modules.c.carbon_report_id == carbon_reports.c.id)
        .where(carbon_report_modules.c.id == report_module)
    )
    unit = connection.execute(query).scalar()
    return None if unit is None else str(unit)


def sync_job(job: Job, **instead: Any) -> dict[str, Any]:
    """A SyncJob (section 5.2.14); ``instead`` replaces what a variant always leaves null."""
    return {
        "job_id": job.id,
        "module_type_id": job.module_type_id,
        "data_entry_type_id": job.data_entry_type_id,
        "year": job.year,
        "ingestion_method": job.ingestion_method,
        "target_type": job.target_type,
        "status_message": job.status_message,
        "meta": job.meta,
        "state": job.state,
        "result": job.result,
        "locked_by": job.locked_by,
        "is_current": job.is_current,
    } | instead


def raw_job(job: Job) -> dict[str, Any]:
    """A job as its row (section 5.2.15)."""
    return {
        "id": job.id,
        "entity_type": job.entity_type,
        "entity_id": job.entity_id,
        "module_type_id": job.module_type_id,
        "data_entry_type_id": job.data_entry_type_id,
        "year": job.year,
        "target_type": job.target_type,
        "ingestion_method": job.ingestion_method,
        "provider": job.provider,
        "state": job.state,
        "result": job.result,
        "status_message": job.status_message,
        "meta": job.meta,
        "is_current": job.is_current,
        "locked_by": job.locked_by,
        "locked_at": zulu(job.locked_at),
        "started_at": zulu(job.started_at),
        "finished_at": zulu(job.finished_at),
        "attempts": job.attempts,
        "max_attempts": job.max_attempts,
        "run_after": zulu(job.run_after),
        "pipeline_id": job.pipeline_id,
        "job_type": job.job_type,
    }


def living_workers(connection: Connection) -> list[dict[str, Any]]:
    """Workers heard of lately, the latest first."""
    moment = now()
    claimed = (
        select(jobs.c.locked_by, func.count().label("number"))
        .where(jobs.c.state == int(JobState.RUNNING))
        .group_by(jobs.c.locked_by)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(claimed)}
    query = select(workers).where(workers.c.last_heartbeat_at > moment - WORKER_ALIVE)
    return [
        {
            "pod_id": row["pod_id"],
            "git_sha": None,
            "app_version": row["app_version"],
            "started_at": zulu(row["started_at"]),
            "last_heartbeat_at": zulu(row["last_heartbeat_at"]),
            "heartbeat_age_seconds": max(0, int((moment - row["last_heartbeat_at"]).total_seconds())),
            "claimed_job_count": counts.get(row["pod_id"], 0),
        }
        for row in connection.execute(query.order_by(workers.c.last_heartbeat_at.desc())).mappings()
    ]


def stale_sums(connection: Connection, older_than: timedelta) -> list[dict[str, Any]]:
    """Modules and years whose sums are missing, failed, unfinished or old (section 5.2.17)."""
    pairs = (
        select(carbon_report_modules.c.module_type_id, carbon_reports.c.year)
        .join(carbon_reports, carbon_reports.c.id == carbon_report_modules.c.carbon_report_id)
        .distinct()
        .order_by(carbon_reports.c.year.desc(), carbon_report_modules.c.module_type_id)
    )
    aggregations = job_query(with_meta=False).where(jobs.c.job_type == JobType.AGGREGATION.value)
    by_pair: dict[tuple[int | None, int | None], list[Job]] = {}
    for job in read_jobs(connection, aggregations.order_by(jobs.c.id.desc())):
        by_pair.setdefault((job.module_type_id, job.year), []).append(job)
    stale = []
    for module, year in connection.execute(pairs):
        found = by_pair.get((module, year), [])
        why = _why_stale(found, older_than)
        if why is not None:
            finished = next((job.finished_at for job in found if job.finished_at), None)
            stale.append(
                {
                    "module_type_id": module,
                    "year": year,
                    "last_finished_aggregation_at": zulu(finished),
                    "why_stale": why,
                    "last_aggregation_job_id": found[0].id if found else None,
                }
            )
    return stale


def _why_stale(found: Sequence[Job], older_than: timedelta) -> str | None:
    if not found:
        return "no_aggregation_ever"
    last = found[0]
    if last.is_active:
        return "pending_aggregation_stuck"
    if last.has_failed:
        return "last_aggregation_failed"
    if last.finished_at is not None and last.finished_at < now() - older_than:
        return "last_aggregation_too_old"
    return None
