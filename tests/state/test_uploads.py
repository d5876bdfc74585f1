"""A file goes to its slot once, many go side by side, and a failure stays where it happened."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.remote.lines import Answer, answer, events, hang_up, said, silence
from yearadmin.catalogue.modules import SlotKind
from yearadmin.contract.problems import ProblemCode
from yearadmin.state.model import NoticeCode, UploadStage
from yearadmin.state.permits import Refusal, may_upload
from yearadmin.state.pipelines import Step
from yearadmin.state.readiness import ItemCode, readiness
from yearadmin.state.slots import SlotState, slot_view

from . import builders as b
from .scripted import YearServer, a_core, later, told, until
from .uploading import DISPATCH, ERRORS, FOOTPRINT, LANDED, PLANE, TEMP, TRAIN, accepts, csv, ready, started, steps


async def test_a_file_is_sent_started_and_followed_to_its_end(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, jobs={PLANE: LANDED}))
    accepts(server, started(41))
    pictures = steps(b.P1, 41)
    server.pipeline(b.P1, pictures[0], *pictures, end="close")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        seen: list[tuple[SlotState, Step]] = []
        core.store.subscribe(
            lambda old, new: seen.append((slot_view(new, 2026, PLANE).state, slot_view(new, 2026, PLANE).step))
        )
        ended = await core.upload(2026, PLANE, csv(tmp_path))
        assert ended.ok
        assert ended.outcome is not None
        assert ended.outcome.step is Step.SUCCEEDED
        view = slot_view(core.store.state, 2026, PLANE)
        assert (view.state, view.rows, view.file_name) == (SlotState.SUCCEEDED, 31, "planes.csv")
        order = [step for state, step in dict.fromkeys(seen) if state is SlotState.RUNNING]
        assert order == [Step.WAITING, Step.DATA, Step.EMISSIONS, Step.AGGREGATION, Step.FINISHING]
        assert (SlotState.SENDING, Step.WAITING) in seen
        notice = core.store.state.notices[0]
        assert (notice.code, notice.slot, notice.rows) == (NoticeCode.UPLOAD_DONE, PLANE, 31)
        body = next(item.json for item in server.seen if item.path.endswith("/dispatch"))
        assert body == {
            "ingestion_method": 1,
            "target_type": 1,
            "year": 2026,
            "filters": {},
            "config": {"module_type_id": 2, "data_entry_type_id": 20},
            "file_path": "tmp/17/planes.csv",
        }
        assert ItemCode.MISSING_FACTOR not in {i.code for i in readiness(core.store.state, 2026) if i.slot == PLANE}


async def test_several_files_side_by_side_each_keep_their_end(server: YearServer, tmp_path: Path) -> None:
    failed = b.job(51, result=2, status_message="Missing  columns:\n x", meta={})
    server.year(2026, b.year(2026), later(0.1, b.year(2026, jobs={PLANE: LANDED, TRAIN: failed})))
    accepts(server, started(41, b.P1), started(51, b.P2))
    for pipeline_id, root, more in (
        (b.P1, 41, {}),
        (b.P2, 51, {"status": "FAILED", "message": "Missing  columns:\n x"}),
    ):
        pictures = steps(pipeline_id, root, **more)
        server.pipeline(pipeline_id, pictures[0], *pictures, end="close")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        first = asyncio.create_task(core.upload(2026, PLANE, csv(tmp_path)))
        await until(core, lambda s: any(u.stage is UploadStage.FOLLOWING for u in s.uploads))
        second = asyncio.create_task(core.upload(2026, TRAIN, csv(tmp_path, "trains.csv")))
        await asyncio.sleep(0)
        busy = await core.upload(2026, TRAIN, csv(tmp_path, "trains.csv"))
        assert busy.refused is not None
        assert busy.refused.refusals == (Refusal.SLOT_BUSY,)
        one, two = await asyncio.gather(first, second)
        assert one.ok
        assert not two.ok
        assert two.problem is None
        state = core.store.state
        assert slot_view(state, 2026, PLANE).state is SlotState.SUCCEEDED
        bad = slot_view(state, 2026, TRAIN)
        assert (bad.state, bad.words) == (SlotState.FAILED, "Missing columns: x")
        assert sorted(told(core)) == [NoticeCode.UPLOAD_DONE, NoticeCode.UPLOAD_FAILED]
        assert ItemCode.UPLOAD_FAILED in {item.code for item in readiness(state, 2026) if item.slot == TRAIN}


async def test_a_file_that_landed_but_was_not_carried_on_is_partial(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, jobs={PLANE: LANDED}))
    accepts(server, started(41))
    pictures = steps(b.P1, 41, status="PARTIAL")
    server.pipeline(b.P1, pictures[0], *pictures, end="close")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        ended = await core.upload(2026, PLANE, csv(tmp_path))
        assert not ended.ok
        view = slot_view(core.store.state, 2026, PLANE)
        assert (view.state, view.words) == (SlotState.PARTIAL, "no factors")
        assert told(core) == [NoticeCode.UPLOAD_PARTIAL]


async def test_a_failure_is_never_covered_by_an_older_success(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026, jobs={PLANE: b.job(7)}))  # the server forgets aborted uploads and keeps showing this
    accepts(server, started(41))
    pictures = steps(b.P1, 41, status="FAILED", message="all rows bad")
    server.pipeline(b.P1, pictures[0], *pictures, end="close")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        assert slot_view(core.store.state, 2026, PLANE).state is SlotState.SUCCEEDED
        await core.upload(2026, PLANE, csv(tmp_path))
        view = slot_view(core.store.state, 2026, PLANE)
        assert (view.state, view.words) == (SlotState.FAILED, "all rows bad")


async def test_a_reduction_file_is_followed_and_its_rows_are_told(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, files=("institutional_footprint",)))
    accepts(server, started(61))
    done = b.pipeline(b.P1, b.ended(61, "csv_ingest", "WARNING", "WARNING: 0 inserted"), done=True, closed=True)
    server.pipeline(b.P1, b.pipeline(b.P1, b.work(61, "csv_ingest")), done, end="close")
    server.job(61, b.update(61, state=3, result=1, meta={**ERRORS, "rows_processed": 12, "rows_skipped": 9}))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        assert (await core.upload(2026, FOOTPRINT, csv(tmp_path))).ok
        view = slot_view(core.store.state, 2026, FOOTPRINT)
        assert (view.state, view.rows, view.skipped, view.row_error_count) == (SlotState.WARNED, 12, 9, 9)
        notice = core.store.state.notices[0]
        assert (notice.code, notice.rows, notice.skipped) == (NoticeCode.UPLOAD_WARNING, 12, 9)
        body = next(item.json for item in server.seen if item.path.endswith("/dispatch"))
        assert isinstance(body, dict)
        assert body["config"] == {"reduction_objective_type_id": 0}


async def test_a_server_without_pipeline_ids_is_followed_by_the_job(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, jobs={PLANE: LANDED}))
    accepts(server, {"job_id": 41, "state": 0, "message": "…"})
    server.job(41, b.update(41), b.update(41, state=3, result=0, status_message="Success"))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        assert (await core.upload(2026, PLANE, csv(tmp_path))).ok
        assert slot_view(core.store.state, 2026, PLANE).state is SlotState.SUCCEEDED
        assert told(core) == [NoticeCode.UPLOAD_DONE]


@pytest.mark.parametrize(
    ("temp", "code"),
    [
        (said({"detail": "only csv"}, 415), ProblemCode.NOT_CSV),
        (said({"detail": "too large"}, 400), ProblemCode.TOO_LARGE),
        (answer(413, "<html>too large</html>", "text/html"), ProblemCode.TOO_LARGE),
        (hang_up, ProblemCode.UNREACHABLE),
        (answer(500, "Internal Server Error", "text/plain"), ProblemCode.SERVER_ERROR),
    ],
)
async def test_a_file_that_did_not_arrive_stays_marked_on_its_slot(
    server: YearServer, tmp_path: Path, temp: Answer, code: ProblemCode
) -> None:
    server.year(2026, b.year(2026, jobs={PLANE: b.job(7)}))
    server.on(TEMP, temp)
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        ended = await core.upload(2026, PLANE, csv(tmp_path))
        assert ended.problem is not None
        assert ended.problem.code is code
        view = slot_view(core.store.state, 2026, PLANE)
        assert (view.state, view.problem) == (SlotState.REFUSED, ended.problem)
        assert told(core) == [NoticeCode.UPLOAD_REFUSED]
        assert server.count(DISPATCH) == 0
        assert server.count(TEMP) == 1


@pytest.mark.parametrize(("status", "code"), [(409, ProblemCode.CONFLICT), (503, ProblemCode.BUSY)])
async def test_a_refused_dispatch_is_not_sent_again(
    server: YearServer, tmp_path: Path, status: int, code: ProblemCode
) -> None:
    server.year(2026, b.year(2026))
    accepts(server, said({"detail": "no"}, status))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        ended = await core.upload(2026, PLANE, csv(tmp_path))
        assert ended.problem is not None
        assert ended.problem.code is code
        assert server.count(DISPATCH) == 1


async def test_an_upload_is_cancelled_while_it_is_being_sent(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    server.on(TEMP, silence)
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        sending = asyncio.create_task(core.upload(2026, PLANE, csv(tmp_path)))
        state = await until(core, lambda s: any(u.stage is UploadStage.SENDING for u in s.uploads))
        core.cancel_upload(state.uploads[0].key)
        ended = await sending
        assert ended.problem is not None
        assert ended.problem.code is ProblemCode.CANCELLED
        assert core.store.state.uploads[0].stage is UploadStage.CANCELLED
        assert slot_view(core.store.state, 2026, PLANE).state is SlotState.MISSING
        assert may_upload(core.store.state, 2026, PLANE).allowed
        assert server.count(DISPATCH) == 0
        assert told(core) == []


async def test_progress_is_told_by_bytes_but_not_too_often(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    accepts(server, said({"detail": "no"}, 409))
    path = tmp_path / "large.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 4_000_000)
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        sent: list[int] = []

        def listen(old: object, new: object) -> None:
            upload = core.store.state.uploads[0]
            if upload.stage is UploadStage.SENDING and (not sent or sent[-1] != upload.sent):
                sent.append(upload.sent)

        core.store.subscribe(listen)
        began = asyncio.get_running_loop().time()
        await core.upload(2026, PLANE, path)
        took = asyncio.get_running_loop().time() - began
        assert sent == sorted(sent)
        assert sent[-1] == path.stat().st_size
        assert 2 < len(sent) <= took / 0.01 + 3


async def test_a_mark_the_server_would_refuse_is_left_out(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    accepts(server, said({"detail": "no"}, 409))
    path = tmp_path / "bom.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b\n1,2\n")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        await core.upload(2026, PLANE, path)
        await core.upload(2026, FOOTPRINT, path)
        bodies = [item.body for item in server.seen if item.path.endswith("temp-upload")]
        assert b"\r\n\r\na,b\n1,2\n\r\n--" in bodies[0]
        assert b"\xef\xbb\xbfa,b" in bodies[1]


async def test_a_wrong_file_is_refused_before_anything_is_sent(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        ended = await core.upload(2026, PLANE, picture)
        assert ended.problem is not None
        assert (ended.problem.code, ended.problem.subject) == (ProblemCode.FILE_NOT_CSV, "picture.csv")
        assert server.writes() == []


async def test_uploads_survive_a_year_switch(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, jobs={PLANE: LANDED}))
    server.year(2025, b.year(2025))
    accepts(server, later(0.1, started(41)))
    pictures = steps(b.P1, 41)
    server.pipeline(b.P1, pictures[0], *pictures, end="close")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        core.spawn(core.upload(2026, PLANE, csv(tmp_path)))
        await until(core, lambda s: bool(s.uploads))
        core.select_year(2025)
        state = await until(core, lambda s: bool(s.notices))
        assert state.selected == 2025
        assert slot_view(state, 2026, PLANE).state is SlotState.SUCCEEDED


async def test_work_of_an_earlier_run_is_taken_up_again(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    accepts(server, started(61))
    running = b.pipeline(b.P1, b.work(61, "csv_ingest"))
    server.pipeline(b.P1, running, running, end="hold")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        core.spawn(core.upload(2026, FOOTPRINT, csv(tmp_path)))
        await until(core, lambda s: slot_view(s, 2026, FOOTPRINT).state is SlotState.RUNNING)
    server.scripts[f"GET /v1/sync/pipelines/{b.P1}/stream"] = [
        events(b.event(running), b.event(b.pipeline(b.P1, b.ended(61, "csv_ingest"), done=True, closed=True)))
    ]
    server.job(61, b.update(61, state=3, result=0, meta={"rows_processed": 5}))
    async with a_core(server.base, tmp_path) as core:
        await until(core, lambda s: slot_view(s, 2026, FOOTPRINT).is_running)
        server.year(2026, b.year(2026, files=("institutional_footprint",)))
        state = await until(core, lambda s: bool(s.notices))
        assert (state.notices[0].code, state.notices[0].rows) == (NoticeCode.UPLOAD_DONE, 5)
        assert state.notices[0].subject == "planes.csv"
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert core.store.state.uploads == ()


async def test_work_the_server_no_longer_knows_is_let_go(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    accepts(server, started(61))
    running = b.pipeline(b.P1, b.work(61, "csv_ingest"))
    server.pipeline(b.P1, running, running, end="hold")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        core.spawn(core.upload(2026, FOOTPRINT, csv(tmp_path)))
        await until(core, lambda s: slot_view(s, 2026, FOOTPRINT).state is SlotState.RUNNING)
    server.on(f"GET /v1/sync/pipelines/{b.P1}", said({"detail": "gone"}, 404))
    async with a_core(server.base, tmp_path) as core:
        state = await until(core, lambda s: bool(s.notices))
        assert told(core) == [NoticeCode.UPLOAD_UNKNOWN]
        assert slot_view(state, 2026, FOOTPRINT).state is SlotState.MISSING


def test_what_is_dispatched_is_what_the_contract_lists() -> None:
    from yearadmin.catalogue.modules import all_slots
    from yearadmin.state.uploads import _request

    for slot in all_slots():
        request = _request(2026, slot, "tmp/1/a.csv")
        body = json.loads(request.model_dump_json(exclude_none=True))
        assert body["target_type"] == int(slot.kind.target_type)
        assert ("module_type_id" in body["config"]) is (slot.kind is not SlotKind.REDUCTION)
