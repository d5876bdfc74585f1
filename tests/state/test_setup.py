"""One rule says how a year's set-up stands, and it never guesses an end from a lost link."""

from __future__ import annotations

import pytest

from yearadmin.contract.links import Link, LinkPhase
from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.state import events as e
from yearadmin.state.model import AppState, Origin
from yearadmin.state.permits import Refusal, may_open, may_retry_setup, may_use_panels
from yearadmin.state.setup import SetupPhase, setup_of

from . import builders as b
from .states import after, followed, job_seen, live, loaded, seen

UNDONE = loaded(b.year(done=None))
RUNNING = seen(b.pipeline(b.P1, b.work(10, "unit_sync", message="reading\n units")))
FAILED = seen(b.pipeline(b.P1, b.ended(10, result="ERROR", message="no directory"), done=True, status="FAILED"))
SUCCEEDED = seen(b.pipeline(b.P1, b.ended(10), done=True))
MAY = {key: value for key, value in b.year().items() if key != "configuration_completed"}


def phase(state: AppState) -> SetupPhase:
    return setup_of(state, 2026).phase


def lost(code: ProblemCode) -> e.PipelineLinkChanged:
    return e.PipelineLinkChanged(b.P1, Link(LinkPhase.LOST, b.at(5), problem=Problem(code)))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), SetupPhase.UNKNOWN),
        ((e.YearMissing(2026, b.at(1)),), SetupPhase.NOT_CONFIGURED),
        ((loaded(b.year()),), SetupPhase.DONE),
        ((loaded(MAY),), SetupPhase.DONE),
        ((UNDONE,), SetupPhase.RUNNING),  # nobody has said yet whether anything runs
        ((UNDONE, e.YearPipelinesFound(2026, ())), SetupPhase.STOPPED),
        ((UNDONE, e.YearPipelinesFound(2026, (b.P1,))), SetupPhase.RUNNING),
        ((UNDONE, followed(), RUNNING), SetupPhase.RUNNING),
        ((loaded(b.year()), followed(), RUNNING), SetupPhase.RUNNING),  # run again on a year that was ready
        ((UNDONE, followed(), FAILED), SetupPhase.FAILED),
        ((UNDONE, followed(), SUCCEEDED), SetupPhase.RUNNING),  # the year that says so is being read
        ((UNDONE, followed(), SUCCEEDED, loaded(b.year(), 3)), SetupPhase.DONE),
        ((UNDONE, followed(), SUCCEEDED, loaded(b.year(done=None), 3)), SetupPhase.STOPPED),
        ((followed(), FAILED, loaded(b.year(), 3)), SetupPhase.DONE),  # repeated elsewhere
        ((loaded(MAY), followed(), FAILED), SetupPhase.FAILED),
        ((UNDONE, followed(), RUNNING, lost(ProblemCode.STREAM_LOST)), SetupPhase.RUNNING),
        ((UNDONE, e.YearPipelinesFound(2026, ()), followed(), lost(ProblemCode.NOT_FOUND)), SetupPhase.STOPPED),
        ((UNDONE, e.YearPipelinesFound(2026, (b.P1,)), followed(), lost(ProblemCode.FORBIDDEN)), SetupPhase.RUNNING),
    ],
)
def test_where_the_set_up_stands(events: tuple[e.Event, ...], expected: SetupPhase) -> None:
    assert phase(live(*events)) is expected


def test_the_last_event_of_a_stream_does_not_bring_the_waiting_back() -> None:
    stopped = live(UNDONE, followed(), SUCCEEDED, loaded(b.year(done=None), 3))
    again = seen(b.pipeline(b.P1, b.ended(10), done=True, closed=True), 9)
    assert phase(after(again, state=stopped)) is SetupPhase.STOPPED


def test_all_jobs_finished_but_not_done_is_not_the_end() -> None:
    state = live(UNDONE, followed(), seen(b.pipeline(b.P1, b.ended(10), done=False)))
    assert phase(state) is SetupPhase.RUNNING


def test_the_servers_words_come_on_one_line() -> None:
    assert setup_of(live(UNDONE, followed(), RUNNING), 2026).words == "reading units"
    assert setup_of(live(UNDONE, followed(), FAILED), 2026).words == "no directory"


def test_the_pipeline_of_another_year_or_module_is_none_of_it() -> None:
    other = live(UNDONE, e.YearPipelinesFound(2026, ()), followed(b.P1, 2025), RUNNING)
    assert phase(other) is SetupPhase.STOPPED
    assert setup_of(other, 2025).phase is SetupPhase.RUNNING
    factors = seen(b.pipeline(b.P1, b.work(10, "factor_ingest")))
    assert phase(live(loaded(b.year()), followed(), factors)) is SetupPhase.DONE


def test_a_repeated_set_up_is_told_by_its_job() -> None:
    phases = [
        {"name": "fetch_units", "state": "finished", "finished_at": "2026-07-01T08:00:02+00:00"},
        {"name": "upsert_units_and_users", "state": "running"},
        {"name": "a_new_phase", "state": "running"},
        "not an object",
    ]
    begun = live(UNDONE, e.YearPipelinesFound(2026, ()), e.SetupJobStarted(2026, 7), e.JobFollowed(7, 2026, b.at(2)))
    assert phase(begun) is SetupPhase.RUNNING
    running = after(job_seen(b.update(7, meta={"phases": phases})), state=begun)
    told = setup_of(running, 2026)
    assert [(p.name, p.done, p.running) for p in told.phases] == [
        ("fetch_units", True, False),
        ("upsert_units_and_users", False, True),
        ("create_carbon_reports", False, False),
        ("ensure_modules", False, False),
        ("a_new_phase", False, True),
    ]
    ended = after(job_seen(b.update(7, state=3, result=0), 4), state=running)
    assert phase(ended) is SetupPhase.RUNNING
    assert phase(after(loaded(b.year(), 5), state=ended)) is SetupPhase.DONE
    assert phase(after(loaded(b.year(done=None), 5), state=ended)) is SetupPhase.STOPPED
    failed = after(job_seen(b.update(7, state=3, result=2, status_message="no"), 4), state=running)
    assert phase(failed) is SetupPhase.FAILED
    assert phase(after(loaded(b.year(), 5), state=failed)) is SetupPhase.DONE


def test_a_job_the_server_no_longer_knows_is_not_waited_for() -> None:
    link = Link(LinkPhase.LOST, b.at(3), problem=Problem(ProblemCode.NOT_FOUND))
    state = live(
        UNDONE,
        e.YearPipelinesFound(2026, ()),
        e.SetupJobStarted(2026, 7),
        e.JobFollowed(7, 2026, b.at(2)),
        e.JobLinkChanged(7, link),
    )
    assert phase(state) is SetupPhase.STOPPED


def test_the_panels_wait_and_say_why() -> None:
    running, failed = live(UNDONE, followed(), RUNNING), live(UNDONE, followed(), FAILED)
    assert may_use_panels(running, 2026).refusals == (Refusal.BEING_SET_UP,)
    assert may_use_panels(failed, 2026).refusals == (Refusal.SETUP_FAILED,)
    assert not may_open(running, 2026).offered
    assert not may_open(failed, 2026).offered
    assert may_retry_setup(failed, 2026).allowed
    assert not may_retry_setup(running, 2026).offered


def test_a_failure_on_a_server_that_takes_uploads_all_the_same_blocks_nothing() -> None:
    state = live(loaded(MAY), followed(), FAILED)
    assert not setup_of(state, 2026).gates
    assert may_use_panels(state, 2026).allowed
    assert may_retry_setup(state, 2026).allowed
    assert may_open(state, 2026).offered


def test_a_set_up_known_from_an_earlier_visit_is_told_with_its_time() -> None:
    kept = e.YearLoaded(2026, b.config(b.year(done=None)), b.at(-7200), Origin.CACHE)
    before = after(kept)
    assert (phase(before), setup_of(before, 2026).as_of) == (SetupPhase.RUNNING, b.at(-7200))
    arrived = live(kept)  # connected, but the year itself has not been told yet
    assert setup_of(arrived, 2026).as_of == b.at(-7200)
    assert setup_of(after(loaded(b.year(done=None)), state=arrived), 2026).as_of is None


def test_a_set_up_that_was_seen_running_is_as_old_as_its_last_picture_once_the_server_is_gone() -> None:
    seen_running = live(UNDONE, followed(), RUNNING)
    assert setup_of(seen_running, 2026).as_of is None
    gone = after(e.Disconnected(b.at(9), None, Problem(ProblemCode.UNREACHABLE)), state=seen_running)
    assert (phase(gone), setup_of(gone, 2026).as_of) == (SetupPhase.RUNNING, b.at(2))
    ended = after(
        e.Disconnected(b.at(9), None, Problem(ProblemCode.UNREACHABLE)), state=live(UNDONE, followed(), FAILED)
    )
    assert (phase(ended), setup_of(ended, 2026).as_of) == (SetupPhase.FAILED, None), "an end stays an end"
