"""Reading the audit trail (contract section 5.6): the list, its figures, one entry, an export.

Never changes an entry.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy import RowMapping, func, or_, select

from yearadmin.embedded.auth import LogViewer
from yearadmin.embedded.context import context_of
from yearadmin.embedded.errors import refused
from yearadmin.embedded.params import LARGEST, JobId, Moment
from yearadmin.embedded.tables import audit_documents, now
from yearadmin.embedded.wire import naive

EXPORTED = 10_000  # entries at most
_CSV_COLUMNS = (
    "id",
    "entity_type",
    "entity_id",
    "version",
    "change_type",
    "change_reason",
    "changed_by",
    "changed_at",
    "handler_id",
    "handled_ids",
    "ip_address",
    "route_path",
)

router = APIRouter(prefix="/audit", tags=["audit"])
_rows = audit_documents.c


def _conditions(
    user_id: Annotated[int | None, Query(ge=-LARGEST, le=LARGEST)] = None,
    handler_id: str | None = None,
    entity_type: str | None = None,
    entity_id: Annotated[int | None, Query(ge=-LARGEST, le=LARGEST)] = None,
    action: str | None = None,
    date_from: Moment | None = None,
    date_to: Moment | None = None,
    search: str | None = None,
    module: str | None = None,
) -> list[Any]:
    """The filters of all audit reads; an unknown action matches nothing."""
    found: list[Any] = []
    for column, value in (
        (_rows.changed_by, user_id),
        (_rows.handler_id, handler_id),
        (_rows.entity_type, entity_type),
        (_rows.entity_id, entity_id),
        (_rows.change_type, action.upper() if action else None),
    ):
        if value is not None:
            found.append(column == value)
    if date_from is not None:
        found.append(_rows.changed_at >= date_from)
    if date_to is not None:
        found.append(_rows.changed_at <= date_to)
    if search:
        texts = (_rows.entity_type, _rows.change_reason, _rows.changed_by_display_name, _rows.route_path)
        found.append(or_(*(text.icontains(search, autoescape=True) for text in texts)))
    if module:
        found.append(_rows.entity_type.icontains(module, autoescape=True))
    return found


Conditions = Annotated[list[Any], Depends(_conditions)]


def _entry(row: RowMapping) -> dict[str, Any]:
    summary = f"{row['change_type']} {row['entity_type']} #{row['entity_id']}"
    return {
        "id": row["id"],
        "entity_type": row["entity_type"],
        "entity_id": row["entity_id"],
        "version": row["version"],
        "change_type": row["change_type"],
        "change_reason": row["change_reason"],
        "changed_by": row["changed_by"],
        "changed_by_display_name": row["changed_by_display_name"],
        "changed_at": naive(row["changed_at"]),
        "handler_id": row["handler_id"],
        "handled_ids": row["handled_ids"],
        "ip_address": row["ip_address"],
        "route_path": row["route_path"],
        "message_summary": f"{summary} — {row['change_reason']}" if row["change_reason"] else summary,
        "sync_status": None,  # this backend passes its trail on to nobody
        "sync_error": None,
        "synced_at": None,
    }


@router.get("/activity")
async def activity(
    request: Request,
    user: LogViewer,
    conditions: Conditions,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 25,
    sort_by: str = "changed_at",
    sort_desc: bool = True,
) -> Response:
    """One page of entries."""
    column = _rows[sort_by] if sort_by in _CSV_COLUMNS else _rows.changed_at
    order = (column.desc(), _rows.id.desc()) if sort_desc else (column, _rows.id)
    query = select(audit_documents).where(*conditions).order_by(*order)
    async with context_of(request).database.reading() as connection:
        counting = select(func.count()).select_from(audit_documents).where(*conditions)
        total = (await connection.execute(counting)).scalar_one()
        found = await connection.execute(query.limit(page_size).offset((page - 1) * page_size))
        data = [_entry(row) for row in found.mappings()]
    return JSONResponse({"data": data, "pagination": {"page": page, "page_size": page_size, "total": total}})


@router.get("/stats")
async def stats(request: Request, user: LogViewer, conditions: Conditions) -> Response:
    """How many entries of each kind."""
    query = select(_rows.change_type, func.count()).where(*conditions).group_by(_rows.change_type)
    async with context_of(request).database.reading() as connection:
        counts: dict[str, int] = {row[0]: row[1] for row in await connection.execute(query)}
    kinds = {"creates": "CREATE", "reads": "READ", "updates": "UPDATE", "deletes": "DELETE"}
    shown = {name: counts.get(kind, 0) for name, kind in kinds.items()}
    return JSONResponse({"total_entries": sum(counts.values()), **shown})


@router.get("/activity/{entry_id}")
async def entry(request: Request, entry_id: JobId, user: LogViewer) -> Response:
    """One entry with what was stored and what differed."""
    async with context_of(request).database.reading() as connection:
        query = select(audit_documents).where(_rows.id == entry_id)
        row = (await connection.execute(query)).mappings().first()
    if row is None:
        raise refused(404, f"There is no audit entry {entry_id}.")
    return JSONResponse({**_entry(row), "data_snapshot": row["data_snapshot"], "data_diff": row["data_diff"]})


@router.get("/export")
async def export(
    request: Request,
    user: LogViewer,
    conditions: Conditions,
    kind: Annotated[str, Query(alias="format", pattern="^(csv|json)$")] = "csv",
) -> Response:
    """The entries as a file."""
    query = select(audit_documents).where(*conditions).order_by(_rows.id.desc()).limit(EXPORTED)
    async with context_of(request).database.reading() as connection:
        entries = [_entry(row) for row in (await connection.execute(query)).mappings()]
    if kind == "json":
        body, media = json.dumps(entries, ensure_ascii=False), "application/json"
    else:
        body, media = _as_csv(entries), "text/csv"
    name = f"audit_export_{now():%Y-%m-%d}.{kind}"
    return Response(body, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _as_csv(entries: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _CSV_COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for item in entries:
        writer.writerow({**item, "handled_ids": ";".join(item["handled_ids"])})
    return text.getvalue()
