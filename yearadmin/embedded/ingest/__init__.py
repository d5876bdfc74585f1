"""Ingestion, recalculation and aggregation of the embedded backend (contract sections 7.3, 7.4 and 10).

Every work has two halves: ``prepare_*`` reads and checks outside of any write transaction, in bounded memory;
``commit`` writes what was prepared within the caller's transaction. ``write_ahead`` between them writes what is large
in many short transactions, so that ``commit`` is quick. Never opens, commits or rolls back a transaction itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yearadmin.embedded.ingest.model import Aborted, IngestError, Outcome, Prepared, Task, Work

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from yearadmin.embedded.ingest.entries import Transactions

__all__ = [
    "Aborted",
    "IngestError",
    "Outcome",
    "Prepared",
    "Task",
    "Work",
    "commit",
    "prepare_aggregation",
    "prepare_computed_factors",
    "prepare_data",
    "prepare_factors",
    "prepare_recalculation",
    "prepare_reduction",
    "prepare_references",
    "write_ahead",
]


def prepare_data(work: Work) -> Prepared:
    """Check a data CSV (section 10.2). Raises ``IngestError`` when the whole file fails, ``Aborted`` when stopped."""
    from yearadmin.embedded.ingest.data import prepare

    return prepare(work)


def prepare_factors(work: Work) -> Prepared:
    """Check a factor CSV (section 10.4). Raises ``IngestError`` or ``Aborted``."""
    from yearadmin.embedded.ingest.factors import prepare

    return prepare(work)


def prepare_references(work: Work) -> Prepared:
    """Check a reference CSV (section 10.5). Raises ``IngestError`` or ``Aborted``."""
    from yearadmin.embedded.ingest.references import prepare

    return prepare(work)


def prepare_reduction(work: Work) -> Prepared:
    """Check a reduction objective CSV (section 10.6). Raises ``IngestError`` or ``Aborted``."""
    from yearadmin.embedded.ingest.reduction import prepare

    return prepare(work)


def prepare_recalculation(work: Work) -> Prepared:
    """Work out kg CO₂-eq of the year's data entries of a type (or of a module's types). Raises ``Aborted``."""
    from yearadmin.embedded.ingest.recalculation import prepare

    return prepare(work)


def prepare_aggregation(work: Work) -> Prepared:
    """Sum kg CO₂-eq per unit of a module and year. Raises ``Aborted``."""
    from yearadmin.embedded.ingest.aggregation import prepare

    return prepare(work)


def prepare_computed_factors(work: Work) -> Prepared:
    """Work out the sums of research facilities (section 5.2.2). Raises ``IngestError`` or ``Aborted``."""
    from yearadmin.embedded.ingest.computed import prepare

    return prepare(work)


def write_ahead(prepared: Prepared, transactions: Transactions, *, job_id: int) -> None:
    """Write what is too much for one transaction ahead of ``commit``, unseen or harmless until then.

    Raises ``Aborted``; what was written by then is found and removed by ``ingest.loads``.
    """
    from yearadmin.embedded.ingest import entries, recalculation

    if prepared.task is Task.DATA:
        entries.write_ahead(prepared, transactions, job_id)
    elif prepared.task is Task.RECALCULATION:
        recalculation.write_ahead(prepared, transactions, job_id)


def commit(connection: Connection, prepared: Prepared, *, job_id: int) -> Outcome:
    """Write what was prepared within the transaction of ``connection``; the caller commits it.

    Raises ``Aborted`` when ``should_stop`` says so between batches: roll back then, and after any other exception.
    """
    from yearadmin.embedded.ingest import aggregation, computed, entries, factors, recalculation, reduction, references

    writers = {
        Task.DATA: entries.write,
        Task.FACTORS: factors.write,
        Task.REFERENCES: references.write,
        Task.REDUCTION: reduction.write,
        Task.RECALCULATION: recalculation.write,
        Task.AGGREGATION: aggregation.write,
        Task.COMPUTED_FACTORS: computed.write,
    }
    return writers[prepared.task](connection, prepared, job_id)
