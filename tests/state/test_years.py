"""Looking at a year costs three requests, and no answer ever lands on another year or covers a newer one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.remote.lines import answer, said
from yearadmin.contract.enums import Provisioned
from yearadmin.contract.links import LinkPhase
from yearadmin.contract.problems import ProblemCode
from yearadmin.state.model import LoadPhase, Origin
from yearadmin.state.permits import Refusal, may_create, may_open, may_upload
from yearadmin.state.readiness import readiness
from yearadmin.state.setup import SetupPhase, setup_of
from yearadmin.state.yearlist import YearMark, mark_of, years_users_see

from . import builders as b
from .scripted import LIST, MODULES, YearServer, a_core, later, pipelines_of, told, until


async def test_a_year_costs_three_requests_sent_together(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path) as core:
        await core.listed()
        await core.loaded(2026)  # chosen by itself
        server.seen.clear()
        server.year(2025, later(0.1, b.year(2025)))
        server.on(pipelines_of(2025), later(0.1, said([])))
        server.on(MODULES, later(0.1, said({})))
        began = asyncio.get_running_loop().time()
        core.select_year(2025)
        assert (await core.loaded(2025)).phase is LoadPhase.PRESENT
        assert asyncio.get_running_loop().time() - began < 0.25
        assert sorted((item.path.removeprefix("/v1/"), tuple(item.query.items())) for item in server.seen) == [
            ("sync/active-pipelines", (("year", "2025"), ("modules", "1,2,3,4,5,6,7,8"))),
            ("sync/active-pipelines/year/2025", ()),
            ("year-configuration/2025", ()),
        ]


async def test_no_such_year_is_an_empty_state_without_a_notice(server: YearServer, tmp_path: Path) -> None:
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2027)
        assert (await core.loaded(2027)).phase is LoadPhase.MISSING
        state = core.store.state
        assert may_create(state, 2027).allowed
        assert not may_open(state, 2027).offered
        assert mark_of(state, 2027) is YearMark.NOT_CONFIGURED
        assert state.notices == ()
        assert state.scope(2027).problem is None


async def test_a_proxys_not_found_page_is_no_missing_year(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, answer(404, "<html>not found</html>", "text/html"))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        scope = await core.loaded(2026)
        assert scope.phase is LoadPhase.FAILED
        assert scope.problem is not None
        assert scope.problem.code is ProblemCode.NOT_THE_SERVER
        assert not may_create(core.store.state, 2026).offered


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (answer(500, "Traceback (most recent call last)…", "text/plain"), ProblemCode.SERVER_ERROR),
        (said({"detail": [{"loc": ["path", "year"], "msg": "not an int", "type": "x"}]}, 422), ProblemCode.REFUSED),
        (answer(200, "<html>proxy</html>", "text/html"), ProblemCode.NOT_THE_SERVER),
        (said(["not", "a", "year"]), ProblemCode.UNREADABLE),
        (said({"detail": "no"}, 403), ProblemCode.FORBIDDEN),
    ],
)
async def test_a_failed_reload_keeps_the_year_and_says_why(
    server: YearServer, tmp_path: Path, bad: bytes, code: ProblemCode
) -> None:
    server.year(2026, b.year(2026), bad)
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        await core.loaded(2026)
        core.reload_year(2026)
        state = await until(core, lambda s: s.scope(2026).problem is not None and not s.scope(2026).loading)
        scope = state.scope(2026)
        assert scope.problem is not None
        assert (scope.problem.code, scope.phase, scope.loading) == (code, LoadPhase.PRESENT, False)
        assert scope.config is not None


async def test_switching_back_and_forth_follows_each_pipeline_once(server: YearServer, tmp_path: Path) -> None:
    for number, pipeline_id, root in ((2025, b.P1, 10), (2026, b.P2, 20)):
        picture = b.pipeline(pipeline_id, b.work(root, "unit_sync"))
        server.year(number, later(0.03, b.year(number, done=None)))
        server.on(pipelines_of(number), later(0.02, said([pipeline_id])))
        server.pipeline(pipeline_id, picture, picture, end="hold")
        server.job(root, b.update(root, meta={"phases": [{"name": "fetch_units", "state": "running"}]}), end="hold")
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        for _ in range(3):
            for number in (2025, 2026):
                core.select_year(number)
                await asyncio.sleep(0.025)
        core.select_year(2025)
        await core.loaded(2025)
        core.select_year(2026)
        await core.loaded(2026)
        await until(core, lambda s: all(p.root_update for p in s.pipelines.values()))
        await until(core, lambda s: {p.link.phase for p in s.pipelines.values() if p.link} == {LinkPhase.LIVE})
        for pipeline_id in (b.P1, b.P2):
            assert server.count(f"GET /v1/sync/pipelines/{pipeline_id}") == 1
            assert server.count(f"GET /v1/sync/pipelines/{pipeline_id}/stream") == 1
        state = core.store.state
        assert {setup_of(state, 2025).phase, setup_of(state, 2026).phase} == {SetupPhase.RUNNING}
        assert {number: state.scope(number).config.year for number in (2025, 2026)} == {2025: 2025, 2026: 2026}  # type: ignore[union-attr]
        assert not any(state.scope(number).loading for number in (2025, 2026))


async def test_a_late_answer_changes_nothing_on_another_year(server: YearServer, tmp_path: Path) -> None:
    server.year(2025, later(0.2, b.year(2025)))
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2025)
        await asyncio.sleep(0.05)
        core.select_year(2026)
        await core.loaded(2026)
        before = core.store.state.scope(2026)
        await asyncio.sleep(0.25)
        assert core.store.state.scope(2026) == before
        assert core.store.state.selected == 2026
        assert core.store.state.scope(2025).config is None


async def test_an_older_read_never_covers_the_answer_of_a_write(server: YearServer, tmp_path: Path) -> None:
    closed, opened = b.complete_year(2026), b.complete_year(2026, is_started=True)
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, closed, later(0.15, closed), opened)
    server.on("PATCH /v1/year-configuration/2026", said(opened))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        await core.loaded(2026)
        core.reload_year(2026)
        await asyncio.sleep(0.03)
        seen: list[bool] = []
        core.store.subscribe(lambda old, new: seen.append(new.scope(2026).config.is_started))  # type: ignore[union-attr]
        assert (await core.open_year(2026)).ok
        await asyncio.sleep(0.2)
        await core.loaded(2026)
        first = seen.index(True)
        assert all(seen[first:])
        assert server.count("GET /v1/year-configuration/2026") >= 3


async def test_not_provisioned_and_nothing_running_is_looked_at_twice(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026, done=None), b.year(2026))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        phases: set[SetupPhase] = set()
        core.store.subscribe(lambda old, new: phases.add(setup_of(new, 2026).phase))
        await core.loaded(2026)
        assert setup_of(core.store.state, 2026).phase is SetupPhase.DONE
        assert SetupPhase.STOPPED not in phases


async def test_a_set_up_that_stopped_out_of_sight_can_be_repeated(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026, done=None))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        await core.loaded(2026)
        assert setup_of(core.store.state, 2026).phase is SetupPhase.STOPPED
        assert mark_of(core.store.state, 2026) is YearMark.SETUP_FAILED


async def test_a_server_that_does_not_say_whether_it_is_set_up_blocks_nothing(
    server: YearServer, tmp_path: Path
) -> None:
    silent = {key: value for key, value in b.complete_year(2026).items() if key != "configuration_completed"}
    server.year(2026, silent)
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        scope = await core.loaded(2026)
        assert scope.config is not None
        assert scope.config.provisioned is Provisioned.UNKNOWN
        assert not setup_of(core.store.state, 2026).gates
        assert may_open(core.store.state, 2026).allowed


async def test_a_year_a_colleague_creates_while_one_looks_at_its_absence(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, said({"detail": "none"}, 404), b.year(2026))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        assert (await core.loaded(2026)).phase is LoadPhase.MISSING
        server.on(LIST, said([b.line(2026)]))
        core.select_year(2026)
        server.year(2027, b.year(2027))
        core.reload_year(2027)  # reads the list too
        state = await until(core, lambda s: s.scope(2026).phase is LoadPhase.PRESENT)
        assert mark_of(state, 2026) is YearMark.READY


async def test_users_are_asked_for_nothing_they_may_not_see(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.STANDARD, b.line(2025, is_started=True))
    server.year(2025, b.complete_year(2025, is_started=True))
    async with a_core(server.base, tmp_path) as core:
        state = await until(core, lambda s: s.selected is not None)
        assert state.selected == 2025
        await core.loaded(2025)
        state = core.store.state
        assert server.asked("sync") == 0
        assert years_users_see(state) == (2025,)
        from yearadmin.catalogue.modules import all_slots

        slot = next(all_slots())
        assert Refusal.NO_RIGHT in may_upload(state, 2025, slot).refusals
        assert not may_open(state, 2025).offered
        assert (await core.close_year(2025)).refused is not None
        assert server.writes() == []


async def test_what_is_refused_for_pipelines_does_not_hide_the_year(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    server.on(pipelines_of(2026), said({"detail": "no"}, 403))
    server.on(MODULES, answer(500, "boom", "text/plain"))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        scope = await core.loaded(2026)
        assert (scope.phase, scope.origin, scope.year_pipelines) == (LoadPhase.PRESENT, Origin.SERVER, None)
        assert readiness(core.store.state, 2026)
        assert told(core) == []


async def test_an_empty_configuration_is_survived(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, {**b.year(2026), "config": {}}, {**b.year(2026), "config": {"modules": {"1": "text"}}})
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        assert (await core.loaded(2026)).config is not None
        core.reload_year(2026)
        await until(core, lambda s: not s.scope(2026).loading)
        assert not may_open(core.store.state, 2026).allowed
