"""Sample files of the purchases module: common factors and data for seven kinds of purchase, and the centralised ones.

Never names a supplier that exists.
"""

from __future__ import annotations

from sample_data.dice import Dice
from sample_data.sheet import Sheet
from sample_data.units import Unit

# Category (as the server names it), code prefix, kg CO₂-eq per franc from and to, what is bought.
_KINDS: tuple[tuple[str, str, float, float, tuple[str, ...]], ...] = (
    ("scientific_equipment", "A1", 0.18, 0.46, (
        "Optical instruments", "Measuring instruments", "Appareils de laboratoire", "Cryogenic equipment",
        "Machines-outils", "Medical imaging", "Sensors and probes",
    )),
    ("it_equipment", "B2", 0.21, 0.52, (
        "Laptops", "Workstations", "Servers", "Écrans", "Network hardware", "Storage media", "Téléphonie",
    )),
    ("consumable_accessories", "C3", 0.25, 0.78, (
        "Laboratory glassware", "Plastic consumables", "Gants et protections", "Fournitures de bureau",
        "Electronic components", "Filters", "Câbles et connecteurs",
    )),
    ("biological_chemical_gaseous_product", "D4", 0.42, 1.60, (
        "Solvents", "Acids and bases", "Gaz techniques", "Helium", "Antibodies", "Cell culture media", "Enzymes",
    )),
    ("services", "E5", 0.05, 0.21, (
        "Consulting", "Translation", "Analyses externes", "Entretien d’appareils", "Publication fees",
        "Organisation de conférences", "Training",
    )),
    ("vehicles", "F6", 0.35, 0.71, (
        "Cars", "Utility vehicles", "Vélos électriques", "Boats and drones",
    )),
    ("other_purchases", "G7", 0.16, 0.58, (
        "Furniture", "Textiles", "Livres et revues", "Catering", "Matériel de construction", "Miscellaneous",
    )),
)  # fmt: skip
# Name, unit, kg per unit, kg CO₂-eq per kg, smallest and largest yearly amount of one group in that unit.
_CENTRAL = (
    ("Liquid nitrogen", "l", "0.808", 0.3120, 20, 4_000),
    ("Liquid helium", "l", "0.125", 4.1500, 5, 900),
    ("Glace carbonique", "kg", "1", 0.8620, 10, 1_200),
    ("Papier A4", "ream", "2.5", 0.9190, 2, 160),
    ("Argon", "m3", "1.784", 0.4870, 2, 320),
    ("Eau déminéralisée", "l", "1", 0.0011, 100, 20_000),
)
_SUPPLIERS = ("", "", "Orsimel SA", "Kermdal Supplies", "Maison Belzquin", "Ulmvel Instruments", "Atelier Sévreton")


def sheets(units: list[Unit]) -> list[Sheet]:
    """Common factors and data, then factors and data of centralised purchases."""
    dice = Dice("purchases")
    groups = [unit.number for unit in units if unit.level == 4]
    codes = [
        (category, f"{prefix}-{index * 10:03d}", what, dice.between(low, high, 4))
        for category, prefix, low, high, things in _KINDS
        for index, what in enumerate(things, start=1)
    ]
    factors = [[category, code, "chf", ef] for category, code, _, ef in codes]
    bought = []
    for group in dice.sample(groups, 200):
        for _ in range(dice.pick((1, 1, 2, 3))):
            _, code, what, _ = dice.pick(codes)
            costly = code.startswith(("A1", "F6"))
            spent = dice.between(900, 38_000) if costly else dice.between(80, 2_400)
            quantity = str(dice.whole(1, 2 if costly else 40)) if dice.chance(0.6) else ""
            bought.append([group, what, dice.pick(_SUPPLIERS), quantity, spent, "chf", code, what, ""])
    central = []
    for group in dice.sample(groups, 110):
        name, unit, to_kg, _, low, high = dice.pick(_CENTRAL)
        central.append([group, name, unit, str(dice.whole(low, high)), to_kg, ""])
    factor_columns = ("purchase_category", "purchase_institutional_code", "currency", "ef_kg_co2eq_per_currency")
    data_columns = (
        "unit_institutional_id",
        "name",
        "supplier",
        "quantity",
        "total_spent_amount",
        "currency",
        "purchase_institutional_code",
        "purchase_institutional_description",
        "note",
    )
    central_columns = ("unit_institutional_id", "name", "unit", "annual_consumption", "coef_to_kg", "note")
    central_factors = [[name, f"{ef:.4f}"] for name, _, _, ef, _, _ in _CENTRAL]
    return [
        Sheet("purchases_common_factors.csv", "factor", 5, None, factor_columns, factors),
        Sheet("purchases_additional_factors.csv", "factor", 5, 67, ("name", "ef_kg_co2eq_per_kg"), central_factors),
        Sheet("purchases_common_data.csv", "data", 5, None, data_columns, bought),
        Sheet("purchases_additional_data.csv", "data", 5, 67, central_columns, central),
    ]
