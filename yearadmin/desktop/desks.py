"""The windows beside the main one: history, activity and diagnostics, each made when it is first wanted.

Also tells the log which words to hide: the signed-in person's name and address, and the cookies in use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from yearadmin.state.model import AppState
from yearadmin.state.store import Store
from yearadmin.words.connection import server_text
from yearadmin.words.translate import language

if TYPE_CHECKING:
    from yearadmin.contract.session import CurrentUser
    from yearadmin.desktop.activity import ActivityDesk
    from yearadmin.desktop.history import HistoryDesk
    from yearadmin.desktop.window import MainWindow
    from yearadmin.logbook import Logbook
    from yearadmin.state.history import Archive


class Desks:
    """Made with the core; ``close`` before the core is closed. May be made again for another one."""

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        archive: Archive,
        book: Logbook,
        report: Callable[[BaseException], None],
    ) -> None:
        self._window = window
        self._store = store
        self._archive = archive
        self._book = book
        self._report = report
        self.history: HistoryDesk | None = None
        self.activity: ActivityDesk | None = None
        self._known: CurrentUser | None = None
        window.history_requested.connect(self.show_history)
        window.activity_requested.connect(self.show_activity)
        window.diagnostics_requested.connect(self.show_diagnostics)
        self._stop = store.subscribe(self._look)
        self._learn(store.state.user)

    def show_history(self, year: int) -> None:
        """Look back at a year."""
        if self.history is None:
            from yearadmin.desktop.history import HistoryDesk

            self.history = HistoryDesk(
                self._archive,
                self._window,
                this_year=self._store.state.this_year,
                server=lambda: server_text(self._store.state),
                report=self._report,
            )
        self.history.show(year)

    def show_activity(self) -> None:
        """The list of exchanges with the server."""
        self._activity().show()

    def show_diagnostics(self) -> None:
        """The bundle for support, to be looked at first."""
        self._activity().show_diagnostics()

    def _activity(self) -> ActivityDesk:
        if self.activity is None:
            from yearadmin.desktop.activity import ActivityDesk

            self.activity = ActivityDesk(self._book, self._window, settings=self._settings, report=self._report)
        return self.activity

    def _settings(self) -> Mapping[str, object]:
        state = self._store.state
        return {
            "language": language(),
            "server": state.connection.server,
            "demo": state.connection.demo,
            "connection": str(state.connection.phase),
            "since": state.connection.since,
            "selected": state.selected,
            "years": [item.year for item in state.years.items],
            "roles": [role.role for role in state.user.roles_raw] if state.user is not None else [],
            "pipelines_followed": len(state.pipelines),
            "uploads": [str(upload.stage) for upload in state.uploads],
            "window": [self._window.width(), self._window.height(), self._window.devicePixelRatioF()],
        }

    def _look(self, _: AppState, new: AppState) -> None:
        if new.user is not self._known:
            self._learn(new.user)

    def _learn(self, person: CurrentUser | None) -> None:
        self._known = person
        if person is not None:
            self._book.redactor.learn(person.email, person.display_name or "", person.institutional_id or "")

    async def close(self) -> None:
        """Stop, and take the windows away."""
        self._stop()
        window = self._window
        window.history_requested.disconnect(self.show_history)
        window.activity_requested.disconnect(self.show_activity)
        window.diagnostics_requested.disconnect(self.show_diagnostics)
        for desk in (self.history, self.activity):
            if desk is not None:
                await desk.close()
