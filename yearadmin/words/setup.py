"""How the set-up of a year stands, in words: title, what happens now, and the names of its phases.

The server's own words stay in the set-up value itself, to be shown beside these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from yearadmin.contract.enums import UnitSyncPhase
from yearadmin.state.setup import Setup, SetupPhase, SyncPhase
from yearadmin.words.format import at_time, duration
from yearadmin.words.slots import link_text
from yearadmin.words.translate import translate

_TITLES: Mapping[SetupPhase, Callable[[], str]] = {
    SetupPhase.NOT_CONFIGURED: lambda: translate("words.setup", "Year {year} is not configured yet"),
    SetupPhase.UNKNOWN: lambda: translate("words.setup", "Year {year} has not been read yet"),
    SetupPhase.RUNNING: lambda: translate("words.setup", "Year {year} is being set up"),
    SetupPhase.FAILED: lambda: translate("words.setup", "The set-up of {year} failed"),
    SetupPhase.STOPPED: lambda: translate("words.setup", "The set-up of {year} stopped before its end"),
    SetupPhase.DONE: lambda: translate("words.setup", "Year {year} is set up"),
}

_DETAILS: Mapping[SetupPhase, Callable[[], str]] = {
    SetupPhase.NOT_CONFIGURED: lambda: translate(
        "words.setup", "Create the year to prepare it: units, users and their carbon reports are then set up for it."
    ),
    SetupPhase.UNKNOWN: lambda: translate("words.setup", "Its state is being read from the server."),
    SetupPhase.RUNNING: lambda: translate(
        "words.setup", "The modules unlock by themselves when it is done. You may look at other years meanwhile."
    ),
    SetupPhase.FAILED: lambda: translate(
        "words.setup",
        "The year exists, but its units are not complete. “Retry” starts the set-up again; nothing is lost.",
    ),
    SetupPhase.STOPPED: lambda: translate(
        "words.setup", "It failed or was interrupted earlier. “Retry” starts the set-up again; nothing is lost."
    ),
    SetupPhase.DONE: lambda: translate("words.setup", "Its files can be uploaded now."),
}

_PHASES: Mapping[str, Callable[[], str]] = {
    UnitSyncPhase.FETCH_UNITS: lambda: translate("words.setup", "Read the list of units"),
    UnitSyncPhase.UPSERT_UNITS_AND_USERS: lambda: translate("words.setup", "Update units and users"),
    UnitSyncPhase.CREATE_CARBON_REPORTS: lambda: translate("words.setup", "Create the carbon reports"),
    UnitSyncPhase.ENSURE_MODULES: lambda: translate("words.setup", "Prepare the modules of each report"),
}


def setup_title(setup: Setup, year: int, now: datetime | None = None) -> str:
    """Where the set-up of ``year`` stands, in one line; ``now`` is UTC and the present moment without it."""
    if setup.as_of is not None:
        at = at_time(setup.as_of, now or datetime.now(UTC))
        return translate("words.setup", "Year {year} was being set up {at}").format(year=year, at=at)
    return _TITLES[setup.phase]().format(year=year)


def setup_detail(setup: Setup, now: datetime) -> str:
    """What happens now and what can be done, with the time it has taken so far (``now`` is UTC)."""
    detail = _DETAILS[setup.phase]()
    if setup.phase is not SetupPhase.RUNNING:
        return detail
    if setup.as_of is not None:
        return translate(
            "words.setup", "How it stands now is not known before the server answers; the work there may have gone on."
        )
    parts = [detail]
    if setup.started_at is not None:
        elapsed = duration((now - setup.started_at).total_seconds())
        parts.insert(0, translate("words.setup", "Running for {duration}.").format(duration=elapsed))
    link = link_text(setup.link)
    if link:
        parts.append(translate("words.setup", "At the moment: {what}.").format(what=link))
    return " ".join(parts)


def phase_name(name: str) -> str:
    """The name of one phase; one this program does not know keeps the server's name, made readable."""
    known = _PHASES.get(name)
    return known() if known else name.replace("_", " ").capitalize()


def phase_state(phase: SyncPhase, *, is_past: bool = False) -> str:
    """The word beside a phase's sign; ``is_past`` when it tells how it was, not how it is."""
    if phase.done:
        return translate("words.setup", "done", "state of a set-up phase")
    if phase.running and is_past:
        return translate("words.setup", "was running", "state of a set-up phase")
    if phase.running:
        return translate("words.setup", "running", "state of a set-up phase")
    return translate("words.setup", "to come", "state of a set-up phase")
