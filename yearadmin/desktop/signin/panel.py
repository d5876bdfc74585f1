"""The sign-in page: stands above what is known, which stays readable, and offers the ways in that the server has.

Never signs in by itself; choosing a way is a wish.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yearadmin.contract.problems import Problem
from yearadmin.desktop.footer import DEMO_ROLES
from yearadmin.desktop.icons import button_icon
from yearadmin.desktop.parts import BESIDE_WORDS, GAP, MARGIN, IconText, announce, text_label
from yearadmin.desktop.signin.availability import Engine
from yearadmin.desktop.signin.cookieform import CookieForm
from yearadmin.desktop.theme import Tone, link, primary, scaled, set_property
from yearadmin.state.looking import Look, SignIn
from yearadmin.state.model import AppState, ConnectionPhase
from yearadmin.words.connection import EMBEDDED
from yearadmin.words.names import role_name
from yearadmin.words.signin import (
    SSO_COMMAND,
    cookie_refused,
    sign_in_title,
    sso_as_root,
    sso_broken,
    sso_missing,
    test_user_refused,
    ways_text,
    why_signed_out,
)
from yearadmin.words.translate import translate

_WIDTH = 720  # of the column, logical pixels: lines that are easy to read


def _button(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.setIconSize(BESIDE_WORDS)
    return button


class SignInPanel(QFrame):
    """Signals: the ways in, as wishes. ``look_wanted``: ask the server again which it offers."""

    sign_on_requested = Signal()
    test_user_requested = Signal(str)
    cookie_requested = Signal(object)
    here_requested = Signal()
    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signInPanel")
        set_property(self, "bar", "top")
        self._state: AppState | None = None
        self._look: Look | None = None
        self._engine: Engine | None = None
        self._failed: Problem | None = None
        self._failed_way = ""
        self.title = scaled(text_label(), 1.25)
        self.why = text_label(tone=Tone.MUTED)
        self.sign_on = primary(_button("signOnButton"))
        self.here = primary(_button("signInHereButton"))
        self.roles = {str(role): _button(f"testUserButton.{role}") for role in DEMO_ROLES}
        self.cookie = link(_button("cookieButton"))
        self.cookie.setCheckable(True)
        self.again = _button("lookAgainButton")
        self.note = IconText(wrap=True)
        self.fault = IconText(wrap=True)
        self.missing = text_label()
        self.command = QLineEdit(SSO_COMMAND)
        self.command.setObjectName("ssoCommandField")
        self.command.setReadOnly(True)
        self.copy = _button("copyCommandButton")
        self.form = CookieForm()
        self._extra = QWidget()
        self._test_users = QWidget()
        self._test_title = text_label(tone=Tone.MUTED)
        self._lay_out()
        self.sign_on.clicked.connect(self._on_sign_on)
        self.here.clicked.connect(self.here_requested)
        self.cookie.toggled.connect(self._on_cookie)
        self.again.clicked.connect(self.look_wanted)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(SSO_COMMAND))
        self.form.wanted.connect(self._on_form)
        for role, button in self.roles.items():
            button.clicked.connect(lambda _checked=False, role=role: self._on_role(role))
        for part in (self.form, self._extra, self.fault, self.note):
            part.hide()
        self.hide()
        self.retranslate()

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(GAP)
        for button in (self.here, self.sign_on, self.again, self.cookie):
            ways.addWidget(button)
        ways.addStretch(1)
        roles = QGridLayout()  # two beside each other: their names are long in French, and windows may be narrow
        roles.setSpacing(GAP)
        for number, button in enumerate(self.roles.values()):
            roles.addWidget(button, number // 2, number % 2)
        roles.setColumnStretch(2, 1)
        tests = QVBoxLayout(self._test_users)
        tests.setContentsMargins(0, 0, 0, 0)
        tests.setSpacing(6)
        tests.addWidget(self._test_title)
        tests.addLayout(roles)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.command, 1)
        line.addWidget(self.copy)
        extra = QVBoxLayout(self._extra)
        extra.setContentsMargins(0, 0, 0, 0)
        extra.setSpacing(GAP)
        extra.addWidget(self.missing)
        extra.addLayout(line)
        holder = QWidget()
        holder.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.title, self.why, self.note):
            column.addWidget(part)
        column.addLayout(ways)
        for widget in (self._extra, self._test_users, self.fault, self.form):
            column.addWidget(widget)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(MARGIN, 14, MARGIN, 16)
        outer.addWidget(holder, 1)
        outer.addStretch(0)

    # state down ---------------------------------------------------------------------------------------------------

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Come while nobody is signed in, and go when somebody is; what was typed does not outlive that."""
        was = self._state
        self._state = new
        shown = new.connection.phase is ConnectionPhase.SIGNED_OUT
        if shown and (was is None or was.connection is not new.connection or was.uploads is not new.uploads):
            self._say()
        if shown is self.isHidden():
            self.setVisible(shown)
            if shown:
                announce(self, f"{self.title.text()}. {self.why.text()}")
                self.look_wanted.emit()
            else:
                self.form.clear()
                self.cookie.setChecked(False)
                self.show_failure("", None)

    def show_look(self, look: Look | None) -> None:
        """What the server offers; None while it is being asked."""
        self._look = look
        self._say()

    def show_engine(self, engine: Engine | None) -> None:
        """Why the sign-on page can't be shown; None when nothing is wrong."""
        self._engine = engine
        self._say()

    def show_failure(self, way: str, problem: Problem | None) -> None:
        """How a way in ended: ``way`` is "cookie", "test_user" or "other"."""
        self._failed_way, self._failed = way, problem
        self.form.set_busy(False)
        self._say()
        if problem is not None and way != "cookie":
            announce(self.fault, self.fault.accessibleName(), urgent=True)

    def reveal(self) -> None:
        """Put the focus on the first way in."""
        first = (self.here, self.sign_on, *self.roles.values(), self.cookie)
        target = next((button for button in first if button.isVisible() and button.isEnabled()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    # wishes up ----------------------------------------------------------------------------------------------------

    def _on_sign_on(self) -> None:
        self.show_failure("", None)
        self.sign_on_requested.emit()

    def _on_role(self, role: str) -> None:
        self.show_failure("", None)
        self.test_user_requested.emit(role)

    def _on_cookie(self, wanted: bool) -> None:
        self.form.setVisible(wanted)
        if wanted:
            self.form.access.setFocus()
        else:
            self.form.clear()

    def _on_form(self, tokens: object) -> None:
        self.show_failure("", None)
        self.form.set_busy(True)
        self.cookie_requested.emit(tokens)

    # words --------------------------------------------------------------------------------------------------------

    def _say(self) -> None:
        state, look = self._state, self._look
        if state is None:
            return
        here = state.connection.server == EMBEDDED
        ways = look.sign_ins if look is not None else frozenset()
        self.title.setText(sign_in_title(state))
        self.why.setText(why_signed_out(state))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.why.text())
        self.here.setVisible(here)
        self.sign_on.setVisible(SignIn.INSTITUTION in ways)
        # A session of one's own is the way in on this computer's server; a pasted one is for those of others.
        self.cookie.setVisible(not here)
        self._test_users.setVisible(SignIn.TEST_USER in ways)
        self.again.setVisible(look is not None and look.problem is not None)
        text = "" if here and look is not None else ways_text(look)
        self.note.setVisible(bool(text))
        if text:
            bad = look is not None and look.problem is not None
            self.note.show_text(
                "warning" if bad else "clock" if look is None else "info", text, Tone.WARN if bad else Tone.MUTED
            )
        self._say_engine()
        self._say_failure()

    def _say_engine(self) -> None:
        texts = {Engine.MISSING: sso_missing, Engine.AS_ROOT: sso_as_root, Engine.BROKEN: sso_broken}
        told = texts.get(self._engine) if self._engine is not None else None
        self._extra.setVisible(told is not None and self.sign_on.isVisibleTo(self))
        self.command.setVisible(self._engine is Engine.MISSING)
        self.copy.setVisible(self._engine is Engine.MISSING)
        if told is not None:
            self.missing.setText(told())

    def _say_failure(self) -> None:
        problem = self._failed
        if self._failed_way == "cookie" and problem is not None:
            self.form.show_fault(cookie_refused(problem))
            problem = None
        self.fault.setVisible(problem is not None)
        if problem is not None:
            self.fault.show_text("error", test_user_refused(problem), Tone.BAD)

    def retranslate(self) -> None:
        """Say everything again in the present language; what is typed stays."""
        self.sign_on.setText(translate("desktop.signin", "Sign in through your &institution"))
        self.sign_on.setIcon(button_icon("user", Tone.ON_ACCENT))
        self.here.setText(translate("desktop.signin", "&Sign in on this computer"))
        self.here.setIcon(button_icon("user", Tone.ON_ACCENT))
        self.cookie.setText(translate("desktop.signin", "Use a session &cookie…"))
        self.again.setText(translate("desktop.signin", "Ask a&gain"))
        self.again.setIcon(button_icon("refresh"))
        self.copy.setText(translate("desktop.signin", "Cop&y"))
        self.copy.setIcon(button_icon("copy"))
        self.command.setAccessibleName(translate("desktop.signin", "Command that installs it"))
        self._test_title.setText(translate("desktop.signin", "As a test user of this demo server:"))
        for role, button in self.roles.items():
            button.setText(role_name(role))
            button.setIcon(button_icon("user"))
        self.form.retranslate()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Icons are tinted anew in the system's new colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "form"):
            self.retranslate()
