"""Killed at many moments of every kind of work: what users see is always whole, and in the end everything is done."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from yearadmin.embedded.checking import faults

from .backends import Backend
from .test_serve import wait_until

PROCESS = {"module_type_id": 8, "data_entry_type_id": 50}
YEAR = 2026
HALF = "half-written load"
# What is to be under way at each kill, if it can be caught.
MOMENTS = (
    *("unit_sync", HALF, "emission_recalc", "factor_ingest", "aggregation"),
    *("module_emission_recalc", HALF, "csv_ingest", "emission_recalc", "aggregation"),
)
SEEN = (
    "SELECT count(*), coalesce(sum(l.entries), 0) FROM entry_loads l"
    " WHERE l.state = 1 AND l.year = ? AND l.data_entry_type_id = 50"
)
HELD = (
    "SELECT count(*) FROM data_entries e JOIN entry_loads l ON l.id = e.load_id"
    " WHERE l.state = 1 AND l.year = ? AND l.data_entry_type_id = 50"
)


def data(rows: int) -> str:
    return "unit_institutional_id,category,quantity\n" + "13032,co2,1\n" * rows


def whole(path: Path, sizes: set[int]) -> set[str]:
    """After a kill, seen from outside: the database is sound and a year's entries are those of one whole file.

    Gives the kinds of work that were under way.
    """
    with closing(sqlite3.connect(path / "backend.sqlite", timeout=10)) as db:
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        for year in (YEAR, YEAR + 1):
            loads, entries = db.execute(SEEN, (year,)).fetchone()
            assert loads <= 1
            assert entries in sizes
            assert db.execute(HELD, (year,)).fetchone() == (entries,)
        done = "SELECT count(*) FROM jobs WHERE state = 3 AND (result IS NULL OR finished_at IS NULL)"
        assert db.execute(done).fetchone() == (0,)
        return under_way(db)


def under_way(db: sqlite3.Connection) -> set[str]:
    """The kinds of work that run, and whether entries are being written that nobody sees yet."""
    kinds = {str(row[0]) for row in db.execute("SELECT job_type FROM jobs WHERE state = 2")}
    half = db.execute("SELECT count(*) FROM entry_loads WHERE state = 0").fetchone() != (0,)
    return kinds | ({HALF} if half else set())


def wait_for(path: Path, moment: str) -> None:
    """Wait until that kind of work is under way, or nothing is, at most three seconds."""
    active = "SELECT count(*) FROM jobs WHERE state <> 3"
    end = time.monotonic() + 3
    with closing(sqlite3.connect(path / "backend.sqlite", timeout=10)) as db:
        while time.monotonic() < end and moment not in under_way(db) and db.execute(active).fetchone() != (0,):
            time.sleep(0.001)


def busy(backend: Backend, number: int, sizes: set[int]) -> None:
    """Start one more of everything."""
    client = backend.client()
    size = 5_000 + number * 400  # more than fits one transaction, and never twice the same
    sizes.add(size)
    backend.dispatch(YEAR, 0, backend.put("d.csv", data(size)), **PROCESS)
    backend.dispatch(YEAR, 1, backend.put("f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,2\n"), **PROCESS)
    client.post(f"/sync/recalculate-emissions/8?year={YEAR}&only_stale=false")
    latest = client.get(f"/sync/jobs/year/{YEAR}/latest").json()
    source = [
        job["job_id"] for job in latest if (job["target_type"], job["result"]) == (0, 0) and job["meta"].get("inserted")
    ]
    if source:
        copied = backend.dispatch(YEAR + 1, 0, None, **PROCESS, source_job_id=source[0])
        assert copied.status_code in (200, 422), copied.text
    if number % 4 == 2:
        stopped = backend.dispatch(YEAR + 1, 0, backend.put("d.csv", data(4_321)), **PROCESS).json()["pipeline_id"]
        sizes.add(4_321)  # it may have been quicker
        assert client.post(f"/sync/pipelines/{stopped}/abort").status_code in (200, 409)
    assert client.post(f"/year-configuration/{YEAR + 10 + number}").status_code == 201


def test_whenever_it_is_killed_nothing_is_half_lost_or_doubled(fresh: Callable[..., Backend]) -> None:
    backend = fresh()
    for year in (YEAR, YEAR + 1):
        backend.year(year)
        backend.ingest(year, 1, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,2\n", **PROCESS)
    dice = random.Random(20261125)
    sizes, struck = {0}, set[str]()
    for number, moment in enumerate(MOMENTS):
        if number % 2 == 0:
            busy(backend, number, sizes)
        wait_for(backend.data_dir, moment)
        time.sleep(dice.uniform(0, 0.05))  # anywhere within it
        backend.process.kill()
        struck |= whole(backend.data_dir, sizes)
        backend = fresh()
    assert wait_until(lambda: backend.ask("SELECT count(*) FROM jobs WHERE state <> 3") == [(0,)], 60)
    assert backend.ask("SELECT count(*) FROM pipelines WHERE status NOT IN ('SUCCESS', 'FAILED', 'PARTIAL')") == [(0,)]
    failed = backend.ask(
        "SELECT job_type, status_message, meta FROM jobs WHERE result = 2 AND meta NOT LIKE '%aborted%'"
    )
    assert failed == []
    last = max(size for size in sizes if size != 4_321)
    assert backend.ask(HELD, YEAR) == [(last,)]
    totals = "SELECT sum(kg_co2eq), sum(entries) FROM module_totals WHERE year = ? AND module_type_id = 8"
    assert backend.ask(totals, YEAR) == [(2.0 * last, last)]
    assert backend.ask("SELECT max(attempts) FROM jobs") == [(1,)]  # a backend that was stopped is no failed attempt
    assert wait_until(lambda: backend.ask("SELECT count(*) FROM entry_loads WHERE state <> 1") == [(0,)])
    assert faults(backend.data_dir) == []
    years = backend.client().get("/year-configuration/").json()
    assert all(line["configuration_completed"] for line in years)
    assert len(years) == 2 + len(MOMENTS) // 2
    assert {HALF, "csv_ingest"} <= struck  # else it was no test
    kept = [item for item in (backend.data_dir / "files" / "processing").rglob("*") if item.is_file()]
    stopped = backend.ask("SELECT count(*) FROM jobs WHERE meta LIKE '%aborted%'")[0][0]
    assert len(kept) <= stopped
