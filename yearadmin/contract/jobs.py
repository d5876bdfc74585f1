"""Jobs and pipelines as the wire shows them (contract sections 5.2, 6 and 7).

One model reads both the one-shot answer (``job_id``) and the event stream (``id``), numbers and names alike.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import AliasChoices, Field

from yearadmin.contract.enums import JobResult, JobState, PipelineStatus
from yearadmin.contract.wire import (
    Items,
    MaybeObject,
    Method,
    Result,
    ResultName,
    State,
    StateName,
    Target,
    UtcTime,
    WireModel,
)


class RowError(WireModel):
    """One rejected row; ``row`` counts data rows from 1, the header not counted (section 7.4)."""

    row: int | None = None
    reason: str = ""


class JobSummary(WireModel):
    """A ``latest_*`` entry of a year's configuration: enums as numbers (section 5.1.2)."""

    job_id: int
    module_type_id: int | None = None
    data_entry_type_id: int | None = None
    year: int | None = None
    ingestion_method: Method = None
    target_type: Target = None
    state: State = None
    result: Result = None
    status_message: str | None = None
    meta: Annotated[dict[str, Any] | None, MaybeObject] = None


class PipelineJob(WireModel):
    """A job inside a pipeline answer: enums as names, accepted as numbers too (section 11.2)."""

    job_id: int = Field(validation_alias=AliasChoices("job_id", "id"))
    job_type: str | None = None
    state: StateName = None
    result: ResultName = None
    target_type: Target = None
    status_message: str | None = None
    module_type_id: int | None = None
    data_entry_type_id: int | None = None
    year: int | None = None
    started_at: UtcTime = None
    finished_at: UtcTime = None

    @property
    def is_active(self) -> bool:
        """Not finished: waiting, queued or running."""
        return self.state in (JobState.NOT_STARTED, JobState.QUEUED, JobState.RUNNING)

    @property
    def has_failed(self) -> bool:
        """Finished with an error."""
        return self.state is JobState.FINISHED and self.result is JobResult.ERROR


class Progress(WireModel):
    """The server's own view of how far a pipeline is (section 6.3)."""

    phase: int = 1
    phases_total: int = 3
    phase_label: str | None = None
    done: bool = False
    has_error: bool = False
    status: PipelineStatus | str | None = None
    kind: str | None = None


class PipelineSnapshot(WireModel):
    """``GET /sync/pipelines/{id}`` and every ``pipeline-update`` event: the whole picture each time."""

    pipeline_id: UUID | None = None
    jobs: Annotated[tuple[PipelineJob, ...], Items] = ()
    progress: Progress | None = None
    stream_closed: bool = False

    @property
    def is_terminal(self) -> bool:
        """Whether the pipeline has ended: ``progress.done`` where it is sent, else every job FINISHED (11.2).

        "All jobs finished, but not done" is not the end: the server still has its last step to write (6.1).
        """
        if self.progress is not None:
            return self.progress.done
        return bool(self.jobs) and all(job.state is JobState.FINISHED for job in self.jobs)

    @property
    def has_failed(self) -> bool:
        """Whether something in it failed, as the server says or, in May 2026, as its jobs show (11.2)."""
        if self.progress is not None:
            return self.progress.has_error
        return any(job.has_failed for job in self.jobs)


class JobUpdate(WireModel):
    """One message of ``/sync/jobs/{id}/stream`` (section 6.2); an unknown job has neither state nor meta."""

    job_id: int
    module_type_id: int | None = None
    target_type: Target = None
    year: int | None = None
    state: State = None
    result: Result = None
    status_message: str | None = None
    meta: Annotated[dict[str, Any] | None, MaybeObject] = None
    stream_closed: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the server knows the job: for an unknown one it sends no ``state`` at all (6.2)."""
        return "state" in self.model_fields_set

    @property
    def is_terminal(self) -> bool:
        """Whether the job has ended, well or not."""
        return self.state is JobState.FINISHED


class DispatchConfig(WireModel):
    """What an ingestion is for (section 5.2.1); nulls are left out when sent."""

    module_type_id: int | None = None
    data_entry_type_id: int | None = None
    carbon_report_module_id: int | None = None
    reduction_objective_type_id: int | None = None
    source_job_id: int | None = None


class DispatchRequest(WireModel):
    """Body of ``POST /sync/dispatch``."""

    ingestion_method: Method
    target_type: Target
    year: int | None = None
    filters: dict[str, Any] = Field(default_factory=dict)
    config: DispatchConfig | None = None
    file_path: str | None = None


class JobStarted(WireModel):
    """Answer of dispatch, recalculate and ``POST /sync/units``; the latter never has a ``pipeline_id``."""

    job_id: int
    state: State = None
    message: str | None = None
    progress: Any = None
    pipeline_id: UUID | None = None


class JobRow(WireModel):
    """The part of ``GET /sync/jobs/by-status`` that is used (section 5.2.15): which pipeline a job belongs to, and what
    it was asked to do."""

    id: int
    pipeline_id: UUID | None = None
    job_type: str | None = None
    year: int | None = None
    state: State = None
    meta: Annotated[dict[str, Any] | None, MaybeObject] = None

    @property
    def is_active(self) -> bool:
        """Waiting or at work."""
        return self.state in (JobState.NOT_STARTED, JobState.QUEUED, JobState.RUNNING)

    @property
    def file_path(self) -> str | None:
        """The file it was dispatched with, as the dispatch named it."""
        config = (self.meta or {}).get("config")
        path = config.get("file_path") if isinstance(config, dict) else None
        return path if isinstance(path, str) else None


class UnitSyncRequest(WireModel):
    """Body of ``POST /sync/units`` (section 5.2.5)."""

    target_year: int
