"""Year configurations (contract section 5.1): list, read, create with provisioning, change.

Only ever touches the rows of the caller's provider.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from yearadmin.embedded import year_store, years
from yearadmin.embedded.auth import Editor, SignedIn
from yearadmin.embedded.context import context_of
from yearadmin.embedded.errors import broken_rule, invalid, refused
from yearadmin.embedded.params import YearNumber
from yearadmin.embedded.permissions import CONFIGURATION
from yearadmin.embedded.tables import year_configurations
from yearadmin.embedded.wire import naive, zulu

router = APIRouter(prefix="/year-configuration", tags=["years"])

_rows = year_configurations


class CreateYear(BaseModel):
    """Body of the POST; all of it may be absent."""

    is_started: bool = False
    config: dict[str, Any] | None = None


class ChangeYear(BaseModel):
    """Body of the PATCH; null and absent leave a part as it is."""

    is_started: bool | None = None
    config: dict[str, Any] | None = None


@router.get("/")
async def list_years(request: Request, user: SignedIn) -> Response:
    """Every year of the caller's provider, newest first; without CFG:view only those open to users."""
    query = select(_rows.c.year, _rows.c.is_started, _rows.c.configuration_completed, _rows.c.updated_at)
    query = query.where(_rows.c.provider == int(user.provider)).order_by(_rows.c.year.desc())
    if not user.may(CONFIGURATION, "view"):
        query = query.where(_rows.c.is_started)
    async with context_of(request).database.reading() as connection:
        found = (await connection.execute(query)).all()
    return JSONResponse(
        [
            {
                "year": row.year,
                "is_started": row.is_started,
                "configuration_completed": zulu(row.configuration_completed),
                "updated_at": naive(row.updated_at),
            }
            for row in found
        ]
    )


@router.get("/{year}")
async def get_year(request: Request, year: YearNumber, user: SignedIn) -> Response:
    """One year with its latest jobs and what is incomplete."""
    async with context_of(request).database.reading() as connection:
        answer = await connection.run_sync(year_store.answer, user, year)
    if answer is None:
        raise _no_such_year(year)
    return JSONResponse(answer)


@router.post("/{year}", status_code=201)
async def create_year(request: Request, year: YearNumber, user: Editor, body: CreateYear | None = None) -> Response:
    """Create a year and start its unit sync; 409 when it exists, and then nothing is started."""
    wanted = body or CreateYear()
    config = _checked(wanted, wanted.config) if wanted.config else years.default_config()
    _check_goals(config, year)
    context = context_of(request)
    try:
        async with context.database.writing() as connection:
            answer = await connection.run_sync(year_store.create, user, year, wanted.is_started, config)
    except IntegrityError as error:
        raise refused(409, f"The year {year} is already configured.") from error
    context.wake_worker()
    return JSONResponse(answer, 201)


@router.patch("/{year}")
async def change_year(request: Request, year: YearNumber, user: Editor, body: ChangeYear) -> Response:
    """Change what the body names; ``config`` is merged into the stored one."""
    _check_goals(body.config, year)
    change = None if body.config is None else _checked(body, body.config)
    context = context_of(request)
    async with context.database.writing() as connection:
        answer = await connection.run_sync(year_store.change, user, year, body.is_started, change)
    if answer is None:
        raise _no_such_year(year)
    return JSONResponse(answer)


def _no_such_year(year: int) -> Exception:
    return refused(404, f"The year {year} is not configured.")


def _check_goals(config: object, year: int) -> None:
    try:
        years.check_goals(config, year)
    except years.GoalError as error:
        raise refused(400, str(error)) from error


def _checked(body: CreateYear | ChangeYear, config: dict[str, Any]) -> years.Config:
    try:
        return years.cleaned(config)
    except years.ThresholdError as error:
        place = ".".join(map(str, error.path))
        raise broken_rule(f"{place}: {error}", body.model_dump(exclude_unset=True)) from error
    except years.ConfigError as error:
        raise invalid(("body", "config", *error.path), str(error), error.given) from error
