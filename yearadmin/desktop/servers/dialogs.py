"""The dialogs about servers: adding or editing one, and keeping the list in order.

Always opened, never executed; what they change is a wish carried out by whoever opened them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.icons import button_icon
from yearadmin.desktop.parts import BESIDE_WORDS, IconText, text_label
from yearadmin.desktop.servers.colours import dot
from yearadmin.desktop.servers.form import ServerForm
from yearadmin.desktop.theme import Tone, primary
from yearadmin.profiles import Profile, ProfileKind, Profiles
from yearadmin.state.looking import Look
from yearadmin.words.servers import profile_name, profile_place
from yearadmin.words.translate import translate

_ID = Qt.ItemDataRole.UserRole


class ServerDialog(QDialog):
    """Adds or edits one server. Signals: ``saved(Profile)`` and ``look_requested(str, str)``."""

    saved = Signal(object)
    look_requested = Signal(str, str)

    def __init__(self, parent: QWidget, profiles: Callable[[], Profiles], profile: Profile | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._is_new = profile is None or not profile.id
        self._name = "" if profile is None else profile_name(profile)
        self.form = ServerForm(profiles, profile)
        self.form.look_requested.connect(self.look_requested)
        self.form.changed.connect(self._on_changed)
        self.yes = primary(QPushButton())
        self.yes.setObjectName("saveServerButton")
        self.yes.setDefault(True)
        self.yes.clicked.connect(self._save)
        self.no = QPushButton()
        self.no.setObjectName("cancelButton")
        self.no.setAutoDefault(False)
        self.no.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(18)
        column.addWidget(self.form)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(560)
        self.retranslate()
        (self.form.address if self._is_new else self.form.name).setFocus()

    def show_look(self, look: Look) -> None:
        """What was found at an address."""
        self.form.show_look(look)

    def _save(self) -> None:
        if self.form.insist():
            self.saved.emit(self.form.profile)
            self.accept()

    def _on_changed(self) -> None:
        anyway = self.form.look_failed
        self.yes.setText(
            translate("desktop.servers", "&Save anyway") if anyway else translate("desktop.servers", "&Save")
        )

    def retranslate(self) -> None:
        """Say everything again in the present language; what is typed stays."""
        title = translate("desktop.servers", "Edit {name}").format(name=self._name)
        self.setWindowTitle(translate("desktop.servers", "Add a server") if self._is_new else title)
        self.no.setText(translate("desktop.servers", "Cancel"))
        self._on_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Take on another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and hasattr(self, "no"):
            self.retranslate()


class ManageDialog(QDialog):
    """The list of servers, in the operator's order. Signals: wishes, each with the profile's id or the new order."""

    add_asked = Signal()
    edit_asked = Signal(str)
    remove_asked = Signal(str)
    order_requested = Signal(object)  # tuple of ids

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._profiles = Profiles()
        self._present = self._trouble = ""
        self._intro = text_label(tone=Tone.MUTED)
        self.list = QListWidget()
        self.list.setObjectName("serverList")
        self.list.setIconSize(QSize(16, 16))
        self.list.setSpacing(2)
        self.list.currentRowChanged.connect(self._show_allowed)
        self.list.itemActivated.connect(lambda _item: self.edit_asked.emit(self.chosen))
        self.add, self.edit, self.remove, self.up, self.down, self.finish = (QPushButton() for _ in range(6))
        names = ("addButton", "editButton", "removeButton", "upButton", "downButton", "doneButton")
        does: tuple[Callable[[], object], ...] = (
            self.add_asked.emit,
            lambda: self.edit_asked.emit(self.chosen),
            lambda: self.remove_asked.emit(self.chosen),
            lambda: self._move(-1),
            lambda: self._move(1),
            self.accept,
        )
        buttons = (self.add, self.edit, self.remove, self.up, self.down, self.finish)
        for button, name, do in zip(buttons, names, does, strict=True):
            button.setObjectName(name)
            button.setIconSize(BESIDE_WORDS)
            button.setAutoDefault(False)
            button.clicked.connect(do)
        primary(self.finish).setDefault(True)
        self.reason = IconText(wrap=True)
        side = QVBoxLayout()
        for button in (self.add, self.edit, self.remove):
            side.addWidget(button)
        side.addSpacing(10)
        for button in (self.up, self.down):
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        bottom = QHBoxLayout()
        bottom.addWidget(self.reason, 1)
        bottom.addWidget(self.finish)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(14)
        column.addWidget(self._intro)
        column.addLayout(middle, 1)
        column.addLayout(bottom)
        self.resize(700, 380)

    @property
    def chosen(self) -> str:
        """The id of the chosen profile; empty when none is."""
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def show_profiles(self, profiles: Profiles, present: str, trouble: str = "") -> None:
        """List these; the one of the id ``present`` is worked with, and ``trouble`` is said of the list itself."""
        self._trouble = trouble
        keep = self.chosen or present
        self._profiles, self._present = profiles, present
        self.list.clear()
        for profile in profiles.items:
            parts = [profile_name(profile), profile_place(profile)]
            if profile.careful:
                parts.append(translate("desktop.servers", "careful"))
            if profile.id == present:
                parts.append(translate("desktop.servers", "in use"))
            item = QListWidgetItem(dot(profile.colour), "  ·  ".join(parts))
            item.setData(_ID, profile.id)
            self.list.addItem(item)
            if profile.id == keep:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)
        self.retranslate()

    def _move(self, by: int) -> None:
        ids = [profile.id for profile in self._profiles.items]
        row = self.list.currentRow()
        if 0 <= row + by < len(ids):
            ids[row], ids[row + by] = ids[row + by], ids[row]
            self.order_requested.emit(tuple(ids))

    def _show_allowed(self) -> None:
        row = self.list.currentRow()
        profile = self._profiles.get(self.chosen)
        reason = ""
        if profile is not None and profile.kind is ProfileKind.EMBEDDED:
            reason = translate("desktop.servers", "The server on this computer is always there.")
        elif profile is not None and profile.id == self._present:
            reason = translate("desktop.servers", "You are working there: switch to another server to remove it.")
        self.edit.setEnabled(profile is not None)
        self.remove.setEnabled(profile is not None and not reason)
        self.remove.setToolTip(reason)
        self.remove.setAccessibleDescription(reason)
        told = self._trouble or reason
        self.reason.setVisible(bool(told))
        self.reason.show_text("warning" if self._trouble else "info", told, Tone.WARN if self._trouble else Tone.MUTED)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.setWindowTitle(translate("desktop.servers", "Servers"))
        self._intro.setText(
            translate("desktop.servers", "The servers you work with, in the order in which the menu shows them.")
        )
        self.list.setAccessibleName(translate("desktop.servers", "Servers"))
        self.add.setText(translate("desktop.servers", "&Add…"))
        self.add.setIcon(button_icon("plus"))
        self.edit.setText(translate("desktop.servers", "&Edit…"))
        self.remove.setText(translate("desktop.servers", "&Remove…"))
        self.up.setText(translate("desktop.servers", "Move &up"))
        self.down.setText(translate("desktop.servers", "Move &down"))
        self.finish.setText(translate("desktop.servers", "&Close"))
        self._show_allowed()
