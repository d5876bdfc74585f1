"""The server's name at the left of the year bar, in its colour, and the menu that leads to the others.

Never switches: it says which server was chosen.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from yearadmin.desktop.icons import icon, tinted
from yearadmin.desktop.parts import MenuButton
from yearadmin.desktop.servers.colours import dot, pointed_at, text_on
from yearadmin.desktop.theme import colours
from yearadmin.profiles import UNSAVED_COLOUR, Profile, Profiles
from yearadmin.words.servers import profile_name, profile_place
from yearadmin.words.translate import translate

_MOST = 22  # letters of a name; the tooltip has it whole

_SHEET = """
QToolButton {{ background: {back}; color: {fore}; border: 1px solid {back}; border-radius: 7px; padding: 5px 10px;
    font-weight: 600; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:focus {{ border: 2px solid {focus}; padding: 4px 9px; }}
"""


class ServerButton(MenuButton):
    """Signals: ``profile_chosen(str)`` with the profile's id; the other three open dialogs."""

    profile_chosen = Signal(str)
    add_asked = Signal()
    edit_asked = Signal()
    manage_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("serverMenu", parent=parent)
        self._profile: Profile | None = None
        self._profiles = Profiles()
        self._fallback = ""
        self._choices: dict[str, QAction] = {}
        self._line = self.popup.addSeparator()
        self._add = self._action("addServerAction", self.add_asked.emit)
        self._edit = self._action("editServerAction", self.edit_asked.emit)
        self._manage = self._action("manageServersAction", self.manage_asked.emit)
        self.retranslate()

    def _action(self, name: str, do: object) -> QAction:
        action = self.popup.addAction("")
        action.setObjectName(name)
        action.triggered.connect(do)
        return action

    def show_profiles(self, profiles: Profiles, present: Profile | None) -> None:
        """Offer these, of which ``present`` is worked with."""
        self._profiles, self._profile = profiles, present
        self.retranslate()

    def show_fallback(self, text: str) -> None:
        """What to call a server that has no profile."""
        if text != self._fallback:
            self._fallback = text
            self._show_name()

    @property
    def server_name(self) -> str:
        """What the present server is called; empty while there is none."""
        profile = self._profile
        if profile is not None and (profile.id or profile.name or not self._fallback):
            return profile_name(profile)
        return self._fallback

    def _show_name(self) -> None:
        profile, name = self._profile, self.server_name
        back = profile.colour if profile is not None else UNSAVED_COLOUR
        fore = text_on(back)
        self.setStyleSheet(_SHEET.format(back=back, fore=fore, hover=pointed_at(back), focus=colours().text))
        careful = profile is not None and profile.careful
        shown = name if len(name) <= _MOST else name[: _MOST - 1].rstrip() + "…"
        self.setText(f"{shown} ▾")
        self.setIcon(tinted("careful" if careful else "server", fore))
        self.setVisible(bool(name))
        hints = [name, profile_place(profile) if profile is not None and profile.base_url else ""]
        if careful:
            hints.append(translate("desktop.servers", "Careful: opening and closing a year asks for its number."))
        hints.append(translate("desktop.servers", "Switch server (Ctrl+Shift+S)"))
        self.setToolTip("\n".join(filter(None, hints)))
        spoken = translate("desktop.servers", "Server: {name}").format(name=name)
        careful_word = translate("desktop.servers", "careful")
        self.setAccessibleName(f"{spoken}, {careful_word}" if careful else spoken)

    def _fill(self) -> None:
        if list(self._choices) != [profile.id for profile in self._profiles.items]:
            self._make_choices()
        for profile in self._profiles.items:
            action = self._choices[profile.id]
            parts = [profile_name(profile), profile_place(profile)]
            if profile.careful:
                parts.append(translate("desktop.servers", "careful"))
            is_present = self._profile is not None and profile.id == self._profile.id
            action.setText("  ·  ".join(parts).replace("&", "&&") + ("   ✓" if is_present else ""))
            action.setChecked(is_present)
            action.setIcon(dot(profile.colour))

    def _make_choices(self) -> None:
        for action in self._choices.values():
            self.popup.removeAction(action)
            action.setText("")
            action.deleteLater()
        self._choices = {profile.id: QAction(self.popup) for profile in self._profiles.items}
        for profile_id, action in self._choices.items():
            action.setObjectName(f"server.{profile_id}")
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, chosen=profile_id: self._choose(chosen))
        self.popup.insertActions(self._line, list(self._choices.values()))

    def _choose(self, profile_id: str) -> None:
        self._fill()  # the check mark follows what is, not what was clicked
        self.profile_chosen.emit(profile_id)

    def open_menu(self) -> None:
        """Open the menu under the button, left edges in line; the present server has the focus."""
        self.popup.ensurePolished()
        self.popup.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        present = next((action for action in self._choices.values() if action.isChecked()), None)
        if present is not None:
            self.popup.setActiveAction(present)

    def retranslate(self) -> None:
        """Say everything again in the present language and look."""
        self._add.setText(translate("desktop.servers", "&Add server…"))
        self._add.setIcon(icon("plus"))
        self._edit.setText(translate("desktop.servers", "&Edit this server…"))
        is_saved = self._profile is not None and self._profiles.get(self._profile.id) is not None
        self._edit.setEnabled(self._profile is not None)
        if not is_saved:
            self._edit.setText(translate("desktop.servers", "&Keep this server…"))
        self._edit.setIcon(icon("server"))
        self._manage.setText(translate("desktop.servers", "&Manage servers…"))
        self._manage.setIcon(icon("more"))
        self._fill()
        self._show_name()
