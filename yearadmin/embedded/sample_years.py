"""Demonstration years for an empty data directory: last year complete and open, this year on its way.

Goes through the same services and jobs as an operator's clicks; a start that was interrupted is continued.
"""

from __future__ import annotations

import asyncio
import csv
import shutil
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection, func, select

from yearadmin import places
from yearadmin.catalogue.modules import SlotKind
from yearadmin.contract.enums import IngestionMethod
from yearadmin.embedded import dispatching, year_store, years
from yearadmin.embedded.auth import User, save_test_user
from yearadmin.embedded.context import Context
from yearadmin.embedded.dispatching import Dispatch, DispatchConfig
from yearadmin.embedded.files import FileStore
from yearadmin.embedded.jobs import active_jobs, first_per_pipeline, job_query, read_jobs
from yearadmin.embedded.permissions import ADMIN
from yearadmin.embedded.tables import jobs, now, year_configurations
from yearadmin.embedded.uploads import fresh_folder

_MARK = "sample-unfinished"  # lies in the data directory while the years are being made
_LOADED_THIS_YEAR = {
    "headcount_members_factors.csv",
    "headcount_students_factors.csv",
    "building_rooms_factors.csv",
    "building_combustion_factors.csv",
    "building_rooms_references.csv",
    "equipment_common_factors.csv",
    "external_clouds_factors.csv",
    "building_rooms_data.csv",
    "reduction_footprint.csv",
}
_FAULTY_THIS_YEAR = {"bad/bad_rows.csv", "bad/missing_column.csv"}


@dataclass(frozen=True, slots=True)
class _Sample:
    file: Path
    kind: SlotKind
    module: int | None
    submodule: int | None

    def wish(self, year: int) -> Dispatch:
        config = DispatchConfig(module_type_id=self.module, data_entry_type_id=self.submodule)
        if self.kind is SlotKind.REDUCTION:
            config = DispatchConfig(reduction_objective_type_id=self.submodule)
        target = self.kind.target_type
        return Dispatch(ingestion_method=IngestionMethod.CSV, target_type=target, year=year, config=config)


async def begin_sample_years(context: Context) -> bool:
    """Create this year and the last, unless the data directory holds years of its own; whether they are to be filled.

    Quick, so that whoever connects finds both; their units are imported by the worker.
    """
    mark = context.settings.data_dir / _MARK
    async with context.database.reading() as connection:
        count = (await connection.execute(select(func.count()).select_from(year_configurations))).scalar_one()
    if count and not mark.exists():
        return False
    mark.touch()
    user = await _demo_user(context)
    for year in (now().year - 1, now().year):
        await _create(context, user, year)
    return True


async def fill_sample_years(context: Context, *, folder: Path | None = None) -> None:
    """Last year complete and open, this year on its way; goes on where an earlier start was interrupted."""
    root = folder or places.resources_dir() / "sample"
    samples = [*_listed(root, root / "manifest.csv"), *_listed(root, root / "bad" / "manifest.csv")]
    user = await _demo_user(context)
    this_year = now().year
    await _settled(context, this_year - 1)
    good = [sample for sample in samples if sample.file.parent == root]
    await _load(context, user, this_year - 1, good)
    goal = {"target_year": this_year + 4, "reduction_percentage": 0.4, "reference_year": this_year - 7}
    await _change(context, user, this_year - 1, True, {"reduction_objectives": {"goals": [goal]}})
    await _settled(context, this_year)
    part = _LOADED_THIS_YEAR | _FAULTY_THIS_YEAR
    await _load(context, user, this_year, [item for item in samples if item.file.relative_to(root).as_posix() in part])
    (context.settings.data_dir / _MARK).unlink(missing_ok=True)


async def _demo_user(context: Context) -> User:
    async with context.database.writing() as connection:
        return await save_test_user(connection, "demo", "demo@example.org", "Demo", ADMIN)


def _listed(root: Path, manifest: Path) -> list[_Sample]:
    def number(cell: str) -> int | None:
        return int(cell) if cell else None

    with manifest.open(encoding="utf-8", newline="") as file:
        return [
            _Sample(root / row["file"], SlotKind(row["kind"]), number(row["module"]), number(row["submodule"]))
            for row in csv.DictReader(file)
        ]


async def _create(context: Context, user: User, year: int) -> None:
    async with context.database.reading() as connection:
        known = await connection.run_sync(year_store.answer, user, year)
    if known is None:
        async with context.database.writing() as connection:
            await connection.run_sync(year_store.create, user, year, False, years.default_config())
        context.wake_worker()


async def _change(context: Context, user: User, year: int, is_started: bool, change: years.Config) -> None:
    async with context.database.writing() as connection:
        await connection.run_sync(year_store.change, user, year, is_started, years.cleaned(change))


async def _load(context: Context, user: User, year: int, samples: list[_Sample]) -> None:
    """Files of one kind side by side; the next kind when they have landed, since data needs factors."""
    order = [SlotKind.FACTOR, SlotKind.REFERENCE, SlotKind.DATA, SlotKind.REDUCTION]
    for _, group in groupby(sorted(samples, key=lambda item: order.index(item.kind)), lambda item: item.kind):
        async with context.database.reading() as connection:
            there = await connection.run_sync(_file_names, year)
        for sample in group:
            if sample.file.name not in there:
                await _dispatch(context, user, year, sample)
        await _settled(context, year)


def _file_names(connection: Connection, year: int) -> set[str]:
    found = read_jobs(connection, job_query().where(jobs.c.year == year))
    paths: list[Any] = [(job.meta.get("config") or {}).get("file_path") for job in found]
    return {path.rpartition("/")[2] for path in paths if path}


async def _dispatch(context: Context, user: User, year: int, sample: _Sample) -> None:
    files = FileStore(context.settings.files_dir)
    folder = fresh_folder(files.root)
    path = f"tmp/{folder.name}/{sample.file.name}"

    def upload() -> None:
        folder.mkdir(parents=True)
        shutil.copyfile(sample.file, folder / sample.file.name)

    await run_in_threadpool(upload)
    wish = sample.wish(year).model_copy(update={"file_path": path})
    async with context.database.writing() as connection:
        accepted = await connection.run_sync(dispatching.check, files, user, wish)
        await connection.run_sync(dispatching.create, user, wish, accepted, path, "/v1/sync/dispatch")
    context.wake_worker()


async def _settled(context: Context, year: int) -> None:
    """Wait until no pipeline of the year is active."""
    while True:
        async with context.database.reading() as connection:
            active = await connection.run_sync(active_jobs, jobs.c.year == year)
        pipelines = first_per_pipeline(active)
        if not pipelines:
            return
        await asyncio.gather(*(context.watch.pipeline_ended(item) for item in pipelines))
        await asyncio.sleep(0.05)  # one that failed early is done while its last jobs still run
