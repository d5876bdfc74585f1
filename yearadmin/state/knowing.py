"""Waiting until something is known, for the command line and tests; a window only looks.

Asks for a year only when nobody else has, and ends too when the server can't be asked.
"""

from __future__ import annotations

from yearadmin.state.ground import Ground
from yearadmin.state.model import AppState, ConnectionPhase, LoadPhase, Origin, Years, YearScope
from yearadmin.state.setup import Setup, SetupPhase, setup_of
from yearadmin.state.yearscope import YearScopes

_SETTLED = (ConnectionPhase.LIVE, ConnectionPhase.SIGNED_OUT, ConnectionPhase.OFFLINE, ConnectionPhase.CLOSING)
_NO_LONGER = (SetupPhase.DONE, SetupPhase.FAILED, SetupPhase.STOPPED, SetupPhase.NOT_CONFIGURED)


class Knowing:
    """What can be waited for."""

    def __init__(self, ground: Ground, years: YearScopes) -> None:
        self._ground = ground
        self._years = years

    async def connected(self) -> ConnectionPhase:
        """Wait until it is known whether the server is there and lets us in."""
        state = await self._ground.until(lambda state: state.connection.phase in _SETTLED)
        return state.connection.phase

    async def listed(self) -> Years:
        """Wait until the list of years has come from the server, or can't be had now."""
        await self._ground.until(_is_list_known)
        await self._years.list_settled()
        return self._ground.state.years

    async def loaded(self, year: int) -> YearScope:
        """Wait until the year is PRESENT, MISSING or FAILED from the server, or it can't be reached."""
        await self.connected()
        if not _is_known(self._ground.state, year) and not self._ground.state.scope(year).loading:
            self._years.reload(year)
        await self._ground.until(lambda state: _is_known(state, year))
        return self._ground.state.scope(year)

    async def setup_ended(self, year: int) -> Setup:
        """Wait until the year's set-up is DONE, FAILED, STOPPED or NOT_CONFIGURED, and the year has been read."""

        def has_ended(state: AppState) -> bool:
            return not state.scope(year).loading and setup_of(state, year).phase in _NO_LONGER

        return setup_of(await self._ground.until(has_ended), year)


def _is_list_known(state: AppState) -> bool:
    return state.years.origin is Origin.SERVER or state.years.problem is not None or _is_away(state)


def _is_known(state: AppState, year: int) -> bool:
    scope = state.scope(year)
    if _is_away(state):
        return True
    if scope.loading:
        return False
    is_told = scope.phase in (LoadPhase.PRESENT, LoadPhase.MISSING) and scope.origin is Origin.SERVER
    return is_told or scope.problem is not None


def _is_away(state: AppState) -> bool:
    return state.connection.phase in (
        ConnectionPhase.OFFLINE,
        ConnectionPhase.SIGNED_OUT,
        ConnectionPhase.CLOSING,
    )
