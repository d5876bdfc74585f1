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
AIR = 6  # logical pixels between an icon and the words beside it; Qt itself leaves too little


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    path = resources_dir() / "icons" / f"{name}.svg"
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _render(name: str, colour: str, size: int, ratio: float, air: int = 0) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    pixels = round(size * ratio)
    pixmap = QPixmap(pixels + round(air * ratio), pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, disabled: str, ratios: tuple[float, ...], air: int = 0) -> QIcon:
    made = QIcon()
    for ratio in ratios:
        for size in (SMALL,) if air else (SMALL, MEDIUM):
            made.addPixmap(_render(name, colour, size, ratio, air))
            made.addPixmap(_render(name, disabled, size, ratio, air), QIcon.Mode.Disabled)
    return made


def _ratios() -> tuple[float, ...]:
    return tuple(sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}))


def icon(name: str, tone: Tone = Tone.TEXT) -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in a tone's colour. Raises FileNotFoundError if it is missing."""
    return _icon(name, colours().of(tone), colours().disabled, _ratios())


def button_icon(name: str, tone: Tone = Tone.TEXT) -> QIcon:
    """The icon with a little air after it, for buttons that have words as well; give them ``BESIDE_WORDS`` as size."""
    return _icon(name, colours().of(tone), colours().disabled, _ratios(), AIR)


def tinted(name: str, colour: str) -> QIcon:
    """The icon with air after it in a colour of its own (``#rrggbb``), for a button that has one."""
    return _icon(name, colour, colour, _ratios(), AIR)


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
