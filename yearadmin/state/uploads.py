"""Uploads: checked, sent, dispatched and handed on to be followed, any number side by side.

Never sends a file or a dispatch twice: one whose answer was lost is looked for.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from yearadmin.cache.store import WorkItem
from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.enums import IngestionMethod
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.state.filecheck import check_file
from yearadmin.state.ground import Ended, Ground
from yearadmin.state.keeping import Keeper
from yearadmin.state.lostdispatch import Began, LostDispatch
from yearadmin.state.model import NoticeCode, NoticeKind, Upload, UploadStage
from yearadmin.state.permits import may_upload
from yearadmin.state.sentfiles import SentFiles
from yearadmin.state.slots import latest_job
from yearadmin.state.uploadbook import UploadBook, work_item
from yearadmin.state.uploadends import UploadEnds
from yearadmin.state.waiting import SignInWait
from yearadmin.state.watching import Watchers
from yearadmin.state.writes import is_uncertain
from yearadmin.state.yearscope import YearScopes

if TYPE_CHECKING:
    from yearadmin.contract.jobs import DispatchRequest, JobStarted


class Uploads:
    """Every upload of this run, and those of earlier runs that had not ended."""

    def __init__(
        self, ground: Ground, keeper: Keeper, years: YearScopes, watchers: Watchers, *, waits_for_sign_in: bool = False
    ) -> None:
        self._ground = ground
        self._session = SignInWait(ground, waits=waits_for_sign_in)
        self._keeper = keeper
        self._years = years
        self._sent = SentFiles(ground)
        self._sending: dict[str, asyncio.Task[str]] = {}
        self._lost: dict[str, LostDispatch] = {}
        self._book = UploadBook(ground)
        self._ends = UploadEnds(ground, keeper, years, watchers, self._book, self._sent)

    async def upload(self, year: int, slot: Slot, path: Path) -> Ended:
        """Send one file to one slot; returns when the work on the server has ended, or it never began."""
        ground = self._ground
        permit = may_upload(ground.state, year, slot)
        if not permit.allowed:
            return Ended(refused=permit)
        upload = Upload(uuid4().hex, year, slot, path.name, 0, ground.now())
        self._book.change(upload)
        try:
            began = await self._begin(upload, path)
        except ProblemError as error:
            return self._refused(upload.key, error.problem)
        except asyncio.CancelledError:
            now, me = self._book.find(upload.key), asyncio.current_task()
            if (now is None or now.stage is UploadStage.CANCELLED) and not (me is not None and me.cancelling()):
                return Ended(problem=Problem(ProblemCode.CANCELLED, subject=path.name))
            raise
        except Exception as error:
            self._refused(upload.key, Problem(ProblemCode.INTERNAL, server_words=type(error).__name__))
            raise
        if began is None:
            return Ended(problem=self._book.now(upload.key).problem)
        return await self._ends.follow(upload.key, began)

    def cancel(self, key: str) -> None:
        """Stop an upload before its job exists; once the dispatch is on its way there is nothing to take back."""
        upload = self._book.find(key)
        if upload is None or upload.stage not in (UploadStage.WAITING, UploadStage.SENDING):
            return
        self._book.change(replace(upload, stage=UploadStage.CANCELLED, ended_at=self._ground.now()))
        self._sent.cancelled(upload)
        self._keeper.forget_work(key)  # its dispatch may have waited for a sign-in
        if key in self._sending:
            self._sending[key].cancel()

    # --- from the file to the job

    async def _begin(self, upload: Upload, path: Path) -> Began | None:
        """The job; None when the dispatch's answer is lost and nobody can tell yet. Raises when it never began."""
        key = upload.key
        work = self._session.through(key, lambda: self._send(upload, path))
        sending = asyncio.get_running_loop().create_task(work, name=f"sending {path.name}")
        self._sending[key] = sending  # a task of its own: it can be cancelled without whoever waits for it
        try:
            temp_path = await asyncio.shield(sending)
        except asyncio.CancelledError:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            raise
        finally:
            del self._sending[key]
        if self._book.now(key).stage is UploadStage.CANCELLED:  # just as the last byte had left
            raise ProblemError(Problem(ProblemCode.CANCELLED, subject=path.name))
        job = latest_job(self._ground.state.scope(upload.year), upload.slot)
        newest = job.job_id if job else 0
        lost = LostDispatch(self._ground, upload.year, upload.slot, temp_path, newest)
        # Before the dispatch: should the program end while it is on its way, the next run looks for the job.
        self._keeper.remember_work(work_item(upload, temp_path, newest))
        try:
            started = await self._session.through(key, lambda: self._dispatch(upload, temp_path))
        except ProblemError as error:
            if not is_uncertain(error.problem):
                raise
            self._ground.report(error.problem)
            began = await lost.look()
            if began is None:
                self._uncertain(key, error.problem, lost)
            return began
        pipeline_id = str(started.pipeline_id) if started.pipeline_id is not None else None
        return Began(started.job_id, pipeline_id)

    async def _dispatch(self, upload: Upload, path: str) -> JobStarted:
        self._book.change(replace(self._book.now(upload.key), stage=UploadStage.STARTING))
        return await self._ground.api.dispatch(_request(upload.year, upload.slot, path))

    async def _send(self, upload: Upload, path: Path) -> str:
        """Check the file and send it to the server's temporary place; its path there."""
        checked = await asyncio.to_thread(check_file, path, upload.slot.kind)
        self._book.change(replace(self._book.now(upload.key), stage=UploadStage.SENDING, size=checked.size))
        clock = asyncio.get_running_loop().time
        told = clock() - self._ground.pace.progress

        def progress(sent: int, size: int) -> None:
            nonlocal told
            now = self._book.find(upload.key)
            if (
                now is not None
                and now.stage is UploadStage.SENDING
                and (sent >= size or clock() - told >= self._ground.pace.progress)
            ):
                told = clock()
                self._book.change(replace(now, sent=sent, size=size))

        def left(size: int, sha256: str) -> None:
            now = self._book.find(upload.key)
            if now is not None and now.is_active:
                self._sent.left(now, size, sha256)

        try:
            node = await self._ground.api.temp_upload(path, path.name, progress, skip=checked.skip, on_left=left)
        except ProblemError as error:
            problem = error.problem
            if problem.code is ProblemCode.LOST_ANSWER:
                # A file in the temporary place that nothing refers to has changed nothing.
                problem = replace(problem, code=ProblemCode.UNREACHABLE)
            raise ProblemError(problem) from error
        return node.path

    def _refused(self, key: str, problem: Problem) -> Ended:
        self._ground.report(problem)
        if (now := self._book.find(key)) is None or now.stage is UploadStage.CANCELLED:  # it was cancelled just then
            return Ended(problem=problem)
        self._keeper.forget_work(key)
        upload = replace(self._book.now(key), stage=UploadStage.REFUSED, problem=problem, ended_at=self._ground.now())
        self._book.change(upload)
        self._sent.refused(upload)
        self._book.tell(upload, NoticeCode.UPLOAD_REFUSED, NoticeKind.FAILURE, problem=problem)
        return Ended(problem=problem)

    def _uncertain(self, key: str, problem: Problem, lost: LostDispatch) -> None:
        upload = replace(self._book.now(key), stage=UploadStage.UNCERTAIN, problem=problem)
        self._book.change(upload)
        self._look_for(upload, lost)
        self._book.tell(upload, NoticeCode.UPLOAD_UNKNOWN, NoticeKind.WARNING, problem=problem)

    def _look_for(self, upload: Upload, lost: LostDispatch) -> None:
        self._lost[upload.key] = lost
        self._ground.tasks.spawn(self._judge(upload, lost), f"asking for {upload.file_name}")

    async def _judge(self, upload: Upload, lost: LostDispatch) -> None:
        """Find the job in the server's list, or say that it never began once it surely would be there."""
        began = await lost.judge()
        if not self._claims(upload.key, lost):
            return  # it has been found meanwhile, or another person looks now
        if began is not None:
            await self._ends.follow(upload.key, began)
        else:
            problem = upload.problem or Problem(ProblemCode.LOST_ANSWER)
            self._refused(upload.key, replace(problem, code=ProblemCode.UNREACHABLE))

    def year_loaded(self, year: int) -> None:
        """The server has told a year anew: perhaps it shows what became of an upload whose answer was lost."""
        for upload in self._ground.state.uploads:
            lost = self._lost.get(upload.key)
            if lost is not None and upload.year == year and upload.stage is UploadStage.UNCERTAIN:
                self._ground.tasks.spawn(self._settle(upload, lost), f"looking for {upload.file_name}")

    async def _settle(self, upload: Upload, lost: LostDispatch) -> None:
        began = await lost.find(self._ground.state.scope(upload.year).config)
        if began is not None and self._claims(upload.key, lost):
            await self._ends.follow(upload.key, began)  # else the next load may show it

    def _claims(self, key: str, lost: LostDispatch) -> bool:
        """Whether the search is still open; it is closed by this. Both ways of looking may find the job at once."""
        if self._lost.get(key) is not lost or self._book.find(key) is None:
            return False
        del self._lost[key]
        return True

    # --- uploads of an earlier run

    def attach(self, item: WorkItem) -> None:
        """Take up an upload that was under way when the program ended."""
        if (
            item.key in self._ends.taken_up
            or (item.job_id is None and not item.path)
            or self._book.find(item.key) is not None
        ):
            return
        self._ends.taken_up.add(item.key)
        slot = Slot(item.module, item.submodule, SlotKind(item.kind))
        upload = Upload(item.key, item.year, slot, item.file_name, 0, item.started_at, UploadStage.STARTING)
        self._book.change(upload)
        if item.job_id is None:  # the program ended while the dispatch was on its way
            upload = replace(upload, stage=UploadStage.UNCERTAIN, problem=Problem(ProblemCode.LOST_ANSWER))
            self._book.change(upload)
            ground, before = self._ground, item.newest_before
            self._look_for(upload, LostDispatch(ground, item.year, slot, item.path, before, of_earlier_run=True))
            self._years.reload(item.year)
            return
        began = Began(item.job_id, item.pipeline_id)
        self._ground.tasks.spawn(self._ends.follow(item.key, began), f"following {item.file_name}")

    def forget_all(self) -> None:
        """Another person looks now: what is being sent for the former one is stopped."""
        for task in self._sending.values():
            task.cancel()
        self._lost.clear()
        self._ends.taken_up.clear()


def _request(year: int, slot: Slot, path: str) -> DispatchRequest:
    """The dispatch of a file for a slot (contract section 5.2.1)."""
    from yearadmin.contract.jobs import DispatchConfig, DispatchRequest

    if slot.kind is SlotKind.REDUCTION:
        config = DispatchConfig(reduction_objective_type_id=slot.submodule)
    else:
        config = DispatchConfig(module_type_id=slot.module, data_entry_type_id=slot.submodule)
    return DispatchRequest(
        ingestion_method=IngestionMethod.CSV,
        target_type=slot.kind.target_type,
        year=year,
        config=config,
        file_path=path,
    )
