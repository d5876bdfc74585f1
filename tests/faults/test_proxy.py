"""The fault proxy does what it is told to, and counts right."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from tests.remote.lines import Line, ScriptedServer, events, said

from .proxy import BEFORE, Fault, FaultProxy, Kind, Script, Weather

BODY = {"text": "x" * 3000}


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer() as running:
        running.on("GET /v1/a", answered)
        running.on("POST /v1/a", answered)
        yield running


async def answered(line: Line) -> None:
    """One answer, and the end of the connection, which the proxy asks for."""
    await line.send(said(BODY))
    line.hang_up()


async def ask(
    proxy: FaultProxy, method: str = "GET", path: str = "/v1/a", body: bytes = b"", wait: float = 0.5
) -> bytes:
    """Everything that comes back until the connection ends, or for ``wait`` seconds; a reset ends it with b'reset'."""
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    got = b""
    try:
        writer.write(f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        async with asyncio.timeout(wait):
            while piece := await reader.read(1 << 16):
                got += piece
    except ConnectionError:
        got += b"reset"
    except TimeoutError:
        got += b"..."
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
    return got


async def test_without_a_fault_everything_passes_once_and_unchanged(server: ScriptedServer) -> None:
    async with FaultProxy(server.base) as proxy:
        assert (await ask(proxy)).endswith(said(BODY)[-3000:])
        body = b"name=" + b"y" * 300_000
        await ask(proxy, "POST", body=body)
        assert server.seen[-1].body == body
        assert [(item.route, item.passed) for item in proxy.asked] == [("GET /v1/a", True), ("POST /v1/a", True)]
        assert proxy.twice() == []
        await ask(proxy, "POST", body=body)
        assert proxy.twice() == ["POST /v1/a"]


@pytest.mark.parametrize("kind", list(Kind), ids=str)
async def test_each_fault_is_what_it_is_called(server: ScriptedServer, kind: Kind) -> None:
    async with FaultProxy(server.base, Script({"/v1/a": [Fault(kind, seconds=0.1, after=200)]})) as proxy:
        began = time.monotonic()
        got = await ask(proxy, "POST", body=b"z" * 100_000)
        spent = time.monotonic() - began
        assert len(server.seen) == len(proxy.passed()) + (kind is Kind.RESET_SENDING)
        assert (proxy.passed() == []) is (kind in BEFORE)
        whole = said(BODY)
        expected = {
            Kind.LATENCY: got == whole and spent >= 0.1,
            Kind.SLICES: got == whole,
            Kind.TRUNCATED: got == whole[:200],
            Kind.STALLED: got == whole[:200] + b"...",
            Kind.SILENT: got == b"...",
            Kind.STATUS: got.startswith(b"HTTP/1.1 503"),
            Kind.LOST_STATUS: got.startswith(b"HTTP/1.1 502"),
            Kind.HTML: b"text/html" in got and got.startswith(b"HTTP/1.1 200"),
            Kind.GARBAGE: not got.startswith(b"HTTP"),
            Kind.NONSENSE: got.endswith(b"[1, 2"),
            Kind.UNAUTHORISED: got.startswith(b"HTTP/1.1 401"),
        }
        assert expected.get(kind, got.endswith(b"reset")), got[:80]
        assert await ask(proxy) == whole  # the fault is used up


async def test_a_stream_comes_through_and_breaks_where_it_is_told_to(server: ScriptedServer) -> None:
    server.on("GET /v1/s", events(b"data: 1\n\n", b"data: 2\n\n", end="close"))
    async with FaultProxy(server.base) as proxy:
        assert b"data: 2" in await ask(proxy, path="/v1/s")
        proxy.choose = Script({"/v1/s": [Fault(Kind.TRUNCATED, after=100)]})
        assert b"data: 2" not in await ask(proxy, path="/v1/s")


async def test_it_refuses_connections_and_takes_them_again_at_the_same_place(server: ScriptedServer) -> None:
    async with FaultProxy(server.base) as proxy:
        port = proxy.port
        await proxy.refuse()
        with pytest.raises(ConnectionRefusedError):
            await ask(proxy)
        await proxy.accept()
        assert proxy.port == port
        assert await ask(proxy) == said(BODY)


def test_the_weather_is_the_same_for_the_same_seed_and_ends() -> None:
    from .proxy import Asked

    asked = Asked("GET", "/", {})
    first, second = (Weather(7, 0.5, 20) for _ in range(2))
    faults = [first(asked) for _ in range(200)]
    assert faults == [second(asked) for _ in range(200)]
    assert sum(fault is not None for fault in faults) == first.seen.total() == 20
