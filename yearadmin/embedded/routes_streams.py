"""The two event streams (contract section 6): the whole picture at once, then each change, a ping, a closing mark.

Sends no ``id`` and no ``retry``: whoever reconnects gets the whole picture again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, suppress
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from sqlalchemy import select

from yearadmin.embedded.auth import Follower
from yearadmin.embedded.context import Context, context_of
from yearadmin.embedded.errors import refused
from yearadmin.embedded.params import JobId
from yearadmin.embedded.tables import jobs
from yearadmin.embedded.watch import Picture, Subscription, picture_jobs, picture_pipelines

PING_AFTER = 15.0  # seconds of silence on a pipeline stream
CLOSE_AFTER = 0.2  # seconds between the first event that says done and the one that closes

router = APIRouter(prefix="/sync", tags=["streams"])


@router.get("/pipelines/{pipeline_id}/stream")
async def stream_pipeline(request: Request, pipeline_id: UUID, user: Follower) -> Response:
    """Follow a pipeline to its end."""
    context, key = context_of(request), str(pipeline_id)
    query = select(jobs.c.id).where(jobs.c.pipeline_id == key).limit(1)
    async with context.database.reading() as connection:
        known = (await connection.execute(query)).first()
    if known is None:
        raise refused(404, f"Pipeline {key} was not found.")

    async def look() -> Picture | None:
        async with context.database.reading() as connection:
            return (await connection.run_sync(picture_pipelines, [key])).get(key)

    events = _events(context, context.watch.pipeline(key), look, "event: pipeline-update\n", PING_AFTER)
    return _stream(events)


@router.get("/jobs/{job_id}/stream")
async def stream_job(request: Request, job_id: JobId, user: Follower) -> Response:
    """Follow one job to its end; a job nobody knows is told in one message (contract section 6.2)."""
    context = context_of(request)

    async def look() -> Picture | None:
        async with context.database.reading() as connection:
            return (await connection.run_sync(picture_jobs, [job_id])).get(job_id)

    async with context.database.reading() as connection:
        known = (await connection.execute(select(jobs.c.id).where(jobs.c.id == job_id))).first()
    if known is None:
        return _stream(_unknown_job(job_id))
    return _stream(_events(context, context.watch.job(job_id), look, "", None))


def _stream(events: AsyncIterator[str]) -> StreamingResponse:
    return StreamingResponse(events, media_type="text/event-stream")


async def _unknown_job(job_id: int) -> AsyncIterator[str]:
    yield f"data: {json.dumps({'job_id': job_id, 'status_message': 'Job not found'})}\n\n"


async def _events(
    context: Context,
    subscribing: AbstractContextManager[Subscription],
    look: Callable[[], Awaitable[Picture | None]],
    name: str,
    ping_after: float | None,
) -> AsyncIterator[str]:
    with subscribing as subscription:
        # Subscribed first, read then: nothing that happens in between can be missed.
        if subscription.latest is None:
            first = await look()
            if first is None:
                return
            if subscription.latest is None:
                subscription.offer(first)
        while not context.stopping.is_set():
            rung = await _rings(subscription.bell, ping_after)
            if context.stopping.is_set():
                return
            if not rung:
                yield "event: ping\ndata: {}\n\n"
                continue
            subscription.bell.clear()
            picture = subscription.latest
            assert picture is not None
            yield f"{name}data: {picture.text}\n\n"
            if picture.done:
                await _rings(context.stopping, CLOSE_AFTER)
                last = subscription.latest or picture
                yield f"{name}data: {last.closing_text}\n\n"
                return


async def _rings(bell: asyncio.Event, seconds: float | None) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await bell.wait()
    return bell.is_set()
