"""What the panels read off the state, in the shapes they compare: no second copy of a rule, only of what is shown.

Never keeps anything between two calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yearadmin.catalogue.modules import MODULES, ModuleSpec, Slot, module_spec
from yearadmin.state.permits import Permit, Refusal, may_interrupt, may_upload, may_use_panels
from yearadmin.state.readiness import ReadinessItem, Severity, module_state, readiness, reduction_state
from yearadmin.state.slots import ModuleState, SlotView, slot_view
from yearadmin.words.names import module_name, reduction_name
from yearadmin.words.readiness import module_state_text
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from yearadmin.contract.years import ModuleConfig
    from yearadmin.state.model import AppState

REDUCTION = None  # stands where a module's id stands
PANELS: tuple[int | None, ...] = (*(int(spec.id) for spec in MODULES), REDUCTION)


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """All that a slot shows; ``view`` is None as long as the year is not known."""

    year: int
    view: SlotView | None
    may_upload: Permit
    may_use: Permit
    may_interrupt: Permit

    @property
    def is_veiled(self) -> bool:
        """The year is not set up: nothing here can be operated at all, not even to read more."""
        return bool({Refusal.BEING_SET_UP, Refusal.SETUP_FAILED} & set(self.may_use.refusals))


@dataclass(frozen=True, slots=True)
class PanelMark:
    """The state of one panel and how many mandatory things it lacks."""

    state: ModuleState
    missing: int = 0

    @property
    def text(self) -> str:
        """The state in words, with the number where there is one."""
        missing = self.missing
        if self.state is ModuleState.INCOMPLETE and missing:
            return translate("desktop.panels", "%n missing", "", missing)
        return module_state_text(self.state)


def panel_name(panel: int | None) -> str:
    """The name of a module, or of the reduction objectives."""
    return reduction_name() if panel is None else module_name(panel)


def panel_key(panel: int | None) -> str:
    """The stable name of a panel for automation: a module's id or ``reduction``."""
    return "reduction" if panel is None else str(panel)


def panel_mark(state: AppState, year: int, panel: int | None, items: tuple[ReadinessItem, ...]) -> PanelMark:
    """The state of a panel; ``items`` is the year's readiness, computed once for all panels."""
    missing = sum(1 for item in items if item.module == panel and item.severity is Severity.BLOCKER)
    spec = module_spec(panel) if panel is not None else None
    found = reduction_state(state, year) if spec is None else module_state(state, year, spec)
    return PanelMark(found, missing)


def panel_marks(state: AppState | None) -> tuple[PanelMark, ...]:
    """The marks of all panels of the selected year, in display order."""
    if state is None or state.selected is None:
        return (PanelMark(ModuleState.UNKNOWN),) * len(PANELS)
    items = readiness(state, state.selected)
    return tuple(panel_mark(state, state.selected, panel, items) for panel in PANELS)


def slot_facts(state: AppState, year: int, slot: Slot) -> SlotFacts:
    """What ``slot`` shows."""
    view = slot_view(state, year, slot) if state.scope(year).config is not None else None
    pipeline = view.pipeline_id if view is not None else None
    return SlotFacts(
        year,
        view,
        may_upload(state, year, slot),
        may_use_panels(state, year),
        may_interrupt(state, pipeline) if pipeline else Permit(offered=False),
    )


def module_config(state: AppState, year: int, spec: ModuleSpec) -> ModuleConfig | None:
    """The settings of a module, or None when they are not known."""
    config = state.scope(year).config
    return config.config.modules.get(str(int(spec.id))) if config is not None else None


def needs_recalculation(state: AppState, year: int, panel: int | None) -> bool:
    """Whether the server says that the module's emissions are older than its factors."""
    config = state.scope(year).config
    return config is not None and any(
        entry.needs_recalculation for entry in config.recalculation_status if entry.module_type_id == panel
    )


def relevant(old: AppState | None, new: AppState) -> bool:
    """Whether anything that panels, navigation or checklist show can differ between two states."""
    return old is None or any(
        getattr(old, part) is not getattr(new, part)
        for part in ("connection", "user", "selected", "scopes", "pipelines", "jobs", "uploads", "years")
    )
