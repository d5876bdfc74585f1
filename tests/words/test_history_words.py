"""Differences, files and exchanges with the server, as an operator reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from yearadmin.cache.history import Seen
from yearadmin.logbook import Activity
from yearadmin.state.history import Area, Change, Difference, Fact, FileResult, KeptState, Place
from yearadmin.words.activity import ActivityKind, activity_kind, activity_text, answer_text, has_failed, kind_text
from yearadmin.words.history import (
    area_text,
    as_it_was_text,
    difference_text,
    fact_text,
    place_text,
    result_text,
    seen_text,
    summary,
    value_text,
)

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def difference(area: Area, fact: Fact, old: object, new: object, **where: object) -> Difference:
    place = Place(area, where.get("module"), where.get("submodule"), str(where.get("part", "")), fact)  # type: ignore[arg-type]
    return Difference(place, Change.CHANGED, old, new)  # type: ignore[arg-type]


def test_every_area_fact_and_result_has_words() -> None:
    for area in Area:
        assert area_text(area)
    for fact in Fact:
        assert fact_text(fact)
    for result in FileResult:
        assert result_text(result)
    for kind in ActivityKind:
        assert kind_text(kind)


def test_a_difference_says_where_what_and_both_values() -> None:
    changed = difference(Area.UPLOAD, Fact.RESULT, "error", "success", module=2, submodule=20, part="factor")
    assert difference_text(changed) == "Professional travel › Plane › Factors, Result: failed → imported"
    assert value_text(Fact.THRESHOLD, 1500.0) == "1,500\N{NO-BREAK SPACE}kg\N{NO-BREAK SPACE}CO₂-eq"
    assert value_text(Fact.PERCENTAGE, 0.29) == "29%"
    assert value_text(Fact.MISSING, "missing_factor, missing_reference") == "factors, references"
    assert value_text(Fact.FILE, None) == "—"


def test_places_are_named_like_in_the_panels() -> None:
    assert place_text(Place(Area.YEAR, None, None, "", Fact.IS_OPEN)) == "The year"
    goal = Place(Area.GOAL, None, None, "2040/2019 (2)", Fact.PERCENTAGE)
    assert place_text(goal) == "Reduction objectives › Goal for 2040, compared with 2019 (2)"
    file = Place(Area.REDUCTION_FILE, None, None, "population_projections", Fact.FILE)
    assert place_text(file) == "Reduction objectives › Population projections"
    common = Place(Area.UPLOAD, 4, None, "factor", Fact.FILE)
    assert place_text(common) == "Equipment › Common data and factors › Factors"


def test_a_summary_has_the_weightiest_first() -> None:
    opened = difference(Area.YEAR, Fact.IS_OPEN, False, True)
    upload = difference(Area.UPLOAD, Fact.RESULT, None, "warning", module=2, submodule=20, part="factor")
    other = difference(Area.UPLOAD, Fact.FILE, None, "x.csv", module=2, submodule=21, part="factor")
    goal = difference(Area.GOAL, Fact.PERCENTAGE, 0.2, 0.3, part="2040/2019")
    missing = difference(Area.READINESS, Fact.MISSING, "missing_factor", "", module=2, submodule=20)
    assert summary([upload, missing]) == "Plane › Factors: imported with warnings"
    assert summary([upload, other, goal, opened]) == "Opened to users · 2 uploads · 1 goal"
    assert summary([missing]) == "What is missing"
    assert summary([]) == "Nothing an operator sees"


def test_a_kept_time_is_told_to_the_second_and_never_as_now() -> None:
    state = KeptState(1, Seen.YEAR, "2026", 2026, NOON, NOON + timedelta(minutes=5))
    text = seen_text(state)
    assert text.count(":") == 4
    assert text.startswith("1\N{NO-BREAK SPACE}Jul 2026")
    assert as_it_was_text(2026, state).startswith("2026 as it was from ")
    once = KeptState(1, Seen.YEAR, "2026", 2026, NOON, NOON)
    assert as_it_was_text(2026, once).startswith("2026 as it was on ")


@pytest.mark.parametrize(
    ("method", "path", "words", "kind"),
    [
        ("GET", "/v1/year-configuration/2026", "Read 2026", ActivityKind.READ),
        ("PATCH", "/api/v1/year-configuration/2026", "Change 2026", ActivityKind.CHANGE),
        ("GET", "/v1/year-configuration/", "Read the list of years", ActivityKind.READ),
        ("POST", "/v1/files/temp-upload", "Send a file", ActivityKind.CHANGE),
        ("GET", "/v1/sync/jobs/41/stream", "Follow work 41", ActivityKind.FOLLOW),
        ("POST", "/v1/sync/jobs/41/cancel", "Interrupt work 41", ActivityKind.CHANGE),
        ("GET", "/v1/auth/me", "Who is signed in?", ActivityKind.SESSION),
        ("GET", "/healthz", "Is the server there?", ActivityKind.HEALTH),
        ("PUT", "/v1/unheard/of", "PUT /v1/unheard/of", ActivityKind.CHANGE),
    ],
)
def test_an_exchange_is_told_in_plain_words(method: str, path: str, words: str, kind: ActivityKind) -> None:
    item = Activity(NOON, method, path, 200)
    assert (activity_text(item), activity_kind(item)) == (words, kind)


def test_failures_are_told_and_a_year_that_is_not_there_is_none() -> None:
    absent = Activity(NOON, "GET", "/v1/year-configuration/2031", 404, failure="not_found")
    assert (has_failed(absent), answer_text(absent)) == (False, "Not there (404)")
    broken = Activity(NOON, "GET", "/v1/year-configuration/2031", None, failure="unreachable")
    assert has_failed(broken)
    assert answer_text(broken) == "Server not reachable"
    refused = Activity(NOON, "POST", "/v1/sync/dispatch", 422)
    assert (has_failed(refused), answer_text(refused)) == (True, "Refused (422)")
