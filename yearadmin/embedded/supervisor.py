"""Keeps a worker process running beside the web side: starts it, starts it again when it dies, ends it.

Never looks into the database and never passes anything secret to the worker.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress

from yearadmin.embedded.settings import Settings

log = logging.getLogger("yearadmin.serve")

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds before a worker that died is started again
STEADY = 30.0  # seconds after which a worker counts as having run well


class Supervisor:
    """``committed`` is called whenever the worker says so, and when it has died."""

    def __init__(self, settings: Settings, backend: str, committed: Callable[[], None]) -> None:
        self._command = _command(settings, backend)
        self._committed = committed
        self._process: Process | None = None

    def wake(self) -> None:
        """Tell the worker that there may be something to do."""
        if self._process is not None and self._process.stdin is not None:
            with suppress(ConnectionError, RuntimeError):
                self._process.stdin.write(b"\n")

    async def run(self) -> None:
        """Keep a worker running until cancelled, then end it."""
        loop = asyncio.get_running_loop()
        pause = FIRST_PAUSE
        while True:
            began = loop.time()
            try:
                code: object = await self._one(self._command)
            except OSError as error:  # no memory or no process left on this computer
                code = error
            log.warning("the worker has ended (%s) and is started again", code)
            self._committed()
            pause = FIRST_PAUSE if loop.time() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _one(self, command: list[str]) -> int | None:
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        self._process = process
        assert process.stdout is not None
        try:
            while await process.stdout.read(4096):
                self._committed()
        finally:
            self._process = None
            await _end(process)
        return process.returncode


async def _end(process: Process) -> None:
    if process.returncode is None:
        assert process.stdin is not None
        process.stdin.close()  # the worker's sign that its backend is gone
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await process.wait()
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _command(settings: Settings, backend: str) -> list[str]:
    # A frozen program is its own interpreter.
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "yearadmin"]
    options = ["--data-dir", str(settings.data_dir), "--units", str(settings.units_file)]
    if settings.pace:
        options += ["--pace", str(settings.pace)]
    if settings.database_url:
        options += ["--database-url", settings.database_url]
    if settings.database_password_file is not None:
        options += ["--database-password-file", str(settings.database_password_file)]
    if settings.shared_files is not None:
        options += ["--files-dir", str(settings.shared_files)]
    return [*start, "serve", "--as-worker", backend, *options]
