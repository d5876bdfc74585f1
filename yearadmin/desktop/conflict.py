"""The question that is asked when a colleague changed what is being saved: three values side by side, and a choice.

Shows what the state says and chooses nothing by itself; closing it leaves both as they are.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.icons import pixmap
from yearadmin.desktop.parts import GAP, WIDE_GAP, IconText, announce, copyable, text_label
from yearadmin.desktop.theme import Tone, primary, scaled
from yearadmin.state.conflicts import Conflict
from yearadmin.state.model import AppState
from yearadmin.state.permits import may_save
from yearadmin.words.conflicts import by_text, conflict_title, field_name, value_lines
from yearadmin.words.refusals import why_not
from yearadmin.words.translate import translate


class ConflictDialog(QDialog):
    """Signals: ``theirs_chosen``, ``mine_chosen``; rejected means later."""

    theirs_chosen = Signal()
    mine_chosen = Signal()

    def __init__(self, year: int, conflict: Conflict, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("conflictDialog")
        self.year = year
        self.conflict = conflict
        picture = QLabel()
        picture.setPixmap(pixmap("warning", Tone.WARN, 32))
        self._title = scaled(text_label(), 1.25)
        self._body = text_label()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(WIDE_GAP)
        self._grid.setVerticalSpacing(6)
        self._heads = [text_label(tone=Tone.MUTED, wrap=False) for _ in range(3)]
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column)
            self._grid.setColumnStretch(column, 1)
        self._names: list[QLabel] = []
        self._values: list[tuple[QLabel, QLabel, QLabel]] = []
        for index in range(len(conflict.fields)):
            title = text_label()
            values = (copyable(text_label()), copyable(text_label()), copyable(text_label()))
            self._names.append(title)
            self._values.append(values)
            self._grid.addWidget(title, 2 * index + 1, 0, 1, 3)
            for column, label in enumerate(values):
                self._grid.addWidget(label, 2 * index + 2, column, Qt.AlignmentFlag.AlignTop)
        self._reason = IconText(wrap=True)
        self.later, self.mine, self.theirs = QPushButton(), QPushButton(), QPushButton()
        for button, object_name, signal in (
            (self.later, "decideLaterButton", None),
            (self.mine, "useMineButton", self.mine_chosen),
            (self.theirs, "keepTheirsButton", self.theirs_chosen),
        ):
            button.setObjectName(object_name)
            button.setAutoDefault(False)
            if signal is None:
                button.clicked.connect(self.reject)
            else:
                button.clicked.connect(signal)
                button.clicked.connect(self.accept)
        primary(self.theirs)
        self.theirs.setDefault(True)  # the choice that overwrites nobody
        self._lay_out(picture)
        self.setMinimumWidth(780)
        self.theirs.setFocus()

    def _lay_out(self, picture: QLabel) -> None:
        words = QVBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(self._title)
        words.addWidget(self._body)
        words.addSpacing(GAP)
        words.addLayout(self._grid)
        words.addWidget(self._reason)
        top = QHBoxLayout()
        top.setSpacing(WIDE_GAP)
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        buttons.addWidget(self.mine)
        buttons.addWidget(self.theirs)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(20)
        column.addLayout(top)
        column.addLayout(buttons)

    def show_state(self, state: AppState) -> None:
        """Say it all, in the present language; one's own save may have become impossible meanwhile."""
        now = datetime.now(UTC)
        title = conflict_title(self.year, self.conflict.wish)
        self.setWindowTitle(title)
        self._title.setText(title)
        self._body.setText(
            translate(
                "desktop.conflict",
                "Nothing was sent. Choose which values are to count; what changed elsewhere in the year has been taken "
                "over and is not affected.",
            )
        )
        heads = (
            translate("desktop.conflict", "You saw"),
            translate("desktop.conflict", "Now on the server"),
            translate("desktop.conflict", "You want"),
        )
        for head, text in zip(self._heads, heads, strict=True):
            head.setText(text)
        for field, name, labels in zip(self.conflict.fields, self._names, self._values, strict=True):
            changed = translate("desktop.conflict", "{field}, changed {by}")
            name.setText(changed.format(field=field_name(field.path), by=by_text(field, now)))
            for label, text, value in zip(labels, heads, (field.seen, field.now, field.wanted), strict=True):
                label.setText("\n".join(value_lines(field.path, value)))
                label.setAccessibleName(f"{field_name(field.path)}, {text}")
        permit = may_save(state, self.year, self.conflict.wish)
        reason = why_not(permit, self.year)
        self._reason.setVisible(bool(reason))
        if reason:
            self._reason.show_text("warning", reason, Tone.WARN)
        self.mine.setEnabled(permit.allowed)
        self.mine.setToolTip(reason)
        self.later.setText(translate("desktop.conflict", "Decide &later"))
        self.mine.setText(translate("desktop.conflict", "Use &mine"))
        self.theirs.setText(translate("desktop.conflict", "&Keep theirs"))
        self.mine.setAccessibleDescription(
            reason or translate("desktop.conflict", "Your values replace those now on the server.")
        )
        self.theirs.setAccessibleDescription(
            translate("desktop.conflict", "The values now on the server stay; yours are given up.")
        )
        self.later.setAccessibleDescription(
            translate("desktop.conflict", "The values now on the server stay for now; your text is kept.")
        )


class Conflicts(QObject):
    """Asks about each conflict in the state, one after the other. Signals: the choice, with the year."""

    theirs_kept = Signal(int)
    mine_wanted = Signal(int)
    put_off = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._state: AppState | None = None
        self.dialog: ConflictDialog | None = None

    def show_state(self, old: AppState | None, new: AppState) -> None:
        """Ask about a conflict that has come up, and no longer about one that is gone."""
        self._state = new
        dialog = self.dialog
        if dialog is not None:
            if new.scope(dialog.year).conflict is dialog.conflict:
                dialog.show_state(new)
                return
            self.dialog = None  # first: that it closes is no choice
            dialog.close()
        found = next(((year, scope.conflict) for year, scope in new.scopes.items() if scope.conflict is not None), None)
        if found is not None:
            self._ask(*found)

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        if self.dialog is not None and self._state is not None:
            self.dialog.show_state(self._state)

    def _ask(self, year: int, conflict: Conflict) -> None:
        assert self._state is not None
        dialog = self.dialog = ConflictDialog(year, conflict, self._window)
        dialog.theirs_chosen.connect(lambda: self._chosen(dialog, self.theirs_kept))
        dialog.mine_chosen.connect(lambda: self._chosen(dialog, self.mine_wanted))
        dialog.rejected.connect(lambda: self._chosen(dialog, self.put_off))
        dialog.show_state(self._state)
        dialog.open()
        announce(dialog, dialog.windowTitle(), urgent=True)

    def _chosen(self, dialog: ConflictDialog, signal: SignalInstance) -> None:
        if self.dialog is dialog:  # else it was the state that closed it
            self.dialog = None
            signal.emit(dialog.year)
