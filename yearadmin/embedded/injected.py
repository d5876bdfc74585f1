"""What each year answer adds to the stored configuration (contract sections 5.1.2, 5.2.8 and 8.1). Never stored.

Reads current jobs on a plain connection inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from yearadmin.catalogue.completeness import is_module_incomplete, submodule_reasons
from yearadmin.contract.enums import IngestionMethod, JobResult, JobState, TargetType
from yearadmin.embedded.jobs import Job, job_query, read_jobs
from yearadmin.embedded.tables import jobs

Current = dict[tuple[int | None, int | None, int | None], list[Job]]  # by module, type and target


def current_jobs(connection: Connection, year: int, *, with_meta: bool = True) -> list[Job]:
    """The current jobs of a year, newest first."""
    query = job_query(with_meta=with_meta).where(jobs.c.year == year, jobs.c.is_current).order_by(jobs.c.id.desc())
    return read_jobs(connection, query)


def job_summary(job: Job | None) -> dict[str, Any] | None:
    """A ``latest_*`` entry."""
    if job is None:
        return None
    return {
        "job_id": job.id,
        "module_type_id": job.module_type_id,
        "data_entry_type_id": job.data_entry_type_id,
        "year": job.year,
        "ingestion_method": job.ingestion_method,
        "target_type": job.target_type,
        "state": job.state,
        "result": job.result,
        "status_message": job.status_message,
        "meta": job.meta,
    }


def with_injected(config: Mapping[str, Any], found: Iterable[Job]) -> dict[str, Any]:
    """The configuration as answered: with the latest jobs and what is incomplete."""
    current: Current = {}
    for job in found:
        current.setdefault((job.module_type_id, job.data_entry_type_id, job.target_type), []).append(job)
    modules = config.get("modules")
    if not isinstance(modules, Mapping):
        return dict(config)
    return {**config, "modules": {key: _module(current, key, value) for key, value in modules.items()}}


def _latest(current: Current, module: int, det: int | None, target: TargetType, only: IngestionMethod | None) -> Any:
    """Any method: the lowest wins (section 5.1.2)."""
    found = current.get((module, det, int(target)), [])
    if only is not None:
        found = [job for job in found if job.ingestion_method == only]
    return job_summary(min(found, key=lambda job: job.ingestion_method)) if found else None


def _module(current: Current, key: str, module: Any) -> Any:
    if not isinstance(module, Mapping) or not _is_decimal(key):
        return module
    number = int(key)
    data = _latest(current, number, None, TargetType.DATA_ENTRIES, IngestionMethod.CSV)
    factor = _latest(current, number, None, TargetType.FACTORS, None)
    result = dict(module)
    submodules = module.get("submodules")
    if isinstance(submodules, Mapping):
        result["submodules"] = {
            name: _submodule(current, number, name, sub, factor is not None) for name, sub in submodules.items()
        }
    counted = [
        sub["incomplete"]
        for sub in result.get("submodules", {}).values()
        if isinstance(sub, Mapping) and "incomplete" in sub and sub.get("enabled", True)
    ]
    result["latest_common_data_job"] = data
    result["latest_common_factor_job"] = factor
    result["incomplete"] = is_module_incomplete(
        number,
        enabled=bool(module.get("enabled", True)),
        has_common_factor=factor is not None,
        enabled_submodules_incomplete=counted,
    )
    return result


def _submodule(current: Current, module: int, key: str, submodule: Any, has_common_factor: bool) -> Any:
    if not isinstance(submodule, Mapping) or not _is_decimal(key):
        return submodule
    det = int(key)
    factor = _latest(current, module, det, TargetType.FACTORS, None)
    reference = _latest(current, module, det, TargetType.REFERENCE_DATA, None)
    reasons = submodule_reasons(
        module,
        det,
        has_factor=factor is not None,
        has_reference=reference is not None,
        has_common_factor=has_common_factor,
    )
    return {
        **submodule,
        "latest_data_job": _latest(current, module, det, TargetType.DATA_ENTRIES, IngestionMethod.CSV),
        "latest_factor_job": factor,
        "latest_reference_job": reference,
        "latest_api_data_job": _latest(current, module, det, TargetType.DATA_ENTRIES, IngestionMethod.API),
        "incomplete": bool(reasons),
        "incomplete_reasons": [str(reason) for reason in reasons],
    }


def _is_decimal(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 10


def recalculation_status(found: Iterable[Job], year: int) -> list[dict[str, Any]]:
    """Whose emissions are older than their factors (section 5.2.8); types whose factors landed, by module."""
    factors: dict[tuple[int, int], Job] = {}
    computed: dict[tuple[int, int], Job] = {}
    for job in found:
        if job.module_type_id is None or job.data_entry_type_id is None:
            continue
        pair = (job.module_type_id, job.data_entry_type_id)
        if job.target_type == TargetType.FACTORS:
            if job.state == JobState.FINISHED and job.result != JobResult.ERROR:
                factors.setdefault(pair, job)
        elif job.target_type == TargetType.DATA_ENTRIES and job.ingestion_method == IngestionMethod.COMPUTED:
            computed.setdefault(pair, job)
    by_module: dict[int, list[dict[str, Any]]] = {}
    for (module, det), factor in sorted(factors.items()):
        done = computed.get((module, det))
        stale = done is None or factor.id > done.id or done.result == JobResult.ERROR
        by_module.setdefault(module, []).append(
            {
                "module_type_id": module,
                "data_entry_type_id": det,
                "year": year,
                "needs_recalculation": stale,
                "last_factor_job_id": factor.id,
                "last_factor_job_result": factor.result,
                "last_recalculation_job_id": done.id if done else None,
                "last_recalculation_job_result": done.result if done else None,
            }
        )
    return [
        {
            "module_type_id": module,
            "year": year,
            "needs_recalculation": any(item["needs_recalculation"] for item in items),
            "data_entry_types": items,
        }
        for module, items in by_module.items()
    ]
