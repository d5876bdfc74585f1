"""A store written by an earlier version of this program is brought up to date, one by a later version is left alone."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yearadmin.cache.store import Cache, CacheNotice, Kind

DATA = Path(__file__).parent.parent / "data" / "cache"
SERVER, USER = "https://calculator.example.org/api/v1", "operator@example.org"
OLD = (DATA / "schema-1.sqlite").read_bytes()
AT = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "cache.sqlite"
    shutil.copyfile(DATA / "schema-1.sqlite", path)
    return path


def opened_then(path: Path) -> Cache:
    return Cache(path, clock=lambda: AT)


async def holds_all(cache: Cache) -> None:
    kept = await cache.recall_all(SERVER, USER)
    assert {(item.kind, item.year) for item in kept} == {
        (Kind.YEARS, None),
        (Kind.YEAR, 2026),
        (Kind.YEAR, 2025),
        (Kind.USER, None),
    }
    (work,) = await cache.work(SERVER, USER)
    assert (work.key, work.file_name, work.started_at) == ("k", "equipment.csv", AT)
    assert await cache.get_note(SERVER, "year") == "2026"
    assert await cache.last_user(SERVER) == USER


async def test_a_store_of_the_first_version_keeps_all_it_holds_and_begins_a_history(old: Path) -> None:
    for _ in range(2):
        cache = opened_then(old)
        await cache.open()
        assert cache.notice is CacheNotice.NONE
        await holds_all(cache)
        (state,) = await cache.history(SERVER, USER, 2026)
        assert (state.first_seen, state.last_seen) == (AT, AT)
        text = await cache.state_at(SERVER, USER, 2026, AT)
        kept = await cache.recall(SERVER, USER, Kind.YEAR, 2026)
        assert text is not None
        assert kept is not None
        assert text.raw == kept.raw
        (state,) = await cache.history(SERVER, USER, 2025)
        assert state.first_seen == AT - timedelta(days=3)
        await cache.close()
    db = sqlite3.connect(old)
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    assert db.execute("PRAGMA auto_vacuum").fetchone() == (2,)
    db.close()
    assert os.listdir(old.parent) == ["cache.sqlite"]


async def test_two_programs_that_start_at_once_on_an_old_store_both_find_all_of_it(old: Path) -> None:
    caches = [opened_then(old) for _ in range(3)]
    await asyncio.gather(*(cache.open() for cache in caches))
    for cache in caches:
        assert cache.notice is CacheNotice.NONE
        await holds_all(cache)
        assert len(await cache.history(SERVER, USER, 2026)) == 1
    for cache in caches:
        await cache.close()


async def test_two_programs_that_start_at_once_without_a_store_make_one(tmp_path: Path) -> None:
    caches = [opened_then(tmp_path / "new" / "cache.sqlite") for _ in range(3)]
    await asyncio.gather(*(cache.open() for cache in caches))
    await caches[0].set_note(SERVER, "year", "2026")
    for cache in caches:
        assert cache.notice is CacheNotice.NONE
        assert await cache.get_note(SERVER, "year") == "2026"
        await cache.close()
    assert os.listdir(tmp_path / "new") == ["cache.sqlite"]


async def test_an_old_store_cut_anywhere_either_opens_or_is_set_aside(tmp_path: Path) -> None:
    whole = OLD
    notices = []
    for cut in range(0, len(whole), 4096):
        path = tmp_path / f"cut{cut}" / "cache.sqlite"
        path.parent.mkdir()
        path.write_bytes(whole[:cut])
        cache = opened_then(path)
        await cache.open()
        notices.append(cache.notice)
        await cache.keep(SERVER, USER, Kind.YEAR, 1999, "1", AT)
        assert len(await cache.history(SERVER, USER, 1999)) == 1
        await cache.close()
    assert notices == [CacheNotice.NONE] + [CacheNotice.SET_ASIDE] * (len(notices) - 1)


async def test_an_old_store_that_can_only_be_read_is_shown_from_memory(old: Path) -> None:
    cache = Cache(old, max_bytes=4096, clock=lambda: AT)
    await cache.open()
    assert cache.notice is CacheNotice.READ_ONLY
    await holds_all(cache)
    assert len(await cache.history(SERVER, USER, 2026)) == 1
    await cache.close()


async def test_a_store_of_a_later_version_is_left_alone_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    shutil.copyfile(DATA / "newer.sqlite", path)
    cache = opened_then(path)
    await cache.open()
    assert cache.notice is CacheNotice.NEWER
    await cache.keep(SERVER, USER, Kind.YEAR, 2026, "1", AT)
    assert len(await cache.history(SERVER, USER, 2026)) == 1
    await cache.limits(days=1)
    assert not await cache.forget_server(SERVER)
    await cache.close()
    assert path.read_bytes() == (DATA / "newer.sqlite").read_bytes()
    assert os.listdir(tmp_path) == ["cache.sqlite"]
