"""The checklist: blockers, warnings apart, nothing left, and each line a way to its place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.desktop import story
from yearadmin.desktop.panels import ReadinessView
from yearadmin.desktop.panels.readinessview import ITEM_ROLE
from yearadmin.state import events as e
from yearadmin.state.readiness import ItemCode, Severity, readiness
from yearadmin.state.store import Store

from . import boards as b

Show = Callable[[QWidget], None]


@pytest.fixture
def checklist(shown: Show) -> ReadinessView:
    made = ReadinessView()
    shown(made)
    return made


def rows(view: ReadinessView, role: int = Qt.ItemDataRole.DisplayRole) -> list[str]:
    return [str(view.model.index(row).data(role)) for row in range(view.model.rowCount())]


def follow(view: ReadinessView, store: Store) -> Store:
    view.show_state(None, store.state)
    store.subscribe(view.show_state)
    return store


def test_what_is_missing_comes_first_and_warnings_under_their_own_heading(checklist: ReadinessView) -> None:
    store = follow(checklist, b.store_with(b.busy_year()))
    items = readiness(store.state, 2026)
    blockers = [item for item in items if item.severity is Severity.BLOCKER]
    shown = rows(checklist)
    assert "Plane: factors missing" in shown[: len(blockers)]
    assert shown[len(blockers)] == "Warnings"
    assert len(shown) == len(items) + 1
    assert "Plane › References: last upload failed" in shown[len(blockers) + 1 :]
    heading = checklist.model.index(len(blockers))
    assert heading.flags() == Qt.ItemFlag.NoItemFlags
    assert checklist.headline.label.text() == f"{len(blockers)} things missing"
    assert checklist.headline.mark.icon_name == "cross"
    assert checklist.findChild(QWidget, "readinessList") is checklist.view


def test_a_screen_reader_hears_which_lines_block(checklist: ReadinessView) -> None:
    follow(checklist, b.store_with(b.busy_year()))
    heard = rows(checklist, Qt.ItemDataRole.AccessibleTextRole)
    assert "Missing: Plane: factors missing" in heard
    assert any(line.startswith("Warning: ") for line in heard)


def test_when_nothing_is_left_it_says_so(checklist: ReadinessView) -> None:
    follow(checklist, story.ready_complete())
    blockers_left = [row for row in rows(checklist) if "missing" in row.lower()]
    assert blockers_left == []
    assert checklist.headline.mark.icon_name == "check"


def test_everything_is_there(checklist: ReadinessView) -> None:
    store = story.live()
    modules = {str(number): {"enabled": False} for number in range(1, 9)}
    files = {
        name: {"filename": f"{name}.csv"}
        for name in ("institutional_footprint", "population_projections", "unit_scenarios")
    }
    config = {"modules": modules, "reduction_objectives": {"files": files, "goals": [b.GOAL]}}
    b.load(store, b.body(config=config, recalculation_status=[]))
    follow(checklist, store)
    assert rows(checklist) == []
    assert checklist.headline.label.text() == "Nothing is missing"


def test_a_year_that_is_not_known_is_not_called_complete(checklist: ReadinessView) -> None:
    follow(checklist, story.live())
    assert checklist.headline.label.text() == "Not known yet"
    assert checklist.headline.mark.isHidden()


def test_a_click_and_the_enter_key_lead_to_the_place(checklist: ReadinessView, qtbot: QtBot) -> None:
    follow(checklist, b.store_with(b.busy_year()))
    row = rows(checklist).index("Plane: factors missing")
    index = checklist.model.index(row)
    with qtbot.waitSignal(checklist.item_chosen) as wish:
        place = checklist.view.visualRect(index).center()
        qtbot.mouseClick(checklist.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wish.args is not None
    assert wish.args[0].slot == b.PLANE_FACTORS
    checklist.view.setFocus()
    checklist.view.setCurrentIndex(index)
    with qtbot.waitSignal(checklist.item_chosen) as wish:
        qtbot.keyClick(checklist.view, Qt.Key.Key_Return)
    assert wish.args[0].code is ItemCode.MISSING_FACTOR


def test_the_arrow_keys_step_over_the_heading(checklist: ReadinessView, qtbot: QtBot) -> None:
    follow(checklist, b.store_with(b.busy_year()))
    heading = rows(checklist).index("Warnings")
    checklist.view.setFocus()
    checklist.view.setCurrentIndex(checklist.model.index(heading - 1))
    qtbot.keyClick(checklist.view, Qt.Key.Key_Down)
    assert checklist.view.currentIndex().row() == heading + 1


def test_the_chosen_line_stays_chosen_when_others_go(checklist: ReadinessView) -> None:
    store = follow(checklist, b.store_with(b.busy_year()))
    row = rows(checklist).index("Plane › References: last upload failed")
    checklist.view.setCurrentIndex(checklist.model.index(row))
    year = b.busy_year()
    year["config"]["modules"]["2"]["submodules"]["20"].update(incomplete=False, incomplete_reasons=[])
    year["config"]["modules"]["2"]["incomplete"] = False
    b.load(store, year)
    assert checklist.view.currentIndex().row() == row - 1
    assert checklist.view.currentIndex().data(ITEM_ROLE).slot == b.PLANE_REFERENCES


def test_which_years_users_see_is_told(checklist: ReadinessView) -> None:
    store = follow(checklist, b.store_with(b.busy_year()))
    assert checklist.seen.text() == "Users see 2025, 2024"
    b.load(store, {**b.busy_year(), "is_started": True})
    assert checklist.seen.text() == "Users see 2026, 2025, 2024"
    store.dispatch(e.YearsLoaded((), story.ago(0)))
    assert "no year" in checklist.seen.text()


def test_under_the_year_bar_it_is_only_a_few_lines_high(checklist: ReadinessView) -> None:
    follow(checklist, b.store_with(b.busy_year()))
    checklist.set_compact(True)
    assert 60 < checklist.view.height() < 260
    assert not checklist.heading.isVisible(), "the year bar says it already"
    checklist.set_compact(False)
    assert checklist.heading.isVisible()
    assert checklist.headline.isVisible()
    assert checklist.view.maximumHeight() > 1000


def test_long_lines_never_overlap_however_narrow_it_is(checklist: ReadinessView, qtbot: QtBot) -> None:
    follow(checklist, b.store_with(b.body(config=story.config("037").model_dump()["config"])))
    assert checklist.model.rowCount() > 15
    for width in (200, 264, 330):
        checklist.resize(width, 300)
        qtbot.wait(20)
        heights = [checklist.view.visualRect(checklist.model.index(row)) for row in range(checklist.model.rowCount())]
        assert all(above.bottom() < below.top() for above, below in pairwise(heights))
        needed = [checklist.view.sizeHintForIndex(checklist.model.index(row)).height() for row in range(len(heights))]
        assert [rect.height() for rect in heights] == needed


def test_another_language_changes_every_line(checklist: ReadinessView, french: Callable[[], None]) -> None:
    follow(checklist, b.store_with(b.busy_year()))
    french()
    checklist.retranslate()
    assert all(row.startswith("‹") for row in rows(checklist))
    assert checklist.heading.text() == "‹Before you open›"
    assert checklist.seen.text().startswith("‹Users see")
