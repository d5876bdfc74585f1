"""What a slot tells of every state it can be in, and the wishes it emits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.desktop.story import UNREACHABLE, ago
from yearadmin.catalogue.modules import REDUCTION_SLOTS, Slot
from yearadmin.contract.problems import ProblemCode
from yearadmin.desktop.panels import ModulePanels, UploadSlot
from yearadmin.desktop.panels.choosing import remembered_folder
from yearadmin.desktop.theme import Tone
from yearadmin.state import events as e
from yearadmin.state.model import UploadStage
from yearadmin.state.store import Store
from yearadmin.words.translate import use_translator

from . import boards as b

PanelsOf = Callable[[Store, int | None], ModulePanels]


def slot_in(panels: ModulePanels, slot: Slot) -> UploadSlot:
    panel = panels.panel(slot.module)
    assert panel is not None
    found = panel.find_slot(slot)
    assert found is not None
    return found


def look(slot: UploadSlot) -> tuple[str, Tone, str]:
    return slot.status.mark.icon_name, slot.status.mark.tone, slot.status.label.text()


def test_each_state_the_server_reports_has_its_word_and_its_sign(panels_of: PanelsOf) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    assert look(slot_in(panels, b.TRAIN_FACTORS)) == ("check", Tone.GOOD, "31 rows")
    assert look(slot_in(panels, b.TRAIN_REFERENCES)) == ("check", Tone.GOOD, "3,402 rows")
    assert look(slot_in(panels, b.TRAIN_DATA)) == ("warning", Tone.WARN, "12,000 rows, 337 left out")
    assert look(slot_in(panels, b.PLANE_FACTORS)) == ("cross", Tone.BAD, "Missing")
    assert look(slot_in(panels, b.PLANE_REFERENCES)) == ("error", Tone.BAD, "Failed")
    assert look(slot_in(panels, b.PLANE_DATA)) == ("", Tone.MUTED, "No file")
    failed = slot_in(panels, b.PLANE_REFERENCES)
    assert failed.explanation.text() == "Missing required columns: iata_code, latitude"
    assert slot_in(panels, b.TRAIN_FACTORS).file_name.whole == "trains.csv"
    assert slot_in(panels, b.TRAIN_FACTORS).when.text().startswith("23\N{NO-BREAK SPACE}Nov 2026, ")


def test_what_is_mandatory_and_what_all_years_share_is_said(panels_of: PanelsOf) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    assert slot_in(panels, b.TRAIN_REFERENCES).mandatory.text() == "Mandatory"
    assert slot_in(panels, b.TRAIN_DATA).mandatory.text() == ""
    assert slot_in(panels, b.TRAIN_REFERENCES).note.label.text() == "Shared by all years"
    assert slot_in(panels, b.TRAIN_FACTORS).note.isHidden()


def test_a_file_being_sent_shows_its_bytes_and_can_be_cancelled(panels_of: PanelsOf, qtbot: QtBot) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    made = b.upload(store, b.PLANE_DATA, UploadStage.SENDING, sent=17_000_000)
    slot = slot_in(panels, b.PLANE_DATA)
    assert slot.status.label.text().startswith("Sending · 50%")
    assert slot.bar.shares == (0.5,)
    assert slot.file_name.whole == "new.csv"
    assert slot.buttons.upload.isHidden()
    with qtbot.waitSignal(panels.upload_cancel_requested) as wish:
        qtbot.mouseClick(slot.buttons.cancel, Qt.MouseButton.LeftButton)
    assert wish.args == [made.key]
    b.upload(store, b.PLANE_DATA, UploadStage.STARTING)
    assert slot.buttons.cancel.isHidden(), "once the server may have it, cancelling would be a lie"


@pytest.mark.parametrize(("phase", "shares"), [(1, (0.5, 0.0, 0.0)), (2, (1.0, 0.5, 0.0)), (3, (1.0, 1.0, 0.5))])
def test_running_work_shows_its_step_and_the_server_s_message(
    panels_of: PanelsOf, phase: int, shares: tuple[float, ...]
) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    b.run(store, b.PLANE_FACTORS, phase)
    slot = slot_in(panels, b.PLANE_FACTORS)
    assert look(slot)[:2] == ("running", Tone.RUNNING)
    assert f"Step {phase} of 3" in slot.status.label.text()
    assert slot.explanation.text() == "Parsing rows: 12/31"
    assert slot.bar.shares == shares


def test_lost_progress_is_said_and_shown_as_such(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    b.run(store, b.PLANE_FACTORS, link="reconnecting")
    slot = slot_in(panels, b.PLANE_FACTORS)
    assert look(slot)[:2] == ("offline", Tone.WARN)
    assert "reconnected" in slot.status.label.text()


def test_a_refused_file_says_why_in_place_of_the_old_green(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    b.upload(store, b.TRAIN_FACTORS, UploadStage.REFUSED, problem=ProblemCode.FILE_NOT_CSV, name="photo.png")
    slot = slot_in(panels, b.TRAIN_FACTORS)
    assert look(slot) == ("error", Tone.BAD, "Not accepted")
    assert "photo.png" in slot.explanation.text()
    assert "CSV" in slot.explanation.text()


def test_an_uncertain_upload_is_neither_green_nor_red(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    b.upload(store, b.TRAIN_FACTORS, UploadStage.UNCERTAIN, problem=ProblemCode.LOST_ANSWER)
    assert look(slot_in(panels, b.TRAIN_FACTORS)) == ("warning", Tone.WARN, "Not certain")


def test_details_hold_the_server_s_words_and_every_row_it_named(panels_of: PanelsOf, qtbot: QtBot) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    slot = slot_in(panels, b.TRAIN_DATA)
    slot.buttons.details.setFocus()
    qtbot.keyClick(slot.buttons.details, Qt.Key.Key_Space)
    details = slot._details
    assert details is not None
    assert details.isVisible()
    assert "WARNING: 12000 inserted, 337 skipped" in details.text.text()
    assert details.table.errors.rowCount() == 37
    assert details.table.errors.index(36, 1).data() == "Unit '1037' is not known"
    assert "300" in details.more.text()
    qtbot.mouseClick(details.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "Professional travel › Train › Data" in copied
    assert "Row 37: Unit '1037' is not known" in copied
    qtbot.keyClick(slot.buttons.details, Qt.Key.Key_Space)
    assert not details.isVisible()


def test_a_slot_that_went_well_has_no_details(panels_of: PanelsOf) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    assert slot_in(panels, b.TRAIN_FACTORS).buttons.details.isHidden()


def test_a_file_chosen_in_the_dialog_is_asked_for_and_the_folder_remembered(
    panels_of: PanelsOf, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / 'a&b "été".csv'
    file.write_text("x\n1\n", encoding="utf-8")
    panels = panels_of(b.store_with(b.busy_year()), 2)
    slot = slot_in(panels, b.PLANE_FACTORS)
    qtbot.mouseClick(slot.buttons.upload, Qt.MouseButton.LeftButton)
    (dialog,) = slot.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    assert dialog.isVisible()
    with qtbot.waitSignal(panels.upload_requested) as wish:
        dialog.fileSelected.emit(str(file))
        dialog.done(QFileDialog.DialogCode.Accepted)
    assert wish.args == [b.PLANE_FACTORS, file]
    assert remembered_folder() == str(tmp_path)


def test_a_file_chosen_for_another_year_is_not_sent(panels_of: PanelsOf, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "planes.csv"
    file.touch()
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    slot = slot_in(panels, b.PLANE_FACTORS)
    slot.choose()
    (dialog,) = slot.findChildren(QFileDialog)
    b.load(store, {**b.busy_year(), "year": 2025})
    store.dispatch(e.YearSelected(2025))
    with qtbot.assertNotEmitted(panels.upload_requested):
        dialog.fileSelected.emit(str(file))
        dialog.done(QFileDialog.DialogCode.Accepted)
    assert "another year" in slot.complaint.label.text()


def test_a_file_chosen_too_late_is_not_sent_and_that_is_said(panels_of: PanelsOf, qtbot: QtBot, tmp_path: Path) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    slot = slot_in(panels, b.PLANE_FACTORS)
    store.dispatch(e.Disconnected(ago(1), None, UNREACHABLE))
    with qtbot.assertNotEmitted(panels.upload_requested):
        slot.offer(tmp_path / "planes.csv")
    assert "was not sent" in slot.complaint.label.text()


def test_replacing_asks_once_and_says_what_is_lost(panels_of: PanelsOf, qtbot: QtBot, tmp_path: Path) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    slot = slot_in(panels, b.TRAIN_REFERENCES)
    assert slot.buttons.upload.text() == "Replace…"
    with qtbot.assertNotEmitted(panels.upload_requested):
        slot.offer(tmp_path / "new {name}.csv")
    text = slot.asking._text.text()
    assert "3,402 rows" in text
    assert "new {name}.csv" in text
    assert "every year" in text
    assert slot.asking.no.hasFocus()
    with qtbot.waitSignal(panels.upload_requested) as wish:
        qtbot.mouseClick(slot.asking.yes, Qt.MouseButton.LeftButton)
    assert wish.args == [b.TRAIN_REFERENCES, tmp_path / "new {name}.csv"]
    assert slot.asking.isHidden()


def test_escape_keeps_what_is_there(panels_of: PanelsOf, qtbot: QtBot, tmp_path: Path) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    slot = slot_in(panels, b.TRAIN_FACTORS)
    slot.offer(tmp_path / "new.csv")
    with qtbot.assertNotEmitted(panels.upload_requested):
        qtbot.keyClick(slot.asking.no, Qt.Key.Key_Escape)
    assert slot.asking.isHidden()
    assert slot.buttons.upload.hasFocus()


def test_a_question_about_a_state_that_is_over_is_withdrawn(panels_of: PanelsOf, tmp_path: Path) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    slot = slot_in(panels, b.TRAIN_FACTORS)
    slot.offer(tmp_path / "new.csv")
    b.run(store, b.TRAIN_FACTORS)
    assert slot.asking.question is None
    assert slot.buttons.isVisible()


def test_interrupting_asks_and_tells_that_the_slot_becomes_empty(panels_of: PanelsOf, qtbot: QtBot) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    b.run(store, b.PLANE_FACTORS)
    slot = slot_in(panels, b.PLANE_FACTORS)
    qtbot.mouseClick(slot.buttons.interrupt, Qt.MouseButton.LeftButton)
    assert "No file counts as uploaded here afterwards" in slot.asking._text.text()
    b.run(store, b.PLANE_FACTORS, words="Parsing rows: 30/31")
    assert slot.asking.question is not None, "progress does not take the question away"
    with qtbot.waitSignal(panels.interrupt_requested) as wish:
        qtbot.mouseClick(slot.asking.yes, Qt.MouseButton.LeftButton)
    assert wish.args == [b.PIPELINE]


def mime(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def drop(slot: UploadSlot, data: QMimeData) -> None:
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    slot.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), actions, data, button, keys))
    assert slot._edge is Tone.ACCENT
    slot.dropEvent(QDropEvent(QPoint(5, 5), actions, data, button, keys))
    assert slot._edge is not Tone.ACCENT


def test_one_dropped_file_is_passed_on_whatever_it_is(panels_of: PanelsOf, qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")
    panels = panels_of(b.store_with(b.busy_year()), 2)
    slot = slot_in(panels, b.PLANE_FACTORS)
    with qtbot.waitSignal(panels.upload_requested) as wish:
        drop(slot, mime(QUrl.fromLocalFile(str(picture))))
    assert wish.args == [b.PLANE_FACTORS, picture]


def test_what_is_not_one_file_is_answered_in_place(panels_of: PanelsOf, qtbot: QtBot, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.touch()
    two.touch()
    panels = panels_of(b.store_with(b.busy_year()), 2)
    slot = slot_in(panels, b.PLANE_FACTORS)
    cases = {
        "one file at a time": mime(QUrl.fromLocalFile(str(one)), QUrl.fromLocalFile(str(two))),
        "folder": mime(QUrl.fromLocalFile(str(tmp_path))),
        "not on this computer": mime(QUrl("https://example.org/a.csv")),
        "no longer": mime(QUrl.fromLocalFile(str(tmp_path / "gone.csv"))),
        "not a file": QMimeData(),
    }
    with qtbot.assertNotEmitted(panels.upload_requested):
        for words, data in cases.items():
            drop(slot, data)
            assert words in slot.complaint.label.text()
            assert slot.complaint.isVisible()


def test_a_slot_that_may_not_be_filled_says_why_and_takes_no_drop(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    store.dispatch(e.Disconnected(ago(1), None, UNREACHABLE))
    slot = slot_in(panels, b.PLANE_FACTORS)
    assert not slot.buttons.upload.isEnabled()
    assert "Not connected" in slot.buttons.upload.toolTip()
    assert "Not connected" in slot.buttons.upload.accessibleDescription()
    assert not slot.acceptDrops()
    assert slot_in(panels, b.TRAIN_DATA).buttons.details.isEnabled(), "reading goes on offline"


def test_a_disabled_submodule_is_said_to_be_disabled(panels_of: PanelsOf) -> None:
    year = b.busy_year()
    year["config"]["modules"]["2"]["submodules"]["20"]["enabled"] = False
    panels = panels_of(b.store_with(year), 2)
    slot = slot_in(panels, b.PLANE_DATA)
    assert slot.status.label.text() == "Disabled"
    assert "disabled" in slot.buttons.upload.toolTip()


def test_a_screen_reader_hears_where_it_is_and_how_it_stands(panels_of: PanelsOf) -> None:
    panels = panels_of(b.store_with(b.busy_year()), 2)
    slot = slot_in(panels, b.PLANE_REFERENCES)
    assert slot.accessibleName() == "Professional travel › Plane › References"
    assert "Failed" in slot.accessibleDescription()
    assert "Missing required columns" in slot.accessibleDescription()


def test_the_focus_stays_in_the_slot_when_its_button_goes_away(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    slot = slot_in(panels, b.PLANE_FACTORS)
    slot.buttons.upload.setFocus()
    b.run(store, b.PLANE_FACTORS)
    assert slot.buttons.interrupt.hasFocus()


def test_long_words_put_the_buttons_below_each_other_and_clip_none(panels_of: PanelsOf, tmp_path: Path) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, 2)
    panels.resize(690, 700)
    use_translator(lambda context, text, comment, n: text + " und so weiter", "en")
    panels.retranslate()
    b.run(store, b.PLANE_FACTORS)
    slot_in(panels, b.PLANE_FACTORS).buttons.interrupt.click()
    slot_in(panels, b.TRAIN_REFERENCES).offer(tmp_path / "new.csv")
    QApplication.processEvents()
    slots = [slot_in(panels, slot) for slot in (b.TRAIN_FACTORS, b.TRAIN_REFERENCES, b.TRAIN_DATA, b.PLANE_FACTORS)]
    assert len({slot.width() // 2 for slot in slots}) <= 2
    for slot in slots:
        for button in slot.findChildren(QPushButton):
            if button.isVisible():
                place = button.mapTo(slot, button.rect().topRight())
                assert place.x() <= slot.width(), button.text()
                assert button.width() >= button.sizeHint().width()


def test_a_reduction_file_s_failure_is_on_its_slot_too(panels_of: PanelsOf) -> None:
    store = b.store_with(b.busy_year())
    panels = panels_of(store, None)
    b.upload(store, REDUCTION_SLOTS[1], UploadStage.REFUSED, problem=ProblemCode.REFUSED, server_words="Line 3 is bad")
    slot = slot_in(panels, REDUCTION_SLOTS[1])
    assert look(slot) == ("error", Tone.BAD, "Not accepted")
    slot.buttons.details.setChecked(True)
    assert slot._details is not None
    assert "Line 3 is bad" in slot._details.text.text()
