"""``--era 2026-05``: our answers beside those recorded from the production server of May 2026."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.backend_process import BackendProcess
from tests.contract.recorded import MAY, find, recording

from .backends import METIER, PRINCIPAL, STANDARD, Backend, Event, events
from .test_recordings import differences, shape

SUPERADMIN = "calco2.superadmin"
PROCESS = {"module_type_id": 8, "data_entry_type_id": 50}
FACTORS = "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n"
NOBODY = "00000000-0000-4000-8000-000000000000"


class MayBackend(Backend):
    """Used by the back office of May."""

    def client(self, role: str | None = METIER) -> Any:
        """A client signed in with that role, or with none."""
        return super().client(role)

    def upload(self, year: int, target: int, content: str) -> tuple[int, Event]:
        """Upload and follow the job, as there is no pipeline to follow yet; its id and last event."""
        answer = self.dispatch(year, target, self.put("f.csv", content), **PROCESS)
        assert answer.status_code == 200, answer.text
        job = answer.json()["job_id"]
        return job, self.follow_job(job)[-1]

    def rows(self, which: str) -> list[dict[str, Any]]:
        """Raw rows of jobs, newest first."""
        found: list[dict[str, Any]] = self.client().get(f"/sync/jobs/by-status?filter_type={which}").json()
        return found


@pytest.fixture(scope="module")
def may(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MayBackend]:
    data_dir = tmp_path_factory.mktemp("may")
    process = BackendProcess()
    process.start(data_dir, "--era", "2026-05")
    backend = MayBackend(process, data_dir)
    created = backend.client().post("/year-configuration/2025").json()
    backend.follow(created["pipeline_id"])
    backend.upload(2025, 1, FACTORS)
    backend.upload(2025, 0, "unit_institutional_id,category,quantity\n13032,co2,5\nnowhere,co2,5\n")
    yield backend
    backend.close()
    process.stop()
    assert process.errors == ""


def of(backend: MayBackend, kind: str) -> str:
    ((found,),) = backend.ask("SELECT pipeline_id FROM jobs WHERE job_type = ? AND pipeline_id NOT NULL LIMIT 1", kind)
    return str(found)


SAME: list[tuple[str, str | None, str, Callable[[MayBackend], str], object]] = [
    ("010", METIER, "GET", lambda b: "/auth/me", None),
    ("011", PRINCIPAL, "GET", lambda b: "/auth/me", None),
    ("013", None, "GET", lambda b: "/auth/me", None),
    ("077", METIER, "POST", lambda b: "/year-configuration/2025", None),
    ("104", METIER, "GET", lambda b: f"/sync/pipelines/{of(b, 'unit_sync')}", None),
    ("166", METIER, "GET", lambda b: f"/sync/pipelines/{of(b, 'csv_ingest')}", None),
    ("107", METIER, "GET", lambda b: "/year-configuration/2025", None),
    ("109", SUPERADMIN, "GET", lambda b: "/year-configuration/", None),
    ("112", METIER, "GET", lambda b: "/sync/jobs/year/2025/latest", None),
    ("118", METIER, "POST", lambda b: "/sync/jobs/1/cancel", None),
    ("125", METIER, "POST", lambda b: "/year-configuration/2022", {}),
    ("133", METIER, "POST", lambda b: "/sync/units", {"target_year": 2022}),
    ("143", METIER, "GET", lambda b: "/sync/jobs/by-status?filter_type=completed", None),
    ("236", METIER, "POST", lambda b: "/sync/recalculate-emissions/8/50?year=2025", None),
    ("248", METIER, "GET", lambda b: "/sync/recalculation-status?year=2025", None),
]


@pytest.mark.parametrize(("number", "role", "method", "path", "body"), SAME, ids=[item[0] for item in SAME])
def test_an_answer_has_the_recorded_keys_and_kinds(
    may: MayBackend, number: str, role: str | None, method: str, path: Callable[[MayBackend], str], body: object
) -> None:
    recorded = recording(MAY, number)
    answer = may.client(role).request(method, path(may), json=body)
    assert answer.status_code == recorded.status, answer.text
    assert differences(shape(answer.json()), shape(recorded.body)) == []


def test_roles_show_the_recorded_permissions_and_nothing_of_later_ones(may: MayBackend) -> None:
    theirs: Any = recording(MAY, "010").body
    ours = may.client(METIER).get("/auth/me").json()
    for key in ("permissions", "roles_raw", "email", "display_name", "institutional_id", "provider"):
        assert ours[key] == theirs[key]
    principal: Any = recording(MAY, "011").body
    held = {key.partition("/")[0]: value for key, value in principal["permissions"].items()}
    shown = may.client(PRINCIPAL).get("/auth/me").json()["permissions"]
    assert {key.partition("/")[0]: value for key, value in shown.items()} == held
    unknown = may.client("calco2.backoffice.admin").get("/auth/me").json()
    assert unknown["permissions"] == {}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/session", 404),
        ("POST", "/session", 404),
        ("DELETE", "/session", 404),
        ("GET", "/auth/refresh", 405),
        ("GET", "/sync/pipelines", 404),
        ("GET", "/sync/pipelines/", 404),
        ("GET", "/sync/workers", 404),
        ("POST", f"/sync/pipelines/{NOBODY}/abort", 404),
        ("GET", f"/sync/pipelines/{NOBODY}", 404),
        ("GET", f"/sync/pipelines/{NOBODY}/stream", 404),
        ("POST", "/sync/jobs/999999/cancel", 404),
        ("GET", "/audit/activity", 403),
        ("POST", "/auth/refresh", 200),
    ],
)
def test_what_came_later_is_not_there_and_what_was_there_is(
    may: MayBackend, method: str, path: str, status: int
) -> None:
    assert may.client().request(method, path).status_code == status


def test_pipelines_are_the_back_offices_alone(may: MayBackend) -> None:
    for role in (PRINCIPAL, STANDARD):
        for path in (
            f"/sync/pipelines/{of(may, 'unit_sync')}",
            "/sync/active-pipelines/year/2025",
            "/sync/jobs/year/2025",
        ):
            assert may.client(role).get(path).status_code == 403
    assert may.client(None).get("/sync/jobs/year/2025").status_code == 401


def test_signing_out_clears_both_cookies(may: MayBackend) -> None:
    answer = may.client(None).post("/auth/logout")
    assert answer.status_code == 200
    assert len(answer.headers.get_list("set-cookie")) == 2


def test_audit_numbers_years_by_the_year_alone(may: MayBackend) -> None:
    found = may.client(SUPERADMIN).get("/audit/activity?entity_type=year_configuration").json()["data"]
    assert 2025 in [item["entity_id"] for item in found]


def test_files_can_be_sent_before_a_year_is_provisioned(may: MayBackend) -> None:
    _, last = may.upload(1999, 1, FACTORS)
    assert (last["state"], last["result"]) == (3, 0)


def test_a_job_has_no_pipeline_until_its_first_child(may: MayBackend) -> None:
    failed, last = may.upload(2025, 1, "nothing\n1\n")
    assert last["result"] == 2
    assert "recalc_jobs_chained" not in last["meta"]
    went_well, last = may.upload(2025, 1, FACTORS)
    assert last["meta"]["recalc_jobs_chained"] == 1
    year = may.client(SUPERADMIN).get("/year-configuration/2025").json()
    told = year["config"]["modules"]["8"]["submodules"]["50"]["latest_factor_job"]
    assert (told["job_id"], told["meta"]["recalc_jobs_chained"]) == (last["job_id"], 1)
    rows = may.client(SUPERADMIN).get("/sync/jobs/by-status").json()
    chained = {row["job_type"] for row in rows if "recalc_jobs_chained" in (row["meta"] or {})}
    assert chained <= {"csv_ingest", "factor_ingest"}
    assert "factor_ingest" in chained
    rows = {row["id"]: row for row in may.rows("completed")}
    assert rows[failed]["pipeline_id"] is None
    pipeline = rows[went_well]["pipeline_id"]
    assert may.client().get(f"/sync/pipelines/{pipeline}").status_code == 200
    ((hidden,),) = may.ask("SELECT pipeline_id FROM jobs WHERE id = ?", failed)
    assert may.client().get(f"/sync/pipelines/{hidden}").status_code == 404
    assert may.client().get("/sync/active-pipelines?year=2025&modules=1,8").json() == {}


def test_the_stream_of_a_pipeline_has_the_recorded_shape_and_ends_with_all_its_jobs(may: MayBackend) -> None:
    lines = find(MAY, "157").read_text(encoding="utf-8").splitlines()
    theirs = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith('data: {"')]
    ours = list(events(may.client(), f"/sync/pipelines/{of(may, 'csv_ingest')}/stream"))
    assert differences(shape(ours[-1]), shape(theirs[-1])) == []
    assert [job["state"] for job in ours[-1]["jobs"]] == [3, 3, 3]
    assert ours[-1]["jobs"][0]["status_message"] == "Success"


def test_success_is_told_whatever_became_of_the_rows(may: MayBackend) -> None:
    _, last = may.upload(2025, 0, "unit_institutional_id,category,quantity\nnowhere,co2,5\n")
    assert (last["status_message"], last["result"], last["meta"]["skipped"]) == ("Success", 2, 1)


def test_references_and_copies_are_unknown(may: MayBackend) -> None:
    path = may.put("r.csv", "building_location,building_name,room_name\na,b,c\n")
    refused = may.dispatch(2025, 3, path, module_type_id=3, data_entry_type_id=30)
    assert refused.status_code == recording(MAY, "196").status
    assert may.dispatch(2025, 1, None, **PROCESS, source_job_id=1).status_code == recording(MAY, "265").status


def test_without_demo_signing_in_as_a_test_user_is_403(tmp_path: Path) -> None:
    with BackendProcess() as process:
        process.start(tmp_path, "--era", "2026-05", "--pace", "0.3", demo=False)
        backend = MayBackend(process, tmp_path)
        assert backend.process.base_url
        answer = Backend.client(backend, None).get("/auth/login-test", params={"role": METIER})
        assert answer.status_code == recording(MAY, "298").status
        backend.close()


def test_a_running_job_is_cancelled_by_itself(tmp_path: Path) -> None:
    with BackendProcess() as process:
        process.start(tmp_path, "--era", "2026-05", "--pace", "0.3")
        backend = MayBackend(process, tmp_path)
        pipeline = backend.client().post("/year-configuration/2022").json()["pipeline_id"]
        (running,) = backend.rows("active")
        assert running["pipeline_id"] == pipeline
        answer = backend.client().post(f"/sync/jobs/{running['id']}/cancel")
        recorded: Any = recording(MAY, "127").body
        assert differences(shape(answer.json()), shape(recorded)) == []
        assert (answer.json()["state"], answer.json()["result"], answer.json()["meta"]["cancelled"]) == (3, 2, True)
        assert backend.follow(pipeline)[-1]["stream_closed"] is True
        assert backend.client().post(f"/sync/jobs/{running['id']}/cancel").status_code == 404
        backend.close()
