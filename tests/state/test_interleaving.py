"""Whatever order answers, switches and cancels come in, the end equals a fresh load."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.remote.lines import Line, said
from yearadmin.state.core import Core
from yearadmin.state.model import YearScope

from . import builders as b
from .scripted import MODULES, YearServer, a_core, pipelines_of, until

YEARS = (2024, 2025, 2026)
PIPELINES = dict(zip(YEARS, (b.P1, b.P2, b.P3), strict=True))

Action = tuple[str, int, float]
actions = st.lists(
    st.tuples(
        st.sampled_from(["select", "reload", "open", "close", "wait", "retry"]), st.sampled_from(YEARS), st.just(0.0)
    ),
    max_size=12,
)
delays = st.lists(st.sampled_from([0.0, 0.0, 0.001, 0.004, 0.012]), min_size=1, max_size=7)


class Truth:
    """A small server with a memory: years open and close, and every answer takes as long as the test says."""

    def __init__(self, server: YearServer, delays: list[float]) -> None:
        self.opened = dict.fromkeys(YEARS, False)
        self._delays = delays
        self._asked = 0
        for year in YEARS:
            server.on(f"GET /v1/year-configuration/{year}", self._script(lambda line, y=year: self._year(y)))
            server.on(f"PATCH /v1/year-configuration/{year}", self._script(lambda line, y=year: self._patch(y, line)))
            server.on(pipelines_of(year), self._script(lambda line: []))
            picture = b.pipeline(PIPELINES[year], b.work(year, module_type_id=2, data_entry_type_id=20))
            server.pipeline(PIPELINES[year], picture, picture, end="hold")
        server.on(MODULES, self._script(lambda line: {"2": PIPELINES[int(line.request.query["year"])]}))
        server.on("GET /v1/year-configuration/", self._script(lambda line: self._list()))

    def _year(self, year: int) -> object:
        return b.complete_year(year, is_started=self.opened[year])

    def _list(self) -> object:
        return [b.line(year, is_started=self.opened[year]) for year in reversed(YEARS)]

    def _patch(self, year: int, line: Line) -> object:
        body = line.request.json
        assert isinstance(body, dict)
        self.opened[year] = bool(body["is_started"])
        return self._year(year)

    def _script(self, answer: object) -> object:
        async def script(line: Line) -> None:
            assert callable(answer)
            self._asked += 1
            before, after = (self._delays[(self._asked + shift) % len(self._delays)] for shift in (0, 3))
            await asyncio.sleep(before)
            data = said(answer(line))  # what is true now …
            await asyncio.sleep(after)
            await line.send(data)  # … arrives when it arrives

        return script


async def settled(core: Core) -> None:
    """Wait until no request for a year or the list is under way, and no write is."""
    await until(core, lambda s: not any(scope.loading or scope.busy for scope in s.scopes.values()))
    await core.listed()
    await until(core, lambda s: not any(scope.loading or scope.busy for scope in s.scopes.values()))


def told(scope: YearScope) -> YearScope:
    """A year without the moments, which differ between two loads."""
    return replace(scope, fetched_at=None)


async def play(steps: list[Action], slow: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with YearServer() as server:
            server.usual()
            truth = Truth(server, slow)
            async with a_core(server.base, Path(folder)) as core:
                await core.connected()
                await until(core, lambda s: s.selected is not None)
                for what, year, _ in steps:
                    match what:
                        case "select":
                            core.select_year(year)
                        case "reload":
                            core.reload_year(year)
                        case "open":
                            core.spawn(core.open_year(year))
                        case "close":
                            core.spawn(core.close_year(year))
                        case "retry":
                            core.retry_now()
                        case _:
                            await asyncio.sleep(0.003)
                await settled(core)
                looked_at = core.store.state.selected
                assert looked_at is not None
                await core.loaded(looked_at)
                state = core.store.state
                for year in YEARS:
                    assert server.count(f"GET /v1/sync/pipelines/{PIPELINES[year]}") <= 1
                    assert server.count(f"GET /v1/sync/pipelines/{PIPELINES[year]}/stream") <= 1
            async with a_core(server.base, Path(folder) / "fresh") as fresh:
                await fresh.connected()
                fresh.select_year(looked_at)
                await fresh.loaded(looked_at)
                await settled(fresh)
                expected = fresh.store.state
                assert told(state.scope(looked_at)) == told(expected.scope(looked_at))
                assert [(i.year, i.is_started) for i in state.years.items] == [
                    (year, truth.opened[year]) for year in reversed(YEARS)
                ]
                assert all(scope.config is None or scope.config.year == year for year, scope in state.scopes.items())


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(actions, delays)
def test_any_order_ends_like_a_fresh_load(steps: list[Action], slow: list[float]) -> None:
    asyncio.run(play(steps, slow))
