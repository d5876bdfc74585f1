"""What this program asked of the server: listed live, filtered, copied; and the bundle looked at before saving."""

from __future__ import annotations

import asyncio
import gc
import json
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from yearadmin.desktop import loop
from yearadmin.desktop.activity import ActivityDesk, ActivityWindow
from yearadmin.desktop.activity.window import MOST
from yearadmin.logbook import Activity, Logbook, open_logbook
from yearadmin.words.activity import ActivityKind
from yearadmin.words.translate import use_translator

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
READ = Activity(NOON, "GET", "/v1/year-configuration/2026", 200, 12.4, 0, 40_000, "abc123def456")
SENT = Activity(NOON, "POST", "/v1/files/temp-upload", 200, 340.0, 5_000_000, 120, "feedfeed0001")
BROKEN = Activity(NOON, "GET", "/v1/year-configuration/2025", None, 5000.0, failure="unreachable", words="refused")
Story = Callable[[ActivityDesk], Awaitable[None]]


@pytest.fixture
def window(qtbot: QtBot) -> ActivityWindow:
    made = ActivityWindow([READ, SENT, BROKEN])
    qtbot.addWidget(made)
    made.show()
    return made


def texts(window: ActivityWindow, column: int = 1) -> list[str]:
    model = window.model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_exchanges_are_told_newest_first_in_plain_words(window: ActivityWindow) -> None:
    assert texts(window) == ["Read 2025", "Send a file", "Read 2026"]
    assert texts(window, 2) == ["Server not reachable", "Done (200)", "Answered (200)"]
    assert texts(window, 3)[1] == "340\N{NO-BREAK SPACE}ms"
    assert texts(window, 6)[2] == "abc123def456"
    assert window.count.text() == "3 exchanges with the server"


def test_the_list_is_filtered_by_words_kind_and_failure(window: ActivityWindow) -> None:
    window.search.setText("read 2026")
    assert texts(window) == ["Read 2026"]
    window.search.setText("feedfeed")
    assert texts(window) == ["Send a file"]
    assert window.count.text() == "1 of 3 exchanges"
    window.search.clear()
    window.kind.setCurrentIndex(window.kind.findData(ActivityKind.READ))
    assert texts(window) == ["Read 2025", "Read 2026"]
    window.failures.setChecked(True)
    assert texts(window) == ["Read 2025"]


def test_what_comes_is_added_on_top_unless_it_is_filtered_out(window: ActivityWindow) -> None:
    window.search.setText("2026")
    window.add(READ)
    window.add(SENT)
    assert texts(window) == ["Read 2026", "Read 2026"]
    window.search.clear()
    assert texts(window)[0] == "Send a file"


def test_the_list_is_bounded(window: ActivityWindow) -> None:
    for _ in range(MOST + 50):
        window.add(READ)
    assert window.model.rowCount() == MOST
    window.search.setText("nothing like it")
    window.search.clear()
    assert window.model.rowCount() == MOST


def test_rows_are_copied_one_or_all(window: ActivityWindow) -> None:
    assert not window.copy.isEnabled()
    window.table.choose(0)
    window.copy.click()
    copied = QApplication.clipboard().text()
    assert copied.count("\n") == 1
    assert "GET /v1/year-configuration/2025" in copied
    assert "refused" in copied
    window.copy_all.click()
    assert QApplication.clipboard().text().count("\n") == 3


def test_it_speaks_another_language_and_keeps_what_is_typed(window: ActivityWindow) -> None:
    window.search.setText("2026")
    use_translator(lambda context, text, comment, n: f"‹{text}›", "fr")
    window.retranslate()
    assert window.windowTitle() == "‹Activity›"
    assert window.diagnostics.text().startswith("‹")
    assert window.search.text() == "2026"
    for part in (window.table, window.search, window.kind):
        assert part.accessibleName().startswith("‹")


@pytest.fixture
def at_the_desk(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[Logbook, Story], None]]:
    errors: list[BaseException] = []

    def run(book: Logbook, story: Story) -> None:
        async def work() -> int:
            desk = ActivityDesk(
                book,
                None,
                settings=lambda: {"server": "a.example.org", "operator": "Ada Lovelace"},
                report=errors.append,
            )
            try:
                async with asyncio.timeout(10):
                    await story(desk)
            finally:
                await desk.close()
            return 0

        try:
            assert loop.run(qapp, work, report=errors.append, interrupted=lambda: None) == 0
        finally:
            book.close()

    yield run
    # Here: what Qt has in the loop and its windows must not be destroyed on a thread where garbage happens to be found.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert errors == []


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110  widgets have no event to wait for
            await asyncio.sleep(0.01)


def test_the_list_is_live(at_the_desk: Callable[[Logbook, Story], None], tmp_path: Path) -> None:
    book = open_logbook(tmp_path / "log", name="window")

    async def story(desk: ActivityDesk) -> None:
        book.activity.add(READ)
        desk.show()
        assert desk.window is not None
        assert texts(desk.window) == ["Read 2026"]
        book.activity.add(SENT)
        assert texts(desk.window) == ["Send a file", "Read 2026"]

    at_the_desk(book, story)


def test_the_bundle_is_shown_part_by_part_and_then_written_as_shown(
    at_the_desk: Callable[[Logbook, Story], None], tmp_path: Path
) -> None:
    book = open_logbook(tmp_path / "log", name="window")
    book.redactor.learn("ada@example.org")
    target = tmp_path / "bundle.zip"

    async def story(desk: ActivityDesk) -> None:
        book.activity.add(Activity(NOON, "GET", "/v1/session?who=ada@example.org", 200))
        desk.show()
        assert desk.window is not None
        desk.window.diagnostics.click()
        await until(lambda: desk.bundle_dialog is not None)
        dialog = desk.bundle_dialog
        assert dialog is not None
        assert [part.name for part in dialog.model.rows] == [
            "about.json",
            "settings.json",
            "activity.txt",
            "log/window.log",
        ]
        assert '"yearadmin"' in dialog.preview.toPlainText()
        shown = {}
        for row, part in enumerate(dialog.model.rows):
            dialog.parts.choose(row)
            shown[part.name] = dialog.preview.toPlainText()
        assert json.loads(shown["settings.json"])["operator"] == "[personal]"
        assert "ada@" not in "".join(shown.values())
        assert not target.exists()
        dialog.save.click()
        assert desk.dialog is not None
        desk.dialog.fileSelected.emit(str(target))
        desk.dialog.reject()
        await until(target.exists)
        await until(lambda: "bundle.zip" in dialog.told.text())
        with zipfile.ZipFile(target) as bundle:
            assert {name: bundle.read(name).decode() for name in bundle.namelist()} == shown
        assert target.stat().st_mode & 0o077 == 0

    at_the_desk(book, story)


def test_a_bundle_that_can_not_be_written_says_why(
    at_the_desk: Callable[[Logbook, Story], None], tmp_path: Path
) -> None:
    book = open_logbook(tmp_path / "log", name="window")

    async def story(desk: ActivityDesk) -> None:
        desk.show_diagnostics()
        await until(lambda: desk.bundle_dialog is not None)
        dialog = desk.bundle_dialog
        assert dialog is not None
        dialog.save.click()
        assert desk.dialog is not None
        desk.dialog.fileSelected.emit(str(tmp_path / "nowhere" / "bundle.zip"))
        desk.dialog.reject()
        await until(lambda: "can’t be written" in dialog.told.text())

    at_the_desk(book, story)
