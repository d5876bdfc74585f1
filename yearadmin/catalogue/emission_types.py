"""Which kind of emission a factor is about: a number per kind, and how a factor's classification leads to it.

Knows nothing of files or quantities. The numbers are ours: type × 100 + position, and never change once given.
"""

from __future__ import annotations

from yearadmin.contract.enums import DataEntryType

_RECYCLING = (
    "aluminum",
    "cardboard",
    "electronics",
    "ferrous_metals",
    "glass",
    "inert_waste",
    "non_ferrous_metals",
    "paper",
    "pet",
    "plastics",
    "textile",
    "toner_and_ink_cartridges",
    "wood",
)
HEADCOUNT_PATHS: tuple[str, ...] = (
    "food__vegetarian",
    "food__non_vegetarian",
    "waste__incineration",
    "waste__composting",
    "waste__biogas__cooking_vegetable_oil",
    "waste__biogas__organic_waste_food_leftovers",
    *(f"waste__recycling__{material}" for material in _RECYCLING),
    "commuting__car",
    "commuting__cycling",
    "commuting__powered_two_wheeler",
    "commuting__public_transport",
    "commuting__walking",
)
"""Every emission type of headcount factors as ``category__class[__subclass]`` (contract section 10.4)."""

_HEADCOUNT = {path: number for number, path in enumerate(HEADCOUNT_PATHS, start=1)}
_CLOUDS = {"virtualisation": 1, "compute": 2, "storage": 3}
_PROCESSES = {"ch4": 1, "co2": 2, "n2o": 3, "refrigerants": 4, "refrigerant": 4}


def emission_type(det: int, classification: dict[str, str | None]) -> int | str:
    """The number of the emission type a factor resolves to, or a sentence saying why there is not exactly one."""
    number = 1
    if det in (DataEntryType.MEMBER, DataEntryType.STUDENT):
        parts = [classification.get(f"headcount_{part}") for part in ("category", "class", "subclass")]
        path = "__".join(part for part in parts if part)
        found = _HEADCOUNT.get(path)
        if found is None:
            several = [known for known in HEADCOUNT_PATHS if known.startswith(path + "__")]
            why = "names several kinds of emission; give headcount_subclass" if several else "is no kind of emission"
            return f"headcount_category: “{path}” {why}"
        number = found
    elif det == DataEntryType.EXTERNAL_CLOUDS:
        number = _CLOUDS[classification["service_type"] or ""]
    elif det == DataEntryType.PROCESS_EMISSIONS:
        number = _PROCESSES[classification["category"] or ""]
    return det * 100 + number
