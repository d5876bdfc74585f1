"""Every recorded answer of the production server, of July and of May 2026, is read whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel, TypeAdapter

from yearadmin.contract.enums import Provisioned
from yearadmin.contract.files import FileNode
from yearadmin.contract.jobs import DispatchRequest, JobStarted, JobUpdate, PipelineSnapshot
from yearadmin.contract.problems import ProblemCode
from yearadmin.contract.session import CurrentUser
from yearadmin.contract.years import YearConfiguration, YearSummary
from yearadmin.remote.eventstream import EventDecoder
from yearadmin.remote.failures import Reply, failure_of

from .recorded import JULY, MAY, Recording, every, find, recording

# What the server sends and this program has no use for; anything else it sends must be in a model.
UNUSED = {
    "FileNode": {"children"},
    "JobUpdate": {"status"},
    "ReductionObjectives": {"institutional_footprint", "population_projections", "unit_scenarios"},
    "ModuleRecalculation": {"year"},
    "TypeRecalculation": {
        "year",
        "last_factor_job_id",
        "last_factor_job_result",
        "last_recalculation_job_id",
        "last_recalculation_job_result",
    },
}


def losses(model: object, raw: object, place: str = "") -> Iterator[str]:
    """Every place where ``model`` does not say what ``raw`` says."""
    if isinstance(model, BaseModel):
        assert isinstance(raw, Mapping), place
        used = set()
        for name, field in type(model).model_fields.items():
            choices = getattr(field.validation_alias, "choices", [name])
            key = next((item for item in choices if item in raw), None)
            if key is not None:
                used.add(key)
                yield from losses(getattr(model, name), raw[key], f"{place}.{name}")
        unread = set(raw) - used - UNUSED.get(type(model).__name__, set())
        if unread:
            yield f"{place}: {sorted(unread)} not read into {type(model).__name__}"
    elif isinstance(model, Mapping) and isinstance(raw, Mapping):
        for key, item in raw.items():
            if item is not None:
                yield from losses(model.get(key), item, f"{place}.{key}")
    elif isinstance(model, (list, tuple)) and isinstance(raw, list):
        if len(model) != len(raw):
            yield f"{place}: {len(model)} items of {len(raw)}"
        for number, (one, other) in enumerate(zip(model, raw, strict=False)):
            yield from losses(one, other, f"{place}[{number}]")
    elif not says(model, raw):
        yield f"{place}: {raw!r} read as {model!r}"


def says(value: object, raw: object) -> bool:
    if isinstance(value, IntEnum):
        return raw in (value.value, value.name)
    if isinstance(value, datetime):
        sent = datetime.fromisoformat(str(raw))
        return value == (sent.replace(tzinfo=UTC) if sent.tzinfo is None else sent)
    if isinstance(value, UUID):
        return str(value) == raw
    return value == raw


YEARS = tuple[YearSummary, ...]
ANSWERS: list[tuple[str, str, Any]] = [
    *((JULY, number, CurrentUser) for number in ("005", "007", "008")),
    (MAY, "010", CurrentUser),
    *((JULY, number, YEARS) for number in ("050", "284")),
    *((MAY, number, YEARS) for number in ("046", "109")),
    *((JULY, number, YearConfiguration) for number in ("029", "037", "088", "233", "281")),
    (MAY, "211", YearConfiguration),
    *((JULY, number, tuple[UUID, ...]) for number in ("031",)),
    (MAY, "080", tuple[UUID, ...]),
    *((JULY, number, dict[int, UUID]) for number in ("095", "166")),
    (MAY, "085", dict[int, UUID]),
    *((JULY, number, PipelineSnapshot) for number in ("046", "116")),
    (MAY, "086", PipelineSnapshot),
    *((JULY, number, JobStarted) for number in ("098", "259")),
    (MAY, "101", JobStarted),
    *((JULY, number, tuple[FileNode, ...]) for number in ("097", "290")),
]


@pytest.mark.parametrize(("folder", "number", "kind"), ANSWERS, ids=[f"{item[0]}-{item[1]}" for item in ANSWERS])
def test_an_answer_is_read_field_by_field_as_it_was_sent(folder: str, number: str, kind: Any) -> None:
    sent = recording(folder, number)
    assert sent.status in (200, 201)
    model: object = TypeAdapter(kind).validate_json(sent.text)
    if isinstance(sent.body, Mapping) and isinstance(model, dict):
        assert {str(key): str(value) for key, value in model.items()} == sent.body
    else:
        assert list(losses(model, sent.body)) == []


def test_a_year_tells_whether_it_is_provisioned_or_that_its_server_does_not_say() -> None:
    read = TypeAdapter(YearConfiguration).validate_json
    assert read(recording(JULY, "037").text).provisioned is Provisioned.NO
    assert read(recording(JULY, "281").text).provisioned is Provisioned.YES
    assert read(recording(MAY, "211").text).provisioned is Provisioned.UNKNOWN


STREAMS = {
    (JULY, "047"): 2,
    (JULY, "055"): 1,
    (JULY, "100"): 2,
    (JULY, "107"): 3,
    (JULY, "142"): 3,
    (JULY, "145"): 3,
    (JULY, "172"): 3,
    (JULY, "260"): 3,
    (JULY, "268"): 2,
    (MAY, "067"): 3,
    (MAY, "073"): 2,
    (MAY, "079"): 4,
    (MAY, "134"): 3,
}


@pytest.mark.parametrize(("folder", "number"), STREAMS, ids=[f"{folder}-{number}" for folder, number in STREAMS])
def test_a_recorded_stream_gives_its_events_whatever_the_network_cuts_it_into(folder: str, number: str) -> None:
    path = find(folder, number)
    whole = path.read_bytes()
    decoder = EventDecoder()
    events = [event for at in range(0, len(whole), 7) for event in decoder.feed(whole[at : at + 7])]
    assert len(events) == STREAMS[folder, number]
    assert events == EventDecoder().feed(whole)
    last = None
    for event in events:
        if event.event == "ping":
            assert event.data == "{}"
            continue
        kind = PipelineSnapshot if event.event == "pipeline-update" else JobUpdate
        last = kind.model_validate_json(event.data)
        assert list(losses(last, json.loads(event.data))) == []
    assert last is not None
    if number == "055":
        assert isinstance(last, JobUpdate)
        assert not last.is_known
    else:
        assert last.stream_closed
        assert last.is_terminal


def test_every_recording_kept_here_is_used() -> None:
    used = (
        {(folder, number) for folder, number, _ in ANSWERS}
        | set(STREAMS)
        | {item[:2] for item in REFUSALS}
        | OTHERS
        | SERVED
    )
    kept = {(folder, path.name[:3]) for folder in (JULY, MAY) for path in Path(find(folder, "046")).parent.iterdir()}
    assert kept == used


def test_a_pipeline_of_may_without_progress_shows_by_its_jobs_that_it_failed() -> None:
    (_, last) = EventDecoder().feed(find(MAY, "073").read_bytes())
    snapshot = PipelineSnapshot.model_validate_json(last.data)
    assert snapshot.progress is None
    assert (snapshot.is_terminal, snapshot.has_failed) == (True, True)


def test_what_this_program_dispatches_is_what_the_production_page_sent() -> None:
    for folder, number in ((JULY, "098"), (MAY, "101")):
        sent = recording(folder, number)
        request = DispatchRequest.model_validate(sent.request_body)
        body = request.model_dump(mode="json", exclude_none=True)
        assert body == sent.request_body


REFUSALS = [
    (JULY, "011", ProblemCode.NOT_SIGNED_IN),
    (JULY, "016", ProblemCode.NOT_FOUND),
    (JULY, "019", ProblemCode.NOT_FOUND),
    (JULY, "022", ProblemCode.REFUSED),
    (JULY, "025", ProblemCode.CONFLICT),
    (JULY, "026", ProblemCode.FORBIDDEN),
    (JULY, "056", ProblemCode.NOT_FOUND),
    (JULY, "067", ProblemCode.REFUSED),
    (JULY, "077", ProblemCode.REFUSED),
    (JULY, "190", ProblemCode.NOT_CSV),
    (JULY, "197", ProblemCode.BUSY),
    (JULY, "295", ProblemCode.SERVER_ERROR),
    (JULY, "296", ProblemCode.NOT_FOUND),
    (MAY, "013", ProblemCode.NOT_SIGNED_IN),
    (MAY, "017", ProblemCode.SERVER_ERROR),
    (MAY, "077", ProblemCode.CONFLICT),
    (MAY, "298", ProblemCode.FORBIDDEN),
    (MAY, "320", ProblemCode.SERVER_ERROR),
]
OTHERS = {(JULY, "001"), (JULY, "010")}
# What the embedded backend's answers are compared with.
SERVED = {(JULY, number) for number in ("043", "044", "052", "053", "187", "238", "239", "245", "247")} | {
    (JULY, number) for number in ("068", "137", "149", "154", "218")
}
SERVED |= {
    (MAY, number)
    for number in (
        *("011", "104", "107", "112", "118", "125", "127", "133", "143", "157", "166", "167", "196", "236", "248"),
        "265",
    )
}


def reply_of(sent: Recording) -> Reply:
    return Reply(sent.status, sent.media_type, sent.text, f"{sent.method} {sent.path}", "1", datetime.now(UTC))


@pytest.mark.parametrize(("folder", "number", "code"), REFUSALS)
def test_a_recorded_refusal_is_told_by_its_own_name_in_the_servers_words(
    folder: str, number: str, code: ProblemCode
) -> None:
    failure = failure_of(reply_of(recording(folder, number)))
    assert failure is not None
    assert failure.problem.code is code
    assert failure.problem.server_words


def test_a_list_of_complaints_names_each_place() -> None:
    failure = failure_of(reply_of(recording(JULY, "022")))
    assert failure is not None
    (error,) = failure.problem.errors
    assert error.startswith("path.year: ")


def test_signing_in_and_renewing_set_both_cookies() -> None:
    for folder, number in OTHERS:
        sent = recording(folder, number)
        names = {value.partition("=")[0] for name, value in sent.headers if name == "set-cookie"}
        assert names == {"auth_token", "refresh_token"}
    assert failure_of(reply_of(recording(JULY, "010"))) is None


def test_the_recordings_hold_no_token() -> None:
    for folder in (JULY, MAY):
        for path in every(folder, "json"):
            text = path.read_text(encoding="utf-8")
            assert "_token=" not in text.replace("auth_token=<token>", "").replace("refresh_token=<token>", "")
