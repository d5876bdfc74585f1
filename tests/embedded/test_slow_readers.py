"""Event streams whose readers stop reading: they harm nobody, are held in bounded memory, and are let go in the end.

Our own server in this process, so that its buffers can be looked into; the readers are raw sockets.
"""

from __future__ import annotations

import asyncio
import json
import socket
import statistics
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from sqlalchemy import insert

from yearadmin.contract.enums import IngestionMethod, JobType, TargetType, UserProvider
from yearadmin.embedded import serve, watch
from yearadmin.embedded.app import make_app
from yearadmin.embedded.context import Context
from yearadmin.embedded.database import WebDatabase
from yearadmin.embedded.engine_sqlite import SqliteKind
from yearadmin.embedded.jobs import NewJob, create_job
from yearadmin.embedded.running import _Server
from yearadmin.embedded.settings import Settings
from yearadmin.embedded.tables import now, pipelines

from .backends import ADMIN

PIPELINE = "00000000-0000-4000-8000-000000000001"
SENT_WITHIN = 0.05  # seconds
BIG = 200_000  # bytes of one picture, much larger than any real one
SILENT, READING = 40, 10
UNREAD_MILLISECONDS = 700  # instead of a minute


@dataclass
class Running:
    context: Context
    server: uvicorn.Server
    port: int
    cookie: str
    serving: asyncio.Task[None]

    def buffered(self) -> int:
        """Bytes waiting in this process for readers."""
        return sum(one.transport.get_write_buffer_size() for one in self.server.server_state.connections)  # type: ignore[union-attr]

    def publish(self, number: int, *, done: bool = False) -> None:
        """A new picture of the pipeline, as after a commit."""
        text = json.dumps({"number": number, "at": time.monotonic(), "filling": "x" * BIG})
        for subscription in self.context.watch._pipelines.get(PIPELINE, ()):
            subscription.offer(watch.Picture(text, (number,), done))

    def ask(self) -> bytes:
        return (
            f"GET /v1/sync/pipelines/{PIPELINE}/stream HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Cookie: {self.cookie}\r\n\r\n"
        ).encode()

    def silent_reader(self) -> socket.socket:
        """Asks for the stream and reads nothing of it, with little room in its own buffers."""
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        made.connect(("127.0.0.1", self.port))
        made.sendall(self.ask())
        return made

    def stop(self) -> None:
        self.context.stopping.set()
        self.context.watch.wake_all()
        self.server.should_exit = True


@pytest.fixture
async def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    kind = SqliteKind(tmp_path / "backend.sqlite")
    kind.bring_up_to_date()
    database = WebDatabase(kind)
    context = Context(Settings(tmp_path, tmp_path, demo=True), b"s" * 64, database, watch.Watch(database, "test"))
    monkeypatch.setattr(serve, "UNREAD_MILLISECONDS", UNREAD_MILLISECONDS)
    listening = serve._listen("127.0.0.1", 0)
    ready = asyncio.Event()
    server = _Server(
        uvicorn.Config(make_app(context), log_config=None, access_log=False, timeout_graceful_shutdown=1), ready.set
    )
    serving = asyncio.create_task(server.serve([listening]))
    await ready.wait()
    new = NewJob(
        job_type=JobType.UNIT_SYNC,
        method=IngestionMethod.API,
        provider=UserProvider.TEST,
        year=2026,
        target=TargetType.REFERENCE_DATA,
    )
    async with database.writing() as connection:
        row = {"id": PIPELINE, "kind": "unit_sync", "status": "NOT_STARTED", "created_at": now()}
        await connection.execute(insert(pipelines).values(**row))
        await connection.run_sync(create_job, new, PIPELINE)
    port = listening.getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/v1") as client:
        answer = await client.get("/auth/login-test", params={"role": ADMIN})
    cookie = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
    yield Running(context, server, port, cookie, serving)
    context.stopping.set()
    server.should_exit = True
    await serving
    listening.close()


async def read(running: Running, delays: list[float]) -> bytes:
    """Read a stream to its end; what came last."""
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port, limit=2**24)
    writer.write(running.ask())
    tail = b""
    while line := await reader.readline():
        tail = (tail + line)[-64:]
        if line.startswith(b'data: {"number"'):
            delays.append(time.monotonic() - float(json.loads(line[6:])["at"]))
        if line == b"0\r\n":
            break
    writer.close()
    return tail


async def until(true: object, seconds: float = 5.0) -> None:
    assert callable(true)
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 (what is waited for rings no bell)
            await asyncio.sleep(0.01)


async def test_readers_that_stop_reading_harm_nobody_and_are_let_go(running: Running) -> None:
    members = running.context.watch._pipelines
    silent = [running.silent_reader() for _ in range(SILENT)]
    delays: list[list[float]] = [[] for _ in range(READING)]
    readers = [asyncio.create_task(read(running, kept)) for kept in delays]
    await until(lambda: len(members.get(PIPELINE, ())) == SILENT + READING)
    held = 0
    for number in range(30):
        running.publish(number)
        await asyncio.sleep(0.06)
        held = max(held, running.buffered())
    # Each silent reader holds at most the one picture it was being sent, never the thirty that were published.
    assert held < (SILENT + READING) * (BIG + 100_000)
    assert all(len(kept) == 30 for kept in delays)
    assert statistics.median(delay for kept in delays for delay in kept) < SENT_WITHIN
    await until(lambda: len(members[PIPELINE]) == READING, 20)
    assert running.buffered() < BIG
    running.stop()
    ends = await asyncio.gather(*readers)
    assert all(end.endswith(b"0\r\n") for end in ends)  # an end, not a cut
    assert members == {}
    for one in silent:
        one.close()


async def test_stopping_waits_for_no_silent_reader(running: Running) -> None:
    silent = [running.silent_reader() for _ in range(5)]
    reading = asyncio.create_task(read(running, []))
    await until(lambda: len(running.context.watch._pipelines.get(PIPELINE, ())) == 6)
    for number in range(20):
        running.publish(number)
        await asyncio.sleep(0.005)
    began = time.monotonic()
    running.stop()
    assert (await reading).endswith(b"0\r\n")
    await running.serving
    assert time.monotonic() - began < 2.5
    for one in silent:
        one.close()
