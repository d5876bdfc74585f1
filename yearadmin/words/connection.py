"""How the program stands with its server and how old what it shows is: status bar, band and ages.

Never presents what is kept on this computer as live.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.state.model import AppState, ConnectionPhase, LoadPhase, Origin, YearScope
from yearadmin.words.format import at_time, duration, since_time
from yearadmin.words.names import person_name
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate

EMBEDDED = "embedded"  # the name of the server this program brings along, whose address tells nobody anything

_PHASES: Mapping[ConnectionPhase, Callable[[], str]] = {
    ConnectionPhase.STARTING: lambda: translate("words.connection", "Connecting…"),
    ConnectionPhase.LIVE: lambda: translate("words.connection", "Live"),
    ConnectionPhase.OFFLINE: lambda: translate("words.connection", "Not connected"),
    ConnectionPhase.SIGNED_OUT: lambda: translate("words.connection", "Not signed in"),
    ConnectionPhase.CLOSING: lambda: translate("words.connection", "Closing…"),
}


def phase_text(phase: ConnectionPhase) -> str:
    """The word for how the program stands with its server."""
    return _PHASES[phase]()


def server_text(state: AppState) -> str:
    """Which server this is: its name or host, and whether it holds sample data only."""
    link = state.connection
    if link.server == EMBEDDED:
        return translate("words.connection", "this computer")
    host = urlsplit(link.server).netloc.rpartition("@")[2] if "://" in link.server else link.server
    if link.demo:
        return translate("words.connection", "{server}, sample data").format(server=host) if host else ""
    return host


def connection_text(state: AppState, now: datetime) -> str:
    """The status bar: phase, server, and who is signed in (``now`` is UTC)."""
    link = state.connection
    first = phase_text(link.phase)
    if link.phase is ConnectionPhase.OFFLINE and link.since is not None:
        first = translate("words.connection", "Not connected {since}").format(since=since_time(link.since, now))
    parts = [first, server_text(state)]
    if state.user is not None and link.phase in (ConnectionPhase.LIVE, ConnectionPhase.OFFLINE):
        name = state.user.display_name or state.user.email
        name = person_name(name, (role.role for role in state.user.roles_raw))
        if name:
            parts.append(translate("words.connection", "signed in as {name}").format(name=name))
    return " · ".join(part for part in parts if part)


def offline_band(state: AppState, now: datetime) -> str:
    """The band over the panels: since when, what is shown instead, what happens next. Empty while live."""
    link = state.connection
    match link.phase:
        case ConnectionPhase.LIVE | ConnectionPhase.CLOSING:
            return ""
        case ConnectionPhase.STARTING:
            shown = _shown(state, now)
            return f"{phase_text(link.phase)} {shown}" if shown else ""
        case ConnectionPhase.SIGNED_OUT:
            parts = [_signed_out(link.problem), _shown(state, now)]
            parts.append(translate("words.connection", "Sign in to see the present state and to make changes."))
        case ConnectionPhase.OFFLINE:
            since = link.since
            first = translate("words.connection", "Not connected.")
            if since is not None:
                first = translate("words.connection", "Not connected {since}.").format(since=since_time(since, now))
            parts = [first, _shown(state, now), _next_try(link.next_try, now)]
    return " ".join(part for part in parts if part)


def _signed_out(problem: Problem | None) -> str:
    """Why nobody is signed in: never was, or a session that is over; a missing right is told in its own words."""
    match problem.code if problem is not None else None:
        case ProblemCode.SESSION_EXPIRED | ProblemCode.SESSION_ENDED:
            assert problem is not None
            return f"{tell_problem(problem).title}."
        case _:
            return translate("words.connection", "You are not signed in.")


def _shown(state: AppState, now: datetime) -> str:
    scope = state.scope(state.selected) if state.selected is not None else None
    if scope is None or scope.fetched_at is None:
        return ""
    if scope.phase is LoadPhase.MISSING:
        return translate("words.connection", "Year {year} did not exist {at}.").format(
            year=scope.year, at=at_time(scope.fetched_at, now)
        )
    return translate("words.connection", "You see {year} as it was {at}.").format(
        year=scope.year, at=at_time(scope.fetched_at, now)
    )


def _next_try(next_try: datetime | None, now: datetime) -> str:
    if next_try is None:
        return translate("words.connection", "It is tried again by itself.")
    wait = int((next_try - now).total_seconds())
    if wait < 1:
        return translate("words.connection", "Trying now…")
    return translate("words.connection", "Next try in {duration}.").format(duration=duration(wait))


def connection_detail(state: AppState) -> str:
    """Why there is no connection, for the tooltip; empty when nothing is wrong."""
    problem = state.connection.problem
    if problem is None:
        return ""
    told = tell_problem(problem)
    return "\n".join(part for part in (told.title, told.sentences, told.server_words) if part)


def age_text(scope: YearScope, now: datetime) -> str:
    """How old what is shown of a year is, and whether it was kept on this computer or just read."""
    if scope.fetched_at is None:
        return translate("words.connection", "Not read yet")
    at = at_time(scope.fetched_at, now)
    if scope.origin is Origin.CACHE:
        return translate("words.connection", "Kept copy, read from the server {at}").format(at=at)
    age = (now - scope.fetched_at).total_seconds()
    if age < 60:
        return translate("words.connection", "Read from the server {at}").format(at=at)
    return translate("words.connection", "Read from the server {at}, {duration} ago").format(
        at=at, duration=duration(age)
    )


def panel_age(state: AppState, year: int, now: datetime) -> str:
    """How old what a panel shows is; empty while it is the server's present word."""
    scope = state.scope(year)
    if scope.fetched_at is None or (state.is_live and scope.origin is Origin.SERVER):
        return ""
    return age_text(scope, now)
