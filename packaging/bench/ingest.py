"""Measures how fast the embedded backend takes in a large data file: rows per second of each step and peak memory.

Makes its own file, units and database in a temporary folder; never touches data that is anybody's.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, create_engine, event, insert

from yearadmin.embedded import entry_tables, tables
from yearadmin.embedded.ingest import (
    Outcome,
    Prepared,
    Work,
    commit,
    prepare_aggregation,
    prepare_data,
    prepare_factors,
    prepare_recalculation,
)
from yearadmin.embedded.metadata import metadata

YEAR, UNITS = 2026, 1_200
FUELS = ("Natural gas", "Heating oil", "Propane", "Pellets", "Biogas")
T = TypeVar("T")


def database(folder: Path) -> Engine:
    """A new database with units, set up as the backend does."""
    engine = create_engine(f"sqlite:///{folder / 'bench.sqlite'}")

    @event.listens_for(engine, "connect")
    def set_up(connection, _) -> None:  # type: ignore[no-untyped-def]
        for line in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {line}")

    assert entry_tables.data_entries.metadata is metadata
    metadata.create_all(engine)
    rows = [
        {"institutional_id": str(10_000 + number), "provider": 2, "name": f"Unit {number}", "level": 4}
        for number in range(UNITS)
    ]
    with engine.begin() as connection:
        connection.execute(insert(tables.units), rows)
    return engine


def write_files(folder: Path, rows: int) -> tuple[Path, Path]:
    """A factor file and a data file of that many rows, about 50 bytes each."""
    factors, data = folder / "factors.csv", folder / "data.csv"
    lines = [f"{fuel},kWh,{0.2 + place / 10}" for place, fuel in enumerate(FUELS)]
    factors.write_text("name,unit,ef_kg_co2eq_per_unit\n" + "\n".join(lines) + "\n", encoding="utf-8")
    dice = random.Random(1)
    with data.open("w", encoding="utf-8") as out:
        out.write("unit_institutional_id,name,unit,quantity,note\n")
        for number in range(rows):
            unit, fuel = 10_000 + dice.randrange(UNITS), dice.choice(FUELS)
            out.write(f"{unit},{fuel},kWh,{dice.random() * 5_000:.2f},boiler room {number % 997}\n")
    return factors, data


def peak_memory() -> int:
    """The most memory this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would also count the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(name: str, rows: int, step: Callable[[], T]) -> T:
    """Run a step and print how long it took."""
    begun = time.perf_counter()
    done = step()
    spent = time.perf_counter() - begun
    sys.stdout.write(f"{name:<38} {spent:8.2f} s {rows / spent:12,.0f} rows/s {peak_memory():8} MB peak\n")
    return done


def committed(engine: Engine, prepared: Prepared) -> Outcome:
    """Write what was prepared, in one transaction."""
    with prepared, engine.begin() as connection:
        return commit(connection, prepared, job_id=1)


def main() -> None:
    """Take the file in twice (the second replaces the first), recalculate, add up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = database(folder)
        factors, data = write_files(folder, rows)
        sys.stdout.write(f"{rows:,} rows, {data.stat().st_size / 1e6:.0f} MB\n")
        with engine.connect() as reading:
            work = Work(connection=reading, job_id=1, year=YEAR, module=3, det=31, path=factors)
            committed(engine, prepare_factors(work))
            total = 0.0
            for title in ("first file", "second file, replacing the first"):
                reading.rollback()
                begun = time.perf_counter()
                prepared = timed("check: " + title, rows, lambda: prepare_data(replace(work, path=data)))
                reading.rollback()
                held = prepared
                outcome = timed("write: " + title, rows, lambda held=held: committed(engine, held))  # type: ignore[misc]
                total = time.perf_counter() - begun
                assert outcome.message == "Success", outcome
                assert outcome.stats["rows_processed"] == rows
            sys.stdout.write(f"check and write together: {rows / total:,.0f} rows/s (replacing)\n")
            prepared = timed("recalculate", rows, lambda: prepare_recalculation(work))
            reading.rollback()
            timed("write the emissions", rows, lambda: committed(engine, prepared))
            prepared = timed("add up", rows, lambda: prepare_aggregation(work))
            reading.rollback()
            timed("write the totals", rows, lambda: committed(engine, prepared))
        engine.dispose()


if __name__ == "__main__":
    main()
