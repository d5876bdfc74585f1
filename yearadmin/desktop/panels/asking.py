"""A question in place: one sentence and two buttons, instead of a dialog that covers what it asks about.

Never answers by itself; Escape is the harmless answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.panels.parts import ButtonRow, ToneLabel
from yearadmin.desktop.parts import announce
from yearadmin.desktop.theme import Tone


@dataclass(frozen=True, slots=True)
class Question:
    """The words are made when they are shown, so that they follow a change of language."""

    text: Callable[[], str]
    yes: Callable[[], str]
    no: Callable[[], str]
    act: Callable[[], None]


class Asking(QWidget):
    """Hidden until something is asked. Signal: ``asking_changed(bool)``."""

    asking_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._back_to: QWidget | None = None
        self._text = ToneLabel(Tone.TEXT)
        self.yes = QPushButton()
        self.no = QPushButton()
        self.yes.clicked.connect(self._accept)
        self.no.clicked.connect(self.withdraw)
        self._buttons = ButtonRow()
        self._buttons.hold(self.yes, self.no)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._text)
        column.addWidget(self._buttons)
        self.hide()

    @property
    def question(self) -> Question | None:
        """What is being asked, or None."""
        return self._question

    def ask(self, question: Question, back_to: QWidget) -> None:
        """Ask; the harmless answer has the focus, and ``back_to`` gets it back afterwards."""
        self._question, self._back_to = question, back_to
        self.retranslate()
        self.show()
        announce(self, question.text())
        self.asking_changed.emit(True)
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """Ask no longer; nothing is done."""
        if self._question is None:
            return
        had_focus = self.yes.hasFocus() or self.no.hasFocus()
        self._question = None
        self.asking_changed.emit(False)
        if had_focus and self._back_to is not None and self._back_to.isEnabled():
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is the harmless answer."""
        if event.key() == Qt.Key.Key_Escape and self._question is not None:
            self.withdraw()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """The same question in the present language."""
        if self._question is None:
            return
        text = self._question.text()
        self._text.setText(text)
        self.yes.setText(self._question.yes())
        self.no.setText(self._question.no())
        for button in (self.yes, self.no):
            button.setAccessibleName(button.text().replace("&", ""))
            button.setAccessibleDescription(text)
        self._buttons.fit()

    def _accept(self) -> None:
        question = self._question
        self.withdraw()
        if question is not None:
            question.act()
