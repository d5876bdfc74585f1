"""The writes on a year: each asks its permit again, is sent at most once, and ends in words for the operator.

Never sends anything again by itself: after a lost answer it looks at what the server holds now. Never overwrites what a
colleague changed since the operator looked, unless the operator says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from yearadmin.cache.store import WorkItem
from yearadmin.contract.enums import JobType
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.state import events as e
from yearadmin.state.colleagues import Colleagues
from yearadmin.state.conflicts import (
    GOALS,
    IS_STARTED,
    Conflict,
    FieldChange,
    Fields,
    Verdict,
    body_of,
    changes_between,
    decide,
    goal_values,
    value_at,
)
from yearadmin.state.ground import Ended, Ground
from yearadmin.state.joblist import find_setup, newest_setup
from yearadmin.state.keeping import Keeper
from yearadmin.state.model import ConnectionPhase, LoadPhase, NoticeCode, NoticeKind, Wish
from yearadmin.state.permits import (
    Permit,
    Refusal,
    goal_faults,
    may_create,
    may_interrupt,
    may_retry_setup,
    may_save,
    may_save_goals,
)
from yearadmin.state.watching import Watchers
from yearadmin.state.yearscope import YearScopes

if TYPE_CHECKING:
    from yearadmin.contract.years import Goal, YearConfiguration
    from yearadmin.remote.api import Answer


# What is told of a save: when it was done, and when somebody else had done it.
_TOLD = {
    Wish.OPEN: (NoticeCode.YEAR_OPENED, NoticeCode.OPENED_BY_OTHER),
    Wish.CLOSE: (NoticeCode.YEAR_CLOSED, NoticeCode.CLOSED_BY_OTHER),
    Wish.SAVE_GOALS: (NoticeCode.GOALS_SAVED, NoticeCode.GOALS_SAVED_BY_OTHER),
}
_GONE = (ConnectionPhase.SIGNED_OUT, ConnectionPhase.CLOSING)


class Writes:
    """Create, set up again, open, close, goals, interrupt."""

    def __init__(self, ground: Ground, keeper: Keeper, years: YearScopes, watchers: Watchers) -> None:
        self._ground = ground
        self._keeper = keeper
        self._years = years
        self._watchers = watchers
        self._colleagues = Colleagues(ground)
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
        return await self._switch(year, Wish.OPEN, is_started=True)

    async def close(self, year: int) -> Ended:
        """Take the year away from users again."""
        return await self._switch(year, Wish.CLOSE, is_started=False)

    async def _switch(self, year: int, wish: Wish, *, is_started: bool) -> Ended:
        permit = may_save(self._ground.state, year, wish)
        seen, wanted = {IS_STARTED: not is_started}, {IS_STARTED: is_started}
        return await self._write(year, wish, permit, lambda: self._save(year, wish, seen, wanted))

    async def save_goals(self, year: int, goals: tuple[Goal, ...], seen: tuple[Goal, ...] | None = None) -> Ended:
        """Put these goals in place of the year's (section 5.1.4); goals without any value are left out.

        ``seen`` are those the operator saw when they began to type; without them, those known now.
        """
        values = tuple(goal for goal in goal_values(goals) if goal != (None, None, None))
        permit = may_save_goals(self._ground.state, year)
        if any(goal_faults(year, goal) for goal in goals):
            permit = Permit((*permit.refusals, Refusal.GOAL_INVALID), permit.offered)
        config = self._ground.state.scope(year).config
        known = value_at(config, GOALS) if config is not None else None
        before: Fields = {GOALS: known if seen is None else goal_values(seen)}
        after: Fields = {GOALS: values}
        return await self._write(
            year, Wish.SAVE_GOALS, permit, lambda: self._save(year, Wish.SAVE_GOALS, before, after)
        )

    async def use_mine(self, year: int) -> Ended:
        """Send the save that was held back: who wants it has seen what it replaces. A newer change stops it again."""
        scope = self._ground.state.scope(year)
        conflict, config = scope.conflict, scope.config
        if conflict is None or config is None:
            return Ended(refused=Permit(offered=False))
        wanted = dict(conflict.wanted)
        seen = {path: value_at(config, path) for path in wanted}
        seen.update({field.path: field.now for field in conflict.fields})
        permit = may_save(self._ground.state, year, conflict.wish)
        return await self._write(year, conflict.wish, permit, lambda: self._save(year, conflict.wish, seen, wanted))

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

    async def _write(self, year: int, wish: Wish, permit: Permit, send: Callable[[], Awaitable[Ended | None]]) -> Ended:
        """Send one write; from the check of the permit to the mark that it is under way nothing else runs."""
        if not permit.allowed:
            return Ended(refused=permit)
        ground = self._ground
        ground.dispatch(e.WishStarted(year, wish))
        problem: Problem | None = Problem(ProblemCode.CANCELLED)
        ended: Ended | None = None
        try:
            ended = await send()
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
        return ended or Ended(problem=problem)

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
        before = newest_setup(ground, year)
        try:
            started = await ground.api.sync_units(year)
            job_id = started.job_id
            if started.pipeline_id is not None:
                self._watchers.follow_pipeline(str(started.pipeline_id), year)
        except ProblemError as error:
            if not is_uncertain(error.problem):
                raise
            ground.report(error.problem)
            found = await find_setup(ground, year, before)
            if found is None:
                self._years.reload(year)
                raise
            job_id = found
        ground.dispatch(e.SetupJobStarted(year, job_id))
        self._watchers.follow_job(job_id, year)
        self._keeper.remember_work(
            WorkItem(
                key=setup_key(year),
                year=year,
                module=None,
                submodule=None,
                kind=JobType.UNIT_SYNC,
                job_id=job_id,
                pipeline_id=None,
                file_name="",
                started_at=ground.now(),
            )
        )
        ground.tell(NoticeCode.SETUP_RESTARTED, NoticeKind.INFO, year=year)

    async def _save(self, year: int, wish: Wish, seen: Fields, wanted: Fields) -> Ended:
        """Read the row again, compare it with what was seen, send what is still to be changed and nothing else.

        A colleague's change to the same fields holds it back; one that made it so already is adopted; changes elsewhere
        block nothing.
        """
        ground, (told, adopted) = self._ground, _TOLD[wish]
        checked = await self._years.read(year)
        decision = decide(seen, wanted, checked)
        if decision.verdict is Verdict.CONFLICT:
            return await self._hold_back(year, wish, decision.fields, wanted)
        named: tuple[FieldChange, ...] = ()
        if decision.verdict is Verdict.ADOPT:
            named = await self._colleagues.name(year, decision.fields)
            ground.tell(adopted, NoticeKind.INFO, year=year, changes=named)
        if decision.verdict is not Verdict.SEND:
            self._years.reload_list()
            return Ended(adopted=named)
        permit = _but_for_itself(may_save(ground.state, year, wish))
        if not permit.allowed:
            ground.tell(NoticeCode.NO_LONGER_POSSIBLE, NoticeKind.WARNING, year=year, wish=wish)
            return Ended(refused=permit)
        answer = await self._patch(year, decision.fields)
        undone = decide({field.path: field.wanted for field in decision.fields}, wanted, answer.value)
        if undone.verdict is Verdict.CONFLICT:  # somebody was quicker than the answer
            return await self._hold_back(year, wish, undone.fields, wanted)
        ground.tell(told, NoticeKind.SUCCESS, year=year)
        self._years.reload_list()
        others = changes_between(checked, answer.value, but=wanted)
        ground.tasks.spawn(self._tell_the_rest(year, decision.fields, others), "looking for others’ changes")
        return Ended()

    async def _hold_back(self, year: int, wish: Wish, fields: tuple[FieldChange, ...], wanted: Fields) -> Ended:
        conflict = Conflict(wish, await self._colleagues.name(year, fields), tuple(wanted.items()))
        self._ground.dispatch(e.ConflictFound(year, conflict))
        return Ended(conflict=conflict)

    async def _tell_the_rest(self, year: int, sent: tuple[FieldChange, ...], others: tuple[FieldChange, ...]) -> None:
        """What colleagues changed between the check and the save: elsewhere, and in the same fields, overwritten."""
        if others:
            named = await self._colleagues.name(year, others)
            self._ground.tell(NoticeCode.ALSO_CHANGED, NoticeKind.INFO, year=year, changes=named)
        for field in sent:
            if field.path != IS_STARTED:  # that has two values only: who else set it wanted the same
                lost = await self._colleagues.replaced(year, field)
                if lost is not None:
                    self._ground.tell(NoticeCode.OTHER_REPLACED, NoticeKind.WARNING, year=year, changes=(lost,))

    async def _patch(self, year: int, fields: tuple[FieldChange, ...]) -> Answer[YearConfiguration]:
        def is_done(config: YearConfiguration) -> bool:
            return all(value_at(config, field.path) == field.wanted for field in fields)

        try:
            answer = await self._ground.api.patch_year(year, body_of(fields))
        except ProblemError as error:
            answer = await self._look(year, error, is_done)
        self._years.accept(year, answer)
        return answer

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


def _but_for_itself(permit: Permit) -> Permit:
    """The permit asked while its own wish is under way."""
    return Permit(tuple(item for item in permit.refusals if item is not Refusal.BUSY), permit.offered, permit.blockers)
