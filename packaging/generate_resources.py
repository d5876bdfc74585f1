"""Writes ``resources/units.csv`` and ``resources/sample/``: python packaging/generate_resources.py [--out DIR].

Never reads anything and never draws on the clock: every run on every machine writes the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sample_data import bad, buildings, equipment, headcount, laboratory, purchases, reduction, travel
from sample_data.sheet import Sheet, csv_text
from sample_data.units import COLUMNS, build_units

_KINDS = ("factor", "reference", "data", "reduction")
# The order in which operators see the modules; the reduction files come last.
_MODULES = (1, 8, 3, 4, 7, 2, 5, 6, None)
_MANIFEST = ("file", "kind", "module", "submodule")


def _manifest(sheets: list[Sheet]) -> bytes:
    lines = [
        [
            sheet.file,
            sheet.kind,
            "" if sheet.module is None else str(sheet.module),
            "" if sheet.submodule is None else str(sheet.submodule),
        ]
        for sheet in sheets
    ]
    return csv_text([_MANIFEST, *lines]).encode()


def build() -> dict[str, bytes]:
    """Every generated file by its path below ``resources/``. Manifests list files in the order to upload them."""
    units = build_units()
    members = headcount.staff(units)
    good = [
        *headcount.sheets(units, members),
        *laboratory.process_sheets(units),
        *buildings.sheets(units),
        *equipment.sheets(units),
        *laboratory.cloud_sheets(units),
        *travel.sheets(members),
        *purchases.sheets(units),
        *laboratory.facility_sheets(units),
        *reduction.sheets(),
    ]
    good.sort(key=lambda sheet: (_KINDS.index(sheet.kind), _MODULES.index(sheet.module)))
    wrong = bad.sheets(good)
    files = {"units.csv": csv_text([COLUMNS, *(unit.row() for unit in units)]).encode()}
    files |= {f"sample/{sheet.file}": sheet.content() for sheet in (*good, *wrong)}
    files["sample/manifest.csv"] = _manifest(good)
    files["sample/bad/manifest.csv"] = _manifest(wrong)
    return files


def main() -> None:
    """Write the files, and remove CSV files of earlier runs that are no longer made."""
    parser = argparse.ArgumentParser(description="Write the unit directory and the sample files.")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "resources")
    out: Path = parser.parse_args().out
    files = build()
    for old in (out / "sample").rglob("*.csv"):
        if old.relative_to(out).as_posix() not in files:
            old.unlink()
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
