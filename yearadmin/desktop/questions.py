"""What the window asks before it passes a wish on: another year by number, opening and closing a year, leaving.

Asks once, follows the state while it is open, and never blocks the loop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from yearadmin.desktop.dialogs import ConfirmDialog, OtherYearDialog, Question
from yearadmin.profiles import Profile
from yearadmin.state.inflight import InFlight, work_in_flight
from yearadmin.state.model import AppState
from yearadmin.state.permits import may_close, may_open
from yearadmin.state.readiness import Severity, readiness
from yearadmin.state.yearlist import years_users_see
from yearadmin.words.connection import EMBEDDED
from yearadmin.words.format import listed
from yearadmin.words.leaving import leaving_body, leaving_facts
from yearadmin.words.readiness import item_text
from yearadmin.words.refusals import why_not
from yearadmin.words.servers import profile_name
from yearadmin.words.translate import translate

MAX_FACTS = 5


class Questions(QObject):
    """Signals: the wishes that were confirmed."""

    year_selected = Signal(int)
    open_requested = Signal(int)
    close_requested = Signal(int)
    quit_confirmed = Signal()
    switch_confirmed = Signal(object)  # Profile

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._state: AppState | None = None
        self.profile: Profile | None = None  # on a careful one a year's number has to be typed
        self.dialog: ConfirmDialog | OtherYearDialog | None = None

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """An open question follows what happens meanwhile."""
        self._state = new
        if isinstance(self.dialog, ConfirmDialog):
            self.dialog.ask_again()

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        if isinstance(self.dialog, OtherYearDialog):
            self.dialog.retranslate()
        elif self.dialog is not None:
            self.dialog.ask_again()

    def ask_other_year(self) -> None:
        """Ask for a year that is not in the list."""
        dialog = OtherYearDialog(self._window)
        dialog.year_chosen.connect(self.year_selected)
        self._open(dialog)

    def ask_open(self, year: int) -> None:
        """Ask once whether the year is to be opened to users."""
        if self._state is not None and may_open(self._state, year).allowed:
            self._confirm("lock_open", lambda: self._about_opening(year), self.open_requested.emit, year, default=True)

    def ask_close(self, year: int) -> None:
        """Ask once whether the year is to be taken away from users again."""
        if self._state is not None and may_close(self._state, year).allowed:
            self._confirm("lock", lambda: self._about_closing(year), self.close_requested.emit, year, default=False)

    def ask_quit(self) -> None:
        """Leave; but where work is under way, say first what becomes of it."""
        work = work_in_flight(self._state) if self._state is not None else InFlight()
        if work.is_empty:
            self.quit_confirmed.emit()
            return
        icon = "info" if work.loses_nothing else "upload"
        dialog = ConfirmDialog(icon, self._about_leaving, self._window, default_yes=work.loses_nothing)
        dialog.accepted.connect(self.quit_confirmed)
        self._open(dialog)

    def ask_switch(self, profile: Profile) -> None:
        """Go to another server; but where work is under way here, say first what becomes of it."""
        work = work_in_flight(self._state) if self._state is not None else InFlight()
        if work.is_empty:
            self.switch_confirmed.emit(profile)
            return
        icon = "info" if work.loses_nothing else "upload"
        dialog = ConfirmDialog(
            icon, lambda: self._about_switching(profile), self._window, default_yes=work.loses_nothing
        )
        dialog.accepted.connect(lambda: self.switch_confirmed.emit(profile))
        self._open(dialog)

    def _confirm(
        self, icon: str, ask: Callable[[], Question], then: Callable[[int], None], year: int, *, default: bool
    ) -> None:
        dialog = ConfirmDialog(icon, lambda: self._carefully(ask(), year), self._window, default_yes=default)
        dialog.accepted.connect(lambda: then(year))
        self._open(dialog)

    def _open(self, dialog: ConfirmDialog | OtherYearDialog) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self.dialog = dialog
        dialog.finished.connect(lambda _result: self._forget(dialog))
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _carefully(self, question: Question, year: int) -> Question:
        """On a careful server it is said which one it is, and the year's number has to be typed."""
        if self.profile is None or not self.profile.careful:
            return question
        name = profile_name(self.profile)
        label = translate("desktop.questions", "This is {server}. To confirm, type the year’s number:")
        return replace(question, typed=str(year), typed_label=label.format(server=name))

    def _about_opening(self, year: int) -> Question:
        assert self._state is not None
        state = self._state
        seen = sorted({*years_users_see(state), year}, reverse=True)
        body = translate(
            "desktop.questions", "Every user will then find {year} in the list of years and can enter data for it."
        )
        warnings = [item for item in readiness(state, year) if item.severity is Severity.WARNING]
        facts = [translate("desktop.questions", "Users will see: {years}").format(years=listed([str(y) for y in seen]))]
        if warnings:
            facts.append("")
            facts.append(translate("desktop.questions", "You may want to settle this first:"))
            facts.extend(f"• {item_text(item)}" for item in warnings[:MAX_FACTS])
            more = len(warnings) - MAX_FACTS
            if more > 0:
                facts.append("• " + translate("desktop.questions", "and %n more", "", more))
        return Question(
            translate("desktop.questions", "Open {year} to users?").format(year=year),
            body.format(year=year),
            translate("desktop.questions", "&Open {year}").format(year=year),
            tuple(facts),
            why_not(may_open(state, year), year),
        )

    def _about_closing(self, year: int) -> Question:
        assert self._state is not None
        state = self._state
        left = [str(other) for other in years_users_see(state) if other != year]
        body = translate(
            "desktop.questions",
            "Users will no longer find {year} in their list of years. What they have entered is kept.",
        )
        see = translate("desktop.questions", "Users will see: {years}").format(years=listed(left))
        none = translate("desktop.questions", "Users will then see no year at all.")
        return Question(
            translate("desktop.questions", "Close {year} to users again?").format(year=year),
            body.format(year=year),
            translate("desktop.questions", "&Close {year}").format(year=year),
            (see if left else none,),
            why_not(may_close(state, year), year),
        )

    def _about_switching(self, profile: Profile) -> Question:
        assert self._state is not None
        work = work_in_flight(self._state)
        yes = (
            translate("desktop.questions", "&Switch")
            if work.loses_nothing
            else translate("desktop.questions", "&Switch anyway")
        )
        stops_too = self._state.connection.server == EMBEDDED
        return Question(
            translate("desktop.questions", "Switch to {server}?").format(server=profile_name(profile)),
            leaving_body(work),
            yes,
            leaving_facts(work, stops_too=stops_too),
        )

    def _about_leaving(self) -> Question:
        assert self._state is not None
        work = work_in_flight(self._state)
        yes = (
            translate("desktop.questions", "&Quit")
            if work.loses_nothing
            else translate("desktop.questions", "&Quit anyway")
        )
        stops_too = self._state.connection.server == EMBEDDED
        return Question(
            translate("desktop.questions", "Quit the program?"),
            leaving_body(work),
            yes,
            leaving_facts(work, stops_too=stops_too),
        )
