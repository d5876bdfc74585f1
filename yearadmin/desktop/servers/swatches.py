"""A row of good colours and the way to another one; each has a name, so that none is known by its look alone.

Never runs a loop of its own for the colour dialog.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QButtonGroup, QColorDialog, QHBoxLayout, QToolButton, QWidget

from yearadmin.desktop.icons import tinted
from yearadmin.desktop.servers.colours import line_of, text_on
from yearadmin.desktop.theme import colours, set_property
from yearadmin.words.servers import COLOURS, colour_name
from yearadmin.words.translate import translate

_ROUND = 28  # logical pixels

_SHEET = """
QToolButton {{ background: {back}; border: 1px solid {line}; border-radius: 14px; padding: 0; }}
QToolButton:checked {{ border: 2px solid {text}; }}
QToolButton:focus {{ border: 2px solid {focus}; }}
"""


class Swatches(QWidget):
    """Signal: ``chosen()``; the colour is in ``colour``."""

    chosen = Signal()

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour.lower()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.other = QToolButton()
        self.other.setObjectName("otherColour")
        set_property(self.other, "look", "quiet")
        self.other.clicked.connect(self._ask)
        self._row.addWidget(self.other)
        self._row.addStretch(1)
        for one in COLOURS:
            self._add(one)
        if self._colour not in self._buttons:
            self._add(self._colour)
        self.setMinimumHeight(_ROUND + 2)
        self.dialog: QColorDialog | None = None
        self._show()

    @property
    def colour(self) -> str:
        """The chosen colour, ``#rrggbb``."""
        return self._colour

    def _add(self, colour: str) -> None:
        button = QToolButton()
        button.setObjectName(f"colour.{colour}")
        button.setCheckable(True)
        button.setFixedSize(_ROUND, _ROUND)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.choose(colour))
        self._group.addButton(button)
        self._row.insertWidget(self._row.count() - 2, button)
        self._buttons[colour] = button

    def choose(self, colour: str) -> None:
        """Take ``colour``, one of the row or another."""
        self._colour = colour.lower()
        if self._colour not in self._buttons:
            self._add(self._colour)
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        look = colours()
        for colour, button in self._buttons.items():
            is_chosen = colour == self._colour
            button.setChecked(is_chosen)
            line = line_of(colour, look.window)
            button.setStyleSheet(_SHEET.format(back=colour, line=line, text=look.text, focus=look.focus))
            button.setIcon(tinted("check", text_on(colour)) if is_chosen else QIcon())
        self.retranslate()

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle(translate("desktop.servers", "Colour of the server"))
        dialog.colorSelected.connect(lambda colour: self.choose(colour.name()))
        dialog.open()
        self.dialog = dialog

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        for colour, button in self._buttons.items():
            button.setToolTip(colour_name(colour))
            button.setAccessibleName(colour_name(colour))
        self.other.setText(translate("desktop.servers", "Other…"))
        self.other.setToolTip(translate("desktop.servers", "Choose any colour"))
        self.setAccessibleDescription(colour_name(self._colour))
