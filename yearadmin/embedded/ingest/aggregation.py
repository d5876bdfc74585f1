"""Aggregation: total kg CO₂-eq per unit of a module and year.

Adds up what a recalculation stored; never calculates an emission itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from yearadmin.contract.enums import JobResult
from yearadmin.embedded.entry_tables import data_entries, entry_loads, module_totals
from yearadmin.embedded.ingest import loads
from yearadmin.embedded.ingest.model import Outcome, Prepared, Spool, Task, Work
from yearadmin.embedded.ingest.progress import Meter
from yearadmin.embedded.ingest.targets import module_types, needed_module, needed_year
from yearadmin.embedded.tables import carbon_report_modules, carbon_reports, now

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CHUNK = 4_000
_COLUMNS = ("carbon_report_module_id", "unit_id", "kg_co2eq", "entries", "entries_without_emission")


def prepare(work: Work) -> Prepared:
    """Sum the module's entries per unit; units without entries have a total of 0 kg."""
    prepared = Prepared(task=Task.AGGREGATION, work=work, spool=Spool())
    try:
        year, module = needed_year(work), needed_module(work)
        entry = data_entries.c
        sums = (
            select(
                entry.carbon_report_module_id.label("owner"),
                func.sum(entry.kg_co2eq).label("total"),
                func.count().label("entries"),
                func.count(entry.kg_co2eq).label("known"),
            )
            .join(entry_loads, entry_loads.c.id == entry.load_id)
            .where(*loads.current(year, module_types(module)))
            .group_by(entry.carbon_report_module_id)
            .subquery()
        )
        owners = (
            select(carbon_report_modules.c.id, carbon_reports.c.unit_id, sums.c.total, sums.c.entries, sums.c.known)
            .join(carbon_reports, carbon_reports.c.id == carbon_report_modules.c.carbon_report_id)
            .outerjoin(sums, sums.c.owner == carbon_report_modules.c.id)
            .where(carbon_reports.c.year == year, carbon_report_modules.c.module_type_id == module)
            .order_by(carbon_report_modules.c.id)
        )
        work.go_on()
        work.report("Adding up the totals", 0, 0)
        found = [
            (owner, unit, total or 0.0, entries or 0, (entries or 0) - (known or 0))
            for owner, unit, total, entries, known in work.connection.execute(owners)
        ]
        meter = Meter(work, "Adding up the totals", len(found))
        for start in range(0, len(found), _CHUNK):
            prepared.spool.add(found[start : start + _CHUNK])
        prepared.counts = {
            "entries": sum(line[3] for line in found),
            "entries_without_emission": sum(line[4] for line in found),
        }
        prepared.total = sum(line[2] for line in found)
        meter.tick(len(found))
    except BaseException:
        prepared.close()
        raise
    return prepared


def write(connection: Connection, prepared: Prepared, job_id: int) -> Outcome:
    """Store the totals of the module and year in place of those before."""
    year, module = needed_year(prepared.work), needed_module(prepared.work)
    total = module_totals.c
    connection.execute(delete(module_totals).where(total.year == year, total.module_type_id == module))
    same = {"year": year, "module_type_id": module, "computed_at": now(), "job_id": job_id}
    for chunk in prepared.spool.chunks():
        prepared.work.go_on()
        connection.execute(
            insert(module_totals), [{**dict(zip(_COLUMNS, line, strict=True)), **same} for line in chunk]
        )
    units = prepared.spool.rows
    told = {"units": units, "kg_co2eq": prepared.total, **prepared.counts}
    return Outcome(JobResult.SUCCESS, f"Totals of {units:,} units added up.", {}, {"aggregation": told})
