"""The uploads as the state shows them: found, changed and told of; and what the next run is to know of them.

Sends nothing and decides nothing.
"""

from __future__ import annotations

from yearadmin.cache.store import WorkItem
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.state import events as e
from yearadmin.state.ground import Ground
from yearadmin.state.model import NoticeCode, NoticeKind, Upload


class UploadBook:
    """Shared by those who begin uploads and those who follow them."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def tell(
        self,
        upload: Upload,
        code: NoticeCode,
        kind: NoticeKind,
        *,
        words: str = "",
        rows: int | None = None,
        skipped: int | None = None,
        problem: Problem | None = None,
    ) -> None:
        """Tell the operator something of an upload, once per ``code``."""
        self._ground.tell(
            code,
            kind,
            once=f"upload:{upload.key}:{code}",
            year=upload.year,
            slot=upload.slot,
            subject=upload.file_name,
            words=words,
            rows=rows,
            skipped=skipped,
            problem=problem,
        )

    def change(self, upload: Upload) -> None:
        """Show an upload as it is now."""
        self._ground.dispatch(e.UploadChanged(upload))

    def find(self, key: str) -> Upload | None:
        """The upload as it is now; None when another person looks meanwhile."""
        return next((upload for upload in self._ground.state.uploads if upload.key == key), None)

    def now(self, key: str) -> Upload:
        """The upload as it is now. Raises CANCELLED when another person looks meanwhile."""
        upload = self.find(key)
        if upload is None:
            raise ProblemError(Problem(ProblemCode.CANCELLED))
        return upload


def work_item(upload: Upload, path: str = "", newest_before: int = 0) -> WorkItem:
    """What is kept of an upload until its end is known; the rest is for one whose dispatch is on its way."""
    return WorkItem(
        key=upload.key,
        year=upload.year,
        module=upload.slot.module,
        submodule=upload.slot.submodule,
        kind=upload.slot.kind,
        job_id=upload.job_id,
        pipeline_id=upload.pipeline_id,
        file_name=upload.file_name,
        started_at=upload.started_at,
        path=path,
        newest_before=newest_before,
    )
