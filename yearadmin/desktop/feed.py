"""From the store to the screen: many changes become few repaints, the first of them at once.

Never polls: when nothing changes no timer runs. Never drops the last state.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer

from yearadmin.state.model import AppState
from yearadmin.state.store import Store

REPAINTS_PER_SECOND = 30

Show = Callable[[AppState | None, AppState], None]


class StateFeed(QObject):
    """Calls ``show(old, new)`` at most 30 times a second, where ``old`` is what was shown last (None at first)."""

    def __init__(self, store: Store, show: Show, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._show = show
        self._shown: AppState | None = None
        self._is_showing = False
        self._last = float("-inf")
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.flush)
        self._unsubscribe = store.subscribe(self._on_change)
        self.flush()

    @property
    def is_idle(self) -> bool:
        """Whether everything is shown and nothing is scheduled."""
        return not self._timer.isActive() and self._shown is self._store.state

    def flush(self) -> None:
        """Show the present state now, unless it is shown already or showing is under way."""
        if self._is_showing or self._shown is self._store.state:
            return
        self._timer.stop()
        old, new = self._shown, self._store.state
        self._is_showing, self._shown = True, new
        try:
            self._show(old, new)
        finally:
            self._is_showing = False
            self._last = monotonic()
        if self._store.state is not new:  # showing itself changed something
            self._schedule()

    def stop(self) -> None:
        """Show nothing from now on."""
        self._unsubscribe()
        self._timer.stop()

    def _on_change(self, _old: AppState, _new: AppState) -> None:
        if not self._is_showing:
            self._schedule()

    def _schedule(self) -> None:
        if self._timer.isActive():
            return
        wait = self._last + 1 / REPAINTS_PER_SECOND - monotonic()
        if wait <= 0 and not self._is_showing:
            self.flush()
        else:
            self._timer.start(max(1, round(wait * 1000)))
