"""Three files that go wrong in the three ways files usually go wrong, for demonstrations and tests.

Never referred to by the manifest of good files; they have one of their own.
"""

from __future__ import annotations

from dataclasses import replace

from sample_data.sheet import Sheet


def sheets(good: list[Sheet]) -> list[Sheet]:
    """A factor file without its main column, a data file with some bad rows, and a file that is not UTF-8."""
    by_name = {sheet.file: sheet for sheet in good}
    factors = by_name["processemissions_factors.csv"]
    members = by_name["headcount_members_data.csv"]
    fuels = by_name["building_combustion_factors.csv"]
    rows = [list(row) for row in members.rows[:40]]
    unit, name, code, number, fte, note = range(6)
    rows[4][fte] = "1.4"  # more than one full-time post
    rows[9][name] = ""
    rows[13][code] = "60"  # no such staff category
    rows[17][unit] = "99999"  # no such unit
    rows[21][fte] = "80 %"
    rows[26][unit], rows[26][number] = rows[25][unit], rows[25][number]  # the same person twice in one unit
    rows[33][number] = ""
    rows[38][note] = "this row is fine"
    return [
        replace(
            factors, file="bad/missing_column.csv", header=factors.header[:-1], rows=[r[:-1] for r in factors.rows]
        ),
        replace(members, file="bad/bad_rows.csv", rows=rows),
        replace(fuels, file="bad/not_utf8.csv", encoding="latin-1"),
    ]
