"""What a pipeline's picture means: which step it is in, whether it has ended, and how.

Decides from the server's own ``progress`` where it is sent, and never calls a thing done because it looks finished.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yearadmin.contract.enums import JobResult, JobState, JobType, PipelineStatus
from yearadmin.contract.links import LinkPhase
from yearadmin.contract.problems import ProblemCode

if TYPE_CHECKING:
    from yearadmin.contract.jobs import JobUpdate, PipelineJob, PipelineSnapshot
    from yearadmin.contract.links import Link
    from yearadmin.state.model import FollowedJob, FollowedPipeline


class Step(StrEnum):
    """Where work on the server stands; the last four are ends."""

    WAITING = "waiting"  # nothing seen of it yet, or not begun
    DATA = "data"  # step 1 of 3: the file's rows
    EMISSIONS = "emissions"  # step 2 of 3: recalculating
    AGGREGATION = "aggregation"  # step 3 of 3: totals
    SYNCING = "syncing"  # a unit sync, which has phases of its own
    FINISHING = "finishing"  # every job has ended, the server has not said so yet
    SUCCEEDED = "succeeded"
    WARNED = "warned"  # landed, with rows left out
    PARTIAL = "partial"  # the file landed, a later step failed
    FAILED = "failed"

    @property
    def is_end(self) -> bool:
        """Nothing more will happen."""
        return self in (Step.SUCCEEDED, Step.WARNED, Step.PARTIAL, Step.FAILED)

    @property
    def number(self) -> int | None:
        """1, 2 or 3 for the three steps of an upload, else None."""
        return {Step.DATA: 1, Step.EMISSIONS: 2, Step.AGGREGATION: 3}.get(self)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the work stands, in one value. ``words`` are the server's; ``failed_job_type`` says where it failed."""

    step: Step
    words: str = ""
    failed_job_type: str | None = None


def normalise(words: str | None) -> str:
    """The server's text on one line: it may hold newlines and runs of spaces (contract section 7.3)."""
    return " ".join((words or "").split())


def root_job(snapshot: PipelineSnapshot | None) -> PipelineJob | None:
    """The job that started the pipeline: the lowest id."""
    if snapshot is None or not snapshot.jobs:
        return None
    return min(snapshot.jobs, key=lambda job: job.job_id)


def kind_of(snapshot: PipelineSnapshot | None) -> str | None:
    """The job type of the root."""
    if snapshot is not None and snapshot.progress is not None and snapshot.progress.kind:
        return snapshot.progress.kind
    root = root_job(snapshot)
    return root.job_type if root else None


def outcome(snapshot: PipelineSnapshot | None) -> Outcome:
    """Where a pipeline stands, by contract section 6.3 (and 11.2 for a server that sends no ``progress``)."""
    root = root_job(snapshot)
    if snapshot is None or root is None:
        return Outcome(Step.WAITING)
    failed = next((job for job in snapshot.jobs if job.has_failed), None)
    if snapshot.is_terminal:
        return _ended(snapshot, root, failed)
    running = _running_job(snapshot.jobs) or root
    words = normalise(running.status_message)
    if all(job.state is JobState.FINISHED for job in snapshot.jobs):
        return Outcome(Step.FINISHING, words)
    if kind_of(snapshot) == JobType.UNIT_SYNC:
        return Outcome(Step.SYNCING, words)
    if root.state is JobState.NOT_STARTED:
        return Outcome(Step.WAITING, words)
    return Outcome(_step_of(snapshot, root), words)


def _ended(snapshot: PipelineSnapshot, root: PipelineJob, failed: PipelineJob | None) -> Outcome:
    status = snapshot.progress.status if snapshot.progress is not None else None
    if failed is not None or status in (PipelineStatus.FAILED, PipelineStatus.PARTIAL):
        culprit = failed or root
        step = Step.FAILED if root.has_failed or status == PipelineStatus.FAILED else Step.PARTIAL
        return Outcome(step, normalise(culprit.status_message), culprit.job_type)
    warned = next((job for job in snapshot.jobs if job.result is JobResult.WARNING), None)
    if warned is not None:
        return Outcome(Step.WARNED, normalise(warned.status_message))
    return Outcome(Step.SUCCEEDED, normalise(root.status_message))


def _step_of(snapshot: PipelineSnapshot, root: PipelineJob) -> Step:
    if snapshot.progress is not None:
        # A running manual recalculation reports phase 1 "data": its own kind tells better (section 13).
        if root.job_type in (JobType.EMISSION_RECALC, JobType.MODULE_EMISSION_RECALC) and snapshot.progress.phase == 1:
            return Step.EMISSIONS
        return {1: Step.DATA, 2: Step.EMISSIONS}.get(snapshot.progress.phase, Step.AGGREGATION)
    if root.is_active:
        return Step.DATA
    active = [job for job in snapshot.jobs if job.is_active]
    if any(job.job_type == JobType.EMISSION_RECALC for job in active):
        return Step.EMISSIONS
    return Step.AGGREGATION


def _running_job(jobs: Iterable[PipelineJob]) -> PipelineJob | None:
    active = [job for job in jobs if job.is_active]
    return next((job for job in active if job.state is JobState.RUNNING), active[0] if active else None)


def job_outcome(update: JobUpdate | None) -> Outcome:
    """Where a single job stands, from its own stream."""
    if update is None or (update.state is None and update.meta is None):
        return Outcome(Step.WAITING)
    words = normalise(update.status_message)
    if update.state is not JobState.FINISHED:
        return Outcome(Step.WAITING if update.state is JobState.NOT_STARTED else Step.DATA, words)
    if update.result is JobResult.ERROR:
        return Outcome(Step.FAILED, words)
    return Outcome(Step.WARNED if update.result is JobResult.WARNING else Step.SUCCEEDED, words)


def is_running(pipeline: FollowedPipeline | None) -> bool:
    """Whether the pipeline has not ended, as far as is known."""
    return pipeline is not None and not outcome(pipeline.snapshot).step.is_end and not is_given_up(pipeline.link)


def is_given_up(link: Link | None) -> bool:
    """Whether the server refuses to tell any more of it: nothing more will be known, asking again changes nothing."""
    return (
        link is not None
        and link.phase is LinkPhase.LOST
        and link.problem is not None
        and link.problem.code in (ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN, ProblemCode.REFUSED)
    )


def is_over(pipeline: FollowedPipeline) -> bool:
    """Whether nothing more will come of a pipeline.

    The server's own ``done`` is proof; without it only the end of the stream is: jobs may still follow (section 14).
    """
    if is_given_up(pipeline.link):
        return True
    if pipeline.snapshot is None or not outcome(pipeline.snapshot).step.is_end:
        return False
    stream_ended = pipeline.link is not None and pipeline.link.phase is LinkPhase.ENDED
    return pipeline.snapshot.progress is not None or stream_ended


def is_job_over(job: FollowedJob) -> bool:
    """Whether nothing more will come of a job followed by its own stream."""
    return is_given_up(job.link) or job_outcome(job.update).step.is_end
