"""The main job against a server that answers as in May 2026: an older server is served as well as it can be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.backend_process import BackendProcess
from yearadmin.catalogue.modules import SlotKind, is_mandatory
from yearadmin.contract.enums import RoleName
from yearadmin.contract.years import Goal
from yearadmin.state.core import Core
from yearadmin.state.model import LoadPhase, NoticeCode
from yearadmin.state.permits import may_open, may_use_panels
from yearadmin.state.setup import SetupPhase
from yearadmin.state.slots import SlotState, slot_view
from yearadmin.state.yearlist import YearMark, mark_of

from . import builders as b
from .scripted import a_core, told, until
from .test_story import PATIENT, files


@pytest.fixture(scope="module")
def may(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    with BackendProcess() as backend:
        backend.start(tmp_path_factory.mktemp("may"), "--era", "2026-05")
        yield backend


@pytest.fixture
async def core(may: BackendProcess, tmp_path: Path) -> AsyncIterator[Core]:
    async with a_core(may.base_url, tmp_path, role=RoleName.BACKOFFICE_METIER, **PATIENT) as made:
        await made.connected()
        yield made


async def test_from_nothing_to_an_open_year(core: Core) -> None:
    core.select_year(2026)
    assert (await core.loaded(2026)).phase is LoadPhase.MISSING
    assert (await core.create_year(2026)).ok
    assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
    await until(core, lambda s: NoticeCode.YEAR_READY in told(core))
    assert may_use_panels(core.store.state, 2026).allowed

    wanted = [(slot, path) for slot, path in files() if slot.kind is not SlotKind.REFERENCE and is_mandatory(slot)]
    ends = await asyncio.gather(*(core.upload(2026, slot, path) for slot, path in wanted))
    assert {slot.name: end for (slot, _), end in zip(wanted, ends, strict=True) if not end.ok} == {}
    for slot, path in wanted:
        view = slot_view(core.store.state, 2026, slot)
        assert (view.state, view.file_name) == (SlotState.SUCCEEDED, path.name), slot.name
        assert view.rows, slot.name

    assert (await core.save_goals(2026, (Goal.model_validate(b.GOAL),))).ok
    assert may_open(core.store.state, 2026).allowed
    assert (await core.open_year(2026)).ok
    assert mark_of(core.store.state, 2026) is YearMark.OPEN


async def test_references_are_refused_in_words_and_nothing_else_suffers(core: Core) -> None:
    core.select_year(2025)
    await core.loaded(2025)
    assert (await core.create_year(2025)).ok
    await core.setup_ended(2025)
    slot, path = next((slot, path) for slot, path in files() if slot.kind is SlotKind.REFERENCE)
    end = await core.upload(2025, slot, path)
    assert end.problem is not None
    assert end.problem.server_words
    assert core.store.state.is_live
    assert may_use_panels(core.store.state, 2025).allowed
