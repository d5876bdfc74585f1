"""What each upload slot and each module shows: one value from the server's jobs, the streams and this run's uploads.

A failure is never covered by an older success, and colour is not part of the value: each state has a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from yearadmin.catalogue.modules import ModuleSpec, Slot, SlotKind, is_mandatory, module_slots
from yearadmin.contract.enums import JobResult, JobState, JobType, ReductionObjectiveType
from yearadmin.contract.problems import Problem
from yearadmin.contract.times import parse_utc
from yearadmin.state.model import AppState, FollowedPipeline, Upload, UploadStage, YearScope
from yearadmin.state.pipelines import Outcome, Step, is_running, job_outcome, kind_of, normalise, outcome, root_job

if TYPE_CHECKING:
    from yearadmin.contract.jobs import JobSummary, JobUpdate, PipelineSnapshot
    from yearadmin.contract.links import Link
    from yearadmin.contract.years import ModuleConfig, YearConfiguration


class SlotState(StrEnum):
    """The state of one slot."""

    MISSING = "missing"  # mandatory and nothing there
    EMPTY = "empty"  # nothing there, and nothing needed
    SENDING = "sending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    WARNED = "warned"
    PARTIAL = "partial"
    FAILED = "failed"
    REFUSED = "refused"  # the last file never became a job
    UNCERTAIN = "uncertain"


FAILURES = (SlotState.FAILED, SlotState.REFUSED, SlotState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class SlotView:
    """What a slot shows. ``rows`` and ``skipped`` count rows; ``when`` is UTC; ``words`` are the server's."""

    slot: Slot
    state: SlotState
    mandatory: bool
    enabled: bool = True
    step: Step = Step.WAITING
    file_name: str = ""
    when: datetime | None = None
    rows: int | None = None
    skipped: int | None = None
    words: str = ""
    row_errors: tuple[tuple[int | None, str], ...] = ()
    row_error_count: int = 0
    problem: Problem | None = None
    upload: Upload | None = None
    pipeline_id: str | None = None
    link: Link | None = None
    previous_rows: int | None = None

    @property
    def is_running(self) -> bool:
        """Something is under way for this slot."""
        return self.state in (SlotState.SENDING, SlotState.RUNNING)


class ModuleState(StrEnum):
    """The state of a module, the first that applies."""

    UNKNOWN = "unknown"
    DISABLED = "disabled"
    RUNNING = "running"
    FAILED = "failed"
    INCOMPLETE = "incomplete"
    WARNED = "warned"
    COMPLETE = "complete"


_KINDS: dict[SlotKind, tuple[str, ...]] = {
    SlotKind.FACTOR: (JobType.FACTOR_INGEST,),
    SlotKind.REFERENCE: (JobType.REFERENCE_INGEST,),
    SlotKind.DATA: (JobType.CSV_INGEST, JobType.API_INGEST),
    SlotKind.REDUCTION: (JobType.CSV_INGEST,),
}


def slot_view(state: AppState, year: int, slot: Slot) -> SlotView:
    """What ``slot`` of ``year`` shows now."""
    scope = state.scope(year)
    base = SlotView(slot, SlotState.EMPTY, is_mandatory(slot), enabled=is_enabled(scope, slot))
    settled = _settled(scope, slot, base)
    upload = next((up for up in reversed(state.uploads) if up.year == year and up.slot == slot), None)
    if upload is not None:
        view = _from_upload(state, upload, base, settled)
        if view is not None:
            return view
    running = _running_pipeline(state, scope, slot)
    if running is not None:
        result = outcome(running.snapshot)
        return replace(
            settled,
            state=SlotState.RUNNING,
            step=result.step,
            words=result.words,
            pipeline_id=running.id,
            link=running.link,
        )
    return _followed(state, year, slot, settled)


def _followed(state: AppState, year: int, slot: Slot, settled: SlotView) -> SlotView:
    """The settled view with what the slot's job shows where it is followed, though this run did not send the file."""
    latest = latest_job(state.scope(year), slot)
    if latest is None:
        return settled
    job = state.jobs.get(latest.job_id)
    if job is not None and settled.state is SlotState.RUNNING:
        result = job_outcome(job.update)
        step = settled.step if result.step.is_end else result.step
        return replace(settled, step=step, words=result.words or settled.words, link=job.link)
    for pipeline in state.pipelines.values():
        root = root_job(pipeline.snapshot) if pipeline.year == year else None
        if root is not None and root.job_id == latest.job_id:
            result = outcome(pipeline.snapshot)
            if result.step is Step.PARTIAL:
                # The file's own job succeeded: only its pipeline knows that a later step failed.
                return replace(
                    settled, state=SlotState.PARTIAL, step=result.step, words=result.words, pipeline_id=pipeline.id
                )
    return settled


def is_enabled(scope: YearScope, slot: Slot) -> bool:
    """Whether the slot's module and submodule are switched on; unknown counts as on (contract section 8.1)."""
    module = _module(scope, slot.module)
    if module is None:
        return True
    if not module.enabled:
        return False
    sub = module.submodules.get(str(slot.submodule)) if slot.submodule is not None else None
    return sub is None or sub.enabled


def latest_job(scope: YearScope, slot: Slot) -> JobSummary | None:
    """The server's current job for the slot (contract section 5.1.2); None for reduction files."""
    return latest_job_in(scope.config, slot) if scope.config is not None else None


def latest_job_in(config: YearConfiguration, slot: Slot) -> JobSummary | None:
    """The same, read from a year's configuration."""
    module = config.config.modules.get(str(slot.module))
    if module is None or slot.kind is SlotKind.REDUCTION:
        return None
    if slot.submodule is None:
        return module.latest_common_factor_job if slot.kind is SlotKind.FACTOR else module.latest_common_data_job
    sub = module.submodules.get(str(slot.submodule))
    if sub is None:
        return None
    if slot.kind is SlotKind.FACTOR:
        return sub.latest_factor_job
    if slot.kind is SlotKind.REFERENCE:
        return sub.latest_reference_job
    return sub.latest_data_job or sub.latest_api_data_job


def _module(scope: YearScope, module: int | None) -> ModuleConfig | None:
    return scope.config.config.modules.get(str(module)) if scope.config is not None and module is not None else None


def _settled(scope: YearScope, slot: Slot, base: SlotView) -> SlotView:
    """What the server's configuration alone says of the slot."""
    absent = SlotState.MISSING if base.mandatory and base.enabled else SlotState.EMPTY
    if slot.kind is SlotKind.REDUCTION and slot.submodule is not None:
        objectives = scope.config.config.reduction_objectives if scope.config is not None else None
        landed = objectives.file(ReductionObjectiveType(slot.submodule)) if objectives is not None else None
        if landed is None:
            return replace(base, state=absent)
        return replace(
            base,
            state=SlotState.SUCCEEDED,
            file_name=landed.filename,
            when=landed.uploaded_at,
            rows=landed.rows_processed,
        )
    job = latest_job(scope, slot)
    if job is None:
        return replace(base, state=absent)
    details = _with_meta(base, job.meta, job.result)
    details = replace(details, words=normalise(job.status_message))
    if job.state is not None and job.state is not JobState.FINISHED:
        step = Step.DATA if job.state is JobState.RUNNING else Step.WAITING
        return replace(details, state=SlotState.RUNNING, step=step)
    if job.result is JobResult.ERROR:
        return replace(details, state=SlotState.FAILED)
    return replace(details, state=SlotState.WARNED if job.result is JobResult.WARNING else SlotState.SUCCEEDED)


def _from_upload(state: AppState, upload: Upload, base: SlotView, settled: SlotView) -> SlotView | None:
    """What this run's newest upload to the slot says, or None when the server's own record is newer or as good."""
    sending = replace(base, file_name=upload.file_name, when=upload.started_at, upload=upload)
    match upload.stage:
        case UploadStage.WAITING | UploadStage.SENDING | UploadStage.STARTING:
            return replace(sending, state=SlotState.SENDING)
        case UploadStage.UNCERTAIN:
            return replace(sending, state=SlotState.UNCERTAIN, problem=upload.problem)
        case UploadStage.REFUSED:
            if settled.when is not None and upload.ended_at is not None and settled.when > upload.ended_at:
                return None
            return replace(sending, state=SlotState.REFUSED, problem=upload.problem, when=upload.ended_at)
        case UploadStage.CANCELLED:
            return None
        case _:
            return _from_work(state, upload, sending, settled)


def _from_work(state: AppState, upload: Upload, sending: SlotView, settled: SlotView) -> SlotView | None:
    pipeline = state.pipelines.get(upload.pipeline_id) if upload.pipeline_id else None
    job = state.jobs.get(upload.job_id) if upload.job_id is not None else None
    if pipeline is None and job is None and upload.stage is UploadStage.ENDED:
        return None  # only its result was seen, in the year itself
    result = outcome(pipeline.snapshot) if pipeline is not None else job_outcome(job.update if job else None)
    update = pipeline.root_update if pipeline is not None else (job.update if job else None)
    link = pipeline.link if pipeline is not None else (job.link if job else None)
    if not result.step.is_end:
        return replace(
            sending,
            state=SlotState.RUNNING,
            step=result.step,
            words=result.words,
            pipeline_id=upload.pipeline_id,
            link=link,
        )
    return _ended(state, upload, sending, settled, result, update)


_ENDS = {
    Step.SUCCEEDED: SlotState.SUCCEEDED,
    Step.WARNED: SlotState.WARNED,
    Step.PARTIAL: SlotState.PARTIAL,
    Step.FAILED: SlotState.FAILED,
}


def _ended(
    state: AppState,
    upload: Upload,
    sending: SlotView,
    settled: SlotView,
    result: Outcome,
    update: JobUpdate | None,
) -> SlotView | None:
    latest = latest_job(state.scope(upload.year), upload.slot)
    if latest is not None and upload.job_id is not None and latest.job_id > upload.job_id:
        return None  # someone uploaded again since
    if latest is not None and latest.job_id == upload.job_id and result.step is not Step.PARTIAL:
        return replace(settled, upload=upload, pipeline_id=upload.pipeline_id)
    if upload.slot.kind is SlotKind.REDUCTION and result.step is Step.SUCCEEDED and settled.file_name:
        return None
    view = _with_meta(sending, update.meta if update is not None else None, update.result if update else None)
    return replace(
        view,
        state=_ENDS[result.step],
        step=result.step,
        words=result.words,
        file_name=upload.file_name,
        when=upload.ended_at or upload.started_at,
        pipeline_id=upload.pipeline_id,
    )


def _running_pipeline(state: AppState, scope: YearScope, slot: Slot) -> FollowedPipeline | None:
    """The running pipeline that works for this slot, found by its root job, else by kind and type."""
    latest = latest_job(scope, slot)
    for pipeline in state.pipelines.values():
        if pipeline.year != scope.year:
            continue
        root = root_job(pipeline.snapshot)
        if root is None or not is_running(pipeline):
            continue
        if latest is not None and root.job_id == latest.job_id:
            return pipeline
        if pipeline.snapshot is not None and works_for(
            pipeline.snapshot, slot, _module_of_pipeline(scope, pipeline.id)
        ):
            return pipeline
    return None


def works_for(snapshot: PipelineSnapshot, slot: Slot, module: int | None = None) -> bool:
    """Whether a pipeline does the work of this slot, by its root job; ``module`` where the picture has none."""
    root = root_job(snapshot)
    if root is None or slot.module is None or kind_of(snapshot) not in _KINDS[slot.kind]:
        return False
    return (root.module_type_id or module) == slot.module and root.data_entry_type_id == slot.submodule


def _module_of_pipeline(scope: YearScope, pipeline_id: str) -> int | None:
    return next((module for module, known in scope.module_pipelines.items() if known == pipeline_id), None)


def _with_meta(view: SlotView, meta: dict[str, object] | None, result: JobResult | None) -> SlotView:
    """Read a job's ``meta`` defensively (contract section 7.4)."""
    meta = meta or {}
    stats = meta.get("stats")
    counts: dict[str, object] = {**meta, **(stats if isinstance(stats, dict) else {})}
    config = meta.get("config")
    path = meta.get("processed_file_path") or (config.get("file_path") if isinstance(config, dict) else None)
    raw = counts.get("row_errors")
    errors = tuple(
        (_int(item.get("row")), normalise(str(item.get("reason", ""))))
        for item in (raw if isinstance(raw, list) else [])
        if isinstance(item, dict)
    )
    failure = meta.get("error") or meta.get("validation_error")
    if not errors and result is JobResult.ERROR and isinstance(failure, str):
        errors = ((None, normalise(failure)),)
    return replace(
        view,
        file_name=PurePosixPath(str(path)).name if path else str(meta.get("filename") or view.file_name),
        when=parse_utc(meta.get("completed_at")) or parse_utc(meta.get("timestamp")) or view.when,
        rows=_int(counts.get("rows_processed")),
        skipped=_int(counts.get("rows_skipped")),
        row_errors=errors,
        row_error_count=_int(counts.get("row_errors_count")) or len(errors),
    )


def read_counts(meta: dict[str, object] | None) -> tuple[int | None, int | None]:
    """Rows taken and rows left out, from a job's ``meta``."""
    view = _with_meta(SlotView(Slot(None, None, SlotKind.DATA), SlotState.EMPTY, mandatory=False), meta, None)
    return view.rows, view.skipped


def _int(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def module_views(state: AppState, year: int, spec: ModuleSpec) -> Iterator[SlotView]:
    """The views of all slots of a module."""
    for slot in module_slots(spec):
        yield slot_view(state, year, slot)
