"""The backend's own tables: people, units, reports, years, pipelines, jobs, workers and the audit trail.

Defines columns only; what data files bring (entries, factors, references) lives in ``entry_tables``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

from yearadmin.embedded.metadata import metadata


class Utc(TypeDecorator[datetime]):
    """A moment in UTC, always with its offset in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; SQLite keeps no offset."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the offset back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    """The present moment, UTC."""
    return datetime.now(UTC)


def _id() -> Column[Any]:
    return Column("id", Integer, primary_key=True)


users = Table(
    "users",
    metadata,
    _id(),
    Column("institutional_id", String(100), nullable=False),
    Column("provider", Integer, nullable=False),
    Column("email", String(320), nullable=False),
    Column("display_name", String(200)),
    Column("roles_raw", JSON, nullable=False),  # as on the wire: [{"role": …, "on": {…}}]
    Column("last_login", Utc),
    UniqueConstraint("institutional_id", "provider"),
)

units = Table(
    "units",
    metadata,
    _id(),
    Column("institutional_id", String(100), nullable=False),
    Column("provider", Integer, nullable=False),
    Column("name", String(300), nullable=False),
    Column("level", Integer, nullable=False),
    Column("parent_institutional_id", String(100)),
    Column("principal_user_id", ForeignKey("users.id"), index=True),
    UniqueConstraint("institutional_id", "provider"),
)

carbon_reports = Table(
    "carbon_reports",
    metadata,
    _id(),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False, index=True),
    UniqueConstraint("unit_id", "year"),
)

carbon_report_modules = Table(
    "carbon_report_modules",
    metadata,
    _id(),
    Column("carbon_report_id", ForeignKey("carbon_reports.id"), nullable=False),
    Column("module_type_id", Integer, nullable=False),
    UniqueConstraint("carbon_report_id", "module_type_id"),
)

year_configurations = Table(
    "year_configurations",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("provider", Integer, primary_key=True, autoincrement=False),
    Column("is_started", Boolean, nullable=False),
    Column("configuration_completed", Utc),
    Column("config", JSON, nullable=False),  # without the keys each answer injects
    Column("updated_at", Utc, nullable=False),
)

pipelines = Table(
    "pipelines",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("expected_recalculations", Integer),
    Column("created_at", Utc, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    _id(),
    Column("job_type", String(40)),  # null on bookkeeping rows, which no worker runs
    Column("pipeline_id", ForeignKey("pipelines.id"), index=True),
    Column("parent_id", ForeignKey("jobs.id"), index=True),
    Column("entity_type", Integer, nullable=False),
    Column("entity_id", Integer),
    Column("module_type_id", Integer),
    Column("data_entry_type_id", Integer),
    Column("year", Integer),
    Column("target_type", Integer),
    Column("ingestion_method", Integer, nullable=False),
    Column("provider", Integer, nullable=False),
    Column("state", Integer, nullable=False, index=True),
    Column("result", Integer),
    Column("status_message", Text),
    Column("meta", JSON, nullable=False),
    Column("is_current", Boolean, nullable=False, server_default=false()),
    Column("locked_by", String(100)),
    Column("locked_at", Utc),
    Column("started_at", Utc),
    Column("finished_at", Utc),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("max_attempts", Integer, nullable=False, server_default="3"),
    Column("run_after", Utc),
    Index("ix_jobs_year_is_current", "year", "is_current"),
)

workers = Table(
    "workers",
    metadata,
    Column("pod_id", String(100), primary_key=True),
    Column("app_version", String(40), nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("last_heartbeat_at", Utc, nullable=False),
)

audit_documents = Table(
    "audit_documents",
    metadata,
    _id(),
    Column("entity_type", String(60), nullable=False),
    Column("entity_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("change_type", String(20), nullable=False, index=True),
    Column("change_reason", Text),
    Column("changed_by", Integer),
    Column("changed_by_display_name", String(200)),
    Column("changed_at", Utc, nullable=False, index=True),
    Column("handler_id", String(100), nullable=False),
    Column("handled_ids", JSON, nullable=False),
    Column("ip_address", String(60), nullable=False),
    Column("route_path", String(300)),
    Column("data_snapshot", JSON),
    Column("data_diff", JSON),
    Column("previous_hash", String(64)),
    Column("current_hash", String(64), nullable=False),
    UniqueConstraint("entity_type", "entity_id", "version"),
)
