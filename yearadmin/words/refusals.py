"""Why a button is grey and what can be done about it, for tooltips, the checklist and the command line.

Never decides whether something is allowed: that is the permit's word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yearadmin.state.permits import FIRST_YEAR, LAST_YEAR, GoalFault, Permit, Refusal
from yearadmin.words.readiness import item_text
from yearadmin.words.translate import translate

MAX_LISTED = 8  # blockers named one by one; the rest is counted

R = Refusal

_REFUSALS: Mapping[Refusal, Callable[[], str]] = {
    R.STARTING: lambda: translate("words.refusals", "Still connecting to the server. This takes a moment."),
    R.OFFLINE: lambda: translate(
        "words.refusals", "Not connected to the server. It is tried again by itself; “Try now” does so at once."
    ),
    R.SIGNED_OUT: lambda: translate("words.refusals", "You are not signed in. Sign in to make changes."),
    R.NO_RIGHT: lambda: translate(
        "words.refusals",
        "Your account may look but not change the configuration. A back-office administrator can give you the right.",
    ),
    R.BAD_YEAR: lambda: translate(
        "words.refusals", "{year} can’t be a reporting year. Choose one between {first} and {last}."
    ),
    R.NOT_LOADED: lambda: translate("words.refusals", "Year {year} has not been read from the server yet. Reload it."),
    R.NOT_CURRENT: lambda: translate(
        "words.refusals", "What you see of {year} is from an earlier visit; its present state is being read."
    ),
    R.NOT_CONFIGURED: lambda: translate("words.refusals", "Year {year} is not configured yet. Create it first."),
    R.EXISTS: lambda: translate("words.refusals", "Year {year} exists already. Choose it in the list of years."),
    R.BEING_SET_UP: lambda: translate(
        "words.refusals", "Year {year} is being set up. This unlocks by itself when the set-up is done."
    ),
    R.SETUP_FAILED: lambda: translate(
        "words.refusals", "The set-up of {year} did not complete. Start it again with “Retry”."
    ),
    R.ALREADY_SET_UP: lambda: translate("words.refusals", "Year {year} is set up already; there is nothing to repeat."),
    R.ALREADY_OPEN: lambda: translate("data_management_year_already_open", "Year {year} is already open to users."),
    R.NOT_OPEN: lambda: translate("words.refusals", "Year {year} is not open to users."),
    R.BUSY: lambda: translate("words.refusals", "This was already asked for; the server’s answer is awaited."),
    R.SLOT_BUSY: lambda: translate(
        "words.refusals", "A file is being worked on here. Wait for its end, or interrupt it."
    ),
    R.DISABLED: lambda: translate(
        "words.refusals", "This module or submodule is disabled for {year}. Enable it to upload files."
    ),
    R.GOAL_INVALID: lambda: translate("words.refusals", "A reduction goal is not valid. Correct the one marked."),
}

_FAULTS: Mapping[GoalFault, Callable[[], str]] = {
    GoalFault.HALF_FILLED: lambda: translate(
        "words.refusals", "Fill in target year, percentage and reference year, or leave all three empty."
    ),
    GoalFault.TARGET_NOT_AFTER_YEAR: lambda: translate("words.refusals", "The target year must be after {year}."),
    GoalFault.PERCENT_OUT_OF_RANGE: lambda: translate(
        "words.refusals", "The reduction must be between 0 and 100 percent."
    ),
    GoalFault.BAD_REFERENCE_YEAR: lambda: translate(
        "words.refusals", "The reference year must be between {first} and {last}."
    ),
    GoalFault.REFERENCE_NOT_BEFORE_TARGET: lambda: translate(
        "words.refusals", "The reference year must be before the target year."
    ),
}


def why_not(permit: Permit, year: int) -> str:
    """Why it is not allowed and what can be done, one reason a line; empty when it is allowed."""
    if permit.allowed:
        return ""
    reasons = [refusal_text(refusal, permit, year) for refusal in dict.fromkeys(permit.refusals)]
    return "\n".join(reasons) or translate("words.refusals", "This does not apply to {year} at present.").format(
        year=year
    )


def refusal_text(refusal: Refusal, permit: Permit, year: int) -> str:
    """One refusal of that permit; INCOMPLETE goes on to list what is missing."""
    if refusal is Refusal.INCOMPLETE:
        return _incomplete(permit)
    return _REFUSALS[refusal]().format(year=year, first=FIRST_YEAR, last=LAST_YEAR)


def _incomplete(permit: Permit) -> str:
    missing = [f"• {item_text(item)}" for item in permit.blockers[:MAX_LISTED]]
    if not missing:
        return translate("words.refusals", "Something mandatory is still missing. See the list “Before you open”.")
    more = len(permit.blockers) - len(missing)
    if more:
        missing.append("• " + translate("words.refusals", "and %n more", "", more))
    return "\n".join([translate("words.refusals", "Still missing before the year can be opened:"), *missing])


def goal_fault(fault: GoalFault, year: int) -> str:
    """What is wrong with a reduction goal of ``year`` and how it must be."""
    return _FAULTS[fault]().format(year=year, first=FIRST_YEAR, last=LAST_YEAR)
