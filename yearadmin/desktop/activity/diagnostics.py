"""Shows what a bundle for support holds, part by part, before anything is written.

Writes nothing itself: saving is a wish.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from yearadmin.desktop.parts import GAP, MARGIN, text_label
from yearadmin.desktop.tables import Column, RowsModel, RowsView
from yearadmin.desktop.theme import Tone, primary
from yearadmin.logbook import Bundle, Part
from yearadmin.words.format import size
from yearadmin.words.translate import translate

_PREVIEW = 400_000  # characters; all of it is written


def _name(part: Part) -> str:
    match part.name:
        case "about.json":
            return translate("desktop.diagnostics", "Versions")
        case "settings.json":
            return translate("desktop.diagnostics", "Settings")
        case "activity.txt":
            return translate("desktop.diagnostics", "Activity")
        case _:
            return translate("desktop.diagnostics", "Log: {name}").format(name=part.name.removeprefix("log/"))


COLUMNS: tuple[Column[Part], ...] = (
    Column(lambda: translate("desktop.diagnostics", "Part"), _name, whole=lambda part: part.name, is_elastic=True),
    Column(lambda: translate("desktop.diagnostics", "Size"), lambda part: size(part.size), 100, is_number=True),
)


class DiagnosticsDialog(QDialog):
    """Signal: ``save_wanted(Bundle)``: exactly what is shown."""

    save_wanted = Signal(object)

    def __init__(self, bundle: Bundle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diagnosticsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bundle = bundle
        self.note = text_label()
        self.model = RowsModel(COLUMNS, self)
        self.parts = RowsView("diagnosticsParts", COLUMNS)
        self.parts.setSelectionMode(RowsView.SelectionMode.SingleSelection)
        self.parts.show_model(self.model)
        self.preview = QPlainTextEdit()
        self.preview.setObjectName("diagnosticsPreview")
        self.preview.setReadOnly(True)
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.parts)
        splitter.addWidget(self.preview)
        splitter.setSizes([270, 600])
        self.told = text_label(tone=Tone.MUTED)
        self.save = primary(QPushButton())
        self.save.setObjectName("saveBundle")
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.bundle))
        self.cancel = QPushButton()
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 14, MARGIN, 12)
        column.setSpacing(10)
        column.addWidget(self.note)
        column.addWidget(splitter, 1)
        column.addLayout(foot)
        self.resize(920, 560)
        self.parts.selectionModel().selectionChanged.connect(self._on_chosen)
        self.model.set_rows(bundle.parts)
        self.parts.choose(0)
        self.retranslate()

    def _on_chosen(self) -> None:
        chosen = self.parts.chosen()
        part = self.model.row(chosen[0]) if chosen else None
        text = "" if part is None else part.text
        self.preview.setPlainText(text if len(text) <= _PREVIEW else f"{text[:_PREVIEW]}\n…")

    def tell(self, text: str) -> None:
        """Say how the writing ended."""
        self.told.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Take on another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and hasattr(self, "cancel"):
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.setWindowTitle(translate("desktop.diagnostics", "Save diagnostics"))
        self.note.setText(
            translate(
                "desktop.diagnostics",
                "This is all that would be written, for you to send to support. Cookies, passwords, names and e-mail "
                "addresses have been taken out; read it through before you pass it on.",
            )
        )
        self.parts.setAccessibleName(translate("desktop.diagnostics", "Parts of the bundle"))
        self.preview.setAccessibleName(translate("desktop.diagnostics", "Content of the part chosen"))
        self.save.setText(translate("desktop.diagnostics", "&Save…"))
        self.cancel.setText(translate("desktop.diagnostics", "Close"))
        self.parts.retranslate()
