"""The tables rows of CSV files end up in: factors, data entries, locations, rooms and the totals computed from them.

Never holds rules or queries, and nothing here is peculiar to one database engine.
"""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from yearadmin.embedded.metadata import metadata


class DataEntrySource(IntEnum):
    """Where a data entry came from (contract section 4)."""

    USER_MANUAL = 0
    CSV_MODULE_PER_YEAR = 1
    CSV_MODULE_UNIT_SPECIFIC = 2
    API_MODULE_PER_YEAR = 3
    API_MODULE_UNIT_SPECIFIC = 4
    EXTERNAL_INTEGRATION = 5


class DataEntryStatus(IntEnum):
    """Whether a data entry counts (contract section 4)."""

    PENDING = 0
    VALIDATED = 1
    REJECTED = 2


class LoadState(IntEnum):
    """Whether the entries of a load count."""

    WRITING = 0  # not yet: its job is at work, or was interrupted
    CURRENT = 1
    GONE = 2  # no more: replaced or given up, and deleted bit by bit


_ROW_ID = BigInteger().with_variant(Integer(), "sqlite")

# ``identity`` is the SHA-256 (hex) of ``classification``, so that a unique index stays small whatever the cells hold.
factors = Table(
    "factors",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=True),
    Column("data_entry_type_id", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("emission_type_id", Integer, nullable=False),
    Column("identity", String(64), nullable=False),
    # JSON object of the classification columns, null for blank ones.
    Column("classification", Text, nullable=False),
    # JSON object of the remaining columns; absent ones are left out.
    Column("factor_values", Text, nullable=False),
    # The upload that listed this factor last: what ``GET /factors/stale`` compares (section 5.4).
    Column("last_seen_job_id", Integer, nullable=True),
    UniqueConstraint("year", "data_entry_type_id", "emission_type_id", "identity"),
    sqlite_autoincrement=True,
)

# What one job brought of one type in one year. A large file is written in many short transactions while nobody sees
# it; changing ``state`` is the one moment in which it takes the place of the earlier one.
entry_loads = Table(
    "entry_loads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job_id", Integer, nullable=True),
    Column("year", Integer, nullable=False),
    Column("data_entry_type_id", Integer, nullable=False),
    Column("source", Integer, nullable=False),
    Column("state", Integer, nullable=False, index=True),
    Column("entries", Integer, nullable=False),  # how many, once it is CURRENT
    Index("ix_entry_loads_year_type_state", "year", "data_entry_type_id", "state"),
    sqlite_autoincrement=True,
)

# An entry counts only while its load is CURRENT: read entries through ``ingest.loads``. Year, type and source repeat
# those of the load. The index gives the entries of a load by id, page after page. Ids are never used again, so an
# update can't hit a newer row.
data_entries = Table(
    "data_entries",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=True),
    Column("carbon_report_module_id", ForeignKey("carbon_report_modules.id", ondelete="CASCADE"), nullable=False),
    Column("data_entry_type_id", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("source", Integer, nullable=False),
    Column("status", Integer, nullable=False),
    # JSON object of the row's cells, converted; absent ones are left out.
    Column("data", Text, nullable=False),
    # kg CO₂-eq; null until calculated, or when it can't be calculated from the row, factors and references.
    Column("kg_co2eq", Float, nullable=True),
    Column("job_id", Integer, nullable=True),
    Column("load_id", ForeignKey("entry_loads.id"), nullable=False),
    Index("ix_data_entries_load_id_id", "load_id", "id"),
    sqlite_autoincrement=True,
)

# Airports and railway stations; global, of no year (section 10.5).
locations = Table(
    "locations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("transport_mode", String(16), nullable=False),
    Column("natural_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("airport_size", Text),
    Column("continent", Text),
    Column("country_code", Text),
    Column("municipality", Text),
    Column("iata_code", Text),
    Column("keywords", Text),
    Index("ix_locations_transport_mode", "transport_mode"),
)

# Rooms of all buildings; global, of no year (section 10.5). Surface in m².
building_rooms = Table(
    "building_rooms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("building_location", Text, nullable=False),
    Column("building_name", Text, nullable=False),
    Column("room_name", Text, nullable=False),
    Column("room_type", Text),
    Column("room_surface_square_meter", Float),
)

# What an aggregation leaves behind: one line per unit's report module, thus per unit, module and year.
module_totals = Table(
    "module_totals",
    metadata,
    Column(
        "carbon_report_module_id",
        ForeignKey("carbon_report_modules.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # The three say again what the report module says, so that totals are read without joins.
    Column("unit_id", ForeignKey("units.id", ondelete="CASCADE"), nullable=False),
    Column("module_type_id", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("kg_co2eq", Float, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("entries_without_emission", Integer, nullable=False),
    Column("computed_at", DateTime(timezone=True), nullable=False),  # UTC
    Column("job_id", Integer),
    Index("ix_module_totals_year_module_type_id", "year", "module_type_id"),
)
