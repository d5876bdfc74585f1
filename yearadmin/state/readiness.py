"""Why a year cannot be opened yet: one list that enables the button, fills the checklist and ends the command line.

Blockers stop the opening; warnings are told and leave the choice to the operator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yearadmin.catalogue.completeness import submodule_reasons
from yearadmin.catalogue.modules import MODULES, REDUCTION_SLOTS, ModuleSpec, Slot, SlotKind
from yearadmin.contract.enums import IncompleteReason, JobResult
from yearadmin.state.model import AppState, YearScope
from yearadmin.state.pipelines import is_running
from yearadmin.state.slots import FAILURES, ModuleState, SlotState, module_views, slot_view

if TYPE_CHECKING:
    from yearadmin.contract.years import Goal, ModuleConfig, SubmoduleConfig


class Severity(StrEnum):
    """Whether an item stops the opening."""

    BLOCKER = "blocker"
    WARNING = "warning"


class ItemCode(StrEnum):
    """What an item says."""

    MISSING_FACTOR = "missing_factor"
    MISSING_REFERENCE = "missing_reference"
    MISSING_COMMON_FACTOR = "missing_common_factor"
    MODULE_INCOMPLETE = "module_incomplete"  # the server says so and gives no reason we know
    MISSING_REDUCTION_FILE = "missing_reduction_file"
    NO_GOAL = "no_goal"
    RUNNING = "running"
    UPLOAD_FAILED = "upload_failed"
    UPLOAD_WARNED = "upload_warned"
    UPLOAD_PARTIAL = "upload_partial"
    NEEDS_RECALCULATION = "needs_recalculation"


@dataclass(frozen=True, slots=True)
class ReadinessItem:
    """One line of the checklist, leading to ``slot`` or to the panel of ``module`` (None: reduction objectives)."""

    severity: Severity
    code: ItemCode
    module: int | None
    slot: Slot | None = None


# The last answer: one state is asked a dozen times over, by the button, the checklist and every module's mark. A state
# never changes, so the same object has the same answer.
_last: tuple[AppState, int, tuple[ReadinessItem, ...]] | None = None


def readiness(state: AppState, year: int) -> tuple[ReadinessItem, ...]:
    """All blockers, then all warnings, in the order of the panels; empty when the year is not known or all is well."""
    global _last  # noqa: PLW0603  only spares work: the function stays one of its arguments alone
    if _last is not None and _last[0] is state and _last[1] == year:
        return _last[2]
    scope = state.scope(year)
    if scope.config is None:
        return ()
    items = (*_module_blockers(scope), *_reduction_blockers(scope), *_warnings(state, scope))
    _last = (state, year, items)
    return items


def blockers(state: AppState, year: int) -> tuple[ReadinessItem, ...]:
    """Only what stops the opening."""
    return tuple(item for item in readiness(state, year) if item.severity is Severity.BLOCKER)


def _blocker(code: ItemCode, module: int | None, slot: Slot | None = None) -> ReadinessItem:
    return ReadinessItem(Severity.BLOCKER, code, module, slot)


def _module_blockers(scope: YearScope) -> Iterator[ReadinessItem]:
    assert scope.config is not None
    for spec in MODULES:
        module = scope.config.config.modules.get(str(int(spec.id)))
        if module is None or not module.enabled:
            continue
        found = list(_submodule_blockers(spec, module))
        if found or module.incomplete is not True:
            yield from found
        else:
            yield _blocker(ItemCode.MODULE_INCOMPLETE, int(spec.id))


def _submodule_blockers(spec: ModuleSpec, module: ModuleConfig) -> Iterator[ReadinessItem]:
    number = int(spec.id)
    from_server = module.incomplete is not None
    common = module.latest_common_factor_job
    # Without the server's flags (May 2026) only a factor job that succeeded counts (contract section 8.1).
    has_common = common is not None and (from_server or common.result is JobResult.SUCCESS)
    if spec.common_factor_mandatory and not has_common:
        slot = Slot(number, None, SlotKind.FACTOR)
        yield _blocker(ItemCode.MISSING_COMMON_FACTOR, number, slot)
    for sub_spec in spec.submodules:
        sub = module.submodules.get(str(int(sub_spec.id)))
        if sub is None or not sub.enabled:
            continue
        reasons = sub.incomplete_reasons if from_server else _derived_reasons(spec, int(sub_spec.id), sub, has_common)
        for reason, kind, code in _REASONS:
            if reason in reasons:
                slot = Slot(number, int(sub_spec.id), kind)
                yield _blocker(code, number, slot)


_REASONS = (
    (IncompleteReason.MISSING_FACTOR, SlotKind.FACTOR, ItemCode.MISSING_FACTOR),
    (IncompleteReason.MISSING_REFERENCE, SlotKind.REFERENCE, ItemCode.MISSING_REFERENCE),
)


def _derived_reasons(
    spec: ModuleSpec, submodule: int, sub: SubmoduleConfig, has_common: bool
) -> tuple[IncompleteReason, ...]:
    factor = sub.latest_factor_job
    return submodule_reasons(
        int(spec.id),
        submodule,
        has_factor=factor is not None and factor.result is JobResult.SUCCESS,
        has_reference=True,  # the May server cannot load reference files at all (section 14)
        has_common_factor=has_common,
    )


def is_complete_goal(goal: Goal) -> bool:
    """A goal counts when it has a target year, a percentage and a reference year."""
    return bool(
        goal.target_year
        and goal.target_year > 0
        and goal.reference_year
        and goal.reference_year > 0
        and goal.reduction_percentage is not None
    )


def _reduction_blockers(scope: YearScope) -> Iterator[ReadinessItem]:
    assert scope.config is not None
    objectives = scope.config.config.reduction_objectives
    for slot in REDUCTION_SLOTS:
        if objectives.files.get(slot.name.removeprefix("reduction.")) is None:
            yield _blocker(ItemCode.MISSING_REDUCTION_FILE, None, slot)
    if not any(is_complete_goal(goal) for goal in objectives.goals):
        yield _blocker(ItemCode.NO_GOAL, None)


_WARNINGS = {
    SlotState.SENDING: ItemCode.RUNNING,
    SlotState.RUNNING: ItemCode.RUNNING,
    SlotState.WARNED: ItemCode.UPLOAD_WARNED,
    SlotState.PARTIAL: ItemCode.UPLOAD_PARTIAL,
} | dict.fromkeys(FAILURES, ItemCode.UPLOAD_FAILED)


def _warnings(state: AppState, scope: YearScope) -> Iterator[ReadinessItem]:
    assert scope.config is not None
    shown: set[str] = set()
    stale = {entry.module_type_id for entry in scope.config.recalculation_status if entry.needs_recalculation}
    for spec in MODULES:
        number = int(spec.id)
        module = scope.config.config.modules.get(str(number))
        if module is not None and not module.enabled:
            continue
        for view in module_views(state, scope.year, spec):
            if view.pipeline_id:
                shown.add(view.pipeline_id)
            code = _WARNINGS.get(view.state)
            if code is not None and view.enabled:
                yield ReadinessItem(Severity.WARNING, code, number, view.slot)
        if number in stale:
            yield ReadinessItem(Severity.WARNING, ItemCode.NEEDS_RECALCULATION, number)
        running = scope.module_pipelines.get(number)
        if running and running not in shown and is_running(state.pipelines.get(running)):
            yield ReadinessItem(Severity.WARNING, ItemCode.RUNNING, number)
    for slot in REDUCTION_SLOTS:
        code = _WARNINGS.get(slot_view(state, scope.year, slot).state)
        if code is not None:
            yield ReadinessItem(Severity.WARNING, code, None, slot)


def module_state(state: AppState, year: int, spec: ModuleSpec) -> ModuleState:
    """The one state a module is marked with, the first that applies."""
    scope = state.scope(year)
    if scope.config is None:
        return ModuleState.UNKNOWN
    number = int(spec.id)
    module = scope.config.config.modules.get(str(number))
    if module is not None and not module.enabled:
        return ModuleState.DISABLED
    return _state_from([item for item in readiness(state, year) if item.module == number])


def reduction_state(state: AppState, year: int) -> ModuleState:
    """The same for the reduction objectives."""
    if state.scope(year).config is None:
        return ModuleState.UNKNOWN
    return _state_from([item for item in readiness(state, year) if item.module is None])


def _state_from(items: list[ReadinessItem]) -> ModuleState:
    codes = {item.code for item in items}
    if ItemCode.RUNNING in codes:
        return ModuleState.RUNNING
    if ItemCode.UPLOAD_FAILED in codes:
        return ModuleState.FAILED
    if any(item.severity is Severity.BLOCKER for item in items):
        return ModuleState.INCOMPLETE
    return ModuleState.WARNED if items else ModuleState.COMPLETE
