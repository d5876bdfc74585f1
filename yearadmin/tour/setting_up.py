"""The story's first part: from an empty server to a year that is set up."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton

from yearadmin import places
from yearadmin.state.model import LoadPhase
from yearadmin.state.setup import SetupPhase, setup_of
from yearadmin.state.yearlist import YearMark, mark_of, year_lines
from yearadmin.tour.stage import Stage, need

PACE = 0.4  # seconds each step of the set-up takes while it is looked at


def new_year(stage: Stage) -> int:
    """The year the story is about: next year."""
    return stage.state.this_year + 1


def ready_year(stage: Stage) -> int:
    """Another one, set up beforehand from the command line."""
    return stage.state.this_year


async def launch(stage: Stage) -> None:
    """Step 1."""
    await _prepare_another_year(stage)
    stage.launch()
    need(stage.window.isVisible(), "the window is not there at once")
    need(stage.program.core is None, "something was fetched before the window was painted")
    await stage.until(lambda: stage.program.core is not None and stage.state.is_live, "the connection is live")
    await stage.until(lambda: mark_of(stage.state, stage.state.this_year) is YearMark.READY, "this year is ready")
    lines = [line.year for line in year_lines(stage.state)]
    need(lines == sorted(lines, reverse=True), "the years are not newest first")
    need(stage.state.this_year + 1 in lines, "next year can't be chosen")
    selector = stage.find("yearSelector", QComboBox)
    assert selector is not None
    need([selector.itemData(row) for row in range(len(lines))] == lines, "the selector does not list these years")
    await stage.picture()


async def _prepare_another_year(stage: Stage) -> None:
    """The command line creates this year and waits until it is set up."""
    from datetime import datetime

    year = str(datetime.now().astimezone().year)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "yearadmin", "create", year, "--watch"),
        *("--server", stage.backend.base_url, "--role", "calco2.backoffice.admin"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "XDG_DATA_HOME": str(stage.folder / "command-line")},
    )
    said, _ = await process.communicate()
    need(process.returncode == 0, f"the command line could not create {year}: {said.decode()}")


async def no_such_year(stage: Stage) -> None:
    """Step 2."""
    stage.choose_year(new_year(stage))
    await stage.seen("createYearButton")
    need(stage.state.scope(new_year(stage)).phase is LoadPhase.MISSING, "the year is not said to be missing")
    need(not stage.state.notices, "a missing year was told as a message")
    need(stage.find("openYearButton", QPushButton) is None, "a year that does not exist can be opened")
    await stage.picture()


async def create(stage: Stage) -> None:
    """Step 3."""
    await stage.restart_backend(PACE)
    stage.program.window.retry_connection_requested.emit()
    await stage.until(lambda: stage.state.is_live, "the connection is live")
    year = new_year(stage)
    button = await stage.seen("createYearButton")
    await stage.until(button.isEnabled, "the year can be created")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # a double click creates nothing twice
    await stage.seen("provisioningPanel")
    await stage.until(lambda: bool(setup_of(stage.state, year).words), "the set-up says what it does")
    await stage.until(lambda: bool(setup_of(stage.state, year).phases), "the phases of the set-up are seen")
    need(len(stage.state.pipelines) == 1, "more than one set-up was started")
    await stage.picture()


async def gated(stage: Stage) -> None:
    """Step 4."""
    year, other = new_year(stage), ready_year(stage)
    need(setup_of(stage.state, year).phase is SetupPhase.RUNNING, "the set-up ended before it was looked at")
    need(not stage.see("modulePanels").isEnabled() or _nothing_enabled(stage), "the panels can be used too early")
    need(stage.find("openYearButton", QPushButton) is None, "the year can be opened while it is being set up")
    stage.choose_year(other)
    await stage.seen("openYearButton")
    await stage.gone("provisioningPanel")
    need(not _nothing_enabled(stage), "another year can't be used meanwhile")
    need(setup_of(stage.state, year).phase is SetupPhase.RUNNING, "the set-up ended before the other year was shown")
    await stage.picture()
    stage.choose_year(year)
    await stage.seen("provisioningPanel")


def _nothing_enabled(stage: Stage) -> bool:
    buttons = stage.see("modulePanels").findChildren(QPushButton)
    return not any(button.isVisible() and button.isEnabled() for button in buttons)


async def rehydrate(stage: Stage) -> None:
    """Step 5."""
    year = new_year(stage)
    need(setup_of(stage.state, year).phase is SetupPhase.RUNNING, "the set-up ended before the program was closed")
    await stage.quit()
    # A power cut for the backend as well: what it had begun goes on when it is back.
    assert stage.backend.pid is not None
    os.killpg(stage.backend.pid, signal.SIGKILL)
    await stage.restart_backend(PACE)
    stage.launch()
    await stage.until(lambda: stage.program.core is not None and stage.state.selected == year, "the year is selected")
    await stage.seen("provisioningPanel")
    await stage.until(lambda: bool(setup_of(stage.state, year).phases), "the phases of the set-up are seen again")
    await stage.picture("found-again")
    await stage.gone("provisioningPanel", within=60)
    await stage.seen("openYearButton")
    need(not _nothing_enabled(stage), "the panels did not unlock by themselves")
    await stage.picture("ready")


async def failed_setup(stage: Stage) -> None:
    """Step 6."""
    await stage.restart_backend()
    stage.program.window.retry_connection_requested.emit()
    await stage.until(lambda: stage.state.is_live, "the connection is live")
    whole = (places.resources_dir() / "units.csv").read_bytes()
    stage.units.write_text("this,is,no,unit,directory\n1,2,3,4,5\n", encoding="utf-8")
    year = stage.state.this_year - 1
    stage.choose_year(year)
    button = await stage.seen("createYearButton")
    await stage.until(button.isEnabled, "the year can be created")
    await stage.click("createYearButton")
    await stage.seen("retrySetupButton")
    need(setup_of(stage.state, year).phase is SetupPhase.FAILED, "the set-up is not said to have failed")
    need(bool(setup_of(stage.state, year).words), "the server's words are not shown")
    await stage.picture()
    stage.units.write_bytes(whole)
    await stage.click("retrySetupButton")
    await stage.gone("provisioningPanel", within=60)
    need(setup_of(stage.state, year).phase is SetupPhase.DONE, "the second set-up did not end well")
    stage.choose_year(new_year(stage))
    await stage.seen("openYearButton")
