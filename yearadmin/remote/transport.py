"""The one place that talks HTTP: timeouts, retries, the session, and every failure as a :class:`ProblemError`.

Never sends a write twice unless the server surely did not act on it (a renewed 401), and never logs a cookie.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from yearadmin import __version__
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.remote.era import Era
from yearadmin.remote.failures import Reply, failure_of, retry_after_of
from yearadmin.remote.session import SessionKeeper

if TYPE_CHECKING:  # importing httpx costs 150 ms: the window paints first
    import httpx

logger = logging.getLogger(__name__)

MAX_ANSWER = 64 * 1024 * 1024  # bytes; the largest real answer is far below one
_RETRIES = 2
_WORTH_A_RETRY = (429, 502, 503, 504)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")

Body = Callable[[], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True)
class TransportPace:
    """How long to wait, in seconds: per connection, per silent read, and before the first retry."""

    connect: float = 5.0
    read: float = 30.0
    write_read: float = 120.0  # creating a year or dispatching may keep the server busy
    upload_stall: float = 120.0  # per piece that does not leave; an upload that moves has no limit
    health: float = 2.0
    first_retry: float = 0.4


class _DroppedError(ProblemError):
    """The connection broke before a whole answer to a read had come: an ordinary event (contract section 13)."""


class Transport:
    """One server, one cookie jar, one connection pool; made without importing httpx, which the first request does.

    ``base_url`` includes the version prefix (``https://host/api/v1``). Raises :class:`ProblemError` when it is no
    usable address.
    """

    def __init__(
        self, base_url: str, *, user_agent: str = f"yearadmin/{__version__}", pace: TransportPace | None = None
    ) -> None:
        self.base_url, self._host = _checked(base_url)
        self._user_agent = user_agent
        self._pace = pace or TransportPace()
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()
        self._closed = False
        self._session = SessionKeeper(self._ask_here)

    @property
    def era(self) -> Era:
        """The server's generation, as far as its session paths have shown it (contract section 14)."""
        return self._session.era

    @era.setter
    def era(self, era: Era) -> None:
        self._session.era = era

    async def get(self, path: str, *, params: Mapping[str, str] | None = None) -> Reply:
        """Read ``path``; tried again twice when not reachable or busy, at once after a broken connection."""
        attempt, dropped = 0, False
        while True:
            try:
                return await self._in_session("GET", path, params=params)
            except _DroppedError:
                if dropped:
                    raise
                dropped = True
            except ProblemError as error:
                problem = error.problem
                again = problem.code is ProblemCode.UNREACHABLE or problem.status in _WORTH_A_RETRY
                if attempt >= _RETRIES or not again:
                    raise
                wait = self._pace.first_retry * 2**attempt * random.uniform(0.75, 1.25)
                await asyncio.sleep(wait if problem.retry_after is None else problem.retry_after)
                attempt += 1

    async def send(self, method: str, path: str, *, body: object = None) -> Reply:
        """Send a write once; ``body`` is sent as JSON unless None. Raises LOST_ANSWER when no answer came."""
        return await self._in_session(method, path, body=body)

    async def upload(self, path: str, body: Body, length: int, content_type: str) -> Reply:
        """POST ``length`` bytes that ``body()`` yields; called again from the start after a renewed session."""
        headers = {"Content-Type": content_type, "Content-Length": str(length)}
        return await self._in_session("POST", path, stream=body, headers=headers)

    async def ask(self, method: str, url: str, *, params: Mapping[str, str] | None = None) -> Reply:
        """One exchange with an absolute ``url``, whatever its status; short timeout, no retry, no session."""
        return await self._exchange(method, url, params=params, read=self._pace.health)

    async def sign_in(self, path: str, params: Mapping[str, str]) -> Reply:
        """GET a sign-in ``path`` without following its redirect; whatever its status, cookies are kept (1.3)."""
        reply = await self._ask_here("GET", path, params)
        if reply.sets_session:
            self._session.signed_in()
        return reply

    def forget_session(self) -> None:
        """Drop every cookie of this server."""
        if self._client is not None:
            self._client.cookies.clear()
        self._session.signed_in()

    async def aclose(self) -> None:
        """Close every connection; anything asked later fails as CANCELLED. May be called twice."""
        self._closed = True
        await self._session.aclose()
        if self._client is not None:
            await self._client.aclose()

    @asynccontextmanager
    async def stream(self, path: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """Open an event stream and yield its bytes as they come, without a read timeout: the caller watches silence.

        Raises what any answer but 200 ``text/event-stream`` means, and STREAM_LOST when the connection breaks later;
        204 asks to stop and is STREAM_LOST with that status.
        """
        response, reply = await self._open_stream(path)
        pieces = self._pieces(response, reply)
        try:
            yield pieces
        finally:
            # In this order: once the response is closed, the generators inside httpx have nothing left to wait for.
            # A Qt loop does not close forgotten generators as asyncio's own does.
            await response.aclose()
            await pieces.aclose()

    async def _open_stream(self, path: str) -> tuple[httpx.Response, Reply]:
        headers = {"Accept": "text/event-stream", "Cache-Control": "no-store", "Accept-Encoding": "identity"}
        for again in (False, True):
            epoch = self._session.epoch
            try:
                async with asyncio.timeout(self._pace.read):
                    response, reply = await self._begin("GET", self.base_url + path, headers=headers, read=None)
                    if reply.status == 200 and reply.media_type == "text/event-stream":
                        return response, reply
                    reply = await self._finish(response, reply)
            except TimeoutError as error:
                raise ProblemError(Problem(ProblemCode.TIMED_OUT, request=f"GET {path}")) from error
            if reply.status == 204:
                raise reply.problem(ProblemCode.STREAM_LOST)
            await self._raise_or_renew(reply, epoch, again=again)
        raise reply.problem(ProblemCode.NOT_SIGNED_IN)  # unreachable: the second round raises

    async def _pieces(self, response: httpx.Response, reply: Reply) -> AsyncGenerator[bytes, None]:
        import httpx

        try:
            async for piece in response.aiter_bytes():
                yield piece
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise reply.problem(ProblemCode.STREAM_LOST, str(error)) from error

    async def _in_session(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: object = None,
        stream: Body | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        for again in (False, True):
            epoch = self._session.epoch
            reply = await self._exchange(
                method, self.base_url + path, params=params, body=body, stream=stream, headers=headers
            )
            if failure_of(reply) is None:
                return reply
            await self._raise_or_renew(reply, epoch, again=again)
        raise reply.problem(ProblemCode.NOT_SIGNED_IN)  # unreachable: the second round raises

    async def _raise_or_renew(self, reply: Reply, epoch: int, *, again: bool) -> None:
        """Raise what ``reply`` means, or return when the session was renewed and one second try is due."""
        failure = failure_of(reply) or reply.problem(ProblemCode.NOT_THE_SERVER, reply.text)
        has_cookies = self._client is not None and len(self._client.cookies.jar) > 0
        if failure.problem.code is ProblemCode.NOT_SIGNED_IN and has_cookies and not again:
            if await self._session.renewed(epoch):
                return
        elif reply.status == 500 and has_cookies and await self._session.is_gone():
            raise reply.problem(ProblemCode.NOT_SIGNED_IN, reply.text)
        raise failure

    async def _ask_here(self, method: str, path: str, params: Mapping[str, str] | None = None) -> Reply:
        return await self._exchange(method, self.base_url + path, params=params)

    async def _exchange(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        body: object = None,
        stream: Body | None = None,
        headers: Mapping[str, str] | None = None,
        read: float | None = None,
    ) -> Reply:
        """One request and its whole answer, whatever its status; only the network's failures raise here."""
        limit = read or (self._pace.read if method == "GET" else self._pace.write_read)
        content: bytes | AsyncIterator[bytes] | None = stream() if stream else None
        sent = {"Accept": "application/json", **(headers or {})}
        if body is not None:
            content = json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
            sent["Content-Type"] = "application/json"
        response, reply = await self._begin(method, url, headers=sent, read=limit, params=params, content=content)
        return await self._finish(response, reply)

    async def _begin(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        read: float | None,
        params: Mapping[str, str] | None = None,
        content: bytes | AsyncIterator[bytes] | None = None,
    ) -> tuple[httpx.Response, Reply]:
        """Send a request and wait for the head of its answer."""
        client = await self._open()
        import httpx

        request_id = uuid4().hex[:12]
        label = f"{method} {urlsplit(url).path}"
        write = self._pace.upload_stall if content is not None else self._pace.read
        request = client.build_request(
            method,
            url,
            params=params,
            content=content,
            headers={**headers, "X-Request-ID": request_id},
            timeout=httpx.Timeout(connect=self._pace.connect, read=read, write=write, pool=None),
        )
        try:
            response = await client.send(request, stream=True)
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise _network_failure(error, method, label, request_id) from error
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        names = {cookie.name for cookie in response.cookies.jar}
        logger.debug("%s %s %s", request_id, label, response.status_code)
        return response, Reply(
            status=response.status_code,
            media_type=kind,
            text="",
            request=label,
            request_id=request_id,
            received_at=datetime.now(UTC),
            retry_after=retry_after_of(response.headers.get("retry-after")),
            sets_session="auth_token" in names,
        )

    async def _finish(self, response: httpx.Response, reply: Reply) -> Reply:
        """Read the rest of an answer into its :class:`Reply`."""
        import httpx

        pieces: list[bytes] = []
        size = 0
        try:
            async for piece in response.aiter_bytes():
                pieces.append(piece)
                size += len(piece)
                if size > MAX_ANSWER:
                    raise reply.problem(ProblemCode.NOT_THE_SERVER)
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise _network_failure(error, reply.request.split(" ")[0], reply.request, reply.request_id) from error
        finally:
            await response.aclose()
        return reply.with_text(b"".join(pieces).decode("utf-8", "replace"))

    async def _open(self) -> httpx.AsyncClient:
        async with self._opening:
            if self._closed:
                raise ProblemError(Problem(ProblemCode.CANCELLED))
            if self._client is None:
                self._client = await asyncio.to_thread(self._make_client)
        return self._client

    def _make_client(self) -> httpx.AsyncClient:
        import httpx

        # Their debug logs hold whole headers, cookies included.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        return httpx.AsyncClient(
            headers={"User-Agent": self._user_agent},
            follow_redirects=False,
            # A proxy named in the environment can't reach this machine's own backend.
            trust_env=self._host not in _LOOPBACK,
            # Streams hold a connection each; idle ones are let go before the server (5 s) drops them under a request.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=8, keepalive_expiry=4.0),
        )


def _network_failure(error: Exception, method: str, label: str, request_id: str) -> ProblemError:
    """Tell a request that never left from a read that failed and from a write whose answer is lost."""
    import httpx

    def problem(code: ProblemCode) -> Problem:
        return Problem(code, server_words=str(error), request=label, request_id=request_id)

    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.PoolTimeout)):
        return ProblemError(problem(ProblemCode.UNREACHABLE))
    if isinstance(error, (httpx.LocalProtocolError, httpx.UnsupportedProtocol)):
        return ProblemError(problem(ProblemCode.INTERNAL))
    if method != "GET":
        return ProblemError(problem(ProblemCode.LOST_ANSWER))
    if isinstance(error, httpx.TimeoutException):
        return ProblemError(problem(ProblemCode.TIMED_OUT))
    # httpcore and h11 use one type for "closed early" and for "this is not HTTP"; only their texts differ.
    if isinstance(error, httpx.RemoteProtocolError) and "illegal" in str(error):
        return ProblemError(problem(ProblemCode.NOT_THE_SERVER))
    if isinstance(error, httpx.DecodingError):
        return ProblemError(problem(ProblemCode.UNREADABLE))
    return _DroppedError(problem(ProblemCode.UNREACHABLE))


def _checked(base_url: str) -> tuple[str, str]:
    """The address without a trailing slash, and its host."""
    try:
        parts = urlsplit(base_url.strip())
        host = parts.hostname or ""
        usable = parts.scheme in ("http", "https") and bool(host) and (parts.port is None or parts.port > 0)
        usable = usable and parts.username is None and not parts.query and not parts.fragment
    except ValueError:
        usable, host = False, ""
    if not usable:
        raise ProblemError(Problem(ProblemCode.UNREACHABLE, subject=base_url.rpartition("@")[2]))
    return base_url.strip().rstrip("/"), host
