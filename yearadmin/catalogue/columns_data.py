"""The columns of data CSV files, per data entry type (contract section 10.2).

Facts only; which rows a year already has and which units exist is for whoever reads the file to know.
"""

from __future__ import annotations

from yearadmin.catalogue.columns import (
    ACTIVE_HOURS,
    HOURS_IN_A_WEEK,
    PERSON_COLUMN,
    PLANE_CABINS,
    ROOM_TYPES,
    STANDBY_HOURS,
    UNIT_COLUMN,
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

__all__ = ["ALLOWED_WITHOUT_FACTORS", "DATA_TABLES", "data_table", "types_told_by_factors"]

_T = DataEntryType
_NOTE = optional("note")
# Wins over the calculated emission; text that is no number is ignored without a word (section 10.2).
_OVERRIDE = Column("kg_co2eq", CellKind.NUMBER_OR_NOTHING, required=False)

_EQUIPMENT = TableSpec(
    (
        text("equipment_id"),
        text("name"),
        text("equipment_class"),
        *optional("sub_class"),
        integer(ACTIVE_HOURS, 0, HOURS_IN_A_WEEK, required=False),
        integer(STANDBY_HOURS, 0, HOURS_IN_A_WEEK, required=False),
        *_NOTE,
        _OVERRIDE,
    ),
    (WEEK_LIMIT,),
)
_PURCHASES = TableSpec(
    (
        text("name"),
        *optional("supplier"),
        number("quantity", required=False),
        number("total_spent_amount"),
        choice(
            "currency", "aud", "cad", "chf", "cny", "eur", "gbp", "jpy", "sek", "usd", required=False, default="chf"
        ),
        text("purchase_institutional_code"),
        *optional("purchase_institutional_description", "purchase_additional_code"),
        *_NOTE,
        _OVERRIDE,
    )
)
_TRIP = (
    Column("departure_date", CellKind.DATE, required=False),
    integer("number_of_trips", 1, required=False, default=1),
    *_NOTE,
    _OVERRIDE,
)

DATA_TABLES: dict[int, TableSpec] = {
    _T.MEMBER: TableSpec(
        (
            text("name"),
            choice("sius_code", "51", "52", "53", "54", "56", "57", "58", "59"),
            text(PERSON_COLUMN),
            number("fte", 0, 1),
            *_NOTE,
            _OVERRIDE,
        )
    ),
    _T.STUDENT: TableSpec((number("fte"), _OVERRIDE)),
    _T.SCIENTIFIC: _EQUIPMENT,
    _T.IT: _EQUIPMENT,
    _T.OTHER: _EQUIPMENT,
    _T.PLANE: TableSpec(
        (
            text(PERSON_COLUMN),
            text("origin_iata"),
            text("destination_iata"),
            choice("cabin_class", *PLANE_CABINS, fold_case=True),
            *_TRIP,
        )
    ),
    _T.TRAIN: TableSpec(
        (
            text(PERSON_COLUMN),
            text("origin_name"),
            text("origin_country_code"),
            text("destination_name"),
            text("destination_country_code"),
            choice("cabin_class", "first", "second"),
            *optional("origin_natural_key", "destination_natural_key"),
            *_TRIP,
        )
    ),
    _T.BUILDING: TableSpec(
        (
            text("building_name"),
            text("room_name"),
            choice("room_type", *ROOM_TYPES),
            number("room_allocation_ratio", 0, 1, required=False),
            *_NOTE,
            _OVERRIDE,
        )
    ),
    _T.ENERGY_COMBUSTION: TableSpec((text("name"), number("quantity"), *_NOTE, _OVERRIDE)),
    _T.BUILDING_EMBODIED_ENERGY: TableSpec((text("building_name"), _OVERRIDE)),
    _T.EXTERNAL_CLOUDS: TableSpec(
        (
            text("service_type"),
            text("provider"),
            number("spent_amount"),
            choice("currency", "chf", "eur", "usd", required=False, default="eur"),
            *_NOTE,
            _OVERRIDE,
        )
    ),
    _T.EXTERNAL_AI: TableSpec(
        (
            text("provider"),
            text("usage_type"),
            choice("requests_per_user_per_day", "1_5", "5_20", "20_100", "gt_100"),
            number("fte_count", 0.1),
            *_NOTE,
            _OVERRIDE,
        )
    ),
    _T.PROCESS_EMISSIONS: TableSpec(
        (text("category"), *optional("subcategory"), number("quantity"), *_NOTE, _OVERRIDE)
    ),
    **{kind: _PURCHASES for kind in _T if _T.SCIENTIFIC_EQUIPMENT <= kind <= _T.OTHER_PURCHASES},
    _T.ADDITIONAL_PURCHASES: TableSpec(
        (text("name"), text("unit"), number("annual_consumption"), number("coef_to_kg"), *_NOTE, _OVERRIDE)
    ),
    _T.RESEARCH_FACILITIES: TableSpec(
        (
            text("researchfacility_id"),
            text("researchfacility_name"),
            text("use_unit"),
            number("use"),
            *_NOTE,
            _OVERRIDE,
        )
    ),
    _T.MICE_AND_FISH_ANIMAL_FACILITIES: TableSpec(
        (
            text("researchfacility_id"),
            text("researchfacility_name"),
            text("researchfacility_type"),
            text("use_unit"),
            number("use", None),
            *_NOTE,
            _OVERRIDE,
        )
    ),
}

ALLOWED_WITHOUT_FACTORS = frozenset(
    {_T.MEMBER, _T.STUDENT, _T.PLANE, _T.TRAIN, _T.BUILDING, _T.BUILDING_EMBODIED_ENERGY}
)
"""Types whose data may be loaded before their factors (section 10.2)."""

_TOLD_BY_FACTORS: dict[int, tuple[DataEntryType, ...]] = {
    ModuleType.EQUIPMENT: (_T.SCIENTIFIC, _T.IT, _T.OTHER),
    ModuleType.PURCHASE: tuple(kind for kind in _T if _T.SCIENTIFIC_EQUIPMENT <= kind <= _T.OTHER_PURCHASES),
}


def types_told_by_factors(module: int) -> tuple[DataEntryType, ...]:
    """The types a common data file of that module may hold, told apart by the year's factors; empty for others."""
    return _TOLD_BY_FACTORS.get(module, ())


def data_table(det: int, *, per_year: bool) -> TableSpec:
    """The columns of a data file of that type; ``per_year`` ones also say whose each row is.

    Raises ``KeyError`` for a type this version does not know.
    """
    table = DATA_TABLES[det]
    return table.with_column(text(UNIT_COLUMN)) if per_year else table
