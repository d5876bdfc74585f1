"""Parameters several routes share, with the bounds a database puts on them. Holds no rule of the contract's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator

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


Moment = Annotated[datetime, AfterValidator(_in_reach)]
