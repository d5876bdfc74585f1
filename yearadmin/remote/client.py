"""One HTTP client: its connections, its cookie jar, whom it trusts, and one exchange at a time in two steps.

Knows no session, never tries again, and never logs a cookie.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.remote.exchange import Began
from yearadmin.remote.failures import Reply, retry_after_of
from yearadmin.remote.jar import ACCESS, put_into, tokens_in
from yearadmin.remote.wire import is_this_machine, network_failure, trust

if TYPE_CHECKING:  # importing httpx costs 150 ms: the window paints first
    import ssl
    from pathlib import Path

    import httpx

    from yearadmin.remote.secrets import Tokens

logger = logging.getLogger(__name__)

MAX_ANSWER = 64 * 1024 * 1024  # bytes; the largest real answer is far below one


@dataclass(frozen=True, slots=True)
class TransportPace:
    """How long to wait, in seconds: per connection, per silent read, and before the first retry."""

    connect: float = 5.0
    read: float = 30.0
    write_read: float = 120.0  # creating a year or dispatching may keep the server busy
    upload_stall: float = 120.0  # per piece that does not leave; an upload that moves has no limit
    health: float = 2.0
    first_retry: float = 0.4


class Client:
    """Made without importing httpx, which the first request does. ``on_tokens`` hears of each pair of cookies."""

    def __init__(
        self,
        base_url: str,
        host: str,
        *,
        user_agent: str,
        pace: TransportPace,
        authority: Path | None,
        on_tokens: Callable[[Tokens | None], object] | None,
    ) -> None:
        self._base_url, self._host = base_url, host
        self._user_agent = user_agent
        self._pace = pace
        self._authority = authority
        self._on_tokens = on_tokens
        self._taken: Tokens | None = None  # given before there was a jar to put it into
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()
        self.closed = False  # nothing may be asked any more

    @property
    def has_cookies(self) -> bool:
        """Whether the jar holds any."""
        return self._client is not None and len(self._client.cookies.jar) > 0

    def tokens(self) -> Tokens | None:
        """The session's cookies as they are held now (contract section 1.2); None without any."""
        return self._taken if self._client is None else tokens_in(self._client.cookies.jar)

    def take(self, tokens: Tokens) -> None:
        """Hold this pair of cookies in place of any other."""
        if self._client is None:
            self._taken = tokens
        else:
            self._put(self._client, tokens)

    def forget(self) -> None:
        """Drop every cookie."""
        self._taken = None
        if self._client is not None:
            self._client.cookies.clear()
        if self._on_tokens is not None:
            self._on_tokens(None)

    async def aclose(self) -> None:
        """Close every connection; anything asked later fails as CANCELLED. May be called twice."""
        self.closed = True
        if self._client is not None:
            await self._client.aclose()

    def _put(self, client: httpx.AsyncClient, tokens: Tokens) -> None:
        put_into(client.cookies.jar, tokens, self._host, secure=self._base_url.startswith("https:"))

    async def begin(
        self,
        began: Began,
        *,
        headers: Mapping[str, str],
        read: float | None,
        params: Mapping[str, str] | None = None,
        content: bytes | AsyncIterator[bytes] | None = None,
    ) -> tuple[httpx.Response, Reply]:
        """Send a request and wait for the head of its answer; None as ``read`` waits for ever. Raises ProblemError."""
        client = await self._open()
        import httpx

        request_id, label = began.request_id, began.label
        write = self._pace.upload_stall if content is not None else self._pace.read
        request = client.build_request(
            began.method,
            began.url,
            params=params,
            content=content,
            headers={**headers, "X-Request-ID": request_id},
            timeout=httpx.Timeout(connect=self._pace.connect, read=read, write=write, pool=None),
        )
        try:
            response = await client.send(request, stream=True)
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise network_failure(error, began.method, label, request_id) from error
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        sets_session = any(cookie.name == ACCESS for cookie in response.cookies.jar)
        if sets_session and self._on_tokens is not None and (held := tokens_in(client.cookies.jar)) is not None:
            self._on_tokens(held)
        logger.debug("%s %s %s", request_id, label, response.status_code)
        return response, Reply(
            status=response.status_code,
            media_type=kind,
            text="",
            request=label,
            request_id=request_id,
            received_at=datetime.now(UTC),
            retry_after=retry_after_of(response.headers.get("retry-after")),
            sets_session=sets_session,
        )

    async def finish(self, response: httpx.Response, reply: Reply) -> Reply:
        """Read the rest of an answer into its :class:`Reply`. Raises ProblemError."""
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
            raise network_failure(error, reply.request.split(" ")[0], reply.request, reply.request_id) from error
        finally:
            await response.aclose()
        return reply.with_text(b"".join(pieces).decode("utf-8", "replace"))

    async def _open(self) -> httpx.AsyncClient:
        async with self._opening:
            if self.closed:
                raise ProblemError(Problem(ProblemCode.CANCELLED))
            if self._client is None:
                self._client = await asyncio.to_thread(self._make_client)
                if self._taken is not None:
                    self._put(self._client, self._taken)
                    self._taken = None
        return self._client

    def _make_client(self) -> httpx.AsyncClient:
        import ssl

        import httpx

        # Their debug logs hold whole headers, cookies included.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        here = is_this_machine(self._host)
        bare = here and self._base_url.startswith(
            "http:"
        )  # no TLS anywhere: a context that trusts nobody costs nothing
        verify: ssl.SSLContext = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if bare else trust(self._authority)
        try:
            return httpx.AsyncClient(
                headers={"User-Agent": self._user_agent},
                follow_redirects=False,
                verify=verify,
                # A proxy named in the environment can't reach this machine's own backend.
                trust_env=not here,
                # Streams hold a connection each; idle ones go before the server (5 s) drops them under a request.
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=8, keepalive_expiry=4.0),
            )
        except (ValueError, ImportError, httpx.InvalidURL) as error:
            # The proxy's address may hold a password: its text stays out of this.
            raise ProblemError(
                Problem(ProblemCode.UNREACHABLE, subject="HTTP_PROXY, HTTPS_PROXY, ALL_PROXY")
            ) from error
