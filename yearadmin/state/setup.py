"""How a year is being set up, and whether its panels must wait for it.

One rule for the veil, the provisioning panel, the chip in the selector and every refusal that mentions it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from yearadmin.contract.enums import Provisioned, UnitSyncPhase
from yearadmin.contract.times import parse_utc
from yearadmin.state.model import AppState, LoadPhase, Origin, YearScope
from yearadmin.state.pipelines import Outcome, Step, is_given_up, job_outcome, kind_of, outcome, root_job

if TYPE_CHECKING:
    from yearadmin.contract.links import Link
    from yearadmin.state.model import FollowedJob, FollowedPipeline


class SetupPhase(StrEnum):
    """Where the set-up of a year stands."""

    NOT_CONFIGURED = "not_configured"
    UNKNOWN = "unknown"  # the year itself is not known yet
    RUNNING = "running"
    FAILED = "failed"
    STOPPED = "stopped"  # not completed and nothing is running: it failed or was interrupted out of our sight
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SyncPhase:
    """One phase of a unit sync."""

    name: str
    done: bool
    running: bool
    started_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """The set-up of one year. ``words`` are the server's; ``started_at`` is UTC."""

    phase: SetupPhase
    words: str = ""
    phases: tuple[SyncPhase, ...] = ()
    started_at: datetime | None = None
    job_id: int | None = None
    link: Link | None = None
    is_binding: bool = True  # false for a failure on a server that takes uploads all the same (section 11.2)
    as_of: datetime | None = None  # RUNNING when it was last heard of; how it stands now is not known (UTC)

    @property
    def gates(self) -> bool:
        """Whether the panels can't be used because of it."""
        return self.is_binding and self.phase in (SetupPhase.RUNNING, SetupPhase.FAILED, SetupPhase.STOPPED)


def setup_of(state: AppState, year: int) -> Setup:
    """Where the set-up of ``year`` stands (contract section 9), or stood when the server was last heard."""
    setup = _setup_of(state, year)
    if setup.phase is not SetupPhase.RUNNING:
        return setup
    scope = state.scope(year)
    pipelines = [pipeline for pipeline in _pipelines_of(state, scope) if pipeline is not None]
    job = state.jobs.get(scope.setup_job) if scope.setup_job is not None else None
    is_followed = bool(pipelines) or job is not None or bool(scope.year_pipelines)
    if state.is_live and (is_followed or scope.origin is Origin.SERVER):
        return setup
    moments = [*(pipeline.seen_at for pipeline in pipelines), job.seen_at if job is not None else None]
    return replace(setup, as_of=max((moment for moment in moments if moment is not None), default=scope.fetched_at))


def _setup_of(state: AppState, year: int) -> Setup:
    scope = state.scope(year)
    if scope.phase is LoadPhase.MISSING:
        return Setup(SetupPhase.NOT_CONFIGURED)
    running, ended = _pipelines_of(state, scope)
    if running is not None:
        return _from_pipeline(running, SetupPhase.RUNNING)
    job = state.jobs.get(scope.setup_job) if scope.setup_job is not None else None
    if job is not None and not is_given_up(job.link):
        return _from_job(scope, job)
    if scope.config is None:
        return Setup(SetupPhase.UNKNOWN)
    provisioned = scope.config.provisioned
    if provisioned is Provisioned.YES:
        return Setup(SetupPhase.DONE)
    if ended is not None and outcome(ended.snapshot).step in (Step.FAILED, Step.PARTIAL):
        binding = provisioned is Provisioned.NO
        return replace(_from_pipeline(ended, SetupPhase.FAILED), is_binding=binding)
    if provisioned is Provisioned.UNKNOWN:
        return Setup(SetupPhase.DONE)
    if ended is not None:
        return _from_pipeline(ended, _after_success(scope, ended.ended_at))
    if any(id_ not in state.pipelines for id_ in scope.year_pipelines or ()):  # known by id, no picture yet
        return Setup(SetupPhase.RUNNING)
    return Setup(SetupPhase.STOPPED if scope.year_pipelines is not None else SetupPhase.RUNNING)


def _from_job(scope: YearScope, job: FollowedJob) -> Setup:
    """The set-up as a repeated unit sync tells it."""
    result = job_outcome(job.update)
    meta = job.update.meta if job.update is not None else None
    provisioned = scope.config.provisioned if scope.config is not None else None
    if not result.step.is_end:
        return _from_meta(SetupPhase.RUNNING, result, meta, job.known_since, job.id, job.link)
    if provisioned is Provisioned.YES or (provisioned is Provisioned.UNKNOWN and result.step is not Step.FAILED):
        return Setup(SetupPhase.DONE)
    if result.step is Step.FAILED:
        failed = _from_meta(SetupPhase.FAILED, result, meta, job.known_since, job.id, job.link)
        return replace(failed, is_binding=provisioned is not Provisioned.UNKNOWN)
    return _from_meta(_after_success(scope, job.ended_at), result, meta, job.known_since, job.id, job.link)


def _after_success(scope: YearScope, ended_at: datetime | None) -> SetupPhase:
    """Not completed although it succeeded: the configuration that says so is being read, or it never will say so."""
    is_newer = scope.fetched_at is not None and ended_at is not None and scope.fetched_at > ended_at
    return SetupPhase.STOPPED if is_newer and not scope.loading else SetupPhase.RUNNING


def _pipelines_of(state: AppState, scope: YearScope) -> tuple[FollowedPipeline | None, FollowedPipeline | None]:
    """The running unit sync of the year, and the last one that ended, each or None."""
    running: FollowedPipeline | None = None
    ended: FollowedPipeline | None = None
    listed = scope.year_pipelines or ()
    for pipeline in state.pipelines.values():
        if pipeline.year != scope.year or not _is_year_level(pipeline, listed):
            continue
        if outcome(pipeline.snapshot).step.is_end:
            ended = pipeline
        elif pipeline.id in listed or not is_given_up(pipeline.link):
            running = pipeline
    return running, ended


def _is_year_level(pipeline: FollowedPipeline, listed: tuple[str, ...]) -> bool:
    kind = kind_of(pipeline.snapshot)
    return kind == "unit_sync" if kind is not None else pipeline.id in listed


def _from_pipeline(pipeline: FollowedPipeline, phase: SetupPhase) -> Setup:
    result = outcome(pipeline.snapshot)
    root = root_job(pipeline.snapshot)
    meta = pipeline.root_update.meta if pipeline.root_update is not None else None
    started = root.started_at if root is not None and root.started_at is not None else pipeline.known_since
    return _from_meta(phase, result, meta, started, root.job_id if root else None, pipeline.link)


def _from_meta(
    phase: SetupPhase,
    result: Outcome,
    meta: dict[str, object] | None,
    started: datetime | None,
    job_id: int | None,
    link: Link | None,
) -> Setup:
    return Setup(phase, result.words, sync_phases(meta), started, job_id, link)


def sync_phases(meta: dict[str, object] | None) -> tuple[SyncPhase, ...]:
    """The four phases in order, from a unit sync's ``meta.phases``; those not begun are neither done nor running."""
    raw = (meta or {}).get("phases")
    seen: dict[str, dict[str, object]] = {}
    for item in raw if isinstance(raw, list) else []:
        if isinstance(item, dict) and isinstance(item.get("name"), str):
            seen[str(item["name"])] = item
    names = [*UnitSyncPhase, *(name for name in seen if name not in set(UnitSyncPhase))] if seen else []
    phases = []
    for name in names:
        item = seen.get(str(name), {})
        phases.append(
            SyncPhase(
                str(name),
                done=item.get("state") == "finished",
                running=item.get("state") == "running",
                started_at=parse_utc(item.get("started_at")),
                finished_at=parse_utc(item.get("finished_at")),
            )
        )
    return tuple(phases)
