"""From the store to the screen: at once, seldom, and never late with the last word."""

from __future__ import annotations

from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from yearadmin.desktop.feed import REPAINTS_PER_SECOND, StateFeed
from yearadmin.state import events as e
from yearadmin.state.model import AppState
from yearadmin.state.store import Store

NOW = datetime(2026, 11, 25, tzinfo=UTC)


class Screen:
    """Takes note of what it was told to show."""

    def __init__(self) -> None:
        self.shown: list[tuple[AppState | None, AppState]] = []

    def show(self, old: AppState | None, new: AppState) -> None:
        self.shown.append((old, new))


def test_the_first_state_and_the_first_change_are_shown_at_once(qtbot: QtBot) -> None:
    store, screen = Store(AppState(2026)), Screen()
    feed = StateFeed(store, screen.show)
    assert screen.shown == [(None, store.state)]
    qtbot.waitUntil(lambda: feed.is_idle)
    qtbot.wait(2 * 1000 // REPAINTS_PER_SECOND)
    before = store.state
    store.dispatch(e.YearSelected(2026))
    assert screen.shown[-1] == (before, store.state)


def test_a_thousand_changes_are_few_repaints_and_the_last_one_is_not_lost(qtbot: QtBot) -> None:
    store, screen = Store(AppState(2026)), Screen()
    feed = StateFeed(store, screen.show)
    for year in range(2000, 3000):
        store.dispatch(e.YearSelected(year))
    assert len(screen.shown) <= 4
    qtbot.waitUntil(lambda: feed.is_idle)
    assert screen.shown[-1][1].selected == 2999
    assert screen.shown[-1][0] is screen.shown[-2][1]  # no state is skipped in what "old" means


def test_it_repaints_at_most_thirty_times_a_second(qtbot: QtBot) -> None:
    store, screen = Store(AppState(2026)), Screen()
    feed = StateFeed(store, screen.show)
    for year in range(2000, 2100):
        store.dispatch(e.YearSelected(year))
        qtbot.wait(5)
    qtbot.waitUntil(lambda: feed.is_idle)
    assert 5 <= len(screen.shown) <= 100 * 30 // 100 + 15


def test_nothing_runs_while_nothing_changes(qtbot: QtBot) -> None:
    store, screen = Store(AppState(2026)), Screen()
    feed = StateFeed(store, screen.show)
    store.dispatch(e.YearSelected(2026))
    qtbot.waitUntil(lambda: feed.is_idle)
    assert not feed._timer.isActive()


def test_a_change_made_by_showing_is_shown_afterwards_and_not_inside(qtbot: QtBot) -> None:
    store = Store(AppState(2026))
    depth, shown = 0, []

    def show(_old: AppState | None, new: AppState) -> None:
        nonlocal depth
        depth += 1
        assert depth == 1
        shown.append(new.selected)
        if new.selected is None:
            store.dispatch(e.YearSelected(2027))
        depth -= 1

    feed = StateFeed(store, show)
    qtbot.waitUntil(lambda: feed.is_idle)
    assert shown == [None, 2027]


def test_after_the_end_nothing_is_shown(qtbot: QtBot) -> None:
    store, screen = Store(AppState(2026)), Screen()
    feed = StateFeed(store, screen.show)
    feed.stop()
    store.dispatch(e.YearSelected(2026))
    qtbot.wait(60)
    assert len(screen.shown) == 1
