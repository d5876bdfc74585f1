"""Recalculation and aggregation: kg CO₂-eq of every type worked out by hand here, and the totals of units.

Goes through the database, as the jobs do.
"""

from __future__ import annotations

import json
import math

import pytest
from sqlalchemy import update

from tests.embedded.ingest.desk import Desk
from tests.embedded.ingest.rows import MODULE, data, factor, sheet
from yearadmin.contract.enums import JobResult
from yearadmin.embedded.entry_tables import data_entries, module_totals

PLACES = """transport_mode,name,latitude,longitude,iata_code,country_code
plane,Geneva,46.238,6.109,GVA,CH
plane,Zurich,47.458,8.548,ZRH,CH
train,Lausanne,46.517,6.629,,CH
train,Bern,46.949,7.439,,CH
train,Milano,45.486,9.204,,IT
"""
# Great-circle km by another formula than the program's: the spherical law of cosines.
RADIUS = 6_371.0088


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two places given in degrees."""
    a, b = (math.radians(place[0]) for place in (one, other))
    turn = math.radians(other[1] - one[1])
    return RADIUS * math.acos(math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn))


FLIGHT = km((46.238, 6.109), (47.458, 8.548))
RIDE = km((46.517, 6.629), (46.949, 7.439))
ABROAD = km((46.517, 6.629), (45.486, 9.204))
ANIMALS = 3 * (6 * 0.5 * 100) / 30

# Type, changed cells of the entry, kg CO₂-eq with the good factors of ``rows``.
WORKED_OUT = [
    (1, {"fte": "0.8"}, 0.8 * 60 * 0.5),
    (2, {"fte": "12.5"}, 12.5 * 10 * 0.2),
    (10, {}, (100 * 100 + 68 * 10) / 1000 * 52 * 0.1),
    (
        10,
        {"active_usage_hours_per_week": "", "standby_usage_hours_per_week": ""},
        (40 * 100 + 128 * 10) / 1000 * 52 * 0.1,
    ),
    (
        10,
        {"active_usage_hours_per_week": "160", "standby_usage_hours_per_week": ""},
        (160 * 100 + 8 * 10) / 1000 * 52 * 0.1,
    ),
    (
        10,
        {"active_usage_hours_per_week": "", "standby_usage_hours_per_week": "148"},
        (20 * 100 + 148 * 10) / 1000 * 52 * 0.1,
    ),
    (10, {"sub_class": "other"}, None),
    (20, {}, FLIGHT * 0.1 * 2 * 2),
    (20, {"origin_iata": "gva", "number_of_trips": ""}, FLIGHT * 0.1 * 2),
    (20, {"origin_iata": "XXX"}, None),
    (20, {"cabin_class": "first"}, None),
    (21, {}, RIDE * 0.01),
    (21, {"origin_name": "LAUSANNE", "origin_country_code": "ch", "number_of_trips": "3"}, RIDE * 0.01 * 3),
    (21, {"destination_name": "Nowhere"}, None),
    (21, {"destination_name": "Milano", "destination_country_code": "IT"}, ABROAD * (0.01 + 0.05) / 2),
    (30, {"room_allocation_ratio": "0.5"}, 20 * 0.5 * 80 * 0.1),
    (30, {"room_allocation_ratio": ""}, 20 * 80 * 0.1),
    (30, {"room_name": "A9"}, None),
    (30, {"room_type": "archives"}, None),
    (31, {"quantity": "100"}, 100 * 0.2),
    (31, {"name": "gas"}, None),
    (32, {}, None),
    (40, {"spent_amount": "10"}, 10 * 0.3),
    (40, {"currency": ""}, None),
    (41, {"fte_count": "2"}, 3 * 220 * 2 * 0.002),
    (41, {"fte_count": "2", "requests_per_user_per_day": "gt_100"}, 100 * 220 * 2 * 0.002),
    (50, {"quantity": "3"}, 3.0),
    (50, {"subcategory": ""}, None),
    (60, {"total_spent_amount": "1000"}, 250.0),
    (60, {"purchase_additional_code": "unheard of"}, 250.0),
    (60, {"currency": "eur"}, None),
    (67, {}, 40 * 2.5 * 1.5),
    (70, {"use": "5"}, 5 * 2000 / 100),
    (71, {"use": "3"}, ANIMALS),
    (31, {"kg_co2eq": "7.5"}, 7.5),
    (31, {"kg_co2eq": "0"}, 0.0),
    (31, {"kg_co2eq": "unknown"}, 20.0),
    (31, {"name": "gas", "kg_co2eq": "7.5"}, 7.5),
    (31, {"quantity": "1e308", "kg_co2eq": ""}, 2e307),
]


@pytest.fixture
def places(desk: Desk) -> Desk:
    """A desk with airports, stations and a room of 20 m²."""
    desk.upload("reference", PLACES, 2, 20)
    desk.upload("reference", PLACES, 2, 21)
    rooms = "building_location,building_name,room_name,room_surface_square_meter\nLake,A,A1,20\nLake,A,A2,-\n"
    desk.upload("reference", rooms, 3, 30)
    return desk


def load_factors(desk: Desk, det: int) -> None:
    """The good factor of a type; trains abroad are covered by the rest of the world."""
    extra = [factor(21, country_code="RoW", ef_kg_co2eq_per_km="0.05")] if det == 21 else []
    desk.upload("factor", sheet(factor(det), *extra), MODULE[det], det)


@pytest.mark.parametrize(("det", "cells", "kg"), WORKED_OUT)
def test_an_entry_stands_for_so_many_kilograms(places: Desk, det: int, cells: dict[str, str], kg: float | None) -> None:
    """Worked out by hand, in kg CO₂-eq; what can't be worked out has none."""
    load_factors(places, det)
    assert places.upload("data", sheet(data(det, **cells)), MODULE[det], det).message == "Success"
    assert places.emissions(det) == [None]
    outcome = places.recalculate(MODULE[det], det)
    assert outcome.result is JobResult.SUCCESS
    [found] = places.emissions(det)
    assert found == (None if kg is None else pytest.approx(kg, rel=1e-9))


def test_what_is_too_large_for_a_number_has_no_emission(desk: Desk) -> None:
    """Rather than infinity, which JSON does not know."""
    desk.upload("factor", sheet(factor(31, ef_kg_co2eq_per_unit="1e300")), 3, 31)
    desk.upload("data", sheet(data(31, quantity="1e300")), 3, 31)
    desk.recalculate(3, 31)
    assert desk.emissions(31) == [None]


def test_a_fuel_with_factors_in_two_units_has_no_emission(desk: Desk) -> None:
    """The row does not say which (section 10.2 ignores its unit)."""
    desk.upload("factor", sheet(factor(31), factor(31, unit="l", ef_kg_co2eq_per_unit="2")), 3, 31)
    assert desk.upload("data", sheet(data(31)), 3, 31).stats["rows_without_factors"] == 1
    desk.recalculate(3, 31)
    assert desk.emissions(31) == [None]


def test_a_purchase_goes_by_its_additional_code_first(desk: Desk) -> None:
    """Else by the factor without one."""
    columns = {"purchase_additional_code": ""}
    rows = [factor(60, **columns), factor(60, purchase_additional_code="Z", ef_kg_co2eq_per_currency="2")]
    desk.upload("factor", sheet(*rows), 5, 60)
    desk.upload("data", sheet(*(data(60, purchase_additional_code=code) for code in ("Z", "Y", ""))), 5, 60)
    desk.recalculate(5, 60)
    assert desk.emissions(60) == [2000.0, 250.0, 250.0]


def test_new_factors_change_the_emissions_and_only_they_do(desk: Desk) -> None:
    """A second recalculation with the same factors writes nothing."""
    load_factors(desk, 31)
    desk.upload("data", sheet(data(31, "10005"), data(31, "10011", quantity="50")), 3, 31)
    told = desk.recalculate(3, 31).meta_extra["recalculation"]
    assert (told["recalculated"], told["modules_refreshed"], told["errors"]) == (2, 2, 0)
    assert told["affected_module_ids"] == sorted(desk.report_module(unit, 3) for unit in ("10005", "10011"))
    desk.upload("factor", sheet(factor(31, ef_kg_co2eq_per_unit="1")), 3, 31)
    assert desk.emissions(31) == [20.0, 10.0]
    desk.recalculate(3, 31)
    assert desk.emissions(31) == [100.0, 50.0]


def test_factors_of_another_year_count_for_nothing(desk: Desk) -> None:
    """Each year is calculated with its own."""
    desk.upload("factor", sheet(factor(1)), 1, 1, year=2025)
    desk.upload("data", sheet(data(1)), 1, 1)
    desk.recalculate(1, 1)
    assert desk.emissions(1) == [None]


def test_a_module_is_recalculated_type_by_type(desk: Desk) -> None:
    """Without a type, all of them."""
    for det in (1, 2):
        load_factors(desk, det)
        desk.upload("data", sheet(data(det)), 1, det)
    assert desk.recalculate(1).meta_extra["recalculation"]["recalculated"] == 2
    assert desk.emissions(1) + desk.emissions(2) == [24.0, 25.0]


def test_an_entry_that_can_t_be_read_is_told_and_the_others_are_calculated(desk: Desk) -> None:
    """A warning, no failed job."""
    load_factors(desk, 31)
    desk.upload("data", sheet(data(31), data(31), data(31)), 3, 31)
    with desk.engine.begin() as connection:
        for number, broken in ((1, "{"), (2, json.dumps({"name": "Gas"}))):
            connection.execute(update(data_entries).where(data_entries.c.id == number).values(data=broken))
    outcome = desk.recalculate(3, 31)
    told = outcome.meta_extra["recalculation"]
    assert outcome.result is JobResult.WARNING
    assert (told["recalculated"], told["errors"], len(told["error_details"])) == (1, 2, 2)
    assert desk.emissions(31) == [None, None, 20.0]


def test_totals_are_summed_per_unit_module_and_year(desk: Desk) -> None:
    """Entries of all types and sources; units without entries have 0 kg; a second run replaces the first."""
    load_factors(desk, 31)
    rows = [data(31, "10005"), data(31, "10005"), data(31, "10011"), data(31, "10011", name="unheard of")]
    desk.upload("data", sheet(*rows), 3, 31)
    owner = desk.report_module("10011", 3)
    desk.upload("data", "building_name,kg_co2eq\nA,5\n", 3, 32, report_module=owner)
    desk.report_module("10017", 3)
    desk.recalculate(3)
    for _ in range(2):
        outcome = desk.aggregate(3)
        assert outcome.result is JobResult.SUCCESS
        assert outcome.meta_extra["aggregation"] == {
            "units": 3,
            "kg_co2eq": 65.0,
            "entries": 5,
            "entries_without_emission": 1,
        }
    assert desk.totals(3) == {"10005": 40.0, "10011": 25.0}
    assert desk.count(module_totals) == 3
    desk.aggregate(1)
    assert desk.totals(1) == {}
    assert desk.totals(3) == {"10005": 40.0, "10011": 25.0}


def test_a_year_of_many_entries_is_calculated_page_by_page(desk: Desk) -> None:
    """Every one of them, once."""
    load_factors(desk, 31)
    text = "unit_institutional_id,name,quantity\n" + "".join(f"10005,Gas,{n}\n" for n in range(10_001))
    assert desk.upload("data", text, 3, 31).stats["batches_processed"] == 3
    assert desk.recalculate(3, 31).meta_extra["recalculation"]["recalculated"] == 10_001
    emitted = desk.emissions(31)
    assert emitted == [pytest.approx(n * 0.2) for n in range(10_001)]
    assert desk.aggregate(3).meta_extra["aggregation"]["kg_co2eq"] == pytest.approx(0.2 * 10_000 * 10_001 / 2)
