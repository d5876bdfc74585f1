"""A look at an address before anyone signs in there: does the calculator answer, which generation, which sign-ins.

Never signs in, never sends a write and never keeps a cookie: what it is given is thrown away with its connection.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.profiles import tidy_address

if TYPE_CHECKING:  # HTTP is wanted by the first look only
    from pathlib import Path

    from yearadmin.remote.failures import Reply
    from yearadmin.remote.transport import Transport, TransportPace

_PREFIXES = ("/api/v1", "/v1")  # where the calculator's API usually lies (contract section 1.1)
_FINAL = (ProblemCode.UNREACHABLE, ProblemCode.CERTIFICATE, ProblemCode.TIMED_OUT, ProblemCode.INTERNAL)


class SignIn(StrEnum):
    """A way in that a server offers."""

    INSTITUTION = "institution"  # the institution's sign-on page
    TEST_USER = "test_user"  # as a test user of a demo server


class Generation(StrEnum):
    """Which generation of the server answers (contract section 11)."""

    MAY = "may"
    JULY = "july"


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at an address has found: a ``problem``, or a server and its ways in.

    ``base_url`` is where the calculator answered: ``asked``, or ``asked`` with the prefix it lacked; ``authority`` was
    trusted for it.
    """

    asked: str
    base_url: str
    generation: Generation | None = None
    sign_ins: frozenset[SignIn] = field(default_factory=frozenset)
    problem: Problem | None = None
    authority: Path | None = None

    @property
    def found(self) -> bool:
        """Whether the calculator answered."""
        return self.generation is not None


async def look(address: str, *, pace: TransportPace | None = None, authority: Path | None = None) -> Look:
    """Look at ``address``; it takes some seconds at most and never raises :class:`ProblemError`."""
    from yearadmin.remote.transport import Transport

    asked = tidy_address(address)
    try:
        transport = Transport(asked, pace=pace, authority=authority)
    except ProblemError as error:
        return Look(asked, asked, problem=error.problem, authority=authority)
    try:
        return replace(await _look(transport, asked), authority=authority)
    except ProblemError as error:
        return Look(asked, asked, problem=error.problem, authority=authority)
    finally:
        await transport.aclose()


async def _look(transport: Transport, asked: str) -> Look:
    first: Problem | None = None
    for base in _candidates(asked):
        found = await _generation(transport, base)
        if isinstance(found, Generation):
            return Look(asked, base, found, await _sign_ins(transport, base, found))
        first = first or found
        if found.code in _FINAL:
            break
    return Look(asked, asked, problem=first)


def _candidates(asked: str) -> tuple[str, ...]:
    """The address as it was typed; one without a path may lack the prefix of the API."""
    return (asked,) if urlsplit(asked).path else (*(asked + prefix for prefix in _PREFIXES), asked)


async def _generation(transport: Transport, base: str) -> Generation | Problem:
    """Which generation answers there when nobody is signed in (sections 1.4, 11.2), or why none does."""
    from yearadmin.remote.era import WHO_AM_I, Era
    from yearadmin.remote.failures import failure_of

    for era, generation in ((Era.JULY, Generation.JULY), (Era.MAY, Generation.MAY)):
        try:
            reply = await transport.ask("GET", base + WHO_AM_I[era])
        except ProblemError as error:
            return error.problem
        if reply.status in (200, 401) and _speaks_like_it(reply):
            return generation
        if reply.status != 404:
            failure = failure_of(reply) if reply.status >= 500 or reply.status == 429 else None
            return (failure or reply.problem(ProblemCode.NOT_THE_SERVER, reply.text)).problem
    return reply.problem(ProblemCode.NOT_THE_SERVER, reply.text).problem


def _speaks_like_it(reply: Reply) -> bool:
    """Whether it is a session, or the refusal of one in the calculator's words (section 3)."""
    try:
        body = json.loads(reply.text) if reply.is_json else None
    except (ValueError, RecursionError):
        return False
    return isinstance(body, dict) and ("detail" if reply.status == 401 else "permissions") in body


async def _sign_ins(transport: Transport, base: str, generation: Generation) -> frozenset[SignIn]:
    institution, test_user = await asyncio.gather(
        _redirects(transport, base + "/auth/login"), _takes_test_users(transport, base, generation)
    )
    offered = ((SignIn.INSTITUTION, institution), (SignIn.TEST_USER, test_user))
    return frozenset(way for way, is_offered in offered if is_offered)


async def _takes_test_users(transport: Transport, base: str, generation: Generation) -> bool:
    """Whether ``login-test`` is there (section 1.3), without signing in where that can be told."""
    address = base + "/auth/login-test"
    try:
        reply = await transport.ask("OPTIONS", address)
    except ProblemError:
        return False
    if reply.status == 404:
        return False
    if reply.status == 405 and generation is Generation.JULY:  # the route exists, and takes another method
        return True
    # In May 2026 the route always exists and answers 403 where it is not offered: only asking tells.
    return await _redirects(transport, address, {"role": "co2.user.std"})


async def _redirects(transport: Transport, url: str, params: dict[str, str] | None = None) -> bool:
    try:
        reply = await transport.ask("GET", url, params=params)
    except ProblemError:
        return False
    return reply.status in (302, 303, 307)
