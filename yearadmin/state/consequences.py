"""What follows from what happens: the server is back, another person looks, work on the server has ended.

Sends no write; it has years read again, takes up earlier work, and tells how a set-up ended.
"""

from __future__ import annotations

from yearadmin.catalogue.modules import SlotKind
from yearadmin.contract.enums import JobType
from yearadmin.state import events as e
from yearadmin.state.ground import Ground
from yearadmin.state.keeping import Keeper
from yearadmin.state.model import NoticeCode, NoticeKind
from yearadmin.state.pipelines import Step, job_outcome, kind_of, outcome
from yearadmin.state.setup import SetupPhase, setup_of
from yearadmin.state.uploads import Uploads
from yearadmin.state.watching import Watchers
from yearadmin.state.writes import setup_key
from yearadmin.state.yearscope import YearScopes


class Consequences:
    """Called by the parts of the engine; the ones it calls in turn are given once they are made."""

    years: YearScopes
    watchers: Watchers
    uploads: Uploads

    def __init__(self, ground: Ground, keeper: Keeper) -> None:
        self._ground = ground
        self._keeper = keeper

    def live(self) -> None:
        """The server is there (again): read what may have changed, and follow what was followed."""
        self.years.reload_list()
        selected = self._ground.state.selected
        if selected is not None:
            self.years.reload(selected)
        self._ground.tasks.spawn(self._choose_year(), "choosing a year")
        for year in self._years_to_read_again():
            if year != selected:
                self.years.reload(year)
        self.watchers.wake()
        self._ground.tasks.spawn(self._attach_work(), "taking up earlier work")

    def _years_to_read_again(self) -> set[int]:
        """Years whose write or upload has not been seen to its end: their truth is wanted though nobody looks."""
        state = self._ground.state
        return {upload.year for upload in state.uploads if upload.is_active}

    async def _choose_year(self) -> None:
        """Nothing was looked at before: the newest year still to be opened, else this year.

        Users look at the newest open year; one that is not open to them is none of theirs.
        """
        await self.years.list_settled()
        state = self._ground.state
        items = sorted(state.years.items, key=lambda item: item.year, reverse=True)
        may_prepare = state.user is not None and state.user.can_view_configuration
        is_theirs = may_prepare or not items or state.selected in [item.year for item in items]
        if state.selected is not None and is_theirs:
            return
        fitting = (item.year for item in items if item.is_started is not may_prepare)
        self.years.select(next(fitting, state.this_year))

    async def _attach_work(self) -> None:
        """Follow again what an earlier run began and the server can't list (contract section 11.3)."""
        for item in await self._keeper.work():
            if item.kind == JobType.UNIT_SYNC and item.job_id is not None:
                if self._ground.state.scope(item.year).setup_job is None:
                    self._ground.dispatch(e.SetupJobStarted(item.year, item.job_id))
                    self.watchers.follow_job(item.job_id, item.year)
            elif item.kind in set(SlotKind):
                self.uploads.attach(item)

    async def user_leaves(self) -> None:
        """Another person looks now: nothing of the former one's stays."""
        self.years.drop_all()
        self.uploads.forget_all()
        await self.watchers.drop_all()

    def year_loaded(self, year: int) -> None:
        """The server has told a year anew."""
        self.uploads.year_loaded(year)

    def pipeline_over(self, pipeline_id: str) -> None:
        """A pipeline that was followed has ended: what it changed is read, the end of a set-up told."""
        pipeline = self._ground.state.pipelines.get(pipeline_id)
        if pipeline is None or pipeline.year is None:
            return
        self._read_again(pipeline.year)
        if kind_of(pipeline.snapshot) == JobType.UNIT_SYNC:
            result = outcome(pipeline.snapshot)
            told = self._tell_setup(pipeline.year, result.step, result.words, f"pipeline:{pipeline_id}")
            self._ground.tasks.spawn(told, "telling the end of a set-up")

    def job_over(self, job_id: int) -> None:
        """The same for a job that was followed by itself."""
        job = self._ground.state.jobs.get(job_id)
        if job is None or job.year is None:
            return
        self._read_again(job.year)
        if self._ground.state.scope(job.year).setup_job == job_id:
            self._keeper.forget_work(setup_key(job.year))
            result = job_outcome(job.update)
            told = self._tell_setup(job.year, result.step, result.words, f"job:{job_id}")
            self._ground.tasks.spawn(told, "telling the end of a set-up")

    def _read_again(self, year: int) -> None:
        self.years.reload(year)
        self.years.reload_list()

    async def _tell_setup(self, year: int, step: Step, words: str, once: str) -> None:
        """Told once the year has been read again, so that what is told can be done at once."""
        await self.years.settled(year)
        has_stopped = setup_of(self._ground.state, year).phase is SetupPhase.STOPPED  # it did not complete the year
        if step in (Step.SUCCEEDED, Step.WARNED) and not has_stopped:
            self._ground.tell(NoticeCode.YEAR_READY, NoticeKind.SUCCESS, once=once, year=year)
        elif step.is_end:
            self._ground.tell(NoticeCode.SETUP_FAILED, NoticeKind.FAILURE, once=once, year=year, words=words)
