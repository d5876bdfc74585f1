"""The lists operators of a server look at: pipelines and their filters, jobs, workers, sums, the audit trail."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from .backends import Backend

PROCESS = {"module_type_id": 8, "data_entry_type_id": 50}


@pytest.fixture(scope="module")
def year(backend: Backend, next_year: Callable[[], int]) -> int:
    """A year with a set-up, an upload that went well, one that failed, and a sync without a pipeline."""
    number = next_year()
    backend.year(number)
    backend.ingest(number, 1, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n", **PROCESS)
    backend.ingest(number, 0, "empty.csv", "", **PROCESS)
    job = backend.client().post("/sync/units", json={"target_year": number}).json()["job_id"]
    backend.follow_job(job)
    return number


def listed(backend: Backend, year: int, **query: Any) -> list[dict[str, Any]]:
    answer = backend.client().get("/sync/pipelines", params={"year": year, **query})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_pipelines_are_listed_newest_first_with_single_jobs_among_them(backend: Backend, year: int) -> None:
    items = listed(backend, year)
    assert [item["job_type"] for item in items] == ["unit_sync", "csv_ingest", "factor_ingest", "unit_sync"]
    assert [item["is_orphan"] for item in items] == [True, False, False, False]
    assert items[0]["progress"]["status"] is None
    assert items[0]["progress"]["done"] is True
    assert [item["error_count"] for item in items] == [0, 1, 0, 0]
    assert items[2]["job_count"] == 3
    assert items[2]["author"] == "Test User: calco2.backoffice.admin"
    assert items[3]["author"] is None
    assert (items[2]["module_label"], items[2]["jobs"][0]["data_entry_type_label"]) == ("process_emissions",) * 2
    assert all(set(job["meta"]) <= {"provider_name", "filters", "status_history", "phases"} for job in items[2]["jobs"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "failed"}, ["csv_ingest"]),
        ({"state": "SUCCESS"}, ["factor_ingest", "unit_sync"]),
        ({"state": "running"}, []),
        ({"has_errors": "true"}, ["csv_ingest"]),
        ({"has_errors": "false"}, ["unit_sync", "factor_ingest", "unit_sync"]),
        ({"job_type": "aggregation"}, ["factor_ingest"]),
        ({"module_type_id": 8}, ["csv_ingest", "factor_ingest"]),
        ({"module_type_id": 8, "job_type": "unit_sync"}, []),
        ({"q": "UNIT SYNC comp"}, ["unit_sync", "unit_sync"]),
        ({"q": "100%"}, []),
        ({"since": "2100-01-01T00:00:00Z"}, []),
        ({"until": "2100-01-01T00:00:00", "limit": 1}, ["unit_sync"]),
        ({"limit": 1, "offset": 1}, ["csv_ingest"]),
        ({"offset": 99}, []),
    ],
)
def test_the_list_can_be_narrowed(backend: Backend, year: int, query: dict[str, Any], expected: list[str]) -> None:
    assert [item["job_type"] for item in listed(backend, year, **query)] == expected


@pytest.mark.parametrize(
    "query",
    [
        {"state": "bogus"},
        {"limit": 0},
        {"limit": 201},
        {"offset": -1},
        {"since": "yesterday"},
        {"since": "0001-01-01T00:00:00+14:00"},
        {"year": 10**15},
        {"has_errors": "perhaps"},
    ],
)
def test_a_filter_that_is_none_is_422(backend: Backend, query: dict[str, Any]) -> None:
    answer = backend.client().get("/sync/pipelines", params=query)
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], str if query.get("state") else list)


def test_jobs_of_a_year_leave_out_what_the_server_leaves_out(backend: Backend, year: int) -> None:
    whole = backend.client().get(f"/sync/jobs/year/{year}").json()
    assert [job["job_id"] for job in whole] == sorted((job["job_id"] for job in whole), reverse=True)
    assert len(whole) == 6
    for key in ("data_entry_type_id", "result", "locked_by", "is_current"):
        assert {job[key] for job in whole} == {None}
    latest = backend.client().get(f"/sync/jobs/year/{year}/latest").json()
    assert {job["result"] for job in latest} == {0, 2}


def test_jobs_by_status(backend: Backend, year: int) -> None:
    completed = backend.client().get("/sync/jobs/by-status").json()
    assert {job["state"] for job in completed} == {3}
    assert backend.client().get("/sync/jobs/by-status?filter_type=bogus").json()[0]["id"] == completed[0]["id"]
    assert all(job["state"] != 3 for job in backend.client().get("/sync/jobs/by-status?filter_type=active").json())


def test_only_a_job_of_a_lost_worker_can_be_recovered(backend: Backend, year: int) -> None:
    ((job,),) = backend.ask("SELECT max(id) FROM jobs WHERE year = ?", year)
    for unknown in (job, 999_999):
        assert backend.client().post(f"/sync/jobs/{unknown}/recover").status_code == 409


def test_the_worker_is_listed(backend: Backend) -> None:
    (worker,) = backend.client().get("/sync/workers").json()
    assert worker["heartbeat_age_seconds"] < 60


def test_sums_that_cannot_be_relied_on(backend: Backend, year: int) -> None:
    found = backend.client().get("/sync/health/stale-stats").json()
    of_year = {item["module_type_id"]: item["why_stale"] for item in found if item["year"] == year}
    assert of_year == dict.fromkeys(range(1, 8), "no_aggregation_ever")
    assert backend.client().get("/sync/health/stale-stats?older_than_minutes=0").status_code == 422


def test_factors_a_later_file_no_longer_lists(backend: Backend, next_year: Callable[[], int]) -> None:
    year = next_year()
    backend.year(year)
    head = "category,unit,ef_kg_co2eq_per_unit\n"
    backend.ingest(year, 1, "f.csv", f"{head}co2,kg,1\nch4,kg,28\n", **PROCESS)
    assert backend.client().get(f"/factors/stale?year={year}").json() == []
    backend.ingest(year, 1, "f.csv", f"{head}co2,kg,2\n", **PROCESS)
    (left,) = backend.client().get(f"/factors/stale?year={year}").json()
    assert left["classification"]["category"] == "ch4"
    assert backend.client().get("/factors/stale").status_code == 422


def test_years_known_from_reports(backend: Backend, year: int) -> None:
    found = backend.client().get("/backoffice/years").json()
    assert str(year) in found["years"]
    assert found["latest"] == max(found["years"])


def test_the_audit_trail_can_be_searched_and_exported(backend: Backend, year: int) -> None:
    client = backend.client()
    whole = client.get("/audit/activity", params={"page_size": 1}).json()
    assert whole["pagination"]["total"] == client.get("/audit/stats").json()["total_entries"]
    assert client.get("/audit/activity", params={"action": "bogus"}).json()["data"] == []
    assert client.get("/audit/activity", params={"search": f"year {year}"}).status_code == 200
    assert client.get("/audit/activity", params={"sort_by": "bogus", "sort_desc": "false"}).json()["data"][0]["id"] == 1
    assert client.get("/audit/activity/999999").status_code == 404
    exported = client.get("/audit/export", params={"entity_type": "year_configuration"})
    rows = list(csv.DictReader(io.StringIO(exported.text)))
    assert {row["entity_type"] for row in rows} == {"year_configuration"}
    assert "attachment" in exported.headers["content-disposition"]
    assert isinstance(client.get("/audit/export", params={"format": "json"}).json(), list)
    assert client.get("/audit/export", params={"format": "xml"}).status_code == 422
