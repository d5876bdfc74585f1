"""The bar on top: which year, is it open, what is missing, and the button that opens it.

Shows permits, never decides them: what may not be done says why, and what does not apply does not exist.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.icons import button_icon, icon
from yearadmin.desktop.parts import BESIDE_WORDS, GAP, MARGIN, Chip, MenuButton, text_label
from yearadmin.desktop.servers.button import ServerButton
from yearadmin.desktop.theme import Tone, primary, set_property
from yearadmin.desktop.yearselector import YearSelector
from yearadmin.state.model import AppState, Wish
from yearadmin.state.permits import Permit, may_close, may_open
from yearadmin.state.readiness import Severity, readiness
from yearadmin.state.setup import setup_of
from yearadmin.words.readiness import headline
from yearadmin.words.refusals import why_not
from yearadmin.words.translate import translate
from yearadmin.words.years import chip_text


class YearBar(QFrame):
    """Signals: wishes of the operator; ``readiness_asked`` leads to the checklist."""

    year_requested = Signal(int)
    other_year_requested = Signal()
    open_asked = Signal(int)
    close_asked = Signal(int)
    reload_requested = Signal(int)
    readiness_asked = Signal()
    history_requested = Signal(int)
    activity_requested = Signal()
    diagnostics_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_property(self, "bar", "top")
        self._state: AppState | None = None
        self._is_folded = False
        self.open_button: QPushButton | None = None  # exists only while opening is offered

        self.server = ServerButton()
        self._label = text_label(wrap=False)
        self.selector = YearSelector()
        self._label.setBuddy(self.selector)
        self.selector.year_requested.connect(self.year_requested)
        self.selector.other_year_requested.connect(self.other_year_requested)
        self.chip = Chip()
        self.chip.setObjectName("openStatusChip")
        self.readiness = QPushButton()
        self.readiness.setObjectName("readinessButton")
        self.readiness.setIconSize(BESIDE_WORDS)
        set_property(self.readiness, "look", "quiet")
        self.readiness.clicked.connect(self.readiness_asked)
        self.menu_button = self._make_menu()

        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        self._row.addWidget(self.server)
        self._row.addSpacing(4)
        self._row.addWidget(self._label)
        self._row.addWidget(self.selector)
        self._row.addSpacing(4)
        self._row.addStretch(1)
        self._row.addWidget(self.menu_button)
        self._second_row = QHBoxLayout()
        self._second_row.setSpacing(GAP)
        self._second_row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 10, MARGIN, 10)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addLayout(self._second_row)
        self._has_two_rows: bool | None = None
        self._arrange()
        self.chip.hide()
        self.readiness.hide()
        self.retranslate()

    def _arrange(self) -> None:
        """One row while everything fits, else the state of the year in a row of its own: no word is cut off."""
        parts = (self.server, self._label, self.selector, self.chip, self.readiness, self.open_button, self.menu_button)
        present = [part.sizeHint().width() for part in parts if part is not None and not part.isHidden()]
        two_rows = sum(present) + GAP * (len(present) + 1) + 2 * MARGIN > self.width()
        if two_rows == self._has_two_rows:
            return
        self._has_two_rows = two_rows
        row, first = (self._second_row, 0) if two_rows else (self._row, 5)
        for offset, part in enumerate((self.chip, self.readiness)):
            row.insertWidget(first + offset, part)
        self._place_open_button()
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(GAP if two_rows else 0)

    def _place_open_button(self) -> None:
        """At the right: of the state of the year where that has a row of its own, else beside the menu."""
        if self.open_button is not None:
            row = self._second_row if self._has_two_rows else self._row
            row.insertWidget(row.count() - (0 if self._has_two_rows else 1), self.open_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _make_menu(self) -> MenuButton:
        button = MenuButton("yearMenu")
        menu = button.popup
        self.reload_action = QAction(menu)
        self.reload_action.setObjectName("reloadAction")
        self.reload_action.setShortcuts([QKeySequence(Qt.Key.Key_F5), QKeySequence("Ctrl+R")])
        self.reload_action.triggered.connect(lambda: self._with_year(self.reload_requested))
        self.other_action = QAction(menu)
        self.other_action.setObjectName("otherYearAction")
        self.other_action.setShortcut(QKeySequence("Ctrl+G"))
        self.other_action.triggered.connect(self.other_year_requested)
        self.open_action = QAction(menu)
        self.open_action.setObjectName("openYearAction")
        self.open_action.setShortcut(QKeySequence("Ctrl+Shift+O"))
        self.open_action.triggered.connect(lambda: self._with_year(self.open_asked))
        self.close_action = QAction(menu)
        self.close_action.setObjectName("closeYearAction")
        self.close_action.triggered.connect(lambda: self._with_year(self.close_asked))
        self.history_action = QAction(menu)
        self.history_action.setObjectName("historyAction")
        self.history_action.setShortcut(QKeySequence("Ctrl+H"))
        self.history_action.triggered.connect(lambda: self._with_year(self.history_requested))
        self.activity_action = QAction(menu)
        self.activity_action.setObjectName("activityAction")
        self.activity_action.setShortcut(QKeySequence("Ctrl+Shift+A"))
        self.activity_action.triggered.connect(self.activity_requested)
        self.diagnostics_action = QAction(menu)
        self.diagnostics_action.setObjectName("diagnosticsAction")
        self.diagnostics_action.triggered.connect(self.diagnostics_requested)
        menu.addActions([self.reload_action, self.other_action, self.history_action])
        menu.addSeparator()
        menu.addActions([self.open_action, self.close_action])
        menu.addSeparator()
        menu.addActions([self.activity_action, self.diagnostics_action])
        return button

    @property
    def actions_with_shortcuts(self) -> tuple[QAction, ...]:
        """What the window has to know so that the shortcuts work."""
        return (
            self.reload_action,
            self.other_action,
            self.history_action,
            self.open_action,
            self.close_action,
            self.activity_action,
        )

    def _with_year(self, wish: SignalInstance) -> None:
        if self._state is not None and self._state.selected is not None:
            wish.emit(self._state.selected)

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show the selected year."""
        self._state = new
        self.selector.show_state(old, new)
        year = new.selected
        scope = new.scope(year) if year is not None else None
        config = scope.config if scope is not None else None
        if config is not None:
            name, tone = ("lock_open", Tone.GOOD) if config.is_started else ("lock", Tone.MUTED)
            self.chip.show_text(name, chip_text(config.is_started), tone)
        self.chip.setVisible(config is not None)
        self._show_readiness(new, year if config is not None else None)
        self._show_permits(new, year)
        self.reload_action.setEnabled(year is not None)
        self.history_action.setEnabled(year is not None)
        self._arrange()

    def _show_readiness(self, state: AppState, year: int | None) -> None:
        operator = state.user is None or state.user.can_view_configuration
        items = readiness(state, year) if year is not None else ()
        config = state.scope(year).config if year is not None else None
        is_open = config is not None and config.is_started
        shown = (
            config is not None and operator and not setup_of(state, config.year).gates and bool(items or not is_open)
        )
        self.readiness.setVisible(shown)
        if not shown:
            return
        if any(item.severity is Severity.BLOCKER for item in items):
            name, tone = "cross", Tone.BAD
        elif items:
            name, tone = "warning", Tone.WARN
        else:
            name, tone = "check", Tone.GOOD
        arrow = "▾" if self._is_folded else "▸"
        text = headline(items)
        if is_open and not any(item.severity is Severity.BLOCKER for item in items):
            warnings = len(items)
            text = translate("desktop.yearbar", "%n warning(s)", "", warnings)  # it is open: not "ready to open"
        self.readiness.setText(f"{text} {arrow}")
        self.readiness.setIcon(button_icon(name, tone))
        self.readiness.setAccessibleName(text)

    def _show_permits(self, state: AppState, year: int | None) -> None:
        opening = may_open(state, year) if year is not None else Permit(offered=False)
        closing = may_close(state, year) if year is not None else Permit(offered=False)
        busy = state.scope(year).busy if year is not None else frozenset()
        self._show_open_button(opening, year, is_busy=Wish.OPEN in busy)
        for action, permit in ((self.open_action, opening), (self.close_action, closing)):
            reason = why_not(permit, year) if year is not None else ""
            action.setVisible(permit.offered)
            action.setEnabled(permit.allowed)
            action.setToolTip(reason)
            action.setStatusTip(reason)

    def _show_open_button(self, permit: Permit, year: int | None, *, is_busy: bool) -> None:
        if not permit.offered or year is None:
            if self.open_button is not None:
                (self._second_row if self._has_two_rows else self._row).removeWidget(self.open_button)
                self.open_button.setParent(None)
                self.open_button.deleteLater()
                self.open_button = None
            return
        if self.open_button is None:
            self.open_button = primary(QPushButton())
            self.open_button.setObjectName("openYearButton")
            self.open_button.setIconSize(BESIDE_WORDS)
            self.open_button.clicked.connect(lambda: self._with_year(self.open_asked))
            self._place_open_button()
            QWidget.setTabOrder(self.readiness, self.open_button)
            QWidget.setTabOrder(self.open_button, self.menu_button)
        button = self.open_button
        button.setText(
            translate("desktop.yearbar", "Opening…")
            if is_busy
            else translate("desktop.yearbar", "&Open year for users")
        )
        reason = why_not(permit, year)
        button.setEnabled(permit.allowed)
        button.setIcon(button_icon("lock_open", Tone.ON_ACCENT))
        button.setToolTip(
            reason or translate("desktop.yearbar", "Let users see {year} and enter data").format(year=year)
        )
        button.setAccessibleName(translate("desktop.yearbar", "Open {year} for users").format(year=year))
        button.setAccessibleDescription(reason)

    def set_folded(self, folded: bool) -> None:
        """Whether the checklist opens below this bar (narrow window) rather than beside the panels."""
        if folded != self._is_folded:
            self._is_folded = folded
            if self._state is not None:
                self._show_readiness(self._state, self._state.selected if not self.readiness.isHidden() else None)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self._label.setText(translate("desktop.yearbar", "&Year"))
        self._label.setMinimumWidth(self._label.sizeHint().width() + 4)  # Qt measures mnemonics a little short
        self.selector.retranslate()
        self.readiness.setToolTip(translate("desktop.yearbar", "Go to the list of what is missing"))
        self.menu_button.setIcon(icon("more", Tone.TEXT))
        self.menu_button.setToolTip(translate("desktop.yearbar", "More for this year"))
        self.menu_button.setAccessibleName(translate("desktop.yearbar", "More for this year"))
        self.reload_action.setText(translate("desktop.yearbar", "&Reload"))
        self.reload_action.setIcon(icon("refresh"))
        self.other_action.setText(translate("desktop.yearbar", "Other &year…"))
        self.other_action.setIcon(icon("calendar"))
        self.history_action.setText(translate("desktop.yearbar", "&History…"))
        self.history_action.setIcon(icon("clock"))
        self.activity_action.setText(translate("desktop.yearbar", "&Activity…"))
        self.activity_action.setIcon(icon("overview"))
        self.diagnostics_action.setText(translate("desktop.yearbar", "Save &diagnostics…"))
        self.diagnostics_action.setIcon(icon("file"))
        self.open_action.setText(translate("desktop.yearbar", "&Open year for users…"))
        self.open_action.setIcon(icon("lock_open"))
        self.close_action.setText(translate("desktop.yearbar", "&Close year again…"))
        self.close_action.setIcon(icon("lock"))
        if self._state is not None:
            self.show_state(None, self._state)
