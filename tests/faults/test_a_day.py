"""A day of bad network in a minute: a thousand faults, and every upload ends known, no write is sent twice.

``YEARADMIN_FAULTS`` and ``YEARADMIN_SEED`` make the day longer or another one.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.state.scripted import a_core, brief, until
from tests.state.test_story import files
from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.years import Goal
from yearadmin.state.core import Core, Ended
from yearadmin.state.model import UploadStage

from .paces import HASTY, YEAR, Site
from .proxy import FaultProxy, Kind, Weather
from .watcher import Invariants, agrees, the_truth

FAULTS = int(os.environ.get("YEARADMIN_FAULTS", "1000"))
SEED = int(os.environ.get("YEARADMIN_SEED", "20261125"))
PROGRAMS = 3
OPERATORS = 5
SHARE = 0.55
MOST_GROWTH = 24 * 1024 * 1024  # bytes, from the first third of the day to its end


@dataclass
class Day:
    """What the operators of one program do until the weather has been bad enough."""

    core: Core
    proxy: FaultProxy
    weather: Weather
    folder: Path
    chance: random.Random
    faults: int
    patches: int = 0
    sent: list[str] = field(default_factory=list)
    ends: list[Ended] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    away: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_over(self) -> bool:
        return self.weather.seen.total() >= self.faults

    async def work(self) -> None:
        """One operator's day."""
        slots = [(slot, path) for slot, path in files() if slot.kind is SlotKind.FACTOR and slot.module in (2, 8)]
        while not self.is_over:
            async with asyncio.timeout(90):  # whatever happens, a wish ends
                await self._one(slots)
            if self.weather.seen.total() >= self.faults / 3 and not self.sizes:
                self.sizes.append(resident())

    async def _one(self, slots: list[tuple[Slot, Path]]) -> None:
        core, chance = self.core, self.chance
        if not core.store.state.is_live:
            core.retry_now()
            await asyncio.sleep(0.03)
            return
        if chance.random() < 0.01:
            async with self.away:
                await self.proxy.refuse()
                await asyncio.sleep(chance.uniform(0.0, 0.1))
                await self.proxy.accept()
        match chance.choice(
            ("look", "reload", "reload", "reload", "upload", "upload", "goals", "switch", "retry", "cancel")
        ):
            case "look":
                core.select_year(chance.choice((YEAR, YEAR, 2025, 2024)))
                await asyncio.sleep(0.02)
            case "reload":
                for year in (YEAR, 2025, 2024):
                    core.reload_year(year)
                await asyncio.sleep(0.01)
            case "retry":
                core.retry_now()
            case "goals":
                share = chance.randrange(1, 100) / 100
                goal = Goal(target_year=2040, reduction_percentage=share, reference_year=2019)
                self._patched(await core.save_goals(YEAR, (goal,)))
            case "switch":
                wish = core.open_year if chance.random() < 0.5 else core.close_year
                self._patched(await wish(YEAR))
            case "cancel":
                for upload in core.store.state.uploads[-1:]:
                    core.cancel_upload(upload.key)
            case _:
                slot, source = chance.choice(slots)
                path = self.folder / f"{self.folder.name}_{len(self.sent)}.csv"
                self.sent.append(path.name)
                path.write_bytes(source.read_bytes())
                self.ends.append(await core.upload(YEAR, slot, path))
        await asyncio.sleep(0.005)

    def _patched(self, ended: Ended) -> None:
        self.ends.append(ended)
        self.patches += ended.refused is None


def resident() -> int:
    """The memory this process holds, in bytes."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.timeout(240 + FAULTS / 3)
async def test_a_thousand_faults_and_nothing_lost_nothing_twice_nothing_false(july: Site, tmp_path: Path) -> None:
    days = await asyncio.gather(*(a_day(july, tmp_path, number) for number in range(PROGRAMS)))
    assert sum(day.weather.seen.total() for day in days) >= FAULTS
    assert {kind for day in days for kind in day.weather.seen} == set(Kind)


async def a_day(site: Site, tmp_path: Path, number: int) -> Day:
    """The day of one program, with its share of the faults."""
    folder = tmp_path / f"program{number}"
    folder.mkdir()
    share = -(-FAULTS // PROGRAMS)
    async with (
        FaultProxy(site.base_url) as proxy,
        the_truth(site.base_url, site.role) as truth,
        a_core(proxy.base_url, folder, role=site.role, **HASTY) as core,
    ):
        await core.connected()
        core.select_year(YEAR)
        await core.loaded(YEAR)
        await core._years.settled(YEAR)
        tasks = len(core._ground.tasks)
        invariants = Invariants(core)
        day = Day(core, proxy, Weather(SEED + number, SHARE, share), folder, random.Random(SEED - number), share)
        proxy.choose = day.weather
        try:
            async with asyncio.timeout(60 + FAULTS / 4):
                await asyncio.gather(*(day.work() for _ in range(OPERATORS)))
        except TimeoutError:
            pytest.fail(f"after {day.weather.seen.total()} faults: {brief(core.store.state)}")
        grown = resident() - day.sizes[0]

        # The weather clears: everything comes to its end by itself.
        proxy.choose = lambda asked: None
        core.retry_now()
        await until(core, lambda s: s.is_live, 60)
        core.select_year(YEAR)
        state = await until(core, lambda s: not any(up.is_active for up in s.uploads), 90)
        await until(core, lambda s: not any(sc.loading or sc.busy for sc in s.scopes.values()), 60)
        await agrees(core, truth, YEAR)
        assert invariants.broken == []

        # What the server counts.
        rows = (*await truth.job_rows(active=True), *await truth.job_rows(active=False))
        made = Counter((row.file_path or "").rpartition("/")[2] for row in rows)
        stages = {upload.file_name: upload.stage for upload in state.uploads}
        assert {name: made[name] for name in day.sent if made[name] > 1} == {}
        ended = {name for name, stage in stages.items() if stage is UploadStage.ENDED}
        assert ended == {name for name in stages if made[name] == 1}, brief(state)

        # What passed the proxy.
        assert proxy.twice() == []
        assert len(proxy.passed("PATCH")) <= day.patches
        assert len(proxy.passed("POST /v1/sync/dispatch")) <= len(day.sent)
        assert sum(end.ok for end in day.ends) > 3

        # What is left behind.
        async with asyncio.timeout(60):
            while len(core._ground.tasks) > tasks or len(core._watchers):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert grown < MOST_GROWTH, f"{grown / 1024 / 1024:.1f} MB more"
        return day
