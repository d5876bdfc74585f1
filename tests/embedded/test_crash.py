"""Killed at any moment, as by a power cut: what was begun goes on after the next start, nothing is lost or doubled."""

from __future__ import annotations

import time
from collections.abc import Callable

from .backends import SAMPLE, Backend
from .test_provisioning import counts, expected

PACE = 0.12  # seconds per step: long enough to hit every one


def test_years_that_were_being_set_up_are_set_up(fresh: Callable[..., Backend]) -> None:
    pipelines = {}
    for number in range(8):
        backend = fresh("--pace", str(PACE))  # what the last round left goes on, too
        year = 2026 + number
        pipelines[year] = backend.client().post(f"/year-configuration/{year}").json()["pipeline_id"]
        time.sleep(number * PACE * 0.6)
        backend.process.kill()
    again = fresh()
    for year, pipeline in pipelines.items():
        assert again.follow(pipeline)[-1]["progress"]["status"] == "SUCCESS"
        assert counts(again, year) == expected()
        assert again.client().get(f"/year-configuration/{year}").json()["configuration_completed"]
    assert again.ask("SELECT count(*), max(attempts) FROM jobs") == [(len(pipelines), 1)]
    assert again.damage() == []


def test_a_year_of_uploads_killed_again_and_again_comes_out_whole(fresh: Callable[..., Backend]) -> None:
    backend = fresh()
    backend.year(2026)
    assert backend.sample(2026, 1, "processemissions_factors.csv", module_type_id=8, data_entry_type_id=50)
    backend.process.kill()
    backend = fresh("--pace", str(PACE))
    wanted = {
        "processemissions_data.csv": {"module_type_id": 8, "data_entry_type_id": 50},
        "headcount_members_data.csv": {"module_type_id": 1, "data_entry_type_id": 1},
    }
    pipelines = [
        backend.dispatch(2026, 0, backend.put(name, (SAMPLE / name).read_bytes()), **config).json()["pipeline_id"]
        for name, config in wanted.items()
    ]
    for _ in range(5):
        time.sleep(0.2)
        backend.process.kill()
        backend = fresh("--pace", str(PACE))
    for pipeline in pipelines:
        last = backend.follow(pipeline)[-1]
        assert last["progress"]["status"] == "SUCCESS"
        assert [job["job_type"] for job in last["jobs"]] == ["csv_ingest", "emission_recalc", "aggregation"]
    for name, config in wanted.items():
        rows = len((SAMPLE / name).read_text(encoding="utf-8").splitlines()) - 1
        det = config["data_entry_type_id"]
        assert backend.ask("SELECT count(*) FROM data_entries WHERE data_entry_type_id = ?", det) == [(rows,)]
    kept = backend.client().get("/files/", params={"path": "processed", "recursive": True}).json()
    assert len(kept) == 3
    assert backend.client().get("/files/", params={"path": "processing", "recursive": True}).json() in (
        [],
        [{**item, "children": []} for item in backend.client().get("/files/", params={"path": "processing"}).json()],
    )
    assert backend.damage() == []
