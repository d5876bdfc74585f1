"""The sample files of the program, through the whole ingestion: the good ones leave no row behind, the bad ones fail.

Uploads them in the order of the manifest, as an operator does.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.embedded.ingest.desk import SAMPLE, Desk, new_engine
from yearadmin.contract.enums import JobResult
from yearadmin.embedded.entry_tables import building_rooms, data_entries, factors, locations
from yearadmin.embedded.ingest import IngestError, Outcome

Line = tuple[str, str, int | None, int | None]


def manifest(path: Path) -> list[Line]:
    """File, kind, module and submodule of each line."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (
                row["file"],
                row["kind"],
                int(row["module"] or 0) or None,
                int(row["submodule"]) if row["submodule"] else None,
            )
            for row in csv.DictReader(lines)
        ]


GOOD = manifest(SAMPLE / "manifest.csv")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, dict[str, Outcome]]:
    """A year with every sample file in it, and how each upload ended."""
    folder = tmp_path_factory.mktemp("samples")
    desk = Desk(new_engine(folder / "samples.sqlite"), folder)
    ended = {name: desk.sample(name, kind, module, det) for name, kind, module, det in GOOD}
    for module in range(1, 9):
        desk.recalculate(module)
        desk.aggregate(module)
    return desk, ended


@pytest.mark.parametrize("line", GOOD, ids=[line[0] for line in GOOD])
def test_every_good_file_is_taken_whole(line: Line, year: tuple[Desk, dict[str, Outcome]]) -> None:
    """SUCCESS, and as many rows as the file has."""
    name, kind, _, det = line
    outcome = year[1][name]
    rows = len((SAMPLE / name).read_text(encoding="utf-8").splitlines()) - 1
    counts = outcome.stats or outcome.meta_extra
    assert (outcome.result, counts["rows_processed"], counts["rows_skipped"]) == (JobResult.SUCCESS, rows, 0)
    if kind == "data":
        # Some rooms of the sample have an unknown surface.
        least = 0.95 * rows if det == 30 else rows
        assert least <= counts["rows_with_factors"] <= rows
        assert counts["rows_with_factors"] + counts["rows_without_factors"] == rows
    if kind in ("data", "factor"):
        assert outcome.message == "Success"


def test_the_year_then_holds_everything(year: tuple[Desk, dict[str, Outcome]]) -> None:
    """Rows in the tables match what the uploads say."""
    desk, ended = year
    wanted = {"data": 0, "factor": 0, "reference": 0}
    for name, kind, _, _ in GOOD:
        if kind in wanted:
            wanted[kind] += ended[name].stats["rows_processed"]
    assert desk.count(data_entries) == wanted["data"]
    assert desk.count(factors) == wanted["factor"]
    assert desk.count(locations) + desk.count(building_rooms) == wanted["reference"]


def test_every_entry_with_its_factor_gets_emissions_and_every_module_a_total(
    year: tuple[Desk, dict[str, Outcome]],
) -> None:
    """As many emissions as the uploads promised, and totals that add up to them."""
    desk, ended = year
    for name, kind, module, det in GOOD:
        if kind != "data" or det is None:
            continue
        emitted = [kg for kg in desk.emissions(det) if kg is not None]
        assert len(emitted) == ended[name].stats["rows_with_factors"]
        assert all(kg >= 0 for kg in emitted)
        assert sum(emitted) > 0
        assert module is not None
    assert sum(desk.totals(3).values()) == pytest.approx(
        sum(kg or 0 for det in (30, 31) for kg in desk.emissions(det)), rel=1e-9
    )
    # A week-end flight is some hundred kilograms, not grams and not tonnes.
    flights = [kg for kg in desk.emissions(20) if kg]
    assert 50 < sum(flights) / len(flights) < 10_000


def test_the_file_with_bad_rows_keeps_the_good_ones(desk: Desk) -> None:
    """A warning with each refused row, its column, its value and the rule."""
    desk.sample("headcount_members_factors.csv", "factor", 1, 1)
    outcome = desk.sample("bad/bad_rows.csv", "data", 1, 1)
    assert (outcome.result, outcome.message) == (JobResult.WARNING, "WARNING: 33 inserted, 7 skipped")
    assert outcome.stats["row_errors"] == [
        {"row": 5, "reason": "fte: 1.4 is more than 1"},
        {"row": 10, "reason": "name: is empty"},
        {"row": 14, "reason": "sius_code: “60” is none of 51, 52, 53, 54, 56, 57, 58, 59"},
        {"row": 18, "reason": "unit_institutional_id: there is no unit “99999”"},
        {"row": 22, "reason": "fte: “80 %” is not a number (write it without the percent sign)"},
        {"row": 27, "reason": "DUPLICATE_INSTITUTIONAL_ID"},
        {"row": 34, "reason": "user_institutional_id: is empty"},
    ]
    assert outcome.stats["row_errors_count"] == 7
    assert len(desk.entries(1)) == 33


def test_the_file_without_its_main_column_fails_by_name(desk: Desk) -> None:
    """Nothing is written."""
    with pytest.raises(IngestError, match=r"^Required column missing: ef_kg_co2eq_per_unit\."):
        desk.sample("bad/missing_column.csv", "factor", 8, 50)
    assert desk.count(factors) == 0


def test_the_file_in_the_old_western_encoding_fails_at_its_line_and_byte(desk: Desk) -> None:
    """The é of Mazout léger."""
    with pytest.raises(IngestError, match=r"line 3 holds a byte that can't be read \(byte 62, value 0xe9\)"):
        desk.sample("bad/not_utf8.csv", "factor", 3, 31)
    raw = (SAMPLE / "bad" / "not_utf8.csv").read_bytes()
    assert raw[62] == 0xE9
