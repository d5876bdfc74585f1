"""Two operators side by side on the real embedded backend, each with a program of their own."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.backend_process import BackendProcess
from yearadmin.contract.enums import RoleName
from yearadmin.contract.years import Goal
from yearadmin.remote.follow import FollowPace
from yearadmin.state.conflicts import GOALS, goal_values, value_at
from yearadmin.state.core import Core, CorePace
from yearadmin.state.model import NoticeCode
from yearadmin.state.setup import SetupPhase
from yearadmin.state.yearlist import YearMark, mark_of

from .scripted import PACE, a_core, told, until

ONE = Goal(target_year=2040, reduction_percentage=0.5, reference_year=2019)
TWO = Goal(target_year=2035, reduction_percentage=0.29, reference_year=2018)
_YEARS = itertools.count(2027, 2)
_SAME = {name: getattr(PACE, name) for name in PACE.__slots__}
QUICK = CorePace(**{**_SAME, "refresh": 60.0, "refresh_least": 0.0})
PATIENT = {"transport_pace": None, "follow_pace": FollowPace(first_retry=0.05, longest_retry=0.2), "pace": QUICK}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    """One backend; each test has years of its own."""
    with BackendProcess() as backend:
        backend.start(tmp_path_factory.mktemp("backend"))
        yield backend


@pytest.fixture
async def pair(shared: BackendProcess, tmp_path: Path) -> AsyncIterator[tuple[Core, Core, int]]:
    """Two programs of administrators, and a year that is ready, on both screens."""
    async with AsyncExitStack() as stack:
        year = next(_YEARS)
        cores = []
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            made = a_core(shared.base_url, folder, role=RoleName.BACKOFFICE_ADMIN, **PATIENT)
            cores.append(await stack.enter_async_context(made))
            await cores[-1].connected()
        one, two = cores
        await one.loaded(year)
        assert (await one.create_year(year)).ok
        assert (await one.setup_ended(year)).phase is SetupPhase.DONE
        for core in cores:
            core.select_year(year)
            await core.loaded(year)
        yield one, two, year


def goals_at(core: Core) -> object:
    state = core.store.state
    assert state.selected is not None
    config = state.scope(state.selected).config
    assert config is not None
    return value_at(config, GOALS)


async def test_two_operators_meet_on_the_same_goals(pair: tuple[Core, Core, int]) -> None:
    one, two, year = pair
    assert (await two.save_goals(year, (TWO,))).ok
    ended = await one.save_goals(year, (ONE,))
    assert ended.conflict is not None
    (field,) = ended.conflict.fields
    assert (field.seen, field.now, field.wanted) == ((), goal_values([TWO]), goal_values([ONE]))
    assert field.is_own, "both sit at the same test account, and the audit trail says so"
    assert field.at is not None
    assert goals_at(one) == goal_values([TWO]), "what the colleague saved is on the screen"

    assert (await one.use_mine(year)).ok
    assert goals_at(one) == goal_values([ONE])

    two.refresh()
    await until(two, lambda s: goals_at(two) == goal_values([ONE]))
    assert NoticeCode.GOALS_SAVED in told(one)
    assert NoticeCode.OTHER_REPLACED not in told(one)

    # The same again, and this time the colleague's stays.
    assert (await two.save_goals(year, (TWO, ONE))).ok
    assert (await one.save_goals(year, (TWO,))).conflict is not None
    one.settle(year)
    assert one.store.state.scope(year).conflict is None
    assert goals_at(one) == goal_values([TWO, ONE])
    assert (await one.save_goals(year, (TWO, ONE))).ok, "nothing differs: nothing to send and nothing to ask"


async def test_a_year_a_colleague_creates_and_closes_appears_by_itself(pair: tuple[Core, Core, int]) -> None:
    one, two, year = pair
    assert mark_of(two.store.state, year + 1) is YearMark.NOT_CONFIGURED
    await one.loaded(year + 1)
    assert (await one.create_year(year + 1)).ok
    two.refresh()
    await until(two, lambda s: mark_of(s, year + 1) is not YearMark.NOT_CONFIGURED)
    await one.setup_ended(year + 1)

    await one._ground.api.patch_year(year, {"is_started": True})  # as a colleague with another client would
    two.refresh()
    await until(two, lambda s: mark_of(s, year) is YearMark.OPEN)
    assert (await two.close_year(year)).ok
    await one._ground.api.patch_year(year, {"is_started": True})
    for core in pair[:2]:
        core.reload_year(year)
        await core._years.settled(year)
    assert (await one.close_year(year)).ok
    again = await two.close_year(year)
    assert again.ok
    assert len(again.adopted) == 1
    assert told(two)[-1] is NoticeCode.CLOSED_BY_OTHER


async def test_many_saves_at_once_never_lose_a_word_unseen(pair: tuple[Core, Core, int]) -> None:
    """Both save again and again without looking: every save is either in the audit trail or was held back."""
    one, two, year = pair
    done, held = 0, 0
    for round_ in range(6):
        wanted = [
            (core, Goal(target_year=2040 + 2 * round_ + index, reduction_percentage=0.5, reference_year=2019))
            for index, core in enumerate((one, two))
        ]
        ended = await asyncio.gather(*(core.save_goals(year, (goal,)) for core, goal in wanted))
        done += sum(item.ok for item in ended)
        held += sum(item.conflict is not None for item in ended)
        for core in (one, two):
            core.settle(year)
    assert done + held == 12
    assert done >= 6
    final = (await one._ground.api.get_year(year)).value
    assert len(final.config.reduction_objectives.goals) == 1
    versions = await one._ground.api.audit_of_year(year, one.store.state.user.provider)  # type: ignore[union-attr]
    assert len(versions) >= min(done, 10)
