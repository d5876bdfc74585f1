"""Sample files of three smaller modules: process emissions, clouds and AI, and research facilities.

Never ranks real providers: every provider and facility here is invented.
"""

from __future__ import annotations

from sample_data.dice import Dice
from sample_data.sheet import Sheet
from sample_data.units import Unit

# Category, subcategory, kg CO₂-eq per kg, smallest and largest kg of one group.
_GASES = (
    ("co2", "industrial", 1, 10, 3_000),
    ("co2", "dry ice", 1, 5, 900),
    ("ch4", "", 28, 1, 60),
    ("n2o", "", 265, 1, 40),
    ("refrigerants", "R134a", 1_430, 1, 6),
    ("refrigerants", "R404A", 3_922, 1, 4),
    ("refrigerants", "R410A", 2_088, 1, 5),
    ("refrigerants", "R744", 1, 1, 30),
    ("refrigerants", "SF6", 23_500, 1, 2),
)
_SERVICES = {"virtualisation": 0.092, "compute": 0.124, "storage": 0.067}
_CLOUDS = ("Orsimel Nuage", "Kermdal Cloud", "Belzquin Compute", "Sévreton Hosting")
_CURRENCIES = {"chf": 1.0, "eur": 0.96, "usd": 0.88}
_USES = {"text generation": 0.0021, "image generation": 0.0078, "code assistance": 0.0034, "transcription": 0.0012}
_MODELS = ("Oraclette", "Lexiphone", "Parlavent")
_REQUESTS = ("1_5", "5_20", "20_100", "gt_100")
# Id, name, unit of use, kg CO₂-eq per unit of use.
_FACILITIES = (
    ("RF-01", "Centre de microscopie électronique", "hours", 4.2),
    ("RF-02", "Clean room", "hours", 11.8),
    ("RF-03", "Plateforme de génomique", "samples", 0.9),
    ("RF-04", "Proteomics facility", "samples", 1.3),
    ("RF-05", "High performance computing", "core hours", 0.0041),
    ("RF-06", "Atelier mécanique central", "hours", 2.1),
    ("RF-07", "Magnetic resonance facility", "hours", 8.7),
    ("RF-08", "Halle d’essais de structures", "days", 37.5),
)
_ANIMALS = (("AF-01", "Animalerie du Lac"), ("AF-02", "Animalerie du Parc"))
_SPECIES = {"mice": "cages", "fish": "tanks"}
_ORIGINS = (
    "processemissions",
    "building_energycombustions",
    "building_rooms",
    "purchases_common",
    "purchases_additional",
    "equipments",
)


def process_sheets(units: list[Unit]) -> list[Sheet]:
    """Factors and data of process emissions."""
    dice = Dice("process emissions")
    groups = [unit.number for unit in units if unit.level == 4]
    factors = [[category, sub, "kg", str(ef)] for category, sub, ef, _, _ in _GASES]
    rows = []
    for group in dice.sample(groups, 90):
        category, sub, _, low, high = dice.pick(_GASES)
        rows.append([group, category, sub, dice.between(low, high, 1), ""])
    factor_columns = ("category", "subcategory", "unit", "ef_kg_co2eq_per_unit")
    data_columns = ("unit_institutional_id", "category", "subcategory", "quantity", "note")
    return [
        Sheet("processemissions_factors.csv", "factor", 8, 50, factor_columns, factors),
        Sheet("processemissions_data.csv", "data", 8, 50, data_columns, rows),
    ]


def cloud_sheets(units: list[Unit]) -> list[Sheet]:
    """Factors and data of external clouds and of AI services."""
    dice = Dice("clouds and AI")
    groups = [unit.number for unit in units if unit.level == 4]
    clouds = [
        [service, provider, currency, f"{ef * weight:.4f}"]
        for service, ef in _SERVICES.items()
        for provider in _CLOUDS
        for currency, weight in _CURRENCIES.items()
    ]
    spent = []
    for group in dice.sample(groups, 120):
        service, provider, currency, _ = dice.pick(clouds)
        spent.append([group, service, provider, dice.between(60, 9_500), currency, ""])
    models = [[provider, use, f"{ef:.4f}"] for provider in _MODELS for use, ef in _USES.items()]
    asked = []
    for group in dice.sample(groups, 140):
        provider, use, _ = dice.pick(models)
        asked.append([group, provider, use, dice.pick(_REQUESTS), dice.between(0.5, 12, 1), ""])
    cloud_columns = ("service_type", "provider", "currency", "ef_kg_co2eq_per_currency")
    cloud_data = ("unit_institutional_id", "service_type", "provider", "spent_amount", "currency", "note")
    model_columns = ("provider", "usage_type", "ef_kg_co2eq_per_request")
    model_data = (
        "unit_institutional_id", "provider", "usage_type", "requests_per_user_per_day", "fte_count", "note",
    )  # fmt: skip
    return [
        Sheet("external_clouds_factors.csv", "factor", 7, 40, cloud_columns, clouds),
        Sheet("external_ai_factors.csv", "factor", 7, 41, model_columns, models),
        Sheet("external_clouds_data.csv", "data", 7, 40, cloud_data, spent),
        Sheet("external_ai_data.csv", "data", 7, 41, model_data, asked),
    ]


def facility_sheets(units: list[Unit]) -> list[Sheet]:
    """Factors and data of research facilities and animal facilities; a facility's total is what its users add up to."""
    dice = Dice("research facilities")
    groups = [unit.number for unit in units if unit.level == 4]
    totals = dict.fromkeys((facility[0] for facility in _FACILITIES), 0)
    used = []
    for group in dice.sample(groups, 160):
        number, name, unit, _ = dice.pick(_FACILITIES)
        amount = dice.whole(1, 40) if unit == "days" else dice.whole(2, 90_000 if unit == "core hours" else 700)
        totals[number] += amount
        used.append([group, number, name, unit, str(amount), ""])
    factors = [
        [number, name, str(totals[number]), unit, f"{totals[number] * ef:.1f}"]
        for number, name, unit, ef in _FACILITIES
    ]
    animal_totals = {(number, kind): 0 for number, _ in _ANIMALS for kind in _SPECIES}
    housed = []
    for group in dice.sample(groups, 48):
        (number, name), kind = dice.pick(_ANIMALS), dice.pick(tuple(_SPECIES))
        amount = dice.whole(3, 260)
        animal_totals[number, kind] += amount
        housed.append([group, number, name, kind, _SPECIES[kind], str(amount), ""])
    animals = []
    for number, name in _ANIMALS:
        # In hundredths, so that the two species of a facility share each origin exactly.
        mice = [dice.whole(55, 90) for _ in _ORIGINS]
        sums = [dice.between(400, 26_000, 1) for _ in _ORIGINS]
        for kind, unit in _SPECIES.items():
            shares = [f"{(part if kind == 'mice' else 100 - part) / 100:.2f}" for part in mice]
            animals.append([number, name, kind, unit, str(animal_totals[number, kind]), *shares, *sums])
    factor_columns = ("researchfacility_id", "researchfacility_name", "total_use", "use_unit", "kg_co2eq_sum")
    data_columns = (
        "unit_institutional_id", "researchfacility_id", "researchfacility_name", "use_unit", "use", "note",
    )  # fmt: skip
    animal_columns = (
        "researchfacility_id",
        "researchfacility_name",
        "researchfacility_type",
        "use_unit",
        "total_use",
        *(f"{origin}_share" for origin in _ORIGINS),
        *(f"kg_co2eq_sum_{origin}" for origin in _ORIGINS),
    )
    animal_data = (*data_columns[:3], "researchfacility_type", *data_columns[3:])
    return [
        Sheet("researchfacilities_common_factors.csv", "factor", 6, 70, factor_columns, factors),
        Sheet("researchfacilities_animals_factors.csv", "factor", 6, 71, animal_columns, animals),
        Sheet("researchfacilities_common_data.csv", "data", 6, 70, data_columns, used),
        Sheet("researchfacilities_animals_data.csv", "data", 6, 71, animal_data, housed),
    ]
