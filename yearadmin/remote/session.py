"""Keeps one session alive for all requests: one renewal at a time, shared by everyone who waits for it.

Never sees a cookie or a token: it only asks the server, and never renews twice for the same expiry.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.remote.era import REFRESH, WHO_AM_I, Era, to_try
from yearadmin.remote.failures import Reply, failure_of

Ask = Callable[[str, str], Awaitable[Reply]]


class SessionKeeper:
    """Renews the session after a 401 and tells whether it is still good (contract sections 1.3 and 11.2).

    ``epoch`` counts the attempts to renew: whoever sent a request in an older epoch need not renew again.
    """

    def __init__(self, ask: Ask) -> None:
        self.era = Era.UNKNOWN
        self.epoch = 0
        self._ask = ask
        self._good = True
        self._renewal: asyncio.Task[bool] | None = None

    def signed_in(self) -> None:
        """Note that new cookies have arrived by another way than renewal."""
        self.epoch += 1
        self._good = True

    async def renewed(self, epoch: int) -> bool:
        """Whether a request that was answered 401 in ``epoch`` is worth its one second try.

        Raises :class:`ProblemError` when the server could not be asked; the request itself was surely not carried out.
        """
        if epoch != self.epoch:
            return self._good
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._renew(), name="session renewal")
            self._renewal.add_done_callback(_look_at)
        # Shielded: a waiter that gives up must not take the renewal away from the others.
        return await asyncio.shield(self._renewal)

    async def _renew(self) -> bool:
        try:
            good = await self._try_to_renew()
            self.epoch += 1
            self._good = good
            return good
        except ProblemError as error:
            raise ProblemError(_harmless(error.problem)) from error
        finally:
            self._renewal = None

    async def _try_to_renew(self) -> bool:
        for era in to_try(self.era):
            reply = await self._ask("POST", REFRESH[era])
            failure = failure_of(reply)
            if failure is None:
                self.era = era
                return True
            if self.era is Era.UNKNOWN and era is Era.JULY and reply.status in (404, 405):
                continue
            if reply.status in (401, 403, 404, 405) and failure.problem.code is not ProblemCode.NOT_THE_SERVER:
                return False
            raise failure
        return False

    async def is_gone(self) -> bool:
        """Whether the server no longer accepts the session: a cookie it cannot parse makes it answer 500 (1.3)."""
        for era in to_try(self.era):
            try:
                reply = await self._ask("GET", WHO_AM_I[era])
            except ProblemError:
                return False
            if reply.status != 404:
                failure = failure_of(reply)
                return failure is not None and failure.problem.code is ProblemCode.NOT_SIGNED_IN
        return False

    async def aclose(self) -> None:
        """Stop a renewal that is under way."""
        if self._renewal is not None:
            self._renewal.cancel()
            await asyncio.gather(self._renewal, return_exceptions=True)


def _harmless(problem: Problem) -> Problem:
    """The renewal's failure as its waiters see it: their own request was refused, so nothing of theirs was done."""
    if problem.code is ProblemCode.LOST_ANSWER:
        return replace(problem, code=ProblemCode.UNREACHABLE)
    return replace(problem, code=ProblemCode.BUSY) if problem.may_have_acted else problem


def _look_at(task: asyncio.Task[bool]) -> None:
    if not task.cancelled():
        task.exception()  # everyone who waited may have been cancelled: the loop must not complain
