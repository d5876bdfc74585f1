"""Writing the checked rows of a data file as entries: many at a time, unseen until the switch (contract section 10.2).

Checks nothing: that is ``data``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import insert

from yearadmin.embedded.entry_tables import DataEntrySource, DataEntryStatus, data_entries
from yearadmin.embedded.ingest import loads
from yearadmin.embedded.ingest.model import Outcome, Prepared, Work, counted_message, result_of, top_level
from yearadmin.embedded.ingest.progress import Meter
from yearadmin.embedded.ingest.sql import ManyWriter
from yearadmin.embedded.ingest.targets import (
    module_types,
    needed_module,
    needed_year,
    report_module_scope,
    report_modules,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

Transactions = Callable[[], AbstractContextManager["Connection"]]
"""Opens one short write transaction after the other; each raises when the job is no longer its worker's."""

_COLUMNS = ("carbon_report_module_id", "data_entry_type_id", "year", "source", "status", "data", "job_id", "load_id")


@dataclass(slots=True)
class _Written:
    """Loads begun and how far they are; ``modules`` are report module ids by unit id."""

    year: int
    source: DataEntrySource
    loads: dict[int, int]
    modules: dict[int, int]
    counts: Counter[int] = field(default_factory=Counter)
    batches: int = 0


def write_ahead(prepared: Prepared, transactions: Transactions, job_id: int) -> None:
    """Write all rows where nobody sees them, one short transaction per chunk. Raises ``Aborted``."""
    total = prepared.spool.rows
    if total <= loads.SMALL:
        return  # as quick within the switch
    work = prepared.work
    with transactions() as connection:
        written = _begin(connection, prepared, job_id)
    meter = Meter(work, "Storing rows", total)
    done = 0
    for chunk in prepared.spool.chunks():
        with transactions() as connection:
            _write_chunk(connection, written, chunk, job_id)
        done += len(chunk)
        meter.tick(done)
    prepared.written = written


def write(connection: Connection, prepared: Prepared, job_id: int) -> Outcome:
    """Let the rows count; a per-year file replaces what per-year files left of its types in that year."""
    counts = prepared.counts
    accepted, skipped = prepared.spool.rows, counts["rows_skipped"]
    replaced = batches = 0
    if accepted:
        written = prepared.written
        if not isinstance(written, _Written):
            written = _begin(connection, prepared, job_id)
            for chunk in prepared.spool.chunks():
                prepared.work.go_on()
                _write_chunk(connection, written, chunk, job_id)
        per_year = written.source is DataEntrySource.CSV_MODULE_PER_YEAR
        replaced = loads.switch(connection, written.loads, written.counts, written.year, replace=per_year)
        batches = written.batches
    stats = {
        **counts,
        "batches_processed": batches,
        "rows_replaced": replaced,
        "row_errors": prepared.errors.kept,
        "row_errors_count": prepared.errors.count,
    }
    return Outcome(
        result_of(accepted, skipped),
        counted_message(accepted, skipped),
        stats,
        {**top_level(stats), "row_errors": [], "inserted": accepted, "skipped": skipped},
    )


def _begin(connection: Connection, prepared: Prepared, job_id: int) -> _Written:
    work = prepared.work
    types = _types(work)
    if work.report_module is not None:
        unit, year, _ = report_module_scope(connection, work.report_module)
        modules = {unit: work.report_module}
        source = DataEntrySource.CSV_MODULE_UNIT_SPECIFIC
    else:
        year = needed_year(work)
        modules = report_modules(connection, year, needed_module(work), prepared.units)
        source = DataEntrySource.CSV_MODULE_PER_YEAR
    return _Written(year, source, loads.begin(connection, job_id, year, types, source), modules)


def _types(work: Work) -> tuple[int, ...]:
    return (work.det,) if work.det is not None else module_types(needed_module(work))


def _write_chunk(connection: Connection, written: _Written, chunk: list[tuple[int, int, str]], job_id: int) -> None:
    modules, begun, year, source = written.modules, written.loads, written.year, int(written.source)
    status = int(DataEntryStatus.VALIDATED)
    many = ManyWriter(connection, insert(data_entries).inline(), _COLUMNS)
    many.write([(modules[unit], det, year, source, status, data, job_id, begun[det]) for unit, det, data in chunk])
    written.counts.update(det for _, det, _ in chunk)
    written.batches += 1
