"""The answer to a dispatch is lost: the client looks for the job, and never sends the file twice."""

from __future__ import annotations

from pathlib import Path

from tests.remote.lines import answer, hang_up, said
from yearadmin.contract.problems import ProblemCode
from yearadmin.state.model import NoticeCode, UploadStage
from yearadmin.state.slots import SlotState, slot_view

from . import builders as b
from .scripted import MODULES, YearServer, a_core, told, until
from .uploading import DISPATCH, FOOTPRINT, LANDED, PLANE, TEMP, accepts, csv, ready, steps


async def test_a_lost_dispatch_is_found_among_the_running_pipelines(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026), b.year(2026, jobs={PLANE: LANDED}))
    accepts(server, hang_up)
    pictures = steps(b.P1, 41)
    root = b.pipeline(b.P1, b.work(41, module_type_id=2, data_entry_type_id=20))
    server.on(MODULES, said({}), said({"2": b.P1}), said({}))
    server.pipeline(b.P1, root, *pictures, end="close")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        assert (await core.upload(2026, PLANE, csv(tmp_path))).ok
        assert server.count(DISPATCH) == 1
        assert told(core) == [NoticeCode.UPLOAD_DONE]


async def test_a_colleagues_work_on_the_slot_is_not_taken_for_a_dispatch_that_was_lost(
    server: YearServer, tmp_path: Path
) -> None:
    server.year(2026, b.year(2026))
    accepts(server, hang_up)
    root = b.pipeline(b.P1, b.work(41, module_type_id=2, data_entry_type_id=20))
    server.on(MODULES, said({}), said({"2": b.P1}))
    server.pipeline(b.P1, root, *steps(b.P1, 41), end="hold")
    theirs = {"id": 41, "pipeline_id": b.P1, "state": 2, "meta": {"config": {"file_path": "tmp/16/theirs.csv"}}}
    server.on("GET /v1/sync/jobs/by-status", said([theirs]))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        ended = await core.upload(2026, PLANE, csv(tmp_path))
        assert ended.problem is not None
        assert ended.problem.code is ProblemCode.LOST_ANSWER
        core.reload_year(2026)
        await core._years.settled(2026)
        upload = core.store.state.uploads[0]
        assert (upload.stage, upload.pipeline_id) == (UploadStage.UNCERTAIN, None)
        assert server.count(DISPATCH) == 1


async def test_a_lost_dispatch_is_found_in_the_year_by_its_file(server: YearServer, tmp_path: Path) -> None:
    claimed = b.job(41, state=2, result=None, meta={"config": {"file_path": "tmp/17/planes.csv"}})
    server.year(2026, b.year(2026), b.year(2026, jobs={PLANE: claimed}), b.year(2026, jobs={PLANE: LANDED}))
    accepts(server, answer(502, "bad gateway", "text/plain"))
    server.job(41, b.update(41), b.update(41, state=3, result=0))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        assert (await core.upload(2026, PLANE, csv(tmp_path))).ok
        assert server.count(DISPATCH) == 1


async def test_a_lost_dispatch_of_a_reduction_file_is_found_when_it_has_landed(
    server: YearServer, tmp_path: Path
) -> None:
    landed = b.year(2026, files=("institutional_footprint",))
    server.year(2026, b.year(2026), b.year(2026), landed)
    accepts(server, hang_up)
    server.on(TEMP, said([{"name": "f.csv", "path": "tmp/17/reduction.institutional_footprint.csv"}]))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        assert (await core.upload(2026, FOOTPRINT, csv(tmp_path))).ok
        assert slot_view(core.store.state, 2026, FOOTPRINT).state is SlotState.SUCCEEDED
        assert told(core) == [NoticeCode.UPLOAD_DONE]
        assert server.count(DISPATCH) == 1


async def test_a_lost_dispatch_nobody_knows_of_stays_uncertain_until_it_shows(
    server: YearServer, tmp_path: Path
) -> None:
    server.year(2026, b.year(2026))
    accepts(server, hang_up)
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        ended = await core.upload(2026, PLANE, csv(tmp_path))
        assert ended.problem is not None
        assert ended.problem.code is ProblemCode.LOST_ANSWER
        assert slot_view(core.store.state, 2026, PLANE).state is SlotState.UNCERTAIN
        assert told(core) == [NoticeCode.UPLOAD_UNKNOWN]
        server.year(2026, b.year(2026, jobs={PLANE: LANDED}))
        server.job(41, b.update(41, state=3, result=0))
        core.reload_year(2026)
        state = await until(core, lambda s: s.uploads[0].stage is UploadStage.ENDED)
        assert slot_view(state, 2026, PLANE).state is SlotState.SUCCEEDED
        assert server.count(DISPATCH) == 1
