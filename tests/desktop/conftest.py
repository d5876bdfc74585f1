"""Windows on an offscreen screen, in the light theme and in English, each over a store that real events fill."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any test makes the application

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from yearadmin.desktop.memory import WindowMemory
from yearadmin.desktop.theme import LIGHT, colours, wear
from yearadmin.desktop.window import MainWindow
from yearadmin.state.store import Store
from yearadmin.words.translate import use_translator

WindowOf = Callable[..., MainWindow]

HARMLESS = (
    "This plugin does not support propagateSizeHints",  # of every window with a least size, on the offscreen platform
    r"This plugin does not support raise\(\)",  # of a second window, likewise
    "This plugin does not support grabbing the keyboard",  # of an open menu, likewise
)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Qt's offscreen platform says so of windows that are perfectly well."""
    item.add_marker(pytest.mark.qt_log_ignore(*HARMLESS, extend=True))


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    """The light theme and English, whatever this computer prefers."""
    if colours() is not LIGHT or not qapp.styleSheet():  # dressing restyles every widget there is
        wear(qapp, LIGHT)
    yield
    use_translator(None, "en")


@pytest.fixture
def memory(tmp_path: Path) -> WindowMemory:
    """What a window remembers, thrown away after the test."""
    return WindowMemory(tmp_path / "window.ini")


@pytest.fixture
def window_of(qtbot: QtBot, memory: WindowMemory) -> Iterator[WindowOf]:
    """A shown window that follows a store."""
    ends: list[Callable[[], None]] = []
    windows: list[MainWindow] = []

    def make(store: Store, width: int = 1280, height: int = 800) -> MainWindow:
        window = MainWindow(memory)
        window.resize(width, height)
        window.show_state(None, store.state)
        ends.append(store.subscribe(window.show_state))
        qtbot.addWidget(window, before_close_func=MainWindow.close_for_good)
        windows.append(window)
        window.show()
        window.activateWindow()
        with qtbot.waitActive(window):
            pass
        return window

    yield make
    for end in ends:
        end()


@pytest.fixture
def brackets() -> Iterator[Callable[[], None]]:
    """Another language: every text in angle brackets, so that a forgotten one is seen."""

    def speak() -> None:
        use_translator(lambda context, text, comment, n: f"‹{text}›", "fr")

    yield speak
    use_translator(None, "en")
