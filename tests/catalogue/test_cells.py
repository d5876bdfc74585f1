"""The checks of CSV rows: any text is accepted as a value or refused with a reason, and nothing ever raises.

Pure: no file, no database.
"""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yearadmin.catalogue.cells import CellRefusedError, Row, RowChecker
from yearadmin.catalogue.columns import CellKind, Column, TableSpec
from yearadmin.catalogue.columns_data import DATA_TABLES, data_table
from yearadmin.catalogue.columns_factors import FACTOR_TABLES
from yearadmin.catalogue.columns_others import REDUCTION_TABLES, REFERENCE_TABLES
from yearadmin.catalogue.emission_types import emission_type
from yearadmin.contract.enums import DataEntryType

TABLES: dict[str, TableSpec] = {
    **{f"data {det}": data_table(det, per_year=True) for det in DATA_TABLES},
    **{f"factor {det}": table for det, table in FACTOR_TABLES.items()},
    **{f"reference {det}": table for det, table in REFERENCE_TABLES.items()},
    **{f"reduction {kind}": table for kind, table in REDUCTION_TABLES.items()},
}
# Some types share their columns: each set of columns once.
DISTINCT = list({table.columns: name for name, table in TABLES.items()}.values())
WORDS = sorted({word for table in TABLES.values() for column in table.columns for word in column.choices})
CELLS = (
    st.sampled_from(
        ["", " ", "\u00a0", "0", "-0", "1", "1.5", "-1", "168", "169", "1e400", "nan", "RoW", "CH", "2026-02-29"]
    )
    | st.sampled_from(WORDS)
    | st.floats().map(repr)
    | st.integers().map(str)
    | st.dates().map(str)
    | st.text(max_size=30)
)


def holds(column: Column, value: object) -> bool:
    """Whether an accepted value keeps the rules of its column."""
    if column.kind is CellKind.CHOICE:
        return value in column.choices
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    if not isinstance(value, int | float) or not math.isfinite(value):
        return False
    if column.kind is CellKind.INTEGER and not isinstance(value, int):
        return False
    low, high = column.minimum, column.maximum
    return (low is None or value >= low) and (high is None or value <= high)


@pytest.mark.parametrize("name", DISTINCT)
def test_every_table_takes_or_refuses_any_row(name: str) -> None:
    """Accepted values keep every rule and are JSON; reasons are sentences naming a column."""
    table = TABLES[name]
    header = [column.name for column in table.columns]
    read = RowChecker(table, header).read

    @settings(max_examples=60)
    @given(st.lists(CELLS, max_size=len(header) + 2))
    def check(cells: list[str]) -> None:
        try:
            row: Row = read(cells)
        except CellRefusedError as refused:
            reason = str(refused)
            assert any(f"{column}: " in reason for column in header)
            assert "\n" not in reason
            assert "Traceback" not in reason
            return
        assert set(table.required) <= row.keys() <= set(header)
        assert all(holds(table.by_name[column], value) for column, value in row.items())
        json.dumps(row, allow_nan=False)
        for limit in table.limits:
            assert sum(float(row.get(column, 0)) for column in limit.columns) <= limit.maximum

    check()


@given(st.sampled_from(sorted(FACTOR_TABLES)), st.data())
def test_every_accepted_factor_leads_to_an_emission_or_a_reason(det: int, drawn: st.DataObject) -> None:
    """Whatever the classification says."""
    table = FACTOR_TABLES[det]
    classification: dict[str, str | None] = {}
    for name in table.identity:
        column = table.by_name[name]
        words = st.sampled_from(column.choices) if column.choices else st.text(min_size=1, max_size=12)
        classification[name] = drawn.draw(words if column.required else st.none() | words)
    found = emission_type(det, classification)
    assert isinstance(found, str) or found // 100 == det


def test_there_is_a_table_for_every_data_entry_type() -> None:
    """Data and factors; every data table has the columns its per-year file adds."""
    assert set(DATA_TABLES) == set(FACTOR_TABLES) == set(DataEntryType)
    for det in DataEntryType:
        assert data_table(det, per_year=True).columns[0].name == "unit_institutional_id"


def test_where_a_header_repeats_a_name_the_last_column_counts() -> None:
    """As on the production server."""
    table = TableSpec((Column("a"),))
    assert RowChecker(table, ["a", "b", "a"]).read(["1", "2", "3"]) == {"a": "3"}


def test_a_checker_names_the_required_columns_a_header_lacks() -> None:
    """For a check before upload."""
    checker = RowChecker(data_table(1, per_year=True), ["name", "fte", "Sius_code"])
    assert checker.missing == ("sius_code", "unit_institutional_id", "user_institutional_id")
