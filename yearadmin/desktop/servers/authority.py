"""The field for an authority's certificate file: for servers whose institution issues certificates of its own.

Never opens the file: a look at the server does, and says when it is not one.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from yearadmin.desktop.theme import set_property
from yearadmin.words.servers import authority_explained
from yearadmin.words.translate import translate


class AuthorityField(QWidget):
    """A path to type or to choose. Signal: ``changed()`` when the operator has changed it."""

    changed = Signal()

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = QLineEdit(path)
        self.path.setObjectName("serverAuthority")
        self.path.textEdited.connect(self.changed)
        self.choose = QPushButton()
        self.choose.setObjectName("chooseAuthorityButton")
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.path)
        self.retranslate()

    @property
    def text(self) -> str:
        """The path; empty where the system's authorities are enough."""
        return self.path.text().strip()

    def show_fault(self, text: str) -> None:
        """Mark the field as wrong, and say why to whoever can't see it; empty when it is fine."""
        set_property(self.path, "fault", bool(text))
        self.path.setAccessibleDescription(text or authority_explained())

    def _ask(self) -> None:
        folder = str(Path(self.text).parent) if self.text else ""
        dialog = QFileDialog(self, translate("desktop.servers", "Choose the authority’s certificate"), folder)
        dialog.setObjectName("fileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        certificates = translate("desktop.servers", "Certificates (*.pem *.crt *.cer)")
        dialog.setNameFilters([certificates, translate("desktop.panels", "All files (*)")])
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, name: str) -> None:
        self.path.setText(name)
        self.changed.emit()

    def retranslate(self) -> None:
        """Say everything again in the present language; what is typed stays."""
        self.path.setPlaceholderText(translate("desktop.servers", "Only where your institution issues its own"))
        self.path.setToolTip(authority_explained())
        self.path.setAccessibleName(translate("desktop.servers", "Certificate file"))
        self.choose.setText(translate("desktop.servers", "C&hoose…"))
        self.choose.setAccessibleName(translate("desktop.servers", "Choose the authority’s certificate"))
