"""What is told once: it is seen, it can be read in peace, and it is never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from yearadmin.desktop import notices
from yearadmin.desktop.window import MainWindow
from yearadmin.state import events as e
from yearadmin.state.model import NoticeCode, NoticeKind
from yearadmin.state.store import Store

from . import story
from .conftest import WindowOf

GOOD = story.notice(NoticeKind.SUCCESS, NoticeCode.YEAR_READY)
BAD = story.notice(NoticeKind.FAILURE, NoticeCode.WISH_FAILED, **story.FAILURE)


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Good news leaves after a moment."""
    monkeypatch.setattr(notices, "STAYS", 400)


def titles(window: MainWindow) -> list[str]:
    return [card._title.text() for card in window.toasts.cards if card.isVisible()]


def told(*events: e.Event) -> Store:
    store = story.ready_complete()
    for event in events:
        store.dispatch(event)
    return store


def test_a_notice_appears_in_the_window_with_title_and_sentence(window_of: WindowOf) -> None:
    window = window_of(told(GOOD))
    (card,) = window.toasts.cards
    assert card.isVisible()
    assert "Year 2026 is ready" in card.accessibleName()
    assert card.accessibleName().startswith("Done")
    assert window.rect().contains(card.mapTo(window, card.rect().bottomRight()))
    assert window.footer.messages.text() == "1"


@pytest.mark.usefixtures("hurry")
def test_good_news_leaves_by_itself_and_stays_in_the_list(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(told(GOOD))
    qtbot.waitUntil(lambda: window.toasts.cards == ())
    assert not window.toasts.isVisible()
    window.footer.messages.click()
    assert window._messages is not None
    assert "Year 2026 is ready" in "\n".join(label.text() for label in window._messages.findChildren(QLabel))


@pytest.mark.usefixtures("hurry")
def test_a_failure_stays_until_it_is_dismissed(window_of: WindowOf, qtbot: QtBot) -> None:
    store = told(BAD)
    window = window_of(store)
    qtbot.wait(600)
    (card,) = window.toasts.cards
    with qtbot.waitSignal(window.notice_dismissed) as wish:
        card.close_button.click()
    assert wish.args == [store.state.notices[0].id]
    store.dispatch(e.NoticeDismissed(store.state.notices[0].id))
    assert window.toasts.cards == ()
    assert len(window.toasts.history) == 1


@pytest.mark.usefixtures("hurry")
def test_what_is_being_read_does_not_leave(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(told(GOOD))
    (card,) = window.toasts.cards
    QApplication.sendEvent(card, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    qtbot.wait(600)
    assert window.toasts.cards == (card,)


def test_the_servers_words_are_in_the_details_and_can_be_copied(window_of: WindowOf) -> None:
    window = window_of(told(BAD))
    (card,) = window.toasts.cards
    assert not card._details.isVisible()
    card.more.click()
    assert card._details.isVisible()
    assert "Internal Server Error" in card._details.text()
    card.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "Internal Server Error" in copied
    assert card._title.text() in copied


def test_many_at_once_are_two_cards_and_a_way_to_the_rest(window_of: WindowOf) -> None:
    window = window_of(told(BAD, BAD, BAD, BAD, BAD))
    assert len(titles(window)) == 2
    assert window.toasts.more.isVisible()
    assert "3" in window.toasts.more.text()
    window.toasts.more.click()
    assert window._messages is not None
    assert len(window._messages.findChildren(notices.NoticeCard)) == 5


def test_a_notice_is_shown_once_whatever_else_changes(window_of: WindowOf) -> None:
    store = told(GOOD)
    window = window_of(store)
    store.dispatch(e.YearSelected(2025))
    store.dispatch(e.YearSelected(2026))
    assert len(window.toasts.cards) == 1
    assert len(window.toasts.history) == 1


def test_the_open_list_grows_with_what_is_told(window_of: WindowOf) -> None:
    store = told(GOOD)
    window = window_of(store)
    window.show_messages()
    store.dispatch(BAD)
    assert window._messages is not None
    assert len(window._messages.findChildren(notices.NoticeCard)) == 2


def test_a_notice_takes_no_focus(window_of: WindowOf) -> None:
    store = told()
    window = window_of(store)
    window.year_bar.selector.setFocus()
    store.dispatch(BAD)
    assert window.focusWidget() is window.year_bar.selector


FAILED = story.notice(NoticeKind.FAILURE, NoticeCode.SETUP_FAILED, **story.FAILURE)


def test_a_failure_that_was_put_right_leaves_the_corner_but_not_the_list(window_of: WindowOf) -> None:
    window = window_of(told(FAILED, GOOD))
    assert [card.notice.code for card in window.toasts.cards] == [NoticeCode.YEAR_READY]
    assert [notice.code for notice in window.toasts.history] == [NoticeCode.SETUP_FAILED, NoticeCode.YEAR_READY]


def test_the_same_good_news_again_takes_the_place_of_the_one_before(window_of: WindowOf) -> None:
    window = window_of(told(GOOD, GOOD, GOOD))
    assert len(window.toasts.cards) == 1
    assert len(window.toasts.history) == 3
