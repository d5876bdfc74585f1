"""Year configurations: what is listed, created and changed, and what is refused instead of being stored."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from .backends import ADMIN, METIER, STANDARD, Backend

NextYear = Callable[[], int]


def config_of(backend: Backend, year: int) -> dict[str, Any]:
    config: dict[str, Any] = backend.client().get(f"/year-configuration/{year}").json()["config"]
    return config


def test_a_year_nobody_configured_is_404_with_a_sentence(backend: Backend) -> None:
    for role in (ADMIN, STANDARD):
        answer = backend.client(role).get("/year-configuration/1999")
        assert answer.status_code == 404
        assert isinstance(answer.json()["detail"], str)
    assert backend.client().patch("/year-configuration/1999", json={"is_started": True}).status_code == 404


@pytest.mark.parametrize("year", ["abc", "2025.5", "99999999999", "9" * 4000, "check-threshold"])
def test_a_year_that_is_no_year_is_422(backend: Backend, year: str) -> None:
    for method in ("GET", "POST", "PATCH"):
        answer = backend.client().request(method, f"/year-configuration/{year}", json={})
        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"] == ["path", "year"]


def test_the_slash_at_the_end_matters(backend: Backend) -> None:
    assert backend.client().get("/year-configuration").status_code == 404
    assert backend.client().get("/session/").status_code == 404
    assert backend.client().delete("/year-configuration/2025").status_code == 405


def test_a_created_year_is_closed_and_has_a_pipeline_once(backend: Backend, next_year: NextYear) -> None:
    year = next_year()
    answer = backend.client().post(f"/year-configuration/{year}")
    assert answer.status_code == 201
    created = answer.json()
    assert (created["is_started"], created["configuration_completed"]) == (False, None)
    assert created["pipeline_id"]
    assert created["recalculation_status"] == []
    again = backend.client().get(f"/year-configuration/{year}").json()
    assert again["pipeline_id"] is None
    assert again["config"] == created["config"]


def test_a_second_creation_is_409_and_starts_nothing(backend: Backend, next_year: NextYear) -> None:
    year = next_year()
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: backend.client().post(f"/year-configuration/{year}").status_code, range(8)))
    assert sorted(statuses) == [201] + [409] * 7
    assert backend.ask("SELECT count(*) FROM jobs WHERE year = ?", year) == [(1,)]


@pytest.mark.parametrize(
    "body",
    [
        {"is_started": None},
        {"is_started": "perhaps"},
        {"config": "text"},
        {"config": []},
        {"config": {"modules": "text"}},
        {"config": {"modules": {"1": {"submodules": {"1": {"threshold": 5}}}}}},
        [],
        "text",
    ],
)
def test_a_bad_body_creates_nothing(backend: Backend, next_year: NextYear, body: object) -> None:
    year = next_year()
    answer = backend.client().post(f"/year-configuration/{year}", json=body)
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], list)
    assert backend.client().get(f"/year-configuration/{year}").status_code == 404


def test_is_started_on_creation_is_honoured(backend: Backend, next_year: NextYear) -> None:
    year = next_year()
    assert backend.client().post(f"/year-configuration/{year}", json={"is_started": True}).json()["is_started"] is True


def test_the_list_is_newest_first_and_users_see_open_years_only(backend: Backend, next_year: NextYear) -> None:
    closed, opened = next_year(), next_year()
    for year in (closed, opened):
        assert backend.client().post(f"/year-configuration/{year}").status_code == 201
    assert backend.client().patch(f"/year-configuration/{opened}", json={"is_started": True}).status_code == 200
    listed = backend.client().get("/year-configuration/").json()
    years = [item["year"] for item in listed]
    assert years == sorted(years, reverse=True)
    assert {closed, opened} <= set(years)
    assert all(set(item) == {"year", "is_started", "configuration_completed", "updated_at"} for item in listed)
    for role in (STANDARD, METIER):
        seen = [item["year"] for item in backend.client(role).get("/year-configuration/").json()]
        assert opened in seen
        assert closed not in seen
    assert backend.client(STANDARD).get(f"/year-configuration/{closed}").status_code == 200


def test_opening_and_closing_can_be_repeated(backend: Backend, next_year: NextYear) -> None:
    year = next_year()
    backend.client().post(f"/year-configuration/{year}")
    for wanted in (True, True, False, False):
        answer = backend.client().patch(f"/year-configuration/{year}", json={"is_started": wanted})
        assert (answer.status_code, answer.json()["is_started"]) == (200, wanted)
    for lax in (1, "yes"):
        assert backend.client().patch(f"/year-configuration/{year}", json={"is_started": lax}).json()["is_started"]


def test_a_change_is_merged_and_lists_are_replaced(backend: Backend, next_year: NextYear) -> None:
    year = next_year()
    backend.client().post(f"/year-configuration/{year}")

    def patch(config: dict[str, Any]) -> None:
        assert backend.client().patch(f"/year-configuration/{year}", json={"config": config}).status_code == 200

    patch({"modules": {"4": {"submodules": {"10": {"threshold": 12.5}}}}})
    patch({"modules": {"4": {"uncertainty_tag": "bogus", "submodules": {"10": {"inputs_deactivated": True}}}}})
    patch({"modules": {"99": {"enabled": False}}, "note": "kept"})
    config = config_of(backend, year)
    assert config["modules"]["4"]["submodules"]["10"]["threshold"] == 12.5
    assert config["modules"]["4"]["submodules"]["10"]["inputs_deactivated"] is True
    assert config["modules"]["4"]["uncertainty_tag"] == "bogus"
    assert config["modules"]["4"]["enabled"] is True
    assert config["modules"]["99"]["incomplete"] is False
    assert config["note"] == "kept"
    goals = [{"target_year": year + 5, "reduction_percentage": 0.4, "reference_year": 2019}]
    patch({"reduction_objectives": {"goals": goals * 3}})
    patch({"reduction_objectives": {"goals": goals}})
    assert config_of(backend, year)["reduction_objectives"]["goals"] == goals
    patch({"modules": {"4": {"submodules": {"10": {"threshold": None}}}}})
    assert config_of(backend, year)["modules"]["4"]["submodules"]["10"]["threshold"] is None


REFUSED: list[dict[str, Any]] = [
    {"config": {"modules": None}},
    {"config": {"modules": "text"}},
    {"config": {"modules": []}},
    {"config": {"modules": {"4": None}}},
    {"config": {"modules": {"4": "text"}}},
    {"config": {"modules": {"4": {"enabled": None}}}},
    {"config": {"modules": {"4": {"enabled": "yes"}}}},
    {"config": {"modules": {"4": {"uncertainty_tag": 5}}}},
    {"config": {"modules": {"4": {"submodules": None}}}},
    {"config": {"modules": {"4": {"submodules": "text"}}}},
    {"config": {"modules": {"4": {"submodules": {"10": None}}}}},
    {"config": {"modules": {"4": {"submodules": {"10": "text"}}}}},
    {"config": {"modules": {"4": {"submodules": {"10": {"threshold": -1}}}}}},
    {"config": {"modules": {"4": {"submodules": {"10": {"threshold": "5"}}}}}},
    {"config": {"modules": {"4": {"submodules": {"10": {"threshold": True}}}}}},
    {"config": {"modules": {"4": {"submodules": {"10": {"inputs_deactivated": 1}}}}}},
    {"config": {"modules": {"1": {"submodules": {"1": {"threshold": 5}}}}}},
    {"config": {"reduction_objectives": None}},
    {"config": {"reduction_objectives": {"goals": None}}},
    {"config": {"reduction_objectives": {"goals": "text"}}},
    {"config": {"reduction_objectives": {"goals": ["text"]}}},
    {"config": {"reduction_objectives": {"goals": [{"reduction_percentage": 0.4}]}}},
    {"config": {"reduction_objectives": {"goals": [{"target_year": 9500}]}}},
    {"config": {"reduction_objectives": {"goals": [{"target_year": "9500", "reduction_percentage": 0.4}]}}},
    {"config": {"reduction_objectives": {"files": None}}},
    {"config": {"reduction_objectives": {"files": {"unit_scenarios": "text"}}}},
    {"config": {"reduction_objectives": {"unit_scenarios": None}}},
    {"config": {"note": "\x00"}},
    {"config": "text"},
    {"config": [1]},
    {"is_started": "perhaps"},
]


@pytest.mark.parametrize("body", REFUSED, ids=lambda body: str(body)[:90])
def test_what_would_spoil_a_year_is_422_and_nothing_of_it_is_stored(
    backend: Backend, refused_year: int, body: dict[str, Any]
) -> None:
    before = backend.ask("SELECT config, is_started FROM year_configurations WHERE year = ?", refused_year)
    answer = backend.client().patch(f"/year-configuration/{refused_year}", json={"is_started": True, **body})
    assert answer.status_code == 422
    (fault,) = answer.json()["detail"]
    assert {"type", "loc", "msg", "input"} <= set(fault)
    assert fault["loc"][0] == "body"
    assert backend.ask("SELECT config, is_started FROM year_configurations WHERE year = ?", refused_year) == before


@pytest.fixture(scope="module")
def refused_year(backend: Backend, next_year: NextYear) -> int:
    year = next_year()
    backend.year(year)
    return year


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{oops", 422),
        (b"", 422),
        (b"null", 422),
        (b'{"config": {"a": NaN}}', 422),
        (b'{"config": {"a": 1e999}}', 422),
        (b'{"config": {"a": "\\ud800"}}', 422),
        (b'{"config": {"\\udfff": 1}}', 422),
        (b'{"config": ' + b'{"a":' * 200 + b"1" + b"}" * 201, 422),
        (b'{"config": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
        (b"\xff\xfe", 422),
    ],
    ids=["cut", "empty", "null", "nan", "infinite", "surrogate", "surrogate key", "deep", "very deep", "not text"],
)
def test_json_that_is_none_is_refused(backend: Backend, refused_year: int, content: bytes, status: int) -> None:
    header = {"content-type": "application/json"}
    answer = backend.client().patch(f"/year-configuration/{refused_year}", content=content, headers=header)
    assert answer.status_code == status, answer.text[:300]
    assert backend.client().get(f"/year-configuration/{refused_year}").status_code == 200


@pytest.mark.parametrize(
    "goal",
    [
        {"target_year": 2000, "reduction_percentage": 0.4},
        {"target_year": 9500, "reduction_percentage": 1.01},
        {"target_year": 9500, "reduction_percentage": -0.1},
    ],
)
def test_a_goal_out_of_range_is_400_even_before_the_year_is_looked_for(
    backend: Backend, refused_year: int, goal: dict[str, Any]
) -> None:
    body = {"config": {"reduction_objectives": {"goals": [goal]}}}
    for year in (refused_year, 2999):
        answer = backend.client().patch(f"/year-configuration/{year}", json=body)
        assert answer.status_code == 400
        assert isinstance(answer.json()["detail"], str)


def test_keys_that_answers_inject_are_never_stored(backend: Backend, next_year: NextYear) -> None:
    year = next_year()
    backend.year(year)
    whole = backend.client().get(f"/year-configuration/{year}").json()
    answer = backend.client().patch(f"/year-configuration/{year}", json={"config": whole["config"]})
    assert answer.status_code == 200
    ((stored,),) = backend.ask("SELECT config FROM year_configurations WHERE year = ?", year)
    assert "latest_" not in stored
    assert "incomplete" not in stored


def test_every_change_is_a_version_in_the_audit_trail(backend: Backend, next_year: NextYear) -> None:
    year = next_year()
    backend.client().post(f"/year-configuration/{year}")
    backend.client().patch(f"/year-configuration/{year}", json={})
    backend.client().patch(f"/year-configuration/{year}", json={"is_started": True})
    query = {"entity_type": "year_configuration", "entity_id": year * 10 + 2}
    found = backend.client().get("/audit/activity", params=query).json()
    assert [item["version"] for item in found["data"]] == [3, 2, 1]
    assert [item["change_type"] for item in found["data"]] == ["UPDATE", "UPDATE", "CREATE"]
    last, empty, first = (backend.client().get(f"/audit/activity/{item['id']}").json() for item in found["data"])
    assert last["data_diff"] == {"is_started": {"old": False, "new": True}}
    assert empty["data_diff"] == {}
    assert first["data_diff"] is None
    assert first["data_snapshot"]["provider"] == "TEST"
    hashes = backend.ask(
        "SELECT previous_hash, current_hash FROM audit_documents WHERE entity_id = ? ORDER BY version", year * 10 + 2
    )
    assert hashes[0][0] is None
    assert [later[0] for later in hashes[1:]] == [earlier[1] for earlier in hashes[:-1]]
