"""The writes on a year: each asks its permit again, is sent at most once, and ends in words for the operator.

Never sends anything again by itself: after a lost answer it looks at what the server holds now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from yearadmin.cache.store import WorkItem
from yearadmin.contract.enums import JobType
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.state import events as e
from yearadmin.state.ground import Ended, Ground
from yearadmin.state.keeping import Keeper
from yearadmin.state.model import ConnectionPhase, LoadPhase, NoticeCode, NoticeKind, Wish
from yearadmin.state.permits import (
    Permit,
    Refusal,
    goal_faults,
    may_close,
    may_create,
    may_interrupt,
    may_open,
    may_retry_setup,
    may_save_goals,
)
from yearadmin.state.watching import Watchers
from yearadmin.state.yearscope import YearScopes

if TYPE_CHECKING:
    from yearadmin.contract.years import Goal, YearConfiguration
    from yearadmin.remote.api import Answer

_GONE = (ConnectionPhase.SIGNED_OUT, ConnectionPhase.CLOSING)


class Writes:
    """Create, set up again, open, close, goals, interrupt."""

    def __init__(self, ground: Ground, keeper: Keeper, years: YearScopes, watchers: Watchers) -> None:
        self._ground = ground
        self._keeper = keeper
        self._years = years
        self._watchers = watchers
        self._interrupting: set[str] = set()

    async def create(self, year: int) -> Ended:
        """Create the year, closed, and follow its set-up (contract section 5.1.3)."""
        return await self._write(year, Wish.CREATE, may_create(self._ground.state, year), lambda: self._create(year))

    async def retry_setup(self, year: int) -> Ended:
        """Run the unit sync of the year again (section 5.2.5)."""
        permit = may_retry_setup(self._ground.state, year)
        return await self._write(year, Wish.RETRY_SETUP, permit, lambda: self._retry(year))

    async def open(self, year: int) -> Ended:
        """Open the year to users (section 9)."""
        permit = may_open(self._ground.state, year)
        return await self._write(year, Wish.OPEN, permit, lambda: self._switch(year, is_started=True))

    async def close(self, year: int) -> Ended:
        """Take the year away from users again."""
        permit = may_close(self._ground.state, year)
        return await self._write(year, Wish.CLOSE, permit, lambda: self._switch(year, is_started=False))

    async def save_goals(self, year: int, goals: tuple[Goal, ...]) -> Ended:
        """Put these goals in place of the year's (section 5.1.4); goals without any value are left out."""
        filled = tuple(goal for goal in goals if _values(goal) != (None, None, None))
        permit = may_save_goals(self._ground.state, year)
        if any(goal_faults(year, goal) for goal in filled):
            permit = Permit((*permit.refusals, Refusal.GOAL_INVALID), permit.offered)
        return await self._write(year, Wish.SAVE_GOALS, permit, lambda: self._goals(year, filled))

    async def interrupt(self, pipeline_id: str) -> Ended:
        """Stop a pipeline (section 5.2.12); its own stream tells how that ended."""
        permit = may_interrupt(self._ground.state, pipeline_id)
        if pipeline_id in self._interrupting:
            permit = Permit((*permit.refusals, Refusal.BUSY), permit.offered)
        if not permit.allowed:
            return Ended(refused=permit)
        pipeline = self._ground.state.pipelines[pipeline_id]
        self._interrupting.add(pipeline_id)
        try:
            await self._ground.api.abort_pipeline(pipeline_id)
        except ProblemError as error:
            self._ground.report(error.problem)
            if error.problem.code is not ProblemCode.CONFLICT:  # a conflict says that it has ended: nothing to stop
                self._ground.tell(NoticeCode.WISH_FAILED, NoticeKind.FAILURE, year=pipeline.year, problem=error.problem)
                return Ended(problem=error.problem)
        finally:
            self._interrupting.discard(pipeline_id)
        self._ground.tell(NoticeCode.PIPELINE_INTERRUPTED, NoticeKind.INFO, year=pipeline.year)
        return Ended()

    async def _write(self, year: int, wish: Wish, permit: Permit, send: Callable[[], Awaitable[None]]) -> Ended:
        """Send one write; from the check of the permit to the mark that it is under way nothing else runs."""
        if not permit.allowed:
            return Ended(refused=permit)
        ground = self._ground
        ground.dispatch(e.WishStarted(year, wish))
        problem: Problem | None = Problem(ProblemCode.CANCELLED)
        try:
            await send()
            problem = None
        except ProblemError as error:
            problem = error.problem
            ground.report(problem)
            ground.tell(NoticeCode.WISH_FAILED, NoticeKind.FAILURE, year=year, problem=problem, wish=wish)
        except Exception as error:
            problem = Problem(ProblemCode.INTERNAL, server_words=type(error).__name__)
            raise
        finally:
            ground.dispatch(e.WishEnded(year, wish, problem))
        return Ended(problem=problem)

    # --- the single writes; each raises when it did not come about

    async def _create(self, year: int) -> None:
        ground = self._ground
        try:
            answer = await ground.api.create_year(year)
        except ProblemError as error:
            if error.problem.code is ProblemCode.CONFLICT:  # a colleague was quicker
                await self._years.refresh(year)
                if ground.state.scope(year).phase is not LoadPhase.PRESENT:
                    raise
                ground.tell(NoticeCode.YEAR_EXISTS, NoticeKind.INFO, year=year)
            else:
                await self._look(year, error, lambda config: True)
                await self._years.refresh(year)
                ground.tell(NoticeCode.YEAR_CREATED_ANSWER_LOST, NoticeKind.INFO, year=year)
            self._years.reload_list()
            return
        pipeline_id = answer.value.pipeline_id
        if pipeline_id is not None:
            ground.dispatch(e.YearPipelinesFound(year, (str(pipeline_id),)))
            self._watchers.follow_pipeline(str(pipeline_id), year)
        self._years.accept(year, answer)
        ground.tell(NoticeCode.YEAR_CREATED, NoticeKind.SUCCESS, year=year)
        if pipeline_id is None:
            self._years.reload(year)
        self._years.reload_list()

    async def _retry(self, year: int) -> None:
        ground = self._ground
        try:
            started = await ground.api.sync_units(year)
        except ProblemError as error:
            if is_uncertain(error.problem):
                self._years.reload(year)
            raise
        if started.pipeline_id is not None:
            self._watchers.follow_pipeline(str(started.pipeline_id), year)
        ground.dispatch(e.SetupJobStarted(year, started.job_id))
        self._watchers.follow_job(started.job_id, year)
        self._keeper.remember_work(
            WorkItem(
                key=setup_key(year),
                year=year,
                module=None,
                submodule=None,
                kind=JobType.UNIT_SYNC,
                job_id=started.job_id,
                pipeline_id=None,
                file_name="",
                started_at=ground.now(),
            )
        )
        ground.tell(NoticeCode.SETUP_RESTARTED, NoticeKind.INFO, year=year)

    async def _switch(self, year: int, *, is_started: bool) -> None:
        await self._patch(year, {"is_started": is_started}, lambda config: config.is_started is is_started)
        code = NoticeCode.YEAR_OPENED if is_started else NoticeCode.YEAR_CLOSED
        self._ground.tell(code, NoticeKind.SUCCESS, year=year)
        self._years.reload_list()

    async def _goals(self, year: int, goals: tuple[Goal, ...]) -> None:
        wanted = [_values(goal) for goal in goals]
        if wanted == _goals_of(self._ground.state.scope(year).config):
            return
        body = {
            "config": {
                "reduction_objectives": {
                    "goals": [
                        {
                            "target_year": goal.target_year,
                            "reduction_percentage": goal.reduction_percentage,
                            "reference_year": goal.reference_year,
                        }
                        for goal in goals
                    ]
                }
            }
        }
        await self._patch(year, body, lambda config: _goals_of(config) == wanted)
        self._ground.tell(NoticeCode.GOALS_SAVED, NoticeKind.SUCCESS, year=year)

    async def _patch(self, year: int, body: Mapping[str, object], is_done: Callable[[YearConfiguration], bool]) -> None:
        try:
            answer = await self._ground.api.patch_year(year, body)
        except ProblemError as error:
            answer = await self._look(year, error, is_done)
        self._years.accept(year, answer)

    async def _look(
        self, year: int, error: ProblemError, is_done: Callable[[YearConfiguration], bool]
    ) -> Answer[YearConfiguration]:
        """After a write whose end is not known: what the server holds now. Raises ``error`` when it was not done.

        Waits a while for a server that has gone away; what it can't find out, the next load of the year shows.
        """
        if not is_uncertain(error.problem):
            raise error
        self._ground.report(error.problem)
        answer = await look_at_year(self._ground, year)
        if answer is None:
            raise error
        if not is_done(answer.value):
            self._years.accept(year, answer)
            raise error
        return answer


async def look_at_year(ground: Ground, year: int) -> Answer[YearConfiguration] | None:
    """The year as the server holds it, waiting a while for a server that has gone away; None when it can't be had."""

    try:
        async with asyncio.timeout(ground.pace.lost_answer_wait):
            while True:
                try:
                    return await ground.api.get_year(year)
                except ProblemError as error:
                    if error.problem.code is ProblemCode.NOT_FOUND:
                        return None
                    ground.report(error.problem)
                await asyncio.sleep(ground.pace.first_retry)
                await ground.until(lambda state: state.is_live or state.connection.phase in _GONE)
                if not ground.state.is_live:
                    return None
    except TimeoutError:
        return None


def is_uncertain(problem: Problem) -> bool:
    """Whether a write that ended so may have been carried out all the same."""
    answered_well = problem.status is not None and 200 <= problem.status < 300
    return problem.may_have_acted or (problem.code is ProblemCode.NOT_THE_SERVER and answered_well)


def setup_key(year: int) -> str:
    """The name a repeated unit sync is remembered under."""
    return f"setup:{year}"


def _values(goal: Goal) -> tuple[int | None, float | None, int | None]:
    return goal.target_year, goal.reduction_percentage, goal.reference_year


def _goals_of(config: YearConfiguration | None) -> list[tuple[int | None, float | None, int | None]]:
    return [_values(goal) for goal in config.config.reduction_objectives.goals] if config is not None else []
