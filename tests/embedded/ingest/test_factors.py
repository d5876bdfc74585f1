"""Factor files: every rule of contract section 10.4 that refuses something, with the refused cell, and the upsert.

Goes through the whole ingestion, into a real database.
"""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from tests.embedded.ingest.desk import Desk, refusal
from tests.embedded.ingest.rows import FACTORS, MODULE, factor, sheet
from yearadmin.catalogue.columns_factors import FACTOR_TABLES
from yearadmin.catalogue.emission_types import HEADCOUNT_PATHS, emission_type
from yearadmin.contract.enums import JobResult
from yearadmin.embedded.entry_tables import factors
from yearadmin.embedded.ingest import IngestError

ROOMS = "office, miscellaneous, laboratories, archives, libraries, auditoriums"

# Type, column, cell, reason.
REFUSED = [
    (1, "headcount_category", "", "is empty"),
    (1, "headcount_class", "", "is empty"),
    (1, "unit", "", "is empty"),
    (1, "number_of_unit_per_fte", "-1", "-1 is less than 0"),
    (1, "ef_kg_co2eq_per_unit", "-1", "-1 is less than 0"),
    (10, "equipment_class", "", "is empty"),
    (10, "active_power_w", "-1", "-1 is less than 0"),
    (10, "standby_power_w", "x", "“x” is not a number"),
    (10, "ef_kg_co2eq_per_kwh", "", "is empty"),
    (10, "active_usage_hours_per_week", "10.5", "10.5 is not a whole number"),
    (10, "standby_usage_hours_per_week", "", "is empty"),
    (20, "category", "", "is empty"),
    (20, "cabin_class", "Economy", "“Economy” is none of first, business, economy"),
    (20, "ef_kg_co2eq_per_km", "-0.1", "-0.1 is less than 0"),
    (20, "rfi_adjustment", "", "is empty"),
    (20, "min_distance", "near", "“near” is not a number"),
    (20, "max_distance", "", "is empty"),
    (21, "country_code", "CHE", "“CHE” is neither a country code of two letters nor RoW"),
    (21, "country_code", "C1", "“C1” is neither a country code of two letters nor RoW"),
    (21, "country_code", "", "is empty"),
    (21, "ef_kg_co2eq_per_km", "-1", "-1 is less than 0"),
    (30, "building_name", "", "is empty"),
    (30, "room_type", "kitchen", f"“kitchen” is none of {ROOMS}"),
    (30, "heating_kwh_per_square_meter", "-1", "-1 is less than 0"),
    (30, "cooling_kwh_per_square_meter", "", "is empty"),
    (30, "energy_type", "gas", "“gas” is none of electric, thermal, elec, electricity, therm"),
    (30, "ef_kg_co2eq_per_kwh", "-1", "-1 is less than 0"),
    (30, "conversion_factor", "one", "“one” is not a number"),
    (31, "unit", "", "is empty"),
    (31, "name", " ", "is empty"),
    (31, "ef_kg_co2eq_per_unit", "-1", "-1 is less than 0"),
    (32, "category", "", "is empty"),
    (32, "ef_kgco2eq_per_m2", "", "is empty"),
    (40, "service_type", "hosting", "“hosting” is none of virtualisation, compute, storage"),
    (40, "provider", "", "is empty"),
    (40, "currency", "gbp", "“gbp” is none of chf, eur, usd"),
    (40, "ef_kg_co2eq_per_currency", "-1", "-1 is less than 0"),
    (41, "usage_type", "", "is empty"),
    (41, "ef_kg_co2eq_per_request", "-1", "-1 is less than 0"),
    (50, "category", "sf6", "“sf6” is none of ch4, co2, n2o, refrigerants, refrigerant"),
    (50, "unit", "", "is empty"),
    (60, "purchase_institutional_code", "", "is empty"),
    (60, "currency", "", "is empty"),
    (60, "ef_kg_co2eq_per_currency", "-1", "-1 is less than 0"),
    (67, "name", "", "is empty"),
    (67, "ef_kg_co2eq_per_kg", "", "is empty"),
    (70, "total_use", "-1", "-1 is less than 0"),
    (70, "kg_co2eq_sum", "-1", "-1 is less than 0"),
    (70, "use_unit", "", "is empty"),
    (71, "researchfacility_type", "", "is empty"),
    (71, "equipments_share", "1.1", "1.1 is more than 1"),
    (71, "building_rooms_share", "", "is empty"),
    (71, "kg_co2eq_sum_equipments", "-1", "-1 is less than 0"),
]


@pytest.mark.parametrize(("det", "column", "cell", "why"), REFUSED)
def test_a_cell_that_breaks_a_rule_is_a_row_error_naming_column_value_and_rule(
    desk: Desk, det: int, column: str, cell: str, why: str
) -> None:
    """The other row of the file is taken."""
    outcome = desk.upload("factor", sheet(factor(det), factor(det, **{column: cell})), MODULE[det], det)
    assert outcome.stats["row_errors"] == [{"row": 2, "reason": f"{column}: {why}"}]
    assert (outcome.result, outcome.message) == (JobResult.WARNING, "WARNING: 1 inserted, 1 skipped")
    assert desk.count(factors) == 1


@pytest.mark.parametrize("det", FACTORS)
def test_the_good_row_of_each_type_is_taken_and_its_columns_are_required(desk: Desk, det: int) -> None:
    """Leaving a required column out fails the file by that name."""
    outcome = desk.upload("factor", sheet(factor(det)), MODULE[det], det)
    assert (outcome.message, outcome.stats["factors_upserted"], outcome.stats["factors_deleted"]) == ("Success", 1, 0)
    for column in FACTOR_TABLES[det].required:
        rest = {name: cell for name, cell in factor(det).items() if name != column}
        told = refusal(desk, "factor", sheet(rest), MODULE[det], det)
        assert told.startswith(f"Required column missing: {column}.")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        (("food", "", ""), "headcount_class: is empty"),
        (("food", "vegan", ""), "headcount_category: “food__vegan” is no kind of emission"),
        (("Food", "vegetarian", ""), "headcount_category: “Food__vegetarian” is no kind of emission"),
        (("food", "vegetarian", "raw"), "headcount_category: “food__vegetarian__raw” is no kind of emission"),
        (
            ("waste", "recycling", ""),
            "headcount_category: “waste__recycling” names several kinds of emission; give headcount_subclass",
        ),
    ],
)
def test_a_headcount_factor_must_lead_to_exactly_one_emission(desk: Desk, path: tuple[str, str, str], why: str) -> None:
    """Category, class and subclass together (section 10.4)."""
    category, kind, part = path
    row = factor(1, headcount_category=category, headcount_class=kind, headcount_subclass=part)
    outcome = desk.upload("factor", sheet(row), 1, 1)
    assert outcome.message == "ERROR: 0 inserted, 1 skipped"
    assert outcome.stats["row_errors"] == [{"row": 1, "reason": why}]


@pytest.mark.parametrize("path", HEADCOUNT_PATHS)
def test_every_kind_of_headcount_emission_has_a_number_of_its_own(path: str) -> None:
    """The same kind counts apart for members and students."""
    parts = (*path.split("__"), None)[:3]
    names = ("headcount_category", "headcount_class", "headcount_subclass")
    row = dict(zip(names, parts, strict=True))
    assert emission_type(1, row) == 101 + HEADCOUNT_PATHS.index(path)
    assert emission_type(2, row) == 201 + HEADCOUNT_PATHS.index(path)


def test_a_known_factor_is_updated_in_place_and_the_others_stay(desk: Desk) -> None:
    """The id is kept; what the new file does not list can be told by its job (sections 5.4 and 10.4)."""
    desk.upload("factor", sheet(factor(31), factor(31, name="Oil")), 3, 31)
    before = desk.factor_ids()
    outcome = desk.upload("factor", sheet(factor(31, ef_kg_co2eq_per_unit="9"), factor(31, name="Wood")), 3, 31)
    assert outcome.stats["factors_upserted"] == 2
    after = desk.factor_ids()
    assert len(after) == 3
    assert before.items() <= after.items()
    with desk.reading() as connection:
        found = {
            json.loads(row.classification)["name"]: (json.loads(row.factor_values), row.last_seen_job_id)
            for row in connection.execute(select(factors))
        }
    assert found == {
        "Gas": ({"ef_kg_co2eq_per_unit": 9.0}, 2),
        "Oil": ({"ef_kg_co2eq_per_unit": 0.2}, 1),
        "Wood": ({"ef_kg_co2eq_per_unit": 0.2}, 2),
    }


def test_another_year_or_type_has_its_own_factors(desk: Desk) -> None:
    """A ``year`` column is ignored: the year of the job counts."""
    for year in (2025, 2026):
        desk.upload("factor", sheet(factor(31, year="1999")), 3, 31, year=year)
    desk.upload("factor", sheet(factor(10)), 4, 10)
    desk.upload("factor", sheet(factor(10)), 4, 11)
    assert desk.count(factors) == 4


def test_the_same_factor_twice_in_a_file_fails_it_and_nothing_is_written(desk: Desk) -> None:
    """Blank and surrounded by blanks are the same too, as cells are trimmed."""
    rows = [
        factor(50, subcategory=""),
        factor(50),
        factor(50, category=" co2 ", subcategory=" ", ef_kg_co2eq_per_unit="2"),
    ]
    told = refusal(desk, "factor", sheet(*rows), 8, 50)
    assert told == (
        "Rows 1 and 3 are the same factor (category “co2”, unit “kg”). Nothing was written; keep one of them."
    )
    assert desk.count(factors) == 0


def test_a_common_file_tells_each_row_s_type_by_name(desk: Desk) -> None:
    """Names count exactly; a name of another module does too when its columns are there (section 10.4)."""
    names = ["scientific", "it", "other", "IT", "laptop", "", "plane"]
    rows = [{"equipment_category": name, **factor(10, sub_class=name or "none")} for name in names]
    outcome = desk.upload("factor", sheet(*rows), 4)
    assert outcome.message == "WARNING: 3 inserted, 4 skipped"
    reasons = [error["reason"] for error in outcome.stats["row_errors"]]
    assert reasons[:3] == [
        "equipment_category: “IT” is no data entry type",
        "equipment_category: “laptop” is no data entry type",
        "equipment_category: is empty",
    ]
    assert reasons[3].startswith("category: the file has no such column; cabin_class: the file has no such column")
    with desk.reading() as connection:
        types = connection.scalars(select(factors.c.data_entry_type_id).order_by(factors.c.id)).all()
    assert types == [10, 11, 12]


def test_a_common_equipment_file_needs_its_category_column(desk: Desk) -> None:
    """The header is checked, for all its types have the same columns."""
    assert refusal(desk, "factor", sheet(factor(10)), 4).startswith("Required column missing: equipment_category.")


def test_a_common_purchase_file_is_judged_row_by_row(desk: Desk) -> None:
    """Its types have different columns, so the header says nothing (section 10.4)."""
    outcome = desk.upload("factor", sheet(factor(60)), 5)
    assert outcome.message == "ERROR: 0 inserted, 1 skipped"
    assert outcome.stats["row_errors"][0]["reason"] == "purchase_category: the file has no such column"
    mixed = "purchase_category,purchase_institutional_code,currency,ef_kg_co2eq_per_currency,name,ef_kg_co2eq_per_kg\n"
    outcome = desk.upload("factor", mixed + "vehicles,V1,chf,0.3,,\nadditional_purchases,,,,Paper,1.5\n", 5)
    assert outcome.message == "Success"


def test_cells_are_trimmed_and_whole_numbers_may_be_written_as_decimals(desk: Desk) -> None:
    """Unlike in data files, where text is kept as it is (section 10.1)."""
    row = factor(10, equipment_class="  Freezer ", active_usage_hours_per_week=" 10.0 ")
    desk.upload("factor", sheet(row), 4, 10)
    assert list(desk.factor_ids()) == ['{"equipment_class":"Freezer","sub_class":"deep"}']


def test_a_row_of_commas_is_a_row_error_and_an_empty_line_is_nothing(desk: Desk) -> None:
    """Section 10.4."""
    outcome = desk.upload("factor", sheet(factor(67)) + "\n,\n", 5, 67)
    assert outcome.stats["row_errors"] == [{"row": 2, "reason": "name: is empty; ef_kg_co2eq_per_kg: is empty"}]


def test_a_byte_order_mark_is_accepted(desk: Desk) -> None:
    """Defect 28 of the production server refuses it."""
    assert desk.upload("factor", "\ufeff" + sheet(factor(67)), 5, 67).message == "Success"


def test_a_file_whose_rows_are_all_refused_changes_nothing(desk: Desk) -> None:
    """ERROR, and the earlier factors are as they were."""
    desk.upload("factor", sheet(factor(67)), 5, 67)
    outcome = desk.upload("factor", sheet(factor(67, ef_kg_co2eq_per_kg="x")), 5, 67)
    assert outcome.result is JobResult.ERROR
    assert desk.count(factors) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "name,ef_kg_co2eq_per_kg\n"])
def test_an_empty_file_is_refused(desk: Desk, text: str) -> None:
    """With or without a header."""
    assert refusal(desk, "factor", text, 5, 67).startswith(("The file is empty", "The file has a header but no data"))


def test_a_factor_file_needs_a_year(desk: Desk) -> None:
    """Factors belong to one."""
    with pytest.raises(IngestError, match="No year was given"):
        desk.upload("factor", sheet(factor(67)), 5, 67, year=None)
