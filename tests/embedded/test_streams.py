"""Event streams: pushed at once, whole pictures, quick news told together, a ping in silence, an end that says so."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from yearadmin.embedded import routes_streams, watch
from yearadmin.embedded.context import Context
from yearadmin.embedded.database import WebDatabase
from yearadmin.embedded.engine_sqlite import SqliteKind
from yearadmin.embedded.settings import Settings

from .backends import Backend

UNKNOWN = "00000000-0000-4000-8000-000000000000"
STREAMS = 500
SENT_WITHIN = 0.05  # seconds from the commit


def test_a_stream_of_nothing_is_an_ordinary_refusal(backend: Backend) -> None:
    client = backend.client()
    for path, status in ((f"/sync/pipelines/{UNKNOWN}/stream", 404), ("/sync/pipelines/x/stream", 422)):
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/json"
    assert client.get("/sync/jobs/x/stream").status_code == 422


def test_an_unknown_job_is_told_in_one_message(backend: Backend) -> None:
    (told,) = backend.follow_job(987654)
    assert set(told) == {"job_id", "status_message"}


def test_a_finished_pipeline_sends_two_events_and_ends(backend: Backend, next_year: Callable[[], int]) -> None:
    year = next_year()
    pipeline = backend.client().post(f"/year-configuration/{year}").json()["pipeline_id"]
    backend.follow(pipeline)
    began = time.monotonic()
    first, last = backend.follow(pipeline)
    assert time.monotonic() - began < 2.0
    assert last == {**first, "stream_closed": True}
    (job,) = backend.ask("SELECT id FROM jobs WHERE pipeline_id = ?", pipeline)
    told, closing = backend.follow_job(job[0])
    assert closing == {**told, "stream_closed": True}
    assert told["status"] == told["state"] == 3


def test_text_is_sent_escaped_and_events_are_framed_as_the_server_does(
    backend: Backend, next_year: Callable[[], int]
) -> None:
    pipeline = backend.client().post(f"/year-configuration/{next_year()}").json()["pipeline_id"]
    raw = backend.client().get(f"/sync/pipelines/{pipeline}/stream").content
    assert raw.isascii()
    frames = raw.decode().split("\n\n")
    assert frames[-1] == ""
    for frame in frames[:-1]:
        name, data = frame.split("\n")
        assert name in ("event: pipeline-update", "event: ping")
        assert data.startswith("data: {")
    assert b"id:" not in raw.replace(b'"id":', b"").replace(b"_id", b"").replace(b'id":', b"")
    assert b"retry:" not in raw


async def _read(client: httpx.AsyncClient, path: str) -> list[tuple[float, dict[str, Any]]]:
    seen = []
    async with client.stream("GET", path) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: ") and line != "data: {}":
                seen.append((time.time(), json.loads(line[6:])))  # noqa: PERF401 (the moment each came counts)
    return seen


async def test_what_is_committed_is_pushed_at_once(fresh: Callable[..., Backend]) -> None:
    backend = fresh("--pace", "0.1")
    assert backend.client().post("/year-configuration/2026").status_code == 201
    cookies = dict(backend.client().cookies)
    async with httpx.AsyncClient(base_url=backend.process.base_url, cookies=cookies, timeout=20) as client:
        seen = await _read(client, "/sync/jobs/1/stream")
    assert len(seen) >= 5
    delays = []
    for received, told in seen[:-1]:
        history = told["meta"].get("status_history")
        if not history:
            continue  # claimed, nothing told yet
        stamp = told["meta"].get("completed_at") or history[-1]["ts"]
        delays.append(received - datetime.fromisoformat(stamp).astimezone(UTC).timestamp())
    # The stamp is taken before the transaction is written, so this is more than the way from the commit to here.
    assert len(delays) >= 4
    assert statistics.median(delays) < SENT_WITHIN, delays


async def _read_raw(base_url: str, cookies: dict[str, str], path: str, opened: list[float]) -> tuple[float, bytes]:
    """Read a stream to its end with as little work as possible; when its last event came, and the end's bytes."""
    where = urlsplit(base_url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    head = f"GET {where.path}{path} HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: {cookie}\r\n\r\n"
    writer.write(head.encode())
    came, tail = 0.0, b""
    while line := await reader.readline():
        tail = (tail + line)[-4000:]
        if line.startswith(b"data: {"):
            if not came:
                opened.append(time.time())
            if b"stream_closed" not in line:
                came = time.time()
        elif line == b"0\r\n":
            break
    writer.close()
    return came, tail


async def test_five_hundred_streams_on_one_backend_all_hear_the_end(fresh: Callable[..., Backend]) -> None:
    backend = fresh("--pace", "1.0")
    pipeline = backend.client().post("/year-configuration/2026").json()["pipeline_id"]
    cookies, opened = dict(backend.client().cookies), []
    path = f"/sync/pipelines/{pipeline}/stream"
    readers = [asyncio.create_task(_read_raw(backend.process.base_url, cookies, path, opened)) for _ in range(STREAMS)]
    async with httpx.AsyncClient(base_url=backend.process.base_url, cookies=cookies, timeout=30) as client:
        while len(opened) < STREAMS:  # noqa: ASYNC110 (readers ring no bell)
            await asyncio.sleep(0.01)
        began = time.monotonic()
        assert (await client.get("/year-configuration/")).status_code == 200
        assert time.monotonic() - began < 1.0
        found = await asyncio.gather(*readers)
        ended = (await client.get("/sync/jobs/year/2026")).json()[0]["meta"]["completed_at"]
    assert all(b'"status": "SUCCESS"' in tail and b"stream_closed" in tail for _, tail in found)
    assert all(tail.endswith(b"0\r\n") for _, tail in found)
    delays = [came - datetime.fromisoformat(ended).timestamp() for came, _ in found]
    assert (
        statistics.median(delays) < 5 * SENT_WITHIN
    )  # the reader has as much work as the backend, on the same machine
    assert backend.process.errors == ""


# --- the generator itself, where time and loss can be controlled


@pytest.fixture
async def context(tmp_path: Path) -> AsyncIterator[Context]:
    database = WebDatabase(SqliteKind(tmp_path / "none.sqlite"))
    yield Context(Settings(tmp_path, tmp_path), b"", database, watch.Watch(database, "test"))
    await database.close()


def picture(number: int, *, done: bool = False) -> watch.Picture:
    return watch.Picture(json.dumps({"number": number}), (number,), done)


async def test_silence_is_filled_with_pings(context: Context) -> None:
    async def look() -> watch.Picture:
        return picture(1)

    events = routes_streams._events(context, context.watch.pipeline("p"), look, "event: pipeline-update\n", 0.02)
    assert (await anext(events)).startswith("event: pipeline-update\ndata: ")
    assert [await anext(events) for _ in range(2)] == ["event: ping\ndata: {}\n\n"] * 2
    context.stopping.set()
    assert [event async for event in events] == []
    assert routes_streams.PING_AFTER == 15.0


async def test_a_slow_reader_gets_the_latest_picture_only(context: Context) -> None:
    async def look() -> watch.Picture:
        return picture(1)

    events = routes_streams._events(context, context.watch.pipeline("p"), look, "", None)
    assert '"number": 1' in await anext(events)
    (subscription,) = context.watch._pipelines["p"]
    for number in range(2, 50):
        subscription.offer(picture(number))
    subscription.offer(picture(50, done=True))
    rest = [event async for event in events]
    assert rest == ['data: {"number": 50}\n\n', 'data: {"number": 50, "stream_closed": true}\n\n']
    assert context.watch._pipelines == {}


def test_only_a_change_makes_an_event() -> None:
    subscription = watch.Subscription()
    subscription.offer(picture(1))
    assert subscription.bell.is_set()
    subscription.bell.clear()
    subscription.offer(picture(1))
    assert not subscription.bell.is_set()
    subscription.offer(picture(1, done=True))
    assert subscription.bell.is_set()
