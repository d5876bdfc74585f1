"""Two fields for a session copied from a browser, for support cases; what is typed is masked and never kept here.

Reads what is pasted; whether it is good the server says.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.icons import button_icon
from yearadmin.desktop.parts import BESIDE_WORDS, GAP, IconText, announce, text_label
from yearadmin.desktop.theme import Tone
from yearadmin.state.signing import read_cookies
from yearadmin.words.signin import cookie_help
from yearadmin.words.translate import translate

_LONGEST = 16_000


class CookieForm(QWidget):
    """Signal: ``wanted(Tokens)``."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._missing = False
        self.help = text_label(tone=Tone.MUTED)
        self.access, self.refresh = self._field("accessCookieField"), self._field("refreshCookieField")
        self._labels = [QLabel(), QLabel()]
        for label, field in zip(self._labels, (self.access, self.refresh), strict=True):
            label.setBuddy(field)
        self.fault = IconText(wrap=True)
        self.fault.hide()
        self.yes = QPushButton()
        self.yes.setObjectName("useCookieButton")
        self.yes.setIconSize(BESIDE_WORDS)
        self.yes.clicked.connect(self._ask)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(GAP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, field in zip(self._labels, (self.access, self.refresh), strict=True):
            form.addRow(label, field)
        row = QHBoxLayout()
        row.addWidget(self.fault, 1)
        row.addWidget(self.yes, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.help)
        column.addLayout(form)
        column.addLayout(row)
        self.retranslate()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setMaxLength(_LONGEST)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        field.setInputMethodHints(hints | Qt.InputMethodHint.ImhHiddenText)
        field.textEdited.connect(self._on_edited)
        field.returnPressed.connect(self._ask)
        return field

    def _on_edited(self) -> None:
        """A whole “Cookie” line pasted into the first field fills both."""
        self.show_fault("")
        text = self.access.text()
        if "=" in text or ":" in text:
            found = read_cookies(text)
            if found is not None:
                self.access.setText(found.access)
                if found.refresh:
                    self.refresh.setText(found.refresh)

    def _ask(self) -> None:
        if self._busy:
            return
        access, refresh = self.access.text().strip(), self.refresh.text().strip()
        found = read_cookies("\n".join(filter(None, (f"auth_token={access}", refresh and f"refresh_token={refresh}"))))
        if found is None:
            self._missing = True
            self.show_fault(self._missing_text(), missing=True)
            self.access.setFocus()
            return
        self.wanted.emit(found)

    @staticmethod
    def _missing_text() -> str:
        return translate("desktop.signin", "Paste the value of auth_token: one long word without spaces.")

    def set_busy(self, busy: bool) -> None:
        """While the server is asked, nothing can be changed."""
        self._busy = busy
        for part in (self.access, self.refresh, self.yes):
            part.setEnabled(not busy)
        self._say_button()

    def clear(self) -> None:
        """Forget what was typed."""
        self.access.clear()
        self.refresh.clear()
        self.show_fault("")

    def show_fault(self, text: str, *, missing: bool = False) -> None:
        """Say what is wrong, or nothing."""
        self._missing = missing
        self.fault.setVisible(bool(text))
        self.access.setAccessibleDescription(text or self.help.text())
        if text:
            self.fault.show_text("error", text, Tone.BAD)
            announce(self.access, text, urgent=True)

    def _say_button(self) -> None:
        self.yes.setText(
            translate("desktop.signin", "Asking the server…")
            if self._busy
            else translate("desktop.signin", "&Use this session")
        )

    def retranslate(self) -> None:
        """Say everything again in the present language; what is typed stays."""
        self.help.setText(cookie_help())
        for label, name in zip(self._labels, ("auth_token", "refresh_token"), strict=True):
            label.setText(translate("desktop.signin", "{name} cookie").format(name=name))
        self.access.setAccessibleName(translate("desktop.signin", "Session cookie (auth_token)"))
        self.refresh.setAccessibleName(translate("desktop.signin", "Renewal cookie (refresh_token)"))
        self.refresh.setPlaceholderText(translate("desktop.signin", "without it the session can’t be renewed"))
        self.yes.setIcon(button_icon("lock"))
        self._say_button()
        if self._missing:
            self.show_fault(self._missing_text(), missing=True)
