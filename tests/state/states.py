"""States made of events, as the program makes them."""

from __future__ import annotations

from collections.abc import Mapping

from yearadmin.contract.session import CurrentUser
from yearadmin.state import events as e
from yearadmin.state.model import AppState, Upload, UploadStage
from yearadmin.state.reducers import reduce

from . import builders as b


def after(*events: e.Event, state: AppState | None = None) -> AppState:
    """The state after these events."""
    result = state or AppState(2026)
    for event in events:
        result = reduce(event, result)
    return result


def live(*events: e.Event, user: CurrentUser | None = None) -> AppState:
    """The same, connected and signed in as an operator."""
    return after(e.SignedIn(user or b.admin(), b.at(0)), e.Connected(b.at(0)), *events)


def loaded(answer: Mapping[str, object], seconds: float = 1.0) -> e.YearLoaded:
    config = b.config(answer)
    return e.YearLoaded(config.year, config, b.at(seconds))


def seen(answer: Mapping[str, object], seconds: float = 2.0) -> e.PipelineSeen:
    picture = b.snapshot(answer)
    return e.PipelineSeen(str(picture.pipeline_id), picture, b.at(seconds))


def followed(pipeline_id: str = b.P1, year: int = 2026) -> e.PipelineFollowed:
    return e.PipelineFollowed(pipeline_id, year, b.at(1))


def job_seen(answer: Mapping[str, object], seconds: float = 2.0) -> e.JobSeen:
    update = b.job_update(answer)
    return e.JobSeen(update.job_id, update, b.at(seconds))


def upload(slot: object, stage: UploadStage, key: str = "k", **more: object) -> e.UploadChanged:
    fields = {"year": 2026, "file_name": "new.csv", "size": 10, "started_at": b.at(3), **more}
    return e.UploadChanged(Upload(key=key, slot=slot, stage=stage, **fields))  # type: ignore[arg-type]
