"""The story's second part: panels, files, goals, until nothing is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPushButton

from yearadmin.catalogue.modules import MODULES, REDUCTION_SLOTS, Slot, SlotKind, all_slots, module_slots
from yearadmin.state.readiness import ItemCode, Severity, blockers
from yearadmin.state.readiness import readiness as readiness_of
from yearadmin.state.slots import SlotState, slot_view
from yearadmin.tour.samples import Sample, mandatory, sample_for, samples
from yearadmin.tour.setting_up import new_year
from yearadmin.tour.stage import Stage, need

_PICTURED = (2, 5)  # the two richest panels


def shows(stage: Stage, slot: Slot) -> SlotState:
    """What a slot of the story's year shows."""
    return slot_view(stage.state, new_year(stage), slot).state


async def panels(stage: Stage) -> None:
    """Step 7."""
    window = stage.program.window
    for spec in MODULES:
        window.panels.show_panel(int(spec.id))
        await stage.seen(f"modulePanel.{int(spec.id)}")
        for slot in module_slots(spec):
            stage.see(f"uploadSlot.{slot.name}")
        if int(spec.id) in _PICTURED:
            await stage.picture(spec.icon.replace("_", "-"))
    window.panels.show_panel(None)
    for slot in REDUCTION_SLOTS:
        await stage.seen(f"uploadSlot.{slot.name}")
    missing = {item.slot for item in blockers(stage.state, new_year(stage)) if item.slot is not None}
    need(missing <= set(all_slots()) and len(missing) > 15, f"only {len(missing)} missing files are named")
    await _lead_from_the_list(stage)


async def _lead_from_the_list(stage: Stage) -> None:
    """Each line of the checklist leads to its panel: try the last one."""
    view = stage.see("readinessList")
    assert isinstance(view, QListView)
    model = view.model()
    rows = [row for row in range(model.rowCount()) if model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable]
    need(bool(rows), "the checklist is empty")
    view.setCurrentIndex(model.index(rows[0], 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    first = readiness_of(stage.state, new_year(stage))[0]
    await stage.seen(f"modulePanel.{first.module}")


async def bad_file(stage: Stage) -> None:
    """Step 8, a file that can't be used."""
    bad = next(sample for sample in samples("bad") if sample.slot.kind is SlotKind.FACTOR)
    await stage.choose_file(bad.slot, bad.path)
    await stage.until(lambda: shows(stage, bad.slot) is SlotState.FAILED, "the failure is on its slot")
    await stage.reveal(bad.slot)
    await stage.picture()


async def uploads(stage: Stage) -> None:
    """Step 8, many files side by side."""
    wanted = [sample for sample in mandatory() if sample.slot.kind is not SlotKind.REDUCTION]
    data = [sample for sample in samples() if sample.slot.kind is SlotKind.DATA and sample.slot.module in (2, 7)]
    first, *rest = wanted
    await stage.choose_file(first.slot, first.path)
    for sample in rest:
        await _give(stage, sample)
    await stage.reveal(rest[-1].slot)
    await stage.picture("running")
    for sample in wanted:
        await stage.until(lambda slot=sample.slot: shows(stage, slot) is SlotState.SUCCEEDED,  # type: ignore[misc]
                          f"{sample.path.name} has landed", within=90)  # fmt: skip
    for sample in data:
        await _give(stage, sample)
    for sample in data:
        await stage.until(lambda slot=sample.slot: shows(stage, slot) is SlotState.SUCCEEDED,  # type: ignore[misc]
                          f"{sample.path.name} has landed", within=90)  # fmt: skip
    await stage.reveal(data[-1].slot)
    await stage.picture("landed")


async def _give(stage: Stage, sample: Sample) -> None:
    """Drop a file; where one has failed before, its place asks first."""
    await stage.drop_file(sample.slot, sample.path)


async def warnings(stage: Stage) -> None:
    """Step 8, rows left out."""
    bad = next(sample for sample in samples("bad") if sample.slot.kind is SlotKind.DATA)
    await stage.drop_file(bad.slot, bad.path)
    await stage.until(lambda: shows(stage, bad.slot) is SlotState.WARNED, "the rows left out are told")
    await stage.until(lambda: bool(slot_view(stage.state, new_year(stage), bad.slot).row_errors), "and listed")
    slot = await stage.reveal(bad.slot)

    def details() -> list[QPushButton]:
        return [button for button in slot.findChildren(QPushButton) if button.isVisible() and button.isCheckable()]

    await stage.until(lambda: bool(details()), "the details can be unfolded")
    QTest.mouseClick(details()[0], Qt.MouseButton.LeftButton)
    await stage.picture()


async def goals(stage: Stage) -> None:
    """Step 9."""
    for slot in REDUCTION_SLOTS:
        await stage.drop_file(slot, sample_for(slot).path)
    for slot in REDUCTION_SLOTS:
        await stage.until(lambda slot=slot: shows(stage, slot) is SlotState.SUCCEEDED, f"{slot.name} has landed")  # type: ignore[misc]
    stage.program.window.panels.show_panel(None)
    stage.type_into("goal.1.target_year", str(new_year(stage) + 10))
    stage.type_into("goal.1.percent", "101")
    need(not stage.see("saveGoalsButton").isEnabled(), "101 % can be saved")
    await stage.picture("refused")
    stage.type_into("goal.1.percent", "29")
    stage.type_into("goal.1.reference_year", "2019")
    await stage.click("saveGoalsButton")
    await stage.until(lambda: ItemCode.NO_GOAL not in _codes(stage), "the goal is saved")
    await stage.picture("saved")


def _codes(stage: Stage) -> set[ItemCode]:
    return {item.code for item in readiness_of(stage.state, new_year(stage))}


async def readiness(stage: Stage) -> None:
    """Step 10."""
    await stage.until(lambda: not blockers(stage.state, new_year(stage)), "nothing is missing any more")
    left = readiness_of(stage.state, new_year(stage))
    need(all(item.severity is Severity.WARNING for item in left), "a blocker is left")
    button = await stage.seen("openYearButton")
    await stage.until(button.isEnabled, "the year can be opened")
    await stage.picture()
