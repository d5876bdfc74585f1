"""Sample files of the travel module: airports and stations, factors by distance and by country, and journeys.

Never gives a departure date, so that the files suit any reporting year.
"""

from __future__ import annotations

from sample_data.dice import Dice
from sample_data.people import Person, ascii_fold
from sample_data.places import AIRPORTS, STATIONS
from sample_data.sheet import Sheet

_LOCATION_COLUMNS = (
    "transport_mode",
    "name",
    "airport_size",
    "latitude",
    "longitude",
    "continent",
    "country_code",
    "iata_code",
    "municipality",
    "keywords",
)
# Category, shortest and longest distance in km, kg CO₂-eq per km in economy.
_HAULS = (
    ("very_short_haul", 0, 800, 0.1512),
    ("short_haul", 800, 1500, 0.1124),
    ("medium_haul", 1500, 4000, 0.0968),
    ("long_haul", 4000, 21000, 0.0871),
)
_CABINS = {"economy": 1.0, "business": 2.6, "first": 3.9}
_TRAIN_EF = {
    "CH": 0.0073, "FR": 0.0089, "DE": 0.0312, "IT": 0.0287, "AT": 0.0121, "BE": 0.0254, "NL": 0.0198, "GB": 0.0351,
    "ES": 0.0264, "LU": 0.0243, "CZ": 0.0398, "HU": 0.0345, "PL": 0.0532, "SE": 0.0042, "DK": 0.0267, "LI": 0.0111,
    "RoW": 0.0412,
}  # fmt: skip
_SMALLER = ("BSL", "LUG", "EDI", "LUX", "GOT", "TRD", "TLL", "HER", "LJU", "AUS", "TUN")
_NOTES = ("", "", "", "", "conférence", "project meeting", "séjour de recherche", "jury de thèse")


def _airport_rows() -> list[list[str]]:
    rows = []
    for code, name, latitude, longitude, country, continent, town in AIRPORTS:
        size = "medium_airport" if code in _SMALLER else "large_airport"
        rows.append(["plane", name, size, f"{latitude:.4f}", f"{longitude:.4f}", continent, country, code, town, ""])
    return rows


def _station_rows() -> list[list[str]]:
    return [
        ["train", name, "", f"{latitude:.4f}", f"{longitude:.4f}", "EU", country, "", town, ascii_fold(name)]
        for name, latitude, longitude, country, town in STATIONS
    ]


def _plane_rows(members: dict[str, list[Person]]) -> list[list[str]]:
    dice = Dice("plane journeys")
    homes, everywhere = ("GVA", "GVA", "GVA", "ZRH", "BSL"), [place[0] for place in AIRPORTS]
    rows = []
    for unit in dice.sample(list(members), 180):
        for _ in range(dice.pick((1, 1, 2, 3))):
            origin = dice.pick(homes)
            destination = dice.pick([code for code in everywhere if code not in homes])
            cabin = "business" if dice.chance(0.08) else "first" if dice.chance(0.01) else "economy"
            trips = str(dice.pick((2, 2, 2, 1, 4)))
            person = dice.pick(members[unit])
            rows.append([unit, person.number, origin, destination, cabin, trips, dice.pick(_NOTES)])
    return rows


def _train_rows(members: dict[str, list[Person]]) -> list[list[str]]:
    dice = Dice("train journeys")
    rows = []
    for unit in dice.sample(list(members), 200):
        for _ in range(dice.pick((1, 2, 2, 3))):
            origin = dice.pick([place for place in STATIONS if place[3] == "CH"])
            destination = dice.pick([place for place in STATIONS if place[0] != origin[0]])
            cabin = "first" if dice.chance(0.2) else "second"
            person = dice.pick(members[unit])
            journey = [origin[0], origin[3], destination[0], destination[3], cabin, str(dice.pick((1, 2, 2, 2, 6, 12)))]
            rows.append([unit, person.number, *journey, dice.pick(_NOTES)])
    return rows


def sheets(members: dict[str, list[Person]]) -> list[Sheet]:
    """Factors, references and data for trains and planes."""
    plane_factors = [
        [category, cabin, f"{ef * weight:.4f}", "1.7", str(shortest), str(longest)]
        for category, shortest, longest, ef in _HAULS
        for cabin, weight in _CABINS.items()
    ]
    train_factors = [[country, f"{ef:.4f}"] for country, ef in _TRAIN_EF.items()]
    plane_columns = ("category", "cabin_class", "ef_kg_co2eq_per_km", "rfi_adjustment", "min_distance", "max_distance")
    plane_data = (
        "unit_institutional_id",
        "user_institutional_id",
        "origin_iata",
        "destination_iata",
        "cabin_class",
        "number_of_trips",
        "note",
    )
    train_data = (
        "unit_institutional_id",
        "user_institutional_id",
        "origin_name",
        "origin_country_code",
        "destination_name",
        "destination_country_code",
        "cabin_class",
        "number_of_trips",
        "note",
    )
    train_columns = ("country_code", "ef_kg_co2eq_per_km")
    return [
        Sheet("travel_trains_factors.csv", "factor", 2, 21, train_columns, train_factors),
        Sheet("travel_planes_factors.csv", "factor", 2, 20, plane_columns, plane_factors),
        Sheet("travel_stations_references.csv", "reference", 2, 21, _LOCATION_COLUMNS, _station_rows()),
        Sheet("travel_airports_references.csv", "reference", 2, 20, _LOCATION_COLUMNS, _airport_rows()),
        Sheet("travel_trains_data.csv", "data", 2, 21, train_data, _train_rows(members)),
        Sheet("travel_planes_data.csv", "data", 2, 20, plane_data, _plane_rows(members)),
    ]
