"""Starting an ingestion: the order of the checks, each refusal, and whose module may be filled by whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .backends import METIER, PRINCIPAL, STANDARD, Backend

CSV, API, COMPUTED = 1, 0, 3
DATA, FACTORS, REDUCTION, REFERENCES = 0, 1, 2, 3
PROCESS = {"module_type_id": 8, "data_entry_type_id": 50}
MISSING = "tmp/1/none.csv"


@pytest.fixture(scope="module")
def year(backend: Backend, next_year: Callable[[], int]) -> int:
    number = next_year()
    backend.year(number)
    return number


def ask(backend: Backend, role: str | None = None, **body: Any) -> tuple[int, object]:
    whole = {"ingestion_method": CSV, "target_type": DATA, "filters": {}, "config": PROCESS, "file_path": MISSING}
    client = backend.client(role) if role else backend.client()
    answer = client.post("/sync/dispatch", json={**whole, **body})
    return answer.status_code, answer.json()["detail"]


def test_permission_comes_first(backend: Backend) -> None:
    for role in (METIER, STANDARD, PRINCIPAL):
        status, detail = ask(backend, role, target_type=FACTORS, year=None)
        assert (status, type(detail)) == (403, str)


def test_then_factors_need_a_year(backend: Backend) -> None:
    assert ask(backend, target_type=FACTORS, year=None, config={})[0] == 400


def test_then_the_year_must_be_provisioned(backend: Backend, next_year: Callable[[], int]) -> None:
    for missing in (next_year(), 0):
        status, detail = ask(backend, year=missing, config={"source_job_id": 999_999}, file_path=None)
        assert status == 409
        assert str(missing) in str(detail)


def test_then_the_source_of_a_copy_is_looked_at(backend: Backend, year: int) -> None:
    config = {"module_type_id": 77, "source_job_id": 999_999}
    assert ask(backend, year=year, config=config, file_path=None)[0] == 404


@pytest.mark.parametrize(
    "body",
    [
        {"config": {"module_type_id": 77}},
        {"config": {}},
        {"config": None},
        {"config": {"data_entry_type_id": 50}},
        {"ingestion_method": 2},
        {"ingestion_method": COMPUTED},
        {"ingestion_method": COMPUTED, "target_type": FACTORS},
        {"ingestion_method": API},
        {"ingestion_method": API, "target_type": FACTORS, "config": {"module_type_id": 2, "data_entry_type_id": 20}},
        {"target_type": REDUCTION},
        {"target_type": REDUCTION, "ingestion_method": COMPUTED, "config": {"reduction_objective_type_id": 0}},
        {"target_type": REFERENCES, "config": {}},
    ],
)
def test_then_a_combination_nobody_serves_is_400(backend: Backend, year: int, body: dict[str, Any]) -> None:
    assert ask(backend, year=year, **body)[0] == 400


@pytest.mark.parametrize(
    "path",
    [
        "tmp/../../../etc/passwd",
        "tmp/%2e%2e/%2e%2e/x.csv",
        "/etc/passwd",
        "processed/1/x.csv",
        "tmp/1/a..b.csv",
        "tmp\\..\\x.csv",
        "tmp/\x00.csv",
        "x.csv",
    ],
)
def test_a_path_that_is_not_an_upload_is_400_and_not_500(backend: Backend, year: int, path: str) -> None:
    assert ask(backend, year=year, file_path=path)[0] == 400


def test_last_a_file_that_is_not_there_is_503(backend: Backend, year: int) -> None:
    assert ask(backend, year=year)[0] == 503
    assert ask(backend, year=year, file_path=None)[0] == 503
    assert (
        ask(backend, year=year, ingestion_method=API, config={"module_type_id": 2, "data_entry_type_id": 20})[0] == 503
    )
    assert ask(backend, year=year, config={"module_type_id": 8, "data_entry_type_id": 999})[0] == 503


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ingestion_method", "csv"),
        ("ingestion_method", None),
        ("target_type", 9),
        ("year", "soon"),
        ("year", 10**12),
        ("config", "text"),
        ("config", {"module_type_id": "x"}),
        ("filters", []),
        ("file_path", 5),
    ],
)
def test_a_body_that_does_not_parse_is_422(backend: Backend, year: int, field: str, value: object) -> None:
    status, detail = ask(backend, **{"year": year, field: value})
    assert (status, type(detail)) == (422, list)


def test_filters_that_could_not_be_given_back_are_422(backend: Backend, year: int) -> None:
    body = f'{{"ingestion_method": 1, "target_type": 0, "year": {year}, "filters": {{"a": NaN}}}}'
    header = {"content-type": "application/json"}
    answer = backend.client().post("/sync/dispatch", content=body.encode(), headers=header)
    assert answer.status_code == 422


def test_numbers_as_text_are_read(backend: Backend, year: int) -> None:
    assert ask(backend, year=str(year), ingestion_method="1", target_type="0")[0] == 503


def test_an_upload_is_used_once(backend: Backend, year: int) -> None:
    path = backend.put("once.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n")
    first = backend.dispatch(year, FACTORS, path, **PROCESS)
    assert first.json()["state"] == 0
    assert first.json()["progress"] is None
    backend.follow(first.json()["pipeline_id"])
    assert backend.dispatch(year, FACTORS, path, **PROCESS).status_code == 503


@pytest.mark.parametrize("config", [{"data_entry_type_id": 999}, {"data_entry_type_id": 1}])
def test_a_type_that_is_not_of_its_module_fails_its_job(backend: Backend, year: int, config: dict[str, int]) -> None:
    last = backend.ingest(year, DATA, "a.csv", "unit_institutional_id\n13032\n", module_type_id=8, **config)
    assert last["progress"]["status"] == "FAILED"
    assert len(last["jobs"]) == 1


def test_data_without_a_year_fails_its_job(backend: Backend) -> None:
    answer = backend.dispatch(None, DATA, backend.put("a.csv", "unit_institutional_id\n13032\n"), **PROCESS)
    assert backend.follow(answer.json()["pipeline_id"])[-1]["progress"]["status"] == "FAILED"


def report_module(backend: Backend, year: int, unit: str, module: int) -> int:
    ((found,),) = backend.ask(
        "SELECT m.id FROM carbon_report_modules m JOIN carbon_reports r ON r.id = m.carbon_report_id"
        " JOIN units u ON u.id = r.unit_id WHERE r.year = ? AND u.institutional_id = ? AND m.module_type_id = ?",
        year,
        unit,
        module,
    )
    return int(found)


def test_a_principal_fills_the_modules_of_the_own_unit_and_no_other(backend: Backend, year: int) -> None:
    own, foreign = (report_module(backend, year, unit, 8) for unit in ("13032", "10017"))
    for role in (STANDARD, METIER):
        assert ask(backend, role, year=year, config={**PROCESS, "carbon_report_module_id": own})[0] == 403
    assert ask(backend, PRINCIPAL, year=year, config={**PROCESS, "carbon_report_module_id": foreign})[0] == 403
    assert ask(backend, PRINCIPAL, year=year, config={**PROCESS, "carbon_report_module_id": 10**9})[0] == 404
    assert ask(backend, PRINCIPAL, year=year, config={"carbon_report_module_id": own})[0] == 403
    backend.ingest(year, FACTORS, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n", **PROCESS)
    client = backend.client(PRINCIPAL)
    path = client.post("/files/temp-upload", files={"files": ("d.csv", b"category,quantity\nco2,5\n", "text/csv")})
    body = {
        "ingestion_method": CSV,
        "target_type": DATA,
        "year": year,
        "config": {**PROCESS, "carbon_report_module_id": own},
        "file_path": path.json()[0]["path"],
    }
    started = client.post("/sync/dispatch", json=body)
    assert started.status_code == 200
    last = backend.follow(started.json()["pipeline_id"])[-1]
    assert last["progress"]["status"] == "SUCCESS", last
    submodule = backend.client().get(f"/year-configuration/{year}").json()["config"]["modules"]["8"]["submodules"]["50"]
    assert submodule["latest_data_job"] is None or submodule["latest_data_job"]["job_id"] != started.json()["job_id"]
    (item,) = backend.client().get("/sync/pipelines", params={"year": year, "limit": 1}).json()["items"]
    assert (item["unit_institutional_id"], item["entity_type"]) == ("13032", "MODULE_UNIT_SPECIFIC")
