"""Answers of the server as test data, in the shape of the contract, and models read from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from yearadmin.catalogue.completeness import is_module_incomplete, submodule_reasons
from yearadmin.catalogue.modules import MODULES, REDUCTION_SLOTS, Slot, SlotKind
from yearadmin.contract.jobs import JobUpdate, PipelineSnapshot
from yearadmin.contract.session import CurrentUser
from yearadmin.contract.years import YearConfiguration, YearSummary

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DONE_AT = "2026-05-21T09:12:03.001Z"
P1, P2, P3 = (f"7d0e0000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
ADMIN = {
    "id": 1,
    "email": "admin@example.org",
    "institutional_id": "TEST-1078173294",
    "provider": 2,
    "is_user_test": True,
    "permissions": {
        "backoffice.configuration": ["view", "edit"],
        "backoffice.pipeline_operations": ["view", "edit"],
    },
}
STANDARD = {
    "id": 2,
    "email": "user@example.org",
    "institutional_id": "TEST-2909114204",
    "provider": 2,
    "permissions": {"modules.professional_travel/13032/own": ["view", "edit"]},
}
MAY_ADMIN = {**ADMIN, "permissions": {"backoffice.data_management": ["view", "edit", "export", "sync"]}}
Job = dict[str, object]


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def admin() -> CurrentUser:
    return CurrentUser.model_validate(ADMIN)


def standard() -> CurrentUser:
    return CurrentUser.model_validate(STANDARD)


def job(job_id: int, *, state: int = 3, result: int | None = 0, **more: object) -> Job:
    """A ``latest_*`` entry."""
    return {"job_id": job_id, "ingestion_method": 1, "state": state, "result": result, "meta": {}, **more}


def year(
    number: int = 2026,
    *,
    done: str | None = DONE_AT,
    is_started: bool = False,
    jobs: Mapping[Slot, Job] | None = None,
    files: tuple[str, ...] = (),
    goals: tuple[Mapping[str, object], ...] = (),
    disabled: tuple[int, ...] = (),
    pipeline_id: str | None = None,
    recalculate: tuple[int, ...] = (),
) -> dict[str, object]:
    """A whole year as the July server answers it, ``incomplete`` flags computed by its rule (section 8.1)."""
    found = dict(jobs or {})
    modules: dict[str, object] = {}
    for spec in MODULES:
        number_ = int(spec.id)
        common = found.get(Slot(number_, None, SlotKind.FACTOR))
        submodules: dict[str, object] = {}
        flags = []
        for sub in spec.submodules:
            factor, reference = (
                found.get(Slot(number_, int(sub.id), kind)) for kind in (SlotKind.FACTOR, SlotKind.REFERENCE)
            )
            reasons = submodule_reasons(
                number_,
                int(sub.id),
                has_factor=factor is not None,
                has_reference=reference is not None,
                has_common_factor=common is not None,
            )
            enabled = int(sub.id) not in disabled
            flags.append(enabled and bool(reasons))
            submodules[str(int(sub.id))] = {
                "enabled": enabled,
                "threshold": None,
                "latest_data_job": found.get(Slot(number_, int(sub.id), SlotKind.DATA)),
                "latest_factor_job": factor,
                "latest_reference_job": reference,
                "latest_api_data_job": None,
                "incomplete": bool(reasons),
                "incomplete_reasons": list(reasons),
            }
        enabled = number_ not in disabled
        modules[str(number_)] = {
            "enabled": enabled,
            "uncertainty_tag": "medium",
            "submodules": submodules,
            "latest_common_data_job": found.get(Slot(number_, None, SlotKind.DATA)),
            "latest_common_factor_job": common,
            "incomplete": is_module_incomplete(
                number_, enabled=enabled, has_common_factor=common is not None, enabled_submodules_incomplete=flags
            ),
        }
    landed = {
        slot.name.removeprefix("reduction."): {
            "path": f"processed/50/{slot.name}.csv",
            "filename": f"{slot.name}.csv",
            "uploaded_at": "2026-07-01T08:00:00+00:00",
            "rows_processed": 12,
        }
        if slot.name.removeprefix("reduction.") in files
        else None
        for slot in REDUCTION_SLOTS
    }
    return {
        "year": number,
        "is_started": is_started,
        "configuration_completed": done,
        "updated_at": "2026-07-01T08:00:00.123456",
        "config": {"modules": modules, "reduction_objectives": {"files": landed, "goals": list(goals)}},
        "recalculation_status": [
            {"module_type_id": module, "needs_recalculation": True, "data_entry_types": []} for module in recalculate
        ],
        "pipeline_id": pipeline_id,
    }


GOAL = {"target_year": 2030, "reduction_percentage": 0.4, "reference_year": 2019}
FILES = tuple(slot.name.removeprefix("reduction.") for slot in REDUCTION_SLOTS)


def mandatory_jobs() -> dict[Slot, Job]:
    """A successful job for every file a year cannot open without."""
    jobs: dict[Slot, Job] = {}
    for spec in MODULES:
        if spec.common_factor_mandatory:
            jobs[Slot(int(spec.id), None, SlotKind.FACTOR)] = job(len(jobs) + 1)
        for sub in spec.submodules:
            if sub.factor_mandatory:
                jobs[Slot(int(spec.id), int(sub.id), SlotKind.FACTOR)] = job(len(jobs) + 1)
            if sub.reference_mandatory:
                jobs[Slot(int(spec.id), int(sub.id), SlotKind.REFERENCE)] = job(len(jobs) + 1)
    return jobs


def complete_year(number: int = 2026, **more: object) -> dict[str, object]:
    """A year that nothing keeps from being opened."""
    return year(number, **{"jobs": mandatory_jobs(), "files": FILES, "goals": (GOAL,), **more})  # type: ignore[arg-type]


def config(answer: Mapping[str, object]) -> YearConfiguration:
    return YearConfiguration.model_validate_json(json.dumps(answer))


def line(
    number: int, *, done: str | None = DONE_AT, is_started: bool = False, updated_at: str = "2026-07-01T08:00:00"
) -> dict[str, object]:
    """One line of the list of years."""
    return {"year": number, "is_started": is_started, "configuration_completed": done, "updated_at": updated_at}


def summary(number: int, **more: object) -> YearSummary:
    return YearSummary.model_validate(line(number, **more))  # type: ignore[arg-type]


def pipeline(
    pipeline_id: str = P1,
    *jobs: Job,
    done: bool | None = False,
    status: str | None = None,
    kind: str | None = None,
    phase: int = 1,
    closed: bool = False,
) -> dict[str, object]:
    """A picture of a pipeline; ``done=None`` leaves ``progress`` out, as May does."""
    listed = list(jobs) or [work(10, "unit_sync")]
    body: dict[str, object] = {"pipeline_id": pipeline_id, "jobs": listed}
    if done is not None:
        status = status or ("SUCCESS" if done else "NOT_STARTED")
        body["progress"] = {
            "phase": phase,
            "phases_total": 3,
            "done": done,
            "has_error": status in ("FAILED", "PARTIAL"),
            "status": status,
            "kind": kind or listed[0]["job_type"],
        }
    return {**body, "stream_closed": True} if closed else body


def work(
    job_id: int,
    job_type: str = "factor_ingest",
    state: object = "RUNNING",
    result: object = None,
    message: str = "",
    **more: object,
) -> Job:
    """A job inside a pipeline's picture."""
    return {
        "job_id": job_id,
        "job_type": job_type,
        "state": state,
        "result": result,
        "status_message": message,
        **more,
    }


def ended(job_id: int, job_type: str = "unit_sync", result: str = "SUCCESS", message: str = "") -> Job:
    return work(job_id, job_type, "FINISHED", result, message)


def snapshot(answer: Mapping[str, object]) -> PipelineSnapshot:
    return PipelineSnapshot.model_validate_json(json.dumps(answer))


def update(job_id: int = 5, *, state: int | None = 2, result: int | None = None, **more: object) -> dict[str, object]:
    """A message of a job's stream."""
    return {"job_id": job_id, "state": state, "result": result, "status_message": "", "meta": None, **more}


def job_update(answer: Mapping[str, object]) -> JobUpdate:
    return JobUpdate.model_validate_json(json.dumps(answer))


def event(body: object, name: str = "pipeline-update") -> bytes:
    """One server-sent event; a job's has no name."""
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(body)}\n\n".encode()
