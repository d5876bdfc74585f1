"""What the window shows of signing in, above the year: the page with the ways in, and where the session is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from yearadmin.desktop.signin.keepingline import KeepingLine
from yearadmin.desktop.signin.panel import SignInPanel
from yearadmin.state.model import AppState


class SignInArea(QWidget):
    """A view of the window; its parts' wishes are heard by the desk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = SignInPanel(self)
        self.keeping = KeepingLine(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.keeping)
        column.addWidget(self.panel)

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show what there is to say."""
        self.panel.show_state(old, new)
        self.keeping.show_state(old, new)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.panel.retranslate()
        self.keeping.retranslate()
