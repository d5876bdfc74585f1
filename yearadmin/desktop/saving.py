"""Choosing where a file is to be written, without a loop of its own.

Never writes anything.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from yearadmin.desktop.panels.choosing import remember_folder, remembered_folder


def choose_target(parent: QWidget, title: str, name: str, kind: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Show a dialog for a new file called ``name`` and return at once; ``kind`` is its filter, "ZIP files (*.zip)"."""
    dialog = QFileDialog(parent, title, remembered_folder())
    dialog.setObjectName("saveDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)

    def accepted(target: str) -> None:
        path = Path(target)
        remember_folder(path)
        chosen(path)

    dialog.fileSelected.connect(accepted)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
