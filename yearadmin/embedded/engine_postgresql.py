"""PostgreSQL: several backends and workers on one database; everything that is peculiar to it.

Whoever is there holds a lock of its name as long as its session lasts: the server itself knows who has died. Commits
are told with NOTIFY. A password is read from a file or left to libpq; it is never part of an address.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import URL, Column, Connection, Engine, bindparam, create_engine, event, make_url, text
from sqlalchemy.dialects.postgresql import ARRAY, VARCHAR
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.sql.dml import Insert

from yearadmin.embedded.engines import DatabaseKind, Rows, UnusableAddressError

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy.sql.dml import UpdateBase

    from yearadmin.embedded.settings import Settings

log = logging.getLogger("yearadmin.database")

CHANNEL = "yearadmin"
_DRIVER = "postgresql+psycopg"
_WRITES = "yearadmin_writes"
_AGAIN = 1.0  # seconds until a lost listening connection is made anew
_ASLEEP = "20s"
_KEY = "hashtextextended({}, 0)"  # advisory locks are numbers
_GONE = text(
    f"SELECT name FROM unnest(:names) AS name WHERE pg_try_advisory_xact_lock({_KEY.format('name')})"
).bindparams(bindparam("names", type_=ARRAY(VARCHAR)))
# Only of what was really written: workers that look in vain would wake each other for ever.
_NOTIFY = f"SELECT pg_notify('{CHANNEL}', '') WHERE pg_current_xact_id_if_assigned() IS NOT NULL"
# A host that vanishes is noticed after about half a minute; nobody waits for a lock for ever.
_SESSION = (
    "SET lock_timeout = '30s'",
    "SET tcp_keepalives_idle = 15",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)


def checked_url(given: str) -> URL:
    """The address as given, without a password. Raises :class:`UnusableAddressError`."""
    hint = f"It looks like this: {_DRIVER}://user@host/database"
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise UnusableAddressError(f"--database-url is no address of a database. {hint}") from error
    if url.drivername not in (_DRIVER, "postgresql"):
        raise UnusableAddressError(f"--database-url names {url.drivername}; only PostgreSQL is supported. {hint}")
    if url.password is not None or "password" in url.query:
        raise UnusableAddressError(
            "--database-url holds a password, which everybody on this computer could read. Leave it out and name a "
            "file that holds it with --database-password-file, or use PostgreSQL's own means (PGPASSFILE, "
            "PGSERVICEFILE, peer authentication)."
        )
    if sys.platform == "win32":
        raise UnusableAddressError("--database-url can’t be used on Windows; use the built-in database there.")
    try:
        import psycopg  # noqa: F401 (is it installed?)
    except ImportError as error:
        raise UnusableAddressError("PostgreSQL needs one more package: pip install 'yearadmin[postgresql]'") from error
    return url.set(drivername=_DRIVER)


def hold(connection: Connection, name: str) -> None:
    """Hold the lock of that name until the transaction ends; waits for whoever holds it.

    Whoever falls asleep with it loses the session, so that a process that hangs keeps nobody from working.
    """
    asleep = f"set_config('idle_in_transaction_session_timeout', '{_ASLEEP}', true)"
    connection.execute(text(f"SELECT {asleep}, pg_advisory_xact_lock({_KEY.format(':name')})"), {"name": name})


def _obey_our_rules(engine: Engine) -> None:
    """Sessions that give up waiting, texts every engine takes, and a notification with every commit of a writer."""

    @event.listens_for(engine, "connect")
    def _on_connect(dbapi: Any, record: Any) -> None:
        cursor = dbapi.cursor()
        for setting in _SESSION:
            cursor.execute(setting)
        cursor.close()
        dbapi.commit()
        _take_any_text(record.driver_connection)

    @event.listens_for(engine, "commit")
    def _on_commit(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES, False):
            connection.exec_driver_sql(_NOTIFY)


def _take_any_text(driver: Any) -> None:
    """PostgreSQL's text holds every character but NUL, which some files and requests contain."""
    from psycopg.types.string import StrDumper

    class Dumper(StrDumper):
        def dump(self, obj: Any) -> Any:
            return super().dump(obj.replace("\0", "\ufffd") if "\0" in obj else obj)

    driver.adapters.register_dumper(str, Dumper)


class PostgresKind(DatabaseKind):
    """A database on a PostgreSQL server."""

    shared = True
    one_writer = False
    read_options: ClassVar[Mapping[str, Any]] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    write_options: ClassVar[Mapping[str, Any]] = {"isolation_level": "READ COMMITTED", _WRITES: True}

    def __init__(self, url: URL, password_file: Path | None = None) -> None:
        self._url = url
        self._password_file = password_file

    @classmethod
    def from_settings(cls, settings: Settings) -> PostgresKind:
        """As the command line says. Raises :class:`UnusableAddressError`."""
        return cls(checked_url(settings.database_url), settings.database_password_file)

    @property
    def _secret(self) -> dict[str, str]:
        """What is added to the address; read anew for each engine, kept nowhere."""
        if self._password_file is None:
            return {}
        try:
            return {"password": self._password_file.read_text(encoding="utf-8").rstrip("\r\n")}
        except (OSError, UnicodeDecodeError) as error:
            raise UnusableAddressError(f"The password file {self._password_file} can’t be read.") from error

    def _direct(self) -> dict[str, Any]:
        """The address in the driver's own words."""
        dialect: Any = self._url.get_dialect()()
        _, options = dialect.create_connect_args(self._url)
        return {**options, **self._secret, "autocommit": True}

    def web_engine(self) -> AsyncEngine:
        """The web side's connections."""
        engine = create_async_engine(
            self._url, connect_args=self._secret, pool_size=10, max_overflow=0, pool_pre_ping=True
        )
        _obey_our_rules(engine.sync_engine)
        return engine

    def worker_engine(self) -> Engine:
        """A worker's connections."""
        engine = create_engine(self._url, connect_args=self._secret, pool_size=10, max_overflow=0, pool_pre_ping=True)
        _obey_our_rules(engine)
        return engine

    def bring_up_to_date(self) -> None:
        """Make or migrate the tables; of several backends starting at once, one does it and the others wait."""
        from yearadmin.embedded.migrate_postgresql import bring_up_to_date

        bring_up_to_date(self._url, self._secret)

    @asynccontextmanager
    async def listening(
        self, backend: str, notice: Callable[[], None], watched: Callable[[], bool]
    ) -> AsyncIterator[None]:
        """A session of its own that the server notifies."""
        following = asyncio.create_task(self._follow(backend, notice), name="listen")
        try:
            yield
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following

    async def _follow(self, backend: str, notice: Callable[[], None]) -> None:
        import psycopg

        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**self._direct()) as connection:
                    await connection.execute(f"SELECT pg_advisory_lock({_KEY.format('%s')})", [backend])
                    await connection.execute(f"LISTEN {CHANNEL}")
                    notice()  # for what was committed before we heard
                    async for _ in connection.notifies():
                        notice()
            except psycopg.Error as error:
                log.warning("the database does not answer (%s); trying again", _first_line(error))
            await asyncio.sleep(_AGAIN)

    def attend(self, owner: str, wake: Callable[[], None]) -> None:
        """A session of its own, in a thread, that holds the worker's lock and is notified."""
        there = threading.Event()
        threading.Thread(target=self._attend, args=(owner, wake, there), name="attend", daemon=True).start()
        there.wait()

    def _attend(self, owner: str, wake: Callable[[], None], there: threading.Event) -> None:
        import psycopg

        while True:
            try:
                with psycopg.connect(**self._direct()) as connection:
                    _be_there(connection, owner)
                    there.set()
                    wake()
                    for _ in connection.notifies():
                        wake()
            except psycopg.Error as error:
                log.warning("the database does not answer (%s); trying again", _first_line(error))
            time.sleep(_AGAIN)

    def gone(self, connection: Connection, names: set[str]) -> set[str]:
        """Those whose lock nobody holds. Of two who ask at once only one is told, which suits: one has to act."""
        return set(connection.execute(_GONE, {"names": sorted(names)}).scalars()) if names else set()


def _be_there(connection: psycopg.Connection[Any], owner: str) -> None:
    for setting in _SESSION:
        connection.execute(setting.encode())
    connection.execute(f"SELECT pg_advisory_lock({_KEY.format('%s')})".encode(), [owner])
    connection.execute(f"LISTEN {CHANNEL}".encode())


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def bulk_writer(connection: Connection, statement: UpdateBase, names: Sequence[str]) -> Callable[[Rows], None] | None:
    """COPY for plain inserts, several times as fast as INSERT."""
    if not isinstance(statement, Insert) or getattr(statement, "_post_values_clause", None) is not None:
        return None
    driver: Any = connection.connection.driver_connection
    quote = connection.dialect.identifier_preparer
    columns = ", ".join(map(quote.quote, names))
    order = f"COPY {quote.format_table(statement.table)} ({columns}) FROM STDIN"

    def write(rows: Rows) -> None:
        with driver.cursor() as cursor, cursor.copy(order) as copy:
            for row in rows:
                copy.write_row(row)

    return write


def bulk_updater(connection: Connection, key: Column[Any], column: Column[Any]) -> Callable[[Rows], None]:
    """One UPDATE for all rows instead of one each."""
    quote = connection.dialect.identifier_preparer
    kinds = [item.type.compile(connection.dialect) for item in (column, key)]
    order = (
        f"UPDATE {quote.format_table(key.table)} AS held SET {quote.quote(column.name)} = given.value"
        f" FROM unnest(%(values)s::{kinds[0]}[], %(keys)s::{kinds[1]}[]) AS given(value, key)"
        f" WHERE held.{quote.quote(key.name)} = given.key"
    )

    def write(rows: Rows) -> None:
        connection.exec_driver_sql(order, {"values": [row[0] for row in rows], "keys": [row[1] for row in rows]})

    return write
