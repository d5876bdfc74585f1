"""The panels alone, without a window around them, with settings of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from yearadmin.desktop.panels import ModulePanels
from yearadmin.state.store import Store
from yearadmin.words.translate import use_translator


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    """A settings file that is thrown away."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Show a widget for the length of the test."""

    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.resize(900, 700)
        widget.show()
        widget.activateWindow()
        with qtbot.waitActive(widget):
            pass

    return show


@pytest.fixture
def panels_of(qtbot: QtBot, shown: Callable[[QWidget], None]) -> Callable[[Store, int | None], ModulePanels]:
    """The panels over a store, kept up to date, with one of them in front."""
    ends: list[Callable[[], None]] = []

    def make(store: Store, panel: int | None = 2) -> ModulePanels:
        panels = ModulePanels()
        panels.show_state(None, store.state)
        panels.show_panel(panel)
        ends.append(store.subscribe(panels.show_state))
        shown(panels)
        return panels

    return make


@pytest.fixture
def french() -> Callable[[], None]:
    """Another language: every text in angle brackets, so that a forgotten one is seen."""

    def speak() -> None:
        use_translator(lambda context, text, comment, n: f"‹{text}›", "fr")

    return speak
