"""The web side: all routes under ``/v1`` and ``/api/v1``, errors in the wire's shapes, and the banner beside them.

Runs no job and holds no state but its context.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from yearadmin import __version__
from yearadmin.embedded import (
    routes_audit,
    routes_console,
    routes_dispatch,
    routes_factors,
    routes_files,
    routes_local,
    routes_reduction,
    routes_session,
    routes_streams,
    routes_sync,
    routes_years,
)
from yearadmin.embedded.context import Context, context_of
from yearadmin.embedded.errors import answer_full, answer_invalid
from yearadmin.embedded.guard import Guard
from yearadmin.embedded.openapi import answer_not_allowed, describe
from yearadmin.embedded.settings import MAY

_NAME = "CO2 Calculator API"

beside = APIRouter(tags=["service"])


@beside.get("/")
async def banner() -> Response:
    """What this is."""
    return JSONResponse({"name": _NAME, "version": __version__, "status": "running", "docs": "/docs"})


@beside.get("/healthz")
async def healthz() -> Response:
    """That it answers at all; asks no database."""
    return JSONResponse({"status": "ok"})


@beside.get("/ready")
async def ready(request: Request) -> Response:
    """Whether it can do its work."""
    try:
        async with context_of(request).database.reading() as connection:
            await connection.execute(text("SELECT 1 FROM alembic_version"))
        database = "ok"
    except SQLAlchemyError:
        database = "error"
    status = "healthy" if database == "ok" else "unhealthy"
    body = {"status": status, "database": database, "role_provider": "skipped", "details": {}}
    return JSONResponse(body, 200 if database == "ok" else 503)


def make_app(context: Context) -> FastAPI:
    """The application of one running backend."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(context.watch.run(), name="watch")
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            await context.database.close()

    app = FastAPI(title=_NAME, version=__version__, lifespan=life, redirect_slashes=False)
    app.state.context = context
    describe(app)
    app.add_exception_handler(405, answer_not_allowed)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    for kind in (OSError, DBAPIError):
        app.add_exception_handler(kind, answer_full)
    if context.settings.era == MAY:
        from yearadmin.embedded.era_door import EraDoor

        app.add_middleware(EraDoor, context=context)
    app.add_middleware(Guard, exposure=context.settings.exposure)
    app.include_router(beside)
    versioned = APIRouter()
    # The console's fixed paths come before those with a part to fill in.
    for routes in (
        routes_session,
        routes_years,
        routes_reduction,
        routes_console,
        routes_factors,
        routes_streams,
        routes_sync,
        routes_dispatch,
        routes_files,
        routes_audit,
    ):
        versioned.include_router(routes.router)
    if context.settings.demo:
        versioned.include_router(routes_session.demo_router)
    if context.settings.era == MAY:
        versioned.include_router(routes_sync.may_router)
    if context.door is not None:
        versioned.include_router(routes_local.router)
    if context.issuer is not None:
        from yearadmin.embedded import routes_sign_on

        versioned.include_router(routes_sign_on.router)
    app.include_router(versioned, prefix="/v1")
    app.include_router(versioned, prefix="/api/v1", include_in_schema=False)
    return app
