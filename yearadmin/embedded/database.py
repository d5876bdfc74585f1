"""How both processes reach the database: the web side asynchronously, the worker synchronously, on the same rules.

Knows nothing of what is stored. A read sees one moment; a write takes the writer's place at once: no two deadlock.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

BUSY_MILLISECONDS = 30_000  # how long a writer waits for another one
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


class WebDatabase:
    """The web side's access. ``committed`` is called after each of its commits."""

    def __init__(self, path: Path) -> None:
        self._engine = create_async_engine(sqlite_url(path, "aiosqlite"), pool_size=10, max_overflow=0)
        _obey_our_rules(self._engine.sync_engine)
        self._writer = asyncio.Lock()
        self.committed: Callable[[], None] = lambda: None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One consistent look; never waits for a writer."""
        async with self._engine.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: all of it or nothing."""
        async with self._writer, self._engine.connect() as connection:
            await connection.execution_options(**{_IMMEDIATE: True})
            async with connection.begin():
                yield connection
        self.committed()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Callable[[], Any]]:
        """A connection of its own that tells whether another one has committed since it was last asked."""
        async with self._engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            assert driver is not None

            async def version() -> int:
                async with driver.execute("PRAGMA data_version") as cursor:
                    row = await cursor.fetchone()
                return int(row[0])

            yield version

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


class WorkerDatabase:
    """The worker's access, shared by its threads. ``committed`` is called after each commit."""

    def __init__(self, path: Path, committed: Callable[[], None] = lambda: None) -> None:
        self.engine = create_engine(sqlite_url(path, "pysqlite"), pool_size=10, max_overflow=0)
        _obey_our_rules(self.engine)
        # SQLite's own waiting is a lottery; among our threads the writer's place goes to whoever asked first.
        self._writer = threading.Lock()
        self._committed = committed

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look; never waits for a writer."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing."""
        with self._writer, self.engine.connect() as connection:
            connection.execution_options(**{_IMMEDIATE: True})
            with connection.begin():
                yield connection
        self._committed()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
