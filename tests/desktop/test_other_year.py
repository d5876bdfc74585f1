"""Asking for a year that is not listed: what is no year is said in place, and nothing else happens."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from yearadmin.desktop.dialogs import OtherYearDialog
from yearadmin.desktop.window import MainWindow

from . import story
from .conftest import WindowOf


def asked(window: MainWindow) -> OtherYearDialog:
    """The open dialog, reached as an operator reaches it: by the last line of the selector."""
    box = window.year_bar.selector
    box.activated.emit(box.count() - 1)
    dialog = window.questions.dialog
    assert isinstance(dialog, OtherYearDialog)
    assert dialog.isVisible()
    return dialog


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type a year first."),
        ("   ", "Type a year first."),
        ("abc", "“abc” is not a year"),
        ("20x6", "“20x6” is not a year"),
        ("-5", "“-5” is not a year"),
        ("２０２６", "is not a year"),
        ("0", "0 can’t be a reporting year"),
        ("9999", "9999 can’t be a reporting year"),
        ("999999999999", "can’t be a reporting year"),
    ],
)
def test_what_is_no_year_is_said_in_place(window_of: WindowOf, qtbot: QtBot, typed: str, said: str) -> None:
    window = window_of(story.ready_incomplete())
    dialog = asked(window)
    dialog.field.setText(typed)
    with qtbot.assertNotEmitted(window.year_selected):
        dialog.yes.click()
    assert dialog.isVisible()
    assert dialog.fault.isVisible()
    assert said in dialog.fault.label.text()
    assert dialog.field.accessibleDescription() == dialog.fault.label.text()
    assert window.year_bar.selector.currentData() == 2026


def test_a_year_is_looked_at(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.ready_incomplete())
    dialog = asked(window)
    dialog.field.setText(" 2031 ")
    with qtbot.waitSignal(window.year_selected) as wish:
        dialog.yes.click()
    assert wish.args == [2031]
    assert window.questions.dialog is None


def test_the_fault_leaves_while_it_is_being_corrected(window_of: WindowOf, qtbot: QtBot) -> None:
    dialog = asked(window_of(story.ready_incomplete()))
    dialog.field.setText("99999")
    dialog.yes.click()
    assert dialog.fault.isVisible()
    dialog.field.clear()
    qtbot.keyClicks(dialog.field, "2028")
    assert not dialog.fault.isVisible()


def test_asking_twice_leaves_one_dialog(window_of: WindowOf) -> None:
    window = window_of(story.ready_incomplete())
    first = asked(window)
    second = asked(window)
    assert first is not second
    assert [dialog for dialog in window.findChildren(OtherYearDialog) if dialog.isVisible()] == [second]


def test_cancel_changes_nothing(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.ready_incomplete())
    dialog = asked(window)
    dialog.field.setText("2031")
    with qtbot.assertNotEmitted(window.year_selected):
        dialog.no.click()
    assert window.questions.dialog is None
