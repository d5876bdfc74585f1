"""From one server to another while the program runs: nothing of the first is left, and the next start remembers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.backend_process import BackendProcess
from yearadmin.app import Options, Program, start_backend
from yearadmin.contract.enums import RoleName
from yearadmin.desktop import loop, translation
from yearadmin.desktop.dialogs import ConfirmDialog
from yearadmin.desktop.memory import WindowMemory
from yearadmin.places import profiles_file
from yearadmin.profiles import EMBEDDED, ProfileFile, Profiles, new_profile
from yearadmin.remote.backend import LocalBackend
from yearadmin.state.core import Core
from yearadmin.state.model import AppState, ConnectionPhase, LoadPhase
from yearadmin.state.setup import SetupPhase, setup_of

Story = Callable[[Program], Awaitable[None]]
AUTHORITY = Path(__file__).resolve().parent.parent / "data" / "tls" / "localhost.pem"
TLS_KEY = AUTHORITY.with_suffix(".key")


def run(qapp: QApplication, tmp_path: Path, options: Options, backend: LocalBackend | None, story: Story) -> Program:
    """Run the program with someone at its window; the program, ended."""
    program = Program(qapp, WindowMemory(tmp_path / "window.ini"), options, backend, tmp_path / "cache.sqlite")
    program.show()

    async def at_the_window() -> None:
        try:
            async with asyncio.timeout(40):
                await story(program)
        finally:
            program.quit()

    async def work() -> int:
        someone = asyncio.create_task(at_the_window())
        code = await program.work()
        await someone
        return code

    try:
        assert loop.run(qapp, work, report=program.report, interrupted=program.quit) == 0
    finally:
        for left in {backend, program.backend} - {None}:
            assert left is not None
            left.stop()
        program.window.deleteLater()
        translation.install(qapp, "en")
    return program


async def core_of(program: Program) -> Core:
    """The core, once it is there."""
    async with asyncio.timeout(20):
        await program.started.wait()
    assert program.core is not None
    return program.core


async def until(core: Core, holds: Callable[[AppState], bool]) -> AppState:
    """Wait until ``holds`` is true of the state."""
    await seen(lambda: holds(core.store.state))
    return core.store.state


def backend_of(program: Program) -> LocalBackend:
    """The embedded backend that runs now."""
    assert program.backend is not None
    return program.backend


async def seen(holds: Callable[[], bool]) -> None:
    """Wait until something is to be seen."""
    async with asyncio.timeout(25):
        while not holds():  # noqa: ASYNC110  widgets tell nobody what they show
            await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with BackendProcess() as process:
        yield process.start(tmp_path_factory.mktemp("elsewhere"), "--pace", "0.2")


def test_a_server_at_work_is_left_for_another_and_come_back_to(
    qapp: QApplication, tmp_path: Path, elsewhere: str
) -> None:
    stage = new_profile("Stage", elsewhere, colour="#6f4ba3")
    file = ProfileFile(profiles_file())
    file.save(Profiles().add(stage))

    async def story(program: Program) -> None:
        first = await core_of(program)
        assert program.window.windowTitle() == "● Stage · yearadmin"
        await until(first, lambda state: state.is_live)
        first.select_year(2031)
        await first.loaded(2031)
        assert (await first.create_year(2031)).ok
        await until(first, lambda state: setup_of(state, 2031).phase is SetupPhase.RUNNING)
        old = program.window
        await seen(old.middle.year.provisioning.isVisible)

        old.servers.button.profile_chosen.emit(EMBEDDED.id)
        dialog = old.questions.dialog
        assert isinstance(dialog, ConfirmDialog)
        assert dialog.windowTitle() == "Switch to This computer?"
        assert "Nothing is lost" in dialog._body.text()
        dialog.yes.click()
        await seen(lambda: program.window is not old)
        assert program.window.windowTitle() == "● This computer · yearadmin"
        assert program.window.year_bar.selector.years == ()  # nothing of the other server
        second = await core_of(program)
        assert first.store.state.connection.phase is ConnectionPhase.CLOSING
        state = await until(second, lambda state: state.is_live and state.selected is not None)
        assert 2031 not in [item.year for item in state.years.items]
        assert state.uploads == ()
        here = backend_of(program)
        assert here.is_running

        program.window.servers.button.profile_chosen.emit(stage.id)
        await seen(lambda: program.window.windowTitle() == "● Stage · yearadmin")
        third = await core_of(program)
        assert here.pid is None
        state = await until(third, lambda state: state.is_live and state.scope(2031).phase is LoadPhase.PRESENT)
        assert state.selected == 2031
        await until(third, lambda state: setup_of(state, 2031).phase in (SetupPhase.RUNNING, SetupPhase.DONE))

    run(qapp, tmp_path, Options(server=elsewhere, demo=True, data_dir=None), None, story)
    assert file.load().last_used == stage.id


def test_the_first_start_asks_and_the_next_one_remembers(qapp: QApplication, tmp_path: Path, elsewhere: str) -> None:
    async def story(program: Program) -> None:
        window = program.window
        page = window.first_start
        assert page is not None
        assert page.isVisible()
        assert not window.year_bar.isVisible()
        assert program.core is None
        assert program.backend is None
        page.form.address.setFocus()
        page.form.address.setText(elsewhere.removesuffix("/v1"))
        page.form.address.textEdited.emit(page.form.address.text())
        await seen(lambda: page.form.found_server)
        assert "The calculator answers." in page.form.found.label.text()
        page.form.name.setText("Stage")
        page.form.careful.setChecked(True)
        page.connect_button.click()
        await seen(lambda: program.window is not window)
        core = await core_of(program)
        await until(core, lambda state: state.connection.phase is ConnectionPhase.SIGNED_OUT)
        assert program.window.windowTitle() == "● Stage · yearadmin"
        assert program.profile is not None
        assert program.profile.careful

    run(qapp, tmp_path, Options(), None, story)
    kept = ProfileFile(profiles_file()).load()
    assert kept.last is not None
    assert kept.last.name == "Stage"
    assert kept.last.base_url.endswith("/v1")

    async def again(program: Program) -> None:
        assert program.window.first_start is None
        await core_of(program)
        assert program.window.windowTitle() == "● Stage · yearadmin"

    run(qapp, tmp_path, Options(), None, again)


def test_a_server_with_certificates_of_its_own_is_connected_to_once_their_file_is_given(
    qapp: QApplication, tmp_path: Path
) -> None:
    with BackendProcess() as process:
        address = process.start(tmp_path / "backend", "--tls-cert", str(AUTHORITY), "--tls-key", str(TLS_KEY))

        async def story(program: Program) -> None:
            window = program.window
            page = window.first_start
            assert page is not None
            page.form.address.setText(address)
            page.form.address.textEdited.emit(address)
            await seen(lambda: page.form.look_failed)
            assert "could not prove its identity" in page.form.found.label.text()
            page.form.authority.path.setText(str(AUTHORITY))
            page.form.authority.changed.emit()
            await seen(lambda: page.form.found_server)
            page.connect_button.click()
            await seen(lambda: program.window is not window)
            core = await core_of(program)
            await until(core, lambda state: state.connection.phase is ConnectionPhase.SIGNED_OUT)
            panel = program.window.sign_in.panel
            # The ways in are looked for with the same trust.
            await seen(panel.roles[str(RoleName.BACKOFFICE_ADMIN)].isVisible)
            assert (await core.sign_in_as(RoleName.BACKOFFICE_ADMIN)).ok
            await until(core, lambda state: state.is_live)

        run(qapp, tmp_path, Options(), None, story)
    kept = ProfileFile(profiles_file()).load().last
    assert kept is not None
    assert kept.authority == AUTHORITY


def test_trying_it_here_starts_the_embedded_backend_and_signs_in(qapp: QApplication, tmp_path: Path) -> None:
    async def story(program: Program) -> None:
        assert program.window.first_start is not None
        program.window.first_start.here.click()
        core = await core_of(program)
        await until(core, lambda state: state.is_live)
        assert core.store.state.user is not None
        assert core.store.state.user.can_view_configuration

    program = run(qapp, tmp_path, Options(), None, story)
    assert program.backend is None  # ended with the program
    assert ProfileFile(profiles_file()).load().last_used == EMBEDDED.id


def test_the_demo_asks_nothing_and_does_not_become_the_one_used_last(qapp: QApplication, tmp_path: Path) -> None:
    options = Options(demo=True, data_dir=tmp_path / "data")

    async def story(program: Program) -> None:
        assert program.window.first_start is None
        await until(await core_of(program), lambda state: state.is_live)

    run(qapp, tmp_path, options, start_backend(options), story)
    assert not profiles_file().exists()


def test_going_to_and_fro_ends_each_server_in_order(qapp: QApplication, tmp_path: Path) -> None:
    one = new_profile("One", "http://127.0.0.1:9/v1")
    two = new_profile("Two", "http://127.0.0.1:9/other/v1")
    ProfileFile(profiles_file()).save(Profiles().add(one).add(two).use(one.id))

    async def story(program: Program) -> None:
        cores = []
        for number in range(6):
            cores.append(await core_of(program))
            before = program.window
            before.servers.button.profile_chosen.emit((two, one)[number % 2].id)
            await seen(lambda before=before: program.window is not before)  # type: ignore[misc]
        await core_of(program)
        await asyncio.sleep(0.2)
        assert all(core.store.state.connection.phase is ConnectionPhase.CLOSING for core in cores)
        windows = [widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "mainWindow"]
        assert [widget for widget in windows if widget.isVisible()] == [program.window]

    run(qapp, tmp_path, Options(), None, story)
