"""A server of raw bytes: it says exactly what a test scripts, and writes down what it was asked.

Never uses an HTTP library: what the client gets is what stands in the test.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

KEPT_BODY = 1 << 20
SIGNED_IN = {"Set-Cookie": "auth_token=a1; Path=/; HttpOnly\r\nSet-Cookie: refresh_token=r1; Path=/; HttpOnly"}


@dataclass
class Seen:
    """One request as it arrived; only the first MiB of a body is kept."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""
    size: int = 0

    @property
    def json(self) -> object:
        return json.loads(self.body)


@dataclass
class Line:
    """The connection a scripted answer writes to."""

    request: Seen
    writer: asyncio.StreamWriter
    closing: asyncio.Event
    open: bool = True

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def hang_up(self) -> None:
        self.open = False

    def reset(self) -> None:
        """Break the connection with a TCP reset."""
        linger = struct.pack("ii", 1, 0)
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()
        self.open = False


Script = Callable[[Line], Awaitable[None]]
Answer = bytes | Script


def answer(
    status: int = 200,
    body: bytes | str = b"",
    kind: str | None = "application/json",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A whole HTTP answer."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(data)}"]
    if kind is not None:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + data


def said(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """A JSON answer."""
    return answer(status, json.dumps(value), headers=headers)


def events(*pieces: bytes, end: str = "close", kind: str = "text/event-stream; charset=utf-8") -> Script:
    """An event stream of these pieces, one chunk each; ``end`` is close, reset, cut or hold."""

    async def script(line: Line) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
        await line.send(head.encode())
        for piece in pieces:
            await line.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await asyncio.sleep(0.005)  # so that the pieces arrive as pieces
        if end == "close":
            await line.send(b"0\r\n\r\n")
        elif end == "hold":
            gone = asyncio.create_task(line.writer.wait_closed())
            stop = asyncio.create_task(line.closing.wait())
            await asyncio.wait({gone, stop}, return_when=asyncio.FIRST_COMPLETED)
            stop.cancel()
            gone.cancel()
            line.hang_up()
        elif end == "reset":
            line.reset()
        else:
            line.hang_up()

    return script


async def hang_up(line: Line) -> None:
    """Close without a byte."""
    line.hang_up()


async def reset(line: Line) -> None:
    """Reset without a byte."""
    line.reset()


async def silence(line: Line) -> None:
    """Never answer."""
    await line.closing.wait()
    line.hang_up()


@dataclass
class ScriptedServer:
    """Serves scripted answers by ``METHOD /path``, each in turn, the last one for ever."""

    scripts: dict[str, list[Answer]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0
    open_now: int = 0

    async def __aenter__(self) -> Self:
        self._closing, self._closed = asyncio.Event(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}/v1"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def on(self, route: str, *answers: Answer) -> None:
        self.scripts[route] = list(answers)

    def count(self, route: str) -> int:
        return sum(f"{item.method} {item.path}" == route for item in self.seen)

    async def a_connection_closed(self, seconds: float) -> None:
        """Wait until some connection closes, or for that long."""
        self._closed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closed.wait()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        self.open_now += 1
        try:
            while not self._closing.is_set() and await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self.open_now -= 1
            self._closed.set()
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *rest = head.split("\r\n")
        method, target, _ = first.split(" ")
        parts = urlsplit(target)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
        seen = Seen(method, parts.path, dict(parse_qsl(parts.query)), headers)
        self.seen.append(seen)
        left = int(headers.get("content-length", "0"))
        while left:
            piece = await reader.read(min(left, 1 << 16))
            if not piece:
                return False
            left -= len(piece)
            seen.size += len(piece)
            if len(seen.body) < KEPT_BODY:
                seen.body += piece
        answers = self.scripts.get(f"{method} {parts.path}")
        if not answers:
            writer.write(said({"detail": "Not Found"}, 404))
            return True
        script = answers.pop(0) if len(answers) > 1 else answers[0]
        line = Line(seen, writer, self._closing)
        if isinstance(script, bytes):
            await line.send(script)
        else:
            await script(line)
        return line.open
