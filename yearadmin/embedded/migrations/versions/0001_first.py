"""The first set of tables, as they were then: written out, so that old files upgrade whatever the tables become."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "audit_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_type", sa.String(length=60), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("change_type", sa.String(length=20), nullable=False),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_by_display_name", sa.String(length=200), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handler_id", sa.String(length=100), nullable=False),
        sa.Column("handled_ids", sa.JSON(), nullable=False),
        sa.Column("ip_address", sa.String(length=60), nullable=False),
        sa.Column("route_path", sa.String(length=300), nullable=True),
        sa.Column("data_snapshot", sa.JSON(), nullable=True),
        sa.Column("data_diff", sa.JSON(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=True),
        sa.Column("current_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_documents")),
        sa.UniqueConstraint("entity_type", "entity_id", "version", name=op.f("uq_audit_documents_entity_type")),
    )
    op.create_index(op.f("ix_audit_documents_change_type"), "audit_documents", ["change_type"], unique=False)
    op.create_index(op.f("ix_audit_documents_changed_at"), "audit_documents", ["changed_at"], unique=False)
    op.create_table(
        "building_rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("building_location", sa.Text(), nullable=False),
        sa.Column("building_name", sa.Text(), nullable=False),
        sa.Column("room_name", sa.Text(), nullable=False),
        sa.Column("room_type", sa.Text(), nullable=True),
        sa.Column("room_surface_square_meter", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building_rooms")),
    )
    op.create_table(
        "factors",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("data_entry_type_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("emission_type_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("classification", sa.Text(), nullable=False),
        sa.Column("factor_values", sa.Text(), nullable=False),
        sa.Column("last_seen_job_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factors")),
        sa.UniqueConstraint("year", "data_entry_type_id", "emission_type_id", "identity", name=op.f("uq_factors_year")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "locations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transport_mode", sa.String(length=16), nullable=False),
        sa.Column("natural_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("airport_size", sa.Text(), nullable=True),
        sa.Column("continent", sa.Text(), nullable=True),
        sa.Column("country_code", sa.Text(), nullable=True),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("iata_code", sa.Text(), nullable=True),
        sa.Column("keywords", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
    )
    op.create_index("ix_locations_transport_mode", "locations", ["transport_mode"], unique=False)
    op.create_table(
        "pipelines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("expected_recalculations", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pipelines")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institutional_id", sa.String(length=100), nullable=False),
        sa.Column("provider", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("display_name", sa.String(length=200), nullable=True),
        sa.Column("roles_raw", sa.JSON(), nullable=False),
        sa.Column("last_login", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("institutional_id", "provider", name=op.f("uq_users_institutional_id")),
    )
    op.create_table(
        "workers",
        sa.Column("pod_id", sa.String(length=100), nullable=False),
        sa.Column("app_version", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("pod_id", name=op.f("pk_workers")),
    )
    op.create_table(
        "year_configurations",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("provider", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_started", sa.Boolean(), nullable=False),
        sa.Column("configuration_completed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("config", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("year", "provider", name=op.f("pk_year_configurations")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_type", sa.String(length=40), nullable=True),
        sa.Column("pipeline_id", sa.String(length=36), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("entity_type", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column("module_type_id", sa.Integer(), nullable=True),
        sa.Column("data_entry_type_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("target_type", sa.Integer(), nullable=True),
        sa.Column("ingestion_method", sa.Integer(), nullable=False),
        sa.Column("provider", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("result", sa.Integer(), nullable=True),
        sa.Column("status_message", sa.Text(), nullable=True),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("is_current", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("locked_by", sa.String(length=100), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("max_attempts", sa.Integer(), server_default="3", nullable=False),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["jobs.id"], name=op.f("fk_jobs_parent_id_jobs")),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipelines.id"], name=op.f("fk_jobs_pipeline_id_pipelines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_parent_id"), "jobs", ["parent_id"], unique=False)
    op.create_index(op.f("ix_jobs_pipeline_id"), "jobs", ["pipeline_id"], unique=False)
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"], unique=False)
    op.create_index("ix_jobs_year_is_current", "jobs", ["year", "is_current"], unique=False)
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institutional_id", sa.String(length=100), nullable=False),
        sa.Column("provider", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent_institutional_id", sa.String(length=100), nullable=True),
        sa.Column("principal_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["principal_user_id"], ["users.id"], name=op.f("fk_units_principal_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("institutional_id", "provider", name=op.f("uq_units_institutional_id")),
    )
    op.create_index(op.f("ix_units_principal_user_id"), "units", ["principal_user_id"], unique=False)
    op.create_table(
        "carbon_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_carbon_reports_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carbon_reports")),
        sa.UniqueConstraint("unit_id", "year", name=op.f("uq_carbon_reports_unit_id")),
    )
    op.create_index(op.f("ix_carbon_reports_year"), "carbon_reports", ["year"], unique=False)
    op.create_table(
        "carbon_report_modules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("carbon_report_id", sa.Integer(), nullable=False),
        sa.Column("module_type_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carbon_report_id"],
            ["carbon_reports.id"],
            name=op.f("fk_carbon_report_modules_carbon_report_id_carbon_reports"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carbon_report_modules")),
        sa.UniqueConstraint(
            "carbon_report_id", "module_type_id", name=op.f("uq_carbon_report_modules_carbon_report_id")
        ),
    )
    op.create_table(
        "data_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("carbon_report_module_id", sa.Integer(), nullable=False),
        sa.Column("data_entry_type_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("kg_co2eq", sa.Float(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["carbon_report_module_id"],
            ["carbon_report_modules.id"],
            name=op.f("fk_data_entries_carbon_report_module_id_carbon_report_modules"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_entries")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_data_entries_year_type_id", "data_entries", ["year", "data_entry_type_id", "id"], unique=False)
    op.create_table(
        "module_totals",
        sa.Column("carbon_report_module_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("module_type_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kg_co2eq", sa.Float(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("entries_without_emission", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["carbon_report_module_id"],
            ["carbon_report_modules.id"],
            name=op.f("fk_module_totals_carbon_report_module_id_carbon_report_modules"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_module_totals_unit_id_units"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("carbon_report_module_id", name=op.f("pk_module_totals")),
    )
    op.create_index("ix_module_totals_year_module_type_id", "module_totals", ["year", "module_type_id"], unique=False)
