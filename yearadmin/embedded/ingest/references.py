"""Reference CSV files: airports, stations and rooms, which replace those that were there (contract section 10.5).

What is answered instead of the production server's defects (section 12): a file without a usable row leaves the
earlier ones alone (26), a byte order mark is accepted (28), rows of the other transport mode are counted and said
(29), skipped rows are listed (20).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert

from yearadmin.catalogue.cells import CellRefusedError, RowChecker
from yearadmin.catalogue.columns_others import REFERENCE_TABLES, transport_mode
from yearadmin.embedded.entry_tables import building_rooms, locations
from yearadmin.embedded.ingest.books import natural_key
from yearadmin.embedded.ingest.csv_file import CsvFile
from yearadmin.embedded.ingest.model import (
    HeaderError,
    IngestError,
    Outcome,
    Prepared,
    Spool,
    Task,
    Work,
    result_of,
    top_level,
)
from yearadmin.embedded.ingest.progress import Meter
from yearadmin.embedded.ingest.seen import Seen
from yearadmin.embedded.ingest.sql import ManyWriter
from yearadmin.embedded.ingest.targets import needed_path

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CHUNK = 2_000
_COORDINATES = ("latitude", "longitude")
_PLACE_COLUMNS = (
    "transport_mode",
    "name",
    *_COORDINATES,
    "airport_size",
    "continent",
    "country_code",
    "municipality",
    "iata_code",
    "keywords",
    "natural_key",
)
_ROOM_COLUMNS = ("building_location", "building_name", "room_name", "room_type", "room_surface_square_meter")


def prepare(work: Work) -> Prepared:
    """Check a reference file and keep its good rows; see ``ingest.prepare_references``."""
    prepared = Prepared(task=Task.REFERENCES, work=work, spool=Spool())
    try:
        table = REFERENCE_TABLES.get(work.det) if work.det is not None else None
        if table is None:
            raise IngestError(f"There are no references for data entry type {work.det}; only for 20, 21 and 30.")
        with CsvFile(needed_path(work)) as file, Seen() as seen:
            file.require(table.required)
            _read(work, file, RowChecker(table, file.header), seen, prepared)
    except BaseException:
        prepared.close()
        raise
    return prepared


def _read(work: Work, file: CsvFile, checker: RowChecker, seen: Seen, prepared: Prepared) -> None:
    """Check all rows. Raises ``IngestError`` on a bad coordinate or when there is no row at all, ``Aborted``."""
    assert work.det is not None
    mode = transport_mode(work.det)
    mode_at = file.header.index("transport_mode") if mode else 0
    meter = Meter(work, "Checking references", file.total)
    chunk: list[tuple[Any, ...]] = []
    number = processed = others = 0
    for number, cells in enumerate(file, 1):
        if not number % _CHUNK:
            prepared.spool.add(chunk)
            chunk = []
            meter.tick(number)
        if mode and not any(cells):
            continue
        found = cells[mode_at].strip().lower() if mode_at < len(cells) else ""
        if mode and found and found != mode:
            others += 1
            continue
        try:
            row: dict[str, Any] = checker.read(cells)
        except CellRefusedError as refused:
            if mode and found and any(f"{name}: " in str(refused) for name in _COORDINATES):
                raise IngestError(f"Row {number:,} has no usable place: {refused}. Nothing was written.") from refused
            prepared.errors.add(number, str(refused))
            continue
        processed += 1
        if mode:
            row["transport_mode"] = mode
            key = row["natural_key"] = natural_key(row)
            if seen.add(key, number) is None:
                chunk.append(tuple(row.get(name) for name in _PLACE_COLUMNS))
        else:
            chunk.append(tuple(row.get(name) for name in _ROOM_COLUMNS))
    prepared.spool.add(chunk)
    meter.tick(number)
    if not number:
        raise HeaderError("The file has a header but no data rows.")
    prepared.counts = {
        "rows_processed": processed,
        "rows_skipped": prepared.errors.count,
        "rows_inserted": prepared.spool.rows,
    }
    if mode:
        prepared.counts["rows_other_mode"] = others


def write(connection: Connection, prepared: Prepared, job_id: int) -> Outcome:
    """Replace the references of that type, unless there is nothing to replace them by. ``job_id`` leaves no trace."""
    work, counts = prepared.work, prepared.counts
    inserted, skipped = counts["rows_inserted"], counts["rows_skipped"]
    mode = transport_mode(work.det) if work.det is not None else None
    if inserted:
        if mode:
            connection.execute(delete(locations).where(locations.c.transport_mode == mode))
            many = ManyWriter(connection, insert(locations).inline(), _PLACE_COLUMNS)
        else:
            connection.execute(delete(building_rooms))
            many = ManyWriter(connection, insert(building_rooms).inline(), _ROOM_COLUMNS)
        for chunk in prepared.spool.chunks():
            work.go_on()
            many.write(chunk)
    stats: dict[str, Any] = {
        **counts,
        "row_errors": prepared.errors.kept,
        "row_errors_count": prepared.errors.count,
    }
    name = {"filename": work.path.name} if work.path else {}
    return Outcome(
        result_of(inserted, skipped),
        _message(counts, mode),
        {**stats, **name},
        {**top_level(stats), **name, "inserted": inserted, "skipped": skipped},
    )


def _message(counts: dict[str, int], mode: str | None) -> str:
    """A sentence on what became of the rows."""
    inserted = counts["rows_inserted"]
    parts = [f"{inserted:,} stored", f"{counts['rows_skipped']:,} skipped"]
    if twice := counts["rows_processed"] - inserted:
        parts.append(f"{twice:,} listed before")
    if others := counts.get("rows_other_mode", 0):
        parts.append(f"{others:,} of another transport mode than {mode} left aside")
    kept = "" if inserted else " The references loaded earlier were kept."
    return f"References: {', '.join(parts)}.{kept}"
