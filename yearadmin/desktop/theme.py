"""The look: colours for light and dark, one palette and one stylesheet, following the system's choice.

Colours only repeat what a word and an icon already say; the contrasts are those of WCAG AA, and a test computes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from yearadmin.desktop.stylesheet import stylesheet


class Tone(StrEnum):
    """What a colour means; each has a foreground on the window's surfaces."""

    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    RUNNING = "running"
    ON_ACCENT = "on_accent"


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour scheme; ``*_soft`` are backgrounds for text of the same tone."""

    name: str
    window: str
    surface: str
    raised: str
    border: str
    outline: str  # of controls: 3:1 against the surfaces
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    running: str
    running_soft: str
    focus: str

    def of(self, tone: Tone) -> str:
        """The foreground colour of a tone."""
        return str(getattr(self, tone.value))

    def soft(self, tone: Tone) -> str:
        """The background that goes with a tone; the surface for those that have none."""
        return str(getattr(self, f"{tone.value}_soft", self.surface))


LIGHT = Colours(
    name="light",
    window="#f3f6f6",
    surface="#ffffff",
    raised="#eaf0f0",
    border="#d3dcdd",
    outline="#7a8a90",
    text="#1a2a30",
    muted="#52636a",
    disabled="#6d7b81",
    accent="#1c6577",
    accent_hover="#164f5e",
    accent_soft="#e0eff2",
    on_accent="#ffffff",
    good="#176a43",
    good_soft="#e1f3e9",
    warn="#824d00",
    warn_soft="#fdf0d9",
    bad="#aa231b",
    bad_soft="#fce8e6",
    running="#2556a6",
    running_soft="#e5edfa",
    focus="#0f6cbd",
)

DARK = Colours(
    name="dark",
    window="#151b1e",
    surface="#1e262a",
    raised="#273136",
    border="#36434a",
    outline="#788a93",
    text="#e7edef",
    muted="#a9b7bd",
    disabled="#8b999f",
    accent="#74c6d8",
    accent_hover="#93d5e3",
    accent_soft="#1b3840",
    on_accent="#05252d",
    good="#74d3a0",
    good_soft="#1a3528",
    warn="#f1bd66",
    warn_soft="#3a2d15",
    bad="#ffa198",
    bad_soft="#44211e",
    running="#95bcff",
    running_soft="#1f2f4b",
    focus="#8ccbff",
)

_present = LIGHT


def colours() -> Colours:
    """The colour scheme in use."""
    return _present


def apply_theme(app: QApplication) -> None:
    """Dress the application in the system's scheme, and again whenever the system changes it."""
    app.setStyle("Fusion")
    _dress(app, _system_scheme(app))
    app.styleHints().colorSchemeChanged.connect(lambda scheme: _dress(app, _scheme_of(app, scheme)))


def wear(app: QApplication, scheme: Colours) -> None:
    """Dress the application in this scheme, whatever the system says."""
    app.setStyle("Fusion")
    _dress(app, scheme)


def _system_scheme(app: QGuiApplication) -> Colours:
    return _scheme_of(app, app.styleHints().colorScheme())


def _scheme_of(app: QGuiApplication, scheme: Qt.ColorScheme) -> Colours:
    if scheme is Qt.ColorScheme.Unknown:
        # A desktop without that notion still has a palette.
        palette = app.palette()
        return DARK if palette.window().color().lightness() < palette.windowText().color().lightness() else LIGHT
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def _dress(app: QApplication, scheme: Colours) -> None:
    global _present  # noqa: PLW0603  one look per process, as Qt itself has it
    _present = scheme
    app.setPalette(_palette(scheme))
    app.setStyleSheet(stylesheet(scheme))


def _palette(scheme: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, scheme.window),
        (role.WindowText, scheme.text),
        (role.Base, scheme.surface),
        (role.AlternateBase, scheme.raised),
        (role.Text, scheme.text),
        (role.Button, scheme.surface),
        (role.ButtonText, scheme.text),
        (role.BrightText, scheme.bad),
        (role.ToolTipBase, scheme.raised),
        (role.ToolTipText, scheme.text),
        (role.PlaceholderText, scheme.muted),
        (role.Highlight, scheme.accent),
        (role.HighlightedText, scheme.on_accent),
        (role.Accent, scheme.accent),
        (role.Link, scheme.accent),
        (role.LinkVisited, scheme.accent),
        (role.Mid, scheme.border),
        (role.Midlight, scheme.raised),
        (role.Light, scheme.raised),
        (role.Dark, scheme.outline),
        (role.Shadow, scheme.outline),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(scheme.disabled))
    return palette


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the stylesheet selects on, and have the widget restyled if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Colour a label's text, or a strip (``strip`` property) with its background."""
    set_property(widget, "tone", tone.value)


def primary(button: QPushButton) -> QPushButton:
    """Mark the one button of a view that does the main thing."""
    set_property(button, "look", "primary")
    return button


def quiet(button: QPushButton) -> QPushButton:
    """Mark a button that reads like a line of text until it is pointed at."""
    set_property(button, "look", "quiet")
    return button


def link(button: QPushButton) -> QPushButton:
    """Mark a small button inside a text."""
    set_property(button, "look", "link")
    return button


def scaled(label: QLabel, factor: float, weight: QFont.Weight = QFont.Weight.DemiBold) -> QLabel:
    """Give a label the system font in another size and weight."""
    font = QFont(label.font())
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    font.setWeight(weight)
    label.setFont(font)
    return label
