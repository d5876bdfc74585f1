"""Connects the logbook with its two windows: the list of exchanges, and the bundle that is looked at and then saved.

Makes each window when it is wanted, and puts the bundle together off the window's thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from yearadmin.desktop.activity.diagnostics import DiagnosticsDialog
from yearadmin.desktop.activity.window import ActivityWindow
from yearadmin.desktop.saving import choose_target
from yearadmin.logbook import Bundle, Logbook, diagnostics
from yearadmin.state.tasks import Tasks
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog


class ActivityDesk:
    """``settings`` are asked when a bundle is made; they are redacted like everything else."""

    def __init__(
        self,
        book: Logbook,
        parent: QWidget | None,
        *,
        settings: Callable[[], Mapping[str, object]],
        report: Callable[[BaseException], None],
    ) -> None:
        self._book = book
        self._parent = parent
        self._settings = settings
        self._tasks = Tasks(lambda error, _: report(error))
        self.window: ActivityWindow | None = None
        self.bundle_dialog: DiagnosticsDialog | None = None
        self.dialog: QFileDialog | None = None
        self._stop: Callable[[], None] = lambda: None

    def show(self) -> None:
        """Show the list."""
        if self.window is None:
            self.window = ActivityWindow(self._book.activity.items, self._parent)
            self.window.diagnostics_wanted.connect(self.show_diagnostics)
            self._stop = self._book.activity.subscribe(self.window.add)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def show_diagnostics(self) -> None:
        """Put a bundle together and show it."""
        if self.bundle_dialog is not None:
            self.bundle_dialog.raise_()
            return
        self._tasks.spawn(self._show_bundle(), "putting diagnostics together")

    async def _show_bundle(self) -> None:
        settings = self._settings()
        bundle = await asyncio.to_thread(lambda: diagnostics(self._book, settings, now=datetime.now(UTC)))
        if self.bundle_dialog is not None:
            return
        over = self.window if self.window is not None and self.window.isVisible() else self._parent
        self.bundle_dialog = DiagnosticsDialog(bundle, over)
        self.bundle_dialog.save_wanted.connect(self._ask_where)
        self.bundle_dialog.destroyed.connect(self._forget)
        self.bundle_dialog.show()

    def _forget(self) -> None:
        self.bundle_dialog = None

    def _ask_where(self, bundle: Bundle) -> None:
        if self.bundle_dialog is None:
            return
        name = f"yearadmin-diagnostics-{datetime.now().astimezone():%Y-%m-%d}.zip"
        kind = translate("desktop.diagnostics", "ZIP files (*.zip)")
        title = translate("desktop.diagnostics", "Save diagnostics")

        def chosen(path: Path) -> None:
            self._tasks.spawn(self._write(bundle, path), "writing diagnostics")

        self.dialog = choose_target(self.bundle_dialog, title, name, kind, chosen)

    async def _write(self, bundle: Bundle, path: Path) -> None:
        try:
            await asyncio.to_thread(bundle.write, path)
        except OSError as error:
            text = translate("desktop.diagnostics", "“{name}” can’t be written: {reason}").format(
                name=path.name, reason=error.strerror or ""
            )
        else:
            text = translate("desktop.diagnostics", "“{name}” is written.").format(name=path.name)
        if self.bundle_dialog is not None:
            self.bundle_dialog.tell(text)

    async def close(self) -> None:
        """Stop listening, and take the windows away."""
        self._stop()
        await self._tasks.close()
        for window in (self.bundle_dialog, self.window):
            if window is not None:
                window.hide()
                window.deleteLater()
        self.window = self.bundle_dialog = None
