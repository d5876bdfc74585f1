"""Hears from the operating system that the network is back, so that nobody waits for the next try to connect.

Never says that a server is away: only the server's silence does; where the system tells nothing, nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation

_REACHABLE = QNetworkInformation.Reachability
_BACK = (_REACHABLE.Site, _REACHABLE.Online)  # a server may be in the institution's own network


class NetworkWatch(QObject):
    """Calls ``on_return`` each time the network comes back, and not when it only changes; ends with ``parent``.

    ``source`` has the signal ``reachabilityChanged`` and the present ``reachability()``; by default it is the system's.
    """

    def __init__(self, on_return: Callable[[], object], parent: QObject, source: QNetworkInformation | None = None):
        super().__init__(parent)
        self._on_return = on_return
        self._source = source or system_source()
        self._was_there = self._source is None or self._source.reachability() in _BACK
        if self._source is not None:
            self._source.reachabilityChanged.connect(self._changed)

    def _changed(self, reachability: QNetworkInformation.Reachability) -> None:
        is_there = reachability in _BACK
        returned, self._was_there = is_there and not self._was_there, is_there
        if returned:
            self._on_return()


def system_source() -> QNetworkInformation | None:
    """What the system tells of the network; None when Qt finds nobody to ask."""
    wanted = QNetworkInformation.Feature.Reachability
    return QNetworkInformation.instance() if QNetworkInformation.loadBackendByFeatures(wanted) else None
