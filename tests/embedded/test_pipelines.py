"""Pipelines from their root to their end: the jobs that follow, copies, recalculations, and stopping one."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from yearadmin.embedded.run import counted

from .backends import SAMPLE, Backend, Event

DATA, FACTORS, REDUCTION, REFERENCES = 0, 1, 2, 3
PROCESS = {"module_type_id": 8, "data_entry_type_id": 50}
GOOD_FACTORS = "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n"
GOOD_DATA = "unit_institutional_id,category,quantity\n13032,co2,5\n10017,co2,7\n"
NextYear = Callable[[], int]


@pytest.fixture
def year(backend: Backend, next_year: NextYear) -> int:
    number = next_year()
    backend.year(number)
    return number


def kinds(event: Event) -> list[str]:
    return [job["job_type"] for job in event["jobs"]]


def submodule(backend: Backend, year: int, module: int = 8, det: int = 50) -> dict[str, Any]:
    config = backend.client().get(f"/year-configuration/{year}").json()["config"]
    found: dict[str, Any] = config["modules"][str(module)]["submodules"][str(det)]
    return found


def test_factors_and_data_are_followed_by_emissions_and_totals(backend: Backend, year: int) -> None:
    factors = backend.ingest(year, FACTORS, "f.csv", GOOD_FACTORS, **PROCESS)
    assert kinds(factors) == ["factor_ingest", "emission_recalc", "aggregation"]
    data = backend.ingest(year, DATA, "d.csv", GOOD_DATA, **PROCESS)
    assert kinds(data) == ["csv_ingest", "emission_recalc", "aggregation"]
    assert {job["state"] for job in data["jobs"]} == {"FINISHED"}
    assert data["progress"]["status"] == "SUCCESS"
    shown = submodule(backend, year)
    assert shown["latest_data_job"]["result"] == 0
    assert shown["latest_factor_job"]["meta"]["stats"]["rows_processed"] == 1
    assert shown["incomplete"] is False
    totals = backend.ask("SELECT sum(kg_co2eq) FROM module_totals WHERE year = ? AND module_type_id = 8", year)
    assert totals == [(12.0,)]


def test_a_common_file_is_followed_by_every_type_of_its_module_and_one_sum(backend: Backend, year: int) -> None:
    last = backend.sample(year, FACTORS, "equipment_common_factors.csv", module_type_id=4)
    assert kinds(last) == ["factor_ingest", *["emission_recalc"] * 3, "aggregation"]
    assert sorted(job["data_entry_type_id"] for job in last["jobs"][1:4]) == [10, 11, 12]
    module = backend.client().get(f"/year-configuration/{year}").json()["config"]["modules"]["4"]
    assert module["latest_common_factor_job"]["result"] == 0
    assert module["incomplete"] is False


def test_references_and_reduction_files_have_no_followers(backend: Backend, year: int) -> None:
    stations = backend.sample(
        year, REFERENCES, "travel_stations_references.csv", module_type_id=2, data_entry_type_id=21
    )
    assert kinds(stations) == ["reference_ingest"]
    footprint = backend.sample(year, REDUCTION, "reduction_footprint.csv", reduction_objective_type_id=0)
    assert kinds(footprint) == ["csv_ingest"]
    objectives = backend.client().get(f"/year-configuration/{year}").json()["config"]["reduction_objectives"]
    landed = objectives["files"]["institutional_footprint"]
    assert landed["filename"] == "reduction_footprint.csv"
    assert landed["rows_processed"] == len(objectives["institutional_footprint"]) == 70
    got = backend.client().get(f"/files/{landed['path']}", params={"d": "true"})
    assert got.content == (SAMPLE / "reduction_footprint.csv").read_bytes()


def test_a_file_that_fails_ends_its_pipeline_and_says_why(backend: Backend, year: int) -> None:
    last = backend.sample(year, FACTORS, "bad/missing_column.csv", **PROCESS)
    assert (last["progress"]["status"], last["progress"]["has_error"]) == ("FAILED", True)
    assert kinds(last) == ["factor_ingest"]
    job = submodule(backend, year)["latest_factor_job"]
    assert job["result"] == 2
    assert "ef_kg_co2eq_per_unit" in job["meta"]["error"]
    assert "processed_file_path" not in job["meta"]


def test_skipped_rows_are_a_warning_and_the_pipeline_succeeds(backend: Backend, year: int) -> None:
    last = backend.sample(year, DATA, "bad/bad_rows.csv", module_type_id=1, data_entry_type_id=1)
    assert last["progress"]["status"] == "SUCCESS"
    assert last["jobs"][0]["result"] == "WARNING"
    job = submodule(backend, year, 1, 1)["latest_data_job"]
    assert job["status_message"] == f"WARNING: {job['meta']['inserted']} inserted, {job['meta']['skipped']} skipped"
    assert job["meta"]["stats"]["row_errors_count"] == len(job["meta"]["stats"]["row_errors"]) == job["meta"]["skipped"]


def test_several_uploads_of_one_slot_never_run_at_once_and_all_end(backend: Backend, year: int) -> None:
    backend.ingest(year, FACTORS, "f.csv", GOOD_FACTORS, **PROCESS)
    pipelines = [
        backend.dispatch(year, DATA, backend.put(f"d{number}.csv", GOOD_DATA), **PROCESS).json()["pipeline_id"]
        for number in range(6)
    ]
    for pipeline in pipelines:
        assert backend.follow(pipeline)[-1]["progress"]["status"] == "SUCCESS"
    spans = backend.ask(
        "SELECT started_at, finished_at FROM jobs WHERE year = ? AND job_type = 'csv_ingest' ORDER BY started_at", year
    )
    assert len(spans) == 6
    assert all(later[0] >= earlier[1] for earlier, later in pairwise(spans))
    assert backend.ask("SELECT count(*) FROM data_entries WHERE year = ?", year) == [(2,)]
    assert backend.ask("SELECT count(*) FROM jobs WHERE year = ? AND job_type = 'csv_ingest' AND is_current", year) == [
        (1,)
    ]


def test_a_file_can_be_copied_from_the_year_before(backend: Backend, year: int, next_year: NextYear) -> None:
    backend.ingest(year, FACTORS, "f.csv", GOOD_FACTORS, **PROCESS)
    backend.ingest(year, DATA, "d.csv", GOOD_DATA, **PROCESS)
    latest = backend.client().get(f"/sync/jobs/year/{year}/latest").json()
    (source,) = (job for job in latest if (job["module_type_id"], job["target_type"]) == (8, 1))
    later = next_year()
    backend.year(later)
    answer = backend.dispatch(later, FACTORS, None, **PROCESS, source_job_id=source["job_id"])
    assert backend.follow(answer.json()["pipeline_id"])[-1]["progress"]["status"] == "SUCCESS"
    copied = submodule(backend, later)["latest_factor_job"]["meta"]
    assert copied["config"]["copied_from_job_id"] == source["job_id"]
    assert backend.client().get(f"/files/{source['meta']['processed_file_path']}").status_code == 200
    assert backend.client().get(f"/files/{copied['processed_file_path']}").text == GOOD_FACTORS
    wrong = {"source_job_id": source["job_id"]}
    assert backend.dispatch(later, DATA, None, **PROCESS, **wrong).status_code == 400
    assert backend.dispatch(later, FACTORS, None, module_type_id=7, data_entry_type_id=40, **wrong).status_code == 400


def test_only_a_job_that_succeeded_with_a_file_can_be_copied(backend: Backend, year: int) -> None:
    backend.sample(year, FACTORS, "bad/missing_column.csv", **PROCESS)
    failed = submodule(backend, year)["latest_factor_job"]["job_id"]
    backend.sample(year, REDUCTION, "reduction_footprint.csv", reduction_objective_type_id=0)
    ((reduction,),) = backend.ask("SELECT id FROM jobs WHERE year = ? AND target_type = 2", year)
    assert backend.dispatch(year, FACTORS, None, **PROCESS, source_job_id=failed).status_code == 422
    answer = backend.dispatch(year, REDUCTION, None, reduction_objective_type_id=0, source_job_id=reduction)
    assert answer.status_code == 422


def test_recalculating_one_type(backend: Backend, year: int) -> None:
    backend.ingest(year, FACTORS, "f.csv", GOOD_FACTORS, **PROCESS)
    answer = backend.client().post(f"/sync/recalculate-emissions/8/50?year={year}")
    assert answer.status_code == 200
    last = backend.follow(answer.json()["pipeline_id"])[-1]
    assert kinds(last) == ["emission_recalc", "aggregation"]
    assert last["progress"]["status"] == "SUCCESS"


def test_recalculating_a_module_counts_for_each_of_its_types(backend: Backend, year: int) -> None:
    client = backend.client()
    assert client.post(f"/sync/recalculate-emissions/8?year={year}").status_code == 400
    backend.ingest(year, FACTORS, "f.csv", GOOD_FACTORS, **PROCESS)
    assert client.post(f"/sync/recalculate-emissions/8?year={year}").status_code == 400
    answer = client.post(f"/sync/recalculate-emissions/8?year={year}&only_stale=false")
    last = backend.follow(answer.json()["pipeline_id"])[-1]
    assert kinds(last) == ["module_emission_recalc", "aggregation"]
    ((module,),) = [client.get(f"/sync/recalculation-status?year={year}").json()]
    (item,) = module["data_entry_types"]
    assert item["needs_recalculation"] is False
    assert item["last_recalculation_job_id"] > answer.json()["job_id"]
    whole = client.get(f"/year-configuration/{year}").json()
    assert whole["recalculation_status"] == [module]


@pytest.mark.parametrize(
    "path", ["77/50?year=2025", "8/999?year=2025", "8/50", "8?year=x", "8?year=2025&only_stale=perhaps", "x?year=2025"]
)
def test_a_recalculation_of_nothing_known_is_422(backend: Backend, path: str) -> None:
    assert backend.client().post(f"/sync/recalculate-emissions/{path}").status_code == 422


def test_computing_factors_is_checked(backend: Backend) -> None:
    def ask(module: int, det: int, **body: Any) -> int:
        whole = {"ingestion_method": 3, "target_type": 1, "year": 2025, **body}
        return backend.client().post(f"/sync/factors/{module}/{det}", json=whole).status_code

    assert ask(8, 50) == 400
    assert ask(6, 70, year=None) == 400
    assert ask(6, 70, ingestion_method=1) == 400
    assert ask(77, 70) == 422
    assert ask(6, 70, ingestion_method="computed") == 422


def test_a_stopped_upload_leaves_nothing_behind(fresh: Callable[..., Backend]) -> None:
    backend = fresh()
    backend.year(2026)
    backend.ingest(2026, FACTORS, "f.csv", GOOD_FACTORS, **PROCESS)
    backend.process.stop()
    backend = fresh("--pace", "0.15")
    answer = backend.dispatch(2026, DATA, backend.put("d.csv", GOOD_DATA), **PROCESS)
    pipeline, job = answer.json()["pipeline_id"], answer.json()["job_id"]
    client = backend.client()
    while client.get(f"/sync/pipelines/{pipeline}").json()["jobs"][0]["state"] != "RUNNING":
        time.sleep(0.01)
    assert client.get("/sync/active-pipelines", params={"year": 2026, "modules": "1,8,,9"}).json() == {"8": pipeline}
    assert submodule(backend, 2026)["latest_data_job"]["state"] == 2
    stopped = client.post(f"/sync/pipelines/{pipeline}/abort")
    email = client.get("/session").json()["email"]
    assert stopped.json() == {"pipeline_id": pipeline, "aborted_job_ids": [job], "aborted_by": email}
    last = backend.follow(pipeline)[-1]
    assert (last["progress"]["status"], last["jobs"][0]["result"]) == ("FAILED", "ERROR")
    assert email in last["jobs"][0]["status_message"]
    assert submodule(backend, 2026)["latest_data_job"] is None
    assert client.post(f"/sync/pipelines/{pipeline}/abort").status_code == 409
    # The slot takes the next file at once: whoever worked on the stopped one has let go.
    again = backend.dispatch(2026, DATA, backend.put("d.csv", GOOD_DATA), **PROCESS).json()["pipeline_id"]
    assert backend.follow(again)[-1]["progress"]["status"] == "SUCCESS"
    assert backend.client().get(f"/sync/pipelines/{pipeline}").json()["jobs"] == [
        {**backend.client().get(f"/sync/pipelines/{pipeline}").json()["jobs"][0], "state": "FINISHED"}
    ]
    assert backend.ask("SELECT count(*) FROM data_entries") == [(2,)]
    assert backend.process.errors == ""


def test_stopping_a_set_up_leaves_the_year_to_be_repaired(fresh: Callable[..., Backend]) -> None:
    backend = fresh("--pace", "0.15")
    client = backend.client()
    pipeline = client.post("/year-configuration/2026").json()["pipeline_id"]
    assert client.post(f"/sync/pipelines/{pipeline}/abort").status_code == 200
    assert backend.follow(pipeline)[-1]["progress"]["status"] == "FAILED"
    assert client.get("/sync/active-pipelines/year/2026").json() == []
    job = client.post("/sync/units", json={"target_year": 2026}).json()["job_id"]
    assert backend.follow_job(job)[-1]["result"] == 0
    assert client.get("/year-configuration/2026").json()["configuration_completed"]


def test_what_cannot_be_stopped(backend: Backend) -> None:
    client = backend.client()
    assert client.post("/sync/pipelines/00000000-0000-4000-8000-000000000000/abort").status_code == 404
    assert client.post("/sync/pipelines/not-a-uuid/abort").status_code == 422


def test_asking_for_active_pipelines_wrongly(backend: Backend) -> None:
    client = backend.client()
    assert client.get("/sync/active-pipelines").status_code == 422
    assert client.get("/sync/active-pipelines?year=2025").status_code == 422
    assert client.get("/sync/active-pipelines?year=2025&modules=1,x").status_code == 400
    assert client.get("/sync/active-pipelines?year=2025&modules=").json() == {}
    assert client.get("/sync/active-pipelines/year/x").status_code == 422
    assert client.get("/sync/pipelines/not-a-uuid").status_code == 422
    assert client.get("/sync/pipelines/00000000-0000-4000-8000-000000000000").status_code == 404


def test_the_steps_of_a_file_are_remembered_and_not_each_count(backend: Backend, next_year: Callable[[], int]) -> None:
    """However many rows: what was told while it ran must not push out what came first (contract section 7.4)."""
    year = next_year()
    backend.year(year)
    backend.ingest(year, FACTORS, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n", **PROCESS)
    rows = "unit_institutional_id,category,quantity\n" + "13032,co2,1\n" * 60_000
    job = backend.dispatch(year, 0, backend.put("d.csv", rows), **PROCESS).json()["job_id"]
    told = backend.follow_job(job)
    steps = [item["message"] for item in told[-1]["meta"]["status_history"]]
    assert steps == ["Looking at the file", "Checking rows", "Storing rows"]
    assert told[-1]["meta"]["progress"]["phase"] == "Storing rows"


def test_a_count_is_told_with_its_speed_once_that_means_anything() -> None:
    assert counted("Reading", 0, 0, 9.0) == "Reading"
    assert counted("Reading", 0, 4_000, 0.0) == "Reading: 0 of 4,000 rows"
    assert counted("Reading", 1_000, 4_000, 0.1) == "Reading: 1,000 of 4,000 rows"
    assert counted("Reading", 1_000, 4_000, 2.0) == "Reading: 1,000 of 4,000 rows, 500 a second, about 6 s left"
