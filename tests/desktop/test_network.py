"""When the network comes back, the program does not wait for its next try."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from yearadmin.desktop import network
from yearadmin.desktop.network import NetworkWatch

Reach = QNetworkInformation.Reachability


class System(QObject):
    """The part of QNetworkInformation that is used, told what to say."""

    reachabilityChanged = Signal(Reach)  # noqa: N815 - Qt's name

    def __init__(self, present: QNetworkInformation.Reachability) -> None:
        super().__init__()
        self.present = present

    def reachability(self) -> QNetworkInformation.Reachability:
        return self.present

    def becomes(self, *reaches: QNetworkInformation.Reachability) -> None:
        for self.present in reaches:
            self.reachabilityChanged.emit(self.present)


def watch(system: System, parent: QObject) -> list[str]:
    calls: list[str] = []
    NetworkWatch(lambda: calls.append("retry"), parent, cast("QNetworkInformation", system))
    return calls


def test_each_return_of_the_network_is_a_try_and_nothing_else_is(qtbot: QtBot) -> None:
    system, window = System(Reach.Online), QObject()
    calls = watch(system, window)
    system.becomes(Reach.Online, Reach.Site, Reach.Online)  # it was there all the time
    assert calls == []
    system.becomes(Reach.Disconnected)
    assert calls == []
    system.becomes(Reach.Local)  # the cable is in, nothing beyond it answers yet
    assert calls == []
    system.becomes(Reach.Site, Reach.Online)
    assert calls == ["retry"]
    system.becomes(Reach.Unknown, Reach.Online)
    assert calls == ["retry", "retry"]


def test_one_begun_without_a_network_hears_of_it(qtbot: QtBot) -> None:
    system, window = System(Reach.Disconnected), QObject()
    calls = watch(system, window)
    system.becomes(Reach.Online)
    assert calls == ["retry"]


def test_a_window_that_is_gone_hears_nothing(qtbot: QtBot) -> None:
    system, window = System(Reach.Disconnected), QObject()
    calls = watch(system, window)
    window.deleteLater()
    with qtbot.waitSignal(window.destroyed):
        pass
    system.becomes(Reach.Online)
    assert calls == []


def test_where_the_system_tells_nothing_nothing_happens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "system_source", lambda: None)
    window = QObject()
    made = NetworkWatch(lambda: pytest.fail("called"), window)
    assert made.parent() is window


def test_the_system_is_asked_where_it_can_be(qtbot: QtBot) -> None:
    source = network.system_source()
    assert source is None or source.supports(QNetworkInformation.Feature.Reachability)
    window = QObject()
    assert NetworkWatch(lambda: None, window).parent() is window
