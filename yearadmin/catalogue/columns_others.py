"""The columns of reference files and reduction objective files (contract sections 10.5 and 10.6).

Facts only.
"""

from __future__ import annotations

from yearadmin.catalogue.columns import CellKind, Column, TableSpec, integer, number, optional, text
from yearadmin.contract.enums import DataEntryType, ReductionObjectiveType

_LOCATIONS = TableSpec(
    (
        text("transport_mode"),
        text("name"),
        number("latitude", -90, 90),
        number("longitude", -180, 180),
        *optional("airport_size", "continent", "country_code", "municipality", "iata_code", "keywords"),
    )
)

REFERENCE_TABLES: dict[int, TableSpec] = {
    DataEntryType.PLANE: _LOCATIONS,
    DataEntryType.TRAIN: _LOCATIONS,
    DataEntryType.BUILDING: TableSpec(
        (
            text("building_location"),
            text("building_name"),
            text("room_name"),
            *optional("room_type"),
            Column("room_surface_square_meter", CellKind.NUMBER_OR_NOTHING, required=False),
        )
    ),
}

REDUCTION_TABLES: dict[int, TableSpec] = {
    ReductionObjectiveType.INSTITUTIONAL_FOOTPRINT: TableSpec((integer("year"), text("category"), number("co2"))),
    ReductionObjectiveType.POPULATION_PROJECTIONS: TableSpec((integer("year"), integer("pop", 0))),
    ReductionObjectiveType.UNIT_SCENARIOS: TableSpec(
        (text("scenario"), integer("year"), number("reduction_percentage", 0, 1))
    ),
}


def transport_mode(det: int) -> str | None:
    """The ``transport_mode`` whose rows a reference file of that type keeps; None for types that have none."""
    return {int(DataEntryType.PLANE): "plane", int(DataEntryType.TRAIN): "train"}.get(det)
