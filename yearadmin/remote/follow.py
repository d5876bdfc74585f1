"""Following one pipeline or job to its end over a network that breaks: look once, stream, reconnect.

Never calls a thing ended because its connection did, and never reconnects after the server's own end mark.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar
from urllib.parse import quote

from pydantic import ValidationError

from yearadmin.contract.jobs import JobUpdate, PipelineSnapshot
from yearadmin.contract.links import Link, LinkPhase
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.remote.api import Api
from yearadmin.remote.eventstream import ServerEvent
from yearadmin.remote.failures import MAX_WORDS

__all__ = ["FollowPace", "Link", "LinkPhase", "follow_job", "follow_pipeline"]

logger = logging.getLogger(__name__)

# Asking again would get the same answer: another right, another session or another id is needed.
_FINAL = (
    ProblemCode.FORBIDDEN,
    ProblemCode.NOT_FOUND,
    ProblemCode.NOT_SIGNED_IN,
    ProblemCode.REFUSED,
    ProblemCode.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class FollowPace:
    """How patient following is, in seconds (contract sections 6.1 and 6.2)."""

    first_retry: float = 1.0
    longest_retry: float = 30.0
    steady_after: float = 60.0  # a connection up for that long starts the count of attempts anew
    pipeline_silence: float = 45.0  # the server pings every 16 s
    job_silence: float = 60.0  # no heartbeat: a fresh connection sends the current state at once


T = TypeVar("T", PipelineSnapshot, JobUpdate)


async def follow_pipeline(
    api: Api, pipeline_id: str, *, retry_now: asyncio.Event | None = None, pace: FollowPace | None = None
) -> AsyncGenerator[PipelineSnapshot | Link, None]:
    """Every state of a pipeline until it has ended, and how the link to it stands.

    Starts with one read, so that a pipeline which has ended costs no stream; each reconnection reads again. Setting
    ``retry_now`` ends a wait. Ends after a Link ENDED or LOST; raises nothing but what cancels it.
    """
    pace = pace or FollowPace()
    follower = _Follower[PipelineSnapshot](
        api,
        f"/sync/pipelines/{quote(pipeline_id, safe='')}/stream",
        event_name="pipeline-update",
        read=lambda event: _pipeline_of(event, pipeline_id),
        look=lambda: api.pipeline(pipeline_id),
        silence=pace.pipeline_silence,
        pace=pace,
        retry_now=retry_now,
    )
    async with aclosing(follower.run()) as items:
        async for item in items:
            yield item


async def follow_job(
    api: Api, job_id: int, *, retry_now: asyncio.Event | None = None, pace: FollowPace | None = None
) -> AsyncGenerator[JobUpdate | Link, None]:
    """Every state of a job that belongs to no pipeline until it has ended; like :func:`follow_pipeline`.

    There is no way to read such a job once: its stream is opened anew instead. An unknown job is LOST, NOT_FOUND.
    """
    pace = pace or FollowPace()
    follower = _Follower[JobUpdate](
        api,
        f"/sync/jobs/{job_id}/stream",
        event_name="message",
        read=lambda event: _job_of(event, job_id),
        look=None,
        silence=pace.job_silence,
        pace=pace,
        retry_now=retry_now,
    )
    async with aclosing(follower.run()) as items:
        async for item in items:
            yield item


class _GarbageError(Exception):
    """An event that does not say what the contract says it says."""


class _Follower(Generic[T]):
    """One thing followed; ``look`` reads it once, where the server has such a read."""

    def __init__(
        self,
        api: Api,
        path: str,
        *,
        event_name: str,
        read: Callable[[ServerEvent], T],
        look: Callable[[], Awaitable[T]] | None,
        silence: float,
        pace: FollowPace,
        retry_now: asyncio.Event | None,
    ) -> None:
        self._api = api
        self._path = path
        self._event_name = event_name
        self._read: Callable[[ServerEvent], T] = read
        self._look: Callable[[], Awaitable[T]] | None = look
        self._silence = silence
        self._pace = pace
        self._retry_now = retry_now or asyncio.Event()
        self._attempts = 0
        self._latest: T | None = None
        self._live_since: datetime | None = None  # kept over a reopening that went unnoticed
        self._broken_since: datetime | None = None

    async def run(self) -> AsyncGenerator[T | Link, None]:
        yield Link(LinkPhase.CONNECTING, _now())
        while True:
            problem: Problem | None
            try:
                if self._look is not None:
                    self._latest = await self._look()
                    yield self._latest
                    if self._latest.is_terminal:
                        yield Link(LinkPhase.ENDED, _now())
                        return
                async with aclosing(self._connection()) as items:
                    async for item in items:
                        yield item
                        if isinstance(item, Link) and item.phase is LinkPhase.ENDED:
                            return
                # Closed without the end mark: what was followed may have ended all the same.
                problem = Problem(ProblemCode.STREAM_LOST, request=f"GET {self._path}")
                if self._look is not None:
                    self._latest = await self._look()
                    yield self._latest
                if self._latest is not None and self._latest.is_terminal:
                    yield Link(LinkPhase.ENDED, _now())
                    return
            except ProblemError as error:
                problem = error.problem
            if problem.code in _FINAL or problem.status == 204:
                yield Link(LinkPhase.LOST, _now(), problem=problem)
                return
            if problem.code is ProblemCode.TIMED_OUT and self._look is None and self._live_since is not None:
                continue  # a silent job stream is no failure: only a fresh one can tell whether it still lives
            self._live_since = None
            self._broken_since = self._broken_since or _now()
            delay = min(self._pace.first_retry * 2 ** min(self._attempts, 16), self._pace.longest_retry)
            delay *= random.uniform(0.8, 1.0)
            self._attempts += 1
            yield Link(LinkPhase.RECONNECTING, self._broken_since, _now() + timedelta(seconds=delay), problem)
            await self._wait(delay)

    async def _connection(self) -> AsyncGenerator[T | Link, None]:
        """One stream from its opening to its end; the last item is a Link ENDED when the server marked the end."""
        was_live, self._live_since = self._live_since, None
        clock = asyncio.get_running_loop().time
        async with self._api.open_stream(self._path, silence=self._silence) as events:
            opened = clock()
            self._live_since = was_live or _now()
            self._broken_since = None
            try:
                if was_live is None:
                    yield Link(LinkPhase.LIVE, self._live_since)
                noted = False
                async for event in events:
                    if event.event != self._event_name:
                        continue
                    try:
                        item = self._read(event)
                    except _GarbageError:
                        logger.info("an event of %s could not be read (%d characters)", self._path, len(event.data))
                        if not noted:
                            noted = True
                            garbage = Problem(
                                ProblemCode.UNREADABLE, request=f"GET {self._path}", server_words=event.data[:MAX_WORDS]
                            )
                            yield Link(LinkPhase.LIVE, self._live_since, problem=garbage)
                        continue
                    self._latest = item
                    yield item
                    if item.stream_closed:
                        yield Link(LinkPhase.ENDED, _now())
                        return
            finally:
                if clock() - opened >= self._pace.steady_after:
                    self._attempts = 0

    async def _wait(self, delay: float) -> None:
        try:
            async with asyncio.timeout(delay):
                await self._retry_now.wait()
        except TimeoutError:
            return
        self._retry_now.clear()


def _pipeline_of(event: ServerEvent, pipeline_id: str) -> PipelineSnapshot:
    try:
        snapshot = PipelineSnapshot.model_validate_json(event.data)
    except ValidationError as error:
        raise _GarbageError from error
    # Nearly every object would fit the tolerant model; an answer for something else must not pass for this one.
    if "jobs" not in snapshot.model_fields_set or str(snapshot.pipeline_id) != pipeline_id.lower():
        raise _GarbageError
    return snapshot


def _job_of(event: ServerEvent, job_id: int) -> JobUpdate:
    try:
        update = JobUpdate.model_validate_json(event.data)
    except ValidationError as error:
        raise _GarbageError from error
    if update.job_id != job_id:
        raise _GarbageError
    if not update.is_known:
        raise ProblemError(Problem(ProblemCode.NOT_FOUND, server_words=update.status_message or ""))
    return update


def _now() -> datetime:
    return datetime.now(UTC)
