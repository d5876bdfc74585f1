"""How long and how much the history keeps, how large it is, and forgetting a server altogether.

Asks once before anything is forgotten; deletes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from yearadmin.desktop.dialogs import ConfirmDialog, Question
from yearadmin.desktop.parts import GAP, text_label
from yearadmin.desktop.theme import Tone, scaled
from yearadmin.state.history import Limits, Size
from yearadmin.words.format import number, size
from yearadmin.words.translate import translate

_MOST_DAYS, _MOST_MEGABYTES = 3_650, 10_000


class KeepingPage(QWidget):
    """Signals: ``limits_wanted(Limits)`` and ``forget_wanted``."""

    limits_wanted = Signal(object)
    forget_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = Limits()
        self._size: Size | None = None
        self._server: Callable[[], str] = str
        self._note = ""
        self.title = scaled(text_label(), 1.1)
        self.present = text_label()
        self.days, self.megabytes = QSpinBox(), QSpinBox()
        self.days.setObjectName("keptDays")
        self.days.setRange(1, _MOST_DAYS)
        self.megabytes.setObjectName("keptMegabytes")
        self.megabytes.setRange(1, _MOST_MEGABYTES)
        self._labels = (QLabel(), QLabel())
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(GAP)
        for label, field in zip(self._labels, (self.days, self.megabytes), strict=True):
            label.setBuddy(field)
            field.setMinimumWidth(130)
            field.setGroupSeparatorShown(True)
            field.valueChanged.connect(self._on_edited)
            form.addRow(label, field)
        self.apply = QPushButton()
        self.apply.setObjectName("applyLimits")
        self.apply.clicked.connect(lambda: self.limits_wanted.emit(self._typed()))
        self.told = text_label(tone=Tone.MUTED)
        self.forget_title = scaled(text_label(), 1.1)
        self.forget_text = text_label()
        self.forget = QPushButton()
        self.forget.setObjectName("forgetServer")
        self.forget.clicked.connect(self.ask_forget)
        self.question: ConfirmDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 16, 4, 8)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.present)
        column.addLayout(form)
        column.addLayout(_left(self.apply))
        column.addWidget(self.told)
        column.addSpacing(16)
        column.addWidget(self.forget_title)
        column.addWidget(self.forget_text)
        column.addLayout(_left(self.forget))
        column.addStretch(1)

    def show_kept(self, limits: Limits, held: Size, server: Callable[[], str]) -> None:
        """Show the limits in force, what is held, and which server would be forgotten."""
        self._limits, self._size, self._server = limits, held, server
        self.days.setValue(limits.days)
        self.megabytes.setValue(limits.megabytes)
        self._on_edited()
        self.retranslate()

    def tell(self, text: str) -> None:
        """Say how the last wish ended."""
        self._note = text
        self.told.setText(text)

    def _typed(self) -> Limits:
        return Limits(self.days.value(), self.megabytes.value())

    def _on_edited(self) -> None:
        self.apply.setEnabled(self._size is not None and self._typed() != self._limits)

    def ask_forget(self) -> None:
        """Ask once, and then wish it."""

        def ask() -> Question:
            return Question(
                translate("desktop.history", "Forget this server?"),
                translate(
                    "desktop.history",
                    "Everything kept on this computer about this server is deleted: past states of its years, the list "
                    "of files sent, and what the window shows without a connection. On the server nothing changes.",
                ),
                translate("desktop.history", "Forget"),
                (translate("desktop.history", "Server: {server}").format(server=self._server()),),
            )

        self.question = ConfirmDialog("warning", ask, self, default_yes=False)
        self.question.accepted.connect(self.forget_wanted)
        self.question.finished.connect(self._asked)
        self.question.open()

    def _asked(self) -> None:
        self.question = None

    def retranslate(self) -> None:
        """Say everything again in the present language; what is typed stays."""
        self.title.setText(translate("desktop.history", "What is kept on this computer"))
        held = self._size
        self.present.setText(
            ""
            if held is None
            else translate("desktop.history", "Now: {size}, {states} states, {files} files sent (all servers).").format(
                size=size(held.bytes), states=number(held.states), files=number(held.files)
            )
        )
        self._labels[0].setText(translate("desktop.history", "Keep for (&days)"))
        self._labels[1].setText(translate("desktop.history", "Keep at most (&MB)"))
        self.days.setAccessibleName(translate("desktop.history", "Days a state is kept after it was last seen"))
        self.megabytes.setAccessibleName(translate("desktop.history", "Megabytes kept at most"))
        self.apply.setText(translate("desktop.history", "&Apply"))
        self.forget_title.setText(translate("desktop.history", "Forget this server"))
        self.forget_text.setText(
            translate(
                "desktop.history",
                "Deletes everything kept on this computer about this server ({server}). The server keeps all it has.",
            ).format(server=self._server())
        )
        self.forget.setText(translate("desktop.history", "&Forget this server…"))
        if self.question is not None:
            self.question.ask_again()


def _left(button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row
