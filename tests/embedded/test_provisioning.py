"""Provisioning a year: followed from the click to the stamp, repaired after a failure, and repeated without harm."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from .backends import ROOT, Backend

NextYear = Callable[[], int]
UNITS = list(csv.DictReader((ROOT / "resources" / "units.csv").read_text(encoding="utf-8").splitlines()))


def counts(backend: Backend, year: int) -> tuple[int, int, int, int]:
    """Units, principals, reports and modules of the year."""
    ((units,),) = backend.ask("SELECT count(*) FROM units")
    ((people,),) = backend.ask(
        "SELECT count(*) FROM users WHERE CAST(roles_raw AS text) LIKE '%user.principal%'"
        " AND email NOT LIKE 'testuser%'"
    )
    ((reports,),) = backend.ask("SELECT count(*) FROM carbon_reports WHERE year = ?", year)
    ((modules,),) = backend.ask(
        "SELECT count(*) FROM carbon_report_modules WHERE carbon_report_id IN"
        " (SELECT id FROM carbon_reports WHERE year = ?)",
        year,
    )
    return units, people, reports, modules


def expected() -> tuple[int, int, int, int]:
    people = {row["principal_institutional_id"] for row in UNITS} - {""}
    return len(UNITS), len(people), len(UNITS), 8 * len(UNITS)


def test_a_created_year_is_provisioned_while_its_stream_tells_how(fresh: Callable[..., Backend]) -> None:
    backend = fresh("--pace", "0.05")
    client = backend.client()
    created = client.post("/year-configuration/2026").json()
    pipeline = created["pipeline_id"]
    assert client.get("/sync/active-pipelines/year/2026").json() == [pipeline]
    assert client.get("/sync/active-pipelines", params={"year": 2026, "modules": "1,2"}).json() == {}
    seen = backend.follow(pipeline)
    messages = [event["jobs"][0]["status_message"] for event in seen]
    assert len(set(messages) - {None}) == 5
    assert all(event["progress"]["phase_label"] == "data" for event in seen[:-2])
    assert seen[-1] == {**seen[-2], "stream_closed": True}
    assert seen[-1]["progress"] == {
        "phase": 3,
        "phases_total": 3,
        "phase_label": "aggregation",
        "done": True,
        "has_error": False,
        "status": "SUCCESS",
        "kind": "unit_sync",
    }
    assert client.get("/sync/active-pipelines/year/2026").json() == []
    assert client.get("/year-configuration/2026").json()["configuration_completed"].endswith("Z")
    assert counts(backend, 2026) == expected()


def test_a_sync_can_be_repeated_and_doubles_nothing(backend: Backend, next_year: NextYear) -> None:
    year = next_year()
    backend.year(year)
    stamped = backend.client().get(f"/year-configuration/{year}").json()["configuration_completed"]
    answer = backend.client().post("/sync/units", json={"target_year": year})
    assert answer.status_code == 200
    assert answer.json()["pipeline_id"] is None
    told = backend.follow_job(answer.json()["job_id"])
    assert told[-1]["stream_closed"] is True
    assert (told[-1]["state"], told[-1]["result"]) == (3, 0)
    meta = told[-1]["meta"]
    assert [phase["name"] for phase in meta["phases"]] == [
        "fetch_units",
        "upsert_units_and_users",
        "create_carbon_reports",
        "ensure_modules",
    ]
    assert all(phase["state"] == "finished" and phase["finished_at"] for phase in meta["phases"])
    assert (meta["units_synced"], meta["carbon_reports_created"]) == (len(UNITS), 0)
    assert counts(backend, year) == expected()
    assert backend.client().get(f"/year-configuration/{year}").json()["configuration_completed"] > stamped


def test_a_sync_of_a_year_that_is_not_configured_stamps_nothing(backend: Backend, next_year: NextYear) -> None:
    year = next_year()
    job = backend.client().post("/sync/units", json={"target_year": year}).json()["job_id"]
    assert backend.follow_job(job)[-1]["result"] == 0
    assert backend.client().get(f"/year-configuration/{year}").status_code == 404


@pytest.mark.parametrize("body", [{}, {"target_year": "x"}, {"target_year": None}, {"target_year": 10**12}, None])
def test_a_sync_needs_a_year(backend: Backend, body: object) -> None:
    assert backend.client().post("/sync/units", json=body).status_code == 422


HEADER = (
    "institutional_id,name,level,parent_institutional_id,principal_email,principal_name,principal_institutional_id\n"
)
BROKEN = {
    "missing": None,
    "empty": b"",
    "header only": HEADER.encode(),
    "another table": b"a,b\n1,2\n",
    "not text": HEADER.encode() + b"1,Caf\xe9,4,,,,\n",
    "a wrong level": HEADER.encode() + b"1,Group,9,,,,\n",
    "a unit twice": HEADER.encode() + b"1,Group,4,,,,\n1,Group,4,,,,\n",
    "no name": HEADER.encode() + b"1,,4,,,,\n",
}


def test_a_directory_that_cannot_be_trusted_fails_the_sync_and_a_retry_repairs_it(
    tmp_path: Path, fresh: Callable[..., Backend]
) -> None:
    directory = tmp_path / "units.csv"
    backend = fresh("--units", str(directory))
    client = backend.client()
    for number, (kind, content) in enumerate(BROKEN.items()):
        directory.unlink(missing_ok=True)
        if content is not None:
            directory.write_bytes(content)
        year = 2030 + number
        last = backend.follow(client.post(f"/year-configuration/{year}").json()["pipeline_id"])[-1]
        assert last["progress"]["status"] == "FAILED", kind
        assert last["jobs"][0]["result"] == "ERROR"
        assert "unit directory" in last["jobs"][0]["status_message"]
        assert client.get(f"/year-configuration/{year}").json()["configuration_completed"] is None
        assert client.post(f"/year-configuration/{year}").status_code == 409
    assert backend.ask("SELECT count(*) FROM units") == [(0,)]
    directory.write_text(HEADER + "1,École,2,,,,\n2,Group,4,1,p@example.org,P. Q.,77\n", encoding="utf-8")
    told = backend.follow_job(client.post("/sync/units", json={"target_year": 2030}).json()["job_id"])
    assert told[-1]["result"] == 0
    assert client.get("/year-configuration/2030").json()["configuration_completed"]
    assert backend.ask("SELECT count(*) FROM carbon_report_modules") == [(16,)]


def test_a_principal_keeps_the_rights_a_sync_finds(fresh: Callable[..., Backend]) -> None:
    backend = fresh()
    backend.client("calco2.user.principal")
    backend.year(2026)
    rights = backend.client("calco2.user.principal").get("/session").json()["permissions"]
    assert rights["modules.headcount/13032"] == ["view", "edit", "sync"]
    ((roles,),) = backend.ask("SELECT roles_raw FROM users WHERE institutional_id = ?", "104046")
    assert "10017" in str(roles)
