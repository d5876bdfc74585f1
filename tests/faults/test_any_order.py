"""Whatever order answers, switches, cancels, uploads and faults come in, the end equals a fresh load.

``YEARADMIN_ORDERS`` is how many orders are tried.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.state.scripted import a_core, brief, until
from tests.state.test_story import SAMPLE
from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.years import Goal
from yearadmin.state.core import Core, Ended
from yearadmin.state.model import AppState, UploadStage, YearScope

from .paces import HASTY, PATIENT, YEAR, Site
from .proxy import Asked, Fault, FaultProxy, Kind
from .watcher import Invariants, agrees, the_truth

ORDERS = int(os.environ.get("YEARADMIN_ORDERS", "25"))
YEARS = (YEAR, 2025, 2024)  # the last two are not configured
UPLOADS = (
    (Slot(8, 50, SlotKind.FACTOR), SAMPLE / "processemissions_factors.csv"),
    (Slot(8, 50, SlotKind.FACTOR), SAMPLE / "bad" / "missing_column.csv"),
    (Slot(2, 20, SlotKind.FACTOR), SAMPLE / "travel_planes_factors.csv"),
)

Step = tuple[str, int]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("select"), st.sampled_from(YEARS)),
        st.tuples(st.just("reload"), st.sampled_from(YEARS)),
        st.tuples(st.just("upload"), st.integers(0, len(UPLOADS) - 1)),
        st.tuples(st.just("goals"), st.integers(1, 99)),
        st.tuples(st.sampled_from(["open", "close", "cancel", "retry", "cut", "pause", "pause"]), st.integers(0, 20)),
    ),
    min_size=3,
    max_size=16,
)
FAULTS = st.lists(
    st.one_of(
        st.none(),
        st.builds(
            Fault,
            st.sampled_from(list(Kind)),
            seconds=st.sampled_from([0.0, 0.01, 0.04]),
            after=st.integers(0, 3000),
            headers=st.just({"Retry-After": "0"}),
        ),
    ),
    max_size=40,
)


class Play:
    """One run: nobody waits for anything until the last step."""

    def __init__(self, core: Core, proxy: FaultProxy, folder: Path) -> None:
        self.core = core
        self.proxy = proxy
        self.folder = folder
        self.sent: list[str] = []
        self.wishes: list[asyncio.Task[Ended]] = []

    def wish(self, wish: Coroutine[object, object, Ended]) -> None:
        self.wishes.append(asyncio.get_running_loop().create_task(wish))

    async def step(self, what: str, number: int) -> None:
        core = self.core
        match what:
            case "select":
                core.select_year(number)
            case "reload":
                core.reload_year(number)
            case "upload":
                slot, source = UPLOADS[number]
                path = self.folder / f"{self.folder.name}_{len(self.sent)}.csv"
                path.write_bytes(source.read_bytes())
                self.sent.append(path.name)
                self.wish(core.upload(YEAR, slot, path))
            case "goals":
                goal = Goal(target_year=2040, reduction_percentage=number / 100, reference_year=2019)
                self.wish(core.save_goals(YEAR, (goal,)))
            case "open":
                self.wish(core.open_year(YEAR))
            case "close":
                self.wish(core.close_year(YEAR))
            case "cancel":
                for upload in core.store.state.uploads[number % 3 :]:
                    core.cancel_upload(upload.key)
            case "retry":
                core.retry_now()
            case "cut":
                await self.proxy.refuse()
                await asyncio.sleep(number / 1000)
                await self.proxy.accept()
            case _:
                await asyncio.sleep(number / 500)


def told(scope: YearScope) -> YearScope:
    """What the server says of a year: without the moments, and without what became of this program's own wishes."""
    return replace(scope, fetched_at=None, failed_wish=None, conflict=None)


def is_quiet(state: AppState) -> bool:
    return not any(up.is_active for up in state.uploads) and not any(
        scope.loading or scope.busy for scope in state.scopes.values()
    )


async def play(site: Site, folder: Path, steps: list[Step], faults: list[Fault | None]) -> None:
    coming = iter(faults)

    def choose(asked: Asked) -> Fault | None:
        return next(coming, None)

    async with (
        FaultProxy(site.base_url) as proxy,
        the_truth(site.base_url, site.role) as truth,
        a_core(proxy.base_url, folder, role=site.role, **HASTY) as core,
    ):
        await core.connected()
        core.select_year(YEAR)
        await core.loaded(YEAR)
        invariants = Invariants(core)
        played = Play(core, proxy, folder)
        proxy.choose = choose
        for what, number in steps:
            await played.step(what, number)

        # The weather clears: everything comes to its end by itself.
        proxy.choose = lambda asked: None
        core.retry_now()
        await until(core, lambda s: s.is_live, 60)
        core.select_year(YEAR)
        await asyncio.gather(*played.wishes)
        await until(core, is_quiet, 60)
        await agrees(core, truth, YEAR)
        await core.listed()
        await until(core, is_quiet, 60)
        state = core.store.state
        assert invariants.broken == []
        assert proxy.twice() == []

        async with a_core(site.base_url, folder / "fresh", role=site.role, **PATIENT) as fresh:
            await fresh.connected()
            fresh.select_year(YEAR)
            await fresh.loaded(YEAR)
            await fresh.listed()
            await until(fresh, is_quiet, 60)
            expected = fresh.store.state
        assert told(state.scope(YEAR)) == told(expected.scope(YEAR))
        assert state.years.items == expected.years.items

        # And each upload that is said to have ended has one job, each other one has none.
        rows = (*await truth.job_rows(active=True), *await truth.job_rows(active=False))
        made = Counter((row.file_path or "").rpartition("/")[2] for row in rows)
        ended = {up.file_name for up in state.uploads if up.stage is UploadStage.ENDED}
        assert {name: made[name] for name in played.sent if made[name]} == dict.fromkeys(ended, 1), brief(state)


@pytest.mark.timeout(120 + 10 * ORDERS)  # a quiet machine needs half a second for each
# No shrinking: each try costs a second, and the network is never the same twice.
@settings(
    max_examples=ORDERS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(STEPS, FAULTS)
def test_any_order_with_any_faults_ends_like_a_fresh_load(
    july: Site, steps: list[Step], faults: list[Fault | None]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(july, Path(folder), steps, faults))
