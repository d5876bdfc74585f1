"""What a colleague changed is shown beside one's own, and one of the two is chosen; typed text is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from yearadmin.contract.years import Goal
from yearadmin.desktop.conflict import ConflictDialog
from yearadmin.desktop.panels.goals import GoalsEditor
from yearadmin.desktop.panels.goaltext import Field
from yearadmin.desktop.window import MainWindow
from yearadmin.state import events as e
from yearadmin.state.conflicts import GOALS, Conflict, FieldChange, goal_values
from yearadmin.state.model import Wish
from yearadmin.state.store import Store

from . import story
from .conftest import WindowOf

OLD = Goal(target_year=2030, reduction_percentage=0.3, reference_year=2019)
THEIRS = Goal(target_year=2035, reduction_percentage=0.45, reference_year=2018)
MINE = Goal(target_year=2040, reduction_percentage=0.5, reference_year=2019)


def conflict(who: str = "C. Colleague", *, is_own: bool = False) -> Conflict:
    seen, now, wanted = (goal_values([goal]) for goal in (OLD, THEIRS, MINE))
    at = story.ago(40)
    return Conflict(Wish.SAVE_GOALS, (FieldChange(GOALS, seen, now, wanted, who, at, is_own),), ((GOALS, wanted),))


def texts(dialog: ConflictDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def asked(window_of: WindowOf, store: Store, found: Conflict | None = None) -> tuple[MainWindow, ConflictDialog]:
    window = window_of(store)
    store.dispatch(e.ConflictFound(2026, found or conflict()))
    dialog = window.conflicts.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return window, dialog


def test_the_three_values_stand_side_by_side_with_who_and_when(window_of: WindowOf) -> None:
    _, dialog = asked(window_of, story.ready_complete())
    shown = texts(dialog)
    assert "by 2030: 30% less than in 2019" in shown
    assert "by 2035: 45% less than in 2018" in shown
    assert "by 2040: 50% less than in 2019" in shown
    assert "by C. Colleague at " in shown
    assert dialog.theirs.isDefault()
    assert not dialog.isModal() or dialog.windowModality() is Qt.WindowModality.WindowModal


@pytest.mark.parametrize(
    ("who", "own", "words"), [("", False, "by a colleague"), ("Me", True, "by you in another window")]
)
def test_without_a_name_it_is_a_colleague_and_oneself_is_said_so(
    window_of: WindowOf, who: str, own: bool, words: str
) -> None:
    _, dialog = asked(window_of, story.ready_complete(), conflict(who, is_own=own))
    assert words in texts(dialog)


def test_each_choice_is_one_wish_with_its_year(window_of: WindowOf, qtbot: QtBot) -> None:
    store = story.ready_complete()
    window, dialog = asked(window_of, store)
    with qtbot.waitSignal(window.mine_wanted) as mine, qtbot.assertNotEmitted(window.conflict_put_off):
        dialog.mine.click()
    assert mine.args == [2026]
    store.dispatch(e.ConflictSettled(2026))

    store.dispatch(e.ConflictFound(2026, conflict()))
    again = window.conflicts.dialog
    assert again is not None
    with qtbot.waitSignal(window.theirs_kept) as theirs:
        again.theirs.click()
    assert theirs.args == [2026]
    store.dispatch(e.ConflictSettled(2026))

    store.dispatch(e.ConflictFound(2026, conflict()))
    third = window.conflicts.dialog
    assert third is not None
    with qtbot.waitSignal(window.conflict_put_off) as later, qtbot.assertNotEmitted(window.theirs_kept):
        QTest.keyClick(third, Qt.Key.Key_Escape)
    assert later.args == [2026]


def test_a_conflict_that_is_gone_is_no_longer_asked_about_and_counts_as_no_choice(
    window_of: WindowOf, qtbot: QtBot
) -> None:
    store = story.ready_complete()
    window, _ = asked(window_of, store)
    signals = (window.mine_wanted, window.theirs_kept, window.conflict_put_off)
    with qtbot.assertNotEmitted(signals[0]), qtbot.assertNotEmitted(signals[1]), qtbot.assertNotEmitted(signals[2]):
        store.dispatch(e.ConflictSettled(2026))
    assert window.conflicts.dialog is None


def test_away_from_the_server_ones_own_cannot_be_chosen_and_it_says_why(window_of: WindowOf) -> None:
    store = story.ready_complete()
    _, dialog = asked(window_of, store)
    store.dispatch(e.Disconnected(story.ago(0), None, story.UNREACHABLE))
    assert not dialog.mine.isEnabled()
    assert "Not connected" in texts(dialog)
    assert dialog.theirs.isEnabled()


def test_it_speaks_another_language_while_open(window_of: WindowOf, brackets: object) -> None:
    window, dialog = asked(window_of, story.ready_complete())
    brackets()  # type: ignore[operator]
    window.retranslate()
    assert dialog.mine.text() == "‹Use &mine›"
    assert dialog.windowTitle().startswith("‹")


def editor_of(window: MainWindow) -> GoalsEditor:
    window.panels.show_panel(None)
    editor = window.findChild(GoalsEditor)
    assert editor is not None
    return editor


def type_target(editor: GoalsEditor, text: str) -> None:
    field = editor.rows[0].fields[Field.TARGET]
    field.clear()
    QTest.keyClicks(field, text)


def with_goals(*goals: Goal) -> e.YearLoaded:
    config = story.complete_config(is_started=False)
    body = config.model_dump(mode="json", by_alias=True)
    body["config"]["reduction_objectives"]["goals"] = [goal.model_dump() for goal in goals]
    return e.YearLoaded(2026, type(config).model_validate(body), story.ago(1))


def test_typed_goals_remember_what_they_began_from_and_keep_theirs_gives_them_up(
    window_of: WindowOf, qtbot: QtBot, tmp_path: Path
) -> None:
    store = story.ready_complete()
    store.dispatch(with_goals(OLD))
    window = window_of(store)
    editor = editor_of(window)
    assert window.panels.goals_seen(2026) == (OLD,)
    type_target(editor, "2041")
    store.dispatch(with_goals(THEIRS))  # a colleague saves, and the list shows it
    assert editor.rows[0].fields[Field.TARGET].text() == "2041"
    assert window.panels.goals_seen(2026) == (OLD,)
    store.dispatch(e.YearSelected(2025))
    assert window.panels.goals_seen(2026) is None
    store.dispatch(e.YearSelected(2026))
    assert window.panels.goals_seen(2026) == (OLD,)
    assert editor.rows[0].fields[Field.TARGET].text() == "2041"

    store.dispatch(e.ConflictFound(2026, conflict()))
    dialog = window.conflicts.dialog
    assert dialog is not None
    dialog.later.click()
    store.dispatch(e.ConflictSettled(2026))
    assert editor.rows[0].fields[Field.TARGET].text() == "2041", "put off: the text stays"

    store.dispatch(e.ConflictFound(2026, conflict()))
    dialog = window.conflicts.dialog
    assert dialog is not None
    dialog.theirs.click()
    assert editor.rows[0].fields[Field.TARGET].text() == "2035"
    assert not editor.is_dirty
    assert window.panels.goals_seen(2026) == (THEIRS,)


def test_coming_back_to_the_window_is_noticed(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.ready_complete())
    other = window_of(story.ready_complete())
    with qtbot.waitActive(other):
        other.activateWindow()
    with qtbot.waitSignal(window.came_back):
        window.activateWindow()
