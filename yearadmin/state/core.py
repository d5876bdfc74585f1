"""The engine of the client in one object: what is known, what may be wished, and how a wish ended.

Knows no window and no command line; everything it finds out is in the one state of its store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.enums import JobType
from yearadmin.contract.problems import ProblemError
from yearadmin.state import events as e
from yearadmin.state.connection import Connector
from yearadmin.state.ground import CorePace, Ended, Ground, ServerChoice, utc_now
from yearadmin.state.history import Archive
from yearadmin.state.keeping import Keeper
from yearadmin.state.model import (
    AppState,
    Connection,
    ConnectionPhase,
    LoadPhase,
    NoticeCode,
    NoticeKind,
    Origin,
    Years,
    YearScope,
)
from yearadmin.state.pipelines import Step, job_outcome, kind_of, outcome
from yearadmin.state.refreshing import Refresher
from yearadmin.state.setup import Setup, SetupPhase, setup_of
from yearadmin.state.signing import Sessions
from yearadmin.state.store import Store
from yearadmin.state.uploads import Uploads
from yearadmin.state.watching import Watchers
from yearadmin.state.writes import Writes, setup_key
from yearadmin.state.yearscope import YearScopes

if TYPE_CHECKING:
    from yearadmin.cache.store import Cache
    from yearadmin.contract.years import Goal
    from yearadmin.logbook import Activity
    from yearadmin.remote.follow import FollowPace
    from yearadmin.remote.secrets import Secrets, Tokens
    from yearadmin.remote.transport import Transport, TransportPace

__all__ = ["Core", "CorePace", "Ended", "ServerChoice"]

_SETTLED = (ConnectionPhase.LIVE, ConnectionPhase.SIGNED_OUT, ConnectionPhase.OFFLINE, ConnectionPhase.CLOSING)
_NO_LONGER = (SetupPhase.DONE, SetupPhase.FAILED, SetupPhase.STOPPED, SetupPhase.NOT_CONFIGURED)


class Core:
    """One server, one signed-in person, all years. Make it on the event loop it is to run on.

    ``archive`` looks back; ``on_exchange`` hears of every exchange with the server, ``on_tokens`` of every pair of
    cookies; neither may raise. ``secrets`` keeps the session for the next start. With ``waits_for_sign_in`` an upload
    that meets a lost session waits for the next sign-in of its person.
    """

    def __init__(
        self,
        server: ServerChoice,
        cache: Cache,
        *,
        this_year: int,
        before_connect: Callable[[], Awaitable[None]] | None = None,
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
        self._on_exchange, self._on_tokens = on_exchange, on_tokens
        self._ground = Ground(self.store, cache, server, pace or CorePace(), clock)
        self._keeper = Keeper(self._ground)
        self.archive = Archive(cache, server.cache_key, lambda: self._ground.user_key)
        self._watchers = Watchers(
            self._ground, follow_pace, on_pipeline_over=self._pipeline_over, on_job_over=self._job_over
        )
        self._years = YearScopes(self._ground, self._keeper, self._watchers, self._year_loaded)
        self._writes = Writes(self._ground, self._keeper, self._years, self._watchers)
        self._refresher = Refresher(self._ground, self._years)
        self._uploads = Uploads(
            self._ground, self._keeper, self._years, self._watchers, waits_for_sign_in=waits_for_sign_in
        )
        self._sessions = Sessions(self._ground, secrets, on_tokens)
        self._connector = Connector(
            self._ground,
            self._keeper,
            self._sessions,
            before_connect=before_connect,
            on_user=self._user_leaves,
            on_live=self._live,
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
            on_tokens=on_tokens,
        )

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
        state = await self._ground.until(lambda state: state.connection.phase in _SETTLED)
        return state.connection.phase

    async def listed(self) -> Years:
        """Wait until the list of years has come from the server, or can't be had now."""
        await self._ground.until(_is_list_known)
        await self._years.list_settled()
        return self.store.state.years

    async def loaded(self, year: int) -> YearScope:
        """Wait until the year is PRESENT, MISSING or FAILED from the server, or it can't be reached."""
        await self.connected()
        if not _is_known(self.store.state, year) and not self.store.state.scope(year).loading:
            self._years.reload(year)
        await self._ground.until(lambda state: _is_known(state, year))
        return self.store.state.scope(year)

    async def setup_ended(self, year: int) -> Setup:
        """Wait until the year's set-up is DONE, FAILED, STOPPED or NOT_CONFIGURED, and the year has been read."""

        def has_ended(state: AppState) -> bool:
            return not state.scope(year).loading and setup_of(state, year).phase in _NO_LONGER

        return setup_of(await self._ground.until(has_ended), year)

    # --- what follows from what happens

    def _live(self) -> None:
        """The server is there (again): read what may have changed, and follow what was followed."""
        self._years.reload_list()
        selected = self.store.state.selected
        if selected is not None:
            self._years.reload(selected)
        self._ground.tasks.spawn(self._choose_year(), "choosing a year")
        for year in self._years_to_read_again():
            if year != selected:
                self._years.reload(year)
        self._watchers.wake()
        self._ground.tasks.spawn(self._attach_work(), "taking up earlier work")

    def _years_to_read_again(self) -> set[int]:
        """Years whose write or upload has not been seen to its end: their truth is wanted though nobody looks."""
        state = self.store.state
        return {upload.year for upload in state.uploads if upload.is_active}

    async def _choose_year(self) -> None:
        """Nothing was looked at before: the newest year still to be opened, else this year.

        Users look at the newest open year; one that is not open to them is none of theirs.
        """
        await self._years.list_settled()
        state = self.store.state
        items = sorted(state.years.items, key=lambda item: item.year, reverse=True)
        may_prepare = state.user is not None and state.user.can_view_configuration
        is_theirs = may_prepare or not items or state.selected in [item.year for item in items]
        if state.selected is not None and is_theirs:
            return
        fitting = (item.year for item in items if item.is_started is not may_prepare)
        self._years.select(next(fitting, state.this_year))

    async def _attach_work(self) -> None:
        """Follow again what an earlier run began and the server can't list (contract section 11.3)."""
        for item in await self._keeper.work():
            if item.kind == JobType.UNIT_SYNC and item.job_id is not None:
                if self.store.state.scope(item.year).setup_job is None:
                    self._ground.dispatch(e.SetupJobStarted(item.year, item.job_id))
                    self._watchers.follow_job(item.job_id, item.year)
            elif item.kind in set(SlotKind):
                self._uploads.attach(item)

    async def _user_leaves(self) -> None:
        self._years.drop_all()
        self._uploads.forget_all()
        await self._watchers.drop_all()

    def _year_loaded(self, year: int) -> None:
        self._uploads.year_loaded(year)

    def _pipeline_over(self, pipeline_id: str) -> None:
        pipeline = self.store.state.pipelines.get(pipeline_id)
        if pipeline is None or pipeline.year is None:
            return
        self._read_again(pipeline.year)
        if kind_of(pipeline.snapshot) == JobType.UNIT_SYNC:
            result = outcome(pipeline.snapshot)
            told = self._tell_setup(pipeline.year, result.step, result.words, f"pipeline:{pipeline_id}")
            self._ground.tasks.spawn(told, "telling the end of a set-up")

    def _job_over(self, job_id: int) -> None:
        job = self.store.state.jobs.get(job_id)
        if job is None or job.year is None:
            return
        self._read_again(job.year)
        if self.store.state.scope(job.year).setup_job == job_id:
            self._keeper.forget_work(setup_key(job.year))
            result = job_outcome(job.update)
            told = self._tell_setup(job.year, result.step, result.words, f"job:{job_id}")
            self._ground.tasks.spawn(told, "telling the end of a set-up")

    def _read_again(self, year: int) -> None:
        self._years.reload(year)
        self._years.reload_list()

    async def _tell_setup(self, year: int, step: Step, words: str, once: str) -> None:
        """Told once the year has been read again, so that what is told can be done at once."""
        await self._years.settled(year)
        has_stopped = setup_of(self.store.state, year).phase is SetupPhase.STOPPED  # it did not complete the year
        if step in (Step.SUCCEEDED, Step.WARNED) and not has_stopped:
            self._ground.tell(NoticeCode.YEAR_READY, NoticeKind.SUCCESS, once=once, year=year)
        elif step.is_end:
            self._ground.tell(NoticeCode.SETUP_FAILED, NoticeKind.FAILURE, once=once, year=year, words=words)


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
