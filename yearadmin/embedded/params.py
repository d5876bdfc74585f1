"""Parameters several routes share, with the bounds a database puts on them. Holds no rule of the contract's own."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator, BeforeValidator

LARGEST = 2**31 - 1  # what a database's integer holds

JobId = Annotated[int, Path(ge=-LARGEST, le=LARGEST)]
YearNumber = Annotated[int, Path(ge=-LARGEST, le=LARGEST)]
YearQuery = Annotated[int, Query(ge=-LARGEST, le=LARGEST)]


def _in_reach(value: datetime) -> datetime:
    """A moment in UTC; a naive one is UTC. Raises ValueError at the ends of the calendar."""
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


def _written_out(value: object) -> object:
    """Dates as people and programs write them; the framework would also take a bare number for seconds."""
    if isinstance(value, str) and not re.match(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("must be a date and time such as 2026-01-31T12:00:00Z")
    return value


Moment = Annotated[datetime, BeforeValidator(_written_out), AfterValidator(_in_reach)]
