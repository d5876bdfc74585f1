"""How many kg CO₂-eq a data entry stands for, per data entry type. Pure: rows and factors in, a number out.

What the production server calculates beyond the contract is not copied. This table is the whole of what we compute;
every result is kg CO₂-eq for the reporting year, and a row whose factor, reference or input is missing has none.

========================  ============================================================================================
type                      kg CO₂-eq
========================  ============================================================================================
any                       the row's own ``kg_co2eq`` when it holds a number, whatever follows
1 member, 2 student       fte × Σ over the year's factors of that type (number_of_unit_per_fte × ef_kg_co2eq_per_unit)
10–12 equipment           (active h/week × active_power_w + standby h/week × standby_power_w) / 1000 × 52 weeks
                          × ef_kg_co2eq_per_kwh; hours from the row, else from the factor; factor by class and subclass
20 plane                  great-circle km × ef_kg_co2eq_per_km × rfi_adjustment × number_of_trips; factor by cabin and
                          min_distance ≤ km < max_distance
21 train                  great-circle km × ef_kg_co2eq_per_km × number_of_trips; abroad, half the way counts for each
                          country; a country without factor counts as RoW; the cabin makes no difference
30 building               m² of the room (reference) × room_allocation_ratio (1 when absent)
                          × (heating + cooling + ventilation + lighting kWh/m²) × conversion_factor
                          × ef_kg_co2eq_per_kwh
31 energy_combustion      quantity × ef_kg_co2eq_per_unit, by name; none when the name has factors in several units
32 embodied energy        none: needs the square metres and kind of the works, which neither row nor reference holds
40 external_clouds        spent_amount × ef_kg_co2eq_per_currency, by service, provider and currency
41 external_ai            requests a day (3, 12.5, 60 or 100: the middle of the range, its foot when open) × 220 working
                          days × fte_count × ef_kg_co2eq_per_request, by provider and usage
50 process_emissions      quantity × ef_kg_co2eq_per_unit, by category and subcategory (refrigerant = refrigerants)
60–66 purchases           total_spent_amount × ef_kg_co2eq_per_currency, by code and currency; a factor with the row's
                          purchase_additional_code goes before one without
67 additional purchases   annual_consumption × coef_to_kg × ef_kg_co2eq_per_kg, by name
70 research facilities    use × kg_co2eq_sum / total_use, by id and name
71 animal facilities      use × Σ (share × kg_co2eq_sum of that share) / total_use, by id, name and type
========================  ============================================================================================
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from yearadmin.catalogue.columns import ACTIVE_HOURS, HOURS_IN_A_WEEK, STANDBY_HOURS
from yearadmin.catalogue.columns_factors import ANIMAL_SHARES
from yearadmin.contract.enums import DataEntryType
from yearadmin.embedded.ingest.books import AmbiguousPlaceError, Book, Factor, Place, distance

Formula = Callable[[dict[str, Any]], float | None]
"""From the stored cells of a data entry to kg CO₂-eq, or None."""

WEEKS_A_YEAR = 52
WORKING_DAYS_A_YEAR = 220
REQUESTS_A_DAY = {"1_5": 3.0, "5_20": 12.5, "20_100": 60.0, "gt_100": 100.0}
OVERRIDE = "kg_co2eq"

_REST_OF_WORLD = "ROW"
_T = DataEntryType


def formula(det: int, book: Book) -> Formula:
    """The formula of a type with a year's factors; it never raises on a row that passed the checks.

    It leaves the override aside: ``emission`` puts it first.
    """
    calculate = _MAKERS.get(det, _nothing)(book)

    def checked(row: dict[str, Any]) -> float | None:
        value = calculate(row)
        # Huge but legal inputs may multiply beyond what a number can hold.
        return value if value is not None and math.isfinite(value) else None

    return checked


def emission(row: dict[str, Any], calculate: Formula) -> float | None:
    """kg CO₂-eq of a data entry: its own figure first (section 10.2), else the formula's."""
    own = row.get(OVERRIDE)
    return float(own) if own is not None else calculate(row)


def _by(factors: list[Factor], *columns: str) -> dict[tuple[str | None, ...], Factor]:
    """Factors by some of their classification; those that are not told apart by it are left out."""
    found: dict[tuple[str | None, ...], Factor] = {}
    twice = set()
    for factor in factors:
        key = tuple(factor.classification.get(column) for column in columns)
        if key in found:
            twice.add(key)
        found[key] = factor
    return {key: factor for key, factor in found.items() if key not in twice}


def _rates(factors: list[Factor], value: str, *columns: str) -> dict[tuple[str | None, ...], float]:
    return {key: factor.number(value) for key, factor in _by(factors, *columns).items()}


def _nothing(book: Book) -> Formula:
    return lambda row: None


def _headcount(book: Book) -> Formula:
    if not book.factors:
        return _nothing(book)
    per_fte = sum(f.number("number_of_unit_per_fte") * f.number("ef_kg_co2eq_per_unit") for f in book.factors)
    return lambda row: float(row["fte"]) * per_fte


def _equipment(book: Book) -> Formula:
    known = _by(book.factors, "equipment_class", "sub_class")

    def calculate(row: dict[str, Any]) -> float | None:
        factor = known.get((row["equipment_class"], row.get("sub_class")))
        if factor is None:
            return None
        active = float(row.get(ACTIVE_HOURS, factor.number(ACTIVE_HOURS)))
        standby = float(row.get(STANDBY_HOURS, factor.number(STANDBY_HOURS)))
        if STANDBY_HOURS not in row:  # a default never makes a week longer than it is
            standby = min(standby, HOURS_IN_A_WEEK - active)
        elif ACTIVE_HOURS not in row:
            active = min(active, HOURS_IN_A_WEEK - standby)
        watt_hours = active * factor.number("active_power_w") + standby * factor.number("standby_power_w")
        return watt_hours / 1_000 * WEEKS_A_YEAR * factor.number("ef_kg_co2eq_per_kwh")

    return calculate


def _plane(book: Book) -> Formula:
    airport = book.places.airport
    hauls = [
        (
            str(f.classification["cabin_class"]),
            f.number("min_distance"),
            f.number("max_distance"),
            f.number("ef_kg_co2eq_per_km") * f.number("rfi_adjustment"),
        )
        for f in book.factors
    ]

    def calculate(row: dict[str, Any]) -> float | None:
        start, end = airport(row["origin_iata"]), airport(row["destination_iata"])
        if start is None or end is None:
            return None
        km = distance(start, end)
        for cabin, least, most, per_km in hauls:
            if cabin == row["cabin_class"] and least <= km < most:
                return km * per_km * float(row.get("number_of_trips", 1))
        return None

    return calculate


def station(book: Book, row: dict[str, Any], end: str) -> Place | None:
    """The station a ride starts or ends at (``origin`` or ``destination``); raises ``AmbiguousPlaceError``."""
    return book.places.station(row[f"{end}_name"], row[f"{end}_country_code"], row.get(f"{end}_natural_key"))


def _train(book: Book) -> Formula:
    per_km = {str(f.classification["country_code"]).upper(): f.number("ef_kg_co2eq_per_km") for f in book.factors}

    def rate(row: dict[str, Any], end: str) -> float | None:
        country = str(row[f"{end}_country_code"]).strip().upper()
        return per_km.get(country, per_km.get(_REST_OF_WORLD))

    def calculate(row: dict[str, Any]) -> float | None:
        try:
            start, end = station(book, row, "origin"), station(book, row, "destination")
        except AmbiguousPlaceError:  # stations loaded after the ride
            return None
        here, there = rate(row, "origin"), rate(row, "destination")
        if start is None or end is None or here is None or there is None:
            return None
        return distance(start, end) * (here + there) / 2 * float(row.get("number_of_trips", 1))

    return calculate


def _building(book: Book) -> Formula:
    needs = ("heating", "cooling", "ventilation", "lighting")
    per_m2 = {
        key: sum(f.number(f"{need}_kwh_per_square_meter") for need in needs)
        * float(f.values.get("conversion_factor", 1.0))
        * f.number("ef_kg_co2eq_per_kwh")
        for key, f in _by(book.factors, "building_name", "room_type").items()
    }

    def calculate(row: dict[str, Any]) -> float | None:
        surface = book.rooms.get((row["building_name"], row["room_name"]))
        rate = per_m2.get((row["building_name"], row["room_type"]))
        if surface is None or rate is None:
            return None
        return surface * float(row.get("room_allocation_ratio", 1.0)) * rate

    return calculate


def _combustion(book: Book) -> Formula:
    rates = _rates(book.factors, "ef_kg_co2eq_per_unit", "name")

    def calculate(row: dict[str, Any]) -> float | None:
        rate = rates.get((row["name"],))
        return None if rate is None else float(row["quantity"]) * rate

    return calculate


def _clouds(book: Book) -> Formula:
    rates = _rates(book.factors, "ef_kg_co2eq_per_currency", "service_type", "provider", "currency")

    def calculate(row: dict[str, Any]) -> float | None:
        rate = rates.get((row["service_type"], row["provider"], row["currency"]))
        return None if rate is None else float(row["spent_amount"]) * rate

    return calculate


def _ai(book: Book) -> Formula:
    rates = _rates(book.factors, "ef_kg_co2eq_per_request", "provider", "usage_type")

    def calculate(row: dict[str, Any]) -> float | None:
        rate = rates.get((row["provider"], row["usage_type"]))
        if rate is None:
            return None
        requests = REQUESTS_A_DAY[row["requests_per_user_per_day"]] * WORKING_DAYS_A_YEAR
        return requests * float(row["fte_count"]) * rate

    return calculate


def _process(book: Book) -> Formula:
    rates = _rates(book.factors, "ef_kg_co2eq_per_unit", "category", "subcategory")
    other = {"refrigerant": "refrigerants", "refrigerants": "refrigerant"}

    def calculate(row: dict[str, Any]) -> float | None:
        category, kind = row["category"], row.get("subcategory")
        rate = rates.get((category, kind))
        if rate is None:
            rate = rates.get((other.get(category), kind))
        return None if rate is None else float(row["quantity"]) * rate

    return calculate


def _purchase(book: Book) -> Formula:
    columns = ("purchase_institutional_code", "currency", "purchase_additional_code")
    rates = _rates(book.factors, "ef_kg_co2eq_per_currency", *columns)

    def calculate(row: dict[str, Any]) -> float | None:
        code, currency, more = row["purchase_institutional_code"], row["currency"], row.get("purchase_additional_code")
        rate = rates.get((code, currency, more))
        if rate is None and more is not None:
            rate = rates.get((code, currency, None))
        return None if rate is None else float(row["total_spent_amount"]) * rate

    return calculate


def _additional_purchase(book: Book) -> Formula:
    rates = _rates(book.factors, "ef_kg_co2eq_per_kg", "name")

    def calculate(row: dict[str, Any]) -> float | None:
        rate = rates.get((row["name"],))
        return None if rate is None else float(row["annual_consumption"]) * float(row["coef_to_kg"]) * rate

    return calculate


def _facility_total(factor: Factor) -> float | None:
    """kg CO₂-eq of a facility (or of the part of it that a type of animal has), None when no sum is known."""
    if factor.det == _T.RESEARCH_FACILITIES:
        return factor.number(OVERRIDE + "_sum") if OVERRIDE + "_sum" in factor.values else None
    known = [(share, total) for share, total in ANIMAL_SHARES if total in factor.values]
    return sum(factor.number(share) * factor.number(total) for share, total in known) if known else None


def _facility(book: Book) -> Formula:
    columns = ["researchfacility_id", "researchfacility_name"]
    if any(factor.det == _T.MICE_AND_FISH_ANIMAL_FACILITIES for factor in book.factors):
        columns.append("researchfacility_type")
    per_use: dict[tuple[str | None, ...], float] = {}
    for key, factor in _by(book.factors, *columns).items():
        total, used = _facility_total(factor), factor.number("total_use")
        if total is not None and used > 0:
            per_use[key] = total / used

    def calculate(row: dict[str, Any]) -> float | None:
        rate = per_use.get(tuple(row.get(column) for column in columns))
        return None if rate is None else float(row["use"]) * rate

    return calculate


_MAKERS: dict[int, Callable[[Book], Formula]] = {
    _T.MEMBER: _headcount,
    _T.STUDENT: _headcount,
    _T.SCIENTIFIC: _equipment,
    _T.IT: _equipment,
    _T.OTHER: _equipment,
    _T.PLANE: _plane,
    _T.TRAIN: _train,
    _T.BUILDING: _building,
    _T.ENERGY_COMBUSTION: _combustion,
    _T.EXTERNAL_CLOUDS: _clouds,
    _T.EXTERNAL_AI: _ai,
    _T.PROCESS_EMISSIONS: _process,
    **{kind: _purchase for kind in _T if _T.SCIENTIFIC_EQUIPMENT <= kind <= _T.OTHER_PURCHASES},
    _T.ADDITIONAL_PURCHASES: _additional_purchase,
    _T.RESEARCH_FACILITIES: _facility,
    _T.MICE_AND_FISH_ANIMAL_FACILITIES: _facility,
}
