"""What the window does about servers: their menu, their dialogs and the list of them, kept on disk.

Never leaves the present server by itself: it says to which one, and whoever runs the window decides how.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from yearadmin.desktop.dialogs import ConfirmDialog, Question
from yearadmin.desktop.servers.button import ServerButton
from yearadmin.desktop.servers.dialogs import ManageDialog, ServerDialog
from yearadmin.profiles import EMBEDDED, Profile, ProfileFile, Profiles
from yearadmin.state.looking import Look
from yearadmin.words.servers import profile_name, profiles_notice
from yearadmin.words.translate import translate


class Servers(QObject):
    """Signals: ``switch_asked(Profile)`` to work with it (again, when its address has changed);
    ``present_changed(Profile)`` when only its looks have; ``look_requested(str, str)``; ``removed(Profile)``.
    """

    switch_asked = Signal(object)
    present_changed = Signal(object)
    look_requested = Signal(str, str)
    removed = Signal(object)

    def __init__(self, window: QWidget, button: ServerButton, file: ProfileFile, present: Profile | None) -> None:
        super().__init__(window)
        self._window = window
        self.button = button
        self.file = file
        self.profiles = file.load()
        self.present = present
        self.dialog: ServerDialog | ConfirmDialog | None = None
        self.manager: ManageDialog | None = None
        self.menu_action = QAction(window)
        self.menu_action.setShortcut(QKeySequence("Ctrl+Shift+S"))
        self.menu_action.triggered.connect(button.open_menu)
        button.profile_chosen.connect(self._on_chosen)
        button.add_asked.connect(self.ask_new)
        button.edit_asked.connect(self._edit_present)
        button.manage_asked.connect(self.manage)
        button.popup.aboutToShow.connect(self.reload)
        self.show_present(present)

    @property
    def trouble(self) -> str:
        """What the operator should know about the list on disk; empty when there is nothing."""
        return profiles_notice(self.file.notice)

    @property
    def _present_id(self) -> str:
        return self.present.id if self.present is not None else ""

    def show_present(self, present: Profile | None) -> None:
        """Which server is worked with."""
        self.present = present
        self.button.show_profiles(self.profiles, present)

    def reload(self) -> None:
        """Another window of this program may have changed the list."""
        self._take(self.file.load())

    def _take(self, profiles: Profiles) -> None:
        self.profiles = profiles
        self.button.show_profiles(profiles, self.present)
        if self.manager is not None:
            self.manager.show_profiles(profiles, self._present_id, self.trouble)

    def _change(self, change: Callable[[Profiles], Profiles]) -> None:
        self._take(self.file.update(change))

    def _on_chosen(self, profile_id: str) -> None:
        profile = self.profiles.get(profile_id)
        if profile is not None and (self.present is None or profile.id != self.present.id):
            self.switch_asked.emit(profile)

    # dialogs ------------------------------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """Ask for another server."""
        self._open_form(None)

    def _edit_present(self) -> None:
        if self.present is not None:
            self._open_form(self.present)

    def edit(self, profile_id: str) -> None:
        """Change a server."""
        profile = self.profiles.get(profile_id)
        if profile is not None:
            self._open_form(profile)

    def _open_form(self, profile: Profile | None) -> None:
        dialog = ServerDialog(self._parent(), lambda: self.profiles, profile)
        dialog.look_requested.connect(self.look_requested)
        dialog.saved.connect(self._save)
        self._open(dialog)

    def _save(self, profile: object) -> None:
        if not isinstance(profile, Profile):
            return
        known, present = self.profiles.get(profile.id), self.present
        self._change(lambda held: held.add(profile) if held.get(profile.id) is None else held.change(profile))
        saved = self.profiles.get(profile.id)
        assert saved is not None
        is_run = present is not None and not present.id and present.base_url == saved.base_url
        if is_run or (present is not None and present.id == saved.id):
            old = known and (known.base_url, known.ca_file)
            moved = known is not None and old != (saved.base_url, saved.ca_file)
            if moved:
                self.switch_asked.emit(saved)
            else:
                self.show_present(saved)
                self.present_changed.emit(saved)

    @property
    def embedded(self) -> Profile:
        """The server on this computer, under the name and the colour it was given."""
        return self.profiles.get(EMBEDDED.id) or EMBEDDED

    def keep(self, profile: Profile) -> Profile:
        """Add a server to the list; as it is kept."""
        self._change(lambda held: held.add(profile))
        return self.profiles.get(profile.id) or profile

    def manage(self) -> None:
        """Open the list of all servers."""
        if self.manager is None:
            manager = self.manager = ManageDialog(self._window)
            manager.add_asked.connect(self.ask_new)
            manager.edit_asked.connect(self.edit)
            manager.remove_asked.connect(self.ask_remove)
            manager.order_requested.connect(lambda ids: self._change(lambda held: held.order(ids)))
            manager.finished.connect(self._forget_manager)
        self.reload()
        self.manager.open()

    def ask_remove(self, profile_id: str) -> None:
        """Ask once whether the server is to leave the list."""
        profile = self.profiles.get(profile_id)
        if profile is None:
            return

        def ask() -> Question:
            name = profile_name(profile)
            return Question(
                translate("desktop.servers", "Remove {name} from the list?").format(name=name),
                translate("desktop.servers", "Nothing changes on the server itself. You can add it again later."),
                translate("desktop.servers", "&Remove"),
            )

        dialog = ConfirmDialog("server", ask, self._parent(), default_yes=False)
        dialog.accepted.connect(lambda: self._remove(profile))
        self._open(dialog)

    def _remove(self, profile: Profile) -> None:
        self._change(lambda held: held.remove(profile.id))
        self.removed.emit(profile)

    def _parent(self) -> QWidget:
        return self.manager if self.manager is not None else self._window

    def _open(self, dialog: ServerDialog | ConfirmDialog) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self.dialog = dialog
        dialog.finished.connect(lambda _result: self._forget(dialog))
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _forget_manager(self) -> None:
        self.manager = None

    def show_look(self, look: Look) -> None:
        """What was found at an address."""
        if isinstance(self.dialog, ServerDialog):
            self.dialog.show_look(look)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.menu_action.setText(translate("desktop.servers", "Switch server"))
        self.button.retranslate()
        if self.manager is not None:
            self.manager.show_profiles(self.profiles, self._present_id, self.trouble)
        if isinstance(self.dialog, ServerDialog):
            self.dialog.retranslate()
        elif self.dialog is not None:
            self.dialog.ask_again()
