"""Streams that misbehave: no progress lost, no end invented, each end told once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.remote.lines import SIGNED_IN, answer, events, said
from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.links import LinkPhase
from yearadmin.state.model import ConnectionPhase, NoticeCode
from yearadmin.state.setup import SetupPhase, setup_of
from yearadmin.state.slots import SlotState, slot_view

from . import builders as b
from .scripted import FOLLOW, LIST, MODULES, YearServer, a_core, pipelines_of, told, until

PLANE, TRAIN = Slot(2, 20, SlotKind.FACTOR), Slot(2, 21, SlotKind.FACTOR)
LOOK = f"GET /v1/sync/pipelines/{b.P1}"
STREAM = f"{LOOK}/stream"
RUNNING = b.pipeline(b.P1, b.work(10, "unit_sync", message="fetching"))
DONE = b.pipeline(b.P1, b.ended(10), done=True, phase=3)
CLOSED = {**DONE, "stream_closed": True}


def being_set_up(server: YearServer) -> None:
    """2026 is being set up; its year says so until it is read for the third time."""
    server.usual(b.ADMIN, b.line(2026, done=None))
    server.year(2026, b.year(2026, done=None), b.year(2026))
    server.on(pipelines_of(2026), said([b.P1]), said([]))
    server.on(LOOK, said(RUNNING))
    server.job(10, b.update(10), end="hold")


@pytest.mark.parametrize(
    "pieces",
    [
        (b"event: pipeline-update\ndata: {not json\n\n", b.event(CLOSED)),
        (b"event: pipeline-update\ndata: []\n\n", b": a comment\n\n", b.event({}, "ping"), b.event(CLOSED)),
        (b.event({**CLOSED, "new": {"key": 1}}),),
        (
            b.event({**RUNNING, "jobs": [b.work(10, "unit_sync", 2, None, "é…")]})[:-9],
            b"\xc3",
            b"\n\n",
            b.event(CLOSED),
        ),
        (b.event(b.pipeline(b.P1, b.work(10, "unit_sync", 3, 0), done=True, closed=True)),),
        (*(bytes([byte]) for byte in b.event(CLOSED)[:40]), b.event(CLOSED)[40:]),
    ],
)
async def test_whatever_a_stream_says_in_between_its_end_is_understood(
    server: YearServer, tmp_path: Path, pieces: tuple[bytes, ...]
) -> None:
    being_set_up(server)
    server.on(STREAM, events(*pieces))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
        await until(core, lambda s: bool(s.notices))
        assert told(core) == [NoticeCode.YEAR_READY]


@pytest.mark.parametrize("end", ["close", "reset", "cut"])
async def test_a_stream_closed_without_its_mark_is_opened_again(server: YearServer, tmp_path: Path, end: str) -> None:
    being_set_up(server)
    server.on(STREAM, events(b.event(RUNNING), end=end), events(b.event(RUNNING), end=end), events(b.event(CLOSED)))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
        await until(core, lambda s: bool(s.notices))
        assert server.count(STREAM) == 3
        assert told(core) == [NoticeCode.YEAR_READY]


async def test_a_silent_stream_is_not_trusted_for_ever(server: YearServer, tmp_path: Path) -> None:
    being_set_up(server)
    server.on(STREAM, events(b.event(RUNNING), end="hold"), events(b.event(CLOSED)))
    async with a_core(server.base, tmp_path, follow_pace=replace(FOLLOW, pipeline_silence=0.15)) as core:
        await core.connected()
        links: set[LinkPhase] = set()
        core.store.subscribe(lambda old, new: links.update(p.link.phase for p in new.pipelines.values() if p.link))
        assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
        assert {LinkPhase.LIVE, LinkPhase.RECONNECTING} <= links


async def test_done_is_believed_at_once_not_when_the_stream_closes(server: YearServer, tmp_path: Path) -> None:
    being_set_up(server)
    server.on(STREAM, events(b.event(RUNNING), b.event(DONE), end="hold"))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
        await until(core, lambda s: bool(s.notices))
        assert core.store.state.pipelines[b.P1].link is not None


async def test_an_end_is_acted_on_once(server: YearServer, tmp_path: Path) -> None:
    being_set_up(server)
    server.on(STREAM, events(b.event(RUNNING), b.event(DONE), b.event(DONE), b.event(CLOSED)))
    async with a_core(server.base, tmp_path) as core:
        await until(core, lambda s: any(p.link and p.link.phase is LinkPhase.ENDED for p in s.pipelines.values()))
        await until(core, lambda s: bool(s.notices) and not s.scope(2026).loading)
        assert server.count("GET /v1/year-configuration/2026") == 2
        assert server.count(LIST) == 2
        assert told(core) == [NoticeCode.YEAR_READY]


async def test_all_finished_but_not_done_waits_for_the_servers_word(server: YearServer, tmp_path: Path) -> None:
    being_set_up(server)
    server.on(STREAM, events(b.event(b.pipeline(b.P1, b.ended(10), done=False, phase=3)), end="hold"))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        await until(core, lambda s: b.P1 in s.pipelines and s.pipelines[b.P1].seen_at is not None)
        await asyncio.sleep(0.1)
        assert setup_of(core.store.state, 2026).phase is SetupPhase.RUNNING
        assert told(core) == []


async def test_a_pipeline_gone_from_the_server_is_not_waited_for(server: YearServer, tmp_path: Path) -> None:
    being_set_up(server)
    server.on(LOOK, said({"detail": "unknown"}, 404))
    server.year(2026, b.year(2026, done=None))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        await until(core, lambda s: any(p.link and p.link.phase is LinkPhase.LOST for p in s.pipelines.values()))
        assert (await core.setup_ended(2026)).phase is SetupPhase.STOPPED
        assert server.count(LOOK) == 1


async def test_an_expired_session_on_a_stream_is_followed_again_after_signing_in(
    server: YearServer, tmp_path: Path
) -> None:
    being_set_up(server)
    server.on(LOOK, said({"detail": "expired"}, 401), said(RUNNING))
    server.on("GET /v1/session", said(b.ADMIN), said({"detail": "expired"}, 401), said(b.ADMIN))
    server.on(STREAM, events(b.event(CLOSED)))
    server.on("GET /v1/auth/login-test", answer(302, headers={"Location": "http://elsewhere/", **SIGNED_IN}))
    async with a_core(server.base, tmp_path) as core:
        await until(core, lambda s: s.connection.phase is ConnectionPhase.SIGNED_OUT)
        assert (await core.sign_in_as("calco2.backoffice.admin")).ok
        await until(core, lambda s: NoticeCode.YEAR_READY in [n.code for n in s.notices])


async def test_a_year_left_behind_is_followed_to_its_end(server: YearServer, tmp_path: Path) -> None:
    being_set_up(server)
    server.year(2025, b.year(2025))
    server.on(STREAM, events(b.event(RUNNING), end="hold"), events(b.event(CLOSED)))
    async with a_core(server.base, tmp_path, follow_pace=replace(FOLLOW, pipeline_silence=0.2)) as core:
        await core.connected()
        await until(core, lambda s: b.P1 in s.pipelines)
        core.select_year(2025)
        await core.loaded(2025)
        state = await until(core, lambda s: bool(s.notices))
        assert state.selected == 2025
        assert (state.notices[0].code, state.notices[0].year) == (NoticeCode.YEAR_READY, 2026)
        assert setup_of(state, 2026).phase is SetupPhase.DONE


async def test_module_pipelines_are_found_again_in_one_request(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026))
    running = b.work(41, "factor_ingest", module_type_id=2, data_entry_type_id=20)
    claimed = b.job(41, state=2, result=None)
    server.year(2026, b.year(2026, jobs={PLANE: claimed}), b.year(2026, jobs={PLANE: b.job(41)}))
    server.on(MODULES, said({"2": b.P1}), said({}))
    server.on(LOOK, said(b.pipeline(b.P1, running)))
    done = b.pipeline(b.P1, b.ended(41, "factor_ingest"), done=True, phase=3, closed=True)
    server.on(STREAM, events(b.event(b.pipeline(b.P1, b.work(41, message="5/9"))), b.event(done)))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        await until(core, lambda s: slot_view(s, 2026, PLANE).words == "5/9")
        assert slot_view(core.store.state, 2026, PLANE).pipeline_id == b.P1
        await until(
            core, lambda s: slot_view(s, 2026, PLANE).state is SlotState.SUCCEEDED and not s.scope(2026).loading
        )
        assert server.asked("sync/jobs") == 0
        assert server.count(MODULES) == 2
        assert told(core) == []  # not our upload


async def test_an_upload_the_server_does_not_list_is_followed_by_its_job(server: YearServer, tmp_path: Path) -> None:
    """Only the newest pipeline of a module is listed; a colleague's earlier one must not run for ever on screen."""
    server.usual(b.ADMIN, b.line(2026))
    both = {PLANE: b.job(41, state=2, result=None), TRAIN: b.job(51, state=2, result=None)}
    server.year(2026, b.year(2026, jobs=both), b.year(2026, jobs={**both, PLANE: b.job(41)}))
    server.on(MODULES, said({"2": b.P1}))
    picture = b.pipeline(b.P1, b.work(51, module_type_id=2, data_entry_type_id=21))
    server.pipeline(b.P1, picture, picture, end="hold")
    server.job(41, b.update(41), b.update(41, state=3, result=0))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        await until(core, lambda s: slot_view(s, 2026, PLANE).state is SlotState.SUCCEEDED)
        assert slot_view(core.store.state, 2026, TRAIN).state is SlotState.RUNNING
        assert server.asked("sync/jobs/51") == 0


async def test_work_of_may_goes_on_in_the_pipeline_it_gets_later(server: YearServer, tmp_path: Path) -> None:
    server.on("GET /v1/session", said({"detail": "Not Found"}, 404))
    server.on("GET /v1/auth/me", said(b.MAY_ADMIN))
    silent = {key: value for key, value in b.year(2026).items() if key != "configuration_completed"}
    server.year(2026, silent)
    server.on("POST /v1/files/temp-upload", said([{"name": "p.csv", "path": "tmp/1/p.csv"}]))
    server.on("POST /v1/sync/dispatch", said({"job_id": 41, "state": 0}))
    server.job(41, b.update(41), b.update(41, state=3, result=0, meta={"recalc_jobs_chained": 1}))
    server.on("GET /v1/sync/jobs/by-status", said([{"id": 40}, {"id": 41, "pipeline_id": b.P1, "state": 3}]))
    numbers = (b.work(41, "factor_ingest", 3, 0, "Success"), b.work(42, "emission_recalc", 2, None))
    failed = (numbers[0], b.work(42, "emission_recalc", 3, 2, "no factors"))
    server.pipeline(
        b.P1,
        b.pipeline(b.P1, *numbers, done=None),
        b.pipeline(b.P1, *failed, done=None),
        b.pipeline(b.P1, *failed, done=None, closed=True),
        end="close",
    )
    path = tmp_path / "p.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        await core.loaded(2026)
        ended = await core.upload(2026, PLANE, path)
        assert ended.outcome is not None
        assert (str(ended.outcome.step), ended.outcome.words) == ("partial", "no factors")
        assert told(core) == [NoticeCode.UPLOAD_PARTIAL]


@pytest.mark.expects_log
async def test_a_defect_in_a_wish_is_told_not_swallowed(server: YearServer, tmp_path: Path) -> None:

    async def broken() -> object:
        raise RuntimeError("a defect")

    async with a_core(server.base, tmp_path) as core:
        core.spawn(broken())  # type: ignore[arg-type]
        state = await until(core, lambda s: bool(s.notices))
        assert state.notices[0].code is NoticeCode.INTERNAL_ERROR


async def test_the_end_of_the_program_is_no_lost_connection(server: YearServer, tmp_path: Path) -> None:
    being_set_up(server)
    server.on(STREAM, events(b.event(RUNNING), end="hold"))
    async with a_core(server.base, tmp_path) as core:
        await until(core, lambda s: b.P1 in s.pipelines and s.pipelines[b.P1].snapshot is not None)
        core.spawn(core.create_year(2030))
    assert core.store.state.connection.phase is ConnectionPhase.CLOSING
    assert told(core) == []
