"""One calm line while the session can't be kept for the next start: why, what to do, and trying again.

Not there while all is well, nor on a demo server, where signing in is one click; gone for this run once put away.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from yearadmin.desktop.parts import GAP, MARGIN, IconText, announce
from yearadmin.desktop.theme import Tone, quiet, set_property, set_tone
from yearadmin.state.model import AppState
from yearadmin.state.signing import Keeping
from yearadmin.words.signin import keeping_text
from yearadmin.words.translate import translate


class KeepingLine(QFrame):
    """Signal: ``retry_requested()``."""

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keepingLine")
        set_property(self, "strip", True)
        set_property(self, "band", True)
        set_tone(self, Tone.ACCENT)
        self._keeping: Keeping | None = None
        self._put_away: Keeping | None = None
        self._text = IconText(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.align_icon(Qt.AlignmentFlag.AlignVCenter)
        self.retry = QPushButton()
        self.retry.setObjectName("keepAgainButton")
        self.retry.clicked.connect(self.retry_requested)
        self.away = quiet(QPushButton())
        self.away.setObjectName("keepingPutAwayButton")
        self.away.clicked.connect(self._on_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 6, MARGIN, 6)
        row.setSpacing(GAP)
        row.addWidget(self._text, 1)
        row.addWidget(self.retry)
        row.addWidget(self.away)
        self.hide()
        self.retranslate()

    @property
    def text(self) -> str:
        """What the line says."""
        return self._text.label.text()

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Come when the session is kept for this run only."""
        keeping = None if new.connection.demo else new.keeping
        if keeping is not self._keeping:
            self._keeping = keeping
            self._say()
            if not self.isHidden():
                announce(self, self.text)

    def _on_away(self) -> None:
        self._put_away = self._keeping
        self._say()

    def _say(self) -> None:
        text = keeping_text(self._keeping)
        self.setVisible(bool(text) and self._keeping is not self._put_away)
        if text:
            self._text.show_text("info", text, Tone.ACCENT)
            self.setAccessibleName(text)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.retry.setText(translate("desktop.signin", "Try a&gain"))
        self.away.setText(translate("desktop.signin", "&Hide"))
        self._say()
