"""Signing in at an institution's sign-on service (contract section 1.3): to its page, and back with a session.

Never shows, stores or logs a code, a state or a token.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from datetime import timedelta
from typing import Annotated

import jwt
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from yearadmin.contract.enums import UserProvider
from yearadmin.embedded.auth import LOCAL_ID, save_user, set_cookies
from yearadmin.embedded.context import Context, context_of
from yearadmin.embedded.errors import refused
from yearadmin.embedded.oidc import IssuerUnreachableError, NotIdentifiedError, SignOn
from yearadmin.embedded.oidc_config import SignOnConfigError
from yearadmin.embedded.tables import now

log = logging.getLogger("yearadmin.serve")

router = APIRouter(tags=["session"])

STATE_COOKIE = "session"
STATE_SECONDS = 60  # life of the state cookie (contract section 1.2)


@router.get("/auth/login", status_code=302)
async def begin_sign_on(request: Request) -> Response:
    """Send the browser to the institution's sign-on page, with a signed state cookie that is good for 60 s."""
    context = context_of(request)
    issuer = context.issuer
    assert issuer is not None
    sign_on = SignOn.begin(_callback(request, context))
    try:
        there = await issuer.start(sign_on)
    except IssuerUnreachableError as error:
        raise refused(503, "The institution's sign-on service can’t be reached.") from error
    response = RedirectResponse(there, 302, headers={"Cache-Control": "no-store"})
    _set_state(response, context, _sealed(context, sign_on), STATE_SECONDS)
    return response


@router.get("/auth/callback", status_code=302)
async def finish_sign_on(
    request: Request,
    state: Annotated[str, Query(max_length=2000)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    error: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """Where the browser comes back to: both cookies on a redirect to the front page."""
    context = context_of(request)
    issuer, settings = context.issuer, context.settings
    assert issuer is not None
    assert settings.exposure.sign_on is not None
    sign_on = _unsealed(context, request.cookies.get(STATE_COOKIE, ""))
    if sign_on is None or not secrets.compare_digest(sign_on.state.encode(), state.encode("utf-8", "replace")):
        raise refused(400, "This sign-on was not begun here, or more than a minute ago. Please begin again.")
    if error or not code:
        raise refused(401, "The sign-on was not completed.")
    try:
        person = await issuer.finish(sign_on, code)
        roles = settings.exposure.sign_on.roles_of(person)
    except IssuerUnreachableError as failure:
        raise refused(503, "The institution's sign-on service can’t be reached.") from failure
    except NotIdentifiedError as failure:
        raise refused(401, str(failure)) from failure
    except SignOnConfigError as failure:
        log.error("%s", failure)
        raise refused(503, "Who may do what can’t be looked up at the moment.") from failure
    if person.institutional_id == LOCAL_ID:
        raise refused(401, "The sign-on service told a name that is taken.")
    async with context.database.writing() as connection:
        user = await save_user(
            connection, person.institutional_id, UserProvider.DEFAULT, person.email, person.display_name, roles
        )
    response = RedirectResponse(
        settings.exposure.sign_on.frontend_url or str(request.base_url), 302, headers={"Cache-Control": "no-store"}
    )
    set_cookies(response, context, user)
    _set_state(response, context, "", 0)
    return response


def _callback(request: Request, context: Context) -> str:
    config = context.settings.exposure.sign_on
    if config is not None and config.public_url is not None:
        return config.public_url.rstrip("/") + "/auth/callback"
    # As the browser asked for this page: the name is one of ours, that was checked.
    return str(request.url.replace(path=request.url.path.removesuffix("/login") + "/callback", query=""))


def _key(context: Context) -> bytes:
    """A key of its own: nothing signed here is ever taken for a session."""
    return hmac.new(context.secret, b"sign-on state", hashlib.sha256).digest()


def _sealed(context: Context, sign_on: SignOn) -> str:
    claims = {
        "state": sign_on.state,
        "nonce": sign_on.nonce,
        "verifier": sign_on.verifier,
        "callback": sign_on.callback,
        "exp": now() + timedelta(seconds=STATE_SECONDS),
    }
    return jwt.encode(claims, _key(context), algorithm="HS256")


def _unsealed(context: Context, cookie: str) -> SignOn | None:
    try:
        claims = jwt.decode(cookie, _key(context), algorithms=["HS256"], options={"require": ["exp"]})
        return SignOn(claims["state"], claims["nonce"], claims["verifier"], claims["callback"])
    except (jwt.PyJWTError, ValueError, KeyError):
        return None


def _set_state(response: Response, context: Context, value: str, seconds: int) -> None:
    secure = context.settings.exposure.secure
    response.set_cookie(STATE_COOKIE, value, seconds, httponly=True, samesite="lax", secure=secure)
