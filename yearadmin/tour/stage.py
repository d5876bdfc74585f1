"""What the story is played with: the program, its backend, and hands and eyes for its window.

Knows widgets by their stable names only; never reads the core's secrets and never skips a wait by sleeping blindly.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TypeVar
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QWidget

from yearadmin import places
from yearadmin.app import Options, Program
from yearadmin.catalogue.modules import Slot
from yearadmin.desktop.memory import WindowMemory
from yearadmin.remote.backend import LocalBackend
from yearadmin.state.model import AppState

W = TypeVar("W", bound=QWidget)
_LOOK_EVERY = 0.02  # seconds


class StepError(Exception):
    """What should be on the screen is not."""


def need(holds: bool, what: str) -> None:
    """Fail the step unless ``holds``."""
    if not holds:
        raise StepError(what)


class Stage:
    """One tour: its folder, its backend process and the program that runs at present."""

    def __init__(self, app: QApplication, folder: Path, out: Path, language: str) -> None:
        self._app = app
        self.folder = folder
        self.out = out
        self.pictures: list[Path] = []  # of the present step
        self._label = ""
        self.language = language
        self._memory = WindowMemory(folder / "window.ini")
        self._work: asyncio.Task[int] | None = None
        self._program: Program | None = None
        self._closed: list[Program] = []
        self.errors: list[BaseException] = []
        self.units = folder / "units.csv"
        shutil.copy(places.resources_dir() / "units.csv", self.units)
        self._port = 0
        self.backend = self.make_backend()
        self._port = urlsplit(self.backend.base_url).port or 0  # kept: the program finds it again at the same address

    # --- the backend

    def make_backend(self, pace: float | None = None) -> LocalBackend:
        """A backend on the tour's data; ``pace`` (seconds) slows each of its steps so that a person can follow."""
        return LocalBackend(self.folder / "backend", demo=True, units=self.units, pace=pace, port=self._port)

    async def restart_backend(self, pace: float | None = None) -> None:
        """Another one in its place, on the same address and data."""
        await asyncio.to_thread(self.backend.stop)
        self.backend = self.make_backend(pace)
        await self.backend.ensure()

    # --- the program

    @property
    def program(self) -> Program:
        """The running program."""
        assert self._program is not None
        return self._program

    @property
    def window(self) -> QWidget:
        """Its window."""
        return self.program.window

    @property
    def state(self) -> AppState:
        """What the program knows."""
        core = self.program.core
        need(core is not None, "the program has not begun its work")
        assert core is not None
        return core.store.state

    def launch(self) -> None:
        """Start the program and return at once: its window is not painted yet."""
        options = Options(server=self.backend.base_url, demo=True, language=self.language, name="Training")
        self._program = Program(self._app, self._memory, options, None, cache_file=self.folder / "cache.sqlite")
        self._program.window.resize(1280, 800)
        self._program.show()
        self._work = asyncio.get_running_loop().create_task(self._program.work())

    async def quit(self) -> None:
        """Close the window as a person does, and wait until the program has ended."""
        assert self._work is not None
        self.program.window.close()
        asked = self.program.window.questions.dialog
        if asked is not None:  # work is under way: it is said what becomes of it
            asked.yes.click()
        await asyncio.wait_for(self._work, 15)
        # Kept to the end: a window whose Python half is collected first may still be asked for its size by Qt.
        self._closed.append(self.program)
        self._program = self._work = None
        self._app.processEvents()

    @property
    def is_running(self) -> bool:
        """Whether the program runs."""
        return self._program is not None

    def report(self, error: BaseException) -> None:
        """An error nobody caught spoils the tour."""
        self.errors.append(error)

    def interrupt(self) -> None:
        """Ctrl+C: end the program, which ends the story."""
        self.errors.append(KeyboardInterrupt())
        if self._program is not None:
            self._program.quit()

    # --- eyes

    def find(self, name: str, kind: type[W]) -> W | None:
        """The visible widget of that name, or None."""
        tops: list[QWidget] = [self.window, *self._app.topLevelWidgets()]
        for top in tops:
            found = [top] if top.objectName() == name and isinstance(top, kind) else top.findChildren(kind, name)
            for widget in found:
                if isinstance(widget, kind) and widget.isVisible():
                    return widget
        return None

    def see(self, name: str) -> QWidget:
        """The visible widget of that name; fails when it is not to be seen."""
        widget = self.find(name, QWidget)
        need(widget is not None, f"{name} is not to be seen")
        assert widget is not None
        return widget

    async def until(self, holds: Callable[[], bool], what: str, within: float = 30.0) -> None:
        """Wait until ``holds``; fails with ``what`` after ``within`` seconds."""
        end = monotonic() + within
        while not holds():
            need(monotonic() < end, f"{what}: not within {within:.0f} s")
            need(not self.errors, f"an error nobody caught: {self.errors and self.errors[0]!r}")
            await asyncio.sleep(_LOOK_EVERY)

    async def seen(self, name: str, within: float = 30.0) -> QWidget:
        """Wait until the widget of that name is to be seen."""
        await self.until(lambda: self.find(name, QWidget) is not None, f"{name} appears", within)
        return self.see(name)

    async def gone(self, name: str, within: float = 30.0) -> None:
        """Wait until nothing of that name is to be seen any more."""
        await self.until(lambda: self.find(name, QWidget) is None, f"{name} disappears", within)

    def begin(self, label: str) -> None:
        """A new step: its pictures are named after it."""
        self._label, self.pictures = label, []

    async def picture(self, suffix: str = "") -> None:
        """What is on the screen now, open dialogs included, named after the step."""
        await asyncio.sleep(0.15)  # let what has just changed be painted
        image = self.window.grab()
        painter = QPainter(image)
        for dialog in self._app.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible() and not isinstance(dialog, QFileDialog):
                place = self.window.mapFromGlobal(dialog.mapToGlobal(dialog.rect().topLeft()))
                painter.fillRect(self.window.rect(), QColor(0, 0, 0, 90))
                painter.drawPixmap(place, dialog.grab())
        painter.end()
        path = self.out / f"{self._label}{suffix and '-'}{suffix}.png"
        need(image.save(str(path)), f"{path} could not be written")
        self.pictures.append(path)

    # --- hands

    async def click(self, name: str) -> None:
        """Click the widget of that name; fails when it can't be clicked."""
        widget = await self.seen(name)
        need(widget.isEnabled(), f"{name} is grey: {widget.toolTip()}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def choose_year(self, year: int) -> None:
        """Choose a year in the selector."""
        selector = self.find("yearSelector", QComboBox)
        assert selector is not None
        row = selector.findData(year)
        need(row >= 0, f"{year} is not in the year selector")
        selector.setCurrentIndex(row)
        selector.activated.emit(row)

    def trigger(self, name: str) -> None:
        """Choose a menu entry; fails when it is not offered or grey."""
        action = self.program.window.findChild(QAction, name)
        need(action is not None and action.isVisible() and action.isEnabled(), f"the menu entry {name} is not offered")
        assert action is not None
        action.trigger()

    def type_into(self, name: str, text: str) -> None:
        """Replace what stands in a field by typing."""
        field = self.find(name, QLineEdit)
        need(field is not None and field.isEnabled(), f"{name} can't be typed into")
        assert field is not None
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)

    async def reveal(self, slot: Slot) -> QWidget:
        """Bring a slot's panel to the front; the slot itself."""
        self.program.window.panels.reveal(slot)
        return await self.seen(f"uploadSlot.{slot.name}")

    async def choose_file(self, slot: Slot, path: Path) -> None:
        """Give a slot a file through its file dialog."""
        widget = await self.reveal(slot)
        choose = getattr(widget, "choose", None)
        assert callable(choose)
        choose()
        dialog = await self.seen("fileDialog")
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        await asyncio.sleep(0.1)
        dialog.accept()

    async def drop_file(self, slot: Slot, path: Path) -> None:
        """Drop a file onto a slot."""
        widget = await self.reveal(slot)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        middle = QPointF(widget.rect().center())
        copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(middle.toPoint(), copy, data, left, plain)
        QApplication.sendEvent(widget, enter)
        need(enter.isAccepted(), f"{widget.objectName()} takes no file")
        QApplication.sendEvent(widget, QDropEvent(middle, copy, data, left, plain))
