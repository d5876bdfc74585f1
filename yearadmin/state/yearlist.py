"""The years an operator can choose, newest first, each with its mark; and which of them users see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yearadmin.contract.enums import Provisioned
from yearadmin.state.model import AppState, LoadPhase, Origin
from yearadmin.state.setup import SetupPhase, setup_of

FIRST_USUAL_YEAR = 2023


class YearMark(StrEnum):
    """The state of a year as the selector shows it."""

    UNKNOWN = "unknown"
    NOT_CONFIGURED = "not_configured"
    BEING_SET_UP = "being_set_up"
    WAS_BEING_SET_UP = "was_being_set_up"  # when it was last heard of
    SETUP_FAILED = "setup_failed"
    READY = "ready"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class YearLine:
    """One line of the year selector."""

    year: int
    mark: YearMark


def year_lines(state: AppState) -> tuple[YearLine, ...]:
    """Every year to offer: those on the server, and for an operator the usual range up to next year."""
    numbers = {item.year for item in state.years.items}
    if state.user is None or state.user.can_view_configuration:
        if state.user is not None:
            numbers.update(range(FIRST_USUAL_YEAR, state.this_year + 2))
        if state.selected is not None:  # an operator may look at any year; a user only at those that are open
            numbers.add(state.selected)
    return tuple(YearLine(year, mark_of(state, year)) for year in sorted(numbers, reverse=True))


def mark_of(state: AppState, year: int) -> YearMark:
    """The state of one year from the best that is known of it."""
    item = next((item for item in state.years.items if item.year == year), None)
    scope = state.scope(year)
    if scope.phase is LoadPhase.MISSING or (item is None and state.years.origin is not Origin.NOWHERE):
        if scope.phase is not LoadPhase.PRESENT:
            return YearMark.NOT_CONFIGURED
    elif item is None and scope.phase is not LoadPhase.PRESENT:
        return YearMark.UNKNOWN
    setup = setup_of(state, year)
    if setup.phase in (SetupPhase.FAILED, SetupPhase.STOPPED):
        return YearMark.SETUP_FAILED
    if setup.phase is SetupPhase.RUNNING:
        return YearMark.BEING_SET_UP if setup.as_of is None else YearMark.WAS_BEING_SET_UP
    known = scope.config if scope.phase is LoadPhase.PRESENT and scope.config is not None else item
    if known is None:
        return YearMark.UNKNOWN
    if known.is_started:
        return YearMark.OPEN
    if known.provisioned is not Provisioned.NO:
        return YearMark.READY
    return YearMark.BEING_SET_UP if state.is_live else YearMark.WAS_BEING_SET_UP


def changed_since_read(state: AppState, year: int) -> datetime | None:
    """When somebody changed the year after it was read (UTC), by the list; None when it is as read, or being saved."""
    scope = state.scope(year)
    item = next((item for item in state.years.items if item.year == year), None)
    if item is None or scope.config is None or scope.origin is not Origin.SERVER or scope.busy or scope.conflict:
        return None
    shown, listed = scope.config.updated_at, item.updated_at
    return listed if shown is not None and listed is not None and listed > shown else None


def years_users_see(state: AppState) -> tuple[int, ...]:
    """The years in every user's selector at present, newest first."""
    return tuple(sorted((item.year for item in state.years.items if item.is_started), reverse=True))
