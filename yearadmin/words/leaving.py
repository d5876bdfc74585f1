"""What becomes of the work under way when the program ends, told in lists before it does.

Promises nothing the server does not keep: the one that came with this program stops with it and goes on with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from yearadmin.state.inflight import InFlight
from yearadmin.state.model import Upload, Wish
from yearadmin.words.names import slot_path
from yearadmin.words.translate import translate

MAX_LISTED = 6

_SAVES: Mapping[Wish, Callable[[], str]] = {
    Wish.CREATE: lambda: translate("words.leaving", "{year}: being created"),
    Wish.RETRY_SETUP: lambda: translate("words.leaving", "{year}: set-up being started again"),
    Wish.OPEN: lambda: translate("words.leaving", "{year}: being opened to users"),
    Wish.CLOSE: lambda: translate("words.leaving", "{year}: being closed to users"),
    Wish.SAVE_GOALS: lambda: translate("words.leaving", "{year}: reduction goals being saved"),
}


def leaving_body(work: InFlight) -> str:
    """The one sentence above the lists."""
    files = len(work.sending)
    if files:
        return translate("words.leaving", "%n file(s) not sent completely yet will not reach the server.", "", files)
    if work.loses_nothing:
        return translate("words.leaving", "Nothing is lost: what is under way does not need this window.")
    return translate("words.leaving", "Something was sent whose answer has not arrived yet.")


def leaving_facts(work: InFlight, *, stops_too: bool) -> tuple[str, ...]:
    """The lists: what will not go on, what is not certain, what goes on; ``stops_too`` when the server ends as well."""
    goes_on = (
        translate("words.leaving", "Pauses with the built-in server, and goes on at the next start:")
        if stops_too
        else translate("words.leaving", "Goes on by itself on the server:")
    )
    setups = [translate("words.leaving", "{year}: set-up").format(year=year) for year in work.setups]
    saving = [_SAVES[wish]().format(year=year) for year, wish in work.saving]
    return (
        *_part(translate("words.leaving", "Will not be sent:"), [_upload(item) for item in work.sending]),
        *_part(
            translate("words.leaving", "May come about or not; the next start shows which:"),
            [*saving, *(_upload(item) for item in work.unsure)],
        ),
        *_part(goes_on, [*setups, *(_upload(item) for item in work.working)]),
    )


def _upload(upload: Upload) -> str:
    text = translate("words.leaving", "{year}: {file}, for {slot}")
    return text.format(year=upload.year, file=upload.file_name, slot=slot_path(upload.slot))


def _part(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    shown = [f"• {line}" for line in lines[:MAX_LISTED]]
    more = len(lines) - len(shown)
    if more:
        shown.append("• " + translate("words.leaving", "and %n more", "", more))
    return [title, *shown, ""]
