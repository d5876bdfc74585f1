"""One backend from ready to stopped: the web server, the worker beside it, and an end that keeps nobody waiting.

Never leaves a process or an open stream behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator

import uvicorn

from yearadmin.embedded.app import make_app
from yearadmin.embedded.context import Context
from yearadmin.embedded.database import WebDatabase
from yearadmin.embedded.sample_years import make_sample_years
from yearadmin.embedded.settings import Settings, signing_secret
from yearadmin.embedded.supervisor import Supervisor
from yearadmin.embedded.watch import Watch

log = logging.getLogger("yearadmin.serve")

GRACE = 1  # seconds a request under way may still take once the backend stops


class _Server(uvicorn.Server):
    """Tells when it answers; leaves signals to us, which end streams first."""

    def __init__(self, config: uvicorn.Config, answering: Callable[[], None]) -> None:
        super().__init__(config)
        self._answering = answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._answering()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(
    settings: Settings,
    listening: socket.socket,
    say_ready: Callable[[int], None],
    *,
    stop_with_parent: bool,
    sample: bool,
) -> int:
    """Serve until told to stop; the exit code."""
    asyncio.run(_run(settings, listening, say_ready, stop_with_parent, sample))
    return 0


async def _run(
    settings: Settings,
    listening: socket.socket,
    say_ready: Callable[[int], None],
    stop_with_parent: bool,
    sample: bool,
) -> None:
    database = WebDatabase(settings.database_file)
    watch = Watch(database)
    database.committed = watch.notice
    supervisor = Supervisor(settings, watch.notice)
    context = Context(settings, signing_secret(settings.data_dir), database, watch, supervisor.wake)
    config = uvicorn.Config(
        make_app(context),
        log_level="warning",
        access_log=False,
        log_config=None,
        ws="none",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config, lambda: say_ready(listening.getsockname()[1]))

    def stop() -> None:
        context.stopping.set()
        watch.wake_all()
        server.should_exit = True

    _on_signals(stop)
    if stop_with_parent:
        _when_input_ends(stop)
    beside = [asyncio.create_task(supervisor.run(), name="supervisor")]
    if sample:
        beside.append(asyncio.create_task(make_sample_years(context), name="sample"))
        beside[-1].add_done_callback(_tell_failure)
    try:
        await server.serve([listening])
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


def _tell_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("the demonstration years could not be made: %s", error, exc_info=error)


def _on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _when_input_ends(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()

    def wait() -> None:
        while sys.stdin.buffer.read(4096):
            pass
        with contextlib.suppress(RuntimeError):  # stopped already
            loop.call_soon_threadsafe(stop)

    threading.Thread(target=wait, name="parent", daemon=True).start()
