"""What colleagues do appears by itself: the list is looked at again, and the year on screen when it has changed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.remote.lines import hang_up, said
from yearadmin.contract.years import Goal
from yearadmin.state.core import CorePace
from yearadmin.state.model import LoadPhase, Origin
from yearadmin.state.yearlist import YearMark, changed_since_read, mark_of

from . import builders as b
from .scripted import LIST, PACE, YearServer, a_core, pipelines_of, until

GET = "GET /v1/year-configuration/2026"
LATER = "2026-07-01T09:00:00"
_SAME = {name: getattr(PACE, name) for name in PACE.__slots__}
OFTEN = CorePace(**{**_SAME, "refresh": 0.05, "refresh_least": 0.01})
ON_DEMAND = CorePace(**{**_SAME, "refresh": 60.0, "refresh_least": 0.0})


def changed(**more: object) -> dict[str, object]:
    return {**b.year(2026, **more), "updated_at": LATER}  # type: ignore[arg-type]


async def test_a_colleagues_new_year_and_their_opening_appear_by_themselves(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path, pace=OFTEN) as core:
        core.select_year(2026)
        await core.loaded(2026)
        loading: list[bool] = []
        core.store.subscribe(lambda old, new: loading.append(new.scope(2026).loading))
        server.year(2026, changed(is_started=True))
        server.on(LIST, said([b.line(2027, done=None), b.line(2026, is_started=True, updated_at=LATER)]))
        state = await until(core, lambda s: s.scope(2026).config is not None and s.scope(2026).config.is_started)
        assert mark_of(state, 2027) is YearMark.BEING_SET_UP
        assert not any(loading), "nobody asked for it: nothing is said to be under way"
        assert server.count(GET) == 2


async def test_a_year_created_elsewhere_is_read_when_it_is_on_the_screen(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, said({"detail": "none"}, 404))
    async with a_core(server.base, tmp_path, pace=OFTEN) as core:
        core.select_year(2026)
        assert (await core.loaded(2026)).phase is LoadPhase.MISSING
        server.year(2026, b.year(2026))
        server.on(LIST, said([b.line(2026)]))
        await until(core, lambda s: s.scope(2026).phase is LoadPhase.PRESENT)


async def test_an_unchanged_year_is_not_read_again(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path, pace=OFTEN) as core:
        core.select_year(2026)
        await core.loaded(2026)
        before = server.count(LIST)
        async with asyncio.timeout(5):
            for _ in range(3):
                fetched = core.store.state.years.fetched_at
                await core._ground.until(lambda s, old=fetched: s.years.fetched_at != old)  # type: ignore[misc]
        assert server.count(LIST) >= before + 3
        assert server.count(GET) == 1


async def test_a_server_that_never_shows_the_change_is_asked_once_only(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026, updated_at=LATER))
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path, pace=OFTEN) as core:
        core.select_year(2026)
        await core.loaded(2026)
        async with asyncio.timeout(5):
            for _ in range(4):
                fetched = core.store.state.years.fetched_at
                await core._ground.until(lambda s, old=fetched: s.years.fetched_at != old)  # type: ignore[misc]
        assert server.count(GET) <= 2


async def test_coming_back_to_the_window_looks_at_once(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path, pace=ON_DEMAND) as core:
        await core.listed()
        server.on(LIST, said([b.line(2027), b.line(2026)]))
        core.refresh()
        await until(core, lambda s: len(s.years.items) == 2)


@pytest.mark.parametrize("settled", [True, False])
async def test_while_a_conflict_is_open_the_year_is_left_alone(
    server: YearServer, tmp_path: Path, *, settled: bool
) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.year(2026), b.year(2026, goals=(b.GOAL,)))
    async with a_core(server.base, tmp_path, pace=ON_DEMAND) as core:
        core.select_year(2026)
        await core.loaded(2026)
        mine = Goal.model_validate({**b.GOAL, "target_year": 2041})
        assert (await core.save_goals(2026, (mine,))).conflict is not None
        if settled:
            core.settle(2026)
        server.on(LIST, said([b.line(2026, updated_at=LATER)]))
        server.year(2026, changed(goals=(b.GOAL,)))
        fetched = core.store.state.years.fetched_at
        reads = server.count(GET)
        core.refresh()
        await until(core, lambda s: s.years.fetched_at != fetched)
        await core._years.settled(2026)
        assert server.count(GET) == reads + settled
        assert changed_since_read(core.store.state, 2026) is None


async def test_away_from_the_server_nothing_is_asked_and_nothing_is_said_to_be_new(
    server: YearServer, tmp_path: Path
) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path, pace=OFTEN) as core:
        await core.listed()
        server.on("GET /healthz", hang_up)
        server.on("GET /v1/session", hang_up)
        server.on(LIST, hang_up)
        await until(core, lambda s: not s.is_live)
        asked = server.count(LIST)
        await asyncio.sleep(0.2)
        assert server.count(LIST) <= asked + 1
        assert core.store.state.years.origin is Origin.CACHE


async def test_leaving_the_year_ends_its_quiet_reading(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026), b.line(2025))
    server.year(2026, b.year(2026))
    server.year(2025, b.year(2025))
    async with a_core(server.base, tmp_path, pace=ON_DEMAND) as core:
        core.select_year(2026)
        await core.loaded(2026)
        asked = asyncio.Event()

        async def slow(line: object) -> None:
            asked.set()
            await asyncio.sleep(0.3)
            await line.send(said(changed(is_started=True)))  # type: ignore[attr-defined]

        server.on(GET, slow)
        server.on(LIST, said([b.line(2026, updated_at=LATER), b.line(2025)]))
        core.refresh()
        async with asyncio.timeout(5):
            await asked.wait()
        core.select_year(2025)
        await core.loaded(2025)
        await asyncio.sleep(0.4)
        config = core.store.state.scope(2026).config
        assert config is not None
        assert not config.is_started, "a late answer does not land"
        assert pipelines_of(2025) in server.scripts


async def test_a_colleagues_upload_is_found_while_it_runs_and_the_year_read_when_it_ends(
    server: YearServer, tmp_path: Path
) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path, pace=OFTEN) as core:
        core.select_year(2026)
        await core.loaded(2026)
        before = server.count(GET)
        server.on("GET /v1/sync/active-pipelines", said({"2": b.P1}), said({}))
        server.on(f"GET /v1/sync/pipelines/{b.P1}", said(b.pipeline(b.P1, b.ended(7, "factor_ingest"), done=True)))
        await until(core, lambda s: b.P1 in s.pipelines)
        await until(core, lambda s: server.count(GET) > before)


async def test_once_in_a_while_the_year_is_read_without_a_sign_and_without_a_word(
    server: YearServer, tmp_path: Path
) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.year(2026))
    pace = CorePace(**{**_SAME, "refresh": 0.05, "refresh_least": 0.01, "refresh_whole": 0.05})
    async with a_core(server.base, tmp_path, pace=pace) as core:
        core.select_year(2026)
        await core.loaded(2026)
        loading: list[bool] = []
        core.store.subscribe(lambda old, new: loading.append(new.scope(2026).loading))
        before = server.count(GET)
        await until(core, lambda s: server.count(GET) >= before + 2)
        assert not any(loading)
