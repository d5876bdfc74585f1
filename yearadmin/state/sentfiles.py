"""Remembers which files were sent, when and by whom, and what became of each; and which pipelines and jobs were seen.

Writes behind, like every keeping: never waits for the disk, and never keeps a file's content.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from yearadmin.cache.files import FileResult, SentFile
from yearadmin.state.ground import Ground
from yearadmin.state.model import Upload
from yearadmin.state.pipelines import Step

if TYPE_CHECKING:
    from yearadmin.contract.jobs import JobUpdate, PipelineSnapshot

_QUIET = 30.0  # seconds after which the same picture counts as seen again

_RESULTS = {
    Step.SUCCEEDED: FileResult.SUCCESS,
    Step.WARNED: FileResult.WARNING,
    Step.PARTIAL: FileResult.PARTIAL,
    Step.FAILED: FileResult.ERROR,
}


class SentFiles:
    """The list of files sent, under the present server and user."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def left(self, upload: Upload, size: int, sha256: str) -> None:
        """All ``size`` bytes of a file have left for the server."""
        ground = self._ground
        person = ground.state.user
        sent_by = (person.email or person.display_name or "") if person is not None else ""
        file = SentFile(
            upload.key, upload.year, upload.slot.name, upload.file_name, size, sha256, ground.now(), sent_by
        )
        if ground.user_key:
            ground.saving.spawn(
                ground.cache.remember_file(ground.server.cache_key, ground.user_key, file), "remembering a file"
            )

    def became(self, upload: Upload) -> None:
        """The server has made a job of it."""
        if upload.job_id is None:
            return
        ground = self._ground
        work = ground.cache.file_became(
            ground.server.cache_key,
            ground.user_key,
            upload.key,
            job_id=upload.job_id,
            pipeline_id=upload.pipeline_id,
        )
        ground.saving.spawn(work, "remembering a file's job")

    def ended(self, upload: Upload, step: Step, rows: int | None) -> None:
        """Its work has ended, or nobody can tell (any step that is no end)."""
        self._finish(upload, _RESULTS.get(step, FileResult.UNKNOWN), rows)

    def refused(self, upload: Upload) -> None:
        """It never became a job."""
        self._finish(upload, FileResult.REFUSED, None)

    def cancelled(self, upload: Upload) -> None:
        """It was stopped before it became a job."""
        self._finish(upload, FileResult.CANCELLED, None)

    def _finish(self, upload: Upload, result: FileResult, rows: int | None) -> None:
        ground = self._ground
        work = ground.cache.finish_file(
            ground.server.cache_key, ground.user_key, upload.key, result=result, ended_at=ground.now(), rows=rows
        )
        ground.saving.spawn(work, "remembering what became of a file")


class Sightings:
    """Keeps every distinct picture of a pipeline or job. A stream repeats itself every second: the disk does not."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._last: dict[str | int, tuple[object, float]] = {}

    def pipeline(self, snapshot: PipelineSnapshot, pipeline_id: str, year: int | None) -> None:
        """A pipeline was seen."""
        progress = snapshot.progress
        shape = (
            tuple((job.job_id, job.state, job.result) for job in snapshot.jobs),
            None if progress is None else (progress.done, progress.status, progress.phase),
        )
        if self._is_news(pipeline_id, shape):
            ground = self._ground
            text = snapshot.model_dump_json()
            work = ground.cache.keep_pipeline(
                ground.server.cache_key, ground.user_key, year, pipeline_id, text, ground.now()
            )
            ground.saving.spawn(work, "keeping a pipeline")

    def job(self, update: JobUpdate, year: int | None) -> None:
        """A job was seen by itself."""
        if update.is_known and self._is_news(update.job_id, (update.state, update.result)):
            ground = self._ground
            text = update.model_dump_json()
            work = ground.cache.keep_job(
                ground.server.cache_key, ground.user_key, year, update.job_id, text, ground.now()
            )
            ground.saving.spawn(work, "keeping a job")

    def forget_all(self) -> None:
        """Another person looks now."""
        self._last.clear()

    def _is_news(self, key: str | int, shape: object) -> bool:
        now = asyncio.get_running_loop().time()
        known = self._last.get(key)
        if not self._ground.user_key or (known is not None and known[0] == shape and now - known[1] < _QUIET):
            return False
        self._last[key] = (shape, now)
        return True
