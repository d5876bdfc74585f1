"""For screen readers and keyboards: everything that takes the focus has a name, and everything can be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget
from pytestqt.qtbot import QtBot

from yearadmin.state.model import NoticeCode, NoticeKind
from yearadmin.state.store import Store

from . import story
from .conftest import WindowOf
from .test_languages import STATES


def focusable(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if widget.isVisible() and takes_tab and widget.isEnabled():
            yield widget


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)) if interface is not None else ""


@pytest.mark.parametrize("make", STATES.values(), ids=STATES)
def test_whatever_takes_the_focus_has_a_name(window_of: WindowOf, make: Callable[[], Store]) -> None:
    store = make()
    store.dispatch(story.notice(NoticeKind.FAILURE, NoticeCode.WISH_FAILED, **story.FAILURE))
    window = window_of(store)
    widgets = list(focusable(window))
    assert len(widgets) > 4
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in widgets
        if not name_of(widget).strip() and not _only_scrolls(widget)
    ]
    assert nameless == []


def _only_scrolls(widget: QWidget) -> bool:
    """A scroll area is not read out itself: what it holds is."""
    return type(widget).__name__ == "QScrollArea" and isinstance(widget, QAbstractScrollArea)


def test_the_year_selector_has_a_label_for_a_buddy(window_of: WindowOf) -> None:
    window = window_of(story.ready_complete())
    labels = [label for label in window.findChildren(QLabel) if label.buddy() is window.year_bar.selector]
    assert len(labels) == 1
    assert QKeySequence.mnemonic(labels[0].text()) == QKeySequence("Alt+Y")
    interface = QAccessible.queryAccessibleInterface(window.year_bar.selector)
    related = [pair[0].object() for pair in interface.relations(QAccessible.RelationFlag.Label)]
    assert labels[0] in related


def test_the_tab_key_goes_from_the_year_through_the_panels_to_the_footer_and_round(window_of: WindowOf) -> None:
    window = window_of(story.ready_complete())
    window.year_bar.selector.setFocus()
    order: list[str] = []
    for _ in range(60):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        focused = window.focusWidget()
        order.append(focused.objectName() or type(focused).__name__)
        if focused is window.year_bar.selector:
            break
    assert order[-1] == "yearSelector"
    wanted = ["readinessButton", "openYearButton", "yearMenu", "moduleList", "readinessList", "connectionStatus"]
    places = [order.index(name) for name in [*wanted, "languageMenu"]]
    assert places == sorted(places)


@pytest.mark.parametrize(("key", "signal"), [("F5", "reload_requested"), ("Ctrl+R", "reload_requested")])
def test_shortcuts_work_from_anywhere(window_of: WindowOf, qtbot: QtBot, key: str, signal: str) -> None:
    window = window_of(story.ready_complete())
    window.footer.language.setFocus()
    with qtbot.waitSignal(getattr(window, signal)) as wish:
        QTest.keySequence(window, QKeySequence(key))
    assert wish.args == [2026]


def test_refresh_while_offline_tries_the_connection_instead(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.offline())
    with qtbot.waitSignal(window.retry_connection_requested):
        QTest.keySequence(window, QKeySequence("F5"))


def test_the_shortcut_for_opening_asks_only_when_it_is_allowed(window_of: WindowOf) -> None:
    window = window_of(story.ready_incomplete())
    QTest.keySequence(window, QKeySequence("Ctrl+Shift+O"))
    assert window.questions.dialog is None
    window = window_of(story.ready_complete())
    QTest.keySequence(window, QKeySequence("Ctrl+Shift+O"))
    assert window.questions.dialog is not None


def test_no_shortcut_is_given_twice(window_of: WindowOf) -> None:
    window = window_of(story.ready_complete())
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert len(keys) >= 6
