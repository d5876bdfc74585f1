"""Signing in, out and who am I (contract section 1.3). Never shows a token in a body."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from yearadmin.contract.enums import UserProvider
from yearadmin.embedded.auth import (
    SignedIn,
    TokenKind,
    User,
    clear_cookies,
    set_cookies,
    sign_in_test_user,
    user_of,
)
from yearadmin.embedded.context import context_of
from yearadmin.embedded.errors import refused
from yearadmin.embedded.settings import REFRESH_SECONDS
from yearadmin.embedded.tables import now
from yearadmin.embedded.wire import naive

router = APIRouter(tags=["session"])
demo_router = APIRouter(tags=["session"])


@router.get("/session")
async def who_am_i(user: SignedIn) -> Response:
    """The signed-in user with roles and permissions; nulls are left out."""
    return JSONResponse(_shown(user))


@router.post("/session")
async def renew_session(request: Request) -> Response:
    """Give both cookies anew to the holder of a refresh token."""
    user = await user_of(request, TokenKind.REFRESH)
    if context_of(request).issuer is not None and user.provider is UserProvider.DEFAULT:
        _check_recent(user)
    response = JSONResponse({"message": "The session was renewed"})
    set_cookies(response, context_of(request), user)
    return response


@router.delete("/session")
async def sign_out(request: Request) -> Response:
    """Clear both cookies; succeeds without any."""
    response = JSONResponse({"message": "Signed out"})
    clear_cookies(response, context_of(request))
    return response


@demo_router.get("/auth/login-test", status_code=302)
async def sign_in_as_test_user(request: Request, role: str = "co2.user.std") -> Response:
    """Sign in as the test user of a role; offered on demonstration servers only."""
    context = context_of(request)
    async with context.database.writing() as connection:
        user = await sign_in_test_user(connection, role)
    response = RedirectResponse(str(request.base_url), 302)
    set_cookies(response, context, user)
    return response


def _check_recent(user: User) -> None:
    """Let nobody renew for ever: rights are looked up at each sign-on, so there has to be one a day."""
    if user.last_login is None or now() - user.last_login > timedelta(seconds=REFRESH_SECONDS):
        raise refused(401, "The last sign-on was too long ago. Please sign in again.")


def _shown(user: User) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "roles_raw": list(user.roles) or None,
        "last_login": naive(user.last_login),
        "id": user.id,
        "display_name": user.display_name,
        "email": user.email,
        "provider": int(user.provider),
        "institutional_id": user.institutional_id,
        "is_user_test": True if user.provider is UserProvider.TEST else None,
        "permissions": user.permissions,
    }
    return {key: value for key, value in shown.items() if value is not None}
