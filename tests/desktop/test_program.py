"""The whole program behind the window: arguments, first picture, the street to a ready year, and an orderly end."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from yearadmin import app as application
from yearadmin.app import Options, Program, parse
from yearadmin.desktop import loop, translation
from yearadmin.desktop.memory import WindowMemory
from yearadmin.remote.backend import LocalBackend
from yearadmin.state.core import Core
from yearadmin.state.model import AppState, ConnectionPhase, LoadPhase, NoticeCode
from yearadmin.words.connection import EMBEDDED

Story = Callable[[Program, Core], Awaitable[None]]


def test_without_arguments_it_is_the_embedded_backend() -> None:
    assert parse([]) == Options()
    options = parse(["--demo", "--sample", "--data-dir", "d", "--lang", "fr", "--backend-pace", "0.5"])
    assert options == Options("", True, True, Path("d"), "fr", 0.5)
    assert parse(["--server", "https://host/api/v1"]).server == "https://host/api/v1"


@pytest.mark.parametrize(
    "argv",
    [
        ["--server", "host/v1"],
        ["--server", "https://host/v1", "--sample"],
        ["--lang", "de"],
        ["--backend-pace", "slow"],
        ["--nonsense"],
        ["stray"],
    ],
)
def test_wrong_arguments_end_with_a_sentence_and_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(argv)
    assert ended.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_without_a_display_it_says_so_and_starts_nothing(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment["QT_QPA_PLATFORM"] = "xcb"
    ended = subprocess.run(
        [sys.executable, "-m", "yearadmin", "--demo", "--data-dir", str(tmp_path / "data")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 2
    assert "There is no display" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "data").exists()


FIRST_PICTURE = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from yearadmin.app import Options, Program
from yearadmin.desktop.memory import WindowMemory
app = QApplication([])
program = Program(app, WindowMemory(Path(sys.argv[1])), Options("http://127.0.0.1:9/v1"), None)
def painted():
    print(sorted(set(sys.modules) & {"httpx", "pydantic", "keyring", "qasync", "sqlite3", "yearadmin.state.core"}))
    app.exit()
program.window.painted.connect(painted)
program.show()
app.exec()
"""


def test_the_window_paints_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PICTURE, str(tmp_path / "window.ini")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def run(qapp: QApplication, tmp_path: Path, options: Options, backend: LocalBackend | None, story: Story) -> int:
    """Run the program as it is, with someone at the window who tells a story and closes it at the end."""
    program = Program(qapp, WindowMemory(tmp_path / "window.ini"), options, backend, tmp_path / "cache.sqlite")
    program.show()

    async def at_the_window() -> None:
        try:
            await program.started.wait()
            assert program.core is not None
            await story(program, program.core)
        finally:
            program.window.close()

    async def work() -> int:
        someone = asyncio.create_task(at_the_window())
        code = await program.work()
        await someone
        return code

    try:
        return loop.run(qapp, work, report=program.report, interrupted=program.quit)
    finally:
        if backend is not None:
            backend.stop()
        program.window.deleteLater()
        translation.install(qapp, "en")


async def until(core: Core, holds: Callable[[AppState], bool], seconds: float = 20.0) -> None:
    """Wait until ``holds`` is true of the state."""
    changed = asyncio.Event()
    stop = core.store.subscribe(lambda old, new: changed.set())
    try:
        async with asyncio.timeout(seconds):
            while not holds(core.store.state):
                changed.clear()
                await changed.wait()
    finally:
        stop()


def test_from_nothing_to_a_ready_year_through_the_window(qapp: QApplication, tmp_path: Path) -> None:
    options = Options(demo=True, data_dir=tmp_path / "data")
    backend = application.start_backend(options)
    assert backend is not None
    told: list[NoticeCode] = []

    async def story(program: Program, core: Core) -> None:
        window = program.window
        await until(core, lambda state: state.is_live and state.selected is not None)
        assert window.windowTitle() == "● This computer · yearadmin"
        assert core.store.state.connection.server == EMBEDDED
        window.year_selected.emit(2027)
        await until(core, lambda state: state.scope(2027).phase is LoadPhase.MISSING)
        await asyncio.sleep(0.05)
        window.middle.empty.create_button.click()
        window.middle.empty.create_button.click()
        await until(core, lambda state: any(item.code is NoticeCode.YEAR_READY for item in state.notices))
        window.language_requested.emit("fr")
        await asyncio.sleep(0.1)
        assert window.year_bar.chip.text == "Pas encore ouverte"
        assert window.panels.isEnabled()
        assert window.year_bar.selector.currentData() == 2027
        told.extend(item.code for item in core.store.state.notices)

    assert run(qapp, tmp_path, options, backend, story) == 0
    assert told == [NoticeCode.YEAR_CREATED, NoticeCode.YEAR_READY]
    assert not backend.is_running
    assert WindowMemory(tmp_path / "window.ini").language == "fr"


def test_without_a_server_the_window_says_so_and_ends_in_order(qapp: QApplication, tmp_path: Path) -> None:
    async def story(program: Program, core: Core) -> None:
        await until(core, lambda state: state.connection.phase is ConnectionPhase.OFFLINE)
        await asyncio.sleep(0.05)
        assert "can’t be reached" in program.window.middle.start.title.text()
        assert program.window.footer.connection.text().startswith("Not connected")

    assert run(qapp, tmp_path, Options("http://127.0.0.1:9/v1"), None, story) == 0


@pytest.mark.expects_log
def test_an_error_nobody_caught_is_told_once_and_never_with_its_text(qapp: QApplication, tmp_path: Path) -> None:
    async def story(program: Program, core: Core) -> None:
        def wrong() -> None:
            raise ValueError("s3cret")

        for _ in range(3):
            program.window.panels.interrupt_requested.connect(wrong)
            program.window.panels.interrupt_requested.emit("1")
            program.window.panels.interrupt_requested.disconnect(wrong)
        found = [item for item in core.store.state.notices if item.code is NoticeCode.INTERNAL_ERROR]
        assert len(found) == 1
        assert "ValueError test_program.py" in found[0].problem.server_words if found[0].problem else False
        assert "s3cret" not in repr(found)

    assert run(qapp, tmp_path, Options("http://127.0.0.1:9/v1"), None, story) == 0
