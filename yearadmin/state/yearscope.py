"""Loads years: three requests sent together, in scopes that end when the operator leaves the year.

An answer changes its own year only, an older one never covers a newer one, and nothing here sends a write.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from yearadmin.cache.store import Kind
from yearadmin.catalogue.modules import MODULES, all_slots
from yearadmin.contract.enums import JobState, Provisioned
from yearadmin.contract.links import LinkPhase
from yearadmin.contract.problems import ProblemCode, ProblemError
from yearadmin.state import events as e
from yearadmin.state.ground import Ground
from yearadmin.state.keeping import Keeper
from yearadmin.state.model import AppState, LoadPhase
from yearadmin.state.slots import latest_job_in
from yearadmin.state.watching import Watchers
from yearadmin.state.yearlist import changed_since_read

if TYPE_CHECKING:
    from yearadmin.contract.years import YearConfiguration
    from yearadmin.remote.api import Answer

MODULE_IDS = tuple(sorted(int(spec.id) for spec in MODULES))
_UNDER_WAY = (JobState.NOT_STARTED, JobState.QUEUED, JobState.RUNNING)
_PASSING = (ProblemCode.SERVER_ERROR, ProblemCode.UNREACHABLE, ProblemCode.TIMED_OUT, ProblemCode.BUSY)
_MOST_REPEATS = 4
_NO_PICTURE_SOON = (LinkPhase.RECONNECTING, LinkPhase.LOST)


@dataclass(eq=False, slots=True)
class _Load:
    """One load of a year under way. ``kept`` outlives the operator's leaving; ``again`` asks for another round."""

    kept: bool
    again: bool = False
    quiet: bool = False  # nobody asked for it: nothing is said to be under way
    task: asyncio.Task[None] | None = None


class YearScopes:
    """The years being looked at. ``on_loaded`` hears of each year whose configuration the server has just told."""

    def __init__(self, ground: Ground, keeper: Keeper, watchers: Watchers, on_loaded: Callable[[int], None]) -> None:
        self._ground = ground
        self._keeper = keeper
        self._watchers = watchers
        self._on_loaded = on_loaded
        self._loads: dict[int, _Load] = {}
        self._list_load: _Load | None = None
        self._repeats: dict[int, int] = {}
        self._ticket = 0
        self._applied: dict[int | None, int] = {}
        self._noticed: dict[int, datetime] = {}

    # --- wishes

    def select(self, year: int) -> None:
        """Look at ``year``: what belonged to the year left is cancelled, what is kept for its own sake goes on."""
        left = self._ground.state.selected
        if left is not None and left != year:
            self._leave(left)
        self._ground.dispatch(e.YearSelected(year))
        if self._ground.state.is_live and year not in self._loads:
            self._start(year, kept=False)

    def reload(self, year: int) -> None:
        """Read the year again, whoever is looking; what is under way already is read once more after it."""
        if not self._ground.state.is_live:
            return  # it is read when the server is back
        load = self._loads.get(year)
        if load is None:
            self._start(year, kept=True)
        else:
            load.kept = load.again = True
            load.quiet = False

    def reload_quietly(self, year: int) -> None:
        """Read the year again although nobody asked for it, unless it is being read."""
        if self._ground.state.is_live and year not in self._loads:
            self._start(year, kept=False, quiet=True)

    async def look_for_work(self, year: int) -> None:
        """Follow what colleagues have started in a year that is known, in one small request."""
        state = self._ground.state
        may_follow = state.user is not None and state.user.can_view_configuration
        if may_follow and state.is_live and year not in self._loads and state.scope(year).config is not None:
            await self._module_pipelines(year)

    async def refresh(self, year: int) -> None:
        """Like :meth:`reload`, and wait for it."""
        self.reload(year)
        await self.settled(year)

    async def settled(self, year: int) -> None:
        """Wait until no load of the year is under way."""
        while (load := self._loads.get(year)) is not None and load.task is not None:
            await asyncio.wait({load.task})

    def reload_list(self) -> None:
        """Read the list of years again."""
        if not self._ground.state.is_live:
            return
        if self._list_load is not None:
            self._list_load.again = True
            return
        load = self._list_load = _Load(kept=True)
        load.task = self._ground.tasks.spawn(self._run_list(load), "loading the list of years")

    async def list_settled(self) -> None:
        """Wait until the list is not being read."""
        while (load := self._list_load) is not None and load.task is not None:
            await asyncio.wait({load.task})

    def accept(self, year: int, answer: Answer[YearConfiguration]) -> None:
        """Take the answer of a write: newer than any read that was sent before it came."""
        self._applied[year] = self._applied[None] = self._next_ticket()
        self._loaded(year, answer)

    async def read(self, year: int) -> YearConfiguration:
        """The year as the server holds it now, told to everybody. Raises what the request runs into, NOT_FOUND too."""
        ticket = self._next_ticket()
        try:
            answer = await self._ground.api.get_year(year)
        except ProblemError as error:
            if error.problem.code is ProblemCode.NOT_FOUND and ticket >= self._applied.get(year, 0):
                self._applied[year] = ticket
                self._ground.dispatch(e.YearMissing(year, self._ground.now()))
            raise
        if ticket >= self._applied.get(year, 0):
            self._applied[year] = ticket
            self._loaded(year, answer)
        return self._ground.state.scope(year).config or answer.value

    def drop_all(self) -> None:
        """Forget every load: another person looks now."""
        for year in tuple(self._loads):
            self._leave(year, even_kept=True)
        if self._list_load is not None and self._list_load.task is not None:
            self._list_load.task.cancel()
            self._list_load = None

    # --- one year

    def _start(self, year: int, *, kept: bool, quiet: bool = False) -> None:
        load = self._loads[year] = _Load(kept, quiet=quiet)
        load.task = self._ground.tasks.spawn(self._run(year, load), f"loading {year}")

    def _leave(self, year: int, *, even_kept: bool = False) -> None:
        load = self._loads.get(year)
        if load is None or load.task is None or (load.kept and not even_kept):
            return
        del self._loads[year]
        load.task.cancel()
        self._ground.dispatch(e.YearLoading(year, loading=False))

    async def _run(self, year: int, load: _Load) -> None:
        try:
            while True:
                load.again = False
                if not load.quiet:
                    self._ground.dispatch(e.YearLoading(year))
                await self._round(year, load)
                if not load.again:
                    break
        finally:
            if self._loads.get(year) is load:
                del self._loads[year]
                self._ground.dispatch(e.YearLoading(year, loading=False))
        problem = self._ground.state.scope(year).problem
        if problem is None:
            self._repeats.pop(year, None)
        elif load.kept and problem.code in _PASSING and self._repeats.get(year, 0) < _MOST_REPEATS:
            self._ground.tasks.spawn(self._repeat(year), f"reading {year} once more")

    async def _repeat(self, year: int) -> None:
        """Read a year again a while after that failed: an end that could not be read must not wait for a click."""
        times = self._repeats[year] = self._repeats.get(year, 0) + 1
        await asyncio.sleep(self._ground.pace.first_retry * 2**times)
        if self._ground.state.scope(year).problem is not None:
            self.reload(year)

    async def _round(self, year: int, load: _Load) -> None:
        """The three requests, sent together (contract sections 5.1.2, 5.2.7, 5.2.6)."""
        user = self._ground.state.user
        may_follow = user is not None and user.can_view_configuration
        ticket = self._next_ticket()
        async with asyncio.TaskGroup() as group:
            found: asyncio.Task[tuple[str, ...] | None] | None = None
            if may_follow:
                found = group.create_task(self._year_pipelines(year))
                group.create_task(self._module_pipelines(year))
            await self._year(year, ticket, load, found)
        if found is not None and found.result() == ():
            # Told after the year itself: "nothing runs" beside an older picture of it would look like a failed set-up.
            self._ground.dispatch(e.YearPipelinesFound(year, ()))
        if may_follow:
            self._ground.tasks.spawn(self._follow_the_rest(year), f"following the rest of {year}")

    async def _follow_the_rest(self, year: int) -> None:
        """Follow running jobs of the year that no followed pipeline shows: the server names one pipeline per module.

        Without it the slot of an earlier upload would go on running for ever (contract section 5.2.6).
        """
        state = await self._ground.until(lambda state: not _awaits_pictures(state, year))
        config = state.scope(year).config
        if config is None:
            return
        shown = {
            job.job_id for pipeline in state.pipelines.values() if pipeline.snapshot for job in pipeline.snapshot.jobs
        }
        for slot in all_slots():
            job = latest_job_in(config, slot)
            if job is not None and job.state in _UNDER_WAY and job.job_id not in shown:
                self._watchers.follow_job(job.job_id, year)

    async def _year(
        self, year: int, ticket: int, load: _Load, found: asyncio.Task[tuple[str, ...] | None] | None
    ) -> None:
        ground = self._ground
        try:
            answer = await ground.api.get_year(year)
            if found is not None and answer.value.provisioned is Provisioned.NO and await found == ():
                # Not provisioned, and nothing runs: it may have ended between the two answers.
                answer = await ground.api.get_year(year)
        except ProblemError as error:
            problem = error.problem
            if problem.code is not ProblemCode.NOT_FOUND:
                ground.report(problem)
                ground.dispatch(e.YearFailed(year, problem))
            elif self._is_newest(year, ticket, load):
                ground.dispatch(e.YearMissing(year, ground.now()))
            return
        if self._is_newest(year, ticket, load):
            self._loaded(year, answer)

    def _loaded(self, year: int, answer: Answer[YearConfiguration]) -> None:
        self._ground.dispatch(e.YearLoaded(year, answer.value, answer.fetched_at))
        self._keeper.keep(Kind.YEAR, year, answer)
        self._on_loaded(year)

    async def _year_pipelines(self, year: int) -> tuple[str, ...] | None:
        """The active year-level pipelines, each followed at once; None when they can't be had."""
        try:
            ids = await self._ground.api.active_year_pipelines(year)
        except ProblemError as error:
            self._ground.report(error.problem)
            return None
        if ids:
            self._ground.dispatch(e.YearPipelinesFound(year, ids))
        for pipeline_id in ids:
            self._watchers.follow_pipeline(pipeline_id, year)
        return ids

    async def _module_pipelines(self, year: int) -> None:
        try:
            found = await self._ground.api.active_module_pipelines(year, MODULE_IDS)
        except ProblemError as error:
            self._ground.report(error.problem)
            return
        self._ground.dispatch(e.ModulePipelinesFound(year, found))
        for pipeline_id in found.values():
            self._watchers.follow_pipeline(pipeline_id, year)

    # --- the list

    async def _run_list(self, load: _Load) -> None:
        ground = self._ground
        try:
            while True:
                load.again = False
                ticket = self._next_ticket()
                try:
                    answer = await ground.api.list_years()
                except ProblemError as error:
                    ground.report(error.problem)
                    ground.dispatch(e.YearsFailed(error.problem))
                else:
                    if self._is_newest(None, ticket, load):
                        ground.dispatch(e.YearsLoaded(answer.value, answer.fetched_at))
                        self._keeper.keep(Kind.YEARS, None, answer)
                        self._look_again()
                if not load.again:
                    return
        finally:
            if self._list_load is load:
                self._list_load = None

    def _look_again(self) -> None:
        """A colleague may have created or changed the year on screen since it was read."""
        state = self._ground.state
        year = state.selected
        if year is None or year in self._loads:
            return
        if state.scope(year).phase is LoadPhase.UNKNOWN:
            self._start(year, kept=False)
        elif (changed := changed_since_read(state, year)) is not None and self._noticed.get(year) != changed:
            self._noticed[year] = changed  # a server that never shows it in the year itself is not asked for ever
            self.reload_quietly(year)

    # --- order

    def _next_ticket(self) -> int:
        self._ticket += 1
        return self._ticket

    def _is_newest(self, what: int | None, ticket: int, load: _Load) -> bool:
        """Whether an answer to a request sent at ``ticket`` may be shown; if not, it is asked again."""
        if ticket < self._applied.get(what, 0):
            load.again = True
            return False
        self._applied[what] = ticket
        return True


def _awaits_pictures(state: AppState, year: int) -> bool:
    """Whether a pipeline of the year has just begun to be followed and shows nothing yet."""
    return any(
        pipeline.year == year
        and pipeline.snapshot is None
        and (pipeline.link is None or pipeline.link.phase not in _NO_PICTURE_SOON)
        for pipeline in state.pipelines.values()
    )
