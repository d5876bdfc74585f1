"""The goals editor: exact percentages, faults at their field, and typed text that nothing takes away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.desktop import story
from yearadmin.contract.problems import ProblemCode
from yearadmin.contract.years import Goal
from yearadmin.desktop.panels import ModulePanels
from yearadmin.desktop.panels.goals import GoalsEditor
from yearadmin.desktop.panels.goaltext import Field, GoalText, goal_of, parse_percent, parse_year, text_of
from yearadmin.desktop.panels.reduction import ReductionPanel
from yearadmin.state import events as e
from yearadmin.state.model import Wish
from yearadmin.state.permits import GoalFault
from yearadmin.state.store import Store

from . import boards as b

PanelsOf = Callable[[Store, int | None], ModulePanels]
GOAL = Goal(target_year=2030, reduction_percentage=0.29, reference_year=2019)


def year_with(*goals: dict[str, Any], year: int = b.YEAR) -> dict[str, Any]:
    made = b.body(year=year)
    made["config"]["reduction_objectives"]["goals"] = list(goals)
    return made


def editor_in(panels: ModulePanels) -> GoalsEditor:
    panel = panels.panel(None)
    assert isinstance(panel, ReductionPanel)
    return panel.goals


def field(editor: GoalsEditor, row: int, name: Field) -> QLineEdit:
    return editor.rows[row].fields[name]


def type_into(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(edit, text)


def type_row(qtbot: QtBot, editor: GoalsEditor, row: int, target: str, percent: str, reference: str) -> None:
    for name, text in zip(Field, (target, percent, reference), strict=True):
        type_into(qtbot, field(editor, row, name), text)
    editor.save_button.setFocus()


def fault(editor: GoalsEditor, row: int) -> str:
    label = editor.rows[row].fault
    return "" if label.isHidden() else label.label.text()


def test_twenty_nine_percent_stays_twenty_nine_percent(panels_of: PanelsOf, qtbot: QtBot) -> None:
    panels = panels_of(b.store_with(year_with(b.GOAL)), None)
    editor = editor_in(panels)
    assert [field(editor, 0, name).text() for name in Field] == ["2030", "29", "2019"]
    assert not editor.is_dirty
    type_row(qtbot, editor, 1, "2040", "57,5 %", "2019")
    assert editor.unsaved.text() == "Not saved yet"
    with qtbot.waitSignal(panels.goals_save_requested) as wish:
        qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)
    assert wish.args == [(GOAL, Goal(target_year=2040, reduction_percentage=0.575, reference_year=2019))]


@pytest.mark.parametrize(
    ("target", "percent", "reference", "words"),
    [
        ("2030", "101", "2019", "between 0 and 100"),
        ("2026", "20", "2019", "after 2026"),
        ("2030", "20", "2031", "before the target year"),
        ("2030", "20", "12", "between 1990 and 2100"),
        ("", "20", "", "leave all three empty"),
        ("2030", "twenty", "2019", "number from 0 to 100"),
        ("2030", "nan", "2019", "number from 0 to 100"),
        ("2030", "-1", "2019", "between 0 and 100"),
        ("20x0", "20", "2019", "digits only"),
    ],
)
def test_each_fault_is_one_sentence_at_its_row_and_save_says_why_not(
    panels_of: PanelsOf, qtbot: QtBot, target: str, percent: str, reference: str, words: str
) -> None:
    panels = panels_of(b.store_with(year_with()), None)
    editor = editor_in(panels)
    type_row(qtbot, editor, 0, target, percent, reference)
    assert words in fault(editor, 0)
    assert editor.rows[0].fault.mark.icon_name == "error" or editor.rows[0].fields[Field.REFERENCE].hasFocus()
    assert any(words in edit.accessibleDescription() for edit in editor.rows[0].fields.values())
    assert not editor.save_button.isEnabled()
    assert "Correct the goal" in editor.save_button.toolTip()
    with qtbot.assertNotEmitted(panels.goals_save_requested):
        qtbot.keyClick(field(editor, 0, Field.TARGET), Qt.Key.Key_Return)


def test_an_unfinished_goal_is_a_hint_while_it_is_typed(panels_of: PanelsOf, qtbot: QtBot) -> None:
    panels = panels_of(b.store_with(year_with()), None)
    editor = editor_in(panels)
    type_into(qtbot, field(editor, 0, Field.TARGET), "2030")
    assert editor.rows[0].fault.mark.icon_name == "info"
    editor.revert_button.setFocus()
    assert editor.rows[0].fault.mark.icon_name == "error"


def test_revert_shows_what_the_server_has(panels_of: PanelsOf, qtbot: QtBot) -> None:
    panels = panels_of(b.store_with(year_with(b.GOAL)), None)
    editor = editor_in(panels)
    assert not editor.revert_button.isEnabled()
    type_into(qtbot, field(editor, 0, Field.PERCENT), "35")
    qtbot.mouseClick(editor.revert_button, Qt.MouseButton.LeftButton)
    assert field(editor, 0, Field.PERCENT).text() == "29"
    assert editor.unsaved.isHidden()


def test_a_refresh_takes_no_typed_text_away(panels_of: PanelsOf, qtbot: QtBot) -> None:
    store = b.store_with(year_with(b.GOAL))
    editor = editor_in(panels_of(store, None))
    type_into(qtbot, field(editor, 0, Field.PERCENT), "35")
    b.load(store, year_with(b.GOAL))
    assert field(editor, 0, Field.PERCENT).text() == "35"
    assert editor.news.isHidden()
    assert field(editor, 0, Field.PERCENT).hasFocus()


def test_a_colleague_s_goals_are_told_and_do_not_overwrite_typed_ones(panels_of: PanelsOf, qtbot: QtBot) -> None:
    store = b.store_with(year_with(b.GOAL))
    editor = editor_in(panels_of(store, None))
    type_into(qtbot, field(editor, 0, Field.PERCENT), "35")
    b.load(store, year_with({**b.GOAL, "reduction_percentage": 0.4}))
    assert field(editor, 0, Field.PERCENT).text() == "35"
    assert "changed while you were typing" in editor.news.label.text()
    qtbot.mouseClick(editor.revert_button, Qt.MouseButton.LeftButton)
    assert field(editor, 0, Field.PERCENT).text() == "40"
    assert editor.news.isHidden()


def test_without_typed_text_a_colleague_s_goals_simply_appear(panels_of: PanelsOf) -> None:
    store = b.store_with(year_with(b.GOAL))
    editor = editor_in(panels_of(store, None))
    b.load(store, year_with({**b.GOAL, "reduction_percentage": 0.4}, {**b.GOAL, "target_year": 2040}))
    assert field(editor, 0, Field.PERCENT).text() == "40"
    assert field(editor, 1, Field.TARGET).text() == "2040"


def test_saved_goals_are_no_longer_marked_as_unsaved(panels_of: PanelsOf, qtbot: QtBot) -> None:
    store = b.store_with(year_with(b.GOAL))
    editor = editor_in(panels_of(store, None))
    type_into(qtbot, field(editor, 0, Field.PERCENT), "35.0")
    store.dispatch(e.WishStarted(b.YEAR, Wish.SAVE_GOALS))
    assert not editor.save_button.isEnabled(), "one save at a time"
    assert field(editor, 0, Field.PERCENT).isEnabled(), "typing goes on"
    b.load(store, year_with({**b.GOAL, "reduction_percentage": 0.35}))
    store.dispatch(e.WishEnded(b.YEAR, Wish.SAVE_GOALS))
    assert editor.unsaved.isHidden()
    assert editor.news.isHidden()


def test_a_save_that_failed_says_so_and_keeps_the_text(panels_of: PanelsOf, qtbot: QtBot) -> None:
    store = b.store_with(year_with(b.GOAL))
    editor = editor_in(panels_of(store, None))
    type_into(qtbot, field(editor, 0, Field.PERCENT), "35")
    store.dispatch(e.WishStarted(b.YEAR, Wish.SAVE_GOALS))
    store.dispatch(e.WishEnded(b.YEAR, Wish.SAVE_GOALS, story.BROKEN))
    assert story.BROKEN.code is ProblemCode.SERVER_ERROR
    assert editor.failure.isVisible()
    assert field(editor, 0, Field.PERCENT).text() == "35"
    assert editor.save_button.isEnabled()


def test_unsaved_goals_survive_a_look_at_another_year(panels_of: PanelsOf, qtbot: QtBot) -> None:
    store = b.store_with(year_with(b.GOAL))
    b.load(store, year_with({**b.GOAL, "target_year": 2035}, year=2025))
    editor = editor_in(panels_of(store, None))
    type_into(qtbot, field(editor, 0, Field.PERCENT), "half")
    store.dispatch(e.YearSelected(2025))
    assert [field(editor, 0, name).text() for name in Field] == ["2035", "29", "2019"]
    assert editor.unsaved.isHidden()
    b.load(store, year_with({**b.GOAL, "reduction_percentage": 0.4}))
    store.dispatch(e.YearSelected(2026))
    assert field(editor, 0, Field.PERCENT).text() == "half"
    assert "changed while" in editor.news.label.text()
    store.dispatch(e.YearSelected(2025))
    store.dispatch(e.YearSelected(2026))
    assert field(editor, 0, Field.PERCENT).text() == "half"
    assert "changed while" in editor.news.label.text()


def test_what_one_person_typed_is_not_offered_to_the_next(panels_of: PanelsOf, qtbot: QtBot) -> None:
    store = b.store_with(year_with(b.GOAL))
    editor = editor_in(panels_of(store, None))
    type_into(qtbot, field(editor, 0, Field.PERCENT), "77")
    other = story.user().model_copy(update={"email": "other@example.org"})
    store.dispatch(e.UserChanged(other, story.ago(0)))
    b.load(store, year_with(b.GOAL))
    assert field(editor, 0, Field.PERCENT).text() == "29"
    assert editor.unsaved.isHidden()


def test_a_fourth_goal_of_the_server_is_shown_and_sent_back(panels_of: PanelsOf, qtbot: QtBot) -> None:
    goals = [{**b.GOAL, "target_year": 2030 + number} for number in range(4)]
    panels = panels_of(b.store_with(year_with(*goals)), None)
    editor = editor_in(panels)
    assert len(editor.rows) == 4
    type_into(qtbot, field(editor, 0, Field.PERCENT), "30")
    with qtbot.waitSignal(panels.goals_save_requested) as wish:
        qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)
    assert [goal.target_year for goal in wish.args[0]] == [2030, 2031, 2032, 2033]


def test_typed_goals_survive_a_change_of_language(
    panels_of: PanelsOf, qtbot: QtBot, french: Callable[[], None]
) -> None:
    panels = panels_of(b.store_with(year_with(b.GOAL)), None)
    editor = editor_in(panels)
    type_row(qtbot, editor, 1, "2040", "12.5 %", "")
    french()
    panels.retranslate()
    assert [field(editor, 1, name).text() for name in Field] == ["2040", "12.5 %", ""]
    assert editor.save_button.text() == "‹Save goals›"
    assert field(editor, 1, Field.PERCENT).accessibleName() == "‹Goal 2›: ‹Reduction (%)›"
    assert fault(editor, 1).startswith("‹")


def test_while_it_may_not_be_saved_the_fields_are_closed_and_readable(panels_of: PanelsOf) -> None:
    store = b.store_with(year_with(b.GOAL))
    editor = editor_in(panels_of(store, None))
    store.dispatch(e.Disconnected(story.ago(1), None, story.UNREACHABLE))
    assert not field(editor, 0, Field.TARGET).isEnabled()
    assert field(editor, 0, Field.TARGET).text() == "2030"
    assert "Not connected" in editor.save_button.toolTip()


@given(st.decimals(min_value=0, max_value=100, places=4))
def test_any_percentage_comes_back_as_it_was_typed(percent: Any) -> None:
    text = f"{percent.normalize():f}"
    goal = goal_of(GoalText("2030", text, "2019"))
    assert text_of(goal).percent == text


@pytest.mark.parametrize("text", ["1e3", "NaN", "Infinity", "1.2.3", "--1", "١٢", "0x1F", "1_000", "%"])
def test_what_only_a_machine_takes_for_a_number_is_none(text: str) -> None:
    if text == "%":
        assert parse_percent(text) is None
        return
    with pytest.raises(ValueError, match=r".*"):
        parse_percent(text)
    with pytest.raises(ValueError, match=r".*"):
        parse_year(text)


def test_the_words_for_each_fault_exist() -> None:
    from yearadmin.words.refusals import goal_fault

    assert all(goal_fault(code, 2026) for code in GoalFault)
