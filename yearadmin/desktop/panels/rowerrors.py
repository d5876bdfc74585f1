"""What the server said of single rows, as a table one can select and copy from.

Shows what it is given, whole; never asks for more.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from yearadmin.words.format import number
from yearadmin.words.slots import reason_text
from yearadmin.words.translate import translate

Index = QModelIndex | QPersistentModelIndex
RowError = tuple[int | None, str]
VISIBLE_ROWS = 6


class RowErrorModel(QAbstractTableModel):
    """One line per rejected row: its number (data rows count from 1) and the reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._errors: tuple[RowError, ...] = ()

    def show_errors(self, errors: tuple[RowError, ...]) -> None:
        """Other errors."""
        if errors != self._errors:
            self.beginResetModel()
            self._errors = errors
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        """How many errors."""
        return 0 if parent.isValid() else len(self._errors)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        """Row and reason."""
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The number or the reason; the reason whole in its tooltip."""
        row, reason = self._errors[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return reason_text(reason) if index.column() == 1 else ("" if row is None else number(row))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 1:
            return reason_text(reason)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 0:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The two headings."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return translate("desktop.panels", "Reason") if section else translate("desktop.panels", "Row")

    def retranslate(self) -> None:
        """The headings again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 1)


class RowErrorTable(QTableView):
    """The table itself, no taller than a few rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.errors = RowErrorModel(self)
        self.setModel(self.errors)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_errors(self, errors: tuple[RowError, ...]) -> None:
        """Show these errors, or nothing at all."""
        self.errors.show_errors(errors)
        line = self.fontMetrics().height() + 8
        self.verticalHeader().setDefaultSectionSize(line)
        self.setFixedHeight(line * (min(len(errors), VISIBLE_ROWS) + 1) + 12)
        self.setVisible(bool(errors))
