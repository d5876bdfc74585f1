"""The one place that talks HTTP: timeouts, retries, the session, and every failure as a :class:`ProblemError`.

Never sends a write twice unless the server surely did not act on it (a renewed 401), and never logs a cookie.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from yearadmin import __version__
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.remote.client import Client, TransportPace
from yearadmin.remote.era import Era
from yearadmin.remote.exchange import Began, activity_of
from yearadmin.remote.failures import Reply, failure_of
from yearadmin.remote.session import SessionKeeper
from yearadmin.remote.wire import DroppedError, checked

if TYPE_CHECKING:  # importing httpx costs 150 ms: the window paints first
    from pathlib import Path

    import httpx

    from yearadmin.logbook import Activity
    from yearadmin.remote.secrets import Tokens

__all__ = ["Transport", "TransportPace"]

_RETRIES = 2
_WORTH_A_RETRY = (429, 502, 503, 504)

Body = Callable[[], AsyncIterator[bytes]]
Noted = Callable[["Activity"], object]


class Transport:
    """One server, one cookie jar, one connection pool; made without importing httpx, which the first request does.

    ``base_url`` includes the version prefix (``https://host/api/v1``); ``authority`` is a PEM file, or a directory of
    them, that is trusted besides the system's. ``on_exchange`` hears of every exchange, ``on_tokens`` of each pair of
    cookies the server gives, and of None when they are forgotten; neither may raise. Raises :class:`ProblemError` when
    ``base_url`` is no usable address.
    """

    def __init__(
        self,
        base_url: str,
        *,
        user_agent: str = f"yearadmin/{__version__}",
        pace: TransportPace | None = None,
        authority: Path | None = None,
        on_exchange: Noted | None = None,
        on_tokens: Callable[[Tokens | None], object] | None = None,
    ) -> None:
        self.base_url, host = checked(base_url)
        self.on_exchange = on_exchange
        self._pace = pace or TransportPace()
        self._client = Client(
            self.base_url,
            host,
            user_agent=user_agent,
            pace=self._pace,
            authority=authority,
            on_tokens=on_tokens,
        )
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
            except DroppedError:
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

    async def sign_in(self, path: str, params: Mapping[str, str] | None = None, *, body: object = None) -> Reply:
        """GET a sign-in ``path`` without following its redirect, or POST ``body`` to it; cookies are kept (1.3)."""
        method = "GET" if body is None else "POST"
        reply = await self._exchange(method, self.base_url + path, params=params, body=body)
        if reply.sets_session:
            self._session.signed_in()
        return reply

    def tokens(self) -> Tokens | None:
        """The session's cookies as they are held now (contract section 1.2); None without any."""
        return self._client.tokens()

    def take(self, tokens: Tokens) -> None:
        """Use this pair of cookies from now on, in place of any held; nothing is asked of the server."""
        self._client.take(tokens)
        self._session.signed_in()

    def forget_session(self) -> None:
        """Drop every cookie of this server."""
        self._client.forget()
        self._session.signed_in()

    async def aclose(self) -> None:
        """Close every connection; anything asked later fails as CANCELLED. May be called twice."""
        self._client.closed = True
        await self._session.aclose()
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
            began = Began("GET", self.base_url + path)
            try:
                async with asyncio.timeout(self._pace.read):
                    response, reply = await self._client.begin(began, headers=headers, read=None)
                    if reply.status == 200 and reply.media_type == "text/event-stream":
                        self._note(began, reply)
                        return response, reply
                    reply = await self._client.finish(response, reply)
            except TimeoutError as error:
                problem = Problem(ProblemCode.TIMED_OUT, request=f"GET {path}", request_id=began.request_id)
                self._note(began, problem)
                raise ProblemError(problem) from error
            except ProblemError as error:
                self._note(began, error.problem)
                raise
            self._note(began, reply)
            if reply.status == 204:
                raise reply.problem(ProblemCode.STREAM_LOST)
            await self._raise_or_renew(reply, epoch, again=again)
        raise reply.problem(ProblemCode.NOT_SIGNED_IN)  # unreachable: the second round raises

    async def _pieces(self, response: httpx.Response, reply: Reply) -> AsyncGenerator[bytes, None]:
        import httpx

        received = 0
        try:
            async for piece in response.aiter_bytes():
                received += len(piece)
                yield piece
        except (httpx.HTTPError, httpx.StreamError) as error:
            lost = reply.problem(ProblemCode.STREAM_LOST, str(error))
            method, _, path = reply.request.partition(" ")
            self._note(Began(method, path, request_id=reply.request_id), lost.problem, received)
            raise lost from error

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
        has_cookies = self._client.has_cookies
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
        began = Began(method, url, len(content) if isinstance(content, bytes) else int(sent.get("Content-Length", 0)))
        try:
            response, reply = await self._client.begin(began, headers=sent, read=limit, params=params, content=content)
            reply = await self._client.finish(response, reply)
        except ProblemError as error:
            self._note(began, error.problem)
            raise
        finally:
            if isinstance(content, AsyncGenerator):  # a request that broke off leaves it, and the file in it, open
                await content.aclose()
        self._note(began, reply)
        return reply

    def _note(self, began: Began, end: Reply | Problem, received: int = 0) -> None:
        """Tell of an exchange: what it was, and the answer, or why there was none."""
        if self.on_exchange is not None:
            self.on_exchange(activity_of(began, end, received))
