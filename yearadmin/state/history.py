"""Looking back: what a year was at any kept time, what changed, which files were sent, and how much of it is kept.

Asks no server and changes no year: everything here is read from this computer and never presented as live.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yearadmin.cache.compare import Area, Change, Difference, Fact, Place, Value, compare
from yearadmin.cache.files import FileResult, SentFile
from yearadmin.cache.history import KeptState, KeptText
from yearadmin.cache.limits import Limits, Size
from yearadmin.state.model import AppState, Connection, ConnectionPhase, LoadPhase, Origin, YearScope

if TYPE_CHECKING:
    from yearadmin.cache.store import Cache
    from yearadmin.contract.years import YearConfiguration

__all__ = [
    "Archive",
    "Area",
    "Change",
    "Difference",
    "Fact",
    "FileResult",
    "KeptState",
    "Limits",
    "Moment",
    "Place",
    "SentFile",
    "Size",
    "Value",
    "as_it_was",
    "compare",
    "differences_text",
    "write_text",
]


@dataclass(frozen=True, slots=True)
class Moment:
    """A kept state of a year with what it holds; ``config`` is None when the text can't be read any more.

    ``differences`` are to the kept state before it; None until they are known, and for the first state.
    """

    state: KeptState
    config: YearConfiguration | None = None
    differences: tuple[Difference, ...] | None = None
    is_first: bool = False


def as_it_was(config: YearConfiguration, seen: KeptState, this_year: int) -> AppState:
    """A state of the program that knows this year only, as it was last seen then: for the views and rules to read.

    It is offline and nobody is signed in, so that nothing may be done with it.
    """
    scope = YearScope(config.year, LoadPhase.PRESENT, config=config, fetched_at=seen.last_seen, origin=Origin.CACHE)
    link = Connection(phase=ConnectionPhase.OFFLINE, since=seen.last_seen)
    return AppState(this_year, connection=link, selected=config.year).with_scope(scope)


class Archive:
    """What is kept of one server for one user. ``user_key`` is asked each time: people sign in and out."""

    def __init__(self, cache: Cache, server: str, user_key: Callable[[], str]) -> None:
        self._cache = cache
        self._server = server
        self._user_key = user_key

    async def years(self) -> tuple[int, ...]:
        """The years of which anything is kept, newest first."""
        user = self._user_key()
        known = set(await self._cache.years_kept(self._server, user))
        known.update(file.year for file in await self._cache.files(self._server, user))
        return tuple(sorted(known, reverse=True))

    async def states(self, year: int) -> tuple[KeptState, ...]:
        """Every kept state of a year, oldest first."""
        return await self._cache.history(self._server, self._user_key(), year)

    async def read(self, state: KeptState) -> YearConfiguration | None:
        """What a kept state holds; None when it is gone or can't be read."""
        text = await self._cache.read_state(state)
        return None if text is None else await asyncio.to_thread(_parse, text.raw)

    async def at(self, year: int, when: datetime) -> KeptState | None:
        """The state a year was last known in at ``when``; None when it had not been seen by then."""
        before = [state for state in await self.states(year) if state.first_seen <= when]
        return before[-1] if before else None

    async def moments(self, states: Sequence[KeptState]) -> AsyncIterator[Moment]:
        """The states with what changed in each, newest first; one at a time, for a list that fills while it is read."""
        newer: YearConfiguration | None = None
        waiting: KeptState | None = None
        for state in reversed(states):
            config = await self.read(state)
            if waiting is not None:
                yield await _moment(waiting, newer, config)
            newer, waiting = config, state
        if waiting is not None:
            yield Moment(waiting, newer, is_first=True)

    async def differences(self, old: KeptState, new: KeptState) -> tuple[Difference, ...] | None:
        """Every fact in which ``new`` differs from ``old``, of the same or of another year; None when unreadable."""
        before, after = await self.read(old), await self.read(new)
        if before is None or after is None:
            return None
        return await asyncio.to_thread(compare, before, after)

    async def files(self, year: int | None = None) -> tuple[SentFile, ...]:
        """The files this program sent, newest first."""
        return tuple(reversed(await self._cache.files(self._server, self._user_key(), year)))

    async def as_json(self, year: int) -> str:
        """A year's whole history as JSON."""
        from yearadmin.cache.export import history_json

        user = self._user_key()
        texts = await self._texts(year)
        files = await self._cache.files(self._server, user, year)
        pipelines = await self._cache.pipelines(self._server, user, year)
        return await asyncio.to_thread(
            lambda: history_json(self._server, year, texts, files=files, pipelines=pipelines)
        )

    async def as_csv(self, year: int) -> str:
        """A year's changes as CSV, one row per fact that changed."""
        from yearadmin.cache.export import history_csv

        return await asyncio.to_thread(history_csv, await self._texts(year))

    async def _texts(self, year: int) -> tuple[KeptText, ...]:
        found = [await self._cache.read_state(state) for state in await self.states(year)]
        return tuple(text for text in found if text is not None)

    async def limits(self) -> Limits:
        """How long and how much is kept."""
        return await self._cache.present_limits()

    async def set_limits(self, limits: Limits) -> Limits:
        """Keep so long and so much from now on; what is beyond goes at once."""
        return await self._cache.limits(limits.days, limits.megabytes)

    async def size(self) -> Size:
        """What is kept now, of all servers."""
        return await self._cache.size()

    async def forget_server(self) -> bool:
        """Forget everything about this server; False when the file can't be written and still holds it."""
        return await self._cache.forget_server(self._server)


async def _moment(state: KeptState, config: YearConfiguration | None, before: YearConfiguration | None) -> Moment:
    if config is None or before is None:
        return Moment(state, config)
    return Moment(state, config, await asyncio.to_thread(compare, before, config))


def _parse(raw: str) -> YearConfiguration | None:
    from yearadmin.cache.export import parse_year

    return parse_year(raw)


def differences_text(differences: Sequence[Difference], *, as_json: bool) -> str:
    """Differences for reading outside this program."""
    from yearadmin.cache.export import differences_csv, differences_json

    return differences_json(differences) if as_json else differences_csv(differences)


def write_text(path: Path, text: str) -> None:
    """Write an export as UTF-8, line ends as they are; blocks. Raises OSError."""
    path.write_bytes(text.encode("utf-8", "replace"))
