"""Sample files of the headcount module: members of every group, and factors for food, waste and commuting.

Never holds measured figures; the factors are only of a believable size.
"""

from __future__ import annotations

from sample_data.dice import Dice
from sample_data.people import People, Person
from sample_data.sheet import Sheet
from sample_data.units import Unit, is_service

FACTOR_COLUMNS = (
    "headcount_category",
    "headcount_class",
    "headcount_subclass",
    "unit",
    "number_of_unit_per_fte",
    "ef_kg_co2eq_per_unit",
)
# Category, class, subclass, unit, units per full-time member, kg CO₂-eq per unit.
_FACTORS: tuple[tuple[str, str, str, str, float, float], ...] = (
    ("food", "vegetarian", "", "meal", 62.0, 0.61),
    ("food", "non_vegetarian", "", "meal", 88.0, 2.35),
    ("waste", "incineration", "", "kg", 38.5, 0.5084),
    ("waste", "composting", "", "kg", 4.2, 0.0567),
    ("waste", "biogas", "cooking_vegetable_oil", "kg", 0.35, 0.0214),
    ("waste", "biogas", "organic_waste_food_leftovers", "kg", 9.8, 0.0391),
    ("waste", "recycling", "aluminum", "kg", 0.42, 0.0213),
    ("waste", "recycling", "cardboard", "kg", 11.6, 0.0213),
    ("waste", "recycling", "electronics", "kg", 3.1, 0.1426),
    ("waste", "recycling", "ferrous_metals", "kg", 5.4, 0.0213),
    ("waste", "recycling", "glass", "kg", 3.9, 0.0213),
    ("waste", "recycling", "inert_waste", "kg", 14.7, 0.0101),
    ("waste", "recycling", "non_ferrous_metals", "kg", 1.3, 0.0213),
    ("waste", "recycling", "paper", "kg", 12.9, 0.0213),
    ("waste", "recycling", "pet", "kg", 2.2, 0.0308),
    ("waste", "recycling", "plastics", "kg", 1.7, 0.0308),
    ("waste", "recycling", "textile", "kg", 0.25, 0.0213),
    ("waste", "recycling", "toner_and_ink_cartridges", "kg", 0.18, 0.0752),
    ("waste", "recycling", "wood", "kg", 6.3, 0.0189),
    ("commuting", "car", "", "km", 1610.0, 0.1862),
    ("commuting", "powered_two_wheeler", "", "km", 145.0, 0.1284),
    ("commuting", "public_transport", "", "km", 3120.0, 0.0237),
    ("commuting", "cycling", "", "km", 640.0, 0.0056),
    ("commuting", "walking", "", "km", 210.0, 0.0),
)
_STUDENT_SHARE = {"food": 0.85, "waste": 0.55, "commuting": 0.7}
_STAFF_CODES = ("52", "53", "53", "53", "53", "54", "54", "57", "58", "58", "59")
_SERVICE_CODES = ("56", "57", "57", "58", "58", "59")
_FTE = ("1", "1", "1", "1", "0.9", "0.8", "0.8", "0.7", "0.6", "0.5", "0.4", "0.25")
_NOTES = ("", "", "", "", "", "", "", "", "", "arrivée en février", "congé parental", "shared with another group")


def staff(units: list[Unit]) -> dict[str, list[Person]]:
    """The members of every group by unit id, its principal first; about 3,000 in all."""
    dice, people = Dice("staff"), People(Dice("staff names"), first_number=240_000)
    found: dict[str, list[Person]] = {}
    for unit in units:
        if unit.level == 4:
            head = [unit.principal] if unit.principal else []
            found[unit.number] = head + [people.someone() for _ in range(dice.pick((0, 1, 1, 2, 2, 3)) + (not head))]
    return found


def _factor_rows(student: bool) -> list[list[str]]:
    return [
        [category, kind, subclass, unit, f"{per_fte * (_STUDENT_SHARE[category] if student else 1):.2f}", f"{ef:.4f}"]
        for category, kind, subclass, unit, per_fte, ef in _FACTORS
    ]


def sheets(units: list[Unit], members: dict[str, list[Person]]) -> list[Sheet]:
    """Factors for members and students, and the members themselves."""
    dice = Dice("headcount")
    rows: list[list[str]] = []
    for unit in units:
        for person in members.get(unit.number, []):
            leads = unit.principal is not None and person.number == unit.principal.number
            codes = _SERVICE_CODES if is_service(unit) else _STAFF_CODES
            code = "51" if leads and not is_service(unit) else dice.pick(codes)
            fte = "1" if leads else dice.pick(_FTE)
            rows.append([unit.number, person.listed, code, person.number, fte, dice.pick(_NOTES)])
    data_columns = ("unit_institutional_id", "name", "sius_code", "user_institutional_id", "fte", "note")
    return [
        Sheet("headcount_members_factors.csv", "factor", 1, 1, FACTOR_COLUMNS, _factor_rows(student=False)),
        Sheet("headcount_students_factors.csv", "factor", 1, 2, FACTOR_COLUMNS, _factor_rows(student=True)),
        Sheet("headcount_members_data.csv", "data", 1, 1, data_columns, rows),
    ]
