"""The first start: which server to work with, one on this computer or one elsewhere, checked while it is typed.

Never connects by itself and keeps nothing back: both ways are there at once, and the choice can be changed later.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from yearadmin.desktop.icons import app_icon, button_icon, pixmap
from yearadmin.desktop.parts import BESIDE_WORDS, WIDE_GAP, IconText, text_label
from yearadmin.desktop.servers.form import ServerForm
from yearadmin.desktop.theme import Tone, primary, scaled, set_property
from yearadmin.profiles import Profiles
from yearadmin.state.looking import Look
from yearadmin.words.translate import translate

_WIDTH = 640  # logical pixels


class FirstStart(QScrollArea):
    """Signals: ``embedded_chosen()``, ``server_chosen(Profile)`` to be kept and used, ``look_requested(str, str)``."""

    embedded_chosen = Signal()
    server_chosen = Signal(object)
    look_requested = Signal(str, str)

    def __init__(self, profiles: Callable[[], Profiles], trouble: str = "") -> None:
        super().__init__()
        self.setObjectName("firstStart")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = scaled(text_label(), 1.6)
        self.intro = text_label(tone=Tone.MUTED)
        self.trouble = IconText(wrap=True)
        self.trouble.setVisible(bool(trouble))
        self.trouble.show_text("warning", trouble, Tone.WARN)
        self._here_title, self._there_title = scaled(text_label(), 1.2), scaled(text_label(), 1.2)
        self._here_text, self._there_text = text_label(tone=Tone.MUTED), text_label(tone=Tone.MUTED)
        self._pictures = QLabel(), QLabel()
        self.here = QPushButton()
        self.here.setObjectName("tryHereButton")
        self.here.clicked.connect(self.embedded_chosen)
        self.form = ServerForm(profiles)
        self.form.look_requested.connect(self.look_requested)
        self.form.changed.connect(self._on_changed)
        self.connect_button = primary(QPushButton())
        self.connect_button.setObjectName("saveAndConnectButton")
        self.connect_button.clicked.connect(self._save)
        for button in (self.here, self.connect_button):
            button.setIconSize(BESIDE_WORDS)
        self.form.address.returnPressed.connect(self._save)
        self.form.name.returnPressed.connect(self._save)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(48, 48))
        here = _card(self._pictures[0], self._here_title, self._here_text, None, self.here)
        there = _card(self._pictures[1], self._there_title, self._there_text, self.form, self.connect_button)
        holder = QWidget()
        holder.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(holder)
        column.setSpacing(WIDE_GAP)
        top = QHBoxLayout()
        top.setSpacing(WIDE_GAP)
        words = QVBoxLayout()
        words.addWidget(self.title)
        words.addWidget(self.intro)
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        column.addLayout(top)
        column.addWidget(self.trouble)
        column.addWidget(here)
        column.addWidget(there)
        inner = QWidget()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(holder, 1000)
        row.addStretch(1)
        outer = QVBoxLayout(inner)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
        self.setWidget(inner)

    def show_look(self, look: Look) -> None:
        """What was found at an address."""
        self.form.show_look(look)

    def _save(self) -> None:
        if self.form.insist():
            self.server_chosen.emit(self.form.profile)

    def _on_changed(self) -> None:
        anyway = self.form.look_failed
        self.connect_button.setText(
            translate("desktop.firststart", "&Save anyway and connect")
            if anyway
            else translate("desktop.firststart", "&Save and connect")
        )

    def retranslate(self) -> None:
        """Say everything again in the present language; what is typed stays."""
        self.title.setText(translate("desktop.firststart", "Which server do you want to work with?"))
        self.intro.setText(translate("desktop.firststart", "You can add others, and switch between them, at any time."))
        self.setAccessibleName(self.title.text())
        self._here_title.setText(translate("desktop.firststart", "Try it on this computer"))
        self._here_text.setText(
            translate(
                "desktop.firststart",
                "The program brings a server of its own. What you enter stays on this computer, "
                "so nothing can go wrong elsewhere.",
            )
        )
        self.here.setText(translate("desktop.firststart", "&Try it here"))
        self.here.setIcon(button_icon("server"))
        self._there_title.setText(translate("desktop.firststart", "Connect to a server"))
        self._there_text.setText(
            translate("desktop.firststart", "Your institution’s calculator. The address is checked while you type.")
        )
        self.connect_button.setIcon(button_icon("live", Tone.ON_ACCENT))
        for picture, name in zip(self._pictures, ("overview", "live"), strict=True):
            picture.setPixmap(pixmap(name, Tone.ACCENT, 28))
        self._on_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the system's new colours: the icons are tinted anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange) and hasattr(self, "_pictures"):
            self.retranslate()


def _card(picture: QLabel, title: QLabel, text: QLabel, content: QWidget | None, button: QPushButton) -> QFrame:
    card = QFrame()
    set_property(card, "card", True)
    words = QVBoxLayout()
    words.setSpacing(6)
    words.addWidget(title)
    words.addWidget(text)
    if content is not None:
        words.addSpacing(10)
        words.addWidget(content)
    words.addSpacing(8)
    line = QHBoxLayout()
    line.addWidget(button)
    line.addStretch(1)
    words.addLayout(line)
    row = QHBoxLayout(card)
    row.setContentsMargins(20, 18, 20, 18)
    row.setSpacing(WIDE_GAP)
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return card
