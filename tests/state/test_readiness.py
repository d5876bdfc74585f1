"""Why can't I open this year: one list, and one answer for every button."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from yearadmin.catalogue.modules import MODULES, REDUCTION_SLOTS, Slot, SlotKind
from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.contract.years import Goal
from yearadmin.state import events as e
from yearadmin.state.model import AppState, UploadStage, Wish
from yearadmin.state.permits import (
    GoalFault,
    Permit,
    Refusal,
    goal_faults,
    may_close,
    may_create,
    may_interrupt,
    may_open,
    may_retry_setup,
    may_save_goals,
    may_upload,
)
from yearadmin.state.readiness import ItemCode, Severity, blockers, is_complete_goal, readiness
from yearadmin.state.yearlist import YearMark, mark_of, year_lines, years_users_see

from . import builders as b
from .states import after, followed, live, loaded, seen, upload

PLANE = Slot(2, 20, SlotKind.FACTOR)
OPEN = loaded(b.complete_year(is_started=True))
COMPLETE = loaded(b.complete_year())
AWAY = e.Disconnected(b.at(9), None, Problem(ProblemCode.UNREACHABLE))


def codes(state: AppState) -> list[ItemCode]:
    return [item.code for item in readiness(state, 2026)]


def test_a_fresh_year_lists_every_mandatory_file_and_the_goal() -> None:
    found = blockers(live(loaded(b.year())), 2026)
    expected = {*b.mandatory_jobs(), *REDUCTION_SLOTS}
    expected -= {Slot(5, None, SlotKind.FACTOR)} - expected
    assert {item.slot for item in found if item.slot} == expected
    assert [item.code for item in found if item.slot is None] == [ItemCode.NO_GOAL]
    order = [item.module for item in found if item.module is not None]
    panels = [int(spec.id) for spec in MODULES]
    assert sorted(order, key=panels.index) == order
    assert found[-1].module is None


def test_a_complete_year_has_nothing_to_say() -> None:
    assert readiness(live(COMPLETE), 2026) == ()
    assert readiness(live(), 2026) == ()


def test_what_is_switched_off_is_not_missed() -> None:
    whole = {slot: job for slot, job in b.mandatory_jobs().items() if slot.module != 2}
    state = live(loaded(b.complete_year(jobs=whole, disabled=(2,))))
    assert codes(state) == []
    without_plane = {slot: job for slot, job in b.mandatory_jobs().items() if slot.submodule != 20}
    assert codes(live(loaded(b.complete_year(jobs=without_plane, disabled=(20,))))) == []
    assert set(codes(live(loaded(b.complete_year(jobs=without_plane))))) == {
        ItemCode.MISSING_FACTOR,
        ItemCode.MISSING_REFERENCE,
    }


def test_incomplete_for_a_reason_this_version_does_not_know() -> None:
    answer = b.complete_year()
    answer["config"]["modules"]["2"]["incomplete"] = True  # type: ignore[index]
    found = blockers(live(loaded(answer)), 2026)
    assert [(item.code, item.module) for item in found] == [(ItemCode.MODULE_INCOMPLETE, 2)]


def test_without_the_servers_flags_the_older_rule_counts_successes_only() -> None:
    answer = b.complete_year(jobs={**b.mandatory_jobs(), PLANE: b.job(3, result=2)})
    for module in answer["config"]["modules"].values():  # type: ignore[index]
        del module["incomplete"]
        for sub in module["submodules"].values():
            del sub["incomplete"], sub["incomplete_reasons"], sub["latest_reference_job"]
    found = blockers(live(loaded(answer)), 2026)
    assert [(item.code, item.slot) for item in found] == [(ItemCode.MISSING_FACTOR, PLANE)]


def test_warnings_stand_apart_and_stop_nothing() -> None:
    jobs = {**b.mandatory_jobs(), PLANE: b.job(3, result=2), Slot(2, 21, SlotKind.FACTOR): b.job(4, result=1)}
    state = live(
        loaded(b.complete_year(jobs=jobs, recalculate=(3,))), upload(Slot(1, 1, SlotKind.DATA), UploadStage.SENDING)
    )
    found = readiness(state, 2026)
    assert {item.severity for item in found} == {Severity.WARNING}
    assert {item.code for item in found} == {
        ItemCode.UPLOAD_FAILED,
        ItemCode.UPLOAD_WARNED,
        ItemCode.NEEDS_RECALCULATION,
        ItemCode.RUNNING,
    }
    assert may_open(state, 2026).allowed


def test_a_running_pipeline_of_a_module_without_a_slot_is_a_warning() -> None:
    recalculation = b.pipeline(b.P1, b.work(900, "module_emission_recalc"))
    state = live(COMPLETE, e.ModulePipelinesFound(2026, {3: b.P1}), followed(), seen(recalculation))
    assert [(item.code, item.module) for item in readiness(state, 2026)] == [(ItemCode.RUNNING, 3)]


@pytest.mark.parametrize(
    ("goal", "complete"),
    [
        (b.GOAL, True),
        ({**b.GOAL, "reduction_percentage": 0}, True),
        ({**b.GOAL, "reduction_percentage": None}, False),
        ({**b.GOAL, "reference_year": None}, False),
        ({"target_year": 2030}, False),
        ({}, False),
    ],
)
def test_a_goal_counts_when_it_is_whole(goal: dict[str, object], *, complete: bool) -> None:
    assert is_complete_goal(Goal.model_validate(goal)) is complete


@pytest.mark.parametrize(
    ("goal", "faults"),
    [
        ({}, ()),
        (b.GOAL, ()),
        ({"target_year": 2030}, (GoalFault.HALF_FILLED,)),
        ({**b.GOAL, "target_year": 2026}, (GoalFault.TARGET_NOT_AFTER_YEAR,)),
        ({**b.GOAL, "reduction_percentage": 1.01}, (GoalFault.PERCENT_OUT_OF_RANGE,)),
        ({**b.GOAL, "reduction_percentage": -0.1}, (GoalFault.PERCENT_OUT_OF_RANGE,)),
        ({**b.GOAL, "reference_year": 1500}, (GoalFault.BAD_REFERENCE_YEAR,)),
        ({**b.GOAL, "reference_year": 2030}, (GoalFault.REFERENCE_NOT_BEFORE_TARGET,)),
    ],
)
def test_what_is_wrong_with_a_goal(goal: dict[str, object], faults: tuple[GoalFault, ...]) -> None:
    assert goal_faults(2026, Goal.model_validate(goal)) == faults


def test_opening_is_offered_only_when_the_year_is_there() -> None:
    assert not may_open(live(), 2026).offered
    assert not may_open(live(e.YearMissing(2026, b.at(1))), 2026).offered
    assert may_open(live(loaded(b.year())), 2026).offered
    assert may_open(live(COMPLETE), 2026).allowed
    already = may_open(live(OPEN), 2026)
    assert already.offered
    assert already.refusals == (Refusal.ALREADY_OPEN,)


def test_closing_is_offered_only_while_it_is_open() -> None:
    assert may_close(live(OPEN), 2026).allowed
    assert not may_close(live(COMPLETE), 2026).offered


def test_creating_is_offered_only_when_the_server_has_none() -> None:
    missing = e.YearMissing(2026, b.at(1))
    assert may_create(live(missing), 2026).allowed
    assert not may_create(live(), 2026).offered
    assert may_create(live(COMPLETE), 2026).refusals == (Refusal.EXISTS,)
    assert may_create(live(missing, e.WishStarted(2026, Wish.CREATE)), 2026).refusals == (Refusal.BUSY,)
    assert may_create(live(missing, user=b.standard()), 2026).refusals == (Refusal.NO_RIGHT,)
    back = live(missing, AWAY, e.Connected(b.at(10)))
    assert may_create(back, 2026).refusals == (Refusal.NOT_CURRENT,)


ALL: tuple[Callable[[AppState], Permit], ...] = (
    lambda s: may_open(s, 2026),
    lambda s: may_upload(s, 2026, PLANE),
    lambda s: may_save_goals(s, 2026),
)


@pytest.mark.parametrize("may", ALL)
def test_every_write_waits_for_the_same_things(may: Callable[[AppState], Permit]) -> None:
    assert may(live(COMPLETE)).allowed
    assert Refusal.STARTING in may(after(COMPLETE)).refusals
    assert may(live(COMPLETE, AWAY)).refusals == (Refusal.OFFLINE,)
    assert may(live(COMPLETE, e.SignedOut(b.at(9)))).refusals == (Refusal.SIGNED_OUT,)
    assert may(live(COMPLETE, e.Closing(b.at(9)))).refusals == (Refusal.OFFLINE,)
    assert may(live(COMPLETE, user=b.standard())).refusals == (Refusal.NO_RIGHT,)
    # Back, but the year has not been read again: what is shown may be old.
    assert may(live(COMPLETE, AWAY, e.Connected(b.at(10)))).refusals == (Refusal.NOT_CURRENT,)
    assert may(live(COMPLETE, AWAY, e.Connected(b.at(10)), COMPLETE)).allowed


def test_one_write_at_a_time() -> None:
    assert may_open(live(COMPLETE, e.WishStarted(2026, Wish.OPEN)), 2026).refusals == (Refusal.BUSY,)
    assert may_close(live(OPEN, e.WishStarted(2026, Wish.OPEN)), 2026).refusals == (Refusal.BUSY,)
    assert may_save_goals(live(COMPLETE, e.WishStarted(2026, Wish.SAVE_GOALS)), 2026).refusals == (Refusal.BUSY,)
    ended = live(COMPLETE, e.WishStarted(2026, Wish.OPEN), e.WishEnded(2026, Wish.OPEN))
    assert may_open(ended, 2026).allowed
    stopped = live(loaded(b.year(done=None)), e.YearPipelinesFound(2026, ()), e.WishStarted(2026, Wish.RETRY_SETUP))
    assert may_retry_setup(stopped, 2026).refusals == (Refusal.BUSY,)


def test_interrupting_is_offered_while_it_runs() -> None:
    running = live(COMPLETE, followed(), seen(b.pipeline(b.P1, b.work(9))))
    assert may_interrupt(running, b.P1).allowed
    assert not may_interrupt(after(seen(b.pipeline(b.P1, b.ended(9), done=True)), state=running), b.P1).offered
    assert not may_interrupt(running, b.P2).offered


def test_the_years_to_choose_from() -> None:
    listed = e.YearsLoaded((b.summary(2019, is_started=True), b.summary(2025), b.summary(2024, done=None)), b.at(1))
    lines = {line.year: line.mark for line in year_lines(live(listed))}
    assert list(lines) == [2027, 2026, 2025, 2024, 2023, 2019]
    assert lines == {
        2027: YearMark.NOT_CONFIGURED,
        2026: YearMark.NOT_CONFIGURED,
        2025: YearMark.READY,
        2024: YearMark.BEING_SET_UP,
        2023: YearMark.NOT_CONFIGURED,
        2019: YearMark.OPEN,
    }
    user = live(e.YearsLoaded((b.summary(2019, is_started=True),), b.at(1)), user=b.standard())
    assert [line.year for line in year_lines(user)] == [2019]
    assert {line.mark for line in year_lines(live())} == {YearMark.UNKNOWN}
    assert years_users_see(live(listed)) == (2019,)


def test_a_years_mark_follows_what_is_known_of_it() -> None:
    listed = e.YearsLoaded((b.summary(2026),), b.at(1))
    assert mark_of(live(listed, OPEN), 2026) is YearMark.OPEN
    assert (
        mark_of(live(listed, loaded(b.year(done=None)), e.YearPipelinesFound(2026, ())), 2026) is YearMark.SETUP_FAILED
    )
    assert mark_of(live(listed, e.YearMissing(2026, b.at(2))), 2026) is YearMark.NOT_CONFIGURED
    assert mark_of(live(e.YearMissing(2026, b.at(0)), listed), 2026) is YearMark.READY  # created meanwhile
    assert mark_of(live(followed(), seen(b.pipeline(b.P1)), listed), 2026) is YearMark.BEING_SET_UP


def test_opening_shows_in_the_list_at_once() -> None:
    listed = e.YearsLoaded((b.summary(2026), b.summary(2025)), b.at(1))
    assert years_users_see(live(listed, OPEN)) == (2026,)
    created = live(listed, loaded(b.year(2027)))
    assert [item.year for item in created.years.items] == [2027, 2026, 2025]


def test_a_year_not_open_does_not_slip_into_a_users_list() -> None:
    state = live(e.YearsLoaded((), b.at(1)), loaded(b.year()), user=b.standard())
    assert state.years.items == ()
