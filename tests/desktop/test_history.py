"""Looking back in the window: timeline, the year as it was, comparing, files, limits, exports; without any server."""

from __future__ import annotations

import asyncio
import csv
import gc
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.state import builders as b
from yearadmin.cache.store import Cache, FileResult, Kind, SentFile
from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.desktop import loop
from yearadmin.desktop.history import HistoryDesk
from yearadmin.state.history import Archive, Area, Limits
from yearadmin.words.translate import use_translator

SERVER, USER = "https://a.example.org/v1", "operator"
START = datetime.now(UTC) - timedelta(days=2)
PLANE = Slot(2, 20, SlotKind.FACTOR)
LANDED = b.job(41, meta={"processed_file_path": "processed/41/planes.csv", "stats": {"rows_processed": 31}})
SENT = SentFile(
    "k1", 2026, "2.20.factor", "planes.csv", 1234, "ab" * 32, START, "o@example.org", 41, None, FileResult.SUCCESS, 31
)
Story = Callable[[HistoryDesk, Cache], Awaitable[None]]


async def filled(path: Path) -> Cache:
    cache = Cache(path)
    await cache.open()
    years = (
        b.year(2026),
        b.year(2026, jobs={PLANE: LANDED}),
        b.year(2026, jobs={PLANE: LANDED}, is_started=True),
    )
    for minute, year in enumerate(years):
        await cache.keep(SERVER, USER, Kind.YEAR, 2026, json.dumps(year), START + timedelta(minutes=minute))
    await cache.keep(SERVER, USER, Kind.YEAR, 2025, json.dumps(b.year(2025)), START)
    await cache.remember_file(SERVER, USER, SENT)
    return cache


@pytest.fixture
def at_the_desk(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[Story], None]]:
    """Run a story at a history window over a filled cache, on Qt's own loop; no error may stay untold."""
    errors: list[BaseException] = []

    def run(story: Story) -> None:
        async def work() -> int:
            cache = await filled(tmp_path / "cache.sqlite")
            archive = Archive(cache, SERVER, lambda: USER)
            desk = HistoryDesk(archive, None, this_year=2026, server=lambda: "a.example.org", report=errors.append)
            try:
                async with asyncio.timeout(15):
                    await story(desk, cache)
            finally:
                await desk.close()
                await cache.close()
            return 0

        assert loop.run(qapp, work, report=errors.append, interrupted=lambda: None) == 0

    yield run
    # Here: what Qt has in the loop and its windows must not be destroyed on a thread where garbage happens to be found.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert errors == []


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110  widgets have no event to wait for
            await asyncio.sleep(0.01)


async def shown(desk: HistoryDesk, year: int = 2026) -> None:
    """The window with every state read."""
    desk.show(year)
    await until(lambda: bool(desk.window.timeline.model.rows))
    await until(lambda: all(moment.config is not None for moment in desk.window.timeline.model.rows))


def cells(model: object, row: int) -> list[str]:
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]  # type: ignore[attr-defined]


def test_the_timeline_tells_what_changed_newest_first(at_the_desk: Callable[[Story], None]) -> None:
    async def story(desk: HistoryDesk, cache: Cache) -> None:
        await shown(desk)
        rows = [cells(desk.window.timeline.model, row)[1] for row in range(3)]
        assert rows == ["Opened to users", "Plane › Factors: imported", "First seen"]
        assert desk.window.windowTitle() == "History · 2026"
        assert "Nothing here is live" in desk.window.note.label.text()

    at_the_desk(story)


def test_the_year_is_shown_as_it_was_at_the_chosen_time(at_the_desk: Callable[[Story], None]) -> None:
    async def story(desk: HistoryDesk, cache: Cache) -> None:
        await shown(desk)
        page = desk.window.timeline
        page.table.choose(2)
        then = page.as_it_was
        assert then.title.label.text().startswith("2026 as it was on ")
        assert then.chip.text == "Not yet open"
        plane = next(row for row in then.slots.rows if row.slot == PLANE)
        assert plane.state == "missing"
        missing = len(then.checklist.rows)
        page.table.choose(0)
        assert then.chip.text == "Open to users"
        assert len(then.checklist.rows) == missing - 1
        assert [item.place.fact for item in then.changes.rows] == ["is_open"]

    at_the_desk(story)


def test_two_times_and_two_years_are_compared_and_filtered(at_the_desk: Callable[[Story], None]) -> None:
    async def story(desk: HistoryDesk, cache: Cache) -> None:
        await shown(desk)
        page = desk.window.compare
        await until(lambda: bool(page.model.rows))
        assert [cells(page.model, 0)[number] for number in (2, 4, 5)] == ["The year", "no", "yes"]
        page.old.time.setCurrentIndex(2)
        page.old.time.activated.emit(2)
        await until(lambda: len(page.differences) > 1)
        page.area.setCurrentIndex(page.area.findData(Area.UPLOAD))
        assert {item.place.area for item in page.model.rows} == {Area.UPLOAD}
        assert page.count.text() == f"{len(page.model.rows)} differences"
        page.area.setCurrentIndex(0)
        page.old.year.setCurrentIndex(page.old.year.findData(2025))
        page.old.year.activated.emit(page.old.year.currentIndex())
        await until(lambda: page.old.state is not None and page.old.state.year == 2025)
        await until(lambda: all(item.place.fact != "job" for item in page.differences))
        assert page.differences

    at_the_desk(story)


def test_files_sent_are_listed_and_copied_with_their_whole_fingerprint(at_the_desk: Callable[[Story], None]) -> None:
    async def story(desk: HistoryDesk, cache: Cache) -> None:
        await shown(desk)
        page = desk.window.files
        assert cells(page.model, 0)[1:4] == ["planes.csv", "Professional travel › Plane › Factors", "Imported"]
        page.table.choose(0)
        page.table.copy_rows()
        copied = QApplication.clipboard().text()
        assert "ab" * 32 in copied
        assert "1,234 bytes" in copied

    at_the_desk(story)


def test_limits_are_set_and_a_server_is_forgotten_only_after_asking(at_the_desk: Callable[[Story], None]) -> None:
    async def story(desk: HistoryDesk, cache: Cache) -> None:
        await shown(desk)
        page = desk.window.keeping
        assert not page.apply.isEnabled()
        page.days.setValue(30)
        assert page.apply.isEnabled()
        page.apply.click()
        await until(lambda: not page.apply.isEnabled())
        assert await cache.present_limits() == Limits(30, 500)
        page.forget.click()
        assert page.question is not None
        assert page.question.no.isDefault()
        page.question.no.click()
        assert await cache.years_kept(SERVER, USER) == (2026, 2025)
        page.forget.click()
        page.question.yes.click()
        await until(lambda: "Forgotten" in page.told.text())
        assert await cache.years_kept(SERVER, USER) == ()
        assert desk.window.timeline.model.rows == ()

    at_the_desk(story)


def test_a_history_and_its_differences_are_exported(at_the_desk: Callable[[Story], None], tmp_path: Path) -> None:
    async def story(desk: HistoryDesk, cache: Cache) -> None:
        await shown(desk)
        await until(lambda: bool(desk.window.compare.model.rows))
        for action, name in (
            (desk.window.json_action, "whole.json"),
            (desk.window.csv_action, "changes.csv"),
            (desk.window.compare.csv_action, "two.csv"),
        ):
            action.trigger()
            assert desk.dialog is not None
            desk.dialog.fileSelected.emit(str(tmp_path / name))
            desk.dialog.reject()
            await until(lambda name=name: name in desk.window.note.label.text())  # type: ignore[misc]
        whole = json.loads((tmp_path / "whole.json").read_text(encoding="utf-8"))
        assert [len(whole["states"]), len(whole["files"])] == [3, 1]
        table = list(csv.DictReader((tmp_path / "changes.csv").read_text(encoding="utf-8").splitlines()))
        assert table[-1]["fact"] == "is_open"
        assert "is_open" in (tmp_path / "two.csv").read_text(encoding="utf-8")
        desk.window.json_action.trigger()
        assert desk.dialog is not None
        desk.dialog.fileSelected.emit(str(tmp_path / "no" / "such.json"))
        desk.dialog.reject()
        await until(lambda: "can’t be written" in desk.window.note.label.text())

    at_the_desk(story)


def test_a_year_of_which_nothing_is_kept_says_so(at_the_desk: Callable[[Story], None]) -> None:
    async def story(desk: HistoryDesk, cache: Cache) -> None:
        desk.show(2031)
        await until(lambda: "2031" in desk.window.windowTitle())
        assert desk.window.timeline.splitter.isHidden()
        assert desk.window.year.currentData() == 2031
        assert "2026" in [desk.window.year.itemText(row) for row in range(desk.window.year.count())]

    at_the_desk(story)


def test_another_language_changes_every_text_and_no_choice(at_the_desk: Callable[[Story], None]) -> None:
    async def story(desk: HistoryDesk, cache: Cache) -> None:
        await shown(desk)
        window = desk.window
        await until(lambda: bool(window.compare.model.rows))
        window.timeline.table.choose(1)
        window.compare.area.setCurrentIndex(2)
        use_translator(lambda context, text, comment, n: f"‹{text}›", "fr")
        window.retranslate()
        assert window.timeline.table.chosen() == [1]
        assert window.compare.area.currentIndex() == 2
        for title in (window.tabs.tabText(0), window.export.text(), window.keeping.forget.text()):
            assert title.startswith("‹")
        assert str(window.timeline.model.headerData(0, window.timeline.splitter.orientation())).startswith("‹")

    at_the_desk(story)


def test_everything_to_use_has_a_name_for_screen_readers(at_the_desk: Callable[[Story], None]) -> None:
    async def story(desk: HistoryDesk, cache: Cache) -> None:
        await shown(desk)
        window = desk.window
        for widget in (
            window.year,
            window.export,
            window.timeline.table,
            window.compare.table,
            window.compare.area,
            window.compare.old.year,
            window.compare.new.time,
            window.files.table,
            window.keeping.days,
            window.keeping.megabytes,
            *window.timeline.as_it_was.views,
        ):
            assert widget.accessibleName(), widget.objectName()

    at_the_desk(story)
