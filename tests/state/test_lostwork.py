"""Work whose beginning nobody saw: found in the server's list of jobs, or said not to have begun; never begun twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.remote.lines import hang_up, said, silence
from yearadmin.contract.enums import JobType
from yearadmin.contract.problems import ProblemCode
from yearadmin.state.model import ConnectionPhase, NoticeCode, Origin, UploadStage
from yearadmin.state.setup import SetupPhase, setup_of
from yearadmin.state.slots import SlotState, slot_view

from . import builders as b
from .scripted import PACE, YearServer, a_core, pipelines_of, told, until
from .uploading import DISPATCH, FOOTPRINT, PLANE, TEMP, accepts, csv, ready

JOBS, UNITS = "GET /v1/sync/jobs/by-status", "POST /v1/sync/units"
PATH = "tmp/17/footprint.csv"
QUICK = replace(PACE, surely_gone=0.1)


def row(job_id: int, path: str, state: int = 2, **more: object) -> dict[str, object]:
    return {"id": job_id, "state": state, "meta": {"config": {"file_path": path}}, "year": 2026, **more}


def footprint(server: YearServer, *dispatched: object) -> None:
    server.year(2026, b.year(2026))
    accepts(server, *dispatched)  # type: ignore[arg-type]
    server.on(TEMP, said([{"name": "footprint.csv", "path": PATH}]))


async def test_a_reduction_file_whose_dispatch_was_cut_by_closing_is_found_by_the_next_start(
    server: YearServer, tmp_path: Path
) -> None:
    footprint(server, silence)
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        core.spawn(core.upload(2026, FOOTPRINT, csv(tmp_path, "footprint.csv")))
        async with asyncio.timeout(5):
            while not server.count(DISPATCH):  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        assert core.store.state.uploads[0].stage is UploadStage.STARTING
    server.on(JOBS, said([row(7, "tmp/16/footprint.csv", 3), row(50, PATH)]))
    server.job(50, b.update(50), b.update(50, state=3, result=0))
    async with a_core(server.base, tmp_path, pace=QUICK) as core:
        state = await until(core, lambda s: bool(s.uploads) and s.uploads[0].stage is UploadStage.ENDED)
        assert (state.uploads[0].job_id, state.uploads[0].file_name) == (50, "footprint.csv")
        await until(core, lambda s: NoticeCode.UPLOAD_DONE in told(core))
    assert server.count(DISPATCH) == 1
    async with a_core(server.base, tmp_path, pace=QUICK) as core:
        await core.connected()
        await core.loaded(2026)
        assert core.store.state.uploads == ()  # it is no longer remembered


async def test_a_dispatch_that_surely_never_began_is_said_to_have_changed_nothing(
    server: YearServer, tmp_path: Path
) -> None:
    footprint(server, hang_up)
    server.on(JOBS, said([row(7, "tmp/16/footprint.csv", 3)]))
    async with a_core(server.base, tmp_path, pace=QUICK) as core:
        await ready(core)
        ended = await core.upload(2026, FOOTPRINT, csv(tmp_path, "footprint.csv"))
        assert ended.problem is not None
        assert ended.problem.code is ProblemCode.LOST_ANSWER
        state = await until(core, lambda s: s.uploads[0].stage is UploadStage.REFUSED)
        assert state.uploads[0].problem is not None
        assert state.uploads[0].problem.code is ProblemCode.UNREACHABLE
        assert slot_view(state, 2026, FOOTPRINT).state is SlotState.REFUSED
        assert told(core)[-1] is NoticeCode.UPLOAD_REFUSED
        assert server.count(DISPATCH) == 1


async def test_a_lost_dispatch_is_followed_by_the_pipeline_its_job_has(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    accepts(server, hang_up)
    server.on(JOBS, said([row(41, "tmp/17/planes.csv", pipeline_id=b.P1)]))
    done = b.pipeline(b.P1, b.ended(41, "factor_ingest"), done=True, phase=3, closed=True)
    server.pipeline(b.P1, done, done, end="close")
    async with a_core(server.base, tmp_path, pace=QUICK) as core:
        await ready(core)
        assert (await core.upload(2026, PLANE, csv(tmp_path))).ok
        assert core.store.state.uploads[0].pipeline_id == b.P1
        assert server.count(DISPATCH) == 1


@pytest.mark.parametrize("seen", ["active", "ended"])
async def test_a_set_up_begun_again_without_an_answer_is_found_and_followed(
    server: YearServer, tmp_path: Path, seen: str
) -> None:
    server.usual(b.ADMIN, b.line(2026, done=None))
    server.year(2026, b.year(2026, done=None))
    failed = b.pipeline(b.P1, b.ended(10, "unit_sync", "ERROR", "deadlock"), done=True, phase=3, status="FAILED")
    server.on(pipelines_of(2026), said([b.P1]), said([]))
    server.pipeline(b.P1, failed, failed, end="close")
    server.job(10, b.update(10, state=3, result=2))
    server.on(UNITS, hang_up)
    again = {"id": 11, "job_type": JobType.UNIT_SYNC, "year": 2026, "state": 2 if seen == "active" else 3}
    first = {"id": 10, "job_type": JobType.UNIT_SYNC, "year": 2026, "state": 3}
    server.on(JOBS, said([again, first, {"id": 12, "job_type": JobType.UNIT_SYNC, "year": 2025, "state": 2}]))
    server.job(11, b.update(11), end="hold")
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        await until(core, lambda s: setup_of(s, 2026).phase is SetupPhase.FAILED)
        assert (await core.retry_setup(2026)).ok
        assert core.store.state.scope(2026).setup_job == 11
        await until(core, lambda s: setup_of(s, 2026).phase is SetupPhase.RUNNING)
        assert told(core)[-1] is NoticeCode.SETUP_RESTARTED
        assert server.count(UNITS) == 1


async def test_an_answer_that_lands_while_the_server_is_away_is_not_shown_as_live(
    server: YearServer, tmp_path: Path
) -> None:
    from yearadmin.contract.problems import Problem
    from yearadmin.state import events as e

    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        scope = core.store.state.scope(2026)
        assert scope.config is not None
        assert scope.fetched_at is not None
        later = scope.fetched_at + timedelta(seconds=1)
        core.store.dispatch(e.Disconnected(later, None, Problem(ProblemCode.UNREACHABLE)))
        core.store.dispatch(e.YearLoaded(2026, scope.config, later))
        core.store.dispatch(e.YearsLoaded((), later))
        state = core.store.state
        assert state.connection.phase is ConnectionPhase.OFFLINE
        assert (state.scope(2026).origin, state.years.origin) == (Origin.CACHE, Origin.CACHE)
        assert state.scope(2026).fetched_at == later  # but its age is right
