"""An upload from its job to its end: followed, read again, told.

Never lets a failure vanish under an older success, and says nothing of work the server no longer knows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.state import events as e
from yearadmin.state.ground import Ended, Ground
from yearadmin.state.keeping import Keeper
from yearadmin.state.lostdispatch import Began
from yearadmin.state.model import NoticeCode, NoticeKind, Upload, UploadStage
from yearadmin.state.pipelines import Outcome, Step, is_given_up, job_outcome, outcome
from yearadmin.state.sentfiles import SentFiles
from yearadmin.state.slots import latest_job, read_counts
from yearadmin.state.uploadbook import UploadBook, work_item
from yearadmin.state.watching import Watchers
from yearadmin.state.yearscope import YearScopes

if TYPE_CHECKING:
    from yearadmin.contract.jobs import JobUpdate
    from yearadmin.contract.links import Link


class UploadEnds:
    """Follows uploads whose job exists; ``taken_up`` are their keys, of this run and of earlier ones."""

    def __init__(
        self,
        ground: Ground,
        keeper: Keeper,
        years: YearScopes,
        watchers: Watchers,
        book: UploadBook,
        sent: SentFiles,
    ) -> None:
        self._ground = ground
        self._keeper = keeper
        self._years = years
        self._watchers = watchers
        self._book = book
        self._sent = sent
        self.taken_up: set[str] = set()

    async def follow(self, key: str, began: Began) -> Ended:
        """Follow the work until it has ended on the server, and say how."""
        upload = replace(
            self._book.now(key),
            stage=UploadStage.FOLLOWING,
            job_id=began.job_id,
            pipeline_id=began.pipeline_id,
            problem=None,
        )
        self.taken_up.add(key)
        self._keeper.remember_work(work_item(upload))
        self._sent.became(upload)
        if began.is_over:
            self._book.change(upload)
            await self._years.refresh(upload.year)
            return await self._end(upload, Outcome(Step.SUCCEEDED))
        if began.pipeline_id is not None:
            self._watchers.follow_pipeline(began.pipeline_id, upload.year)
            self._book.change(upload)
            await self._watchers.pipeline_over(began.pipeline_id)
            pipeline = self._ground.state.pipelines.get(began.pipeline_id)
            result = outcome(pipeline.snapshot) if pipeline is not None else Outcome(Step.WAITING)
            return await self._end(upload, result, pipeline.link if pipeline is not None else None)
        assert began.job_id is not None  # it is over, it has a pipeline, or it has a job
        self._watchers.follow_job(began.job_id, upload.year)
        self._book.change(upload)
        await self._watchers.job_over(began.job_id)
        job = self._ground.state.jobs.get(began.job_id)
        pipeline_id = await self._pipeline_after(job.update if job is not None else None)
        if pipeline_id is not None:
            return await self.follow(key, replace(began, pipeline_id=pipeline_id))
        return await self._end(upload, job_outcome(job.update if job else None), job.link if job else None)

    async def _pipeline_after(self, update: JobUpdate | None) -> str | None:
        """Where the work goes on after a job that was given its pipeline only then (contract section 14)."""
        chained = (update.meta or {}).get("recalc_jobs_chained") if update is not None else None
        if update is None or not isinstance(chained, int) or chained < 1:
            return None
        try:
            return await self._ground.api.pipeline_of_job(update.job_id)
        except ProblemError as error:
            self._ground.report(error.problem)
            return None

    async def _end(self, upload: Upload, result: Outcome, link: Link | None = None) -> Ended:
        """Told once the year has been read again, so that what the window shows agrees with what it tells."""
        ground = self._ground
        if self._book.find(upload.key) is None:  # another person looks now
            return Ended(problem=Problem(ProblemCode.CANCELLED, subject=upload.file_name))
        self._keeper.forget_work(upload.key)
        if not result.step.is_end:
            # The server does not know it (any more): nothing can be said of it, the slot shows what the year says.
            self._sent.ended(upload, result.step, None)
            problem = link.problem if link is not None and is_given_up(link) else None
            self._book.change(replace(upload, stage=UploadStage.CANCELLED, ended_at=ground.now(), problem=problem))
            if problem is not None:
                self._book.tell(upload, NoticeCode.UPLOAD_UNKNOWN, NoticeKind.WARNING, problem=problem)
            return Ended(problem=problem or Problem(ProblemCode.CANCELLED, subject=upload.file_name))
        self._book.change(replace(upload, stage=UploadStage.ENDED, ended_at=ground.now()))
        await self._years.settled(upload.year)
        rows, skipped = await self._counts(upload)
        self._sent.ended(upload, result.step, rows)
        code, kind = _TOLD[result.step]
        self._book.tell(upload, code, kind, words=result.words, rows=rows, skipped=skipped)
        return Ended(outcome=result)

    async def _counts(self, upload: Upload) -> tuple[int | None, int | None]:
        """Rows taken and left out: from the year just read, else from the job itself."""
        latest = latest_job(self._ground.state.scope(upload.year), upload.slot)
        if latest is not None and latest.job_id == upload.job_id:
            return read_counts(latest.meta)
        if upload.job_id is None:
            return None, None
        job = self._ground.state.jobs.get(upload.job_id)
        update = job.update if job is not None else await self._watchers.look_at_job(upload.job_id)
        if update is not None and upload.pipeline_id is not None:
            self._ground.dispatch(e.PipelineRootSeen(upload.pipeline_id, update))
        return read_counts(update.meta if update is not None else None)


_TOLD = {
    Step.SUCCEEDED: (NoticeCode.UPLOAD_DONE, NoticeKind.SUCCESS),
    Step.WARNED: (NoticeCode.UPLOAD_WARNING, NoticeKind.WARNING),
    Step.PARTIAL: (NoticeCode.UPLOAD_PARTIAL, NoticeKind.FAILURE),
    Step.FAILED: (NoticeCode.UPLOAD_FAILED, NoticeKind.FAILURE),
}
