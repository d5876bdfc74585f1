"""The kept states of a year as a list, newest first, and beside it the year as it was in the one chosen.

Shows what it is given; asks by signals for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from yearadmin.desktop.history.aswas import AsItWas
from yearadmin.desktop.parts import text_label
from yearadmin.desktop.tables import Column, RowsModel, RowsView
from yearadmin.desktop.theme import Tone
from yearadmin.state.history import Moment
from yearadmin.words.history import difference_text, seen_text, summary
from yearadmin.words.translate import translate


def _change(moment: Moment) -> str:
    if moment.is_first:
        return translate("desktop.history", "First seen")
    if moment.differences is not None:
        return summary(moment.differences)
    if moment.config is None:
        return translate("desktop.history", "Reading…")
    return translate("desktop.history", "Not known: the state before can’t be read")


def _changes(moment: Moment) -> str:
    lines = [difference_text(item) for item in (moment.differences or ())[:20]]
    return "\n".join(lines) or _change(moment)


COLUMNS: tuple[Column[Moment], ...] = (
    Column(lambda: translate("desktop.history", "Seen"), lambda moment: seen_text(moment.state), 190),
    Column(lambda: translate("desktop.history", "What changed"), _change, whole=_changes, is_elastic=True),
)


class TimelinePage(QWidget):
    """Signal: ``read_wanted(Moment)`` for one whose content has not been read yet."""

    read_wanted = Signal(object)

    def __init__(self, this_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsView("historyTimeline", COLUMNS)
        self.table.show_model(self.model)
        self.table.setSelectionMode(RowsView.SelectionMode.SingleSelection)
        self.as_it_was = AsItWas(this_year)
        self._empty = text_label(tone=Tone.MUTED)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.as_it_was)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([440, 740])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self._empty)
        column.addWidget(self.splitter, 1)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._on_chosen)
        self.show_moments(())

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show these states, newest first, and the newest whole."""
        self.model.set_rows(moments)
        self._empty.setVisible(not moments)
        self.splitter.setVisible(bool(moments))
        self.as_it_was.show_moment(None)
        if moments:
            self.table.choose(0)

    def put(self, moment: Moment) -> None:
        """A state has been read: show what changed in it, and all of it where it is the one chosen."""
        for number, known in enumerate(self.model.rows):
            if known.state.number == moment.state.number:
                self.model.change(number, moment)
                if self.table.chosen() == [number]:
                    self.as_it_was.show_moment(moment)
                return

    def _on_chosen(self) -> None:
        chosen = self.table.chosen()
        moment = self.model.row(chosen[0]) if chosen else None
        if moment is not None and moment.config is None and moment.differences is None:
            self.read_wanted.emit(moment)
        else:
            self.as_it_was.show_moment(moment)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self._empty.setText(
            translate(
                "desktop.history",
                "Nothing is kept of this year yet. It is from the first time it is read from the server.",
            )
        )
        self.table.setAccessibleName(translate("desktop.history", "Kept states of the year, newest first"))
        self.table.retranslate()
        self.as_it_was.retranslate()
