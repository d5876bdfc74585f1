"""What is told once: cards that appear inside the window and leave, and the list in which none is lost.

Never interrupts: no dialog, no focus taken. Failures stay until they are dismissed; good news leaves by itself.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from yearadmin.desktop.icons import MEDIUM, button_icon, icon, pixmap
from yearadmin.desktop.parts import BESIDE_WORDS, GAP, announce, copyable, text_label
from yearadmin.desktop.theme import Tone, link, scaled, set_property, set_tone
from yearadmin.state.model import AppState, Notice, NoticeCode, NoticeKind
from yearadmin.words.format import date_time
from yearadmin.words.notices import notice_kind, tell_notice
from yearadmin.words.told import problem_details
from yearadmin.words.translate import translate

STAYS = 8_000  # milliseconds good news stays
SHOWN_AT_ONCE = 2  # what lies below is worked with meanwhile
KEPT = 50

_KINDS: dict[NoticeKind, tuple[str, Tone]] = {
    NoticeKind.SUCCESS: ("check", Tone.GOOD),
    NoticeKind.INFO: ("info", Tone.RUNNING),
    NoticeKind.WARNING: ("warning", Tone.WARN),
    NoticeKind.FAILURE: ("error", Tone.BAD),
}

_SETTLES: dict[NoticeCode, tuple[NoticeCode, ...]] = {
    NoticeCode.SETUP_RESTARTED: (NoticeCode.SETUP_FAILED,),
    NoticeCode.YEAR_READY: (NoticeCode.SETUP_FAILED, NoticeCode.SETUP_RESTARTED, NoticeCode.YEAR_CREATED),
    NoticeCode.UPLOAD_DONE: (NoticeCode.UPLOAD_FAILED, NoticeCode.UPLOAD_REFUSED, NoticeCode.UPLOAD_WARNING),
    NoticeCode.UPLOAD_WARNING: (NoticeCode.UPLOAD_FAILED, NoticeCode.UPLOAD_REFUSED),
    NoticeCode.YEAR_OPENED: (NoticeCode.YEAR_CLOSED,),
    NoticeCode.YEAR_CLOSED: (NoticeCode.YEAR_OPENED,),
}


def is_settled(old: Notice, new: Notice) -> bool:
    """Whether ``old`` need not be shown any longer once ``new`` is: it was put right, or is the same good news."""
    if old.year == new.year and old.slot == new.slot and old.code in _SETTLES.get(new.code, ()):
        return True
    return old.kind is NoticeKind.SUCCESS and new.kind is NoticeKind.SUCCESS and old.code is new.code


class NoticeCard(QFrame):
    """One notice in words. Signal: ``dismissed(int)``."""

    dismissed = Signal(int)

    def __init__(self, notice: Notice, *, dismissable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setObjectName(f"notice.{notice.id}")
        set_property(self, "strip", True)
        self._picture = QLabel()
        self._title = scaled(text_label(), 1.0)
        self._body = text_label()
        self._when = text_label(tone=Tone.MUTED)
        self._details = copyable(text_label())
        self._details.hide()
        self.more = link(QPushButton())
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_details)
        self.copy = link(QPushButton())
        self.copy.setIconSize(BESIDE_WORDS)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.whole_text))
        self.close_button = QToolButton()
        self.close_button.setVisible(dismissable)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_property(self.close_button, "look", "quiet")
        self.close_button.clicked.connect(lambda: self.dismissed.emit(notice.id))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._body)
        words.addWidget(self._details)
        words.addWidget(self._when)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.more)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        words.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._when.setVisible(not dismissable)
        self.retranslate()

    @property
    def whole_text(self) -> str:
        """Everything the card says, to be copied."""
        parts = (self._title.text(), self._body.text(), self._details.text(), self._when.text())
        return "\n".join(part for part in parts if part)

    def _show_details(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self.retranslate()
        self.updateGeometry()

    def retranslate(self) -> None:
        """Say it in the present language."""
        told = tell_notice(self.notice)
        drawing, tone = _KINDS[self.notice.kind]
        set_tone(self, tone)
        self._picture.setPixmap(pixmap(drawing, tone, MEDIUM))
        self._picture.setAccessibleName(notice_kind(self.notice.kind))
        self._title.setText(told.title)
        self._body.setText(told.sentences)
        self._body.setVisible(bool(told.sentences))
        self._when.setText(date_time(self.notice.at))
        details = problem_details(self.notice.problem) if self.notice.problem is not None else ""
        self._details.setText(details or told.server_words)
        has_details = bool(self._details.text())
        self.more.setVisible(has_details)
        self.more.setText(
            translate("desktop.notices", "Hide details")
            if self.more.isChecked()
            else translate("desktop.notices", "Details")
        )
        self.copy.setVisible(has_details)
        self.copy.setText(translate("desktop.notices", "Copy"))
        self.copy.setIcon(button_icon("copy", Tone.ACCENT))
        self.copy.setAccessibleName(translate("desktop.notices", "Copy this message"))
        self.close_button.setIcon(icon("cross", Tone.MUTED))
        self.close_button.setToolTip(translate("desktop.notices", "Dismiss"))
        self.close_button.setAccessibleName(translate("desktop.notices", "Dismiss: {title}").format(title=told.title))
        self.setAccessibleName(f"{notice_kind(self.notice.kind)}: {told.title}")
        self.setAccessibleDescription(told.sentences)


class Toast(NoticeCard):
    """A card that leaves by itself if it brings good news, but never while it is being read."""

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(notice, parent=parent)
        self.timer = QTimer(self, singleShot=True, interval=STAYS)
        if notice.kind in (NoticeKind.SUCCESS, NoticeKind.INFO):
            self.timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Being read."""
        self.timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Read: it may leave again, unless its details are open."""
        if self.notice.kind in (NoticeKind.SUCCESS, NoticeKind.INFO) and not self.more.isChecked():
            self.timer.start()
        super().leaveEvent(event)


class Toasts(QWidget):
    """The cards in the lower right corner of ``over``. Signals: ``dismissed(int)``, ``messages_asked()``."""

    dismissed = Signal(int)
    messages_asked = Signal()
    changed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("notices")
        self.history: list[Notice] = []
        self._cards: dict[int, Toast] = {}
        self._last = 0
        self.more = QPushButton()
        self.more.clicked.connect(self.messages_asked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self.more)
        self.hide()
        over.installEventFilter(self)

    @property
    def cards(self) -> tuple[Toast, ...]:
        """The cards not yet gone, oldest first."""
        return tuple(self._cards.values())

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Add what is new, take away what was dismissed."""
        if old is not None and old.notices is new.notices:
            return
        present = {notice.id for notice in new.notices}
        for number in [number for number in self._cards if number not in present]:
            self._remove(number)
        for notice in new.notices:
            if notice.id > self._last:
                self._last = notice.id
                self._add(notice)
        self._arrange()
        self.changed.emit()

    def _add(self, notice: Notice) -> None:
        self.history = [*self.history, notice][-KEPT:]
        for number in [number for number, card in self._cards.items() if is_settled(card.notice, notice)]:
            self._remove(number)
        card = Toast(notice)
        card.dismissed.connect(self._on_dismissed)
        card.more.toggled.connect(self._arrange)
        card.timer.timeout.connect(lambda: self._leave(notice.id))
        self._cards[notice.id] = card
        self._column.addWidget(card)
        told = tell_notice(notice)
        announce(self, f"{told.title}. {told.sentences}", urgent=notice.kind is NoticeKind.FAILURE)

    def _leave(self, number: int) -> None:
        """Good news has been there long enough; it stays in the list of messages."""
        self._remove(number)
        self._arrange()
        self.changed.emit()

    def _on_dismissed(self, number: int) -> None:
        self._leave(number)
        self.dismissed.emit(number)

    def _remove(self, number: int) -> None:
        card = self._cards.pop(number, None)
        if card is not None:
            card.timer.stop()
            card.hide()
            self._column.removeWidget(card)
            card.deleteLater()

    def _arrange(self) -> None:
        cards = list(self._cards.values())
        hidden = len(cards) - SHOWN_AT_ONCE
        for index, card in enumerate(cards):
            card.setVisible(index >= hidden)
        self.more.setVisible(hidden > 0)
        older = max(hidden, 0)
        self.more.setText(translate("desktop.notices", "%n more message(s)", "", older))
        self.setVisible(bool(cards))
        self._place()

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None or self.isHidden():
            return
        margin = 16
        width = min(380, over.width() - 2 * margin)
        self.setFixedWidth(width)
        self._column.activate()
        height = self._column.heightForWidth(width) if self._column.hasHeightForWidth() else self.sizeHint().height()
        height = min(height, over.height() - 2 * margin)
        self.setGeometry(over.width() - width - margin, over.height() - height - margin, width, height)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if watched is self.parentWidget() and event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        for card in self._cards.values():
            card.retranslate()
        self._arrange()


class MessagesDialog(QDialog):
    """What was told in this run of the program, newest first. Opened beside the window, never in its way.

    Signal: ``activity_asked`` leads to what was asked of the server.
    """

    activity_asked = Signal()

    def __init__(self, history: list[Notice], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messagesDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shown: list[NoticeCard] = []
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(GAP)
        self._empty = text_label(tone=Tone.MUTED)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        self._area = area
        self._close = QPushButton()
        self._close.clicked.connect(self.reject)
        self._activity = QPushButton()
        self._activity.setObjectName("activityButton")
        self._activity.setAutoDefault(False)
        self._activity.clicked.connect(self.activity_asked)
        buttons = QHBoxLayout()
        buttons.addWidget(self._activity)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.addWidget(area, 1)
        column.addLayout(buttons)
        self.resize(520, 460)
        self.show_history(history)
        self.retranslate()

    def show_history(self, history: list[Notice]) -> None:
        """Add what has come since."""
        known = {card.notice.id for card in self._shown}
        for notice in history:
            if notice.id not in known:
                card = NoticeCard(notice, dismissable=False)
                self._shown.append(card)
                self._column.insertWidget(0, card)
        self._empty.setVisible(not self._shown)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.setWindowTitle(translate("desktop.notices", "Messages"))
        self._area.setAccessibleName(translate("desktop.notices", "Recent messages, newest first"))
        self._empty.setText(translate("desktop.notices", "No messages yet."))
        self._close.setText(translate("desktop.notices", "Close"))
        self._activity.setText(translate("desktop.notices", "&Activity…"))
        for card in self._shown:
            card.retranslate()
