"""Closing the window is a wish that the program carries out in order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.state import events as e
from yearadmin.state.model import Upload, UploadStage

from . import story
from .conftest import WindowOf

SENDING = Upload("1", 2026, Slot(1, 1, SlotKind.FACTOR), "factors.csv", 100, datetime.now(UTC), UploadStage.SENDING)


def test_closing_asks_the_program_to_end_and_does_not_close_by_itself(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.ready_complete())
    with qtbot.waitSignal(window.quit_requested):
        window.close()
    assert window.isVisible()
    with qtbot.assertNotEmitted(window.quit_requested):
        window.close()  # once is enough
    window.close_for_good()
    assert not window.isVisible()


def test_a_file_on_its_way_is_asked_about_first(window_of: WindowOf, qtbot: QtBot) -> None:
    store = story.ready_complete()
    store.dispatch(e.UploadChanged(SENDING))
    window = window_of(store)
    with qtbot.assertNotEmitted(window.quit_requested):
        window.close()
    dialog = window.questions.dialog
    assert dialog is not None
    assert "1 file" in dialog._body.text()
    dialog.no.click()
    assert window.isVisible()
    window.close()
    dialog = window.questions.dialog
    assert dialog is not None
    with qtbot.waitSignal(window.quit_requested):
        dialog.yes.click()


def test_wishes_carry_the_year_they_are_for(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.ready_complete())
    slot, path = Slot(1, 1, SlotKind.FACTOR), Path("a.csv")
    with qtbot.waitSignal(window.upload_requested) as upload:
        window.panels.upload_requested.emit(slot, path)
    assert upload.args == [2026, slot, path]
    with qtbot.waitSignal(window.goals_save_requested) as goals:
        window.panels.goals_save_requested.emit(())
    assert goals.args == [2026, ()]
