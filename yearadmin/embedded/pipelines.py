"""How far a pipeline is (contract section 6.3) and what its answers and events look like (5.2.10, 6.1).

The rules are pure; reading works on a plain connection inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from yearadmin.contract.enums import JobResult, JobState, JobType, PipelineStatus
from yearadmin.embedded.jobs import Job, job_query, read_jobs
from yearadmin.embedded.tables import jobs, pipelines
from yearadmin.embedded.wire import name_of, offset

PHASES = ("data", "emissions", "aggregation")
TERMINAL = (PipelineStatus.SUCCESS, PipelineStatus.PARTIAL, PipelineStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline row with its jobs by ascending id; ``status`` is None for a job that belongs to none (an orphan)."""

    id: str | None
    kind: str | None
    status: str | None
    expected_recalculations: int | None
    jobs: tuple[Job, ...]

    @property
    def root(self) -> Job:
        """The job it began with."""
        return self.jobs[0]

    @property
    def phase(self) -> int:
        """1 while the root runs, 2 while emissions are recalculated, then 3."""
        if not self.jobs or self.root.state != JobState.FINISHED:
            return 1
        recalculations = [job for job in self.jobs if job.job_type == JobType.EMISSION_RECALC]
        finished = sum(job.state == JobState.FINISHED for job in recalculations)
        expected = self.expected_recalculations
        if self.kind == JobType.EMISSION_RECALC or expected is None:
            expected = len(recalculations)
        return 3 if finished >= expected else 2

    @property
    def phases_complete(self) -> bool:
        """Whether all three phases are over."""
        aggregations = (job for job in self.jobs if job.job_type == JobType.AGGREGATION)
        return self.phase == 3 and all(job.state == JobState.FINISHED for job in aggregations)

    @property
    def has_failed_job(self) -> bool:
        """Whether some job ended with an error."""
        return any(job.has_failed for job in self.jobs)

    @property
    def due_status(self) -> PipelineStatus:
        """What the stored status has to be by its jobs."""
        if self.has_failed_job:
            return PipelineStatus.FAILED if self.root.has_failed else PipelineStatus.PARTIAL
        return PipelineStatus.SUCCESS if self.phases_complete else PipelineStatus.NOT_STARTED

    @property
    def done(self) -> bool:
        """Whether its end is known."""
        if self.status is None:
            return self.phases_complete or self.has_failed_job
        return self.status in TERMINAL

    def progress(self) -> dict[str, Any]:
        """The progress object."""
        failed = self.has_failed_job if self.status is None else self.status in (TERMINAL[1], TERMINAL[2])
        return {
            "phase": self.phase,
            "phases_total": len(PHASES),
            "phase_label": PHASES[self.phase - 1],
            "done": self.done,
            "has_error": failed,
            "status": self.status,
            "kind": self.kind,
        }

    def answer(self) -> dict[str, Any]:
        """The body of ``GET /sync/pipelines/{id}``."""
        return {
            "pipeline_id": self.id,
            "jobs": [
                {
                    "job_id": job.id,
                    "job_type": job.job_type,
                    "state": name_of(JobState, job.state),
                    "result": name_of(JobResult, job.result),
                    "target_type": job.target_type,
                    "status_message": job.status_message,
                    "module_type_id": job.module_type_id,
                    "data_entry_type_id": job.data_entry_type_id,
                    "year": job.year,
                }
                for job in self.jobs
            ],
            "progress": self.progress(),
        }

    def event(self) -> dict[str, Any]:
        """The data of a ``pipeline-update`` event."""
        return {
            "pipeline_id": self.id,
            "jobs": [
                {
                    "id": job.id,
                    "job_type": job.job_type,
                    "data_entry_type_id": job.data_entry_type_id,
                    "state": name_of(JobState, job.state),
                    "result": name_of(JobResult, job.result),
                    "status_message": job.status_message,
                    "started_at": offset(job.started_at),
                    "finished_at": offset(job.finished_at),
                }
                for job in self.jobs
            ],
            "progress": self.progress(),
        }


def orphan(job: Job) -> Pipeline:
    """A job without a pipeline, shown as a pipeline of one (section 5.2.9)."""
    return Pipeline(None, job.job_type, None, None, (job,))


def read_pipelines(connection: Connection, ids: Iterable[str], *, with_meta: bool = False) -> dict[str, Pipeline]:
    """The pipelines of these ids that have at least one job."""
    wanted = list(ids)
    found: dict[str, Pipeline] = {}
    for start in range(0, len(wanted), 400):  # well under any engine's limit of bound values
        found.update(_read_some(connection, wanted[start : start + 400], with_meta))
    return found


def _read_some(connection: Connection, ids: Sequence[str], with_meta: bool) -> dict[str, Pipeline]:
    members: dict[str, list[Job]] = {}
    query = job_query(with_meta=with_meta).where(jobs.c.pipeline_id.in_(ids)).order_by(jobs.c.id)
    for job in read_jobs(connection, query):
        assert job.pipeline_id is not None
        members.setdefault(job.pipeline_id, []).append(job)
    rows = connection.execute(select(pipelines).where(pipelines.c.id.in_(ids))).mappings()
    return {
        row["id"]: Pipeline(
            row["id"], row["kind"], row["status"], row["expected_recalculations"], tuple(members[row["id"]])
        )
        for row in rows
        if row["id"] in members
    }


def hold(connection: Connection, pipeline_id: str | None) -> None:
    """Let nobody else change a pipeline until the transaction ends; called before any of its jobs is touched."""
    if pipeline_id is not None:
        row = select(pipelines.c.id).where(pipelines.c.id == pipeline_id)
        connection.execute(row.with_for_update(key_share=True))


def settle(connection: Connection, pipeline_id: str | None) -> None:
    """Write the status a pipeline has by its jobs, in the same transaction as the change that caused it."""
    if pipeline_id is None:
        return
    pipeline = read_pipelines(connection, [pipeline_id]).get(pipeline_id)
    if pipeline is not None and pipeline.due_status != pipeline.status:
        values = {"status": pipeline.due_status.value}
        connection.execute(update(pipelines).where(pipelines.c.id == pipeline_id).values(**values))
