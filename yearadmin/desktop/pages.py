"""The pages that stand in the middle while there are no panels to show: starting, no such year, loading, not loaded.

An absent year is an empty state with one sentence and a button, never an error.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.icons import LARGE, button_icon, pixmap
from yearadmin.desktop.parts import BESIDE_WORDS, GAP, copyable, text_label
from yearadmin.desktop.theme import Tone, primary, scaled, set_tone
from yearadmin.state.model import AppState, ConnectionPhase, Wish
from yearadmin.state.permits import Refusal, may_create
from yearadmin.words.refusals import why_not
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate

_WIDTH = 460  # of the column of text, logical pixels: lines that are easy to read


class Page(QWidget):
    """A calm page: picture, title, one sentence, details, buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: AppState | None = None
        self.picture = QLabel()
        self.title = scaled(text_label(), 1.45)
        self.detail = text_label(tone=Tone.MUTED)
        self.note = copyable(text_label())
        for label in (self.picture, self.title, self.detail, self.note):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GAP)
        self.buttons.addStretch(1)
        self.buttons.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(_WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for label in (self.picture, self.title, self.detail, self.note):
            column.addWidget(label)
        column.addSpacing(4)
        column.addLayout(self.buttons)
        outer = QVBoxLayout(self)
        row = QHBoxLayout()  # not an alignment: that would not ask how high the words are at this width
        row.addStretch(1)
        row.addWidget(holder)
        row.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)

    def add_button(self, button: QPushButton) -> QPushButton:
        """Add a button in the row below the text."""
        button.setIconSize(BESIDE_WORDS)
        self.buttons.insertWidget(self.buttons.count() - 1, button)
        return button

    def say(self, drawing: str, title: str, detail: str = "", note: str = "", tone: Tone = Tone.MUTED) -> None:
        """Show these words; empty ones take no room."""
        self.picture.setPixmap(pixmap(drawing, tone, LARGE))
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show what this page has to say of the state."""
        self._state = new
        self.show_words()

    def show_words(self) -> None:
        """Say it, in the present language."""

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.show_words()


class StartPage(Page):
    """No year is selected yet: connecting, not reachable, not signed in, or nothing to see."""

    retry_connection_requested = Signal()
    sign_in_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.retry = self.add_button(primary(QPushButton()))
        self.retry.clicked.connect(self.retry_connection_requested)
        self.sign_in = self.add_button(primary(QPushButton()))
        self.sign_in.clicked.connect(self.sign_in_asked)
        self.show_words()

    def show_words(self) -> None:
        """Say how far the start is."""
        state = self._state or AppState(0)
        phase = state.connection.phase
        self.retry.setText(translate("desktop.pages", "&Try now"))
        self.sign_in.setText(translate("desktop.pages", "&Sign in…"))
        self.retry.setVisible(phase is ConnectionPhase.OFFLINE)
        self.sign_in.setVisible(phase is ConnectionPhase.SIGNED_OUT and state.connection.demo)
        match phase:
            case ConnectionPhase.OFFLINE:
                problem = state.connection.problem
                detail = tell_problem(problem).sentences if problem is not None else ""
                self.say("offline", translate("desktop.pages", "The server can’t be reached"), detail)
            case ConnectionPhase.SIGNED_OUT:
                detail = translate("desktop.pages", "Sign in to see your years and to prepare them.")
                self.say("user", translate("desktop.pages", "You are not signed in"), detail)
            case ConnectionPhase.LIVE if not state.years.items:
                detail = translate("desktop.pages", "As soon as a year is opened to users, it appears here.")
                self.say("calendar", translate("desktop.pages", "There is no year to see yet"), detail)
            case ConnectionPhase.LIVE:
                self.say("calendar", translate("desktop.pages", "Choose a year"))
            case ConnectionPhase.CLOSING:
                self.say("clock", translate("desktop.pages", "Closing…"))
            case _:
                detail = translate("desktop.pages", "Your years appear here in a moment.")
                self.say("calendar", translate("desktop.pages", "Connecting…"), detail)


class EmptyYearPage(Page):
    """The server has no such year: one sentence and the button that creates it. Signal: ``create_requested(int)``."""

    create_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.create_button = self.add_button(primary(QPushButton()))
        self.create_button.setObjectName("createYearButton")
        self.create_button.clicked.connect(self._on_create)
        self._asked = QTimer(self, singleShot=True)  # the second click of a double click is no second wish
        self._asked.timeout.connect(self.show_words)

    def show_words(self) -> None:
        """Say that the year does not exist, and whether it can be created."""
        state = self._state
        if state is None or state.selected is None:
            return
        year = state.selected
        permit = may_create(state, year)
        busy = Wish.CREATE in state.scope(year).busy
        title = translate("desktop.pages", "Year {year} is not configured yet").format(year=year)
        if Refusal.NO_RIGHT in permit.refusals:
            self.create_button.hide()
            self.say(
                "calendar", title, translate("desktop.pages", "It appears here when the back office has opened it.")
            )
            return
        detail = translate(
            "desktop.pages", "Creating it sets up its units, users and carbon reports. Users do not see it yet."
        )
        failed = state.scope(year).failed_wish
        note = ""
        if failed is not None and failed[0] is Wish.CREATE:
            told = tell_problem(failed[1])
            note = "\n".join(part for part in (told.title + ".", told.sentences, told.server_words) if part)
        reason = why_not(permit, year)
        if reason and not busy and not note:
            note = reason
        set_tone(self.note, Tone.BAD if failed is not None else Tone.MUTED)
        self.say("calendar", title, detail, note)
        button = self.create_button
        button.show()
        button.setEnabled(permit.allowed and not self._asked.isActive())
        button.setIcon(button_icon("plus", Tone.ON_ACCENT))
        text = (
            translate("desktop.pages", "Creating {year}…")
            if busy
            else translate("desktop.pages", "&Create year {year}")
        )
        button.setText(text.format(year=year))
        button.setToolTip(reason)
        button.setAccessibleDescription(reason or detail)

    def _on_create(self) -> None:
        state = self._state
        if state is None or state.selected is None or self._asked.isActive():
            return
        self._asked.start(QGuiApplication.styleHints().mouseDoubleClickInterval())
        self.create_button.setEnabled(False)
        self.create_requested.emit(state.selected)


class LoadingPage(Page):
    """The year is being read for the first time."""

    def show_words(self) -> None:
        """Say which year is being read, or that it never was."""
        state = self._state
        if state is None or state.selected is None:
            return
        year, phase = state.selected, state.connection.phase
        if phase in (ConnectionPhase.OFFLINE, ConnectionPhase.SIGNED_OUT) and not state.scope(year).loading:
            title = translate("desktop.pages", "{year} was never read on this computer").format(year=year)
            detail = translate("desktop.pages", "It appears by itself once you are connected.")
            self.say("offline", title, detail)
        else:
            self.say("calendar", translate("desktop.pages", "Reading year {year}…").format(year=year))


class FailedPage(Page):
    """The year could not be read. Signal: ``reload_requested(int)``."""

    reload_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.retry = self.add_button(primary(QPushButton()))
        self.retry.setObjectName("retryLoadButton")
        self.retry.clicked.connect(self._on_retry)
        self.copy = self.add_button(QPushButton())
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.note.text()))

    def show_words(self) -> None:
        """Say what went wrong, what to do, and what the server said."""
        state = self._state
        if state is None or state.selected is None:
            return
        scope = state.scope(state.selected)
        title = translate("desktop.pages", "Year {year} could not be read").format(year=scope.year)
        told = tell_problem(scope.problem) if scope.problem is not None else None
        words = told.server_words.strip() if told is not None else ""
        self.say("error", title, told.sentences if told is not None else "", words, Tone.BAD)
        self.retry.setText(
            translate("desktop.pages", "Reading…") if scope.loading else translate("desktop.pages", "&Retry")
        )
        self.retry.setEnabled(not scope.loading)
        self.retry.setIcon(button_icon("refresh", Tone.ON_ACCENT))
        self.copy.setText(translate("desktop.pages", "Copy the server’s words"))
        self.copy.setIcon(button_icon("copy"))
        self.copy.setVisible(bool(words))

    def _on_retry(self) -> None:
        if self._state is not None and self._state.selected is not None:
            self.reload_requested.emit(self._state.selected)
