"""One upload slot: what is there, what is under way, what went wrong, and the buttons to change it.

Shows the view it is given and emits wishes; computes no state, sends nothing and opens no file.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yearadmin.catalogue.modules import Slot, SlotKind, is_mandatory
from yearadmin.desktop.panels.asking import Asking, Question
from yearadmin.desktop.panels.choosing import Unfit, choose_file, dropped_file, remember_folder, unfit_text
from yearadmin.desktop.panels.facts import SlotFacts
from yearadmin.desktop.panels.marks import NOTHING, SLOT
from yearadmin.desktop.panels.parts import Card, ElidedLabel, Marked, StepBar, ToneLabel
from yearadmin.desktop.panels.slotbuttons import FILLED, SlotButtons
from yearadmin.desktop.panels.slotdetails import SlotDetails, has_details
from yearadmin.desktop.panels.slottext import explanation, is_link_broken, replace_question, subline
from yearadmin.desktop.parts import announce
from yearadmin.desktop.theme import Tone, set_tone
from yearadmin.state.slots import SlotState, SlotView
from yearadmin.words.names import slot_path, slot_title
from yearadmin.words.slots import slot_detail, slot_status
from yearadmin.words.translate import translate


class UploadSlot(Card):
    """Signals carry: the slot and the file's path; the key of an upload; the id of a pipeline."""

    upload_requested = Signal(object, object)
    upload_cancel_requested = Signal(str)
    interrupt_requested = Signal(str)

    def __init__(self, slot: Slot, parent: QWidget | None = None) -> None:
        super().__init__(parent, sunk=True)
        self.slot = slot
        self.setObjectName(f"uploadSlot.{slot.name}")
        self._facts: SlotFacts | None = None
        self._unfit: Unfit | None = None
        self._details: SlotDetails | None = None
        self._details_place: QVBoxLayout | None = None
        self.title = ToneLabel(bold=True)
        self.mandatory = ToneLabel(Tone.MUTED, wrap=False, scale=0.9)
        self.status = Marked()
        self.explanation = ToneLabel(Tone.TEXT, scale=0.95)
        self.bar = StepBar()
        self.file_name = ElidedLabel()
        self.when = ToneLabel(Tone.MUTED, scale=0.95)
        self.note = Marked()
        self.complaint = Marked()
        self.buttons = SlotButtons(slot)
        self.asking = Asking()
        self.asking.asking_changed.connect(lambda asking: self.buttons.setVisible(not asking))
        self.buttons.upload_asked.connect(self.choose)
        self.buttons.cancel_asked.connect(self._cancel)
        self.buttons.interrupt_asked.connect(self._ask_to_interrupt)
        self.buttons.details_toggled.connect(self._unfold)
        self._lay_out()

    def put_details_into(self, place: QVBoxLayout) -> None:
        """The details need more width than a slot has: they go below all slots of the card."""
        self._details_place = place

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.mandatory, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(5)
        self._column.addLayout(head)
        for widget in (
            self.status,
            self.explanation,
            self.bar,
            self.file_name,
            self.when,
            self.note,
            self.complaint,
        ):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._column.addWidget(self.asking)
        self._column.addWidget(self.buttons)

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def view(self) -> SlotView | None:
        """What is shown now."""
        return self._facts.view if self._facts is not None else None

    def show_facts(self, facts: SlotFacts) -> None:
        """Show these facts; whatever differs is painted again, and nothing else."""
        old, self._facts = self._facts, facts
        if old == facts:
            return
        if old is not None and old.year != facts.year:
            self._unfit = None
            self.asking.withdraw()
            self.buttons.details.setChecked(False)
        if not self._may_still_ask(old, facts):
            self.asking.withdraw()
        self._show_all()

    def _may_still_ask(self, old: SlotFacts | None, new: SlotFacts) -> bool:
        """A question about a state that is over is withdrawn: it must not be answered for another one."""
        if old is None or old.view is None or new.view is None:
            return False
        same = old.view.state is new.view.state and old.view.pipeline_id == new.view.pipeline_id
        return same and new.may_use.allowed

    def retranslate(self) -> None:
        """All texts again; nothing typed, unfolded or asked is lost."""
        self.asking.retranslate()
        if self._details is not None:
            self._details.retranslate()
        if self._facts is not None:
            self._show_all()

    def _show_all(self) -> None:
        facts = self._facts
        assert facts is not None
        self._show_head()
        self._show_state(facts)
        self._show_progress(facts.view)
        self.setAcceptDrops(facts.may_upload.allowed)
        self.buttons.show_facts(facts)
        self._show_details(facts)
        self._describe()

    def _show_head(self) -> None:
        self.title.setText(slot_title(self.slot))
        self.mandatory.show_text(translate("desktop.panels", "Mandatory") if is_mandatory(self.slot) else "")
        shared = self.slot.kind is SlotKind.REFERENCE
        self.note.show_state(
            "info" if shared else "", Tone.MUTED, translate("desktop.panels", "Shared by all years") if shared else ""
        )
        self.note.setToolTip(
            translate("desktop.panels", "Reference data are not kept per year: a new file takes effect in every year.")
            if shared
            else ""
        )
        self.complaint.show_state("warning", Tone.WARN, unfit_text(self._unfit) if self._unfit else "")

    def _show_state(self, facts: SlotFacts) -> None:
        view = facts.view
        if view is None:
            self.status.show_state("", Tone.MUTED, translate("desktop.panels", "Not known yet"))
            for label in (self.explanation, self.file_name, self.when):
                label.show_text("")
            self.set_edge(None)
            return
        look = SLOT.get(view.state, NOTHING)
        tone = look.tone if view.enabled or view.is_running else Tone.MUTED
        if is_link_broken(view):
            self.status.show_state("offline", Tone.WARN, slot_status(view))
        else:
            self.status.show_state(look.icon, tone, slot_status(view))
        self.status.setToolTip(slot_detail(view))
        words = explanation(view)
        hint = view.state is SlotState.MISSING and facts.may_upload.allowed
        set_tone(self.explanation, Tone.MUTED if hint else Tone.TEXT)
        self.explanation.show_text(
            translate("desktop.panels", "Drop a CSV file here or choose one.") if hint else words
        )
        self.file_name.show_text(view.file_name)
        self.when.show_text(subline(view))
        if not self.acceptDrops() or not self.property("dragged"):
            self.set_edge(Tone.BAD if look.tone is Tone.BAD and view.state is not SlotState.MISSING else None)

    def _show_progress(self, view: SlotView | None) -> None:
        if view is not None and view.state is SlotState.SENDING and view.upload is not None:
            upload = view.upload
            self.bar.show_shares((upload.sent / upload.size if upload.size else 0.0,))
        elif view is not None and view.state is SlotState.RUNNING and view.step.number is not None:
            self.bar.show_step(view.step.number)
        else:
            self.bar.show_shares(())

    def _show_details(self, facts: SlotFacts) -> None:
        if self._details is None:
            return
        unfolded = facts.view is not None and self.buttons.details.isChecked() and has_details(facts.view)
        if facts.view is not None and unfolded:
            self._details.show_view(facts.view)
        self._details.setEnabled(not facts.is_veiled)
        self._details.setVisible(unfolded)

    def _describe(self) -> None:
        self.setAccessibleName(slot_path(self.slot))
        parts = (
            self.mandatory.text(),
            self.status.label.text(),
            self.explanation.text(),
            self.file_name.whole,
            self.when.text(),
            self.note.label.text(),
        )
        self.setAccessibleDescription(". ".join(part.rstrip(".") for part in parts if part))

    def _unfold(self, unfolded: bool) -> None:
        if unfolded and self._details is None:
            self._details = SlotDetails()
            (self._details_place or self._column).addWidget(self._details)
        if self._facts is not None:
            self.buttons.show_facts(self._facts)
            self._show_details(self._facts)

    # -- what is wished ------------------------------------------------------------------------------------------

    def focus_target(self) -> QWidget | None:
        """The control that takes the focus when someone is led here, or None while nothing can be operated."""
        return self.asking.no if self.asking.question is not None else self.buttons.focus_target()

    def choose(self) -> None:
        """Open the file dialog; returns at once."""
        facts = self._facts
        if facts is None:
            return
        self._complain(None)
        title = translate("desktop.panels", "Choose a CSV file for {year}: {slot}").format(
            year=facts.year, slot=slot_path(self.slot)
        )
        choose_file(self, title, lambda path: self._chosen(path, facts.year))

    def _chosen(self, path: Path, year: int) -> None:
        """A dialog may stay open over a change of year: its file was not meant for the other one."""
        if self._facts is not None and self._facts.year == year:
            self.offer(path)
        else:
            self._complain(Unfit.OTHER_YEAR)

    def offer(self, path: Path) -> None:
        """A file was chosen or dropped: send it, or ask first when it takes the place of another."""
        facts = self._facts
        if facts is None or not facts.may_upload.allowed:
            self._complain(Unfit.NOT_NOW)  # the state changed while the dialog was open
            return
        self._complain(None)
        if facts.view is not None and facts.view.state in FILLED:
            view = facts.view
            self.asking.ask(
                Question(
                    text=lambda: replace_question(view, path.name),
                    yes=lambda: translate("desktop.panels", "Replace"),
                    no=lambda: translate("desktop.panels", "Keep"),
                    act=lambda: self.upload_requested.emit(self.slot, path),
                ),
                self.buttons.upload,
            )
            return
        self.upload_requested.emit(self.slot, path)

    def _cancel(self) -> None:
        if self.view is not None and self.view.upload is not None:
            self.upload_cancel_requested.emit(self.view.upload.key)

    def _ask_to_interrupt(self) -> None:
        pipeline = self.view.pipeline_id if self.view is not None else None
        if pipeline is None:
            return
        self.asking.ask(
            Question(
                text=lambda: translate(
                    "desktop.panels",
                    "Interrupt this work? No file counts as uploaded here afterwards, not even the earlier one: "
                    "upload one again.",
                ),
                yes=lambda: translate("desktop.panels", "Interrupt"),
                no=lambda: translate("desktop.panels", "Let it run"),
                act=lambda: self.interrupt_requested.emit(pipeline),
            ),
            self.buttons.interrupt,
        )

    # -- dropping ------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that something can be dropped here."""
        self._complain(None)
        self._drag(True)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Still over it; a copy, so that the file manager never thinks its file was moved."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Gone again."""
        self._drag(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """One file is passed on; anything else is answered in place."""
        self._drag(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take(event.mimeData())

    def take(self, data: QMimeData) -> None:
        """What was dropped."""
        found = dropped_file(data)
        if isinstance(found, Unfit):
            self._complain(found)
            return
        remember_folder(found)
        self.offer(found)

    def _drag(self, dragged: bool) -> None:
        self.setProperty("dragged", dragged)
        self.set_edge(Tone.ACCENT if dragged else None)
        if not dragged and self._facts is not None:
            self._show_state(self._facts)

    def _complain(self, unfit: Unfit | None) -> None:
        self._unfit = unfit
        self.complaint.show_state("warning", Tone.WARN, unfit_text(unfit) if unfit else "")
        if unfit:
            announce(self, unfit_text(unfit), urgent=True)
