"""The card of one submodule with its slots, and the compact list of submodules that take no file.

Shows settings read-only: they are edited elsewhere, but never hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from yearadmin.catalogue.modules import ModuleSpec, Slot, SubmoduleSpec
from yearadmin.desktop.panels.parts import Badge, Card, ElidedLabel, EvenGrid, Marked, ToneLabel
from yearadmin.desktop.panels.slot import UploadSlot
from yearadmin.desktop.theme import Tone
from yearadmin.words.format import kilograms, tonnes
from yearadmin.words.names import common_name, submodule_name
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from yearadmin.contract.years import SubmoduleConfig

SLOT_WIDTH = 204  # logical pixels a slot needs at least


def threshold_text(config: SubmoduleConfig | None) -> str:
    """The threshold in kg CO₂-eq, as it is kept and compared, and in t beside it."""
    if config is None or config.threshold is None:
        return translate("desktop.panels", "No threshold")
    return translate("desktop.panels", "Threshold {kilograms} ({tonnes})").format(
        kilograms=kilograms(config.threshold), tonnes=tonnes(config.threshold)
    )


def settings_text(spec: SubmoduleSpec, config: SubmoduleConfig | None) -> str:
    """The settings of a submodule on one line; empty when it has none."""
    if not spec.has_settings:
        return ""
    parts = [threshold_text(config)] if spec.has_threshold else []
    if spec.inputs_locked or (config is not None and config.inputs_deactivated):
        parts.append(translate("desktop.panels", "Input form off"))
    return " · ".join(parts)


class SlotCard(Card):
    """Slots side by side under a title: a submodule, or a module's common files (``spec`` None)."""

    def __init__(
        self, module: ModuleSpec, spec: SubmoduleSpec | None, columns: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._spec = spec
        self._config: SubmoduleConfig | None = None
        self._is_on = True
        self.title = ToneLabel(wrap=False, bold=True, scale=1.08)
        self.badge = Badge()
        self.settings = ElidedLabel(Tone.MUTED)
        self.settings.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        kinds = module.common_kinds if spec is None else spec.kinds
        number = None if spec is None else int(spec.id)
        self.slots = tuple(UploadSlot(Slot(int(module.id), number, kind)) for kind in kinds)
        self._grid = EvenGrid(columns, SLOT_WIDTH)
        for slot in self.slots:
            self._grid.add(slot)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.settings, 1)
        head.addWidget(self.badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._grid)
        for slot in self.slots:
            slot.put_details_into(column)

    def show_config(self, config: SubmoduleConfig | None, *, is_on: bool) -> None:
        """Show the settings; ``is_on`` false when the submodule or its module is disabled."""
        self._config, self._is_on = config, is_on
        self.retranslate()

    def retranslate(self) -> None:
        """Title and settings again; the slots are told by the panel."""
        self.title.setText(common_name() if self._spec is None else submodule_name(int(self._spec.id)))
        self.settings.show_text("" if self._spec is None else settings_text(self._spec, self._config))
        self.badge.show_word("" if self._is_on else translate("desktop.panels", "Disabled"), Tone.MUTED)


class SettingsCard(Card):
    """The submodules that take no file of their own: one line each."""

    def __init__(self, specs: tuple[SubmoduleSpec, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs = specs
        self._configs: tuple[SubmoduleConfig | None, ...] = (None,) * len(specs)
        self._module_on = True
        self.title = ToneLabel(bold=True, scale=1.08)
        self.hint = ToneLabel(Tone.MUTED)
        self.lines = tuple((ToneLabel(), Marked(wrap=False), ToneLabel(Tone.MUTED, wrap=False)) for _ in specs)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        for row, (name, state, settings) in enumerate(self.lines):
            grid.addWidget(name, row, 0)
            grid.addWidget(state, row, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(settings, row, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addLayout(grid)

    def show_configs(self, configs: Iterator[SubmoduleConfig | None], *, module_on: bool) -> None:
        """Show each submodule's settings, in the order of the catalogue."""
        self._configs, self._module_on = tuple(configs), module_on
        self.retranslate()

    def retranslate(self) -> None:
        """All lines in the present language."""
        self.title.setText(translate("desktop.panels", "Submodules without files of their own"))
        self.hint.setText(translate("desktop.panels", "They use the common files above."))
        for spec, config, (name, state, settings) in zip(self._specs, self._configs, self.lines, strict=True):
            name.setText(submodule_name(int(spec.id)))
            if self._module_on and (config is None or config.enabled):
                state.show_state("check", Tone.GOOD, translate("desktop.panels", "Enabled"))
            else:
                state.show_state("disabled", Tone.MUTED, translate("desktop.panels", "Disabled"))
            settings.setText(settings_text(spec, config))
