"""What a column and a table of a CSV file are, as data: kinds, ranges, allowed words, what identifies a factor.

The tables themselves are in ``columns_data``, ``columns_factors`` and ``columns_others``; ``cells`` checks rows by
them. No I/O and no SQL: the backend and the client's check of a file before upload read the same facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class CellKind(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"  # YYYY-MM-DD or YYYY/MM/DD
    COUNTRY = "country"  # two letters, or RoW for the rest of the world
    NUMBER_OR_NOTHING = "number_or_nothing"  # what is no number counts as absent


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a cell that is empty or blank is absent.

    ``required`` means that every row needs a value. ``identity`` marks the classification columns of a factor: two
    factors of a year with the same ones are the same factor (contract section 10.4).
    """

    name: str
    kind: CellKind = CellKind.TEXT
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    fold_case: bool = False
    identity: bool = False
    default: str | float | int | None = None


@dataclass(frozen=True, slots=True)
class SumLimit:
    """Columns whose values may add up to a maximum at most, where all of them are given."""

    columns: tuple[str, ...]
    maximum: float


@dataclass(frozen=True, slots=True)
class TableSpec:
    """The columns of one kind of CSV file, in the order operators know them; unknown columns are ignored."""

    columns: tuple[Column, ...]
    limits: tuple[SumLimit, ...] = ()
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns every row needs a value in, sorted."""
        return tuple(sorted(column.name for column in self.columns if column.required))

    @property
    def identity(self) -> tuple[str, ...]:
        """Names of the classification columns, in order."""
        return tuple(column.name for column in self.columns if column.identity)

    def with_column(self, column: Column) -> TableSpec:
        """The same table with one more column in front."""
        return TableSpec((column, *self.columns), self.limits)


UNIT_COLUMN = "unit_institutional_id"
"""The column of a per-year data file that says whose the row is (section 10.2)."""

PERSON_COLUMN = "user_institutional_id"
"""Unique among the members of one unit's report (section 10.2)."""


def text(name: str, *, required: bool = True, identity: bool = False) -> Column:
    """A text column; required ones refuse blank cells."""
    return Column(name, required=required, identity=identity)


def optional(*names: str) -> tuple[Column, ...]:
    """Some optional text columns."""
    return tuple(Column(name, required=False) for name in names)


def number(
    name: str,
    minimum: float | None = 0,
    maximum: float | None = None,
    *,
    required: bool = True,
    default: float | None = None,
) -> Column:
    """A column of finite decimal numbers."""
    return Column(name, CellKind.NUMBER, required, minimum, maximum, default=default)


def integer(
    name: str,
    minimum: int | None = None,
    maximum: int | None = None,
    *,
    required: bool = True,
    default: int | None = None,
) -> Column:
    """A column of whole numbers."""
    return Column(name, CellKind.INTEGER, required, minimum, maximum, default=default)


def choice(
    name: str,
    *choices: str,
    required: bool = True,
    identity: bool = False,
    fold_case: bool = False,
    default: str | None = None,
) -> Column:
    """A column that takes certain words only, upper and lower case told apart unless ``fold_case``."""
    return Column(
        name, CellKind.CHOICE, required, choices=choices, identity=identity, fold_case=fold_case, default=default
    )


ROOM_TYPES = ("office", "miscellaneous", "laboratories", "archives", "libraries", "auditoriums")
PLANE_CABINS = ("first", "business", "economy")
HOURS_IN_A_WEEK = 168
ACTIVE_HOURS = "active_usage_hours_per_week"
STANDBY_HOURS = "standby_usage_hours_per_week"
WEEK_LIMIT = SumLimit((ACTIVE_HOURS, STANDBY_HOURS), HOURS_IN_A_WEEK)
