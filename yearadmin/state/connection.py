"""The link to the server: who we are there, whether it answers, and coming back alone when it did not.

Never loads a year and never sends a write; it says when the server is there, and the others ask it.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from yearadmin.cache.store import Kind
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.state import events as e
from yearadmin.state.ground import Ended, Ground
from yearadmin.state.keeping import Keeper, user_key
from yearadmin.state.model import ConnectionPhase, Origin
from yearadmin.state.signing import Sessions, Tokens, holder_of

if TYPE_CHECKING:
    from yearadmin.contract.session import CurrentUser
    from yearadmin.remote.api import Answer
    from yearadmin.remote.transport import Transport

log = logging.getLogger(__name__)

# What may mean that nobody answers there any more; a look will tell.
_DOUBTFUL = (
    ProblemCode.UNREACHABLE,
    ProblemCode.CERTIFICATE,
    ProblemCode.TIMED_OUT,
    ProblemCode.LOST_ANSWER,
    ProblemCode.STREAM_LOST,
    ProblemCode.NOT_THE_SERVER,
    ProblemCode.BUSY,
)


_NO_WAY_IN = (
    ProblemCode.NOT_SIGNED_IN,
    ProblemCode.SESSION_EXPIRED,
    ProblemCode.SESSION_ENDED,
    ProblemCode.FORBIDDEN,
)


class Connector:
    """Connects, watches, and connects again. ``on_user`` runs when another person is found to be signed in."""

    def __init__(
        self,
        ground: Ground,
        keeper: Keeper,
        sessions: Sessions,
        *,
        before_connect: Callable[[], Awaitable[None]],
        on_user: Callable[[], Awaitable[None]],
        on_live: Callable[[], None],
    ) -> None:
        self._ground = ground
        self._keeper = keeper
        self._sessions = sessions
        self._before_connect = before_connect
        self._on_user = on_user
        self._on_live = on_live
        self._role = ground.server.role
        self._token = ground.server.token
        self._wake = asyncio.Event()
        self._doubt = asyncio.Event()
        self._session_over: Problem | None = None
        self._rounds: list[asyncio.Future[None]] = []
        self._runs = False
        ground.on_problem = self.report

    def report(self, problem: Problem) -> None:
        """Take note of what a request ran into; while connected, the server is looked at once more."""
        if problem.code is ProblemCode.NOT_SIGNED_IN:
            self._session_over = problem
            self._doubt.set()
        elif problem.code in _DOUBTFUL or problem.status in (502, 504):
            self._doubt.set()

    def retry_now(self) -> None:
        """End the wait for the next attempt."""
        self._wake.set()

    async def run(self) -> None:
        """Keep the connection until cancelled."""
        attempts = circles = 0
        self._runs = True
        clock = asyncio.get_running_loop().time
        while True:
            problem = await self._attempt()
            if problem is None:
                attempts, began = 0, clock()
                problem = await self._until_lost()
                if problem is None:  # the session is over: perhaps there is another way in
                    circles = circles + 1 if clock() - began < self._ground.pace.longest_retry else 0
                    if circles > 1 and not self._rounds:
                        await self._pause(self._delay(circles - 2))  # let in, and refused again: not in a tight circle
                    continue
            if problem.code in _NO_WAY_IN:
                self._ground.dispatch(e.SignedOut(self._ground.now(), problem))
                self._end_round()
                attempts = 0
                await self._pause(None)
                continue
            delay = self._delay(attempts)
            attempts += 1
            now = self._ground.now()
            self._ground.dispatch(e.Disconnected(now, now + timedelta(seconds=delay), problem))
            self._end_round()
            await self._pause(delay)

    def _delay(self, attempts: int) -> float:
        pace = self._ground.pace
        delay: float = min(pace.first_retry * 2 ** min(attempts, 16), pace.longest_retry)
        return delay * random.uniform(0.8, 1.0)

    async def _attempt(self) -> Problem | None:
        """Connect once; None when it worked."""
        try:
            await self._connect()
        except ProblemError as error:
            return error.problem
        except Exception as error:
            log.exception("connecting failed")
            return Problem(ProblemCode.INTERNAL, server_words=type(error).__name__)
        self._end_round()
        return None

    async def _connect(self) -> None:
        ground = self._ground
        self._session_over = None
        self._doubt.clear()
        await self._before_connect()
        problem = await ground.api.trouble()
        if problem is not None:
            raise ProblemError(problem)
        await self._sessions.recall()
        answer = await self._who()
        await self._enter(answer)
        ground.dispatch(e.Connected(ground.now()))
        self._on_live()

    async def _who(self) -> Answer[CurrentUser]:
        """Who the server says we are, after signing in where no session is held.

        As the chosen test role (1.3), or by the one-time token of the embedded backend this program has started.
        """
        api = self._ground.api
        try:
            return await api.session_answer()
        except ProblemError as error:
            if error.problem.code is not ProblemCode.NOT_SIGNED_IN:
                raise
            ended = self._sessions.ended(error.problem)
            token = None if self._token is None else await asyncio.to_thread(self._token)
            if self._role is None and token is None:
                raise ProblemError(ended) from error
        self._sessions.changing()
        if self._role is not None:
            self._sessions.for_this_run = self._role == self._ground.server.role
            await api.login_test(self._role)
        elif token is not None:
            await api.login_local(token)
        return await api.session_answer()

    async def _enter(self, answer: Answer[CurrentUser]) -> None:
        ground, user = self._ground, answer.value
        key, known = user_key(user), ground.state.user
        ground.entries += 1
        if known is not None and user_key(known) != key:
            await self._on_user()
            ground.user_key = key
            ground.dispatch(e.UserChanged(user, answer.fetched_at))
            await self._keeper.recall(key)
        else:
            ground.user_key = key
            ground.dispatch(e.SignedIn(user, answer.fetched_at, Origin.SERVER))
        self._keeper.keep(Kind.USER, None, answer)
        self._sessions.entered(key)

    async def _until_lost(self) -> Problem | None:
        """Watch a good connection until it is gone; None when only the session is over."""
        while True:
            await self._something_or(self._ground.pace.health_look)
            wanted = self._wake.is_set()
            self._wake.clear()
            self._doubt.clear()
            if self._session_over is not None:
                return None
            problem = await self._ground.api.trouble()
            if problem is not None and problem.code is ProblemCode.TIMED_OUT:
                problem = await self._ground.api.trouble()  # a busy server is not a gone one
            if problem is not None:
                return problem
            if wanted:
                self._on_live()

    async def _something_or(self, seconds: float) -> None:
        waits = [asyncio.ensure_future(event.wait()) for event in (self._wake, self._doubt)]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    async def _pause(self, delay: float | None) -> None:
        try:
            async with asyncio.timeout(delay):
                await self._wake.wait()
        except TimeoutError:
            return
        self._wake.clear()

    # --- signing in and out

    async def sign_in_as(self, role: str) -> Ended:
        """Sign in as the test user of ``role`` (1.3), in place of whoever is signed in."""
        self._sessions.changing()
        try:
            await self._ground.api.login_test(role)
        except ProblemError as error:
            self.report(error.problem)
            return Ended(problem=error.problem)
        self._role = role
        self._sessions.for_this_run = role == self._ground.server.role
        await self._again()
        return self._let_in()

    async def sign_in_with(self, transport: Transport, tokens: Tokens) -> Ended:
        """Sign in with the cookies of a session begun elsewhere; ``transport`` is used up to see that they are good.

        Until they are, whoever is signed in stays so.
        """
        try:
            good = await holder_of(transport, tokens)
        except ProblemError as error:
            return Ended(problem=error.problem)
        self._sessions.changing()
        self._sessions.for_this_run = False
        self._role = None
        self._ground.api.take(good)
        await self._again()
        return self._let_in()

    async def sign_in_here(self) -> Ended:
        """Sign in again at the embedded backend this program has started, after having signed out."""
        self._role, self._token = self._ground.server.role, self._ground.server.token
        await self._again()
        return self._let_in()

    def _let_in(self) -> Ended:
        link = self._ground.state.connection
        return Ended() if link.phase is ConnectionPhase.LIVE else Ended(problem=link.problem)

    async def sign_out(self) -> Ended:
        """End the session; what is known stays readable."""
        self._role = self._token = None
        problem: Problem | None = None
        user = self._ground.user_key
        try:
            await self._ground.api.sign_out()
        except ProblemError as error:
            problem = error.problem
        if not await self._sessions.left(user):
            problem = problem or Problem(ProblemCode.KEYRING)
        await self._again()
        return Ended(problem=problem)

    async def _again(self) -> None:
        """Ask anew who we are, and wait for the answer."""
        if not self._runs:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._rounds.append(done)
        self._session_over = Problem(ProblemCode.NOT_SIGNED_IN)
        self._doubt.set()
        self._wake.set()
        await done

    def _end_round(self) -> None:
        rounds, self._rounds = self._rounds, []
        for done in rounds:
            if not done.done():
                done.set_result(None)
