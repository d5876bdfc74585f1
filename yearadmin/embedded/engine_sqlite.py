"""SQLite: one file, one backend, one worker; everything that is peculiar to it and used while running.

A write takes the writer's place at once, so no two can deadlock and nobody else writes between its read and its write.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from yearadmin.embedded.engines import DatabaseKind

BUSY_MILLISECONDS = 30_000  # how long a writer waits for another one
LISTEN_EVERY = 0.25  # seconds; only for commits nobody told us of (a worker that died right after one)
_IMMEDIATE = "yearadmin_writes"


def sqlite_url(path: Path, driver: str) -> URL:
    """The address of the database file."""
    return URL.create(f"sqlite+{driver}", database=str(path))


def _obey_our_rules(engine: Engine) -> None:
    """WAL, foreign keys, a patient writer, and transactions begun by us alone."""

    @event.listens_for(engine, "connect")
    def _on_connect(dbapi: Any, record: object) -> None:
        dbapi.isolation_level = None  # no BEGIN behind our back
        cursor = dbapi.cursor()
        try:
            for pragma in (
                f"busy_timeout = {BUSY_MILLISECONDS}",
                "journal_mode = WAL",
                "synchronous = NORMAL",
                "foreign_keys = ON",
                "temp_store = MEMORY",
            ):
                cursor.execute(f"PRAGMA {pragma}")
        finally:
            cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_IMMEDIATE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class SqliteKind(DatabaseKind):
    """The database file of a data directory."""

    shared = False
    one_writer = True  # SQLite's own waiting is a lottery: the writer's place goes to whoever asked first
    read_options: ClassVar[Mapping[str, Any]] = {}
    write_options: ClassVar[Mapping[str, Any]] = {_IMMEDIATE: True}

    def __init__(self, path: Path) -> None:
        self._path = path
        self._web: AsyncEngine | None = None

    def web_engine(self) -> AsyncEngine:
        """The web side's connections."""
        self._web = create_async_engine(sqlite_url(self._path, "aiosqlite"), pool_size=10, max_overflow=0)
        _obey_our_rules(self._web.sync_engine)
        return self._web

    def worker_engine(self) -> Engine:
        """A worker's connections."""
        engine = create_engine(sqlite_url(self._path, "pysqlite"), pool_size=10, max_overflow=0)
        _obey_our_rules(engine)
        return engine

    def bring_up_to_date(self) -> None:
        """Make or migrate the tables; a copy of the file is kept before."""
        from yearadmin.embedded.migrate import bring_up_to_date

        bring_up_to_date(self._path)

    @asynccontextmanager
    async def listening(
        self, backend: str, notice: Callable[[], None], watched: Callable[[], bool]
    ) -> AsyncIterator[None]:
        """The worker tells of its commits itself; this looks now and then for those it could not tell any more."""
        following = asyncio.create_task(self._follow(notice, watched), name="listen")
        try:
            yield
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following

    async def _follow(self, notice: Callable[[], None], watched: Callable[[], bool]) -> None:
        assert self._web is not None, "no web engine yet"
        async with self._web.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            assert driver is not None
            seen = None
            while True:
                if watched():
                    async with driver.execute("PRAGMA data_version") as cursor:
                        present = (await cursor.fetchone())[0]
                    if present != seen:
                        notice()
                    seen = present
                await asyncio.sleep(LISTEN_EVERY)

    def attend(self, owner: str, wake: Callable[[], None]) -> None:
        """Nobody else asks: the data directory is locked by the one backend whose one worker this is."""

    def gone(self, connection: Connection, names: set[str]) -> set[str]:
        """All of them: whoever else has left a name here has ended."""
        return set(names)
