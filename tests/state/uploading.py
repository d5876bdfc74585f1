"""A file, a slot and a scripted server that takes it: what the upload tests share."""

from __future__ import annotations

from pathlib import Path

from tests.remote.lines import Answer, said
from yearadmin.catalogue.modules import REDUCTION_SLOTS, Slot, SlotKind
from yearadmin.state.core import Core

from . import builders as b
from .scripted import YearServer

PLANE = Slot(2, 20, SlotKind.FACTOR)
TRAIN = Slot(2, 21, SlotKind.FACTOR)
FOOTPRINT = REDUCTION_SLOTS[0]
TEMP, DISPATCH, GET = "POST /v1/files/temp-upload", "POST /v1/sync/dispatch", "GET /v1/year-configuration/2026"
LANDED = b.job(41, meta={"processed_file_path": "processed/41/planes.csv", "stats": {"rows_processed": 31}})
ERRORS = {"row_errors": [{"row": 3, "reason": "no such class"}], "row_errors_count": 9, "rows_processed": 0}


def csv(folder: Path, name: str = "planes.csv") -> Path:
    path = folder / name
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    return path


def accepts(server: YearServer, *dispatched: Answer | dict[str, object]) -> None:
    server.on(TEMP, said([{"name": "planes.csv", "path": "tmp/17/planes.csv", "is_file": True}]))
    server.on(DISPATCH, *(item if not isinstance(item, dict) else said(item) for item in dispatched))


def started(job_id: int, pipeline_id: str | None = b.P1) -> dict[str, object]:
    return {"job_id": job_id, "state": 0, "message": "…", "progress": None, "pipeline_id": pipeline_id}


def steps(pipeline_id: str, root: int, *, status: str = "SUCCESS", message: str = "Success") -> list[dict[str, object]]:
    """The pictures of an upload of a file for one submodule, to its end."""
    failed, partial = status == "FAILED", status == "PARTIAL"
    first = b.ended(root, "factor_ingest", "ERROR" if failed else "SUCCESS", message)
    recalc = b.ended(root + 1, "emission_recalc", "ERROR" if partial else "SUCCESS", "no factors" if partial else "")
    pictures = [b.pipeline(pipeline_id, b.work(root, message="Parsing rows 1/2"))]
    if not failed:
        pictures.append(b.pipeline(pipeline_id, first, b.work(root + 1, "emission_recalc"), phase=2))
    jobs = [first] if failed else [first, recalc]
    if status == "SUCCESS":
        total = b.work(root + 2, "aggregation")
        pictures.append(b.pipeline(pipeline_id, *jobs, total, phase=3))
        jobs.append(b.ended(root + 2, "aggregation"))
        pictures.append(b.pipeline(pipeline_id, *jobs, phase=3))  # all finished, not done: finishing
    pictures.append(b.pipeline(pipeline_id, *jobs, phase=3, done=True, status=status, closed=True))
    return pictures


async def ready(core: Core) -> None:
    await core.connected()
    core.select_year(2026)
    await core.loaded(2026)
