"""The domain as data: modules, submodules and upload slots, in the order operators see them.

Holds facts only (ids, keys, icons, which files exist and which are mandatory); the words for them are elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from yearadmin.contract.enums import DataEntryType, ModuleType, ReductionObjectiveType, TargetType


class SlotKind(StrEnum):
    """What a file in a slot is; factors come before references, references before data."""

    FACTOR = "factor"
    REFERENCE = "reference"
    DATA = "data"
    REDUCTION = "reduction"

    @property
    def target_type(self) -> TargetType:
        """The ``target_type`` of a dispatch for this kind (contract section 5.2.1)."""
        return _TARGETS[self]


_TARGETS = {
    SlotKind.FACTOR: TargetType.FACTORS,
    SlotKind.REFERENCE: TargetType.REFERENCE_DATA,
    SlotKind.DATA: TargetType.DATA_ENTRIES,
    SlotKind.REDUCTION: TargetType.REDUCTION_OBJECTIVES,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place one CSV file goes to. ``submodule`` is None for a module's common file.

    For a reduction file ``module`` is None and ``submodule`` is the reduction objective type (0 to 2).
    """

    module: int | None
    submodule: int | None
    kind: SlotKind

    @property
    def name(self) -> str:
        """Stable name for automation: ``<module>.<submodule or common>.<kind>`` or ``reduction.<key>``."""
        if self.kind is SlotKind.REDUCTION:
            assert self.submodule is not None
            return f"reduction.{ReductionObjectiveType(self.submodule).key}"
        return f"{self.module}.{'common' if self.submodule is None else self.submodule}.{self.kind}"


@dataclass(frozen=True, slots=True)
class SubmoduleSpec:
    """One submodule: which files it takes and which of them a year cannot open without (section 8.1)."""

    id: DataEntryType
    kinds: tuple[SlotKind, ...] = ()
    factor_mandatory: bool = False
    reference_mandatory: bool = False
    has_threshold: bool = True
    has_settings: bool = True
    inputs_locked: bool = False
    has_api: bool = False


@dataclass(frozen=True, slots=True)
class ModuleSpec:
    """One module; ``common_kinds`` are the files it takes for all of its submodules together."""

    id: ModuleType
    icon: str
    submodules: tuple[SubmoduleSpec, ...]
    common_kinds: tuple[SlotKind, ...] = ()

    @property
    def common_factor_mandatory(self) -> bool:
        """Whether the module needs a common factor file (section 8.1)."""
        return SlotKind.FACTOR in self.common_kinds

    def submodule(self, submodule_id: int) -> SubmoduleSpec | None:
        """The submodule with that id, or None."""
        return next((spec for spec in self.submodules if spec.id == submodule_id), None)


_F, _R, _D = SlotKind.FACTOR, SlotKind.REFERENCE, SlotKind.DATA
_D_ = DataEntryType
_PURCHASES = tuple(DataEntryType(number) for number in range(60, 67))

# In display order (that of the users' own timeline), which is not the order of the ids.
MODULES: tuple[ModuleSpec, ...] = (
    ModuleSpec(
        ModuleType.HEADCOUNT,
        "headcount",
        (
            SubmoduleSpec(_D_.MEMBER, (_F, _D), factor_mandatory=True, has_threshold=False),
            SubmoduleSpec(_D_.STUDENT, (_F,), factor_mandatory=True, has_threshold=False),
        ),
    ),
    ModuleSpec(
        ModuleType.PROCESS_EMISSIONS,
        "process_emissions",
        (SubmoduleSpec(_D_.PROCESS_EMISSIONS, (_F, _D), factor_mandatory=True),),
    ),
    ModuleSpec(
        ModuleType.BUILDINGS,
        "buildings",
        (
            SubmoduleSpec(_D_.BUILDING, (_F, _R, _D), factor_mandatory=True, reference_mandatory=True),
            SubmoduleSpec(_D_.ENERGY_COMBUSTION, (_F, _D), factor_mandatory=True),
            SubmoduleSpec(
                _D_.BUILDING_EMBODIED_ENERGY, (_F,), factor_mandatory=True, has_threshold=False, has_settings=False
            ),
        ),
    ),
    ModuleSpec(
        ModuleType.EQUIPMENT,
        "equipment",
        (SubmoduleSpec(_D_.SCIENTIFIC), SubmoduleSpec(_D_.IT), SubmoduleSpec(_D_.OTHER)),
        common_kinds=(_F, _D),
    ),
    ModuleSpec(
        ModuleType.EXTERNAL_CLOUD_AND_AI,
        "external_cloud_and_ai",
        (
            SubmoduleSpec(_D_.EXTERNAL_CLOUDS, (_F, _D), factor_mandatory=True),
            SubmoduleSpec(_D_.EXTERNAL_AI, (_F, _D), factor_mandatory=True),
        ),
    ),
    ModuleSpec(
        ModuleType.PROFESSIONAL_TRAVEL,
        "professional_travel",
        (
            SubmoduleSpec(_D_.TRAIN, (_F, _R, _D), factor_mandatory=True, reference_mandatory=True),
            SubmoduleSpec(_D_.PLANE, (_F, _R, _D), factor_mandatory=True, reference_mandatory=True, has_api=True),
        ),
    ),
    ModuleSpec(
        ModuleType.PURCHASE,
        "purchase",
        (
            *(SubmoduleSpec(kind) for kind in _PURCHASES),
            SubmoduleSpec(_D_.ADDITIONAL_PURCHASES, (_F, _D), factor_mandatory=True),
        ),
        common_kinds=(_F, _D),
    ),
    ModuleSpec(
        ModuleType.RESEARCH_FACILITIES,
        "research_facilities",
        (
            SubmoduleSpec(_D_.RESEARCH_FACILITIES, (_F, _D), factor_mandatory=True, inputs_locked=True),
            SubmoduleSpec(_D_.MICE_AND_FISH_ANIMAL_FACILITIES, (_F, _D), factor_mandatory=True, inputs_locked=True),
        ),
    ),
)

REDUCTION_ICON = "reduction_objectives"
REDUCTION_SLOTS: tuple[Slot, ...] = tuple(Slot(None, int(kind), SlotKind.REDUCTION) for kind in ReductionObjectiveType)

_BY_ID = {int(spec.id): spec for spec in MODULES}
_MODULE_OF = {int(sub.id): spec for spec in MODULES for sub in spec.submodules}


def module_spec(module_id: int) -> ModuleSpec | None:
    """The module with that id, or None when this version of the program does not know it."""
    return _BY_ID.get(module_id)


def module_of(submodule_id: int) -> ModuleSpec | None:
    """The module a submodule belongs to, or None."""
    return _MODULE_OF.get(submodule_id)


def is_factor_mandatory(module_id: int, submodule_id: int) -> bool:
    """Whether a year cannot open without that submodule's own factors (a common factor file also counts)."""
    spec = module_spec(module_id)
    sub = spec.submodule(submodule_id) if spec else None
    return bool(sub and sub.factor_mandatory)


def is_reference_mandatory(module_id: int, submodule_id: int) -> bool:
    """Whether a year cannot open without that submodule's reference data."""
    spec = module_spec(module_id)
    sub = spec.submodule(submodule_id) if spec else None
    return bool(sub and sub.reference_mandatory)


def module_slots(spec: ModuleSpec) -> Iterator[Slot]:
    """All slots of a module: its common files first, then its submodules' in display order."""
    for kind in spec.common_kinds:
        yield Slot(int(spec.id), None, kind)
    for sub in spec.submodules:
        for kind in sub.kinds:
            yield Slot(int(spec.id), int(sub.id), kind)


def all_slots() -> Iterator[Slot]:
    """Every slot of a year, the reduction files last."""
    for spec in MODULES:
        yield from module_slots(spec)
    yield from REDUCTION_SLOTS


def is_mandatory(slot: Slot) -> bool:
    """Whether a year cannot open without this file (section 8.1 and the reduction rule beside it)."""
    if slot.kind is SlotKind.REDUCTION:
        return True
    if slot.module is None or slot.kind is SlotKind.DATA:
        return False
    if slot.submodule is None:
        return slot.kind is SlotKind.FACTOR
    check = is_factor_mandatory if slot.kind is SlotKind.FACTOR else is_reference_mandatory
    return check(slot.module, slot.submodule)
