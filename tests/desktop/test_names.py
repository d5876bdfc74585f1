"""The names by which other programs find parts of the window: promised in ARCHITECTURE.md, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from yearadmin.catalogue.modules import MODULES, all_slots
from yearadmin.state.store import Store

from . import story
from .conftest import WindowOf

ARCHITECTURE = Path(__file__).resolve().parents[2] / "ARCHITECTURE.md"
ALWAYS = (
    "yearSelector",
    "openStatusChip",
    "closeYearAction",
    "modulePanels",
    "readinessList",
    "connectionStatus",
    "languageMenu",
)


def found(root: QObject, name: str) -> list[QObject]:
    return root.findChildren(QObject, name)


@pytest.mark.parametrize("make", [story.ready_incomplete, story.being_set_up, story.set_up_failed, story.offline])
def test_what_the_window_always_has_is_found_once_by_its_name(window_of: WindowOf, make: Callable[[], Store]) -> None:
    window = window_of(make())
    assert {name: len(found(window, name)) for name in ALWAYS} == dict.fromkeys(ALWAYS, 1)


def test_what_belongs_to_a_state_is_found_in_it_and_nowhere_else(window_of: WindowOf) -> None:
    assert len(found(window_of(story.ready_incomplete()), "openYearButton")) == 1
    assert found(window_of(story.being_set_up()), "openYearButton") == []
    assert len(found(window_of(story.missing()), "createYearButton")) == 1
    assert len(found(window_of(story.being_set_up()), "provisioningPanel")) == 1


def test_every_module_and_every_slot_is_found_once_its_panel_was_shown(window_of: WindowOf) -> None:
    window = window_of(story.ready_incomplete())
    panels = [*(module.id for module in MODULES), None]
    for panel in panels:
        window.panels.show_panel(panel)
        assert len(found(window, f"modulePanel.{'reduction' if panel is None else int(panel)}")) == 1
    slots = [item for item in window.findChildren(QObject) if item.objectName().startswith("uploadSlot.")]
    assert len({item.objectName() for item in slots}) == len(slots) == len(list(all_slots()))


def test_the_names_are_listed_for_whoever_needs_them() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    promised = (*ALWAYS, "openYearButton", "createYearButton", "provisioningPanel", "modulePanel.<id>")
    slot = "uploadSlot.<module>.<submodule or common>.<factor|reference|data>"
    assert [name for name in (*promised, slot) if f"`{name}`" not in text] == []
