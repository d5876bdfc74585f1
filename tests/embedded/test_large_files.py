"""A large file on its way: others write meanwhile, it appears in one moment, and stopping it leaves nothing behind."""

from __future__ import annotations

import time
from collections.abc import Callable

from .backends import Backend
from .test_serve import wait_until

PROCESS = {"module_type_id": 8, "data_entry_type_id": 50}
ROWS = 60_000
WITHIN = 0.2  # seconds within which a write is answered while a file is taken in, on a computer that does nothing else
SEEN = (
    "SELECT count(*) FROM data_entries e JOIN entry_loads l ON l.id = e.load_id"
    " WHERE l.state = 1 AND l.year = 2026 AND l.data_entry_type_id = 50"
)


def rows(number: int) -> str:
    return "unit_institutional_id,category,quantity\n" + "13032,co2,1\n" * number


def change(backend: Backend) -> float:
    """Seconds one change of the year takes."""
    began = time.perf_counter()
    assert backend.client().patch("/year-configuration/2026", json={"is_started": True}).status_code == 200
    return time.perf_counter() - began


def patience(backend: Backend) -> float:
    """What a write may take beside a large file: ten times what it takes alone, where other programs slow both down."""
    return max(WITHIN, 10 * sorted(change(backend) for _ in range(20))[18])


def begun(fresh: Callable[..., Backend]) -> Backend:
    backend = fresh()
    backend.year(2026)
    backend.ingest(2026, 1, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,2\n", **PROCESS)
    return backend


def test_others_write_at_once_and_see_the_file_before_or_the_file_after(fresh: Callable[..., Backend]) -> None:
    backend = begun(fresh)
    client, within = backend.client(), patience(backend)
    took: list[float] = []
    seen: set[int] = set()
    for size in (ROWS, ROWS + 1):
        path = backend.put("d.csv", rows(size))
        pipeline = backend.dispatch(2026, 0, path, **PROCESS).json()["pipeline_id"]
        done = False
        while not done:
            took.append(change(backend))
            seen.update(row[0] for row in backend.ask(SEEN))
            done = client.get(f"/sync/pipelines/{pipeline}").json()["progress"]["done"]
            time.sleep(0.01)
        assert backend.follow(pipeline)[-1]["progress"]["status"] == "SUCCESS"
    assert seen == {0, ROWS, ROWS + 1}
    assert len(took) > 40
    assert sorted(took)[int(len(took) * 0.95)] < within, (within, sorted(took)[-10:])
    assert backend.ask("SELECT sum(kg_co2eq) FROM module_totals WHERE module_type_id = 8") == [(2.0 * (ROWS + 1),)]
    assert wait_until(lambda: backend.ask("SELECT count(*) FROM data_entries") == [(ROWS + 1,)])
    assert backend.ask("SELECT count(*) FROM entry_loads") == [(1,)]


def test_a_large_file_that_is_stopped_leaves_what_was_there(fresh: Callable[..., Backend]) -> None:
    backend = begun(fresh)
    backend.ingest(2026, 0, "d.csv", rows(5), **PROCESS)
    within = patience(backend)
    path = backend.put("d.csv", rows(4 * ROWS))
    pipeline = backend.dispatch(2026, 0, path, **PROCESS).json()["pipeline_id"]
    written = "SELECT count(*) FROM entry_loads WHERE state = 0"
    assert wait_until(lambda: backend.ask(written) == [(1,)])
    began = time.perf_counter()
    assert backend.client().post(f"/sync/pipelines/{pipeline}/abort").status_code == 200
    assert time.perf_counter() - began < within
    assert backend.follow(pipeline)[-1]["progress"]["status"] == "FAILED"
    assert backend.ask(SEEN) == [(5,)]
    assert wait_until(lambda: backend.ask("SELECT count(*) FROM data_entries") == [(5,)])
    assert backend.ask("SELECT count(*) FROM entry_loads") == [(1,)]
    assert backend.ingest(2026, 0, "d.csv", rows(6), **PROCESS)["progress"]["status"] == "SUCCESS"
    assert backend.ask(SEEN) == [(6,)]
