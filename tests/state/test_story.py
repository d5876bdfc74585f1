"""The whole main job on the real embedded backend: from no year at all to one that users see."""

from __future__ import annotations

import asyncio
import csv
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.backend_process import BackendProcess
from yearadmin.catalogue.modules import Slot, SlotKind, is_mandatory
from yearadmin.contract.enums import RoleName
from yearadmin.contract.years import Goal
from yearadmin.places import resources_dir
from yearadmin.remote.backend import LocalBackend
from yearadmin.remote.follow import FollowPace
from yearadmin.state.core import Core
from yearadmin.state.model import ConnectionPhase, LoadPhase, NoticeCode, Origin
from yearadmin.state.permits import Refusal, may_open, may_retry_setup, may_upload, may_use_panels
from yearadmin.state.readiness import ItemCode, blockers, readiness
from yearadmin.state.setup import SetupPhase, setup_of
from yearadmin.state.slots import SlotState, slot_view
from yearadmin.state.yearlist import YearMark, mark_of, year_lines, years_users_see

from . import builders as b
from .scripted import PACE, a_core, told, until

SAMPLE = resources_dir() / "sample"
ADMIN = RoleName.BACKOFFICE_ADMIN
PLANE = Slot(2, 20, SlotKind.FACTOR)
PATIENT = {"transport_pace": None, "follow_pace": FollowPace(first_retry=0.05, longest_retry=0.2), "pace": PACE}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    """One backend for the steps that do not harm it; each test has years of its own."""
    with BackendProcess() as backend:
        backend.start(tmp_path_factory.mktemp("backend"))
        yield backend


@pytest.fixture
async def core(shared: BackendProcess, tmp_path: Path) -> AsyncIterator[Core]:
    async with a_core(shared.base_url, tmp_path, role=ADMIN, **PATIENT) as made:
        await made.connected()
        yield made


async def a_ready_year(core: Core, year: int) -> None:
    core.select_year(year)
    await core.loaded(year)
    assert (await core.create_year(year)).ok
    assert (await core.setup_ended(year)).phase is SetupPhase.DONE


def files(folder: Path = SAMPLE) -> list[tuple[Slot, Path]]:
    with (folder / "manifest.csv").open(encoding="utf-8") as lines:
        return [
            (
                Slot(
                    int(line["module"]) if line["module"] else None,
                    int(line["submodule"]) if line["submodule"] else None,
                    SlotKind(line["kind"]),
                ),
                SAMPLE / line["file"],
            )
            for line in csv.DictReader(lines)
        ]


async def test_from_nothing_to_an_open_year(core: Core, shared: BackendProcess, tmp_path: Path) -> None:
    core.select_year(2026)
    assert (await core.loaded(2026)).phase is LoadPhase.MISSING
    seen: list[SetupPhase] = []
    phases: set[str] = set()

    def listen(old: object, new: object) -> None:
        setup = setup_of(core.store.state, 2026)
        seen.append(setup.phase)
        phases.update(phase.name for phase in setup.phases)

    core.store.subscribe(listen)
    first, second = await asyncio.gather(core.create_year(2026), core.create_year(2026))
    assert first.ok
    assert second.refused is not None
    state = core.store.state
    assert may_use_panels(state, 2026).refusals == (Refusal.BEING_SET_UP,)
    assert not may_open(state, 2026).offered
    assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
    await until(core, lambda s: NoticeCode.YEAR_READY in told(core))
    assert list(dict.fromkeys(seen)) == [SetupPhase.NOT_CONFIGURED, SetupPhase.RUNNING, SetupPhase.DONE]
    assert may_use_panels(core.store.state, 2026).allowed
    assert Refusal.INCOMPLETE in may_open(core.store.state, 2026).refusals

    wanted = [(slot, path) for slot, path in files() if is_mandatory(slot)]
    ends = await asyncio.gather(*(core.upload(2026, slot, path) for slot, path in wanted))
    assert {slot.name for (slot, _), end in zip(wanted, ends, strict=True) if not end.ok} == set()
    state = core.store.state
    for slot, path in wanted:
        view = slot_view(state, 2026, slot)
        assert (view.state, view.file_name) == (SlotState.SUCCEEDED, path.name), slot.name
        assert view.rows, slot.name
    assert told(core).count(NoticeCode.UPLOAD_DONE) == len(wanted)
    assert [item.code for item in blockers(state, 2026)] == [ItemCode.NO_GOAL]

    assert (await core.save_goals(2026, (Goal.model_validate(b.GOAL),))).ok
    assert may_open(core.store.state, 2026).allowed
    assert years_users_see(core.store.state) == ()
    assert (await core.open_year(2026)).ok
    state = core.store.state
    assert mark_of(state, 2026) is YearMark.OPEN
    assert years_users_see(state) == (2026,)
    assert may_open(state, 2026).refusals == (Refusal.ALREADY_OPEN,)

    async with a_core(shared.base_url, tmp_path / "user", role=RoleName.USER_STANDARD, **PATIENT) as user:
        assert await user.connected() is ConnectionPhase.LIVE
        await user.listed()
        await until(user, lambda s: s.selected == 2026 and s.scope(2026).origin is Origin.SERVER)
        assert [item.year for item in user.store.state.years.items] == [2026]
        assert Refusal.NO_RIGHT in may_upload(user.store.state, 2026, PLANE).refusals
        assert (await user.close_year(2026)).refused is not None

    assert (await core.close_year(2026)).ok
    assert years_users_see(core.store.state) == ()


async def test_users_list_open_years_only(core: Core, shared: BackendProcess, tmp_path: Path) -> None:
    await a_ready_year(core, 2021)
    async with a_core(shared.base_url, tmp_path / "user", role=RoleName.USER_STANDARD, **PATIENT) as user:
        await user.connected()
        await user.listed()
        assert 2021 not in [line.year for line in year_lines(user.store.state)]


async def test_a_failed_file_leaves_a_failure_and_the_others_their_success(core: Core) -> None:
    await a_ready_year(core, 2025)
    good = [(slot, path) for slot, path in files() if slot.module == 2 and slot.kind is SlotKind.FACTOR]
    (bad_slot, bad_path), *_ = [
        (slot, path) for slot, path in files(SAMPLE / "bad") if path.name == "missing_column.csv"
    ]
    wanted = [*(item for item in good if item[0] != bad_slot), (bad_slot, bad_path)]
    ends = await asyncio.gather(*(core.upload(2025, slot, path) for slot, path in wanted))
    assert [end.ok for end in ends] == [True] * (len(wanted) - 1) + [False]
    state = core.store.state
    view = slot_view(state, 2025, bad_slot)
    assert view.state is SlotState.FAILED
    assert view.words
    assert told(core).count(NoticeCode.UPLOAD_FAILED) == 1
    failed = [item.slot for item in readiness(state, 2025) if item.code is ItemCode.UPLOAD_FAILED]
    assert failed == [bad_slot]
    assert all(slot_view(state, 2025, slot).state is SlotState.SUCCEEDED for slot, _ in wanted[:-1])
    # The same file again, mended, covers the failure.
    mended = next(path for slot, path in files() if slot == bad_slot)
    assert (await core.upload(2025, bad_slot, mended)).ok
    assert slot_view(core.store.state, 2025, bad_slot).state is SlotState.SUCCEEDED


async def test_rows_left_out_are_counted(core: Core) -> None:
    await a_ready_year(core, 2024)
    slot, path = next((slot, path) for slot, path in files(SAMPLE / "bad") if path.name == "bad_rows.csv")
    factors = [(s, p) for s, p in files() if s.module == slot.module and s.kind is SlotKind.FACTOR]
    await asyncio.gather(*(core.upload(2024, s, p) for s, p in factors))
    await core.upload(2024, slot, path)
    view = slot_view(core.store.state, 2024, slot)
    assert view.state in (SlotState.WARNED, SlotState.FAILED)
    assert view.row_errors
    assert view.row_error_count == view.skipped


async def test_another_year_is_not_gated_while_one_is_set_up(tmp_path: Path) -> None:
    with BackendProcess() as backend:
        backend.start(tmp_path / "backend", "--pace", "0.15")
        async with a_core(backend.base_url, tmp_path, role=ADMIN, **PATIENT) as core:
            await core.connected()
            core.select_year(2023)
            await core.loaded(2023)
            await core.create_year(2023)
            phases: list[str] = []
            core.store.subscribe(
                lambda old, new: phases.extend(p.name for p in setup_of(new, 2023).phases if p.running)
            )
            core.select_year(2022)
            assert (await core.loaded(2022)).phase is LoadPhase.MISSING
            assert not setup_of(core.store.state, 2022).gates
            assert setup_of(core.store.state, 2023).gates
            await until(core, lambda s: bool(phases))
        # The program is closed in the middle, and started again.
        async with a_core(backend.base_url, tmp_path, role=ADMIN, **PATIENT) as core:
            assert setup_of(core.store.state, 2023).phase is SetupPhase.RUNNING  # from the cache
            await core.connected()
            core.select_year(2023)
            await until(core, lambda s: bool(s.pipelines))
            assert setup_of(core.store.state, 2023).phase is SetupPhase.RUNNING
            assert (await core.setup_ended(2023)).phase is SetupPhase.DONE
            await until(core, lambda s: NoticeCode.YEAR_READY in told(core))
            assert may_use_panels(core.store.state, 2023).allowed


async def test_a_set_up_without_a_directory_fails_in_words_and_is_repeated(tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("institutional_id,name\n1,broken\n", encoding="utf-8")
    with BackendProcess() as backend:
        backend.start(tmp_path / "backend", "--units", str(units))
        async with a_core(backend.base_url, tmp_path, role=ADMIN, **PATIENT) as core:
            await core.connected()
            core.select_year(2026)
            await core.loaded(2026)
            await core.create_year(2026)
            setup = await core.setup_ended(2026)
            assert setup.phase is SetupPhase.FAILED
            assert setup.words
            assert may_use_panels(core.store.state, 2026).refusals == (Refusal.SETUP_FAILED,)
            await until(core, lambda s: NoticeCode.SETUP_FAILED in told(core))
            units.write_bytes((resources_dir() / "units.csv").read_bytes())
            assert may_retry_setup(core.store.state, 2026).allowed
            assert (await core.retry_setup(2026)).ok
            assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
            await until(core, lambda s: told(core)[-1] is NoticeCode.YEAR_READY)


async def test_an_embedded_backend_that_dies_is_started_again(tmp_path: Path) -> None:
    backend = LocalBackend(tmp_path / "backend", demo=True)
    backend.start()
    try:
        more = {**PATIENT, "before_connect": backend.ensure}
        async with a_core(backend.base_url, tmp_path, role=ADMIN, **more) as core:
            await core.connected()
            await core.loaded(2026)
            assert (await core.create_year(2026)).ok
            await core.setup_ended(2026)
            pid = backend.pid
            assert pid is not None
            os.killpg(pid, signal.SIGKILL)
            core.reload_year(2026)
            await until(core, lambda s: not s.is_live)
            await until(core, lambda s: s.is_live and s.scope(2026).origin is Origin.SERVER, 15.0)
            assert backend.pid != pid
            assert may_use_panels(core.store.state, 2026).allowed
    finally:
        backend.stop()


async def test_an_embedded_backend_whose_port_was_taken_is_found_at_its_new_one(tmp_path: Path) -> None:
    backend = LocalBackend(tmp_path / "backend", demo=True)
    chosen = backend.base_url
    with socket.create_server(("127.0.0.1", urlsplit(chosen).port or 0)):
        backend.start()
        try:
            async with a_core(chosen, tmp_path, role=ADMIN, **PATIENT, before_connect=backend.ensure) as core:
                assert await core.connected() is ConnectionPhase.LIVE
                assert backend.base_url != chosen
                assert (await core.loaded(2026)).phase is LoadPhase.MISSING
        finally:
            backend.stop()


async def test_offline_and_back_alone_with_work_under_way(tmp_path: Path) -> None:
    backend = BackendProcess()
    try:
        base = backend.start(tmp_path / "backend", "--pace", "0.1")
        port = base.rpartition(":")[2].partition("/")[0]
        async with a_core(base, tmp_path, role=ADMIN, **PATIENT) as core:
            await core.connected()
            core.select_year(2026)
            await core.loaded(2026)
            await core.create_year(2026)
            await until(core, lambda s: any(p.snapshot for p in s.pipelines.values()))
            backend.kill()
            state = await until(core, lambda s: s.connection.phase is ConnectionPhase.OFFLINE)
            assert state.scope(2026).config is not None
            assert state.scope(2026).origin is Origin.CACHE
            assert state.scope(2026).fetched_at is not None
            assert Refusal.OFFLINE in may_upload(state, 2026, PLANE).refusals
            assert setup_of(state, 2026).phase is SetupPhase.RUNNING
            backend.start(tmp_path / "backend", "--port", port)
            await until(core, lambda s: s.is_live, 10.0)
            assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
            assert told(core).count(NoticeCode.YEAR_CREATED) == 1
    finally:
        backend.kill()
