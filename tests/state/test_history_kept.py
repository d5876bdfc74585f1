"""What the engine writes down for later: states of years, pipelines and jobs seen, files sent and their ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.remote.lines import said
from yearadmin.state.core import Core
from yearadmin.state.history import FileResult, SentFile, as_it_was
from yearadmin.state.model import UploadStage
from yearadmin.state.permits import may_open, may_upload
from yearadmin.state.readiness import readiness
from yearadmin.state.slots import SlotState, slot_view

from . import builders as b
from .scripted import YearServer, a_core
from .uploading import DISPATCH, LANDED, PLANE, TEMP, accepts, csv, ready, started, steps

CONTENT = b"a,b\n1,2\n"


async def files_of(core: Core) -> tuple[SentFile, ...]:
    await core._ground.saving.drain()
    return await core.archive.files(2026)


async def test_a_sent_file_is_remembered_with_its_fingerprint_and_its_end(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, jobs={PLANE: LANDED}))
    accepts(server, started(41))
    pictures = steps(b.P1, 41)
    server.pipeline(b.P1, pictures[0], *pictures, end="close")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        assert (await core.upload(2026, PLANE, csv(tmp_path))).ok
        (file,) = await files_of(core)
        assert (file.name, file.slot, file.size) == ("planes.csv", "2.20.factor", len(CONTENT))
        assert file.sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert (file.sent_by, file.job_id, file.pipeline_id) == ("admin@example.org", 41, b.P1)
        assert (file.result, file.rows) == (FileResult.SUCCESS, 31)
        assert file.ended_at is not None


async def test_the_pictures_of_its_pipeline_are_kept_once_each(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, jobs={PLANE: LANDED}))
    accepts(server, started(41))
    pictures = steps(b.P1, 41)
    server.pipeline(b.P1, pictures[0], *[item for item in pictures for _ in range(5)], end="close")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        assert (await core.upload(2026, PLANE, csv(tmp_path))).ok
        await core._ground.saving.drain()
        kept = await core._ground.cache.pipelines("a server", core._ground.user_key, 2026)
        assert [text.state.id for text in kept] == [b.P1]
        assert '"status":"SUCCESS"' in kept[0].raw


async def test_a_file_the_server_does_not_take_on_is_remembered_as_refused(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    server.on(TEMP, said([{"name": "planes.csv", "path": "tmp/17/planes.csv", "is_file": True}]))
    server.on(DISPATCH, said({"detail": "no"}, status=422))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        assert not (await core.upload(2026, PLANE, csv(tmp_path))).ok
        (file,) = await files_of(core)
        assert (file.result, file.job_id) == (FileResult.REFUSED, None)


async def test_a_file_that_never_left_is_no_sent_file(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        await core.upload(2026, PLANE, empty)
        assert core.store.state.uploads[0].stage is UploadStage.REFUSED
        assert await files_of(core) == ()


async def test_a_failed_import_and_a_failed_later_step_are_told_apart(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    accepts(server, started(41), started(51, b.P2))
    for pipeline, root, status in ((b.P1, 41, "FAILED"), (b.P2, 51, "PARTIAL")):
        pictures = steps(pipeline, root, status=status)
        server.pipeline(pipeline, pictures[0], *pictures, end="close")
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        await core.upload(2026, PLANE, csv(tmp_path))
        await core.upload(2026, PLANE, csv(tmp_path))
        assert [file.result for file in await files_of(core)] == [FileResult.PARTIAL, FileResult.ERROR]


async def test_every_state_of_a_year_can_be_looked_at_again(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, jobs={PLANE: LANDED}), b.year(2026, is_started=True))
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        for _ in range(2):
            core.reload_year(2026)
            await core._ground.until(lambda state: state.scope(2026).loading)
            await core._ground.until(lambda state: not state.scope(2026).loading)
        await core._ground.saving.drain()
        states = await core.archive.states(2026)
        moments = [moment async for moment in core.archive.moments(states)]
    assert [moment.is_first for moment in moments] == [False, False, True]
    middle = moments[1].config
    assert middle is not None
    then = as_it_was(middle, states[1], 2026)
    assert slot_view(then, 2026, PLANE).state is SlotState.SUCCEEDED
    assert len(readiness(then, 2026)) > 0
    assert not may_open(then, 2026).allowed
    assert not may_upload(then, 2026, PLANE).allowed
