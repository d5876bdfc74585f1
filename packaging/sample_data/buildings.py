"""Sample files of the buildings module: an invented campus with its rooms, heating fuels and construction works.

Never names a real building.
"""

from __future__ import annotations

from sample_data.dice import Dice
from sample_data.sheet import Sheet
from sample_data.units import Unit

ROOM_TYPES = ("office", "miscellaneous", "laboratories", "archives", "libraries", "auditoriums")
# Building, site, heating energy, what share of its rooms are laboratories.
BUILDINGS: tuple[tuple[str, str, str, float], ...] = (
    ("Aubépine", "Campus du Lac", "thermal", 0.45),
    ("Bouleau", "Campus du Lac", "thermal", 0.40),
    ("Châtaignier", "Campus du Lac", "thermal", 0.35),
    ("Douglas", "Campus du Lac", "thermal", 0.50),
    ("Érable", "Campus du Lac", "thermal", 0.25),
    ("Frêne", "Campus du Lac", "thermal", 0.10),
    ("Genévrier", "Campus du Lac", "electric", 0.30),
    ("Hêtre", "Campus du Lac", "electric", 0.05),
    ("If", "Campus du Lac", "thermal", 0.20),
    ("Jasmin", "Campus du Lac", "electric", 0.15),
    ("Kaki", "Parc des Sciences", "electric", 0.60),
    ("Laurier", "Parc des Sciences", "electric", 0.55),
    ("Mélèze", "Parc des Sciences", "thermal", 0.45),
    ("Noisetier", "Parc des Sciences", "thermal", 0.30),
    ("Olivier", "Parc des Sciences", "electric", 0.10),
    ("Peuplier", "Site de la Rive", "thermal", 0.20),
    ("Rosier", "Site de la Rive", "thermal", 0.00),
    ("Saule", "Site de la Rive", "thermal", 0.35),
    ("Tilleul", "Antenne alpine", "thermal", 0.25),
    ("Viorne", "Antenne alpine", "electric", 0.05),
)
# Fuel, unit, kg CO₂-eq per unit, smallest and largest yearly amount of one group.
_FUELS = (
    ("Natural gas", "kWh", 0.2032, 500, 42_000),
    ("Mazout léger", "l", 2.6631, 100, 3_500),
    ("Propane", "kg", 2.9964, 5, 420),
    ("Bûches et plaquettes", "kg", 0.0396, 200, 5_000),
    ("Pellets", "kg", 0.0523, 200, 6_000),
    ("Biogaz", "kWh", 0.0247, 400, 12_000),
    ("Diesel (generators)", "l", 2.6859, 20, 600),
)
# Kind of work, smallest and largest kg CO₂-eq per m² and year.
_WORKS = (
    ("construction neuve", 7.5, 11.5),
    ("rénovation lourde", 2.5, 5.0),
    ("rénovation légère", 0.4, 1.6),
    ("démolition", 0.2, 0.9),
)
# kWh per m² and year for heating, cooling, ventilation and lighting: from, to.
_NEEDS = {
    "office": ((42, 78), (4, 14), (6, 14), (11, 19)),
    "miscellaneous": ((30, 62), (1, 6), (4, 9), (5, 11)),
    "laboratories": ((88, 165), (28, 70), (45, 110), (19, 32)),
    "archives": ((28, 50), (3, 12), (6, 15), (3, 8)),
    "libraries": ((45, 80), (6, 18), (10, 22), (16, 27)),
    "auditoriums": ((48, 90), (8, 24), (18, 40), (14, 25)),
}
_SURFACE = {
    "office": (12, 38),
    "miscellaneous": (4, 60),
    "laboratories": (24, 140),
    "archives": (15, 90),
    "libraries": (60, 420),
    "auditoriums": (80, 380),
}

Room = tuple[str, str, str, str]
"""Site, building, room, room type."""


def _rooms(dice: Dice) -> tuple[list[Room], list[list[str]]]:
    rooms: list[Room] = []
    rows: list[list[str]] = []
    for building, site, _, laboratories in BUILDINGS:
        for floor in range(dice.whole(2, 4)):
            for door in range(dice.whole(10, 16)):
                name = f"{building[0]}{floor}.{(door + 1) * 2:03d}"
                if dice.chance(laboratories):
                    kind = "laboratories"
                else:
                    kind = dice.pick(("office", "office", "office", "miscellaneous", *ROOM_TYPES))
                # Some surfaces are unknown, as in real lists.
                surface = "-" if dice.chance(0.01) else dice.between(*_SURFACE[kind], digits=1)
                rooms.append((site, building, name, kind))
                rows.append([site, building, name, kind, surface])
    return rooms, rows


def _factor_rows(dice: Dice) -> list[list[str]]:
    rows = []
    for building, _, energy, _ in BUILDINGS:
        per_kwh = "0.1250" if energy == "electric" else dice.between(0.02, 0.19, 4)
        conversion = "0.34" if energy == "electric" else "1"
        for kind in ROOM_TYPES:
            needs = [dice.between(low, high, 1) for low, high in _NEEDS[kind]]
            rows.append([building, kind, *needs, energy, per_kwh, conversion])
    return rows


def sheets(units: list[Unit]) -> list[Sheet]:
    """Factors, the room list and data of rooms and fuels, and the factors of construction works."""
    dice = Dice("buildings")
    rooms, room_rows = _rooms(dice)
    factor_rows = _factor_rows(dice)
    groups = [unit.number for unit in units if unit.level == 4]
    allocations: list[list[str]] = []
    for _, building, name, kind in rooms:
        if dice.chance(0.3):
            continue
        if dice.chance(0.15):
            first, second = dice.sample(groups, 2)
            allocations.append([first, building, name, kind, "0.6", "partagé"])
            allocations.append([second, building, name, kind, "0.4", "partagé"])
        else:
            allocations.append([dice.pick(groups), building, name, kind, "1", ""])
    burnt = []
    for group in dice.sample(groups, 60):
        fuel, unit, _, low, high = dice.pick(_FUELS)
        burnt.append([group, fuel, unit, dice.between(low, high, 0), ""])
    works = [
        [building, work, dice.between(low, high, 3)] for building, _, _, _ in BUILDINGS for work, low, high in _WORKS
    ]
    needs = tuple(f"{use}_kwh_per_square_meter" for use in ("heating", "cooling", "ventilation", "lighting"))
    room_factors = (
        "building_name", "room_type", *needs, "energy_type", "ef_kg_co2eq_per_kwh", "conversion_factor",
    )  # fmt: skip
    room_columns = ("building_location", "building_name", "room_name", "room_type", "room_surface_square_meter")
    room_data = ("unit_institutional_id", "building_name", "room_name", "room_type", "room_allocation_ratio", "note")
    fuel_columns = ("name", "unit", "ef_kg_co2eq_per_unit")
    fuel_factors = [[name, unit, f"{ef:.4f}"] for name, unit, ef, _, _ in _FUELS]
    fuel_data = ("unit_institutional_id", "name", "unit", "quantity", "note")
    work_columns = ("building_name", "category", "ef_kgco2eq_per_m2")
    return [
        Sheet("building_rooms_factors.csv", "factor", 3, 30, room_factors, factor_rows),
        Sheet("building_combustion_factors.csv", "factor", 3, 31, fuel_columns, fuel_factors),
        Sheet("building_works_factors.csv", "factor", 3, 32, work_columns, works),
        Sheet("building_rooms_references.csv", "reference", 3, 30, room_columns, room_rows),
        Sheet("building_rooms_data.csv", "data", 3, 30, room_data, allocations),
        Sheet("building_combustion_data.csv", "data", 3, 31, fuel_data, burnt),
    ]
