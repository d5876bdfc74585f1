"""A profile's colour made fit to be seen: text that can be read on it, lines that stand out from what is behind.

Contrasts are computed as WCAG 2 defines them; the operator's colour is changed no more than they ask for.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from yearadmin.desktop.theme import colours

TEXT_LEAST, LINE_LEAST = 4.5, 3.0  # contrast ratios of WCAG AA
_STEP = 0.04


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(name: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    colour = QColor(name)
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def text_on(colour: str) -> str:
    """White or black, whichever can be read on ``colour``: one of them always reaches 4.5 to 1."""
    return "#ffffff" if contrast("#ffffff", colour) >= TEXT_LEAST else "#000000"


def line_of(colour: str, surface: str, least: float = LINE_LEAST) -> str:
    """``colour``, moved towards white or black until it stands out from ``surface``."""
    goal = QColor("#ffffff" if _luminance(surface) < 0.18 else "#000000")
    start, share, mixed = QColor(colour), 0.0, QColor(colour)
    while contrast(mixed.name(), surface) < least and share < 1:
        share = min(1.0, share + _STEP)
        mixed = QColor.fromRgbF(*(a + (b - a) * share for a, b in zip(_parts(start), _parts(goal), strict=True)))
    return mixed.name()


def _parts(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def pointed_at(colour: str) -> str:
    """``colour`` while the mouse is over it: a little further from the text on it, never nearer."""
    shifted = QColor(colour).darker(115) if text_on(colour) == "#ffffff" else QColor(colour).lighter(112)
    return shifted.name() if text_on(shifted.name()) == text_on(colour) else colour


def dot(colour: str, size: int = 16) -> QIcon:
    """A round mark in the colour, for menus and lists; its ring stands out from the surface."""
    made = QIcon()
    for ratio in (1, 2):
        picture = QPixmap(size * ratio, size * ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(line_of(colour, colours().surface)))
        painter.setBrush(QColor(colour))
        inset = 2.0 * ratio
        painter.drawEllipse(QRectF(inset, inset, size * ratio - 2 * inset, size * ratio - 2 * inset))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        made.addPixmap(picture)
    return made
