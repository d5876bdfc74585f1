"""A bare PySide6 window, the measure for ours: prints seconds from the start of its process to its first paint."""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class Window(QMainWindow):
    """Says when it has painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Measure once, then end."""
        super().paintEvent(event)
        if not hasattr(self, "painted"):
            self.painted = time.monotonic() - float(sys.argv[1])
            QTimer.singleShot(0, QApplication.quit)


app = QApplication([])
window = Window()
window.setCentralWidget(QLabel("bare"))
window.resize(1280, 800)
window.show()
app.exec()
print(json.dumps({"first_paint": window.painted}))
