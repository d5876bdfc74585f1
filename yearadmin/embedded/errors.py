"""The refusals of the wire in their shapes (contract section 3).

Decides nothing: routes raise these, one handler writes FastAPI's own list shape safely.
"""

from __future__ import annotations

import errno
import json
import math
import sqlite3
from collections.abc import Sequence
from typing import Any

from fastapi import HTTPException, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DBAPIError


def refused(status: int, words: str, **headers: str) -> HTTPException:
    """A refusal whose detail is one sentence."""
    return HTTPException(status, words, headers=headers or None)


def invalid(
    loc: Sequence[str | int],
    words: str,
    given: object,
    kind: str = "value_error",
    context: dict[str, object] | None = None,
) -> RequestValidationError:
    """A 422 in the framework's list shape for something the framework itself could not see."""
    fault = {"type": kind, "loc": tuple(loc), "msg": words, "input": given}
    return RequestValidationError([fault if context is None else {**fault, "ctx": context}])


def broken_rule(words: str, body: object) -> RequestValidationError:
    """A 422 about the body as a whole: its parts are well-formed, but a rule forbids them (contract section 3)."""
    return invalid(("body",), f"Value error, {words}", body, context={"error": {}})


async def answer_invalid(request: Request, error: Exception) -> Response:
    """Write a 422; what was sent is repeated in it, so it must survive anything that can be sent."""
    assert isinstance(error, RequestValidationError)
    body = {"detail": [_plain(item) for item in jsonable_encoder(error.errors(), custom_encoder={Exception: str})]}
    return Response(json.dumps(body), 422, media_type="application/json")


NO_ROOM = "The server has no room left on its disk. Nothing was changed."
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SQLITE_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_POSTGRES_FULL = "53100"


def tells_full_disk(error: BaseException) -> bool:
    """Whether an error says that something could not be written for want of room."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    if isinstance(error, DBAPIError) and error.orig is not None:
        if isinstance(error.orig, sqlite3.Error):
            return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _SQLITE_FULL
        return getattr(error.orig, "sqlstate", None) == _POSTGRES_FULL
    return False


async def answer_full(request: Request, error: Exception) -> Response:
    """Write a 507 when the disk is full; the transaction was rolled back. Any other error goes on its way."""
    if not tells_full_disk(error):
        raise error
    return JSONResponse({"detail": NO_ROOM}, 507)


def _plain(value: Any) -> Any:
    """Without numbers JSON does not have."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
