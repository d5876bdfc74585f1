"""What goes into an ingestion and what comes out of it: the work, the prepared rows, the outcome, the refusals.

Knows nothing of files, tables or formulas.
"""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from yearadmin.contract.enums import JobResult

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEPT_ROW_ERRORS = 100
"""How many row errors a job keeps (contract section 7.4); the rest are only counted."""

Meta = dict[str, Any]
"""A piece of a job's ``meta``: JSON of the wire, whose keys section 7.4 lists."""


class IngestError(Exception):
    """The whole file failed and nothing may be written; the text is a sentence for the operator.

    ``meta`` holds what else is to be kept in the job's meta (row errors, counters); empty when there is nothing.
    """

    def __init__(self, message: str, meta: Meta | None = None) -> None:
        super().__init__(message)
        self.meta: Meta = meta or {}


class HeaderError(IngestError):
    """The header is not what this kind of file begins with, or nothing follows it; told in the meta as such."""

    def __init__(self, message: str) -> None:
        super().__init__(message, {"validation_error": message})


class Aborted(Exception):  # noqa: N818 (a wish of the operator, not an error)
    """``should_stop`` said so: the transaction is to be rolled back."""


def _silent(message: str, processed: int, total: int) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


@dataclass(kw_only=True, slots=True)
class Work:
    """One job's orders (contract section 5.2.1).

    ``connection`` is for reading while rows are prepared. ``report`` is told a sentence, the rows done and the rows
    there are, as often as every few thousand rows, and only while preparing: never within the write transaction.
    ``should_stop`` is asked as often, also while writing.
    """

    connection: Connection
    job_id: int
    year: int | None = None
    module: int | None = None
    det: int | None = None
    reduction: int | None = None
    path: Path | None = None
    report_module: int | None = None  # carbon_report_module_id of a unit-specific upload
    report: Callable[[str, int, int], None] = _silent
    should_stop: Callable[[], bool] = _never
    provider: int | None = None  # whose units a data file may name; None: those of any provider
    dets: tuple[int, ...] = ()  # recalculation of several types of the module; empty: ``det``, or all of the module

    def go_on(self) -> None:
        """Raise ``Aborted`` when the job is to stop."""
        if self.should_stop():
            raise Aborted


class Task(StrEnum):
    """Which writer a prepared work is for."""

    DATA = "data"
    FACTORS = "factors"
    REFERENCES = "references"
    REDUCTION = "reduction"
    RECALCULATION = "recalculation"
    AGGREGATION = "aggregation"
    COMPUTED_FACTORS = "computed_factors"


class Spool:
    """Rows waiting on disk, in chunks, so that memory does not grow with the file. Gone once closed."""

    def __init__(self) -> None:
        # Stays open as long as the spool: closed by close().
        self._file = tempfile.TemporaryFile(prefix="yearadmin-rows-")  # noqa: SIM115
        self.rows = 0

    def add(self, chunk: list[Any]) -> None:
        """Keep some rows: tuples of plain values."""
        if chunk:
            marshal.dump(chunk, self._file)
            self.rows += len(chunk)

    def chunks(self) -> Iterator[list[Any]]:
        """All rows again, chunk by chunk, in their order."""
        self._file.seek(0)
        left = self.rows
        while left:
            chunk: list[Any] = marshal.load(self._file)
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Free the disk."""
        self._file.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):  # there was room for a file at all
            self.close()


@dataclass(slots=True)
class RowErrors:
    """The first hundred refused rows and how many there were (contract section 7.4)."""

    kept: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0

    def add(self, row: int, reason: str) -> None:
        """Note a refused row; ``row`` counts data rows from 1."""
        self.count += 1
        if len(self.kept) < KEPT_ROW_ERRORS:
            self.kept.append({"row": row, "reason": reason})


@dataclass(kw_only=True, slots=True)
class Prepared:
    """Checked rows, ready to be written within one transaction; close it (or use ``with``) when done."""

    task: Task
    work: Work
    spool: Spool
    errors: RowErrors = field(default_factory=RowErrors)
    counts: dict[str, int] = field(default_factory=dict)  # named as in the job's stats
    touched: list[int] = field(default_factory=list)  # carbon_report_module ids a recalculation went through
    total: float = 0.0  # kg CO₂-eq of an aggregation
    units: set[int] = field(default_factory=set)  # ids of the units that data rows belong to
    written: object = None  # what the writer needs to know of rows that were written ahead

    def close(self) -> None:
        """Free the disk."""
        self.spool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended, for the caller to write into the job: ``meta.update(meta_extra)``, ``meta["stats"] = stats``.

    ``stats`` is empty where section 7.4 knows none (reduction objectives, recalculation, aggregation).
    ``reduction_rows`` are what ``config.reduction_objectives.<key>`` becomes (section 10.6), else None.
    """

    result: JobResult
    message: str
    stats: Meta
    meta_extra: Meta
    reduction_rows: list[dict[str, Any]] | None = None


def top_level(stats: Meta) -> Meta:
    """The counters of ``stats`` as they stand beside it in the meta: without the row errors, which are long."""
    return {name: value for name, value in stats.items() if name != "row_errors"}


def result_of(accepted: int, skipped: int) -> JobResult:
    """SUCCESS, WARNING when some rows were skipped, ERROR when none was accepted (contract section 10.1)."""
    if not accepted:
        return JobResult.ERROR
    return JobResult.WARNING if skipped else JobResult.SUCCESS


def counted_message(accepted: int, skipped: int) -> str:
    """The literal final text of a data or factor upload (contract section 7.3)."""
    result = result_of(accepted, skipped)
    return "Success" if result is JobResult.SUCCESS else f"{result.name}: {accepted} inserted, {skipped} skipped"
