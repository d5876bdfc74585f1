"""A program that runs for weeks lets go of what has long ended, and of nothing else."""

from __future__ import annotations

from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.jobs import JobUpdate, PipelineSnapshot
from yearadmin.state import events as e
from yearadmin.state.bounds import MOST_ENDED
from yearadmin.state.model import AppState, Notice, NoticeCode, NoticeKind, Upload, UploadStage
from yearadmin.state.reducers import reduce

from . import builders as b

MANY = 3 * MOST_ENDED


def after(*events: e.Event) -> AppState:
    state = AppState(2026)
    for event in events:
        state = reduce(event, state)
    return state


def pid(number: int) -> str:
    return f"7d0e0000-0000-4000-8000-{number:012d}"


def test_pipelines_that_are_over_do_not_pile_up() -> None:
    running = PipelineSnapshot.model_validate(b.pipeline(pid(0), b.work(1)))
    events: list[e.Event] = [e.PipelineFollowed(pid(0), 2026, b.NOW), e.PipelineSeen(pid(0), running, b.NOW)]
    for number in range(1, MANY):
        over = PipelineSnapshot.model_validate(b.pipeline(pid(number), b.ended(number), done=True, phase=3))
        events += [e.PipelineFollowed(pid(number), 2026, b.NOW), e.PipelineSeen(pid(number), over, b.NOW)]
    state = after(*events)
    assert MOST_ENDED <= len(state.pipelines) <= MOST_ENDED + 102
    assert {pid(0), pid(MANY - 1), pid(MANY - MOST_ENDED)} <= state.pipelines.keys()
    assert pid(1) not in state.pipelines


def test_jobs_that_are_over_do_not_pile_up() -> None:
    events: list[e.Event] = []
    for number in range(1, MANY):
        update = JobUpdate.model_validate(b.update(number, **({} if number == 1 else {"state": 3, "result": 0})))
        events += [e.JobFollowed(number, 2026, b.NOW), e.JobSeen(number, update, b.NOW)]
    state = after(*events)
    assert len(state.jobs) <= MOST_ENDED + 102
    assert {1, MANY - 1} <= state.jobs.keys()


def test_uploads_that_have_ended_do_not_pile_up_and_active_ones_stay() -> None:
    slot = Slot(2, 20, SlotKind.FACTOR)
    uploads = [
        Upload(str(number), 2026, slot, "a.csv", 1, b.NOW, UploadStage.ENDED if number else UploadStage.UNCERTAIN)
        for number in range(MANY)
    ]
    kept = [upload.key for upload in after(*(e.UploadChanged(upload) for upload in uploads)).uploads]
    assert len(kept) <= MOST_ENDED + 102
    assert kept[0] == "0"
    assert kept[-MOST_ENDED:] == [str(number) for number in range(MANY - MOST_ENDED, MANY)]


def test_what_was_told_is_remembered_for_long_but_not_for_ever() -> None:
    notice = Notice(0, NoticeCode.UPLOAD_DONE, NoticeKind.SUCCESS, b.NOW)
    state = after(*(e.Noticed(notice, f"upload:{number}") for number in range(5000)))
    assert len(state.told) == 2000
    assert reduce(e.Noticed(notice, "upload:4999"), state) is state
    assert len(state.notices) == 50
