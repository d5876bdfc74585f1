"""Factor CSV files: every row checked, then added to the year's factors or put in the place of the same factor.

Never deletes a factor: what a newer file no longer lists stays, and can be told by ``last_seen_job_id`` (section 5.4).
A byte order mark is accepted, unlike on the production server (contract section 12, number 28).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from yearadmin.catalogue.cells import CellRefusedError, RowChecker, shown
from yearadmin.catalogue.columns import text
from yearadmin.catalogue.columns_factors import FACTOR_TABLES, category_column, checks_header, factor_table
from yearadmin.catalogue.emission_types import emission_type
from yearadmin.contract.enums import DataEntryType
from yearadmin.embedded.entry_tables import factors
from yearadmin.embedded.ingest.csv_file import CsvFile
from yearadmin.embedded.ingest.model import (
    HeaderError,
    IngestError,
    Outcome,
    Prepared,
    Spool,
    Task,
    Work,
    counted_message,
    result_of,
    top_level,
)
from yearadmin.embedded.ingest.progress import Meter
from yearadmin.embedded.ingest.seen import Seen
from yearadmin.embedded.ingest.sql import ManyWriter
from yearadmin.embedded.ingest.targets import checked_det, module_types, needed_module, needed_path, needed_year

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

_CHUNK = 2_000
_KEY = ("year", "data_entry_type_id", "emission_type_id", "identity")
_COLUMNS = (*_KEY, "classification", "factor_values", "last_seen_job_id")


def prepare(work: Work) -> Prepared:
    """Check a factor file and keep its good rows (contract section 10.4); see ``ingest.prepare_factors``."""
    prepared = Prepared(task=Task.FACTORS, work=work, spool=Spool())
    try:
        needed_year(work)
        with CsvFile(needed_path(work)) as file, Seen() as seen:
            _Intake(work, file, seen).read(prepared)
    except BaseException:
        prepared.close()
        raise
    return prepared


class _Intake:
    """Checks the rows of one factor file."""

    def __init__(self, work: Work, file: CsvFile, seen: Seen) -> None:
        self._work = work
        self._file = file
        self._seen = seen
        self._module = needed_module(work)
        self._det = checked_det(work, self._module)
        self._category = category_column(self._module)
        self._checkers: dict[int, RowChecker] = {}
        if self._det is not None:
            file.require(factor_table(self._det).required)
        elif checks_header(self._module):
            table = factor_table(module_types(self._module)[0]).with_column(text(self._category))
            file.require(table.required)
        header = {name: index for index, name in enumerate(file.header)}
        self._category_at = header.get(self._category)

    def read(self, prepared: Prepared) -> None:
        """Check all rows. Raises ``IngestError`` when a factor is listed twice or there is no row, ``Aborted``."""
        meter = Meter(self._work, "Checking factors", self._file.total)
        chunk: list[tuple[int, int, str, str, str]] = []
        number = 0
        for number, raw in enumerate(self._file, 1):
            cells = [cell.strip() for cell in raw]
            try:
                chunk.append(self._factor(cells, number))
            except CellRefusedError as refused:
                prepared.errors.add(number, str(refused))
            if not number % _CHUNK:
                prepared.spool.add(chunk)
                chunk = []
                meter.tick(number)
        prepared.spool.add(chunk)
        meter.tick(number)
        if not number:
            raise HeaderError("The file has a header but no data rows.")
        prepared.counts = {"rows_processed": prepared.spool.rows, "rows_skipped": prepared.errors.count}

    def _factor(self, cells: list[str], number: int) -> tuple[int, int, str, str, str]:
        """Type, emission type, identity, classification and values of a row. Raises ``CellRefusedError``."""
        det = self._det if self._det is not None else self._type_of(cells)
        checker = self._checkers.get(det)
        if checker is None:
            checker = self._checkers[det] = RowChecker(factor_table(det), self._file.header)
        row: dict[str, Any] = checker.read(cells)
        classification = {name: row.pop(name, None) for name in factor_table(det).identity}
        kind = emission_type(det, classification)
        if isinstance(kind, str):
            raise CellRefusedError(kind)
        known_as = _json(classification, sort_keys=True)
        identity = hashlib.sha256(known_as.encode()).hexdigest()
        first = self._seen.add(f"{det} {kind} {identity}", number)
        if first is not None:
            named = ", ".join(f"{name} “{shown(value)}”" for name, value in classification.items() if value)
            raise IngestError(
                f"Rows {first:,} and {number:,} are the same factor ({named}). Nothing was written; keep one of them."
            )
        return det, kind, identity, known_as, _json(row)

    def _type_of(self, cells: list[str]) -> int:
        """The type a row of a common file names, as the contract's member name (section 10.4)."""
        place = self._category_at
        if place is None:
            raise CellRefusedError(f"{self._category}: the file has no such column")
        name = cells[place] if place < len(cells) else ""
        if not name:
            raise CellRefusedError(f"{self._category}: is empty")
        known = DataEntryType.__members__
        # Members are written small in files and large in code; only the small spelling counts.
        if name != name.lower() or name.upper() not in known or known[name.upper()] not in FACTOR_TABLES:
            raise CellRefusedError(f"{self._category}: “{shown(name)}” is no data entry type")
        return int(known[name.upper()])


def _json(value: dict[str, Any], *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"))


def write(connection: Connection, prepared: Prepared, job_id: int) -> Outcome:
    """Add new factors and update known ones in place, their ids kept (contract section 10.4)."""
    year = needed_year(prepared.work)
    many = ManyWriter(connection, _upsert(connection.dialect.name), _COLUMNS)
    batches = 0
    for chunk in prepared.spool.chunks():
        prepared.work.go_on()
        many.write([(year, *row, job_id) for row in chunk])
        batches += 1
    accepted, skipped = prepared.spool.rows, prepared.errors.count
    stats = {
        **prepared.counts,
        "batches_processed": batches,
        "row_errors": prepared.errors.kept,
        "row_errors_count": skipped,
        "factors_deleted": 0,
        "factors_upserted": accepted,
    }
    return Outcome(
        result_of(accepted, skipped),
        counted_message(accepted, skipped),
        stats,
        {**top_level(stats), "inserted": accepted, "skipped": skipped},
    )


def _upsert(dialect: str) -> SqliteInsert | PostgresInsert:
    """INSERT … ON CONFLICT in the engine's dialect; SQLite and PostgreSQL spell it alike."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgres_insert

        made = postgres_insert(factors).inline()
        return made.on_conflict_do_update(index_elements=list(_KEY), set_=_renewed(made.excluded))
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    new = sqlite_insert(factors).inline()
    return new.on_conflict_do_update(index_elements=list(_KEY), set_=_renewed(new.excluded))


def _renewed(new: Any) -> dict[str, Any]:
    return {"factor_values": new.factor_values, "last_seen_job_id": new.last_seen_job_id}
