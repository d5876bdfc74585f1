"""What an upload slot shows, in a few words and at length.

Never decides the state of a slot; the server's own words are quoted whole and marked as its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from yearadmin.state.model import UploadStage
from yearadmin.state.pipelines import Step
from yearadmin.state.slots import SlotState, SlotView
from yearadmin.words.format import date_time, number, percent, size
from yearadmin.words.names import slot_path
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from yearadmin.contract.links import Link
    from yearadmin.state.model import Upload

MAX_ROW_ERRORS = 20  # told one by one; the rest is counted
DUPLICATE_PERSON = "DUPLICATE_INSTITUTIONAL_ID"  # the one reason the server gives as a code

_STATES: Mapping[SlotState, Callable[[], str]] = {
    SlotState.MISSING: lambda: translate("words.slots", "Missing", "state of an upload slot"),
    SlotState.EMPTY: lambda: translate("words.slots", "No file", "state of an upload slot"),
    SlotState.SENDING: lambda: translate("words.slots", "Sending", "state of an upload slot"),
    SlotState.RUNNING: lambda: translate("words.slots", "In progress", "state of an upload slot"),
    SlotState.SUCCEEDED: lambda: translate("words.slots", "Uploaded", "state of an upload slot"),
    SlotState.WARNED: lambda: translate("words.slots", "Uploaded with warnings", "state of an upload slot"),
    SlotState.PARTIAL: lambda: translate("words.slots", "Imported, not recalculated", "state of an upload slot"),
    SlotState.FAILED: lambda: translate("words.slots", "Failed", "state of an upload slot"),
    SlotState.REFUSED: lambda: translate("words.slots", "Not accepted", "state of an upload slot"),
    SlotState.UNCERTAIN: lambda: translate("words.slots", "Not certain", "state of an upload slot"),
}

_MEANINGS: Mapping[SlotState, Callable[[], str]] = {
    SlotState.MISSING: lambda: translate(
        "words.slots", "The year can’t be opened without this file. Drop a CSV file here or choose one."
    ),
    SlotState.EMPTY: lambda: translate("words.slots", "No file yet; none is required here."),
    SlotState.SENDING: lambda: translate("words.slots", "The file is on its way to the server. It can be cancelled."),
    SlotState.RUNNING: lambda: translate(
        "words.slots", "The server is working on it. You may go on elsewhere meanwhile; it can be interrupted."
    ),
    SlotState.SUCCEEDED: lambda: translate("words.slots", "The file was imported."),
    SlotState.WARNED: lambda: translate(
        "words.slots", "The file was imported, but not all of its rows. Correct those and upload the file again."
    ),
    SlotState.PARTIAL: lambda: translate(
        "words.slots",
        "The rows were imported, but a later step failed, so emissions or totals are not up to date. "
        "Upload the file again.",
    ),
    SlotState.FAILED: lambda: translate(
        "words.slots", "The last upload failed on the server. Correct the file and upload it again."
    ),
    SlotState.REFUSED: lambda: translate("words.slots", "The last file was not taken on; no work began."),
    SlotState.UNCERTAIN: lambda: translate(
        "words.slots",
        "The file was sent, but it is not known whether the work began. This is looked up as soon as possible; "
        "nothing is sent twice by itself.",
    ),
}

_STEPS: Mapping[Step, Callable[[], str]] = {
    Step.WAITING: lambda: translate("words.slots", "Waiting for the server"),
    Step.DATA: lambda: translate("words.slots", "Step 1 of 3 · importing rows"),
    Step.EMISSIONS: lambda: translate("words.slots", "Step 2 of 3 · recalculating emissions"),
    Step.AGGREGATION: lambda: translate("words.slots", "Step 3 of 3 · adding up totals"),
    Step.SYNCING: lambda: translate("words.slots", "Updating units"),
    Step.FINISHING: lambda: translate("words.slots", "Finishing"),
    Step.SUCCEEDED: lambda: translate("words.slots", "Done", "end of work on the server"),
    Step.WARNED: lambda: translate("words.slots", "Done with warnings", "end of work on the server"),
    Step.PARTIAL: lambda: translate("words.slots", "Partly done", "end of work on the server"),
    Step.FAILED: lambda: translate("words.slots", "Failed", "end of work on the server"),
}

_LINKS: Mapping[str, Callable[[], str]] = {
    "connecting": lambda: translate("words.slots", "progress not connected yet"),
    "live": lambda: "",
    "reconnecting": lambda: translate("words.slots", "progress is being reconnected"),
    "lost": lambda: translate("words.slots", "progress lost"),
    "ended": lambda: "",
}


def step_text(step: Step) -> str:
    """Where work on the server stands."""
    return _STEPS[step]()


def link_text(link: Link | None) -> str:
    """What is wrong with the link that brings progress; empty while all is well (or nothing is followed)."""
    return "" if link is None else _LINKS[link.phase]()


def slot_status(view: SlotView) -> str:
    """What the slot shows beside its sign, short."""
    match view.state:
        case SlotState.EMPTY if not view.enabled:
            return translate("words.slots", "Disabled", "state of an upload slot")
        case SlotState.SENDING:
            return _sending(view.upload) if view.upload is not None else _STATES[view.state]()
        case SlotState.RUNNING:
            return " · ".join(part for part in (step_text(view.step), link_text(view.link)) if part)
        case SlotState.SUCCEEDED | SlotState.WARNED if view.rows is not None:
            return _rows(view, view.rows)
        case _:
            return _STATES[view.state]()


def _rows(view: SlotView, count: int) -> str:
    rows = translate("words.slots", "%n row(s)", "", count)
    if view.state is SlotState.WARNED and view.skipped:
        skipped = view.skipped
        return translate("words.slots", "{rows}, %n left out", "", skipped).format(rows=rows)
    return rows


def _sending(upload: Upload) -> str:
    match upload.stage:
        case UploadStage.WAITING if upload.problem is not None:
            return translate("words.slots", "Waiting until you are signed in")
        case UploadStage.WAITING:
            return translate("words.slots", "Waiting to be sent")
        case UploadStage.SENDING if upload.size:
            share = int(min(upload.sent / upload.size, 1) * 100) / 100  # cut: 100 % means all of it
            return translate("words.slots", "Sending · {share} of {size}").format(
                share=percent(share), size=size(upload.size)
            )
        case UploadStage.STARTING:
            return translate("words.slots", "Sent, starting the work")
        case _:
            return _STATES[SlotState.SENDING]()


def slot_detail(view: SlotView) -> str:
    """All there is to know of the slot, a fact a line: for the tooltip, the details pane and the command line."""
    return "\n".join(_lines(view))


def _lines(view: SlotView) -> Iterator[str]:
    yield slot_path(view.slot)
    yield _meaning(view)
    if view.file_name and view.when is not None:
        yield translate("words.slots", "{file} · {when}").format(file=view.file_name, when=date_time(view.when))
    elif view.file_name:
        yield view.file_name
    rows, skipped = view.rows, view.skipped
    if rows is not None and not view.is_running:
        yield translate("words.slots", "%n row(s) imported", "", rows)
    if skipped:
        yield translate("words.slots", "%n row(s) left out", "", skipped)
    if view.problem is not None:
        told = tell_problem(view.problem)
        yield translate("words.slots", "{title}: {sentences}").format(title=told.title, sentences=told.sentences)
    words = view.words or (view.problem.server_words if view.problem is not None else "")
    if words:
        yield server_says(words)
    yield from _row_errors(view)


def _meaning(view: SlotView) -> str:
    if view.state is SlotState.EMPTY and not view.enabled:
        return translate("words.slots", "This module or submodule is disabled, so no file is needed.")
    if view.state is SlotState.RUNNING:
        return f"{slot_status(view)}. {_MEANINGS[view.state]()}"
    return _MEANINGS[view.state]()


def server_says(words: str) -> str:
    """The server's own words, marked as such."""
    return translate("words.slots", "The server says: {words}").format(words=words)


def row_text(row: int | None, reason: str) -> str:
    """One row that was left out and the server's reason; the reason alone where it names no row."""
    if row is None:
        return reason
    return translate("words.slots", "Row {row}: {reason}").format(row=number(row), reason=reason_text(reason))


def reason_text(reason: str) -> str:
    """Why a row was left out: the server's words, as a sentence where they are a mere code (contract section 10)."""
    if reason == DUPLICATE_PERSON:
        return translate("words.slots", "this person is in the unit already ({code})").format(code=reason)
    return reason


def _row_errors(view: SlotView) -> Iterator[str]:
    told = view.row_errors[:MAX_ROW_ERRORS]
    for row, reason in told:
        if row is None:
            if reason != view.words:
                yield server_says(reason)
        else:
            yield row_text(row, reason)
    more = max(view.row_error_count, len(view.row_errors)) - len(told)
    if more > 0:
        yield translate("words.slots", "%n more row(s) with errors", "", more)
