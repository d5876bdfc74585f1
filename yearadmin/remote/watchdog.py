"""Ends the wait for a stream that has fallen silent, with one timer per stream however many events pass.

Never cancels anything but the wait it guards; what the silence means is the caller's business.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

_EARLY = 0.9  # timers on a Qt loop may fire some percent early


class Watchdog:
    """Guards ``await anext(stream)``: a timeout for each single wait would leave thousands of dead timers behind."""

    def __init__(self, silence: float | None) -> None:
        self._silence = silence
        self._guard: asyncio.Timeout | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._waiting_since = 0.0

    async def next_of(self, stream: AsyncIterator[bytes]) -> bytes:
        """The next item. Raises TimeoutError after ``silence`` seconds without one, StopAsyncIteration at the end."""
        loop = asyncio.get_running_loop()
        self._waiting_since = loop.time()
        if self._silence is not None and self._timer is None:
            self._timer = loop.call_later(self._silence, self._look, loop, self._silence)
        try:
            async with asyncio.timeout(None) as self._guard:
                return await anext(stream)
        finally:
            self._guard = None

    def _look(self, loop: asyncio.AbstractEventLoop, silence: float) -> None:
        idle = loop.time() - self._waiting_since
        if self._guard is None or idle < silence * _EARLY:
            # Nobody waits just now, or something came meanwhile: look again when that will be old enough.
            self._timer = loop.call_later(silence if self._guard is None else silence - idle, self._look, loop, silence)
            return
        self._timer = None
        self._guard.reschedule(loop.time())

    def stop(self) -> None:
        """Forget the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
