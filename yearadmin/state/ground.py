"""What every part of the engine stands on: the store, the cache, the server, one clock, and the tasks.

Knows no year, no pipeline and no upload; never decides what is done.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yearadmin.catalogue.modules import Slot
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.state.events import Event, Noticed
from yearadmin.state.model import AppState, Notice, NoticeCode, NoticeKind, Wish
from yearadmin.state.permits import Permit
from yearadmin.state.pipelines import Outcome, Step
from yearadmin.state.store import Store
from yearadmin.state.tasks import Tasks

if TYPE_CHECKING:
    from yearadmin.cache.store import Cache
    from yearadmin.remote.api import Api
    from yearadmin.state.conflicts import Conflict, FieldChange

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerChoice:
    """The server to work with.

    ``base_url`` includes the version prefix; ``key`` is what the cache files it under when the address may change (the
    embedded backend's port does). ``role`` signs in as a test user on a demo server when no session is held;
    ``place`` is what its sessions are kept under in the keyring: the id of its profile, or else its address.
    ``token`` gives a one-time token that signs in at an embedded backend of ours then, or None when there is none.
    ``authority`` is a PEM file, or a directory of them, that is trusted besides the system's.
    """

    base_url: str
    name: str = ""
    role: str | None = None
    demo: bool = False
    key: str = ""
    place: str = ""
    token: Callable[[], str | None] | None = field(default=None, repr=False, compare=False)
    authority: Path | None = None

    @property
    def cache_key(self) -> str:
        """The name its answers are kept under."""
        return self.key or self.base_url.strip().rstrip("/")

    @property
    def session_place(self) -> str:
        """The name its sessions are kept under."""
        return self.place or self.base_url.strip().rstrip("/")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a wish ended: refused before anything was sent, failed, or done.

    ``outcome`` is how the work on the server ended where the wish waited for it (an upload); ``conflict`` is what a
    colleague changed meanwhile, so that nothing was sent; ``adopted`` what a colleague had done already.
    """

    refused: Permit | None = None
    problem: Problem | None = None
    outcome: Outcome | None = None
    conflict: Conflict | None = None
    adopted: tuple[FieldChange, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether what was wished is now so."""
        failed = self.outcome is not None and self.outcome.step in (Step.FAILED, Step.PARTIAL)
        return self.refused is None and self.problem is None and self.conflict is None and not failed


@dataclass(frozen=True, slots=True)
class CorePace:
    """How patient the engine is, in seconds."""

    first_retry: float = 1.0
    longest_retry: float = 30.0
    health_look: float = 20.0  # between two looks at a server nothing else was asked of
    progress: float = 0.1  # between two reports of an upload's bytes
    lost_answer_wait: float = 20.0  # for the server to come back after a write whose answer was lost
    lost_answer_looks: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0)  # before each look for what a lost dispatch began
    surely_gone: float = 30.0  # after a dispatch's answer was lost: what the list of jobs lacks then, never began
    job_look: float = 8.0  # for one look at a job that has ended
    audit_wait: float = 3.0  # for who made a change
    refresh: float = 20.0  # between two looks at the list of years and at what runs in the one on screen
    refresh_whole: float = 120.0  # between two readings of the year on screen
    refresh_least: float = 2.0  # between two looks, however often the window is come back to


class Ground:
    """Shared by all parts; ``api`` may be used once the core has started."""

    def __init__(self, store: Store, cache: Cache, server: ServerChoice, pace: CorePace, clock: Callable[[], datetime]):
        self.store = store
        self.cache = cache
        self.server = server
        self.pace = pace
        self.now = clock
        self.user_key = ""
        self.entries = 0  # how often the server has let us in
        self.tasks = Tasks(self._failed)
        self.saving = Tasks(self._failed)
        self.on_problem: Callable[[Problem], None] = lambda problem: None
        self._api: Api | None = None

    @property
    def api(self) -> Api:
        """The server's endpoints. Raises CANCELLED before the start."""
        if self._api is None:
            raise ProblemError(Problem(ProblemCode.CANCELLED))
        return self._api

    @api.setter
    def api(self, api: Api) -> None:
        self._api = api

    @property
    def state(self) -> AppState:
        """What is true now."""
        return self.store.state

    def dispatch(self, event: Event) -> None:
        """Let one thing happen."""
        self.store.dispatch(event)

    def report(self, problem: Problem) -> None:
        """Say what a request ran into: it may mean that the server is gone or the session over."""
        self.on_problem(problem)

    def tell(
        self,
        code: NoticeCode,
        kind: NoticeKind,
        *,
        once: str = "",
        year: int | None = None,
        slot: Slot | None = None,
        subject: str = "",
        words: str = "",
        rows: int | None = None,
        skipped: int | None = None,
        problem: Problem | None = None,
        wish: Wish | None = None,
        changes: tuple[FieldChange, ...] = (),
    ) -> None:
        """Tell the operator something, once per ``once``."""
        notice = Notice(0, code, kind, self.now(), year, slot, subject, words, rows, skipped, problem, wish, changes)
        self.dispatch(Noticed(notice, once))

    async def until(self, holds: Callable[[AppState], bool]) -> AppState:
        """Wait until ``holds`` is true of the state, and return that state."""
        if holds(self.state):
            return self.state
        found: asyncio.Future[AppState] = asyncio.get_running_loop().create_future()

        def look(_: AppState, new: AppState) -> None:
            if not found.done() and holds(new):
                found.set_result(new)

        stop = self.store.subscribe(look)
        try:
            return await found
        finally:
            stop()

    def _failed(self, error: BaseException, name: str) -> None:
        """A defect of this program: told and logged, never silent."""
        log.error("%s failed", name, exc_info=error)
        problem = Problem(ProblemCode.INTERNAL, subject=name, server_words=type(error).__name__)
        if isinstance(error, ProblemError):
            problem = replace(error.problem, subject=error.problem.subject or name)
        self.tell(NoticeCode.INTERNAL_ERROR, NoticeKind.FAILURE, subject=name, problem=problem)


def utc_now() -> datetime:
    """The present moment (UTC)."""
    return datetime.now(UTC)
