"""The whole program as a person starts it on their own computer: no demonstration, signed in by itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from yearadmin import app as application
from yearadmin.app import Options, Program
from yearadmin.state.core import Core
from yearadmin.state.model import LoadPhase

from .test_program import run, until


def test_the_window_signs_itself_in_on_this_computer(qapp: QApplication, tmp_path: Path) -> None:
    options = Options(data_dir=tmp_path / "data")
    backend = application.start_backend(options)
    assert backend is not None

    async def story(program: Program, core: Core) -> None:
        await until(core, lambda state: state.is_live and state.selected is not None)
        user = core.store.state.user
        assert user is not None
        assert user.display_name == "Administrator"
        assert not core.store.state.connection.demo
        program.window.year_selected.emit(2027)
        await until(core, lambda state: state.scope(2027).phase is LoadPhase.MISSING)
        assert program.window.middle.empty.create_button.isEnabled()

    assert run(qapp, tmp_path, options, backend, story) == 0
    assert not backend.is_running
