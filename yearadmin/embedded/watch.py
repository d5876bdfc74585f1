"""Tells open event streams what changed: one task reads after each commit and hands the news to all who wait.

Never reads once per stream, never waits for a slow reader: each stream holds only the latest picture.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from yearadmin.embedded.database import WebDatabase
from yearadmin.embedded.jobs import Job, job_query, read_jobs
from yearadmin.embedded.pipelines import read_pipelines
from yearadmin.embedded.tables import jobs

log = logging.getLogger("yearadmin.watch")

AFTER_FAILURE = 0.25  # seconds until the next try when the database could not be read
REST = 0.01  # seconds between two readings: what is committed meanwhile is told together


@dataclass(frozen=True, slots=True)
class Picture:
    """What a stream shows of its subject; ``text`` is the event's data without its closing mark."""

    text: str
    fields: tuple[Any, ...]  # what has to differ for a new event
    done: bool

    @property
    def closing_text(self) -> str:
        """The same with the mark of the last event (contract section 6.1)."""
        return f'{self.text[:-1]}, "stream_closed": true}}'


@dataclass(eq=False, slots=True)
class Subscription:
    """One stream's place: the latest picture and a bell."""

    latest: Picture | None = None
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, picture: Picture) -> None:
        """Replace the picture; rings only when something a stream tells has changed."""
        changed = self.latest is None or self.latest.fields != picture.fields
        ended = self.latest is not None and picture.done and not self.latest.done
        self.latest = picture
        if changed or ended:
            self.bell.set()


def picture_pipelines(connection: Connection, ids: list[str]) -> dict[str, Picture]:
    """Pictures of pipelines; only a change of its jobs makes an event (contract section 6.1)."""
    found = {}
    for pipeline_id, pipeline in read_pipelines(connection, ids).items():
        event = pipeline.event()
        fields = tuple(tuple(job.values()) for job in event["jobs"])
        found[pipeline_id] = Picture(json.dumps(event), fields, pipeline.done)
    return found


def picture_jobs(connection: Connection, ids: list[int]) -> dict[int, Picture]:
    """Pictures of jobs; any change makes an event (contract section 6.2)."""
    found = {}
    for start in range(0, len(ids), 400):
        for job in read_jobs(connection, job_query().where(jobs.c.id.in_(ids[start : start + 400]))):
            text = json.dumps(_job_event(job))
            found[job.id] = Picture(text, (text,), not job.is_active)
    return found


def _job_event(job: Job) -> dict[str, Any]:
    return {
        "job_id": job.id,
        "module_type_id": job.module_type_id,
        "target_type": job.target_type,
        "year": job.year,
        "status": job.state,
        "state": job.state,
        "result": job.result,
        "status_message": job.status_message,
        "meta": job.meta,
    }


class Watch:
    """The one reader for all streams. ``notice`` is called after every commit, from this loop's thread."""

    def __init__(self, database: WebDatabase, backend: str) -> None:
        self._database = database
        self._backend = backend
        self._pipelines: dict[str, set[Subscription]] = {}
        self._jobs: dict[int, set[Subscription]] = {}
        self._news = asyncio.Event()

    def notice(self) -> None:
        """Something was committed."""
        self._news.set()

    def wake_all(self) -> None:
        """Let every stream look up, so that each notices that the backend stops."""
        for topics in (self._pipelines, self._jobs):
            for members in topics.values():
                for member in members:
                    member.bell.set()

    @contextmanager
    def pipeline(self, pipeline_id: str) -> Iterator[Subscription]:
        """Subscribe to a pipeline."""
        with _in(self._pipelines, pipeline_id) as subscription:
            yield subscription

    @contextmanager
    def job(self, job_id: int) -> Iterator[Subscription]:
        """Subscribe to a job."""
        with _in(self._jobs, job_id) as subscription:
            yield subscription

    async def pipeline_ended(self, pipeline_id: str) -> None:
        """Wait until a pipeline is done; returns at once for one that is not there."""
        with self.pipeline(pipeline_id) as subscription:
            async with self._database.reading() as connection:
                picture = (await connection.run_sync(picture_pipelines, [pipeline_id])).get(pipeline_id)
            while picture is not None and not picture.done:
                await subscription.bell.wait()
                subscription.bell.clear()
                picture = subscription.latest or picture

    async def run(self) -> None:
        """Read and tell until cancelled."""
        async with self._database.listening(self._backend, self.notice, self._is_watched):
            while True:
                await self._news.wait()
                self._news.clear()
                try:
                    await self._tell()
                except SQLAlchemyError:
                    log.exception("the streams could not be told; trying again")
                    self._news.set()
                    await asyncio.sleep(AFTER_FAILURE)
                await asyncio.sleep(REST)

    def _is_watched(self) -> bool:
        return bool(self._pipelines or self._jobs)

    async def _tell(self) -> None:
        open_pipelines = [key for key, members in self._pipelines.items() if _someone_waits(members)]
        open_jobs = [key for key, members in self._jobs.items() if _someone_waits(members)]
        if not open_pipelines and not open_jobs:
            return
        async with self._database.reading() as connection:
            pipelines = await connection.run_sync(picture_pipelines, open_pipelines)
            job_pictures = await connection.run_sync(picture_jobs, open_jobs)
        for pipeline_id, picture in pipelines.items():
            for subscription in self._pipelines.get(pipeline_id, ()):
                subscription.offer(picture)
        for job_id, picture in job_pictures.items():
            for subscription in self._jobs.get(job_id, ()):
                subscription.offer(picture)


def _someone_waits(members: set[Subscription]) -> bool:
    return any(member.latest is None or not member.latest.done for member in members)


@contextmanager
def _in(topics: dict[Any, set[Subscription]], key: Hashable) -> Iterator[Subscription]:
    subscription = Subscription()
    members = topics.setdefault(key, set())
    # Whoever watches already has the picture of the latest commit told of; a later one will be told to all.
    known = next((member.latest for member in members if member.latest is not None), None)
    if known is not None:
        subscription.offer(known)
    members.add(subscription)
    try:
        yield subscription
    finally:
        members = topics[key]
        members.discard(subscription)
        if not members:
            del topics[key]
