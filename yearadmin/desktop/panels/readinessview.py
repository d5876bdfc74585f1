"""The right column: what is missing before the year can be opened, what to look at, and which years users see.

Shows the same readiness value that enables the button; each line leads to its place.
"""

from __future__ import annotations

from datetime import UTC, datetime

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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
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

from yearadmin.desktop.icons import SMALL, icon
from yearadmin.desktop.panels.facts import relevant
from yearadmin.desktop.panels.parts import Marked, ToneLabel
from yearadmin.desktop.theme import Tone, colours
from yearadmin.state.model import AppState
from yearadmin.state.readiness import ItemCode, ReadinessItem, Severity, readiness
from yearadmin.state.yearlist import years_users_see
from yearadmin.words.connection import panel_age
from yearadmin.words.readiness import headline, item_text, severity_text
from yearadmin.words.translate import translate
from yearadmin.words.years import users_see

Index = QModelIndex | QPersistentModelIndex
Row = ReadinessItem | None  # None is the heading of the warnings
ITEM_ROLE = Qt.ItemDataRole.UserRole
WIDTH, LEAST, MOST = 264, 200, 460  # logical pixels
COMPACT_ROWS = 6
UNLIMITED = 16_777_215  # Qt's own largest size


class ReadinessModel(QAbstractListModel):
    """Blockers first, then the warnings under a heading of their own, which can't be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def show_items(self, items: tuple[ReadinessItem, ...]) -> None:
        """Other items."""
        blockers = tuple(item for item in items if item.severity is Severity.BLOCKER)
        warnings = tuple(item for item in items if item.severity is Severity.WARNING)
        rows: tuple[Row, ...] = (*blockers, *((None, *warnings) if warnings else ()))
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, item: ReadinessItem) -> int:
        """Where an item stands; -1 when it is gone."""
        return next((row for row, known in enumerate(self._rows) if known == item), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        """Items and the heading."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The heading can't be chosen, by mouse or keyboard."""
        if index.isValid() and self._rows[index.row()] is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words; for screen readers with the severity, which the eye sees as an icon."""
        item = self._rows[index.row()]
        if role == ITEM_ROLE:
            return item
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        if item is None:
            return translate("desktop.panels", "Warnings") if role != Qt.ItemDataRole.ToolTipRole else None
        text = item_text(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return translate("desktop.panels", "{name}: {state}").format(name=severity_text(item.severity), state=text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return translate("desktop.panels", "{text}\nShow where this is").format(text=text)
        return text

    def retranslate(self) -> None:
        """All rows again."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


class ReadinessDelegate(QStyledItemDelegate):
    """Paints a sign and the wrapped words."""

    _LEFT, _GAP, _PAD = 6, 8, 6

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def _text_width(self) -> int:
        # Room for the scroll bar is always left: if it came and went with the text's height, lines would overlap.
        bar = self._view.verticalScrollBar().sizeHint().width()
        return max(80, self._view.width() - bar - self._LEFT - SMALL - self._GAP - 6)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As many lines as the words need in the present width."""
        item = index.data(ITEM_ROLE)
        metrics = QFontMetrics(option.font)
        if item is None:
            return QSize(80, metrics.height() + 18)
        bounds = metrics.boundingRect(
            QRect(0, 0, self._text_width(), 1000), Qt.TextFlag.TextWordWrap, str(index.data())
        )
        return QSize(80, max(bounds.height(), SMALL) + 2 * self._PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        item = index.data(ITEM_ROLE)
        scheme = colours()
        rect = QRect(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item is None:
            self._heading(painter, option, rect, str(index.data()))
            painter.restore()
            return
        around = QRectF(rect).adjusted(3, 1, -3, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(scheme.raised))
            painter.drawRoundedRect(around, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(scheme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(around.adjusted(1, 1, -1, -1), 6, 6)
        name, tone = _sign(item)
        line = QFontMetrics(option.font).height()
        top = rect.top() + self._PAD + max(0, (line - SMALL) // 2)
        icon(name, tone).paint(painter, QRect(rect.left() + self._LEFT, top, SMALL, SMALL))
        painter.setPen(QColor(scheme.text))
        painter.setFont(option.font)
        words = QRect(
            rect.left() + self._LEFT + SMALL + self._GAP,
            rect.top() + self._PAD,
            self._text_width(),
            rect.height() - self._PAD,
        )
        painter.drawText(words, Qt.TextFlag.TextWordWrap, str(index.data()))
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str) -> None:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colours().muted))
        painter.drawText(
            rect.adjusted(self._LEFT, 8, -8, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text
        )


def _sign(item: ReadinessItem) -> tuple[str, Tone]:
    if item.severity is Severity.BLOCKER:
        return "cross", Tone.BAD
    if item.code is ItemCode.RUNNING:
        return "running", Tone.RUNNING
    if item.code is ItemCode.UPLOAD_FAILED:
        return "error", Tone.BAD
    return "warning", Tone.WARN


class ReadinessView(QWidget):
    """Signal: ``item_chosen(ReadinessItem)``, by a click or the Enter key."""

    item_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readinessView")
        self._state: AppState | None = None
        self._compact = False
        self.heading = ToneLabel(bold=True, scale=1.08)
        self.headline = Marked()
        self.model = ReadinessModel(self)
        self.view = QListView()
        self.view.setObjectName("readinessList")
        self.view.setModel(self.model)
        self.view.setItemDelegate(ReadinessDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setWordWrap(True)  # or another width alone would keep the old heights of the rows
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setMouseTracking(True)
        self.view.setTabKeyNavigation(False)
        self.view.viewport().setAutoFillBackground(False)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.heading.setBuddy(self.view)
        self.seen = ToneLabel(Tone.MUTED)
        self.age = ToneLabel(Tone.MUTED)
        self.age.setObjectName("readinessAge")
        for part in (self.heading, self.headline, self.seen, self.age):
            part.setContentsMargins(6, 0, 6, 0)  # in line with the signs of the list
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addWidget(self.heading)
        self._column.addWidget(self.headline)
        self._column.addWidget(self.age)
        self._column.addWidget(self.view, 1)
        self._column.addWidget(self.seen)
        self.set_compact(False)
        self.retranslate()

    def sizeHint(self) -> QSize:
        """Beside the panels, wide enough for most lines."""
        hint = super().sizeHint()
        return hint if self._compact else QSize(WIDTH, hint.height())

    def set_compact(self, compact: bool) -> None:
        """Under the year bar, a few lines high; or beside the panels."""
        self._compact = compact
        self.heading.setVisible(not compact)
        if compact:
            self.setMinimumWidth(0)
            self.setMaximumWidth(UNLIMITED)
            self._column.setContentsMargins(10, 8, 10, 8)
        else:
            self.setMinimumWidth(LEAST)
            self.setMaximumWidth(MOST)
            self._column.setContentsMargins(8, 16, 8, 14)
        self._fit()
        self.updateGeometry()

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show the readiness of the selected year."""
        self._state = new
        if relevant(old, new):
            self._show()

    def retranslate(self) -> None:
        """All texts again; the chosen line stays."""
        self.heading.setText(translate("desktop.panels", "Before you open"))
        self.view.setAccessibleName(translate("desktop.panels", "Before you open"))
        self.model.retranslate()
        self._show()

    def _show(self) -> None:
        state = self._state
        year = state.selected if state is not None else None
        config = None if state is None or year is None else state.scope(year).config
        if state is None or year is None or config is None:
            self.model.show_items(())
            self.headline.show_state("", Tone.MUTED, translate("desktop.panels", "Not known yet"))
            self.age.show_text("")
            self.seen.show_text(users_see(years_users_see(state)) if state is not None and state.years.items else "")
            self._fit()
            return
        self.age.show_text(panel_age(state, year, datetime.now(UTC)))
        items = readiness(state, year)
        chosen = self.view.currentIndex().data(ITEM_ROLE)
        self.model.show_items(items)
        if isinstance(chosen, ReadinessItem) and (row := self.model.row_of(chosen)) >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        if not items:
            self.headline.show_state("check", Tone.GOOD, translate("desktop.panels", "Nothing is missing"))
        else:
            blocked = items[0].severity is Severity.BLOCKER
            look = ("cross", Tone.BAD) if blocked else ("check", Tone.GOOD)
            text = headline(items)
            if config.is_started and not blocked:
                warnings = len(items)
                look = ("warning", Tone.WARN)
                text = translate("desktop.panels", "%n warning(s)", "", warnings)  # it is open: not "ready to open"
            self.headline.show_state(*look, text)
        self.seen.show_text(users_see(years_users_see(state)))
        self._fit()

    def _fit(self) -> None:
        """Folded under the year bar it is as high as its lines, up to a few; the bar has the headline already."""
        count = self.model.rowCount()
        self.headline.setVisible(not self._compact or not count)
        self.view.setVisible(bool(count) or not self._compact)
        if self._compact:
            lines = sum(self.view.sizeHintForRow(row) for row in range(min(count, COMPACT_ROWS)))
            self.view.setFixedHeight(lines + 4)
        else:
            self.view.setMinimumHeight(0)
            self.view.setMaximumHeight(UNLIMITED)

    def _choose(self, index: QModelIndex) -> None:
        item = index.data(ITEM_ROLE)
        if isinstance(item, ReadinessItem):
            self.item_chosen.emit(item)
