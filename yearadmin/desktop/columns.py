"""The three columns of the window and what becomes of them when it is narrow.

The checklist folds under the year bar, the list of modules shrinks to icons; nothing is lost on the way there and back.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from yearadmin.desktop.panels import ModuleNavigation, ReadinessView
from yearadmin.desktop.theme import set_property

FOLDS_BELOW = 1080  # logical pixels: narrower, and the checklist folds under the year bar
ICONS_BELOW = 880  # narrower, and the list of modules shows icons only
USUAL_WIDTHS = (288, 284)  # of the outer columns
MIDDLE_LEAST = 360
NAVIGATION_WIDTHS, CHECKLIST_WIDTHS = (190, 360), (230, 440)  # least and most


class Columns(QSplitter):
    """Signals: ``folded(bool)`` and ``compacted(bool)`` when the window has become narrow, or wide again."""

    folded = Signal(bool)
    compacted = Signal(bool)

    def __init__(
        self, navigation: ModuleNavigation, middle: QWidget, checklist: ReadinessView, widths: tuple[int, int]
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._navigation = navigation
        self._middle = middle
        self._checklist = checklist
        left, right = widths
        self._widths = (left or USUAL_WIDTHS[0], right or USUAL_WIDTHS[1])
        self._is_folded: bool | None = None
        self._is_compact: bool | None = None
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for index, part in enumerate((navigation, middle, checklist)):
            self.addWidget(part)
            self.setStretchFactor(index, int(part is middle))
        middle.setMinimumWidth(MIDDLE_LEAST)
        self.splitterMoved.connect(self._on_moved)
        self.fold = QFrame()
        self.fold.setObjectName("foldedChecklist")
        set_property(self.fold, "bar", "top")
        self._fold_column = QVBoxLayout(self.fold)
        self._fold_column.setContentsMargins(0, 0, 0, 0)
        self.fold.hide()

    @property
    def widths(self) -> tuple[int, int]:
        """The widths the operator gave the left and the right column."""
        return self._widths

    def show_outer(self, *, navigation: bool, checklist: bool) -> None:
        """Show or hide the outer columns."""
        if not checklist:
            self.fold.hide()
        if (navigation, checklist) == (not self._navigation.isHidden(), not self._checklist.isHidden()):
            return
        self._navigation.setVisible(navigation)
        self._checklist.setVisible(checklist)
        self._set_widths()

    def show_checklist(self) -> None:
        """Give the checklist the focus; in a narrow window fold it out first, or away if it is out."""
        if self._is_folded and self.fold.isVisible():
            self.fold.hide()
            return
        self.fold.setVisible(bool(self._is_folded))
        self._checklist.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fold_away(self) -> None:
        """The operator has chosen from the folded checklist."""
        self.fold.hide()

    def fit(self, width: int) -> None:
        """Arrange for a window of that width, in logical pixels."""
        folded, compact = width < FOLDS_BELOW, width < ICONS_BELOW
        if folded == self._is_folded and compact == self._is_compact:
            return
        if folded != self._is_folded:
            self._is_folded = folded
            self._move_checklist(folded)
            self.folded.emit(folded)
        if compact != self._is_compact:
            self._is_compact = compact
            self._navigation.set_compact(compact)
            if not compact:
                _let_width(self._navigation, *NAVIGATION_WIDTHS)
            self.compacted.emit(compact)
        self._set_widths()

    def _move_checklist(self, folded: bool) -> None:
        was_shown = not self._checklist.isHidden()
        if folded:
            self._fold_column.addWidget(self._checklist)
        else:
            self.fold.hide()
            self.addWidget(self._checklist)
            self.setStretchFactor(2, 0)
        self._checklist.set_compact(folded)
        if not folded:
            _let_width(self._checklist, *CHECKLIST_WIDTHS)
        self._checklist.setVisible(was_shown)

    def _set_widths(self) -> None:
        """Give the outer columns their widths; the middle takes what is left."""
        left, right = self._widths
        if self._is_compact:
            left = self._navigation.minimumWidth()
        self.setSizes([left, max(self.width() - left - right, MIDDLE_LEAST), right])

    def _on_moved(self) -> None:
        sizes = self.sizes()
        left, right = self._widths
        if not self._is_compact and not self._navigation.isHidden():
            left = sizes[0]
        if not self._is_folded and not self._checklist.isHidden():
            right = sizes[2]
        self._widths = (left, right)


def _let_width(column: QWidget, least: int, most: int) -> None:
    """Let the operator choose a column's width within limits, in logical pixels."""
    column.setMinimumWidth(least)
    column.setMaximumWidth(most)
