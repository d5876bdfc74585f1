"""The client finds its server, says honestly when it is gone, and comes back alone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from tests.remote.lines import SIGNED_IN, ScriptedServer, answer, hang_up, said, silence
from yearadmin.cache.store import Cache
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.state.core import Core, ServerChoice
from yearadmin.state.model import ConnectionPhase, LoadPhase, NoticeCode, Origin
from yearadmin.state.permits import Refusal, may_close, may_open

from . import builders as b
from .scripted import LIST, PACE, YearServer, a_core, told, until

Phase = ConnectionPhase
UNSIGNED = said({"detail": "no cookie"}, 401)


async def test_the_years_and_the_first_to_be_opened_appear(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026, is_started=True), b.line(2025), b.line(2024))
    server.year(2025, b.year(2025))
    async with a_core(server.base, tmp_path) as core:
        assert await core.connected() is Phase.LIVE
        years = await core.listed()
        assert [item.year for item in years.items] == [2026, 2025, 2024]
        state = await until(core, lambda s: s.selected is not None)
        assert state.selected == 2025
        scope = await core.loaded(2025)
        assert (scope.phase, scope.origin) == (LoadPhase.PRESENT, Origin.SERVER)


async def test_without_anything_to_open_this_year_is_shown(server: YearServer, tmp_path: Path) -> None:
    async with a_core(server.base, tmp_path) as core:
        state = await until(core, lambda s: s.selected is not None)
        assert state.selected == 2026
        assert (await core.loaded(2026)).phase is LoadPhase.MISSING
        assert state.notices == ()


async def test_the_year_looked_at_last_is_shown_again(server: YearServer, tmp_path: Path) -> None:
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2023)
        await core.loaded(2023)
    async with a_core(server.base, tmp_path) as core:
        assert core.store.state.selected == 2023


async def test_a_demo_server_is_signed_in_to(server: YearServer, tmp_path: Path) -> None:
    server.on("GET /v1/session", UNSIGNED, said(b.ADMIN))
    server.on("GET /v1/auth/login-test", answer(302, headers={"Location": "http://elsewhere/", **SIGNED_IN}))
    async with a_core(server.base, tmp_path, role="calco2.backoffice.admin") as core:
        assert await core.connected() is Phase.LIVE
        assert [item.query for item in server.seen if "login-test" in item.path] == [
            {"role": "calco2.backoffice.admin"}
        ]


async def test_without_a_session_it_is_signed_out_and_asks_nothing_more(server: YearServer, tmp_path: Path) -> None:
    server.on("GET /v1/session", UNSIGNED)
    async with a_core(server.base, tmp_path) as core:
        assert await core.connected() is Phase.SIGNED_OUT
        assert core.store.state.connection.problem is not None
        assert (await core.create_year(2026)).refused is not None
        assert server.asked("year-configuration") == 0


async def test_a_server_of_may_is_understood(server: YearServer, tmp_path: Path) -> None:
    server.on("GET /v1/session", said({"detail": "Not Found"}, 404))
    server.on("GET /v1/auth/me", said(b.MAY_ADMIN))
    server.year(2026, {key: value for key, value in b.year(2026).items() if key != "configuration_completed"})
    async with a_core(server.base, tmp_path) as core:
        assert await core.connected() is Phase.LIVE
        scope = await core.loaded(2026)
        assert scope.phase is LoadPhase.PRESENT


async def test_with_the_server_down_what_was_known_is_shown_dated(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2025, is_started=True))
    server.year(2025, b.complete_year(2025))
    async with a_core(server.base, tmp_path) as core:
        core.select_year(2025)
        seen = await core.loaded(2025)
    async with ScriptedServer() as other:
        nobody = other.base
    async with a_core(nobody, tmp_path) as core:
        state = core.store.state
        assert (state.scope(2025).origin, state.scope(2025).fetched_at) == (Origin.CACHE, seen.fetched_at)
        assert state.user_origin is Origin.CACHE
        assert state.years.items[0].is_started
        assert await core.connected() is Phase.OFFLINE
        connection = core.store.state.connection
        assert connection.problem is not None
        assert connection.problem.code is ProblemCode.UNREACHABLE
        assert connection.next_try is not None
        assert Refusal.OFFLINE in may_close(core.store.state, 2025).refusals
        assert (await core.loaded(2025)).config is not None


async def test_a_server_that_goes_away_is_noticed_and_found_again(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.complete_year(2026), hang_up)
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        await core.loaded(2026)
        server.on("GET /healthz", hang_up)
        core.reload_year(2026)
        state = await until(core, lambda s: s.connection.phase is Phase.OFFLINE)
        assert state.scope(2026).config is not None
        assert state.scope(2026).origin is Origin.CACHE
        assert may_open(state, 2026).refusals == (Refusal.OFFLINE,)
        server.usual(b.ADMIN, b.line(2026))
        server.year(2026, b.complete_year(2026))
        state = await until(core, lambda s: s.is_live and s.scope(2026).origin is Origin.SERVER)
        assert may_open(state, 2026).allowed
        assert state.notices == ()


async def test_offline_is_noticed_without_any_wish(server: YearServer, tmp_path: Path) -> None:
    async with a_core(server.base, tmp_path, pace=replace(PACE, health_look=0.05)) as core:
        await core.connected()
        server.on("GET /healthz", answer(502, "<html>bad gateway</html>", "text/html"))
        server.on("GET /v1/session", answer(502, "<html>bad gateway</html>", "text/html"))
        state = await until(core, lambda s: s.connection.phase is Phase.OFFLINE)
        assert state.connection.problem is not None
        assert state.connection.problem.status == 502


async def test_retry_now_ends_the_wait(server: YearServer, tmp_path: Path) -> None:
    server.on("GET /healthz", hang_up)
    async with a_core(server.base, tmp_path, pace=replace(PACE, first_retry=60.0, longest_retry=60.0)) as core:
        assert await core.connected() is Phase.OFFLINE
        server.usual()
        core.retry_now()
        await until(core, lambda s: s.is_live)


async def test_an_expired_session_leaves_everything_readable(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.complete_year(2026), UNSIGNED)
    server.on("GET /v1/session", said(b.ADMIN), UNSIGNED)
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        await core.loaded(2026)
        core.reload_year(2026)
        state = await until(core, lambda s: s.connection.phase is Phase.SIGNED_OUT)
        assert state.scope(2026).config is not None
        assert state.user is not None
        assert may_open(state, 2026).refusals == (Refusal.SIGNED_OUT,)


async def test_a_server_that_lets_in_and_refuses_is_not_asked_in_a_tight_circle(
    server: YearServer, tmp_path: Path
) -> None:
    server.year(2026, UNSIGNED)
    async with a_core(server.base, tmp_path, pace=replace(PACE, first_retry=0.2, longest_retry=30.0)) as core:
        await core.connected()
        await asyncio.sleep(0.5)
        assert server.count("GET /v1/session") <= 4
        scope = core.store.state.scope(2026)
        assert scope.problem is not None
        assert scope.problem.code is ProblemCode.NOT_SIGNED_IN


async def test_another_person_sees_nothing_of_the_former_one(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026), b.line(2025, is_started=True))
    server.year(2024, b.year(2024))
    server.year(2026, b.year(2026))
    server.on("GET /v1/auth/login-test", answer(302, headers={"Location": "http://elsewhere/", **SIGNED_IN}))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        for year in (2024, 2026):
            core.select_year(year)
            await core.loaded(year)
        server.usual(b.STANDARD, b.line(2025, is_started=True))
        server.year(2026, said({"detail": "none"}, 404))
        server.year(2025, b.complete_year(2025, is_started=True))
        ended = await core.sign_in_as("calco2.user.standard")
        assert ended.ok
        state = await until(core, lambda s: s.scope(2025).phase is LoadPhase.PRESENT)
        assert state.selected == 2025  # the former one's year is not open to this one
        assert state.scope(2026).config is None
        assert state.scope(2024).config is None
        assert [item.year for item in state.years.items] == [2025]
        assert state.user is not None
        assert state.user.email == "user@example.org"


async def test_signing_out_keeps_what_is_known(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.year(2026))
    server.on("GET /v1/session", said(b.ADMIN), UNSIGNED)
    server.on("DELETE /v1/session", said({"message": "bye"}))
    async with a_core(server.base, tmp_path) as core:
        await core.listed()
        assert (await core.sign_out()).ok
        state = core.store.state
        assert state.connection.phase is Phase.SIGNED_OUT
        assert [item.year for item in state.years.items] == [2026]


async def test_a_web_page_is_not_taken_for_the_server(server: YearServer, tmp_path: Path) -> None:
    server.scripts.clear()
    server.on("GET /healthz", answer(200, "<html>hello</html>", "text/html"))
    server.on("GET /v1/session", answer(200, "<html>hello</html>", "text/html"))
    async with a_core(server.base, tmp_path) as core:
        assert await core.connected() is Phase.OFFLINE
        problem = core.store.state.connection.problem
        assert problem is not None
        assert problem.code is ProblemCode.NOT_THE_SERVER


async def test_a_silent_server_is_offline_not_a_frozen_window(server: YearServer, tmp_path: Path) -> None:
    server.on("GET /healthz", silence)
    async with a_core(server.base, tmp_path) as core:
        assert await core.connected() is Phase.OFFLINE


async def test_an_impossible_address_is_said_at_once(tmp_path: Path) -> None:
    async with a_core("not an address", tmp_path) as core:
        assert await core.connected() is Phase.OFFLINE
        assert core.store.state.connection.next_try is None


async def test_the_backend_is_started_before_each_attempt(server: YearServer, tmp_path: Path) -> None:
    calls: list[int] = []

    async def ensure() -> None:
        calls.append(len(calls))
        if len(calls) == 1:
            raise ProblemError(Problem(ProblemCode.BACKEND_FAILED, server_words="port in use"))

    async with a_core(server.base, tmp_path, before_connect=ensure) as core:
        assert await core.connected() is Phase.OFFLINE
        problem = core.store.state.connection.problem
        assert problem is not None
        assert (problem.code, problem.server_words) == (ProblemCode.BACKEND_FAILED, "port in use")
        await until(core, lambda s: s.is_live)
        assert calls == [0, 1]


async def test_a_window_closed_at_once_ends_in_order(server: YearServer, tmp_path: Path) -> None:
    for started in (False, True):
        core = Core(ServerChoice(server.base), Cache(tmp_path / f"{started}.sqlite"), this_year=2026)
        starting = asyncio.create_task(core.start()) if started else None
        await asyncio.sleep(0)
        await core.close()
        if starting is not None:
            await starting
        core.retry_now()
        core.reload_year(2026)
        core.select_year(2026)
        assert core.store.state.connection.phase is Phase.CLOSING
        assert server.seen == []


async def test_a_damaged_cache_is_told_once(server: YearServer, tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"not a database at all" * 500)
    async with a_core(server.base, tmp_path) as core:
        await core.listed()
        assert told(core) == [NoticeCode.CACHE_SET_ASIDE]


async def test_the_list_survives_unknown_fields_and_failures(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    server.on(LIST, said([{**b.line(2026), "colour": "blue"}]), answer(500, "Internal Server Error", "text/plain"))
    async with a_core(server.base, tmp_path) as core:
        await core.listed()
        core.reload_year(2026)
        state = await until(core, lambda s: s.years.problem is not None)
        assert [item.year for item in state.years.items] == [2026]
