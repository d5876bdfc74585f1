"""Computed factors of research facilities: the sums a facility's use is charged with, from its own unit's emissions.

A facility whose id is a unit's institutional id emits what that unit's entries of the year emit, kind by kind; sums of
other facilities stay as they were loaded. Never adds or deletes a factor, and leaves ``last_seen_job_id`` alone, which
tells what the last file listed (contract sections 5.2.2 and 5.4).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, update

from yearadmin.contract.enums import DataEntryType, JobResult
from yearadmin.embedded.entry_tables import data_entries, entry_loads, factors
from yearadmin.embedded.ingest import loads
from yearadmin.embedded.ingest.model import IngestError, Outcome, Prepared, Spool, Task, Work, result_of, top_level
from yearadmin.embedded.ingest.sql import ManyWriter
from yearadmin.embedded.ingest.targets import needed_year, unit_ids
from yearadmin.embedded.tables import carbon_report_modules, carbon_reports

if TYPE_CHECKING:
    from sqlalchemy import Connection

_T = DataEntryType
PARTS: dict[str, tuple[int, ...]] = {
    "processemissions": (_T.PROCESS_EMISSIONS,),
    "building_energycombustions": (_T.ENERGY_COMBUSTION,),
    "building_rooms": (_T.BUILDING,),
    "purchases_common": tuple(kind for kind in _T if _T.SCIENTIFIC_EQUIPMENT <= kind <= _T.OTHER_PURCHASES),
    "purchases_additional": (_T.ADDITIONAL_PURCHASES,),
    "equipments": (_T.SCIENTIFIC, _T.IT, _T.OTHER),
}
"""Which data entries a part of a facility's sum is made of; the parts together are the whole sum."""


def prepare(work: Work) -> Prepared:
    """Work out the sums of the year's facilities of type ``work.det``; see ``ingest.prepare_computed_factors``."""
    prepared = Prepared(task=Task.COMPUTED_FACTORS, work=work, spool=Spool())
    try:
        year, det = needed_year(work), work.det
        if det not in (_T.RESEARCH_FACILITIES, _T.MICE_AND_FISH_ANIMAL_FACILITIES):
            raise IngestError(f"Factors of data entry type {det} can't be computed; only those of 70 and 71.")
        work.go_on()
        units = unit_ids(work.connection, work.provider)
        emitted = _emitted(work.connection, year)
        table = factors.c
        known = work.connection.execute(
            select(table.id, table.classification, table.factor_values)
            .where(table.year == year, table.data_entry_type_id == int(det))
            .order_by(table.id)
        ).all()
        chunk = []
        for number, (factor, classification, values) in enumerate(known, 1):
            facility = json.loads(classification)["researchfacility_id"]
            unit = units.get(facility)
            if unit is None:
                prepared.errors.add(number, f"researchfacility_id: there is no unit “{facility}”")
                continue
            parts = {part: sum(emitted.get((unit, kind), 0.0) for kind in kinds) for part, kinds in PARTS.items()}
            sums = {f"kg_co2eq_sum_{part}": kg for part, kg in parts.items()}
            if det == _T.RESEARCH_FACILITIES:
                sums = {"kg_co2eq_sum": sum(parts.values())}
            new = json.dumps({**json.loads(values), **sums}, ensure_ascii=False, separators=(",", ":"))
            chunk.append((new, factor))
        prepared.spool.add(chunk)
        work.report("Computing the sums of facilities", len(known), len(known))
        prepared.counts = {"rows_processed": prepared.spool.rows, "rows_skipped": prepared.errors.count}
    except BaseException:
        prepared.close()
        raise
    return prepared


def _emitted(connection: Connection, year: int) -> dict[tuple[int, int], float]:
    """kg CO₂-eq of the year by unit and type, as far as types count for facilities."""
    entry = data_entries.c
    kinds = [int(kind) for part in PARTS.values() for kind in part]
    found = connection.execute(
        select(carbon_reports.c.unit_id, entry.data_entry_type_id, func.sum(entry.kg_co2eq))
        .join(carbon_report_modules, carbon_report_modules.c.id == entry.carbon_report_module_id)
        .join(carbon_reports, carbon_reports.c.id == carbon_report_modules.c.carbon_report_id)
        .join(entry_loads, entry_loads.c.id == entry.load_id)
        .where(*loads.current(year, kinds))
        .group_by(carbon_reports.c.unit_id, entry.data_entry_type_id)
    )
    return {(unit, kind): total or 0.0 for unit, kind, total in found}


def write(connection: Connection, prepared: Prepared, job_id: int) -> Outcome:
    """Store the sums with their factors; ``job_id`` leaves no trace."""
    table = factors.c
    statement = update(factors).where(table.id == bindparam("number")).values(factor_values=bindparam("renewed"))
    many = ManyWriter(connection, statement, ("renewed", "number"))
    for chunk in prepared.spool.chunks():
        prepared.work.go_on()
        many.write(chunk)
    done, wrong = prepared.spool.rows, prepared.errors.count
    result = result_of(done, wrong) if wrong else JobResult.SUCCESS  # no facility is nothing to do, and no fault
    stats = {
        **prepared.counts,
        "batches_processed": 1,
        "row_errors": prepared.errors.kept,
        "row_errors_count": wrong,
        "factors_deleted": 0,
        "factors_upserted": done,
        "updated": done,
        "skipped": wrong,
        "errors": wrong,
        "error_details": prepared.errors.kept,
    }
    message = "Success"
    if result is not JobResult.SUCCESS:
        message = f"Sums of {done:,} facilities computed; {wrong:,} facilities are no unit and stay as they were."
    return Outcome(result, message, stats, {**top_level(stats), "inserted": done, "skipped": wrong})
