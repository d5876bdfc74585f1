"""The window's few dialogs: choosing a year by number, and being asked once before something is done.

Never executed, always opened; none of them decides what is allowed, and each can be put into another language open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.icons import pixmap
from yearadmin.desktop.parts import GAP, WIDE_GAP, IconText, announce, text_label
from yearadmin.desktop.theme import Tone, primary, scaled
from yearadmin.state.permits import FIRST_YEAR, LAST_YEAR, is_year
from yearadmin.words.translate import translate


@dataclass(frozen=True, slots=True)
class Question:
    """What a confirmation asks. ``facts`` are told one a line; ``reason`` says why it can no longer be done.

    Where ``typed`` is not empty, just that has to be typed before the answer can be yes; ``typed_label`` asks for it.
    """

    title: str
    body: str
    yes: str
    facts: tuple[str, ...] = ()
    reason: str = ""
    typed: str = ""
    typed_label: str = ""


class ConfirmDialog(QDialog):
    """Asks once. ``ask`` is called again whenever the state or the language changes."""

    def __init__(self, icon: str, ask: Callable[[], Question], parent: QWidget, *, default_yes: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ask = ask
        picture = QLabel()
        picture.setPixmap(pixmap(icon, Tone.ACCENT, 32))
        self._title = scaled(text_label(), 1.25)
        self._body = text_label()
        self._facts = text_label(tone=Tone.MUTED)
        self._reason = IconText(wrap=True)
        self._typed_label = text_label()
        self.field = QLineEdit()
        self.field.setObjectName("typedConfirmation")
        self.field.setMaxLength(12)
        self._typed_label.setBuddy(self.field)
        self.field.textChanged.connect(self._show_allowed)
        self.field.returnPressed.connect(self._on_return)
        self.yes = QPushButton()
        self.yes.setObjectName("confirmButton")
        self.no = QPushButton()
        self.no.setObjectName("cancelButton")
        primary(self.yes)
        self.yes.setDefault(default_yes)
        self.no.setDefault(not default_yes)
        self.no.setAutoDefault(not default_yes)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)

        words = QVBoxLayout()
        words.setSpacing(GAP)
        for part in (self._title, self._body, self._facts, self._typed_label, self.field, self._reason):
            words.addWidget(part)
        top = QHBoxLayout()
        top.setSpacing(WIDE_GAP)
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(20)
        column.addLayout(top)
        column.addLayout(buttons)
        self.setMinimumWidth(460)
        self._question = self._ask()
        self.ask_again()
        if self._question.typed:  # the Return key in the field is heard by the field alone
            for button in (self.yes, self.no):
                button.setDefault(False)
                button.setAutoDefault(False)
        first = self.field if self._question.typed else self.yes if default_yes else self.no
        first.setFocus()

    def ask_again(self) -> None:
        """Show the question as it is now."""
        question = self._question = self._ask()
        self.setWindowTitle(question.title)
        self._title.setText(question.title)
        self._body.setText(question.body)
        self._facts.setText("\n".join(question.facts))
        self._facts.setVisible(bool(question.facts))
        for part in (self._typed_label, self.field):
            part.setVisible(bool(question.typed))
        self._typed_label.setText(question.typed_label)
        self.field.setAccessibleName(question.typed_label)
        self.yes.setText(question.yes)
        self.no.setText(translate("desktop.dialogs", "Cancel"))
        self._show_allowed()

    def _show_allowed(self) -> None:
        """Yes can be said while nothing is in the way and what has to be typed is typed."""
        question, reason, typed = self._question, self._question.reason, self.field.text().strip()
        if not reason and question.typed and typed != question.typed:
            wanted = translate("desktop.dialogs", "Type {text} to go on.")
            other = translate("desktop.dialogs", "That is not {text}.")
            begun = typed and not question.typed.startswith(typed)
            reason = (other if begun else wanted).format(text=question.typed)
        self._reason.setVisible(bool(reason))
        if reason:
            self._reason.show_text("warning", reason, Tone.WARN)
        self.yes.setEnabled(not reason)
        self.yes.setToolTip(reason)
        self.yes.setAccessibleDescription(reason or question.body)
        self.field.setAccessibleDescription(reason)

    def _on_return(self) -> None:
        if self.yes.isEnabled():
            self.yes.click()


class OtherYearDialog(QDialog):
    """Takes a year by number and says at once, in place, what is wrong with it. Signal: ``year_chosen(int)``."""

    year_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tried = False
        self._label = text_label()
        self.field = QLineEdit()
        self.field.setObjectName("otherYearField")
        self.field.setMaxLength(12)
        self._label.setBuddy(self.field)
        self.fault = IconText(wrap=True)
        self.yes = QPushButton()
        self.yes.setDefault(True)
        primary(self.yes)
        self.no = QPushButton()
        self.no.setAutoDefault(False)
        self.field.textEdited.connect(self._on_edited)
        self.yes.clicked.connect(self._choose)
        self.no.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        for part in (self._label, self.field, self.fault):
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(buttons)
        self.setMinimumWidth(420)
        self.fault.hide()
        self.retranslate()
        self.field.setFocus()

    def retranslate(self) -> None:
        """Say everything again in the present language; what was typed stays."""
        self.setWindowTitle(translate("desktop.dialogs", "Other year"))
        self._label.setText(translate("desktop.dialogs", "Which year do you want to look at or prepare?"))
        self.field.setAccessibleName(translate("desktop.dialogs", "Year"))
        self.field.setPlaceholderText(translate("desktop.dialogs", "Four digits, for example 2031"))
        self.yes.setText(translate("desktop.dialogs", "Show year"))
        self.no.setText(translate("desktop.dialogs", "Cancel"))
        if self._tried:
            self._show_fault(self._fault_of(self.field.text()))

    @staticmethod
    def _fault_of(text: str) -> str:
        text = text.strip()
        if not text:
            return translate("desktop.dialogs", "Type a year first.")
        if not (text.isascii() and text.isdigit()):
            return translate("desktop.dialogs", "“{text}” is not a year: use digits only, such as 2031.").format(
                text=text
            )
        if not is_year(int(text)):
            return translate(
                "desktop.dialogs", "{text} can’t be a reporting year. Choose one between {first} and {last}."
            ).format(text=text, first=FIRST_YEAR, last=LAST_YEAR)
        return ""

    def _on_edited(self, text: str) -> None:
        if self._tried:
            self._show_fault(self._fault_of(text) if text.strip() else "")

    def _show_fault(self, fault: str) -> None:
        self.fault.setVisible(bool(fault))
        self.field.setAccessibleDescription(fault)
        if fault:
            self.fault.show_text("error", fault, Tone.BAD)

    def _choose(self) -> None:
        self._tried = True
        fault = self._fault_of(self.field.text())
        self._show_fault(fault)
        if fault:
            announce(self.field, fault, urgent=True)
            self.field.setFocus()
            self.field.selectAll()
            return
        self.year_chosen.emit(int(self.field.text().strip()))
        self.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing by the frame is the same as Cancel."""
        self.reject()
        super().closeEvent(event)
