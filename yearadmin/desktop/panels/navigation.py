"""The left column: the modules in the order users know, then the reduction objectives, each with its state.

Chooses nothing by itself: a selection made by a person is a wish, one made from outside is followed silently.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from yearadmin.catalogue.modules import REDUCTION_ICON, module_spec
from yearadmin.desktop.icons import MEDIUM, SMALL, icon
from yearadmin.desktop.panels.facts import PANELS, PanelMark, panel_marks, panel_name, relevant
from yearadmin.desktop.panels.marks import MODULE
from yearadmin.desktop.theme import Tone, colours
from yearadmin.state.model import AppState
from yearadmin.state.slots import ModuleState
from yearadmin.words.format import number
from yearadmin.words.translate import translate

Index = QModelIndex | QPersistentModelIndex
PANEL_ROLE = Qt.ItemDataRole.UserRole
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
WIDE, LEAST, MOST, NARROW = 252, 180, 400, 60  # logical pixels
LINE_HEIGHT = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line: which panel, its icon, and its state."""

    panel: int | None
    icon: str
    mark: PanelMark


class NavigationModel(QAbstractListModel):
    """One row per panel. Another kind of row (an overview of the year) would be one more line at the top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = tuple(Line(panel, self._icon(panel), PanelMark(ModuleState.UNKNOWN)) for panel in PANELS)

    @staticmethod
    def _icon(panel: int | None) -> str:
        spec = module_spec(panel) if panel is not None else None
        return spec.icon if spec is not None else REDUCTION_ICON

    def show_marks(self, marks: tuple[PanelMark, ...]) -> None:
        """Other states; only the rows that differ are painted again."""
        for row, (line, mark) in enumerate(zip(self._lines, marks, strict=True)):
            if line.mark != mark:
                new = Line(line.panel, line.icon, mark)
                self._lines = (*self._lines[:row], new, *self._lines[row + 1 :])
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, panel: int | None) -> int:
        """Where a panel stands; -1 when it is not listed."""
        return next((row for row, line in enumerate(self._lines) if line.panel == panel), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        """How many panels."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, state in words, panel."""
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return panel_name(line.panel)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return translate("desktop.panels", "{name}: {state}").format(
                name=panel_name(line.panel), state=line.mark.text
            )
        if role == PANEL_ROLE:
            return line.panel
        return line if role == LINE_ROLE else None

    def retranslate(self) -> None:
        """All rows again."""
        self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))


class NavigationDelegate(QStyledItemDelegate):
    """Paints icon, name and state; in the narrow form the icon with a small state at its corner."""

    compact = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(NARROW - 12, max(LINE_HEIGHT, option.fontMetrics.height() + 18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The line."""
        line = index.data(LINE_ROLE)
        scheme = colours()
        rect = QRect(option.rect).adjusted(6, 1, -6, -1)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(scheme.accent_soft if selected else scheme.raised))
            painter.drawRoundedRect(QRectF(rect), 8, 8)
        if selected:
            painter.setBrush(QColor(scheme.accent))
            painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 9, 3, rect.height() - 18), 1.5, 1.5)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QPen(QColor(scheme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 8, 8)
        self._content(painter, option, rect, line, selected)
        painter.restore()

    def _content(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, line: Line, selected: bool
    ) -> None:
        look = MODULE[line.mark.state]
        muted = line.mark.state is ModuleState.DISABLED
        tone = Tone.MUTED if muted else (Tone.ACCENT if selected else Tone.TEXT)
        middle = rect.center().y() + 1
        if self.compact:
            left = rect.center().x() - MEDIUM // 2 - 3
            icon(line.icon, tone).paint(painter, QRect(left, middle - MEDIUM // 2, MEDIUM, MEDIUM))
            if look.icon:
                corner = QRect(left + MEDIUM - 2, middle - 1, 14, 14)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours().accent_soft if selected else colours().window))
                painter.drawEllipse(corner.adjusted(-1, -1, 1, 1))
                icon(look.icon, look.tone).paint(painter, corner)
            return
        icon(line.icon, tone).paint(painter, QRect(rect.left() + 12, middle - MEDIUM // 2, MEDIUM, MEDIUM))
        right = rect.right() - 10
        if look.icon:
            icon(look.icon, look.tone).paint(painter, QRect(right - SMALL, middle - SMALL // 2, SMALL, SMALL))
        right -= SMALL + 5
        font = QFont(option.font)
        if line.mark.missing and line.mark.state is ModuleState.INCOMPLETE:
            painter.setFont(font)
            painter.setPen(QColor(colours().of(look.tone)))
            count = number(line.mark.missing)
            width = option.fontMetrics.horizontalAdvance(count)
            painter.drawText(
                QRect(right - width, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, count
            )
            right -= width
        painter.setFont(font)
        painter.setPen(QColor(colours().of(tone)))
        left = rect.left() + 12 + MEDIUM + 10
        self._name(painter, panel_name(line.panel), QRect(left, rect.top(), right - left - 6, rect.height()))

    @staticmethod
    def _name(painter: QPainter, name: str, place: QRect) -> None:
        """The name, in two lines where one is too short for it; shortened only when those are too."""
        metrics = painter.fontMetrics()
        wraps = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        needed = metrics.boundingRect(place, wraps, name)
        if metrics.horizontalAdvance(name) > place.width() and place.contains(needed):
            painter.drawText(place, wraps, name)
            return
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)


class ModuleNavigation(QWidget):
    """Signal: ``panel_chosen(module id, or None for the reduction objectives)``, when a person chose it."""

    panel_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("moduleNavigation")
        self._marks: tuple[PanelMark, ...] = ()
        self.model = NavigationModel(self)
        self.view = QListView()
        self.view.setObjectName("moduleList")
        self.view.setModel(self.model)
        self._delegate = NavigationDelegate(self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.viewport().setAutoFillBackground(False)
        self.view.setTabKeyNavigation(False)
        self.view.selectionModel().currentChanged.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.addWidget(self.view)
        self._silent = False
        self.set_compact(False)
        self.retranslate()
        self.set_current(PANELS[0])

    @property
    def current(self) -> int | None:
        """The panel selected."""
        panel = self.view.currentIndex().data(PANEL_ROLE)
        return panel if isinstance(panel, int) else None

    def set_current(self, panel: int | None) -> None:
        """Follow a selection made elsewhere; nothing is emitted."""
        row = self.model.row_of(panel)
        if row >= 0 and row != self.view.currentIndex().row():
            self._silent = True
            self.view.setCurrentIndex(self.model.index(row))
            self._silent = False

    def sizeHint(self) -> QSize:
        """Wide enough for the names, or for the icons."""
        return QSize(NARROW if self._delegate.compact else WIDE, super().sizeHint().height())

    def set_compact(self, compact: bool) -> None:
        """Icons with tooltips only, or names as well."""
        self._delegate.compact = compact
        self.setMinimumWidth(NARROW if compact else LEAST)
        self.setMaximumWidth(NARROW if compact else MOST)
        self.updateGeometry()
        self.view.scheduleDelayedItemsLayout()
        self.view.viewport().update()

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show the states of the selected year's panels."""
        if not relevant(old, new):
            return
        marks = panel_marks(new)
        if marks != self._marks:
            self._marks = marks
            self.model.show_marks(marks)

    def retranslate(self) -> None:
        """All names again; the selection stays."""
        self.view.setAccessibleName(translate("desktop.panels", "Modules"))
        self.model.retranslate()

    def _chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._silent and current.isValid():
            self.panel_chosen.emit(current.data(PANEL_ROLE))
