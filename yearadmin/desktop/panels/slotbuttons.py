"""The buttons of a slot: which of them exist now, what they are called, and why one can't be pressed.

Emits what was pressed; what a button does is the slot's business.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from yearadmin.catalogue.modules import Slot
from yearadmin.desktop.panels.facts import SlotFacts
from yearadmin.desktop.panels.parts import ButtonRow, chevron
from yearadmin.desktop.panels.slotdetails import has_details
from yearadmin.desktop.theme import quiet
from yearadmin.state.model import UploadStage
from yearadmin.state.slots import SlotState
from yearadmin.words.names import slot_path
from yearadmin.words.refusals import why_not
from yearadmin.words.translate import translate

CHEVRON = 12  # logical pixels
FILLED = (SlotState.SUCCEEDED, SlotState.WARNED, SlotState.PARTIAL)


class SlotButtons(ButtonRow):
    """Upload or replace, cancel, interrupt, details."""

    upload_asked = Signal()
    cancel_asked = Signal()
    interrupt_asked = Signal()
    details_toggled = Signal(bool)

    def __init__(self, slot: Slot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slot = slot
        self.upload, self.cancel, self.interrupt = QPushButton(), QPushButton(), QPushButton()
        self.details = quiet(QPushButton())
        self._all = (self.upload, self.cancel, self.interrupt, self.details)
        self.hold(*self._all, apart=True)
        self.upload.clicked.connect(self.upload_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self.interrupt.clicked.connect(self.interrupt_asked)
        self.details.setCheckable(True)
        self.details.setIconSize(QSize(CHEVRON, CHEVRON))
        self.details.toggled.connect(self.details_toggled)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme tints the icon anew."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.details.setIcon(chevron(down=self.details.isChecked()))

    def focus_target(self) -> QPushButton | None:
        """The first button that can be pressed now."""
        return next((button for button in self._all if not button.isHidden() and button.isEnabled()), None)

    def show_facts(self, facts: SlotFacts) -> None:
        """Show the buttons that fit; the focus stays in this slot when the button that had it goes away."""
        had_focus = any(button.hasFocus() for button in self._all)
        path = slot_path(self._slot)
        self._show_upload(facts, path)
        self._show_others(facts, path)
        self.fit()
        target = self.focus_target()
        if had_focus and target is not None and not any(button.hasFocus() for button in self._all):
            target.setFocus(Qt.FocusReason.OtherFocusReason)  # else it would jump to a neighbour's button

    def _show_upload(self, facts: SlotFacts, path: str) -> None:
        state = facts.view.state if facts.view is not None else SlotState.EMPTY
        if state in FILLED:
            text = translate("desktop.panels", "Replace…")
            name = translate("desktop.panels", "Replace the file: {slot}")
        else:
            text = translate("desktop.panels", "Upload…")
            name = translate("desktop.panels", "Upload a file: {slot}")
        hint = why_not(facts.may_upload, facts.year) or translate(
            "desktop.panels", "Choose a CSV file, or drop one here"
        )
        self.upload.setVisible(state not in (SlotState.SENDING, SlotState.RUNNING))
        self.upload.setEnabled(facts.may_upload.allowed)
        self.upload.setText(text)
        self.upload.setToolTip(hint)
        self.upload.setAccessibleName(name.format(slot=path))
        self.upload.setAccessibleDescription(hint)

    def _show_others(self, facts: SlotFacts, path: str) -> None:
        view = facts.view
        stage = view.upload.stage if view is not None and view.upload is not None else None
        sending = view is not None and view.state is SlotState.SENDING
        self.cancel.setVisible(sending and stage in (UploadStage.WAITING, UploadStage.SENDING))
        self.cancel.setText(translate("desktop.panels", "Cancel"))
        self.cancel.setAccessibleName(translate("desktop.panels", "Cancel sending: {slot}").format(slot=path))
        running = view is not None and view.state is SlotState.RUNNING
        self.interrupt.setVisible(running and facts.may_interrupt.offered)
        self.interrupt.setEnabled(facts.may_interrupt.allowed)
        self.interrupt.setToolTip(why_not(facts.may_interrupt, facts.year) if facts.may_interrupt.offered else "")
        self.interrupt.setText(translate("desktop.panels", "Interrupt…"))
        self.interrupt.setAccessibleName(translate("desktop.panels", "Interrupt: {slot}").format(slot=path))
        self.details.setVisible(view is not None and has_details(view))
        self.details.setEnabled(not facts.is_veiled)
        self.details.setText(translate("desktop.panels", "Details"))
        self.details.setAccessibleName(translate("desktop.panels", "Details of {slot}").format(slot=path))
        self.details.setIcon(chevron(down=self.details.isChecked()))
