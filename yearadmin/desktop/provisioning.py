"""The panel shown while a year is being set up, or after that failed: phases, message, time, link, and Retry.

Shows what the stream says and nothing else: no progress is invented, and the clock ticks only while something runs.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from yearadmin.contract.links import LinkPhase
from yearadmin.desktop.icons import SMALL, button_icon, pixmap
from yearadmin.desktop.parts import BESIDE_WORDS, GAP, IconText, announce, copyable, text_label
from yearadmin.desktop.theme import Tone, primary, quiet, scaled, set_property, set_tone
from yearadmin.state.model import AppState, Wish
from yearadmin.state.permits import may_retry_setup
from yearadmin.state.setup import Setup, SetupPhase, SyncPhase, setup_of
from yearadmin.words.format import duration, since_time
from yearadmin.words.refusals import why_not
from yearadmin.words.setup import phase_name, phase_state, setup_detail, setup_title
from yearadmin.words.translate import translate

_ICONS: dict[SetupPhase, tuple[str, Tone]] = {
    SetupPhase.RUNNING: ("running", Tone.RUNNING),
    SetupPhase.FAILED: ("error", Tone.BAD),
    SetupPhase.STOPPED: ("warning", Tone.WARN),
}


class PhaseList(QWidget):
    """The phases one below the other: sign, name, and the word for the state with the time it took."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.setMaximumWidth(520)  # the word stays near the name it belongs to
        self._rows: list[tuple[QLabel, QLabel, QLabel]] = []

    def show_phases(
        self, phases: tuple[SyncPhase, ...], now: datetime, *, is_running: bool, is_past: bool = False
    ) -> None:
        """Show them; ``is_running`` false means that a phase marked running is where it ended.

        ``is_past``: they are as they were when the server was last heard, and no time passes for them.
        """
        while len(self._rows) < len(phases):
            row = (QLabel(), text_label(), text_label(tone=Tone.MUTED, wrap=False))
            row[0].setFixedWidth(SMALL)
            for column, label in enumerate(row):
                self._grid.addWidget(label, len(self._rows), column)
            self._rows.append(row)
        for index, (sign, name, word) in enumerate(self._rows):
            shown = index < len(phases)
            for label in (sign, name, word):
                label.setVisible(shown)
            if shown:
                self._show_phase(phases[index], sign, name, word, now, is_running=is_running, is_past=is_past)

    @staticmethod
    def _show_phase(
        phase: SyncPhase,
        sign: QLabel,
        name: QLabel,
        word: QLabel,
        now: datetime,
        *,
        is_running: bool,
        is_past: bool,
    ) -> None:
        stuck = phase.running and not is_running
        if phase.done:
            drawing, tone = "check", Tone.GOOD
        elif stuck:
            drawing, tone = "error", Tone.BAD
        elif phase.running and not is_past:
            drawing, tone = "running", Tone.RUNNING
        else:
            drawing, tone = "clock", Tone.MUTED
        sign.setPixmap(pixmap(drawing, tone, SMALL))
        name.setText(phase_name(phase.name))
        set_property(name, "tone", "muted" if drawing == "clock" else "text")
        text = translate("desktop.provisioning", "ended here") if stuck else phase_state(phase, is_past=is_past)
        until = phase.finished_at or (now if phase.running and is_running and not is_past else None)
        if phase.started_at is not None and until is not None:
            text = f"{text} · {duration((until - phase.started_at).total_seconds())}"
        word.setText(text)


class ProvisioningPanel(QFrame):
    """Signals: ``retry_setup_requested(int)``, ``retry_connection_requested()``."""

    retry_setup_requested = Signal(int)
    retry_connection_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("provisioningPanel")
        set_property(self, "strip", True)
        self._state: AppState | None = None
        self._told: tuple[int, SetupPhase] | None = None
        self._picture = QLabel()
        self._title = scaled(text_label(), 1.25)
        self._detail = text_label()
        self._phases = PhaseList()
        self._message = copyable(text_label())
        self._message.setObjectName("provisioningMessage")
        self._message_title = text_label(tone=Tone.MUTED)
        self._link = IconText(wrap=True)
        self._link.align_icon(Qt.AlignmentFlag.AlignVCenter)
        self._reason = text_label(tone=Tone.MUTED)
        self.retry = primary(QPushButton())
        self.retry.setObjectName("retrySetupButton")
        self.retry.clicked.connect(self._on_retry)
        self.copy = quiet(QPushButton())
        self.copy.setObjectName("copyMessageButton")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._message.text()))
        self.reconnect = QPushButton()
        self.reconnect.setObjectName("reconnectButton")
        self.reconnect.clicked.connect(self.retry_connection_requested)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._say)
        for button in (self.retry, self.copy, self.reconnect):
            button.setIconSize(BESIDE_WORDS)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        link = QHBoxLayout()
        link.addWidget(self._link, 1)
        link.addWidget(self.reconnect)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.retry)
        buttons.addWidget(self.copy)
        buttons.addWidget(self._reason, 1)
        buttons.addStretch(0)
        words = QVBoxLayout()
        words.setSpacing(GAP)
        for part in (self._title, self._detail, self._phases, self._message_title, self._message):
            words.addWidget(part)
        words.addLayout(link)
        words.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 16, 18, 16)
        row.setSpacing(14)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show how the set-up of the selected year stands; hidden when there is nothing to tell."""
        self._state = new
        year = new.selected
        setup = setup_of(new, year) if year is not None else Setup(SetupPhase.UNKNOWN)
        self.setVisible(setup.gates)
        if year is None or not setup.gates:
            self._told = None
            return
        self._say()
        if self._told != (year, setup.phase):
            self._told = (year, setup.phase)
            announce(self, self._title.text(), urgent=setup.phase is not SetupPhase.RUNNING)

    def _say(self) -> None:
        state = self._state
        if state is None or state.selected is None:
            return
        year, now = state.selected, datetime.now(UTC)
        setup = setup_of(state, year)
        running = setup.phase is SetupPhase.RUNNING
        past = setup.as_of is not None
        self._run_clock(running and not past and setup.started_at is not None)
        drawing, tone = ("clock", Tone.MUTED) if past else _ICONS.get(setup.phase, ("running", Tone.RUNNING))
        set_tone(self, tone)
        self._picture.setPixmap(pixmap(drawing, tone, 32))
        self._title.setText(setup_title(setup, year, now))
        self._detail.setText(setup_detail(setup, now))
        self._phases.setVisible(bool(setup.phases))
        self._phases.show_phases(setup.phases, now, is_running=running, is_past=past)
        self._message.setVisible(bool(setup.words))
        self._message_title.setVisible(bool(setup.words))
        self._message.setText(setup.words)
        self.copy.setVisible(bool(setup.words) and not running)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._detail.text())
        self._show_link(setup, now)
        self._show_retry(state, year)

    def _show_link(self, setup: Setup, now: datetime) -> None:
        link = setup.link
        arrives = setup.phase is SetupPhase.RUNNING and setup.as_of is None  # else the band says why not
        broken = link is not None and link.phase in (LinkPhase.RECONNECTING, LinkPhase.LOST)
        self.reconnect.setVisible(broken and arrives)
        self._link.setVisible(arrives)
        if not arrives:
            return
        if broken and link is not None:
            text = translate("desktop.provisioning", "No progress has arrived {since}; the work itself goes on.")
            self._link.show_text("warning", text.format(since=since_time(link.since, now)), Tone.WARN)
        elif link is not None and link.phase is LinkPhase.LIVE:
            self._link.show_text("live", translate("desktop.provisioning", "Progress arrives live"), Tone.GOOD)
        else:
            self._link.show_text(
                "clock", translate("desktop.provisioning", "Waiting for the first progress"), Tone.MUTED
            )

    def _show_retry(self, state: AppState, year: int) -> None:
        permit = may_retry_setup(state, year)
        busy = Wish.RETRY_SETUP in state.scope(year).busy
        reason = why_not(permit, year) if permit.offered else ""
        self.retry.setVisible(permit.offered)
        self.retry.setEnabled(permit.allowed)
        self.retry.setToolTip(reason)
        self.retry.setAccessibleDescription(reason)
        self.retry.setText(
            translate("desktop.provisioning", "Starting…") if busy else translate("desktop.provisioning", "&Retry")
        )
        self._reason.setVisible(bool(reason) and not busy)
        self._reason.setText(reason)

    def _on_retry(self) -> None:
        if self._state is not None and self._state.selected is not None:
            self.retry.setEnabled(False)  # the state says when it may be pressed again
            self.retry_setup_requested.emit(self._state.selected)
            QTimer.singleShot(QGuiApplication.styleHints().mouseDoubleClickInterval(), self, self._say)

    def _run_clock(self, wanted: bool) -> None:
        wanted = wanted and self.isVisible()
        if wanted != self._tick.isActive():
            if wanted:
                self._tick.start()
            else:
                self._tick.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """The clock runs only where it can be seen."""
        super().showEvent(event)
        self._say()

    def hideEvent(self, event: QHideEvent) -> None:
        """The clock stops."""
        super().hideEvent(event)
        self._tick.stop()

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self._message_title.setText(translate("desktop.provisioning", "The server says:"))
        self.copy.setText(translate("desktop.provisioning", "Copy the server’s words"))
        self.copy.setIcon(button_icon("copy"))
        self.reconnect.setText(translate("desktop.provisioning", "Try now"))
        self.reconnect.setIcon(button_icon("refresh"))
        self.retry.setIcon(button_icon("refresh", Tone.ON_ACCENT))
        self._say()
