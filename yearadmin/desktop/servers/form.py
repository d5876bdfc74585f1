"""The fields of one server: address, name, colour and the careful mark, each checked while it is typed.

Never saves and never connects: looking at an address is a wish, answered when the answer comes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from yearadmin.desktop.parts import IconText, announce, text_label
from yearadmin.desktop.servers.authority import AuthorityField
from yearadmin.desktop.servers.swatches import Swatches
from yearadmin.desktop.theme import Tone, set_property
from yearadmin.profiles import Profile, ProfileFault, ProfileKind, Profiles, new_profile, tidy_address
from yearadmin.state.looking import Look
from yearadmin.words.servers import careful_explained, fault_text, host_of, look_text
from yearadmin.words.translate import translate

LOOK_AFTER = 600  # ms without typing
_OF_NAME = (ProfileFault.NAME_MISSING, ProfileFault.NAME_TAKEN)
_PARTS = ("address", "name", "colour", "authority")
_MISSING = (ProfileFault.NAME_MISSING, ProfileFault.ADDRESS_MISSING)


class ServerForm(QWidget):
    """Signals: ``look_requested(str, str)`` for an address and a certificate file worth a look,
    ``changed()`` whenever what is typed is.
    """

    look_requested = Signal(str, str)
    changed = Signal()

    def __init__(self, profiles: Callable[[], Profiles], profile: Profile | None = None) -> None:
        super().__init__()
        self._profiles = profiles
        self._is_new = profile is None or not profile.id
        first = profile if profile is not None else new_profile("", "")
        self._profile = first if first.id else new_profile("", first.base_url)
        self._looked: Look | None = None
        self._asked = ""  # the address that is being looked at
        self._names_itself = self._is_new  # until the operator types a name, the host is offered
        self._tried = False
        self._is_embedded = first.kind is ProfileKind.EMBEDDED

        self.address = _field("serverAddress", self._profile.base_url)
        self.address.setPlaceholderText("https://co2.example.org/api/v1")
        self.address.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self.name = _field("serverName", self._profile.name)
        self.name.setMaxLength(60)
        self.swatches = Swatches(self._profile.colour)
        self.authority = AuthorityField(self._profile.ca_file)
        self.careful = QCheckBox()
        self.careful.setObjectName("serverCareful")
        self.careful.setChecked(self._profile.careful)
        self.found = IconText(wrap=True)
        self.found.setObjectName("serverFound")
        self.found.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.found.setMinimumHeight(3 * self.fontMetrics().lineSpacing() + 6)  # so that nothing jumps while typing
        self.name_fault = IconText(wrap=True)
        self._explained = text_label(tone=Tone.MUTED)
        self._labels = {part: text_label(wrap=False) for part in _PARTS if not self._skips(part)}
        self._timer = QTimer(self, singleShot=True, interval=LOOK_AFTER)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self.address.textEdited.connect(self._on_address)
        self.name.textEdited.connect(self._on_name)
        self.swatches.chosen.connect(self.changed)
        self.careful.toggled.connect(self.changed)
        self.authority.changed.connect(self._look_anew)
        self.retranslate()
        if self._profile.base_url:
            self._timer.start(0)

    def _skips(self, part: str) -> bool:
        return part in ("address", "authority") and self._is_embedded

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget, QWidget | None]] = [
            ("address", self.address, self.found),
            ("name", self.name, self.name_fault),
            ("colour", self.swatches, None),
            ("authority", self.authority, None),
        ]
        line = 0
        for part, widget, below in rows:
            if self._skips(part):
                continue
            label = self._labels[part]
            label.setBuddy(widget)
            grid.addWidget(label, line, 0)
            grid.addWidget(widget, line, 1)
            if below is not None:
                grid.addWidget(below, line + 1, 1)
                below.setVisible(below is self.found)
            grid.setRowMinimumHeight(line + 2, 6)
            line += 3
        grid.addWidget(self.careful, line, 1)
        grid.addWidget(self._explained, line + 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)

    # what is typed ------------------------------------------------------------------------------------------------

    @property
    def profile(self) -> Profile:
        """What is typed, with the full address where the look has found it."""
        address = tidy_address(self.address.text())
        looked = self._looked
        if looked is not None and looked.found and looked.asked == address:
            address = looked.base_url
        ca_file = "" if self._is_embedded else self.authority.text
        return replace(
            self._profile,
            name=self.name.text().strip(),
            base_url="" if self._is_embedded else address,
            colour=self.swatches.colour,
            careful=self.careful.isChecked(),
            ca_file=ca_file,
        )

    @property
    def faults(self) -> tuple[ProfileFault, ...]:
        """What keeps it from being saved."""
        return self._profiles().faults(self.profile)

    @property
    def found_server(self) -> bool:
        """Whether the calculator answered at this very address."""
        looked = self._looked
        return looked is not None and looked.found and looked.asked == tidy_address(self.address.text())

    @property
    def look_failed(self) -> bool:
        """Whether it was looked for there in vain."""
        looked = self._looked
        return looked is not None and not looked.found and looked.asked == tidy_address(self.address.text())

    def insist(self) -> bool:
        """Say every fault, put the focus on the first; whether there is none."""
        self._tried = True
        self._show_faults()
        faults = self.faults
        if not faults:
            return True
        of_name = faults[0] in _OF_NAME and not any(fault not in _OF_NAME for fault in faults)
        of_file = faults[0] is ProfileFault.CA_UNUSABLE
        field = self.name if of_name or self._is_embedded else self.authority.path if of_file else self.address
        field.setFocus()
        field.selectAll()
        announce(field, fault_text(faults[0]), urgent=True)
        return False

    def _on_address(self, text: str) -> None:
        if self._names_itself:
            host = host_of(tidy_address(text)) if "://" in text else ""
            self.name.setText(host if self._profiles().named(host) is None else "")
        self._look_anew()

    def _look_anew(self) -> None:
        self._looked, self._asked = None, ""
        self._timer.start()
        self._show_faults()
        self.changed.emit()

    def _on_name(self, text: str) -> None:
        self._names_itself = not text
        self._show_faults()
        self.changed.emit()

    # looking ------------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._address_faults():
            self._show_faults()
            return
        self._asked = tidy_address(self.address.text())
        self._show_faults()
        self.look_requested.emit(self._asked, self.authority.text)

    def show_look(self, look: Look) -> None:
        """What was found; an answer for an address that is no longer there is not shown."""
        if look.asked != tidy_address(self.address.text()) or look.authority != self.profile.authority:
            return
        self._looked, self._asked = look, ""
        self._show_faults()
        told = look_text(look)
        announce(self.address, f"{told.title} {told.detail}")
        self.changed.emit()

    def _address_faults(self) -> list[ProfileFault]:
        return [fault for fault in self.faults if fault not in (*_OF_NAME, ProfileFault.COLOUR_UNUSABLE)]

    def _show_faults(self) -> None:
        faults = self.faults
        waiting = self._timer.isActive() and not self._tried  # not while it is being typed
        shown = [fault for fault in self._address_faults() if self._tried or (fault not in _MISSING and not waiting)]
        of_file = [fault for fault in shown if fault is ProfileFault.CA_UNUSABLE]
        set_property(self.address, "fault", len(shown) > len(of_file))
        self.authority.show_fault(fault_text(of_file[0]) if of_file else "")
        if shown:
            self._say(fault_text(shown[0]), "error", Tone.BAD)
        elif self._looked is not None:
            told = look_text(self._looked)
            self._say(f"{told.title}\n{told.detail}", *(("check", Tone.GOOD) if told.good else ("warning", Tone.WARN)))
        elif self._asked:
            self._say(translate("desktop.servers", "Looking whether the server answers…"), "clock", Tone.MUTED)
        else:
            self._say(translate("desktop.servers", "It usually ends in /api/v1."), "info", Tone.MUTED)
        of_name = [fault for fault in faults if fault in _OF_NAME and (self._tried or fault not in _MISSING)]
        set_property(self.name, "fault", bool(of_name))
        self.name_fault.setVisible(bool(of_name))
        self.name.setAccessibleDescription(fault_text(of_name[0]) if of_name else "")
        if of_name:
            self.name_fault.show_text("error", fault_text(of_name[0]), Tone.BAD)

    def _say(self, text: str, icon: str, tone: Tone) -> None:
        self.found.show_text(icon, text, tone)
        self.address.setAccessibleDescription(text)

    def retranslate(self) -> None:
        """Say everything again in the present language; what is typed stays."""
        texts = {
            "address": translate("desktop.servers", "A&ddress"),
            "name": translate("desktop.servers", "&Name"),
            "colour": translate("desktop.servers", "C&olour"),
            "authority": translate("desktop.servers", "Certi&ficate file"),
        }
        for part, label in self._labels.items():
            label.setText(texts[part])
        for field, part in ((self.address, "address"), (self.name, "name"), (self.swatches, "colour")):
            field.setAccessibleName(texts[part].replace("&", ""))
        if self._is_embedded:
            self.name.setPlaceholderText(translate("desktop.servers", "This computer"))
        else:
            self.name.setPlaceholderText(translate("desktop.servers", "For example Stage"))
        self.careful.setText(translate("desktop.servers", "Be &careful there"))
        self._explained.setText(careful_explained())
        self.careful.setAccessibleDescription(careful_explained())
        self.swatches.retranslate()
        self.authority.retranslate()
        self._show_faults()

    def changeEvent(self, event: QEvent) -> None:
        """Take on another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and hasattr(self, "_timer"):
            self.retranslate()


def _field(name: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setObjectName(name)
    return field
