"""What must hold of every single state of the program, whatever the network does; and the truth to compare it with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from yearadmin.contract.problems import ProblemCode
from yearadmin.contract.years import YearConfiguration
from yearadmin.remote.api import Api
from yearadmin.remote.transport import Transport
from yearadmin.state.core import Core
from yearadmin.state.model import AppState, ConnectionPhase, LoadPhase, NoticeCode, Origin, UploadStage
from yearadmin.state.pipelines import is_over

_AWAY = (ConnectionPhase.STARTING, ConnectionPhase.OFFLINE, ConnectionPhase.SIGNED_OUT)
_FINAL = (UploadStage.ENDED, UploadStage.REFUSED, UploadStage.CANCELLED)


class Invariants:
    """Listens to the store and writes down each state that should not have been."""

    def __init__(self, core: Core) -> None:
        self.broken: list[str] = []
        self.changes = 0
        self.most_streams = 0
        self._core = core
        core.store.subscribe(self._look)

    def _look(self, old: AppState, new: AppState) -> None:
        self.changes += 1
        self.most_streams = max(self.most_streams, len(self._core._watchers))
        before = {upload.key: upload.stage for upload in old.uploads}
        found = [
            (new.connection.phase in _AWAY and new.years.origin is Origin.SERVER, "a list as live without a server"),
            *(
                (new.connection.phase in _AWAY and scope.origin is Origin.SERVER, f"{scope.year} live without a server")
                for scope in new.scopes.values()
            ),
            *(
                (
                    scope.config is not None and scope.config.year != scope.year,
                    f"another year's data under {scope.year}",
                )
                for scope in new.scopes.values()
            ),
            *(
                (scope.phase is LoadPhase.PRESENT and scope.config is None, f"{scope.year} is there without its data")
                for scope in new.scopes.values()
            ),
            *(
                (before.get(up.key) in _FINAL and before[up.key] is not up.stage, f"{up.file_name} ended twice")
                for up in new.uploads
            ),
            *(
                (
                    up.stage is UploadStage.ENDED
                    and up.pipeline_id in new.pipelines
                    and not is_over(new.pipelines[up.pipeline_id]),
                    f"{up.file_name} ended while its pipeline runs",
                )
                for up in new.uploads
                if up.pipeline_id is not None
            ),
            *(
                (
                    notice.code is NoticeCode.INTERNAL_ERROR
                    or (notice.problem is not None and notice.problem.code is ProblemCode.INTERNAL),
                    f"a defect: {notice}",
                )
                for notice in new.notices
            ),
        ]
        self.broken += [words for is_broken, words in found if is_broken and words not in self.broken]


@asynccontextmanager
async def the_truth(base_url: str, role: str) -> AsyncIterator[Api]:
    """The server itself, asked past the proxy."""
    api = Api(Transport(base_url))
    try:
        await api.login_test(role)
        yield api
    finally:
        await api.aclose()


async def agrees(core: Core, truth: Api, year: int) -> None:
    """What the program shows of a year, read anew, is what the server holds; its own work may still be going on."""
    shown: YearConfiguration | None = None
    for _ in range(20):
        core.reload_year(year)
        await core._years.settled(year)
        shown, held = core.store.state.scope(year).config, (await truth.get_year(year)).value
        if shown == held:
            break
        await asyncio.sleep(0.1)
    assert core.store.state.is_live
    assert core.store.state.scope(year).origin is Origin.SERVER
    assert shown == held
