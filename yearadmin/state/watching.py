"""Follows pipelines and jobs to their ends: one watcher for each, whoever asks, across years.

Never calls a thing ended because its link is lost, and tells each end once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

from yearadmin.contract.enums import JobType
from yearadmin.contract.links import Link, LinkPhase
from yearadmin.contract.problems import ProblemError
from yearadmin.state import events as e
from yearadmin.state.ground import Ground
from yearadmin.state.model import AppState
from yearadmin.state.pipelines import is_job_over, is_over, kind_of, outcome, root_job
from yearadmin.state.sentfiles import Sightings

if TYPE_CHECKING:
    from yearadmin.contract.jobs import JobUpdate
    from yearadmin.remote.follow import FollowPace

Key = str | int  # a pipeline's id, or a job's


class Watchers:
    """Every stream that is followed, keyed by pipeline or job.

    ``on_pipeline_over`` and ``on_job_over`` hear once of each end, with the year it belongs to.
    """

    def __init__(
        self,
        ground: Ground,
        pace: FollowPace | None,
        *,
        on_pipeline_over: Callable[[str], None],
        on_job_over: Callable[[int], None],
    ) -> None:
        self._ground = ground
        self._pace = pace
        self._on_pipeline_over = on_pipeline_over
        self._on_job_over = on_job_over
        self._running: dict[Key, asyncio.Task[None]] = {}
        self._roots: dict[int, asyncio.Task[None]] = {}
        self._retries: dict[Key, asyncio.Event] = {}
        self._over: set[Key] = set()
        self._sightings = Sightings(ground)

    def __len__(self) -> int:
        """How many streams are followed."""
        return len(self._running) + len(self._roots)

    def follow_pipeline(self, pipeline_id: str, year: int | None) -> None:
        """Follow a pipeline; once it is followed, or has been to its end, asking again changes nothing."""
        if pipeline_id in self._running or pipeline_id in self._over or self._is_given_up(pipeline_id):
            return
        self._ground.dispatch(e.PipelineFollowed(pipeline_id, year, self._ground.now()))
        self._start(pipeline_id)

    def follow_job(self, job_id: int, year: int | None) -> None:
        """Follow a job that belongs to no pipeline, by its own stream; asking again changes nothing."""
        if job_id in self._running or job_id in self._over:
            return
        self._ground.dispatch(e.JobFollowed(job_id, year, self._ground.now()))
        self._start(job_id)

    def _is_given_up(self, pipeline_id: str) -> bool:
        known = self._ground.state.pipelines.get(pipeline_id)
        return known is not None and known.link is not None and known.link.phase is LinkPhase.LOST

    def _start(self, key: Key) -> None:
        self._retries[key] = asyncio.Event()
        self._running[key] = self._ground.tasks.spawn(self._run(key), f"following {key}")

    async def _run(self, key: Key) -> None:
        me = asyncio.current_task()
        try:
            await (self._watch_pipeline(key) if isinstance(key, str) else self._watch_job(key))
        finally:
            if self._running.get(key) is me:
                del self._running[key], self._retries[key]

    def wake(self) -> None:
        """The server is there (again): end every wait for a reconnection, and take up again what had been given up."""
        for event in self._retries.values():
            event.set()
        state = self._ground.state
        for pipeline in state.pipelines.values():
            if not is_over(pipeline) and pipeline.id not in self._running:
                self._start(pipeline.id)
        for job in state.jobs.values():
            if not is_job_over(job) and job.id not in self._running:
                self._start(job.id)

    async def drop_all(self) -> None:
        """Follow nothing any more."""
        tasks = [*self._running.values(), *self._roots.values()]
        self._running.clear()
        self._roots.clear()
        self._retries.clear()
        self._over.clear()
        self._sightings.forget_all()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def pipeline_over(self, pipeline_id: str) -> None:
        """Wait until the pipeline has ended or the server no longer knows it."""
        await self._ground.until(lambda state: _is_pipeline_over(state, pipeline_id))

    async def job_over(self, job_id: int) -> None:
        """Wait until the job has ended or the server no longer knows it."""
        await self._ground.until(lambda state: _is_job_over(state, job_id))

    async def look_at_job(self, job_id: int) -> JobUpdate | None:
        """One look at a job's own details, through its stream: there is no other read of it (contract section 6.2)."""
        from yearadmin.remote.follow import follow_job

        try:
            async with (
                asyncio.timeout(self._ground.pace.job_look),
                aclosing(follow_job(self._ground.api, job_id, pace=self._pace)) as items,
            ):
                async for item in items:
                    if not isinstance(item, Link):
                        return item
                    if item.phase in (LinkPhase.LOST, LinkPhase.RECONNECTING):
                        return None
        except (TimeoutError, ProblemError):
            return None
        return None

    # --- the watchers

    async def _watch_pipeline(self, pipeline_id: str) -> None:
        from yearadmin.remote.follow import follow_pipeline

        ground = self._ground
        following = follow_pipeline(ground.api, pipeline_id, retry_now=self._retries[pipeline_id], pace=self._pace)
        async with aclosing(following) as items:
            async for item in items:
                if isinstance(item, Link):
                    ground.dispatch(e.PipelineLinkChanged(pipeline_id, item))
                    self._link_changed(item)
                else:
                    ground.dispatch(e.PipelineSeen(pipeline_id, item, ground.now()))
                    self._sightings.pipeline(item, pipeline_id, self._year_of(pipeline_id))
                    self._follow_root(pipeline_id)
                self._look_for_the_end(pipeline_id)

    def _year_of(self, pipeline_id: str) -> int | None:
        known = self._ground.state.pipelines.get(pipeline_id)
        return known.year if known is not None else None

    def _look_for_the_end(self, pipeline_id: str) -> None:
        pipeline = self._ground.state.pipelines.get(pipeline_id)
        if pipeline is not None and pipeline_id not in self._over and is_over(pipeline):
            self._over.add(pipeline_id)
            self._on_pipeline_over(pipeline_id)

    def _follow_root(self, pipeline_id: str) -> None:
        """A unit sync tells its phases in its job's own stream only (contract section 9)."""
        pipeline = self._ground.state.pipelines.get(pipeline_id)
        if pipeline is None or kind_of(pipeline.snapshot) != JobType.UNIT_SYNC:
            return
        root = root_job(pipeline.snapshot)
        if root is None or root.job_id in self._roots or outcome(pipeline.snapshot).step.is_end:
            return
        work = self._watch_root(pipeline_id, root.job_id)
        self._roots[root.job_id] = self._ground.tasks.spawn(work, f"following job {root.job_id}")

    async def _watch_root(self, pipeline_id: str, job_id: int) -> None:
        from yearadmin.remote.follow import follow_job

        me = asyncio.current_task()
        try:
            async with aclosing(follow_job(self._ground.api, job_id, pace=self._pace)) as items:
                async for item in items:
                    if not isinstance(item, Link):
                        self._ground.dispatch(e.PipelineRootSeen(pipeline_id, item))
        finally:
            if self._roots.get(job_id) is me:
                del self._roots[job_id]

    async def _watch_job(self, job_id: int) -> None:
        from yearadmin.remote.follow import follow_job

        ground = self._ground
        following = follow_job(ground.api, job_id, retry_now=self._retries[job_id], pace=self._pace)
        async with aclosing(following) as items:
            async for item in items:
                if isinstance(item, Link):
                    ground.dispatch(e.JobLinkChanged(job_id, item))
                    self._link_changed(item)
                else:
                    ground.dispatch(e.JobSeen(job_id, item, ground.now()))
                job = ground.state.jobs.get(job_id)
                if not isinstance(item, Link):
                    self._sightings.job(item, job.year if job is not None else None)
                if job is not None and job_id not in self._over and is_job_over(job):
                    self._over.add(job_id)
                    self._on_job_over(job_id)

    def _link_changed(self, link: Link) -> None:
        if link.problem is not None and link.phase in (LinkPhase.RECONNECTING, LinkPhase.LOST):
            self._ground.report(link.problem)


def _is_pipeline_over(state: AppState, pipeline_id: str) -> bool:
    pipeline = state.pipelines.get(pipeline_id)
    return pipeline is None or is_over(pipeline)


def _is_job_over(state: AppState, job_id: int) -> bool:
    job = state.jobs.get(job_id)
    return job is None or is_job_over(job)
