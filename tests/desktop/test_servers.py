"""Servers in the window: their colour and name, the menu, the dialogs, and being careful on some of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.desktop.dialogs import ConfirmDialog
from yearadmin.desktop.memory import WindowMemory
from yearadmin.desktop.servers.colours import LINE_LEAST, TEXT_LEAST, contrast, line_of, pointed_at, text_on
from yearadmin.desktop.servers.dialogs import ServerDialog
from yearadmin.desktop.theme import DARK, LIGHT
from yearadmin.desktop.window import MainWindow
from yearadmin.profiles import EMBEDDED, ProfileFile, Profiles, new_profile
from yearadmin.state.looking import Generation, Look, SignIn
from yearadmin.words.servers import COLOURS

from . import story

STAGE = new_profile("Stage", "https://stage.example.org/api/v1", colour="#6f4ba3")
LIVE = new_profile("Production", "https://co2.example.org/api/v1", colour="#b3261e", careful=True)
ODD = ("#000000", "#ffffff", "#ffff00", "#777777", "#0000ff", "#ff00ff", "#123456", "#fefefe")


@pytest.fixture
def file(tmp_path: Path) -> ProfileFile:
    made = ProfileFile(tmp_path / "profiles.json")
    made.save(Profiles().add(LIVE).add(STAGE).use(LIVE.id))
    return made


@pytest.fixture
def window(qtbot: QtBot, memory: WindowMemory, file: ProfileFile) -> MainWindow:
    """A window on the careful server, whose year 2026 could be opened."""
    made = MainWindow(memory, LIVE, file)
    qtbot.addWidget(made, before_close_func=MainWindow.close_for_good)
    made.show_state(None, story.ready_complete().state)
    made.show()
    return made


@pytest.mark.parametrize("colour", [*COLOURS, *ODD])
def test_whatever_the_colour_its_name_can_be_read_and_its_line_be_seen(colour: str) -> None:
    for back in (colour, pointed_at(colour)):
        assert contrast(text_on(back), back) >= TEXT_LEAST
    assert contrast(text_on(colour), pointed_at(colour)) >= TEXT_LEAST
    for scheme in (LIGHT, DARK):
        for surface in (scheme.surface, scheme.window):
            assert contrast(line_of(colour, surface), surface) >= LINE_LEAST
    if contrast(colour, LIGHT.surface) >= LINE_LEAST:
        assert line_of(colour, LIGHT.surface) == colour


def test_the_server_is_named_wherever_its_colour_is(window: MainWindow) -> None:
    button = window.year_bar.server
    assert button.text() == "Production ▾"
    assert button.accessibleName() == "Server: Production, careful"
    assert "co2.example.org" in button.toolTip()
    assert window.windowTitle() == "● Production · yearadmin"
    line = line_of(LIVE.colour, LIGHT.surface)
    assert line in window._frame.styleSheet()
    assert line in window.year_bar.selector.styleSheet()
    assert LIVE.colour in button.styleSheet()


def test_the_menu_leads_to_the_others_and_marks_the_present_one(window: MainWindow, qtbot: QtBot) -> None:
    actions = window.year_bar.server._choices
    assert [action.text().split("  ·  ")[0] for action in actions.values()] == ["This computer", "Production", "Stage"]
    assert [action.isChecked() for action in actions.values()] == [False, True, False]
    with qtbot.assertNotEmitted(window.switch_requested):
        actions[LIVE.id].trigger()
    with qtbot.waitSignal(window.switch_requested) as switched:
        actions[STAGE.id].trigger()
    assert switched.args == [STAGE]
    assert actions[LIVE.id].isChecked()  # until it is so


def test_the_menu_opens_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.servers.menu_action.trigger()
    popup = window.year_bar.server.popup
    qtbot.waitUntil(popup.isVisible)
    assert popup.activeAction().objectName() == f"server.{LIVE.id}"
    popup.hide()


@pytest.mark.parametrize("wish", ["open", "close"])
def test_on_a_careful_server_the_year_has_to_be_typed(window: MainWindow, qtbot: QtBot, wish: str) -> None:
    if wish == "close":
        window.show_state(None, story.opened().state)
    signal = window.open_requested if wish == "open" else window.close_requested
    (window.questions.ask_open if wish == "open" else window.questions.ask_close)(2026)
    dialog = window.questions.dialog
    assert isinstance(dialog, ConfirmDialog)
    assert "This is Production" in dialog._typed_label.text()
    assert not dialog.yes.isEnabled()
    assert dialog.yes.toolTip() == "Type 2026 to go on."
    QTest.keyClicks(dialog.field, "2025")
    assert dialog.yes.toolTip() == "That is not 2026."
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.field.clear()
    QTest.keyClicks(dialog.field, "2026")
    assert dialog.yes.isEnabled()
    window.questions.retranslate()
    assert dialog.field.text() == "2026"  # what is typed stays
    with qtbot.waitSignal(signal) as asked:
        dialog.yes.click()
    assert asked.args == [2026]


def test_elsewhere_one_click_is_enough(window: MainWindow) -> None:
    window.servers.show_present(STAGE)
    window._show_profile()
    window.questions.ask_open(2026)
    dialog = window.questions.dialog
    assert isinstance(dialog, ConfirmDialog)
    assert dialog.field.isHidden()
    assert dialog.yes.isEnabled()
    dialog.reject()


def form_of(window: MainWindow) -> ServerDialog:
    dialog = window.servers.dialog
    assert isinstance(dialog, ServerDialog)
    return dialog


def type_address(dialog: ServerDialog, text: str) -> None:
    dialog.form.address.clear()
    QTest.keyClicks(dialog.form.address, text)


def test_a_new_server_is_checked_while_it_is_typed_and_then_kept(
    window: MainWindow, qtbot: QtBot, file: ProfileFile
) -> None:
    window.servers.ask_new()
    dialog = form_of(window)
    with qtbot.waitSignal(window.look_requested) as asked:
        type_address(dialog, "https://Training.example.org/")
    assert asked.args == ["https://training.example.org", ""]
    assert "Looking whether" in dialog.form.found.label.text()
    window.show_look(Look("https://other.example.org", "https://other.example.org", Generation.JULY))
    assert "Looking whether" in dialog.form.found.label.text()  # a late answer about another address
    address = "https://training.example.org"
    window.show_look(Look(address, f"{address}/api/v1", Generation.JULY, frozenset({SignIn.INSTITUTION})))
    assert "The calculator answers." in dialog.form.found.label.text()
    assert dialog.form.name.text() == "training.example.org"
    dialog.form.swatches.choose("#0F7B83")
    dialog.form.careful.click()
    dialog.yes.click()
    kept = file.load().named("training.example.org")
    assert kept is not None
    assert (kept.base_url, kept.colour, kept.careful) == (f"{address}/api/v1", "#0f7b83", True)
    assert window.servers.dialog is None


def test_a_server_of_an_institution_with_certificates_of_its_own_is_given_their_file(
    window: MainWindow, qtbot: QtBot, file: ProfileFile
) -> None:
    window.servers.edit(LIVE.id)
    dialog = form_of(window)
    form = dialog.form
    with qtbot.assertNotEmitted(window.look_requested, wait=750):
        QTest.keyClicks(form.authority.path, "ca.pem")
    assert "full path" in form.found.label.text()
    assert "full path" in form.authority.path.accessibleDescription()
    dialog.yes.click()
    assert dialog.isVisible()
    form.authority.path.clear()
    path = str(file.path.with_name("ca.pem").absolute())
    with qtbot.waitSignal(window.look_requested) as asked:
        QTest.keyClicks(form.authority.path, path)
    assert asked.args == [LIVE.base_url, path]
    window.show_look(Look(LIVE.base_url, LIVE.base_url, Generation.JULY))
    assert "Looking whether" in form.found.label.text()  # a late answer, from before the file was given
    unreadable = Problem(ProblemCode.CERTIFICATE, subject="ca.pem")
    window.show_look(Look(LIVE.base_url, LIVE.base_url, problem=unreadable, authority=Path(path)))
    assert "“ca.pem” can’t be read" in form.found.label.text()
    window.show_look(Look(LIVE.base_url, LIVE.base_url, Generation.JULY, authority=Path(path)))
    assert "The calculator answers." in form.found.label.text()
    with qtbot.waitSignal(window.switch_requested) as switched:  # whom to trust is settled when connecting
        dialog.yes.click()
    assert switched.args is not None
    assert switched.args[0].ca_file == path
    kept = file.load().get(LIVE.id)
    assert kept is not None
    assert kept.authority == Path(path)


def test_a_certificate_file_can_be_chosen(window: MainWindow) -> None:
    window.servers.ask_new()
    dialog = form_of(window)
    dialog.form.authority.choose.click()
    (chooser,) = dialog.form.authority.findChildren(QFileDialog)
    chooser.fileSelected.emit("/etc/ours.pem")
    chooser.reject()
    assert dialog.form.profile.ca_file == "/etc/ours.pem"
    window.servers.edit(EMBEDDED.id)
    assert not form_of(window).form.authority.isVisible()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("co2.example.org", "not a complete address"),
        ("http://co2.example.org/v1", "everybody on the way"),
        ("https://me:pw@co2.example.org", "Leave the user name"),
        ("https://co2.example.org/v1?token=1", "Leave out the question mark"),
    ],
)
def test_an_address_that_cannot_be_is_said_at_once_and_not_looked_at(
    window: MainWindow, qtbot: QtBot, typed: str, said: str
) -> None:
    window.servers.ask_new()
    dialog = form_of(window)
    with qtbot.assertNotEmitted(window.look_requested, wait=750):
        type_address(dialog, typed)
    assert said in dialog.form.found.label.text()
    assert said in dialog.form.address.accessibleDescription()
    dialog.form.name.setText("X")
    dialog.yes.click()
    assert dialog.isVisible()
    dialog.reject()


def test_a_name_can_be_given_once_only_and_is_asked_for(window: MainWindow) -> None:
    window.servers.ask_new()
    dialog = form_of(window)
    dialog.yes.click()
    assert "Type the server’s address" in dialog.form.found.label.text()
    assert "Give the server a name" in dialog.form.name_fault.label.text()
    type_address(dialog, "http://127.0.0.1:8123/v1")
    dialog.form.name.clear()
    QTest.keyClicks(dialog.form.name, "stage")
    assert "already has this name" in dialog.form.name_fault.label.text()
    dialog.reject()


def test_a_server_that_does_not_answer_can_be_saved_all_the_same(window: MainWindow, file: ProfileFile) -> None:
    window.servers.ask_new()
    dialog = form_of(window)
    type_address(dialog, "https://far.example.org/api/v1")
    address = "https://far.example.org/api/v1"
    window.show_look(Look(address, address, problem=Problem(ProblemCode.UNREACHABLE)))
    assert "No server answers" in dialog.form.found.label.text()
    assert dialog.yes.text() == "&Save anyway"
    dialog.yes.click()
    assert file.load().named("far.example.org") is not None


def test_another_colour_or_name_of_the_present_server_shows_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.servers.edit(LIVE.id)
    dialog = form_of(window)
    dialog.form.name.setText("Real thing")
    dialog.form.swatches.choose("#0f7b83")
    dialog.form.careful.setChecked(False)
    with qtbot.assertNotEmitted(window.switch_requested), qtbot.waitSignal(window.profile_changed):
        dialog.yes.click()
    assert window.windowTitle() == "● Real thing · yearadmin"
    assert line_of("#0f7b83", LIGHT.surface) in window._frame.styleSheet()
    assert window.questions.profile is not None
    assert not window.questions.profile.careful


def test_another_address_of_the_present_server_means_connecting_anew(window: MainWindow, qtbot: QtBot) -> None:
    window.servers.edit(LIVE.id)
    dialog = form_of(window)
    type_address(dialog, "https://new.example.org/api/v1")
    with qtbot.waitSignal(window.switch_requested) as switched:
        dialog.yes.click()
    assert switched.args is not None
    assert switched.args[0].id == LIVE.id
    assert switched.args[0].base_url == "https://new.example.org/api/v1"


def test_the_list_is_put_in_order_and_servers_leave_it(window: MainWindow, file: ProfileFile) -> None:
    window.servers.manage()
    manager = window.servers.manager
    assert manager is not None
    assert manager.chosen == LIVE.id
    assert not manager.remove.isEnabled()
    assert "working there" in manager.remove.toolTip()
    manager.list.setCurrentRow(2)
    manager.up.click()
    assert [item.id for item in file.load().items] == [EMBEDDED.id, STAGE.id, LIVE.id]
    assert manager.chosen == STAGE.id
    manager.remove.click()
    dialog = window.servers.dialog
    assert isinstance(dialog, ConfirmDialog)
    dialog.yes.click()
    assert file.load().get(STAGE.id) is None
    manager.list.setCurrentRow(0)
    assert not manager.remove.isEnabled()
    manager.accept()


def test_another_window_of_the_program_may_have_added_one(window: MainWindow, file: ProfileFile) -> None:
    ProfileFile(file.path).update(lambda held: held.add(new_profile("Local", "http://127.0.0.1:8000/v1")))
    window.year_bar.server.popup.aboutToShow.emit()
    assert "Local" in [action.text().split("  ·  ")[0] for action in window.year_bar.server._choices.values()]


def test_a_damaged_list_is_told_on_the_first_page(qtbot: QtBot, memory: WindowMemory, tmp_path: Path) -> None:
    path = tmp_path / "profiles.json"
    path.write_text("{", encoding="utf-8")
    window = MainWindow(memory, None, ProfileFile(path))
    qtbot.addWidget(window, before_close_func=MainWindow.close_for_good)
    window.show_first_start()
    window.show()
    assert window.first_start is not None
    assert window.first_start.trouble.isVisible()
    assert "was damaged" in window.first_start.trouble.label.text()


def test_every_text_about_servers_is_translated(window: MainWindow, brackets: object, qapp: QApplication) -> None:
    assert callable(brackets)
    brackets()
    window.servers.manage()
    window.servers.edit(LIVE.id)
    window.show_first_start()
    dialog, manager, page = form_of(window), window.servers.manager, window.first_start
    assert manager is not None
    assert page is not None
    window.retranslate()
    dialog.retranslate()
    dialog.form.retranslate()
    from PySide6.QtWidgets import QAbstractButton, QLabel

    same = re.compile(r"^(|Production.*|Stage.*|https?://.*)$")
    shown = {
        part.text()
        for top in (dialog, manager, page)
        for kind in (QLabel, QAbstractButton)
        for part in top.findChildren(kind)
        if isinstance(part, QLabel | QAbstractButton) and "‹" not in part.text()
    }
    assert {text for text in shown if not same.match(text)} == set()
    names = {part.accessibleName() for part in dialog.findChildren(QAbstractButton)} - {""}
    assert {name for name in names if "‹" not in name} == set()
    dialog.reject()
    manager.accept()
