"""Writes many rows with one prepared statement, at the driver's own speed, on any engine SQLAlchemy speaks.

Knows no table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, update

from yearadmin.embedded.engines import bulk_updater, bulk_writer

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection
    from sqlalchemy.sql.dml import UpdateBase


class ManyWriter:
    """One INSERT or UPDATE, compiled once, for rows given as tuples in the order of ``names``.

    Going through the compiled text spares a dictionary per row, which at a million rows is most of the time.
    """

    def __init__(self, connection: Connection, statement: UpdateBase, names: Sequence[str]) -> None:
        self._connection = connection
        compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))
        self._sql = str(compiled)
        self._names = tuple(names)
        order = compiled.positiontup
        self._order = None if order is None else [self._names.index(name) for name in order]
        self._as_given = self._order == list(range(len(self._names)))
        self._faster = bulk_writer(connection, statement, names)

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Write some rows; none is fine."""
        if not rows:
            return
        if self._faster is not None:
            self._faster(rows)
            return
        parameters: list[Any]
        if self._as_given:
            parameters = rows
        elif self._order is not None:
            order = self._order
            parameters = [tuple(row[place] for place in order) for row in rows]
        else:
            parameters = [dict(zip(self._names, row, strict=True)) for row in rows]
        self._connection.exec_driver_sql(self._sql, parameters)


def update_many(connection: Connection, key: Column[Any], column: Column[Any], rows: list[tuple[Any, Any]]) -> None:
    """Give each of the rows, a value and a key, its value in that column."""
    faster = bulk_updater(connection, key, column)
    if faster is not None and rows:
        faster(rows)
        return
    statement = update(key.table).where(key == bindparam("key")).values({column: bindparam("value")})
    ManyWriter(connection, statement, ("value", "key")).write(rows)
