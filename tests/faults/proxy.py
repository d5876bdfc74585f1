"""A small HTTP proxy that misbehaves as it is told, and writes down what it let pass.

Never retries and never answers from memory: a request passes to the server once and whole, or it did not pass.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import socket
import struct
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.remote.lines import answer, said


class Kind(StrEnum):
    """What can go wrong on the way; those marked BEFORE never reach the server."""

    LATENCY = "latency"  # everything comes, late
    SLICES = "slices"  # the answer comes one byte at a time
    RESET_BEFORE = "reset before"  # reset once the request is read: BEFORE
    RESET_SENDING = "reset while sending"  # reset in the middle of the request's body: BEFORE
    RESET_AFTER = "reset after"  # the server acts, its answer is lost
    TRUNCATED = "truncated"  # the answer ends in the middle
    STALLED = "stalled"  # the answer stops coming in the middle, the connection stays
    SILENT = "silent"  # the server acts, its answer never comes
    STATUS = "wrong status"  # 503 in place of the server: BEFORE
    LOST_STATUS = "bad gateway"  # the server acts, 502 in place of its answer
    HTML = "html"  # a web page in place of the server: BEFORE
    GARBAGE = "garbage"  # bytes that are no HTTP: BEFORE
    NONSENSE = "nonsense"  # the server acts, JSON that means nothing in place of its answer
    UNAUTHORISED = "unauthorised"  # 401 in the middle: BEFORE


BEFORE = frozenset(
    {Kind.RESET_BEFORE, Kind.RESET_SENDING, Kind.STATUS, Kind.HTML, Kind.GARBAGE, Kind.UNAUTHORISED},
)
CLOSING = {"Connection": "close"}
PAGE = "<!doctype html><title>Maintenance</title><p>We will be back."


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: ``seconds`` is how long it lasts where it waits, ``after`` how many bytes of an answer come first."""

    kind: Kind
    seconds: float = 0.05
    after: int = 120
    status: int = 503
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Asked:
    """A request as it came to the proxy; ``passed`` once all of it has gone to the server."""

    method: str
    path: str
    headers: dict[str, str]
    fault: Fault | None = None
    digest: str = ""  # of the body
    passed: bool = False

    @property
    def route(self) -> str:
        """Method and path, as tests name it."""
        return f"{self.method} {self.path}"

    @property
    def is_write(self) -> bool:
        """Whether it may change something: renewing and signing in do not count."""
        return self.method != "GET" and not self.path.endswith("/session")


Choice = Callable[[Asked], Fault | None]


class Script:
    """Faults by a part of the route, each used once, in turn."""

    def __init__(self, faults: Mapping[str, list[Fault]]) -> None:
        self._faults = {part: list(items) for part, items in faults.items()}

    def __call__(self, asked: Asked) -> Fault | None:
        for part, items in self._faults.items():
            if part in asked.route and items:
                return items.pop(0)
        return None


class Weather:
    """Faults by chance, the same for the same ``seed``: ``share`` of all requests, never more than ``most``."""

    def __init__(self, seed: int, share: float, most: int, kinds: tuple[Kind, ...] = tuple(Kind)) -> None:
        self._chance = random.Random(seed)
        self._share, self._most, self._kinds = share, most, kinds
        self.seen: Counter[Kind] = Counter()

    def __call__(self, asked: Asked) -> Fault | None:
        # A look whether the server is there may be lost, but seldom: else there is nothing but coming back.
        share = self._share / 20 if asked.path.endswith(("/healthz", "/session")) else self._share
        if self._chance.random() >= share or self.seen.total() >= self._most:
            return None
        kind = self._chance.choice(self._kinds)
        self.seen[kind] += 1
        headers = {"Retry-After": "0"} if kind is Kind.STATUS else {}
        return Fault(kind, self._chance.uniform(0.0, 0.08), self._chance.randrange(0, 4000), headers=headers)


class FaultProxy:
    """Stands before ``upstream`` (host and port); ``choose`` names each request's fault and may be changed any time."""

    def __init__(self, upstream: str, choose: Choice | None = None) -> None:
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname or "", parts.port or 80)
        self._prefix = parts.path
        self.choose: Choice = choose or (lambda asked: None)
        self.asked: list[Asked] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    @property
    def base_url(self) -> str:
        """Where it listens, with the server's version prefix."""
        return f"http://127.0.0.1:{self.port}{self._prefix}"

    async def __aenter__(self) -> Self:
        await self.accept()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.refuse()

    async def accept(self) -> None:
        """Listen (again), on the same port; nothing while it listens."""
        if self._server is not None:
            return
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", self.port, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]

    async def refuse(self) -> None:
        """Refuse every connection, and break those there are."""
        if self._server is not None:
            self._server.close()
        self._server = None
        tasks, writers = list(self._tasks), list(self._writers)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for writer in writers:  # of those cancelled before their first step, too
            writer.transport.abort()
        self._writers.difference_update(writers)

    def passed(self, part: str = "") -> list[Asked]:
        """The requests that went to the server whole and whose route has ``part`` in it."""
        return [item for item in self.asked if item.passed and part in item.route]

    def twice(self) -> list[str]:
        """Writes with a body of their own (files and dispatches) that passed more than once: there must be none."""
        bodies = Counter((item.route, item.digest) for item in self.passed("POST") if item.is_write and item.digest)
        return [route for (route, _), times in bodies.items() if times > 1]

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer), name="proxy")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream: asyncio.StreamWriter | None = None
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            asked = _asked(head)
            asked.fault = self.choose(asked)
            self.asked.append(asked)
            left = int(asked.headers.get("content-length", "0"))
            kind = asked.fault.kind if asked.fault else None
            if kind in BEFORE and not (kind is Kind.RESET_SENDING and left):
                await _swallow(reader, left)
                await self._instead(asked, writer)
            else:
                source, upstream = await asyncio.open_connection(*self._upstream)
                if await self._pass(asked, head, reader, left, upstream):
                    await self._back(asked, reader, source, writer)
                else:
                    _reset(writer)
        for end in (writer, upstream):
            if end is not None:
                end.close()
        self._writers.discard(writer)

    async def _pass(
        self, asked: Asked, head: bytes, reader: asyncio.StreamReader, left: int, upstream: asyncio.StreamWriter
    ) -> bool:
        """Send the request on; False when it broke off in the middle, as it was to."""
        first, _, rest = head.partition(b"\r\n")
        upstream.write(first + b"\r\nConnection: close\r\n" + rest)
        stop = left // 2 if asked.fault is not None and asked.fault.kind is Kind.RESET_SENDING else -1
        digest = hashlib.sha256()
        size = left
        while left:
            piece = await reader.read(min(left, 1 << 16))
            if not piece:
                return False
            if stop >= 0 and size - left + len(piece) > stop:
                return False
            digest.update(piece)
            left -= len(piece)
            upstream.write(piece)
            await upstream.drain()
        await upstream.drain()
        asked.digest = digest.hexdigest() if size else ""
        asked.passed = True
        return True

    async def _instead(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """What comes in place of the server."""
        assert asked.fault is not None
        match asked.fault.kind:
            case Kind.STATUS:
                headers = {**CLOSING, **asked.fault.headers}
                writer.write(said({"detail": "no room"}, asked.fault.status, headers))
            case Kind.HTML:
                writer.write(answer(200, PAGE, "text/html", CLOSING))
            case Kind.GARBAGE:
                writer.write(b"\x16\x03\x01 this is no HTTP \x00\xff\r\n\r\n")
            case Kind.UNAUTHORISED:
                writer.write(said({"detail": "expired"}, 401, CLOSING))
            case _:
                _reset(writer)
                return
        await writer.drain()

    async def _back(
        self, asked: Asked, client: asyncio.StreamReader, source: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Bring the answer back until it ends or the client leaves."""
        leaving = asyncio.ensure_future(client.read(1))
        bringing = asyncio.ensure_future(self._bring(asked.fault, source, writer))
        try:
            await asyncio.wait({leaving, bringing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            bringing.cancel()
            await asyncio.gather(leaving, bringing, return_exceptions=True)

    async def _bring(self, fault: Fault | None, source: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        kind = fault.kind if fault is not None else None
        if fault is None:
            await _copy(source, writer)
        elif kind is Kind.LATENCY:
            await asyncio.sleep(fault.seconds)
            await _copy(source, writer)
        elif kind is Kind.SLICES:
            await _copy(source, writer, slices=2000)
        elif kind is Kind.TRUNCATED or kind is Kind.STALLED:
            await _copy(source, writer, most=fault.after)
            if kind is Kind.STALLED:
                await asyncio.sleep(3600)  # the client leaves first
        else:
            await source.read(1)  # the server has acted: it answers
            if kind is Kind.SILENT:
                await asyncio.sleep(3600)
            elif kind is Kind.LOST_STATUS:
                writer.write(answer(502, PAGE, "text/html", CLOSING))
            elif kind is Kind.NONSENSE:
                writer.write(answer(200, '{"unexpected": [1, 2', headers=CLOSING))
            else:
                _reset(writer)


def _asked(head: bytes) -> Asked:
    first, *rest = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
    return Asked(method, urlsplit(target).path, headers)


async def _swallow(reader: asyncio.StreamReader, left: int) -> None:
    while left:
        piece = await reader.read(min(left, 1 << 16))
        if not piece:
            return
        left -= len(piece)


async def _copy(source: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slices: int = 0, most: int = -1) -> None:
    """Copy until the end or for ``most`` bytes, the first ``slices`` of them one by one."""
    while most and (piece := await source.read(min(1 << 16, most) if most > 0 else 1 << 16)):
        if slices:
            for byte in piece[:slices]:
                writer.write(bytes([byte]))
                await writer.drain()
            piece, slices = piece[slices:], max(0, slices - len(piece))
        writer.write(piece)
        await writer.drain()
        most -= len(piece) if most > 0 else 0


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection with a TCP reset."""
    found = writer.get_extra_info("socket")
    if found is not None:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
