"""The main window: puts the views together, passes the state down to them and their wishes up.

Decides nothing, fetches nothing: it paints from an empty state as well as from a full one.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QVBoxLayout, QWidget

from yearadmin.desktop.band import Band
from yearadmin.desktop.columns import Columns
from yearadmin.desktop.conflict import Conflicts
from yearadmin.desktop.footer import Footer
from yearadmin.desktop.icons import app_icon
from yearadmin.desktop.memory import WindowMemory
from yearadmin.desktop.middle import Middle, View
from yearadmin.desktop.notices import MessagesDialog, Toasts
from yearadmin.desktop.panels import ModuleNavigation, ModulePanels, ReadinessView
from yearadmin.desktop.questions import Questions
from yearadmin.desktop.servers import FirstStart, Servers
from yearadmin.desktop.servers.colours import line_of
from yearadmin.desktop.signin.area import SignInArea
from yearadmin.desktop.theme import colours
from yearadmin.desktop.yearbar import YearBar
from yearadmin.places import profiles_file
from yearadmin.profiles import Profile, ProfileFile
from yearadmin.state.looking import Look
from yearadmin.state.model import AppState, NoticeKind
from yearadmin.state.readiness import ReadinessItem
from yearadmin.words.connection import server_text
from yearadmin.words.translate import translate

_FRAME = (2, 4, 2, 2)  # logical pixels of the server's colour: left, top, right, bottom


class MainWindow(QMainWindow):
    """Signals: every wish of the operator, each to be asked for again by whoever carries it out."""

    year_selected = Signal(int)
    create_requested = Signal(int)
    retry_setup_requested = Signal(int)
    open_requested = Signal(int)
    close_requested = Signal(int)
    reload_requested = Signal(int)
    upload_requested = Signal(int, object, object)  # year, Slot, Path
    upload_cancel_requested = Signal(str)
    interrupt_requested = Signal(str)
    goals_save_requested = Signal(int, object)
    theirs_kept = Signal(int)  # in a conflict of that year
    mine_wanted = Signal(int)
    conflict_put_off = Signal(int)
    came_back = Signal()  # the operator looks at the window again
    retry_connection_requested = Signal()
    notice_dismissed = Signal(int)
    sign_in_requested = Signal(str)
    sign_out_requested = Signal()
    sign_out_everywhere_requested = Signal()
    switch_requested = Signal(object)  # Profile: work with that server from now on
    profile_changed = Signal(object)  # Profile: the present one under another name or colour
    look_requested = Signal(str, str)  # at an address, trusting a certificate file
    language_requested = Signal(str)
    history_requested = Signal(int)
    activity_requested = Signal()
    diagnostics_requested = Signal()
    quit_requested = Signal()
    painted = Signal()  # once, when there is something to see

    def __init__(self, memory: WindowMemory, profile: Profile | None = None, file: ProfileFile | None = None) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(640, 480)
        self._memory = memory
        self._state: AppState | None = None
        self._colours = colours()
        self._has_painted = self._may_close = self._is_quitting = False
        self._messages: MessagesDialog | None = None

        self.year_bar = YearBar()
        self.band = Band()
        self.sign_in = SignInArea()
        self.navigation = ModuleNavigation()
        self.panels = ModulePanels()
        self.middle = Middle(self.panels)
        self.checklist = ReadinessView()
        self.columns = Columns(self.navigation, self.middle, self.checklist, memory.widths)
        self.footer = Footer()
        self.questions = Questions(self)
        self.conflicts = Conflicts(self)
        self.servers = Servers(self, self.year_bar.server, file or ProfileFile(profiles_file()), profile)
        self.first_start: FirstStart | None = None
        self._lay_out()
        self.toasts = Toasts(self._body)
        self._views: tuple[View, ...] = (
            self.year_bar,
            self.band,
            self.sign_in,
            self.navigation,
            self.panels,
            self.middle,
            self.checklist,
            self.footer,
            self.questions,
            self.conflicts,
            self.toasts,
        )
        self._connect()
        self._add_shortcuts()
        self._restore()

    def _lay_out(self) -> None:
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.columns)
        inside = QWidget()
        inside.setAutoFillBackground(True)
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self.year_bar, self.band, self.sign_in, self.columns.fold):
            column.addWidget(bar)
        column.addWidget(self._body, 1)
        column.addWidget(self.footer)
        self._frame = QFrame()
        self._frame.setObjectName("profileFrame")
        around = QVBoxLayout(self._frame)
        around.setContentsMargins(*_FRAME)
        around.addWidget(inside)
        self.setCentralWidget(self._frame)

    def _connect(self) -> None:
        bar, middle, panels, footer, band = self.year_bar, self.middle, self.panels, self.footer, self.band
        bar.year_requested.connect(self.year_selected)
        bar.other_year_requested.connect(self.questions.ask_other_year)
        bar.open_asked.connect(self.questions.ask_open)
        bar.close_asked.connect(self.questions.ask_close)
        bar.reload_requested.connect(self._on_reload)
        bar.history_requested.connect(self.history_requested)
        bar.activity_requested.connect(self.activity_requested)
        bar.diagnostics_requested.connect(self.diagnostics_requested)
        bar.readiness_asked.connect(self.columns.show_checklist)
        self.columns.folded.connect(bar.set_folded)
        self.columns.compacted.connect(footer.set_compact)
        self.questions.year_selected.connect(self.year_selected)
        self.questions.open_requested.connect(self.open_requested)
        self.questions.close_requested.connect(self.close_requested)
        self.questions.quit_confirmed.connect(self._on_quit)
        self.servers.switch_asked.connect(self.questions.ask_switch)
        self.questions.switch_confirmed.connect(self.switch_requested)
        self.servers.present_changed.connect(self._on_present)
        self.servers.look_requested.connect(self.look_requested)
        self.conflicts.theirs_kept.connect(self._on_theirs)
        self.conflicts.mine_wanted.connect(self.mine_wanted)
        self.conflicts.put_off.connect(self.conflict_put_off)
        middle.create_requested.connect(self.create_requested)
        middle.reload_requested.connect(self.reload_requested)
        middle.retry_setup_requested.connect(self.retry_setup_requested)
        middle.retry_connection_requested.connect(self.retry_connection_requested)
        middle.sign_in_asked.connect(self.sign_in.panel.reveal)
        band.retry_connection_requested.connect(self.retry_connection_requested)
        band.reload_requested.connect(self.reload_requested)
        band.sign_in_asked.connect(self.sign_in.panel.reveal)
        panels.panel_changed.connect(self._on_panel_changed)
        panels.upload_requested.connect(self._on_upload)
        panels.upload_cancel_requested.connect(self.upload_cancel_requested)
        panels.interrupt_requested.connect(self.interrupt_requested)
        panels.goals_save_requested.connect(self._on_goals)
        self.navigation.panel_chosen.connect(self._on_panel)
        self.checklist.item_chosen.connect(self._on_item)
        footer.retry_connection_requested.connect(self.retry_connection_requested)
        footer.sign_in_requested.connect(self.sign_in_requested)
        footer.sign_out_requested.connect(self.sign_out_requested)
        footer.sign_out_everywhere_requested.connect(self.sign_out_everywhere_requested)
        footer.language_requested.connect(self.language_requested)
        footer.messages_asked.connect(self.show_messages)
        self.toasts.dismissed.connect(self.notice_dismissed)
        self.toasts.messages_asked.connect(self.show_messages)
        self.toasts.changed.connect(self._on_notices)

    def _add_shortcuts(self) -> None:
        self._quit_action = QAction(self)
        self._quit_action.setShortcut(QKeySequence("Ctrl+Q"))
        self._quit_action.triggered.connect(self.close)
        self._messages_action = QAction(self)
        self._messages_action.setShortcut(QKeySequence("Ctrl+M"))
        self._messages_action.triggered.connect(self.show_messages)
        self.addActions([*self.year_bar.actions_with_shortcuts, self._quit_action, self._messages_action])
        self.addAction(self.servers.menu_action)

    def _restore(self) -> None:
        if not self.restoreGeometry(self._memory.geometry):
            self.resize(1280, 800)
        panel = self._memory.panel
        if not isinstance(panel, str):
            self.panels.show_panel(panel)
        self.columns.fit(self.width())
        self.retranslate()
        self._on_notices()

    # state down ---------------------------------------------------------------------------------------------------

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Have every view repaint what differs. A view that fails does not keep the others from it."""
        self._state = new
        for view in self._views:
            try:
                view.show_state(old, new)
            except Exception as error:  # goes to the one handler of all stray errors
                sys.excepthook(type(error), error, error.__traceback__)
        self._show_columns(new)
        self._show_title()

    def _show_columns(self, state: AppState) -> None:
        has_year = state.selected is not None and state.scope(state.selected).config is not None
        operator = state.user is None or state.user.can_view_configuration
        self.columns.show_outer(navigation=has_year, checklist=has_year and operator)

    def _show_title(self) -> None:
        server = self.year_bar.server
        server.show_fallback(server_text(self._state) if self._state is not None else "")
        name = server.server_name if self.first_start is None else ""
        self.setWindowTitle(f"● {name} · yearadmin" if name else "yearadmin")

    # the server ---------------------------------------------------------------------------------------------------

    def _on_present(self, profile: object) -> None:
        self._show_profile()
        self.profile_changed.emit(profile)

    def _show_profile(self) -> None:
        """Wear the server's colour: the frame and the year; its name is in the bar and in the title."""
        profile, look = self.servers.present, colours()
        self.questions.profile = profile
        colour = profile.colour if profile is not None else look.accent
        self._frame.setStyleSheet(f"QFrame#profileFrame {{ background: {line_of(colour, look.surface)}; }}")
        self.year_bar.selector.show_colour(line_of(colour, look.surface))
        self._show_title()

    def show_first_start(self) -> None:
        """No server was ever chosen: ask for one, in place of everything there is to see of a year."""
        page = self.first_start = FirstStart(lambda: self.servers.profiles, self.servers.trouble)
        page.look_requested.connect(self.look_requested)
        page.embedded_chosen.connect(lambda: self.switch_requested.emit(self.servers.embedded))
        page.server_chosen.connect(lambda profile: self.switch_requested.emit(self.servers.keep(profile)))
        for part in (self.year_bar, self.band, self._body):
            part.hide()
        self.footer.connection.hide()
        self._column.insertWidget(0, page, 1)
        page.here.setFocus()
        self._show_title()

    def show_look(self, look: Look) -> None:
        """What was found at an address."""
        self.servers.show_look(look)
        if self.first_start is not None:
            self.first_start.show_look(look)

    def retranslate(self) -> None:
        """Say everything again in the present language; what is typed, scrolled to or selected stays."""
        for view in self._views:
            view.retranslate()
        self.servers.retranslate()
        if self._messages is not None:
            self._messages.retranslate()
        self._quit_action.setText(translate("desktop.window", "Quit"))
        self._messages_action.setText(translate("desktop.window", "Messages"))
        self.columns.setAccessibleName(translate("desktop.window", "Year"))
        self._on_notices()
        self._show_profile()

    # wishes up ----------------------------------------------------------------------------------------------------

    def _on_reload(self, year: int) -> None:
        live = self._state is not None and self._state.is_live
        if live:
            self.reload_requested.emit(year)
        else:
            self.retry_connection_requested.emit()

    def _on_upload(self, slot: object, path: object) -> None:
        if self._state is not None and self._state.selected is not None:
            self.upload_requested.emit(self._state.selected, slot, path)

    def _on_goals(self, goals: object) -> None:
        if self._state is not None and self._state.selected is not None:
            self.goals_save_requested.emit(self._state.selected, goals)

    def _on_theirs(self, year: int) -> None:
        self.panels.give_up_goals(year)
        self.theirs_kept.emit(year)

    def _on_panel(self, module: object) -> None:
        if module is None or isinstance(module, int):
            self.panels.show_panel(module)

    def _on_panel_changed(self, module: object) -> None:
        if module is None or isinstance(module, int):
            self.navigation.set_current(module)
            self._memory.keep_panel(module)

    def _on_item(self, item: object) -> None:
        if isinstance(item, ReadinessItem):
            self.panels.reveal(item.slot if item.slot is not None else item.module)
            self.columns.fold_away()

    # messages -----------------------------------------------------------------------------------------------------

    def show_messages(self) -> None:
        """Open the list of recent messages."""
        if self._messages is None:
            self._messages = MessagesDialog(self.toasts.history, self)
            self._messages.activity_asked.connect(self.activity_requested)
            self._messages.finished.connect(self._forget_messages)
        self._messages.show()
        self._messages.raise_()

    def _forget_messages(self) -> None:
        self._messages = None

    def _on_notices(self) -> None:
        failing = any(card.notice.kind is NoticeKind.FAILURE for card in self.toasts.cards)
        self.footer.show_messages(len(self.toasts.history), has_failure=failing)
        if self._messages is not None:
            self._messages.show_history(self.toasts.history)

    # Qt's own events ----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold and unfold columns."""
        super().resizeEvent(event)
        self.columns.fit(event.size().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the first picture is there."""
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Take on another language, or the system's new colours: the icons are tinted anew."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_back.emit()
        if event.type() is QEvent.Type.LanguageChange and hasattr(self, "_views"):
            self.retranslate()
            return
        changed = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if changed and hasattr(self, "_views") and self._colours is not colours():
            self._colours = colours()
            self.retranslate()
            if self._state is not None:
                self.show_state(None, self._state)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is a wish: the program ends its work in order, and then closes the window."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if not self._is_quitting:
            self.questions.ask_quit()

    def _on_quit(self) -> None:
        self._is_quitting = True
        self._memory.keep_layout(self.saveGeometry(), self.columns.widths)
        self._memory.sync()
        self.quit_requested.emit()

    def close_for_good(self) -> None:
        """Close now; everything behind the window has ended."""
        self._may_close = True
        self.close()
