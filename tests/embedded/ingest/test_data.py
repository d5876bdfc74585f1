"""Data files as a whole: what refuses them, what replaces what, and how rows find their unit and type (section 10.2).

Goes through the whole ingestion, into a real database.
"""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from tests.embedded.ingest.desk import Desk, refusal
from tests.embedded.ingest.rows import DATA, MODULE, data, factor, sheet, with_factors
from yearadmin.contract.enums import JobResult
from yearadmin.embedded.entry_tables import data_entries
from yearadmin.embedded.ingest import Aborted, IngestError
from yearadmin.embedded.tables import carbon_report_modules, carbon_reports, units


def test_unknown_columns_are_ignored_and_header_names_count_exactly_as_written(desk: Desk) -> None:
    """Neither trimmed nor folded (section 10.1)."""
    with_factors(desk, 31)
    text = "colour,quantity,name,unit_institutional_id\nred,4,Gas,10005\n"
    assert desk.upload("data", text, 3, 31).message == "Success"
    for header in ("Unit_institutional_id", " unit_institutional_id", "unit_institutional_id "):
        told = refusal(desk, "data", f"{header},name,quantity\n10005,Gas,4\n", 3, 31)
        assert told.startswith("Required column missing: unit_institutional_id.")


def test_a_unit_file_needs_all_its_columns_and_they_are_named_sorted(desk: Desk) -> None:
    """Without the unit's own column (section 10.2)."""
    owner = desk.report_module("10005", 1)
    with pytest.raises(IngestError, match=r"^Required columns missing: fte, sius_code, user_institutional_id\."):
        desk.upload("data", "name,note\nDoe,x\n", 1, 1, report_module=owner)


def test_semicolons_are_recognised_as_the_reason(desk: Desk) -> None:
    """The commonest mistake of spreadsheet programs."""
    told = refusal(desk, "data", "unit_institutional_id;fte\n10005;1\n", 1, 2)
    assert told.endswith("Its columns seem to be separated by semicolons; save it with commas.")


def test_a_row_without_a_unit_is_one_row_error_and_blank_rows_do_not_count(desk: Desk) -> None:
    """Defect 27 of the production server kills the whole job; here the other rows are taken."""
    text = "unit_institutional_id,fte\n10005,1\n,2\n , \n,\n\n10011,3\n424242,1\n"
    outcome = desk.upload("data", text, 1, 2)
    assert outcome.message == "WARNING: 2 inserted, 2 skipped"
    assert outcome.stats["row_errors"] == [
        {"row": 2, "reason": "unit_institutional_id: is empty"},
        {"row": 6, "reason": "unit_institutional_id: there is no unit “424242”"},
    ]


@pytest.mark.parametrize(
    "text", ["unit_institutional_id,fte\n", "unit_institutional_id,fte", "unit_institutional_id,fte\n,\n ,\n\n"]
)
def test_a_file_without_data_rows_is_refused(desk: Desk, text: str) -> None:
    """Header only, or nothing but blank rows."""
    assert refusal(desk, "data", text, 1, 2) == "The file has a header but no data rows."


def test_only_the_first_hundred_row_errors_are_kept_but_all_are_counted(desk: Desk) -> None:
    """Section 7.4."""
    outcome = desk.upload("data", "unit_institutional_id,fte\n" + "10005,x\n" * 250 + "10005,1\n", 1, 2)
    assert (len(outcome.stats["row_errors"]), outcome.stats["row_errors_count"]) == (100, 250)
    assert outcome.message == "WARNING: 1 inserted, 250 skipped"
    assert (outcome.meta_extra["inserted"], outcome.meta_extra["skipped"]) == (1, 250)


def test_a_new_file_replaces_the_rows_of_the_earlier_one_for_all_units(desk: Desk) -> None:
    """Also of units that are not in it; rows that came another way stay (section 10.2)."""
    desk.upload("data", sheet(data(2, "10005", fte="1"), data(2, "10011", fte="2")), 1, 2)
    owner = desk.report_module("10017", 1)
    desk.upload("data", "fte\n9\n", 1, 2, report_module=owner)
    outcome = desk.upload("data", sheet(data(2, "10011", fte="3")), 1, 2)
    assert outcome.stats["rows_replaced"] == 2
    assert [entry["fte"] for entry in desk.entries(2)] == [9.0, 3.0]


def test_another_type_and_another_year_are_left_alone(desk: Desk) -> None:
    """Replacing goes by year and type."""
    desk.upload("data", sheet(data(2)), 1, 2)
    desk.upload("data", sheet(data(2)), 1, 2, year=2025)
    desk.upload("data", sheet(data(1)), 1, 1)
    desk.upload("data", sheet(data(2)), 1, 2)
    assert desk.count(data_entries) == 3


def test_a_common_file_replaces_all_types_of_its_module(desk: Desk) -> None:
    """Additional purchases included: that is the contract's rule (section 10.2)."""
    with_factors(desk, 60)
    with_factors(desk, 67)
    desk.upload("data", sheet(data(67)), 5, 67)
    assert desk.upload("data", sheet(data(60)), 5).message == "Success"
    assert (len(desk.entries(60)), len(desk.entries(67))) == (1, 0)


def test_a_unit_file_adds_and_never_deletes(desk: Desk) -> None:
    """Append only (section 10.2)."""
    owner = desk.report_module("10005", 1)
    for fte in ("1", "2"):
        desk.upload("data", f"fte\n{fte}\n", 1, 2, report_module=owner)
    assert [entry["fte"] for entry in desk.entries(2)] == [1.0, 2.0]


def test_a_file_whose_rows_are_all_refused_leaves_the_earlier_data_alone(desk: Desk) -> None:
    """Defect 26 of the production server deletes them."""
    desk.upload("data", sheet(data(2, fte="1")), 1, 2)
    outcome = desk.upload("data", sheet(data(2, fte="-1")), 1, 2)
    assert (outcome.result, outcome.message) == (JobResult.ERROR, "ERROR: 0 inserted, 1 skipped")
    assert [entry["fte"] for entry in desk.entries(2)] == [1.0]


def test_a_person_is_listed_once_per_unit(desk: Desk) -> None:
    """In the file, and against rows that stay; in another unit the same person is welcome."""
    owner = desk.report_module("10005", 1)
    desk.upload("data", sheet({**DATA[1], "user_institutional_id": "1"}), 1, 1, report_module=owner)
    rows = [
        data(1, unit, user_institutional_id=number)
        for unit, number in (("10005", "1"), ("10005", "2"), ("10005", "2"), ("10011", "1"))
    ]
    for _ in range(2):  # again: what the file itself replaces is no duplicate
        outcome = desk.upload("data", sheet(*rows), 1, 1)
        assert [error["row"] for error in outcome.stats["row_errors"]] == [1, 3]
        assert {error["reason"] for error in outcome.stats["row_errors"]} == {"DUPLICATE_INSTITUTIONAL_ID"}
    again = desk.upload("data", sheet({**DATA[1], "user_institutional_id": "2"}), 1, 1, report_module=owner)
    assert again.stats["row_errors"] == [{"row": 1, "reason": "DUPLICATE_INSTITUTIONAL_ID"}]


def test_a_unit_without_report_gets_one_with_all_eight_modules(desk: Desk) -> None:
    """Section 10.2."""
    desk.upload("data", sheet(data(2, "10005"), data(2, "10011")), 1, 2)
    assert (desk.count(carbon_reports), desk.count(carbon_report_modules)) == (2, 16)


def test_a_report_that_lacks_modules_is_completed(desk: Desk) -> None:
    """Whatever there is stays."""
    owner = desk.report_module("10005", 8)
    desk.upload("data", sheet(data(2, "10005")), 1, 2)
    assert desk.count(carbon_report_modules) == 8
    assert desk.report_module("10005", 8) == owner


@pytest.mark.parametrize("det", [10, 31, 40, 41, 50, 60, 67, 70, 71])
def test_some_types_need_their_factors_first(desk: Desk, det: int) -> None:
    """The whole job fails and what was there stays (section 10.2)."""
    told = refusal(desk, "data", sheet(data(det)), MODULE[det], det)
    assert told == f"2026 has no factors for data entry type {det} yet; load the factors first."


@pytest.mark.parametrize("module", [4, 5])
def test_common_files_need_factors_first_too(desk: Desk, module: int) -> None:
    """Factors of another year don't help."""
    det = {4: 10, 5: 60}[module]
    desk.upload("factor", sheet(factor(det)), module, det, year=2025)
    told = refusal(desk, "data", sheet(data(det)), module)
    assert told == f"2026 has no factors for module {module} yet; load the factors first."


@pytest.mark.parametrize("det", [1, 2, 20, 21, 30, 32])
def test_the_other_types_may_come_before_their_factors(desk: Desk, det: int) -> None:
    """They just have no emissions yet."""
    outcome = desk.upload("data", sheet(data(det)), MODULE[det], det)
    assert (outcome.message, outcome.stats["rows_without_factors"]) == ("Success", 1)


def test_common_equipment_rows_find_their_type_by_class_and_subclass(desk: Desk) -> None:
    """A class without that subclass is no match (section 10.2)."""
    desk.upload("factor", sheet(factor(10)), 4, 10)
    desk.upload("factor", sheet(factor(10, equipment_class="Laptop", sub_class="")), 4, 11)
    rows = [
        data(10),
        data(10, equipment_class="Laptop", sub_class=""),
        data(10, sub_class=""),
        data(10, equipment_class="Oven"),
    ]
    outcome = desk.upload("data", sheet(*rows), 4)
    assert (len(desk.entries(10)), len(desk.entries(11))) == (1, 1)
    assert outcome.stats["row_errors"] == [
        {"row": 3, "reason": "equipment_class “Freezer” with no sub_class: the year's factors have no such entry"},
        {"row": 4, "reason": "equipment_class “Oven” with sub_class “deep”: the year's factors have no such entry"},
    ]


def test_common_purchase_rows_find_their_type_by_code(desk: Desk) -> None:
    """Whatever a category column says."""
    desk.upload("factor", sheet(factor(60, purchase_institutional_code="V1")), 5, 65)
    rows = [data(60, purchase_institutional_code=code, purchase_category="services") for code in ("V1", "Z9")]
    outcome = desk.upload("data", sheet(*rows), 5)
    assert (len(desk.entries(65)), outcome.stats["rows_with_factors"]) == (1, 1)
    assert outcome.stats["row_errors"] == [
        {"row": 2, "reason": "purchase_institutional_code “Z9”: the year's factors have no such entry"}
    ]


def test_with_a_type_a_row_without_matching_factor_is_kept_and_counted(desk: Desk) -> None:
    """It has no emission (section 10.2)."""
    with_factors(desk, 10)
    outcome = desk.upload("data", sheet(data(10), data(10, equipment_class="Oven")), 4, 10)
    assert outcome.message == "Success"
    assert (outcome.stats["rows_with_factors"], outcome.stats["rows_without_factors"]) == (1, 1)


def test_a_ride_from_a_station_name_that_stands_twice_in_its_country_is_refused(desk: Desk) -> None:
    """Unless its natural key says which; unknown stations are kept."""
    stations = "transport_mode,name,latitude,longitude,country_code\n" + "".join(
        f"train,{name},{place},7.5,{country}\n"
        for name, place, country in (
            ("Lausanne", 46.5, "CH"),
            ("Bern", 46.9, "CH"),
            ("Bern", 47.9, "CH"),
            ("Bern", 51, "DE"),
        )
    )
    assert desk.upload("reference", stations, 2, 21).stats["rows_inserted"] == 4
    rows = [
        data(21, origin_natural_key="", destination_natural_key=""),
        data(21, origin_natural_key="", destination_natural_key="CH:Bern:46.9000:7.5000"),
        data(21, origin_natural_key="", destination_natural_key="", destination_country_code="DE"),
        data(21, origin_natural_key="", destination_natural_key="", destination_name="Nowhere"),
    ]
    outcome = desk.upload("data", sheet(*rows), 2, 21)
    assert outcome.stats["row_errors"] == [
        {"row": 1, "reason": "destination_name: several stations in CH are called “Bern”; give destination_natural_key"}
    ]
    assert len(desk.entries(21)) == 3


@pytest.mark.parametrize(
    ("module", "det", "year", "told"),
    [
        (1, 999, 2026, "There is no data entry type 999."),
        (2, 1, 2026, "Data entry type 1 belongs to module 1, not to module 2."),
        (1, 1, None, "No year was given, so the rows belong to none."),
        (None, 1, 2026, "No module was given."),
        (9, 1, 2026, "There is no module 9."),
        (1, None, 2026, "A data file of module 1 needs a data entry type: its rows don't tell it."),
    ],
)
def test_orders_that_make_no_sense_are_refused(
    desk: Desk, module: int | None, det: int | None, year: int | None, told: str
) -> None:
    """Dispatch lets them through; the job ends with a sentence (section 13)."""
    with pytest.raises(IngestError) as failed:
        desk.upload("data", sheet(data(1)), module, det, year=year)
    assert str(failed.value) == told


def test_a_unit_file_needs_a_type_and_a_report_module_of_its_module(desk: Desk) -> None:
    """Section 10.2."""
    owner = desk.report_module("10005", 1)
    for module, det, report, told in (
        (1, None, owner, "A file for one unit needs a data entry type."),
        (3, 31, owner, f"Report module {owner} is of module 1, not 3."),
        (1, 1, 4242, "There is no report module 4242."),
    ):
        with pytest.raises(IngestError) as failed:
            desk.upload("data", sheet(DATA[1]), module, det, report_module=report)
        assert str(failed.value) == told


@pytest.mark.parametrize("asked_before", [1, 2, 3])
def test_an_aborted_job_writes_nothing(desk: Desk, asked_before: int) -> None:
    """Whether it is stopped while checking or while writing."""
    desk.upload("data", sheet(data(2, fte="1")), 1, 2)
    asked = iter(range(1, 100))
    with pytest.raises(Aborted):
        desk.upload("data", sheet(data(2, fte="2")), 1, 2, should_stop=lambda: next(asked) >= asked_before)
    assert [entry["fte"] for entry in desk.entries(2)] == [1.0]


def test_a_file_may_name_units_of_the_uploader_s_directory_only(desk: Desk) -> None:
    """Two directories on one server may use the same number for different units."""
    with desk.engine.begin() as connection:
        other = {"institutional_id": "10005", "provider": 0, "name": "Elsewhere", "level": 4}
        made = connection.execute(insert(units).values(**other)).inserted_primary_key
    assert made is not None
    for provider, wanted in ((0, made[0]), (2, 1)):
        desk.upload("data", sheet(data(2)), 1, 2, provider=provider)
        with desk.reading() as connection:
            owner = select(carbon_reports.c.unit_id).join(carbon_report_modules).join(data_entries)
            assert connection.scalars(owner).all() == [wanted]
    outcome = desk.upload("data", sheet(data(2, "10011")), 1, 2, provider=0)
    assert outcome.stats["row_errors"] == [{"row": 1, "reason": "unit_institutional_id: there is no unit “10011”"}]


def test_progress_is_told_in_rows_of_all_rows(desk: Desk) -> None:
    """Never more than there are."""
    desk.upload("data", "unit_institutional_id,fte\n" + "10005,1\n" * 10_000, 1, 2)
    assert [(done, total) for _, done, total in desk.told] == [(n, 10_000) for n in (0, 4_000, 8_000, 10_000)]
    assert {step for step, _, _ in desk.told} == {"Checking rows"}
