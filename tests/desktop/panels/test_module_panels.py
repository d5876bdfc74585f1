"""The panels together: built when shown, led to from the checklist, closed while a year is set up, in two languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.desktop import story
from yearadmin.catalogue.modules import MODULES, REDUCTION_SLOTS, Slot, SlotKind, all_slots
from yearadmin.desktop.panels import ModulePanels, UploadSlot
from yearadmin.desktop.panels.facts import PANELS
from yearadmin.desktop.panels.goaltext import Field
from yearadmin.desktop.panels.modulepanel import ModulePanel
from yearadmin.desktop.panels.reduction import ReductionPanel
from yearadmin.state import events as e
from yearadmin.state.model import Origin
from yearadmin.state.store import Store

from . import boards as b

PanelsOf = Callable[[Store, int | None], ModulePanels]
Speak = Callable[[], None]


def focusable(parent: QWidget) -> list[QWidget]:
    """Every widget the keyboard can reach."""
    return [
        widget
        for widget in parent.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_every_slot_and_panel_has_its_name_for_automation(panels_of: PanelsOf) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    for panel in PANELS:
        panels.show_panel(panel)
    names = {widget.objectName() for widget in panels.findChildren(QWidget)}
    assert panels.objectName() == "modulePanels"
    assert {f"uploadSlot.{slot.name}" for slot in all_slots()} <= names
    assert "uploadSlot.4.common.factor" in names
    assert "uploadSlot.reduction.unit_scenarios" in names
    assert {*(f"modulePanel.{int(spec.id)}" for spec in MODULES), "modulePanel.reduction"} <= names


def test_a_panel_is_built_when_it_is_first_shown(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    assert panels.built == (PANELS[0], 2)
    b.load(store, b.body())
    assert panels.built == (PANELS[0], 2)
    panels.show_panel(99)
    assert panels.current == 2, "an unknown module changes nothing"


def test_a_panel_in_the_background_is_brought_up_to_date_when_it_is_shown(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    slot = panels.findChild(UploadSlot, f"uploadSlot.{b.PLANE_FACTORS.name}")
    panels.show_panel(1)
    b.run(store, b.PLANE_FACTORS)
    assert slot.status.label.text() == "Missing"
    panels.show_panel(2)
    assert slot.status.label.text().startswith("Step 1 of 3")


def test_slots_stand_side_by_side_in_the_order_of_preparation(panels_of: PanelsOf, qtbot: QtBot) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    train = [
        panels.findChild(UploadSlot, f"uploadSlot.{slot.name}")
        for slot in (b.TRAIN_FACTORS, b.TRAIN_REFERENCES, b.TRAIN_DATA)
    ]
    qtbot.waitUntil(lambda: train[2].x() > train[1].x() > train[0].x())
    assert len({slot.y() for slot in train}) == 1
    widths = [slot.width() for slot in train]
    assert max(widths) - min(widths) <= 1
    panels.resize(420, 700)
    qtbot.waitUntil(lambda: train[2].y() > train[1].y() > train[0].y())


def test_common_files_come_before_the_submodules(panels_of: PanelsOf, qtbot: QtBot) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 5)
    common = panels.findChild(UploadSlot, "uploadSlot.5.common.factor")
    own = panels.findChild(UploadSlot, "uploadSlot.5.67.factor")
    qtbot.waitUntil(lambda: own.mapTo(panels, own.pos()).y() > common.mapTo(panels, common.pos()).y())


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def test_settings_are_readable_in_kilograms_and_tonnes(panels_of: PanelsOf) -> None:
    year = b.busy_year()
    year["config"]["modules"]["4"]["submodules"]["11"].update(threshold=100, enabled=False, inputs_deactivated=True)
    panels = panels_of(b.store_with(year), 2)
    travel = " ".join(texts(panels)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Threshold 1,250.5 kg CO₂-eq (1.2505 t CO₂-eq)" in travel
    assert "Uncertainty: Medium" in travel
    panels.show_panel(4)
    equipment = panels.panel(4)
    assert equipment is not None
    told = " ".join(texts(equipment)).replace("\N{NO-BREAK SPACE}", " ")
    assert "IT equipment" in told
    assert "Threshold 100 kg CO₂-eq (0.1 t CO₂-eq) · Input form off" in told
    assert "Disabled" in told


def test_the_header_tells_the_state_and_what_needs_recalculation(panels_of: PanelsOf) -> None:
    year = b.busy_year()
    year["recalculation_status"] = [{"module_type_id": 8, "needs_recalculation": True}]
    year["config"]["modules"]["6"]["enabled"] = False
    store = b.store_with(b.put(year, b.PLANE_REFERENCES, b.job(b.PLANE_REFERENCES, 503)))
    panels = panels_of(store, 2)
    travel = panels.panel(2)
    assert isinstance(travel, ModulePanel)
    assert travel.header.state.label.text() == "1 missing"
    panels.show_panel(6)
    research = panels.panel(6)
    assert isinstance(research, ModulePanel)
    assert research.header.badge.text() == "Disabled"
    panels.show_panel(8)
    process = panels.panel(8)
    assert isinstance(process, ModulePanel)
    assert process.header.stale.text() == "Needs recalculation"


@pytest.mark.parametrize("make", [story.being_set_up, story.set_up_failed])
def test_while_a_year_is_not_set_up_no_control_takes_the_keyboard_or_the_mouse(
    panels_of: PanelsOf, make: Callable[[], Store]
) -> None:
    panels = panels_of(make(), 2)
    for panel in PANELS:
        panels.show_panel(panel)
        shown = panels.panel(panel)
        assert shown is not None
        assert focusable(shown) == []
        assert all(not slot.acceptDrops() for slot in shown.slots)
    gate = panels.findChild(QWidget, "panelsGate")
    assert gate.isVisible()
    assert "2026" in " ".join(texts(gate))


def test_another_ready_year_is_not_gated_meanwhile(panels_of: PanelsOf) -> None:
    store = story.being_set_up()
    panels = panels_of(store, 2)
    b.load(store, {**b.busy_year(), "year": 2025})
    store.dispatch(e.YearSelected(2025))
    assert panels.findChild(QWidget, "panelsGate").isHidden()
    assert panels.findChild(UploadSlot, "uploadSlot.2.20.factor").buttons.upload.isEnabled()
    store.dispatch(e.YearSelected(2026))
    assert not panels.findChild(QWidget, "panelsGate").isHidden()
    assert not panels.findChild(UploadSlot, "uploadSlot.2.20.factor").buttons.upload.isEnabled()


def test_the_panels_unlock_by_themselves_when_the_set_up_is_done(panels_of: PanelsOf) -> None:
    store = story.being_set_up()
    panels = panels_of(store, 2)
    done = story.snapshot(state="FINISHED", result="SUCCESS", words="Done", done=True)
    store.dispatch(e.PipelineSeen(story.PIPELINE, done, story.ago(0)))
    b.load(store, b.busy_year())
    assert panels.findChild(UploadSlot, "uploadSlot.2.20.factor").buttons.upload.isEnabled()
    assert panels.findChild(QWidget, "panelsGate").isHidden()


def test_offline_everything_stays_readable_and_nothing_can_be_written(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    store.dispatch(e.Disconnected(story.ago(1), None, story.UNREACHABLE))
    travel = panels.panel(2)
    assert travel is not None
    reached = {widget.accessibleName().partition(" of ")[0] for widget in focusable(travel)}
    assert reached == {"Details"}
    assert "31 rows" in texts(travel)
    assert all(label.isEnabled() for label in travel.findChildren(QLabel))


def test_what_comes_from_an_earlier_visit_can_not_be_changed(panels_of: PanelsOf) -> None:
    store = story.live()
    from yearadmin.contract.years import YearConfiguration

    kept = YearConfiguration.model_validate(b.busy_year())
    store.dispatch(e.YearLoaded(2026, kept, story.ago(900), Origin.CACHE))
    panels = panels_of(store, 2)
    slot = panels.findChild(UploadSlot, "uploadSlot.2.20.factor")
    assert not slot.buttons.upload.isEnabled()
    assert "earlier visit" in slot.buttons.upload.toolTip()


def test_a_year_that_is_not_known_is_not_called_missing(panels_of: PanelsOf) -> None:
    panels = panels_of(story.live(), 2)
    slot = panels.findChild(UploadSlot, "uploadSlot.2.20.factor")
    assert slot.status.label.text() == "Not known yet"
    assert slot.status.mark.icon_name == ""


def test_a_line_of_the_checklist_leads_to_its_slot(panels_of: PanelsOf, qtbot: QtBot) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 1)
    panels.resize(760, 300)
    with qtbot.waitSignal(panels.panel_changed) as change:
        panels.reveal(b.PLANE_FACTORS)
    assert change.args == [2]
    slot = panels.findChild(UploadSlot, "uploadSlot.2.20.factor")
    assert slot.buttons.upload.hasFocus()
    assert slot.is_highlighted
    travel = panels.panel(2)
    assert travel is not None
    view = travel.area.viewport()

    def in_sight() -> bool:
        return view.rect().intersects(QRect(slot.mapTo(view, slot.rect().topLeft()), slot.size()))

    qtbot.waitUntil(in_sight)
    qtbot.waitUntil(lambda: not slot.is_highlighted, timeout=4000)


def test_a_missing_goal_leads_to_its_first_field(panels_of: PanelsOf) -> None:
    year = b.busy_year()
    year["config"]["reduction_objectives"]["goals"] = []
    panels = panels_of(b.store_with(year), 1)
    panels.reveal(None)
    reduction = panels.panel(None)
    assert isinstance(reduction, ReductionPanel)
    assert reduction.goals.rows[0].fields[Field.TARGET].hasFocus()
    assert reduction.goals.is_highlighted
    panels.reveal(REDUCTION_SLOTS[2])
    found = reduction.find_slot(REDUCTION_SLOTS[2])
    assert found is not None
    assert found.buttons.upload.hasFocus()
    panels.reveal(4)
    assert panels.current == 4


def test_another_language_is_spoken_everywhere_and_nothing_is_lost(
    panels_of: PanelsOf, french: Speak, tmp_path: Path
) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    travel = panels.panel(2)
    assert travel is not None
    data = panels.findChild(UploadSlot, "uploadSlot.2.21.data")
    data.buttons.details.setChecked(True)
    train = panels.findChild(UploadSlot, "uploadSlot.2.21.factor")
    train.offer(tmp_path / "new.csv")
    QApplication.processEvents()
    bar = travel.area.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    assert before > 0
    french()
    panels.retranslate()
    assert travel.header.name.text() == "‹Professional travel›"
    for button in travel.findChildren(QPushButton):
        if button.isVisible():
            assert button.text().startswith("‹"), button.text()
            assert "‹" in button.accessibleName(), button.accessibleName()
    assert data._details is not None
    assert data._details.isVisible()
    assert train.asking.question is not None
    assert train.asking._text.text().startswith("‹Replace the")
    assert bar.value() == before


def test_everything_the_keyboard_reaches_has_a_name(panels_of: PanelsOf) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    panels.findChild(UploadSlot, "uploadSlot.2.21.data").buttons.details.setChecked(True)
    for panel in PANELS:
        panels.show_panel(panel)
        shown = panels.panel(panel)
        assert shown is not None
        reached = focusable(shown)
        assert reached
        for widget in reached:
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget


def test_only_a_slot_that_differs_is_painted_again(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    seen = []
    travel = panels.panel(2)
    assert travel is not None
    for slot in travel.slots:
        slot._show_all = lambda slot=slot: seen.append(slot.slot)  # type: ignore[method-assign, misc]
    b.run(store, b.PLANE_FACTORS)
    assert set(seen) == {Slot(2, 20, SlotKind.FACTOR)}
