"""Reduction objective CSV files: rows for the year's configuration (contract section 10.6).

Writes nothing itself: the rows go back to the caller, who owns the configuration. Counts in the message are the real
ones, unlike on the production server (section 12, number 20).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yearadmin.catalogue.cells import CellRefusedError, RowChecker
from yearadmin.catalogue.columns_others import REDUCTION_TABLES
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
)
from yearadmin.embedded.ingest.progress import Meter
from yearadmin.embedded.ingest.targets import needed_path, needed_year

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROW_LIMIT = 20_000
"""The most rows a reduction file may have: all of them travel in every answer about the year."""

_CHUNK = 2_000


def prepare(work: Work) -> Prepared:
    """Check a reduction file and keep its good rows; see ``ingest.prepare_reduction``."""
    prepared = Prepared(task=Task.REDUCTION, work=work, spool=Spool())
    try:
        needed_year(work)
        table = REDUCTION_TABLES.get(work.reduction) if work.reduction is not None else None
        if table is None:
            raise IngestError("Which reduction objective the file is for was not given; it must be 0, 1 or 2.")
        with CsvFile(needed_path(work)) as file:
            file.require(table.required)
            _read(work, file, RowChecker(table, file.header), prepared)
    except BaseException:
        prepared.close()
        raise
    return prepared


def _read(work: Work, file: CsvFile, checker: RowChecker, prepared: Prepared) -> None:
    meter = Meter(work, "Checking rows", file.total)
    chunk: list[dict[str, str | float | int]] = []
    errors = prepared.errors
    number = 0
    for number, cells in enumerate(file, 1):
        if number > ROW_LIMIT:
            raise IngestError(f"The file has more than {ROW_LIMIT:,} data rows, the most a reduction file may have.")
        if len(cells) < len(file.header):
            raise IngestError(
                f"Row {number:,} has {len(cells)} cells, but the header has {len(file.header)}. Nothing was written."
            )
        try:
            chunk.append(checker.read(cells))
        except CellRefusedError as refused:
            errors.add(number, str(refused))
        if not number % _CHUNK:
            meter.tick(number)
    prepared.spool.add(chunk)
    meter.tick(number)
    if not number:
        raise HeaderError("The file has a header but no data rows.")
    prepared.counts = {"rows_processed": prepared.spool.rows, "rows_skipped": errors.count}
    if not prepared.spool.rows:
        first = errors.kept[0]
        raise IngestError(
            f"None of the {number:,} rows can be used. Row {first['row']}: {first['reason']}.",
            {**prepared.counts, "row_errors": errors.kept, "row_errors_count": errors.count},
        )


def write(connection: Connection, prepared: Prepared, job_id: int) -> Outcome:
    """Give the rows back for ``config.reduction_objectives.<key>``; ``connection`` and ``job_id`` are left alone."""
    rows = [row for chunk in prepared.spool.chunks() for row in chunk]
    skipped = prepared.errors.count
    return Outcome(
        result_of(len(rows), skipped),
        counted_message(len(rows), skipped),
        {},
        {**prepared.counts, "row_errors": prepared.errors.kept, "row_errors_count": skipped},
        reduction_rows=rows,
    )
