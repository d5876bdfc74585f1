"""What database engines do differently, as one interface: addresses, transactions, taking turns, telling of commits.

Knows no table. The rest of the backend asks here and never looks at an engine's name; each has a file of its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Engine
    from sqlalchemy.ext.asyncio import AsyncEngine
    from sqlalchemy.sql.dml import UpdateBase

    from yearadmin.embedded.settings import Settings

Rows = list[tuple[Any, ...]]


class UnusableAddressError(Exception):
    """What ``--database-url`` says can’t be used; the text is a sentence for the operator."""


class DatabaseKind(ABC):
    """One engine with the address of one database."""

    shared: ClassVar[bool]
    """Whether several workers and several backends may work on it at once."""
    one_writer: ClassVar[bool]
    """Whether writers of one process are to queue up before they ask the engine."""
    read_options: ClassVar[Mapping[str, Any]]
    write_options: ClassVar[Mapping[str, Any]]

    @abstractmethod
    def web_engine(self) -> AsyncEngine:
        """The web side's connections."""

    @abstractmethod
    def worker_engine(self) -> Engine:
        """A worker's connections."""

    @abstractmethod
    def bring_up_to_date(self) -> None:
        """Make or migrate the tables. Raises ``DatabaseUnusableError``, OSError."""

    @abstractmethod
    def listening(
        self, backend: str, notice: Callable[[], None], watched: Callable[[], bool]
    ) -> AbstractAsyncContextManager[None]:
        """Call ``notice`` when some process has committed, at least as long as ``watched`` says that it matters.

        While it lasts, others can tell by :meth:`gone` that ``backend`` is there.
        """

    @abstractmethod
    def attend(self, owner: str, wake: Callable[[], None]) -> None:
        """Be there under the worker's name until the process ends; call ``wake`` when some process has committed."""

    @abstractmethod
    def gone(self, connection: Connection, names: set[str]) -> set[str]:
        """Which of these workers or backends, none of them the caller, are there no more."""


def kind_of(settings: Settings) -> DatabaseKind:
    """The engine a run was told to use. Raises :class:`UnusableAddressError`."""
    if settings.database_url:
        from yearadmin.embedded.engine_postgresql import PostgresKind

        return PostgresKind.from_settings(settings)
    from yearadmin.embedded.engine_sqlite import SqliteKind

    return SqliteKind(settings.database_file)


def take_turns(connection: Connection, *what: object) -> None:
    """From here to the end of the transaction, be the only one who does ``what``.

    Needed where a transaction reads and then writes what it found missing: where a writer is alone anyway, it costs
    nothing.
    """
    if connection.dialect.name == "postgresql":
        from yearadmin.embedded.engine_postgresql import hold

        hold(connection, ":".join(map(str, what)))


def bulk_updater(connection: Connection, key: Column[Any], column: Column[Any]) -> Callable[[Rows], None] | None:
    """A faster way than an UPDATE per row to give many rows, told by their key, a new value, where there is one."""
    if connection.dialect.name == "postgresql":
        from yearadmin.embedded.engine_postgresql import bulk_updater as fast

        return fast(connection, key, column)
    return None


def bulk_writer(connection: Connection, statement: UpdateBase, names: Sequence[str]) -> Callable[[Rows], None] | None:
    """A faster way than the statement itself to write many rows, where the engine has one."""
    if connection.dialect.name == "postgresql":
        from yearadmin.embedded.engine_postgresql import bulk_writer as fast

        return fast(connection, statement, names)
    return None
