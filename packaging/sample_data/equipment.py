"""Sample files of the equipment module: one common factor file and one common data file for all three kinds.

Never names a maker or a model.
"""

from __future__ import annotations

from sample_data.dice import Dice
from sample_data.sheet import Sheet
from sample_data.units import Unit

# Category, class, sub-class, watts in use, watts at rest, hours a week in use, hours a week at rest.
_KINDS: tuple[tuple[str, str, str, int, int, int, int], ...] = (
    ("scientific", "Freezer", "-80 °C", 620, 0, 168, 0),
    ("scientific", "Freezer", "-20 °C", 180, 0, 168, 0),
    ("scientific", "Fume hood", "", 940, 260, 40, 128),
    ("scientific", "Centrifuge", "benchtop", 450, 15, 10, 100),
    ("scientific", "Centrifuge", "ultra", 2_400, 60, 12, 156),
    ("scientific", "Incubator", "CO₂", 310, 0, 168, 0),
    ("scientific", "Autoclave", "", 5_200, 120, 8, 60),
    ("scientific", "Laser", "pulsed", 1_900, 240, 25, 60),
    ("scientific", "Microscope", "confocal", 850, 90, 30, 40),
    ("scientific", "Microscope", "electron", 6_800, 3_100, 45, 123),
    ("scientific", "Mass spectrometer", "", 2_900, 1_450, 60, 108),
    ("scientific", "Vacuum pump", "", 540, 0, 80, 0),
    ("scientific", "Four à haute température", "", 7_400, 150, 14, 50),
    ("scientific", "Banc d’essai mécanique", "", 3_600, 210, 16, 30),
    ("it", "Workstation", "with accelerator", 520, 45, 50, 118),
    ("it", "Workstation", "standard", 180, 9, 42, 126),
    ("it", "Laptop", "", 32, 2, 40, 128),
    ("it", "Screen", "27 inch", 34, 1, 40, 128),
    ("it", "Server", "rack", 480, 0, 168, 0),
    ("it", "Storage", "rack", 610, 0, 168, 0),
    ("it", "Network switch", "", 95, 0, 168, 0),
    ("it", "Imprimante", "laser", 420, 11, 3, 165),
    ("other", "Coffee machine", "", 1_150, 8, 6, 100),
    ("other", "Réfrigérateur", "cuisine", 75, 0, 168, 0),
    ("other", "Lave-vaisselle", "", 1_300, 1, 5, 163),
    ("other", "Vidéoprojecteur", "", 290, 3, 12, 156),
    ("other", "Air conditioner", "mobile", 1_050, 2, 20, 60),
)


def sheets(units: list[Unit]) -> list[Sheet]:
    """The common factor file and the common data file."""
    dice = Dice("equipment")
    groups = [unit.number for unit in units if unit.level == 4]
    factors = [
        [category, kind, sub, str(active), str(standby), str(used), str(resting), "0.125"]
        for category, kind, sub, active, standby, used, resting in _KINDS
    ]
    rows: list[list[str]] = []
    for group in dice.sample(groups, 220):
        for _ in range(dice.pick((1, 2, 3))):
            _, kind, sub, _, _, used, resting = dice.pick(_KINDS)
            hours = ["", ""] if dice.chance(0.5) else [str(dice.whole(0, used)), str(dice.whole(0, resting))]
            name = f"{kind} {dice.whole(1, 9)}"
            rows.append([group, f"INV-{len(rows) + 1:05d}", name, kind, sub, *hours, ""])
    hours_a_week = ("active_usage_hours_per_week", "standby_usage_hours_per_week")
    factor_columns = (
        "equipment_category", "equipment_class", "sub_class", "active_power_w", "standby_power_w", *hours_a_week,
        "ef_kg_co2eq_per_kwh",
    )  # fmt: skip
    data_columns = (
        "unit_institutional_id", "equipment_id", "name", "equipment_class", "sub_class", *hours_a_week, "note",
    )  # fmt: skip
    return [
        Sheet("equipment_common_factors.csv", "factor", 4, None, factor_columns, factors),
        Sheet("equipment_common_data.csv", "data", 4, None, data_columns, rows),
    ]
