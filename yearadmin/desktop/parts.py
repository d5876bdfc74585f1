"""Small pieces the window's views share: a chip, a strip with a message, labels that wrap and can be copied.

Know nothing of years, servers or words: they show what they are given.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from yearadmin.desktop.icons import AIR, SMALL, pixmap
from yearadmin.desktop.theme import Tone, set_property, set_tone

GAP, WIDE_GAP, MARGIN = 8, 16, 16  # logical pixels
BESIDE_WORDS = QSize(SMALL + AIR, SMALL)  # the size of a ``button_icon``


def text_label(text: str = "", *, tone: Tone = Tone.TEXT, wrap: bool = True) -> QLabel:
    """A label for our own words or the server's: always plain text, never interpreted."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if tone is not Tone.TEXT:
        set_tone(label, tone)
    return label


def copyable(label: QLabel) -> QLabel:
    """Let the label's text be selected and copied, by mouse and by keyboard."""
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def rule() -> QFrame:
    """A hairline between two parts of a bar."""
    line = QFrame()
    line.setFixedWidth(1)
    set_property(line, "rule", True)
    return line


class IconText(QWidget):
    """An icon with words beside it."""

    def __init__(self, *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = QLabel()
        self.icon.setFixedWidth(SMALL)
        self.label = text_label(wrap=wrap)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label, 1)

    def align_icon(self, alignment: Qt.AlignmentFlag) -> None:
        """Put the icon at another height beside the words."""
        layout = self.layout()
        if layout is not None:
            layout.setAlignment(self.icon, alignment)

    def show_text(self, icon: str, text: str, tone: Tone = Tone.TEXT) -> None:
        """Show this icon and text, the icon in the tone."""
        self.icon.setPixmap(pixmap(icon, tone, SMALL))
        self.label.setText(text)
        self.setAccessibleName(text)


class Chip(QFrame):
    """A rounded mark: icon and word on a soft background of the same tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_property(self, "strip", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._content = IconText()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 12, 5)
        row.addWidget(self._content)

    @property
    def text(self) -> str:
        """The words shown."""
        return self._content.label.text()

    def show_text(self, icon: str, text: str, tone: Tone) -> None:
        """Show this; the name for screen readers is the text."""
        set_tone(self, tone)
        self._content.show_text(icon, text, tone)
        self.setAccessibleName(text)


class MenuButton(QToolButton):
    """A button that opens a menu beside it without a loop of its own, as Qt's own menu buttons would run one."""

    def __init__(self, name: str, *, opens_upwards: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(BESIDE_WORDS)
        set_property(self, "look", "quiet")
        self.popup = QMenu(self)
        self.popup.setToolTipsVisible(True)
        self._opens_upwards = opens_upwards
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Open the menu at the button."""
        self.popup.ensurePolished()
        size = self.popup.sizeHint()
        x = min(0, self.width() - size.width())
        y = -size.height() if self._opens_upwards else self.height()
        self.popup.popup(self.mapToGlobal(QPoint(x, y)))


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say it without moving the focus."""
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
