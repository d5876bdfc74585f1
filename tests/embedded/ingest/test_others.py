"""Reference files and reduction objectives: contract sections 10.5 and 10.6, and what they refuse.

Goes through the whole ingestion, into a real database.
"""

from __future__ import annotations

import pytest

from tests.embedded.ingest.desk import Desk, refusal
from yearadmin.contract.enums import JobResult
from yearadmin.embedded.entry_tables import building_rooms, locations
from yearadmin.embedded.ingest import IngestError
from yearadmin.embedded.ingest.reduction import ROW_LIMIT

PLACES = "transport_mode,name,latitude,longitude,iata_code,country_code\n"
GENEVA, ZURICH = "plane,Geneva,46.238,6.109,GVA,CH\n", "plane,Zurich,47.458,8.548,ZRH,CH\n"
BERN = "train,Bern,46.949,7.439,,CH\n"
ROOMS = "building_location,building_name,room_name,room_type,room_surface_square_meter\n"


def test_places_replace_those_of_their_mode_and_leave_the_other(desk: Desk) -> None:
    """Airports don't drive stations out (section 10.5)."""
    desk.upload("reference", PLACES + BERN, 2, 21)
    desk.upload("reference", PLACES + GENEVA + ZURICH, 2, 20)
    outcome = desk.upload("reference", PLACES + GENEVA, 2, 20)
    assert (outcome.result, outcome.message) == (JobResult.SUCCESS, "References: 1 stored, 0 skipped.")
    assert desk.count(locations) == 2


def test_rows_of_the_other_mode_are_counted_and_said(desk: Desk) -> None:
    """They vanish without a word on the production server: defect 29."""
    outcome = desk.upload("reference", PLACES + GENEVA.replace("plane", " Plane ") + BERN + BERN, 2, 20)
    assert outcome.result is JobResult.SUCCESS
    assert outcome.stats["rows_other_mode"] == 2
    assert outcome.message == ("References: 1 stored, 0 skipped, 2 of another transport mode than plane left aside.")
    assert (outcome.meta_extra["inserted"], outcome.meta_extra["filename"]) == (1, "upload.csv")


def test_a_file_with_the_other_mode_only_ends_in_error_and_deletes_nothing(desk: Desk) -> None:
    """Section 10.5."""
    desk.upload("reference", PLACES + GENEVA, 2, 20)
    outcome = desk.upload("reference", PLACES + BERN, 2, 20)
    assert outcome.result is JobResult.ERROR
    assert outcome.message.endswith("The references loaded earlier were kept.")
    assert desk.count(locations) == 1


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("north,6", "latitude: “north” is not a number"),
        ("91,6", "latitude: 91 is more than 90"),
        ("46,-181", "longitude: -181 is less than -180"),
        ("46,", "longitude: is empty"),
    ],
)
def test_a_bad_coordinate_fails_the_whole_file(desk: Desk, cells: str, why: str) -> None:
    """Section 10.5."""
    told = refusal(desk, "reference", f"{PLACES}{GENEVA}plane,X,{cells},XXX,CH\n", 2, 20)
    assert told == f"Row 2 has no usable place: {why}. Nothing was written."
    assert desk.count(locations) == 0


def test_the_same_place_twice_is_stored_once(desk: Desk) -> None:
    """An airport by its code, a station by country, name and position; two stations may share a name."""
    outcome = desk.upload("reference", PLACES + GENEVA + GENEVA.replace("Geneva", "Genève"), 2, 20)
    assert (outcome.stats["rows_processed"], outcome.stats["rows_inserted"]) == (2, 1)
    assert outcome.message == "References: 1 stored, 0 skipped, 1 listed before."
    outcome = desk.upload("reference", PLACES + BERN + BERN + BERN.replace("46.9", "47.9"), 2, 21)
    assert outcome.stats["rows_inserted"] == 2


def test_a_place_without_a_name_is_skipped_and_listed(desk: Desk) -> None:
    """The rest is taken."""
    outcome = desk.upload("reference", PLACES + GENEVA + "plane,,46,6,XXX,CH\n", 2, 20)
    assert outcome.result is JobResult.WARNING
    assert outcome.stats["row_errors"] == [{"row": 2, "reason": "name: is empty"}]


def test_rooms_replace_the_whole_table_and_an_unreadable_surface_is_none(desk: Desk) -> None:
    """Section 10.5."""
    desk.upload("reference", ROOMS + "Lake,A,A1,office,12\nLake,A,A2,office,13\n", 3, 30)
    outcome = desk.upload("reference", ROOMS + "Lake,B,B1,,-\nLake,B,B2,office,about 9\n", 3, 30)
    assert outcome.result is JobResult.SUCCESS
    with desk.reading() as connection:
        found = connection.execute(building_rooms.select().order_by(building_rooms.c.id)).all()
    assert [tuple(row[1:]) for row in found] == [("Lake", "B", "B1", None, None), ("Lake", "B", "B2", "office", None)]


def test_a_room_file_without_a_usable_row_leaves_the_rooms_alone(desk: Desk) -> None:
    """On the production server it empties the table: defect 26."""
    desk.upload("reference", ROOMS + "Lake,A,A1,office,12\n", 3, 30)
    outcome = desk.upload("reference", ROOMS + "Lake,,A1,office,12\n", 3, 30)
    assert outcome.result is JobResult.ERROR
    assert outcome.stats["row_errors"] == [{"row": 1, "reason": "building_name: is empty"}]
    assert desk.count(building_rooms) == 1


@pytest.mark.parametrize("det", [None, 1, 31, 999])
def test_other_types_have_no_references(desk: Desk, det: int | None) -> None:
    """Section 10.5."""
    with pytest.raises(IngestError, match="There are no references for"):
        desk.upload("reference", ROOMS + "Lake,A,A1,office,12\n", 3, det)


@pytest.mark.parametrize(("det", "column"), [(20, "transport_mode"), (21, "latitude"), (30, "room_name")])
def test_a_reference_file_needs_its_columns(desk: Desk, det: int, column: str) -> None:
    """By name."""
    header = (ROOMS if det == 30 else PLACES).replace(column, "other")
    assert refusal(desk, "reference", header + "a,b,c,d,e,f\n", 3, det).startswith(
        f"Required column missing: {column}."
    )


@pytest.mark.parametrize("text", ["", ROOMS, "\ufeff" + ROOMS])
def test_an_empty_reference_file_is_refused(desk: Desk, text: str) -> None:
    """Empty, header only, header only after a byte order mark."""
    assert refusal(desk, "reference", text, 3, 30).startswith("The file")


GOOD = {
    0: ("year,category,co2\n", "2019,energy,12.5\n", {"year": 2019, "category": "energy", "co2": 12.5}),
    1: ("year,pop\n", "2030,17000\n", {"year": 2030, "pop": 17000}),
    2: (
        "scenario,year,reduction_percentage\n",
        "A,2030,0.4\n",
        {"scenario": "A", "year": 2030, "reduction_percentage": 0.4},
    ),
}


@pytest.mark.parametrize("kind", GOOD)
def test_reduction_rows_come_back_for_the_configuration(desk: Desk, kind: int) -> None:
    """With a byte order mark or without."""
    header, row, wanted = GOOD[kind]
    for mark in ("", "\ufeff"):
        outcome = desk.upload("reduction", mark + header + row, reduction=kind)
        assert (outcome.message, outcome.reduction_rows, outcome.stats) == ("Success", [wanted], {})
        assert outcome.meta_extra == {
            "rows_processed": 1,
            "rows_skipped": 0,
            "row_errors": [],
            "row_errors_count": 0,
        }


@pytest.mark.parametrize(
    ("kind", "row", "why"),
    [
        (0, "soon,energy,1", "year: “soon” is not a number"),
        (0, "2019.5,energy,1", "year: 2019.5 is not a whole number"),
        (0, "2019,,1", "category: is empty"),
        (0, "2019,energy,-1", "co2: -1 is less than 0"),
        (1, "2030,-1", "pop: -1 is less than 0"),
        (1, "2030,1.5", "pop: 1.5 is not a whole number"),
        (1, ",1", "year: is empty"),
        (2, ",2030,0.4", "scenario: is empty"),
        (2, "A,2030,1.01", "reduction_percentage: 1.01 is more than 1"),
        (2, "A,2030,-0.1", "reduction_percentage: -0.1 is less than 0"),
        (2, "A,,0.1", "year: is empty"),
    ],
)
def test_a_bad_reduction_row_is_skipped_with_its_reason_and_none_good_is_an_error(
    desk: Desk, kind: int, row: str, why: str
) -> None:
    """Real counts in the message, unlike on the production server (defect 20)."""
    header, good, _ = GOOD[kind]
    outcome = desk.upload("reduction", header + row + "\n" + good, reduction=kind)
    assert outcome.message == "WARNING: 1 inserted, 1 skipped"
    assert outcome.meta_extra["row_errors"] == [{"row": 1, "reason": why}]
    with pytest.raises(IngestError) as failed:
        desk.upload("reduction", header + row + "\n", reduction=kind)
    assert str(failed.value) == f"None of the 1 rows can be used. Row 1: {why}."
    assert failed.value.meta["row_errors"] == [{"row": 1, "reason": why}]


def test_a_reduction_row_shorter_than_the_header_fails_the_file(desk: Desk) -> None:
    """Section 10.6."""
    header, good, _ = GOOD[0]
    with pytest.raises(IngestError, match="Row 2 has 2 cells, but the header has 3"):
        desk.upload("reduction", header + good + "2020,energy\n", reduction=0)


@pytest.mark.parametrize("kind", [None, 3, -1])
def test_a_reduction_file_must_say_what_it_is(desk: Desk, kind: int | None) -> None:
    """Section 10.6."""
    with pytest.raises(IngestError, match="must be 0, 1 or 2"):
        desk.upload("reduction", GOOD[0][0] + GOOD[0][1], reduction=kind)


def test_a_reduction_file_has_its_columns_and_some_rows_but_not_too_many(desk: Desk) -> None:
    """All rows travel in every answer about the year."""
    for text, told in (
        ("year,category\n2019,energy\n", "Required column missing: co2"),
        (GOOD[0][0], "The file has a header but no data rows"),
        (GOOD[0][0] + GOOD[0][1] * (ROW_LIMIT + 1), "more than 20,000 data rows"),
    ):
        with pytest.raises(IngestError, match=told):
            desk.upload("reduction", text, reduction=0)
