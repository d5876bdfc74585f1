"""A day of bad network in a minute: a thousand faults, and every upload ends known, no write is sent twice.

``YEARADMIN_FAULTS`` and ``YEARADMIN_SEED`` make the day longer or another one.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.backend_process import BackendProcess
from tests.state.scripted import a_core, brief, until
from tests.state.test_story import ADMIN, files
from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.years import Goal
from yearadmin.remote.transport import TransportPace
from yearadmin.state.core import Core, Ended
from yearadmin.state.model import UploadStage

from .paces import CORE, FOLLOW, YEAR
from .proxy import FaultProxy, Weather
from .watcher import Invariants, agrees, the_truth

FAULTS = int(os.environ.get("YEARADMIN_FAULTS", "1000"))
SEED = int(os.environ.get("YEARADMIN_SEED", "20261125"))
OPERATORS = 4
SHARE = 0.45
PACE = {
    "pace": CORE,
    "follow_pace": FOLLOW,
    "transport_pace": TransportPace(
        connect=1.0, read=0.5, write_read=0.8, upload_stall=1.0, health=0.8, first_retry=0.01
    ),
}
MOST_GROWTH = 24 * 1024 * 1024  # bytes, from the first third of the day to its end


@dataclass
class Day:
    """What the operators of one program do until the weather has been bad enough."""

    core: Core
    proxy: FaultProxy
    weather: Weather
    folder: Path
    chance: random.Random
    patches: int = 0
    sent: list[str] = field(default_factory=list)
    ends: list[Ended] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    away: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_over(self) -> bool:
        return self.weather.seen.total() >= FAULTS

    async def work(self) -> None:
        """One operator's day."""
        slots = [(slot, path) for slot, path in files() if slot.kind is SlotKind.FACTOR and slot.module in (2, 8)]
        while not self.is_over:
            async with asyncio.timeout(30):  # whatever happens, a wish ends
                await self._one(slots)
            if self.weather.seen.total() >= FAULTS / 3 and not self.sizes:
                self.sizes.append(resident())

    async def _one(self, slots: list[tuple[Slot, Path]]) -> None:
        core, chance = self.core, self.chance
        match chance.choice(
            ("look", "look", "reload", "upload", "upload", "goals", "switch", "retry", "cancel", "gone")
        ):
            case "look":
                core.select_year(chance.choice((YEAR, YEAR, 2025, 2024)))
                await asyncio.sleep(0.02)
            case "reload":
                core.reload_year(YEAR)
                await asyncio.sleep(0.02)
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
                for upload in core.store.state.uploads:
                    core.cancel_upload(upload.key)
            case "gone":
                async with self.away:
                    await self.proxy.refuse()
                    await asyncio.sleep(chance.uniform(0.0, 0.1))
                    await self.proxy.accept()
            case _:
                slot, source = chance.choice(slots)
                path = self.folder / f"day_{len(self.sent)}.csv"
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


@pytest.mark.timeout(60 + FAULTS / 10)
async def test_a_thousand_faults_and_nothing_lost_nothing_twice_nothing_false(
    backend: BackendProcess, tmp_path: Path
) -> None:
    async with (
        FaultProxy(backend.base_url) as proxy,
        the_truth(backend.base_url, ADMIN) as truth,
        a_core(proxy.base_url, tmp_path, role=ADMIN, **PACE) as core,
    ):
        await core.connected()
        core.select_year(YEAR)
        await core.loaded(YEAR)
        await core._years.settled(YEAR)
        tasks = len(asyncio.all_tasks())
        invariants = Invariants(core)
        day = Day(core, proxy, Weather(SEED, SHARE, FAULTS), tmp_path, random.Random(SEED + 1))
        proxy.choose = day.weather
        await asyncio.gather(*(day.work() for _ in range(OPERATORS)))
        grown = resident() - day.sizes[0]

        # The weather clears: everything comes to its end by itself.
        proxy.choose = lambda asked: None
        core.retry_now()
        await until(core, lambda s: s.is_live, 10)
        core.select_year(YEAR)
        state = await until(core, lambda s: not any(up.is_active for up in s.uploads), 30)
        await until(core, lambda s: not any(sc.loading or sc.busy for sc in s.scopes.values()), 20)
        await agrees(core, truth, YEAR)
        assert invariants.broken == []

        # What the server counts.
        rows = (*await truth.job_rows(active=True), *await truth.job_rows(active=False))
        made = [(row.file_path or "").rpartition("/")[2] for row in rows]
        by_name = {upload.file_name: upload.stage for upload in state.uploads}
        for name in day.sent:
            times = made.count(name)
            assert times <= 1, name
            if name in by_name:
                assert (times == 1) is (by_name[name] is UploadStage.ENDED), (name, by_name[name], brief(state))
        assert len({row.id for row in rows}) == len(rows)

        # What passed the proxy.
        assert proxy.twice() == []
        assert len(proxy.passed("PATCH")) <= day.patches
        assert len(proxy.passed("POST /v1/sync/dispatch")) <= len(day.sent)
        assert sum(end.ok for end in day.ends) > 5

        # What is left behind.
        async with asyncio.timeout(10):
            while len(asyncio.all_tasks()) > tasks + 2 or len(core._watchers):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert grown < MOST_GROWTH, f"{grown / 1024 / 1024:.1f} MB more"
        assert day.weather.seen.total() == FAULTS
