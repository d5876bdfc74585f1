"""What every request passes before any route sees it: whose name it asks for, and how large it is.

Knows no user and no route but the two that take files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yearadmin.embedded.exposure import Exposure

MAX_BODY = 1024 * 1024  # bytes of a body that is no upload
MAX_HEADERS = 16 * 1024  # bytes of all headers together
MAX_TARGET = 8 * 1024  # bytes of path and query
_DISCARDED = 32 * MAX_BODY  # a client that is still sending would not hear the answer
_TAKES_FILES = ("temp-upload", "upload")  # last parts of paths that read uploads by themselves, piece by piece
_HEALTH = "/healthz"  # asked by machines that know only an address


class Guard:
    """Refuses by 400, 413, 414 and 431 in the wire's own shape; everything else goes on to ``app``."""

    def __init__(self, app: ASGIApp, exposure: Exposure) -> None:
        self._app = app
        self._hosts = exposure.hosts
        self._added = [(b"x-content-type-options", b"nosniff")]
        if exposure.secure:
            self._added.append((b"strict-transport-security", b"max-age=31536000"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                message["headers"] = [*given, *(item for item in self._added if item[0] not in names)]
            await send(message)

        fault = self._fault(scope)
        if fault is not None:
            await _refuse(answering, *fault)
            return
        if _has_body(scope) and scope["path"].rpartition("/")[2] not in _TAKES_FILES:
            body = await _read(receive)
            if body is None:
                await _refuse(answering, 413, "The request is larger than anything this server accepts.")
                return
            receive = _again(body, receive)
        await self._app(scope, receive, answering)

    def _fault(self, scope: Scope) -> tuple[int, str] | None:
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_TARGET:
            return 414, "The address is too long."
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADERS:
            return 431, "The request's headers are too large."
        if scope["path"] != _HEALTH and not self._is_ours(_values(scope, b"host")):
            return 400, "This server does not go by that name."
        return None

    def _is_ours(self, hosts: list[bytes]) -> bool:
        if len(hosts) != 1:
            return False
        host = hosts[0].decode("latin-1").lower()
        if host.startswith("["):
            name, _, port = host[1:].partition("]")
            port = port.removeprefix(":") if port.startswith(":") or not port else "?"
        else:
            name, _, port = host.partition(":")
        return name in self._hosts and (not port or port.isdecimal())


def _values(scope: Scope, name: bytes) -> list[bytes]:
    return [value for key, value in scope["headers"] if key == name]


def _has_body(scope: Scope) -> bool:
    return bool(_values(scope, b"transfer-encoding")) or any(
        value != b"0" for value in _values(scope, b"content-length")
    )


async def _read(receive: Receive) -> list[Message] | None:
    """The messages of the whole body; None when it is too large."""
    kept: list[Message] = []
    size = 0
    while True:
        message = await receive()
        size += len(message.get("body", b""))
        if size <= MAX_BODY:
            kept.append(message)
        if size > _DISCARDED or message["type"] != "http.request" or not message.get("more_body", False):
            return kept if size <= MAX_BODY else None


def _again(messages: Iterable[Message], receive: Receive) -> Receive:
    kept = iter(messages)

    async def read() -> MutableMapping[str, Any]:
        for message in kept:
            return message
        return await receive()

    return read


async def _refuse(send: Send, status: int, words: str) -> None:
    body = json.dumps({"detail": words}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if status != 400:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
