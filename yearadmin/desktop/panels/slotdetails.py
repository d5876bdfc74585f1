"""The long version of what happened to a slot's file: the server's words and its complaints about single rows.

Shows what ``words`` tells and can copy it; never shortens the server's text.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.panels.parts import Card, ToneLabel
from yearadmin.desktop.panels.rowerrors import RowErrorTable
from yearadmin.desktop.theme import Tone, quiet
from yearadmin.state.slots import FAILURES, SlotState, SlotView
from yearadmin.words.names import slot_path, slot_short_path
from yearadmin.words.slots import reason_text, slot_detail, slot_status
from yearadmin.words.translate import translate


def has_details(view: SlotView) -> bool:
    """Whether there is more to say than the slot itself shows."""
    return bool(view.row_errors or view.problem is not None or view.skipped or view.state in TROUBLED)


def details_text(view: SlotView) -> str:
    """What ``words`` tells at length, without the place (it is above) and the row errors (they are in the table)."""
    rowless = replace(view, row_errors=(), row_error_count=0)
    return slot_detail(rowless).partition("\n")[2]


TROUBLED = (*FAILURES, SlotState.WARNED, SlotState.PARTIAL)


class SlotDetails(Card):
    """Built when it is first asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, sunk=True)
        self._view: SlotView | None = None
        self.text = ToneLabel(Tone.TEXT)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.table = RowErrorTable()
        self.more = ToneLabel(Tone.MUTED)
        self.copy_button = quiet(QPushButton())
        self.copy_button.clicked.connect(self.copy)
        self.title = ToneLabel(bold=True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.table)
        column.addWidget(self.more)

    def show_view(self, view: SlotView) -> None:
        """Show the details of this view."""
        if view != self._view:
            self._view = view
            self.retranslate()

    def retranslate(self) -> None:
        """The same in the present language."""
        view = self._view
        if view is None:
            return
        path = slot_path(view.slot)
        self.text.show_text(details_text(view))
        name = translate("desktop.panels", "Details of {slot}")
        self.title.setText(name.format(slot=slot_short_path(view.slot)))
        self.text.setAccessibleName(name.format(slot=path))
        self.text.setAccessibleDescription(self.text.text())
        self.table.show_errors(view.row_errors)
        self.table.errors.retranslate()
        self.table.setAccessibleName(translate("desktop.panels", "Rows that were left out: {slot}").format(slot=path))
        left_off = view.row_error_count - len(view.row_errors)
        self.more.show_text(
            translate("desktop.panels", "%n more row(s) with errors, not listed by the server", "", left_off)
            if view.row_errors and left_off > 0
            else ""
        )
        self.copy_button.setText(translate("desktop.panels", "Copy"))
        self.copy_button.setAccessibleName(translate("desktop.panels", "Copy the details of {slot}").format(slot=path))

    def copy(self) -> None:
        """Put all of it on the clipboard, one fact a line."""
        if self._view is not None:
            QGuiApplication.clipboard().setText(plain_text(self._view))


def plain_text(view: SlotView) -> str:
    """The whole of it as text: where, state, file, details, and every row error."""
    lines = [slot_path(view.slot), slot_status(view), details_text(view)]
    for row, reason in view.row_errors:
        where = "" if row is None else translate("desktop.panels", "Row {number}: ").format(number=row)
        lines.append(where + reason_text(reason))
    return "\n".join(line for line in lines if line)
