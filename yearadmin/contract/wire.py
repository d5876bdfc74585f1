"""How wire values become Python values: tolerant on the way in, exact on the way out.

Never raises for an enum or a date it does not know: such a value reads as None and the raw answer stays in the cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from yearadmin.contract.enums import (
    EntityType,
    IngestionMethod,
    JobResult,
    JobState,
    TargetType,
    UserProvider,
    parse_enum,
)
from yearadmin.contract.times import parse_utc


class WireModel(BaseModel):
    """Base of every wire model: immutable, unknown keys ignored (section 6.1)."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


def _lenient(kind: type[IntEnum]) -> BeforeValidator:
    return BeforeValidator(lambda value: parse_enum(kind, value))


def _objects_only(value: object) -> dict[str, Any]:
    """Keep the entries that are objects; seeded or damaged rows may hold anything (section 13)."""
    if not isinstance(value, Mapping):
        return {}
    return {str(key): item for key, item in value.items() if isinstance(item, (Mapping, BaseModel))}


def _list_only(value: object) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _mapping_only(value: object) -> dict[str, Any] | None:
    return dict(value) if isinstance(value, Mapping) else None


_as_name = PlainSerializer(lambda value: None if value is None else value.name, return_type=str | None)

UtcTime = Annotated[datetime | None, BeforeValidator(parse_utc)]
State = Annotated[JobState | None, _lenient(JobState)]
Result = Annotated[JobResult | None, _lenient(JobResult)]
Target = Annotated[TargetType | None, _lenient(TargetType)]
Method = Annotated[IngestionMethod | None, _lenient(IngestionMethod)]
Entity = Annotated[EntityType | None, _lenient(EntityType)]
Provider = Annotated[UserProvider | None, _lenient(UserProvider)]
StateName = Annotated[JobState | None, _lenient(JobState), _as_name]
ResultName = Annotated[JobResult | None, _lenient(JobResult), _as_name]
EntityName = Annotated[EntityType | None, _lenient(EntityType), _as_name]
Objects = BeforeValidator(_objects_only)
Items = BeforeValidator(_list_only)
MaybeObject = BeforeValidator(_mapping_only)
