"""Jobs that read files or compute emissions: hands the work to ``ingest`` and its outcome to the job (section 7.4).

Reading happens outside any write transaction; the rows, the file's new place and the job's end become visible as one.
Large amounts are written and deleted in short transactions before and after, so that nobody waits for them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, select, update

from yearadmin.contract.enums import (
    IngestionMethod,
    JobResult,
    JobState,
    JobType,
    ReductionObjectiveType,
    TargetType,
    UserProvider,
)
from yearadmin.embedded import ingest, queue
from yearadmin.embedded.housekeeping import BREATH, clear_away
from yearadmin.embedded.jobs import NewJob, create_job, job_by_id
from yearadmin.embedded.run import Run, StoppedError
from yearadmin.embedded.tables import jobs, now, year_configurations
from yearadmin.embedded.wire import offset

Prepare = Callable[[ingest.Work], ingest.Prepared]


_NO_FILE = "The uploaded file is no longer there. Upload it again."


def ingest_file(run: Run) -> None:
    """A data, factor, reference or reduction file, from its upload to its rows."""
    if run.job.ingestion_method == IngestionMethod.COMPUTED:
        _carry_out(run, ingest.prepare_computed_factors, _work(run), lambda connection, outcome: None)
        return
    path = str(run.meta.get("config", {}).get("file_path") or "")
    file = run.files.take(run.job.id, path) if path else None
    if file is None:
        run.fail(_NO_FILE)
        return
    name = file.name
    work = _work(run)
    work.path = file

    def landed(connection: Connection, outcome: ingest.Outcome) -> None:
        kept = run.files.keep(run.job.id, name)
        if outcome.reduction_rows is None:
            run.meta["processed_file_path"] = kept
        else:
            _store_reduction(connection, run, kept, name, outcome)

    try:
        run.report("Looking at the file")
        _carry_out(run, _preparation(run), work, landed)
    except BaseException:
        run.files.hand_back(run.job.id, name)
        raise
    finally:
        clear_away(run.database)


@contextmanager
def _short_transaction(run: Run) -> Iterator[Connection]:
    """One of many transactions of a job that is still held, and a breath after it."""
    with run.holding() as connection:
        if queue.lost(connection, run.owner, {run.job.id}):
            raise queue.JobLostError(run.job.id)
        yield connection
    time.sleep(BREATH)


def recalculate(run: Run) -> None:
    """Emissions of one type or of a module's types."""
    work = _work(run)
    dets = run.meta.get("config", {}).get("data_entry_type_ids")
    if dets:
        work.dets = tuple(dets)

    def note_types(connection: Connection, outcome: ingest.Outcome) -> None:
        if run.job.job_type == JobType.MODULE_EMISSION_RECALC:
            _book_types(connection, run, work.dets, outcome.result)

    _carry_out(run, ingest.prepare_recalculation, work, note_types)


def aggregate(run: Run) -> None:
    """Sums of a module and year."""
    _carry_out(run, ingest.prepare_aggregation, _work(run), lambda connection, outcome: None)


def _preparation(run: Run) -> Prepare:
    if run.job.target_type == TargetType.REDUCTION_OBJECTIVES:
        return ingest.prepare_reduction
    if run.job.target_type == TargetType.REFERENCE_DATA:
        return ingest.prepare_references
    if run.job.target_type == TargetType.FACTORS:
        return ingest.prepare_factors
    return ingest.prepare_data


def _work(run: Run) -> ingest.Work:
    config = run.meta.get("config", {})
    return ingest.Work(
        connection=None,  # type: ignore[arg-type]  # lent by _carry_out for as long as reading takes
        job_id=run.job.id,
        year=run.job.year,
        module=run.job.module_type_id,
        det=run.job.data_entry_type_id,
        reduction=config.get("reduction_objective_type_id"),
        report_module=config.get("carbon_report_module_id"),
        provider=run.job.provider,
        report=run.report,
        should_stop=run.stop.is_set,
    )


def _carry_out(
    run: Run, prepare: Prepare, work: ingest.Work, landed: Callable[[Connection, ingest.Outcome], None]
) -> None:
    try:
        with run.database.reading() as connection:
            work.connection = connection
            prepared = prepare(work)
        with prepared:
            run.rest()
            ingest.write_ahead(prepared, lambda: _short_transaction(run), job_id=run.job.id)
            with run.holding() as connection:
                outcome = ingest.commit(connection, prepared, job_id=run.job.id)
                _take_over(run.meta, outcome)
                landed(connection, outcome)
                run.finish(connection, outcome.result, outcome.message)
    except ingest.Aborted as error:
        raise StoppedError from error
    except ingest.IngestError as error:
        run.fail(str(error), error.meta)


def _take_over(meta: dict[str, Any], outcome: ingest.Outcome) -> None:
    meta.update(outcome.meta_extra)
    if outcome.stats:
        meta["stats"] = outcome.stats
        for key in ("rows_processed", "rows_skipped", "row_errors_count"):
            if key in outcome.stats:
                meta[key] = outcome.stats[key]


def _store_reduction(connection: Connection, run: Run, path: str, name: str, outcome: ingest.Outcome) -> None:
    key = ReductionObjectiveType(run.meta["config"]["reduction_objective_type_id"]).key
    row = (year_configurations.c.year == run.job.year, year_configurations.c.provider == run.job.provider)
    config = connection.execute(select(year_configurations.c.config).where(*row)).scalar()
    if config is None:
        raise ingest.IngestError(f"The year {run.job.year} is not configured.")
    objectives = dict(config.get("reduction_objectives") or {})
    rows = outcome.reduction_rows or []
    landed = {"path": path, "filename": name, "uploaded_at": offset(now()), "rows_processed": len(rows)}
    objectives[key] = rows
    objectives["files"] = {**(objectives.get("files") or {}), key: landed}
    values = {"config": {**config, "reduction_objectives": objectives}, "updated_at": now()}
    connection.execute(update(year_configurations).where(*row).values(**values))


def _book_types(connection: Connection, run: Run, dets: tuple[int, ...], result: JobResult) -> None:
    """One finished row per type without a pipeline, so that each counts as recalculated (contract section 7.2)."""
    moment = now()
    for det in dets:
        new = NewJob(
            job_type=None,
            method=IngestionMethod(run.job.ingestion_method),
            provider=UserProvider(run.job.provider),
            year=run.job.year,
            target=TargetType.DATA_ENTRIES,
            module=run.job.module_type_id,
            det=det,
            parent_id=run.job.id,
        )
        booked = job_by_id(connection, create_job(connection, new, None))
        assert booked is not None
        queue.demote(connection, booked)
        values = {
            "state": int(JobState.FINISHED),
            "result": int(result),
            "is_current": True,
            "started_at": run.job.started_at,
            "finished_at": moment,
        }
        connection.execute(update(jobs).where(jobs.c.id == booked.id).values(**values))
