"""The editor of reduction goals: up to three rows, each fault said at its field, typed text never lost.

Saves nothing itself; what the server has is compared with what is typed, and a difference is said, not settled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yearadmin.desktop.panels.goaltext import Fault, Field, GoalText, fault_text, faults_of, goal_of, text_of
from yearadmin.desktop.panels.parts import Badge, Card, Marked, ToneLabel
from yearadmin.desktop.theme import Tone, primary, set_property
from yearadmin.state.model import Wish
from yearadmin.state.permits import GoalFault, Permit, may_save_goals, may_use_panels
from yearadmin.words.refusals import why_not
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from yearadmin.contract.years import Goal
    from yearadmin.state.model import AppState

ROWS = 3
FIELD_WIDTH = 150


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed for one year, and the server's goals it began from."""

    texts: tuple[GoalText, ...]
    base: tuple[Goal, ...]
    seen: tuple[Goal, ...]  # the server's goals when the typing began
    overtaken: bool = False  # the server's goals changed meanwhile


def field_label(field: Field) -> str:
    """The heading of a column."""
    match field:
        case Field.TARGET:
            return translate("desktop.panels", "Target year")
        case Field.PERCENT:
            return translate("desktop.panels", "Reduction (%)")
        case _:
            return translate("desktop.panels", "Reference year")


class GoalRow:
    """The three fields of one goal and the line that says what is wrong with them."""

    def __init__(self, index: int, grid: QGridLayout, parent: QWidget) -> None:
        self.index = index
        self.label = ToneLabel(wrap=False, parent=parent)
        self.fields = {field: QLineEdit(parent) for field in Field}
        self.fault = Marked(parent)
        self.fault.hide()
        line = 1 + 2 * index
        grid.addWidget(self.label, line, 0)
        for column, (field, edit) in enumerate(self.fields.items(), start=1):
            edit.setObjectName(f"goal.{index + 1}.{field.value}")
            edit.setMaxLength(16)
            edit.setFixedWidth(FIELD_WIDTH)
            grid.addWidget(edit, line, column)
        grid.addWidget(self.fault, line + 1, 1, 1, 4)

    @property
    def text(self) -> GoalText:
        """What is typed."""
        target, percent, reference = (self.fields[field].text() for field in Field)
        return GoalText(target, percent, reference)

    def show_text(self, text: GoalText) -> None:
        """Put other text into the fields."""
        for field, edit in self.fields.items():
            if edit.text().strip() != text.of(field):
                edit.setText(text.of(field))

    def show_faults(self, faults: tuple[Fault, ...], year: int) -> None:
        """Say what is wrong, and mark the fields."""
        words = [fault_text(fault, year) for fault in faults]
        # While someone is still typing in it, an unfinished goal is a hint; it is a fault once they have gone on.
        hint = all(self._is_being_typed(fault) for fault in faults)
        icon, tone = ("info", Tone.MUTED) if hint else ("error", Tone.BAD)
        self.fault.show_state(icon, tone, "\n".join(dict.fromkeys(words)))
        for field, edit in self.fields.items():
            own = [word for fault, word in zip(faults, words, strict=True) if fault.field is field]
            edit.setAccessibleDescription(" ".join(own))
            edit.setToolTip("\n".join(own))
            set_property(edit, "fault", bool(own) and not hint)

    def _is_being_typed(self, fault: Fault) -> bool:
        if fault.code is GoalFault.HALF_FILLED:
            return any(edit.hasFocus() for edit in self.fields.values())
        return self.fields[fault.field].hasFocus()

    def retranslate(self, number: str) -> None:
        """The names; what is typed stays."""
        self.label.setText(number)
        for field, edit in self.fields.items():
            edit.setAccessibleName(f"{number}: {field_label(field)}")


class GoalsEditor(Card):
    """Signal: ``save_requested(tuple of Goal)``."""

    save_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("goalsEditor")
        self._year: int | None = None
        self._person = ""
        self._drafts: dict[int, Draft] = {}
        self._server: tuple[Goal, ...] | None = None
        self._seen: tuple[Goal, ...] | None = None
        self._permit = Permit()
        self._may_type = False
        self._problem = ""
        self._showing = False
        self.title = ToneLabel(bold=True, scale=1.08)
        self.unsaved = Badge(Tone.WARN)
        self.hint = ToneLabel(Tone.MUTED)
        self.news = Marked()
        self.failure = Marked()
        self.reason = ToneLabel(Tone.MUTED)
        self.save_button = primary(QPushButton())
        self.save_button.setObjectName("saveGoalsButton")
        self.save_button.clicked.connect(self._save)
        self.revert_button = QPushButton()
        self.revert_button.setObjectName("revertGoalsButton")
        self.revert_button.clicked.connect(self._revert)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(4, 1)
        self._heads = {field: ToneLabel(Tone.MUTED, wrap=False) for field in Field}
        for column, label in enumerate(self._heads.values(), start=1):
            self._grid.addWidget(label, 0, column)
        self.rows: list[GoalRow] = []
        self._need_rows(ROWS)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.unsaved)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.revert_button)
        buttons.addWidget(self.reason, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addLayout(self._grid)
        column.addWidget(self.news)
        column.addWidget(self.failure)
        column.addLayout(buttons)

    def _need_rows(self, count: int) -> None:
        # The server replaces the whole list: a fourth goal it may hold must be shown, or saving would delete it.
        while len(self.rows) < count:
            row = GoalRow(len(self.rows), self._grid, self)
            for edit in row.fields.values():
                edit.textEdited.connect(self._edited)
                edit.editingFinished.connect(self._edited)
                edit.returnPressed.connect(self._save)
            row.retranslate(self._number(row.index))
            self.rows.append(row)
            self._heads[Field.TARGET].setBuddy(self.rows[0].fields[Field.TARGET])
            self._heads[Field.PERCENT].setBuddy(self.rows[0].fields[Field.PERCENT])
            self._heads[Field.REFERENCE].setBuddy(self.rows[0].fields[Field.REFERENCE])

    @staticmethod
    def _number(index: int) -> str:
        return translate("desktop.panels", "Goal {number}").format(number=index + 1)

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not what the server has."""
        return self._server is not None and self._typed() != self._server

    def _typed(self) -> tuple[Goal, ...] | None:
        """The goals as typed, empty rows left out; None when a field is no number."""
        try:
            return tuple(goal_of(row.text) for row in self.rows if not row.text.is_empty)
        except ValueError:
            return None

    def show_state(self, state: AppState, year: int) -> None:
        """Show the goals of ``year``; text that was typed and not saved stays."""
        person = state.user.email if state.user is not None else ""
        if person and self._person and person != self._person:  # nothing typed by one person is saved by another
            self._drafts.clear()
            self._year = None
        self._person = person or self._person
        config = state.scope(year).config
        server = tuple(config.config.reduction_objectives.goals) if config is not None else None
        if year != self._year:
            self._keep_draft()
            self._year = year
            self._begin(server)
        elif server != self._server:
            self._take(server)
        self._permit = may_save_goals(state, year)
        self._may_type = may_use_panels(state, year).allowed  # also while a save is under way
        failed = state.scope(year).failed_wish
        told = tell_problem(failed[1]) if failed is not None and failed[0] is Wish.SAVE_GOALS else None
        self._problem = f"{told.title}. {told.sentences}" if told is not None else ""
        self._show_all()

    def _keep_draft(self) -> None:
        if self._year is None:
            return
        if self.is_dirty and self._server is not None:
            overtaken = self._draft_overtaken()
            texts = tuple(row.text for row in self.rows)
            self._drafts[self._year] = Draft(texts, self._server, self._begun_from(self._server), overtaken)
        else:
            self._drafts.pop(self._year, None)

    def _begun_from(self, server: tuple[Goal, ...]) -> tuple[Goal, ...]:
        return server if self._seen is None else self._seen

    def seen(self, year: int) -> tuple[Goal, ...] | None:
        """The goals the operator began from; None when that year is not shown."""
        return self._seen if year == self._year else None

    def give_up(self, year: int) -> None:
        """What the server has counts: the text typed for ``year`` goes."""
        self._drafts.pop(year, None)
        if year == self._year:
            self._revert()

    def _draft_overtaken(self) -> bool:
        draft = self._drafts.get(self._year) if self._year is not None else None
        return draft is not None and draft.overtaken

    def _begin(self, server: tuple[Goal, ...] | None) -> None:
        """A year is shown again, or for the first time."""
        draft = self._drafts.get(self._year) if self._year is not None else None
        self._server = server
        self._seen = server if draft is None else draft.seen
        if draft is None:
            self._fill(tuple(text_of(goal) for goal in server or ()))
            return
        self._fill(draft.texts)
        if server is not None and server != draft.base and self._year is not None:
            self._drafts[self._year] = Draft(draft.texts, server, draft.seen, overtaken=True)

    def _take(self, server: tuple[Goal, ...] | None) -> None:
        """The server's goals of the year shown are others now."""
        was_dirty = self.is_dirty
        self._server = server
        assert self._year is not None
        if was_dirty and server is not None and self._typed() != server:
            texts = tuple(row.text for row in self.rows)
            self._drafts[self._year] = Draft(texts, server, self._begun_from(server), overtaken=True)
            return
        self._seen = server
        if server is not None:
            self._drafts.pop(self._year, None)
            if self._typed() != server:
                self._fill(tuple(text_of(goal) for goal in server))

    def _fill(self, texts: tuple[GoalText, ...]) -> None:
        self._need_rows(len(texts))
        for row in self.rows:
            row.show_text(texts[row.index] if row.index < len(texts) else GoalText())

    def _edited(self) -> None:
        self._show_all()

    def _faults(self) -> tuple[tuple[Fault, ...], ...]:
        assert self._year is not None
        return tuple(faults_of(row.text, self._year) for row in self.rows)

    def _show_all(self) -> None:
        if self._year is None:
            return
        faults = self._faults()
        for row, found in zip(self.rows, faults, strict=True):
            row.show_faults(found, self._year)
            for edit in row.fields.values():
                edit.setEnabled(self._may_type)
        dirty, wrong = self.is_dirty, any(faults)
        refused = why_not(self._permit, self._year)
        if refused:
            reason = refused
        elif wrong:
            reason = translate("desktop.panels", "Correct the goal that is marked, then save.")
        elif not dirty:
            reason = translate("desktop.panels", "Everything is saved.") if self._server else ""
        else:
            reason = ""
        may_save = not refused and not wrong and dirty
        self.save_button.setEnabled(may_save)
        self.save_button.setToolTip("" if may_save else reason)
        self.save_button.setAccessibleDescription("" if may_save else reason)
        self.reason.setText("" if refused else reason)  # the head of the panels says the rest
        self.revert_button.setEnabled(dirty and self._permit.allowed)
        self.unsaved.show_word(translate("desktop.panels", "Not saved yet") if dirty else "", Tone.WARN)
        overtaken = dirty and self._draft_overtaken()
        self.news.show_state(
            "warning",
            Tone.WARN,
            translate(
                "desktop.panels",
                "The goals on the server changed while you were typing. Your text is kept: "
                "“Save goals” shows you both before anything is replaced, “Revert” takes the new ones.",
            )
            if overtaken
            else "",
        )
        self.failure.show_state("error", Tone.BAD, self._problem if dirty else "")

    def _save(self) -> None:
        goals = self._typed()
        if self.save_button.isEnabled() and goals is not None:
            self.save_requested.emit(goals)

    def _revert(self) -> None:
        if self._year is not None and self._server is not None:
            self._drafts.pop(self._year, None)
            self._seen = self._server
            self._fill(tuple(text_of(goal) for goal in self._server))
            self._show_all()
            self.rows[0].fields[Field.TARGET].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_target(self) -> QWidget | None:
        """The first empty field, or the first at all; None while nothing can be typed."""
        edits = [row.fields[Field.TARGET] for row in self.rows]
        free = next((edit for edit in edits if not edit.text()), edits[0])
        return free if free.isEnabled() else None

    def retranslate(self) -> None:
        """All texts again; what is typed stays as it was typed."""
        self.title.setText(translate("desktop.panels", "Reduction goals"))
        self.hint.setText(
            translate(
                "desktop.panels",
                "At least one goal is needed: by which year, by how many percent, compared with which year.",
            )
        )
        for field, label in self._heads.items():
            label.setText(field_label(field))
        self.save_button.setText(translate("desktop.panels", "Save goals"))
        self.revert_button.setText(translate("desktop.panels", "Revert"))
        for row in self.rows:
            row.retranslate(self._number(row.index))
        self._show_all()
