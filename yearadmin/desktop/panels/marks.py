"""Which icon and tone go with each state; the words for it come from ``words``.

Decides nothing: a state no one foresaw has the mark of what is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from yearadmin.desktop.theme import Tone
from yearadmin.state.slots import ModuleState, SlotState


@dataclass(frozen=True, slots=True)
class Look:
    """An icon's name (empty: none) and the tone of it and of the words beside it."""

    icon: str
    tone: Tone


NOTHING = Look("", Tone.MUTED)

SLOT: dict[SlotState, Look] = {
    SlotState.MISSING: Look("cross", Tone.BAD),
    SlotState.EMPTY: NOTHING,
    SlotState.SENDING: Look("upload", Tone.RUNNING),
    SlotState.RUNNING: Look("running", Tone.RUNNING),
    SlotState.SUCCEEDED: Look("check", Tone.GOOD),
    SlotState.WARNED: Look("warning", Tone.WARN),
    SlotState.PARTIAL: Look("partial", Tone.WARN),
    SlotState.FAILED: Look("error", Tone.BAD),
    SlotState.REFUSED: Look("error", Tone.BAD),
    SlotState.UNCERTAIN: Look("warning", Tone.WARN),
}

MODULE: dict[ModuleState, Look] = {
    ModuleState.UNKNOWN: NOTHING,
    ModuleState.DISABLED: Look("disabled", Tone.MUTED),
    ModuleState.RUNNING: Look("running", Tone.RUNNING),
    ModuleState.FAILED: Look("error", Tone.BAD),
    ModuleState.INCOMPLETE: Look("cross", Tone.BAD),
    ModuleState.WARNED: Look("warning", Tone.WARN),
    ModuleState.COMPLETE: Look("check", Tone.GOOD),
}
