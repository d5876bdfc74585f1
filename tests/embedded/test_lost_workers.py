"""A worker that dies or falls silent: its job is tried again, given up in the end, or handed back by an operator."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing

from .backends import Backend
from .test_serve import children, wait_until

RUNNING = "SELECT count(*) FROM jobs WHERE state = 2"


def test_a_job_that_kills_its_worker_three_times_is_given_up(fresh: Callable[..., Backend]) -> None:
    backend = fresh("--pace", "0.4")
    pipeline = backend.client().post("/year-configuration/2026").json()["pipeline_id"]
    web = backend.process.process.pid
    for attempt in (1, 2, 3):
        tried = f"{RUNNING} AND attempts = {attempt}"
        assert wait_until(lambda tried=tried: backend.ask(tried) == [(1,)])  # type: ignore[misc]
        (worker,) = children(web)
        os.kill(worker, signal.SIGKILL)
    last = backend.follow(pipeline)[-1]
    assert (last["progress"]["status"], last["jobs"][0]["result"]) == ("FAILED", "ERROR")
    assert "interrupted too often" in last["jobs"][0]["status_message"]
    assert backend.ask("SELECT attempts FROM jobs") == [(3,)]
    job = backend.client().post("/sync/units", json={"target_year": 2026}).json()["job_id"]
    assert backend.follow_job(job)[-1]["result"] == 0


def test_only_a_job_not_heard_of_for_an_hour_can_be_handed_back(fresh: Callable[..., Backend]) -> None:
    backend = fresh("--pace", "0.3")
    client = backend.client()
    pipeline = client.post("/year-configuration/2026").json()["pipeline_id"]
    assert wait_until(lambda: backend.ask(RUNNING) == [(1,)])
    ((job,),) = backend.ask("SELECT id FROM jobs")
    assert client.post(f"/sync/jobs/{job}/recover").status_code == 409
    with closing(sqlite3.connect(backend.data_dir / "backend.sqlite", timeout=10)) as db:
        db.execute("UPDATE jobs SET locked_at = '2026-01-01 00:00:00.000000' WHERE state = 2")
        db.commit()
    answer = client.post(f"/sync/jobs/{job}/recover")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["locked_by"]) == (0, None)
    last = backend.follow(pipeline)[-1]
    assert last["progress"]["status"] == "SUCCESS"
    assert client.post(f"/sync/jobs/{job}/recover").status_code == 409
    assert client.get("/sync/workers").json()[0]["heartbeat_age_seconds"] < 30
    assert backend.ask("SELECT count(*) FROM carbon_reports GROUP BY unit_id HAVING count(*) > 1") == []
