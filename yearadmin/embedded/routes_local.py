"""The window's own way in on a computer of one person: its one-time token for a session. An extension of our own.

Exists only when such tokens are handed over; never shows, stores or logs one.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, SecretStr

from yearadmin.contract.enums import RoleName, UserProvider
from yearadmin.embedded.auth import LOCAL_ID, save_user, set_cookies
from yearadmin.embedded.context import context_of
from yearadmin.embedded.errors import refused

router = APIRouter(tags=["session"])

_LOCAL_EMAIL = "administrator@localhost"
_ADMIN = {"role": str(RoleName.BACKOFFICE_ADMIN), "on": {"kind": "global"}}


class LocalToken(BaseModel):
    """The one-time token the program that started this backend was the only one to know."""

    model_config = ConfigDict(extra="forbid")

    token: SecretStr


@router.post("/auth/local")
async def sign_in_locally(request: Request, body: LocalToken) -> Response:
    """Give the local administrator's cookies for the token; it is worthless afterwards. An extension of our own."""
    context = context_of(request)
    assert context.door is not None
    wait = await context.door.wait_for(body.token.get_secret_value())
    if wait is not None:
        if wait > 0:
            raise refused(429, "Too many wrong tokens.", **{"Retry-After": str(wait)})
        raise refused(401, "This token opens nothing, or no longer.")
    async with context.database.writing() as connection:
        user = await save_user(connection, LOCAL_ID, UserProvider.DEFAULT, _LOCAL_EMAIL, "Administrator", [_ADMIN])
    response = JSONResponse({"message": "Signed in"}, headers={"Cache-Control": "no-store"})
    set_cookies(response, context, user)
    return response
