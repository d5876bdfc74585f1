"""Finds out whether a dispatch whose answer was lost began a job, by looking only.

Never sends the dispatch again: one that is not found stays uncertain, and is said to be.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.enums import ReductionObjectiveType
from yearadmin.contract.problems import ProblemCode, ProblemError
from yearadmin.state.ground import Ground
from yearadmin.state.joblist import listed_jobs
from yearadmin.state.pipelines import root_job
from yearadmin.state.slots import latest_job_in, works_for
from yearadmin.state.writes import look_at_year

if TYPE_CHECKING:
    from yearadmin.contract.years import ObjectiveFile, YearConfiguration

_CLOSED = (ProblemCode.FORBIDDEN, ProblemCode.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Began:
    """A job that exists on the server. ``is_over`` when only its result can be seen any more."""

    job_id: int | None
    pipeline_id: str | None = None
    is_over: bool = False


class LostDispatch:
    """One dispatch: its year, slot and temporary path, and the slot's newest job before it was sent."""

    def __init__(
        self,
        ground: Ground,
        year: int,
        slot: Slot,
        path: str,
        newest_before: int,
        *,
        of_earlier_run: bool = False,
    ) -> None:
        self._ground = ground
        self._year = year
        self._slot = slot
        self._path = path
        self._newest_before = newest_before
        self._known = frozenset(() if of_earlier_run else ground.state.pipelines)
        self._landed_before = self._landed(ground.state.scope(year).config)
        self.is_absent = False  # the server listed all its jobs, and none was given our file
        self._is_list_closed = False  # the list of jobs is not for this person: only guessing is left

    async def look(self) -> Began | None:
        """Look a few times: the server may still be about to begin. None when nothing of it can be seen."""
        for wait in self._ground.pace.lost_answer_looks:
            await asyncio.sleep(wait)
            answer = await look_at_year(self._ground, self._year)
            if answer is None:
                return None
            began = await self.find(answer.value)
            if began is not None:
                return began
        return None

    async def find(self, config: YearConfiguration | None) -> Began | None:
        """Look once, everywhere; ``config`` is the year as just read.

        A pipeline does not name its file: somebody else's on the same slot would be taken for ours. So that is only
        for whom the list of jobs, which names files and pipelines, is closed.
        """
        began = await self.in_jobs() or self.in_year(config)
        return await self.in_pipelines() if began is None and self._is_list_closed else began

    async def in_jobs(self) -> Began | None:
        """The job that was given our file, in the server's list of all jobs; ``is_absent`` tells when it has none."""
        self.is_absent = False
        try:
            jobs = await listed_jobs(self._ground)
        except ProblemError as error:
            self._ground.report(error.problem)
            self._is_list_closed = error.problem.code in _CLOSED
            return None
        found = next((job for job in jobs if job.file_path == self._path), None)
        if found is None:
            self.is_absent = True
            return None
        return Began(found.id, str(found.pipeline_id) if found.pipeline_id is not None else None)

    async def judge(self) -> Began | None:
        """Wait until a dispatch on its way would surely have arrived, then look; None with ``is_absent``: it did not.

        Goes on looking for as long as the server does not tell.
        """
        ground = self._ground
        await asyncio.sleep(ground.pace.surely_gone)
        while True:
            await ground.until(lambda state: state.is_live)
            began = await self.in_jobs()
            if began is not None or self.is_absent:
                return began
            await asyncio.sleep(ground.pace.surely_gone)

    def in_year(self, config: YearConfiguration | None) -> Began | None:
        """The job as the year's configuration shows it (contract section 5.1.2); a waiting one is not in it yet."""
        if config is None:
            return None
        if self._slot.kind is SlotKind.REDUCTION:
            landed = self._landed(config)
            is_ours = landed is not None and _name(landed.path) == _name(self._path)
            return Began(None, is_over=True) if is_ours and landed != self._landed_before else None
        job = latest_job_in(config, self._slot)
        if job is None or job.job_id <= self._newest_before:
            return None
        meta = job.meta or {}
        stored = meta.get("config")
        paths = [meta.get("processed_file_path"), stored.get("file_path") if isinstance(stored, dict) else None]
        if any(isinstance(path, str) and _name(path) == _name(self._path) for path in paths):
            return Began(job.job_id)
        return None

    def _landed(self, config: YearConfiguration | None) -> ObjectiveFile | None:
        """The reduction file of the slot that the year holds."""
        if config is None or self._slot.kind is not SlotKind.REDUCTION or self._slot.submodule is None:
            return None
        return config.config.reduction_objectives.file(ReductionObjectiveType(self._slot.submodule))

    async def in_pipelines(self) -> Began | None:
        """A running pipeline of the module that was not known before and does this slot's work."""
        if self._slot.module is None:
            return None  # the server cannot list these (contract section 11.3)
        try:
            found = await self._ground.api.active_module_pipelines(self._year, (self._slot.module,))
            others = {upload.pipeline_id for upload in self._ground.state.uploads}
            for pipeline_id in found.values():
                if pipeline_id in self._known or pipeline_id in others:
                    continue
                snapshot = await self._ground.api.pipeline(pipeline_id)
                root = root_job(snapshot)
                if root is not None and root.job_id > self._newest_before and works_for(snapshot, self._slot):
                    return Began(root.job_id, pipeline_id)
        except ProblemError as error:
            self._ground.report(error.problem)
        return None


def _name(path: str) -> str:
    return PurePosixPath(path).name
