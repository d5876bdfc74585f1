"""The whole story told through the real window against a real embedded backend: demonstration and smoke test in one.

Never shows anything that was not done: every click goes to a real widget, and every step checks what is on the screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main(out: Path, *, show: bool, language: str) -> int:
    """Tell the story; one picture per step goes to ``out``; 0 when all went well, 1 when not, 2 without a display."""
    if not show:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from yearadmin.desktop.display import has_display

    if show and not has_display():
        sys.stderr.write("There is no display to show the window on; without --show the tour needs none.\n")
        return 2
    from PySide6.QtCore import QSettings, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from yearadmin.desktop import loop
    from yearadmin.tour.stage import Stage
    from yearadmin.tour.story import tell

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="yearadmin-tour-") as folder:
        # Nothing of the tour stays behind, and nothing of the person at this computer shows in it.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        qInstallMessageHandler(_say)
        app = QApplication(["yearadmin"])
        stage = Stage(app, Path(folder), out, language)
        try:
            return loop.run(app, lambda: tell(stage), report=stage.report, interrupted=stage.interrupt)
        finally:
            stage.backend.stop()


def _say(_kind: object, _context: object, text: str | None) -> None:
    """Qt's own messages, but for the one that a window out of sight makes for each dialog."""
    if text and "propagateSizeHints" not in text:
        sys.stderr.write(text + "\n")
