"""Data entries belong to loads, so that a large file is written bit by bit and becomes visible in one moment.

Entries of older files become one load per year, type, source and job, each visible as its entries were.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the loads and give every entry its own."""
    op.create_table(
        "entry_loads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("data_entry_type_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_loads")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entry_loads_year_type_state", "entry_loads", ["year", "data_entry_type_id", "state"])
    op.create_index(op.f("ix_entry_loads_state"), "entry_loads", ["state"])
    op.add_column("data_entries", sa.Column("load_id", sa.Integer(), nullable=True))
    op.execute(
        "INSERT INTO entry_loads (job_id, year, data_entry_type_id, source, state, entries)"
        " SELECT job_id, year, data_entry_type_id, source, 1, count(*) FROM data_entries"
        " GROUP BY job_id, year, data_entry_type_id, source"
    )
    op.execute(
        "UPDATE data_entries SET load_id = (SELECT entry_loads.id FROM entry_loads"
        " WHERE entry_loads.year = data_entries.year"
        " AND entry_loads.data_entry_type_id = data_entries.data_entry_type_id"
        " AND entry_loads.source = data_entries.source"
        " AND coalesce(entry_loads.job_id, 0) = coalesce(data_entries.job_id, 0))"
    )
    op.drop_index("ix_data_entries_year_type_id", "data_entries")
    with op.batch_alter_table("data_entries", table_kwargs={"sqlite_autoincrement": True}) as entries:
        entries.alter_column("load_id", existing_type=sa.Integer(), nullable=False)
        entries.create_foreign_key(op.f("fk_data_entries_load_id_entry_loads"), "entry_loads", ["load_id"], ["id"])
    op.create_index("ix_data_entries_load_id_id", "data_entries", ["load_id", "id"])
