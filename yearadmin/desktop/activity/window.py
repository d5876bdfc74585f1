"""The list of exchanges with the server, newest first and live: filtered by words, kind and failure, and copyable.

Shows what it is given, bounded; what is filtered out is only hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.icons import button_icon
from yearadmin.desktop.parts import GAP, MARGIN, text_label
from yearadmin.desktop.tables import Column, RowsModel, RowsView
from yearadmin.desktop.theme import Tone
from yearadmin.logbook import Activity
from yearadmin.words.activity import (
    ActivityKind,
    activity_kind,
    activity_text,
    answer_text,
    has_failed,
    kind_text,
    milliseconds,
)
from yearadmin.words.format import date, size
from yearadmin.words.translate import translate

MOST = 1000
_GEOMETRY = "activity/geometry"


def _settings() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "yearadmin", "window")


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"


def _answer(item: Activity) -> str:
    return "\n".join(part for part in (answer_text(item), item.words) if part)


def _tone(item: Activity) -> Tone:
    return Tone.BAD if has_failed(item) else Tone.TEXT


COLUMNS: tuple[Column[Activity], ...] = (
    Column(
        lambda: translate("desktop.activity", "Time"),
        lambda item: _time(item.at),
        90,
        whole=lambda item: f"{date(item.at)} {_time(item.at)}",
    ),
    Column(
        lambda: translate("desktop.activity", "What"),
        activity_text,
        230,
        whole=lambda item: f"{activity_text(item)} ({item.method} {item.path})",
    ),
    Column(
        lambda: translate("desktop.activity", "Answer"),
        answer_text,
        whole=_answer,
        icon=lambda item: "error" if has_failed(item) else "check",
        tone=_tone,
        is_elastic=True,
    ),
    Column(
        lambda: translate("desktop.activity", "Took"), lambda item: milliseconds(item.milliseconds), 90, is_number=True
    ),
    Column(
        lambda: translate("desktop.activity", "Sent"),
        lambda item: size(item.sent) if item.sent else "",
        90,
        is_number=True,
    ),
    Column(
        lambda: translate("desktop.activity", "Received"),
        lambda item: size(item.received) if item.received else "",
        90,
        is_number=True,
    ),
    Column(lambda: translate("desktop.activity", "Request"), lambda item: item.request_id, 120),
)


class ActivityWindow(QDialog):
    """Signal: ``diagnostics_wanted``."""

    diagnostics_wanted = Signal()

    def __init__(self, items: Iterable[Activity], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activityWindow")
        self.setWindowFlags(Qt.WindowType.Window)
        self.setMinimumSize(520, 320)
        self._items: list[Activity] = list(items)[-MOST:]  # the newest last
        self.search = QLineEdit()
        self.search.setObjectName("activitySearch")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.kind = QComboBox()
        self.kind.setObjectName("activityKind")
        self.kind.currentIndexChanged.connect(self._filter)
        self.failures = QCheckBox()
        self.failures.setObjectName("activityFailures")
        self.failures.toggled.connect(self._filter)
        self.count = text_label(tone=Tone.MUTED, wrap=False)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsView("activityTable", COLUMNS)
        self.table.show_model(self.model)
        self.copy_all = QPushButton()
        self.copy_all.setObjectName("activityCopyAll")
        self.copy_all.clicked.connect(self.table.copy_all)
        self.copy = QPushButton()
        self.copy.setObjectName("activityCopy")
        self.copy.clicked.connect(self.table.copy_rows)
        self.diagnostics = QPushButton()
        self.diagnostics.setObjectName("saveDiagnostics")
        self.diagnostics.clicked.connect(self.diagnostics_wanted)
        for button in (self.copy, self.copy_all, self.diagnostics):
            button.setAutoDefault(False)
        self._lay_out()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._show_buttons)
        kept = _settings().value(_GEOMETRY)
        if not isinstance(kept, QByteArray) or not self.restoreGeometry(kept):
            self.resize(980, 560)
        self.retranslate()
        self._filter()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GAP)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.kind)
        bar.addWidget(self.failures)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.count, 1)
        for button in (self.copy, self.copy_all, self.diagnostics):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember place and size."""
        _settings().setValue(_GEOMETRY, self.saveGeometry())
        super().hideEvent(event)

    def add(self, item: Activity) -> None:
        """One more exchange."""
        self._items.append(item)
        if len(self._items) > MOST:
            del self._items[0]
        if self._is_wanted(item):
            self.model.put_first(item, MOST)
        self._show_count()

    def _is_wanted(self, item: Activity) -> bool:
        kind = self.kind.currentData()
        if (kind is not None and activity_kind(item) != kind) or (self.failures.isChecked() and not has_failed(item)):
            return False
        # Without the day: "2026" means the year one works on, not the year it is.
        told = (_time(item.at), activity_text(item), answer_text(item), item.method, item.path, item.request_id)
        text = " ".join((*told, item.failure, item.words)).casefold()
        return all(word in text for word in self.search.text().casefold().split())

    def _filter(self) -> None:
        self.model.set_rows(item for item in reversed(self._items) if self._is_wanted(item))
        self._show_count()

    def _show_count(self) -> None:
        shown = len(self.model.rows)
        if shown == len(self._items):
            text = translate("desktop.activity", "%n exchange(s) with the server", "", shown)
        else:
            text = translate("desktop.activity", "{shown} of {all} exchanges").format(shown=shown, all=len(self._items))
        self.count.setText(text)
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.copy.setEnabled(bool(self.table.chosen()))
        self.copy_all.setEnabled(bool(self.model.rows))

    def changeEvent(self, event: QEvent) -> None:
        """Take on another language or other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange) and hasattr(self, "diagnostics"):
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything again in the present language; what is typed and chosen stays."""
        self.setWindowTitle(translate("desktop.activity", "Activity"))
        self.search.setPlaceholderText(translate("desktop.activity", "Filter by words, such as 2026 or a request id"))
        self.search.setAccessibleName(translate("desktop.activity", "Filter by words"))
        chosen = max(self.kind.currentIndex(), 0)
        with QSignalBlocker(self.kind):
            self.kind.clear()
            self.kind.addItem(translate("desktop.activity", "All kinds"), None)
            for kind in ActivityKind:
                self.kind.addItem(kind_text(kind), kind)
            self.kind.setCurrentIndex(chosen)
        self.kind.setAccessibleName(translate("desktop.activity", "Kind"))
        self.failures.setText(translate("desktop.activity", "Failures &only"))
        self.copy.setText(translate("desktop.activity", "&Copy selected"))
        self.copy.setIcon(button_icon("copy"))
        self.copy_all.setText(translate("desktop.activity", "Copy &all"))
        self.diagnostics.setText(translate("desktop.activity", "&Save diagnostics…"))
        self.table.setAccessibleName(translate("desktop.activity", "Exchanges with the server, newest first"))
        self.table.retranslate()
        self._show_count()
