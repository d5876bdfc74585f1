"""What calculating needs besides a row: a year's factors, the airports and stations, the rooms, read once per job.

Never writes and never calculates.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from yearadmin.catalogue.columns_others import transport_mode
from yearadmin.contract.enums import DataEntryType
from yearadmin.embedded.entry_tables import building_rooms, factors, locations

if TYPE_CHECKING:
    from sqlalchemy import Connection

_EARTH_RADIUS = 6_371.0088  # km, mean


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a year: its classification (null where blank) and its other columns."""

    det: int
    classification: dict[str, str | None]
    values: dict[str, Any]

    def number(self, name: str) -> float:
        """A value column as a number; 0 where the factor has none."""
        return float(self.values.get(name, 0.0))


@dataclass(frozen=True, slots=True)
class Place:
    """An airport or a station; degrees."""

    latitude: float
    longitude: float
    country: str


def distance(one: Place, other: Place) -> float:
    """Great-circle distance in km, without any detour."""
    here, there = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    share = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(across / 2) ** 2
    return 2 * _EARTH_RADIUS * math.asin(math.sqrt(min(1.0, share)))


class AmbiguousPlaceError(ValueError):
    """Several stations of one country have the name asked for."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one mode, by natural key, by IATA code and by name within a country; capitals don't matter."""

    by_key: dict[str, Place] = field(default_factory=dict)
    by_iata: dict[str, Place] = field(default_factory=dict)
    by_name: dict[tuple[str, str], Place | None] = field(default_factory=dict)  # None: several have that name

    def airport(self, code: str) -> Place | None:
        """The airport with that IATA code, if it is known."""
        return self.by_iata.get(code.strip().upper())

    def station(self, name: str, country: str, key: str | None = None) -> Place | None:
        """The station meant, if it is known. Raises ``AmbiguousPlaceError`` when the name alone does not tell."""
        if key and (known := self.by_key.get(key.strip())):
            return known
        found = self.by_name.get((country.strip().upper(), name.strip().casefold()), _UNKNOWN)
        if found is None:
            raise AmbiguousPlaceError
        return None if found is _UNKNOWN else found


_UNKNOWN = Place(math.nan, math.nan, "")


def natural_key(row: dict[str, Any]) -> str:
    """What makes a location the same one: an airport's IATA code, else country, name and place to about 10 m."""
    if code := str(row.get("iata_code", "")).strip().upper():
        return code
    return ":".join(
        (
            str(row.get("country_code", "")).strip().upper(),
            str(row["name"]).strip(),
            f"{row['latitude']:.4f}",
            f"{row['longitude']:.4f}",
        )
    )


@dataclass(frozen=True, slots=True)
class Book:
    """All that calculating one type's rows needs besides the rows."""

    factors: list[Factor]
    places: Places = field(default_factory=Places)
    rooms: dict[tuple[str, str], float] = field(default_factory=dict)  # m² by building and room


def read_factors(connection: Connection, year: int, dets: Iterable[int]) -> list[Factor]:
    """The year's factors of those types, oldest first."""
    table = factors.c
    found = connection.execute(
        select(table.data_entry_type_id, table.classification, table.factor_values)
        .where(table.year == year, table.data_entry_type_id.in_(list(dets)))
        .order_by(table.data_entry_type_id, table.id)
    )
    return [Factor(det, json.loads(classification), json.loads(values)) for det, classification, values in found]


def read_book(connection: Connection, year: int, det: int) -> Book:
    """What the rows of that type are calculated with."""
    known = read_factors(connection, year, [det])
    if mode := transport_mode(det):
        return Book(known, places=_read_places(connection, mode))
    if det == DataEntryType.BUILDING:
        return Book(known, rooms=_read_rooms(connection))
    return Book(known)


def _read_places(connection: Connection, mode: str) -> Places:
    places = Places()
    table = locations.c
    for key, name, latitude, longitude, country, iata in connection.execute(
        select(
            table.natural_key, table.name, table.latitude, table.longitude, table.country_code, table.iata_code
        ).where(table.transport_mode == mode)
    ):
        land = (country or "").strip().upper()
        place = Place(latitude, longitude, land)
        places.by_key[key] = place
        if iata:
            places.by_iata.setdefault(iata.strip().upper(), place)
        called = (land, name.strip().casefold())
        places.by_name[called] = None if called in places.by_name else place
    return places


def _read_rooms(connection: Connection) -> dict[tuple[str, str], float]:
    table = building_rooms.c
    rooms: dict[tuple[str, str], float] = {}
    for building, room, surface in connection.execute(
        select(table.building_name, table.room_name, table.room_surface_square_meter)
        .where(table.room_surface_square_meter.is_not(None))
        .order_by(table.id)
    ):
        rooms.setdefault((building, room), surface)
    return rooms
