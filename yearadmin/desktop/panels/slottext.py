"""The sentences a slot adds to what ``words`` says of its state: the explanation, the date, what replaces what.

Decides nothing; an empty text means that there is nothing to say.
"""

from __future__ import annotations

from yearadmin.catalogue.modules import SlotKind
from yearadmin.contract.links import LinkPhase
from yearadmin.state.slots import FAILURES, SlotState, SlotView
from yearadmin.words.format import date_time
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate

MAX_WORDS = 240  # characters of the server's text on the slot itself; the details hold it whole


def explanation(view: SlotView) -> str:
    """What goes on or went wrong, under the state itself: the problem in our words, else the server's."""
    if view.state in FAILURES and view.problem is not None:
        told = tell_problem(view.problem)
        return f"{told.title}. {told.sentences}" if told.sentences else told.title
    if view.state in (SlotState.RUNNING, SlotState.FAILED, SlotState.PARTIAL):
        return view.words if len(view.words) <= MAX_WORDS else view.words[: MAX_WORDS - 1].rstrip() + "…"
    return ""


def subline(view: SlotView) -> str:
    """When the file arrived, on this computer's clock."""
    if view.when is None or view.is_running:
        return ""
    return date_time(view.when)


def is_link_broken(view: SlotView) -> bool:
    """Whether progress no longer arrives; the status says so in words."""
    broken = (LinkPhase.RECONNECTING, LinkPhase.LOST)
    return view.state is SlotState.RUNNING and view.link is not None and view.link.phase in broken


def replace_question(view: SlotView, name: str) -> str:
    """Whether to overwrite what is there, and what that means."""
    rows = view.rows
    if rows is not None:
        text = translate("desktop.panels", "Replace the %n row(s) that are here with “{name}”?", "", rows)
    else:
        text = translate("desktop.panels", "Replace what is here with “{name}”?")
    text = text.replace("{name}", name)  # a file name may hold braces
    if view.slot.kind is SlotKind.REFERENCE:
        text += " " + translate("desktop.panels", "This changes the references of every year.")
    return text
