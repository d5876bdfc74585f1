"""The drawn icons, tinted in the colours of the present theme and sharp on any screen.

Never says anything alone: wherever an icon stands, a word or a tooltip stands with it.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from yearadmin.desktop.theme import Tone, colours
from yearadmin.places import resources_dir

SMALL, MEDIUM, LARGE = 16, 20, 48


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    path = resources_dir() / "icons" / f"{name}.svg"
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _render(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    pixels = round(size * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, disabled: str, ratios: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for ratio in ratios:
        for size in (SMALL, MEDIUM):
            made.addPixmap(_render(name, colour, size, ratio))
            made.addPixmap(_render(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


def _ratios() -> tuple[float, ...]:
    return tuple(sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}))


def icon(name: str, tone: Tone = Tone.TEXT) -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in a tone's colour. Raises FileNotFoundError if it is missing."""
    return _icon(name, colours().of(tone), colours().disabled, _ratios())


def pixmap(name: str, tone: Tone = Tone.TEXT, size: int = MEDIUM) -> QPixmap:
    """The same as a picture of ``size`` logical pixels, for labels."""
    return _render(name, colours().of(tone), size, max(_ratios()))


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    made = QIcon()
    for size in (16, 32, 48, 128):
        made.addPixmap(_render("app", "#000000", size, 1.0))
    return made
