"""The backend's pure rules: how far a pipeline is, which jobs may run together, how a configuration is merged."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearadmin.catalogue.modules import MODULES
from yearadmin.contract.enums import JobResult, JobState, JobType
from yearadmin.embedded import years
from yearadmin.embedded.files import ForbiddenPathError, checked_dispatch_path, checked_name, checked_path
from yearadmin.embedded.injected import recalculation_status, with_injected
from yearadmin.embedded.jobs import Job
from yearadmin.embedded.permissions import ADMIN, PRINCIPAL, permissions_of
from yearadmin.embedded.pipelines import Pipeline
from yearadmin.embedded.queue import collide

NUMBERS = iter(range(1, 10**9))
WAITING, RUNNING = (JobState.NOT_STARTED, None), (JobState.RUNNING, None)
GOOD, WARNED, FAILED = ((JobState.FINISHED, result) for result in JobResult)


def job(kind: JobType, how: tuple[JobState, JobResult | None] = WAITING, **fields: Any) -> Job:
    values: dict[str, Any] = {
        "id": next(NUMBERS),
        "pipeline_id": "p",
        "parent_id": None,
        "entity_type": 1,
        "entity_id": None,
        "module_type_id": 8,
        "data_entry_type_id": 50,
        "year": 2026,
        "target_type": 0,
        "ingestion_method": 1,
        "provider": 2,
        "status_message": None,
        "is_current": False,
        "locked_by": None,
        "locked_at": None,
        "started_at": None,
        "finished_at": None,
        "attempts": 0,
        "max_attempts": 3,
        "run_after": None,
    }
    return Job(job_type=kind, state=how[0], result=how[1], **{**values, **fields})


C, E, A, U = JobType.CSV_INGEST, JobType.EMISSION_RECALC, JobType.AGGREGATION, JobType.UNIT_SYNC


@pytest.mark.parametrize(
    ("jobs", "expected", "phase", "status"),
    [
        ([(C, WAITING)], None, 1, "NOT_STARTED"),
        ([(C, RUNNING), (E, WAITING)], None, 1, "NOT_STARTED"),
        ([(C, GOOD), (E, RUNNING)], 1, 2, "NOT_STARTED"),
        ([(C, GOOD), (E, GOOD), (E, RUNNING)], 2, 2, "NOT_STARTED"),
        ([(C, GOOD), (E, GOOD), (A, RUNNING)], 1, 3, "NOT_STARTED"),
        ([(C, WARNED), (E, GOOD), (A, GOOD)], 1, 3, "SUCCESS"),
        ([(C, GOOD)], 0, 3, "SUCCESS"),
        ([(C, FAILED)], None, 3, "FAILED"),
        ([(C, GOOD), (E, FAILED), (E, RUNNING)], 2, 2, "PARTIAL"),
        ([(C, GOOD), (E, GOOD), (A, FAILED)], 1, 3, "PARTIAL"),
        ([(U, RUNNING)], None, 1, "NOT_STARTED"),
        ([(U, GOOD)], None, 3, "SUCCESS"),
        ([(E, RUNNING)], None, 1, "NOT_STARTED"),
        ([(E, GOOD), (A, WAITING)], None, 3, "NOT_STARTED"),
    ],
)
def test_how_far_a_pipeline_is(
    jobs: list[tuple[JobType, tuple[JobState, JobResult | None]]], expected: int | None, phase: int, status: str
) -> None:
    pipeline = Pipeline("p", jobs[0][0], None, expected, tuple(job(*item) for item in jobs))
    assert (pipeline.phase, pipeline.due_status) == (phase, status)


def test_a_job_without_a_pipeline_is_done_by_its_own_end() -> None:
    for how, done, failed in ((RUNNING, False, False), (GOOD, True, False), (FAILED, True, True)):
        progress = Pipeline(None, U, None, None, (job(U, how),)).progress()
        assert (progress["done"], progress["has_error"], progress["status"]) == (done, failed, None)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, True),
        ({}, {"year": 2025}, False),
        ({}, {"module_type_id": 7, "data_entry_type_id": 40}, False),
        ({"target_type": 1}, {"target_type": 0}, True),
        ({"target_type": 1, "data_entry_type_id": None}, {}, True),
        ({"module_type_id": 4, "data_entry_type_id": 10}, {"module_type_id": 4, "data_entry_type_id": 11}, False),
        ({"module_type_id": None, "data_entry_type_id": None, "target_type": 2}, {}, False),
        ({"kind": A, "data_entry_type_id": None, "ingestion_method": 3}, {}, False),
        (
            {"kind": A, "data_entry_type_id": None, "ingestion_method": 3},
            {"kind": A, "data_entry_type_id": None, "ingestion_method": 3},
            True,
        ),
        ({"kind": E, "ingestion_method": 3}, {}, True),
    ],
)
def test_which_jobs_must_not_run_at_once(one: dict[str, Any], other: dict[str, Any], expected: bool) -> None:
    first, second = (job(fields.pop("kind", C), **fields) for fields in (dict(one), dict(other)))
    assert collide(first, second) is collide(second, first) is expected


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)
OBJECTS = st.dictionaries(st.text(max_size=3), PLAIN, max_size=4)


@given(OBJECTS, OBJECTS)
def test_merging_keeps_what_is_not_named_and_takes_what_is(stored: dict[str, Any], change: dict[str, Any]) -> None:
    result = years.merged(stored, change)
    assert result.keys() == stored.keys() | change.keys()
    for key in stored.keys() - change.keys():
        assert result[key] == stored[key]
    for key, value in change.items():
        if not isinstance(value, dict):
            assert result[key] == value
    assert years.merged(result, change) == result
    assert years.merged(stored, {}) == stored


@given(OBJECTS)
def test_whatever_is_sent_is_either_refused_or_survives_being_answered(config: dict[str, Any]) -> None:
    for wanted in (config, {"modules": config}, {"modules": {"1": config}}, {"reduction_objectives": config}):
        try:
            years.check_goals(wanted, 2026)
            stored = years.merged(years.default_config(), years.cleaned(wanted))
        except (years.ConfigError, years.GoalError):
            continue
        answered = with_injected(stored, [])
        assert {"1", "8"} <= answered["modules"].keys()
        assert all("incomplete" in answered["modules"][str(int(spec.id))] for spec in MODULES)


def test_a_fresh_year_lacks_what_the_contract_says() -> None:
    modules = with_injected(years.default_config(), [])["modules"]
    assert list(modules) == [str(number) for number in range(1, 9)]
    assert all(module["incomplete"] for module in modules.values())
    reasons = {
        key: sub["incomplete_reasons"] for module in modules.values() for key, sub in module["submodules"].items()
    }
    both = ["missing_factor", "missing_reference"]
    assert {key for key, value in reasons.items() if value == both} == {"20", "21", "30"}
    assert {key for key, value in reasons.items() if not value} == {"10", "11", "12", *map(str, range(60, 67))}


def test_a_running_or_failed_upload_counts_as_present_and_the_lowest_method_wins() -> None:
    found = [job(JobType.FACTOR_INGEST, how, target_type=1, ingestion_method=3) for how in (RUNNING, FAILED)]
    found.append(job(JobType.FACTOR_INGEST, GOOD, target_type=1, ingestion_method=1))
    shown = with_injected(years.default_config(), found)["modules"]["8"]["submodules"]["50"]
    assert shown["incomplete"] is False
    assert shown["latest_factor_job"]["job_id"] == found[-1].id


def test_emissions_older_than_their_factors_need_a_recalculation() -> None:
    factor = job(JobType.FACTOR_INGEST, GOOD, target_type=1)
    done = job(E, GOOD, ingestion_method=3)
    later = job(JobType.FACTOR_INGEST, WARNED, target_type=1)
    failed = job(E, FAILED, ingestion_method=3)
    for found, stale in (([factor], True), ([factor, done], False), ([later, done], True), ([factor, failed], True)):
        (module,) = recalculation_status(found, 2026)
        assert module["needs_recalculation"] is module["data_entry_types"][0]["needs_recalculation"] is stale
    assert recalculation_status([job(JobType.FACTOR_INGEST, FAILED, target_type=1), done], 2026) == []
    assert recalculation_status([job(JobType.FACTOR_INGEST, GOOD, target_type=1, data_entry_type_id=None)], 2026) == []


def test_roles_add_up_and_a_wrong_scope_grants_nothing() -> None:
    unit = {"role": PRINCIPAL, "on": {"kind": "unit", "institutional_id": "1"}}
    other = {"role": PRINCIPAL, "on": {"kind": "unit", "institutional_id": "2"}}
    assert len(permissions_of([unit, other, {"role": ADMIN, "on": {"kind": "global"}}])) == 18 + 7
    assert permissions_of([{"role": ADMIN, "on": {"kind": "unit"}}, {"role": "x", "on": None}, {}]) == {}


@given(st.text(max_size=40))
def test_no_path_leads_out(path: str) -> None:
    for check in (checked_path, checked_name, checked_dispatch_path):
        try:
            clean = check(path)
        except ForbiddenPathError:
            continue
        assert ".." not in clean.split("/")
        assert not clean.startswith("/")
        assert "\x00" not in clean
