"""What was last known is there after a restart, for the right server, user and year, and nothing else is."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from yearadmin.cache.store import Cache, CacheNotice, Kept, KeptYear, Kind, WorkItem

SERVER, OTHER = "https://a.example.org/v1", "https://b.example.org/v1"
NOON = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cache.db"


@pytest.fixture
async def cache(path: Path) -> AsyncIterator[Cache]:
    made = Cache(path)
    await made.open()
    yield made
    await made.close()


def work(key: str, started_at: datetime = NOON) -> WorkItem:
    return WorkItem(key, 2026, 4, None, "factor", 7, None, "été\udcff.csv", started_at)


async def test_an_answer_is_there_again_after_a_restart_with_its_time(path: Path, cache: Cache) -> None:
    await cache.keep(SERVER, "u", Kind.YEAR, 2026, '{"year": 2026, "é": "\U0001f512"}', NOON)
    await cache.close()
    again = Cache(path)
    await again.open()
    assert await again.recall(SERVER, "u", Kind.YEAR, 2026) == Kept('{"year": 2026, "é": "\U0001f512"}', NOON)
    assert again.notice is CacheNotice.NONE
    await again.close()


async def test_nobody_sees_another_servers_users_or_years_answer(cache: Cache) -> None:
    await cache.keep(SERVER, "u", Kind.YEAR, 2026, "1", NOON)
    await cache.keep(SERVER, "u", Kind.YEARS, None, "2", NOON)
    assert await cache.recall(OTHER, "u", Kind.YEAR, 2026) is None
    assert await cache.recall(SERVER, "v", Kind.YEAR, 2026) is None
    assert await cache.recall(SERVER, "u", Kind.YEAR, 2025) is None
    assert await cache.recall(SERVER, "u", Kind.YEAR, None) is None
    assert await cache.recall(SERVER, "u", Kind.PIPELINES, 2026) is None
    assert await cache.recall_all(OTHER, "u") == ()


async def test_the_newest_answer_replaces_the_one_before_and_a_late_old_one_changes_nothing(cache: Cache) -> None:
    await cache.keep(SERVER, "u", Kind.YEARS, None, "old", NOON)
    await cache.keep(SERVER, "u", Kind.YEARS, None, "new", LATER)
    await cache.keep(SERVER, "u", Kind.YEARS, None, "late", NOON)
    assert await cache.recall_all(SERVER, "u") == (KeptYear(Kind.YEARS, None, "new", LATER),)


async def test_a_start_reads_everything_at_once_odd_years_included(cache: Cache) -> None:
    for year in (2026, 0, -1, 9999):
        await cache.keep(SERVER, "u", Kind.YEAR, year, str(year), NOON)
    await cache.keep(SERVER, "u", Kind.USER, None, "me", LATER)
    await cache.keep(SERVER, "v", Kind.USER, None, "you", NOON)
    kept = await cache.recall_all(SERVER, "u")
    assert {(item.kind, item.year): item.raw for item in kept} == {
        (Kind.YEAR, 2026): "2026",
        (Kind.YEAR, 0): "0",
        (Kind.YEAR, -1): "-1",
        (Kind.YEAR, 9999): "9999",
        (Kind.USER, None): "me",
    }
    assert await cache.last_user(SERVER) == "u"
    assert await cache.last_user(OTHER) is None


async def test_a_time_of_another_zone_is_kept_as_utc(cache: Cache) -> None:
    zurich = NOON.astimezone(timezone(timedelta(hours=2)))
    await cache.keep(SERVER, "u", Kind.YEAR, 2026, "1", zurich)
    kept = await cache.recall(SERVER, "u", Kind.YEAR, 2026)
    assert kept is not None
    assert (kept.fetched_at, kept.fetched_at.utcoffset()) == (NOON, timedelta(0))


async def test_notes_are_kept_per_server(cache: Cache) -> None:
    await cache.set_note(SERVER, "year", "2025")
    await cache.set_note(SERVER, "year", "2026")
    assert await cache.get_note(SERVER, "year") == "2026"
    assert await cache.get_note(OTHER, "year") is None


async def test_work_under_way_is_remembered_until_it_is_forgotten(path: Path, cache: Cache) -> None:
    await cache.remember_work(SERVER, "u", work("b", LATER))
    await cache.remember_work(SERVER, "u", work("a"))
    await cache.remember_work(SERVER, "u", work("a"))
    await cache.remember_work(SERVER, "v", work("c"))
    await cache.close()
    again = Cache(path)
    await again.open()
    assert await again.work(SERVER, "u") == (work("a"), work("b", LATER))
    await again.forget_work(SERVER, "u", "a")
    await again.forget_work(SERVER, "u", "unknown")
    assert await again.work(SERVER, "u") == (work("b", LATER),)
    await again.close()


async def test_only_its_owner_may_read_the_file_and_its_folder(path: Path, cache: Cache) -> None:
    await cache.keep(SERVER, "u", Kind.YEAR, 2026, "1", NOON)
    modes = {item.name: stat.S_IMODE(item.stat().st_mode) for item in path.parent.iterdir()}
    assert modes.pop("cache.db") == 0o600
    assert set(modes.values()) <= {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_the_loop_goes_on_while_the_cache_writes(cache: Cache) -> None:
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            beats += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(beat())
    await asyncio.gather(*(cache.keep(SERVER, "u", Kind.YEAR, year, "x" * 50_000, NOON) for year in range(40)))
    task.cancel()
    assert beats > 40
    assert len(await cache.recall_all(SERVER, "u")) == 40


async def test_a_cache_may_be_closed_twice(cache: Cache) -> None:
    await cache.close()
    await cache.close()
    with pytest.raises(RuntimeError):
        await cache.recall(SERVER, "u", Kind.YEAR, 2026)
