"""Each fault of the network in the middle of each thing an operator does: it ends known and once, none stays stuck."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.state.scripted import a_core, until
from tests.state.test_story import SAMPLE
from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.contract.problems import ProblemCode
from yearadmin.contract.years import Goal
from yearadmin.remote.api import Api
from yearadmin.state.core import Core, Ended
from yearadmin.state.model import LoadPhase, Origin, UploadStage
from yearadmin.state.setup import SetupPhase

from .paces import QUICK, YEAR, Site
from .proxy import BEFORE, Fault, FaultProxy, Kind, Script
from .watcher import Invariants, agrees, the_truth

SLOT = Slot(8, 50, SlotKind.FACTOR)
FILE = SAMPLE / "processemissions_factors.csv"
# What passes unnoticed, for reading and for writing alike.
HARMLESS = (Kind.LATENCY, Kind.SLICES, Kind.UNAUTHORISED)
# Where the version of May might be met otherwise: lost answers, broken streams, renewed sessions.
OF_MAY = (Kind.RESET_AFTER, Kind.TRUNCATED, Kind.STATUS, Kind.LOST_STATUS, Kind.UNAUTHORISED)


@dataclass
class Scene:
    """One test: the program behind the proxy, and the truth beside it."""

    core: Core
    proxy: FaultProxy
    truth: Api
    folder: Path
    year: int
    newest: int  # job before the test

    def strike(self, part: str, kind: Kind, times: int = 1) -> None:
        self.proxy.choose = Script({part: [Fault(kind, after=150)] * times})

    async def loaded(self) -> None:
        self.core.select_year(self.year)
        async with asyncio.timeout(60):
            await until(self.core, lambda s: s.scope(self.year).origin is Origin.SERVER, 60)
            await until(self.core, lambda s: not s.scope(self.year).loading, 60)


async def load(scene: Scene, kind: Kind) -> None:
    scene.strike(f"GET /v1/year-configuration/{scene.year}", kind)
    scene.core.reload_year(scene.year)
    async with asyncio.timeout(60):
        while not any(item.fault for item in scene.proxy.asked):  # noqa: ASYNC110 - the proxy tells nobody
            await asyncio.sleep(0.01)
    await until(scene.core, lambda s: not s.scope(scene.year).loading, 60)
    scope = scene.core.store.state.scope(scene.year)
    assert scope.problem is None or scope.problem.code is not ProblemCode.INTERNAL
    assert scope.config is not None  # what was known stays readable


async def create(scene: Scene, kind: Kind) -> None:
    scene.strike("POST /v1/year-configuration/", kind)
    ended = await scene.core.create_year(scene.year)
    await acted(scene, ended, kind, "POST /v1/year-configuration/")
    if ended.ok:
        assert (await scene.core.setup_ended(scene.year)).phase is SetupPhase.DONE


async def switch(scene: Scene, kind: Kind) -> None:
    scope = scene.core.store.state.scope(scene.year)
    assert scope.config is not None
    if scope.config.is_started:
        assert (await scene.core.close_year(scene.year)).ok
        scene.proxy.asked.clear()
    scene.strike("PATCH", kind)
    ended = await scene.core.open_year(scene.year)
    await acted(scene, ended, kind, "PATCH")
    held = (await scene.truth.get_year(scene.year)).value
    assert held.is_started is ended.ok


async def goals(scene: Scene, kind: Kind) -> None:
    scope = scene.core.store.state.scope(scene.year)
    assert scope.config is not None
    present = scope.config.config.reduction_objectives.goals[0]
    changed = present.model_copy(
        update={"reduction_percentage": 0.11 if present.reduction_percentage != 0.11 else 0.12}
    )
    scene.strike("PATCH", kind)
    ended = await scene.core.save_goals(scene.year, (changed,))
    await acted(scene, ended, kind, "PATCH")
    (held,) = (await scene.truth.get_year(scene.year)).value.config.reduction_objectives.goals
    assert (held.reduction_percentage == changed.reduction_percentage) is ended.ok


async def acted(scene: Scene, ended: Ended, kind: Kind, part: str) -> None:
    """A write passed once or, held up on the way, not at all; how it ended says which."""
    times = len(scene.proxy.passed(part))
    if kind in BEFORE and kind is not Kind.UNAUTHORISED:
        assert times == 0
        assert ended.problem is not None
        assert ended.problem.code in (ProblemCode.LOST_ANSWER, ProblemCode.BUSY, ProblemCode.NOT_THE_SERVER)
    else:
        assert times == 1
        assert ended.ok


async def sent(scene: Scene) -> UploadStage:
    """Send a file of our own and wait until its end is known."""
    path = scene.folder / f"factors_{scene.year}.csv"
    path.write_bytes(FILE.read_bytes())
    ended = await scene.core.upload(scene.year, SLOT, path)
    assert ended.refused is None
    state = await until(scene.core, lambda s: not s.uploads[-1].is_active, 60)
    upload = state.uploads[-1]
    rows = (*await scene.truth.job_rows(active=True), *await scene.truth.job_rows(active=False))
    ours = [row for row in rows if (row.file_path or "").endswith(path.name) and row.id > scene.newest]
    assert len(ours) == (1 if upload.stage is UploadStage.ENDED else 0)
    assert len(scene.proxy.passed("POST /v1/sync/dispatch")) <= 1
    assert scene.proxy.twice() == []
    return upload.stage


async def upload(scene: Scene, kind: Kind) -> None:
    scene.strike("POST /v1/files/temp-upload", kind)
    stage = await sent(scene)
    assert stage is (UploadStage.ENDED if kind in HARMLESS else UploadStage.REFUSED)


async def dispatch(scene: Scene, kind: Kind) -> None:
    scene.strike("POST /v1/sync/dispatch", kind)
    stage = await sent(scene)
    assert stage is (UploadStage.REFUSED if kind in BEFORE and kind is not Kind.UNAUTHORISED else UploadStage.ENDED)


async def follow(scene: Scene, kind: Kind) -> None:
    scene.strike("GET /v1/sync/pipelines/", kind, times=2)
    assert await sent(scene) is UploadStage.ENDED


async def follow_job(scene: Scene, kind: Kind) -> None:
    """An upload without a pipeline yet: its job is followed."""
    scene.strike("GET /v1/sync/jobs/", kind, times=2)
    assert await sent(scene) is UploadStage.ENDED


ACTIONS: list[Callable[[Scene, Kind], Awaitable[None]]] = [load, create, upload, dispatch, follow, switch, goals]


CASES = [
    *(("july", action, kind) for action in ACTIONS for kind in Kind),
    *(("may", action, kind) for action in (*ACTIONS, follow_job) for kind in OF_MAY),
]


@pytest.mark.parametrize(
    ("site", "action", "kind"),
    CASES,
    ids=[f"{era}-{action.__name__}-{kind}" for era, action, kind in CASES],
    indirect=["site"],
)
async def test_it_ends_known_once_and_the_program_goes_on(
    site: Site,
    next_year: Callable[[], int],
    tmp_path: Path,
    action: Callable[[Scene, Kind], Awaitable[None]],
    kind: Kind,
) -> None:
    async with (
        FaultProxy(site.base_url) as proxy,
        the_truth(site.base_url, site.role) as truth,
        a_core(proxy.base_url, tmp_path, role=site.role, **QUICK) as core,
    ):
        invariants = Invariants(core)
        await core.connected()
        newest = max(row.id for row in await truth.job_rows(active=False))
        scene = Scene(core, proxy, truth, tmp_path, next_year() if action is create else YEAR, newest)
        await scene.loaded()
        proxy.asked.clear()
        await action(scene, kind)
        assert any(item.fault is not None for item in proxy.asked)

        # And afterwards: what is shown is true, and the next wish goes through.
        proxy.choose = lambda asked: None
        core.retry_now()
        await scene.loaded()
        core.reload_year(scene.year)
        await until(core, lambda s: not s.scope(scene.year).loading and s.scope(scene.year).problem is None, 60)
        if core.store.state.scope(scene.year).phase is LoadPhase.PRESENT:
            await agrees(core, truth, scene.year)
        else:
            assert (await core.create_year(scene.year)).ok
        if scene.year == YEAR:
            goal = Goal(target_year=2040, reduction_percentage=0.5, reference_year=2019)
            assert (await core.save_goals(YEAR, (goal,))).ok
        assert invariants.broken == []
