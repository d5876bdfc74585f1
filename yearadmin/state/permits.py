"""May I, and if not, why not: computed here once for buttons, tooltips, the checklist, the command line and exit codes.

Every action asks its permit again at the moment it acts, so a greyed button and a refused action never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yearadmin.catalogue.modules import Slot
from yearadmin.state.model import AppState, ConnectionPhase, LoadPhase, Origin, Wish
from yearadmin.state.pipelines import is_running
from yearadmin.state.readiness import ReadinessItem, blockers
from yearadmin.state.setup import SetupPhase, setup_of
from yearadmin.state.slots import slot_view

if TYPE_CHECKING:
    from yearadmin.contract.years import Goal

FIRST_YEAR, LAST_YEAR = 1990, 2100


class Refusal(StrEnum):
    """Why something may not be done now."""

    STARTING = "starting"
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"
    NO_RIGHT = "no_right"
    BAD_YEAR = "bad_year"
    NOT_LOADED = "not_loaded"
    NOT_CURRENT = "not_current"  # what is shown comes from the cache, not yet from the server
    NOT_CONFIGURED = "not_configured"
    EXISTS = "exists"
    BEING_SET_UP = "being_set_up"
    SETUP_FAILED = "setup_failed"
    ALREADY_SET_UP = "already_set_up"
    ALREADY_OPEN = "already_open"
    NOT_OPEN = "not_open"
    INCOMPLETE = "incomplete"
    BUSY = "busy"
    SLOT_BUSY = "slot_busy"
    DISABLED = "disabled"
    GOAL_INVALID = "goal_invalid"


@dataclass(frozen=True, slots=True)
class Permit:
    """The answer: ``refusals`` empty means yes. ``offered`` false means that the button does not even exist."""

    refusals: tuple[Refusal, ...] = ()
    offered: bool = True
    blockers: tuple[ReadinessItem, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it may be done now."""
        return self.offered and not self.refusals


def is_year(year: int) -> bool:
    """Whether a number can be a reporting year at all."""
    return FIRST_YEAR <= year <= LAST_YEAR


def _to_write(state: AppState) -> tuple[Refusal, ...]:
    """What stops any write at all."""
    match state.connection.phase:
        case ConnectionPhase.OFFLINE | ConnectionPhase.CLOSING:
            return (Refusal.OFFLINE,)
        case ConnectionPhase.SIGNED_OUT:
            return (Refusal.SIGNED_OUT,)
        case ConnectionPhase.STARTING:
            return (Refusal.STARTING,)
        case _:
            pass
    if state.user is None:
        return (Refusal.SIGNED_OUT,)
    return () if state.user.can_edit_configuration else (Refusal.NO_RIGHT,)


def may_create(state: AppState, year: int) -> Permit:
    """Whether the year can be created; offered only when the server said that there is none."""
    scope = state.scope(year)
    offered = scope.phase is LoadPhase.MISSING
    refusals = list(_to_write(state))
    if not is_year(year):
        refusals.append(Refusal.BAD_YEAR)
    if not offered:
        refusals.append(Refusal.EXISTS if scope.phase is LoadPhase.PRESENT else Refusal.NOT_LOADED)
    elif scope.origin is not Origin.SERVER and not refusals:
        refusals.append(Refusal.NOT_CURRENT)
    if Wish.CREATE in scope.busy:
        refusals.append(Refusal.BUSY)
    return Permit(tuple(refusals), offered)


def may_retry_setup(state: AppState, year: int) -> Permit:
    """Whether the unit sync can be started again; offered after it failed or stopped."""
    phase = setup_of(state, year).phase
    refusals = list(_to_write(state))
    if phase is SetupPhase.RUNNING:
        refusals.append(Refusal.BEING_SET_UP)
    elif phase is SetupPhase.DONE:
        refusals.append(Refusal.ALREADY_SET_UP)
    if Wish.RETRY_SETUP in state.scope(year).busy:
        refusals.append(Refusal.BUSY)
    return Permit(tuple(refusals), offered=phase in (SetupPhase.FAILED, SetupPhase.STOPPED))


def _to_change(state: AppState, year: int) -> list[Refusal]:
    """What stops any change inside a year: the veil over the panels and all that stops a write."""
    scope = state.scope(year)
    refusals = list(_to_write(state))
    if scope.phase is LoadPhase.MISSING:
        refusals.append(Refusal.NOT_CONFIGURED)
    elif scope.config is None:
        refusals.append(Refusal.NOT_LOADED)
    elif not refusals and scope.origin is not Origin.SERVER:
        refusals.append(Refusal.NOT_CURRENT)
    setup = setup_of(state, year)
    if setup.gates:
        refusals.append(Refusal.BEING_SET_UP if setup.phase is SetupPhase.RUNNING else Refusal.SETUP_FAILED)
    return refusals


def may_use_panels(state: AppState, year: int) -> Permit:
    """Whether the module panels of the year can be operated."""
    return Permit(tuple(_to_change(state, year)))


def may_upload(state: AppState, year: int, slot: Slot) -> Permit:
    """Whether a file can be sent to that slot now."""
    refusals = _to_change(state, year)
    view = slot_view(state, year, slot)
    if not view.enabled:
        refusals.append(Refusal.DISABLED)
    if view.is_running:
        refusals.append(Refusal.SLOT_BUSY)
    return Permit(tuple(refusals))


def may_save_goals(state: AppState, year: int) -> Permit:
    """Whether reduction goals can be saved now."""
    refusals = _to_change(state, year)
    if Wish.SAVE_GOALS in state.scope(year).busy:
        refusals.append(Refusal.BUSY)
    return Permit(tuple(refusals))


def may_open(state: AppState, year: int) -> Permit:
    """Whether the year can be opened to users.

    Not offered before the year exists and while it is being set up; refused with reasons when it is open already or
    something mandatory is missing (contract section 8.1, which the server itself does not enforce).
    """
    scope = state.scope(year)
    setup = setup_of(state, year)
    can_ever = state.user is None or state.user.can_edit_configuration
    offered = can_ever and scope.config is not None and not setup.gates
    refusals = _to_change(state, year)
    missing: tuple[ReadinessItem, ...] = ()
    if scope.config is not None and scope.config.is_started:
        refusals.append(Refusal.ALREADY_OPEN)
    else:
        missing = blockers(state, year)
        if missing:
            refusals.append(Refusal.INCOMPLETE)
    if scope.busy & {Wish.OPEN, Wish.CLOSE}:
        refusals.append(Refusal.BUSY)
    return Permit(tuple(refusals), offered, missing)


def may_close(state: AppState, year: int) -> Permit:
    """Whether the year can be taken away from users again; offered only while it is open."""
    scope = state.scope(year)
    is_open = scope.config is not None and scope.config.is_started
    refusals = list(_to_write(state))
    if not is_open:
        refusals.append(Refusal.NOT_OPEN)
    elif scope.origin is not Origin.SERVER and not refusals:
        refusals.append(Refusal.NOT_CURRENT)
    if scope.busy & {Wish.OPEN, Wish.CLOSE}:
        refusals.append(Refusal.BUSY)
    return Permit(tuple(refusals), offered=is_open)


def may_save(state: AppState, year: int, wish: Wish) -> Permit:
    """Whether a save of that kind can be made now. Raises KeyError for a wish that saves no field."""
    return _SAVES[wish](state, year)


_SAVES = {Wish.OPEN: may_open, Wish.CLOSE: may_close, Wish.SAVE_GOALS: may_save_goals}


def may_interrupt(state: AppState, pipeline_id: str) -> Permit:
    """Whether a running pipeline can be stopped; offered while it runs, as far as is known."""
    refusals = list(_to_write(state))
    return Permit(tuple(refusals), offered=is_running(state.pipelines.get(pipeline_id)))


class GoalFault(StrEnum):
    """What is wrong with a goal."""

    HALF_FILLED = "half_filled"
    TARGET_NOT_AFTER_YEAR = "target_not_after_year"
    PERCENT_OUT_OF_RANGE = "percent_out_of_range"
    BAD_REFERENCE_YEAR = "bad_reference_year"
    REFERENCE_NOT_BEFORE_TARGET = "reference_not_before_target"


def goal_faults(year: int, goal: Goal) -> tuple[GoalFault, ...]:
    """What is wrong with one goal of ``year``; nothing for an empty one (contract section 5.1.4)."""
    values = (goal.target_year, goal.reduction_percentage, goal.reference_year)
    if all(value is None for value in values):
        return ()
    faults: list[GoalFault] = []
    if any(value is None for value in values):
        faults.append(GoalFault.HALF_FILLED)
    if goal.target_year is not None and goal.target_year <= year:
        faults.append(GoalFault.TARGET_NOT_AFTER_YEAR)
    if goal.reduction_percentage is not None and not 0 <= goal.reduction_percentage <= 1:
        faults.append(GoalFault.PERCENT_OUT_OF_RANGE)
    if goal.reference_year is not None:
        if not is_year(goal.reference_year):
            faults.append(GoalFault.BAD_REFERENCE_YEAR)
        elif goal.target_year is not None and goal.reference_year >= goal.target_year:
            faults.append(GoalFault.REFERENCE_NOT_BEFORE_TARGET)
    return tuple(faults)
