"""The middle of the window: the page or the panels that fit the selected year, veiled while it is being set up.

Never hides what is known: panels under the veil stay readable and can be scrolled, only not operated.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from yearadmin.desktop.pages import EmptyYearPage, FailedPage, LoadingPage, Page, StartPage
from yearadmin.desktop.parts import MARGIN
from yearadmin.desktop.provisioning import ProvisioningPanel
from yearadmin.desktop.theme import colours
from yearadmin.state.model import AppState, LoadPhase
from yearadmin.state.permits import may_use_panels
from yearadmin.state.setup import setup_of
from yearadmin.words.refusals import why_not


class View(Protocol):
    """What every view of the window can do."""

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Repaint what differs; ``old`` is None at first."""

    def retranslate(self) -> None:
        """Say everything again in the present language."""


class Veil(QWidget):
    """Lies over another widget, dims it and takes the mouse; the wheel still scrolls what is under it."""

    def __init__(self, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)  # not a child of what it veils: that is disabled, and would disable it too
        self._over = over
        over.installEventFilter(self)
        self.setCursor(Qt.CursorShape.ForbiddenCursor)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay exactly over what is veiled."""
        if watched is self._over and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self._over.geometry())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim, lightly: what is disabled is pale already, and must stay readable."""
        colour = QColor(colours().window)
        colour.setAlphaF(0.16)
        QPainter(self).fillRect(event.rect(), colour)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Reading on is allowed, though the panels themselves are disabled and would not hear the wheel."""
        for area in self._over.findChildren(QAbstractScrollArea):
            inside = area.viewport().rect().contains(area.viewport().mapFromGlobal(event.globalPosition().toPoint()))
            if area.isVisible() and inside and area.verticalScrollBar().maximum() > 0:
                bar = area.verticalScrollBar()
                bar.setValue(bar.value() - (event.pixelDelta().y() or event.angleDelta().y() // 2))
                event.accept()
                return


class YearPage(QWidget):
    """The panels of a year, below the provisioning panel while there is one."""

    def __init__(self, panels: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.provisioning = ProvisioningPanel()
        self.panels = panels
        self._holder = _HeightLimited(self.provisioning)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._holder)
        column.addWidget(panels, 1)
        self.veil = Veil(panels, self)

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Gate the panels, or let them be used."""
        self.provisioning.show_state(old, new)
        year = new.selected
        gated = year is not None and setup_of(new, year).gates
        self._holder.setVisible(gated)
        if gated and year is not None:
            reason = why_not(may_use_panels(new, year), year)
            self.veil.setToolTip(reason)
            self.panels.setAccessibleDescription(reason)
        else:
            self.panels.setAccessibleDescription("")
        if self.panels.isEnabledTo(self) == gated:
            had_focus = self.panels.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
            self.panels.setEnabled(not gated)
            self.veil.setVisible(gated)
            self.veil.setGeometry(self.panels.geometry())
            self.veil.raise_()
            if gated and had_focus:
                self.provisioning.setFocus()

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.provisioning.retranslate()


class _HeightLimited(QScrollArea):
    """Shows the provisioning panel whole where there is room, and scrolls it where there is not."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = self._inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, 4)
        column.addWidget(content)
        self.setWidget(inner)
        inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the content does."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _wanted(self) -> int:
        inner = self._inner
        width = max(self.width(), 200)
        return inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()

    def sizeHint(self) -> QSize:
        """As high as the content at this width."""
        return QSize(400, self._wanted())

    def minimumSizeHint(self) -> QSize:
        """Leave room for the panels in a low window."""
        parent = self.parentWidget()
        room = parent.height() * 6 // 10 if parent is not None else 300
        return QSize(200, min(self._wanted(), max(room, 120)))


class Middle(QStackedWidget):
    """Signals: wishes of the pages in it."""

    create_requested = Signal(int)
    reload_requested = Signal(int)
    retry_setup_requested = Signal(int)
    retry_connection_requested = Signal()
    sign_in_asked = Signal()

    def __init__(self, panels: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = StartPage()
        self.empty = EmptyYearPage()
        self.loading = LoadingPage()
        self.failed = FailedPage()
        self.year = YearPage(panels)
        self._state: AppState | None = None
        for page in (self.start, self.empty, self.loading, self.failed, self.year):
            self.addWidget(page)
        self.empty.create_requested.connect(self.create_requested)
        self.failed.reload_requested.connect(self.reload_requested)
        self.start.retry_connection_requested.connect(self.retry_connection_requested)
        self.start.sign_in_asked.connect(self.sign_in_asked)
        self.year.provisioning.retry_setup_requested.connect(self.retry_setup_requested)
        self.year.provisioning.retry_connection_requested.connect(self.retry_connection_requested)

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Show the page that fits; only that one is brought up to date."""
        self._state = new
        page = self._page_for(new)
        page.show_state(old if page is self.currentWidget() else None, new)
        self.setCurrentWidget(page)

    def _page_for(self, state: AppState) -> Page | YearPage:
        if state.selected is None:
            return self.start
        scope = state.scope(state.selected)
        if scope.config is not None:
            return self.year
        match scope.phase:
            case LoadPhase.MISSING:
                return self.empty
            case LoadPhase.FAILED:
                return self.failed
            case _:
                return self.loading

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        for page in (self.start, self.empty, self.loading, self.failed, self.year):
            page.retranslate()
