"""Background work that is never forgotten: started here, its failures told, and all of it gone after ``close``.

Never swallows an exception and never restarts anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TypeVar

T = TypeVar("T")


class Tasks:
    """A group of tasks; ``on_failure`` hears of each exception that nobody awaited, with the task's name."""

    def __init__(self, on_failure: Callable[[BaseException, str], None]) -> None:
        self._on_failure = on_failure
        self._running: set[asyncio.Task[object]] = set()
        self._closed = False

    def __len__(self) -> int:
        return len(self._running)

    def spawn(self, work: Coroutine[object, object, T], name: str) -> asyncio.Task[T]:
        """Run ``work``; after :meth:`close` it is cancelled before its first step."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._done)
        if self._closed:
            task.cancel()
        return task

    def _done(self, task: asyncio.Task[T]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_failure(error, task.get_name())

    async def drain(self) -> None:
        """Wait until all work has ended by itself."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def close(self) -> None:
        """Cancel everything and wait until it is gone."""
        self._closed = True
        own = asyncio.current_task()
        while others := {task for task in self._running if task is not own}:
            for task in others:
                task.cancel()
            await asyncio.wait(others)
