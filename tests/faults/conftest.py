"""A real backend with one year that is complete, for all tests of this folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.backend_process import BackendProcess
from tests.state import builders as b
from tests.state.scripted import a_core
from tests.state.test_story import ADMIN, a_ready_year, files
from yearadmin.catalogue.modules import is_mandatory
from yearadmin.contract.years import Goal

from .paces import PATIENT, YEAR


@pytest.fixture(scope="session")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    """A backend as a process of its own, with YEAR ready to be opened."""
    with BackendProcess() as process:
        process.start(tmp_path_factory.mktemp("backend"))
        asyncio.run(_prepare(process.base_url, tmp_path_factory.mktemp("preparing")))
        yield process
        assert "Traceback" not in process.errors


async def _prepare(base_url: str, folder: Path) -> None:
    async with a_core(base_url, folder, role=ADMIN, **PATIENT) as core:
        await core.connected()
        await a_ready_year(core, YEAR)
        wanted = [(slot, path) for slot, path in files() if is_mandatory(slot)]
        ends = await asyncio.gather(*(core.upload(YEAR, slot, path) for slot, path in wanted))
        assert all(end.ok for end in ends)
        assert (await core.save_goals(YEAR, (Goal.model_validate(b.GOAL),))).ok


@pytest.fixture(scope="session")
def next_year() -> Callable[[], int]:
    """Hands out a year nobody else has."""
    numbers = iter(range(2030, 2100))
    return lambda: next(numbers)
