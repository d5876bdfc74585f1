"""Checks the rows of a CSV file against the columns of its table: pure, one compiled checker per file header.

Never reads a file and never raises on any cell text: a row is accepted as values or refused with plain sentences.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date

from yearadmin.catalogue.columns import CellKind, Column, TableSpec

Value = str | float | int
Row = dict[str, Value]
"""The accepted cells of a row by column, converted; absent ones are left out."""

_SHOWN = 40
_LARGEST_INTEGER = 10**15
_DATE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", re.ASCII)
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)


class CellRefusedError(ValueError):
    """A cell breaks a rule; the text says which, without the column's name."""


def shown(value: str) -> str:
    """A cell's text as it stands in a sentence: on one line, shortened."""
    value = " ".join(value.split())
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"


class RowChecker:
    """Checks rows of one file: built from its table and header, then called per row.

    Where a header repeats a name the last column counts. A row may be shorter or longer than the header: cells that
    are not there are absent, surplus ones ignored.
    """

    def __init__(self, table: TableSpec, header: Sequence[str]) -> None:
        place = {name: index for index, name in enumerate(header)}
        self.missing = tuple(name for name in table.required if name not in place)
        self._limits = table.limits
        self._absent = [column for column in table.columns if column.name not in place]
        self._plan = [
            (column.name, place[column.name], _reader(column), column.required, column.default)
            for column in table.columns
            if column.name in place
        ]
        self._needs = max((index for _, index, *_ in self._plan), default=-1) + 1

    def read(self, cells: list[str]) -> Row:
        """The row's values. Raises ``CellRefusedError`` whose text is the whole reason, every faulty column named."""
        if len(cells) < self._needs:
            cells = cells + [""] * (self._needs - len(cells))
        row: Row = {}
        try:
            for name, index, read, required, default in self._plan:
                if (cell := cells[index]) and (value := read(cell)) is not None:
                    row[name] = value
                elif required:
                    raise CellRefusedError
                elif default is not None:
                    row[name] = default
        except CellRefusedError:
            raise CellRefusedError("; ".join(self._faults(cells))) from None
        if self._absent:
            self._add_absent(row)
        for limit in self._limits:
            numbers = [value for name in limit.columns if isinstance(value := row.get(name), int | float)]
            if len(numbers) == len(limit.columns) and sum(numbers) > limit.maximum:
                raise CellRefusedError(f"{' + '.join(limit.columns)}: {sum(numbers)} is more than {limit.maximum:g}")
        return row

    def _add_absent(self, row: Row) -> None:
        """Columns the file does not have: their default, or the reason why the row can't be used."""
        lacking = [column.name for column in self._absent if column.required]
        if lacking:
            raise CellRefusedError("; ".join(f"{name}: the file has no such column" for name in lacking))
        row.update({column.name: column.default for column in self._absent if column.default is not None})

    def _faults(self, cells: list[str]) -> list[str]:
        """Every fault of a row that has some."""
        faults = [f"{column.name}: the file has no such column" for column in self._absent if column.required]
        for name, index, read, required, _ in self._plan:
            try:
                if required and (not cells[index] or read(cells[index]) is None):
                    faults.append(f"{name}: is empty")
                elif cells[index]:
                    read(cells[index])
            except CellRefusedError as refused:
                faults.append(f"{name}: {refused}")
        return faults


_Reader = Callable[[str], Value | None]


def _reader(column: Column) -> _Reader:
    """How a cell of that column is read: a value, None when blank, or ``CellRefusedError``."""
    match column.kind:
        case CellKind.TEXT:
            return _text
        case CellKind.DATE:
            return _date
        case CellKind.COUNTRY:
            return _country
        case CellKind.NUMBER_OR_NOTHING:
            return _number_or_nothing
        case CellKind.CHOICE:
            return _choice(column)
        case CellKind.INTEGER | CellKind.NUMBER:
            return _number(column)


def _text(cell: str) -> str | None:
    return None if cell.isspace() else cell


def _finite(cell: str) -> float | None:
    """The number a cell holds in ordinary notation, or None."""
    try:
        value = float(cell)
    except ValueError:
        return None
    # Python alone would also take 1_000, other scripts' digits, infinity and not-a-number.
    return value if math.isfinite(value) and "_" not in cell and cell.isascii() else None


def _number_or_nothing(cell: str) -> float | None:
    return _finite(cell)


def _number(column: Column) -> _Reader:
    low = -math.inf if column.minimum is None else column.minimum
    high = math.inf if column.maximum is None else column.maximum
    whole = column.kind is CellKind.INTEGER

    def read(cell: str) -> float | int | None:
        value = _finite(cell)
        if value is None:
            if not cell.strip():
                return None
            raise CellRefusedError(f"“{shown(cell)}” is not a number{_hint(cell)}")
        if value < low:
            raise CellRefusedError(f"{shown(cell)} is less than {low:g}")
        if value > high:
            raise CellRefusedError(f"{shown(cell)} is more than {high:g}")
        if not whole:
            return value
        if not value.is_integer():
            raise CellRefusedError(f"{shown(cell)} is not a whole number")
        if abs(value) > _LARGEST_INTEGER:
            raise CellRefusedError(f"{shown(cell)} is too large")
        return int(value)

    return read


def _hint(cell: str) -> str:
    """What is the matter with the usual near misses."""
    rest = cell.strip()
    if re.fullmatch(r"-?\d+,\d+", rest, re.ASCII):
        return " (write decimals with a point)"
    return " (write it without the percent sign)" if rest.endswith("%") else ""


def _choice(column: Column) -> _Reader:
    known = {word: word for word in column.choices}
    words = ", ".join(column.choices)
    fold = column.fold_case

    def read(cell: str) -> str | None:
        word = known.get(cell) or (known.get(cell.lower()) if fold else None)
        if word is None:
            if cell.isspace():
                return None
            raise CellRefusedError(f"“{shown(cell)}” is none of {words}")
        return word

    return read


def _date(cell: str) -> str | None:
    rest = cell.strip()
    if not rest:
        return None
    found = _DATE.fullmatch(rest)
    try:
        if found:
            return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    except ValueError:
        pass
    raise CellRefusedError(f"“{shown(cell)}” is not a date such as 2026-03-31")


def _country(cell: str) -> str | None:
    rest = cell.strip()
    if not rest:
        return None
    if rest == "RoW" or _COUNTRY.fullmatch(rest):
        return rest
    raise CellRefusedError(f"“{shown(cell)}” is neither a country code of two letters nor RoW")
