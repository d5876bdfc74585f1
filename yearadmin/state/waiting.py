"""Work that met a lost session waits for the same person's next sign-in and is then done for the first time.

Only what the server surely refused (401) waits here, so nothing is ever sent twice; another person's sign-in ends it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.state import events as e
from yearadmin.state.ground import Ground
from yearadmin.state.model import Upload, UploadStage

T = TypeVar("T")


class SignInWait:
    """For uploads; where nobody can sign in again (``waits`` false, the command line) they are refused at once."""

    def __init__(self, ground: Ground, *, waits: bool) -> None:
        self._ground = ground
        self._waits = waits

    async def through(self, key: str, work: Callable[[], Awaitable[T]]) -> T:
        """Do ``work`` for the upload ``key``; when the session is over, again after the next sign-in.

        Raises what ``work`` raises, and CancelledError when the upload is cancelled or its person gone meanwhile.
        """
        ground = self._ground
        while True:
            before = ground.entries
            try:
                return await work()
            except ProblemError as error:
                if not self._waits or error.problem.code is not ProblemCode.NOT_SIGNED_IN:
                    raise
                ground.report(error.problem)
                self._mark(key, UploadStage.WAITING, error.problem)
            # A sign-in since the request was sent; whether it is shown as live yet does not matter to the request.
            await ground.until(
                lambda state, before=before: (  # type: ignore[misc]
                    self._is_gone(key) or (state.is_live and ground.entries > before)
                )
            )
            if self._is_gone(key):
                raise asyncio.CancelledError
            self._mark(key, UploadStage.WAITING, None)

    def _find(self, key: str) -> Upload | None:
        return next((upload for upload in self._ground.state.uploads if upload.key == key), None)

    def _is_gone(self, key: str) -> bool:
        upload = self._find(key)
        return upload is None or not upload.is_active

    def _mark(self, key: str, stage: UploadStage, problem: Problem | None) -> None:
        upload = self._find(key)
        if upload is not None and upload.is_active:
            self._ground.dispatch(e.UploadChanged(replace(upload, stage=stage, sent=0, problem=problem)))
