"""The names of modules, submodules, upload slots and roles, as operators know them.

Which of them exist is the catalogue's business; an id it does not know is still named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.enums import DataEntryType, ModuleType, ReductionObjectiveType, RoleName
from yearadmin.words.translate import translate

_M, _D, _R = ModuleType, DataEntryType, ReductionObjectiveType

_MODULES: Mapping[int, Callable[[], str]] = {
    _M.HEADCOUNT: lambda: translate("words.names", "Headcount"),
    _M.PROCESS_EMISSIONS: lambda: translate("words.names", "Process emissions"),
    _M.BUILDINGS: lambda: translate("words.names", "Buildings"),
    _M.EQUIPMENT: lambda: translate("words.names", "Equipment"),
    _M.EXTERNAL_CLOUD_AND_AI: lambda: translate("words.names", "External clouds & AI"),
    _M.PROFESSIONAL_TRAVEL: lambda: translate("words.names", "Professional travel"),
    _M.PURCHASE: lambda: translate("words.names", "Purchases"),
    _M.RESEARCH_FACILITIES: lambda: translate("words.names", "EPFL research facilities"),
}

_SUBMODULES: Mapping[int, Callable[[], str]] = {
    _D.MEMBER: lambda: translate("words.names", "Members"),
    _D.STUDENT: lambda: translate("words.names", "Students"),
    _D.SCIENTIFIC: lambda: translate("words.names", "Scientific equipment"),
    _D.IT: lambda: translate("words.names", "IT equipment"),
    _D.OTHER: lambda: translate("words.names", "Other equipment"),
    _D.PLANE: lambda: translate("words.names", "Plane"),
    _D.TRAIN: lambda: translate("words.names", "Train"),
    _D.BUILDING: lambda: translate("words.names", "Rooms"),
    _D.ENERGY_COMBUSTION: lambda: translate("words.names", "Energy combustion emissions"),
    _D.BUILDING_EMBODIED_ENERGY: lambda: translate("words.names", "Constructions and renovation"),
    _D.EXTERNAL_CLOUDS: lambda: translate("words.names", "External cloud services"),
    _D.EXTERNAL_AI: lambda: translate("words.names", "External AI services"),
    _D.PROCESS_EMISSIONS: lambda: translate("words.names", "Process emissions"),
    _D.SCIENTIFIC_EQUIPMENT: lambda: translate("words.names", "Scientific equipment"),
    _D.IT_EQUIPMENT: lambda: translate("words.names", "IT equipment"),
    _D.CONSUMABLE_ACCESSORIES: lambda: translate("words.names", "Consumables & accessories"),
    _D.BIOLOGICAL_CHEMICAL_GASEOUS_PRODUCT: lambda: translate("words.names", "Biological, chemical & gaseous products"),
    _D.SERVICES: lambda: translate("words.names", "Services"),
    _D.VEHICLES: lambda: translate("words.names", "Vehicles"),
    _D.OTHER_PURCHASES: lambda: translate("words.names", "Other purchases"),
    _D.ADDITIONAL_PURCHASES: lambda: translate("words.names", "Centralized purchases"),
    _D.RESEARCH_FACILITIES: lambda: translate("words.names", "Research facilities"),
    _D.MICE_AND_FISH_ANIMAL_FACILITIES: lambda: translate("words.names", "Mice and fish animal facilities"),
}

_REDUCTION: Mapping[int, Callable[[], str]] = {
    _R.INSTITUTIONAL_FOOTPRINT: lambda: translate("words.names", "Institution’s carbon footprint"),
    _R.POPULATION_PROJECTIONS: lambda: translate("words.names", "Population projections"),
    _R.UNIT_SCENARIOS: lambda: translate("words.names", "Unit reduction scenarios"),
}

_KINDS: Mapping[SlotKind, Callable[[], str]] = {
    SlotKind.FACTOR: lambda: translate("words.names", "Factors"),
    SlotKind.REFERENCE: lambda: translate("words.names", "References"),
    SlotKind.DATA: lambda: translate("words.names", "Data"),
    SlotKind.REDUCTION: lambda: translate("words.names", "Reduction file"),
}

_ROLES: Mapping[str, Callable[[], str]] = {
    RoleName.USER_STANDARD: lambda: translate("words.names", "Standard user"),
    RoleName.USER_PRINCIPAL: lambda: translate("words.names", "Principal user"),
    RoleName.BACKOFFICE_METIER: lambda: translate("words.names", "Back-office standard"),
    RoleName.BACKOFFICE_ADMIN: lambda: translate("words.names", "Back-office admin"),
}


def module_name(module: int) -> str:
    """The name of a module."""
    known = _MODULES.get(module)
    return known() if known else translate("words.names", "Module {number}").format(number=module)


def submodule_name(submodule: int) -> str:
    """The name of a submodule."""
    known = _SUBMODULES.get(submodule)
    return known() if known else translate("words.names", "Submodule {number}").format(number=submodule)


def reduction_name() -> str:
    """The name of the panel of reduction objectives."""
    return translate("words.names", "Reduction objectives")


def common_name() -> str:
    """What stands above the files a module takes for all of its submodules together."""
    return translate("words.names", "Common data and factors")


def kind_name(kind: SlotKind) -> str:
    """What a file of that kind holds."""
    return _KINDS[kind]()


def slot_title(slot: Slot) -> str:
    """The title of a slot inside its panel: the kind, or for a reduction file its own name."""
    if slot.kind is SlotKind.REDUCTION and slot.submodule is not None and slot.submodule in _REDUCTION:
        return _REDUCTION[slot.submodule]()
    return kind_name(slot.kind)


def slot_path(slot: Slot) -> str:
    """Where a slot is, from its module down: "Professional travel › Plane › Factors"."""
    if slot.module is None:
        return f"{reduction_name()} › {slot_title(slot)}"
    middle = common_name() if slot.submodule is None else submodule_name(slot.submodule)
    return f"{module_name(slot.module)} › {middle} › {slot_title(slot)}"


def slot_short_path(slot: Slot) -> str:
    """The shortest name that tells a slot from all others: "Plane › Factors"."""
    if slot.module is None:
        return slot_title(slot)
    return f"{slot_place(slot)} › {slot_title(slot)}"


def slot_place(slot: Slot) -> str:
    """The submodule a slot belongs to, the module for its common files, or the reduction objectives."""
    if slot.module is None:
        return reduction_name()
    return module_name(slot.module) if slot.submodule is None else submodule_name(slot.submodule)


def person_name(name: str, roles: Iterable[str]) -> str:
    """What a person is called; a test account that the server calls by its role carries the role's name in words."""
    for role in sorted(roles, key=len, reverse=True):
        name = name.replace(role, role_name(role))
    return name


def role_name(role: str) -> str:
    """The name of a role; one this program does not know keeps the server's name."""
    known = _ROLES.get(role)
    return known() if known else role
