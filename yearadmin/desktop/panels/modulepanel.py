"""The panel of one module: its header, its common files, one card per submodule.

Shows the state it is given; computes nothing of it and emits wishes only.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from yearadmin.catalogue.modules import ModuleSpec, Slot
from yearadmin.desktop.icons import MEDIUM
from yearadmin.desktop.panels.facts import (
    module_config,
    needs_recalculation,
    panel_key,
    panel_mark,
    panel_name,
    slot_facts,
)
from yearadmin.desktop.panels.marks import MODULE
from yearadmin.desktop.panels.parts import Badge, ElidedLabel, Mark, Marked, ToneLabel
from yearadmin.desktop.panels.slot import UploadSlot
from yearadmin.desktop.panels.submodule import SettingsCard, SlotCard
from yearadmin.desktop.theme import Tone
from yearadmin.state.permits import Permit, may_use_panels
from yearadmin.state.readiness import readiness
from yearadmin.state.slots import ModuleState
from yearadmin.words.connection import panel_age
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from yearadmin.state.model import AppState


def uncertainty_text(tag: str | None) -> str:
    """A module's uncertainty as the web page names it; a tag we do not know is shown as it is."""
    match tag:
        case None:
            return ""
        case "none":
            word = translate("desktop.panels", "None", "uncertainty")
        case "low":
            word = translate("desktop.panels", "Low", "uncertainty")
        case "medium":
            word = translate("desktop.panels", "Medium", "uncertainty")
        case "high":
            word = translate("desktop.panels", "High", "uncertainty")
        case _:
            word = tag
    return translate("desktop.panels", "Uncertainty: {level}").format(level=word)


class PanelHeader(QWidget):
    """Icon, name, state in words, badges, and settings of the whole module."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = Mark(icon_name, Tone.ACCENT, MEDIUM + 6)
        self.name = ToneLabel(wrap=False, bold=True, scale=1.35)
        self.state = Marked(wrap=False)
        self.badge = Badge()
        self.stale = Badge(Tone.WARN)
        self.settings = ElidedLabel(Tone.MUTED)
        self.settings.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 10)
        row.setSpacing(10)
        row.addWidget(self.icon)
        row.addWidget(self.name)
        row.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.badge)
        row.addWidget(self.stale)
        row.addWidget(self.settings, 1)


class Panel(QWidget):
    """What all panels share: a header that stays, and a body that scrolls."""

    upload_requested = Signal(object, object)
    upload_cancel_requested = Signal(str)
    interrupt_requested = Signal(str)

    def __init__(self, panel: int | None, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = panel
        self.setObjectName(f"modulePanel.{panel_key(panel)}")
        self.header = PanelHeader(icon_name)
        self.shown: AppState | None = None
        self.slots: tuple[UploadSlot, ...] = ()
        self.age = ToneLabel(Tone.MUTED)
        self.age.setObjectName(f"panelAge.{panel_key(panel)}")
        self.age.setContentsMargins(18, 0, 16, 6)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(16, 4, 16, 20)
        self.column.setSpacing(12)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each control scrolls itself into view
        self.area.setWidget(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.age)
        column.addWidget(self.area, 1)

    def connect_slots(self, slots: tuple[UploadSlot, ...]) -> None:
        """Hand the wishes of the slots on."""
        self.slots = slots
        for slot in slots:
            slot.upload_requested.connect(self.upload_requested)
            slot.upload_cancel_requested.connect(self.upload_cancel_requested)
            slot.interrupt_requested.connect(self.interrupt_requested)

    def find_slot(self, slot: Slot) -> UploadSlot | None:
        """The widget of a slot of this panel."""
        return next((widget for widget in self.slots if widget.slot == slot), None)

    def show_state(self, state: AppState) -> None:
        """Show the selected year of this state."""
        if state is self.shown or state.selected is None:
            return
        self.shown = state
        self._show_header(state, state.selected)
        for slot in self.slots:
            slot.show_facts(slot_facts(state, state.selected, slot.slot))
        self.show_body(state, state.selected, may_use_panels(state, state.selected))

    def show_body(self, state: AppState, year: int, permit: Permit) -> None:
        """Show what this kind of panel has besides its slots."""

    def _show_header(self, state: AppState, year: int) -> None:
        mark = panel_mark(state, year, self.panel, readiness(state, year))
        look = MODULE[mark.state]
        header = self.header
        header.name.setText(panel_name(self.panel))
        disabled = mark.state is ModuleState.DISABLED
        header.state.show_state(look.icon, look.tone, "" if disabled else mark.text)
        header.badge.show_word(translate("desktop.panels", "Disabled") if disabled else "", Tone.MUTED)
        stale = needs_recalculation(state, year, self.panel)
        header.stale.show_word(translate("desktop.panels", "Needs recalculation") if stale else "", Tone.WARN)
        header.setAccessibleName(f"{header.name.text()}: {mark.text}")
        age = panel_age(state, year, datetime.now(UTC))
        self.age.show_text(age)
        header.setAccessibleDescription(age)

    def retranslate(self) -> None:
        """All texts again; what is typed, unfolded or scrolled to stays."""
        for slot in self.slots:
            slot.retranslate()
        if self.shown is not None and self.shown.selected is not None:
            self._show_header(self.shown, self.shown.selected)
            self.show_body(self.shown, self.shown.selected, may_use_panels(self.shown, self.shown.selected))


class ModulePanel(Panel):
    """The panel of one module."""

    def __init__(self, spec: ModuleSpec, parent: QWidget | None = None) -> None:
        super().__init__(int(spec.id), spec.icon, parent)
        self._spec = spec
        columns = max([len(spec.common_kinds), *(len(sub.kinds) for sub in spec.submodules), 2])
        self._common = SlotCard(spec, None, columns) if spec.common_kinds else None
        self._cards = tuple((sub, SlotCard(spec, sub, columns)) for sub in spec.submodules if sub.kinds)
        bare = tuple(sub for sub in spec.submodules if not sub.kinds)
        self._bare_specs = bare
        self._bare = SettingsCard(bare) if bare else None
        cards = [card for card in (self._common, *(card for _, card in self._cards)) if card is not None]
        for card in cards:
            self.column.addWidget(card)
        if self._bare is not None:
            self.column.addWidget(self._bare)
        self.column.addStretch(1)
        self.connect_slots(tuple(slot for card in cards for slot in card.slots))

    def show_body(self, state: AppState, year: int, permit: Permit) -> None:
        """Show the settings."""
        config = module_config(state, year, self._spec)
        module_on = config is None or config.enabled
        self.header.settings.show_text(uncertainty_text(config.uncertainty_tag) if config is not None else "")
        subs = config.submodules if config is not None else {}
        for spec, card in self._cards:
            sub = subs.get(str(int(spec.id)))
            card.show_config(sub, is_on=module_on and (sub is None or sub.enabled))
        if self._common is not None:
            self._common.show_config(None, is_on=module_on)
        if self._bare is not None:
            configs = (subs.get(str(int(spec.id))) for spec in self._bare_specs)
            self._bare.show_configs(configs, module_on=module_on)
