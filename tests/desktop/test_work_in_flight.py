"""Work under way survives another year, another language and the end of the program, on the real embedded backend."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.backend_process import BackendProcess
from yearadmin.app import Options, Program
from yearadmin.cache.store import Cache
from yearadmin.contract.enums import RoleName
from yearadmin.desktop.dialogs import ConfirmDialog
from yearadmin.state.core import Core, ServerChoice
from yearadmin.state.model import AppState, NoticeCode, UploadStage
from yearadmin.state.setup import SetupPhase
from yearadmin.state.slots import SlotState, slot_view
from yearadmin.tour.samples import samples

from .test_program import Story, run, until

YEAR = 2027


def landed(slot: object) -> Callable[[AppState], bool]:
    return lambda state: slot_view(state, YEAR, slot).state is SlotState.SUCCEEDED  # type: ignore[arg-type]


async def a_ready_year(server: str, folder: Path) -> None:
    """Set the year up at full speed, before anybody looks."""
    core = Core(
        ServerChoice(server, role=RoleName.BACKOFFICE_ADMIN, demo=True), Cache(folder / "before.sqlite"), this_year=YEAR
    )
    try:
        await core.start()
        await core.loaded(YEAR)
        assert (await core.create_year(YEAR)).ok
        assert (await core.setup_ended(YEAR)).phase is SetupPhase.DONE
    finally:
        await core.close()


def or_quit(story: Story) -> Story:
    """At its end, good or bad, the program ends without asking once more."""

    async def told(program: Program, core: Core) -> None:
        try:
            await story(program, core)
        finally:
            program.quit()

    return told


def test_an_upload_outlives_a_year_a_language_and_the_program(qapp: QApplication, tmp_path: Path) -> None:
    factors = next(item for item in samples() if item.slot.name == "8.50.factor")
    data = next(item for item in samples() if item.slot.name == "8.50.data")
    with BackendProcess() as backend:
        asyncio.run(a_ready_year(backend.start(tmp_path / "backend"), tmp_path))
        backend.stop()
        server = backend.start(tmp_path / "backend", "--pace", "0.02")
        options = Options(server=server, demo=True)

        async def first(program: Program, core: Core) -> None:
            window = program.window
            await until(core, lambda state: state.is_live)
            window.year_selected.emit(YEAR)
            await core.loaded(YEAR)

            # Within one turn of the loop: the file is on its way when the year and the language change.
            window.upload_requested.emit(YEAR, factors.slot, factors.path)
            await until(core, lambda state: bool(state.uploads))
            assert core.store.state.uploads[0].stage in (UploadStage.WAITING, UploadStage.SENDING)
            window.year_selected.emit(YEAR - 1)
            window.language_requested.emit("fr")
            await until(core, landed(factors.slot))
            await until(core, lambda state: NoticeCode.UPLOAD_DONE in {item.code for item in state.notices})
            assert core.store.state.selected == YEAR - 1

            # Worked on by the server when the program is closed: it is said, and the answer is yes.
            window.upload_requested.emit(YEAR, data.slot, data.path)
            await until(core, lambda state: state.uploads[-1].stage is UploadStage.FOLLOWING)
            await asyncio.sleep(0.15)  # the window shows it, too
            window.close()
            dialog = window.questions.dialog
            assert isinstance(dialog, ConfirmDialog)
            title, line = dialog._facts.text().strip().splitlines()
            assert title.startswith("Continue ")
            assert data.path.name in line
            dialog.yes.click()
            assert window._is_quitting

        assert run(qapp, tmp_path, options, None, or_quit(first)) == 0

        async def second(program: Program, core: Core) -> None:
            await until(core, landed(data.slot))
            codes = [item.code for item in core.store.state.notices]
            assert NoticeCode.UPLOAD_DONE in codes or not codes

        assert run(qapp, tmp_path, options, None, or_quit(second)) == 0
