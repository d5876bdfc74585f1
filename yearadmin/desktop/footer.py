"""The bar at the bottom: is this live, who is signed in, what was told lately, and in which language.

Never signs anyone in or out by itself; choosing is a wish.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from yearadmin.contract.enums import RoleName
from yearadmin.desktop.icons import button_icon, icon
from yearadmin.desktop.parts import BESIDE_WORDS, GAP, MARGIN, MenuButton
from yearadmin.desktop.theme import Tone, set_property
from yearadmin.desktop.translation import LANGUAGES
from yearadmin.state.model import AppState, ConnectionPhase
from yearadmin.words.connection import connection_detail, connection_text, phase_text, server_text
from yearadmin.words.names import person_name, role_name
from yearadmin.words.translate import language, translate

DEMO_ROLES = (
    RoleName.BACKOFFICE_ADMIN,
    RoleName.BACKOFFICE_METIER,
    RoleName.USER_PRINCIPAL,
    RoleName.USER_STANDARD,
)

_PHASES: dict[ConnectionPhase, tuple[str, Tone]] = {
    ConnectionPhase.STARTING: ("refresh", Tone.MUTED),
    ConnectionPhase.LIVE: ("live", Tone.GOOD),
    ConnectionPhase.OFFLINE: ("offline", Tone.WARN),
    ConnectionPhase.SIGNED_OUT: ("lock", Tone.WARN),
    ConnectionPhase.CLOSING: ("clock", Tone.MUTED),
}


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setIconSize(BESIDE_WORDS)
    set_property(button, "look", "quiet")
    return button


class Footer(QFrame):
    """Signals: wishes of the operator. ``messages_asked`` opens the list of recent messages."""

    retry_connection_requested = Signal()
    sign_in_requested = Signal(str)
    sign_out_requested = Signal()
    sign_out_everywhere_requested = Signal()
    language_requested = Signal(str)
    messages_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_property(self, "bar", "bottom")
        self._state: AppState | None = None
        self._is_compact = False
        self.connection = _tool("connectionStatus")
        self.connection.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.connection.clicked.connect(self.retry_connection_requested)
        self.messages = _tool("messagesButton")
        self.messages.clicked.connect(self.messages_asked)
        self.user = MenuButton("userMenu", opens_upwards=True)
        self.language = MenuButton("languageMenu", opens_upwards=True)
        self._make_user_menu()
        self._make_language_menu()
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN - 8, 4, MARGIN - 8, 4)
        row.setSpacing(GAP // 2)
        row.addWidget(self.connection)
        row.addStretch(1)
        for button in (self.messages, self.user, self.language):
            row.addWidget(button)
        self.user.hide()
        self.retranslate()

    def _make_user_menu(self) -> None:
        menu = self.user.popup
        self._role_title = menu.addAction("")  # a heading; Qt's own sections lose their words to the stylesheet
        self._role_title.setEnabled(False)
        self._roles: dict[str, QAction] = {}
        for role in DEMO_ROLES:
            action = menu.addAction("")
            action.setObjectName(f"signInAs.{role}")
            action.triggered.connect(lambda _checked=False, role=str(role): self.sign_in_requested.emit(role))
            self._roles[str(role)] = action
        self._separator = menu.addSeparator()
        self._sign_out = menu.addAction("")
        self._sign_out.setObjectName("signOutAction")
        self._sign_out.triggered.connect(self.sign_out_requested)
        self._everywhere = menu.addAction("")
        self._everywhere.setObjectName("signOutEverywhereAction")
        self._everywhere.triggered.connect(self.sign_out_everywhere_requested)

    def _make_language_menu(self) -> None:
        menu = self.language.popup
        group = QActionGroup(menu)
        self._languages: dict[str, QAction] = {}
        for code, name in LANGUAGES.items():
            action = menu.addAction(f"{name} ({code.upper()})")
            action.setObjectName(f"language.{code}")
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, code=code: self.language_requested.emit(code))
            group.addAction(action)
            self._languages[code] = action

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show the connection and the person."""
        self._state = new
        if old is not None and old.connection is new.connection and old.user is new.user:
            return
        link = new.connection
        name, tone = _PHASES[link.phase]
        text = connection_text(new, datetime.now(UTC))
        shown = (
            phase_text(link.phase) if self._is_compact else " · ".join(filter(None, [_first(text), server_text(new)]))
        )
        self.connection.setIcon(button_icon(name, tone))
        self.connection.setText(shown)
        self.connection.setAccessibleName(text)
        hint = translate("desktop.footer", "Click to connect now")
        self.connection.setToolTip("\n".join(filter(None, [text, connection_detail(new), hint])))
        self.connection.setAccessibleDescription(connection_detail(new))
        self._show_user(new)

    def _show_user(self, state: AppState) -> None:
        signed_out = state.connection.phase is ConnectionPhase.SIGNED_OUT
        person = state.user
        self.user.setVisible(person is not None or (signed_out and state.connection.demo))
        held = [role.role for role in person.roles_raw] if person is not None else []
        name = (person.display_name or person.email) if person is not None and not signed_out else ""
        name = person_name(name, held)
        text = name or translate("desktop.footer", "Sign in")
        self.user.setText("" if self._is_compact else text)
        self.user.setIcon(button_icon("user"))
        self.user.setAccessibleName(
            translate("desktop.footer", "Signed in as {name}").format(name=name) if name else text
        )
        roles = ", ".join(role_name(role) for role in held)
        self.user.setToolTip(f"{name} · {roles}" if name and roles else text)
        self._role_title.setVisible(state.connection.demo)
        self._separator.setVisible(state.connection.demo and bool(name))
        for role, action in self._roles.items():
            action.setVisible(state.connection.demo)
            action.setIcon(icon("check") if name and role in held else icon("user", Tone.MUTED))
        self._sign_out.setVisible(bool(name))

    def show_messages(self, count: int, *, has_failure: bool) -> None:
        """How many messages the list holds."""
        text = translate("desktop.footer", "Messages")
        self.messages.setText(f"{count}" if count else "")
        self.messages.setIcon(button_icon("bell", Tone.BAD if has_failure else Tone.TEXT))
        self.messages.setAccessibleName(f"{text}: {count}")
        self.messages.setToolTip(translate("desktop.footer", "%n recent message(s)", "", count))

    def set_compact(self, compact: bool) -> None:
        """Few words in a narrow window; all of them stay in the tooltips."""
        if compact != self._is_compact:
            self._is_compact = compact
            if self._state is not None:
                self.show_state(None, self._state)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        present = language()
        self.language.setText(present.upper())
        self.language.setIcon(button_icon("language"))
        self.language.setAccessibleName(
            translate("desktop.footer", "Language: {name}").format(name=LANGUAGES.get(present, present))
        )
        self.language.setToolTip(translate("desktop.footer", "Language"))
        for code, action in self._languages.items():
            action.setChecked(code == present)
        self._role_title.setText(translate("desktop.footer", "Sign in as a test user"))
        for role, action in self._roles.items():
            action.setText(role_name(role))
        self._sign_out.setText(translate("desktop.footer", "Sign &out"))
        self._sign_out.setIcon(icon("lock"))
        self._everywhere.setText(translate("desktop.footer", "Sign out &everywhere…"))
        if self._state is not None:
            self.show_state(None, self._state)


def _first(text: str) -> str:
    return text.split(" · ", 1)[0]
