"""The files this program sent to a year: how large, with which fingerprint, when, by whom, and what became of each.

Shows the list it is given; holds no file.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yearadmin.desktop.parts import text_label
from yearadmin.desktop.tables import Column, RowsModel, RowsView
from yearadmin.desktop.theme import Tone
from yearadmin.state.history import FileResult, SentFile
from yearadmin.words.format import date_time, number, size
from yearadmin.words.history import file_place, result_text, short_hash
from yearadmin.words.translate import translate

_LOOKS: dict[FileResult, tuple[str, Tone]] = {
    FileResult.UNDER_WAY: ("running", Tone.RUNNING),
    FileResult.SUCCESS: ("check", Tone.GOOD),
    FileResult.WARNING: ("warning", Tone.WARN),
    FileResult.PARTIAL: ("partial", Tone.WARN),
    FileResult.ERROR: ("error", Tone.BAD),
    FileResult.REFUSED: ("error", Tone.BAD),
    FileResult.CANCELLED: ("cross", Tone.MUTED),
    FileResult.UNKNOWN: ("warning", Tone.WARN),
}

COLUMNS: tuple[Column[SentFile], ...] = (
    Column(lambda: translate("desktop.history", "Sent"), lambda file: date_time(file.sent_at), 160),
    Column(lambda: translate("desktop.history", "File"), lambda file: file.name, 170),
    Column(lambda: translate("desktop.history", "To"), file_place, 200, is_elastic=True),
    Column(
        lambda: translate("desktop.history", "Result"),
        lambda file: result_text(file.result),
        180,
        icon=lambda file: _LOOKS[file.result][0],
        tone=lambda file: _LOOKS[file.result][1],
    ),
    Column(
        lambda: translate("desktop.history", "Rows"),
        lambda file: "" if file.rows is None else number(file.rows),
        80,
        is_number=True,
    ),
    Column(
        lambda: translate("desktop.history", "Size"),
        lambda file: size(file.size),
        90,
        whole=lambda file: translate("desktop.history", "{count} bytes").format(count=number(file.size)),
        is_number=True,
    ),
    Column(
        lambda: translate("desktop.history", "SHA-256"),
        lambda file: short_hash(file.sha256),
        100,
        whole=lambda file: file.sha256,
    ),
    Column(lambda: translate("desktop.history", "By"), lambda file: file.sent_by, 130),
    Column(
        lambda: translate("desktop.history", "Job"),
        lambda file: "" if file.job_id is None else str(file.job_id),
        60,
        is_number=True,
    ),
)


class FilesPage(QWidget):
    """The list of files, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsView("historyFiles", COLUMNS)
        self.table.show_model(self.model)
        self._note = text_label(tone=Tone.MUTED)
        self._empty = text_label(tone=Tone.MUTED)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self._note)
        column.addWidget(self._empty, 1)
        column.addWidget(self.table, 1)
        self.show_files(())

    def show_files(self, files: Sequence[SentFile]) -> None:
        """Show these."""
        self.model.set_rows(files)
        for part, is_shown in ((self.table, bool(files)), (self._note, bool(files)), (self._empty, not files)):
            part.setVisible(is_shown)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self._note.setText(
            translate(
                "desktop.history",
                "Files sent from this computer. The fingerprint (SHA-256) is of the bytes sent; copying a row copies "
                "it whole.",
            )
        )
        self._empty.setText(translate("desktop.history", "No file was sent to this year from this computer."))
        self.table.setAccessibleName(translate("desktop.history", "Files sent, newest first"))
        self.table.retranslate()
