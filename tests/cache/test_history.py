"""What a year was at any time is there to look at, told apart by what it meant and thinned out only as agreed."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yearadmin.cache.content import work_digest, year_digest
from yearadmin.cache.store import Cache, CacheNotice, FileResult, Kind, Limits, Seen, SentFile

SERVER, OTHER, USER = "https://a.example.org/v1", "https://b.example.org/v1", "operator"
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
PIPELINE = "6a1d0d5e-0000-4000-8000-000000000001"
FILE = SentFile("k1", 2026, "4.10.factor", "équipement.csv", 1234, "ab" * 32, NOON, "operator@example.org")


def minutes(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def year_text(*, is_started: bool = False, threshold: float | None = None, **more: object) -> str:
    submodule = {"enabled": True, "threshold": threshold, "latest_data_job": None, **more}
    config = {"modules": {"2": {"enabled": True, "submodules": {"20": submodule}}}}
    return json.dumps({"year": 2026, "is_started": is_started, "config": config})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cache.db"


@pytest.fixture
async def cache(path: Path) -> AsyncIterator[Cache]:
    made = Cache(path, clock=lambda: minutes(60))
    await made.open()
    yield made
    await made.close()


def size_on_disk(path: Path) -> int:
    return path.stat().st_size


async def keep(cache: Cache, raw: str, at: datetime, year: int = 2026, server: str = SERVER) -> None:
    await cache.keep(server, USER, Kind.YEAR, year, raw, at)


async def raw_at(cache: Cache, when: datetime) -> str | None:
    text = await cache.state_at(SERVER, USER, 2026, when)
    return None if text is None else text.raw


async def test_every_state_of_a_year_is_kept_with_its_first_and_last_sighting(cache: Cache) -> None:
    closed, opened = year_text(), year_text(is_started=True)
    for minute, raw in enumerate([closed, closed, closed, opened, opened, closed]):
        await keep(cache, raw, minutes(minute))
    states = await cache.history(SERVER, USER, 2026)
    assert [(item.first_seen, item.last_seen) for item in states] == [
        (minutes(0), minutes(2)),
        (minutes(3), minutes(4)),
        (minutes(5), minutes(5)),
    ]
    texts = [await cache.read_state(item) for item in states]
    assert [text.raw for text in texts if text is not None] == [closed, opened, closed]


async def test_a_year_can_be_looked_at_as_it_was_at_any_time(cache: Cache) -> None:
    await keep(cache, year_text(), minutes(0))
    await keep(cache, year_text(is_started=True), minutes(10))
    assert await raw_at(cache, minutes(-1)) is None
    assert await raw_at(cache, minutes(0)) == year_text()
    assert await raw_at(cache, minutes(9.9)) == year_text()
    assert await raw_at(cache, minutes(500)) == year_text(is_started=True)


async def test_the_history_is_there_after_a_restart_and_goes_on(path: Path, cache: Cache) -> None:
    await keep(cache, year_text(), minutes(0))
    await cache.close()
    again = Cache(path, clock=lambda: minutes(60))
    await again.open()
    await keep(again, year_text(), minutes(5))
    (state,) = await again.history(SERVER, USER, 2026)
    assert (state.first_seen, state.last_seen) == (minutes(0), minutes(5))
    await again.close()


async def test_an_answer_that_comes_late_rewrites_no_history(cache: Cache) -> None:
    await keep(cache, year_text(), minutes(0))
    await keep(cache, year_text(is_started=True), minutes(10))
    await keep(cache, year_text(threshold=5), minutes(5))
    assert len(await cache.history(SERVER, USER, 2026)) == 2
    assert await raw_at(cache, minutes(5)) == year_text()


async def test_after_a_clock_that_was_years_ahead_answers_and_history_go_on(cache: Cache) -> None:
    await keep(cache, year_text(), minutes(0))
    await keep(cache, year_text(threshold=9), NOON + timedelta(days=1500))
    await keep(cache, year_text(is_started=True), minutes(1))
    await keep(cache, year_text(is_started=True), minutes(2))
    kept = await cache.recall(SERVER, USER, Kind.YEAR, 2026)
    assert kept is not None
    assert (kept.raw, kept.fetched_at) == (year_text(is_started=True), minutes(2))
    assert await raw_at(cache, minutes(2)) == year_text(is_started=True)
    states = await cache.history(SERVER, USER, 2026)
    assert [(item.first_seen, item.last_seen) for item in states[:2]] == [
        (minutes(0), minutes(0)),
        (minutes(1), minutes(2)),
    ]


async def test_nobody_sees_another_servers_users_or_years_history(cache: Cache) -> None:
    await keep(cache, year_text(), minutes(0))
    await keep(cache, year_text(), minutes(0), year=2025)
    assert await cache.history(OTHER, USER, 2026) == ()
    assert await cache.history(SERVER, "another", 2026) == ()
    assert await cache.years_kept(SERVER, USER) == (2026, 2025)
    assert await cache.years_kept(OTHER, USER) == ()


def with_job(**fields: object) -> str:
    return year_text(latest_factor_job={"job_id": 7, "result": None, **fields})


@pytest.mark.parametrize(
    "same",
    [
        (year_text(threshold=1), year_text(threshold=1.0)),
        ('{"year": 2026, "config": {}}', '{"config":{},"year":2026}'),
        ('{"year": 2026, "updated_at": "2026-07-01T08:00:00"}', '{"year": 2026, "updated_at": "2026-07-02T08:00:00"}'),
        ('{"year": 2026, "pipeline_id": "6a1d"}', '{"year": 2026, "pipeline_id": null}'),
        (
            with_job(state=2, status_message="Row 10", meta={"progress": {"processed": 10}}),
            with_job(state=2, status_message="Row 20", meta={"progress": {"processed": 20}}),
        ),
        ('{"recalculation_status": [{"a": 1}, {"a": 2}]}', '{"recalculation_status": [{"a": 2}, {"a": 1}]}'),
        ('{"incomplete_reasons": ["a", "b"]}', '{"incomplete_reasons": ["b", "a"]}'),
    ],
)
def test_what_changes_without_meaning_is_no_new_state(same: tuple[str, str]) -> None:
    assert year_digest(same[0]) == year_digest(same[1])


@pytest.mark.parametrize(
    "different",
    [
        (year_text(), year_text(is_started=True)),
        (year_text(threshold=None), year_text(threshold=0)),
        ('{"year": 2026}', '{"year": 2026, "configuration_completed": null}'),
        (with_job(state=2), with_job(state=3)),
        (with_job(state=3, status_message="Success"), with_job(state=3, status_message="Failed")),
        (with_job(state=3, meta={"rows_processed": 1}), with_job(state=3, meta={"rows_processed": 2})),
        ('{"goals": [{"target_year": 2030}, {"target_year": 2040}]}', '{"goals": [{"target_year": 2040}]}'),
        ("not JSON", "not JSON either"),
        ("[" * 100_000, "[" * 100_001),
        ("[1]", "[2]"),
    ],
)
def test_what_means_something_else_is_another_state(different: tuple[str, str]) -> None:
    assert year_digest(different[0]) != year_digest(different[1])


async def test_a_state_shows_its_text_as_it_was_last_seen(cache: Cache) -> None:
    first = with_job(state=2, status_message="Row 10")
    last = with_job(state=2, status_message="Row 2000")
    await keep(cache, first, minutes(0))
    await keep(cache, last, minutes(1))
    assert len(await cache.history(SERVER, USER, 2026)) == 1
    assert await raw_at(cache, minutes(1)) == last


def snapshot(state: str, message: str = "", **more: object) -> str:
    job = {"job_id": 7, "state": state, "status_message": message}
    return json.dumps({"pipeline_id": PIPELINE, "jobs": [job], **more})


async def test_pipelines_and_jobs_are_kept_without_repeating_themselves(cache: Cache) -> None:
    sightings = [
        snapshot("RUNNING", "Row 10"),
        snapshot("RUNNING", "Row 20"),
        snapshot("FINISHED", "Done"),
        snapshot("FINISHED", "Done", stream_closed=True),
    ]
    for minute, raw in enumerate(sightings):
        await cache.keep_pipeline(SERVER, USER, 2026, PIPELINE, raw, minutes(minute))
    await cache.keep_job(SERVER, USER, 2025, 8, '{"id": 8, "state": 1}', NOON)
    await cache.keep_job(SERVER, USER, 2025, 8, '{"id": 8, "state": 3}', minutes(1))
    (pipeline,) = await cache.pipelines(SERVER, USER, 2026)
    assert (pipeline.state.id, pipeline.state.kind) == (PIPELINE, Seen.PIPELINE)
    assert (pipeline.state.first_seen, pipeline.state.last_seen) == (minutes(0), minutes(3))
    assert json.loads(pipeline.raw)["jobs"][0]["status_message"] == "Done"
    states = await cache.snapshots(SERVER, USER, Seen.PIPELINE, PIPELINE)
    assert [json.loads(text.raw)["jobs"][0]["status_message"] for text in states] == ["Row 20", "Done"]
    assert await cache.pipelines(SERVER, USER, 2025) == ()
    assert [text.state.id for text in await cache.jobs(SERVER, USER)] == ["8"]
    assert len(await cache.snapshots(SERVER, USER, Seen.JOB, "8")) == 2


def test_a_pipeline_that_ends_is_another_state_than_one_that_runs() -> None:
    assert work_digest(snapshot("RUNNING")) != work_digest(snapshot("FINISHED"))
    assert work_digest('{"progress": {"done": false}}') != work_digest('{"progress": {"done": true}}')


async def test_the_files_sent_are_remembered_with_what_became_of_them(path: Path, cache: Cache) -> None:
    await cache.remember_file(SERVER, USER, FILE)
    await cache.file_became(SERVER, USER, "k1", job_id=7, pipeline_id=PIPELINE)
    assert [item.result for item in await cache.files(SERVER, USER, 2026)] == [FileResult.UNDER_WAY]
    await cache.finish_file(SERVER, USER, "k1", result=FileResult.WARNING, ended_at=minutes(2), rows=31)
    await cache.finish_file(SERVER, USER, "unknown", result=FileResult.ERROR, ended_at=minutes(2))
    await cache.close()
    again = Cache(path, clock=lambda: minutes(60))
    await again.open()
    (file,) = await again.files(SERVER, USER)
    assert (file.name, file.size, file.sha256, file.sent_at, file.sent_by) == (
        "équipement.csv",
        1234,
        "ab" * 32,
        NOON,
        "operator@example.org",
    )
    assert (file.job_id, file.pipeline_id, file.result, file.rows, file.ended_at) == (
        7,
        PIPELINE,
        FileResult.WARNING,
        31,
        minutes(2),
    )
    assert await again.files(SERVER, USER, 2025) == ()
    assert await again.files(OTHER, USER) == ()
    await again.close()


async def test_a_row_the_disk_has_altered_is_not_shown(path: Path, cache: Cache) -> None:
    await keep(cache, year_text(), minutes(0))
    await keep(cache, year_text(is_started=True), minutes(1))
    await cache.remember_file(SERVER, USER, FILE)
    await cache.close()
    db = sqlite3.connect(path)
    with db:
        db.execute("UPDATE state SET body = x'00' WHERE id = 1")
        db.execute("UPDATE state SET first_seen = first_seen + 1 WHERE id = 2")
        db.execute("UPDATE file SET item = replace(item, '1234', '9999')")
    db.close()
    again = Cache(path, clock=lambda: minutes(60))
    await again.open()
    (state,) = await again.history(SERVER, USER, 2026)
    assert await again.read_state(state) is None
    assert await again.state_at(SERVER, USER, 2026, minutes(5)) is None
    assert await again.files(SERVER, USER) == ()
    await again.close()


async def test_what_is_older_than_agreed_goes_and_the_newest_state_of_a_year_never_does(cache: Cache) -> None:
    for day in (-500, -450, -10):
        await keep(cache, year_text(threshold=day + 1000), NOON + timedelta(days=day))
    await keep(cache, year_text(), NOON - timedelta(days=900), year=2023)
    await cache.keep_pipeline(SERVER, USER, 2023, PIPELINE, "{}", NOON - timedelta(days=900))
    await cache.remember_file(SERVER, USER, SentFile("old", 2023, "s", "f", 1, "", NOON - timedelta(days=900), "u"))
    assert await cache.limits(days=400, megabytes=500) == Limits(400, 500)
    assert len(await cache.history(SERVER, USER, 2026)) == 1
    assert len(await cache.history(SERVER, USER, 2023)) == 1
    assert await cache.pipelines(SERVER, USER) == ()
    assert await cache.files(SERVER, USER) == ()
    assert await cache.recall(SERVER, USER, Kind.YEAR, 2023) is not None


async def test_what_is_past_its_time_goes_at_the_next_start_by_the_limits_set_before(path: Path, cache: Cache) -> None:
    await keep(cache, year_text(), NOON - timedelta(days=20))
    await keep(cache, year_text(is_started=True), NOON)
    await cache.limits(days=30)
    assert len(await cache.history(SERVER, USER, 2026)) == 2
    await cache.close()
    later = Cache(path, clock=lambda: NOON + timedelta(days=15))
    await later.open()
    assert await later.present_limits() == Limits(30, 500)
    assert len(await later.history(SERVER, USER, 2026)) == 1
    await later.close()


async def test_a_full_store_makes_room_by_giving_up_its_oldest_states(path: Path, cache: Cache) -> None:
    await cache.limits(megabytes=1)
    await keep(cache, year_text(), NOON - timedelta(days=300), year=2020)
    for number in range(300):
        noise = "".join(f"{(number * 7919 + place) ** 3 % 999_983:06d}" for place in range(2000))
        await keep(cache, json.dumps({"number": number, "noise": noise}), minutes(number))
    states = await cache.history(SERVER, USER, 2026)
    assert cache.notice is CacheNotice.NONE
    assert 20 < len(states) < 300
    assert states[-1].last_seen == minutes(299)
    assert states[0].first_seen > minutes(100)
    assert len(await cache.history(SERVER, USER, 2020)) == 1
    assert (await cache.size()).bytes <= 1024 * 1024
    await cache.limits(megabytes=500)
    assert await cache.recall(SERVER, USER, Kind.YEAR, 2020) is not None
    assert size_on_disk(path) < 2 * 1024 * 1024


async def test_room_that_has_become_free_is_given_back_to_the_disk(path: Path, cache: Cache) -> None:
    for number in range(100):
        noise = "".join(f"{(number * 7919 + place) ** 3 % 999_983:06d}" for place in range(2000))
        await keep(cache, json.dumps({"number": number, "noise": noise}), NOON - timedelta(days=300 - number))
    before = (await cache.size()).bytes
    await cache.limits(days=30)
    await cache.close()
    assert size_on_disk(path) < before / 4


async def test_a_server_forgotten_is_nowhere_on_the_disk_any_more(path: Path, cache: Cache) -> None:
    words = "a sentence of that server"
    for server in (SERVER, OTHER):
        await keep(cache, json.dumps({"words": words, "server": server}), NOON, server=server)
        await keep(cache, json.dumps({"words": words, "more": 1}), minutes(1), server=server)
        await cache.keep_pipeline(server, USER, 2026, PIPELINE, "{}", NOON)
        await cache.remember_file(server, USER, FILE)
        await cache.set_note(server, "year", "2026")
    aside = path.with_name(f"{path.name}.damaged-20260101T000000Z")
    aside.write_text(SERVER)
    assert await cache.forget_server(SERVER)
    assert await cache.recall_all(SERVER, USER) == ()
    assert await cache.history(SERVER, USER, 2026) == ()
    assert await cache.pipelines(SERVER, USER) == ()
    assert await cache.files(SERVER, USER) == ()
    assert await cache.get_note(SERVER, "year") is None
    assert len(await cache.history(OTHER, USER, 2026)) == 2
    assert await cache.get_note(OTHER, "year") == "2026"
    on_disk = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert OTHER.encode() in on_disk
    assert SERVER.encode() not in on_disk


async def test_only_its_owner_may_read_the_history(path: Path, cache: Cache) -> None:
    await keep(cache, year_text(), NOON)
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


async def test_two_programs_that_see_the_same_state_at_once_note_it_once(path: Path, cache: Cache) -> None:
    second = Cache(path, clock=lambda: minutes(60))
    await second.open()
    raws = [year_text(threshold=number) for number in range(20)]
    for minute, raw in enumerate(raws):
        await asyncio.gather(*(keep(one, raw, minutes(minute)) for one in (cache, second)))
    assert [item.first_seen for item in await second.history(SERVER, USER, 2026)] == [minutes(at) for at in range(20)]
    assert (cache.notice, second.notice) == (CacheNotice.NONE, CacheNotice.NONE)
    await second.close()


async def test_two_programs_may_keep_the_same_history_at_once(path: Path, cache: Cache) -> None:
    second = Cache(path, clock=lambda: minutes(60))
    await second.open()
    await keep(cache, year_text(), minutes(0))
    await keep(second, year_text(), minutes(1))
    await keep(cache, year_text(is_started=True), minutes(2))
    states = await second.history(SERVER, USER, 2026)
    assert [(item.first_seen, item.last_seen) for item in states] == [(NOON, minutes(1)), (minutes(2), minutes(2))]
    assert (cache.notice, second.notice) == (CacheNotice.NONE, CacheNotice.NONE)
    await second.close()
