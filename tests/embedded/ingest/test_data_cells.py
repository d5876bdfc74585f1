"""Data files, cell by cell: every rule of contract section 10.2 that refuses a cell, with the refused cell.

Goes through the whole ingestion, into a real database.
"""

from __future__ import annotations

import pytest

from tests.embedded.ingest.desk import Desk
from tests.embedded.ingest.rows import DATA, MODULE, data, sheet, with_factors
from yearadmin.contract.enums import JobResult

LONG = "x" * 60
NAMES = "aud, cad, chf, cny, eur, gbp, jpy, sek, usd"

# Type, column, cell, reason.
REFUSED = [
    (1, "name", "", "is empty"),
    (1, "name", "   ", "is empty"),
    (1, "sius_code", "55", "“55” is none of 51, 52, 53, 54, 56, 57, 58, 59"),
    (1, "sius_code", "", "is empty"),
    (1, "user_institutional_id", "", "is empty"),
    (1, "fte", "1.01", "1.01 is more than 1"),
    (1, "fte", "-0.1", "-0.1 is less than 0"),
    (1, "fte", "", "is empty"),
    (1, "fte", "nan", "“nan” is not a number"),
    (1, "fte", "0x1", "“0x1” is not a number"),
    (1, "fte", '"0,5"', "“0,5” is not a number (write decimals with a point)"),
    (2, "fte", "-1", "-1 is less than 0"),
    (2, "fte", "inf", "“inf” is not a number"),
    (2, "fte", "1_000", "“1_000” is not a number"),
    (2, "fte", "١٢", "“١٢” is not a number"),
    (10, "equipment_id", "", "is empty"),
    (10, "name", "", "is empty"),
    (10, "equipment_class", "", "is empty"),
    (10, "active_usage_hours_per_week", "169", "169 is more than 168"),
    (10, "active_usage_hours_per_week", "-1", "-1 is less than 0"),
    (10, "active_usage_hours_per_week", "1.5", "1.5 is not a whole number"),
    (10, "standby_usage_hours_per_week", "much", "“much” is not a number"),
    (20, "origin_iata", "", "is empty"),
    (20, "destination_iata", "", "is empty"),
    (20, "user_institutional_id", "", "is empty"),
    (20, "cabin_class", "eco", "“eco” is none of first, business, economy"),
    (20, "departure_date", "31.03.2026", "“31.03.2026” is not a date such as 2026-03-31"),
    (20, "departure_date", "2026-02-30", "“2026-02-30” is not a date such as 2026-03-31"),
    (20, "departure_date", "2026-02/03", "“2026-02/03” is not a date such as 2026-03-31"),
    (20, "number_of_trips", "0", "0 is less than 1"),
    (20, "number_of_trips", "1e16", "1e16 is too large"),
    (21, "origin_country_code", " ", "is empty"),
    (21, "destination_country_code", "", "is empty"),
    (21, "origin_name", "", "is empty"),
    (21, "destination_name", "", "is empty"),
    (21, "cabin_class", "business", "“business” is none of first, second"),
    (21, "cabin_class", "First", "“First” is none of first, second"),
    (30, "building_name", "", "is empty"),
    (30, "room_name", "", "is empty"),
    (
        30,
        "room_type",
        "Office",
        "“Office” is none of office, miscellaneous, laboratories, archives, libraries, auditoriums",
    ),
    (30, "room_allocation_ratio", "1.1", "1.1 is more than 1"),
    (31, "name", "", "is empty"),
    (31, "quantity", "-5", "-5 is less than 0"),
    (31, "quantity", LONG, f"“{'x' * 39}…” is not a number"),
    (32, "building_name", "", "is empty"),
    (40, "service_type", "", "is empty"),
    (40, "provider", "", "is empty"),
    (40, "spent_amount", "-1", "-1 is less than 0"),
    (40, "currency", "gbp", "“gbp” is none of chf, eur, usd"),
    (40, "currency", "CHF", "“CHF” is none of chf, eur, usd"),
    (41, "requests_per_user_per_day", "1-5", "“1-5” is none of 1_5, 5_20, 20_100, gt_100"),
    (41, "fte_count", "0.05", "0.05 is less than 0.1"),
    (41, "usage_type", "", "is empty"),
    (50, "category", "", "is empty"),
    (50, "quantity", "-0.001", "-0.001 is less than 0"),
    (60, "name", "", "is empty"),
    (60, "total_spent_amount", "-1", "-1 is less than 0"),
    (60, "quantity", "-1", "-1 is less than 0"),
    (60, "currency", "xxx", f"“xxx” is none of {NAMES}"),
    (60, "purchase_institutional_code", "", "is empty"),
    (67, "unit", "", "is empty"),
    (67, "annual_consumption", "-1", "-1 is less than 0"),
    (67, "coef_to_kg", "-1", "-1 is less than 0"),
    (70, "use", "-1", "-1 is less than 0"),
    (70, "use_unit", "", "is empty"),
    (70, "researchfacility_id", "", "is empty"),
    (71, "researchfacility_type", "", "is empty"),
    (71, "use", "some", "“some” is not a number"),
]


@pytest.mark.parametrize(("det", "column", "cell", "why"), REFUSED)
def test_a_cell_that_breaks_a_rule_is_a_row_error_naming_column_value_and_rule(
    desk: Desk, det: int, column: str, cell: str, why: str
) -> None:
    """The other row of the file is taken."""
    with_factors(desk, det)
    good = data(det) if det != 1 else data(1, user_institutional_id="7")
    outcome = desk.upload("data", sheet(good, data(det, **{column: cell})), MODULE[det], det)
    assert outcome.stats["row_errors"] == [{"row": 2, "reason": f"{column}: {why}"}]
    assert (outcome.result, outcome.message) == (JobResult.WARNING, "WARNING: 1 inserted, 1 skipped")
    assert len(desk.entries(det)) == 1


@pytest.mark.parametrize("det", DATA)
def test_the_good_row_of_each_type_is_taken_in_both_modes_and_finds_its_factor(desk: Desk, det: int) -> None:
    """Per year for all units, and for one unit alone without its column."""
    with_factors(desk, det)
    whole = desk.upload("data", sheet(data(det)), MODULE[det], det)
    assert (whole.result, whole.message) == (JobResult.SUCCESS, "Success")
    owner = desk.report_module("10011", MODULE[det])
    own = desk.upload("data", sheet(DATA[det]), MODULE[det], det, report_module=owner)
    assert own.result is JobResult.SUCCESS
    # Flights, rides and rooms also need references, works need what nobody has.
    without = det in (20, 21, 30, 32)
    assert (own.stats["rows_with_factors"], own.stats["rows_without_factors"]) == ((0, 1) if without else (1, 0))
    assert len(desk.entries(det)) == 2


@pytest.mark.parametrize(
    ("det", "cells", "kept"),
    [
        (20, {"cabin_class": "Business", "number_of_trips": ""}, {"cabin_class": "business", "number_of_trips": 1}),
        (20, {"departure_date": "2026/3/1"}, {"departure_date": "2026-03-01"}),
        (40, {"currency": ""}, {"currency": "eur"}),
        (60, {"currency": "", "quantity": ""}, {"currency": "chf"}),
        (71, {"use": "-4"}, {"use": -4.0}),
        (1, {"fte": "1.0"}, {"fte": 1.0}),
        (10, {"active_usage_hours_per_week": "10.0"}, {"active_usage_hours_per_week": 10}),
    ],
)
def test_what_is_left_out_gets_its_default_and_words_their_one_spelling(
    desk: Desk, det: int, cells: dict[str, str], kept: dict[str, object]
) -> None:
    """As the contract says, and no more."""
    with_factors(desk, det)
    assert desk.upload("data", sheet(data(det, **cells)), MODULE[det], det).result is JobResult.SUCCESS
    [entry] = desk.entries(det)
    assert kept.items() <= entry.items()
    assert "" not in entry.values()


def test_an_override_that_is_no_number_is_ignored(desk: Desk) -> None:
    """Without a row error (section 10.2)."""
    with_factors(desk, 31)
    rows = [data(31, kg_co2eq=cell) for cell in ("12.5", "about 12", "nan", "")]
    assert desk.upload("data", sheet(*rows), 3, 31).message == "Success"
    assert [entry.get("kg_co2eq") for entry in desk.entries(31)] == [12.5, None, None, None]


def test_a_week_has_168_hours(desk: Desk) -> None:
    """In use and at rest together."""
    with_factors(desk, 10)
    row = data(10, active_usage_hours_per_week="100", standby_usage_hours_per_week="69")
    outcome = desk.upload("data", sheet(row), 4, 10)
    reason = "active_usage_hours_per_week + standby_usage_hours_per_week: 169 is more than 168"
    assert outcome.stats["row_errors"] == [{"row": 1, "reason": reason}]


def test_every_fault_of_a_row_is_named(desk: Desk) -> None:
    """So that the operator repairs a row once."""
    outcome = desk.upload("data", sheet(data(1, name="", sius_code="1", fte="2")), 1, 1)
    assert outcome.stats["row_errors"][0]["reason"] == (
        "name: is empty; sius_code: “1” is none of 51, 52, 53, 54, 56, 57, 58, 59; fte: 2 is more than 1"
    )


def test_a_column_the_file_lacks_is_told_in_every_row_of_a_per_year_file(desk: Desk) -> None:
    """Only the unit is a required column there (section 10.2)."""
    with_factors(desk, 31)
    outcome = desk.upload("data", "unit_institutional_id,quantity\n10005,4\n10011,5\n", 3, 31)
    assert outcome.message == "ERROR: 0 inserted, 2 skipped"
    assert [error["reason"] for error in outcome.stats["row_errors"]] == ["name: the file has no such column"] * 2


def test_a_row_shorter_than_the_header_lacks_cells_and_a_longer_one_is_cut(desk: Desk) -> None:
    """No row ends the job."""
    with_factors(desk, 31)
    outcome = desk.upload("data", "unit_institutional_id,name,quantity\n10005,Gas\n10005,Gas,1,2,3\n", 3, 31)
    assert outcome.stats["row_errors"] == [{"row": 1, "reason": "quantity: is empty"}]
