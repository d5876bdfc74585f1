"""The keeper of the one state: applies events in order and tells who listens.

Never repaints and never waits: a listener that is slow or fails does not stop the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from yearadmin.state.events import Event
from yearadmin.state.model import AppState
from yearadmin.state.reducers import reduce

Listener = Callable[[AppState, AppState], None]

log = logging.getLogger(__name__)


class Store:
    """Holds the state; ``dispatch`` is the only way to change it."""

    def __init__(self, state: AppState) -> None:
        self.state = state
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener(old, new)`` after each change; the returned function ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def dispatch(self, event: Event) -> None:
        """Apply one event and notify, unless it changed nothing."""
        old = self.state
        self.state = reduce(event, old)
        if self.state is old:
            return
        for listener in tuple(self._listeners):
            try:
                listener(old, self.state)
            except Exception:
                log.exception("A listener failed on %s", type(event).__name__)
