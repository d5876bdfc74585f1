"""Year configurations as stored: reading, creating and changing them (contract section 5.1), with their audit trail.

Works on a plain connection inside the caller's transaction; what may be stored is decided in ``years``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from yearadmin.contract.enums import JobType
from yearadmin.embedded import audit, years
from yearadmin.embedded.auth import User
from yearadmin.embedded.injected import current_jobs, recalculation_status, with_injected
from yearadmin.embedded.jobs import create_job, create_pipeline, unit_sync_job
from yearadmin.embedded.tables import now, year_configurations
from yearadmin.embedded.wire import naive, zulu

_rows = year_configurations


def _find(connection: Connection, user: User, year: int, *, to_change: bool = False) -> RowMapping | None:
    query = select(_rows).where(_rows.c.year == year, _rows.c.provider == int(user.provider))
    if to_change:
        query = query.with_for_update()  # what is read is what is merged into
    return connection.execute(query).mappings().first()


def answer(connection: Connection, user: User, year: int, pipeline_id: str | None = None) -> dict[str, Any] | None:
    """A year as every answer shows it (section 5.1.2); None when it is not configured."""
    row = _find(connection, user, year)
    if row is None:
        return None
    found = current_jobs(connection, year)
    return {
        "year": row["year"],
        "is_started": row["is_started"],
        "configuration_completed": zulu(row["configuration_completed"]),
        "config": with_injected(row["config"], found),
        "recalculation_status": recalculation_status(found, year),
        "updated_at": naive(row["updated_at"]),
        "pipeline_id": pipeline_id,
    }


def create(
    connection: Connection, user: User, year: int, is_started: bool, config: years.Config
) -> dict[str, Any] | None:
    """Create a year and the pipeline that provisions it. Raises IntegrityError when it exists."""
    values = {
        "year": year,
        "provider": int(user.provider),
        "is_started": is_started,
        "config": config,
        "updated_at": now(),
    }
    connection.execute(insert(_rows).values(**values))
    _record(connection, user, year, is_started, config, None, "CREATE")
    pipeline_id = create_pipeline(connection, JobType.UNIT_SYNC)
    create_job(connection, unit_sync_job(year, user.provider), pipeline_id)
    return answer(connection, user, year, pipeline_id)


def change(
    connection: Connection, user: User, year: int, is_started: bool | None, change: years.Config | None
) -> dict[str, Any] | None:
    """Merge a checked change into a year; None when it is not configured."""
    row = _find(connection, user, year, to_change=True)
    if row is None:
        return None
    started = row["is_started"] if is_started is None else is_started
    config = row["config"] if change is None else years.merged(row["config"], change)
    diff: dict[str, Any] = {}
    if started != row["is_started"]:
        diff["is_started"] = {"old": row["is_started"], "new": started}
    if config != row["config"]:
        diff["config"] = {"old": row["config"], "new": config}
    values = {"is_started": started, "config": config, "updated_at": now()}
    where = (_rows.c.year == year, _rows.c.provider == int(user.provider))
    connection.execute(update(_rows).where(*where).values(**values))
    _record(connection, user, year, started, config, diff, "UPDATE")
    return answer(connection, user, year)


def _record(
    connection: Connection,
    user: User,
    year: int,
    is_started: bool,
    config: years.Config,
    diff: dict[str, Any] | None,
    change_type: str,
) -> None:
    audit.record(
        connection,
        audit.Author(user.id, user.name, user.institutional_id, f"/api/v1/year-configuration/{year}"),
        entity_type=audit.YEAR_CONFIGURATION,
        entity_id=audit.year_entity_id(year, user.provider),
        change_type=change_type,
        reason=f"Year configuration {year} was {'created' if change_type == 'CREATE' else 'changed'}",
        snapshot={"provider": user.provider.name, "is_started": is_started, "config": config},
        diff=diff,
    )
