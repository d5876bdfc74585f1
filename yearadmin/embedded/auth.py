"""Sessions as two signed cookies (contract section 1.2): making them, reading them, finding the user they name.

Never trusts a token for more than who somebody is: roles are read from the database at every request.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import jwt
from fastapi import Depends, Request
from fastapi.responses import Response
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from yearadmin.contract.enums import UserProvider
from yearadmin.embedded import permissions as rules
from yearadmin.embedded.context import Context, context_of
from yearadmin.embedded.engines import take_turns
from yearadmin.embedded.errors import refused
from yearadmin.embedded.settings import ACCESS_SECONDS, REFRESH_SECONDS
from yearadmin.embedded.tables import now, users

ACCESS_COOKIE, REFRESH_COOKIE = "auth_token", "refresh_token"
LOCAL_ID = "local-administrator"  # who the window's own token signs in
_ALGORITHM = "HS256"
_TEST_NUMBERS = {
    rules.STANDARD: 2909114204,
    rules.PRINCIPAL: 4733780267,
    rules.METIER: 3673895908,
    rules.ADMIN: 1078173294,
}


class TokenKind(StrEnum):
    """What a token is good for; one is never accepted as the other."""

    ACCESS = "access"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in user as stored."""

    id: int
    institutional_id: str
    provider: UserProvider
    email: str
    display_name: str | None
    roles: tuple[dict[str, Any], ...]
    last_login: datetime | None
    permissions: dict[str, list[str]]

    @property
    def name(self) -> str:
        """What others see."""
        return self.display_name or self.email

    def may(self, key: str, action: str) -> bool:
        """Whether the bare permission key grants the action."""
        return rules.holds(self.permissions, key, action)

    @property
    def may_follow(self) -> bool:
        """Whether pipelines may be followed: CFG:view or SYNC* (section 2.2)."""
        return self.may(rules.CONFIGURATION, "view") or rules.may_sync_some_module(self.permissions)


def _token(secret: bytes, user: User, kind: TokenKind, seconds: int) -> str:
    claims = {
        "sub": str(user.id),
        "email": user.email,
        "institutional_id": user.institutional_id,
        "provider": str(int(user.provider)),
        "type": kind.value,
        "exp": now() + timedelta(seconds=seconds),
    }
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


def set_cookies(response: Response, context: Context, user: User) -> None:
    """Give both cookies anew."""
    for name, kind, seconds in (
        (ACCESS_COOKIE, TokenKind.ACCESS, ACCESS_SECONDS),
        (REFRESH_COOKIE, TokenKind.REFRESH, REFRESH_SECONDS),
    ):
        token, secure = _token(context.secret, user, kind, seconds), context.settings.exposure.secure
        response.set_cookie(name, token, seconds, httponly=True, samesite="lax", secure=secure)


def clear_cookies(response: Response, context: Context) -> None:
    """Take both cookies back."""
    for name in (ACCESS_COOKIE, REFRESH_COOKIE):
        response.set_cookie(name, "", 0, httponly=True, samesite="lax", secure=context.settings.exposure.secure)


async def user_of(request: Request, kind: TokenKind) -> User:
    """The user the request's cookie names. Raises 401 in every other case."""
    token = request.cookies.get(ACCESS_COOKIE if kind is TokenKind.ACCESS else REFRESH_COOKIE)
    if not token:
        raise refused(401, "Not signed in.")
    context = context_of(request)
    try:
        claims = jwt.decode(token, context.secret, algorithms=[_ALGORITHM], options={"require": ["exp"]})
    except (jwt.PyJWTError, ValueError) as error:
        unreadable = {"WWW-Authenticate": "Bearer"}
        raise refused(401, "The session has expired or is not valid.", **unreadable) from error
    if claims.get("type") != kind.value:
        raise refused(401, "This token is of the wrong kind.")
    institutional_id, provider = claims.get("institutional_id"), claims.get("provider")
    if not isinstance(institutional_id, str) or provider not in ("0", "1", "2"):
        raise refused(401, "The session names no user.")
    async with context.database.reading() as connection:
        user = await _find(connection, institutional_id, UserProvider(int(provider)))
    if user is None or not user.email:
        raise refused(401, "The user of this session is unknown.")
    return user


async def _find(connection: AsyncConnection, institutional_id: str, provider: UserProvider) -> User | None:
    query = select(users).where(users.c.institutional_id == institutional_id, users.c.provider == int(provider))
    row = (await connection.execute(query)).mappings().first()
    if row is None:
        return None
    roles = tuple(row["roles_raw"])
    return User(
        id=row["id"],
        institutional_id=row["institutional_id"],
        provider=UserProvider(row["provider"]),
        email=row["email"],
        display_name=row["display_name"],
        roles=roles,
        last_login=row["last_login"],
        permissions=rules.permissions_of(roles),
    )


async def sign_in_test_user(connection: AsyncConnection, role: str) -> User:
    """Create or refresh the test user of that role; a name that is no role signs in without any (section 1.3)."""
    number = _TEST_NUMBERS.get(role, zlib.crc32(role.encode("utf-8", "replace")))
    shown = role.encode("utf-8", "replace").decode()[:100]
    return await save_test_user(
        connection, f"TEST-{number:010d}", f"testuser_{shown}@example.org", f"Test User: {shown}", role
    )


async def save_test_user(
    connection: AsyncConnection, institutional_id: str, email: str, display_name: str, role: str
) -> User:
    """Create or refresh a user of the test provider."""
    return await save_user(connection, institutional_id, UserProvider.TEST, email, display_name, rules.test_roles(role))


async def save_user(
    connection: AsyncConnection,
    institutional_id: str,
    provider: UserProvider,
    email: str,
    display_name: str,
    roles: list[dict[str, Any]],
) -> User:
    """Create or refresh a user who has signed in, with the roles found for them now."""
    values = {"email": email, "display_name": display_name or None, "roles_raw": roles, "last_login": now()}
    await connection.run_sync(take_turns, "users")
    changed = await connection.execute(
        update(users)
        .where(users.c.institutional_id == institutional_id, users.c.provider == int(provider))
        .values(**values)
    )
    if not changed.rowcount:
        keys = {"institutional_id": institutional_id, "provider": int(provider)}
        await connection.execute(insert(users).values(**keys, **values))
    user = await _find(connection, institutional_id, provider)
    assert user is not None
    return user


async def signed_in(request: Request) -> User:
    """Any signed-in user."""
    return await user_of(request, TokenKind.ACCESS)


SignedIn = Annotated[User, Depends(signed_in)]


def _gate(allowed: Any) -> Any:
    async def check(user: SignedIn) -> User:
        if not allowed(user):
            raise refused(403, "Permission denied")
        return user

    return Depends(check)


def _bare(key: str, action: str) -> Any:
    return _gate(lambda user: user.may(key, action))


Editor = Annotated[User, _bare(rules.CONFIGURATION, "edit")]
Viewer = Annotated[User, _bare(rules.CONFIGURATION, "view")]
Follower = Annotated[User, _gate(lambda user: user.may_follow)]
PipelineViewer = Annotated[User, _bare(rules.PIPELINES, "view")]
PipelineEditor = Annotated[User, _bare(rules.PIPELINES, "edit")]
LogViewer = Annotated[User, _bare(rules.LOGS, "view")]
Uploader = Annotated[
    User,
    _gate(lambda user: user.may(rules.CONFIGURATION, "edit") or rules.may_sync_some_module(user.permissions)),
]
Reporter = Annotated[User, _gate(lambda user: rules.holds_anywhere(user.permissions, rules.REPORTING, "view"))]
