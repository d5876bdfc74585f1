"""What is missing before a year can be opened, in words: the checklist, its headline, and each module's state.

Never computes what is missing: it tells the items it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from yearadmin.state.readiness import ItemCode, ReadinessItem, Severity
from yearadmin.state.slots import ModuleState
from yearadmin.words.names import module_name, reduction_name, slot_place, slot_short_path, slot_title
from yearadmin.words.translate import translate

_ITEMS: Mapping[ItemCode, Callable[[], str]] = {
    ItemCode.MISSING_FACTOR: lambda: translate("words.readiness", "{place}: factors missing"),
    ItemCode.MISSING_REFERENCE: lambda: translate("words.readiness", "{place}: references missing"),
    ItemCode.MISSING_COMMON_FACTOR: lambda: translate("words.readiness", "{place}: common factors missing"),
    ItemCode.MODULE_INCOMPLETE: lambda: translate(
        "words.readiness", "{place}: incomplete, the server does not say why"
    ),
    ItemCode.MISSING_REDUCTION_FILE: lambda: translate("words.readiness", "{title}: file missing"),
    ItemCode.NO_GOAL: lambda: translate("words.readiness", "No reduction goal yet"),
    ItemCode.RUNNING: lambda: translate("words.readiness", "{path}: in progress"),
    ItemCode.UPLOAD_FAILED: lambda: translate("words.readiness", "{path}: last upload failed"),
    ItemCode.UPLOAD_WARNED: lambda: translate("words.readiness", "{path}: some rows left out"),
    ItemCode.UPLOAD_PARTIAL: lambda: translate("words.readiness", "{path}: imported, but emissions not up to date"),
    ItemCode.NEEDS_RECALCULATION: lambda: translate("words.readiness", "{path}: emissions need recalculation"),
}

_MODULES: Mapping[ModuleState, Callable[[], str]] = {
    ModuleState.UNKNOWN: lambda: translate("words.readiness", "Not known yet", "state of a module"),
    ModuleState.DISABLED: lambda: translate("words.readiness", "Disabled", "state of a module"),
    ModuleState.RUNNING: lambda: translate("words.readiness", "In progress", "state of a module"),
    ModuleState.FAILED: lambda: translate("words.readiness", "Failed", "state of a module"),
    ModuleState.INCOMPLETE: lambda: translate("words.readiness", "Incomplete", "state of a module"),
    ModuleState.WARNED: lambda: translate("words.readiness", "With warnings", "state of a module"),
    ModuleState.COMPLETE: lambda: translate("words.readiness", "Complete", "state of a module"),
}


def item_text(item: ReadinessItem) -> str:
    """One line of the checklist: where, and what."""
    text = _ITEMS[item.code]()
    if item.slot is not None:
        place, path, title = slot_place(item.slot), slot_short_path(item.slot), slot_title(item.slot)
    else:
        place = path = title = reduction_name() if item.module is None else module_name(item.module)
    return text.format(place=place, path=path, title=title)


def severity_text(severity: Severity) -> str:
    """The word beside an item's sign."""
    if severity is Severity.BLOCKER:
        return translate("words.readiness", "Missing", "sign of a checklist line")
    return translate("words.readiness", "Warning", "sign of a checklist line")


def headline(items: Iterable[ReadinessItem]) -> str:
    """The checklist in a few words. Only for a year whose configuration is known: no items means ready."""
    severities = [item.severity for item in items]
    missing, all_items = severities.count(Severity.BLOCKER), len(severities)
    if missing:
        return translate("words.readiness", "%n thing(s) missing", "", missing)
    if all_items:
        return translate("words.readiness", "Ready to open, %n warning(s)", "", all_items)
    return translate("words.readiness", "Ready to open")


def module_state_text(state: ModuleState) -> str:
    """The word for a module's state."""
    return _MODULES[state]()
