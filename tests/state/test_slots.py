"""What a slot shows: never an older success over a failure, never a running job for an ended one."""

from __future__ import annotations

import pytest

from yearadmin.catalogue.modules import REDUCTION_SLOTS, Slot, SlotKind, module_spec
from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.state import events as e
from yearadmin.state.model import AppState, UploadStage
from yearadmin.state.permits import Refusal, may_upload
from yearadmin.state.pipelines import Step
from yearadmin.state.readiness import ModuleState, module_state, reduction_state
from yearadmin.state.slots import SlotState, SlotView, slot_view

from . import builders as b
from .states import after, followed, job_seen, live, loaded, seen, upload

PLANE = Slot(2, 20, SlotKind.FACTOR)
PLANE_DATA = Slot(2, 20, SlotKind.DATA)
FOOTPRINT = REDUCTION_SLOTS[0]
OLD = b.job(7, meta={"processed_file_path": "processed/7/old.csv", "stats": {"rows_processed": 5}})


def year(job: b.Job | None = None, slot: Slot = PLANE) -> e.YearLoaded:
    return loaded(b.year(jobs={slot: job} if job is not None else {}))


def view(state: AppState, slot: Slot = PLANE) -> SlotView:
    return slot_view(state, 2026, slot)


def ended(result: str, *, status: str, root: int = 41) -> e.PipelineSeen:
    return seen(b.pipeline(b.P1, b.ended(root, "factor_ingest", result, "words"), done=True, status=status))


def following(**more: object) -> e.UploadChanged:
    return upload(PLANE, UploadStage.FOLLOWING, job_id=41, pipeline_id=b.P1, **more)


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (None, SlotState.MISSING),
        (OLD, SlotState.SUCCEEDED),
        (b.job(7, result=1), SlotState.WARNED),
        (b.job(7, result=2), SlotState.FAILED),
        (b.job(7, state=2, result=None), SlotState.RUNNING),
        (b.job(7, state=1, result=None), SlotState.RUNNING),
        ({"job_id": 7, "state": "FINISHED", "result": "ERROR"}, SlotState.FAILED),
    ],
)
def test_what_the_servers_record_says(job: b.Job | None, expected: SlotState) -> None:
    assert view(live(year(job))).state is expected


def test_nothing_needed_is_empty_not_missing() -> None:
    assert view(live(year()), PLANE_DATA).state is SlotState.EMPTY
    assert view(live(loaded(b.year(disabled=(20,))))).state is SlotState.EMPTY
    assert Refusal.DISABLED in may_upload(live(loaded(b.year(disabled=(2,)))), 2026, PLANE).refusals


def test_an_api_import_counts_for_the_data_slot() -> None:
    answer = b.year()
    answer["config"]["modules"]["2"]["submodules"]["20"]["latest_api_data_job"] = b.job(9)  # type: ignore[index]
    assert view(live(loaded(answer)), PLANE_DATA).state is SlotState.SUCCEEDED


def test_file_name_time_rows_and_errors_are_read_from_wherever_they_are() -> None:
    meta = {
        "processed_file_path": "processed/7/planes.csv",
        "completed_at": "2026-07-01T08:00:00+00:00",
        "row_errors": [],
        "stats": {
            "rows_processed": 3,
            "rows_skipped": 2,
            "row_errors": [{"row": 4, "reason": "no\n  such class"}, "odd"],
            "row_errors_count": 120,
        },
    }
    told = view(live(year(b.job(7, result=1, meta=meta))))
    assert (told.file_name, told.rows, told.skipped) == ("planes.csv", 3, 2)
    assert told.row_errors == ((4, "no such class"),)
    assert told.row_error_count == 120
    assert told.when is not None
    whole = view(live(year(b.job(7, result=2, meta={"error": "not\nUTF-8", "config": {"file_path": "tmp/1/x.csv"}}))))
    assert (whole.row_errors, whole.file_name) == (((None, "not UTF-8"),), "x.csv")
    odd = view(live(year(b.job(7, meta={"stats": "text", "row_errors": 5, "completed_at": 3}))))
    assert odd.state is SlotState.SUCCEEDED


def test_a_new_upload_covers_the_old_success_at_once() -> None:
    for stage in (UploadStage.WAITING, UploadStage.SENDING, UploadStage.STARTING):
        shown = view(live(year(OLD), upload(PLANE, stage)))
        assert (shown.state, shown.file_name) == (SlotState.SENDING, "new.csv")
        assert Refusal.SLOT_BUSY in may_upload(live(year(OLD), upload(PLANE, stage)), 2026, PLANE).refusals


def test_the_steps_of_the_work_are_shown() -> None:
    state = live(year(OLD), followed(), following())
    assert view(state).step is Step.WAITING
    running = after(seen(b.pipeline(b.P1, b.work(41, message="Parsing 1/2"))), state=state)
    assert (view(running).state, view(running).step, view(running).words) == (
        SlotState.RUNNING,
        Step.DATA,
        "Parsing 1/2",
    )


@pytest.mark.parametrize(
    ("result", "status", "expected"),
    [
        ("SUCCESS", "SUCCESS", SlotState.SUCCEEDED),
        ("WARNING", "SUCCESS", SlotState.WARNED),
        ("ERROR", "FAILED", SlotState.FAILED),
    ],
)
def test_an_end_is_shown_before_the_year_is_read_again(result: str, status: str, expected: SlotState) -> None:
    state = live(year(OLD), followed(), following(), ended(result, status=status))
    assert view(state).state is expected
    assert view(state).file_name == "new.csv"


def test_a_failed_upload_is_not_covered_by_an_older_success() -> None:
    state = live(year(OLD), followed(), following(), ended("ERROR", status="FAILED"))
    state = after(year(OLD), state=state)  # read again: the server still names the older job
    assert (view(state).state, view(state).words) == (SlotState.FAILED, "words")


def test_a_newer_upload_of_a_colleague_covers_an_older_failure() -> None:
    state = live(year(OLD), followed(), following(), ended("ERROR", status="FAILED"))
    assert view(after(year(b.job(50)), state=state)).state is SlotState.SUCCEEDED


def test_partial_stays_partial_when_the_year_is_read_again() -> None:
    jobs = (b.ended(41, "factor_ingest"), b.ended(42, "emission_recalc", "ERROR", "no factors"))
    partial = seen(b.pipeline(b.P1, *jobs, done=True, status="PARTIAL"))
    ours = live(year(OLD), followed(), following(), partial, year(b.job(41)))
    theirs = live(year(OLD), followed(), partial, year(b.job(41)))  # not sent by this run
    for state in (ours, theirs):
        assert (view(state).state, view(state).words) == (SlotState.PARTIAL, "no factors")


def test_a_refused_file_stays_until_something_newer_is_there() -> None:
    problem = Problem(ProblemCode.CONFLICT, server_words="not yet")
    state = live(year(OLD), upload(PLANE, UploadStage.REFUSED, problem=problem, ended_at=b.at(4)))
    assert (view(state).state, view(state).problem) == (SlotState.REFUSED, problem)
    newer = b.job(50, meta={"completed_at": b.at(60).isoformat()})
    assert view(after(year(newer), state=state)).state is SlotState.SUCCEEDED


def test_an_uncertain_one_says_so_and_may_be_repeated_by_the_operator() -> None:
    state = live(year(OLD), upload(PLANE, UploadStage.UNCERTAIN, problem=Problem(ProblemCode.LOST_ANSWER)))
    assert view(state).state is SlotState.UNCERTAIN
    assert may_upload(state, 2026, PLANE).allowed


def test_a_cancelled_one_leaves_what_was_there() -> None:
    assert view(live(year(OLD), upload(PLANE, UploadStage.CANCELLED))).state is SlotState.SUCCEEDED


def test_another_years_upload_is_none_of_it() -> None:
    assert view(live(year(OLD), upload(PLANE, UploadStage.SENDING, year=2025))).state is SlotState.SUCCEEDED


def test_a_colleagues_running_pipeline_is_shown_on_its_slot_alone() -> None:
    root = b.work(90, "factor_ingest", module_type_id=2, data_entry_type_id=20)
    state = live(year(OLD), followed(), seen(b.pipeline(b.P1, root)))
    assert view(state).state is SlotState.RUNNING
    assert view(state).pipeline_id == b.P1
    assert view(state, Slot(2, 21, SlotKind.FACTOR)).state is SlotState.MISSING
    assert view(state, PLANE_DATA).state is SlotState.EMPTY


def test_a_streams_event_does_not_forget_which_slot_it_works_for() -> None:
    root = b.work(90, "factor_ingest", module_type_id=2, data_entry_type_id=20)
    streamed = {**b.work(90, "factor_ingest", message="1/2"), "started_at": "2026-07-01T08:00:00+00:00"}
    state = live(year(OLD), followed(), seen(b.pipeline(b.P1, root)), seen(b.pipeline(b.P1, streamed)))
    assert (view(state).state, view(state).words) == (SlotState.RUNNING, "1/2")


def test_a_running_job_followed_by_its_stream_tells_its_words() -> None:
    state = live(year(b.job(7, state=2, result=None)), e.JobFollowed(7, 2026, b.at(2)))
    state = after(job_seen(b.update(7, status_message="row 5")), state=state)
    assert (view(state).state, view(state).words) == (SlotState.RUNNING, "row 5")


def test_a_reduction_file_that_landed_is_shown_with_its_rows() -> None:
    state = live(loaded(b.year(files=("institutional_footprint",))))
    told = view(state, FOOTPRINT)
    assert (told.state, told.rows, told.file_name) == (SlotState.SUCCEEDED, 12, "reduction.institutional_footprint.csv")
    assert view(state, REDUCTION_SLOTS[1]).state is SlotState.MISSING


def test_a_failed_reduction_upload_is_not_covered_by_the_older_file() -> None:
    state = live(
        loaded(b.year(files=("institutional_footprint",))),
        followed(),
        upload(FOOTPRINT, UploadStage.ENDED, job_id=41, pipeline_id=b.P1, ended_at=b.at(5)),
        ended("ERROR", status="FAILED"),
    )
    assert view(state, FOOTPRINT).state is SlotState.FAILED


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), ModuleState.UNKNOWN),
        ((loaded(b.year()),), ModuleState.INCOMPLETE),
        ((loaded(b.complete_year()),), ModuleState.COMPLETE),
        ((loaded(b.complete_year(disabled=(2,))),), ModuleState.DISABLED),
        ((loaded(b.complete_year()), upload(PLANE, UploadStage.SENDING)), ModuleState.RUNNING),
        ((loaded(b.complete_year(jobs={**b.mandatory_jobs(), PLANE: b.job(9, result=2)})),), ModuleState.FAILED),
        ((loaded(b.complete_year(jobs={**b.mandatory_jobs(), PLANE: b.job(9, result=1)})),), ModuleState.WARNED),
        ((loaded(b.complete_year(recalculate=(2,))),), ModuleState.WARNED),
    ],
)
def test_the_one_state_a_module_is_marked_with(events: tuple[e.Event, ...], expected: ModuleState) -> None:
    spec = module_spec(2)
    assert spec is not None
    assert module_state(live(*events), 2026, spec) is expected


def test_the_reduction_objectives_are_marked_too() -> None:
    assert reduction_state(live(), 2026) is ModuleState.UNKNOWN
    assert reduction_state(live(loaded(b.year())), 2026) is ModuleState.INCOMPLETE
    assert reduction_state(live(loaded(b.complete_year())), 2026) is ModuleState.COMPLETE
