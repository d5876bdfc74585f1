"""What the command line prints: sentences for a person, or JSON for a program; results to stdout, troubles to stderr.

Never waits and never decides: it shows states, and the words are those of the window.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from yearadmin.catalogue.modules import MODULES, REDUCTION_SLOTS, Slot, module_slots
from yearadmin.command_exits import Exit
from yearadmin.contract.problems import Problem
from yearadmin.state.conflicts import Conflict
from yearadmin.state.core import Ended
from yearadmin.state.model import AppState, LoadPhase, Origin
from yearadmin.state.readiness import Severity, readiness
from yearadmin.state.setup import Setup, setup_of
from yearadmin.state.slots import SlotState, SlotView, slot_view
from yearadmin.state.store import Store
from yearadmin.state.yearlist import mark_of, year_lines, years_users_see
from yearadmin.words.conflicts import by_text, conflict_lines, conflict_title
from yearadmin.words.format import date_time
from yearadmin.words.names import module_name, reduction_name, slot_path
from yearadmin.words.readiness import headline, item_text
from yearadmin.words.refusals import why_not
from yearadmin.words.setup import setup_detail, setup_title
from yearadmin.words.slots import row_text, slot_status
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate
from yearadmin.words.years import chip_text, users_see, year_mark


def speak(language: str) -> None:
    """Use ``language``, or else the system's, where this program has it."""
    from yearadmin.desktop.translation import choose_language
    from yearadmin.desktop.translation import speak as use

    use(choose_language(language or None))


class Output:
    """Prints for one run of one command."""

    def __init__(self, *, as_json: bool) -> None:
        self._json = as_json

    def years(self, state: AppState) -> None:
        """The list of years, newest first."""
        lines = year_lines(state)
        self._dated(state.years.origin, state.years.fetched_at)
        if self._json:
            open_years = set(years_users_see(state))
            self._print(
                [{"year": line.year, "state": line.mark, "is_started": line.year in open_years} for line in lines]
            )
            return
        for line in lines:
            print(f"{line.year}  {year_mark(line.mark)}")
        print(users_see(years_users_see(state)))

    def year(self, state: AppState, year: int) -> None:
        """One year whole: state, what is missing, every slot."""
        scope = state.scope(year)
        if self._json:
            self._print(_year_data(state, year))
            return
        self._dated(scope.origin, scope.fetched_at)
        print(f"{year}  {year_mark(mark_of(state, year))}")
        if scope.config is None:
            return
        print(chip_text(scope.config.is_started))
        setup = setup_of(state, year)
        if setup.gates:
            self.setup(setup, year)
        items = readiness(state, year)
        print(headline(items))
        for item in items:
            print(f"  {'✗' if item.severity is Severity.BLOCKER else '⚠'} {item_text(item)}")
        groups = [(module_name(int(spec.id)), tuple(module_slots(spec))) for spec in MODULES]
        for title, slots in [*groups, (reduction_name(), REDUCTION_SLOTS)]:
            print(title)
            for slot in slots:
                print(f"  {slot_path(slot)}: {slot_status(slot_view(state, year, slot))}")

    def setup(self, setup: Setup, year: int) -> None:
        """Where the set-up of a year stands."""
        if self._json:
            self._print({"year": year, "setup": setup.phase, "message": setup.words})
            return
        detail = setup_detail(setup, datetime.now(UTC))
        print(setup_title(setup, year) + (f"\n{detail}" if detail else ""))

    def ended(self, wish: str, year: int, ended: Ended) -> None:
        """How a wish ended."""
        if ended.refused is not None:
            if self._json:
                refusals = [str(item) for item in ended.refused.refusals]
                missing = [item_text(item) for item in ended.refused.blockers]
                self._print({"year": year, "wish": wish, "refused": refusals, "missing": missing})
                return
            print(why_not(ended.refused, year), file=sys.stderr)
            for item in ended.refused.blockers:
                print(f"  ✗ {item_text(item)}", file=sys.stderr)
        elif ended.problem is not None:
            self.problem(ended.problem)
        elif ended.conflict is not None:
            self._conflict(wish, year, ended.conflict)
        elif self._json:
            self._print({"year": year, "wish": wish, "done": True, "adopted": bool(ended.adopted)})
        else:
            for change in ended.adopted:
                text = translate("command", "It had been done meanwhile, {by}; nothing was sent.")
                print(text.format(by=by_text(change, datetime.now(UTC))))
            print(_DONE[wish]().format(year=year))

    def _conflict(self, wish: str, year: int, conflict: Conflict) -> None:
        """A colleague was quicker: what is different; nothing was sent, and no switch sends it all the same."""
        if self._json:
            fields = [
                {"field": ".".join(item.path), "seen": item.seen, "now": item.now, "wanted": item.wanted}
                for item in conflict.fields
            ]
            self._print({"year": year, "wish": wish, "conflict": fields})
            return
        print(conflict_title(year, conflict.wish), file=sys.stderr)
        for line in conflict_lines(conflict.fields, datetime.now(UTC)):
            print(f"  {line}", file=sys.stderr)
        text = translate("command", "Nothing was sent. Look at the year as it is now, then ask again.")
        print(text, file=sys.stderr)

    def problem(self, problem: Problem) -> None:
        """What went wrong, what to do next, and the server's own words."""
        told = tell_problem(problem)
        if self._json:
            data = {"problem": problem.code, "status": problem.status, "server_words": problem.server_words}
            self._print({**data, "title": told.title, "detail": told.detail, "remedy": told.remedy})
            return
        for text in (told.title, told.detail, told.remedy):
            if text:
                print(text, file=sys.stderr)
        if told.server_words:
            print(translate("command", "The server said: {words}").format(words=told.server_words), file=sys.stderr)

    def slot_result(self, state: AppState, year: int, slot: Slot) -> Exit:
        """How an upload ended on the server; the exit code says whether its rows landed."""
        view = slot_view(state, year, slot)
        if self._json:
            self._print({"year": year, "slot": slot.name, **_slot_data(view)})
        else:
            words = "" if view.state in (SlotState.SUCCEEDED, SlotState.WARNED) else view.words
            print(f"{slot_path(slot)}: " + " · ".join(filter(None, (slot_status(view), words))))
            for row, reason in view.row_errors:
                print("  " + row_text(row, reason), file=sys.stderr)
        landed = view.state in (SlotState.SUCCEEDED, SlotState.WARNED)
        return Exit.DONE if landed else Exit.FAILED

    @contextmanager
    def following_setup(self, store: Store, year: int) -> Iterator[None]:
        """Print each new step of a year's set-up while it is followed."""
        with self._following(store, lambda state: self._setup_line(state, year)):
            yield

    @contextmanager
    def following_slot(self, store: Store, year: int, slot: Slot) -> Iterator[None]:
        """Print each new state of a slot while its upload is followed."""
        with self._following(store, lambda state: self._slot_line(state, year, slot)):
            yield

    def _setup_line(self, state: AppState, year: int) -> str:
        setup = setup_of(state, year)
        if self._json:
            return json.dumps({"year": year, "setup": setup.phase, "message": setup.words}, ensure_ascii=False)
        return " · ".join(part for part in (setup_title(setup, year), setup.words) if part)

    def _slot_line(self, state: AppState, year: int, slot: Slot) -> str:
        view = slot_view(state, year, slot)
        if self._json:
            return json.dumps({"year": year, "slot": slot.name, "state": view.state, "message": view.words})
        return " · ".join(part for part in (slot_status(view), view.words if view.is_running else "") if part)

    @contextmanager
    def _following(self, store: Store, line: Callable[[AppState], str]) -> Iterator[None]:
        last = ""

        def look(_: AppState, new: AppState) -> None:
            nonlocal last
            text = line(new)
            if text != last:
                last = text
                print(text, flush=True)

        unsubscribe = store.subscribe(look)
        try:
            yield
        finally:
            unsubscribe()

    def _dated(self, origin: Origin, at: datetime | None) -> None:
        """What does not come from the server now is never printed without its date."""
        if origin is Origin.CACHE and at is not None:
            text = translate("command", "Not connected. This is how it was on {when}.").format(when=date_time(at))
            print(text, file=sys.stderr)

    @staticmethod
    def _print(data: object) -> None:
        print(json.dumps(data, ensure_ascii=False, default=str), flush=True)


_DONE = {
    "create": lambda: translate("command", "{year} is created; its set-up has begun."),
    "open": lambda: translate("command", "{year} is open to users."),
    "close": lambda: translate("command", "{year} is closed: users no longer see it."),
}


def _slot_data(view: SlotView) -> dict[str, object]:
    return {
        "state": view.state,
        "mandatory": view.mandatory,
        "file": view.file_name or None,
        "rows": view.rows,
        "skipped": view.skipped,
        "when": None if view.when is None else view.when.isoformat(),
        "message": view.words or None,
        "row_errors": [{"row": row, "reason": reason} for row, reason in view.row_errors],
        "row_error_count": view.row_error_count,
    }


def _year_data(state: AppState, year: int) -> dict[str, object]:
    scope = state.scope(year)
    slots = [slot for spec in MODULES for slot in module_slots(spec)] + list(REDUCTION_SLOTS)
    config = scope.config
    return {
        "year": year,
        "state": mark_of(state, year),
        "is_started": None if config is None else config.is_started,
        "setup": setup_of(state, year).phase,
        "origin": scope.origin,
        "fetched_at": None if scope.fetched_at is None else scope.fetched_at.isoformat(),
        "readiness": [
            {"severity": item.severity, "code": item.code, "module": item.module, "slot": item.slot and item.slot.name}
            for item in readiness(state, year)
        ],
        "slots": {}
        if scope.phase is not LoadPhase.PRESENT
        else {slot.name: _slot_data(slot_view(state, year, slot)) for slot in slots},
    }
