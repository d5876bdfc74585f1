"""The list of years with the state of each, and the way to a year that is not listed.

Never selects by itself: choosing a year is a wish, and the list shows what the state says is selected.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from yearadmin.desktop.icons import icon
from yearadmin.desktop.theme import Tone
from yearadmin.state.model import AppState
from yearadmin.state.yearlist import YearLine, YearMark, year_lines
from yearadmin.words.translate import translate
from yearadmin.words.years import year_mark

_MARKS: dict[YearMark, tuple[str, Tone]] = {
    YearMark.UNKNOWN: ("calendar", Tone.MUTED),
    YearMark.NOT_CONFIGURED: ("plus", Tone.MUTED),
    YearMark.BEING_SET_UP: ("running", Tone.RUNNING),
    YearMark.WAS_BEING_SET_UP: ("clock", Tone.MUTED),
    YearMark.SETUP_FAILED: ("error", Tone.BAD),
    YearMark.READY: ("lock", Tone.TEXT),
    YearMark.OPEN: ("lock_open", Tone.GOOD),
}
_YEAR = Qt.ItemDataRole.UserRole


class YearSelector(QComboBox):
    """Signals: ``year_requested(int)`` when another year is chosen, ``other_year_requested()`` for one not listed."""

    year_requested = Signal(int)
    other_year_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("yearSelector")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(18)
        self.setMaxVisibleItems(14)
        self._selected: int | None = None
        self._lines: tuple[YearLine, ...] = ()
        self.activated.connect(self._on_activated)
        self.retranslate()

    @property
    def years(self) -> tuple[int, ...]:
        """The years listed, in order."""
        return tuple(line.year for line in self._lines)

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show the years and which one is selected."""
        lines = year_lines(new)
        if old is not None and lines == self._lines and new.selected == self._selected:
            return
        self._selected = new.selected
        same_years = [line.year for line in lines] == [line.year for line in self._lines]
        self._lines = lines
        if not same_years:
            self._fill()
        else:
            self._repaint_lines()
        self._show_selected()

    def show_colour(self, colour: str) -> None:
        """Carry the server's colour (``#rrggbb``) at the left edge."""
        edge = f"border-left: 5px solid {colour};"
        self.setStyleSheet(f"QComboBox {{ {edge} }} QComboBox:focus, QComboBox:on {{ {edge} }}")

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.setAccessibleName(translate("desktop.years", "Reporting year"))
        self.setToolTip(translate("desktop.years", "Choose the reporting year to look at"))
        self.setPlaceholderText(translate("desktop.years", "Choose a year"))
        self._fill()
        self._show_selected()

    def _fill(self) -> None:
        with QSignalBlocker(self):
            self.clear()
            for line in self._lines:
                self.addItem("", line.year)
            if self._lines:
                self.insertSeparator(self.count())
            self.addItem(translate("desktop.years", "Other year…"))
        self._repaint_lines()

    def _repaint_lines(self) -> None:
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        for row, line in enumerate(self._lines):
            item = model.item(row)
            text = self._text(line)
            name, tone = _MARKS[line.mark]
            item.setText(text)
            item.setIcon(icon(name, tone))
            item.setAccessibleText(text)
        other: QStandardItem = model.item(self.count() - 1)
        other.setIcon(icon("calendar", Tone.MUTED))

    @staticmethod
    def _text(line: YearLine) -> str:
        if line.mark is YearMark.UNKNOWN:
            return str(line.year)
        return f"{line.year} · {year_mark(line.mark)}"

    def _show_selected(self) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(self._selected) if self._selected is not None else -1)

    def _on_activated(self, row: int) -> None:
        year = self.itemData(row, _YEAR)
        self._show_selected()  # until the state says otherwise
        if isinstance(year, int):
            if year != self._selected:
                self.year_requested.emit(year)
        elif row == self.count() - 1:
            self.other_year_requested.emit()
