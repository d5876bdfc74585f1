"""A table of equal things: columns as functions, a model over a tuple, and a view that copies rows and keeps widths.

Knows nothing of what is in its rows; never asks anyone for more of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSettings, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from yearadmin.desktop.icons import icon
from yearadmin.desktop.theme import Tone, colours
from yearadmin.words.translate import translate

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def _plain(_: object) -> Tone:
    return Tone.TEXT


def _no_icon(_: object) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its title, what it shows of a row, and how. ``whole`` is what is copied and told in the tooltip."""

    title: Callable[[], str]
    text: Callable[[T], str]
    width: int = 120  # logical pixels
    whole: Callable[[T], str] | None = None
    icon: Callable[[T], str] = _no_icon
    tone: Callable[[T], Tone] = _plain
    is_number: bool = False
    is_elastic: bool = False  # takes the room that is left, ``width`` at least


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows that are replaced as a whole, or added at the front; texts are made when they are painted."""

    def __init__(self, columns: Sequence[Column[T]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[T] = []

    @property
    def rows(self) -> tuple[T, ...]:
        """What is shown, from top to bottom."""
        return tuple(self._rows)

    def row(self, number: int) -> T | None:
        """One row, or None when there is none."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def set_rows(self, rows: Iterable[T]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def put_first(self, row: T, most: int) -> None:
        """Add one on top, and let the lowest go beyond ``most``."""
        self.beginInsertRows(_NOWHERE, 0, 0)
        self._rows.insert(0, row)
        self.endInsertRows()
        if len(self._rows) > most:
            self.beginRemoveRows(_NOWHERE, most, len(self._rows) - 1)
            del self._rows[most:]
            self.endRemoveRows()

    def change(self, number: int, row: T) -> None:
        """Show another thing in that row."""
        if 0 <= number < len(self._rows):
            self._rows[number] = row
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))

    def retranslate(self) -> None:
        """All texts again; what is selected stays."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def line(self, number: int) -> str:
        """A row as text with tabs, for the clipboard."""
        row = self._rows[number]
        return "\t".join(" ".join((column.whole or column.text)(row).split()) for column in self.columns)

    # Qt's own names and defaults

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        row = self.row(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                return (column.whole or column.text)(row) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title()}: {(column.whole or column.text)(row)}"
            case Qt.ItemDataRole.DecorationRole:
                return self._icon(column.icon(row), column.tone(row))
            case Qt.ItemDataRole.ForegroundRole:
                tone = column.tone(row)
                return None if tone is Tone.TEXT else QColor(colours().of(tone))
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @staticmethod
    def _icon(name: str, tone: Tone) -> QIcon | None:
        return icon(name, tone) if name else None


class RowsView(QTableView):
    """Shows a :class:`RowsModel`: whole rows are selected, Ctrl+C copies them, widths are remembered under a name."""

    def __init__(self, name: str, columns: Sequence[Column[T]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._columns = columns
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        self.copy_action = QAction(self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(self.copy_rows)
        self.copy_all_action = QAction(self)
        self.copy_all_action.triggered.connect(self.copy_all)
        self.addActions([self.copy_action, self.copy_all_action])
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.retranslate()

    def show_model(self, model: RowsModel[T]) -> None:
        """Show this model, with the remembered widths."""
        self.setModel(model)
        header = self.horizontalHeader()
        for number, column in enumerate(self._columns):
            if column.is_elastic:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
            else:
                header.resizeSection(number, self._kept_width(number) or column.width)
        header.sectionResized.connect(self._keep_width)
        self._stretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the elastic column the room that is left, but never too little to read."""
        super().resizeEvent(event)
        self._stretch()

    def _stretch(self) -> None:
        elastic = [number for number, column in enumerate(self._columns) if column.is_elastic]
        if self.model() is None or not elastic:
            return
        header = self.horizontalHeader()
        taken = sum(header.sectionSize(number) for number in range(header.count()) if number != elastic[0])
        header.resizeSection(elastic[0], max(self.viewport().width() - taken, self._columns[elastic[0]].width))

    def _settings(self) -> QSettings:
        return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "yearadmin", "window")

    def _kept_width(self, number: int) -> int:
        kept = str(self._settings().value(f"tables/{self.objectName()}/{number}", ""))
        return int(kept) if kept.isdigit() else 0

    def _keep_width(self, number: int, _old: int, new: int) -> None:
        if self.isVisible() and not self._columns[number].is_elastic and new > 0:
            self._settings().setValue(f"tables/{self.objectName()}/{number}", new)
            self._stretch()

    def choose(self, number: int) -> None:
        """Select one row and no other, whatever keys are held: a shortcut may have led here."""
        model, selection = self.model(), self.selectionModel()
        if model is not None and selection is not None:
            flags = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(model.index(number, 0), flags.ClearAndSelect | flags.Rows)

    def chosen(self) -> list[int]:
        """The rows selected, from top to bottom."""
        selection = self.selectionModel()
        return sorted(index.row() for index in selection.selectedRows()) if selection is not None else []

    def copy_rows(self) -> None:
        """The rows selected into the clipboard."""
        self._copy(self.chosen())

    def copy_all(self) -> None:
        """Every row shown into the clipboard."""
        model = self.model()
        self._copy(range(model.rowCount()) if model is not None else [])

    def _copy(self, rows: Iterable[int]) -> None:
        model = self.model()
        if isinstance(model, RowsModel):
            lines = [model.line(row) for row in rows]
            if lines:
                QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.copy_action.setText(translate("desktop.tables", "Copy selected rows"))
        self.copy_all_action.setText(translate("desktop.tables", "Copy all rows"))
        model = self.model()
        if isinstance(model, RowsModel):
            model.retranslate()
