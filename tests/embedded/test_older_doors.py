"""Doors the web page no longer uses, but other clients may: reduction files at once, factor classes, computed sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .backends import METIER, Backend

FOOTPRINT = "year,category,co2\n2019,energy,12000\n2023,énergie,10500.5\n"
FACILITIES = "researchfacility_id,researchfacility_name,total_use,use_unit\n13032,Microscopy,100,h\nnone,Other,5,h\n"


@pytest.fixture(scope="module")
def year(backend: Backend, next_year: Callable[[], int]) -> int:
    number = next_year()
    backend.year(number)
    return number


def send(
    backend: Backend, year: int, content: bytes, name: str = "ro.csv", category: str | None = "footprint", **more: Any
) -> Any:
    data = {} if category is None else {"category": category}
    files = {more.get("field", "file"): (name, content, "text/csv")}
    client = backend.client(more["role"]) if "role" in more else backend.client()
    return client.post(f"/year-configuration/{year}/upload", data=data, files=files)


def objectives(backend: Backend, year: int) -> dict[str, Any]:
    found: dict[str, Any] = backend.client().get(f"/year-configuration/{year}").json()["config"]["reduction_objectives"]
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_a_reduction_file_is_stored_with_its_rows(backend: Backend, year: int, encoding: str) -> None:
    answer = send(backend, year, FOOTPRINT.encode(encoding))
    assert answer.status_code == 200, answer.text
    assert answer.json()["success"] is True
    landed = answer.json()["file"]
    assert landed["path"].startswith("reduction_objectives/footprint/ro_")
    stored = objectives(backend, year)
    assert stored["files"]["institutional_footprint"] == landed
    assert stored["institutional_footprint"][1] == {"year": 2023, "category": "énergie", "co2": 10500.5}
    assert backend.client().get(f"/files/{landed['path']}").status_code == 200
    (entry, *_) = backend.client().get("/audit/activity?entity_type=year_configuration").json()["data"]
    assert (entry["change_type"], entry["entity_id"]) == ("UPDATE", year * 10 + 2)


def test_a_picture_of_it_is_kept_and_leaves_the_rows_alone(backend: Backend, year: int) -> None:
    send(backend, year, b"scenario,year,reduction_percentage\nA,2030,0.4\n", category="scenarios")
    assert send(backend, year, b"%PDF-1.7", "plan.PDF", "scenarios").status_code == 200
    stored = objectives(backend, year)
    assert stored["files"]["unit_scenarios"]["filename"].endswith(".PDF")
    assert stored["unit_scenarios"] == [{"scenario": "A", "year": 2030, "reduction_percentage": 0.4}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"year,category,co2\n2019,energy,-1\nsoon,food,2\n", ["Row 2, field 'co2'", "Row 3, field 'year'"]),
        (b"year,category\n2019,energy\n", ["co2"]),
        (b"", ["empty"]),
        (b"year,category,co2\n", ["no data rows"]),
        (b"year,category,co2\n2019,energy\n", ["Row 1 has 2 cells"]),
        (b"year;category;co2\n2019;energy;1\n", ["semicolons"]),
        (b"\x00\x01\x02", ["NUL"]),
    ],
)
def test_a_file_with_any_fault_is_refused_whole(backend: Backend, year: int, content: bytes, words: list[str]) -> None:
    send(backend, year, b"year,pop\n2030,17000\n", category="population")
    before = objectives(backend, year)
    answer = send(backend, year, content)
    assert answer.status_code == 422
    errors = answer.json()["detail"]["errors"]
    assert len(errors) == len(words)
    assert all(word in error for word, error in zip(words, errors, strict=True))
    assert objectives(backend, year) == before


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": "a.txt"}, 400),
        ({"name": "a&b.csv"}, 400),
        ({"category": "nope"}, 422),
        ({"category": None}, 422),
        ({"field": "other"}, 422),
        ({"role": METIER}, 403),
        ({"year": 2}, 404),
        ({"year": "x"}, 422),
    ],
)
def test_what_else_is_refused(backend: Backend, year: int, change: dict[str, Any], status: int) -> None:
    assert send(backend, change.pop("year", year), FOOTPRINT.encode(), **change).status_code == status
    assert backend.client(None).post(f"/year-configuration/{year}/upload").status_code == 401


def test_the_classes_of_factors_and_what_one_of_them_holds(backend: Backend, year: int) -> None:
    rows = ("co2,,kg,1", "refrigerants,R32,kg,675", "refrigerants,R410A,kg,2088")
    content = "\n".join(("category,subcategory,unit,ef_kg_co2eq_per_unit", *rows, ""))
    backend.ingest(year, 1, "f.csv", content, module_type_id=8, data_entry_type_id=50)
    client = backend.client(METIER)
    answer = client.get(f"/factors/50/class-subclass-map?year={year}")
    assert answer.json() == {"co2": [], "refrigerants": ["R32", "R410A"]}
    path = f"/factors/50/classes/refrigerants/values?year={year}"
    assert client.get(f"{path}&sub_class=R32").json()["ef_kg_co2eq_per_unit"] == 675
    assert client.get(f"{path}&sub_class=none").status_code == 404
    assert client.get(path).status_code == 404
    for wrong in ("/factors/50/class-subclass-map", f"/factors/999/class-subclass-map?year={year}"):
        assert client.get(wrong).status_code == 422
    assert backend.client(None).get(f"/factors/50/class-subclass-map?year={year}").status_code == 401


def test_computed_factors_take_the_sums_of_their_units(backend: Backend, year: int) -> None:
    body = {"ingestion_method": 3, "target_type": 1, "year": year}
    kinds = {"module_type_id": 6, "data_entry_type_id": 70}
    without = backend.client().post("/sync/factors/6/70", json=body).json()
    assert backend.follow(without["pipeline_id"])[-1]["progress"]["status"] == "SUCCESS"
    backend.ingest(year, 1, "f.csv", FACILITIES, **kinds)
    process = {"module_type_id": 8, "data_entry_type_id": 50}
    backend.ingest(year, 1, "p.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,3\n", **process)
    backend.ingest(year, 0, "d.csv", "unit_institutional_id,category,quantity\n13032,co2,5\n", **process)
    started = backend.client().post("/sync/factors/6/70", json=body)
    assert started.status_code == 200
    last = backend.follow(started.json()["pipeline_id"])[-1]
    assert last["progress"]["status"] == "SUCCESS"
    assert last["jobs"][0]["result"] == "WARNING"  # one facility is no unit
    found = dict(
        backend.ask(
            "SELECT json_extract(classification, '$.researchfacility_id'),"
            " json_extract(factor_values, '$.kg_co2eq_sum') FROM factors WHERE year = ? AND data_entry_type_id = 70",
            year,
        )
    )
    assert found == {"13032": 15.0, "none": None}
    shown = backend.client().get(f"/year-configuration/{year}").json()["config"]["modules"]["6"]["submodules"]["70"]
    assert shown["latest_factor_job"]["ingestion_method"] in (1, 3)
    assert backend.client().post("/sync/factors/6/71", json=body).status_code == 200
