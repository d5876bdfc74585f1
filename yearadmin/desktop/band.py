"""The band under the title: what is shown is not live, since when, and when it is tried again.

Not there while everything is live. Ticks only while a next try is counted down.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from yearadmin.desktop.parts import GAP, MARGIN, IconText, announce
from yearadmin.desktop.theme import Tone, set_property, set_tone
from yearadmin.state.model import AppState, ConnectionPhase, LoadPhase, Origin
from yearadmin.words.connection import offline_band
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate


class Band(QFrame):
    """Signals: ``retry_connection_requested()``, ``reload_requested(int)``, ``sign_in_asked()``."""

    retry_connection_requested = Signal()
    reload_requested = Signal(int)
    sign_in_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offlineBand")
        set_property(self, "strip", True)
        set_property(self, "band", True)
        set_tone(self, Tone.WARN)
        self._state: AppState | None = None
        self._phase: ConnectionPhase | None = None
        self._text = IconText(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton()
        self.button.setObjectName("bandButton")
        self.button.clicked.connect(self._on_click)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._say)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 6, MARGIN, 6)
        row.setSpacing(GAP)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self._text.align_icon(Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def text(self) -> str:
        """What the band says."""
        return self._text.label.text()

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show or hide the band."""
        self._state = new
        self._say()
        link = new.connection
        ticking = link.phase is ConnectionPhase.OFFLINE and link.next_try is not None
        if ticking != self._tick.isActive():
            if ticking:
                self._tick.start()
            else:
                self._tick.stop()
        if link.phase is not self._phase and not self.isHidden():
            announce(self, self.text)
        self._phase = link.phase

    def _say(self) -> None:
        state = self._state
        if state is None:
            return
        phase = state.connection.phase
        text = offline_band(state, datetime.now(UTC)) or self._not_refreshed(state)
        if phase is ConnectionPhase.SIGNED_OUT and state.selected is None:
            text = ""  # the middle of the window says it
        self.setVisible(bool(text))
        if not text:
            return
        name = {ConnectionPhase.SIGNED_OUT: "user", ConnectionPhase.OFFLINE: "offline"}.get(phase, "warning")
        self._text.show_text("clock" if phase is ConnectionPhase.STARTING else name, text, Tone.WARN)
        self.setAccessibleName(text)
        # Signed out, the page with the ways in stands right below.
        self.button.setVisible(phase not in (ConnectionPhase.STARTING, ConnectionPhase.SIGNED_OUT))
        match phase:
            case ConnectionPhase.SIGNED_OUT:
                self.button.setText(translate("desktop.band", "&Sign in…"))
            case ConnectionPhase.LIVE:
                self.button.setText(translate("desktop.band", "Relo&ad"))
            case _:
                self.button.setText(translate("desktop.band", "&Try now"))

    @staticmethod
    def _not_refreshed(state: AppState) -> str:
        """Live, but the year on the screen could not be read again."""
        scope = state.scope(state.selected) if state.selected is not None else None
        if scope is None or scope.phase is not LoadPhase.PRESENT or scope.problem is None or not state.is_live:
            return ""
        told = tell_problem(scope.problem)
        first = translate("desktop.band", "{year} could not be read again, so what you see may be out of date.")
        if scope.origin is Origin.CACHE:
            first = translate(
                "desktop.band", "{year} could not be read from the server; you see the copy kept on this computer."
            )
        return " ".join([first.format(year=scope.year), told.detail])

    def _on_click(self) -> None:
        state = self._state
        if state is None:
            return
        if state.connection.phase is ConnectionPhase.SIGNED_OUT:
            self.sign_in_asked.emit()
        elif state.is_live and state.selected is not None:
            self.reload_requested.emit(state.selected)
        else:
            self.retry_connection_requested.emit()

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self._say()
