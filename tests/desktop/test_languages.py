"""Another language, live: every text changes and nothing that is on the screen is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from yearadmin.desktop import translation
from yearadmin.state.model import NoticeCode, NoticeKind
from yearadmin.state.store import Store

from . import story
from .conftest import WindowOf

STATES = {
    "starting": story.starting,
    "missing": story.missing,
    "being set up": story.being_set_up,
    "reconnecting": lambda: story.being_set_up(story.LinkPhase.RECONNECTING),
    "set-up failed": story.set_up_failed,
    "incomplete": story.ready_incomplete,
    "complete": story.ready_complete,
    "open": story.opened,
    "offline": story.offline,
    "failed": story.failed_to_load,
    "signed out": story.signed_out,
    "user": story.standard_user,
}
# What is the same in every language: names, numbers, signs, the server's own words and those of files.
SAME = re.compile(
    r"^[\W\d]*$|^A\. Operator$|^(EN|FR)$|^(English|Français)|640 of 1,024|^Directory of units|^Internal Server Error"
    r"|\.csv$|^\d{4}$|^\d+ \w+ \d{4}"
)


def texts(window: QWidget) -> Iterator[str]:
    """Every text in the window, hidden ones too: they may be shown later."""
    for label in window.findChildren(QLabel):
        yield label.text()
    for button in window.findChildren(QAbstractButton):
        yield button.text()
        yield button.toolTip()
    for action in window.findChildren(QAction):
        yield action.text()
    for box in window.findChildren(QComboBox):
        yield from (box.itemText(row) for row in range(box.count()))
        yield box.toolTip()
    for edit in window.findChildren(QLineEdit):
        yield edit.placeholderText()


@pytest.mark.parametrize("make", STATES.values(), ids=STATES)
def test_every_text_of_the_window_is_translated(
    window_of: WindowOf, brackets: Callable[[], None], make: Callable[[], Store]
) -> None:
    store = make()
    store.dispatch(story.notice(NoticeKind.FAILURE, NoticeCode.WISH_FAILED, **story.FAILURE))
    window = window_of(store)
    brackets()
    window.retranslate()
    forgotten = {text for text in texts(window) if text and "‹" not in text and not SAME.search(text)}
    assert forgotten == set()


def test_nothing_on_the_screen_is_lost(window_of: WindowOf, brackets: Callable[[], None]) -> None:
    store = story.ready_incomplete()
    window = window_of(store, height=520)
    store.dispatch(story.notice(NoticeKind.FAILURE, NoticeCode.WISH_FAILED, **story.FAILURE))
    window.toasts.cards[0].more.click()
    window.panels.show_panel(3)
    window.checklist.view.setCurrentIndex(window.checklist.view.model().index(4, 0))
    window.questions.ask_other_year()
    dialog = window.questions.dialog
    assert dialog is not None
    dialog.field.setText("20")
    dialog.field.setCursorPosition(1)
    brackets()
    window.retranslate()
    assert window.panels.current == 3
    assert window.navigation.current == 3
    assert window.checklist.view.currentIndex().row() == 4
    assert window.questions.dialog is dialog
    assert dialog.isVisible()
    assert dialog.field.text() == "20"
    assert dialog.field.cursorPosition() == 1
    assert "‹" in dialog.windowTitle()
    assert window.toasts.cards[0].more.isChecked()
    assert window.year_bar.selector.currentData() == 2026


def test_the_menu_offers_both_languages_and_marks_the_present_one(window_of: WindowOf) -> None:
    window = window_of(story.ready_complete())
    chosen: list[str] = []
    window.language_requested.connect(chosen.append)
    actions = {action.objectName(): action for action in window.footer.language.popup.actions()}
    assert actions["language.en"].isChecked()
    actions["language.fr"].trigger()
    assert chosen == ["fr"]


def test_the_compiled_french_is_spoken_live_and_english_comes_back(window_of: WindowOf, qapp: QApplication) -> None:
    window = window_of(story.ready_complete())
    try:
        translation.install(qapp, "fr")
        qapp.processEvents()
        assert window.year_bar.chip.text == "Pas encore ouverte"
        assert window.footer.language.text() == "FR"
    finally:
        translation.install(qapp, "en")
    qapp.processEvents()
    assert window.year_bar.chip.text == "Not yet open"
