"""The list of modules: order, states, choice by mouse and keyboard, and its narrow form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.desktop import story
from yearadmin.desktop.panels import ModuleNavigation
from yearadmin.desktop.panels.marks import MODULE
from yearadmin.desktop.panels.navigation import LINE_ROLE, NARROW
from yearadmin.state import events as e
from yearadmin.state.slots import ModuleState
from yearadmin.state.store import Store

from . import boards as b

Show = Callable[[QWidget], None]


@pytest.fixture
def navigation(shown: Show) -> ModuleNavigation:
    made = ModuleNavigation()
    shown(made)
    return made


def follow(navigation: ModuleNavigation, store: Store) -> None:
    navigation.show_state(None, store.state)
    store.subscribe(navigation.show_state)


def line(navigation: ModuleNavigation, row: int, role: int = Qt.ItemDataRole.ToolTipRole) -> str:
    return str(navigation.model.index(row).data(role))


def test_the_modules_stand_in_the_order_users_know(navigation: ModuleNavigation) -> None:
    names = [line(navigation, row, Qt.ItemDataRole.DisplayRole) for row in range(navigation.model.rowCount())]
    assert names == [
        "Headcount",
        "Process emissions",
        "Buildings",
        "Equipment",
        "External clouds & AI",
        "Professional travel",
        "Purchases",
        "EPFL research facilities",
        "Reduction objectives",
    ]


def test_each_state_is_a_word_as_well_as_a_sign(navigation: ModuleNavigation) -> None:
    assert line(navigation, 5) == "Professional travel: Not known yet"
    year = b.busy_year()
    year["config"]["modules"]["6"]["enabled"] = False
    year["config"]["modules"]["3"]["submodules"]["31"].update(incomplete=True, incomplete_reasons=["missing_factor"])
    store = b.store_with(year)
    follow(navigation, store)
    assert line(navigation, 2) == "Buildings: 1 missing"
    assert line(navigation, 5) == "Professional travel: Failed"
    assert line(navigation, 7) == "EPFL research facilities: Disabled"
    assert line(navigation, 8) == "Reduction objectives: 3 missing"
    b.run(store, b.PLANE_FACTORS)
    assert line(navigation, 5, Qt.ItemDataRole.AccessibleTextRole) == "Professional travel: In progress"
    signs = [MODULE[state].icon for state in ModuleState if state is not ModuleState.UNKNOWN]
    assert len(set(signs)) == len(signs), "no two states share a sign"


def test_only_the_rows_that_differ_are_painted_again(navigation: ModuleNavigation) -> None:
    store = b.store_with(b.busy_year())
    follow(navigation, store)
    rows: list[int] = []
    navigation.model.dataChanged.connect(lambda first, last: rows.extend(range(first.row(), last.row() + 1)))
    b.run(store, b.PLANE_FACTORS)
    b.run(store, b.PLANE_FACTORS, phase=2)
    assert rows == [5]


def test_a_click_and_an_arrow_key_choose_a_panel(navigation: ModuleNavigation, qtbot: QtBot) -> None:
    chosen: list[object] = []
    navigation.panel_chosen.connect(chosen.append)
    place = navigation.view.visualRect(navigation.model.index(5)).center()
    qtbot.mouseClick(navigation.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen[-1] == 2
    navigation.view.setFocus()
    qtbot.keyClick(navigation.view, Qt.Key.Key_End)
    assert chosen[-1] is None
    qtbot.keyClick(navigation.view, Qt.Key.Key_Up)
    assert chosen[-1] == 6
    assert navigation.current == 6


def test_a_selection_from_outside_is_followed_silently(navigation: ModuleNavigation, qtbot: QtBot) -> None:
    navigation.view.setFocus()
    with qtbot.assertNotEmitted(navigation.panel_chosen):
        navigation.set_current(4)
    assert navigation.current == 4
    navigation.set_current(99)
    assert navigation.current == 4
    navigation.set_current(None)
    assert navigation.view.currentIndex().row() == 8


def test_narrow_it_shows_icons_and_the_tooltip_still_tells_all(navigation: ModuleNavigation) -> None:
    follow(navigation, b.store_with(b.busy_year()))
    navigation.set_compact(True)
    assert navigation.maximumWidth() == NARROW
    assert line(navigation, 5) == "Professional travel: Failed"
    assert not navigation.grab().isNull()
    navigation.set_compact(False)
    assert navigation.minimumWidth() > NARROW


def test_a_long_name_takes_two_lines_and_is_only_then_shortened(
    navigation: ModuleNavigation, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(navigation, b.store_with(b.busy_year()))
    row = navigation.view.visualRect(navigation.model.index(8))

    def inked(name: str) -> set[int]:
        """The heights at which the last line shows anything of the name."""
        monkeypatch.setattr("yearadmin.desktop.panels.navigation.panel_name", lambda panel: name)
        image = navigation.view.viewport().grab(row.adjusted(46, 4, -70, -4)).toImage()
        paper = image.pixel(0, 0)
        return {y for y in range(image.height()) if any(image.pixel(x, y) != paper for x in range(image.width()))}

    one, two = inked("Objectives"), inked("Infrastructures de recherche de l’école polytechnique")
    assert max(two) - min(two) > 1.6 * (max(one) - min(one))
    too_long = inked("Infrastructures de recherche " * 6)
    assert max(too_long) - min(too_long) < 1.6 * (max(one) - min(one))


def test_the_selection_survives_a_change_of_language(navigation: ModuleNavigation, french: Callable[[], None]) -> None:
    navigation.set_current(2)
    french()
    navigation.retranslate()
    assert navigation.current == 2
    assert line(navigation, 5, Qt.ItemDataRole.DisplayRole) == "‹Professional travel›"
    assert navigation.view.accessibleName() == "‹Modules›"


def test_another_year_shows_its_own_states(navigation: ModuleNavigation) -> None:
    store = b.store_with(b.busy_year())
    follow(navigation, store)
    store.dispatch(e.YearSelected(2031))
    assert all(
        navigation.model.index(row).data(LINE_ROLE).mark.state is ModuleState.UNKNOWN
        for row in range(navigation.model.rowCount())
    )
    assert story.live().state.selected == 2026
