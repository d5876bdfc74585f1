"""The demonstration years: made by real jobs, as far as promised, once, and continued after an interruption."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from .backends import STANDARD, Backend

THIS_YEAR = datetime.now(UTC).year


def finished(backend: Backend) -> None:
    end = time.monotonic() + 60
    while (
        backend.ask("SELECT count(*) FROM year_configurations") == [(0,)]
        or (backend.data_dir / "sample-unfinished").exists()
    ):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_last_year_is_open_and_this_year_is_on_its_way(fresh: Callable[..., Backend]) -> None:
    backend = fresh("--sample", "--pace", "0.05")
    time.sleep(1.0)
    backend.process.kill()  # in the middle
    backend = fresh("--sample")
    finished(backend)
    assert [item["year"] for item in backend.client(STANDARD).get("/year-configuration/").json()] == [THIS_YEAR - 1]
    last = backend.client().get(f"/year-configuration/{THIS_YEAR - 1}").json()
    assert not any(module["incomplete"] for module in last["config"]["modules"].values())
    assert all(last["config"]["reduction_objectives"]["files"].values())
    assert len(last["config"]["reduction_objectives"]["goals"]) == 1
    this = backend.client().get(f"/year-configuration/{THIS_YEAR}").json()
    assert this["configuration_completed"]
    modules = this["config"]["modules"]
    assert modules["1"]["submodules"]["1"]["latest_data_job"]["result"] == 1
    assert modules["8"]["submodules"]["50"]["latest_factor_job"]["result"] == 2
    assert modules["2"]["incomplete"] is True
    files = backend.ask(
        "SELECT year, count(*) FROM jobs WHERE parent_id IS NULL AND job_type != 'unit_sync' GROUP BY 1"
    )
    assert files == [(THIS_YEAR - 1, 34), (THIS_YEAR, 11)]
    failed = backend.ask("SELECT count(*) FROM jobs WHERE result = 2")
    assert failed == [(1,)]
    assert backend.ask("SELECT display_name FROM users WHERE institutional_id = 'demo'") == [("Demo",)]
    backend.process.stop()
    before = backend.ask("SELECT count(*) FROM jobs")
    again = fresh("--sample")
    time.sleep(0.3)
    assert again.ask("SELECT count(*) FROM jobs") == before
    assert again.process.errors == ""
