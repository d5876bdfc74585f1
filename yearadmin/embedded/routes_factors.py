"""A year's factors as input forms ask for them (contract section 5.4): which classes there are, what one of them holds.

Never computes; ``factors/stale`` is among the console's lists.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy import Connection

from yearadmin.catalogue.columns_factors import factor_table
from yearadmin.contract.enums import DataEntryType
from yearadmin.embedded.auth import SignedIn
from yearadmin.embedded.context import context_of
from yearadmin.embedded.errors import refused
from yearadmin.embedded.ingest.books import Factor, read_factors
from yearadmin.embedded.params import YearQuery

router = APIRouter(prefix="/factors", tags=["factors"])

Det = Annotated[DataEntryType, Path()]
_ABOVE = "headcount_category"  # stands above the class and is none itself


def _levels(det: DataEntryType) -> tuple[str, str | None]:
    """The columns that are the class and the subclass of a type's factors."""
    names = [name for name in factor_table(det).identity if name != _ABOVE]
    return names[0], names[1] if len(names) > 1 else None


async def _factors(request: Request, year: int, det: DataEntryType) -> list[Factor]:
    def read(connection: Connection) -> list[Factor]:
        return read_factors(connection, year, [int(det)])

    async with context_of(request).database.reading() as connection:
        return await connection.run_sync(read)


@router.get("/{data_entry_type}/class-subclass-map")
async def class_subclass_map(request: Request, data_entry_type: Det, year: YearQuery, user: SignedIn) -> Response:
    """The classes of a type's factors, each with its subclasses, in the order of the alphabet."""
    kind, subkind = _levels(data_entry_type)
    found: dict[str, set[str]] = {}
    for factor in await _factors(request, year, data_entry_type):
        name, below = factor.classification.get(kind), factor.classification.get(subkind or "")
        if name:
            found.setdefault(name, set()).update([below] if below else [])
    return JSONResponse({name: sorted(found[name]) for name in sorted(found)})


@router.get("/{data_entry_type}/classes/{kind:path}/values")
async def class_values(
    request: Request, data_entry_type: Det, kind: str, year: YearQuery, user: SignedIn, sub_class: str | None = None
) -> Response:
    """The value columns of the factor of a class (and subclass); 404 when the year has none."""
    names = _levels(data_entry_type)
    for factor in await _factors(request, year, data_entry_type):
        below = factor.classification.get(names[1] or "")
        if factor.classification.get(names[0]) == kind and (below or None) == (sub_class or None):
            return JSONResponse(factor.values)
    raise refused(404, "The year has no such factor.")
