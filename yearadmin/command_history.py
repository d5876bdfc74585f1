"""``yearadmin history`` and ``yearadmin diff``: what is kept of a year on this computer, without asking any server.

Reads the cache only; the words are those of the window.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from yearadmin import places
from yearadmin.command_exits import Exit
from yearadmin.state.history import Archive, Difference, KeptState, Moment, SentFile, differences_text
from yearadmin.state.readiness import Severity, readiness
from yearadmin.words.format import date_time, size
from yearadmin.words.history import difference_text, file_place, result_text, seen_text, summary
from yearadmin.words.readiness import headline
from yearadmin.words.translate import translate
from yearadmin.words.years import chip_text


def moment_of(text: str) -> datetime:
    """A date or a time as typed: local unless it carries a zone; a bare date means its end.

    Raises argparse.ArgumentTypeError.
    """
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither a date nor a time, such as 2026-11-25 or 2026-11-25T14:02"
        ) from None
    if len(text.strip()) <= len("2026-11-25"):
        found = found.replace(hour=23, minute=59, second=59, microsecond=999_999)
    elif found.second == 0 and text.strip().count(":") == 1:
        found = found.replace(second=59, microsecond=999_999)  # a minute is meant whole
    try:
        return found.astimezone(UTC)
    except (OverflowError, ValueError):
        raise argparse.ArgumentTypeError(f"{text!r} is out of range") from None


async def history(archive: Archive, year: int, *, as_json: bool) -> Exit:
    """Print every kept state of a year, newest first, and the files sent."""
    states = await archive.states(year)
    files = await archive.files(year)
    if as_json:
        _print((await archive.as_json(year)).rstrip())
        return Exit.DONE if states or files else Exit.REFUSED
    if not states and not files:
        _say(
            translate("command", "Nothing is kept of {year} on this computer.").format(year=year)
            + await _other_years(archive)
        )
        return Exit.REFUSED
    _print(translate("command", "{year}, as kept on this computer; nothing here is live.").format(year=year))
    async for moment in archive.moments(states):
        _print(f"  {seen_text(moment.state)}: {_moment_text(moment)}")
    if files:
        _print(translate("command", "Files sent from this computer:"))
        for file in files:
            _print(f"  {_file_text(file)}")
    return Exit.DONE


async def diff(
    archive: Archive,
    year: int,
    other: int | None,
    *,
    old_time: datetime | None,
    new_time: datetime | None,
    as_json: bool,
) -> Exit:
    """Print what differs between two kept times of a year, or between a year and another.

    Without times: a year's last two kept states, or the last of each of two years.
    """
    two_years = other is not None and other != year
    new_year = other if other is not None else year
    new = await _pick(archive, new_year, new_time, back=0)
    old = await _pick(archive, year, old_time, back=0 if two_years else 1, newest=None if two_years else new)
    missing = [number for number, state in ((year, old), (new_year, new)) if state is None]
    if old is None or new is None:
        await _tell_missing(archive, missing[0], old_time if old is None else new_time)
        return Exit.REFUSED
    differences = await archive.differences(old, new)
    if differences is None:
        _say(translate("command", "What was kept can’t be read any more."))
        return Exit.FAILED
    _print_differences((year, old), (new_year, new), differences, as_json=as_json)
    return Exit.DONE


async def _pick(
    archive: Archive, year: int, when: datetime | None, *, back: int, newest: KeptState | None = None
) -> KeptState | None:
    if when is not None:
        return await archive.at(year, when)
    states = await archive.states(year)
    if newest is not None:
        before = [number for number, state in enumerate(states) if state.number == newest.number]
        states = states[: before[0] + 1] if before else states
    return states[-1 - back] if len(states) > back else None


async def _tell_missing(archive: Archive, year: int, when: datetime | None) -> None:
    states = await archive.states(year)
    if not states:
        text = translate("command", "Nothing is kept of {year} on this computer.").format(year=year)
        _say(text + await _other_years(archive))
    elif when is not None:
        _say(
            translate("command", "{year} had not been seen by {when}; it was first seen on {first}.").format(
                year=year, when=date_time(when), first=date_time(states[0].first_seen)
            )
        )
    else:
        _say(
            translate("command", "Only one state of {year} is kept, so there is nothing to compare it with.").format(
                year=year
            )
        )


async def _other_years(archive: Archive) -> str:
    years = ", ".join(map(str, await archive.years()))
    return " " + translate("command", "Kept are: {years}.").format(years=years) if years else ""


def _print_differences(
    old: tuple[int, KeptState], new: tuple[int, KeptState], differences: Sequence[Difference], *, as_json: bool
) -> None:
    if as_json:
        data = {
            "from": _state_data(*old),
            "to": _state_data(*new),
            "differences": json.loads(differences_text(differences, as_json=True)),
        }
        _print(json.dumps(data, ensure_ascii=False))
        return
    _print(f"− {old[0]}, {seen_text(old[1])}")
    _print(f"+ {new[0]}, {seen_text(new[1])}")
    if not differences:
        _print(translate("command", "No difference an operator sees."))
    for item in differences:
        _print(f"  {difference_text(item)}")


def _state_data(year: int, state: KeptState) -> dict[str, object]:
    return {"year": year, "first_seen": state.first_seen.isoformat(), "last_seen": state.last_seen.isoformat()}


def _moment_text(moment: Moment) -> str:
    if moment.config is None:
        return translate("command", "can’t be read any more")
    if moment.is_first:
        what = translate("command", "first seen")
    elif moment.differences is None:
        what = translate("command", "what changed is not known")
    else:
        what = summary(moment.differences)
    from yearadmin.state.history import as_it_was

    items = readiness(as_it_was(moment.config, moment.state, moment.config.year), moment.config.year)
    standing = chip_text(moment.config.is_started)
    if any(item.severity is Severity.BLOCKER for item in items) or not moment.config.is_started:
        standing = f"{standing}, {headline(items)}"
    return f"{what} ({standing})"


def _file_text(file: SentFile) -> str:
    parts = (date_time(file.sent_at), file.name, file_place(file), size(file.size), result_text(file.result))
    return " · ".join((*parts, f"SHA-256 {file.sha256}", file.sent_by)).rstrip(" ·")


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


async def run(args: argparse.Namespace) -> Exit:
    """Open the cache, do what was asked for, and close it."""
    from yearadmin.cache.store import Cache

    server = args.server.strip().rstrip("/") or f"embedded:{(args.data_dir or places.backend_dir()).absolute()}"
    cache = Cache(places.cache_file())
    await cache.open()
    try:
        user = await cache.last_user(server) or ""
        archive = Archive(cache, server, lambda: user)
        if args.command == "history":
            return await history(archive, args.year, as_json=args.json)
        return await diff(archive, args.year, args.other, old_time=args.from_, new_time=args.to, as_json=args.json)
    finally:
        await cache.close()
