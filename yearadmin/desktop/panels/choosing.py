"""Choosing one CSV file, by dialog or by dropping: what counts as one, and where the dialog opens.

Never opens a file and never judges its content: the core does that and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QMimeData, QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from yearadmin.words.translate import translate

FOLDER_KEY = "panels/folder"


class Unfit(StrEnum):
    """Why what was dropped is not one file."""

    SEVERAL = "several"
    FOLDER = "folder"
    NO_FILE = "no_file"
    REMOTE = "remote"
    GONE = "gone"
    NOT_NOW = "not_now"  # the slot can't take a file any more
    OTHER_YEAR = "other_year"  # chosen in a dialog that was opened for another year


def dropped_file(data: QMimeData) -> Path | Unfit:
    """The one file in what was dropped, or why there is none. Its name and content are not looked at."""
    urls = data.urls() if data.hasUrls() else []
    if not urls:
        return Unfit.NO_FILE
    if len(urls) > 1:
        return Unfit.SEVERAL
    if not urls[0].isLocalFile():
        return Unfit.REMOTE
    path = Path(urls[0].toLocalFile())
    if path.is_dir():
        return Unfit.FOLDER
    return path if path.exists() else Unfit.GONE


def unfit_text(unfit: Unfit) -> str:
    """One sentence that says what to do instead."""
    match unfit:
        case Unfit.SEVERAL:
            return translate("desktop.panels", "Drop one file at a time: each place takes a single CSV file.")
        case Unfit.FOLDER:
            return translate("desktop.panels", "That is a folder. Drop the CSV file itself.")
        case Unfit.REMOTE:
            return translate("desktop.panels", "That file is not on this computer. Save it here first, then drop it.")
        case Unfit.OTHER_YEAR:
            return translate(
                "desktop.panels", "The file was chosen for another year, so it was not sent. Choose it again."
            )
        case Unfit.NOT_NOW:
            return translate(
                "desktop.panels", "The file was not sent: none can be taken here just now. The button says why."
            )
        case Unfit.GONE:
            return translate("desktop.panels", "That file is no longer where it was.")
        case _:
            return translate("desktop.panels", "That is not a file. Drop a CSV file from your file manager.")


def _settings() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "yearadmin", "window")


def remember_folder(path: Path) -> None:
    """The next dialog opens where this file is."""
    _settings().setValue(FOLDER_KEY, str(path.parent))


def remembered_folder() -> str:
    """Where the last file was chosen, if that folder is still there; else empty."""
    value = _settings().value(FOLDER_KEY, "")
    return value if isinstance(value, str) and value and Path(value).is_dir() else ""


def choose_file(parent: QWidget, title: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Show a file dialog and return at once; ``chosen`` is called with the one file, or never."""
    dialog = QFileDialog(parent, title, remembered_folder())
    dialog.setObjectName("fileDialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [translate("desktop.panels", "CSV files (*.csv)"), translate("desktop.panels", "All files (*)")]
    )

    def accepted(name: str) -> None:
        path = Path(name)
        remember_folder(path)
        chosen(path)

    dialog.fileSelected.connect(accepted)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
