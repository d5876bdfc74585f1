"""The sample files an operator tries the program with: complete, consistent, and made by our own script.

Never sends them anywhere; that the embedded backend takes them is tested where it lives.
"""

from __future__ import annotations

import csv
import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from yearadmin.catalogue.modules import Slot, SlotKind, all_slots, is_mandatory

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
SAMPLE = RESOURCES / "sample"

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    """The rows of a CSV file, by column."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def sample(name: str) -> Rows:
    """The rows of a sample file, which has some."""
    rows = read(SAMPLE / name)
    assert rows
    return rows


def keys(rows: Rows, *columns: str) -> set[tuple[str, ...]]:
    """What stands in those columns, without repeats."""
    return {tuple(row[column] for column in columns) for row in rows}


def slot_of(line: dict[str, str]) -> Slot:
    """The slot a line of the manifest names."""
    return Slot(
        int(line["module"]) if line["module"] else None,
        int(line["submodule"]) if line["submodule"] else None,
        SlotKind(line["kind"]),
    )


MANIFEST = read(SAMPLE / "manifest.csv")
BAD_MANIFEST = read(SAMPLE / "bad" / "manifest.csv")
UNITS = read(RESOURCES / "units.csv")


def test_the_script_writes_exactly_the_files_in_the_repository(tmp_path: Path) -> None:
    """Whoever changes a file by hand, or the script without running it, learns it here."""
    script = ROOT / "packaging" / "generate_resources.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True, timeout=60)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    kept = {path.relative_to(RESOURCES): path.read_bytes() for path in RESOURCES.rglob("*.csv")}
    assert made.keys() == kept.keys()
    assert [str(name) for name in made if made[name] != kept[name]] == []


def test_the_sample_files_stay_small() -> None:
    """A clone must not become heavy because of examples."""
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*.csv")) < 600_000


def test_every_file_a_year_cannot_open_without_has_a_sample() -> None:
    """With the sample files alone a year can be made ready."""
    offered = {slot_of(line) for line in MANIFEST}
    assert [slot.name for slot in all_slots() if is_mandatory(slot) and slot not in offered] == []


def test_every_data_slot_has_a_sample_too() -> None:
    """An operator can try every upload, also those a year may open without."""
    offered = {slot_of(line) for line in MANIFEST}
    assert [slot.name for slot in all_slots() if slot not in offered] == []


def test_the_manifest_names_each_slot_once_and_only_files_that_exist() -> None:
    """The manifest and the folder tell the same story."""
    known = set(all_slots())
    slots = [slot_of(line) for line in MANIFEST]
    assert len(slots) == len(set(slots))
    assert set(slots) <= known
    assert {slot_of(line) for line in BAD_MANIFEST} <= known
    listed = {line["file"] for line in MANIFEST}
    assert listed == {path.name for path in SAMPLE.glob("*.csv")} - {"manifest.csv"}
    listed = {line["file"] for line in BAD_MANIFEST}
    assert listed == {f"bad/{path.name}" for path in (SAMPLE / "bad").glob("*.csv")} - {"bad/manifest.csv"}


def test_the_manifest_lists_factors_before_references_before_data() -> None:
    """Uploading in the listed order never meets data without its factors."""
    order = [SlotKind.FACTOR, SlotKind.REFERENCE, SlotKind.DATA, SlotKind.REDUCTION]
    ranks = [order.index(SlotKind(line["kind"])) for line in MANIFEST]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("name", [line["file"] for line in MANIFEST])
def test_a_sample_is_utf8_without_a_mark_and_every_row_is_as_long_as_the_header(name: str) -> None:
    """Factor and reference files with a byte order mark are refused by servers (contract section 10.1)."""
    raw = (SAMPLE / name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    header, *rows = csv.reader(raw.decode("utf-8").splitlines())
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert len(set(header)) == len(header)


def test_the_unit_directory_is_a_tree_of_three_levels_with_a_thousand_units() -> None:
    """Schools, institutes, laboratories; every parent stands one level above its children."""
    level = {unit["institutional_id"]: int(unit["level"]) for unit in UNITS}
    assert len(level) == len(UNITS) == 1_200
    counts = {wanted: list(level.values()).count(wanted) for wanted in (2, 3, 4)}
    assert counts[2] == 8
    assert 50 <= counts[3] <= 70
    assert sum(counts.values()) == len(UNITS)
    for unit in UNITS:
        if unit["level"] == "2":
            assert unit["parent_institutional_id"] == ""
        else:
            assert level[unit["parent_institutional_id"]] == int(unit["level"]) - 1


def test_nearly_every_laboratory_has_a_principal_with_one_address_each() -> None:
    """Addresses are at example.org, ids have six digits, and a person has one of each."""
    laboratories = [unit for unit in UNITS if unit["level"] == "4"]
    led = [unit for unit in laboratories if unit["principal_email"]]
    assert 0.9 * len(laboratories) < len(led) < len(laboratories)
    people = keys(led, "principal_institutional_id", "principal_email", "principal_name")
    assert len({number for number, _, _ in people}) == len({email for _, email, _ in people}) == len(people)
    assert all(len(number) == 6 and number.isdigit() for number, _, _ in people)
    assert all(email.endswith("@example.org") and email.isascii() for _, email, _ in people)


def test_every_data_row_belongs_to_a_unit_of_the_directory() -> None:
    """A data row of an unknown unit would be refused (section 10.2)."""
    known = {unit["institutional_id"] for unit in UNITS}
    for line in MANIFEST:
        if line["kind"] == "data":
            assert {row["unit_institutional_id"] for row in sample(line["file"])} <= known, line["file"]


@pytest.mark.parametrize(
    ("data", "factors", "columns"),
    [
        ("processemissions_data.csv", "processemissions_factors.csv", ("category", "subcategory")),
        ("building_rooms_data.csv", "building_rooms_factors.csv", ("building_name", "room_type")),
        ("building_combustion_data.csv", "building_combustion_factors.csv", ("name",)),
        ("equipment_common_data.csv", "equipment_common_factors.csv", ("equipment_class", "sub_class")),
        ("external_clouds_data.csv", "external_clouds_factors.csv", ("service_type", "provider", "currency")),
        ("external_ai_data.csv", "external_ai_factors.csv", ("provider", "usage_type")),
        ("purchases_common_data.csv", "purchases_common_factors.csv", ("purchase_institutional_code", "currency")),
        ("purchases_additional_data.csv", "purchases_additional_factors.csv", ("name",)),
        (
            "researchfacilities_common_data.csv",
            "researchfacilities_common_factors.csv",
            ("researchfacility_id", "researchfacility_name"),
        ),
        (
            "researchfacilities_animals_data.csv",
            "researchfacilities_animals_factors.csv",
            ("researchfacility_id", "researchfacility_name", "researchfacility_type"),
        ),
        ("building_rooms_data.csv", "building_rooms_references.csv", ("building_name", "room_name", "room_type")),
        ("travel_planes_data.csv", "travel_planes_factors.csv", ("cabin_class",)),
    ],
)
def test_every_data_row_finds_its_factor_or_reference(data: str, factors: str, columns: tuple[str, ...]) -> None:
    """No sample row stays without emissions, and no key is listed twice."""
    wanted = sample(factors)
    assert keys(sample(data), *columns) <= keys(wanted, *columns)
    if columns != ("cabin_class",):
        assert len(keys(wanted, *columns)) == len(wanted)


def test_every_journey_starts_and_ends_at_a_known_place() -> None:
    """Airports by their code, stations by name and country; no name stands twice in a country."""
    airports, stations = sample("travel_airports_references.csv"), sample("travel_stations_references.csv")
    codes, places = keys(airports, "iata_code"), keys(stations, "name", "country_code")
    assert (len(codes), len(places)) == (len(airports), len(stations))
    flights, rides = sample("travel_planes_data.csv"), sample("travel_trains_data.csv")
    assert keys(flights, "origin_iata") | keys(flights, "destination_iata") <= codes
    assert keys(rides, "origin_name", "origin_country_code") <= places
    assert keys(rides, "destination_name", "destination_country_code") <= places
    assert {row["transport_mode"] for row in airports} == {"plane"}
    assert {row["transport_mode"] for row in stations} == {"train"}
    for place in airports + stations:
        assert -90 <= float(place["latitude"]) <= 90
        assert -180 <= float(place["longitude"]) <= 180


def test_plane_factors_cover_every_distance_without_a_gap() -> None:
    """Each cabin has a factor from nought to half the way round the world."""
    factors = sample("travel_planes_factors.csv")
    for cabin in ("economy", "business", "first"):
        spans = sorted(
            (int(row["min_distance"]), int(row["max_distance"])) for row in factors if row["cabin_class"] == cabin
        )
        assert spans[0][0] == 0
        assert spans[-1][1] > 20_000
        assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))


def test_every_member_is_listed_once_with_a_known_staff_category() -> None:
    """No row of the good staff file would be refused (section 10.2)."""
    members = sample("headcount_members_data.csv")
    assert 2_500 < len(members) < 3_500
    assert len(keys(members, "unit_institutional_id", "user_institutional_id")) == len(members)
    assert {row["sius_code"] for row in members} <= {"51", "52", "53", "54", "56", "57", "58", "59"}
    assert all(row["name"] and 0 < float(row["fte"]) <= 1 for row in members)


def test_equipment_never_runs_longer_than_a_week() -> None:
    """Hours in use and at rest add up to 168 at most."""
    for name in ("equipment_common_factors.csv", "equipment_common_data.csv"):
        for row in sample(name):
            hours = [row["active_usage_hours_per_week"], row["standby_usage_hours_per_week"]]
            assert sum(int(value or 0) for value in hours) <= 168, row


def test_a_facility_is_used_as_much_as_its_users_say() -> None:
    """The total of a facility is the sum of its data rows, and the species of an animal facility share it whole."""
    for data, factors in (("common_data", "common_factors"), ("animals_data", "animals_factors")):
        identity = ["researchfacility_id", *(["researchfacility_type"] if data.startswith("animals") else [])]
        used: dict[tuple[str, ...], int] = {}
        for row in sample(f"researchfacilities_{data}.csv"):
            key = tuple(row[column] for column in identity)
            used[key] = used.get(key, 0) + int(row["use"])
        totals = sample(f"researchfacilities_{factors}.csv")
        assert {tuple(row[column] for column in identity): int(row["total_use"]) for row in totals} == used
    shares: dict[tuple[str, str], float] = {}
    for row in sample("researchfacilities_animals_factors.csv"):
        for column in row:
            if column.endswith("_share"):
                key = (row["researchfacility_id"], column)
                shares[key] = shares.get(key, 0) + float(row[column])
    assert shares
    assert all(abs(total - 1) < 1e-9 for total in shares.values())


def test_the_reduction_files_hold_plausible_figures() -> None:
    """Years are years, the population is whole and grows, percentages are shares of one."""
    footprint = sample("reduction_footprint.csv")
    population = sample("reduction_population.csv")
    scenarios = sample("reduction_scenarios.csv")
    assert all(2000 < int(row["year"]) < 2100 for row in footprint + population + scenarios)
    assert all(float(row["co2"]) > 0 for row in footprint)
    people = [int(row["pop"]) for row in population]
    assert people == sorted(people)
    assert all(0 <= float(row["reduction_percentage"]) <= 1 for row in scenarios)
    assert len(keys(scenarios, "scenario", "year")) == len(scenarios)


def test_one_bad_file_lacks_the_column_it_is_about() -> None:
    """Process factors without their factor."""
    good, bad = sample("processemissions_factors.csv"), sample("bad/missing_column.csv")
    assert set(good[0]) - set(bad[0]) == {"ef_kg_co2eq_per_unit"}


def test_one_bad_file_has_good_rows_and_bad_rows() -> None:
    """Some rows are accepted and some refused, which servers call a warning."""
    good, bad = sample("headcount_members_data.csv"), sample("bad/bad_rows.csv")
    same = [row for row in bad if row in good]
    assert 20 < len(same) < len(bad)
    assert any(float(row["fte"]) > 1 for row in bad if row["fte"].replace(".", "").isdigit())
    assert any(row["name"] == "" for row in bad)
    # An empty unit would fail the whole file, which is another case.
    assert all(row["unit_institutional_id"] for row in bad)


def test_one_bad_file_is_not_utf8() -> None:
    """Saved by a spreadsheet program in the old Western encoding."""
    raw = (SAMPLE / "bad" / "not_utf8.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert raw.decode("latin-1") == (SAMPLE / "building_combustion_factors.csv").read_text(encoding="utf-8")
