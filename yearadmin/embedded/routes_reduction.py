"""The older way to load a reduction objective file (contract section 5.1.5): at once, all of its rows or none.

What the production server forgets (section 12, number 8) is stored here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from yearadmin.contract.enums import ReductionObjectiveType
from yearadmin.embedded import ingest, year_store
from yearadmin.embedded.auth import Editor
from yearadmin.embedded.context import context_of
from yearadmin.embedded.errors import invalid, refused
from yearadmin.embedded.files import FileStore
from yearadmin.embedded.params import YearNumber
from yearadmin.embedded.tables import now
from yearadmin.embedded.uploads import Landed, Upload, UploadError, discard, fresh_folder
from yearadmin.embedded.wire import offset

router = APIRouter(prefix="/year-configuration", tags=["years"])

CATEGORIES = {
    "footprint": ReductionObjectiveType.INSTITUTIONAL_FOOTPRINT,
    "population": ReductionObjectiveType.POPULATION_PROJECTIONS,
    "scenarios": ReductionObjectiveType.UNIT_SCENARIOS,
}
MAX_BYTES = 10 * 1024 * 1024  # of a CSV file, which is read whole
_ENDINGS = (".csv", ".xlsx", ".xls", ".pdf")


class _RowsError(Exception):
    """A CSV file that is refused; ``errors`` are sentences."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__(errors[0])
        self.errors = errors


def _check_name(name: str, kind: str) -> None:
    if not name.lower().endswith(_ENDINGS):
        raise UploadError(400, f"Only {', '.join(_ENDINGS)} files are accepted.")


@router.post("/{year}/upload")
async def upload_reduction_file(request: Request, year: YearNumber, user: Editor) -> Response:
    """Store a reduction objective file and, when it is a CSV file, its rows."""
    context = context_of(request)
    files = FileStore(context.settings.files_dir)
    folder = fresh_folder(files.root)
    taking = Upload(request.headers.get("content-type", ""), folder, "file", _check_name)
    try:
        await taking.read(request.stream())
        kind, item = _complete(taking)
        async with context.database.reading() as connection:
            if await connection.run_sync(year_store.answer, user, year) is None:
                raise refused(404, f"The year {year} is not configured.")
        rows = await run_in_threadpool(_rows, folder / item.name, year, kind)
        path = f"reduction_objectives/{taking.values['category']}/{_own_name(item.name)}"
        landed = {
            "path": path,
            "filename": path.rpartition("/")[2],
            "uploaded_at": offset(now()),
            "rows_processed": None if rows is None else len(rows),
        }
        change: dict[str, Any] = {"files": {kind.key: landed}} | ({} if rows is None else {kind.key: rows})
        await run_in_threadpool(_keep, folder / item.name, files.place(path))
        async with context.database.writing() as connection:
            await connection.run_sync(year_store.change, user, year, None, {"reduction_objectives": change})
    except _RowsError as error:
        return JSONResponse({"detail": {"errors": error.errors}}, 422)
    finally:
        await run_in_threadpool(discard, folder)
    return JSONResponse({"success": True, "file": landed, "message": "The file was stored"})


def _complete(taking: Upload) -> tuple[ReductionObjectiveType, Landed]:
    if taking.fault is not None:
        raise refused(taking.fault.status, str(taking.fault))
    if not taking.landed:
        raise invalid(("body", "file"), "Field required", None, "missing")
    category = taking.values.get("category")
    if category is None:
        raise invalid(("body", "category"), "Field required", None, "missing")
    if category not in CATEGORIES:
        *others, last = map(repr, CATEGORIES)
        expected = f"{', '.join(others)} or {last}"
        raise invalid(
            ("body", "category"), f"Must be {expected}", category, "literal_error", context={"expected": expected}
        )
    if len(taking.landed) > 1:
        raise refused(400, "Send one file at a time.")
    return CATEGORIES[category], taking.landed[0]


def _own_name(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem[:100]}_{uuid4().hex}.{ending}"


def _keep(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _rows(file: Path, year: int, kind: ReductionObjectiveType) -> list[dict[str, Any]] | None:
    """The rows of a CSV file, None of another one. Raises :class:`_RowsError` unless every row is right."""
    if not file.name.lower().endswith(".csv"):
        return None
    if file.stat().st_size > MAX_BYTES:
        raise HTTPException(400, f"A reduction file may have at most {MAX_BYTES // 2**20} MiB.")
    content = file.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:  # the only place where the contract knows another encoding (section 10.1)
        file.write_text(content.decode("latin-1"), encoding="utf-8", newline="")
    work = ingest.Work(
        connection=None,  # type: ignore[arg-type]  # a reduction file is checked against nothing but itself
        job_id=0,
        year=year,
        reduction=int(kind),
        path=file,
    )
    try:
        with ingest.prepare_reduction(work) as prepared:
            errors, rows = prepared.errors.kept, [row for chunk in prepared.spool.chunks() for row in chunk]
    except ingest.IngestError as error:
        errors, rows = error.meta.get("row_errors", []), []
        if not errors:
            raise _RowsError([str(error)]) from error
    if errors:
        raise _RowsError([_told(error) for error in errors])
    return rows


def _told(error: dict[str, Any]) -> str:
    """A refused row as this door counts them: the header is row 1."""
    field, _, reason = str(error["reason"]).partition(": ")
    return f"Row {error['row'] + 1}, field '{field}': {reason}"
