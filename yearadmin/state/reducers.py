"""How each event changes the state: pure functions, one per event.

Never does I/O, never reads a clock, and an event about one year never touches another.
"""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from types import MappingProxyType
from typing import TYPE_CHECKING

from yearadmin.state import events as e
from yearadmin.state.bounds import bounded_jobs, bounded_pipelines, bounded_uploads
from yearadmin.state.model import (
    AppState,
    ConnectionPhase,
    FollowedJob,
    FollowedPipeline,
    LoadPhase,
    Origin,
    Years,
    YearScope,
)
from yearadmin.state.pipelines import job_outcome, outcome

if TYPE_CHECKING:
    from yearadmin.contract.jobs import PipelineSnapshot

MAX_NOTICES = 50
MAX_TOLD = 2000


@singledispatch
def reduce(event: e.Event, state: AppState) -> AppState:
    """The state after ``event``; raises TypeError on a thing that is no event."""
    raise TypeError(f"not an event: {event!r}")


@reduce.register
def _(event: e.Connected, state: AppState) -> AppState:
    if state.connection.phase is ConnectionPhase.LIVE:
        return state
    link = replace(state.connection, phase=ConnectionPhase.LIVE, since=event.at, next_try=None, problem=None)
    return replace(state, connection=link)


@reduce.register
def _(event: e.Disconnected, state: AppState) -> AppState:
    old = state.connection
    if old.phase is ConnectionPhase.CLOSING:
        return state
    since = old.since if old.phase is ConnectionPhase.OFFLINE else event.at
    link = replace(old, phase=ConnectionPhase.OFFLINE, since=since, next_try=event.next_try, problem=event.problem)
    return _no_longer_live(replace(state, connection=link))


def _as_of_now(state: AppState, origin: Origin) -> Origin:
    """An answer that arrives once the server is known to be away is not its present word any more."""
    away = state.connection.phase in (ConnectionPhase.OFFLINE, ConnectionPhase.SIGNED_OUT)
    return Origin.CACHE if away and origin is Origin.SERVER else origin


def _no_longer_live(state: AppState) -> AppState:
    """What the server said before the link broke is as good as kept: it is not its present word."""
    if state.years.origin is Origin.SERVER:
        state = replace(state, years=replace(state.years, origin=Origin.CACHE))
    if all(scope.origin is not Origin.SERVER for scope in state.scopes.values()):
        return state
    scopes = {
        year: replace(scope, origin=Origin.CACHE) if scope.origin is Origin.SERVER else scope
        for year, scope in state.scopes.items()
    }
    return replace(state, scopes=MappingProxyType(scopes))


@reduce.register
def _(event: e.Closing, state: AppState) -> AppState:
    return replace(state, connection=replace(state.connection, phase=ConnectionPhase.CLOSING, since=event.at))


@reduce.register
def _(event: e.SignedIn, state: AppState) -> AppState:
    return replace(state, user=event.user, user_origin=event.origin)


@reduce.register
def _(event: e.SignedOut, state: AppState) -> AppState:
    link = replace(
        state.connection, phase=ConnectionPhase.SIGNED_OUT, since=event.at, next_try=None, problem=event.problem
    )
    return _no_longer_live(replace(state, connection=link))


@reduce.register
def _(event: e.SessionKept, state: AppState) -> AppState:
    return state if state.keeping is event.keeping else replace(state, keeping=event.keeping)


@reduce.register
def _(event: e.UserChanged, state: AppState) -> AppState:
    return replace(
        state,
        user=event.user,
        user_origin=Origin.SERVER,
        years=Years(),
        scopes=MappingProxyType({}),
        uploads=(),
        pipelines=MappingProxyType({}),
        jobs=MappingProxyType({}),
    )


@reduce.register
def _(event: e.YearsLoaded, state: AppState) -> AppState:
    if event.origin is Origin.CACHE and state.years.origin is Origin.SERVER:
        return state
    state = replace(state, years=Years(event.items, event.at, _as_of_now(state, event.origin)))
    listed = {item.year for item in event.items}
    for scope in state.scopes.values():
        if scope.phase is LoadPhase.MISSING and scope.year in listed:
            # Created by a colleague since it was looked at: what it holds is not known yet.
            state = state.with_scope(replace(scope, phase=LoadPhase.UNKNOWN, year_pipelines=None))
    return state


@reduce.register
def _(event: e.YearsFailed, state: AppState) -> AppState:
    return replace(state, years=replace(state.years, problem=event.problem))


@reduce.register
def _(event: e.YearSelected, state: AppState) -> AppState:
    return replace(state, selected=event.year)


@reduce.register
def _(event: e.YearLoading, state: AppState) -> AppState:
    scope = state.scope(event.year)
    phase = scope.phase
    if event.loading and phase in (LoadPhase.UNKNOWN, LoadPhase.FAILED):
        phase = LoadPhase.LOADING
    elif not event.loading and phase is LoadPhase.LOADING:
        phase = LoadPhase.UNKNOWN
    return state.with_scope(replace(scope, loading=event.loading, phase=phase))


@reduce.register
def _(event: e.YearLoaded, state: AppState) -> AppState:
    scope = state.scope(event.year)
    if event.origin is Origin.CACHE and scope.origin is Origin.SERVER:
        return state
    scope = replace(
        scope,
        phase=LoadPhase.PRESENT,
        config=event.config,
        fetched_at=event.at,
        origin=_as_of_now(state, event.origin),
        problem=None,
    )
    state = state.with_scope(scope)
    return _echo_in_list(state, scope) if event.origin is Origin.SERVER else state


def _echo_in_list(state: AppState, scope: YearScope) -> AppState:
    """A year just read is newer than its line in the list: the selector must not contradict the chip."""
    config = scope.config
    if config is None or state.years.origin is Origin.NOWHERE:
        return state
    from yearadmin.contract.years import YearSummary

    known = config.model_fields_set & YearSummary.model_fields.keys()
    line = YearSummary.model_validate({name: getattr(config, name) for name in known})
    others = [item for item in state.years.items if item.year != scope.year]
    if (
        not line.is_started
        and len(others) == len(state.years.items)
        and not (state.user and state.user.can_view_configuration)
    ):
        return state  # a year not open to this user does not belong in the list
    items = tuple(sorted([*others, line], key=lambda item: item.year, reverse=True))
    return replace(state, years=replace(state.years, items=items))


@reduce.register
def _(event: e.YearMissing, state: AppState) -> AppState:
    scope = state.scope(event.year)
    scope = replace(
        scope,
        phase=LoadPhase.MISSING,
        config=None,
        fetched_at=event.at,
        origin=_as_of_now(state, Origin.SERVER),
        problem=None,
        year_pipelines=(),
    )
    items = tuple(item for item in state.years.items if item.year != event.year)
    return replace(state.with_scope(scope), years=replace(state.years, items=items))


@reduce.register
def _(event: e.YearFailed, state: AppState) -> AppState:
    scope = state.scope(event.year)
    phase = LoadPhase.FAILED if scope.phase in (LoadPhase.LOADING, LoadPhase.UNKNOWN) else scope.phase
    return state.with_scope(replace(scope, phase=phase, problem=event.problem))


@reduce.register
def _(event: e.YearPipelinesFound, state: AppState) -> AppState:
    return state.with_scope(replace(state.scope(event.year), year_pipelines=event.ids))


@reduce.register
def _(event: e.ModulePipelinesFound, state: AppState) -> AppState:
    found = MappingProxyType(dict(event.by_module))
    return state.with_scope(replace(state.scope(event.year), module_pipelines=found))


@reduce.register
def _(event: e.SetupJobStarted, state: AppState) -> AppState:
    return state.with_scope(replace(state.scope(event.year), setup_job=event.job_id))


@reduce.register
def _(event: e.PipelineFollowed, state: AppState) -> AppState:
    if event.id in state.pipelines:
        return state
    state = _with_pipeline(state, FollowedPipeline(event.id, event.year, known_since=event.at))
    return replace(state, pipelines=bounded_pipelines(state.pipelines))


@reduce.register
def _(event: e.PipelineSeen, state: AppState) -> AppState:
    old = state.pipelines.get(event.id) or FollowedPipeline(event.id, None, known_since=event.at)
    snapshot = _completed(event.snapshot, old.snapshot)
    witnessed = old.witnessed or any(job.is_active for job in snapshot.jobs)
    ended_at = (old.ended_at or event.at) if outcome(snapshot).step.is_end else None
    pipeline = replace(old, snapshot=snapshot, seen_at=event.at, witnessed=witnessed, ended_at=ended_at)
    return _with_pipeline(state, pipeline)


_KEPT_OF_A_JOB = ("target_type", "module_type_id", "data_entry_type_id", "year", "started_at", "finished_at")


def _completed(new: PipelineSnapshot, old: PipelineSnapshot | None) -> PipelineSnapshot:
    """The new picture with what only the old one told: a read has a job's module, the stream its times (11.2)."""
    if old is None:
        return new
    if new.progress is None and old.progress is not None:
        new = new.model_copy(update={"progress": old.progress})
    before = {job.job_id: job for job in old.jobs}
    jobs = []
    for job in new.jobs:
        known = before.get(job.job_id)
        kept = {
            name: getattr(known, name)
            for name in _KEPT_OF_A_JOB
            if known is not None and getattr(job, name) is None and getattr(known, name) is not None
        }
        jobs.append(job.model_copy(update=kept) if kept else job)
    return new.model_copy(update={"jobs": tuple(jobs)})


@reduce.register
def _(event: e.PipelineLinkChanged, state: AppState) -> AppState:
    old = state.pipelines.get(event.id)
    return state if old is None else _with_pipeline(state, replace(old, link=event.link))


@reduce.register
def _(event: e.PipelineRootSeen, state: AppState) -> AppState:
    old = state.pipelines.get(event.id)
    return state if old is None else _with_pipeline(state, replace(old, root_update=event.update))


def _with_pipeline(state: AppState, pipeline: FollowedPipeline) -> AppState:
    return replace(state, pipelines=MappingProxyType({**state.pipelines, pipeline.id: pipeline}))


@reduce.register
def _(event: e.JobFollowed, state: AppState) -> AppState:
    if event.id in state.jobs:
        return state
    state = _with_job(state, FollowedJob(event.id, event.year, known_since=event.at))
    return replace(state, jobs=bounded_jobs(state.jobs))


@reduce.register
def _(event: e.JobSeen, state: AppState) -> AppState:
    old = state.jobs.get(event.id) or FollowedJob(event.id, event.update.year, known_since=event.at)
    ended_at = (old.ended_at or event.at) if job_outcome(event.update).step.is_end else None
    return _with_job(state, replace(old, update=event.update, seen_at=event.at, ended_at=ended_at))


@reduce.register
def _(event: e.JobLinkChanged, state: AppState) -> AppState:
    old = state.jobs.get(event.id)
    return state if old is None else _with_job(state, replace(old, link=event.link))


def _with_job(state: AppState, job: FollowedJob) -> AppState:
    return replace(state, jobs=MappingProxyType({**state.jobs, job.id: job}))


@reduce.register
def _(event: e.WishStarted, state: AppState) -> AppState:
    scope = state.scope(event.year)
    return state.with_scope(replace(scope, busy=scope.busy | {event.wish}, failed_wish=None, conflict=None))


@reduce.register
def _(event: e.WishEnded, state: AppState) -> AppState:
    scope = state.scope(event.year)
    failed = None if event.problem is None else (event.wish, event.problem)
    return state.with_scope(replace(scope, busy=scope.busy - {event.wish}, failed_wish=failed))


@reduce.register
def _(event: e.ConflictFound, state: AppState) -> AppState:
    return state.with_scope(replace(state.scope(event.year), conflict=event.conflict))


@reduce.register
def _(event: e.ConflictSettled, state: AppState) -> AppState:
    scope = state.scope(event.year)
    return state if scope.conflict is None else state.with_scope(replace(scope, conflict=None))


@reduce.register
def _(event: e.UploadChanged, state: AppState) -> AppState:
    upload = event.upload
    if any(item.key == upload.key for item in state.uploads):
        uploads = tuple(upload if item.key == upload.key else item for item in state.uploads)
    else:
        uploads = bounded_uploads((*state.uploads, upload))
    return replace(state, uploads=uploads)


@reduce.register
def _(event: e.Noticed, state: AppState) -> AppState:
    if event.once and event.once in state.told:
        return state
    notice = replace(event.notice, id=state.notice_count + 1)
    return replace(
        state,
        notices=(*state.notices, notice)[-MAX_NOTICES:],
        notice_count=notice.id,
        told=(*state.told, event.once)[-MAX_TOLD:] if event.once else state.told,
    )


@reduce.register
def _(event: e.NoticeDismissed, state: AppState) -> AppState:
    return replace(state, notices=tuple(notice for notice in state.notices if notice.id != event.id))
