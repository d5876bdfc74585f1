"""A small backend without the web: a real database with the sample units, and one call per upload.

Never mocks anything: files go through the same two halves as in a job.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, insert, select

from yearadmin.embedded import entry_tables as _entry_tables  # noqa: F401 (its tables must be known)
from yearadmin.embedded.entry_tables import data_entries, factors, module_totals
from yearadmin.embedded.ingest import (
    IngestError,
    Outcome,
    Prepared,
    Work,
    commit,
    prepare_aggregation,
    prepare_computed_factors,
    prepare_data,
    prepare_factors,
    prepare_recalculation,
    prepare_reduction,
    prepare_references,
)
from yearadmin.embedded.metadata import metadata
from yearadmin.embedded.tables import carbon_report_modules, carbon_reports, units

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "resources" / "sample"
YEAR = 2026

_PREPARE: dict[str, Callable[[Work], Prepared]] = {
    "data": prepare_data,
    "factor": prepare_factors,
    "reference": prepare_references,
    "reduction": prepare_reduction,
}


def new_engine(path: Path) -> Engine:
    """An empty database with foreign keys enforced and the units of the sample directory in it."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = WAL")

    metadata.create_all(engine)
    with (ROOT / "resources" / "units.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            {"institutional_id": row["institutional_id"], "provider": 2, "name": row["name"], "level": row["level"]}
            for row in csv.DictReader(lines)
        ]
    with engine.begin() as connection:
        connection.execute(insert(units), rows)
    return engine


@dataclass
class Desk:
    """Uploads files and looks at what became of them."""

    engine: Engine
    folder: Path
    jobs: int = 0
    told: list[tuple[str, int, int]] = field(default_factory=list)

    def file(self, content: str | bytes, name: str = "upload.csv") -> Path:
        """A file with that content."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def upload(
        self,
        kind: str,
        file: Path | str | bytes,
        module: int | None = None,
        det: int | None = None,
        *,
        year: int | None = YEAR,
        report_module: int | None = None,
        reduction: int | None = None,
        provider: int | None = None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Outcome:
        """One whole job; raises ``IngestError`` like one."""
        path = file if isinstance(file, Path) else self.file(file)
        with self.engine.connect() as reading:
            work = Work(
                connection=reading,
                job_id=self.jobs + 1,
                year=year,
                module=module,
                det=det,
                path=path,
                report_module=report_module,
                reduction=reduction,
                provider=provider,
                report=lambda text, done, total: self.told.append((text, done, total)),
                should_stop=should_stop,
            )
            return self._finish(_PREPARE[kind](work))

    def sample(self, name: str, kind: str, module: int | None, det: int | None) -> Outcome:
        """Upload a file of the sample folder."""
        if kind == "reduction":
            return self.upload(kind, SAMPLE / name, reduction=det)
        return self.upload(kind, SAMPLE / name, module, det)

    def recalculate(self, module: int, det: int | None = None) -> Outcome:
        """Emissions of a type, or of a module's."""
        with self.engine.connect() as reading:
            work = Work(connection=reading, job_id=self.jobs + 1, year=YEAR, module=module, det=det)
            return self._finish(prepare_recalculation(work))

    def aggregate(self, module: int) -> Outcome:
        """Totals of a module."""
        with self.engine.connect() as reading:
            work = Work(connection=reading, job_id=self.jobs + 1, year=YEAR, module=module)
            return self._finish(prepare_aggregation(work))

    def compute_factors(self, det: int | None) -> Outcome:
        """Sums of research facilities."""
        with self.engine.connect() as reading:
            work = Work(connection=reading, job_id=self.jobs + 1, year=YEAR, module=6, det=det)
            return self._finish(prepare_computed_factors(work))

    def factor_values(self, det: int) -> list[dict[str, Any]]:
        """The value columns of a type's factors, by id."""
        wanted = select(factors.c.factor_values).where(factors.c.data_entry_type_id == det).order_by(factors.c.id)
        with self.reading() as connection:
            return [json.loads(values) for values in connection.scalars(wanted)]

    def _finish(self, prepared: Prepared) -> Outcome:
        self.jobs += 1
        with prepared, self.engine.begin() as writing:
            outcome = commit(writing, prepared, job_id=self.jobs)
        # Whatever goes into a job's meta must be JSON.
        json.dumps([outcome.stats, outcome.meta_extra, outcome.reduction_rows], allow_nan=False)
        return outcome

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to look with."""
        with self.engine.connect() as connection:
            yield connection

    def count(self, table: Table) -> int:
        """Rows of a table."""
        with self.reading() as connection:
            return connection.scalar(select(func.count()).select_from(table)) or 0

    def entries(self, det: int | None = None) -> list[dict[str, Any]]:
        """The cells of the data entries, by id."""
        wanted = select(data_entries.c.data).order_by(data_entries.c.id)
        if det is not None:
            wanted = wanted.where(data_entries.c.data_entry_type_id == det)
        with self.reading() as connection:
            return [json.loads(data) for data in connection.scalars(wanted)]

    def emissions(self, det: int) -> list[float | None]:
        """kg CO₂-eq of a type's entries, by id."""
        table = data_entries.c
        wanted = select(table.kg_co2eq).where(table.data_entry_type_id == det).order_by(table.id)
        with self.reading() as connection:
            return list(connection.scalars(wanted))

    def factor_ids(self) -> dict[str, int]:
        """Ids of the factors by classification."""
        with self.reading() as connection:
            return {row.classification: row.id for row in connection.execute(select(factors))}

    def totals(self, module: int) -> dict[str, float]:
        """kg CO₂-eq of units with a total above 0, by institutional id."""
        table = module_totals.c
        wanted = (
            select(units.c.institutional_id, table.kg_co2eq)
            .join(units, units.c.id == table.unit_id)
            .where(table.module_type_id == module, table.year == YEAR, table.kg_co2eq != 0)
        )
        with self.reading() as connection:
            return {row.institutional_id: row.kg_co2eq for row in connection.execute(wanted)}

    def report_module(self, unit: str, module: int) -> int:
        """The report module of a unit for the year, made if need be."""
        with self.engine.begin() as connection:
            unit_id = connection.scalar(select(units.c.id).where(units.c.institutional_id == unit))
            report = connection.scalar(
                select(carbon_reports.c.id).where(carbon_reports.c.unit_id == unit_id, carbon_reports.c.year == YEAR)
            )
            if report is None:
                made = connection.execute(insert(carbon_reports).values(unit_id=unit_id, year=YEAR))
                report = made.inserted_primary_key[0]
            place = {"carbon_report_id": report, "module_type_id": module}
            found = connection.scalar(select(carbon_report_modules.c.id).filter_by(**place))
            if found is None:
                made = connection.execute(insert(carbon_report_modules).values(**place))
                found = made.inserted_primary_key[0]
            return int(found)


def refusal(desk: Desk, kind: str, content: str | bytes, *where: int | None) -> str:
    """The sentence with which a whole file is refused."""
    try:
        outcome = desk.upload(kind, content, *where)
    except IngestError as error:
        return str(error)
    raise AssertionError(f"accepted: {outcome}")
