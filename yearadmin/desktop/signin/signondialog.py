"""The institution's sign-on page in a window of its own: where it is, whether it is encrypted, and a way back.

Made only when somebody signs on; loads the web engine then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.icons import SMALL, button_icon, pixmap
from yearadmin.desktop.parts import BESIDE_WORDS, GAP, IconText, announce
from yearadmin.desktop.signin.webview import STATE_SECONDS, End, SignOnView
from yearadmin.desktop.theme import Tone
from yearadmin.words.translate import translate

_ENDS: Mapping[End, Callable[[], str]] = {
    End.TOO_LATE: lambda: translate(
        "desktop.signin",
        "The server waits one minute for you to come back from your institution’s page, and that minute was over. "
        "It has been begun again: most institutions remember you for the second time.",
    ),
    End.REFUSED: lambda: translate(
        "desktop.signin", "The server did not get to know who you are: the sign-on was cancelled or refused."
    ),
    End.UNAVAILABLE: lambda: translate(
        "desktop.signin",
        "The server can’t look up who you are or what you may do at the moment. "
        "Away from the office, it may be the VPN.",
    ),
    End.NOT_REACHED: lambda: translate("desktop.signin", "The sign-on page did not come. Check your network."),
    End.CERTIFICATE: lambda: translate(
        "desktop.signin", "{words} could not prove its identity, so nothing was sent to it. Ask your IT support."
    ),
    End.NOT_ENCRYPTED: lambda: translate(
        "desktop.signin", "The page wanted to go to {words} without encryption. That was not done."
    ),
    End.NO_COOKIES: lambda: translate(
        "desktop.signin", "You are signed on at your institution, but the server gave no session. Begin again."
    ),
    End.CRASHED: lambda: translate("desktop.signin", "The page broke. Begin again."),
}


class SignOnDialog(QDialog):
    """Signal: ``signed_on(Tokens)``. Deletes itself when it is closed; ``state_seconds`` is for tests."""

    signed_on = Signal(object)

    def __init__(
        self,
        base_url: str,
        parent: QWidget,
        *,
        authority: Path | None = None,
        state_seconds: float = STATE_SECONDS,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("signOnDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._end: End | None = None
        self._words = ""
        self._has_begun_again = self._is_late = self._is_done = False
        self.view = SignOnView(base_url, authority=authority, state_seconds=state_seconds)
        self.lock = QLabel()
        self.lock.setFixedWidth(SMALL)
        self.address = QLineEdit()
        self.address.setObjectName("signOnAddress")
        self.address.setReadOnly(True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setFixedHeight(3)
        self.progress.setTextVisible(False)
        self.note = IconText(wrap=True)
        self.note.hide()
        self.again = QPushButton()
        self.again.setObjectName("beginAgainButton")
        self.again.setIconSize(BESIDE_WORDS)
        self.cancel = QPushButton()
        self.cancel.setObjectName("signOnCancelButton")
        for button in (self.again, self.cancel):
            button.setAutoDefault(False)
        self._lay_out()
        self.again.clicked.connect(self.begin_again)
        self.cancel.clicked.connect(self.reject)
        self.view.moved.connect(self._on_moved)
        self.view.busy.connect(self.progress.setVisible)
        self.view.time_up.connect(self._on_time_up)
        self.view.failed.connect(self._on_failed)
        self.view.signed_on.connect(self._on_signed_on)
        self.finished.connect(self._finish)
        self.resize(560, 720)
        self._on_moved(base_url)
        self.retranslate()

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(GAP)
        where.addWidget(self.lock)
        where.addWidget(self.address, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.note, 1)
        buttons.addWidget(self.again, 0, Qt.AlignmentFlag.AlignBottom)
        buttons.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(GAP)
        column.addLayout(where)
        column.addWidget(self.progress)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)

    def begin(self) -> None:
        """Show the page."""
        self.show()
        self.view.begin()
        self.view.setFocus()

    def begin_again(self) -> None:
        """From the server's door once more."""
        self._end, self._is_late = None, False
        self._say()
        self.view.begin()

    def _on_moved(self, address: str) -> None:
        url = QUrl(address)
        self._is_encrypted = url.scheme() == "https"
        # Without what comes after the path: it may be a code.
        url.setQuery("")
        url.setFragment("")
        self.address.setText(url.toDisplayString().rstrip("?#"))
        self.address.setCursorPosition(0)
        self._say_lock()

    def _on_time_up(self) -> None:
        self._is_late = True
        self._say()

    def _on_failed(self, end: End, words: str) -> None:
        self.progress.hide()
        self._end, self._words = end, words
        if end is End.TOO_LATE and not self._has_begun_again:
            self._has_begun_again, self._is_late = True, False
            self.view.begin()
        self._say()

    def _on_signed_on(self, tokens: object) -> None:
        self._is_done = True
        self.signed_on.emit(tokens)
        self.accept()

    def _finish(self) -> None:
        self.view.end()

    def _say_lock(self) -> None:
        if self._is_encrypted:
            name, tone, text = (
                "lock",
                Tone.GOOD,
                translate("desktop.signin", "Encrypted: nobody on the way reads along"),
            )
        else:
            name, tone, text = "info", Tone.MUTED, translate("desktop.signin", "On this computer, so not encrypted")
        self.lock.setPixmap(pixmap(name, tone, SMALL))
        self.lock.setToolTip(text)
        self.lock.setAccessibleName(text)
        self.address.setAccessibleDescription(text)

    def _say(self) -> None:
        text, tone = "", Tone.WARN
        if self._end is not None:
            text = _ENDS[self._end]().format(words=self._words)
            tone = Tone.WARN if self._end is End.TOO_LATE else Tone.BAD
            if self._words and self._end in (End.REFUSED, End.UNAVAILABLE):
                says = translate("words.slots", "The server says: {words}").format(words=self._words)
                text = f"{text} {says}"
        elif self._is_late:
            text = translate(
                "desktop.signin",
                "More than a minute has passed; the server would no longer accept this. "
                "Begin again when you are ready.",
            )
        was_hidden = self.note.isHidden()
        self.note.setVisible(bool(text))
        if text:
            self.note.show_text("warning" if tone is Tone.WARN else "error", text, tone)
            if was_hidden:
                announce(self.note, text, urgent=True)

    def retranslate(self) -> None:
        """Say everything again in the present language; the page itself speaks the institution's."""
        self.setWindowTitle(translate("desktop.signin", "Sign in through your institution"))
        self.address.setAccessibleName(translate("desktop.signin", "Address of this page"))
        self.view.setAccessibleName(translate("desktop.signin", "Your institution’s sign-on page"))
        self.progress.setAccessibleName(translate("desktop.signin", "The page is being loaded"))
        self.again.setText(translate("desktop.signin", "&Begin again"))
        self.again.setIcon(button_icon("refresh"))
        self.cancel.setText(translate("desktop.signin", "Cancel"))
        self._say_lock()
        self._say()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing by the frame is the same as Cancel."""
        self.reject()
        super().closeEvent(event)
