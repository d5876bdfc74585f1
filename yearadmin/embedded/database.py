"""How both processes reach the database: the web side asynchronously, the worker synchronously, on the same rules.

Knows nothing of what is stored, nor of engines' ways (see ``engines``). A read sees one moment; a write is whole, and
neither is broken off in the middle because the client has gone.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext

from anyio import CancelScope
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from yearadmin.embedded.engines import DatabaseKind


class WebDatabase:
    """The web side's access. ``committed`` is called after each of its commits.

    A request whose client has gone is cancelled again and again until it ends. In the middle of a statement that would
    cost the connection, and the driver would close it halfway; so what has begun here goes on to its end, a few ms.
    """

    def __init__(self, kind: DatabaseKind) -> None:
        self._kind = kind
        self._engine = kind.web_engine()
        self._writer = asyncio.Lock() if kind.one_writer else nullcontext()
        self.committed: Callable[[], None] = lambda: None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One consistent look; never waits for a writer."""
        with CancelScope(shield=True):
            async with self._engine.connect() as connection:
                await connection.execution_options(**self._kind.read_options)
                async with connection.begin():
                    yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: all of it or nothing."""
        with CancelScope(shield=True):
            async with self._writer, self._engine.connect() as connection:
                await connection.execution_options(**self._kind.write_options)
                async with connection.begin():
                    yield connection
        self.committed()

    def listening(
        self, backend: str, notice: Callable[[], None], watched: Callable[[], bool]
    ) -> AbstractAsyncContextManager[None]:
        """Be there under the backend's name and hear of every process's commits (see ``DatabaseKind.listening``)."""
        return self._kind.listening(backend, notice, watched)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


class WorkerDatabase:
    """The worker's access, shared by its threads. ``committed`` is called after each commit."""

    def __init__(self, kind: DatabaseKind, committed: Callable[[], None] = lambda: None) -> None:
        self.kind = kind
        self.engine = kind.worker_engine()
        self._writer = threading.Lock() if kind.one_writer else nullcontext()
        self._committed = committed

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look; never waits for a writer."""
        with self.engine.connect() as connection:
            connection.execution_options(**self.kind.read_options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing."""
        with self._writer, self.engine.connect() as connection:
            connection.execution_options(**self.kind.write_options)
            with connection.begin():
                yield connection
        self._committed()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
