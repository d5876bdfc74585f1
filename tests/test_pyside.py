"""The Qt binding itself: versions exist that lose references at every callback and abort after a few thousand."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal


class Emitter(QObject):
    said = Signal(object)


def test_thousands_of_callbacks_and_signals_lose_no_reference(qapp: QCoreApplication) -> None:
    heard: list[object] = []
    emitter = Emitter()
    emitter.said.connect(heard.append)
    before = (sys.getrefcount(None), sys.getrefcount(True))
    for _ in range(4000):
        emitter.said.emit(None)
        emitter.said.emit(True)
        QTimer.singleShot(0, lambda: None)
        if len(heard) % 500 == 0:
            qapp.processEvents()
    qapp.processEvents()
    assert len(heard) == 8000
    heard.clear()
    after = (sys.getrefcount(None), sys.getrefcount(True))
    # A broken binding loses one per call; on Python 3.12 and later these objects are immortal and do not count at all.
    assert all(new > old - 1000 for old, new in zip(before, after, strict=True))
