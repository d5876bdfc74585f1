"""Recalculation: kg CO₂-eq of every data entry of a year's types, from that year's factors (see ``formulas``).

Writes only what has changed; never touches an entry's cells. Many emissions are written bit by bit: whoever is stopped
in between leaves a type whose recalculation is still asked for (contract section 5.2.8), and the totals of before.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from yearadmin.contract.enums import JobResult
from yearadmin.embedded.entry_tables import data_entries, entry_loads
from yearadmin.embedded.ingest import loads
from yearadmin.embedded.ingest.books import read_book
from yearadmin.embedded.ingest.formulas import Formula, emission, formula
from yearadmin.embedded.ingest.model import Outcome, Prepared, Spool, Task, Work
from yearadmin.embedded.ingest.progress import Meter
from yearadmin.embedded.ingest.sql import update_many
from yearadmin.embedded.ingest.targets import module_types, needed_module, needed_year

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from yearadmin.embedded.ingest.entries import Transactions

_PAGE = 4_000
_KEPT_DETAILS = 20


def prepare(work: Work) -> Prepared:
    """Work out the emissions of ``work.dets``, else ``work.det``, else all types of the module."""
    prepared = Prepared(task=Task.RECALCULATION, work=work, spool=Spool())
    try:
        year = needed_year(work)
        one = () if work.det is None else (work.det,)
        types = work.dets or one or module_types(needed_module(work))
        wanted = select(func.coalesce(func.sum(entry_loads.c.entries), 0)).where(*loads.current(year, types))
        meter = Meter(work, "Recalculating emissions", work.connection.scalar(wanted) or 0)
        touched: set[int] = set()
        done = 0
        for det in types:
            done = _recalculate(prepared, year, det, meter, done, touched)
        meter.tick(done)
        prepared.counts = {"recalculated": done - prepared.errors.count}
        prepared.touched = sorted(touched)
    except BaseException:
        prepared.close()
        raise
    return prepared


def _recalculate(prepared: Prepared, year: int, det: int, meter: Meter, done: int, touched: set[int]) -> int:
    """Work out one type, page by page; the rows done so far."""
    connection = prepared.work.connection
    calculate = formula(det, read_book(connection, year, det))
    for load in loads.current_ids(connection, year, det):
        done = _recalculate_load(prepared, load, calculate, meter, done, touched)
    return done


def _recalculate_load(
    prepared: Prepared, load: int, calculate: Formula, meter: Meter, done: int, touched: set[int]
) -> int:
    connection = prepared.work.connection
    table = data_entries.c
    page = (
        select(table.id, table.carbon_report_module_id, table.data, table.kg_co2eq)
        .where(table.load_id == load, table.id > bindparam("last"))
        .order_by(table.id)
        .limit(_PAGE)
    )
    last = 0
    while rows := connection.execute(page, {"last": last}).all():
        chunk: list[tuple[float | None, int]] = []
        for number, report_module, data, before in rows:
            try:
                now = emission(json.loads(data), calculate)
            except (ValueError, KeyError, TypeError) as error:  # an entry another program wrote
                prepared.errors.add(number, f"data entry {number}: {type(error).__name__}: {error}")
                continue
            touched.add(report_module)
            if now != before:
                chunk.append((now, number))
        prepared.spool.add(chunk)
        last = rows[-1][0]
        done += len(rows)
        meter.tick(done)
    return done


def write_ahead(prepared: Prepared, transactions: Transactions, job_id: int) -> None:
    """Store many emissions bit by bit, one short transaction per page. Raises ``Aborted``."""
    if prepared.spool.rows <= loads.SMALL:
        return
    meter = Meter(prepared.work, "Storing emissions", prepared.spool.rows)
    done = 0
    for chunk in prepared.spool.chunks():
        with transactions() as connection:
            _write_chunk(connection, chunk)
        done += len(chunk)
        meter.tick(done)
    prepared.written = True


def _write_chunk(connection: Connection, chunk: list[tuple[float | None, int]]) -> None:
    update_many(connection, data_entries.c.id, data_entries.c.kg_co2eq, chunk)


def write(connection: Connection, prepared: Prepared, job_id: int) -> Outcome:
    """Store the emissions that have changed, unless that was done ahead; ``job_id`` leaves no trace."""
    if not prepared.written:
        for chunk in prepared.spool.chunks():
            prepared.work.go_on()
            _write_chunk(connection, chunk)
    done, wrong = prepared.counts["recalculated"], prepared.errors.count
    told = {
        "recalculated": done,
        "modules_refreshed": len(prepared.touched),
        "affected_module_ids": prepared.touched,
        "errors": wrong,
        "error_details": [error["reason"] for error in prepared.errors.kept[:_KEPT_DETAILS]],
    }
    message = f"Emissions of {done:,} data entries recalculated."
    if wrong:
        message = f"{message[:-1]}; {wrong:,} could not be read."
    result = JobResult.WARNING if wrong else JobResult.SUCCESS
    return Outcome(result, message, {}, {"recalculation": told})
