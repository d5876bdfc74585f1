"""The columns of factor CSV files, per data entry type (contract section 10.4).

Facts only. Emission types a factor must resolve to are in ``emission_types``.
"""

from __future__ import annotations

from yearadmin.catalogue.columns import (
    ACTIVE_HOURS,
    HOURS_IN_A_WEEK,
    PLANE_CABINS,
    ROOM_TYPES,
    STANDBY_HOURS,
    WEEK_LIMIT,
    CellKind,
    Column,
    TableSpec,
    choice,
    integer,
    number,
    optional,
    text,
)
from yearadmin.contract.enums import DataEntryType, ModuleType

__all__ = ["ANIMAL_SHARES", "FACTOR_TABLES", "category_column", "checks_header", "factor_table"]

_T = DataEntryType


def _key(name: str, *, required: bool = True) -> Column:
    return text(name, required=required, identity=True)


_HEADCOUNT = TableSpec(
    (
        _key("headcount_category"),
        _key("headcount_class"),
        _key("headcount_subclass", required=False),
        _key("unit"),
        number("number_of_unit_per_fte"),
        number("ef_kg_co2eq_per_unit"),
    )
)
_EQUIPMENT = TableSpec(
    (
        _key("equipment_class"),
        _key("sub_class", required=False),
        number("active_power_w"),
        number("standby_power_w"),
        integer(ACTIVE_HOURS, 0, HOURS_IN_A_WEEK),
        integer(STANDBY_HOURS, 0, HOURS_IN_A_WEEK),
        number("ef_kg_co2eq_per_kwh", None),
    ),
    (WEEK_LIMIT,),
)
_PURCHASES = TableSpec(
    (
        _key("purchase_institutional_code"),
        _key("purchase_additional_code", required=False),
        _key("currency"),
        number("ef_kg_co2eq_per_currency"),
        *optional("translation_key"),
    )
)
ANIMAL_SHARES: tuple[tuple[str, str], ...] = tuple(
    (f"{part}_share", f"kg_co2eq_sum_{part}")
    for part in (
        "processemissions",
        "building_energycombustions",
        "building_rooms",
        "purchases_common",
        "purchases_additional",
        "equipments",
    )
)
"""For an animal facility: which share (0 to 1) of which sum (kg CO₂-eq) is its own."""

FACTOR_TABLES: dict[int, TableSpec] = {
    _T.MEMBER: _HEADCOUNT,
    _T.STUDENT: _HEADCOUNT,
    _T.SCIENTIFIC: _EQUIPMENT,
    _T.IT: _EQUIPMENT,
    _T.OTHER: _EQUIPMENT,
    _T.PLANE: TableSpec(
        (
            _key("category"),
            choice("cabin_class", *PLANE_CABINS, identity=True),
            number("ef_kg_co2eq_per_km"),
            number("rfi_adjustment", None),
            number("min_distance", None),
            number("max_distance", None),
        )
    ),
    _T.TRAIN: TableSpec((Column("country_code", CellKind.COUNTRY, identity=True), number("ef_kg_co2eq_per_km"))),
    _T.BUILDING: TableSpec(
        (
            _key("building_name"),
            choice("room_type", *ROOM_TYPES, identity=True),
            number("heating_kwh_per_square_meter"),
            number("cooling_kwh_per_square_meter"),
            number("ventilation_kwh_per_square_meter"),
            number("lighting_kwh_per_square_meter"),
            choice("energy_type", "electric", "thermal", "elec", "electricity", "therm"),
            number("ef_kg_co2eq_per_kwh"),
            number("conversion_factor", None, required=False, default=1.0),
        )
    ),
    _T.ENERGY_COMBUSTION: TableSpec((_key("name"), _key("unit"), number("ef_kg_co2eq_per_unit"))),
    _T.BUILDING_EMBODIED_ENERGY: TableSpec(
        (_key("building_name"), _key("category"), number("ef_kgco2eq_per_m2", None))
    ),
    _T.EXTERNAL_CLOUDS: TableSpec(
        (
            choice("service_type", "virtualisation", "compute", "storage", identity=True),
            _key("provider"),
            choice("currency", "chf", "eur", "usd", identity=True),
            number("ef_kg_co2eq_per_currency"),
        )
    ),
    _T.EXTERNAL_AI: TableSpec((_key("provider"), _key("usage_type"), number("ef_kg_co2eq_per_request"))),
    _T.PROCESS_EMISSIONS: TableSpec(
        (
            choice("category", "ch4", "co2", "n2o", "refrigerants", "refrigerant", identity=True),
            _key("subcategory", required=False),
            _key("unit"),
            number("ef_kg_co2eq_per_unit"),
        )
    ),
    **{kind: _PURCHASES for kind in _T if _T.SCIENTIFIC_EQUIPMENT <= kind <= _T.OTHER_PURCHASES},
    _T.ADDITIONAL_PURCHASES: TableSpec((_key("name"), number("ef_kg_co2eq_per_kg", None))),
    _T.RESEARCH_FACILITIES: TableSpec(
        (
            _key("researchfacility_id"),
            _key("researchfacility_name"),
            number("total_use"),
            text("use_unit"),
            number("kg_co2eq_sum", required=False),
        )
    ),
    _T.MICE_AND_FISH_ANIMAL_FACILITIES: TableSpec(
        (
            _key("researchfacility_id"),
            _key("researchfacility_name"),
            _key("researchfacility_type"),
            text("use_unit"),
            number("total_use"),
            *(number(share, 0, 1) for share, _ in ANIMAL_SHARES),
            *(number(total, required=False) for _, total in ANIMAL_SHARES),
        )
    ),
}


def factor_table(det: int) -> TableSpec:
    """The columns of a factor file of that type. Raises ``KeyError`` for a type this version does not know."""
    return FACTOR_TABLES[det]


def category_column(module: int) -> str:
    """The column of a common factor file that holds each row's type by name (section 10.4)."""
    return "equipment_category" if module == ModuleType.EQUIPMENT else "purchase_category"


def checks_header(module: int) -> bool:
    """Whether a common factor file must have certain columns: only where all types of the module have the same."""
    return module == ModuleType.EQUIPMENT
