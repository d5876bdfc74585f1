"""Sessions between runs: taken from the keyring at the start, kept again when they are renewed, forgotten at the end.

Never logs a cookie, and never lets a keyring that is missing or locked stand in the way of the work.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.remote.secrets import Keeping, Secrets, Tokens
from yearadmin.state import events as e
from yearadmin.state.ground import Ground

if TYPE_CHECKING:
    from pathlib import Path

    from yearadmin.contract.session import CurrentUser
    from yearadmin.remote.transport import Transport

__all__ = [
    "Keeping",
    "Left",
    "Secrets",
    "Sessions",
    "Tokens",
    "read_cookies",
    "sign_in_of",
    "sign_out_everywhere",
    "sign_out_of",
]

_ACCESS, _REFRESH = "auth_token", "refresh_token"  # contract section 1.2
_SLACK = timedelta(minutes=1)  # between this computer's clock and the server's
_LONGEST = 16_000  # characters of a pasted text


class Sessions:
    """The session of one server in the keyring; without ``secrets`` nothing is kept at all."""

    def __init__(
        self, ground: Ground, secrets: Secrets | None, on_tokens: Callable[[Tokens | None], object] | None = None
    ) -> None:
        self._ground = ground
        self._on_tokens = on_tokens
        # The embedded backend this program starts lets us in with a token of its own each time.
        self._secrets = secrets if ground.server.token is None else None
        self._place = ground.server.session_place
        self._known: Tokens | None = None  # held last: how a session ended can be told after it is gone
        self._user = ""  # whose the cookies are, once the server has said it
        self._recalled = False
        self.for_this_run = False  # signed in by the role of this run: not what the operator wants to find next time
        self._stop: Callable[[], None] = lambda: None
        if self._secrets is not None:
            self._stop = self._secrets.subscribe(lambda _: self._tell())

    def close(self) -> None:
        """Hear no more of the keyring."""
        self._stop()

    async def recall(self) -> None:
        """Take the session kept of the user who signed in last, once per run and only when none is held."""
        secrets, api = self._secrets, self._ground.api
        if self._recalled or secrets is None or self._ground.server.role is not None or api.tokens() is not None:
            return
        self._recalled = True
        for user in await secrets.users(self._place):
            tokens = await secrets.load(self._place, user)
            if tokens is not None and not self._user and api.tokens() is None:
                self._known = tokens
                self._user = user
                if self._on_tokens is not None:
                    self._on_tokens(tokens)  # the log must know them before they are used
                api.take(tokens)
                return

    def changing(self) -> None:
        """Somebody is about to sign in: until the server says who, nothing is kept under the former name."""
        self._recalled = True
        self._user = ""

    def entered(self, user: str) -> None:
        """The server has said whose the session is: keep it under that name."""
        tokens = self._ground.api.tokens()
        is_new = user != self._user or tokens != self._known
        if self._secrets is not None and self._user not in ("", user):  # the kept session is somebody else's by now
            self._ground.saving.spawn(self._forgotten(self._secrets, self._user), "forgetting the session")
        self._user, self._known = user, tokens
        if tokens is not None and (is_new or self._ground.state.keeping is None):
            self._keep(tokens)

    def changed(self, tokens: Tokens | None) -> None:
        """The server has given new cookies: keep them, once it is known whose they are."""
        if tokens is not None:
            self._known = tokens
            if self._user:
                self._keep(tokens)

    def _keep(self, tokens: Tokens) -> None:
        secrets = self._secrets
        if secrets is not None and not self.for_this_run:
            work = self._kept(secrets, self._user, tokens)
            self._ground.saving.spawn(work, "keeping the session")

    async def _kept(self, secrets: Secrets, user: str, tokens: Tokens) -> None:
        await secrets.keep(self._place, user, tokens)
        self._tell()

    def ended(self, problem: Problem) -> Problem:
        """Why the server no longer lets us in, as far as the session's own date tells; it is kept no longer.

        ``problem`` as it is when no session was held.
        """
        known, user = self._known, self._user
        if known is None:
            return problem
        if self._secrets is not None and user and not self.for_this_run:
            self._ground.saving.spawn(self._forgotten(self._secrets, user), "forgetting the session")
        self._user = ""
        has_run_out = _runs_out(known.refresh or known.access, self._ground.now())
        return replace(problem, code=ProblemCode.SESSION_EXPIRED if has_run_out else ProblemCode.SESSION_ENDED)

    async def left(self, user: str) -> bool:
        """The operator has signed out: forget the session; False when the keyring may still hold it."""
        self.changing()
        self._known = None
        self._ground.dispatch(e.SessionKept(None))
        return self._secrets is None or not user or await self._secrets.forget(self._place, user)

    async def _forgotten(self, secrets: Secrets, user: str) -> None:
        await secrets.forget(self._place, user)

    async def keep_again(self) -> None:
        """Ask the keyring again, and hand over what was kept for this run only."""
        if self._secrets is not None:
            await self._secrets.retry()
            self._tell()

    def _tell(self) -> None:
        if self._secrets is not None and self._user:
            self._ground.dispatch(e.SessionKept(self._secrets.status))


def _runs_out(token: str, now: datetime) -> bool:
    """Whether a session's token is past its own date (contract section 1.2); one that can't be read is not."""
    try:
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return datetime.fromtimestamp(float(claims["exp"]), UTC) <= now + _SLACK
    except (IndexError, ValueError, KeyError, TypeError, OverflowError, OSError):
        return False


def read_cookies(text: str) -> Tokens | None:
    """The session in a pasted ``Cookie`` header, ``Set-Cookie`` lines, ``name=value`` lines, a table, or JSON.

    None when there is no ``auth_token`` in it. Both cookies are one word; what surrounds them is left out.
    """
    text = text.strip()[:_LONGEST]
    found: dict[str, str] = {}
    for name, value in (*_pairs_of_json(text), *_pairs_of_lines(text)):
        if name in (_ACCESS, _REFRESH) and value and not any(sign.isspace() or sign in '";,\\' for sign in value):
            found.setdefault(name, value)
    access = found.get(_ACCESS)
    return Tokens(access, found.get(_REFRESH, "")) if access else None


def _pairs_of_json(text: str) -> list[tuple[str, str]]:
    """An object of names and values, or a list of objects as browsers' tools write cookies."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if isinstance(data, dict):
        return [(name, value) for name, value in data.items() if isinstance(value, str)]
    items = [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []
    return [(str(item.get("name")), value) for item in items if isinstance(value := item.get("value"), str)]


def _pairs_of_lines(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        head, colon, rest = line.partition(":")
        name = head.strip().lower()
        if colon and name in ("cookie", "set-cookie"):
            line = rest  # noqa: PLW2901
        elif (colon and name in (_ACCESS, _REFRESH)) or "=" not in line:
            parts = (name, rest.strip()) if colon else tuple(line.split())[:2]
            if len(parts) == 2:  # as a browser's table of cookies is copied
                found.append((parts[0], parts[1].strip("\"'")))
            continue
        try:
            found += [(name, morsel.value) for name, morsel in SimpleCookie(line.strip()).items()]
        except CookieError:
            continue
    return found


@dataclass(frozen=True, slots=True)
class Left:
    """What became of the sessions kept for one server: how many, and what was not reached or not forgotten."""

    place: str
    users: int
    problem: Problem | None = None  # the server did not hear of it
    forgotten: bool = True  # else the keyring could not be asked and may still hold some


async def sign_out_of(secrets: Secrets, place: str, base_url: str, authority: Path | None = None) -> Left:
    """Sign every kept session of one server out there (contract section 1.3), and forget them whatever it answers.

    Without an address (the embedded backend, whose changes with each run) they are only forgotten.
    """
    from yearadmin.remote.api import Api
    from yearadmin.remote.transport import Transport

    problem: Problem | None = None
    users: Sequence[str] = await secrets.users(place)
    for user in users if base_url else ():
        tokens = await secrets.load(place, user)
        if tokens is None:
            continue
        try:
            transport = Transport(base_url, authority=authority)
        except ProblemError as error:
            problem = error.problem
            break
        api = Api(transport)
        try:
            api.take(tokens)
            await api.sign_out()
        except ProblemError as error:
            problem = error.problem
        finally:
            await api.aclose()
    return Left(place, len(users), problem, await secrets.forget_profile(place))


async def sign_in_of(
    secrets: Secrets,
    place: str,
    base_url: str,
    *,
    role: str = "",
    tokens: Tokens | None = None,
    authority: Path | None = None,
) -> CurrentUser:
    """Sign in at a server as a test user, or with ``tokens``; the session is kept. Raises ProblemError."""
    from yearadmin.remote.api import Api
    from yearadmin.remote.transport import Transport
    from yearadmin.state.keeping import user_key

    api = Api(Transport(base_url, authority=authority))
    try:
        if tokens is None:
            await api.login_test(role)
        else:
            api.take(tokens)
        user = await api.session()
        held = api.tokens() or tokens
        if held is not None:
            await secrets.keep(place, user_key(user), held)
        return user
    finally:
        await api.aclose()


async def sign_out_everywhere(
    secrets: Secrets, addresses: Mapping[str, str], authorities: Mapping[str, Path | None] | None = None
) -> tuple[Left, ...]:
    """Sign out of every server a session is kept for; ``addresses`` and ``authorities`` are those of the profiles.

    A place that is no profile is an address itself.
    """
    places = dict.fromkeys((*await secrets.places(), *addresses))
    known = [(place, addresses.get(place, place if "://" in place else "")) for place in places]
    trusted = authorities or {}
    ways = (sign_out_of(secrets, place, address, trusted.get(place)) for place, address in known)
    return tuple(await asyncio.gather(*ways))


async def holder_of(transport: Transport, tokens: Tokens) -> Tokens:
    """The session ``tokens`` stand for as the server renewed it, if it did. Raises what the server says against it.

    On a connection of its own, which is closed: the session in use is not touched until this one is known to be good.
    """
    from yearadmin.remote.api import Api

    api = Api(transport)
    try:
        api.take(tokens)
        await api.session_answer()
        return api.tokens() or tokens
    finally:
        await api.aclose()
