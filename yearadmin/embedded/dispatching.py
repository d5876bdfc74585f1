"""What a dispatch may ask for and the job it becomes (contract section 5.2.1), in the contract's order of checks.

Works on a plain connection inside the caller's transaction; moves no file and runs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import Connection, select

from yearadmin.contract.enums import (
    DataEntryType,
    EntityType,
    IngestionMethod,
    JobResult,
    JobState,
    JobType,
    ModuleType,
    TargetType,
)
from yearadmin.embedded import audit
from yearadmin.embedded.auth import User
from yearadmin.embedded.files import FileStore, ForbiddenPathError, checked_dispatch_path
from yearadmin.embedded.jobs import NewJob, create_job, create_pipeline, job_by_id
from yearadmin.embedded.params import LARGEST
from yearadmin.embedded.permissions import CONFIGURATION, may_sync_module
from yearadmin.embedded.tables import carbon_report_modules, carbon_reports, units, year_configurations

JOB_CREATED = "Job created"


class DispatchConfig(BaseModel):
    """What an ingestion is for; unknown keys are dropped."""

    module_type_id: int | None = Field(None, ge=-LARGEST, le=LARGEST)
    data_entry_type_id: int | None = Field(None, ge=-LARGEST, le=LARGEST)
    carbon_report_module_id: int | None = Field(None, ge=-LARGEST, le=LARGEST)
    reduction_objective_type_id: int | None = Field(None, ge=-LARGEST, le=LARGEST)
    source_job_id: int | None = Field(None, ge=-LARGEST, le=LARGEST)


class Dispatch(BaseModel):
    """Body of ``POST /sync/dispatch``."""

    ingestion_method: IngestionMethod
    target_type: TargetType
    year: int | None = Field(None, ge=-LARGEST, le=LARGEST)
    filters: dict[str, Any] | None = None
    file_path: str | None = None
    config: DispatchConfig | None = None


class RefusedError(Exception):
    """A dispatch that is not accepted; the status of the answer and a sentence for it."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True)
class Accepted:
    """A dispatch that passed all checks. ``copy_from`` is the kept file of an earlier job to be used again."""

    job_type: JobType
    file_path: str | None
    copy_from: str | None


def check(
    connection: Connection, files: FileStore, user: User, wish: Dispatch, *, provisioned_only: bool = True
) -> Accepted:
    """All checks in their order; the one on provisioning came after May 2026. Raises :class:`RefusedError`."""
    config = wish.config or DispatchConfig()
    _check_permission(connection, user, wish, config)
    if wish.target_type is TargetType.FACTORS and wish.year is None:
        raise RefusedError(400, "Factors need a year.")
    if wish.year is not None and provisioned_only:
        check_provisioned(connection, user, wish.year)
    copied = None
    if config.source_job_id is not None and not wish.file_path and wish.ingestion_method is IngestionMethod.CSV:
        copied = _file_to_copy(connection, files, wish, config, config.source_job_id)
    job_type = _job_type(wish.target_type, wish.ingestion_method, config)
    if job_type is None:
        raise RefusedError(400, "This combination of target, method, module and submodule is not supported.")
    if wish.ingestion_method is IngestionMethod.API:
        raise RefusedError(503, "The travel system is not connected to this server.")
    path = None
    if wish.ingestion_method is IngestionMethod.CSV and copied is None:
        path = _uploaded(files, wish.file_path)
    return Accepted(job_type, path, copied)


def _check_permission(connection: Connection, user: User, wish: Dispatch, config: DispatchConfig) -> None:
    if user.may(CONFIGURATION, "edit"):
        return
    words = f"Permission denied: {CONFIGURATION}.edit or the module's sync permission is required"
    if wish.target_type is not TargetType.DATA_ENTRIES or config.carbon_report_module_id is None:
        raise RefusedError(403, words)
    if config.module_type_id not in {int(module) for module in ModuleType}:
        raise RefusedError(403, words)
    unit = connection.execute(
        select(units.c.institutional_id)
        .join(carbon_reports, carbon_reports.c.unit_id == units.c.id)
        .join(carbon_report_modules, carbon_report_modules.c.carbon_report_id == carbon_reports.c.id)
        .where(carbon_report_modules.c.id == config.carbon_report_module_id)
    ).scalar()
    if unit is None:
        raise RefusedError(404, "The unit of this report module was not found.")
    if not may_sync_module(user.permissions, ModuleType(config.module_type_id), unit):
        raise RefusedError(403, words)


def check_provisioned(connection: Connection, user: User, year: int) -> None:
    """Refuse while the year is not provisioned for the caller's provider. Raises :class:`RefusedError`."""
    row = (year_configurations.c.year == year, year_configurations.c.provider == int(user.provider))
    if connection.execute(select(year_configurations.c.configuration_completed).where(*row)).scalar() is None:
        raise RefusedError(
            409, f"The year {year} is not provisioned for {user.provider.name}: run its unit sync first."
        )


def _file_to_copy(
    connection: Connection, files: FileStore, wish: Dispatch, config: DispatchConfig, source_id: int
) -> str:
    source = job_by_id(connection, source_id)
    if source is None:
        raise RefusedError(404, f"The source job {source_id} was not found.")
    if source.state != JobState.FINISHED or source.result != JobResult.SUCCESS:
        raise RefusedError(422, f"The source job {source_id} has not ended with success and can't be copied.")
    if source.target_type != wish.target_type:
        raise RefusedError(400, f"The source job {source_id} has another target.")
    modules = (source.module_type_id, config.module_type_id)
    if None not in modules and modules[0] != modules[1]:
        raise RefusedError(400, f"The source job {source_id} belongs to another module.")
    kept = source.meta.get("processed_file_path")
    if not isinstance(kept, str) or not files.place(kept).is_file():
        raise RefusedError(422, f"The file of the source job {source_id} is no longer there.")
    return kept


def _job_type(target: TargetType, method: IngestionMethod, config: DispatchConfig) -> JobType | None:
    module, det = config.module_type_id, config.data_entry_type_id
    if target is TargetType.REDUCTION_OBJECTIVES:
        nothing_else = module is None and det is None
        return JobType.CSV_INGEST if method is IngestionMethod.CSV and nothing_else else None
    if module not in {int(known) for known in ModuleType}:
        return None
    if method is IngestionMethod.CSV:
        return {
            TargetType.DATA_ENTRIES: JobType.CSV_INGEST,
            TargetType.FACTORS: JobType.FACTOR_INGEST,
            TargetType.REFERENCE_DATA: JobType.REFERENCE_INGEST,
        }[target]
    if method is IngestionMethod.API and target is TargetType.DATA_ENTRIES:
        return JobType.API_INGEST if (module, det) == (2, DataEntryType.PLANE) else None
    if method is IngestionMethod.COMPUTED and target is TargetType.FACTORS:
        return JobType.FACTOR_INGEST if (module, det) in {(6, 70), (6, 71)} else None
    return None


def _uploaded(files: FileStore, path: str | None) -> str:
    try:
        clean = checked_dispatch_path(path or "tmp/")
        found = files.place(clean).is_file()
    except ForbiddenPathError as error:
        raise RefusedError(400, str(error)) from error
    if not found:
        raise RefusedError(503, "The uploaded file is not there. Upload it again.")
    return clean


def create(
    connection: Connection, user: User, wish: Dispatch, accepted: Accepted, file_path: str | None, route: str
) -> tuple[int, str]:
    """Make the job and its pipeline, with an entry in the audit trail; their ids."""
    config = wish.config or DispatchConfig()
    entity = EntityType.MODULE_PER_YEAR
    if config.carbon_report_module_id is not None:
        entity = EntityType.MODULE_UNIT_SPECIFIC
    settings: dict[str, Any] = {
        **config.model_dump(),
        "file_path": file_path,
        "entity_type": int(entity),
        "year": wish.year,
        "target_type": int(wish.target_type),
        "ingestion_method": int(wish.ingestion_method),
    }
    if accepted.copy_from is not None:
        settings["copied_from_job_id"] = config.source_job_id
    meta = {
        "factor_type_id": None,
        "config": settings,
        "created_by": {"user_id": user.id, "email": user.email, "name": user.name},
        "provider_name": accepted.job_type.value,
        "filters": wish.filters or {},
    }
    new = NewJob(
        job_type=accepted.job_type,
        method=wish.ingestion_method,
        provider=user.provider,
        year=wish.year,
        target=wish.target_type,
        entity=entity,
        module=config.module_type_id,
        det=config.data_entry_type_id,
        message=JOB_CREATED,
        meta=meta,
    )
    return start(connection, user, new, accepted.job_type, route)


def start(connection: Connection, user: User, new: NewJob, kind: JobType, route: str) -> tuple[int, str]:
    """Make a root job with its pipeline and tell the audit trail; their ids."""
    pipeline_id = create_pipeline(connection, kind)
    job_id = create_job(connection, new, pipeline_id)
    audit.record(
        connection,
        audit.Author(user.id, user.name, user.institutional_id, route),
        entity_type=audit.INGESTION_JOB,
        entity_id=job_id,
        change_type="CREATE",
        reason=f"Job {kind.value} was created",
        snapshot={"job_type": kind.value, "pipeline_id": pipeline_id, **new.meta.get("config", {})},
        diff=None,
    )
    return job_id, pipeline_id
