"""Brings the history window what it asks for: reads the archive in the background, newest first, and writes exports.

Makes the window when it is first wanted, and has no work left once it is closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from yearadmin.desktop.history.comparing import Side
from yearadmin.desktop.history.window import HistoryWindow
from yearadmin.desktop.saving import choose_target
from yearadmin.desktop.theme import Tone
from yearadmin.state.history import Archive, KeptState, Limits, Moment, differences_text, write_text
from yearadmin.state.tasks import Tasks
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog


class HistoryDesk:
    """One window over one archive; ``server`` is what the operator calls the server, asked each time."""

    def __init__(
        self,
        archive: Archive,
        parent: QWidget | None,
        *,
        this_year: int,
        server: Callable[[], str],
        report: Callable[[BaseException], None],
    ) -> None:
        self._archive = archive
        self._server = server
        self._tasks = Tasks(lambda error, _: report(error))
        self._reading: asyncio.Task[None] | None = None
        self._year = this_year
        self.dialog: QFileDialog | None = None
        self.window = HistoryWindow(this_year, parent)
        window = self.window
        window.year_chosen.connect(self.show)
        window.reload_wanted.connect(lambda: self.show(self._year))
        window.export_wanted.connect(self._export)
        window.timeline.read_wanted.connect(lambda moment: self._do(self._read_one(moment), "reading a kept state"))
        window.compare.year_wanted.connect(lambda side, year: self._do(self._fill(side, year), "reading kept states"))
        window.compare.compare_wanted.connect(lambda old, new: self._do(self._compare(old, new), "comparing"))
        window.compare.export_wanted.connect(self._export_differences)
        window.keeping.limits_wanted.connect(lambda limits: self._do(self._limit(limits), "setting limits"))
        window.keeping.forget_wanted.connect(lambda: self._do(self._forget(), "forgetting a server"))

    def show(self, year: int) -> None:
        """Show the window with this year."""
        self._year = year
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._do(self._read(year), "reading the history")
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    async def close(self) -> None:
        """Stop all reading and take the window away."""
        await self._tasks.close()
        self.window.hide()
        self.window.deleteLater()

    def _do(self, work: Coroutine[object, object, None], name: str) -> asyncio.Task[None]:
        return self._tasks.spawn(work, name)

    async def _read(self, year: int) -> None:
        window, archive = self.window, self._archive
        window.show_years(await archive.years(), year, self._server)
        await self._show_kept()
        window.files.show_files(await archive.files(year))
        states = await archive.states(year)
        window.timeline.show_moments([Moment(state) for state in reversed(states)])
        for side, back in ((window.compare.old, 1), (window.compare.new, 0)):
            side.show_years(await archive.years(), year)
            side.show_states(states, back)
        window.compare.ask()
        async for moment in archive.moments(states):
            window.timeline.put(moment)

    async def _read_one(self, moment: Moment) -> None:
        config = await self._archive.read(moment.state)
        chosen = self.window.timeline.table.chosen()
        shown = self.window.timeline.model.row(chosen[0]) if chosen else None
        if shown is not None and shown.state == moment.state:
            self.window.timeline.as_it_was.show_moment(Moment(moment.state, config, shown.differences, shown.is_first))

    async def _fill(self, side: Side, year: int) -> None:
        is_old = side is self.window.compare.old
        same = self.window.compare.new.year.currentData() == self.window.compare.old.year.currentData()
        side.show_states(await self._archive.states(year), 1 if is_old and same else 0)
        self.window.compare.ask()

    async def _compare(self, old: KeptState, new: KeptState) -> None:
        found = await self._archive.differences(old, new)
        compare = self.window.compare
        if compare.old.state == old and compare.new.state == new:  # nothing else was chosen meanwhile
            compare.show_differences(found)

    # --- what is kept

    async def _show_kept(self) -> None:
        limits, size = await self._archive.limits(), await self._archive.size()
        self.window.keeping.show_kept(limits, size, self._server)

    async def _limit(self, limits: Limits) -> None:
        await self._archive.set_limits(limits)
        await self._show_kept()
        self.window.keeping.tell(translate("desktop.history", "The limits are in force."))
        await self._read(self._year)

    async def _forget(self) -> None:
        done = await self._archive.forget_server()
        await self._read(self._year)
        self.window.keeping.tell(
            translate("desktop.history", "Forgotten. What the server tells from now on is kept again.")
            if done
            else translate("desktop.history", "The file can’t be written, so it still holds what it held.")
        )

    # --- exports

    def _export(self, as_json: bool) -> None:
        year = self._year
        name = f"{year}-history.json" if as_json else f"{year}-changes.csv"
        work = self._archive.as_json if as_json else self._archive.as_csv

        async def write(path: Path) -> None:
            await self._write(path, await work(year))

        self._ask_where(name, write, as_json=as_json)

    def _export_differences(self, as_json: bool) -> None:
        text = differences_text(self.window.compare.differences, as_json=as_json)

        async def write(path: Path) -> None:
            await self._write(path, text)

        self._ask_where("differences.json" if as_json else "differences.csv", write, as_json=as_json)

    def _ask_where(self, name: str, write: Callable[[Path], Coroutine[object, object, None]], *, as_json: bool) -> None:
        kind = (
            translate("desktop.history", "JSON files (*.json)")
            if as_json
            else translate("desktop.history", "CSV files (*.csv)")
        )
        title = translate("desktop.history", "Export")

        def chosen(path: Path) -> None:
            self._do(write(path), "writing an export")

        self.dialog = choose_target(self.window, title, name, kind, chosen)

    async def _write(self, path: Path, text: str) -> None:
        try:
            await asyncio.to_thread(write_text, path, text)
        except OSError as error:
            self.window.tell(
                translate("desktop.history", "“{name}” can’t be written: {reason}").format(
                    name=path.name, reason=error.strerror or ""
                ),
                Tone.BAD,
            )
        else:
            self.window.tell(translate("desktop.history", "“{name}” is written.").format(name=path.name))
