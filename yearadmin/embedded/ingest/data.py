"""Data CSV files: every row checked and spooled; ``entries`` writes them, replacing what such a file left before.

What is answered instead of the production server's defects (contract section 12): a file whose every row is refused
leaves the earlier data alone (26); a row without a unit is one refused row and no end of the job (27), and when no
row has one all are refused, which ends in ERROR as there; a byte order mark is accepted (28).
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from yearadmin.catalogue.cells import CellRefusedError, RowChecker, shown
from yearadmin.catalogue.columns import PERSON_COLUMN, UNIT_COLUMN
from yearadmin.catalogue.columns_data import ALLOWED_WITHOUT_FACTORS, data_table, types_told_by_factors
from yearadmin.contract.enums import DataEntryType
from yearadmin.embedded.entry_tables import DataEntrySource, data_entries, entry_loads
from yearadmin.embedded.ingest import loads
from yearadmin.embedded.ingest.books import AmbiguousPlaceError, Book, read_book, read_factors
from yearadmin.embedded.ingest.csv_file import CsvFile
from yearadmin.embedded.ingest.formulas import Formula, formula, station
from yearadmin.embedded.ingest.model import HeaderError, IngestError, Prepared, Spool, Task, Work
from yearadmin.embedded.ingest.progress import Meter
from yearadmin.embedded.ingest.seen import Seen
from yearadmin.embedded.ingest.targets import (
    checked_det,
    needed_module,
    needed_path,
    needed_year,
    report_module_scope,
    unit_ids,
)

DUPLICATE = "DUPLICATE_INSTITUTIONAL_ID"
"""The literal reason of a member listed twice in one unit's report (section 10.2)."""

_CHUNK = 4_000


def prepare(work: Work) -> Prepared:
    """Check a data file and keep its good rows (contract section 10.2); see ``ingest.prepare_data``."""
    prepared = Prepared(task=Task.DATA, work=work, spool=Spool())
    try:
        with _Intake(work) as intake, CsvFile(needed_path(work)) as file:
            intake.read(file, prepared)
    except BaseException:
        prepared.close()
        raise
    return prepared


class _Intake:
    """What one data file's rows are checked against, and the checking."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._connection = work.connection
        self.module = needed_module(work)
        self.det = checked_det(work, self.module)
        if work.report_module is None:
            self.year, self._unit = needed_year(work), None
        else:
            self._unit, self.year, module = report_module_scope(self._connection, work.report_module)
            if module != self.module:
                raise IngestError(f"Report module {work.report_module} is of module {module}, not {self.module}.")
            if self.det is None:
                raise IngestError("A file for one unit needs a data entry type.")
        self._types = (self.det,) if self.det is not None else types_told_by_factors(self.module)
        if not self._types:
            raise IngestError(f"A data file of module {self.module} needs a data entry type: its rows don't tell it.")
        self._refuse_without_factors()
        self._formulas: dict[int, Formula] = {}
        self._book: Book | None = None
        for det in self._types:
            self._book = read_book(self._connection, self.year, det)
            self._formulas[det] = formula(det, self._book)
        self._told = {} if self.det is not None else self._types_by_key()
        self._units = {} if self._unit is not None else unit_ids(self._connection, work.provider)
        self._seen = Seen()

    def __enter__(self) -> _Intake:
        return self

    def __exit__(self, *_: object) -> None:
        self._seen.__exit__(None, None, None)

    def read(self, file: CsvFile, prepared: Prepared) -> None:
        """Check all rows. Raises ``IngestError`` when nothing in the file can be used as a whole, ``Aborted``."""
        per_year = self._unit is None
        table = data_table(self._types[0], per_year=per_year)
        file.require([UNIT_COLUMN] if per_year else table.required)
        read = RowChecker(table, file.header).read
        if self.det == DataEntryType.MEMBER:
            self._note_kept_members()
        meter = Meter(self._work, "Checking rows", file.total)
        encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
        place = self._place
        chunk: list[tuple[int, int, str]] = []
        errors, named = prepared.errors, prepared.units
        number = blank = calculated = 0
        for number, cells in enumerate(file, 1):
            try:
                row: dict[str, Any] = read(cells)
                unit, det = place(row, number)
            except CellRefusedError as refused:
                if any(cells) and not "".join(cells).isspace():
                    errors.add(number, str(refused))
                else:
                    blank += 1
            else:
                if self._formulas[det](row) is not None:
                    calculated += 1
                chunk.append((unit, det, encode(row)))
                named.add(unit)
            if not number % _CHUNK:
                prepared.spool.add(chunk)
                chunk = []
                meter.tick(number)
        prepared.spool.add(chunk)
        meter.tick(number)
        if number == blank:
            raise HeaderError("The file has a header but no data rows.")
        accepted = prepared.spool.rows
        prepared.counts = {
            "rows_processed": accepted,
            "rows_with_factors": calculated,
            "rows_without_factors": accepted - calculated,
            "rows_skipped": errors.count,
        }

    def _place(self, row: dict[str, Any], number: int) -> tuple[int, int]:
        """The unit id and type of a row whose cells are in order. Raises ``CellRefusedError`` when it has no place."""
        unit = self._unit
        if unit is None:
            name = row.pop(UNIT_COLUMN)
            unit = self._units.get(name) or self._units.get(name.strip())
            if unit is None:
                raise CellRefusedError(f"{UNIT_COLUMN}: there is no unit “{shown(name)}”")
        det = self.det
        if det is None:
            return unit, self._told_type(row)
        if det == DataEntryType.MEMBER:
            if self._seen.add(f"{unit} {row[PERSON_COLUMN]}", number) is not None:
                raise CellRefusedError(DUPLICATE)
        elif det == DataEntryType.TRAIN:
            self._refuse_ambiguous_stations(row)
        return unit, det

    def _told_type(self, row: dict[str, Any]) -> int:
        if "equipment_class" in row:
            kind, more = row["equipment_class"], row.get("sub_class")
            searched = f"equipment_class “{shown(kind)}” with " + (
                f"sub_class “{shown(more)}”" if more else "no sub_class"
            )
        else:
            kind, more = row["purchase_institutional_code"], None
            searched = f"purchase_institutional_code “{shown(kind)}”"
        det = self._told.get((kind, more))
        if det is None:
            raise CellRefusedError(f"{searched}: the year's factors have no such entry")
        return det

    def _types_by_key(self) -> dict[tuple[str | None, str | None], int]:
        """Which type a class (and subclass) or a purchase code belongs to; the lowest type where several do."""
        told: dict[tuple[str | None, str | None], int] = {}
        for factor in read_factors(self._connection, self.year, self._types):
            known = factor.classification
            key = (
                (known["equipment_class"], known["sub_class"])
                if "equipment_class" in known
                else (known["purchase_institutional_code"], None)
            )
            told.setdefault(key, factor.det)
        return told

    def _refuse_without_factors(self) -> None:
        """Some types can't be loaded before their factors (section 10.2)."""
        if ALLOWED_WITHOUT_FACTORS.issuperset(self._types):
            return
        if not read_factors(self._connection, self.year, self._types):
            which = f"data entry type {self.det}" if self.det is not None else f"module {self.module}"
            raise IngestError(f"{self.year} has no factors for {which} yet; load the factors first.")

    def _refuse_ambiguous_stations(self, row: dict[str, Any]) -> None:
        assert self._book is not None
        for end in ("origin", "destination"):
            try:
                station(self._book, row, end)
            except AmbiguousPlaceError:
                name, country = shown(row[f"{end}_name"]), shown(row[f"{end}_country_code"])
                raise CellRefusedError(
                    f"{end}_name: several stations in {country} are called “{name}”; give {end}_natural_key"
                ) from None

    def _note_kept_members(self) -> None:
        """Members that stay whatever the file holds: those another way than per-year files brought (section 10.2)."""
        from yearadmin.embedded.tables import carbon_report_modules, carbon_reports

        kept = (
            select(carbon_reports.c.unit_id, data_entries.c.data)
            .join(carbon_report_modules, carbon_report_modules.c.id == data_entries.c.carbon_report_module_id)
            .join(carbon_reports, carbon_reports.c.id == carbon_report_modules.c.carbon_report_id)
            .join(entry_loads, entry_loads.c.id == data_entries.c.load_id)
            .where(*loads.current(self.year, [DataEntryType.MEMBER]))
        )
        if self._unit is None:
            kept = kept.where(data_entries.c.source != DataEntrySource.CSV_MODULE_PER_YEAR)
        else:
            kept = kept.where(carbon_reports.c.unit_id == self._unit)
        for unit, data in self._connection.execute(kept):
            self._seen.add(f"{unit} {json.loads(data).get(PERSON_COLUMN)}", 0)
