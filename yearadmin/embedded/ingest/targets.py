"""Which year, module, types, units and report modules a job's rows may go to; refuses orders that make no sense.

Reads only, apart from ``report_modules``, which adds the reports a file's units still lack.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from yearadmin.catalogue.modules import module_of, module_spec
from yearadmin.contract.enums import ModuleType
from yearadmin.embedded.engines import take_turns
from yearadmin.embedded.ingest.model import IngestError, Work
from yearadmin.embedded.tables import carbon_report_modules, carbon_reports, units

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection


def needed_path(work: Work) -> Path:
    """The file of a CSV job."""
    if work.path is None:
        raise IngestError("No file was given.")
    return work.path


def needed_year(work: Work) -> int:
    """The year of a job that can't do without."""
    if work.year is None:
        raise IngestError("No year was given, so the rows belong to none.")
    return work.year


def needed_module(work: Work) -> int:
    """The module of a job that can't do without."""
    if work.module is None or module_spec(work.module) is None:
        raise IngestError(f"There is no module {work.module}." if work.module else "No module was given.")
    return work.module


def checked_det(work: Work, module: int) -> int | None:
    """The data entry type of a job, which must be one of its module's; None for a common file (section 13)."""
    if work.det is None:
        return None
    owner = module_of(work.det)
    if owner is None:
        raise IngestError(f"There is no data entry type {work.det}.")
    if owner.id != module:
        raise IngestError(f"Data entry type {work.det} belongs to module {int(owner.id)}, not to module {module}.")
    return int(work.det)  # rows are spooled as plain numbers


def module_types(module: int) -> tuple[int, ...]:
    """The data entry types of a module, by number."""
    spec = module_spec(module)
    return tuple(sorted(int(sub.id) for sub in spec.submodules)) if spec else ()


def unit_ids(connection: Connection, provider: int | None) -> dict[str, int]:
    """Ids of the units a data file may name, by institutional id."""
    wanted = select(units.c.institutional_id, units.c.id).order_by(units.c.id)
    if provider is not None:
        wanted = wanted.where(units.c.provider == provider)
    return {row.institutional_id: row.id for row in connection.execute(wanted)}


def report_module_scope(connection: Connection, report_module: int) -> tuple[int, int, int]:
    """Unit id, year and module of a unit's report module. Raises ``IngestError`` when there is none."""
    found = connection.execute(
        select(carbon_reports.c.unit_id, carbon_reports.c.year, carbon_report_modules.c.module_type_id)
        .join(carbon_reports, carbon_reports.c.id == carbon_report_modules.c.carbon_report_id)
        .where(carbon_report_modules.c.id == report_module)
    ).first()
    if found is None:
        raise IngestError(f"There is no report module {report_module}.")
    return found.unit_id, found.year, found.module_type_id


def report_modules(connection: Connection, year: int, module: int, wanted: Iterable[int]) -> dict[int, int]:
    """Report module ids of a year's module by unit id; reports that units lack are made, with all modules (10.2)."""
    found = _modules_by_unit(connection, year, module)
    lacking = sorted(set(wanted) - found.keys())
    if not lacking:
        return found
    take_turns(connection, "units")
    found = _modules_by_unit(connection, year, module)
    lacking = sorted(set(wanted) - found.keys())
    reports = {
        row.unit_id: row.id
        for row in connection.execute(
            select(carbon_reports.c.unit_id, carbon_reports.c.id).where(carbon_reports.c.year == year)
        )
    }
    for unit in lacking:
        if unit not in reports:
            made = connection.execute(insert(carbon_reports).values(unit_id=unit, year=year))
            assert made.inserted_primary_key is not None
            reports[unit] = made.inserted_primary_key[0]
    for unit in lacking:
        there = set(
            connection.scalars(
                select(carbon_report_modules.c.module_type_id).where(
                    carbon_report_modules.c.carbon_report_id == reports[unit]
                )
            )
        )
        connection.execute(
            insert(carbon_report_modules),
            [
                {"carbon_report_id": reports[unit], "module_type_id": int(kind)}
                for kind in ModuleType
                if kind not in there
            ],
        )
    return _modules_by_unit(connection, year, module)


def _modules_by_unit(connection: Connection, year: int, module: int) -> dict[int, int]:
    return {
        row.unit_id: row.id
        for row in connection.execute(
            select(carbon_reports.c.unit_id, carbon_report_modules.c.id)
            .join(carbon_report_modules, carbon_report_modules.c.carbon_report_id == carbon_reports.c.id)
            .where(carbon_reports.c.year == year, carbon_report_modules.c.module_type_id == module)
        )
    }
