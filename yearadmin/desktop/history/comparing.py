"""Two times of a year, or of two years, side by side: every fact that differs, with its old and its new value.

Compares nothing itself: it asks by signal and shows what comes.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from yearadmin.desktop.parts import GAP, MenuButton, text_label
from yearadmin.desktop.tables import Column, RowsModel, RowsView
from yearadmin.desktop.theme import Tone, scaled
from yearadmin.state.history import Area, Change, Difference, KeptState
from yearadmin.words.history import area_text, fact_text, place_text, seen_text, value_text
from yearadmin.words.translate import translate

_ICONS = {
    Change.ADDED: ("plus", Tone.GOOD),
    Change.REMOVED: ("cross", Tone.BAD),
    Change.CHANGED: ("refresh", Tone.ACCENT),
}


def _change_text(item: Difference) -> str:
    match item.change:
        case Change.ADDED:
            return translate("desktop.history", "New")
        case Change.REMOVED:
            return translate("desktop.history", "Gone")
        case _:
            return translate("desktop.history", "Changed")


COLUMNS: tuple[Column[Difference], ...] = (
    Column(
        lambda: translate("desktop.history", "Change"),
        _change_text,
        110,
        icon=lambda item: _ICONS[item.change][0],
        tone=lambda item: _ICONS[item.change][1],
    ),
    Column(lambda: translate("desktop.history", "About"), lambda item: area_text(item.place.area), 130),
    Column(lambda: translate("desktop.history", "Where"), lambda item: place_text(item.place), is_elastic=True),
    Column(lambda: translate("desktop.history", "What"), lambda item: fact_text(item.place.fact), 180),
    Column(lambda: translate("desktop.history", "Before"), lambda item: value_text(item.place.fact, item.old), 180),
    Column(lambda: translate("desktop.history", "After"), lambda item: value_text(item.place.fact, item.new), 180),
)


class Side(QWidget):
    """One side of the comparison. Signals: ``year_chosen(int)``; ``changed`` when another time is chosen."""

    year_chosen = Signal(int)
    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.year = QComboBox()
        self.year.setObjectName(f"{name}Year")
        self.time = QComboBox()
        self.time.setObjectName(f"{name}Time")
        self.time.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.time.setMinimumContentsLength(30)
        self.label.setBuddy(self.year)
        self._states: tuple[KeptState, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for part in (self.year, self.time):
            row.addWidget(part)
        row.addStretch(1)
        self.year.activated.connect(lambda _: self.year_chosen.emit(self.year.currentData()))
        self.time.activated.connect(lambda _: self.changed.emit())

    def show_years(self, years: Sequence[int], year: int) -> None:
        """Offer these years, ``year`` chosen."""
        with QSignalBlocker(self.year):
            self.year.clear()
            for item in years:
                self.year.addItem(str(item), item)
            self.year.setCurrentIndex(max(self.year.findData(year), 0))

    def show_states(self, states: Sequence[KeptState], back: int) -> None:
        """Offer these states (oldest first), newest on top; the one ``back`` steps before the newest chosen."""
        self._states = tuple(reversed(states))
        self._fill(min(back, len(self._states) - 1))

    def _fill(self, chosen: int) -> None:
        with QSignalBlocker(self.time):
            self.time.clear()
            for number, state in enumerate(self._states):
                text = seen_text(state)
                if number == 0:
                    text = translate("desktop.history", "{seen} (last known)").format(seen=text)
                self.time.addItem(text)
            self.time.setCurrentIndex(chosen)
        self.time.setEnabled(bool(self._states))

    @property
    def state(self) -> KeptState | None:
        """The state chosen."""
        number = self.time.currentIndex()
        return self._states[number] if 0 <= number < len(self._states) else None

    def retranslate(self, label: str, year: str, time: str) -> None:
        """Say everything again; what is chosen stays."""
        self.label.setText(label)
        self.year.setAccessibleName(year)
        self.time.setAccessibleName(time)
        self._fill(self.time.currentIndex())


class ComparePage(QWidget):
    """Signals: ``year_wanted(Side, int)``, ``compare_wanted(old, new)``, ``export_wanted(as_json)``."""

    year_wanted = Signal(object, int)
    compare_wanted = Signal(object, object)
    export_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.old, self.new = Side("compareOld"), Side("compareNew")
        self.area = QComboBox()
        self.area.setObjectName("compareArea")
        self.area.currentIndexChanged.connect(lambda _: self._filter())
        self.count = scaled(text_label(wrap=False), 1.05)
        self.export = MenuButton("compareExport")
        self.csv_action = self.export.popup.addAction("")
        self.json_action = self.export.popup.addAction("")
        self.csv_action.triggered.connect(lambda: self.export_wanted.emit(False))
        self.json_action.triggered.connect(lambda: self.export_wanted.emit(True))
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsView("historyCompare", COLUMNS)
        self.table.show_model(self.model)
        self.differences: tuple[Difference, ...] = ()
        self._result = ""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(GAP)
        for row, side in enumerate((self.old, self.new)):
            grid.addWidget(side.label, row, 0)
            grid.addWidget(side, row, 1)
            side.year_chosen.connect(lambda year, side=side: self.year_wanted.emit(side, year))
            side.changed.connect(self.ask)
        grid.setColumnStretch(1, 1)
        bar = QHBoxLayout()
        bar.setSpacing(GAP)
        bar.addWidget(self.count, 1)
        bar.addWidget(self.area)
        bar.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def ask(self) -> None:
        """Have the two times chosen compared."""
        old, new = self.old.state, self.new.state
        if old is not None and new is not None:
            self.compare_wanted.emit(old, new)
        else:
            self.show_differences(())

    def show_differences(self, differences: Sequence[Difference] | None) -> None:
        """Show these; None when one of the states can't be read."""
        self._result = "unreadable" if differences is None else ""
        self.differences = tuple(differences or ())
        self._filter()

    def _filter(self) -> None:
        area = self.area.currentData()
        shown = [item for item in self.differences if area is None or item.place.area == area]
        self.model.set_rows(shown)
        self.export.setEnabled(bool(self.differences))
        count = len(shown)
        if self._result == "unreadable":
            text = translate("desktop.history", "One of the two can’t be read any more.")
        elif self.old.state is None or self.new.state is None:
            text = translate("desktop.history", "Choose two times to compare.")
        elif self.old.state == self.new.state:
            text = translate("desktop.history", "Both are the same time.")
        elif not self.differences:
            text = translate("desktop.history", "No difference an operator sees.")
        else:
            text = translate("desktop.history", "%n difference(s)", "", count)
        self.count.setText(text)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.old.retranslate(
            translate("desktop.history", "&Before"),
            translate("desktop.history", "Year before"),
            translate("desktop.history", "Time before"),
        )
        self.new.retranslate(
            translate("desktop.history", "&After"),
            translate("desktop.history", "Year after"),
            translate("desktop.history", "Time after"),
        )
        chosen = max(self.area.currentIndex(), 0)
        with QSignalBlocker(self.area):
            self.area.clear()
            self.area.addItem(translate("desktop.history", "Everything"), None)
            for area in Area:
                self.area.addItem(area_text(area), area)
            self.area.setCurrentIndex(chosen)
        self.area.setAccessibleName(translate("desktop.history", "Show differences about"))
        self.export.setText(translate("desktop.history", "Export…"))
        self.export.setAccessibleName(translate("desktop.history", "Export the differences"))
        self.csv_action.setText(translate("desktop.history", "Differences as CSV…"))
        self.json_action.setText(translate("desktop.history", "Differences as JSON…"))
        self.table.setAccessibleName(translate("desktop.history", "Differences"))
        self.table.retranslate()
        self._filter()
