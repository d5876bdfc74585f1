"""One year as it was at a kept time: what was missing, every upload, and what had changed just then.

Uses the rules and words of the panels on the kept answer; shows its date over everything and can change nothing.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from yearadmin.catalogue.modules import all_slots
from yearadmin.desktop.panels.marks import SLOT
from yearadmin.desktop.parts import GAP, Chip, IconText, text_label
from yearadmin.desktop.tables import Column, RowsModel, RowsView
from yearadmin.desktop.theme import Tone, scaled, set_property, set_tone
from yearadmin.state.history import Difference, Moment, as_it_was
from yearadmin.state.readiness import ReadinessItem, Severity, readiness
from yearadmin.state.slots import SlotView, slot_view
from yearadmin.words.format import date_time, number
from yearadmin.words.history import as_it_was_text, fact_text, place_text, value_text
from yearadmin.words.names import slot_path
from yearadmin.words.readiness import headline, item_text, severity_text
from yearadmin.words.slots import slot_detail, slot_status
from yearadmin.words.translate import translate
from yearadmin.words.years import chip_text


def _severity_icon(item: ReadinessItem) -> str:
    return "cross" if item.severity is Severity.BLOCKER else "warning"


def _severity_tone(item: ReadinessItem) -> Tone:
    return Tone.BAD if item.severity is Severity.BLOCKER else Tone.WARN


CHECKLIST: tuple[Column[ReadinessItem], ...] = (
    Column(
        lambda: translate("desktop.history", "Kind"),
        lambda item: severity_text(item.severity),
        130,
        icon=_severity_icon,
        tone=_severity_tone,
    ),
    Column(lambda: translate("desktop.history", "What"), item_text, is_elastic=True),
)
SLOTS: tuple[Column[SlotView], ...] = (
    Column(lambda: translate("desktop.history", "Place"), lambda view: slot_path(view.slot), 220, is_elastic=True),
    Column(
        lambda: translate("desktop.history", "State"),
        slot_status,
        160,
        whole=slot_detail,
        icon=lambda view: SLOT[view.state].icon,
        tone=lambda view: SLOT[view.state].tone,
    ),
    Column(lambda: translate("desktop.history", "File"), lambda view: view.file_name, 150),
    Column(
        lambda: translate("desktop.history", "Rows"),
        lambda view: "" if view.rows is None else number(view.rows),
        80,
        is_number=True,
    ),
    Column(
        lambda: translate("desktop.history", "Uploaded on"),
        lambda view: "" if view.when is None else date_time(view.when),
        150,
    ),
)
CHANGES: tuple[Column[Difference], ...] = (
    Column(lambda: translate("desktop.history", "Where"), lambda item: place_text(item.place), is_elastic=True),
    Column(lambda: translate("desktop.history", "What"), lambda item: fact_text(item.place.fact), 150),
    Column(lambda: translate("desktop.history", "Before"), lambda item: value_text(item.place.fact, item.old), 150),
    Column(lambda: translate("desktop.history", "After"), lambda item: value_text(item.place.fact, item.new), 150),
)


class AsItWas(QFrame):
    """Shows one moment, read-only."""

    def __init__(self, this_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._this_year = this_year
        self._moment: Moment | None = None
        self.band = QFrame()
        self.band.setObjectName("asItWasBand")
        set_property(self.band, "strip", True)
        set_tone(self.band, Tone.WARN)
        self.title = IconText(wrap=True)
        row = QHBoxLayout(self.band)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.title, 1)
        self.headline = scaled(text_label(), 1.1)
        self.chip = Chip()
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.headline, 1)
        top.addWidget(self.chip)
        self.checklist = RowsModel(CHECKLIST, self)
        self.slots = RowsModel(SLOTS, self)
        self.changes = RowsModel(CHANGES, self)
        self.views = (
            RowsView("historyChecklist", CHECKLIST),
            RowsView("historySlots", SLOTS),
            RowsView("historyChanges", CHANGES),
        )
        self.views[0].show_model(self.checklist)
        self.views[1].show_model(self.slots)
        self.views[2].show_model(self.changes)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for view in (self.views[1], self.views[0], self.views[2]):
            self.tabs.addTab(view, "")
        self._note = text_label(tone=Tone.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.band)
        column.addLayout(top)
        column.addWidget(self._note)
        column.addWidget(self.tabs, 1)
        self.show_moment(None)

    def show_moment(self, moment: Moment | None) -> None:
        """Show this moment; None when none is chosen."""
        self._moment = moment
        config = moment.config if moment is not None else None
        known = moment is not None and config is not None
        for part in (self.band, self.headline, self.chip, self.tabs):
            part.setVisible(known)
        self._note.setVisible(not known)
        if moment is None or config is None:
            self._note.setText(
                translate("desktop.history", "Choose a time on the left to see the year as it was then.")
                if moment is None
                else translate("desktop.history", "What was kept of this time can’t be read any more.")
            )
            self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
            return
        state = as_it_was(config, moment.state, self._this_year)
        items = readiness(state, config.year)
        self.title.show_text("clock", as_it_was_text(config.year, moment.state), Tone.WARN)
        self.headline.setText(headline(items))
        icon, tone = ("lock_open", Tone.GOOD) if config.is_started else ("lock", Tone.MUTED)
        self.chip.show_text(icon, chip_text(config.is_started), tone)
        self.checklist.set_rows(items)
        self.slots.set_rows(slot_view(state, config.year, slot) for slot in all_slots())
        self.changes.set_rows(moment.differences or ())
        self._name()

    def _name(self) -> None:
        missing, changed = len(self.checklist.rows), len(self.changes.rows)
        self.tabs.setTabText(0, translate("desktop.history", "Uploads"))
        self.tabs.setTabText(1, translate("desktop.history", "Checklist ({count})").format(count=missing))
        self.tabs.setTabText(2, translate("desktop.history", "What changed then ({count})").format(count=changed))
        self.views[0].setAccessibleName(translate("desktop.history", "Checklist as it was"))
        self.views[1].setAccessibleName(translate("desktop.history", "Uploads as they were"))
        self.views[2].setAccessibleName(translate("desktop.history", "What changed then"))

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        for view in self.views:
            view.retranslate()
        self.show_moment(self._moment)
