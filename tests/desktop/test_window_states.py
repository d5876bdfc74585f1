"""What an operator sees of a year in each of its states, and what can be pressed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from yearadmin.desktop.window import MainWindow
from yearadmin.state import events as e
from yearadmin.state.looking import Generation, Look, SignIn
from yearadmin.state.model import Wish
from yearadmin.state.store import Store

from . import story
from .conftest import WindowOf


def find(window: MainWindow, name: str, kind: type[QWidget] = QWidget) -> QWidget | None:
    return window.findChild(kind, name)


def open_button(window: MainWindow) -> QPushButton | None:
    return window.findChild(QPushButton, "openYearButton")


def shown(window: MainWindow, name: str) -> bool:
    widget = find(window, name)
    return widget is not None and widget.isVisible()


def words(widget: QWidget) -> str:
    """Everything legible in a widget."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def selector(window: MainWindow) -> QComboBox:
    found = window.findChild(QComboBox, "yearSelector")
    assert found is not None
    return found


def test_starting_the_window_says_so_and_offers_nothing(window_of: WindowOf) -> None:
    window = window_of(story.starting())
    assert "Connecting…" in words(window.middle)
    assert not shown(window, "openStatusChip")
    assert not shown(window, "modulePanels")
    assert open_button(window) is None
    assert window.footer.connection.text().startswith("Connecting…")


def test_years_are_listed_newest_first_with_their_states_and_next_year_can_be_chosen(window_of: WindowOf) -> None:
    window = window_of(story.being_set_up())
    box = selector(window)
    lines = [box.itemText(row) for row in range(box.count())]
    assert lines[:5] == [
        "2027 · not configured",
        "2026 · being set up",
        "2025 · open",
        "2024 · ready",
        "2023 · not configured",
    ]
    assert lines[-1] == "Other year…"
    assert all(not box.itemIcon(row).isNull() for row in range(5))
    assert box.currentText() == "2026 · being set up"


def test_choosing_a_year_is_a_wish_and_the_selector_waits_for_the_state(window_of: WindowOf, qtbot: QtBot) -> None:
    store = story.ready_incomplete()
    window = window_of(store)
    box = selector(window)
    with qtbot.waitSignal(window.year_selected) as wish:
        box.activated.emit(box.findData(2025))
    assert wish.args == [2025]
    assert box.currentData() == 2026
    store.dispatch(e.YearSelected(2025))
    assert box.currentData() == 2025


def test_no_such_year_is_one_sentence_and_a_button(window_of: WindowOf) -> None:
    window = window_of(story.missing(2027))
    button = window.findChild(QPushButton, "createYearButton")
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    assert "2027" in button.text()
    assert "Year 2027 is not configured yet" in words(window.middle)
    assert open_button(window) is None
    assert not shown(window, "offlineBand")
    assert window.toasts.cards == ()


def test_a_double_click_on_create_is_one_wish(window_of: WindowOf, qtbot: QtBot) -> None:
    store = story.missing(2027)
    window = window_of(store)
    wishes: list[int] = []
    window.create_requested.connect(wishes.append)
    button = window.middle.empty.create_button
    for click in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseClick):
        click(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert wishes == [2027]
    store.dispatch(e.WishStarted(2027, Wish.CREATE))
    assert not button.isEnabled()
    assert "Creating 2027" in button.text()
    store.dispatch(e.WishEnded(2027, Wish.CREATE, story.BROKEN))
    qtbot.waitUntil(button.isEnabled)
    assert "The server failed" in words(window.middle)
    button.click()
    assert wishes == [2027, 2027]


def test_being_set_up_shows_phases_message_and_link_and_has_no_open_button(window_of: WindowOf) -> None:
    window = window_of(story.being_set_up())
    panel = window.middle.year.provisioning
    assert panel.isVisible()
    said = words(panel)
    assert "Year 2026 is being set up" in said
    assert "Creating carbon reports: 640 of 1,024 units" in said
    assert said.count("done") >= 2
    assert "running" in said
    assert "to come" in said
    assert "Progress arrives live" in said
    assert open_button(window) is None
    assert shown(window, "modulePanels")
    assert not panel.retry.isVisible()


def test_while_it_is_set_up_no_panel_can_be_operated_by_mouse_or_keyboard(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.being_set_up())
    wishes: list[object] = []
    for signal in (window.upload_requested, window.goals_save_requested, window.interrupt_requested):
        signal.connect(lambda *args: wishes.append(args))
    buttons = [button for button in window.panels.findChildren(QPushButton) if button.isVisible()]
    assert buttons
    for button in buttons:
        assert not button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.keyClick(button, Qt.Key.Key_Space)
    reached = set()
    for _ in range(60):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    assert len(reached) > 3
    assert not any(widget is not None and window.panels.isAncestorOf(widget) for widget in reached)
    assert wishes == []
    centre = window.panels.mapTo(window, window.panels.rect().center())
    assert window.childAt(centre) is window.middle.year.veil
    assert "2026 is being set up" in window.middle.year.veil.toolTip()


def test_the_veil_is_for_that_year_only_and_leaves_by_itself(window_of: WindowOf) -> None:
    store = story.being_set_up()
    window = window_of(store)
    ready = story.complete_config(year=2025, is_started=True)
    store.dispatch(e.YearSelected(2025))
    store.dispatch(e.YearLoaded(2025, ready, story.ago(0)))
    assert window.panels.isEnabled()
    assert not window.middle.year.veil.isVisible()
    assert not window.middle.year.provisioning.isVisible()
    store.dispatch(e.YearSelected(2026))
    assert not window.panels.isEnabled()
    done = story.snapshot(state="FINISHED", result="SUCCESS", words="Done", done=True)
    store.dispatch(e.PipelineSeen(story.PIPELINE, done, story.ago(0)))
    store.dispatch(e.YearLoaded(2026, story.complete_config(), story.ago(0)))
    assert window.panels.isEnabled()
    assert not window.middle.year.veil.isVisible()
    assert open_button(window) is not None


def test_the_clock_of_the_set_up_ticks_only_while_it_runs_and_is_seen(window_of: WindowOf) -> None:
    store = story.being_set_up()
    window = window_of(store)
    clock = window.middle.year.provisioning._tick
    assert clock.isActive()
    assert "Running for 42" in words(window.middle.year.provisioning)
    store.dispatch(e.YearSelected(2027))
    assert not clock.isActive()
    store.dispatch(e.YearSelected(2026))
    assert clock.isActive()
    failed = story.snapshot(state="FINISHED", result="ERROR", words=story.FAILED_WORDS, done=True)
    store.dispatch(e.PipelineSeen(story.PIPELINE, failed, story.ago(0)))
    assert not clock.isActive()


def test_a_lost_stream_is_said_and_can_be_connected_again(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.being_set_up(story.LinkPhase.RECONNECTING))
    panel = window.middle.year.provisioning
    assert "No progress has arrived since" in words(panel)
    with qtbot.waitSignal(window.retry_connection_requested):
        panel.reconnect.click()


def test_a_failed_set_up_shows_the_servers_words_and_can_be_retried_once(window_of: WindowOf, qtbot: QtBot) -> None:
    store = story.set_up_failed()
    window = window_of(store)
    panel = window.middle.year.provisioning
    assert "The set-up of 2026 failed" in words(panel)
    assert story.FAILED_WORDS in words(panel)
    assert "ended here" in words(panel)
    wishes: list[int] = []
    window.retry_setup_requested.connect(wishes.append)
    QTest.mouseClick(panel.retry, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(panel.retry, Qt.MouseButton.LeftButton)
    assert wishes == [2026]
    store.dispatch(e.WishStarted(2026, Wish.RETRY_SETUP))
    assert not panel.retry.isEnabled()
    assert panel.retry.text() == "Starting…"
    assert open_button(window) is None


def test_an_incomplete_year_has_a_disabled_button_that_says_why(window_of: WindowOf) -> None:
    window = window_of(story.ready_incomplete())
    button = open_button(window)
    assert button is not None
    assert button.isVisible()
    assert not button.isEnabled()
    assert "Still missing" in button.toolTip()
    assert button.accessibleDescription() == button.toolTip()
    assert window.year_bar.chip.text == "Not yet open"
    assert "things missing" in window.year_bar.readiness.text()


def test_the_summary_leads_to_the_list(window_of: WindowOf) -> None:
    window = window_of(story.ready_incomplete())
    window.year_bar.readiness.click()
    assert window.focusWidget() is window.findChild(QWidget, "readinessList")


def test_each_line_of_the_list_leads_to_its_panel(window_of: WindowOf) -> None:
    window = window_of(story.ready_incomplete())
    view = window.checklist.view
    row = next(row for row in range(view.model().rowCount()) if "Plane" in str(view.model().index(row, 0).data()))
    view.clicked.emit(view.model().index(row, 0))
    assert window.panels.current == 2
    assert window.navigation.current == 2


def test_a_complete_year_is_opened_after_one_question_that_names_it(window_of: WindowOf, qtbot: QtBot) -> None:
    store = story.ready_complete()
    window = window_of(store)
    wishes: list[int] = []
    window.open_requested.connect(wishes.append)
    button = open_button(window)
    assert button is not None
    assert button.isEnabled()
    button.click()
    dialog = window.questions.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert "Open 2026 to users?" in words(dialog)
    assert "2026, 2025, 2024" in words(dialog)
    assert wishes == []
    dialog.yes.click()
    assert wishes == [2026]
    store.dispatch(e.WishStarted(2026, Wish.OPEN))
    assert not button.isEnabled()
    store.dispatch(e.YearLoaded(2026, story.complete_config(is_started=True), story.ago(0)))
    store.dispatch(e.WishEnded(2026, Wish.OPEN))
    assert window.year_bar.chip.text == "Open to users"
    assert not button.isEnabled()
    assert "already open" in button.toolTip()
    assert selector(window).currentText() == "2026 · open"


def test_saying_no_to_the_question_wishes_nothing(window_of: WindowOf) -> None:
    window = window_of(story.ready_complete())
    wishes: list[int] = []
    window.open_requested.connect(wishes.append)
    window.questions.ask_open(2026)
    dialog = window.questions.dialog
    assert dialog is not None
    dialog.no.click()
    assert wishes == []
    assert window.questions.dialog is None


def test_an_open_question_can_no_longer_be_answered_when_the_connection_is_lost(window_of: WindowOf) -> None:
    store = story.ready_complete()
    window = window_of(store)
    window.questions.ask_open(2026)
    dialog = window.questions.dialog
    assert dialog is not None
    assert dialog.yes.isEnabled()
    store.dispatch(e.Disconnected(story.ago(0), None, story.UNREACHABLE))
    assert not dialog.yes.isEnabled()
    assert "Not connected" in words(dialog)
    store.dispatch(e.Connected(story.ago(0)))
    store.dispatch(e.YearLoaded(2026, story.complete_config(), story.ago(0)))
    assert dialog.yes.isEnabled()


def test_an_open_year_can_be_closed_again_from_the_menu_after_a_question(window_of: WindowOf) -> None:
    window = window_of(story.opened())
    action = window.findChild(QAction, "closeYearAction")
    assert action is not None
    assert action.isVisible()
    assert action.isEnabled()
    wishes: list[int] = []
    window.close_requested.connect(wishes.append)
    action.trigger()
    dialog = window.questions.dialog
    assert dialog is not None
    assert "Close 2026 to users again?" in words(dialog)
    assert "2025, 2024" in words(dialog)
    dialog.yes.click()
    assert wishes == [2026]


@pytest.mark.parametrize("make", [story.ready_complete, story.missing], ids=["not open", "not configured"])
def test_closing_is_not_offered_for_a_year_that_is_not_open(window_of: WindowOf, make: Callable[[], Store]) -> None:
    window = window_of(make())
    action = window.findChild(QAction, "closeYearAction")
    assert action is not None
    assert not action.isVisible()


def test_offline_says_since_when_and_what_it_shows_and_disables_writing(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.offline())
    assert shown(window, "offlineBand")
    assert "Not connected since" in window.band.text
    assert "You see 2026 as it was at" in window.band.text
    assert "Next try in" in window.band.text
    assert window.footer.connection.text().startswith("Not connected since")
    assert shown(window, "modulePanels")
    button = open_button(window)
    assert button is not None
    assert not button.isEnabled()
    assert "Not connected" in button.toolTip()
    with qtbot.waitSignal(window.retry_connection_requested):
        window.band.button.click()
    with qtbot.waitSignal(window.retry_connection_requested):
        window.footer.connection.click()


def test_the_countdown_ticks_only_while_offline(window_of: WindowOf) -> None:
    store = story.offline()
    window = window_of(store)
    assert window.band._tick.isActive()
    store.dispatch(e.Connected(story.ago(0)))
    assert not window.band._tick.isActive()
    assert not window.band.isVisible()


def test_started_without_a_server_the_last_known_state_is_there_and_dated(window_of: WindowOf) -> None:
    window = window_of(story.offline_from_cache())
    assert selector(window).currentData() == 2026
    assert "You see 2026 as it was" in window.band.text
    assert shown(window, "modulePanels")
    button = open_button(window)
    assert button is not None
    assert not button.isEnabled()


def test_offline_a_year_never_read_here_says_so(window_of: WindowOf) -> None:
    store = story.offline_from_cache()
    window = window_of(store)
    store.dispatch(e.YearSelected(2024))
    assert "2024 was never read on this computer" in words(window.middle)
    assert not shown(window, "modulePanels")


def test_a_year_that_could_not_be_read_says_what_happened_and_can_be_retried(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.failed_to_load())
    assert "Year 2026 could not be read" in words(window.middle)
    assert "Internal Server Error" in words(window.middle)
    with qtbot.waitSignal(window.reload_requested) as wish:
        window.middle.failed.retry.click()
    assert wish.args == [2026]


def test_a_year_that_could_not_be_read_again_stays_and_is_marked(window_of: WindowOf, qtbot: QtBot) -> None:
    store = story.ready_complete()
    window = window_of(store)
    store.dispatch(e.YearFailed(2026, story.BROKEN))
    assert shown(window, "modulePanels")
    assert "2026 could not be read again" in window.band.text
    with qtbot.waitSignal(window.reload_requested):
        window.band.button.click()


def test_signed_out_on_a_demo_server_roles_are_offered(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.signed_out())
    assert "You are not signed in" in words(window.middle)
    panel = window.sign_in.panel
    panel.show_look(Look("", "", Generation.JULY, frozenset({SignIn.TEST_USER})))
    window.middle.start.sign_in.click()
    buttons = [button for button in panel.roles.values() if button.isVisible()]
    assert len(buttons) == 4
    assert buttons[0].hasFocus()
    with qtbot.waitSignal(panel.test_user_requested) as wish:
        buttons[0].click()
    assert wish.args == ["calco2.backoffice.admin"]


def test_without_rights_open_years_only_and_nothing_to_change(window_of: WindowOf) -> None:
    window = window_of(story.standard_user())
    box = selector(window)
    assert [box.itemData(row) for row in range(box.count())][:2] == [2025, 2024]
    assert open_button(window) is None
    assert not window.checklist.isVisible()
    assert not window.year_bar.readiness.isVisible()
    action = window.findChild(QAction, "closeYearAction")
    assert action is not None
    assert not action.isEnabled()
    assert all(not button.isEnabled() for button in window.panels.findChildren(QPushButton) if button.isVisible())


def test_without_rights_a_year_that_does_not_exist_cannot_be_created(window_of: WindowOf) -> None:
    store = story.standard_user()
    window = window_of(store)
    store.dispatch(e.YearSelected(2031))
    store.dispatch(e.YearMissing(2031, story.ago(0)))
    assert not window.middle.empty.create_button.isVisible()


def test_the_title_names_the_server(window_of: WindowOf) -> None:
    assert window_of(story.ready_complete()).windowTitle().startswith("● 127.0.0.1:8123")


def test_a_view_that_fails_does_not_keep_the_others_from_showing(
    window_of: WindowOf, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    store = story.ready_incomplete()
    window = window_of(store)
    monkeypatch.setattr(window.year_bar, "show_state", lambda old, new: 1 / 0)
    with qtbot.captureExceptions() as caught:
        store.dispatch(e.Disconnected(story.ago(0), None, story.UNREACHABLE))
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert window.band.isVisible()


def test_the_wheel_scrolls_what_lies_under_the_veil(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.being_set_up(), height=560)
    window.panels.show_panel(3)
    qtbot.wait(30)
    area = next(area for area in window.panels.findChildren(QScrollArea) if area.isVisible())
    assert area.verticalScrollBar().maximum() > 0
    veil = window.middle.year.veil
    point = veil.mapFromGlobal(area.viewport().mapToGlobal(area.viewport().rect().center()))
    event = QWheelEvent(
        point.toPointF(),
        veil.mapToGlobal(point).toPointF(),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(veil, event)
    assert area.verticalScrollBar().value() > 0
