"""The client engine without a window: event to state, fifty idle streams, a server restart, a full cache.

Run by the benchmark in a process of its own; prints one line of JSON, in seconds, bytes and shares of one core.
"""

from __future__ import annotations

import asyncio
import gc
import json
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from yearadmin.cache.store import Cache
from yearadmin.contract.links import LinkPhase
from yearadmin.remote.backend import LocalBackend
from yearadmin.remote.follow import FollowPace
from yearadmin.state.core import Core, CorePace, ServerChoice
from yearadmin.state.model import AppState, ConnectionPhase

STREAMS = (1, 50, 500)
EVENTS = 200  # per number of streams
IDLE = 5.0  # seconds
STATES = 10_000
USER = {"id": 1, "email": "bench@example.org", "permissions": {"backoffice.configuration": ["view", "edit"]}}


def pipeline_id(number: int) -> str:
    """The id of the n-th pipeline."""
    return str(UUID(int=number + 1, version=4))


def picture(number: int, count: int) -> bytes:
    """The n-th pipeline at work, in its count-th picture."""
    job = {"job_id": number + 1, "job_type": "factor_ingest", "state": "RUNNING", "status_message": f"row {count}"}
    progress = {"phase": 1, "done": False, "status": "RUNNING", "kind": "factor_ingest"}
    return json.dumps({"pipeline_id": pipeline_id(number), "jobs": [job], "progress": progress}).encode()


class EventServer:
    """A server of raw bytes with as many running pipelines as wanted; :meth:`push` sends an event to one."""

    def __init__(self, streams: int) -> None:
        self.streams: dict[str, asyncio.StreamWriter] = {}
        self._ids = [pipeline_id(number) for number in range(streams)]
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> str:
        """Listen; the base URL."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def stop(self) -> None:
        """End every connection."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def push(self, number: int, count: int) -> None:
        """Send the pipeline's next picture."""
        data = b"event: pipeline-update\ndata: " + picture(number, count) + b"\n\n"
        self.streams[pipeline_id(number)].write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode().partition("?")[0]
                if path.endswith("/stream"):
                    head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    writer.write(head.encode())
                    self.streams[path.split("/")[-2]] = writer
                    await reader.read()
                    return
                body, status = self._answer(path)
                head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
        writer.close()

    def _answer(self, path: str) -> tuple[bytes, str]:
        if path == "/healthz":
            return b'{"status": "ok"}', "200 OK"
        if path.endswith("/session"):
            return json.dumps(USER).encode(), "200 OK"
        if "/sync/pipelines/" in path:
            return picture(self._ids.index(path.rpartition("/")[2]), 0), "200 OK"
        if "/active-pipelines/year/" in path:
            return json.dumps(self._ids).encode(), "200 OK"
        if path.endswith("/active-pipelines"):
            return b"{}", "200 OK"
        if path.endswith("/year-configuration/"):
            return b"[]", "200 OK"
        return b'{"detail": "no such year"}', "404 Not Found"


async def latency(streams: int, folder: Path) -> dict[str, float]:
    """From the event's bytes handed to the socket to the state that shows it, one event at a time."""
    server = EventServer(streams)
    core = Core(
        ServerChoice(await server.start(), key=f"bench {streams}"), Cache(folder / f"{streams}.sqlite"), this_year=2026
    )
    await core.start()
    figures: dict[str, float] = {}
    try:
        await core.connected()
        core.select_year(2026)
        await core._ground.until(lambda state: _live(state) == streams)
        if streams == 50:
            figures |= await _idle()
        spent = []
        for count in range(1, EVENTS + 1):
            number = count % streams
            began = time.perf_counter()
            server.push(number, count)
            await core._ground.until(lambda state, n=number, c=count: _shows(state, n, c))
            spent.append(time.perf_counter() - began)
        cuts = statistics.quantiles(spent, n=100)
        figures |= {f"latency_p50_{streams}": cuts[49], f"latency_p99_{streams}": cuts[98]}
    finally:
        await core.close()
        await server.stop()
    return figures


async def _idle() -> dict[str, float]:
    """What fifty silent streams cost; the server in this process does nothing meanwhile."""
    await asyncio.sleep(1.0)
    gc.collect()
    began, used = time.perf_counter(), time.process_time()
    await asyncio.sleep(IDLE)
    share = (time.process_time() - used) / (time.perf_counter() - began)
    return {"idle_cpu": share} | _memory()


def _memory() -> dict[str, float]:
    """This process's share of memory in bytes, where the system tells."""
    place = Path("/proc/self/smaps_rollup")
    lines = place.read_text(encoding="ascii").splitlines() if place.exists() else []
    sizes = [line.split()[1] for line in lines if line.startswith("Pss:")]
    return {"idle_memory": float(sizes[0]) * 1024} if sizes else {}


def _live(state: AppState) -> int:
    return sum(
        item.link is not None and item.link.phase is LinkPhase.LIVE and item.snapshot is not None
        for item in state.pipelines.values()
    )


def _shows(state: AppState, number: int, count: int) -> bool:
    item = state.pipelines[pipeline_id(number)]
    return item.snapshot is not None and item.snapshot.jobs[0].status_message == f"row {count}"


async def restart(folder: Path) -> dict[str, float]:
    """From the moment a restarted server answers to the moment the client is live again, by itself."""
    backend = LocalBackend(folder / "backend", demo=True)
    base = await asyncio.to_thread(backend.wait_ready)
    server = ServerChoice(base, role="calco2.backoffice.admin", demo=True)
    core = Core(server, Cache(folder / "restart.sqlite"), this_year=2026, pace=CorePace(), follow_pace=FollowPace())
    spent = []
    try:
        await core.start()
        await core.connected()
        for _ in range(3):
            await asyncio.to_thread(backend.stop)
            core.reload_year(2026)  # something is asked of it: so the loss is noticed
            await core._ground.until(lambda state: state.connection.phase is ConnectionPhase.OFFLINE)
            await backend.ensure()
            began = time.perf_counter()
            await core._ground.until(lambda state: state.is_live)
            spent.append(time.perf_counter() - began)
    finally:
        await core.close()
        await asyncio.to_thread(backend.stop)
    return {"reconnect": statistics.median(spent), "reconnect_worst": max(spent)}


async def cache(folder: Path) -> dict[str, float]:
    """Opening a cache with ten thousand states of a year in it, the system's disk cache warm."""
    path = folder / "full.sqlite"
    full = Cache(path)
    await full.open()
    await full.close()
    _fill(path)
    spent = []
    for _ in range(5):
        opened = Cache(path)
        began = time.perf_counter()
        await opened.open()
        spent.append(time.perf_counter() - began)
        await opened.close()
    return {"cache_open": statistics.median(spent), "cache_bytes": float(path.stat().st_size)}


def _fill(path: Path) -> None:
    import sqlite3
    from contextlib import closing

    from yearadmin.cache.content import year_digest
    from yearadmin.cache.rows import packed, stamp
    from yearadmin.cache.schema import insert_state

    modules = {str(module): {"enabled": True, "submodules": {str(sub): {} for sub in range(40)}} for module in range(9)}
    first = datetime.now(UTC) - timedelta(days=300)
    with closing(sqlite3.connect(path)) as db, db:
        for number in range(STATES):
            at = stamp(first + timedelta(minutes=30 * number))
            raw = json.dumps({"year": 2026, "is_started": False, "updated_at": number, "config": {"modules": modules}})
            insert_state(db, ("bench", "me", "year", "2026"), 2026, (at, at), year_digest(raw), packed(raw))


async def measure() -> dict[str, float]:
    """Everything, one after the other."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for streams in STREAMS:
            figures |= await latency(streams, folder)
        figures |= await restart(folder)
        figures |= await cache(folder)
    return figures


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure())), file=sys.stdout)
