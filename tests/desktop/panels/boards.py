"""A year under work: recorded answers with single slots put into each state they can be in."""

from __future__ import annotations

import copy
from typing import Any

from tests.contract.recorded import JULY, recording
from tests.desktop.story import ago, live
from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.jobs import PipelineSnapshot
from yearadmin.contract.links import Link, LinkPhase
from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.contract.years import YearConfiguration
from yearadmin.state import events as e
from yearadmin.state.model import Upload, UploadStage
from yearadmin.state.store import Store

YEAR = 2026
PIPELINE = "308be0f1-50a3-4b95-a159-f12306ff3544"
OTHER_PIPELINE = "f5a6c0de-1111-4b95-a159-f12306ff3544"
TRAIN_FACTORS = Slot(2, 21, SlotKind.FACTOR)
TRAIN_REFERENCES = Slot(2, 21, SlotKind.REFERENCE)
TRAIN_DATA = Slot(2, 21, SlotKind.DATA)
PLANE_FACTORS = Slot(2, 20, SlotKind.FACTOR)
PLANE_REFERENCES = Slot(2, 20, SlotKind.REFERENCE)
PLANE_DATA = Slot(2, 20, SlotKind.DATA)
GOAL = {"target_year": 2030, "reduction_percentage": 0.29, "reference_year": 2019}
_TARGETS = {SlotKind.DATA: 0, SlotKind.FACTOR: 1, SlotKind.REFERENCE: 3}
_KEYS = {
    SlotKind.DATA: "latest_data_job",
    SlotKind.FACTOR: "latest_factor_job",
    SlotKind.REFERENCE: "latest_reference_job",
}


def job(slot: Slot, number: int = 500, *, result: int | None = 0, state: int = 3, **meta: object) -> dict[str, Any]:
    """The server's current job of a slot, in the shape of the recordings."""
    words = meta.pop("words", "Success")
    return {
        "job_id": number,
        "module_type_id": slot.module,
        "data_entry_type_id": slot.submodule,
        "year": YEAR,
        "ingestion_method": 1,
        "target_type": _TARGETS[slot.kind],
        "state": state,
        "result": result,
        "status_message": words,
        "meta": {"completed_at": "2026-11-23T14:58:22+00:00", **meta},
    }


def body(**changes: object) -> dict[str, Any]:
    """The recorded 2026, to be changed at will."""
    recorded: Any = recording(JULY, "281").body
    return {**copy.deepcopy(recorded), **changes}


def put(year: dict[str, Any], slot: Slot, made: dict[str, Any] | None) -> dict[str, Any]:
    """Make ``made`` the current job of a slot."""
    year["config"]["modules"][str(slot.module)]["submodules"][str(slot.submodule)][_KEYS[slot.kind]] = made
    return year


def store_with(year: dict[str, Any]) -> Store:
    """An operator looks at that year, live."""
    store = live()
    load(store, year)
    store.dispatch(e.YearPipelinesFound(YEAR, ()))
    return store


def load(store: Store, year: dict[str, Any]) -> None:
    """The server's answer for the year arrives."""
    store.dispatch(e.YearLoaded(year["year"], YearConfiguration.model_validate(year), ago(1)))


def busy_year() -> dict[str, Any]:
    """Professional travel with one slot in each state the server can report."""
    year = body()
    put(year, TRAIN_FACTORS, job(TRAIN_FACTORS, 500, rows_processed=31, processed_file_path="processed/500/trains.csv"))
    put(year, TRAIN_REFERENCES, job(TRAIN_REFERENCES, 501, rows_processed=3402, filename="stations.csv"))
    errors = [{"row": number, "reason": f"Unit '10{number}' is not known"} for number in range(1, 38)]
    warned = job(
        TRAIN_DATA,
        502,
        result=1,
        rows_processed=12000,
        rows_skipped=337,
        row_errors=errors,
        row_errors_count=337,
        processed_file_path="processed/502/a&b “été”.csv",
        words="WARNING: 12000 inserted, 337 skipped",
    )
    put(year, TRAIN_DATA, warned)
    put(year, PLANE_FACTORS, None)
    failed = job(
        PLANE_REFERENCES, 503, result=2, filename="airports.csv", words="Missing required columns: iata_code, latitude"
    )
    put(year, PLANE_REFERENCES, failed)
    put(year, PLANE_DATA, None)
    travel = year["config"]["modules"]["2"]
    travel["incomplete"] = True
    travel["submodules"]["20"].update(incomplete=True, incomplete_reasons=["missing_factor"], threshold=1250.5)
    year["config"]["reduction_objectives"]["goals"] = [dict(GOAL)]
    return year


def snapshot(slot: Slot, phase: int, words: str, number: int = 900, pipeline: str = PIPELINE) -> PipelineSnapshot:
    """A running pipeline of a slot, as the stream sends it."""
    kind = {SlotKind.DATA: "csv_ingest", SlotKind.FACTOR: "factor_ingest", SlotKind.REFERENCE: "reference_ingest"}
    root = {
        "job_id": number,
        "job_type": kind[slot.kind],
        "state": "RUNNING",
        "result": None,
        "status_message": words,
        "module_type_id": slot.module,
        "data_entry_type_id": slot.submodule,
        "year": YEAR,
    }
    progress = {"phase": phase, "done": False, "has_error": False, "status": "NOT_STARTED", "kind": kind[slot.kind]}
    return PipelineSnapshot.model_validate({"pipeline_id": pipeline, "jobs": [root], "progress": progress})


def run(store: Store, slot: Slot, phase: int = 1, words: str = "Parsing rows: 12/31", link: str = "live") -> None:
    """The slot's pipeline is followed and seen running."""
    store.dispatch(e.PipelineFollowed(PIPELINE, YEAR, ago(5)))
    store.dispatch(e.PipelineSeen(PIPELINE, snapshot(slot, phase, words), ago(1)))
    store.dispatch(e.PipelineLinkChanged(PIPELINE, Link(LinkPhase(link), ago(1))))


def upload(
    store: Store,
    slot: Slot,
    stage: UploadStage,
    *,
    sent: int = 0,
    problem: ProblemCode | None = None,
    server_words: str = "",
    name: str = "new.csv",
) -> Upload:
    """This run of the program uploads a file to the slot."""
    made = Upload(
        key=f"key of {slot.name}",
        year=YEAR,
        slot=slot,
        file_name=name,
        size=34_000_000,
        started_at=ago(9),
        stage=stage,
        sent=sent,
        problem=Problem(problem, subject=name, server_words=server_words) if problem else None,
        ended_at=ago(1) if stage is UploadStage.REFUSED else None,
    )
    store.dispatch(e.UploadChanged(made))
    return made
