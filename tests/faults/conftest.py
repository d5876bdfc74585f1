"""Real backends, of July and of May 2026, each with one year that is complete, for all tests of this folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.backend_process import BackendProcess
from tests.state import builders as b
from tests.state.scripted import a_core
from tests.state.test_story import ADMIN, a_ready_year, files
from yearadmin.catalogue.modules import SlotKind, is_mandatory
from yearadmin.contract.enums import RoleName
from yearadmin.contract.years import Goal

from .paces import PATIENT, YEAR, Site


@pytest.fixture(scope="session")
def july(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """This version."""
    with _site(tmp_path_factory, ADMIN) as site:
        yield site


@pytest.fixture(scope="session")
def may(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Answers as the version of May 2026: no references, and jobs without a pipeline at first."""
    with _site(tmp_path_factory, RoleName.BACKOFFICE_METIER, "--era", "2026-05") as site:
        yield site


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Site:
    """The backend a test names."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Site)
    return found


@contextmanager
def _site(folders: pytest.TempPathFactory, role: RoleName, *args: str) -> Iterator[Site]:
    """A backend as a process of its own, with YEAR ready to be opened; it must have had nothing to complain of."""
    with BackendProcess() as process:
        process.start(folders.mktemp("backend"), *args)
        site = Site(process.base_url, role)
        has_references = not args
        asyncio.run(_prepare(site, folders.mktemp("preparing"), has_references=has_references))
        yield site
        process.stop()
        assert process.errors == ""


async def _prepare(site: Site, folder: Path, *, has_references: bool) -> None:
    async with a_core(site.base_url, folder, role=site.role, **PATIENT) as core:
        await core.connected()
        await a_ready_year(core, YEAR)
        wanted = [
            (slot, path)
            for slot, path in files()
            if is_mandatory(slot) and (has_references or slot.kind is not SlotKind.REFERENCE)
        ]
        ends = await asyncio.gather(*(core.upload(YEAR, slot, path) for slot, path in wanted))
        assert all(end.ok for end in ends)
        assert (await core.save_goals(YEAR, (Goal.model_validate(b.GOAL),))).ok


@pytest.fixture(scope="session")
def next_year() -> Callable[[], int]:
    """Hands out a year nobody else has."""
    numbers = iter(range(2030, 2100))
    return lambda: next(numbers)
