"""The panel of the reduction objectives: its three files and the goals.

Shows the state it is given and emits wishes only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yearadmin.catalogue.modules import REDUCTION_ICON, REDUCTION_SLOTS
from yearadmin.desktop.panels.goals import GoalsEditor
from yearadmin.desktop.panels.modulepanel import Panel
from yearadmin.desktop.panels.parts import Card, EvenGrid, ToneLabel
from yearadmin.desktop.panels.slot import UploadSlot
from yearadmin.desktop.panels.submodule import SLOT_WIDTH
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from yearadmin.state.model import AppState
    from yearadmin.state.permits import Permit


class ReductionPanel(Panel):
    """Signal besides those of every panel: ``goals_save_requested(tuple of Goal)``."""

    goals_save_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(None, REDUCTION_ICON, parent)
        self._files = Card()
        self._title = ToneLabel(bold=True, scale=1.08)
        slots = tuple(UploadSlot(slot) for slot in REDUCTION_SLOTS)
        grid = EvenGrid(len(slots), SLOT_WIDTH)
        for slot in slots:
            grid.add(slot)
        column = QVBoxLayout(self._files)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(grid)
        for slot in slots:
            slot.put_details_into(column)
        self.goals = GoalsEditor()
        self.goals.save_requested.connect(self.goals_save_requested)
        self.column.addWidget(self._files)
        self.column.addWidget(self.goals)
        self.column.addStretch(1)
        self.connect_slots(slots)
        self._name()

    def show_body(self, state: AppState, year: int, permit: Permit) -> None:
        """Show the goals."""
        self.goals.show_state(state, year)

    def retranslate(self) -> None:
        """All texts again; typed goals stay."""
        super().retranslate()
        self._name()
        self.goals.retranslate()

    def _name(self) -> None:
        self._title.setText(translate("desktop.panels", "Files"))
