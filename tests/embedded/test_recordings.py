"""Our answers beside those recorded from the production server: the same keys with the same kinds of values."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.contract.recorded import JULY, find, recording

from .backends import PRINCIPAL, STANDARD, Backend

PROCESS = {"module_type_id": 8, "data_entry_type_id": 50}
# Objects whose keys are data, and the job's meta, which grows as its work does (contract section 7.4).
OPEN = {"permissions", "meta", "modules", "submodules", "files"}


def shape(value: object, place: str = "") -> object:
    """What a value is made of: keys, and one shape per list; null says nothing."""
    if isinstance(value, Mapping):
        if place in OPEN:
            return {"*": [shape(item) for item in list(value.values())[:1]]} if place != "meta" else "meta"
        return {key: shape(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return None if value is None else type(value).__name__.replace("float", "int")


def differences(ours: object, theirs: object, place: str = "") -> list[str]:
    if ours is None or theirs is None or [] in (ours, theirs):
        return []
    if isinstance(ours, dict) and isinstance(theirs, dict):
        faults = [f"{place}.{key} is ours alone" for key in ours.keys() - theirs.keys()]
        faults += [f"{place}.{key} is missing" for key in theirs.keys() - ours.keys()]
        for key in ours.keys() & theirs.keys():
            faults += differences(ours[key], theirs[key], f"{place}.{key}")
        return faults
    if isinstance(ours, list) and isinstance(theirs, list):
        return differences(ours[0], theirs[0], f"{place}[]")
    return [] if ours == theirs else [f"{place} is {ours}, not {theirs}"]


@pytest.fixture(scope="module")
def year(backend: Backend, next_year: Callable[[], int]) -> int:
    number = next_year()
    backend.year(number)
    backend.ingest(number, 1, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n", **PROCESS)
    backend.ingest(number, 0, "d.csv", "unit_institutional_id,category,quantity\n13032,co2,5\n", **PROCESS)
    return number


def pipeline_of(backend: Backend, year: int, kind: str) -> str:
    ((found,),) = backend.ask("SELECT pipeline_id FROM jobs WHERE year = ? AND job_type = ? LIMIT 1", year, kind)
    return str(found)


# Number of the recording, role, and our request for the same thing.
SAME: list[tuple[str, str | None, str, Callable[[Backend, int], str], object]] = [
    ("005", "calco2.backoffice.admin", "GET", lambda b, y: "/session", None),
    ("007", PRINCIPAL, "GET", lambda b, y: "/session", None),
    ("008", STANDARD, "GET", lambda b, y: "/session", None),
    ("010", "calco2.backoffice.admin", "POST", lambda b, y: "/session", None),
    ("011", None, "POST", lambda b, y: "/session", None),
    ("016", "calco2.backoffice.admin", "GET", lambda b, y: "/year-configuration", None),
    ("019", "calco2.backoffice.admin", "GET", lambda b, y: "/year-configuration/2", None),
    ("022", "calco2.backoffice.admin", "GET", lambda b, y: "/year-configuration/abc", None),
    ("026", STANDARD, "POST", lambda b, y: "/year-configuration/2", None),
    ("037", "calco2.backoffice.admin", "GET", lambda b, y: f"/year-configuration/{y}", None),
    ("043", "calco2.backoffice.admin", "GET", lambda b, y: f"/sync/pipelines?year={y}", None),
    ("239", "calco2.backoffice.admin", "GET", lambda b, y: f"/sync/pipelines?year={y}", None),
    ("044", "calco2.backoffice.admin", "GET", lambda b, y: "/sync/workers", None),
    ("046", "calco2.backoffice.admin", "GET", lambda b, y: f"/sync/pipelines/{pipeline_of(b, y, 'unit_sync')}", None),
    ("116", "calco2.backoffice.admin", "GET", lambda b, y: f"/sync/pipelines/{pipeline_of(b, y, 'csv_ingest')}", None),
    ("050", "calco2.backoffice.admin", "GET", lambda b, y: "/year-configuration/", None),
    ("052", "calco2.backoffice.admin", "GET", lambda b, y: f"/sync/jobs/year/{y}", None),
    ("053", "calco2.backoffice.admin", "GET", lambda b, y: f"/sync/jobs/year/{y}/latest", None),
    (
        "056",
        "calco2.backoffice.admin",
        "GET",
        lambda b, y: "/sync/pipelines/00000000-0000-4000-8000-000000000000",
        None,
    ),
    ("088", "calco2.backoffice.admin", "PATCH", lambda b, y: f"/year-configuration/{y}", {"is_started": True}),
    ("187", "calco2.backoffice.admin", "GET", lambda b, y: f"/sync/recalculation-status?year={y}", None),
    ("238", "calco2.backoffice.admin", "GET", lambda b, y: "/sync/jobs/by-status?filter_type=completed", None),
    ("245", "calco2.backoffice.admin", "GET", lambda b, y: "/audit/activity?entity_type=year_configuration", None),
    ("247", "calco2.backoffice.admin", "GET", lambda b, y: "/audit/stats", None),
    ("259", "calco2.backoffice.admin", "POST", lambda b, y: "/sync/units", {"target_year": 2}),
]


@pytest.mark.parametrize(("number", "role", "method", "path", "body"), SAME, ids=[item[0] for item in SAME])
def test_an_answer_has_the_recorded_shape(
    backend: Backend,
    year: int,
    number: str,
    role: str | None,
    method: str,
    path: Callable[[Backend, int], str],
    body: object,
) -> None:
    recorded = recording(JULY, number)
    answer = backend.client(role).request(method, path(backend, year), json=body)
    assert answer.status_code == recorded.status
    assert answer.headers["content-type"].partition(";")[0] == recorded.media_type
    assert differences(shape(answer.json()), shape(recorded.body)) == []


def test_a_created_year_has_the_recorded_keys_in_the_recorded_order(
    backend: Backend, next_year: Callable[[], int]
) -> None:
    ours = backend.client().post(f"/year-configuration/{next_year()}").json()
    recorded: Any = recording(JULY, "029").body
    changing = {"year", "updated_at", "pipeline_id"}

    def told(body: Mapping[str, Any]) -> str:
        return json.dumps({key: value for key, value in body.items() if key not in changing})

    assert told(ours) == told(recorded)


def test_permissions_are_the_recorded_ones(backend: Backend) -> None:
    for number, role in (("005", "calco2.backoffice.admin"), ("007", PRINCIPAL), ("008", STANDARD)):
        theirs: Any = recording(JULY, number).body
        ours = backend.client(role).get("/session").json()
        for key in ("permissions", "roles_raw", "email", "display_name", "institutional_id", "provider"):
            assert ours[key] == theirs[key]


@pytest.mark.parametrize("number", ["067", "068"])
def test_a_threshold_that_breaks_a_rule_is_refused_as_recorded(backend: Backend, year: int, number: str) -> None:
    recorded = recording(JULY, number)
    threshold: Any = {"4": {"submodules": {"10": {"threshold": "12"}}}}
    if number == "068":
        threshold = {"1": {"submodules": {"1": {"threshold": 5}}}}
    body = {"config": {"modules": threshold}}
    answer = backend.client().patch(f"/year-configuration/{year}", json=body)
    theirs: Any = recorded.body
    (ours,) = answer.json()["detail"]
    assert answer.status_code == recorded.status
    assert ours["input"] == body
    assert {**ours, "msg": ""} == {**theirs["detail"][0], "msg": ""}


def test_an_unknown_kind_of_reduction_file_is_refused_as_recorded(backend: Backend, year: int) -> None:
    recorded = recording(JULY, "218")
    files = {"file": ("ro.csv", b"year,category,co2\n", "text/csv")}
    answer = backend.client().post(f"/year-configuration/{year}/upload", data={"category": "nope"}, files=files)
    theirs: Any = recorded.body
    assert answer.status_code == recorded.status
    assert {**answer.json()["detail"][0], "msg": ""} == {**theirs["detail"][0], "msg": ""}


@pytest.mark.parametrize(
    ("number", "content"),
    [("137", "a,b\n1,2\n"), ("149", "unit_institutional_id,category,quantity\n"), ("154", b"\xff\x80\n")],
    ids=["wrong header", "header alone", "no text"],
)
def test_a_file_that_fails_as_a_whole_tells_so_under_the_recorded_keys(
    backend: Backend, year: int, number: str, content: str | bytes
) -> None:
    theirs = recorded_events(number)[-1]["meta"]
    answer = backend.dispatch(year, 0, backend.put("bad.csv", content), **PROCESS)
    ours = backend.follow_job(answer.json()["job_id"])[-1]
    assert theirs.keys() - ours["meta"].keys() == set()
    assert ours["meta"]["error"] == ours["status_message"]
    assert ours["meta"].get("validation_error", ours["status_message"]) == ours["status_message"]
    assert ("validation_error" in ours["meta"]) is ("validation_error" in theirs)


def recorded_events(number: str) -> list[dict[str, Any]]:
    text = find(JULY, number).read_text(encoding="utf-8")
    return [json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith('data: {"')]


def test_the_events_of_a_pipeline_have_the_recorded_shape(backend: Backend, year: int) -> None:
    theirs = recorded_events("107")
    ours = backend.follow(pipeline_of(backend, year, "factor_ingest"))
    assert differences(shape(ours[-1]), shape(theirs[-1])) == []
    assert [job["job_type"] for job in ours[-1]["jobs"]] == [job["job_type"] for job in theirs[-1]["jobs"]]
    assert ours[-1]["progress"] == theirs[-1]["progress"]


def test_the_messages_of_a_job_have_the_recorded_shape_and_at_least_its_meta(backend: Backend, year: int) -> None:
    for kind, number in (("csv_ingest", "142"), ("unit_sync", "260")):
        theirs = recorded_events(number)[-1]
        ((job,),) = backend.ask("SELECT id FROM jobs WHERE year = ? AND job_type = ? LIMIT 1", year, kind)
        ours = backend.follow_job(job)[-1]
        assert differences(shape(ours), shape(theirs)) == []
        missing = theirs["meta"].keys() - ours["meta"].keys() - {"rows_with_factors", "rows_without_factors"}
        assert missing == set(), kind
        assert theirs["meta"].get("stats", {}).keys() - ours["meta"].get("stats", {}).keys() == set()


def test_a_dispatch_answers_as_recorded(backend: Backend, year: int) -> None:
    path = backend.put("f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n")
    answer = backend.dispatch(year, 1, path, **PROCESS)
    recorded = recording(JULY, "098")
    assert answer.status_code == recorded.status
    assert differences(shape(answer.json()), shape(recorded.body)) == []
    backend.follow(answer.json()["pipeline_id"])
