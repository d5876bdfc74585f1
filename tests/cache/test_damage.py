"""Whatever the disk does to the cache, the program starts, says what happened, and shows nothing false."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yearadmin.cache import database
from yearadmin.cache.database import Database
from yearadmin.cache.store import Cache, CacheNotice, Kind, SentFile, WorkItem

SERVER = "https://a.example.org/v1"
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
BEFORE = NOON - timedelta(hours=1)
NOBODY = 65534
PIPELINE = '{"pipeline_id": "p", "jobs": []}'
FILE = SentFile("k", 2026, "4.10.factor", "f.csv", 12, "ab" * 32, NOON, "u", job_id=7)


def opened_at_noon(path: Path, *, max_bytes: int | None = None) -> Cache:
    """A cache on the day of its entries, so that none is ever past its time."""
    return Cache(path, max_bytes=max_bytes, clock=lambda: NOON)


def raw_of(year: int) -> str:
    return f'{{"year": {year}, "config": "{"x" * 2000}"}}'


def earlier_raw_of(year: int) -> str:
    # Hardly compressible, so that the history fills pages of its own.
    return f'{{"year": {year}, "config": "{random.Random(year).randbytes(1500).hex()}"}}'


async def fill(path: Path, years: int = 12) -> None:
    cache = opened_at_noon(path)
    await cache.open()
    for year in range(2000, 2000 + years):
        await cache.keep(SERVER, "u", Kind.YEAR, year, earlier_raw_of(year), BEFORE)
        await cache.keep(SERVER, "u", Kind.YEAR, year, raw_of(year), NOON)
    await cache.keep_pipeline(SERVER, "u", 2026, "p", PIPELINE, NOON)
    await cache.remember_file(SERVER, "u", FILE)
    await cache.remember_work(SERVER, "u", WorkItem("k", 2026, 4, 10, "factor", 7, None, "f.csv", NOON))
    await cache.set_note(SERVER, "year", "2026")
    await cache.close()


@pytest.fixture
async def good(tmp_path: Path) -> bytes:
    path = tmp_path / "good" / "cache.db"
    await fill(path)
    return path.read_bytes()


def put(folder: Path, content: bytes) -> Path:
    folder.mkdir()
    path = folder / "cache.db"
    path.write_bytes(content)
    return path


def set_aside_in(folder: Path) -> list[Path]:
    return [item for item in folder.iterdir() if ".damaged-" in item.name]


def scribble_over(path: Path) -> None:
    """Damage everything but the first page of a file, as another program might."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    Path(f"{path}-wal").unlink(missing_ok=True)


def lock(path: Path) -> None:
    """Take away the right to write a file and its folder, from the all-powerful user too."""
    path.chmod(0o444)
    path.parent.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)


async def shows_only_true_history(cache: Cache) -> None:
    """Every state shown is one that was kept, at its own time."""
    for year in await cache.years_kept(SERVER, "u"):
        for state in await cache.history(SERVER, "u", year):
            text = await cache.read_state(state)
            if text is not None:
                assert (text.raw, state.first_seen) in ((earlier_raw_of(year), BEFORE), (raw_of(year), NOON))
        at_noon = await cache.state_at(SERVER, "u", year, NOON)
        assert at_noon is None or at_noon.raw in (earlier_raw_of(year), raw_of(year))
    assert {text.raw for text in await cache.pipelines(SERVER, "u")} <= {PIPELINE}
    assert set(await cache.files(SERVER, "u")) <= {FILE}


async def opens_or_is_set_aside(folder: Path, content: bytes) -> CacheNotice:
    """Open ``content`` as a cache: it must work, and show only what was kept."""
    cache = opened_at_noon(put(folder, content))
    await cache.open()
    for item in await cache.recall_all(SERVER, "u"):
        assert item.year is not None
        assert (item.kind, item.raw, item.fetched_at) == (Kind.YEAR, raw_of(item.year), NOON)
    await shows_only_true_history(cache)
    for work in await cache.work(SERVER, "u"):
        assert (work.key, work.job_id, work.file_name) == ("k", 7, "f.csv")
    await cache.last_user(SERVER)
    await cache.keep(SERVER, "u", Kind.YEAR, 1999, raw_of(1999), NOON)
    await cache.set_note(SERVER, "year", "1999")
    kept = await cache.recall(SERVER, "u", Kind.YEAR, 1999)
    assert kept is not None
    assert kept.raw == raw_of(1999)
    assert len(await cache.history(SERVER, "u", 1999)) == 1
    await cache.size()
    notice = cache.notice
    await cache.close()
    aside = set_aside_in(folder)
    assert notice in (CacheNotice.NONE, CacheNotice.SET_ASIDE)
    assert bool(aside) == (notice is CacheNotice.SET_ASIDE)
    shutil.rmtree(folder)
    return notice


async def test_a_cache_cut_at_every_page_either_opens_or_is_set_aside(good: bytes, tmp_path: Path) -> None:
    cuts = [*range(0, len(good), 4096), 1, 50, 100, 4095, 4097, len(good) - 1]
    notices = [await opens_or_is_set_aside(tmp_path / f"cut{cut}", good[:cut]) for cut in cuts]
    assert len(good) > 25 * 4096
    assert notices.count(CacheNotice.SET_ASIDE) >= len(good) // 4096 - 1


async def test_a_cache_with_flipped_bytes_either_opens_or_is_set_aside(good: bytes, tmp_path: Path) -> None:
    places = [*range(100), *range(100, len(good), max(len(good) // 120, 1))]
    notices = set()
    for place in places:
        flipped = bytearray(good)
        flipped[place] ^= 0xFF if place % 2 else 0x01
        notices.add(await opens_or_is_set_aside(tmp_path / f"flip{place}", bytes(flipped)))
    assert notices == {CacheNotice.NONE, CacheNotice.SET_ASIDE}


async def test_a_cache_with_scattered_damage_either_opens_or_is_set_aside(good: bytes, tmp_path: Path) -> None:
    chance = random.Random(1)
    notices = []
    for number in range(200):
        damaged = bytearray(good)
        for _ in range(chance.choice([1, 3, 20])):
            damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
        end = chance.randrange(len(damaged)) if number % 5 == 0 else len(damaged)
        notices.append(await opens_or_is_set_aside(tmp_path / f"scattered{number}", bytes(damaged[:end])))
    assert set(notices) == {CacheNotice.NONE, CacheNotice.SET_ASIDE}


async def test_a_damaged_definition_of_a_table_is_noticed_though_it_is_still_valid(good: bytes, tmp_path: Path) -> None:
    assert good.count(b"fetched_at INTEGER") == 1
    odd = good.replace(b"fetched_at INTEGER", b"fetched_at BLOBxxx")
    assert await opens_or_is_set_aside(tmp_path / "odd", odd) is CacheNotice.SET_ASIDE
    broken = good.replace(b"CREATE TABLE note", b"CREATE TABLE n\xf3te")
    assert await opens_or_is_set_aside(tmp_path / "broken", broken) is CacheNotice.SET_ASIDE


async def test_a_file_that_is_no_database_is_kept_under_a_dated_name_and_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(b"this is no database" * 500)
    cache = opened_at_noon(path)
    await cache.open()
    assert cache.notice is CacheNotice.SET_ASIDE
    assert await cache.recall_all(SERVER, "u") == ()
    await cache.close()
    (aside,) = set_aside_in(tmp_path)
    assert aside.read_bytes() == b"this is no database" * 500


async def test_a_cache_damaged_while_it_is_open_is_set_aside_and_work_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    await fill(path)
    cache = opened_at_noon(path)
    await cache.open()
    scribble_over(path)
    await cache.keep(SERVER, "u", Kind.YEAR, 2026, "1", NOON)
    kept = await cache.recall(SERVER, "u", Kind.YEAR, 2026)
    assert kept is not None
    assert kept.raw == "1"
    await cache.close()


async def test_a_cache_of_a_later_version_is_left_alone_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    db = sqlite3.connect(path)
    db.executescript(
        "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT); INSERT INTO about VALUES ('schema', '7');"
        "CREATE TABLE other (x); PRAGMA user_version = 7;"
    )
    db.close()
    before = path.read_bytes()
    cache = opened_at_noon(path)
    await cache.open()
    assert cache.notice is CacheNotice.NEWER
    await cache.keep(SERVER, "u", Kind.YEAR, 2026, "1", NOON)
    assert await cache.recall(SERVER, "u", Kind.YEAR, 2026) is not None
    await cache.close()
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["cache.db"]


async def test_a_full_disk_is_told_and_nothing_known_is_lost_for_this_run(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    await fill(path)
    cache = opened_at_noon(path, max_bytes=path.stat().st_size)
    await cache.open()
    notices = [cache.notice]
    await cache.keep(SERVER, "u", Kind.YEAR, 2026, "x" * 100_000, NOON)
    notices.append(cache.notice)
    assert notices == [CacheNotice.NONE, CacheNotice.READ_ONLY]
    assert {item.year for item in await cache.recall_all(SERVER, "u")} == {*range(2000, 2012), 2026}
    await cache.close()
    again = opened_at_noon(path)
    await again.open()
    assert (again.notice, len(await again.recall_all(SERVER, "u"))) == (CacheNotice.NONE, 12)
    await again.close()


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder that can be read and not written, even when the tests run as the all-powerful user."""
    folder = Path(tempfile.mkdtemp(prefix="cache-test-"))
    yield folder
    if os.geteuid() != os.getuid():
        os.seteuid(os.getuid())
    folder.chmod(0o700)
    shutil.rmtree(folder)


async def test_a_cache_that_can_only_be_read_shows_what_it_holds_and_says_so(locked_folder: Path) -> None:
    path = locked_folder / "cache.db"
    await fill(path)
    lock(path)
    cache = opened_at_noon(path)
    await cache.open()
    assert cache.notice is CacheNotice.READ_ONLY
    assert len(await cache.recall_all(SERVER, "u")) == 12
    await cache.keep(SERVER, "u", Kind.YEAR, 2026, "1", NOON)
    assert len(await cache.recall_all(SERVER, "u")) == 13
    await cache.close()


async def test_a_large_cache_that_can_only_be_read_shows_its_newest_history_without_filling_memory(
    locked_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = locked_folder / "cache.db"
    await fill(path)
    lock(path)
    monkeypatch.setattr(database, "MEMORY_BYTES", 4096)
    monkeypatch.setattr(database, "MEMORY_STATES", 5)
    cache = opened_at_noon(path)
    await cache.open()
    assert cache.notice is CacheNotice.READ_ONLY
    assert len(await cache.recall_all(SERVER, "u")) == 12
    assert (await cache.size()).states == 5
    assert await cache.files(SERVER, "u") == (FILE,)
    await shows_only_true_history(cache)
    await cache.close()


async def test_only_the_newest_damaged_files_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    for number in range(6):
        path.write_bytes(b"this is no database %d" % number * 500)
        cache = opened_at_noon(path)
        await cache.open()
        assert cache.notice is CacheNotice.SET_ASIDE
        await cache.close()
    assert len(set_aside_in(tmp_path)) == 3


async def test_a_folder_that_cannot_be_made_leaves_a_cache_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = opened_at_noon(tmp_path / "file" / "cache.db")
    await cache.open()
    assert cache.notice is CacheNotice.READ_ONLY
    await cache.keep(SERVER, "u", Kind.YEAR, 2026, "1", NOON)
    assert await cache.recall(SERVER, "u", Kind.YEAR, 2026) is not None
    await cache.close()


def test_a_mistake_of_the_program_is_not_taken_for_a_damaged_file(tmp_path: Path) -> None:
    opened = Database(tmp_path / "cache.db")
    opened.open()
    with pytest.raises(sqlite3.ProgrammingError):
        opened.run(lambda db: db.execute("SELECT ?", ()))
    assert opened.notice is CacheNotice.NONE
    opened.close()
