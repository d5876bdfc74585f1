"""Whether a data directory is sound: the database's own checks, and what must hold between its rows, files and sums.

Only reads; the backend may run meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from yearadmin.contract.enums import JobState
from yearadmin.embedded.audit import seal
from yearadmin.embedded.ingest import loads
from yearadmin.embedded.jobs import job_query, read_jobs
from yearadmin.embedded.keeping import DATABASE, FILES
from yearadmin.embedded.migrate import HEAD
from yearadmin.embedded.pipelines import read_pipelines
from yearadmin.embedded.tables import audit_documents, jobs, pipelines


def faults(data_dir: Path) -> list[str]:
    """Everything that is wrong, one sentence each; none is good."""
    database = data_dir / DATABASE
    if not database.is_file():
        return [f"There is no database in {data_dir}."]
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
    )
    try:
        with engine.connect() as connection:
            return list(_of_the_database(connection)) or list(_of_the_rows(connection, data_dir / FILES))
    except SQLAlchemyError as error:
        return [f"The database can’t be read: {error.__cause__ or error}."]
    finally:
        engine.dispose()


def _of_the_database(connection: Connection) -> Iterator[str]:
    for row in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield f"The database is damaged: {row[0]}."
    present = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if present != HEAD:
        yield f"The database has the tables of revision {present}, this version those of {HEAD}; start the server once."
        return
    for table, number, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20):
        yield f"Row {number} of {table} names a row of {parent} that is not there."


def _of_the_rows(connection: Connection, files: Path) -> Iterator[str]:
    if wrong := loads.miscounted(connection):
        yield f"{wrong} uploads do not hold the number of entries they should."
    broken = job_query(with_meta=False).where(jobs.c.state == int(JobState.FINISHED), jobs.c.result.is_(None))
    for job in read_jobs(connection, broken):
        yield f"Job {job.id} has finished without a result."
    ids = list(connection.execute(select(pipelines.c.id)).scalars())
    for pipeline in read_pipelines(connection, ids).values():
        if pipeline.due_status != pipeline.status:
            yield f"Pipeline {pipeline.id} is {pipeline.status} but its jobs say {pipeline.due_status.value}."
    for job in read_jobs(connection, job_query().where(jobs.c.is_current)):
        kept = job.meta.get("processed_file_path")
        if isinstance(kept, str) and not (files / kept).is_file():
            yield f"The file of job {job.id}, {kept}, is missing."
    yield from _of_the_audit_trail(connection)


def _of_the_audit_trail(connection: Connection) -> Iterator[str]:
    before: tuple[str, int, str] | None = None
    query = select(audit_documents).order_by(
        audit_documents.c.entity_type, audit_documents.c.entity_id, audit_documents.c.version
    )
    for row in connection.execute(query).mappings():
        named = f"version {row['version']} of {row['entity_type']} {row['entity_id']}"
        if row["current_hash"] != seal(dict(row)):
            yield f"The audit trail was changed at {named}."
        same = before is not None and before[:2] == (row["entity_type"], row["entity_id"])
        if row["previous_hash"] != (before[2] if same and before else None):
            yield f"The audit trail lacks what was before {named}."
        before = (row["entity_type"], row["entity_id"], row["current_hash"])
