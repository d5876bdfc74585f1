"""The window that looks back at a year: timeline, comparison, files sent, and what is kept. Open beside the main one.

Works without a server and never shows what it shows as live; passes every wish on by signal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from yearadmin.desktop.history.comparing import ComparePage
from yearadmin.desktop.history.filespage import FilesPage
from yearadmin.desktop.history.keeping import KeepingPage
from yearadmin.desktop.history.timeline import TimelinePage
from yearadmin.desktop.icons import button_icon
from yearadmin.desktop.parts import GAP, MARGIN, IconText, MenuButton
from yearadmin.desktop.theme import Tone
from yearadmin.words.translate import translate

_GEOMETRY = "history/geometry"
_SPLIT = "history/split"


def _settings() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "yearadmin", "window")


class HistoryWindow(QDialog):
    """Signals: ``year_chosen(int)``, ``export_wanted(as_json)``, ``reload_wanted``; the pages have their own."""

    year_chosen = Signal(int)
    export_wanted = Signal(bool)
    reload_wanted = Signal()

    def __init__(self, this_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyWindow")
        self.setWindowFlags(Qt.WindowType.Window)
        self.setMinimumSize(560, 380)
        self._year: int | None = None
        self._server: Callable[[], str] = str
        self._message: tuple[str, Tone] | None = None
        self.year = QComboBox()
        self.year.setObjectName("historyYear")
        self.year.activated.connect(lambda _: self.year_chosen.emit(self.year.currentData()))
        self._label = QLabel()
        self._label.setBuddy(self.year)
        self.note = IconText(wrap=True)
        self.note.align_icon(Qt.AlignmentFlag.AlignVCenter)
        self.export = MenuButton("historyExport")
        self.json_action = self.export.popup.addAction("")
        self.csv_action = self.export.popup.addAction("")
        self.json_action.triggered.connect(lambda: self.export_wanted.emit(True))
        self.csv_action.triggered.connect(lambda: self.export_wanted.emit(False))
        self.timeline = TimelinePage(this_year)
        self.compare = ComparePage()
        self.files = FilesPage()
        self.keeping = KeepingPage()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for page in (self.timeline, self.compare, self.files, self.keeping):
            self.tabs.addTab(page, "")
        bar = QHBoxLayout()
        bar.setSpacing(GAP)
        bar.addWidget(self._label)
        bar.addWidget(self.year)
        bar.addSpacing(GAP)
        bar.addWidget(self.note, 1)
        bar.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(bar)
        column.addWidget(self.tabs, 1)
        for keys in ("F5", "Ctrl+R"):
            QShortcut(QKeySequence(keys), self, self.reload_wanted.emit)
        self._restore()
        self.retranslate()

    def _restore(self) -> None:
        kept, split = _settings().value(_GEOMETRY), _settings().value(_SPLIT)
        if not isinstance(kept, QByteArray) or not self.restoreGeometry(kept):
            self.resize(1220, 720)
        if isinstance(split, QByteArray):
            self.timeline.splitter.restoreState(split)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember place and size."""
        _settings().setValue(_GEOMETRY, self.saveGeometry())
        _settings().setValue(_SPLIT, self.timeline.splitter.saveState())
        super().hideEvent(event)

    def show_years(self, years: Sequence[int], year: int, server: Callable[[], str]) -> None:
        """Offer the years kept of ``server``, with ``year`` chosen though nothing may be kept of it."""
        self._year, self._server = year, server
        offered = sorted({*years, year}, reverse=True)
        with QSignalBlocker(self.year):
            self.year.clear()
            for item in offered:
                self.year.addItem(str(item), item)
            self.year.setCurrentIndex(self.year.findData(year))
        self._message = None
        self._name()

    def tell(self, text: str, tone: Tone = Tone.GOOD) -> None:
        """Say how an export ended, in place of the reminder."""
        self._message = (text, tone)
        self._name()

    def _name(self) -> None:
        title = translate("desktop.history", "History")
        self.setWindowTitle(f"{title} · {self._year}" if self._year is not None else title)
        server = self._server()
        if self._message is not None:
            text, tone = self._message
            self.note.show_text("check" if tone is Tone.GOOD else "error", text, tone)
            return
        text = translate(
            "desktop.history",
            "Kept on this computer. Nothing here is live, and nothing can be changed. Server: {server}",
        ).format(server=server)
        self.note.show_text("clock", text if server else "", Tone.MUTED)

    def changeEvent(self, event: QEvent) -> None:
        """Take on another language or other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange) and hasattr(self, "tabs"):
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything again in the present language; what is chosen stays."""
        self._label.setText(translate("desktop.history", "&Year"))
        self.year.setAccessibleName(translate("desktop.history", "Year"))
        self.export.setText(translate("desktop.history", "Export…"))
        self.export.setIcon(button_icon("file"))
        self.export.setAccessibleName(translate("desktop.history", "Export the history of the year"))
        self.json_action.setText(translate("desktop.history", "Whole history as JSON…"))
        self.csv_action.setText(translate("desktop.history", "Changes as CSV…"))
        titles = (
            translate("desktop.history", "&Timeline"),
            translate("desktop.history", "&Compare"),
            translate("desktop.history", "&Files sent"),
            translate("desktop.history", "&Storage"),
        )
        for number, title in enumerate(titles):
            self.tabs.setTabText(number, title)
        for page in (self.timeline, self.compare, self.files, self.keeping):
            page.retranslate()
        self._name()
