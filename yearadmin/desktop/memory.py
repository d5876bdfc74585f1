"""What the window remembers from one run to the next: place, size, columns, language, last panel.

Never holds anything of a year or a person; losing it costs nothing but a little arranging.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

REDUCTION = "reduction"


class WindowMemory:
    """Remembered layout, in the platform's place for settings or in ``file``."""

    def __init__(self, file: Path | None = None) -> None:
        if file is None:
            self._settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "yearadmin", "window")
        else:
            self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    def _bytes(self, key: str) -> QByteArray:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size as Qt saves them; empty when there is none."""
        return self._bytes("geometry")

    @property
    def widths(self) -> tuple[int, int]:
        """The widths of the left and the right column, in logical pixels; 0 where there is none."""
        left, right = (str(self._settings.value(key, "")) for key in ("left", "right"))
        return int(left) if left.isdigit() else 0, int(right) if right.isdigit() else 0

    def keep_layout(self, geometry: QByteArray, widths: tuple[int, int]) -> None:
        """Remember place, size and columns."""
        self._settings.setValue("geometry", geometry)
        for key, width in zip(("left", "right"), widths, strict=True):
            self._settings.setValue(key, width)

    @property
    def language(self) -> str:
        """The language chosen last; empty when none ever was."""
        return str(self._settings.value("language", ""))

    def keep_language(self, code: str) -> None:
        """Remember the language."""
        self._settings.setValue("language", code)

    @property
    def panel(self) -> int | str | None:
        """The panel looked at last: a module id, None for the reduction objectives, "" when there is none."""
        kept = str(self._settings.value("panel", ""))
        if kept == REDUCTION:
            return None
        return int(kept) if kept.isdigit() else ""

    def keep_panel(self, module: int | None) -> None:
        """Remember the panel."""
        self._settings.setValue("panel", REDUCTION if module is None else str(module))

    def sync(self) -> None:
        """Write to disk now."""
        self._settings.sync()
