"""One good row per data entry type and factor table, from which tests make a bad one by changing a single cell.

Facts only; the expectations are in the tests.
"""

from __future__ import annotations

from tests.embedded.ingest.desk import Desk

DATA: dict[int, dict[str, str]] = {
    1: {"name": "Doe Jane", "sius_code": "52", "user_institutional_id": "123456", "fte": "0.8"},
    2: {"fte": "12.5"},
    10: {
        "equipment_id": "E1",
        "name": "Freezer 1",
        "equipment_class": "Freezer",
        "sub_class": "deep",
        "active_usage_hours_per_week": "100",
        "standby_usage_hours_per_week": "68",
    },
    20: {
        "user_institutional_id": "1",
        "origin_iata": "GVA",
        "destination_iata": "ZRH",
        "cabin_class": "economy",
        "departure_date": "2026-03-31",
        "number_of_trips": "2",
    },
    21: {
        "user_institutional_id": "1",
        "origin_name": "Lausanne",
        "origin_country_code": "CH",
        "destination_name": "Bern",
        "destination_country_code": "CH",
        "cabin_class": "second",
        "departure_date": "2026/03/31",
        "number_of_trips": "1",
    },
    30: {"building_name": "A", "room_name": "A1", "room_type": "office", "room_allocation_ratio": "0.5"},
    31: {"name": "Gas", "quantity": "100"},
    32: {"building_name": "A"},
    40: {"service_type": "compute", "provider": "Cloudy", "spent_amount": "10", "currency": "chf"},
    41: {"provider": "Oracle", "usage_type": "text", "requests_per_user_per_day": "1_5", "fte_count": "2"},
    50: {"category": "co2", "subcategory": "dry ice", "quantity": "3"},
    60: {
        "name": "Laser",
        "quantity": "1",
        "total_spent_amount": "1000",
        "currency": "chf",
        "purchase_institutional_code": "A1",
    },
    67: {"name": "Paper", "unit": "ream", "annual_consumption": "40", "coef_to_kg": "2.5"},
    70: {"researchfacility_id": "RF1", "researchfacility_name": "Clean room", "use_unit": "hours", "use": "5"},
    71: {
        "researchfacility_id": "AF1",
        "researchfacility_name": "Fish house",
        "researchfacility_type": "fish",
        "use_unit": "tanks",
        "use": "3",
    },
}

_POWER = {
    "active_power_w": "100",
    "standby_power_w": "10",
    "active_usage_hours_per_week": "40",
    "standby_usage_hours_per_week": "128",
    "ef_kg_co2eq_per_kwh": "0.1",
}
_PARTS = (
    "processemissions",
    "building_energycombustions",
    "building_rooms",
    "purchases_common",
    "purchases_additional",
    "equipments",
)

FACTORS: dict[int, dict[str, str]] = {
    1: {
        "headcount_category": "food",
        "headcount_class": "vegetarian",
        "headcount_subclass": "",
        "unit": "meal",
        "number_of_unit_per_fte": "60",
        "ef_kg_co2eq_per_unit": "0.5",
    },
    2: {
        "headcount_category": "waste",
        "headcount_class": "recycling",
        "headcount_subclass": "glass",
        "unit": "kg",
        "number_of_unit_per_fte": "10",
        "ef_kg_co2eq_per_unit": "0.2",
    },
    10: {"equipment_class": "Freezer", "sub_class": "deep", **_POWER},
    20: {
        "category": "all",
        "cabin_class": "economy",
        "ef_kg_co2eq_per_km": "0.1",
        "rfi_adjustment": "2",
        "min_distance": "0",
        "max_distance": "21000",
    },
    21: {"country_code": "CH", "ef_kg_co2eq_per_km": "0.01"},
    30: {
        "building_name": "A",
        "room_type": "office",
        "heating_kwh_per_square_meter": "50",
        "cooling_kwh_per_square_meter": "10",
        "ventilation_kwh_per_square_meter": "10",
        "lighting_kwh_per_square_meter": "10",
        "energy_type": "thermal",
        "ef_kg_co2eq_per_kwh": "0.1",
        "conversion_factor": "1",
    },
    31: {"name": "Gas", "unit": "kWh", "ef_kg_co2eq_per_unit": "0.2"},
    32: {"building_name": "A", "category": "new", "ef_kgco2eq_per_m2": "9"},
    40: {"service_type": "compute", "provider": "Cloudy", "currency": "chf", "ef_kg_co2eq_per_currency": "0.3"},
    41: {"provider": "Oracle", "usage_type": "text", "ef_kg_co2eq_per_request": "0.002"},
    50: {"category": "co2", "subcategory": "dry ice", "unit": "kg", "ef_kg_co2eq_per_unit": "1"},
    60: {"purchase_institutional_code": "A1", "currency": "chf", "ef_kg_co2eq_per_currency": "0.25"},
    67: {"name": "Paper", "ef_kg_co2eq_per_kg": "1.5"},
    70: {
        "researchfacility_id": "RF1",
        "researchfacility_name": "Clean room",
        "total_use": "100",
        "use_unit": "hours",
        "kg_co2eq_sum": "2000",
    },
    71: {
        "researchfacility_id": "AF1",
        "researchfacility_name": "Fish house",
        "researchfacility_type": "fish",
        "use_unit": "tanks",
        "total_use": "30",
        **{f"{part}_share": "0.5" for part in _PARTS},
        **{f"kg_co2eq_sum_{part}": "100" for part in _PARTS},
    },
}

MODULE = {1: 1, 2: 1, 20: 2, 21: 2, 30: 3, 31: 3, 32: 3, 10: 4, 60: 5, 67: 5, 70: 6, 71: 6, 40: 7, 41: 7, 50: 8}


def sheet(*rows: dict[str, str]) -> str:
    """CSV text of rows that all have the columns of the first."""
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    return "\n".join(lines) + "\n"


def data(det: int, owner: str = "10005", /, **changed: str) -> dict[str, str]:
    """A good data row of a unit with some cells changed."""
    return {"unit_institutional_id": owner, **DATA[det], **changed}


def factor(det: int, /, **changed: str) -> dict[str, str]:
    """A good factor row with some cells changed."""
    return {**FACTORS[det], **changed}


def with_factors(desk: Desk, det: int) -> None:
    """The year has a factor for that type."""
    desk.upload("factor", sheet(factor(det)), MODULE[det], det)
