"""A narrow window loses nothing, and the next run looks as the operator left the last one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from yearadmin.desktop.memory import WindowMemory
from yearadmin.desktop.window import MainWindow

from . import story
from .conftest import WindowOf


def test_wide_the_three_columns_stand_side_by_side(window_of: WindowOf) -> None:
    window = window_of(story.ready_incomplete())
    places = [
        widget.mapTo(window, widget.rect().topLeft()).x()
        for widget in (window.navigation, window.middle, window.checklist)
    ]
    assert places == sorted(places)
    assert window.checklist.isVisible()
    assert not window.columns.fold.isVisible()


def test_narrow_the_checklist_folds_under_the_year_bar_and_out_on_request(window_of: WindowOf) -> None:
    window = window_of(story.ready_incomplete(), width=1000)
    assert not window.checklist.isVisible()
    window.year_bar.readiness.click()
    assert window.checklist.isVisible()
    below = window.checklist.mapTo(window, window.checklist.rect().topLeft()).y()
    assert below >= window.year_bar.geometry().bottom()
    view = window.checklist.view
    view.clicked.emit(view.model().index(0, 0))
    assert not window.checklist.isVisible()
    window.year_bar.readiness.click()
    window.year_bar.readiness.click()
    assert not window.checklist.isVisible()


def test_narrower_still_the_modules_are_icons_with_tooltips(window_of: WindowOf) -> None:
    window = window_of(story.ready_incomplete(), width=760)
    assert window.navigation.width() < 90
    model = window.navigation.view.model()
    assert all(model.index(row, 0).data(3) for row in range(model.rowCount()))  # Qt.ToolTipRole
    assert window.footer.connection.text() == "Live"
    assert "127.0.0.1:8123" in window.footer.connection.accessibleName()


def test_widened_again_everything_is_where_it_was(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.ready_incomplete())
    before = window.columns.sizes()
    window.resize(760, 600)
    qtbot.wait(10)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.columns.sizes() == before)
    assert window.checklist.isVisible()


def test_no_button_is_cut_off_at_the_least_size(window_of: WindowOf) -> None:
    for make in (story.ready_complete, story.set_up_failed, story.offline, story.missing):
        window = window_of(make(), width=640, height=480)
        narrow = [
            button.text()
            for button in (*window.year_bar.findChildren(QPushButton), *window.footer.findChildren(QPushButton))
            if button.isVisible() and button.width() < button.minimumSizeHint().width()
        ]
        assert narrow == []


def test_no_word_of_the_pages_is_cut_off(window_of: WindowOf, qtbot: QtBot) -> None:
    for make in (story.failed_to_load, story.missing, story.signed_out, story.set_up_failed, story.being_set_up):
        window = window_of(make())
        qtbot.wait(20)
        for label in window.middle.currentWidget().findChildren(QLabel):
            if label.isVisible() and label.text() and not window.panels.isAncestorOf(label):
                needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                assert label.height() >= needed, label.text()


def test_place_columns_and_panel_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "remembered.ini"
    first = MainWindow(WindowMemory(file))
    qtbot.addWidget(first, before_close_func=MainWindow.close_for_good)
    first.show_state(None, story.ready_incomplete().state)
    first.resize(1340, 720)
    first.show()
    first.columns.setSizes([300, 700, 340])
    first.columns.splitterMoved.emit(300, 1)
    first.navigation.panel_chosen.emit(5)
    widths = first.columns.widths
    first.resize(780, 640)  # the offscreen screen has no room for more
    first.close()
    second = MainWindow(WindowMemory(file))
    qtbot.addWidget(second, before_close_func=MainWindow.close_for_good)
    second.show_state(None, story.ready_incomplete().state)
    second.show()
    assert (second.width(), second.height()) == (780, 640)
    assert second.columns.widths == widths
    assert widths[0] > 260
    assert second.panels.current == 5
    assert second.navigation.current == 5


def test_the_reduction_objectives_are_remembered_as_well(qtbot: QtBot, memory: WindowMemory) -> None:
    memory.keep_panel(None)
    memory.sync()
    window = MainWindow(memory)
    qtbot.addWidget(window, before_close_func=MainWindow.close_for_good)
    assert window.panels.current is None


def test_a_damaged_memory_is_no_obstacle(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "damaged.ini"
    file.write_bytes(
        b"[General]\ngeometry=@ByteArray(\x00garbage)\nleft=wide\nright=-4\npanel=seven\nlanguage=xx\n\xff\xfe"
    )
    window = MainWindow(WindowMemory(file))
    qtbot.addWidget(window, before_close_func=MainWindow.close_for_good)
    window.show_state(None, story.ready_incomplete().state)
    window.show()
    assert window.width() >= 640
    assert isinstance(window.centralWidget(), QWidget)
    assert window.panels.current == 1
