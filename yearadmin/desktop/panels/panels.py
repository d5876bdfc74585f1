"""The middle of the window: one panel per module and one for the reduction objectives, each built when first shown.

Only the panel that is seen is kept up to date; the others are when they are shown. Emits wishes, calls nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from yearadmin.catalogue.modules import Slot, module_spec
from yearadmin.desktop.panels.facts import PANELS, REDUCTION, relevant
from yearadmin.desktop.panels.modulepanel import ModulePanel, Panel
from yearadmin.desktop.panels.parts import Card, Marked
from yearadmin.desktop.panels.reduction import ReductionPanel
from yearadmin.desktop.theme import Tone, set_property
from yearadmin.state.permits import Permit, may_use_panels
from yearadmin.words.refusals import why_not

if TYPE_CHECKING:
    from yearadmin.contract.years import Goal
    from yearadmin.state.model import AppState


class ModulePanels(QWidget):
    """Signals as below; ``goals_save_requested`` carries a tuple of goals, ``panel_changed`` a module id or None."""

    upload_requested = Signal(object, object)
    upload_cancel_requested = Signal(str)
    interrupt_requested = Signal(str)
    goals_save_requested = Signal(object)
    panel_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modulePanels")
        self._state: AppState | None = None
        self._current: int | None = PANELS[0]
        self._panels: dict[int | None, Panel] = {}
        self._why = Marked()
        self._gate = QFrame()
        self._gate.setObjectName("panelsGate")
        set_property(self._gate, "strip", True)
        inside = QHBoxLayout(self._gate)
        inside.setContentsMargins(12, 9, 12, 9)
        inside.addWidget(self._why)
        around = QHBoxLayout()
        around.setContentsMargins(16, 14, 16, 0)
        around.addWidget(self._gate)
        self._around = around
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(around)
        column.addWidget(self._stack, 1)
        self._show_gate(None)

    @property
    def current(self) -> int | None:
        """The panel shown: a module's id, or None for the reduction objectives."""
        return self._current

    @property
    def built(self) -> tuple[int | None, ...]:
        """The panels that exist so far."""
        return tuple(self._panels)

    def panel(self, panel: int | None) -> Panel | None:
        """A panel, if it exists already."""
        return self._panels.get(panel)

    def show_panel(self, panel: int | None) -> None:
        """Show the panel of a module, or of the reduction objectives (None); an unknown id changes nothing."""
        if panel not in PANELS:
            return
        changed = panel != self._current
        self._current = panel
        shown = self._built(panel)
        if self._state is not None:
            shown.show_state(self._state)
        self._stack.setCurrentWidget(shown)
        if changed:
            self.panel_changed.emit(panel)

    def reveal(self, target: Slot | int | None) -> None:
        """Lead to a slot, to a module's panel, or to the goals (None): show, scroll, focus, call attention."""
        is_slot = isinstance(target, Slot)
        self.show_panel(target.module if isinstance(target, Slot) else target)
        panel = self._panels.get(self._current)
        if panel is None:
            return
        widget: Card | None = None
        focus: QWidget | None = None
        if isinstance(target, Slot):
            slot = panel.find_slot(target)
            widget, focus = slot, slot.focus_target() if slot is not None else None
        elif isinstance(panel, ReductionPanel):
            widget, focus = panel.goals, panel.goals.focus_target()
        if widget is None:
            first = next((slot.focus_target() for slot in panel.slots), None)
            if not is_slot and first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        widget.highlight()
        found = widget
        # A panel that was just built has its final geometry only after the layout ran.
        QTimer.singleShot(0, found, lambda: panel.area.ensureWidgetVisible(found, 20, 20))

    def goals_seen(self, year: int) -> tuple[Goal, ...] | None:
        """The goals of ``year`` that were on the screen when their editing began; None when they are not shown."""
        panel = self._panels.get(REDUCTION)
        return panel.goals.seen(year) if isinstance(panel, ReductionPanel) else None

    def give_up_goals(self, year: int) -> None:
        """Show the server's goals of ``year`` in place of what was typed."""
        panel = self._panels.get(REDUCTION)
        if isinstance(panel, ReductionPanel):
            panel.goals.give_up(year)

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show the selected year; only what differs is painted."""
        self._state = new
        if new.selected is None or not relevant(old, new):
            return
        self._show_gate(may_use_panels(new, new.selected))
        panel = self._built(self._current)
        panel.show_state(new)
        self._stack.setCurrentWidget(panel)

    def retranslate(self) -> None:
        """All texts again; what is typed, unfolded, scrolled to or asked stays."""
        for panel in self._panels.values():
            panel.retranslate()
        if self._state is not None and self._state.selected is not None:
            self._show_gate(may_use_panels(self._state, self._state.selected))

    def _show_gate(self, permit: Permit | None) -> None:
        year = self._state.selected if self._state is not None else None
        text = why_not(permit, year) if permit is not None and year is not None else ""
        self._why.show_state("lock", Tone.MUTED, text)
        self._gate.setVisible(bool(text))
        self._around.setContentsMargins(16, 14 if text else 0, 16, 0)

    def _built(self, panel: int | None) -> Panel:
        known = self._panels.get(panel)
        if known is not None:
            return known
        spec = module_spec(panel) if panel is not REDUCTION else None
        if spec is not None:
            made: Panel = ModulePanel(spec)
        else:
            reduction = ReductionPanel()
            reduction.goals_save_requested.connect(self.goals_save_requested)
            made = reduction
        made.upload_requested.connect(self.upload_requested)
        made.upload_cancel_requested.connect(self.upload_cancel_requested)
        made.interrupt_requested.connect(self.interrupt_requested)
        self._panels[panel] = made
        self._stack.addWidget(made)
        return made
