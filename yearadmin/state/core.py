"""The engine of the client in one object: what is known, what may be wished, and how a wish ended.

Knows no window and no command line; everything it finds out is in the one state of its store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from yearadmin.catalogue.modules import Slot
from yearadmin.contract.problems import ProblemError
from yearadmin.state import events as e
from yearadmin.state.connection import Connector
from yearadmin.state.consequences import Consequences
from yearadmin.state.ground import CorePace, Ended, Ground, ServerChoice, utc_now
from yearadmin.state.history import Archive
from yearadmin.state.keeping import Keeper
from yearadmin.state.knowing import Knowing
from yearadmin.state.model import AppState, Connection, ConnectionPhase, Years, YearScope
from yearadmin.state.refreshing import Refresher
from yearadmin.state.setup import Setup
from yearadmin.state.signing import Sessions
from yearadmin.state.store import Store
from yearadmin.state.uploads import Uploads
from yearadmin.state.watching import Watchers
from yearadmin.state.writes import Writes
from yearadmin.state.yearscope import YearScopes

if TYPE_CHECKING:
    from yearadmin.cache.store import Cache
    from yearadmin.contract.years import Goal
    from yearadmin.logbook import Activity
    from yearadmin.remote.follow import FollowPace
    from yearadmin.remote.secrets import Secrets, Tokens
    from yearadmin.remote.transport import Transport, TransportPace

__all__ = ["Core", "CorePace", "Ended", "ServerChoice"]


class Core:
    """One server, one signed-in person, all years. Make it on the event loop it is to run on.

    ``before_connect`` runs before each try to connect and may give the address the server has now. ``archive`` looks
    back; ``on_exchange`` hears of every exchange with the server, ``on_tokens`` of every pair of cookies; neither may
    raise. ``secrets`` keeps the session for the next start. With ``waits_for_sign_in`` an upload that meets a lost
    session waits for the next sign-in of its person.
    """

    def __init__(
        self,
        server: ServerChoice,
        cache: Cache,
        *,
        this_year: int,
        before_connect: Callable[[], Awaitable[str | None]] | None = None,
        pace: CorePace | None = None,
        transport_pace: TransportPace | None = None,
        follow_pace: FollowPace | None = None,
        clock: Callable[[], datetime] = utc_now,
        on_exchange: Callable[[Activity], object] | None = None,
        on_tokens: Callable[[Tokens | None], object] | None = None,
        secrets: Secrets | None = None,
        waits_for_sign_in: bool = False,
    ) -> None:
        name = server.name or server.base_url
        self.store = Store(AppState(this_year, connection=Connection(name, since=clock(), demo=server.demo)))
        self._transport_pace = transport_pace
        self._before_connect = before_connect
        self._on_exchange, self._on_tokens = on_exchange, on_tokens
        self._ground = Ground(self.store, cache, server, pace or CorePace(), clock)
        self._keeper = Keeper(self._ground)
        self.archive = Archive(cache, server.cache_key, lambda: self._ground.user_key)
        after = Consequences(self._ground, self._keeper)
        self._watchers = Watchers(
            self._ground, follow_pace, on_pipeline_over=after.pipeline_over, on_job_over=after.job_over
        )
        self._years = YearScopes(self._ground, self._keeper, self._watchers, after.year_loaded)
        self._knowing = Knowing(self._ground, self._years)
        self._writes = Writes(self._ground, self._keeper, self._years, self._watchers)
        self._refresher = Refresher(self._ground, self._years)
        self._uploads = Uploads(
            self._ground, self._keeper, self._years, self._watchers, waits_for_sign_in=waits_for_sign_in
        )
        after.years, after.watchers, after.uploads = self._years, self._watchers, self._uploads
        self._sessions = Sessions(self._ground, secrets, on_tokens)
        self._connector = Connector(
            self._ground,
            self._keeper,
            self._sessions,
            before_connect=self._prepare,
            on_user=after.user_leaves,
            on_live=after.live,
        )
        self._life = asyncio.Lock()  # a window closed at once waits for the start to be over

    # --- life

    async def start(self) -> None:
        """Show what is kept (Origin.CACHE), begin connecting in the background, and return."""
        async with self._life:
            await self._start()

    async def _start(self) -> None:
        ground = self._ground
        # The models cost some 200 ms to import: on a thread, so that a window goes on painting.
        await asyncio.gather(ground.cache.open(), asyncio.to_thread(import_module, "yearadmin.remote.follow"))
        await self._keeper.recall_last()
        self._keeper.tell_trouble()
        year = await self._keeper.last_year()
        if year is not None:
            self._years.select(year)
        from yearadmin.remote.api import Api

        try:
            ground.api = Api(self._transport(self._tokens_came))
        except ProblemError as error:  # no usable address: nothing to try again
            ground.dispatch(e.Disconnected(ground.now(), None, error.problem))
            return
        ground.tasks.spawn(self._connector.run(), "the connection")
        ground.tasks.spawn(self._refresher.run(), "looking for what colleagues do")

    def _transport(self, on_tokens: Callable[[Tokens | None], object] | None) -> Transport:
        from yearadmin.remote.transport import Transport

        return Transport(
            self._ground.server.base_url,
            pace=self._transport_pace,
            on_exchange=self._on_exchange,
            authority=self._ground.server.authority,
            on_tokens=on_tokens,
        )

    async def _prepare(self) -> None:
        """What is to be done before each try to connect; the embedded backend may have found its port taken."""
        base_url = None if self._before_connect is None else await self._before_connect()
        if base_url is not None and base_url != self._ground.server.base_url:
            from yearadmin.remote.api import Api

            former = self._ground.api
            self._ground.server = replace(self._ground.server, base_url=base_url)
            self._ground.api = Api(self._transport(self._tokens_came))
            await former.aclose()

    def _tokens_came(self, tokens: Tokens | None) -> None:
        if self._on_tokens is not None:
            self._on_tokens(tokens)
        self._sessions.changed(tokens)

    async def close(self) -> None:
        """An orderly end: every task cancelled and gone, what is pending kept, client and cache closed."""
        ground = self._ground
        ground.dispatch(e.Closing(ground.now()))
        async with self._life:
            await ground.tasks.close()
            self._sessions.close()
            await ground.saving.drain()
            with suppress(ProblemError):  # it never started
                await ground.api.aclose()
            await ground.cache.close()

    # --- instant wishes

    def select_year(self, year: int) -> None:
        """Look at a year; it is the one the next start looks at."""
        if self.store.state.connection.phase is ConnectionPhase.CLOSING:
            return
        self._years.select(year)
        self._keeper.remember_year(year)

    def reload_year(self, year: int) -> None:
        """Read a year and the list again; when the server is away, try to reach it now."""
        if not self.store.state.is_live:
            self._connector.retry_now()
            return
        self._years.reload(year)
        self._years.reload_list()

    def retry_now(self) -> None:
        """Try the connection, and every stream that waits, now."""
        self._connector.retry_now()
        self._watchers.wake()

    def dismiss(self, notice_id: int) -> None:
        """The operator has read a notice."""
        self._ground.dispatch(e.NoticeDismissed(notice_id))

    def refresh(self) -> None:
        """Look soon for what colleagues have done."""
        self._refresher.now()

    def settle(self, year: int) -> None:
        """Let go of the save that a colleague's change held back: theirs is kept."""
        self._ground.dispatch(e.ConflictSettled(year))

    def cancel_upload(self, key: str) -> None:
        """Stop an upload whose job does not exist yet."""
        self._uploads.cancel(key)

    # --- awaited wishes

    async def create_year(self, year: int) -> Ended:
        """Create the year, closed, and begin its set-up (contract section 5.1.3)."""
        return await self._writes.create(year)

    async def retry_setup(self, year: int) -> Ended:
        """Begin the set-up again (section 5.2.5)."""
        return await self._writes.retry_setup(year)

    async def open_year(self, year: int) -> Ended:
        """Open the year to users."""
        return await self._writes.open(year)

    async def close_year(self, year: int) -> Ended:
        """Take the year away from users again."""
        return await self._writes.close(year)

    async def save_goals(self, year: int, goals: tuple[Goal, ...], seen: tuple[Goal, ...] | None = None) -> Ended:
        """Save the year's reduction goals (section 5.1.4); ``seen`` are those the operator began to change."""
        return await self._writes.save_goals(year, goals, seen)

    async def use_mine(self, year: int) -> Ended:
        """Carry out the save that a colleague's change held back."""
        return await self._writes.use_mine(year)

    async def upload(self, year: int, slot: Slot, path: Path) -> Ended:
        """Send a file to a slot; returns when the work on the server has ended, or it never began."""
        return await self._uploads.upload(year, slot, path)

    async def interrupt(self, pipeline_id: str) -> Ended:
        """Stop a running pipeline (section 5.2.12)."""
        return await self._writes.interrupt(pipeline_id)

    async def sign_in_as(self, role: str) -> Ended:
        """Sign in as a test user (section 1.3)."""
        return await self._connector.sign_in_as(role)

    async def sign_in_with(self, tokens: Tokens) -> Ended:
        """Sign in with the cookies of a session begun elsewhere: on the sign-on page, or pasted (section 1.2)."""
        if self._on_tokens is not None:
            self._on_tokens(tokens)  # the log must know them before they are used
        return await self._connector.sign_in_with(self._transport(self._on_tokens), tokens)

    async def keep_session(self) -> Ended:
        """Ask the keyring once more to keep the session."""
        await self._sessions.keep_again()
        return Ended()

    async def sign_in_here(self) -> Ended:
        """Sign in at the embedded backend this program has started, after having signed out."""
        return await self._connector.sign_in_here()

    async def sign_out(self) -> Ended:
        """End the session."""
        return await self._connector.sign_out()

    def spawn(self, wish: Coroutine[object, object, Ended]) -> None:
        """Run a wish in the background; a defect in it is told and logged."""
        self._ground.tasks.spawn(wish, getattr(wish, "__name__", "a wish"))

    # --- waiting, for the command line and tests

    async def connected(self) -> ConnectionPhase:
        """Wait until it is known whether the server is there and lets us in."""
        return await self._knowing.connected()

    async def listed(self) -> Years:
        """Wait until the list of years has come from the server, or can't be had now."""
        return await self._knowing.listed()

    async def loaded(self, year: int) -> YearScope:
        """Wait until the year is PRESENT, MISSING or FAILED from the server, or it can't be reached."""
        return await self._knowing.loaded(year)

    async def setup_ended(self, year: int) -> Setup:
        """Wait until the year's set-up is DONE, FAILED, STOPPED or NOT_CONFIGURED, and the year has been read."""
        return await self._knowing.setup_ended(year)
