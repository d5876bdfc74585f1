"""One backend from ready to stopped: the web server, the worker beside it, and an end that keeps nobody waiting.

Never leaves a process or an open stream behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import platform
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from uuid import uuid4

import uvicorn

from yearadmin.embedded.app import make_app
from yearadmin.embedded.context import Context
from yearadmin.embedded.database import WebDatabase
from yearadmin.embedded.engines import kind_of
from yearadmin.embedded.local_door import LocalDoor
from yearadmin.embedded.protocol import patient_protocol
from yearadmin.embedded.sample_years import begin_sample_years, fill_sample_years
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
    name = f"{platform.node()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"
    database = WebDatabase(kind_of(settings))
    watch = Watch(database, name)
    database.committed = watch.notice
    supervisors = [Supervisor(settings, name, watch.notice) for _ in range(settings.workers)]

    def wake_workers() -> None:
        for supervisor in supervisors:
            supervisor.wake()

    context = Context(settings, signing_secret(settings.data_dir), database, watch, wake_workers)
    exposure = settings.exposure
    if exposure.sign_on is not None:
        from yearadmin.embedded.oidc import Issuer

        context.issuer = Issuer(exposure.sign_on)
    if exposure.token_from_input:
        context.door = LocalDoor()
    config = uvicorn.Config(
        make_app(context),
        log_level="warning",
        access_log=False,
        log_config=None,
        http=patient_protocol(exposure.patience),
        ws="none",
        ssl_certfile=exposure.tls_cert,
        ssl_keyfile=exposure.tls_key,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config, lambda: say_ready(listening.getsockname()[1]))

    def stop() -> None:
        context.stopping.set()
        watch.wake_all()
        server.should_exit = True

    _on_signals(stop)
    if stop_with_parent or context.door is not None:
        _listen_to_input(stop if stop_with_parent else None, context.door)
    beside = [asyncio.create_task(supervisor.run(), name="supervisor") for supervisor in supervisors]
    if sample and await begin_sample_years(context):
        beside.append(asyncio.create_task(fill_sample_years(context), name="sample"))
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


def _listen_to_input(stop: Callable[[], None] | None, door: LocalDoor | None) -> None:
    """Each line of standard input is a token for the door, if there is one; its end is the parent's."""
    loop = asyncio.get_running_loop()

    def wait() -> None:
        number, rest = sys.stdin.fileno(), b""  # not the buffered file: a thread inside it would spoil the end
        with contextlib.suppress(RuntimeError):  # stopped already
            while piece := _read_input(number):
                *lines, rest = (rest + piece).split(b"\n")
                rest = rest[-4096:]
                for line in lines:
                    if door is not None and (token := line.strip()):
                        loop.call_soon_threadsafe(door.accept, token)
            if stop is not None:
                loop.call_soon_threadsafe(stop)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def _read_input(number: int) -> bytes:
    try:
        return os.read(number, 4096)
    except OSError:
        return b""
